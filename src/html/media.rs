//! Pictures, figures, recordings, content of other sites.

use super::{Writer, block, host, inline};
use crate::article::{
    Attributes, Blocks, Content, Embed, Figure, Gallery, GalleryLayout, Image, InlineImage, Inlines, Kind, Layout,
    LinkCard, Media,
};
use crate::json::decimal;
use crate::url::{self, Use};

pub(super) fn write_inline_image(w: &mut Writer<'_>, image: &InlineImage) {
    let picture = Picture {
        src: &image.url,
        alt: &image.alt,
        title: &image.title,
        width: image.width,
        height: image.height,
        class: "r-inline-image",
        ..Picture::default()
    };
    write_picture(w, &picture);
}

/// Writes a picture that stands alone.
pub(super) fn write_image_block(w: &mut Writer<'_>, attributes: &Attributes, image: &Image) {
    block::open(w, "<figure class=\"r-figure\"", attributes);
    write_image(w, image);
    write_caption(w, &image.caption);
    w.raw("</figure>");
}

pub(super) fn write_figure(w: &mut Writer<'_>, attributes: &Attributes, figure: &Figure) {
    w.raw("<figure class=\"r-figure\"");
    if figure.layout != Layout::Inline {
        w.attribute("data-layout", figure.layout.as_str());
    }
    block::open(w, "", attributes);
    for child in &figure.children {
        match &child.kind {
            Kind::Image(image) if child.attributes.id.is_empty() && image.caption.is_empty() => write_image(w, image),
            _ => block::write(w, child),
        }
    }
    if figure.caption.is_some() || !figure.credit.is_empty() || !figure.label.is_empty() {
        w.raw("<figcaption>");
        if !figure.label.is_empty() {
            w.raw("<span class=\"r-label\">");
            w.text(&figure.label);
            w.raw("</span> ");
        }
        match &figure.caption {
            Some(Content::Inlines(inlines)) => inline::write_all(w, inlines),
            Some(Content::Blocks(blocks)) => block::write_tight(w, blocks),
            None => {}
        }
        if !figure.credit.is_empty() {
            w.raw(" <span class=\"r-credit\">");
            inline::write_all(w, &figure.credit);
            w.raw("</span>");
        }
        w.raw("</figcaption>");
    }
    w.raw("</figure>");
}

pub(super) fn write_gallery(w: &mut Writer<'_>, attributes: &Attributes, gallery: &Gallery) {
    w.raw("<figure class=\"r-gallery\"");
    w.attribute("data-layout", gallery.layout.as_str());
    if let Some(columns) = gallery.columns.filter(|columns| *columns > 0) {
        w.number("data-columns", columns.min(6));
    }
    block::open(w, "", attributes);
    w.raw("<ul role=\"list\"");
    if gallery.layout == GalleryLayout::Carousel {
        w.raw(" tabindex=\"0\"");
        let caption = gallery.caption.plain_text();
        let name = w.words().gallery;
        w.attribute("aria-label", if caption.is_empty() { name } else { &caption });
    }
    w.raw(">");
    for image in &gallery.items {
        w.raw("<li>");
        if image.caption.is_empty() {
            write_image(w, image);
        } else {
            w.raw("<figure>");
            write_image(w, image);
            write_caption(w, &image.caption);
            w.raw("</figure>");
        }
        w.raw("</li>");
    }
    w.raw("</ul>");
    write_caption(w, &gallery.caption);
    w.raw("</figure>");
}

fn write_caption(w: &mut Writer<'_>, caption: &Inlines) {
    if !caption.is_empty() {
        w.raw("<figcaption>");
        inline::write_all(w, caption);
        w.raw("</figcaption>");
    }
}

fn write_image(w: &mut Writer<'_>, image: &Image) {
    let is_linked = w.open_link(&image.link, "r-image-link", "");
    // Two pictures and not a `picture` with a media query: the theme may be chosen against the system's.
    let has_dark = !image.src_dark.is_empty() && Writer::address(&image.src_dark, Use::Image).is_some();
    let picture = Picture {
        src: &image.url,
        srcset: &image.srcset,
        sizes: &image.sizes,
        alt: &image.alt,
        title: &image.title,
        width: image.width,
        height: image.height,
        class: if has_dark { "r-when-light" } else { "" },
        ..Picture::default()
    };
    write_picture(w, &picture);
    if has_dark {
        let dark = Picture { src: &image.src_dark, srcset: "", class: "r-when-dark", ..picture };
        write_picture(w, &dark);
    }
    if is_linked {
        w.close_link();
    }
}

/// What an `img` is made of.
#[derive(Default)]
pub(super) struct Picture<'a> {
    pub(super) src: &'a str,
    pub(super) srcset: &'a str,
    pub(super) sizes: &'a str,
    pub(super) alt: &'a str,
    pub(super) title: &'a str,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    pub(super) class: &'static str,
    /// It is seen first, so that waiting for it to come near would only delay it.
    pub(super) is_first: bool,
}

