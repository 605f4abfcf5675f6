//! What is inside a block or inline, in the order in which it is read: the one place that lists it for passes over
//! whole articles.

use super::{Article, Block, Blocks, Content, Inline, Inlines, Kind};

/// A part of a block.
pub enum Part<'a> {
    /// Text-level content.
    Inlines(&'a mut Inlines),
    /// Blocks.
    Blocks(&'a mut Blocks),
}

/// Visits the parts of `block`, not the parts of those.
pub fn parts(block: &mut Block, visit: &mut dyn FnMut(Part<'_>)) {
    use Part::{Blocks as B, Inlines as I};
    match &mut block.kind {
        Kind::Section(it) => {
            visit(I(&mut it.title));
            visit(B(&mut it.children));
        }
        Kind::Heading(it) => visit(I(&mut it.children)),
        Kind::Paragraph(it) => visit(I(&mut it.children)),
        Kind::Verse(children) => visit(I(children)),
        Kind::Blockquote(it) => {
            visit(B(&mut it.children));
            visit(I(&mut it.attribution));
        }
        Kind::PullQuote(it) => {
            visit(I(&mut it.children));
            visit(I(&mut it.attribution));
        }
        Kind::List(it) => it.children.iter_mut().for_each(|item| visit(B(&mut item.children))),
        Kind::DefinitionList(it) => {
            for item in &mut it.children {
                item.terms.iter_mut().for_each(|term| visit(I(term)));
                item.definitions.iter_mut().for_each(|definition| visit(B(definition)));
            }
        }
        Kind::Code(it) => visit(I(&mut it.caption)),
        Kind::Image(it) => visit(I(&mut it.caption)),
        Kind::Figure(it) => {
            visit(B(&mut it.children));
            if let Some(caption) = &mut it.caption {
                content(caption, visit);
            }
            visit(I(&mut it.credit));
        }
        Kind::Gallery(it) => {
            it.items.iter_mut().for_each(|item| visit(I(&mut item.caption)));
            visit(I(&mut it.caption));
        }
        Kind::Video(it) | Kind::Audio(it) => {
            visit(I(&mut it.caption));
            visit(B(&mut it.transcript));
        }
        Kind::Embed(it) => {
            visit(I(&mut it.caption));
            visit(B(&mut it.fallback));
        }
        Kind::Table(it) => {
            visit(I(&mut it.caption));
            for cell in it.children.iter_mut().flat_map(|row| &mut row.children) {
                content(&mut cell.children, visit);
            }
        }
        Kind::Admonition(it) => {
            visit(I(&mut it.title));
            visit(B(&mut it.children));
        }
        Kind::Details(it) => {
            visit(I(&mut it.summary));
            visit(B(&mut it.children));
        }
        Kind::Aside(it) => {
            visit(I(&mut it.title));
            visit(B(&mut it.children));
        }
        Kind::Columns(it) => it.children.iter_mut().for_each(|column| visit(B(&mut column.children))),
        Kind::Question(it) => {
            visit(I(&mut it.question));
            visit(B(&mut it.children));
        }
        Kind::FootnoteDefinition(it) => visit(B(&mut it.children)),
        Kind::Group(children) => visit(B(children)),
        Kind::Math(_)
        | Kind::LinkCard(_)
        | Kind::ThematicBreak(_)
        | Kind::Buttons(_)
        | Kind::File(_)
        | Kind::Definition(_)
        | Kind::ReferenceList(_)
        | Kind::FootnoteList(_)
        | Kind::Contents(_)
        | Kind::Html(_)
        | Kind::Markdown(_)
        | Kind::Unknown(_) => {}
    }
}

fn content(content: &mut Content, visit: &mut dyn FnMut(Part<'_>)) {
    match content {
        Content::Inlines(inlines) => visit(Part::Inlines(inlines)),
        Content::Blocks(blocks) => visit(Part::Blocks(blocks)),
    }
}

/// The text inside an inline mark; `None` for what has none.
pub fn children(inline: &mut Inline) -> Option<&mut Inlines> {
    Some(match inline {
        Inline::Emphasis(it)
        | Inline::Strong(it)
        | Inline::Delete(it)
        | Inline::Insert(it)
        | Inline::Underline(it)
        | Inline::Subscript(it)
        | Inline::Superscript(it)
        | Inline::SmallCaps(it)
        | Inline::Small(it)
        | Inline::Keyboard(it)
        | Inline::Sample(it)
        | Inline::Variable(it)
        | Inline::CiteTitle(it) => it,
        Inline::Mark(it) => &mut it.children,
        Inline::Quote(it) => &mut it.children,
        Inline::Abbreviation(it) => &mut it.children,
        Inline::Time(it) => &mut it.children,
        Inline::Link(it) => &mut it.children,
        Inline::CrossReference(it) => &mut it.children,
        Inline::Span(it) => &mut it.children,
        Inline::Ruby(it) => &mut it.children,
        Inline::Text(_)
        | Inline::InlineCode(_)
        | Inline::Image(_)
        | Inline::Break(_)
        | Inline::WordBreak(_)
        | Inline::Math(_)
        | Inline::FootnoteReference(_)
        | Inline::Citation(_)
        | Inline::Mention(_)
        | Inline::Html(_)
        | Inline::Unknown(_) => return None,
    })
}

/// Visits every inline in `inlines`, each before what is inside it.
pub fn each_inline(inlines: &mut Inlines, visit: &mut dyn FnMut(&mut Inline)) {
    for inline in &mut inlines.0 {
        visit(inline);
        if let Some(children) = children(inline) {
            each_inline(children, visit);
        }
        if let Inline::Ruby(ruby) = inline {
            each_inline(&mut ruby.annotation, visit);
        }
    }
}

/// The blocks of an article, in reading order: lead, body, and each footnote.
pub fn sequences(article: &mut Article) -> impl Iterator<Item = &mut Blocks> {
    let notes = article.footnotes.0.iter_mut().map(|note| &mut note.children);
    [&mut article.lead, &mut article.body].into_iter().chain(notes)
}

/// Visits every block in `blocks`, each before what is inside it.
pub fn each_block(blocks: &mut Blocks, visit: &mut dyn FnMut(&mut Block)) {
    for block in &mut blocks.0 {
        visit(block);
        parts(block, &mut |part| {
            if let Part::Blocks(blocks) = part {
                each_block(blocks, visit);
            }
        });
    }
}
