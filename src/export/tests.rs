//! What the forms have in common, and what each of them must not let through.

use super::*;
use crate::article::normal::normalise;
use crate::json::{Value, json};
use crate::url::Use;
use crate::warning::Warnings;

fn article(envelope: &Value<'_>) -> Article {
    let read = Article::from_json(envelope.as_object().expect("an object"), &mut Warnings::default());
    normalise(read, &mut Warnings::default())
}

/// An article that says `text` wherever an article can say something.
fn saying(text: &str) -> Article {
    article(&json!({
        "title": text, "subtitle": text, "kicker": text, "description": text, "byline": "", "language": "en",
        "published": "2026-05-01", "tags": [text], "categories": [text], "copyright": text,
        "authors": [{"name": text, "affiliation": text, "bio": text, "url": text}],
        "site": {"name": text, "url": text}, "hero": {"src": "a.png", "alt": text, "caption": text},
        "license": text, "toc": {"title": text, "show": "always"},
        "body": [text, {"type": "section", "title": text, "children": [
            {"type": "image", "url": "b.png", "alt": text, "title": text}, {"type": "code", "value": text, "lang": text}]}],
    }))
}

fn entry(article: &Article) -> Entry<'_> {
    let content = crate::html::content(article, &crate::html::Options::default()).as_str().to_owned();
    Entry {
        article,
        id: "https://a.example/b".to_owned(),
        url: "https://a.example/b?c&d".to_owned(),
        updated: "2026-05-02".parse().expect("a date"),
        content: Some(content),
        source: "b.json".to_owned(),
    }
}

const FEED: Feed<'static> = Feed {
    title: "T & <T>",
    description: "",
    language: "en",
    home: "https://a.example/",
    address: "https://a.example/feed",
    icon: "",
};

const ATTACKS: &[&str] = &[
    "</script><script>alert(1)</script>",
    "\"}</script><img src=x onerror=alert(1)>",
    "\"><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "</style></title></template><script>alert(1)</script>",
    "<!--<script>",
    "' onload='alert(1)",
    "javascript:alert(1)",
];

#[test]
fn pages_let_nothing_out_of_its_place() {
    for attack in ATTACKS {
        let article = saying(attack);
        let frame = page::Frame { site: attack, home: "../", url: "https://a.example/b", ..page::Frame::default() };
        let item = page::Item {
            href: "b.html".to_owned(),
            title: (*attack).to_owned(),
            summary: (*attack).to_owned(),
            ..page::Item::default()
        };
        let list = page::List {
            title: attack,
            description: attack,
            items: &[item],
            topics: &[((*attack).to_owned(), "t".to_owned(), 1)],
            ..page::List::default()
        };
        for page in [page::article(&article, &frame), page::list(&list, &frame), page::message(attack, attack, &frame)]
        {
            let tags = page.to_lowercase();
            assert!(tags.matches("<script").count() <= 1 && !tags.contains("<img src=x"), "{attack}: {page}");
            assert!(!tags.contains("href=\"javascript"), "{attack}");
            assert_eq!(tags.matches("<style").count(), tags.matches("</style").count(), "{attack}");
        }
    }
}

#[test]
fn json_ld_in_a_page_is_json_and_says_the_same() {
    for attack in ATTACKS {
        let page =
            page::article(&saying(attack), &page::Frame { url: "https://a.example/b", ..page::Frame::default() });
        let json =
            page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
        let value: Value<'_> = crate::json::parse(json.expect("a script")).expect("it is JSON");
        assert_eq!(value["headline"], *attack);
        assert_eq!(value["image"][0], "https://a.example/a.png");
        assert_eq!(value["datePublished"], "2026-05-01");
        assert_eq!(value["author"][0]["name"], *attack);
    }
}

