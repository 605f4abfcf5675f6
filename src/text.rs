//! Article -> the running text that people read: for reading time, and for labels made of text-level content.
//!
//! Code, formulas, pull quotes (said twice) and notes are not running text; captions are.

use crate::article::{Article, Block, Blocks, Content, Inline, Inlines, Kind};
use crate::{letter, scan};

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
    block_runs(block, &mut |run| count += scan::letters(run));
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Counts the words of an article's running text. Scripts without spaces between words count by the letter.
pub fn words(article: &Article) -> usize {
    let mut count = 0;
    let mut is_inside = false;
    let mut add = |run: &str| {
        is_inside &= !run.is_empty();
        for letter in run.chars() {
            let is_whole = is_ideograph(letter);
            let is_counted = is_whole || (letter::is_word(letter) && !is_inside);
            count += usize::from(is_counted);
            is_inside = (is_inside || is_counted) && !is_whole && !letter.is_whitespace();
        }
    };
    blocks_runs(&article.lead, &mut add);
    blocks_runs(&article.body, &mut add);
    count
}

/// Han and Kana.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Counts the characters of text-level content.
pub fn characters_in_line(inlines: &Inlines) -> u32 {
    let mut count = 0;
    inline_runs(inlines, &mut |run| count += scan::letters(run));
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

/// A run of text that does not go on from the one before it: an empty run says so.
fn line_runs(inlines: &Inlines, emit: Emit<'_>) {
    emit("");
    inline_runs(inlines, emit);
}

fn line(text: &str, emit: Emit<'_>) {
    emit("");
    emit(text);
}

fn blocks_runs(blocks: &Blocks, emit: Emit<'_>) {
    for block in blocks {
        block_runs(block, emit);
    }
}

fn block_runs(block: &Block, emit: Emit<'_>) {
    match &block.kind {
        Kind::Section(section) => {
            line_runs(&section.title, emit);
            blocks_runs(&section.children, emit);
        }
        Kind::Heading(heading) => line_runs(&heading.children, emit),
        Kind::Paragraph(paragraph) => line_runs(&paragraph.children, emit),
        Kind::Blockquote(quote) => {
            blocks_runs(&quote.children, emit);
            line_runs(&quote.attribution, emit);
        }
        Kind::List(list) => list.children.iter().for_each(|item| blocks_runs(&item.children, emit)),
        Kind::DefinitionList(list) => {
            for item in &list.children {
                item.terms.iter().for_each(|term| line_runs(term, emit));
                item.definitions.iter().for_each(|meaning| blocks_runs(meaning, emit));
            }
        }
        Kind::Code(code) => line_runs(&code.caption, emit),
        Kind::Image(image) => line_runs(&image.caption, emit),
        Kind::Figure(figure) => {
            blocks_runs(&figure.children, emit);
            figure.caption.iter().for_each(|caption| content_runs(caption, emit));
        }
        Kind::Gallery(gallery) => {
            gallery.items.iter().for_each(|item| line_runs(&item.caption, emit));
            line_runs(&gallery.caption, emit);
        }
        Kind::Video(media) | Kind::Audio(media) => line_runs(&media.caption, emit),
        Kind::Embed(embed) => {
            line_runs(&embed.caption, emit);
            blocks_runs(&embed.fallback, emit);
        }
        Kind::LinkCard(card) => {
            line(&card.title, emit);
            line(&card.description, emit);
        }
        Kind::Table(table) => {
            line_runs(&table.caption, emit);
            table.children.iter().flat_map(|row| &row.children).for_each(|cell| content_runs(&cell.children, emit));
        }
        Kind::Admonition(admonition) => {
            line_runs(&admonition.title, emit);
            blocks_runs(&admonition.children, emit);
        }
        Kind::Details(details) => {
            line_runs(&details.summary, emit);
            blocks_runs(&details.children, emit);
        }
        Kind::Aside(aside) => {
            line_runs(&aside.title, emit);
            blocks_runs(&aside.children, emit);
        }
        Kind::Columns(columns) => columns.children.iter().for_each(|column| blocks_runs(&column.children, emit)),
        Kind::Question(question) => {
            line_runs(&question.question, emit);
            blocks_runs(&question.children, emit);
        }
        Kind::Verse(lines) => line_runs(lines, emit),
        Kind::File(file) => {
            line(&file.title, emit);
            line(&file.description, emit);
        }
        Kind::Group(blocks) => blocks_runs(blocks, emit),
        Kind::Unknown(unknown) => unknown.text.iter().for_each(|text| line(text, emit)),
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
        Content::Inlines(inlines) => line_runs(inlines, emit),
        Content::Blocks(blocks) => blocks_runs(blocks, emit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::json::Json;
    use crate::json::{Value, json};
    use crate::warning::Warnings;

    fn check_line(inlines: Value<'_>, expected: &str) {
        let inlines = Inlines::read(&inlines, &mut Warnings::default()).unwrap();
        let mut text = String::new();
        push_inlines(&inlines, &mut text);
        assert_eq!(text, expected);
    }

    fn check_count(blocks: Value<'_>, expected: u32) {
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
    fn words_are_told_apart_by_spaces_and_blocks() {
        let count = |body: Value<'_>| {
            words(&Article::from_json(json!({"body": body}).as_object().unwrap(), &mut Warnings::default()))
        };
        assert_eq!(
            count(
                json!({"type": "paragraph", "children": ["It’s a well-known – fact", {"type": "strong", "children": "s"}, "."]})
            ),
            4
        );
        let table = json!({"type": "table", "children": [{"type": "tableRow", "children": [
            {"type": "tableCell", "children": "a"}, {"type": "tableCell", "children": "b"}]}]});
        assert_eq!(count(json!([{"type": "section", "title": "A", "children": ["b", "c d"]}, table])), 6);
        assert_eq!(count(json!("漢字 and かな")), 5);
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
