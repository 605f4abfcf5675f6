//! WordPress: the blocks of its editor by their classes, and the shortcodes of stored posts.

use std::borrow::Cow;

use super::embed;
use super::figure;
use super::flow::Flow;
use super::image;
use super::inline;
use super::loss::Reason;
use super::quote;
use super::tree::NodeId;
use super::walk::{Walk, blocks_of, children, container};
use crate::article::{Button, ButtonStyle, Buttons, Column, Columns, FileLink, Kind, LinkCard, ThematicBreak};

/// Columns side by side; more, or fewer than two, stand below each other.
const MAX_COLUMNS: usize = 6;

/// Reads an element that its class calls a block of the editor; whether it was one with rules of its own.
#[inline(never)]
pub(super) fn block<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let class = w.tree.value(node, "class");
    class.split_ascii_whitespace().any(|class| named(w, node, class, flow))
}

#[inline(never)]
fn named<'a>(w: &mut Walk<'a>, node: NodeId, class: &str, flow: &mut Flow<'a>) -> bool {
    let name = w.tree.name(node);
    match class {
        "wp-caption" => return figure::captioned(w, node, flow),
        "wp-block-image" if name != "figure" => return figure::captioned(w, node, flow),
        "wp-block-pullquote" => quote::pull_quote(w, node, flow),
        "wp-block-separator" if name == "hr" => {
            let ornament = if w.tree.has_class(node, "is-style-dots") { "···" } else { "" };
            flow.push(w, node, Kind::ThematicBreak(ThematicBreak { ornament: ornament.to_owned() }));
        }
        "wp-block-spacer" => w.drop(node, Reason::Theme),
        "wp-block-columns" => return columns(w, node, "wp-block-column", flow),
        "wp-block-media-text" => return media_text(w, node, flow),
        "wp-block-buttons" => buttons(w, node, flow),
        "wp-block-button" => buttons(w, node, flow),
        "wp-block-file" => return file(w, node, flow),
        "wp-block-embed" => return embedded(w, node, flow),
        _ if is_theme(class) => w.drop(node, Reason::Theme),
        _ => return false,
    }
    true
}

/// Blocks that show other parts of a site.
fn is_theme(class: &str) -> bool {
    let Some(name) = class.strip_prefix("wp-block-") else { return false };
    matches!(
        name,
        "archives"
            | "avatar"
            | "calendar"
            | "categories"
            | "categories-list"
            | "comment-template"
            | "latest-comments"
            | "latest-posts"
            | "loginout"
            | "navigation"
            | "page-list"
            | "query"
            | "query-pagination"
            | "read-more"
            | "rss"
            | "search"
            | "social-links"
            | "tag-cloud"
            | "template-part"
            | "term-description"
            | "post-author"
            | "post-author-name"
            | "post-author-biography"
            | "post-comments"
            | "post-comments-form"
            | "post-date"
            | "post-excerpt"
            | "post-navigation-link"
            | "post-template"
            | "post-terms"
            | "site-logo"
            | "site-tagline"
            | "site-title"
            | "comments"
            | "comments-pagination"
            | "comments-title"
            | "post-comments-count"
    )
}

/// Reads content side by side, if there are at least two columns and room for them.
#[inline(never)]
fn columns<'a>(w: &mut Walk<'a>, node: NodeId, class: &str, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let parts: Vec<NodeId> = tree.children(node).iter().copied().filter(|&id| tree.has_class(id, class)).collect();
    let nested = tree.ancestors(node).filter(|&above| tree.has_class(above, "wp-block-columns")).count();
    if parts.len() < 2 || parts.len() > MAX_COLUMNS || nested > 1 || flow.is_deep() {
        return false;
    }
    let attributes = flow.begin(w, node);
    let mut columns = Columns::default();
    for part in parts {
        w.note_ids(part);
        let children = blocks_of(w, part, flow, 4);
        let width = inline::style(tree, part, "flex-basis").and_then(|width| width.strip_suffix('%'));
        let width =
            width.and_then(image::hundredths).map(|width| (width + 50) / 100).filter(|width| (1..=100).contains(width));
        if !children.is_empty() {
            columns.children.push(Column { width, children });
        }
        w.finish(part);
    }
    if columns.children.len() < 2 {
        let first = flow.blocks.len();
        flow.blocks.extend(columns.children.into_iter().flat_map(|column| column.children.0));
        if let Some(block) = flow.blocks.get_mut(first) {
            figure::merge(&mut block.attributes, attributes);
        }
    } else {
        flow.end(attributes, Kind::Columns(columns));
    }
    container(w, node, flow);
    true
}

