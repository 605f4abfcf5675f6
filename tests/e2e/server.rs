//! The web site under test: `dist/` as a host would serve it, with files laid over it, faults and a log of requests.

use std::collections::HashMap;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use crate::http;
use crate::site::{self, Answer};

/// How long a withheld answer is at most kept back: longer than any test waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the server does instead of answering a path well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers 404.
    NotFound,
    /// Answers 500.
    ServerError,
    /// Answers with a host's "page not found" page, status 200.
    HtmlPage,
    /// Answers with the right bytes as `application/octet-stream`.
    WrongType,
    /// Answers after this many milliseconds.
    Slow(u64),
    /// Does not answer until the fault is lifted.
    Withheld,
}

/// A server on a port of its own, for as long as the tests run.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    root: PathBuf,
    state: Mutex<State>,
}

struct State {
    files: HashMap<String, Answer>,
    faults: HashMap<String, Fault>,
    rewrites: Vec<Rewrite>,
    is_open: bool,
    is_gone: bool,
    is_probed: bool,
    log: Vec<String>,
}

/// A change to the app's page on its way.
enum Rewrite {
    NoPolicy,
    Connect(String),
}

impl Server {
    /// Serves the built app.
    ///
    /// # Panics
    /// Where it was not built.
    pub fn start() -> Self {
        let root = Self::dist();
        assert!(root.join("index.html").is_file(), "dist/ is missing: run scripts/test, which builds it first");
        let server = Self::over(root);
        // Tests count requests: nothing is to be fetched for later but where that is tested.
        server.put("recto.json", r#"{"title": "Recto", "comments": {"provider": "local"}, "offline": false}"#);
        server
    }

    /// Where the built app is.
    pub fn dist() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist")
    }

    /// The name of the built file that ends so; builds put a hash before it.
    pub fn built(start: &str, end: &str) -> String {
        let names = fs::read_dir(Self::dist()).into_iter().flatten().flatten();
        let found = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .find(|name| name.starts_with(start) && name.ends_with(end));
        found.unwrap_or_else(|| panic!("dist/ holds no {start}…{end}"))
    }

    /// Serves nothing but the files given to [`Server::put`].
    pub fn empty() -> Self {
        Self::over(PathBuf::from("/nonexistent"))
    }

    /// Serves a folder.
    pub fn of(root: PathBuf) -> Self {
        Self::over(root)
    }

    fn over(root: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = State {
            files: HashMap::new(),
            faults: HashMap::new(),
            rewrites: Vec::new(),
            is_open: false,
            is_gone: false,
            is_probed: false,
            log: Vec::new(),
        };
        let shared = Arc::new(Shared { root, state: Mutex::new(state) });
        let answering = Arc::clone(&shared);
        thread::spawn(move || http::serve(&listener, move |url| answering.answer(url)));
        Self { shared, address }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{}", self.address, path.trim_start_matches('/'))
    }

    /// Lays a file over what `dist/` has; its type follows its extension.
    pub fn put(&self, path: &str, content: impl Into<Vec<u8>>) -> &Self {
        let path = rooted(path);
        let answer = Answer::of(&path, content.into());
        self.put_answer(&path, answer)
    }

    /// Lays an answer with headers of its own over a path.
    pub fn put_answer(&self, path: &str, answer: Answer) -> &Self {
        self.shared.state().files.insert(rooted(path), answer);
        self
    }

    /// Makes a path fail.
    pub fn fail(&self, path: &str, fault: Fault) -> &Self {
        self.shared.state().faults.insert(rooted(path), fault);
        self
    }

    /// Makes a path answer well again.
    pub fn heal(&self, path: &str) -> &Self {
        self.shared.state().faults.remove(&rooted(path));
        self
    }

    /// Takes the content security policy out of the page.
    pub fn without_policy(&self) -> &Self {
        self.shared.state().rewrites.push(Rewrite::NoPolicy);
        self
    }

    /// Lets the page's policy allow connections to another origin, as a host that lists it would.
    pub fn allow_connections_to(&self, origin: &str) -> &Self {
        self.shared.state().rewrites.push(Rewrite::Connect(origin.to_owned()));
        self
    }