#[test]
fn previews_get_whole_addresses_only() {
    let with = |envelope: Value<'_>, url: &str| {
        page::article(&article(&envelope), &page::Frame { url, ..page::Frame::default() })
    };
    let page = with(
        json!({"title": "T", "url": "https://b.example/t", "hero": {"src": "h.png"}, "body": ["x"]}),
        "https://a.example/b.html",
    );
    assert!(page.contains("<link rel=\"canonical\" href=\"https://b.example/t\">"), "the article's own address");
    assert!(page.contains("property=\"og:image\" content=\"https://b.example/h.png\""), "{page}");
    let page = with(json!({"title": "T", "hero": {"src": "h.png"}, "body": ["x"]}), "");
    assert!(!page.contains("og:image") && !page.contains("og:url") && !page.contains("canonical"));
    let page = with(json!({"title": "T", "url": "javascript:alert(1)", "body": ["x"]}), "");
    assert!(!page.contains("javascript"));
}

#[test]
fn pages_without_a_program_have_no_buttons() {
    let page = page::article(
        &article(
            &json!({"title": "T", "body": [{"type": "code", "value": "x"}, {"type": "embed", "provider": "youtube",
            "url": "https://www.youtube.com/watch?v=abcdefghijk", "embedUrl": "https://www.youtube-nocookie.com/embed/abcdefghijk"}]}),
        ),
        &page::Frame::default(),
    );
    assert!(!page.contains("<button") && page.contains("Open on"), "{page}");
}

#[test]
fn feeds_say_what_readers_of_feeds_ask_for() {
    let article = saying("A & B");
    let atom = atom::write(&FEED, &[entry(&article)], &"2000-01-01".parse().expect("a date"));
    for part in [
        "<id>https://a.example/</id>",
        "<title>T &amp; &lt;T&gt;</title>",
        "<updated>2026-05-02T00:00:00Z</updated>",
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://a.example/feed\"/>",
        "<published>2026-05-01T00:00:00Z</published>",
        "<name>A &amp; B</name>",
        "<content type=\"html\" xml:base=\"https://a.example/b?c&amp;d\">",
    ] {
        assert!(atom.contains(part), "{part} in {atom}");
    }
    let entries = [entry(&article)];
    let json = json_feed::write(&FEED, &entries);
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    let item = &json["items"][0];
    assert_eq!(
        (&item["title"], &item["tags"][0], &item["_recto"]["src"]),
        (&"A & B".into(), &"A & B".into(), &"b.json".into())
    );
    assert_eq!(item["date_published"], "2026-05-01T00:00:00Z");
    assert!(item["content_html"].as_str().is_some_and(|html| !html.contains("<h1") && html.contains("A &amp; B")));
}

#[test]
fn our_own_app_reads_our_own_feed() {
    let article = saying("A");
    let mut entry = entry(&article);
    entry.url = "viewer.html?article=b".to_owned();
    let (title, list) = crate::site::read_feed(&json_feed::write(&FEED, &[entry]).to_string()).expect("a feed");
    assert_eq!((title.as_str(), list[0].slug.as_str(), list[0].src.as_str()), ("T & <T>", "b", "b.json"));
}

#[test]
fn sitemaps_escape_addresses() {
    let url = crate::url::resolve("https://ok.example/?a=1&b=<x>", "", Use::Link).expect("an address");
    let sitemap = sitemap::write(&[sitemap::Page { url, changed: Some("2026-05".parse().expect("a date")) }]);
    assert!(sitemap.contains("?a=1&amp;b=") && !sitemap.contains("<x>"), "{sitemap}");
    assert!(sitemap.contains("<lastmod>2026-05</lastmod>"));
}

#[test]
fn moments_are_whole() {
    for (date, expect) in [
        ("2026", "2026-01-01T00:00:00Z"),
        ("2026-05", "2026-05-01T00:00:00Z"),
        ("2026-05-03T10:20:00", "2026-05-03T10:20:00Z"),
        ("2026-05-03T10:20:00+02:00", "2026-05-03T10:20:00+02:00"),
    ] {
        assert_eq!(rfc_3339(&date.parse().expect("a date")), expect);
    }
}

