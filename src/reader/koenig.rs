//! The cards of Ghost's Koenig editor, which are the same in its Lexical and Mobiledoc documents.

use super::Context;
use super::media::{captioned, gallery};
use super::tree::{Role, code_block, flag, medium, words};
use crate::article::{
    Admonition, AdmonitionKind, Block, Blocks, Button, ButtonStyle, Buttons, Details, Figure, Heading, Inlines, Kind,
    Layout, LinkCard, ThematicBreak,
};
use crate::json::Value;

/// Reads a card; `None` for those that nobody knows.
pub(super) fn read(name: &str, card: &Value<'_>, context: &mut Context<'_>) -> Option<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut push = |kind: Kind| blocks.push(Block::new(kind));
    match name {
        "image" | "card-image" => {
            let mut image = medium(card);
            image.link = words(card, &["href"]);
            image.url = words(card, &["src"]);
            image.caption = context.inlines(words(card, &["caption"]));
            let layout = match words(card, &["cardWidth"]) {
                "wide" => Layout::Wide,
                "full" => Layout::Full,
                _ => Layout::Inline,
            };
            image.block(Role::Image).into_iter().for_each(|kind| push(laid_out(kind, layout)));
        }
        "gallery" => {
            let items = card.get("images").and_then(Value::as_array).into_iter().flatten();
            let read = |item| {
                let mut image = medium(item);
                image.caption = context.inlines(words(item, &["caption"]));
                image.image()
            };
            let images = items.map(read).collect();
            let caption = context.inlines(words(card, &["caption"]));
            gallery(images, caption).into_iter().for_each(push);
        }
        "bookmark" => push(bookmark(card, context)),
        "embed" => {
            let mut embed = medium(card);
            embed.url = words(card, &["url"]);
            embed.caption = context.inlines(words(card, &["caption"]));
            // What is not known by its address is by its markup, such as a frame of another address.
            let html = words(card, &["html"]);
            if crate::markup::embed(embed.url).is_none() && !html.is_empty() {
                push(captioned(Kind::Html(html.to_owned()), embed.caption));
            } else {
                embed.block(Role::Embed).into_iter().for_each(push);
            }
        }
        "code" | "codeblock" | "code-block" => {
            let caption = context.inlines(words(card, &["caption"]));
            push(captioned(code_block(words(card, &["code"]).to_owned(), words(card, &["language"])), caption));
        }
        "html" => push(Kind::Html(words(card, &["html"]).to_owned())),
        "email" | "email-cta" => context.warnings.info("a part that Ghost puts into newsletters only; left out"),
        "markdown" | "card-markdown" => push(Kind::Markdown(words(card, &["markdown"]).to_owned())),
        "hr" | "horizontalrule" => push(Kind::ThematicBreak(ThematicBreak::default())),
        "callout" => {
            let children = context.body(words(card, &["calloutText"])).0;
            let icon = words(card, &["calloutEmoji"]).to_owned();
            push(Kind::Admonition(Admonition { kind: AdmonitionKind::Note, icon, children, ..Admonition::default() }));
        }
        "toggle" => {
            let summary = context.inlines(words(card, &["heading"]));
            let children = context.body(words(card, &["content"])).0;
            push(Kind::Details(Details { summary, children, ..Details::default() }));
        }
        "button" => push(buttons(words(card, &["buttonText"]), words(card, &["buttonUrl"]))),
        "file" => {
            let mut file = medium(card);
            file.title = words(card, &["fileTitle", "fileName"]);
            file.description = words(card, &["fileCaption"]);
            file.size = super::tree::number(card, &["fileSize"]);
            file.block(Role::File).into_iter().for_each(push);
        }
        "audio" => medium(card).block(Role::Audio).into_iter().for_each(push),
        "video" => {
            let mut video = medium(card);
            video.caption = context.inlines(words(card, &["caption"]));
            video.picture = words(card, &["customThumbnailSrc", "thumbnailSrc"]);
            let mut kind = video.block(Role::Video);
            if let Some(Kind::Video(media)) = &mut kind {
                media.r#loop = flag(card, &["loop"]) == Some(true);
            }
            kind.into_iter().for_each(push);
        }
        "transistor" => {
            let mut embed = medium(card);
            embed.url = words(card, &["url", "src"]);
            embed.block(Role::Embed).into_iter().for_each(push);
        }
        "product" | "header" | "signup" | "call-to-action" | "cta" => sales(card, context, &mut push),
        "paywall" | "members-only" => {}
        _ => return None,
    }
    Some(blocks)
}

fn laid_out(kind: Kind, layout: Layout) -> Kind {
    match kind {
        Kind::Figure(figure) => Kind::Figure(Figure { layout, ..figure }),
        kind if layout != Layout::Inline => {
            Kind::Figure(Figure { children: vec![Block::new(kind)].into(), layout, ..Figure::default() })
        }
        kind => kind,
    }
}

fn bookmark(card: &Value<'_>, context: &mut Context<'_>) -> Kind {
    let metadata = card.get("metadata").unwrap_or(card);
    let caption = context.inlines(words(card, &["caption"]));
    let url = words(card, &["url"]);
    let url = if url.is_empty() { words(metadata, &["url"]) } else { url };
    let card = LinkCard {
        url: url.to_owned(),
        title: words(metadata, &["title"]).to_owned(),
        description: words(metadata, &["description"]).to_owned(),
        image: words(metadata, &["thumbnail"]).to_owned(),
        icon: words(metadata, &["icon"]).to_owned(),
        site: words(metadata, &["publisher", "author"]).to_owned(),
    };
    captioned(Kind::LinkCard(card), caption)
}

fn buttons(label: &str, url: &str) -> Kind {
    let button = Button { label: label.to_owned(), url: url.to_owned(), style: ButtonStyle::Primary };
    Kind::Buttons(Buttons { items: vec![button] })
}

/// A card that sells: its picture, its headings, its text, its button.
fn sales(card: &Value<'_>, context: &mut Context<'_>, push: &mut dyn FnMut(Kind)) {
    let mut image = medium(card);
    image.url = words(card, &["productImageSrc", "backgroundImageSrc", "imageUrl"]);
    (image.title, image.description, image.link) = ("", "", "");
    image.block(Role::Image).into_iter().for_each(&mut *push);
    for (depth, names) in [(3, &["productTitle", "header", "heading"][..]), (4, &["subheader", "subheading"])] {
        let children: Inlines = context.inlines(words(card, names));
        if !children.is_empty() {
            push(Kind::Heading(Heading { depth: Some(depth), children }));
        }
    }
    for name in ["productDescription", "textValue", "disclaimer", "sponsorLabel"] {
        let text = words(card, &[name]);
        if !text.is_empty() {
            let blocks: Blocks = context.body(text).0;
            push(Kind::Group(blocks));
        }
    }
    let label = words(card, &["productButton", "buttonText"]);
    if !label.is_empty() {
        push(buttons(label, words(card, &["productUrl", "buttonUrl"])));
    }
}
