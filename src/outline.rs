//! Article -> its contents list, and where its fragments lead.

use crate::article::Article;

/// An entry of the contents list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id of the section, without the page's prefix.
    pub id: String,
    /// Its heading as plain text.
    pub label: String,
    /// 2 for the article's top sections, and so on.
    pub level: u8,
    /// Characters of running text in this section, without the sections inside it.
    pub characters: u32,
    /// The sections inside it.
    pub children: Vec<Entry>,
}

/// Lists the sections of a normalised article, as deep as its `toc` asks.
pub fn outline(_article: &Article) -> Vec<Entry> {
    Vec::new()
}

/// Where the fragments of addresses lead: every id of the article and every anchor it had in its source.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    targets: Vec<(String, String)>,
}

/// Collects the anchors of a normalised article.
pub fn anchors(_article: &Article) -> Anchors {
    Anchors::default()
}

impl Anchors {
    /// The id that `fragment` (as in an address, percent-encoded or not, with or without the page's prefix)
    /// leads to: the same id, an alias, or either with other case.
    pub fn find(&self, _fragment: &str) -> Option<&str> {
        self.targets.first().map(|(_, id)| id.as_str())
    }
}
