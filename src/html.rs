//! Article -> `SafeHtml`. Escaping is decided here and nowhere else.
//!
//! The page puts the result into an element of the classes `r-article r-prose`, a comment's body into `r-prose`.
//! Behaviour is asked for by `data-action`: `copy` (the code beside it), `load-embed` (`data-src` in a frame).

use std::cell::OnceCell;

use crate::article::json::Json;
use crate::article::{Article, Attributes, Blocks, Date, Direction};
use crate::json::{Object, Value, json};
use crate::outline::{self, Anchors};
use crate::url::{self, Use};
use crate::warning::Warnings;
use crate::{language, text};

mod block;
mod boxes;
mod code;
mod escape;
mod footer;
mod header;
mod inline;
mod list;
mod mathml;
mod media;
mod notes;
mod section;
mod table;
#[cfg(test)]
mod tests;
pub mod words;

pub(crate) use escape::{Place, escape};
pub use escape::{escape_attribute, escape_text};
use words::{ENGLISH, Words};

/// Prefix of every id in the page, so that no heading can take the name of something else (DOM clobbering).
pub const ID_PREFIX: &str = "recto-";

/// Id of the article's title, without the prefix; the `~` keeps it apart from ids of sections.
pub const TITLE_ID: &str = "~title";

/// HTML written by this module only, from typed content: safe to insert.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, which is safe no more.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// How one part of the program hands it to another; nothing that is read from a file holds it.
impl Json for SafeHtml {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        String::read(value, warnings).map(Self)
    }
    fn write(&self) -> Value<'_> {
        self.0.write()
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "string"})
    }
}

/// What depends on where the HTML is shown.
#[derive(Clone, Copy)]
pub struct Options {
    /// Words a date for people, in the language given (BCP 47, may be empty).
    pub format_date: fn(&Date, &str) -> String,
    /// Level of the article's title: 1 on a page of its own.
    pub heading_level: u8,
    /// The words around the article's own.
    pub words: &'static Words,
    /// Whether a picture is loaded, by its address; a link takes the place of one that is not.
    pub loads_picture: fn(&str) -> bool,
}

impl Default for Options {
    /// A page of its own, in English, with dates as they are in JSON and all pictures.
    fn default() -> Self {
        Self { format_date: |date, _| date.to_string(), heading_level: 1, words: &ENGLISH, loads_picture: |_| true }
    }
}

/// Writes a normalised article: header, lead, sections, footnotes, references, footer.
pub fn article(article: &Article, options: &Options) -> SafeHtml {
    measured_article(article, text::characters(article), options)
}

/// Writes the same where its characters are counted already.
pub(crate) fn measured_article(article: &Article, characters: u32, options: &Options) -> SafeHtml {
    write(article, characters, options, Medium::App)
}

/// Writes the same for a page without a program, where a button would do nothing.
pub fn still_article(article: &Article, options: &Options) -> SafeHtml {
    write(article, text::characters(article), options, Medium::Page)
}

/// Writes the text alone, as feeds carry it beside title, authors and dates.
pub fn content(article: &Article, options: &Options) -> SafeHtml {
    write(article, text::characters(article), options, Medium::Feed)
}

fn write(article: &Article, characters: u32, options: &Options, medium: Medium) -> SafeHtml {
    let mut writer = Writer::new(options, Some(article));
    writer.medium = medium;
    writer.out.reserve(characters as usize * 3 / 2 + 4096);
    if medium != Medium::Feed {
        header::write(&mut writer, article, characters);
    }
    if !article.lead.is_empty() {
        writer.out.push_str("<div class=\"r-lead\">");
        block::write_all(&mut writer, &article.lead);
        writer.out.push_str("</div>");
    }
    block::write_all(&mut writer, &article.body);
    notes::write_footnotes(&mut writer);
    notes::write_references(&mut writer);
    if medium != Medium::Feed {
        footer::write(&mut writer, article);
    }
    SafeHtml(writer.out)
}

/// Writes blocks alone, such as a comment's body: links are `nofollow ugc`, ids are left out.
pub fn foreign_blocks(blocks: &Blocks) -> SafeHtml {
    let mut writer = Writer::new(&Options { heading_level: 3, ..Options::default() }, None);
    block::write_all(&mut writer, blocks);
    SafeHtml(writer.out)
}

