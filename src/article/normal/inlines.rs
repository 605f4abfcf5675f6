//! The pass over text-level content: links and pictures without an allowed address leave their text, reference links
//! are resolved, neighbouring texts merge, marks around nothing go.

use std::mem::take;

use super::super::json::Json;
use super::super::walk;
use super::super::{Definition, Inline, Inlines, Link, Span, Unknown};
use super::clean::{Cleaner, pixels};
use super::text::{clean, clean_in_line, clean_line, is_blank};
use crate::json::Object;
use crate::url::Use;
use crate::warning::printable;

impl Cleaner<'_> {
    /// Cleans text-level content of one line: a title, a caption.
    pub(super) fn line(&mut self, inlines: &mut Inlines) {
        self.one_line = true;
        self.inlines(inlines);
        self.one_line = false;
        if is_blank_line(inlines) {
            inlines.clear();
        }
    }

    /// Cleans text-level content.
    pub(super) fn inlines(&mut self, inlines: &mut Inlines) {
        let plain = self.plain(inlines);
        if plain < inlines.len() {
            for inline in inlines.split_off(plain) {
                self.inline(inline, inlines);
            }
        }
    }

    /// Cleans the texts and code that inlines begin with, and counts them: most lines have nothing else, and these stay
    /// where they are.
    fn plain(&self, inlines: &mut Inlines) -> usize {
        let mut is_after_text = false;
        let is_other = |inline: &mut Inline| match inline {
            Inline::Text(text) if !is_after_text => {
                self.text(text);
                is_after_text = true;
                text.is_empty()
            }
            Inline::InlineCode(code) => {
                clean(code);
                is_after_text = false;
                false
            }
            _ => true,
        };
        inlines.iter_mut().position(is_other).unwrap_or(inlines.len())
    }

    fn text(&self, text: &mut String) {
        if self.one_line {
            clean_in_line(text);
        } else {
            clean(text);
        }
    }

    fn inline(&mut self, mut inline: Inline, kept: &mut Inlines) {
        match &mut inline {
            Inline::Text(text) => {
                self.text(text);
                return push(kept, Inline::Text(take(text)));
            }
            Inline::InlineCode(text) => clean(text),
            Inline::Link(_) => return self.link(inline, kept),
            Inline::Image(image) => {
                clean_line(&mut image.alt);
                clean_line(&mut image.title);
                image.width = pixels(image.width);
                image.height = pixels(image.height);
                if !self.url(&mut image.url, Use::Image, "picture") {
                    return push_text(kept, &image.alt);
                }
            }
            Inline::Mention(mention) => {
                clean_line(&mut mention.name);
                self.url(&mut mention.url, Use::Link, "mention");
            }
            Inline::Quote(quote) => {
                self.url(&mut quote.cite, Use::Link, "source of a quotation");
            }
            Inline::Abbreviation(it) => clean_line(&mut it.title),
            Inline::FootnoteReference(reference) => {
                if !self.footnotes.contains_key(&reference.identifier) {
                    let label = if reference.label.is_empty() { &reference.identifier } else { &reference.label };
                    self.warnings.warn(format!("there is no footnote `{}`", printable(&reference.identifier)));
                    return push_text(kept, &format!("[{label}]"));
                }
                clean_line(&mut reference.label);
            }
            Inline::Citation(citation) => clean_line(&mut citation.label),
            Inline::Math(math) => clean(&mut math.value),
            Inline::Span(span) => {
                clean_line(&mut span.id);
                self.language(&mut span.lang);
            }
            Inline::Unknown(unknown) => {
                if matches!(unknown.tag.as_str(), "linkReference" | "imageReference") {
                    let resolved = self.reference(unknown);
                    resolved.0.into_iter().for_each(|inline| self.inline(inline, kept));
                    return;
                }
                unknown.text.iter_mut().for_each(clean);
            }
            _ => {}
        }
        if let Inline::Ruby(ruby) = &mut inline {
            self.inlines(&mut ruby.annotation);
        }
        let Some(children) = walk::children(&mut inline) else {
            kept.push(inline);
            return;
        };
        self.inlines(children);
        let is_empty = children.is_empty();
        match inline {
            Inline::Span(span) if is_plain_span(&span) => span.children.0.into_iter().for_each(|it| push(kept, it)),
            Inline::Span(span) if is_empty && span.id.is_empty() => {}
            Inline::Span(_) | Inline::CrossReference(_) => kept.push(inline),
            other if !is_empty => kept.push(other),
            _ => {}
        }
    }

    /// A link without an allowed address, or inside another one, leaves its text.
    fn link(&mut self, inline: Inline, kept: &mut Inlines) {
        let Inline::Link(mut link) = inline else { return };
        let was_in_link = std::mem::replace(&mut self.in_link, true);
        self.inlines(&mut link.children);
        self.in_link = was_in_link;
        clean_line(&mut link.title);
        if was_in_link || !self.url(&mut link.url, Use::Link, "link") {
            link.children.0.into_iter().for_each(|inline| push(kept, inline));
        } else if is_blank_line(&link.children) {
            // Nothing to click on: anchors and spaces stay.
            link.children.0.into_iter().for_each(|inline| push(kept, inline));
        } else {
            kept.push(Inline::Link(link));
        }
    }

    /// What a reference link or image of mdast stands for; its text where nothing defines it.
    fn reference(&mut self, unknown: &Unknown) -> Inlines {
        let member = |key| unknown.source.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        let identifier = member("identifier");
        let definition = self.definitions.get(identifier).cloned();
        let children = unknown.source.get("children");
        let children = children.and_then(|children| Inlines::read(children, self.warnings)).unwrap_or_default();
        let is_image = unknown.tag == "imageReference";
        let Some(Definition { url, title, .. }) = definition else {
            self.warnings.warn(format!("nothing defines the reference `{}`", printable(identifier)));
            return if is_image { member("alt").into() } else { children };
        };
        if !is_image {
            return vec![Inline::Link(Link { url, title, children })].into();
        }
        let mut image = Object::new();
        image.insert("type".to_owned(), "image".into());
        image.insert("url".to_owned(), url.into());
        image.insert("alt".to_owned(), member("alt").into());
        Inlines::read(&image.into(), self.warnings).unwrap_or_default()
    }
}