/// Writes an `img`; the text for it where its address is refused.
pub(super) fn write_picture(w: &mut Writer<'_>, picture: &Picture<'_>) {
    let Some(src) = Writer::address(picture.src, Use::Image) else {
        if !picture.alt.is_empty() {
            w.raw("<span class=\"r-no-image\">");
            w.text(picture.alt);
            w.raw("</span>");
        }
        return;
    };
    let loads = w.options.loads_picture;
    if !loads(&src) {
        let picture_word = w.words().picture;
        return w.link(&src, "r-no-image", if picture.alt.is_empty() { picture_word } else { picture.alt });
    }
    w.raw("<img");
    w.attribute_if("class", picture.class);
    w.attribute("src", &src);
    if !picture.srcset.is_empty() && picture.srcset.split(',').all(|one| loads(one.trim())) {
        let srcset = url::resolve_srcset(picture.srcset, "");
        w.attribute_if("srcset", &srcset);
        if !srcset.is_empty() {
            w.attribute_if("sizes", picture.sizes);
        }
    }
    w.attribute("alt", picture.alt);
    w.attribute_if("title", picture.title);
    write_size(w, picture.width, picture.height);
    w.raw(if picture.is_first { " fetchpriority=\"high\"" } else { " loading=\"lazy\"" });
    w.raw(" decoding=\"async\" referrerpolicy=\"no-referrer\">");
}

/// Sizes keep the page from jumping when the picture arrives; absurd ones are left out.
fn write_size(w: &mut Writer<'_>, width: Option<u32>, height: Option<u32>) {
    for (name, size) in [("width", width), ("height", height)] {
        if let Some(size) = size.filter(|size| (1..=32_767).contains(size)) {
            w.number(name, size);
        }
    }
}

/// What is played.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Recording {
    Video,
    Audio,
}

pub(super) fn write_recording(w: &mut Writer<'_>, attributes: &Attributes, media: &Media, recording: Recording) {
    block::open(w, "<figure class=\"r-media\"", attributes);
    if !media.title.is_empty() {
        w.raw("<p class=\"r-media-title\">");
        w.text(&media.title);
        w.raw("</p>");
    }
    write_player(w, media, recording);
    write_caption(w, &media.caption);
    w.raw("</figure>");
    if !media.transcript.is_empty() {
        let title = w.words().transcript;
        w.raw("<details class=\"r-details r-transcript\"><summary>");
        w.text(title);
        w.raw("</summary>");
        block::write_all(w, &media.transcript);
        w.raw("</details>");
    }
}

