//! Text -> articles, once as Markdown and once as plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recto::reader::{Format, Hint};

#[path = "../../tests/suite/sound.rs"]
#[allow(dead_code, reason = "each target asks for some of it")]
mod sound;

fuzz_target!(|text: &str| {
    for format in [Format::Markdown, Format::PlainText] {
        sound::read(text.as_bytes(), &Hint { format: Some(format), ..Hint::default() }, format.name());
    }
});