/// Whether text-level content shows nothing.
pub(super) fn is_blank_line(inlines: &Inlines) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::InlineCode(text) | Inline::Html(text) => is_blank(text),
        Inline::Break(_) | Inline::WordBreak(_) => true,
        Inline::Emphasis(it) | Inline::Strong(it) | Inline::Delete(it) | Inline::Insert(it) => is_blank_line(it),
        Inline::Underline(it) | Inline::Subscript(it) | Inline::Superscript(it) => is_blank_line(it),
        Inline::SmallCaps(it) | Inline::Small(it) | Inline::CiteTitle(it) => is_blank_line(it),
        Inline::Keyboard(it) | Inline::Sample(it) | Inline::Variable(it) => is_blank_line(it),
        Inline::Span(it) => is_blank_line(&it.children),
        Inline::Link(it) => is_blank_line(&it.children),
        Inline::Mark(it) => is_blank_line(&it.children),
        Inline::Quote(it) => is_blank_line(&it.children),
        Inline::Abbreviation(it) => is_blank_line(&it.children),
        Inline::Time(it) => is_blank_line(&it.children),
        Inline::Ruby(it) => is_blank_line(&it.children),
        Inline::Mention(it) => it.name.is_empty(),
        Inline::CrossReference(_)
        | Inline::Image(_)
        | Inline::Math(_)
        | Inline::FootnoteReference(_)
        | Inline::Citation(_) => false,
        Inline::Unknown(it) => it.text.is_empty(),
    })
}

/// Appends an inline, text merging with text before it.
fn push(inlines: &mut Inlines, inline: Inline) {
    match (inline, inlines.last_mut()) {
        (Inline::Text(text), _) if text.is_empty() => {}
        (Inline::Text(text), Some(Inline::Text(last))) => last.push_str(&text),
        (other, _) => inlines.push(other),
    }
}

fn push_text(inlines: &mut Inlines, text: &str) {
    push(inlines, Inline::Text(text.to_owned()));
}

/// Leaves out spans that say nothing, once their ids have gone to others.
pub(super) fn unwrap_plain_spans(inlines: &mut Inlines) {
    let mut kept = Inlines::default();
    for mut inline in take(inlines).0 {
        if let Inline::Ruby(ruby) = &mut inline {
            unwrap_plain_spans(&mut ruby.annotation);
        }
        let is_empty = walk::children(&mut inline).is_some_and(|children| {
            unwrap_plain_spans(children);
            children.is_empty()
        });
        match inline {
            Inline::Span(span) if is_plain_span(&span) => {
                span.children.0.into_iter().for_each(|it| push(&mut kept, it));
            }
            Inline::Span(span) if is_empty && span.id.is_empty() => {}
            Inline::Span(_) | Inline::CrossReference(_) | Inline::Link(_) => kept.push(inline),
            _ if is_empty => {}
            other => push(&mut kept, other),
        }
    }
    *inlines = kept;
}

fn is_plain_span(span: &Span) -> bool {
    span.id.is_empty() && span.lang.is_empty() && span.dir.is_none() && span.class.is_empty()
}