/// Writes the browser's own player; nothing of the recording is loaded before it is played.
pub(super) fn write_player(w: &mut Writer<'_>, media: &Media, recording: Recording) {
    let is_video = recording == Recording::Video;
    w.raw(if is_video { "<video playsinline" } else { "<audio" });
    w.raw(" controls preload=\"none\"");
    w.attribute_if("aria-label", &media.title);
    if is_video {
        if let Some(poster) =
            Writer::address(&media.poster, Use::Image).filter(|poster| (w.options.loads_picture)(poster))
        {
            w.attribute("poster", &poster);
        }
        write_size(w, media.width, media.height);
    }
    w.raw(if media.r#loop { " loop>" } else { ">" });
    let single = std::iter::once((media.src.as_str(), ""));
    let several = media.sources.iter().map(|source| (source.src.as_str(), source.mime.as_str()));
    let mut first = None;
    for (src, mime) in single.chain(several) {
        let Some(src) = Writer::address(src, Use::Media) else { continue };
        w.raw("<source");
        w.attribute("src", &src);
        w.attribute_if("type", mime);
        w.raw(">");
        first.get_or_insert(src);
    }
    for track in &media.tracks {
        let Some(src) = Writer::address(&track.src, Use::Media) else { continue };
        let kind = match track.kind.as_str() {
            "captions" => "captions",
            "descriptions" => "descriptions",
            "chapters" => "chapters",
            _ => "subtitles",
        };
        w.raw("<track");
        w.attribute("kind", kind);
        w.attribute("src", &src);
        w.attribute_if("srclang", &track.lang);
        w.attribute_if("label", &track.label);
        w.raw(">");
    }
    if let Some(src) = first {
        let download = w.words().download;
        w.link(&src, "", download);
    }
    w.raw(if is_video { "</video>" } else { "</audio>" });
}

/// Writes a card that names the host; its content is loaded by a press, or seen on its own site.
pub(super) fn write_embed(w: &mut Writer<'_>, attributes: &Attributes, embed: &Embed) {
    let words = w.words();
    let player = Writer::address(&embed.embed_url, Use::Media).filter(|_| w.has_controls());
    let page = Writer::address(&embed.url, Use::Link);
    let name = page.as_deref().map_or("", host);
    w.raw("<figure class=\"r-embed\"");
    w.attribute_if("data-provider", &embed.provider);
    w.attribute("data-aspect", aspect(embed));
    block::open(w, "", attributes);
    w.raw("<div class=\"r-embed-card\">");
    if !embed.title.is_empty() {
        w.raw("<p class=\"r-embed-title\">");
        w.isolated(&embed.title);
        w.raw("</p>");
    }
    if !embed.fallback.is_empty() {
        w.raw("<div class=\"r-embed-fallback\">");
        block::write_all(w, &embed.fallback);
        w.raw("</div>");
    }
    w.raw("<p class=\"r-buttons\">");
    if let Some(player) = &player {
        let host = host(player);
        w.raw("<button type=\"button\" class=\"r-button r-primary\" data-action=\"load-embed\"");
        w.attribute("data-src", player);
        w.attribute("data-title", if embed.title.is_empty() { host } else { &embed.title });
        w.raw("><span>");
        w.worded(words.load, host);
        w.raw("</span></button> ");
    }
    if w.open_link(&embed.url, "r-button", "") {
        w.raw("<span>");
        w.worded(words.open, if name.is_empty() { &embed.url } else { name });
        w.raw("</span>");
        w.close_link();
    } else {
        w.text(&embed.url);
    }
    w.raw("</p>");
    if let Some(player) = &player {
        w.raw("<p class=\"r-embed-notice\">");
        w.worded(words.load_notice, host(player));
        w.raw("</p>");
    }
    w.raw("</div>");
    write_caption(w, &embed.caption);
    w.raw("</figure>");
}

/// The nearest of the proportions that the style sheet has a rule for.
fn aspect(embed: &Embed) -> &'static str {
    let sides = embed.aspect.split_once(['/', ':']);
    let sides = sides.and_then(|(width, height)| Some((decimal(width.trim())?, decimal(height.trim())?)));
    let (width, height): (f64, f64) = sides.unwrap_or_else(|| match (embed.width, embed.height) {
        (Some(width), Some(height)) => (width.into(), height.into()),
        _ => (16.0, 9.0),
    });
    let ratio = if width > 0.0 && height > 0.0 { width / height } else { 16.0 / 9.0 };
    match ratio {
        ..0.75 => "9/16",
        0.75..1.15 => "1/1",
        1.15..1.55 => "4/3",
        1.55..2.5 => "16/9",
        _ => "4/1",
    }
}

pub(super) fn write_link_card(w: &mut Writer<'_>, attributes: &Attributes, card: &LinkCard) {
    let address = Writer::address(&card.url, Use::Link);
    let site = if card.site.is_empty() { address.as_deref().map_or("", host) } else { &card.site };
    block::open(w, "<div class=\"r-card\"", attributes);
    if !card.image.is_empty() {
        write_picture(w, &Picture { src: &card.image, class: "r-card-image", ..Picture::default() });
    }
    w.raw("<p class=\"r-card-title\">");
    w.link(&card.url, "", if card.title.is_empty() { &card.url } else { &card.title });
    w.raw("</p>");
    if !card.description.is_empty() {
        w.raw("<p>");
        w.isolated(&card.description);
        w.raw("</p>");
    }
    if !site.is_empty() || !card.icon.is_empty() {
        w.raw("<p class=\"r-card-site\">");
        write_picture(w, &Picture { src: &card.icon, class: "r-inline-image", ..Picture::default() });
        w.isolated(site);
        w.raw("</p>");
    }
    w.raw("</div>");
}

/// Writes the large picture or video of an article's head.
pub(super) fn write_hero(w: &mut Writer<'_>, hero: &crate::article::Hero) {
    w.raw("<figure class=\"r-hero\">");
    match hero.kind {
        crate::article::HeroKind::Image => {
            let picture = Picture {
                src: &hero.src,
                srcset: &hero.srcset,
                sizes: &hero.sizes,
                alt: &hero.alt,
                width: hero.width,
                height: hero.height,
                is_first: true,
                ..Picture::default()
            };
            write_picture(w, &picture);
        }
        crate::article::HeroKind::Video => {
            let media = Media {
                src: hero.src.clone(),
                poster: hero.poster.clone(),
                title: hero.alt.clone(),
                width: hero.width,
                height: hero.height,
                transcript: Blocks::default(),
                ..Media::default()
            };
            write_player(w, &media, Recording::Video);
        }
    }
    if !hero.caption.is_empty() || !hero.credit.is_empty() {
        w.raw("<figcaption>");
        inline::write_all(w, &hero.caption);
        if !hero.credit.is_empty() {
            w.raw(" <span class=\"r-credit\">");
            w.isolated(&hero.credit);
            w.raw("</span>");
        }
        w.raw("</figcaption>");
    }
    w.raw("</figure>");
}