/// Id of a footnote by its place among the article's, without the prefix.
pub fn footnote_id(index: usize) -> String {
    format!("fn~{}", index + 1)
}

/// Id of the nth reference to a footnote, without the prefix.
pub fn footnote_reference_id(index: usize, nth: usize) -> String {
    if nth == 0 { format!("fnref~{}", index + 1) } else { format!("fnref~{}~{}", index + 1, nth + 1) }
}

/// Id of an entry of the references by its place, without the prefix.
pub fn reference_id(index: usize) -> String {
    format!("ref~{}", index + 1)
}

/// What shows the HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    /// The app, which gives its buttons something to do.
    App,
    /// A page without a program.
    Page,
    /// A program that reads feeds, with its own way to show headings and what stands around the text.
    Feed,
}

/// HTML in the making, and where in the article it is.
struct Writer<'a> {
    out: String,
    options: Options,
    medium: Medium,
    /// `None` for blocks that people sent, which get neither ids nor followed links.
    article: Option<&'a Article>,
    /// Direction of the text around, where it is known.
    direction: Option<Direction>,
    /// Level of the heading that the text is under.
    level: u8,
    /// An `a` is open: what would be a link inside is text.
    in_link: bool,
    numbers: Numbers,
    /// How often each footnote has been referred to.
    references: Vec<usize>,
    footnotes_written: bool,
    references_written: bool,
    contents_written: bool,
    // Looked up by name, each in order: articles may have many of them.
    footnote_places: Vec<(&'a str, usize)>,
    reference_places: Vec<(&'a str, usize)>,
    anchors: OnceCell<Anchors>,
    labels: OnceCell<Vec<(&'a str, String)>>,
}

impl<'a> Writer<'a> {
    fn new(options: &Options, article: Option<&'a Article>) -> Self {
        let direction = article.and_then(|article| match article.direction {
            Direction::Auto => language::direction(&article.language),
            known => Some(known),
        });
        Self {
            out: String::new(),
            options: *options,
            medium: Medium::App,
            article,
            direction,
            level: options.heading_level,
            in_link: false,
            numbers: Numbers::default(),
            references: vec![0; article.map_or(0, |article| article.footnotes.0.len())],
            footnotes_written: false,
            references_written: false,
            contents_written: false,
            footnote_places: article.map_or_else(Vec::new, |article| {
                notes::places(article.footnotes.0.iter().map(|note| note.identifier.as_str()))
            }),
            reference_places: article.map_or_else(Vec::new, |article| {
                notes::places(article.references.iter().map(|entry| entry.id.as_str()))
            }),
            anchors: OnceCell::new(),
            labels: OnceCell::new(),
        }
    }

    fn words(&self) -> &'static Words {
        self.options.words
    }

    fn is_foreign(&self) -> bool {
        self.article.is_none()
    }

    /// Whether a button does anything.
    fn has_controls(&self) -> bool {
        self.medium == Medium::App && !self.is_foreign()
    }

    /// Markup that this crate's source spells out.
    fn raw(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        escape_text(text, &mut self.out);
    }

    /// Text made by people beside other text: its direction does not reach out.
    fn isolated(&mut self, text: &str) {
        self.raw("<bdi>");
        self.text(text);
        self.raw("</bdi>");
    }

    /// ` name="value"`, value escaped.
    fn attribute(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(value, &mut self.out);
        self.out.push('"');
    }

    /// The attribute, unless its value is empty.
    fn attribute_if(&mut self, name: &'static str, value: &str) {
        if !value.is_empty() {
            self.attribute(name, value);
        }
    }

    fn number(&mut self, name: &'static str, value: u32) {
        self.attribute(name, &value.to_string());
    }

    /// An attribute of words in which `argument` takes the place of `{}`.
    fn worded_attribute(&mut self, name: &'static str, words: &'static str, argument: &str) {
        let (before, after) = words.split_once("{}").unwrap_or((words, ""));
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(before, &mut self.out);
        escape_attribute(argument, &mut self.out);
        escape_attribute(after, &mut self.out);
        self.out.push('"');
    }

    /// Words in which `argument` takes the place of `{}`.
    fn worded(&mut self, words: &'static str, argument: &str) {
        let (before, after) = words.split_once("{}").unwrap_or((words, ""));
        self.text(before);
        self.isolated(argument);
        self.text(after);
    }

    fn id(&mut self, id: &str) {
        if !id.is_empty() && !self.is_foreign() {
            self.out.push_str(" id=\"");
            self.out.push_str(ID_PREFIX);
            escape_attribute(id, &mut self.out);
            self.out.push('"');
        }
    }

    /// ` href="#…"` to an id of this page.
    fn fragment(&mut self, id: &str) {
        self.out.push_str(" href=\"#");
        self.out.push_str(ID_PREFIX);
        escape_attribute(id, &mut self.out);
        self.out.push('"');
    }

    /// Id, language and direction of a block.
    fn attributes(&mut self, attributes: &Attributes) {
        self.id(&attributes.id);
        self.language(&attributes.lang, attributes.dir);
    }

    /// Language and direction, where they differ from the text around. Where that is not known either, each
    /// block's first strong letter decides. Whoever writes the element's content puts `direction` back after it.
    fn language(&mut self, lang: &str, dir: Option<Direction>) {
        if is_language_tag(lang) {
            self.attribute("lang", lang);
        }
        let own = dir.or_else(|| language::direction(lang));
        if own.is_some_and(|own| Some(own) != self.direction) || (own.is_none() && self.direction.is_none()) {
            self.attribute("dir", own.unwrap_or(Direction::Auto).as_str());
        }
        self.direction = own.or(self.direction);
    }

    /// An address that passed for its use.
    fn address(raw: &str, usage: Use) -> Option<String> {
        if raw.is_empty() { None } else { url::resolve(raw, "", usage) }
    }

    /// Opens a link; `false`, and nothing written, where the address is refused or a link is open already.
    fn open_link(&mut self, raw: &str, class: &'static str, title: &str) -> bool {
        if self.in_link {
            return false;
        }
        let own = self.article.map_or("", |article| article.url.as_str());
        let local = raw.strip_prefix(own).filter(|rest| rest.starts_with('#')).or(Some(raw));
        if let Some(fragment) = local.and_then(|raw| raw.strip_prefix('#')) {
            if self.is_foreign() {
                return false;
            }
            self.raw("<a");
            let target = self.anchor(fragment).unwrap_or_else(|| fragment.to_owned());
            self.fragment(&target);
        } else {
            let Some(address) = Self::address(raw, Use::Link) else { return false };
            self.raw("<a");
            self.attribute("href", &address);
            if self.is_foreign() {
                self.raw(" rel=\"nofollow ugc noopener\"");
            } else if is_external(&address) {
                self.raw(" rel=\"noopener\"");
            }
        }
        self.attribute_if("class", class);
        self.attribute_if("title", title);
        self.raw(">");
        self.in_link = true;
        true
    }

    fn close_link(&mut self) {
        self.raw("</a>");
        self.in_link = false;
    }

    /// A link around text; the text alone where the address is refused.
    fn link(&mut self, raw: &str, class: &'static str, text: &str) {
        let is_open = self.open_link(raw, class, "");
        self.isolated(text);
        if is_open {
            self.close_link();
        }
    }

    /// The id in this article that a fragment leads to.
    fn anchor(&self, fragment: &str) -> Option<String> {
        let article = self.article?;
        let anchors = self.anchors.get_or_init(|| outline::anchors(article));
        anchors.find(fragment).map(str::to_owned)
    }
}

/// Numbers of sections, such as 2.1; those without a number do not count.
#[derive(Default)]
struct Numbers {
    /// How many there have been at each depth.
    counts: Vec<u32>,
    depth: usize,
}

impl Numbers {
    /// The number of the section that begins.
    fn enter(&mut self) -> String {
        self.counts.resize(self.depth + 1, 0);
        self.counts[self.depth] += 1;
        self.depth += 1;
        self.counts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Whether an address leads to another site, as far as can be told without knowing ours.
fn is_external(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://") || address.starts_with("//")
}

/// The host of an absolute address, for people; empty where there is none.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn is_language_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.len() < 36 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
