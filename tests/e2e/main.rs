//! End to end: the built app in `dist/`, in a real browser, driven as a reader would. Run by `scripts/test`.

#![cfg(not(target_arch = "wasm32"))]
#![expect(unreachable_pub, reason = "a test binary has no outside; `pub` marks what its modules offer each other")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "these tests run natively and watch the clock")]

#[path = "../../examples/serve/http.rs"]
mod http;
#[path = "../../examples/serve/site.rs"]
mod site;

mod webdriver;
mod server;
mod page;
mod articles;

mod harness;
mod opening;
mod saving;
mod element;
mod frame;
mod offline;
mod package;
mod reading;
mod appearance;
mod keyboard;
mod comments;
mod comment_servers;
mod hostile;
mod embed_attacks;
mod agreement;
mod static_site;
mod hosts;
mod single;
mod browsers;
