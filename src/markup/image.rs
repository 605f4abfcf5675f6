//! Pictures: which file is meant behind lazy loading, and whether they stand alone, in a line or in a gallery.

use super::figure;
use super::flow::Flow;
use super::inline::{self, style};
use super::loss::Reason;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, blocks_of, children};
use crate::article::{Block, Figure, Gallery, GalleryLayout, Image, Inline, InlineImage, InlineMath, Kind, Layout};

/// Attributes in which scripts that load pictures late keep the address.
const LAZY: &[&str] = &[
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-orig-file",
    "data-full-url",
    "data-native-src",
    "data-hi-res-src",
];
/// Pictures at most this high stand in a line of text.
const LINE_HEIGHT: u32 = 32;

/// Reads an `img` or `picture` among blocks.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let Some(img) = img_of(w.tree, node) else { return children(w, node, flow) };
    w.finish(img);
    if let Some(mut image) = resolve(w, img) {
        if let Some(link) = flow.link() {
            image.link = link.to_owned();
        }
        place(w, img, flow, image);
    }
    children(w, node, flow);
}

/// Puts a picture among blocks: not into the middle of a sentence, but before its paragraph, or after it where it ends.
fn place<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>, image: Image) {
    let layout = figure::layout(w.tree, node);
    let kind = if layout == Layout::Inline {
        Kind::Image(image)
    } else {
        let children = vec![Block::new(Kind::Image(image))].into();
        Kind::Figure(Figure { children, layout, ..Figure::default() })
    };
    let ends = match flow.run.iter().rev().find(|inline| !super::whitespace::is_blank(inline)) {
        Some(Inline::Text(text)) => text.trim_end().ends_with(['.', '!', '?', ':', ';', '…', '”', '"']),
        Some(_) => matches!(flow.run.last(), Some(Inline::Break(_))),
        None => true,
    };
    if !ends && layout == Layout::Inline {
        return flow.append_beside(w, node, kind);
    }
    if ends {
        flow.flush(w);
    }
    flow.append(w, Some(node), kind);
}

/// Reads a `noscript`, which may hold the picture that a script would have loaded.
#[inline(never)]
pub(super) fn noscript<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    let images: Vec<NodeId> = tree.below(node).filter(|&id| tree.name(id) == "img").collect();
    for img in images {
        if w.is_done(img) {
            continue;
        }
        w.finish(img);
        let twin = neighbour(tree, node, false).and_then(|id| img_of(tree, id));
        if twin.is_none()
            && let Some(mut image) = resolve(w, img)
        {
            image.link = flow.link().unwrap_or_default().to_owned();
            place(w, img, flow, image);
        }
    }
    w.drop(node, Reason::NoScript);
}

/// Reads a container of pictures that classes call a gallery.
#[inline(never)]
pub(super) fn gallery<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let is_gallery = w.tree.value(node, "class").split_ascii_whitespace().any(|class| {
        matches!(
            class,
            "gallery"
                | "tiled-gallery"
                | "blocks-gallery-grid"
                | "wp-block-gallery"
                | "wp-block-jetpack-tiled-gallery"
                | "wp-block-jetpack-slideshow"
                | "kg-gallery-card"
                | "kg-gallery-container"
                | "gallery-grid"
        )
    });
    is_gallery && w.images(node) > 0 && gallery_of(w, node, flow)
}

/// Makes a gallery of all pictures in the node; text that is no caption follows it.
#[inline(never)]
pub(super) fn gallery_of<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let images: Vec<NodeId> = tree.below(node).filter(|&id| tree.name(id) == "img" && !is_inline(tree, id)).collect();
    let attributes = flow.begin(w, node);
    let mut gallery = Gallery::default();
    let own_caption = figure::caption_of(tree, node, &["blocks-gallery-caption"]);
    if let Some(caption) = own_caption {
        gallery.caption = inline::of(w, caption);
        w.finish(caption);
    }
    for img in images {
        if w.is_done(img) {
            continue;
        }
        w.finish(img);
        let Some(mut image) = resolve(w, img) else { continue };
        let up_to_gallery = || tree.ancestors(img).take_while(|&id| id != node);
        if let Some(link) = up_to_gallery().find(|&id| tree.name(id) == "a") {
            image.link = tree.value(link, "href").to_owned();
        }
        let item = up_to_gallery().find(|&id| is_item(tree, id));
        if let Some(caption) = item.and_then(|item| figure::caption_of(tree, item, &["gallery-caption", "gallerytext"]))
            && !w.is_done(caption)
        {
            image.caption = inline::of(w, caption);
            w.finish(caption);
        }
        gallery.items.push(image);
    }
    let columns = |class: &str| class.strip_prefix("columns-").or(class.strip_prefix("gallery-columns-"))?.parse().ok();
    gallery.columns = tree.value(node, "class").split_ascii_whitespace().find_map(columns);
    let class = tree.value(node, "class");
    if class.contains("slideshow") || class.contains("carousel") {
        gallery.layout = GalleryLayout::Carousel;
    }
    match gallery.items.len() {
        0 => {
            w.ids.extend(attributes.aliases);
            return false;
        }
        1 if gallery.caption.is_empty() => {
            let image = gallery.items.remove(0);
            flow.end(attributes, alone(image));
        }
        _ => flow.end(attributes, Kind::Gallery(gallery)),
    }
    // What else is inside.
    let rest = blocks_of(w, node, flow, 0);
    flow.blocks.extend(rest.0);
    true
}

