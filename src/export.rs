//! An article -> the forms that others read: Markdown, plain text, pages that need no script, feeds, descriptions for
//! search engines. Like all of the core, functions between types.
//!
//! Each form escapes in one place of its own: `markdown/escape.rs` for Markdown, `html` for HTML, `xml.rs` for XML,
//! `script_json.rs` for JSON inside of HTML, `file_name.rs` for names of files.

pub mod markdown;
