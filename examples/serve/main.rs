//! Serves `dist/` on http://127.0.0.1:8080 as a good host would: right types, hashed names cached for good.
//!
//! `cargo run --no-default-features --example serve [directory] [port]`; `scripts/serve` builds first.

mod http;
mod site;

use std::net::TcpListener;
use std::path::PathBuf;
use std::{env, process};

fn main() {
    let mut arguments = env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| "dist".to_owned()));
    let port = arguments.next().unwrap_or_else(|| "8080".to_owned());
    let Ok(port) = port.parse::<u16>() else { stop(&format!("`{port}` is not a port")) };
    if !root.join("index.html").is_file() {
        stop(&format!("{} holds no index.html: run scripts/build first", root.display()));
    }
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(listener) => {
            println!("serving {} on http://127.0.0.1:{port}", root.display());
            http::serve(&listener, move |url| site::answer(&root, url));
        }
        Err(error) => stop(&format!("cannot listen on port {port}: {error}")),
    }
}

fn stop(reason: &str) -> ! {
    eprintln!("serve: {reason}");
    process::exit(1)
}
