//! HTML -> blocks -> HTML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recto::reader::{Format, Hint};

#[path = "../../tests/suite/sound.rs"]
#[allow(dead_code, reason = "each target asks for some of it")]
mod sound;

fuzz_target!(|html: &str| {
    sound::fragment(html, "fragment");
    sound::read(html.as_bytes(), &Hint { format: Some(Format::Html), ..Hint::default() }, "document");
});
