//! Content of other sites: never loaded here, but named, with the address of its page and of its player.

use super::flow::Flow;
use super::inline;
use super::loss::Reason;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, blocks_of, children};
use super::{image, quote};
use crate::article::{Embed, FileLink, Image, Inline, Inlines, Kind, LinkCard, Media, MediaSource, MediaTrack};
use crate::json::{self, Value};

/// Reads `iframe`, `object` and `embed`.
#[inline(never)]
pub(super) fn frame<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let tree = w.tree;
    let is_fallback = |id: NodeId| tree.ancestors(id).any(|above| tree.name(above) == "object");
    if tree.name(node) == "embed" && is_fallback(node) {
        return;
    }
    let src = source_of(tree, node);
    let kind = if is_nothing(tree, node, src) { None } else { Some(kind_of(tree, node, src)) };
    let is_known = matches!(kind, Some(Kind::Embed(_)));
    if let Some(kind) = kind {
        flow.push(w, node, kind);
    }
    if tree.name(node) == "object" && !is_known {
        return children(w, node, flow);
    }
    w.drop(node, Reason::NoScript);
}

fn source_of(tree: &Tree, node: NodeId) -> &str {
    let own = ["src", "data-src", "data-lazy-src", "data-cmp-src", "data"].iter().map(|name| tree.value(node, name));
    let own = own.into_iter().find(|src| !src.is_empty() && !src.starts_with("about:"));
    let param = || {
        let is_source = |id: NodeId| tree.name(id) == "param" && matches!(tree.value(id, "name"), "movie" | "src");
        let inner = tree.find(node, is_source).map(|id| tree.value(id, "value"));
        inner.or_else(|| tree.find_name(node, "embed").map(|id| tree.value(id, "src")))
    };
    own.or_else(param).unwrap_or_default()
}

/// Frames that show nothing: trackers, buttons, advertisements.
fn is_nothing(tree: &Tree, node: NodeId, src: &str) -> bool {
    const HOSTS: &[&str] = &[
        "googletagmanager.com",
        "doubleclick.net",
        "googlesyndication.com",
        "google-analytics.com",
        "amazon-adsystem.com",
        "adservice.google.com",
        "pos.baidu.com",
        "scorecardresearch.com",
        "criteo.com",
        "taboola.com",
        "outbrain.com",
    ];
    let (host, path) = host_and_path(src);
    host.is_empty()
        || image::is_tracker(tree, node)
        || HOSTS.iter().any(|other| host == *other || host.ends_with(&[".", other].concat()))
        || (host == "facebook.com"
            && path.starts_with("/plugins/")
            && !path.contains("video")
            && !path.contains("post"))
}

fn kind_of(tree: &Tree, node: NodeId, src: &str) -> Kind {
    let title = tree.value(node, "title").to_owned();
    if let Some(mut embed) = classify(src) {
        embed.title = title;
        (embed.width, embed.height) = (image::size(tree, node, "width"), image::size(tree, node, "height"));
        if let (Some(width @ 1..), Some(height @ 1..)) = (embed.width, embed.height) {
            embed.aspect = format!("{width}/{height}");
        }
        return Kind::Embed(embed);
    }
    let media_type = tree.value(node, "type");
    if tree.name(node) != "iframe" && media_type.starts_with("image/") && !media_type.contains("svg") {
        return Kind::Image(Image { url: src.to_owned(), alt: title, ..Image::default() });
    }
    if media_type == "application/pdf" || src.ends_with(".pdf") {
        return Kind::File(FileLink { url: src.to_owned(), title, mime: media_type.to_owned(), ..FileLink::default() });
    }
    let site = host_and_path(src).0.to_owned();
    Kind::LinkCard(LinkCard { url: src.to_owned(), title, site, ..LinkCard::default() })
}

/// The embed that a paragraph of nothing but the address of a known provider stands for.
pub(super) fn bare_link(children: &Inlines) -> Option<Embed> {
    let url = match children.as_slice() {
        [Inline::Text(text)] => text.trim(),
        [Inline::Link(link)] => match link.children.as_slice() {
            [Inline::Text(text)] if text.trim() == link.url || text.trim() == without_scheme(&link.url) => {
                link.url.as_str()
            }
            _ => return None,
        },
        _ => return None,
    };
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    if !is_address || url.contains(char::is_whitespace) { None } else { classify(url) }
}