/// A picture that stands alone: with its caption, a figure.
pub(super) fn alone(mut image: Image) -> Kind {
    if image.caption.is_empty() {
        return Kind::Image(image);
    }
    let caption = Some(crate::article::Content::Inlines(std::mem::take(&mut image.caption)));
    let children = vec![Block::new(Kind::Image(image))].into();
    Kind::Figure(Figure { children, caption, ..Figure::default() })
}

fn is_item(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "figure" | "li" | "dl") || tree.value(id, "class").contains("gallery-item")
}

/// A picture within a line: an emoji as its letter, a formula as such.
pub(super) fn in_line(w: &mut Walk<'_>, node: NodeId) -> Option<Inline> {
    let tree = w.tree;
    let alt = tree.value(node, "alt");
    let class = tree.value(node, "class");
    let is_emoji = class.contains("emoji") || class.contains("smiley");
    if is_emoji && !alt.is_empty() && (!alt.is_ascii() || alt.len() <= 4) {
        return Some(Inline::Text(alt.to_owned()));
    }
    if class.split_ascii_whitespace().any(|class| class == "latex") && !alt.is_empty() {
        return Some(Inline::Math(InlineMath { value: alt.to_owned(), mathml: String::new() }));
    }
    let image = resolve(w, node)?;
    let Image { url, alt, title, width, height, .. } = image;
    Some(Inline::Image(InlineImage { url, alt, title, width, height }))
}

/// Whether a picture stands in a line of text.
pub(super) fn is_inline(tree: &Tree, id: NodeId) -> bool {
    let class = tree.value(id, "class");
    let is_sign = |class: &str| matches!(class, "emoji" | "wp-smiley" | "latex" | "icon" | "inline-icon" | "twemoji");
    let is_mathematics = class.contains("mwe-math") || class.contains("MathJax");
    let height = size(tree, id, "height");
    let is_low = height.is_some_and(|height| height <= LINE_HEIGHT)
        || (height.is_none() && size(tree, id, "width").is_some_and(|width| width <= LINE_HEIGHT));
    is_low || is_mathematics || class.split_ascii_whitespace().any(is_sign)
}

/// Whether a picture is there to count readers.
pub(super) fn is_tracker(tree: &Tree, id: NodeId) -> bool {
    let is_dot = |name| size(tree, id, name).is_some_and(|size| size <= 1);
    is_dot("width") || is_dot("height")
}

/// A picture with the address that is meant; `None` where there is none.
pub(super) fn resolve(w: &mut Walk<'_>, img: NodeId) -> Option<Image> {
    let tree = w.tree;
    let mut image = describe(tree, img);
    if image.url.is_empty()
        && let Some(twin) = noscript_twin(tree, img)
    {
        w.finish(twin);
        let Image { alt, title, width, height, .. } = image;
        image = describe(tree, twin);
        fill(&mut image.alt, alt);
        fill(&mut image.title, title);
        image.width = image.width.or(width);
        image.height = image.height.or(height);
    }
    if image.url.is_empty() { None } else { Some(image) }
}

fn fill(field: &mut String, value: String) {
    if field.is_empty() {
        *field = value;
    }
}

