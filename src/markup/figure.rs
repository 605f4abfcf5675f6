//! Figures: what they show, their caption and credit, and where they stand.

use super::flow::Flow;
use super::inline;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, blocks_of, content_of};
use super::{image, quote};
use crate::article::{Attributes, Block, Blocks, Content, Figure, Inlines, Kind, Layout};

/// Classes of a figure's caption where it is no `figcaption`.
const CAPTIONS: &[&str] =
    &["wp-caption-text", "caption", "thumbcaption", "image-caption", "gallery-caption", "wp-element-caption"];
/// Classes of who made a picture.
const CREDITS: &[&str] =
    &["credit", "media-credit", "photo-credit", "image-credit", "photocredit", "credits", "wp-credit"];

/// Reads a `figure`, or an element that a publishing system uses for one.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    let has_more =
        tree.below(node).any(|id| matches!(tree.name(id), "table" | "pre" | "video" | "iframe" | "blockquote"));
    if w.images(node) > 1 && !has_more && image::gallery_of(w, node, flow) {
        return;
    }
    let attributes = flow.begin(w, node);
    let mut figure = Figure { layout: layout(tree, node), ..Figure::default() };
    if figure.layout == Layout::Inline
        && let Some(img) = tree.find_name(node, "img")
    {
        figure.layout = layout(tree, img);
    }
    let caption = caption_of(tree, node, CAPTIONS);
    let credit =
        tree.find(node, |id| CREDITS.iter().any(|class| tree.has_class(id, class)) || is_credit(tree, id, caption));
    if let Some(credit) = credit
        && caption.is_none_or(|caption| w.letters(credit) < w.letters(caption))
    {
        figure.credit = inline::of(w, credit);
        w.finish(credit);
    }
    if let Some(caption) = caption {
        figure.caption = Some(content_of(w, caption, flow, 2)).filter(|caption| !is_empty(caption));
        w.finish(caption);
    }
    figure.children = blocks_of(w, node, flow, 2);
    finish(flow, attributes, figure);
}

fn is_empty(content: &Content) -> bool {
    match content {
        Content::Inlines(inlines) => inlines.is_empty(),
        Content::Blocks(blocks) => blocks.is_empty(),
    }
}

fn is_credit(tree: &Tree, id: NodeId, caption: Option<NodeId>) -> bool {
    matches!(tree.name(id), "cite" | "small") && tree.ancestors(id).any(|above| Some(above) == caption)
}

/// Gives caption and credit to the block that takes them, and a figure only to what needs one.
pub(super) fn finish(flow: &mut Flow<'_>, attributes: Attributes, mut figure: Figure) {
    if !figure.children.iter().any(is_shown) {
        let caption = match figure.caption.take() {
            Some(Content::Inlines(inlines)) => vec![Block::paragraph(inlines)],
            Some(Content::Blocks(blocks)) => blocks.0,
            None => Vec::new(),
        };
        let credit = Some(figure.credit).filter(|credit| !credit.is_empty()).map(Block::paragraph);
        let first = flow.blocks.len();
        flow.blocks.extend(figure.children.0);
        flow.blocks.extend(caption);
        flow.blocks.extend(credit);
        if let Some(block) = flow.blocks.get_mut(first) {
            merge(&mut block.attributes, attributes);
        }
        return;
    }
    let single = figure.children.len() == 1;
    let caption = match &figure.caption {
        Some(Content::Inlines(inlines)) if figure.credit.is_empty() => Some(inlines.clone()),
        None if figure.credit.is_empty() => Some(Inlines::new()),
        _ => None,
    };
    if single
        && let Some(caption) = caption
        && let Some(block) = figure.children.first_mut()
        && take_caption(&mut block.kind, &caption, figure.layout)
    {
        if let Some(mut block) = figure.children.0.pop() {
            merge(&mut block.attributes, attributes);
            flow.blocks.push(block);
        }
        return;
    }
    flow.end(attributes, Kind::Figure(figure));
}