/// The embed of an address in the text of a wrapper that is known to hold one, whatever its host.
pub(super) fn of_address(url: &str) -> Option<Embed> {
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    if !is_address || url.contains(char::is_whitespace) {
        return None;
    }
    classify(url).or_else(|| Some(Embed { provider: "other".to_owned(), url: url.to_owned(), ..Embed::default() }))
}

/// Who shows an address, and where its page and player are; `None` for hosts that are not known.
pub(super) fn classify(src: &str) -> Option<Embed> {
    let (host, path) = host_and_path(src);
    let secure = |rest: &str| ["https://", rest].concat();
    let whole = || secure(without_scheme(src));
    let embed = |provider: &str, url: String, embed_url: String| {
        Some(Embed { provider: provider.to_owned(), url, embed_url, ..Embed::default() })
    };
    let after = |prefix: &str| path.strip_prefix(prefix).map(segment).filter(|id| !id.is_empty());
    match host {
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" | "music.youtube.com" => {
            if path.starts_with("/embed/videoseries") || path.starts_with("/playlist") {
                let list = query(path, "list")?;
                let player = format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}");
                return embed("youtube", format!("https://www.youtube.com/playlist?list={list}"), player);
            }
            let id = if host == "youtu.be" { after("/") } else { None };
            let id = id
                .or_else(|| ["/embed/", "/v/", "/shorts/", "/live/", "/e/"].iter().find_map(|prefix| after(prefix)))
                .or_else(|| query(path, "v"))
                .filter(|id| is_plain(id))?;
            let start = query(path, "start").or_else(|| query(path, "t")).map(|start| start.trim_end_matches('s'));
            let start = start.filter(|start| !start.is_empty() && start.bytes().all(|byte| byte.is_ascii_digit()));
            let (at, from) = match start {
                Some(start) => (format!("&t={start}s"), format!("?start={start}")),
                None => (String::new(), String::new()),
            };
            let player = format!("https://www.youtube-nocookie.com/embed/{id}{from}");
            embed("youtube", format!("https://www.youtube.com/watch?v={id}{at}"), player)
        }
        "vimeo.com" | "player.vimeo.com" => {
            let id =
                after("/video/").or_else(|| after("/")).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
            embed("vimeo", format!("https://vimeo.com/{id}"), format!("https://player.vimeo.com/video/{id}?dnt=1"))
        }
        "dailymotion.com" | "dai.ly" => {
            let id =
                after("/embed/video/").or_else(|| after("/video/")).or_else(|| after("/")).filter(|id| is_plain(id))?;
            let player = format!("https://www.dailymotion.com/embed/video/{id}");
            embed("dailymotion", format!("https://www.dailymotion.com/video/{id}"), player)
        }
        "open.spotify.com" => {
            let rest = path.strip_prefix("/embed").unwrap_or(path);
            let page = rest.split(['?', '#']).next().unwrap_or_default();
            let is_item = page.split('/').count() > 2;
            let (page, player) =
                (format!("https://open.spotify.com{page}"), format!("https://open.spotify.com/embed{page}"));
            if is_item { embed("spotify", page, player) } else { None }
        }
        "codepen.io" => {
            let is_pen = path.contains("/embed/") || path.contains("/pen/");
            let page = path.replace("/embed/preview/", "/pen/").replace("/embed/", "/pen/");
            let player = path.replace("/pen/", "/embed/");
            if is_pen {
                embed("codepen", secure(&["codepen.io", &page].concat()), secure(&["codepen.io", &player].concat()))
            } else {
                None
            }
        }
        "instagram.com" if ["/p/", "/reel/", "/tv/"].iter().any(|kind| path.contains(kind)) => {
            let page =
                path.split("/embed").next().unwrap_or(path).split('?').next().unwrap_or_default().trim_end_matches('/');
            embed(
                "instagram",
                format!("https://www.instagram.com{page}/"),
                format!("https://www.instagram.com{page}/embed/"),
            )
        }
        "tiktok.com" if path.contains("/video/") || path.starts_with("/embed") => {
            let id = segment(path.rsplit_once('/')?.1);
            let page = if path.contains("/video/") { whole() } else { format!("https://www.tiktok.com/embed/v2/{id}") };
            embed("tiktok", page, format!("https://www.tiktok.com/embed/v2/{id}"))
        }
        "twitter.com" | "x.com" if path.contains("/status/") => embed("x", whole(), String::new()),
        "bsky.app" if path.contains("/post/") => embed("bluesky", whole(), String::new()),
        "soundcloud.com" if path.matches('/').count() >= 2 => embed("soundcloud", whole(), String::new()),
        "w.soundcloud.com" => {
            let page = query(path, "url").map(|url| url.replace("%3A", ":").replace("%2F", "/")).unwrap_or_else(whole);
            embed("soundcloud", page, whole())
        }
        "gist.github.com" => embed("gist", whole().trim_end_matches(".js").to_owned(), String::new()),
        _ => {
            let provider = frame_provider(host, path)?;
            let page = match provider {
                "mastodon" => whole().trim_end_matches("/embed").to_owned(),
                _ => whole(),
            };
            embed(provider, page, whole())
        }
    }
}

