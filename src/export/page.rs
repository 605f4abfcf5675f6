//! Whole HTML pages: an article, a list of articles, a message. Whoever has no script, and whatever reads pages without
//! one, finds everything in them. Where there is a program, it takes them over once somebody reads them.

use super::single::Single;
use super::{json_ld, script_json, style};
use crate::article::{Article, Date, Direction, Show};
use crate::html::{self, ID_PREFIX, escape_attribute, escape_text};
use crate::json::Value;
use crate::language;
use crate::outline::{Entry, outline};
use crate::site::Theme;
use crate::url;

mod head;

/// The program that takes a page over.
#[derive(Debug, Clone, Copy)]
pub enum Program<'a> {
    /// There is none.
    Absent,
    /// It is in files.
    At {
        /// Address of the script that starts it.
        script: &'a str,
        /// Address of the article's file.
        article: &'a str,
    },
    /// It is elsewhere on the site: the page only follows the reader's colours.
    Beside,
    /// It is in the page.
    Inside(&'a Single),
}

/// What pages may load whose program is in files of their site.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; connect-src 'self' https:; manifest-src 'self'; frame-src https:; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types recto";

/// Before the first paint, sets the reader's colours, and says whether the page is shown from its beginning.
pub(super) const FIRST: &str = concat!(include_str!("../../boot/theme.js"), include_str!("../../boot/fresh.js"));

/// What policies call it, without the end of its line. <https://www.w3.org/TR/CSP3/#grammardef-hash-source>
pub(super) const FIRST_HASH: &str = "sha256-90ZpyQ5oKFKoMyc4/cBagEGxrB1bHLkiWuS5nec3O1k=";

/// The bytes of text that are below the first screens and may yet arrive with them; what comes later keeps nobody waiting.
const NEXT_SCREENS: std::ops::Range<usize> = 3_000..64_000;

/// The same for pages without a program.
const STILL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; base-uri 'none'; form-action 'none'";

/// A form in which the page's content is elsewhere, too.
#[derive(Debug, Clone)]
pub struct Alternate {
    /// Its media type.
    pub media_type: &'static str,
    /// What people call it.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// What stands around the content of a page.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// What a policy calls the styles of every page of the site; `None` for a page on its own.
    pub styles: Option<&'a str>,
    /// Its colours.
    pub theme: Theme,
    /// Name of the site; empty for a page on its own.
    pub site: &'a str,
    /// Address of the site's list, from the page.
    pub home: &'a str,
    /// What takes the page over.
    pub program: Program<'a>,
    /// The page's own address, absolute; empty where it is not known.
    pub url: &'a str,
    /// Address of the site's icon, from the page; empty where it has none.
    pub icon: &'a str,
    /// Address of the script that tells a page around this one how tall it is; empty where no other page shows it.
    pub script: &'a str,
    /// Feeds, and descriptions for other programs.
    pub alternates: Vec<Alternate>,
}

impl Default for Frame<'_> {
    /// A page on its own.
    fn default() -> Self {
        Self {
            styles: None,
            theme: Theme::Auto,
            site: "",
            home: "",
            program: Program::Absent,
            url: "",
            icon: "",
            script: "",
            alternates: Vec::new(),
        }
    }
}

/// An article of a list.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Its address, from the page.
    pub href: String,
    /// Title.
    pub title: String,
    /// A sentence about it.
    pub summary: String,
    /// When it was published.
    pub published: Option<Date>,
    /// Its language.
    pub language: String,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct List<'a> {
    /// Its title.
    pub title: &'a str,
    /// A sentence under it.
    pub description: &'a str,
    /// Language of both.
    pub language: &'a str,
    /// The articles.
    pub items: &'a [Item],
    /// Other lists: name, address and how many articles there are.
    pub topics: &'a [(String, String, usize)],
    /// Address of the page before.
    pub newer: Option<&'a str>,
    /// Address of the page after.
    pub older: Option<&'a str>,
}

const MAIN: &str = "recto-~main";

