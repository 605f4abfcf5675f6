//! Text-level content in Markdown; as HTML where Markdown has nothing for it.

use super::Writer;
use super::escape::{self, Place};
use crate::article::{Inline, InlineMath, Inlines, Link};
use crate::html::{escape_attribute, escape_text};

/// Writes text-level content, without white space around it.
pub(super) fn write(w: &Writer<'_>, inlines: &Inlines, place: Place) -> String {
    let mut line = Line { w, out: String::new(), place, in_link: false };
    line.all(inlines, None);
    let text = line.out.trim_matches(|letter: char| letter.is_ascii_whitespace());
    // A break at the end breaks nothing.
    let mut text = text.trim_end_matches(BREAK).trim_end_matches("<br>");
    // What is left of it would be a break of the next line.
    if text.ends_with('\\') && (text.len() - text.trim_end_matches('\\').len()) % 2 == 1 {
        text = text.trim_end_matches('\\');
    }
    text.trim_end().to_owned()
}

struct Line<'a> {
    w: &'a Writer<'a>,
    out: String,
    place: Place,
    in_link: bool,
}

impl Line<'_> {
    /// Writes inlines, `after` being the letter that follows them.
    fn all(&mut self, inlines: &Inlines, after: Option<char>) {
        for (index, inline) in inlines.iter().enumerate() {
            let next = inlines.get(index + 1).map_or(after, first_letter);
            self.one(inline, next);
        }
    }

    fn one(&mut self, inline: &Inline, next: Option<char>) {
        match inline {
            Inline::Text(text) => escape::text(text, &mut self.out),
            Inline::Emphasis(children) => self.mark("*", "em", children, next),
            Inline::Strong(children) => self.mark("**", "strong", children, next),
            Inline::Delete(children) => self.mark("~~", "del", children, next),
            Inline::Insert(children) => self.element("ins", "", children),
            Inline::Underline(children) => self.element("u", "", children),
            Inline::Subscript(children) => self.element("sub", "", children),
            Inline::Superscript(children) => self.element("sup", "", children),
            Inline::Small(children) => self.element("small", "", children),
            Inline::Keyboard(children) => self.element("kbd", "", children),
            Inline::Sample(children) => self.element("samp", "", children),
            Inline::Variable(children) => self.element("var", "", children),
            Inline::CiteTitle(children) => self.element("cite", "", children),
            Inline::Mark(mark) => self.element("mark", "", &mark.children),
            Inline::Quote(quote) => self.element("q", "", &quote.children),
            Inline::SmallCaps(children) => self.all(children, next),
            Inline::Abbreviation(it) => self.element("abbr", &attribute("title", &it.title), &it.children),
            Inline::Time(time) => {
                let datetime = time.datetime.map(|date| date.to_string()).unwrap_or_default();
                self.element("time", &attribute("datetime", &datetime), &time.children);
            }
            Inline::Span(span) => {
                let mut attributes = attribute("id", &span.id) + &attribute("lang", &span.lang);
                attributes += &attribute("dir", span.dir.map_or("", |dir| dir.as_str()));
                if attributes.is_empty() {
                    self.all(&span.children, next);
                } else {
                    self.element("span", &attributes, &span.children);
                }
            }
            Inline::Ruby(ruby) => {
                self.out.push_str("<ruby>");
                self.all(&ruby.children, Some('<'));
                self.element("rt", "", &ruby.annotation);
                self.out.push_str("</ruby>");
            }
            Inline::InlineCode(code) => self.code(code),
            Inline::Math(math) => self.math(math),
            Inline::Link(link) => self.link(link, next),
            Inline::CrossReference(it) => {
                self.linked(&format!("#{}", it.identifier), "", &mut |line| line.all(&it.children, Some(']')));
            }
            Inline::Mention(mention) => self.linked(&mention.url, "", &mut |line| {
                escape::text(&mention.name, &mut line.out);
            }),
            Inline::Image(image) => {
                self.out.push_str("![");
                escape::text(&image.alt, &mut self.out);
                self.out.push_str("](");
                self.out.push_str(&escape::address(&image.url));
                self.out.push_str(&escape::title(&image.title));
                self.out.push(')');
            }
            Inline::Break(_) => self.out.push_str(if self.place == Place::Line { "<br>" } else { BREAK }),
            Inline::WordBreak(_) => self.out.push_str("<wbr>"),
            Inline::FootnoteReference(reference) => match self.w.footnote(&reference.identifier) {
                Some(name) => self.out.push_str(&format!("[^{name}]")),
                None => escape::text(&reference.identifier, &mut self.out),
            },
            Inline::Citation(citation) => {
                let numbers =
                    citation.identifiers.iter().map(|name| self.w.reference(name)).collect::<Vec<_>>().join(", ");
                let label = if citation.label.is_empty() { format!("[{numbers}]") } else { citation.label.clone() };
                escape::text(&label, &mut self.out);
            }
            // Raw HTML that no reader has taken apart is not trusted here either.
            Inline::Html(html) => escape::text(html, &mut self.out),
            Inline::Unknown(unknown) => escape::text(&unknown.text.join(" "), &mut self.out),
        }
    }

    /// Writes a mark around text. Markdown tells by the letters around whether a run of signs opens or closes; where
    /// it would not see this one, or take it for another, it is an element.
    fn mark(&mut self, sign: &'static str, element: &'static str, children: &Inlines, next: Option<char>) {
        let mut inner = Line { out: String::new(), ..*self };
        inner.all(children, sign.chars().next());
        let inside = inner.out;
        let text = without_space(&inside);
        if text.is_empty() {
            return self.out.push_str(&inside);
        }
        let start = inside.len() - start_without_space(&inside).len();
        let (before, after) = (&inside[..start], &inside[start + text.len()..]);
        self.out.push_str(before);
        let outer = (self.out.chars().next_back(), if after.is_empty() { next } else { Some(' ') });
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let opens = !is_word(outer.0) || is_word(text.chars().next());
        let closes = !is_word(outer.1) || is_word(text.chars().next_back());
        let signs = ['*', '~', '_'];
        let is_alone = !text.starts_with(signs) && !text.ends_with(signs) && !text.ends_with('\\');
        let stands_apart = !outer.0.is_some_and(|letter| signs.contains(&letter))
            && !outer.1.is_some_and(|letter| signs.contains(&letter));
        if opens && closes && is_alone && stands_apart {
            self.out.push_str(sign);
            self.out.push_str(text);
            self.out.push_str(sign);
        } else {
            self.out.push_str(&format!("<{element}>{}</{element}>", with_elements_as_breaks(text)));
        }
        self.out.push_str(after);
    }

    fn element(&mut self, name: &'static str, attributes: &str, children: &Inlines) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        let start = self.out.len();
        self.all(children, Some('<'));
        let inside = self.out.split_off(start);
        self.out.push_str(&format!("{}</{name}>", with_elements_as_breaks(&inside)));
    }

    fn code(&mut self, code: &str) {
        let code = escape::code(code);
        // In a table even code must not hold the sign between cells.
        self.out.push_str(&if self.place == Place::Line { code.replace('|', "\\|") } else { code });
    }

    fn math(&mut self, math: &InlineMath) {
        let value = math.value.trim().replace(['\n', '\r'], " ");
        match () {
            () if value.is_empty() => escape::text(&super::text_of_markup(&math.mathml), &mut self.out),
            () if value.contains(['$', '`']) => self.code(&value),
            () => self.out.push_str(&format!("${value}$")),
        }
    }

    fn link(&mut self, link: &Link, next: Option<char>) {
        let is_itself = matches!(link.children.as_slice(), [Inline::Text(text)] if *text == link.url);
        let is_absolute = link.url.starts_with("https://") || link.url.starts_with("http://");
        if self.in_link || link.url.is_empty() {
            self.all(&link.children, next);
        } else if is_itself && is_absolute && link.title.is_empty() && !link.url.contains(['<', '>', ' ']) {
            self.out.push_str(&format!("<{}>", link.url));
        } else {
            self.linked(&link.url, &link.title, &mut |line| line.all(&link.children, Some(']')));
        }
    }

    fn linked(&mut self, url: &str, title: &str, text: &mut dyn FnMut(&mut Self)) {
        if self.in_link || url.is_empty() {
            return text(self);
        }
        self.in_link = true;
        self.out.push('[');
        text(self);
        self.out.push_str("](");
        self.out.push_str(&escape::address(url));
        self.out.push_str(&escape::title(title));
        self.out.push(')');
        self.in_link = false;
    }
}

