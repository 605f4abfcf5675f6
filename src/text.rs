//! Article -> the running text that people read: for reading time, and for labels made of text-level content.
//!
//! Code, formulas, pull quotes (said twice) and notes are not running text; captions are.

use crate::article::{Article, Block, Blocks, Content, Inline, Inlines, Kind};

/// Appends the text of `inlines` to `text`, without marks; a line break becomes a space.
pub fn push_inlines(inlines: &Inlines, text: &mut String) {
    inline_runs(inlines, &mut |run| text.push_str(run));
}

/// Counts the characters of an article's running text: lead and body, with headings and captions.
pub fn characters(article: &Article) -> u32 {
    characters_of(&article.lead).saturating_add(characters_of(&article.body))
}

/// Counts the characters of running text in `blocks`.
pub fn characters_of(blocks: &Blocks) -> u32 {
    blocks.iter().fold(0, |sum, block| sum.saturating_add(characters_in(block)))
}

/// Counts the characters of running text in one block.
pub fn characters_in(block: &Block) -> u32 {
    let mut count = 0;
    block_runs(block, &mut |run| count += run.chars().count());
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Counts the characters of text-level content.
pub fn characters_in_line(inlines: &Inlines) -> u32 {
    let mut count = 0;
    inline_runs(inlines, &mut |run| count += run.chars().count());
    u32::try_from(count).unwrap_or(u32::MAX)
}

type Emit<'a> = &'a mut dyn FnMut(&str);

fn inline_runs(inlines: &Inlines, emit: Emit<'_>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::InlineCode(text) => emit(text),
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Delete(children)
            | Inline::Insert(children)
            | Inline::Underline(children)
            | Inline::Subscript(children)
            | Inline::Superscript(children)
            | Inline::SmallCaps(children)
            | Inline::Small(children)
            | Inline::Keyboard(children)
            | Inline::Sample(children)
            | Inline::Variable(children)
            | Inline::CiteTitle(children) => inline_runs(children, emit),
            Inline::Mark(mark) => inline_runs(&mark.children, emit),
            Inline::Quote(quote) => {
                emit("“");
                inline_runs(&quote.children, emit);
                emit("”");
            }
            Inline::Abbreviation(abbreviation) => inline_runs(&abbreviation.children, emit),
            Inline::Time(time) => inline_runs(&time.children, emit),
            Inline::Link(link) => inline_runs(&link.children, emit),
            Inline::Image(image) => emit(&image.alt),
            Inline::Break(_) => emit(" "),
            Inline::Math(math) => emit(&math.value),
            Inline::CrossReference(reference) => inline_runs(&reference.children, emit),
            Inline::Span(span) => inline_runs(&span.children, emit),
            Inline::Ruby(ruby) => inline_runs(&ruby.children, emit),
            Inline::Mention(mention) => emit(&mention.name),
            Inline::Citation(citation) => emit(&citation.label),
            Inline::Unknown(unknown) => unknown.text.iter().for_each(|text| emit(text)),
            Inline::WordBreak(_) | Inline::FootnoteReference(_) | Inline::Html(_) => {}
        }
    }
}

fn blocks_runs(blocks: &Blocks, emit: Emit<'_>) {
    for block in blocks {
        block_runs(block, emit);
    }
}