/// Puts a caption into a block that has a place for one; whether it stands without a figure then.
fn take_caption(kind: &mut Kind, caption: &Inlines, layout: Layout) -> bool {
    if layout != Layout::Inline && !matches!(kind, Kind::Figure(_)) {
        return false;
    }
    let place = match kind {
        Kind::Table(table) => &mut table.caption,
        Kind::Code(code) => &mut code.caption,
        Kind::Video(media) | Kind::Audio(media) => &mut media.caption,
        Kind::Embed(embed) => &mut embed.caption,
        Kind::Gallery(gallery) => &mut gallery.caption,
        Kind::Blockquote(quote) => &mut quote.attribution,
        Kind::PullQuote(quote) => &mut quote.attribution,
        Kind::Figure(inner) => {
            if inner.layout == Layout::Inline {
                inner.layout = layout;
            }
            if inner.caption.is_none() && !caption.is_empty() {
                inner.caption = Some(Content::Inlines(caption.clone()));
                return true;
            }
            return caption.is_empty();
        }
        _ => return caption.is_empty(),
    };
    if place.is_empty() {
        *place = quote::without_dash(caption.clone());
        return true;
    }
    caption.is_empty()
}

/// Adds the anchors, language and direction of an element that leaves no block of its own.
pub(super) fn merge(attributes: &mut Attributes, outer: Attributes) {
    if attributes.id.is_empty() {
        attributes.id = outer.id;
    } else if !outer.id.is_empty() {
        attributes.aliases.push(outer.id);
    }
    attributes.aliases.extend(outer.aliases);
    if attributes.lang.is_empty() {
        attributes.lang = outer.lang;
    }
    attributes.dir = attributes.dir.or(outer.dir);
}

/// Whether a block is something that a figure shows.
fn is_shown(block: &Block) -> bool {
    !matches!(
        block.kind,
        Kind::Paragraph(_)
            | Kind::Heading(_)
            | Kind::List(_)
            | Kind::DefinitionList(_)
            | Kind::ThematicBreak(_)
            | Kind::Aside(_)
            | Kind::Details(_)
    )
}

/// The caption of a figure: its `figcaption`, else an element with such a class; not one of a figure inside.
pub(super) fn caption_of(tree: &Tree, node: NodeId, classes: &[&str]) -> Option<NodeId> {
    let is_own =
        |id: NodeId| tree.ancestors(id).take_while(|&above| above != node).all(|above| tree.name(above) != "figure");
    let own_child = tree.children(node).iter().copied().find(|&id| tree.name(id) == "figcaption");
    own_child
        .or_else(|| tree.find(node, |id| tree.name(id) == "figcaption" && is_own(id)))
        .or_else(|| tree.find(node, |id| classes.iter().any(|class| tree.has_class(id, class)) && is_own(id)))
}

/// Reads a paragraph that its class calls the caption of the picture before it.
pub(super) fn caption_after(w: &mut Walk<'_>, node: NodeId, flow: &mut Flow<'_>) -> bool {
    let class = w.tree.value(node, "class");
    let is_caption =
        |class: &str| matches!(class, "caption" | "credit" | "image-caption" | "photo-caption" | "wp-caption-text");
    if !class.split_ascii_whitespace().any(is_caption) || w.images(node) > 0 || w.letters(node) == 0 {
        return false;
    }
    let Some(block) = flow.blocks.last_mut() else { return false };
    let mut figure = match &mut block.kind {
        Kind::Image(image) => {
            let children: Blocks = vec![Block::new(Kind::Image(std::mem::take(image)))].into();
            Figure { children, ..Figure::default() }
        }
        Kind::Figure(figure) if figure.caption.is_none() => std::mem::take(figure),
        _ => return false,
    };
    figure.caption = Some(Content::Inlines(inline::of(w, node)));
    block.kind = Kind::Figure(figure);
    true
}

/// Where classes put a figure.
pub(super) fn layout(tree: &Tree, node: NodeId) -> Layout {
    let named = tree.value(node, "class").split_ascii_whitespace().find_map(|class| match class {
        "alignwide" | "kg-width-wide" => Some(Layout::Wide),
        "alignfull" | "kg-width-full" => Some(Layout::Full),
        "alignleft" | "tleft" | "mw-halign-left" | "floatleft" | "float-left" => Some(Layout::Left),
        "alignright" | "tright" | "mw-halign-right" | "floatright" | "float-right" => Some(Layout::Right),
        _ => None,
    });
    named.unwrap_or_else(|| match inline::style(tree, node, "float").or(tree.attribute(node, "align")) {
        Some("left") => Layout::Left,
        Some("right") => Layout::Right,
        _ => Layout::Inline,
    })
}

/// Reads an element that shows a picture with its caption, such as `div.wp-caption`, if it does.
pub(super) fn captioned<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    if w.images(node) == 0 {
        return false;
    }
    read(w, node, flow);
    true
}