#[inline(never)]
fn media_text<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    if flow.is_deep() {
        return false;
    }
    let tree = w.tree;
    let attributes = flow.begin(w, node);
    let mut columns = Columns::default();
    for &part in tree.children(node) {
        if tree.text(part).is_some() {
            continue;
        }
        let children = blocks_of(w, part, flow, 4);
        if !children.is_empty() {
            columns.children.push(Column { width: None, children });
        }
        w.finish(part);
    }
    if columns.children.len() < 2 {
        flow.blocks.extend(columns.children.into_iter().flat_map(|column| column.children.0));
    } else {
        flow.end(attributes, Kind::Columns(columns));
    }
    true
}

/// Reads links shown as buttons; what else is there follows.
#[inline(never)]
pub(super) fn buttons<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    let attributes = flow.begin(w, node);
    let mut buttons = Buttons::default();
    let links: Vec<NodeId> = tree.below(node).filter(|&id| tree.name(id) == "a").collect();
    for link in links {
        let url = tree.value(link, "href").to_owned();
        if url.is_empty() || w.is_done(link) || w.images(link) > 0 {
            continue;
        }
        let label = w.take_text(link).trim().to_owned();
        let is_outlined = tree.ancestors(link).take(3).any(|above| tree.has_class(above, "is-style-outline"));
        let style = if is_outlined { ButtonStyle::Secondary } else { ButtonStyle::Primary };
        if !label.is_empty() {
            buttons.items.push(Button { label, url, style });
        }
    }
    if buttons.items.is_empty() {
        w.ids.extend(attributes.aliases);
    } else {
        flow.end(attributes, Kind::Buttons(buttons));
    }
    container(w, node, flow);
}

#[inline(never)]
fn file<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let is_link = |id: NodeId| tree.name(id) == "a" && !tree.value(id, "href").is_empty();
    let Some(link) = tree.find(node, is_link) else { return false };
    let url = tree.value(link, "href").to_owned();
    let title = w.take_text(link).trim().to_owned();
    flow.push(w, node, Kind::File(FileLink { url, title, ..FileLink::default() }));
    let rest: Vec<NodeId> = tree.children(node).to_vec();
    for id in rest {
        // The preview and the second link to the same file.
        w.drop(id, Reason::Control);
    }
    true
}

/// Reads an embed: its frame, or the address that stands in its wrapper.
#[inline(never)]
fn embedded<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let Some(wrapper) = tree.find_class(node, "wp-block-embed__wrapper") else { return false };
    let mut text = String::new();
    tree.below(wrapper).filter_map(|id| tree.text(id)).for_each(|part| text.push_str(part));
    if let Some(mut embed) = embed::of_address(text.trim()) {
        let provider =
            tree.value(node, "class").split_ascii_whitespace().find_map(|class| class.strip_prefix("is-provider-"));
        if embed.provider == "other"
            && let Some(provider) = provider
        {
            provider.clone_into(&mut embed.provider);
        }
        drop(w.take_text(wrapper));
        w.finish(wrapper);
        embed.caption = embed::caption(w, figure::caption_of(tree, node, &[]));
        flow.push(w, node, Kind::Embed(embed));
        container(w, node, flow);
        return true;
    }
    false
}

/// A card for a link, with the picture and the texts found under the classes given.
pub(super) fn card<'a>(w: &mut Walk<'a>, node: NodeId, card: LinkCard, flow: &mut Flow<'a>) {
    flow.push(w, node, Kind::LinkCard(card));
    children(w, node, flow);
    flow.flush(w);
}