/// Providers whose address of the frame is all that is known.
fn frame_provider(host: &str, path: &str) -> Option<&'static str> {
    let provider = match host {
        "player.bilibili.com" => "bilibili",
        "player.twitch.tv" | "clips.twitch.tv" => "twitch",
        "archive.org" if path.starts_with("/embed/") => "archive",
        "upload.wikimedia.org" | "commons.wikimedia.org" => "wikimedia",
        "jsfiddle.net" => "jsfiddle",
        "codesandbox.io" if path.starts_with("/embed/") => "codesandbox",
        "google.com" | "maps.google.com" if path.contains("/embed") || path.contains("output=embed") => "map",
        "openstreetmap.org" if path.starts_with("/export/") => "map",
        "platform.twitter.com" => "x",
        "embed.bsky.app" => "bluesky",
        "datawrapper.dwcdn.net" => "datawrapper",
        "flo.uri.sh" | "public.flourish.studio" | "flourish.studio" => "flourish",
        _ if path.ends_with("/embed") && path.starts_with("/@") => "mastodon",
        _ => return None,
    };
    Some(provider)
}

fn without_scheme(url: &str) -> &str {
    let rest = url.trim();
    rest.strip_prefix("https://").or(rest.strip_prefix("http://")).or(rest.strip_prefix("//")).unwrap_or(rest)
}

/// The host without `www.` and port, and what follows it.
fn host_and_path(url: &str) -> (&str, &str) {
    let url = url.trim();
    let Some(rest) = url.strip_prefix("https://").or(url.strip_prefix("http://")).or(url.strip_prefix("//")) else {
        return ("", "");
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].split(':').next().unwrap_or_default();
    (host.strip_prefix("www.").or(host.strip_prefix("m.")).unwrap_or(host), &rest[end..])
}

/// The part of a path up to its next separator.
fn segment(rest: &str) -> &str {
    rest.split(['/', '?', '#', '&']).next().unwrap_or_default()
}

fn query<'u>(path: &'u str, name: &str) -> Option<&'u str> {
    let query = path.split_once('?')?.1.split('#').next()?;
    query.split('&').find_map(|pair| pair.strip_prefix("amp;").unwrap_or(pair).strip_prefix(name)?.strip_prefix('='))
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Reads a quotation or box that a script of a social network would replace.
#[inline(never)]
pub(super) fn social<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let class = tree.value(node, "class");
    let provider = class.split_ascii_whitespace().find_map(|class| match class {
        "twitter-tweet" | "twitter-video" => Some("x"),
        "instagram-media" => Some("instagram"),
        "tiktok-embed" => Some("tiktok"),
        "mastodon-embed" => Some("mastodon"),
        "bluesky-embed" => Some("bluesky"),
        "reddit-card" | "reddit-embed-bq" => Some("reddit"),
        "fb-post" | "fb-video" => Some("facebook"),
        _ => None,
    });
    let Some(provider) = provider else { return false };
    let own =
        ["data-instgrm-permalink", "cite", "data-href", "data-embed-url"].iter().map(|name| tree.value(node, name));
    let last_link = || tree.below(node).filter(|&id| tree.name(id) == "a").map(|id| tree.value(id, "href")).last();
    let url = own.into_iter().find(|url| url.starts_with("http")).or_else(last_link).unwrap_or_default().to_owned();
    if url.is_empty() {
        quote::read(w, node, flow);
        return true;
    }
    let attributes = flow.begin(w, node);
    let fallback = blocks_of(w, node, flow, 2);
    let embed_url = classify(&url).map(|embed| embed.embed_url).unwrap_or_default();
    let embed = Embed { provider: provider.to_owned(), url, embed_url, fallback, ..Embed::default() };
    flow.end(attributes, Kind::Embed(embed));
    true
}

