//! What other programs read of a website: feeds, sitemap, descriptions for embedding, rules for search engines.

use super::{File, Page, VIEWER, Website, html, json_feed};
use crate::article::normal::normalise;
use crate::article::{Article, Date};
use crate::export::page::day_in_words;
use crate::export::{Entry, Feed, atom, people, picture, sitemap};
use crate::html::{escape_attribute, escape_text};
use crate::json::json;
use crate::url::{self, Use};
use crate::warning::Warnings;

/// Feeds carry the newest articles only: who follows one has the others.
const IN_A_FEED: usize = 20;

/// Articles without a date are older than all others.
const LONG_AGO: Date = Date { year: 1970, month: None, day: None, time: None };

/// Writes the feeds, the list for the app, the sitemap and `robots.txt`.
pub(super) fn write(site: &Website, files: &mut Vec<File>) {
    let newest: Vec<(&Page, Article)> =
        site.pages.iter().take(IN_A_FEED).map(|page| (page, whole(site, page))).collect();
    let entry = |(page, article): &(&Page, Article)| {
        let url = site.address(&page.path());
        let options = html::Options { format_date: day_in_words, ..html::Options::default() };
        let content = html::content(article, &options).as_str().to_owned();
        (url, content, article.updated.or(article.published).unwrap_or(LONG_AGO))
    };
    let entries: Vec<Entry<'_>> = newest
        .iter()
        .map(|it| {
            let (url, content, updated) = entry(it);
            Entry { article: &it.1, id: url.clone(), url, updated, content: Some(content), source: String::new() }
        })
        .collect();
    let settings = &site.settings;
    let (atom_address, json_address) = (site.address("feed.xml"), site.address("feed.json"));
    let feed = Feed {
        title: &settings.title,
        description: &settings.description,
        language: "",
        home: &site.base,
        address: &atom_address,
        icon: "",
    };
    files.push(File { path: "feed.xml".to_owned(), content: atom::write(&feed, &entries, &LONG_AGO) });
    let feed = Feed { address: &json_address, ..feed };
    files.push(File { path: "feed.json".to_owned(), content: format!("{:#}\n", json_feed::write(&feed, &entries)) });
    if site.program().is_some() {
        files.push(list_for_app(site));
    }
    let pages = site.pages.iter().map(|page| sitemap::Page {
        url: site.address(&page.path()),
        changed: page.article.updated.or(page.article.published),
    });
    let lists = site.topics.iter().map(|topic| format!("tags/{}.html", topic.slug));
    let lists = std::iter::once("index.html".to_owned()).chain(lists);
    let lists = lists.map(|path| sitemap::Page { url: site.address(&path), changed: None });
    let pages: Vec<sitemap::Page> = lists.chain(pages).collect();
    files.push(File { path: "sitemap.xml".to_owned(), content: sitemap::write(&pages) });
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.address("sitemap.xml"));
    files.push(File { path: "robots.txt".to_owned(), content: robots });
}

/// The article with whole addresses, as it has to be where it is read elsewhere.
fn whole(site: &Website, page: &Page) -> Article {
    let mut article = page.article.clone();
    let address = site.address(&page.path());
    // What is relative by now is relative to the page, not to where the article says to be at home.
    if !article.url.is_empty() {
        article.url.clone_from(&address);
    }
    article.source.url = address;
    normalise(article, &mut Warnings::default())
}

/// The list that the app shows: every article, without its text.
fn list_for_app(site: &Website) -> File {
    let entries: Vec<Entry<'_>> = (site.pages.iter())
        .map(|page| Entry {
            article: &page.article,
            id: page.id(),
            url: format!("{VIEWER}?article={}", page.id()),
            updated: LONG_AGO,
            content: None,
            source: url::encode_path(page.source().strip_prefix("articles/").unwrap_or_default()),
        })
        .collect();
    let feed = Feed { title: &site.settings.title, description: &site.settings.description, ..Feed::default() };
    File { path: "articles/index.json".to_owned(), content: format!("{:#}\n", json_feed::write(&feed, &entries)) }
}

/// What a site has to know that shows this article within its own page (oembed.com).
pub(super) fn oembed(site: &Website, page: &Page, url: &str) -> String {
    let article = &page.article;
    let title = article.title.plain_text();
    // Sites that let no foreign frame in, and readers of feeds, show the quotation.
    let mut frame = String::from("<blockquote><a href=\"");
    escape_attribute(url, &mut frame);
    frame.push_str("\">");
    escape_text(&title, &mut frame);
    frame.push_str("</a></blockquote><iframe src=\"");
    escape_attribute(url, &mut frame);
    frame.push_str("\" title=\"");
    escape_attribute(&title, &mut frame);
    // WordPress takes an empty frame only.
    frame.push_str("\" width=\"600\" height=\"800\" loading=\"lazy\"></iframe>");
    let mut out = json!({
        "version": "1.0", "type": "rich", "title": title, "html": frame, "width": 600, "height": 800,
        "provider_name": site.settings.title, "provider_url": site.base, "cache_age": 3600,
    });
    if let Some(person) = people(article).first() {
        out["author_name"] = person.name.as_str().into();
    }
    let thumbnail =
        picture(article).and_then(|it| Some((url::resolve(it.src, url, Use::Media)?, it.width?, it.height?)));
    if let Some((src, width, height)) = thumbnail {
        out["thumbnail_url"] = src.into();
        out["thumbnail_width"] = width.into();
        out["thumbnail_height"] = height.into();
    }
    format!("{out:#}\n")
}