/// Writes the page of a normalised article.
pub fn article(article: &Article, frame: &Frame<'_>) -> String {
    let mut out = String::with_capacity(64 * 1024);
    open(&mut out, frame, &article.language, article.direction);
    head::of_article(article, frame, &mut out);
    begin_body(&mut out, frame);
    out.push_str("<div class=\"r-viewer\">\n");
    contents(article, &mut out);
    out.push_str("<main class=\"r-main\" id=\"");
    out.push_str(MAIN);
    out.push_str("\">\n<article class=\"r-article r-prose\"");
    attribute("lang", &article.language, &mut out);
    if article.direction != Direction::Auto {
        attribute("dir", article.direction.as_str(), &mut out);
    }
    out.push_str(">\n");
    let options = html::Options { format_date: day_in_words, ..html::Options::default() };
    let text = html::still_article(article, &options);
    match frame.program {
        Program::Absent => out.push_str(text.as_str()),
        _ => mark_later(text.as_str(), &mut out),
    }
    out.push_str("\n</article>\n</main>\n</div>\n</div>\n<script type=\"application/ld+json\">");
    out.push_str(&script_json(&json_ld::article(article, frame.url)));
    out.push_str("</script>\n");
    if let Program::Inside(single) = frame.program {
        hold(single, article, &mut out);
    }
    close(&mut out, frame);
    out
}

/// Writes markup of ours, in which the sections after the first screens are marked as `data-later`: browsers lay them out
/// once those are painted.
fn mark_later(markup: &str, out: &mut String) {
    const SECTION: &str = "<section";
    const FOLDED: &str = "<details";
    let (mut length, mut folded) = (0, 0_usize);
    for piece in markup.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        // What is shown only when asked for does not fill a screen.
        if folded == 0 {
            length += text.len();
        }
        folded = (folded + usize::from(tag.starts_with(FOLDED))).saturating_sub(usize::from(tag == "</details>"));
        out.push_str(text);
        match tag.strip_prefix(SECTION) {
            Some(rest) if NEXT_SCREENS.contains(&length) => {
                out.push_str(SECTION);
                out.push_str(" data-later");
                out.push_str(rest);
            }
            _ => out.push_str(tag),
        }
    }
}

/// Writes what a page holds for the program: the article's file, the parts, and the script that starts them.
fn hold(single: &Single, article: &Article, out: &mut String) {
    let json = script_json(&Value::Object(article.to_json()));
    data("article", "application/json", &json, out);
    for (name, part) in &single.parts {
        data(name, "application/octet-stream", part, out);
    }
    out.push_str("<script");
    attribute("data-hash", &single.hash, out);
    out.push('>');
    out.push_str(&single.script);
    out.push_str("</script>\n");
}

/// Text for scripts, which cannot end its own element.
fn data(name: &str, media_type: &str, text: &str, out: &mut String) {
    out.push_str("<script");
    attribute("type", media_type, out);
    attribute("data-recto-part", name, out);
    out.push('>');
    out.push_str(text);
    out.push_str("</script>\n");
}

