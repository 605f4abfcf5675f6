//! The program as one file, and an article with it: a page that holds everything, and works when it is opened from a
//! disk. `scripts/single.mjs` writes the file.

use super::page::{self, Frame, Program};
use crate::article::Article;
use crate::json::{self, Value};

/// The program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Single {
    /// Styles of the interface.
    pub styles: String,
    /// The script that unpacks the parts and starts them.
    pub script: String,
    /// What a policy calls that script. <https://www.w3.org/TR/CSP3/#grammardef-hash-source>
    pub hash: String,
    /// Name of each part, and its wasm: compressed with gzip, in Base64.
    pub parts: Vec<(String, String)>,
}

impl Single {
    /// Reads the program; `None` where the text is none.
    pub fn read(text: &str) -> Option<Self> {
        let value = json::parse(text).ok()?;
        let text = |name: &str| value[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let part = |(name, part): (&str, &Value<'_>)| Some((name.to_owned(), part.as_str()?.to_owned()));
        Some(Self {
            styles: text("styles")?,
            script: text("script")?,
            hash: text("hash")?,
            parts: value["parts"].as_object()?.iter().map(part).collect::<Option<_>>()?,
        })
    }

    /// The page of a normalised article, whose own address is `url` where it is known.
    pub fn page(&self, article: &Article, url: &str) -> String {
        page::article(article, &Frame { url, program: Program::Inside(self), ..Frame::default() })
    }
}