/// How a line breaks in a paragraph. Nothing else has a line break in it: those of texts become spaces.
const BREAK: &str = "\\\n";

/// Text without the white space and the breaks at its start.
fn start_without_space(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(rest) = text.strip_prefix(BREAK) {
        text = rest.trim_start();
    }
    text
}

/// Text without the white space and the breaks around it: of a break, no half may stay behind.
fn without_space(text: &str) -> &str {
    let mut text = start_without_space(text);
    loop {
        let shorter = text
            .strip_suffix(BREAK)
            .unwrap_or_else(|| text.trim_end_matches(|letter: char| letter.is_whitespace() && letter != '\n'));
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// What stands in an HTML element, where a sign for a break could be taken for one of the element's end.
fn with_elements_as_breaks(text: &str) -> String {
    text.replace(BREAK, "<br>")
}

/// With what an inline begins, as far as it matters to the mark before it.
fn first_letter(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Emphasis(_) | Inline::Strong(_) => Some('*'),
        Inline::Delete(_) => Some('~'),
        Inline::Break(_) => Some('\n'),
        Inline::Mention(mention) if mention.url.is_empty() => mention.name.chars().next(),
        Inline::SmallCaps(children) => children.first().and_then(first_letter),
        Inline::Span(span) if span.id.is_empty() => span.children.first().and_then(first_letter),
        _ => Some('<'),
    }
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let mut out = format!(" {name}=\"");
    escape_attribute(value, &mut out);
    out.push('"');
    out
}

/// The text as the content of an HTML element that a line of Markdown begins with.
pub(super) fn html_text(inlines: &Inlines) -> String {
    let mut out = String::new();
    escape_text(&inlines.plain_text(), &mut out);
    out
}