fn describe(tree: &Tree, img: NodeId) -> Image {
    let mut image = Image {
        alt: tree.value(img, "alt").to_owned(),
        title: tree.value(img, "title").to_owned(),
        width: size(tree, img, "width"),
        height: size(tree, img, "height"),
        sizes: tree.value(img, "sizes").to_owned(),
        ..Image::default()
    };
    if image.sizes == "auto" {
        image.sizes.clear();
    }
    let src = tree.value(img, "src");
    let lazy = LAZY.iter().map(|name| tree.value(img, name)).find(|value| is_address(value));
    let srcset = |id: NodeId| {
        ["data-srcset", "data-lazy-srcset", "srcset"]
            .iter()
            .map(|name| tree.value(id, name))
            .find(|value| !value.is_empty() && !is_placeholder(value))
            .unwrap_or_default()
    };
    image.srcset = srcset(img).to_owned();
    if let Some(picture) = tree.parent(img).filter(|&parent| tree.name(parent) == "picture") {
        for &source in tree.children(picture) {
            let set = srcset(source);
            if tree.name(source) != "source" || set.is_empty() {
                continue;
            }
            if tree.value(source, "media").contains("prefers-color-scheme") {
                image.src_dark = best_candidate(set).to_owned();
            } else if image.srcset.is_empty() && tree.value(source, "media").is_empty() {
                image.srcset = set.to_owned();
                fill(&mut image.sizes, tree.value(source, "sizes").to_owned());
            } else if image.srcset.is_empty() && is_placeholder(src) && lazy.is_none() {
                image.srcset = set.to_owned();
            }
        }
    }
    image.url = if !is_placeholder(src) {
        src.to_owned()
    } else if let Some(lazy) = lazy {
        lazy.to_owned()
    } else {
        best_candidate(&image.srcset).to_owned()
    };
    // A small picture in the attribute itself is better than none.
    if image.url.is_empty() && src.starts_with("data:image/") && src.len() > 2000 {
        image.url = src.to_owned();
    }
    image
}

/// Whether an address stands for a picture that a script would load.
fn is_placeholder(src: &str) -> bool {
    const SIGNS: &[&str] =
        &["blank.gif", "spacer.gif", "placeholder.", "1x1.", "pixel.gif", "transparent.", "/grey-placeholder"];
    if let Some(data) = src.strip_prefix("data:") {
        return data.len() < 2000 || data.starts_with("image/svg") || data.starts_with("image/gif");
    }
    src.is_empty() || src == "#" || src.starts_with("about:") || SIGNS.iter().any(|sign| src.contains(sign))
}

fn is_address(value: &str) -> bool {
    !value.is_empty() && !value.starts_with("data:") && !value.starts_with('{') && !value.contains(' ')
}

/// The largest picture of a `srcset`.
fn best_candidate(srcset: &str) -> &str {
    let mut best = ("", None);
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == ',');
        if rest.is_empty() {
            return best.0;
        }
        let end = rest.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(rest.len());
        let url = &rest[..end];
        rest = &rest[end..];
        let descriptor = if url.ends_with(',') {
            ""
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let descriptor = rest[..end].trim();
            rest = &rest[end..];
            descriptor
        };
        let weight = Some(hundredths(descriptor.trim_end_matches(['w', 'x', 'h'])).unwrap_or(100));
        if weight > best.1 {
            best = (url.trim_end_matches(','), weight);
        }
    }
}

/// The picture in a `noscript` beside the picture or beside what holds it.
fn noscript_twin(tree: &Tree, img: NodeId) -> Option<NodeId> {
    std::iter::once(img).chain(tree.ancestors(img)).take(4).find_map(|near| {
        [true, false].into_iter().find_map(|after| {
            let noscript = neighbour(tree, near, after).filter(|&id| tree.name(id) == "noscript")?;
            img_of(tree, noscript)
        })
    })
}

/// The element next to a node, blank text between them not counted.
fn neighbour(tree: &Tree, node: NodeId, after: bool) -> Option<NodeId> {
    let siblings = tree.children(tree.parent(node)?);
    let index = siblings.binary_search(&node).ok()?;
    let is_element = |id: &&NodeId| tree.text(**id).is_none_or(|text| !super::paragraph::is_blank(text));
    if after {
        siblings[index + 1..].iter().find(is_element).copied()
    } else {
        siblings[..index].iter().rev().find(is_element).copied()
    }
}

/// The `img` that is the node, or is in it.
fn img_of(tree: &Tree, id: NodeId) -> Option<NodeId> {
    if tree.name(id) == "img" { Some(id) } else { tree.find_name(id, "img") }
}

/// A length in pixels from an attribute or the style.
pub(super) fn size(tree: &Tree, id: NodeId, name: &str) -> Option<u32> {
    let value = tree.attribute(id, name).or_else(|| style(tree, id, name))?;
    let pixels = hundredths(value.trim().trim_end_matches("px"))? / 100;
    (pixels <= 20_000).then_some(pixels)
}

/// A decimal number times a hundred. Parsing floats would bring their tables into the page.
pub(super) fn hundredths(number: &str) -> Option<u32> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: u32 = if whole.is_empty() && !part.is_empty() { 0 } else { whole.parse().ok()? };
    let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
    let mut digits = part.bytes().chain(*b"00").map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let part = digits.next()? * 10 + digits.next()?;
    if is_number { whole.checked_mul(100)?.checked_add(part) } else { None }
}
