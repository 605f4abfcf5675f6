//! Articles made for tests: as small as shows the behaviour, or as long as it takes to scroll.

use serde_json::{Value, json};

/// Names of the sections of [`long`].
pub const SECTIONS: [&str; 6] = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Omega"];

/// A paragraph of about 90 words.
pub fn paragraph() -> String {
    "Light falls on the page and the eye moves from word to word, line after line, without hurry. ".repeat(5)
}

/// Six sections, each longer than a window, but the last, which is one line.
pub fn long() -> Value {
    let sections: Vec<Value> =
        SECTIONS.iter().map(|name| section(name, if *name == "Omega" { 1 } else { 14 })).collect();
    article("A long article", &sections)
}

/// Two sections that fit in one window.
pub fn short() -> Value {
    article("A short article", &[section("First", 1), section("Second", 1)])
}

/// An article of these blocks.
pub fn article(title: &str, body: &[Value]) -> Value {
    json!({
        "articleJson": "1.0", "id": "under-test", "title": title, "language": "en",
        "published": "2024-10-16", "authors": [{ "name": "Ada Example" }], "body": body,
    })
}

fn section(title: &str, paragraphs: usize) -> Value {
    let children = vec![paragraph(); paragraphs];
    json!({ "type": "section", "title": title, "children": children })
}