fn block_runs(block: &Block, emit: Emit<'_>) {
    match &block.kind {
        Kind::Section(section) => {
            inline_runs(&section.title, emit);
            blocks_runs(&section.children, emit);
        }
        Kind::Heading(heading) => inline_runs(&heading.children, emit),
        Kind::Paragraph(paragraph) => inline_runs(&paragraph.children, emit),
        Kind::Blockquote(quote) => {
            blocks_runs(&quote.children, emit);
            inline_runs(&quote.attribution, emit);
        }
        Kind::List(list) => list.children.iter().for_each(|item| blocks_runs(&item.children, emit)),
        Kind::DefinitionList(list) => {
            for item in &list.children {
                item.terms.iter().for_each(|term| inline_runs(term, emit));
                item.definitions.iter().for_each(|meaning| blocks_runs(meaning, emit));
            }
        }
        Kind::Code(code) => inline_runs(&code.caption, emit),
        Kind::Image(image) => inline_runs(&image.caption, emit),
        Kind::Figure(figure) => {
            blocks_runs(&figure.children, emit);
            figure.caption.iter().for_each(|caption| content_runs(caption, emit));
        }
        Kind::Gallery(gallery) => {
            gallery.items.iter().for_each(|item| inline_runs(&item.caption, emit));
            inline_runs(&gallery.caption, emit);
        }
        Kind::Video(media) | Kind::Audio(media) => inline_runs(&media.caption, emit),
        Kind::Embed(embed) => {
            inline_runs(&embed.caption, emit);
            blocks_runs(&embed.fallback, emit);
        }
        Kind::LinkCard(card) => {
            emit(&card.title);
            emit(&card.description);
        }
        Kind::Table(table) => {
            inline_runs(&table.caption, emit);
            table.children.iter().flat_map(|row| &row.children).for_each(|cell| content_runs(&cell.children, emit));
        }
        Kind::Admonition(admonition) => {
            inline_runs(&admonition.title, emit);
            blocks_runs(&admonition.children, emit);
        }
        Kind::Details(details) => {
            inline_runs(&details.summary, emit);
            blocks_runs(&details.children, emit);
        }
        Kind::Aside(aside) => {
            inline_runs(&aside.title, emit);
            blocks_runs(&aside.children, emit);
        }
        Kind::Columns(columns) => columns.children.iter().for_each(|column| blocks_runs(&column.children, emit)),
        Kind::Question(question) => {
            inline_runs(&question.question, emit);
            blocks_runs(&question.children, emit);
        }
        Kind::Verse(lines) => inline_runs(lines, emit),
        Kind::File(file) => {
            emit(&file.title);
            emit(&file.description);
        }
        Kind::Group(blocks) => blocks_runs(blocks, emit),
        Kind::Unknown(unknown) => unknown.text.iter().for_each(|text| emit(text)),
        Kind::PullQuote(_)
        | Kind::Math(_)
        | Kind::ThematicBreak(_)
        | Kind::Buttons(_)
        | Kind::FootnoteDefinition(_)
        | Kind::Definition(_)
        | Kind::ReferenceList(_)
        | Kind::FootnoteList(_)
        | Kind::Contents(_)
        | Kind::Html(_)
        | Kind::Markdown(_) => {}
    }
}

fn content_runs(content: &Content, emit: Emit<'_>) {
    match content {
        Content::Inlines(inlines) => inline_runs(inlines, emit),
        Content::Blocks(blocks) => blocks_runs(blocks, emit),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::article::json::Json;
    use crate::warning::Warnings;

    fn check_line(inlines: Value, expected: &str) {
        let inlines = Inlines::read(&inlines, &mut Warnings::default()).unwrap();
        let mut text = String::new();
        push_inlines(&inlines, &mut text);
        assert_eq!(text, expected);
    }

    fn check_count(blocks: Value, expected: u32) {
        let blocks = Blocks::read(&blocks, &mut Warnings::default()).unwrap();
        assert_eq!(characters_of(&blocks), expected, "{blocks:?}");
    }

    #[test]
    fn text_goes_without_marks_and_notes() {
        check_line(
            json!(["a ", {"type": "strong", "children": ["b", {"type": "break"}]}, {"type": "inlineCode", "value": "c"}]),
            "a b c",
        );
        check_line(json!(["x", {"type": "footnoteReference", "identifier": "1"}]), "x");
        check_line(json!([{"type": "image", "url": "i.png", "alt": "smile"}]), "smile");
    }

    #[test]
    fn characters_are_code_points() {
        check_count(json!("né"), 2);
        check_count(json!("漢字"), 2);
    }

    #[test]
    fn captions_count_and_code_and_pull_quotes_do_not() {
        check_count(json!([{"type": "code", "value": "let x;", "caption": "two"}]), 3);
        check_count(json!([{"type": "pullquote", "children": ["again"]}]), 0);
        check_count(
            json!([{"type": "figure", "children": [{"type": "image", "url": "a"}], "caption": [{"type": "paragraph", "children": "four"}]}]),
            4,
        );
    }
}
