//! What readers of envelopes share: members by their path, and the cleaning of titles, bylines and excerpts.

use std::mem::take;

use super::{Context, markdown};
use crate::article::walk;
use crate::article::{Article, Block, Blocks, Date, Footnotes, Image, Inline, InlineImage, Inlines, Kind, Person};
use crate::json::{self, Value};
use crate::letter::lower_case;
use crate::markup::{self, stray};
use crate::warning::Warnings;

/// The string at a path such as `title.rendered`; empty where there is none.
pub(super) fn text<'a>(value: &'a Value<'a>, path: &str) -> &'a str {
    member(value, path).and_then(Value::as_str).unwrap_or_default()
}

/// The value at a path; numbers are places in arrays.
pub(super) fn member<'a>(value: &'a Value<'a>, path: &str) -> Option<&'a Value<'a>> {
    path.split('.').try_fold(value, |value, key| match value {
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    })
}

/// The whole number at a path, if it fits.
pub(super) fn number(value: &Value<'_>, path: &str) -> Option<u32> {
    member(value, path).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}

/// The date at a path: text in any of the usual forms, or seconds or milliseconds since 1970.
pub(super) fn date(value: &Value<'_>, path: &str) -> Option<Date> {
    match member(value, path)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => json::decimal(number).and_then(Date::from_epoch),
        _ => None,
    }
}

impl Context<'_> {
    /// Reads a title that may hold entities and tags: of marks only those stay that a title may have.
    pub(super) fn title(&mut self, text: &str) -> Inlines {
        let mut inlines = self.line(text);
        keep_title_marks(&mut inlines);
        inlines
    }

    /// Reads a line of text that may hold entities and tags; what is none is text, such as the `<T>` of `Vec<T>`.
    pub(super) fn line(&mut self, text: &str) -> Inlines {
        self.inlines(&stray::keep(text))
    }

    /// Reads a short text that may hold entities and tags, as text.
    pub(super) fn plain(&mut self, text: &str) -> String {
        // What is left out of an excerpt or a name is no loss: the text itself is elsewhere.
        let inlines = match text.contains(['<', '&']) {
            true => markup::inlines(&stray::keep(text), self.parse, &mut Warnings::default()),
            false => text.into(),
        };
        let text = inlines.plain_text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Reads an excerpt as text, without what invites to read on.
    pub(super) fn excerpt(&mut self, html: &str) -> String {
        let mut text = self.plain(html);
        let end = ["[…]", "[...]", "Continue reading", "Read more"].iter().filter_map(|words| text.rfind(words)).min();
        if let Some(end) = end.filter(|end| *end * 2 > text.len()) {
            text.truncate(end);
            text.truncate(text.trim_end().len());
            if !text.ends_with(['.', '!', '?', '…']) {
                text.push('…');
            }
        }
        text
    }

    /// Reads text-level HTML.
    pub(super) fn inlines(&mut self, html: &str) -> Inlines {
        if html.contains(['<', '&']) {
            markup::inlines(html, self.parse, &mut self.warnings)
        } else {
            html.trim().into()
        }
    }

    /// Reads the body of an article in a form that its format does not tell: HTML, Markdown, or plain text.
    pub(super) fn text(&mut self, text: &str) -> (Blocks, Footnotes) {
        if is_html(text) {
            return self.body(text);
        }
        let blocks = match markdown::is_markdown(text) {
            true => Blocks(vec![Block::new(Kind::Markdown(text.to_owned()))]),
            false => paragraphs(text),
        };
        (blocks, Footnotes::default())
    }

    /// Gives an article without a text its description in place of it, and says so.
    pub(super) fn without_text(&mut self, article: &mut Article) {
        self.warnings.warn("the text itself is not in this file");
        article.body = paragraphs(&article.description);
    }

    /// Reads HTML as the body of an article.
    pub(super) fn body(&mut self, html: &str) -> (Blocks, Footnotes) {
        let fragment = markup::blocks(html, self.parse, &mut self.warnings);
        (fragment.blocks, Footnotes(fragment.footnotes))
    }
}