/// Reads a box of Elementor that a script would put a player into, by the box's settings.
#[inline(never)]
pub(super) fn elementor<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let has_player = || tree.find(node, |id| matches!(tree.name(id), "iframe" | "video")).is_some();
    if !tree.has_class(node, "elementor-widget-video") || has_player() {
        return false;
    }
    let Some(kind) = json::parse(tree.value(node, "data-settings")).ok().as_ref().and_then(player_of) else {
        return false;
    };
    flow.push(w, node, kind);
    w.drop(node, Reason::Duplicate);
    true
}

/// The player that settings of Elementor name: the one of their type, for addresses of others may be left over.
fn player_of(settings: &Value<'_>) -> Option<Kind> {
    const TYPES: [&str; 4] = ["youtube", "vimeo", "dailymotion", "hosted"];
    let own = settings.get("video_type").and_then(Value::as_str).unwrap_or_default();
    [own].into_iter().chain(TYPES).find_map(|name| {
        let file = |member: &str| settings.get(member)?.get("url")?.as_str().filter(|src| !src.is_empty());
        if name == "hosted" {
            let src = file("hosted_url").or_else(|| file("external_url"))?.to_owned();
            let poster = file("image_overlay").unwrap_or_default().to_owned();
            return Some(Kind::Video(Media { src, poster, ..Media::default() }));
        }
        of_address(settings.get(&format!("{name}_url"))?.as_str()?).map(Kind::Embed)
    })
}

/// Reads a script that would write a gist into the page.
#[inline(never)]
pub(super) fn script<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let src = w.tree.value(node, "src");
    if host_and_path(src).0 == "gist.github.com"
        && let Some(embed) = classify(src)
    {
        flow.push(w, node, Kind::Embed(embed));
    }
}

/// Reads `video` and `audio`. Words for browsers without them are left out.
#[inline(never)]
pub(super) fn media<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let Some(media) = media_of(w, node) else { return children(w, node, flow) };
    let kind = if w.tree.name(node) == "video" { Kind::Video(media) } else { Kind::Audio(media) };
    flow.push(w, node, kind);
    w.drop(node, Reason::Duplicate);
}

/// The media element's files; `None` without any.
pub(super) fn media_of(w: &mut Walk<'_>, node: NodeId) -> Option<Media> {
    let tree = w.tree;
    let address = |id: NodeId| match tree.value(id, "src") {
        "" => tree.value(id, "data-src").to_owned(),
        src => src.to_owned(),
    };
    let mut media = Media {
        src: address(node),
        poster: tree.value(node, "poster").to_owned(),
        title: tree.value(node, "title").to_owned(),
        width: image::size(tree, node, "width"),
        height: image::size(tree, node, "height"),
        r#loop: tree.attribute(node, "loop").is_some(),
        ..Media::default()
    };
    for id in tree.below(node) {
        let src = address(id);
        match tree.name(id) {
            "source" if !src.is_empty() => {
                media.sources.push(MediaSource { src, mime: tree.value(id, "type").to_owned() });
            }
            "track" if !src.is_empty() => media.tracks.push(MediaTrack {
                src,
                kind: tree.value(id, "kind").to_owned(),
                lang: tree.value(id, "srclang").to_owned(),
                label: tree.value(id, "label").to_owned(),
            }),
            _ => {}
        }
    }
    if media.src.is_empty() && media.sources.len() == 1 {
        media.src = media.sources.remove(0).src;
    }
    if media.src.is_empty() && media.sources.is_empty() { None } else { Some(media) }
}

/// The content of a caption.
pub(super) fn caption(w: &mut Walk<'_>, node: Option<NodeId>) -> Inlines {
    match node {
        Some(node) => {
            let caption = inline::of(w, node);
            w.finish(node);
            caption
        }
        None => Inlines::new(),
    }
}