#[test]
fn summaries_are_the_description_or_how_the_text_begins() {
    assert_eq!(summary(&article(&json!({"description": "D", "body": ["x"]}))), "D");
    assert_eq!(
        summary(&article(&json!({"body": ["One.", {"type": "section", "title": "S", "children": ["Two."]}]}))),
        "One. Two."
    );
    let long = summary(&article(&json!({"body": ["word ".repeat(100)]}))).into_owned();
    assert!(long.ends_with("word…") && long.chars().count() <= 281, "{long}");
}

#[test]
fn plain_text_reads_as_such() {
    let text = plain_text::write(&article(
        &json!({"title": "T", "published": "2026-05-01", "authors": [{"name": "A"}], "body": [
        {"type": "paragraph", "children": ["See ", {"type": "link", "url": "https://a.example/", "children": "this"}, {"type": "footnoteReference", "identifier": "n"}]},
        {"type": "section", "title": "S", "children": [{"type": "list", "ordered": true, "children": [{"type": "listItem", "children": ["a"]}]}]},
        {"type": "code", "value": "x\ny"}], "footnotes": {"n": "note"}}),
    ));
    assert_eq!(
        text,
        "T\n===\n\nA\n2026-05-01\n\nSee this <https://a.example/>[n]\n\nS\n---\n\n1. a\n\n    x\n    y\n\n[n] note\n"
    );
}

#[test]
fn days_are_worded_as_browsers_word_them() {
    let day = Date { year: 2026, month: Some(5), day: Some(1), time: None };
    for (language, expect) in [
        ("", "May 1, 2026"),
        ("en", "May 1, 2026"),
        ("en-US", "May 1, 2026"),
        ("en-GB", "1 May 2026"),
        ("EN-au", "1 May 2026"),
        ("de", "1. Mai 2026"),
        ("fa", "2026-05-01"),
    ] {
        assert_eq!(page::day_in_words(&day, language), expect, "{language}");
    }
    assert_eq!(page::day_in_words(&Date { day: None, ..day }, "en"), "May 2026");
}

#[test]
fn policies_name_the_site_and_its_styles() {
    for (url, expect) in [
        ("", "'self'"),
        ("https://a.example:8/b/", "'self' https://a.example:8"),
        ("https://a.example; script-src *", "'self'"),
        ("file:///a", "'self'"),
    ] {
        let policy = page::policy_of_site("style-src 'self'", "sha256-x", url);
        assert_eq!(policy, format!("style-src {expect} 'sha256-x'"), "{url}");
    }
}

#[test]
fn the_first_script_is_the_one_that_policies_allow() {
    use sha2::{Digest, Sha256};
    let hash = bundle::base64(&Sha256::digest(page::FIRST.trim_end()));
    assert_eq!(page::FIRST_HASH, format!("sha256-{hash}"));
}

#[test]
fn pages_that_a_script_completes_are_laid_out_from_their_first_screens_on() {
    let long = "word ".repeat(300);
    let section =
        |title: &str, children: Value<'static>| json!({"type": "section", "title": title, "children": children});
    let folded = json!({"type": "section", "title": "Folded", "collapsed": true, "children": [long.repeat(3)]});
    let article = article(&json!({"title": "T", "language": "en", "body": [
        section("One", json!([long.clone(), folded])),
        section("Two", json!([long.clone(), long.clone(), long.clone()])),
        section("Three", json!(["end", section("Four", json!(["end"]))])),
    ]}));
    let marked = |program| {
        let page = page::article(&article, &page::Frame { program, ..page::Frame::default() });
        // What is shown only when asked for does not fill a screen.
        let (_, rest) = page.split_once("recto-folded").expect("a section");
        rest.split("<section").filter(|section| section.contains(" data-later")).count()
    };
    assert_eq!(marked(page::Program::At { script: "a.js", article: "a.json" }), 2);
    assert_eq!(marked(page::Program::Absent), 0);
}
