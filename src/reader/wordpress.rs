//! Posts and pages of the WordPress REST API, v2.
//!
//! The post's number goes to the member `x-wordpress` of the article (`{"post": 7}`), where the comment provider
//! finds it; `comments.endpoint` is the site's route for comments.

use super::envelope::is_draft;
use super::fields::{date, member, number, text};
use super::{Context, ReadError, ReadErrorKind};
use crate::article::{Article, CommentEntry, Date, Extra, Hero, Person, Site, Tag};
use crate::json::Object;
use crate::json::{Value, json};
use crate::url;

/// Offsets of zones are multiples of a quarter of an hour, within this many hours.
const WIDEST_OFFSET: i32 = 15 * 60;

/// Whether a value is a post: comments have no title, media no content, terms neither.
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("title").is_some_and(Value::is_object)
        && member(value, "content.rendered").is_some_and(Value::is_string)
        && value.get("articleJson").is_none()
}

/// Reads a post.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let title = context.title(text(value, "title.rendered"));
    let html = text(value, "content.rendered");
    if html.trim().is_empty() && member(value, "content.protected") == Some(&Value::Bool(true)) {
        let title = title.plain_text();
        let title = title.strip_prefix("Protected: ").unwrap_or(&title).to_owned();
        return Err(ReadErrorKind::Protected { title }.into());
    }
    let mut article = Article { title, url: text(value, "link").to_owned(), ..Article::default() };
    let host = url::host(&article.url).to_owned();
    let id = number(value, "id");
    article.id = id
        .map(|id| if host.is_empty() { format!("wordpress-{id}") } else { format!("{host}-{id}") })
        .unwrap_or_default();
    article.description = context.excerpt(text(value, "excerpt.rendered"));
    article.language = text(value, "yoast_head_json.og_locale").replace('_', "-");
    if article.language.is_empty() {
        article.language = text(value, "lang").to_owned();
    }
    article.published = moment(value, "date");
    article.updated = moment(value, "modified");
    article.draft = is_draft(value);
    article.authors = authors(value, context);
    article.site = site(value, &article.url);
    article.hero = hero(value, context);
    for term in embedded(value, "wp:term").iter().filter_map(Value::as_array).flatten() {
        read_term(term, &mut article, context);
    }
    (article.body, article.footnotes) = context.body(html);
    read_comments(value, &mut article, context);
    if let Some(id) = id {
        let mut extra = Object::new();
        extra.insert("x-wordpress".to_owned(), json!({"post": id}));
        article.extra = Extra(extra);
    }
    Ok(article)
}

/// What `?_embed` added under a relation.
fn embedded<'a>(value: &'a Value<'a>, relation: &str) -> &'a [Value<'a>] {
    value.get("_embedded").and_then(|all| all.get(relation)).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A date in the site's own time with its offset, which only the difference to the time in UTC tells.
fn moment(value: &Value<'_>, name: &str) -> Option<Date> {
    let local = date(value, name);
    let utc = date(value, &format!("{name}_gmt")).map(Date::assuming_utc);
    let (Some(mut local), Some(utc)) = (local, utc) else { return local.or(utc) };
    let Some(offset) =
        minutes_between(&utc, &local).filter(|minutes| minutes.abs() <= WIDEST_OFFSET && minutes % 15 == 0)
    else {
        return Some(utc);
    };
    if let Some(time) = &mut local.time
        && time.offset.is_none()
    {
        time.offset = i16::try_from(offset).ok();
    }
    Some(local)
}

/// Minutes from one clock reading to another that is at most a day away.
fn minutes_between(from: &Date, to: &Date) -> Option<i32> {
    let minute = |date: &Date| date.time.map(|time| i32::from(time.hour) * 60 + i32::from(time.minute));
    let days = (from.year, from.month, from.day);
    let day = match (to.year, to.month, to.day).cmp(&days) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    };
    Some(minute(to)? - minute(from)? + day * 24 * 60)
}

