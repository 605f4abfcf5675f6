//! A WebDriver session in a browser without a window, as plain blocking calls: <https://www.w3.org/TR/webdriver2/>.
//!
//! Written here rather than taken from a crate because the protocol is a dozen JSON requests to a loopback port, and
//! the usual client would bring a hundred crates into every test build.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use serde_json::{Value, json};

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Flags for a quiet, repeatable browser; the profile is fresh for each session.
const FLAGS: [&str; 12] = [
    // A page in reserve would cost each test more than it saves.
    "--disable-features=SpareRendererForSitePerProcess,Translate,OptimizationHints,MediaRouter",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
    "--lang=en-US",
];

/// A browser that can be driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, for all tests.
    Chromium,
    /// Firefox, for the main ways of use.
    Firefox,
    /// WebKit in its small browser for tests, for the main ways of use.
    WebKit,
}

impl Browser {
    /// Whether it and its driver are installed.
    pub fn is_there(self) -> bool {
        let has = |name: &str| {
            env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(name).is_file())
        };
        match self {
            Self::Chromium => true,
            Self::Firefox => has("geckodriver") && firefox().is_some(),
            Self::WebKit => has("WebKitWebDriver") && has("xvfb-run") && mini_browser().is_some(),
        }
    }

    /// Its driver, on `port` where the driver does not choose one itself.
    fn driver(self, port: u16) -> Command {
        match self {
            Self::Chromium => {
                let mut driver = Command::new(env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned()));
                driver.arg("--port=0");
                driver
            }
            Self::Firefox => {
                let mut driver = Command::new("geckodriver");
                driver.args(["--port", &port.to_string(), "--websocket-port", "0"]);
                driver
            }
            Self::WebKit => {
                let mut driver = Command::new("xvfb-run");
                driver.args(["-a", "WebKitWebDriver", &format!("--port={port}")]);
                driver.envs([
                    ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
                    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
                    ("LIBGL_ALWAYS_SOFTWARE", "1"),
                ]);
                driver
            }
        }
    }

    fn capabilities(self) -> Value {
        match self {
            Self::Chromium => {
                let mut options = json!({ "args": FLAGS });
                if let Ok(binary) = env::var("CHROMIUM") {
                    options["binary"] = binary.into();
                }
                json!({
                    "browserName": "chrome",
                    "goog:chromeOptions": options,
                    "goog:loggingPrefs": { "browser": "ALL" },
                    "unhandledPromptBehavior": "ignore",
                })
            }
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": firefox(),
                    "args": ["-headless"],
                    // As people have it: a file is a site of its own.
                    "prefs": { "security.fileuri.strict_origin_policy": true, "intl.accept_languages": "en-US" },
                },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation"] },
            }),
        }
    }
}

fn firefox() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    ["firefox-esr", "firefox"]
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// Debian puts it where no PATH leads.
fn mini_browser() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.is_file())
}

/// A browser with one window, and the driver process that runs it; both end when this is dropped.
pub struct Session {
    browser: Browser,
    driver: Child,
    port: u16,
    path: String,
    /// The browser's process, where the driver tells it.
    process: String,
}

/// An element of the page, good until the page changes.
#[derive(Clone)]
pub struct Element(String);

impl Session {
    /// Starts a driver on a free port and a browser under it.
    pub fn start(browser: Browser) -> Self {
        Self::start_with(browser, browser.capabilities())
    }

    /// Starts a Chromium that keeps what it stores in a folder, which stays when it ends.
    pub fn start_in(profile: &Path) -> Self {
        let mut capabilities = Browser::Chromium.capabilities();
        if let Some(flags) = capabilities["goog:chromeOptions"]["args"].as_array_mut() {
            flags.push(format!("--user-data-dir={}", profile.display()).into());
        }
        Self::start_with(Browser::Chromium, capabilities)
    }

    /// Starts a Chromium that takes note of its tasks: see [`Session::tasks`].
    pub fn start_traced() -> Self {
        let mut capabilities = Browser::Chromium.capabilities();
        capabilities["goog:chromeOptions"]["perfLoggingPrefs"] =
            json!({ "traceCategories": "toplevel,devtools.timeline", "enableNetwork": false, "enablePage": false });
        capabilities["goog:loggingPrefs"]["performance"] = "ALL".into();
        Self::start_with(Browser::Chromium, capabilities)
    }

