//! HTTP/1.1 over loopback: one thread and one request for each connection.
//!
//! By hand, because that is all a development server needs, and a pool of threads that serves connections kept alive
//! starves a browser that opens six of them.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::site::Answer;

/// How long a browser may keep a connection open without asking for anything.
const IDLE: Duration = Duration::from_secs(60);

/// In place of a status: the connection is closed without an answer.
pub(crate) const HANG_UP: u16 = 0;

/// Answers requests by their URLs, for as long as the process lives.
pub(crate) fn serve(listener: &TcpListener, answer: impl Fn(&str) -> Answer + Clone + Send + 'static) {
    for stream in listener.incoming().flatten() {
        let answer = answer.clone();
        // A browser that went away meanwhile needs no answer.
        thread::spawn(move || exchange(&stream, answer).unwrap_or_default());
    }
}

fn exchange(mut stream: &TcpStream, answer: impl Fn(&str) -> Answer) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    // The rest of the head says nothing that matters here, but has to be read before the connection is closed.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = first.split(' ');
    let answer = match (words.next(), words.next()) {
        (Some("GET" | "HEAD"), Some(url)) => answer(url),
        (Some(_), Some(_)) => Answer::refusal(405, "only GET and HEAD are answered"),
        _ => return Ok(()),
    };
    if answer.status == HANG_UP {
        return Ok(());
    }
    let mut head =
        format!("HTTP/1.1 {} -\r\nContent-Length: {}\r\nConnection: close\r\n", answer.status, answer.body.len());
    for (name, value) in &answer.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if !first.starts_with("HEAD") {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}