/// Adds a paragraph; one of pictures only is these pictures, one of an address that can be shown is its embed.
pub(super) fn push_paragraph(mut inlines: Inlines, blocks: &mut Blocks) {
    let is_space = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        other => matches!(other, Inline::Break(_)),
    };
    if let Some(embed) = markup::embed_of(&inlines) {
        return blocks.push(Block::new(Kind::Embed(embed)));
    }
    if !inlines.iter().all(|inline| is_space(inline) || picture(inline).is_some()) {
        return blocks.push(Block::paragraph(inlines));
    }
    inlines.retain(|inline| !is_space(inline));
    for (image, link) in inlines.iter().filter_map(picture) {
        blocks.push(Block::new(Kind::Image(Image {
            url: image.url.clone(),
            alt: image.alt.clone(),
            title: image.title.clone(),
            link: link.to_owned(),
            ..Image::default()
        })));
    }
}

/// Makes pictures of the paragraphs that hold nothing else, as trees without pictures between paragraphs have them.
pub(super) fn lift_pictures(blocks: &mut Blocks) {
    for mut block in take(blocks).0 {
        let attributes = block.attributes.clone();
        match block.kind {
            Kind::Paragraph(paragraph) if paragraph.children.iter().any(|inline| picture(inline).is_some()) => {
                let first = blocks.len();
                push_paragraph(paragraph.children, blocks);
                if let Some(block) = blocks.get_mut(first) {
                    block.attributes = attributes;
                }
            }
            _ => {
                walk::parts(&mut block, &mut |part| {
                    if let walk::Part::Blocks(blocks) = part {
                        lift_pictures(blocks);
                    }
                });
                blocks.push(block);
            }
        }
    }
}