/// The address of the first picture with that class, or inside an element with it.
pub(super) fn picture(w: &mut Walk<'_>, node: NodeId, class: &str) -> String {
    let tree = w.tree;
    let Some(place) = tree.find_class(node, class) else { return String::new() };
    let img = if tree.name(place) == "img" { Some(place) } else { tree.find_name(place, "img") };
    let Some(img) = img else { return String::new() };
    w.finish(img);
    image::resolve(w, img).map(|image| image.url).unwrap_or_default()
}

/// Rewrites the shortcodes of stored posts as the markup that WordPress makes of them; those that need its database
/// are left out and returned.
pub(super) fn shortcodes(html: &str) -> (Cow<'_, str>, Vec<String>) {
    const KNOWN: &[&str] = &["[caption", "[wp_caption", "[embed]", "[gallery", "[playlist", "[audio", "[video"];
    let mut lost = Vec::new();
    if !KNOWN.iter().any(|code| html.contains(code)) {
        return (Cow::Borrowed(html), lost);
    }
    let mut result = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('[') {
        result.push_str(&rest[..start]);
        rest = &rest[start..];
        match shortcode(rest) {
            Some(Shortcode { markup, length }) => {
                match markup {
                    Some(markup) => result.push_str(&markup),
                    None => lost.push(rest[..length].to_owned()),
                }
                rest = &rest[length..];
            }
            None => {
                result.push('[');
                rest = &rest[1..];
            }
        }
    }
    result.push_str(rest);
    (Cow::Owned(result), lost)
}

struct Shortcode {
    markup: Option<String>,
    length: usize,
}

/// Reads the shortcode that `source` begins with.
fn shortcode(source: &str) -> Option<Shortcode> {
    let name_end = source.find([' ', ']'])?;
    let name = &source[1..name_end];
    let open_end = source.find(']')?;
    let arguments = source.get(name_end..open_end)?;
    let paired = |close: &str| {
        let inner_end = open_end + 1 + source[open_end + 1..].find(close)?;
        Some((&source[open_end + 1..inner_end], inner_end + close.len()))
    };
    match name {
        "caption" | "wp_caption" => {
            let (inner, length) = paired(if name == "caption" { "[/caption]" } else { "[/wp_caption]" })?;
            let image = inner.find("<img")?;
            let image_end = image + inner[image..].find('>')? + 1;
            let link_end = inner[image_end..].trim_start().starts_with("</a>").then(|| inner[image_end..].find("</a>"));
            let image_end = link_end.flatten().map_or(image_end, |end| image_end + end + 4);
            let align = argument(arguments, "align").unwrap_or("");
            let text = argument(arguments, "caption").unwrap_or(&inner[image_end..]);
            let markup = format!(
                "<figure class=\"wp-caption {align}\">{}<figcaption>{}</figcaption></figure>",
                &inner[..image_end],
                text.trim()
            );
            Some(Shortcode { markup: Some(markup), length })
        }
        "embed" => {
            let (inner, length) = paired("[/embed]")?;
            Some(Shortcode { markup: Some(format!("<p>{}</p>", inner.trim())), length })
        }
        "audio" | "video" => {
            let keys = ["src", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "m4v", "ogv", "flv"];
            let source = keys.iter().find_map(|key| argument(arguments, key));
            let length = paired(if name == "audio" { "[/audio]" } else { "[/video]" })
                .map_or(open_end + 1, |(_, length)| length);
            Some(Shortcode { markup: source.map(|src| format!("<{name} src=\"{src}\"></{name}>")), length })
        }
        "gallery" | "playlist" => Some(Shortcode { markup: None, length: open_end + 1 }),
        _ => None,
    }
}

/// The value of an argument of a shortcode.
fn argument<'a>(arguments: &'a str, name: &str) -> Option<&'a str> {
    let start = arguments
        .match_indices(name)
        .find(|(index, _)| arguments[..*index].ends_with(' ') && arguments[index + name.len()..].starts_with('='))?;
    let value = &arguments[start.0 + name.len() + 1..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(' ').next(),
    }
}