    fn start_with(browser: Browser, capabilities: Value) -> Self {
        // The port that the system gives for one family of addresses may be taken for the other: then it ends at once.
        let (driver, port) = (0..5)
            .find_map(|_| start_driver(browser))
            .expect("the driver starts and announces its port, at the fifth try");
        let mut session = Self { browser, driver, port, path: String::new(), process: String::new() };
        let answer = session.command("POST", "/session", &json!({ "capabilities": { "alwaysMatch": capabilities } }));
        let id = answer["sessionId"].as_str().expect("a new session has an id").to_owned();
        session.path = format!("/session/{id}");
        session.process = answer["capabilities"]["goog:processID"].to_string();
        session
    }

    /// Kills the browser, which has no time for anything; the driver stays, of no use.
    pub fn kill(&self) {
        let killed = Command::new("kill").args(["-9", &self.process]).status();
        assert!(killed.is_ok_and(|status| status.success()), "the browser {} was there to kill", self.process);
    }

    /// Gives the window a size, its borders included.
    pub fn resize(&self, width: u32, height: u32) {
        self.post("/window/rect", &json!({ "width": width, "height": height }));
    }

    /// Loads an address and waits for its `load` event.
    pub fn go(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// The page's address.
    pub fn url(&self) -> String {
        text(self.get("/url"))
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.post("/refresh", &json!({}));
    }

    /// Goes back in history.
    pub fn back(&self) {
        self.post("/back", &json!({}));
    }

    /// Goes forward in history.
    pub fn forward(&self) {
        self.post("/forward", &json!({}));
    }

    /// Runs the body of a function in the page and returns its result; a promise is awaited.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Sends a command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Takes the console's entries since the last call; only Chromium tells them.
    pub fn console(&self) -> Vec<Value> {
        if self.browser != Browser::Chromium {
            return Vec::new();
        }
        match self.post("/se/log", &json!({ "type": "browser" })) {
            Value::Array(entries) => entries,
            other => panic!("the browser's log is a list, found {other}"),
        }
    }

    /// Milliseconds that the processor was busy with each task of pages since the last call, however busy it was with other
    /// programs. Needs [`Session::start_traced`].
    pub fn tasks(&self) -> Vec<f64> {
        let entries = self.post("/se/log", &json!({ "type": "performance" }));
        let entries = entries.as_array().into_iter().flatten();
        let traced = entries.filter_map(|entry| serde_json::from_str(entry["message"].as_str()?).ok());
        let events: Vec<Value> = traced.map(|mut entry: Value| entry["message"]["params"].take()).collect();
        let thread = |event: &Value| (event["pid"].to_string(), event["tid"].to_string());
        let runs_scripts = |event: &&Value| event["name"] == "FunctionCall";
        let of_pages: BTreeSet<_> = events.iter().filter(runs_scripts).map(thread).collect();
        let is_task = |event: &&Value| event["name"].as_str().is_some_and(|name| name.ends_with("RunTask"));
        let tasks = events.iter().filter(is_task).filter(|event| of_pages.contains(&thread(event)));
        tasks.filter_map(|task| Some(task["tdur"].as_f64()? / 1000.0)).collect()
    }

    /// The first element that a selector matches, if any.
    pub fn find(&self, selector: &str) -> Option<Element> {
        let query = json!({ "using": "css selector", "value": selector });
        let found = self.post("/elements", &query);
        found[0][ELEMENT].as_str().map(|id| Element(id.to_owned()))
    }

    /// Scrolls to an element and clicks in its middle, as a mouse would.
    pub fn click(&self, element: &Element) -> Result<(), String> {
        self.try_command("POST", &format!("{}/element/{}/click", self.path, element.0), &json!({})).map(drop)
    }

    /// Types into an element; for a file input, the path of the file to choose.
    pub fn type_into(&self, element: &Element, keys: &str) {
        self.post(&format!("/element/{}/value", element.0), &json!({ "text": keys }));
    }

    /// Presses and releases keys one after the other, wherever the focus is; see [`keys`].
    pub fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() })))
            .collect();
        self.act(&actions);
    }

    /// Presses a key while a modifier is held.
    pub fn press_with(&self, modifier: char, key: char) {
        let (modifier, key) = (modifier.to_string(), key.to_string());
        self.act(&[
            json!({ "type": "keyDown", "value": modifier }),
            json!({ "type": "keyDown", "value": key }),
            json!({ "type": "keyUp", "value": key }),
            json!({ "type": "keyUp", "value": modifier }),
        ]);
    }

    fn act(&self, actions: &[Value]) {
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }

    /// The handle of the current window.
    pub fn window(&self) -> String {
        text(self.get("/window"))
    }

    /// Opens another tab and returns its handle.
    pub fn open_tab(&self) -> String {
        text(self.post("/window/new", &json!({ "type": "tab" }))["handle"].clone())
    }

    /// Closes the current tab without asking it, and goes to another one.
    pub fn close_tab(&self, other: &str) {
        self.command("DELETE", &format!("{}/window", self.path), &Value::Null);
        self.switch_to(other);
    }

    /// Sends the commands of `act` to the frame that a selector matches, and the following ones to the page again.
    pub fn within_frame(&self, selector: &str, act: impl FnOnce()) {
        let frame = self.find(selector).unwrap_or_else(|| panic!("there is a frame `{selector}`"));
        self.post("/frame", &json!({ "id": { ELEMENT: frame.0 } }));
        act();
        self.post("/frame", &json!({ "id": null }));
    }

    /// Sends the following commands to another window.
    pub fn switch_to(&self, window: &str) {
        self.post("/window", &json!({ "handle": window }));
    }

    /// A picture of the visible page, as base64 of a PNG.
    pub fn screenshot(&self) -> String {
        text(self.get("/screenshot"))
    }

    fn get(&self, path: &str) -> Value {
        self.command("GET", &format!("{}{path}", self.path), &Value::Null)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.command("POST", &format!("{}{path}", self.path), body)
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_command(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    fn try_command(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let answer = exchange(self.port, method, path, body).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ending the session makes the driver close the browser and remove its profile; the driver itself is ours.
        let _ = self.try_command("DELETE", &self.path, &Value::Null);
        // WebKit's driver is not our child, but in its group.
        let _ = Command::new("kill").args(["--", &format!("-{}", self.driver.id())]).stderr(Stdio::null()).status();
        let _ = self.driver.wait();
    }
}

/// Keys that have no character of their own: <https://www.w3.org/TR/webdriver2/#keyboard-actions>.
pub mod keys {
    pub const TAB: char = '\u{e004}';
    pub const ENTER: char = '\u{e007}';
    pub const CONTROL: char = '\u{e009}';
    pub const ESCAPE: char = '\u{e00c}';
}

/// Starts a driver; its port is in a line such as "ChromeDriver was started successfully on port 12345.", or the one that
/// was given to it.
fn start_driver(browser: Browser) -> Option<(Child, u16)> {
    let free =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_or(0, |free| free.port());
    let mut driver = browser
        .driver(free)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("the driver is there: scripts/setup --tests installs it");
    let stdout = driver.stdout.take().expect("the driver's output is piped");
    let mut lines = BufReader::new(stdout).lines();
    let announced = |line: String| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok();
    let port = match browser {
        Browser::Chromium => lines.by_ref().map_while(Result::ok).find_map(announced),
        Browser::Firefox | Browser::WebKit => (0..200).find_map(|_| {
            thread::sleep(Duration::from_millis(50));
            TcpStream::connect(("127.0.0.1", free)).ok().map(|_| free)
        }),
    };
    let Some(port) = port else {
        let _ = driver.kill();
        let _ = driver.wait();
        return None;
    };
    // Left unread, a full pipe would stop the driver.
    thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

fn exchange(port: u16, method: &str, path: &str, body: &Value) -> io::Result<Vec<u8>> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len(),
    )?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    Ok(answer)
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => panic!("expected a string, found {other}"),
    }
}