/// A picture, and where it leads.
fn picture(inline: &Inline) -> Option<(&InlineImage, &str)> {
    match inline {
        Inline::Image(image) => Some((image, "")),
        Inline::Link(link) => match link.children.as_slice() {
            [Inline::Image(image)] => Some((image, &link.url)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a tree holds what MyST adds to mdast: the one thing that tells the two apart.
pub(super) fn holds_myst(node: &Value<'_>) -> bool {
    const TYPES: &[&str] = &[
        "mystDirective",
        "mystRole",
        "mystTarget",
        "mystComment",
        "block",
        "blockBreak",
        "container",
        "citeGroup",
        "tabSet",
        "admonitionTitle",
    ];
    let children = node.get("children").and_then(Value::as_array);
    children.into_iter().flatten().any(|child| TYPES.contains(&text(child, "type")) || holds_myst(child))
}

/// Whether a text is HTML: it starts with a tag, or has one that ends or breaks.
pub(super) fn is_html(text: &str) -> bool {
    let tags = ["</p>", "</a>", "</em>", "</strong>", "</div>", "</b>", "</i>", "</h2>", "</li>", "<br"];
    text.trim_start().starts_with('<') || tags.iter().any(|tag| text.contains(tag))
}

/// Paragraphs between empty lines; where there are none, each line is one.
pub(super) fn paragraphs(text: &str) -> Blocks {
    let text = text.replace("\r\n", "\n");
    let separator = if text.contains("\n\n") { "\n\n" } else { "\n" };
    text.split(separator).map(str::trim).filter(|text| !text.is_empty()).map(Block::paragraph).collect()
}

/// The first words of a text, for what has no title.
pub(super) fn first_words(blocks: &Blocks) -> Inlines {
    const ENOUGH: usize = 70;
    let first = blocks.iter().find_map(|block| match &block.kind {
        Kind::Paragraph(paragraph) => Some(&paragraph.children),
        Kind::Heading(heading) => Some(&heading.children),
        _ => None,
    });
    let text = first.map(Inlines::plain_text).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= ENOUGH {
        return line.into();
    }
    let cut: String = line.chars().take(ENOUGH).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(|letter: char| !letter.is_alphanumeric())).as_str().into()
}

fn keep_title_marks(inlines: &mut Inlines) {
    for mut inline in take(inlines).0 {
        let stays = matches!(
            inline,
            Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::Subscript(_)
                | Inline::Superscript(_)
                | Inline::CiteTitle(_)
        );
        match walk::children(&mut inline) {
            None => match inline {
                Inline::Image(image) => inlines.push(Inline::Text(image.alt)),
                other => inlines.push(other),
            },
            Some(children) => {
                keep_title_marks(children);
                if stays {
                    inlines.push(inline);
                } else {
                    let children = take(children);
                    inlines.extend(children.0);
                }
            }
        }
    }
}

/// The people a byline names: without "By", split where every part looks like a name. What does not is one name.
pub(super) fn people(byline: &str) -> Vec<Person> {
    let line = byline.split(['\n', '|']).next().unwrap_or_default().trim();
    let lower = lower_case(line);
    let prefixes = ["by ", "von ", "por ", "par ", "di ", "av ", "door ", "text: "];
    let start = prefixes.iter().find(|prefix| lower.starts_with(*prefix)).map_or(0, |prefix| prefix.len());
    let line = line.get(start..).unwrap_or(line).trim().trim_end_matches(',');
    let mut parts: Vec<&str> = vec![line];
    // Between semicolons a comma may stand between a name and its first part.
    let separators = if line.contains(';') { &[";"][..] } else { &[", ", " and ", " & ", " und ", " et ", " y "] };
    for separator in separators {
        parts = parts.iter().flat_map(|part| part.split(*separator)).collect();
    }
    let parts: Vec<&str> =
        (parts.iter()).map(|part| part.trim().trim_start_matches("and ")).filter(|part| !part.is_empty()).collect();
    let is_name = |part: &&str| part.split_whitespace().count() <= 4 && !part.contains("://");
    let names = if parts.iter().all(is_name) { parts } else { vec![line] };
    let named = names.into_iter().map(without_address).filter(|name| !name.is_empty() && !name.starts_with("http"));
    named.map(|name| Person { name: name.to_owned(), ..Person::default() }).collect()
}

/// A name without the address that follows it as in mail, which is nobody's business: `Ann Lee <ann@example.org>`.
pub(super) fn without_address(name: &str) -> &str {
    name.split_once(" <").filter(|(_, rest)| rest.contains(['@', '/'])).map_or(name, |(name, _)| name.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    #[test]
    fn members_are_found_by_path() {
        let value = json!({"a": [{"b": "x", "n": 7}]});
        assert_eq!((text(&value, "a.0.b"), number(&value, "a.0.n")), ("x", Some(7)));
        assert_eq!((text(&value, "a.1.b"), member(&value, "a.b")), ("", None));
    }

    #[test]
    fn bylines_are_split_into_names() {
        let names = |byline: &str| people(byline).into_iter().map(|person| person.name).collect::<Vec<_>>();
        assert_eq!(names("By Ann Lee, Bob Ray and Cy Fox"), ["Ann Lee", "Bob Ray", "Cy Fox"]);
        assert_eq!(names("von Ann Lee & Bob Ray\nReporter"), ["Ann Lee", "Bob Ray"]);
        assert_eq!(
            names("Ann Lee, chief of the long named bureau of news"),
            ["Ann Lee, chief of the long named bureau of news"]
        );
        assert_eq!(names("Lee, Ann; Ray, Bob;"), ["Lee, Ann", "Ray, Bob"]);
        assert_eq!(names("https://facebook.com/ann"), [""; 0]);
        assert_eq!(names("Ann Lee <ann@a.example>, Bob Ray"), ["Ann Lee", "Bob Ray"]);
    }
}