/// Writes a page of a list.
pub fn list(list: &List<'_>, frame: &Frame<'_>) -> String {
    let mut out = String::new();
    open(&mut out, frame, list.language, Direction::Auto);
    head::of_list(list, frame, &mut out);
    begin_body(&mut out, frame);
    out.push_str("<main class=\"r-list\" id=\"");
    out.push_str(MAIN);
    out.push_str("\">\n");
    element("h1", "", list.title, &mut out);
    element("p", "r-list-description", list.description, &mut out);
    out.push_str("<ol class=\"r-list-entries\" role=\"list\">\n");
    for item in list.items {
        out.push_str("<li class=\"r-list-entry\"");
        attribute("lang", &item.language, &mut out);
        attribute("dir", language::direction(&item.language).map_or("", Direction::as_str), &mut out);
        out.push_str("><h2 dir=\"auto\"><a");
        attribute("href", &item.href, &mut out);
        out.push('>');
        escape_text(if item.title.is_empty() { &item.href } else { &item.title }, &mut out);
        out.push_str("</a></h2>");
        element("p", "", &item.summary, &mut out);
        if let Some(published) = &item.published {
            out.push_str("<time class=\"r-list-date\"");
            attribute("datetime", &published.to_string(), &mut out);
            out.push('>');
            escape_text(&day_in_words(published, &item.language), &mut out);
            out.push_str("</time>");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    if list.newer.is_some() || list.older.is_some() {
        out.push_str("<nav class=\"r-list-pages\" aria-label=\"Pages\" lang=\"en\">");
        for (href, rel, text) in [(list.newer, "prev", "Newer articles"), (list.older, "next", "Older articles")] {
            if let Some(href) = href {
                out.push_str(&format!("<a rel=\"{rel}\""));
                attribute("href", href, &mut out);
                out.push_str(&format!(">{text}</a>"));
            }
        }
        out.push_str("</nav>\n");
    }
    if !list.topics.is_empty() {
        out.push_str("<nav aria-label=\"Tags\"><ul class=\"r-list-topics\" role=\"list\">\n");
        for (name, href, count) in list.topics {
            out.push_str("<li><a");
            attribute("href", href, &mut out);
            out.push_str("><bdi>");
            escape_text(name, &mut out);
            out.push_str(&format!("</bdi></a><span class=\"r-list-count\">{count}</span></li>\n"));
        }
        out.push_str("</ul></nav>\n");
    }
    out.push_str("</main>\n</div>\n");
    close(&mut out, frame);
    out
}

/// Writes a page that says something and leads to the list; search engines do not keep it.
pub fn message(title: &str, text: &str, frame: &Frame<'_>) -> String {
    let mut out = String::new();
    open(&mut out, frame, "en", Direction::Auto);
    head::of_message(title, frame, &mut out);
    begin_body(&mut out, frame);
    out.push_str("<main class=\"r-fallback\" id=\"");
    out.push_str(MAIN);
    out.push_str("\">\n");
    element("h1", "", title, &mut out);
    element("p", "", text, &mut out);
    out.push_str("</main>\n</div>\n");
    close(&mut out, frame);
    out
}

fn open(out: &mut String, frame: &Frame<'_>, language: &str, direction: Direction) {
    out.push_str("<!doctype html>\n<html class=\"recto\"");
    attribute("lang", if language.is_empty() { "en" } else { language }, out);
    if direction != Direction::Auto {
        attribute("dir", direction.as_str(), out);
    }
    if frame.theme != Theme::Auto {
        attribute("data-theme", frame.theme.as_str(), out);
    }
    out.push_str(">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
    attribute("content", &policy(frame), out);
    out.push_str(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str("<meta name=\"referrer\" content=\"strict-origin-when-cross-origin\">\n");
    if !matches!(frame.program, Program::Absent) {
        out.push_str("<script>");
        out.push_str(FIRST.trim_end());
        out.push_str("</script>\n");
    }
    // Inside, so that nothing else has to come before the text is seen.
    out.push_str("<style>");
    out.push_str(style::sheet());
    out.push_str("</style>\n");
    if let Program::Inside(single) = frame.program {
        out.push_str("<style data-recto-interface>");
        out.push_str(&single.styles);
        out.push_str("</style>\n");
    }
}

fn begin_body(out: &mut String, frame: &Frame<'_>) {
    out.push_str("</head>\n<body>\n<div class=\"r-app\">\n<a class=\"r-skip\" lang=\"en\" href=\"#");
    out.push_str(MAIN);
    out.push_str("\">Skip to the text</a>\n");
    if !frame.home.is_empty() {
        out.push_str("<header class=\"r-toolbar\"><a class=\"r-home\"");
        attribute("href", frame.home, out);
        out.push_str("><bdi>");
        escape_text(if frame.site.is_empty() { "All articles" } else { frame.site }, out);
        out.push_str("</bdi></a></header>\n");
    } else if matches!(frame.program, Program::Inside(_)) {
        // The bar will be here.
        out.push_str("<header class=\"r-toolbar\"><span class=\"r-home\"></span></header>\n");
    }
}

/// The policy of pages of a site: with what it calls their styles, and with the site by an address of it. In a frame without
/// an origin, as other sites show pages in, WebKit takes 'self' for nobody.
pub(super) fn policy_of_site(policy: &str, styles: &str, url: &str) -> String {
    let policy = policy
        .replace("style-src 'self'", &format!("style-src 'self' '{styles}'"))
        .replace("script-src 'self' 'wasm", &format!("script-src 'self' '{FIRST_HASH}' 'wasm"));
    let origin = url::origin(url);
    // What has a meaning in a policy is no part of an origin.
    if origin.is_empty() || origin.contains([';', ',', '\'', ' ']) {
        return policy;
    }
    policy.replace("'self'", &format!("'self' {origin}"))
}

/// What the page may load and run.
fn policy(frame: &Frame<'_>) -> String {
    match (frame.program, frame.styles) {
        (Program::Inside(single), _) => format!(
            "script-src '{FIRST_HASH}' '{}' 'wasm-unsafe-eval'; object-src 'none'; frame-src https:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types recto",
            single.hash
        ),
        // A page on its own may be opened from a disk, where no address is its own: only what could run is forbidden.
        (_, None) => {
            "script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'".to_owned()
        }
        (Program::Absent, Some(styles)) => policy_of_site(STILL_POLICY, styles, frame.url),
        (Program::At { .. } | Program::Beside, Some(styles)) => policy_of_site(POLICY, styles, frame.url),
    }
}

fn close(out: &mut String, frame: &Frame<'_>) {
    // Asked for once the text is there: on a slow network they would come in its place.
    if let Program::At { script, article } = frame.program {
        out.push_str("<script async");
        attribute("src", script, out);
        attribute("data-article", article, out);
        attribute("data-list", frame.home, out);
        out.push_str("></script>\n");
    }
    if !frame.script.is_empty() {
        out.push_str("<script defer");
        attribute("src", frame.script, out);
        out.push_str("></script>\n");
    }
    out.push_str("</body>\n</html>\n");
}

/// The contents list, where the app would show one.
fn contents(article: &Article, out: &mut String) {
    let entries = outline(article);
    let count = count(&entries);
    let is_shown = match article.toc.show {
        Show::Auto => count >= 2,
        Show::Always => count >= 1,
        Show::Never => false,
    };
    if !is_shown {
        return;
    }
    let words = &html::words::ENGLISH;
    let title = if article.toc.title.is_empty() { words.contents } else { &article.toc.title };
    out.push_str("<nav class=\"r-contents\"");
    // An article may hold a contents list of its own, which is another landmark.
    attribute("aria-label", &format!("{title} (page)"), out);
    // Of both the style sheet shows one: beside the text where there is room, else folded.
    out.push_str("><div class=\"r-contents-panel\"><p class=\"r-contents-title\" aria-hidden=\"true\">");
    escape_text(title, out);
    out.push_str("</p>");
    write_entries(&entries, out);
    out.push_str("</div><details><summary>");
    escape_text(title, out);
    out.push_str("</summary>");
    write_entries(&entries, out);
    out.push_str("</details></nav>\n");
}

fn count(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| 1 + count(&entry.children)).sum()
}

fn write_entries(entries: &[Entry], out: &mut String) {
    out.push_str("<ol class=\"r-contents-list\">");
    for entry in entries {
        out.push_str("<li class=\"r-contents-item\"><a class=\"r-contents-link\" href=\"#");
        out.push_str(ID_PREFIX);
        escape_attribute(&entry.id, out);
        out.push_str("\">");
        escape_text(&entry.label, out);
        out.push_str("</a>");
        if !entry.children.is_empty() {
            write_entries(&entry.children, out);
        }
        out.push_str("</li>");
    }
    out.push_str("</ol>\n");
}

/// A date as people of that language write it; as machines do where only browsers know how.
pub fn day_in_words(date: &Date, language: &str) -> String {
    date.in_words(language).unwrap_or_else(|| Date { time: None, ..*date }.to_string())
}

/// ` name="value"`; nothing where there is no value.
fn attribute(name: &'static str, value: &str, out: &mut String) {
    if !value.is_empty() {
        out.push_str(&format!(" {name}=\""));
        escape_attribute(value, out);
        out.push('"');
    }
}

/// An element around text of people; nothing where there is no text.
fn element(name: &'static str, class: &'static str, text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("<{name} dir=\"auto\""));
        attribute("class", class, out);
        out.push('>');
        escape_text(text, out);
        out.push_str(&format!("</{name}>\n"));
    }
}
