//! Paragraphs of Pandoc and the text-level content in them, which has a node for each word.

use super::{DEEPEST_MARK, Walk, at, attribute, attributes_of, items, raw, words};
use crate::article::json::Empty;
use crate::article::{
    Attributes, Block, Blocks, Content, Figure, Footnote, FootnoteReference, Highlight, Inline, InlineImage,
    InlineMath, Inlines, Kind, Link, Math, Span,
};
use crate::json::Value;
use crate::reader::fields::{member, push_paragraph, text};

impl Walk<'_, '_> {
    /// A paragraph; displayed formulas in it stand for themselves.
    pub(super) fn paragraph(&mut self, content: &Value<'_>, level: u32, blocks: &mut Blocks) {
        // Before figures were blocks, a picture alone with a mark before its title was one.
        if let [image] = items(Some(content))
            && text(image, "t") == "Image"
            && let Some(title) =
                member(image, "c.2.1").and_then(Value::as_str).and_then(|title| title.strip_prefix("fig:"))
        {
            let caption = self.inlines(member(image, "c.1"), level + 2);
            let mut children = Blocks::default();
            push_paragraph(
                Inlines(vec![Inline::Image(InlineImage {
                    title: title.to_owned(),
                    alt: caption.plain_text(),
                    ..self.image(image, level)
                })]),
                &mut children,
            );
            let caption = Some(Content::Inlines(caption)).filter(|caption| *caption != Content::default());
            return blocks.push(Block::new(Kind::Figure(Figure { children, caption, ..Figure::default() })));
        }
        let mut run = Inlines::new();
        let is_displayed = |node: &Value<'_>| {
            text(node, "t") == "Math" && member(node, "c.0").is_some_and(|kind| text(kind, "t") == "DisplayMath")
        };
        for group in items(Some(content)).chunk_by(|a, b| !is_displayed(a) && !is_displayed(b)) {
            if let [math] = group
                && is_displayed(math)
            {
                push_run(&mut run, blocks);
                let value = text(math, "c.1").trim().to_owned();
                blocks.push(Block::new(Kind::Math(Math { value, ..Math::default() })));
                continue;
            }
            self.push_inlines(group, level, &mut run);
        }
        push_run(&mut run, blocks);
    }

    /// Reads text-level content.
    pub(super) fn inlines(&mut self, value: Option<&Value<'_>>, level: u32) -> Inlines {
        let mut inlines = Inlines::new();
        self.push_inlines(items(value), level, &mut inlines);
        inlines
    }

    fn push_inlines(&mut self, nodes: &[Value<'_>], level: u32, inlines: &mut Inlines) {
        for node in nodes {
            self.inline(node, level, inlines);
        }
    }

    fn inline(&mut self, node: &Value<'_>, level: u32, inlines: &mut Inlines) {
        let content = node.get("c").unwrap_or(&Value::Null);
        let part = |index| at(content, index);
        let string = |index| part(index).and_then(Value::as_str).unwrap_or_default();
        let tag = text(node, "t");
        let is_leaf =
            matches!(tag, "Str" | "Space" | "SoftBreak" | "LineBreak" | "Code" | "Math" | "RawInline" | "Note");
        if level > DEEPEST_MARK && !is_leaf {
            return push_text(inlines, &words(content));
        }
        let inside = level + 2;
        let inline = match tag {
            "Str" => return push_text(inlines, content.as_str().unwrap_or_default()),
            "Space" | "SoftBreak" => return push_text(inlines, " "),
            "LineBreak" => Inline::Break(Empty),
            "Emph" => Inline::Emphasis(self.inlines(Some(content), inside)),
            "Strong" => Inline::Strong(self.inlines(Some(content), inside)),
            "Underline" => Inline::Underline(self.inlines(Some(content), inside)),
            "Strikeout" => Inline::Delete(self.inlines(Some(content), inside)),
            "Superscript" => Inline::Superscript(self.inlines(Some(content), inside)),
            "Subscript" => Inline::Subscript(self.inlines(Some(content), inside)),
            "SmallCaps" => Inline::SmallCaps(self.inlines(Some(content), inside)),
            "Quoted" => {
                let is_single = part(0).is_some_and(|kind| text(kind, "t") == "SingleQuote");
                let (open, close) = if is_single { ("‘", "’") } else { ("“", "”") };
                push_text(inlines, open);
                self.push_inlines(items(part(1)), level, inlines);
                return push_text(inlines, close);
            }
            // Pandoc writes out what a citation looks like.
            "Cite" => return self.push_inlines(items(part(1)), level, inlines),
            "Code" => Inline::InlineCode(string(1).to_owned()),
            "Math" => Inline::Math(InlineMath { value: string(1).trim().to_owned(), ..InlineMath::default() }),
            "RawInline" => match raw(content) {
                Some(html) => Inline::Html(html.to_owned()),
                None => return self.left_out(content),
            },
            "Link" => {
                let target = part(2).unwrap_or(&Value::Null);
                Inline::Link(Link {
                    url: text(target, "0").to_owned(),
                    title: text(target, "1").to_owned(),
                    children: self.inlines(part(1), inside),
                })
            }
            "Image" => Inline::Image(self.image(node, level)),
            "Note" => {
                let identifier = (self.notes.len() + 1).to_string();
                // The place is kept: there may be notes in notes.
                self.notes.push(Footnote { identifier: identifier.clone(), children: Blocks::default() });
                let place = self.notes.len() - 1;
                let children = self.blocks(Some(content), 2);
                if let Some(note) = self.notes.get_mut(place) {
                    note.children = children;
                }
                Inline::FootnoteReference(FootnoteReference { identifier, label: String::new() })
            }
            "Span" => {
                let Attributes { id, lang, dir, class, .. } = attributes_of(part(0));
                let children = self.inlines(part(1), inside);
                let marks = ["underline", "ul", "mark", "smallcaps", "kbd"];
                match marks.iter().position(|mark| class.iter().any(|class| class == mark)) {
                    Some(0 | 1) => Inline::Underline(children),
                    Some(2) => Inline::Mark(Highlight { children, ..Default::default() }),
                    Some(3) => Inline::SmallCaps(children),
                    Some(_) => Inline::Keyboard(children),
                    None => Inline::Span(Span { id, lang, dir, class, children }),
                }
            }
            other => {
                self.context.warnings.warn(format!("unknown inline `{}`; shown as text", other.escape_debug()));
                return push_text(inlines, &words(content));
            }
        };
        inlines.push(inline);
    }

    fn image(&mut self, node: &Value<'_>, level: u32) -> InlineImage {
        let content = node.get("c").unwrap_or(&Value::Null);
        let pixels = |name: &str| {
            let value = attribute(at(content, 0), name)?;
            value.trim_end_matches("px").parse().ok()
        };
        InlineImage {
            url: text(content, "2.0").to_owned(),
            title: text(content, "2.1").trim_start_matches("fig:").to_owned(),
            alt: self.inlines(at(content, 1), level.max(DEEPEST_MARK - 8)).plain_text(),
            width: pixels("width"),
            height: pixels("height"),
        }
    }
}

fn push_run(run: &mut Inlines, blocks: &mut Blocks) {
    let run = std::mem::take(run);
    if !run.is_empty() {
        push_paragraph(run, blocks);
    }
}

fn push_text(inlines: &mut Inlines, text: &str) {
    match inlines.last_mut() {
        Some(Inline::Text(before)) => before.push_str(text),
        _ => inlines.push(Inline::Text(text.to_owned())),
    }
}
