//! Serves `dist/` on http://127.0.0.1:8080 as a good host would: right types, hashed names cached for good.
//!
//! `cargo run --no-default-features --example serve [directory] [port]`; `scripts/serve` builds first.

mod site;

use std::path::{Path, PathBuf};
use std::{env, process, thread};

/// Enough that one slow client does not hold up the others.
const THREADS: usize = 4;

fn main() {
    let mut arguments = env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| "dist".to_owned()));
    let port = arguments.next().unwrap_or_else(|| "8080".to_owned());
    let Ok(port) = port.parse::<u16>() else { stop(&format!("`{port}` is not a port")) };
    if !root.join("index.html").is_file() {
        stop(&format!("{} holds no index.html: run scripts/build first", root.display()));
    }
    match tiny_http::Server::http(("127.0.0.1", port)) {
        Ok(server) => serve(&server, &root),
        Err(error) => stop(&format!("cannot listen on port {port}: {error}")),
    }
}

fn serve(server: &tiny_http::Server, root: &Path) {
    println!("serving {} on http://{}", root.display(), server.server_addr());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    let answer = site::answer(root, request.url());
                    // A reader who went away needs no answer.
                    let _ = request.respond(answer.into_response());
                }
            });
        }
    });
}

fn stop(reason: &str) -> ! {
    eprintln!("serve: {reason}");
    process::exit(1)
}
