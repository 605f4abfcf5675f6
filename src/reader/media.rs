//! Pictures, recordings, embeds and cards as the readers of trees make them: a block each, with its caption.

use std::mem::take;

use super::marks::key;
use super::tree::Role;
use crate::article::{Block, Content, Embed, Figure, FileLink, Gallery, Image, Inlines, Kind, LinkCard, Media};
use crate::markup;
use crate::url;

/// Lower pictures stand in a line of text.
pub(super) const LINE_HEIGHT: u32 = 48;

/// What formats say about a picture, recording, embed or file; what they do not say is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Medium<'a> {
    pub(super) url: &'a str,
    /// Address of the player.
    pub(super) player: &'a str,
    /// Text for those who do not see it.
    pub(super) alt: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Address of a still picture.
    pub(super) picture: &'a str,
    /// Name of the site.
    pub(super) site: &'a str,
    pub(super) mime: &'a str,
    /// Where a picture leads.
    pub(super) link: &'a str,
    /// Who made it.
    pub(super) credit: &'a str,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    pub(super) size: Option<u32>,
    pub(super) caption: Inlines,
}

impl Medium<'_> {
    /// It as a block of that role; `None` without an address, and for roles of other things.
    #[inline(never)]
    pub(super) fn block(&mut self, role: Role) -> Option<Kind> {
        if self.url.is_empty() && self.player.is_empty() {
            return None;
        }
        let kind = match role {
            Role::Image | Role::Figure | Role::Media => return Some(self.picture()),
            Role::Audio => Kind::Audio(self.media()),
            // The address may be that of a page.
            Role::Video if markup::embed(self.url).is_none() && self.player.is_empty() => Kind::Video(self.media()),
            Role::Video | Role::Embed => self.embed(),
            Role::File => Kind::File(FileLink {
                url: self.url.to_owned(),
                title: self.title.to_owned(),
                mime: self.mime.to_owned(),
                size: self.size,
                description: self.description.to_owned(),
            }),
            Role::Card => {
                let site = if self.site.is_empty() { url::host(self.url) } else { self.site };
                Kind::LinkCard(LinkCard {
                    url: self.url.to_owned(),
                    title: self.title.to_owned(),
                    description: self.description.to_owned(),
                    image: self.picture.to_owned(),
                    site: site.to_owned(),
                    ..LinkCard::default()
                })
            }
            _ => return None,
        };
        Some(captioned(kind, take(&mut self.caption)))
    }

    /// A picture of a gallery.
    pub(super) fn image(&mut self) -> Image {
        Image {
            url: self.url.to_owned(),
            alt: self.alt.to_owned(),
            title: self.title.to_owned(),
            link: self.link.to_owned(),
            width: self.width,
            height: self.height,
            caption: take(&mut self.caption),
            ..Image::default()
        }
    }

    fn picture(&mut self) -> Kind {
        let (caption, credit) = (take(&mut self.caption), Inlines::from(self.credit));
        let image = Kind::Image(self.image());
        if credit.is_empty() {
            return captioned(image, caption);
        }
        let caption = (!caption.is_empty()).then_some(Content::Inlines(caption));
        Kind::Figure(Figure { children: vec![Block::new(image)].into(), caption, credit, ..Figure::default() })
    }

    fn media(&self) -> Media {
        Media {
            src: self.url.to_owned(),
            poster: self.picture.to_owned(),
            title: self.title.to_owned(),
            width: self.width,
            height: self.height,
            ..Media::default()
        }
    }

    /// An embed, or a recording where the address is that of a file.
    fn embed(&self) -> Kind {
        let mut embed = match markup::embed(self.url).or_else(|| markup::embed(self.player)) {
            Some(embed) => embed,
            None if is_file(self.url, VIDEOS) => return Kind::Video(self.media()),
            None if is_file(self.url, SOUNDS) => return Kind::Audio(self.media()),
            None => {
                let (url, embed_url) = if self.url.is_empty() { (self.player, "") } else { (self.url, self.player) };
                let provider = if self.site.is_empty() { "other".to_owned() } else { key(self.site) };
                Embed { provider, url: url.to_owned(), embed_url: embed_url.to_owned(), ..Embed::default() }
            }
        };
        embed.title = self.title.to_owned();
        embed.thumbnail = self.picture.to_owned();
        (embed.width, embed.height) = (self.width, self.height);
        Kind::Embed(embed)
    }
}

/// Whether an address is that of a picture, by its ending.
pub(super) fn is_picture(url: &str) -> bool {
    is_file(url, &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"])
}

/// A post that is named by nothing but its number; only one network has those.
pub(super) fn post(number: &str) -> Option<Kind> {
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    let address = ["https://twitter.com/i/status/", number].concat();
    markup::embed(&address).filter(|_| is_number).map(Kind::Embed)
}

const VIDEOS: &[&str] = &["mp4", "webm", "mov", "m4v", "ogv"];
const SOUNDS: &[&str] = &["mp3", "m4a", "ogg", "oga", "wav", "flac", "opus"];

fn is_file(url: &str, endings: &[&str]) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Content with its caption: its own where its kind has one, else a figure.
pub(super) fn captioned(mut kind: Kind, caption: Inlines) -> Kind {
    if caption.is_empty() {
        return kind;
    }
    let own = match &mut kind {
        Kind::Video(it) | Kind::Audio(it) => &mut it.caption,
        Kind::Embed(it) => &mut it.caption,
        Kind::Table(it) => &mut it.caption,
        Kind::Gallery(it) => &mut it.caption,
        Kind::Code(it) => &mut it.caption,
        _ => {
            let children = vec![Block::new(kind)].into();
            let caption = Some(Content::Inlines(caption));
            return Kind::Figure(Figure { children, caption, ..Figure::default() });
        }
    };
    *own = caption;
    kind
}

/// Several pictures; one alone is no gallery.
pub(super) fn gallery(mut items: Vec<Image>, caption: Inlines) -> Option<Kind> {
    items.retain(|image| !image.url.is_empty());
    match items.len() {
        0 => None,
        1 => {
            let mut image = items.pop()?;
            let own = take(&mut image.caption);
            Some(captioned(Kind::Image(image), if own.is_empty() { caption } else { own }))
        }
        _ => Some(Kind::Gallery(Gallery { items, caption, ..Gallery::default() })),
    }
}