fn authors(value: &Value<'_>, context: &mut Context<'_>) -> Vec<Person> {
    let named = embedded(value, "author").iter().filter(|author| !text(author, "name").is_empty());
    let mut people: Vec<Person> = named
        .map(|author| {
            let page = if text(author, "link").is_empty() { text(author, "url") } else { text(author, "link") };
            let bio = context.plain(text(author, "description"));
            // Their picture is a third party's (Gravatar): it would tell that one who reads what.
            Person { name: context.plain(text(author, "name")), url: page.to_owned(), bio, ..Person::default() }
        })
        .collect();
    if people.is_empty() {
        let name = context.plain(text(value, "yoast_head_json.author"));
        people.extend((!name.is_empty()).then(|| Person { name, ..Person::default() }));
    }
    people
}

fn site(value: &Value<'_>, link: &str) -> Option<Site> {
    let name = text(value, "yoast_head_json.og_site_name");
    let scheme_end = link.find("://")?;
    let host = url::host(link);
    let origin = format!("{}://{host}/", &link[..scheme_end]);
    (!name.is_empty()).then(|| Site { name: name.to_owned(), url: origin, logo: String::new() })
}

fn hero(value: &Value<'_>, context: &mut Context<'_>) -> Option<Hero> {
    if let Some(media) = embedded(value, "wp:featuredmedia").iter().find(|media| !text(media, "source_url").is_empty())
    {
        let sizes = member(media, "media_details.sizes").and_then(Value::as_object);
        let candidates = sizes.into_iter().flat_map(Object::values).filter_map(|size| {
            let (src, width) = (text(size, "source_url"), number(size, "width")?);
            (!src.is_empty() && width > 300).then(|| format!("{src} {width}w"))
        });
        return Some(Hero {
            src: text(media, "source_url").to_owned(),
            srcset: candidates.collect::<Vec<_>>().join(", "),
            alt: text(media, "alt_text").to_owned(),
            width: number(media, "media_details.width"),
            height: number(media, "media_details.height"),
            caption: context.inlines(text(media, "caption.rendered")),
            ..Hero::default()
        });
    }
    let src = text(value, "jetpack_featured_media_url");
    (!src.is_empty()).then(|| Hero { src: src.to_owned(), ..Hero::default() })
}

fn read_term(term: &Value<'_>, article: &mut Article, context: &mut Context<'_>) {
    let tag = Tag { name: context.plain(text(term, "name")), url: text(term, "link").to_owned() };
    match text(term, "taxonomy") {
        "category" if text(term, "slug") != "uncategorized" => article.categories.push(tag),
        "post_tag" => article.tags.push(tag),
        _ => {}
    }
}

fn read_comments(value: &Value<'_>, article: &mut Article, context: &mut Context<'_>) {
    let comments = &mut article.comments;
    comments.closed = text(value, "comment_status") == "closed";
    comments.endpoint = comments_route(value, &article.url);
    for reply in embedded(value, "replies").iter().filter_map(Value::as_array).flatten() {
        let html = text(reply, "content.rendered");
        if html.is_empty() {
            continue;
        }
        let name = context.plain(text(reply, "author_name"));
        let url = text(reply, "author_url").to_owned();
        comments.items.push(CommentEntry {
            id: number(reply, "id").map(|id| id.to_string()).unwrap_or_default(),
            parent: number(reply, "parent").filter(|id| *id > 0).map(|id| id.to_string()).unwrap_or_default(),
            author: Person { name, url, ..Person::default() },
            published: moment(reply, "date"),
            body: context.body(html).0,
            ..CommentEntry::default()
        });
    }
    comments.count = u32::try_from(comments.items.len()).ok().filter(|count| *count > 0);
}

/// The site's route for comments: beside the post's own, else where WordPress has it by default.
fn comments_route(value: &Value<'_>, link: &str) -> String {
    let route = ["_links.replies.0.href", "_links.self.0.href"].iter().find_map(|path| {
        let href = text(value, path);
        let (encoded, plain) = ("%2Fwp%2Fv2%2F", "/wp/v2/");
        let found =
            href.find(plain).map(|at| at + plain.len()).or_else(|| Some(href.find(encoded)? + encoded.len()))?;
        Some(format!("{}comments", &href[..found]))
    });
    route.unwrap_or_else(|| {
        let host = url::host(link);
        match link.split_once("://") {
            Some((scheme, _)) if !host.is_empty() => format!("{scheme}://{host}/wp-json/wp/v2/comments"),
            _ => String::new(),
        }
    })
}
