//! Real servers of comments on loopback, started by `tests/servers/` and stopped when a test ends.

mod faults;
mod gate;
mod isso;
mod json;
mod states;
mod wordpress;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;

use serde_json::Value;

/// A suite of Debian with a newer WordPress than the oldest that is supported: 6.8.
pub const NEWER: &str = "trixie";

/// Servers are started one at a time: the first start installs what the others use.
static STARTING: Mutex<()> = Mutex::new(());

/// An Isso of its own for one test.
pub struct Isso {
    port: u16,
    settings: Vec<(&'static str, String)>,
    /// Its address.
    pub url: String,
}

impl Isso {
    /// Starts one for pages of an origin, with settings that `tests/servers/isso` explains. Nothing, and a notice, where
    /// it cannot be had.
    pub fn start(origin: &str, settings: &[(&'static str, &str)]) -> Option<Self> {
        let port = free_port();
        let mut settings: Vec<_> = settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        settings.push(("ISSO_ORIGINS", origin.to_owned()));
        let isso = Self { port, settings, url: format!("http://127.0.0.1:{port}") };
        isso.resume().then_some(isso)
    }

    /// Starts it again after [`Isso::stop`]; false where it cannot be had.
    pub fn resume(&self) -> bool {
        is_up("Isso", || self.script("start"))
    }

    /// Stops it; its comments stay.
    pub fn stop(&self) {
        self.script("stop");
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Kills it, which leaves it no time for anything; its comments stay.
    pub fn kill(&self) {
        self.script("kill");
    }

    /// Publishes the comment that was held last.
    pub fn publish_held(&self) {
        let url = String::from_utf8(self.script("pending").stdout).unwrap();
        let path = url.trim().strip_prefix(&self.url).expect("a comment is held");
        assert!(ask(self.port, "POST", path, "").contains("activated"));
    }

    /// The texts of published comments as they were written, on the article under test.
    pub fn texts(&self) -> Vec<String> {
        let body = ask(self.port, "GET", "/?uri=under-test&plain=1", "");
        let list: Value = serde_json::from_str(&body).unwrap();
        let mut texts = Vec::new();
        collect(&list, &mut texts);
        texts
    }

    /// Posts a comment as somebody else's browser would.
    pub fn post(&self, author: &str, text: &str) {
        let body = serde_json::json!({"author": author, "text": text, "title": "A short article"}).to_string();
        let answer = ask(self.port, "POST", "/new?uri=under-test", &body);
        assert!(answer.contains("\"mode\""), "{answer}");
    }

    fn script(&self, command: &str) -> Output {
        let settings = self.settings.iter().map(|(name, value)| (*name, value.as_str()));
        script("isso").arg(command).env("ISSO_PORT", self.port.to_string()).envs(settings).output().unwrap()
    }
}

impl Drop for Isso {
    fn drop(&mut self) {
        self.script("remove");
    }
}

/// A WordPress of its own for one test.
pub struct WordPress {
    port: u16,
    suite: &'static str,
    /// Its address.
    pub url: String,
}

impl WordPress {
    /// Starts one, with one post, whose id is 4. Nothing, and a notice, where it cannot be had.
    pub fn start() -> Option<Self> {
        Self::start_of("")
    }

    /// Starts that of a suite of Debian; of the system's own where the name is empty.
    pub fn start_of(suite: &'static str) -> Option<Self> {
        let port = free_port();
        let wordpress = Self { port, suite, url: format!("http://127.0.0.1:{port}") };
        wordpress.resume().then_some(wordpress)
    }

    /// Starts it again after it was stopped; false where it cannot be had.
    pub fn resume(&self) -> bool {
        is_up("WordPress", || self.script(&["start"]))
    }

    /// Kills it, which leaves it no time for anything; its comments stay.
    pub fn kill(&self) {
        self.script(&["kill"]);
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where its comments are.
    pub fn route(&self) -> String {
        format!("{}/wp-json/wp/v2/comments", self.url)
    }

    /// Does what `tests/servers/wordpress` knows.
    pub fn tell(&self, words: &[&str]) -> String {
        let output = self.script(words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Status and text of the comments it has.
    pub fn comments(&self) -> Vec<(String, String)> {
        let list = self.tell(&["list"]);
        let words = |line| {
            let one: Value = serde_json::from_str(line).unwrap();
            (one[1].as_str().unwrap().to_owned(), one[3].as_str().unwrap().to_owned())
        };
        list.lines().map(words).collect()
    }

    /// Posts a comment as somebody else's browser would.
    pub fn post(&self, author: &str, text: &str) {
        let body =
            serde_json::json!({"post": 4, "author_name": author, "author_email": "ben@example.org", "content": text});
        let answer = ask(self.port, "POST", "/wp-json/wp/v2/comments", &body.to_string());
        assert!(answer.contains("\"status\":"), "{answer}");
    }

    fn script(&self, words: &[&str]) -> Output {
        let port = self.port.to_string();
        script("wordpress").args(words).env("WORDPRESS_PORT", port).env("WORDPRESS_SUITE", self.suite).output().unwrap()
    }
}

impl Drop for WordPress {
    fn drop(&mut self) {
        self.script(&["remove"]);
    }
}

/// The server of `examples/comments-server.mjs`, one of its own for one test.
pub struct Json {
    server: Child,
    file: PathBuf,
    port: u16,
    /// Its address.
    pub url: String,
}

impl Json {
    /// Starts one with settings that the file explains.
    pub fn start(settings: &[(&str, &str)]) -> Self {
        let port = free_port();
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("comments-{port}.json"));
        let _ = std::fs::remove_file(&file);
        let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/comments-server.mjs");
        let mut server = Command::new("node")
            .arg(program)
            .env("PORT", port.to_string())
            .env("FILE", &file)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("comments: ").expect("the server says where it is").to_owned();
        Self { server, file, port, url }
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The comments it keeps.
    pub fn comments(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.file).unwrap_or_else(|_| "[]".to_owned());
        serde_json::from_str(&text).unwrap()
    }

    /// Posts a comment as somebody else's browser would; its identifier.
    pub fn post(&self, author: &str, text: &str, parent: &str) -> String {
        let body = serde_json::json!({"thread": {"key": "under-test"}, "parent": parent, "author": {"name": author},
            "markdown": text, "client_id": format!("{author} {text}")});
        let answer: Value = serde_json::from_str(&ask(self.port, "POST", "/comments", &body.to_string())).unwrap();
        answer["comment"]["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Json {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = std::fs::remove_file(&self.file);
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn script(name: &str) -> Command {
    Command::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/servers").join(name))
}

/// Starts a server; says so where it cannot be had.
fn is_up(name: &str, start: impl Fn() -> Output) -> bool {
    let _one = STARTING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let output = start();
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => true,
        Some(3) => {
            eprintln!("notice: skipped, because there is no {name} here: {said}");
            false
        }
        _ => panic!("tests/servers: {name}: {said}"),
    }
}

fn collect(list: &Value, texts: &mut Vec<String>) {
    for reply in list["replies"].as_array().into_iter().flatten() {
        texts.push(reply["text"].as_str().unwrap_or_default().trim_end().to_owned());
        collect(reply, texts);
    }
}

/// Asks a server on loopback; the content of its answer.
fn ask(port: u16, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let kind = if body.is_empty() { "" } else { "Content-Type: application/json\r\n" };
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n{kind}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all([head.as_bytes(), body.as_bytes()].concat().as_slice()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}
