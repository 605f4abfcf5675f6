//! Ghost: the cards of its editor by their classes.

use super::embed;
use super::figure;
use super::flow::Flow;
use super::image;
use super::inline;
use super::loss::Reason;
use super::tree::NodeId;
use super::walk::{Walk, blocks_of};
use super::wordpress;
use crate::article::{Admonition, AdmonitionKind, Details, FileLink, Inline, Kind, LinkCard, Media};

/// Reads an element that its class calls a card; whether it was one with rules of its own.
#[inline(never)]
pub(super) fn card<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let class = w.tree.value(node, "class");
    class.split_ascii_whitespace().any(|class| match class {
        "kg-bookmark-card" => bookmark(w, node, flow),
        "kg-callout-card" => callout(w, node, flow),
        "kg-toggle-card" => toggle(w, node, flow),
        "kg-audio-card" => media(w, node, "kg-audio-title", flow),
        "kg-video-card" => media(w, node, "kg-video-title", flow),
        "kg-file-card" => file(w, node, flow),
        "kg-button-card" => {
            wordpress::buttons(w, node, flow);
            true
        }
        "kg-product-card" => product(w, node, flow),
        "kg-code-card" => code(w, node, flow),
        _ => false,
    })
}

#[inline(never)]
fn bookmark<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let is_link = |id: NodeId| tree.name(id) == "a" && !tree.value(id, "href").is_empty();
    let Some(link) = tree.find(node, is_link) else { return false };
    let mut card = LinkCard { url: tree.value(link, "href").to_owned(), ..LinkCard::default() };
    card.title = text(w, node, "kg-bookmark-title");
    card.description = text(w, node, "kg-bookmark-description");
    card.image = wordpress::picture(w, node, "kg-bookmark-thumbnail");
    card.icon = wordpress::picture(w, node, "kg-bookmark-icon");
    card.site = text(w, node, "kg-bookmark-author");
    let publisher = text(w, node, "kg-bookmark-publisher");
    if !card.site.is_empty() && !publisher.is_empty() {
        card.site.push_str(" · ");
    }
    card.site.push_str(&publisher);
    wordpress::card(w, node, card, flow);
    true
}

#[inline(never)]
fn callout<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let attributes = flow.begin(w, node);
    let icon = text(w, node, "kg-callout-emoji");
    let children = blocks_of(w, node, flow, 2);
    let kind = match w
        .tree
        .value(node, "class")
        .split_ascii_whitespace()
        .find_map(|class| class.strip_prefix("kg-callout-card-"))
    {
        Some("green") => AdmonitionKind::Success,
        Some("yellow") => AdmonitionKind::Warning,
        Some("red") => AdmonitionKind::Danger,
        Some("blue") => AdmonitionKind::Info,
        _ => AdmonitionKind::Note,
    };
    flow.end(attributes, Kind::Admonition(Admonition { kind, icon, children, ..Admonition::default() }));
    true
}

#[inline(never)]
fn toggle<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let Some(heading) = tree.find_class(node, "kg-toggle-heading-text") else { return false };
    let attributes = flow.begin(w, node);
    let summary = inline::of(w, heading);
    w.finish(heading);
    let children = blocks_of(w, node, flow, 2);
    flow.end(attributes, Kind::Details(Details { summary, children, open: false }));
    true
}

#[inline(never)]
fn media<'a>(w: &mut Walk<'a>, node: NodeId, title: &str, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let Some(player) = tree.find(node, |id| matches!(tree.name(id), "audio" | "video")) else { return false };
    let Some(mut media) = embed::media_of(w, player) else { return false };
    let own_title = text(w, node, title);
    if !own_title.is_empty() {
        media.title = own_title;
    }
    if media.poster.is_empty() {
        media.poster = wordpress::picture(w, node, "kg-audio-thumbnail");
    }
    media.caption = embed::caption(w, figure::caption_of(tree, node, &[]));
    let kind: fn(Media) -> Kind = if tree.name(player) == "video" { Kind::Video } else { Kind::Audio };
    flow.push(w, node, kind(media));
    w.drop(node, Reason::Control);
    true
}

#[inline(never)]
fn file<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let Some(link) = tree.find_name(node, "a") else { return false };
    let mut file = FileLink { url: tree.value(link, "href").to_owned(), ..FileLink::default() };
    file.title = text(w, node, "kg-file-card-title");
    file.description = text(w, node, "kg-file-card-caption");
    let name = text(w, node, "kg-file-card-filename");
    if file.title.is_empty() {
        file.title = name;
    } else if !name.is_empty() {
        w.loss.add(Reason::Duplicate, &name);
    }
    let size = text(w, node, "kg-file-card-filesize");
    w.loss.add(Reason::Duplicate, &size);
    file.size = bytes(&size);
    flow.push(w, node, Kind::File(file));
    w.drop(node, Reason::Control);
    true
}

/// The bytes that "12 KB" says.
fn bytes(size: &str) -> Option<u32> {
    let (number, unit) = size.trim().split_once(' ')?;
    let factor: u64 = match unit {
        "Bytes" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return None,
    };
    u32::try_from(u64::from(image::hundredths(number)?) * factor / 100).ok()
}

#[inline(never)]
fn product<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let is_button = |id: NodeId| tree.name(id) == "a" && tree.has_class(id, "kg-product-card-button");
    let Some(button) = tree.find(node, is_button) else { return false };
    let mut card = LinkCard { url: tree.value(button, "href").to_owned(), ..LinkCard::default() };
    card.title = text(w, node, "kg-product-card-title");
    card.description = text(w, node, "kg-product-card-description");
    card.image = wordpress::picture(w, node, "kg-product-card-image");
    card.site = w.take_text(button).trim().to_owned();
    wordpress::card(w, node, card, flow);
    true
}

/// Code whose caption is the name of its file.
#[inline(never)]
fn code<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    if w.tree.name(node) != "figure" {
        return false;
    }
    figure::read(w, node, flow);
    if let Some(Kind::Code(code)) = flow.blocks.last_mut().map(|block| &mut block.kind)
        && let [Inline::Text(name)] = code.caption.as_mut_slice()
        && !name.contains(' ')
        && code.filename.is_empty()
    {
        code.filename = std::mem::take(name);
        code.caption.clear();
    }
    true
}

/// The text of the first element with that class.
fn text(w: &mut Walk<'_>, node: NodeId, class: &str) -> String {
    match w.tree.find_class(node, class) {
        Some(found) => {
            let text = w.take_text(found).trim().to_owned();
            w.finish(found);
            text
        }
        None => String::new(),
    }
}
