//! A gate in front of a server: it lets requests through, or does to comments that are sent what networks do.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// What happens to comments that are sent; whatever else is asked for goes through, but where the gate is shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// They go through, and so do the answers.
    Open,
    /// Nobody comes in at all.
    Shut,
    /// They get lost before the server has them.
    LoseRequest,
    /// The server has them; its answers get lost.
    LoseAnswer,
    /// The server has them; its answers are kept back as long as this lasts.
    WithholdAnswer,
    /// They are refused in the server's place, with a status and members of a JSON object.
    Refuse(u16, &'static str),
}

/// A gate on a port of its own, for as long as the tests run.
pub struct Gate {
    shared: Arc<Mutex<Shared>>,
    /// The address to ask in place of the server's.
    pub url: String,
}

struct Shared {
    passage: Passage,
    /// Comments that came to it.
    seen: usize,
}

impl Gate {
    /// A gate before the server on a port of loopback.
    pub fn before(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Mutex::new(Shared { passage: Passage::Open, seen: 0 }));
        let passing = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&passing);
                // Whoever went away meanwhile needs no answer.
                thread::spawn(move || pass(&stream, port, &shared).unwrap_or_default());
            }
        });
        Self { shared, url }
    }

    /// Decides what happens from now on.
    pub fn set(&self, passage: Passage) {
        self.shared().passage = passage;
    }

    /// Waits until another comment than those before has come this far, and its answer, where the gate does something
    /// to that.
    pub fn wait_for_another(&self, before: usize) {
        let start = Instant::now();
        while self.seen() <= before {
            assert!(start.elapsed() < Duration::from_secs(40), "no comment came to the gate");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// How many comments came so far.
    pub fn seen(&self) -> usize {
        self.shared().seen
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }
}

fn pass(mut stream: &TcpStream, port: u16, shared: &Mutex<Shared>) -> io::Result<()> {
    let passage = || shared.lock().unwrap().passage;
    if passage() == Passage::Shut {
        return Ok(());
    }
    let (head, body) = request(stream)?;
    let is_comment = head.starts_with("POST");
    let now = if is_comment { passage() } else { Passage::Open };
    let answer = match now {
        Passage::Open | Passage::LoseAnswer | Passage::WithholdAnswer => ask(port, &head, &body)?,
        Passage::Shut | Passage::LoseRequest => Vec::new(),
        Passage::Refuse(status, members) => refusal(status, members),
    };
    if is_comment {
        shared.lock().unwrap().seen += 1;
    }
    while now == Passage::WithholdAnswer && passage() == Passage::WithholdAnswer {
        thread::sleep(Duration::from_millis(10));
    }
    if matches!(now, Passage::Open | Passage::Refuse(..)) {
        stream.write_all(&answer)?;
    }
    stream.flush()
}

fn refusal(status: u16, members: &str) -> Vec<u8> {
    let length = members.len() + 2;
    format!(
        "HTTP/1.1 {status} No\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: application/problem+json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{{{members}}}"
    )
    .into_bytes()
}

fn request(stream: &TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        // One request for each connection.
        if lower.starts_with("connection:") {
            continue;
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    head.push_str("Connection: close\r\n\r\n");
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((head, body))
}

fn ask(port: u16, head: &str, body: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    server.write_all(head.as_bytes())?;
    server.write_all(body)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}