    /// Puts the probe into every page, for browsers that cannot be told to run a script first.
    pub fn probe(&self) -> &Self {
        self.put("probe.js", include_str!("probe.js"));
        self.shared.state().is_probed = true;
        self
    }

    /// Lets other sites read everything, as a host does with `Access-Control-Allow-Origin: *`.
    pub fn open_to_others(&self) -> &Self {
        self.shared.state().is_open = true;
        self
    }

    /// Hangs up on everybody from now on, as where there is no network.
    pub fn vanish(&self) -> &Self {
        self.shared.state().is_gone = true;
        self
    }

    /// Answers again.
    pub fn come_back(&self) -> &Self {
        self.shared.state().is_gone = false;
        self
    }

    /// Takes the URLs asked for since the last call, in order.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.state().log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Lets answers go that are still withheld.
        self.shared.state().faults.clear();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while it holds the state")
    }

    fn answer(&self, url: &str) -> Answer {
        let path = site::path_of(url);
        self.state().log.push(url.to_owned());
        if self.state().is_gone {
            return Answer::refusal(http::HANG_UP, "");
        }
        let fault = self.wait_out(&path);
        let answer = self.healthy(url, &path);
        let answer = if self.state().is_open { answer.with("Access-Control-Allow-Origin", "*") } else { answer };
        match fault {
            Some(Fault::NotFound) => Answer::refusal(404, "not found"),
            Some(Fault::ServerError) => Answer::refusal(500, "server error"),
            Some(Fault::HtmlPage) => {
                Answer::of("404.html", b"<!doctype html><title>Oops</title><h1>Not here</h1>".into())
            }
            Some(Fault::WrongType) => answer.with("Content-Type", "application/octet-stream"),
            Some(Fault::Slow(_) | Fault::Withheld) | None => answer,
        }
    }

    fn healthy(&self, url: &str, path: &str) -> Answer {
        let laid_over = self.state().files.get(path).cloned();
        let mut answer = laid_over.unwrap_or_else(|| site::answer(&self.root, url));
        let is_page =
            answer.headers.iter().any(|(name, value)| *name == "Content-Type" && value.starts_with("text/html"));
        if is_page && self.state().is_probed {
            answer.body = with_probe(answer.body);
        }
        if path == "/index.html" {
            answer.body = self.state().rewrites.iter().fold(answer.body, |page, rewrite| rewrite.apply(page));
        }
        answer
    }

    /// Keeps a slow answer back for as long as it should be, and returns the fault that stands then.
    fn wait_out(&self, path: &str) -> Option<Fault> {
        const STEP: Duration = Duration::from_millis(10);
        let mut waited = Duration::ZERO;
        loop {
            let fault = self.state().faults.get(path).copied();
            let until = match fault {
                Some(Fault::Slow(milliseconds)) => Duration::from_millis(milliseconds),
                Some(Fault::Withheld) => PATIENCE,
                _ => return fault,
            };
            if waited >= until {
                return fault;
            }
            thread::sleep(STEP);
            waited += STEP;
        }
    }
}

impl Answer {
    /// The same answer with one more header, or that header replaced.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(existing, _)| *existing != name);
        self.headers.push((name, value.into()));
        self
    }
}

impl Rewrite {
    fn apply(&self, page: Vec<u8>) -> Vec<u8> {
        let page = String::from_utf8(page).expect("the page is UTF-8");
        let named = page.find("Content-Security-Policy").expect("the page carries its policy");
        match self {
            Self::NoPolicy => {
                let start = page[..named].rfind("<meta").expect("the policy stands in a meta element");
                let end = named + page[named..].find('>').expect("the meta element ends") + 1;
                [&page[..start], &page[end..]].concat().into()
            }
            Self::Connect(origin) => page.replacen("connect-src ", &format!("connect-src {origin} "), 1).into(),
        }
    }
}

/// A page with the probe before everything else.
fn with_probe(page: Vec<u8>) -> Vec<u8> {
    let page = String::from_utf8(page).expect("the page is UTF-8");
    let Some(head) = page.find("<html").and_then(|start| Some(start + page[start..].find('>')? + 1)) else {
        return page.into();
    };
    format!("{}<script src=/probe.js></script>{}", &page[..head], &page[head..]).into()
}

fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}
