//! Files of others -> articles: the right format, everything in them, and no panic whatever they hold.

use std::collections::BTreeMap;
use std::path::Path;

use crate::fixtures::{files, shared};
use crate::sound::check_round_trip;
use crate::trees;
use recto::article::{Article, Block, Direction, Footnotes, Kind, normal};
use recto::json::Value;
use recto::markup;
use recto::reader::{self, Format, Hint, ReadErrorKind, Reading, detect};
use recto::url::{self, Use};
use recto::warning::Warnings;

fn read(bytes: &[u8], name: &str) -> Result<Reading, reader::ReadError> {
    reader::read(bytes, &Hint { name, ..Hint::default() }, markup::parse::parse)
}

fn read_file(path: &Path) -> Result<Reading, reader::ReadError> {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have names in UTF-8");
    read(&std::fs::read(path).expect("a fixture can be read"), name)
}

fn json(path: &Path) -> Value<'static> {
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    recto::json::parse(&text).expect("a fixture is JSON").into_owned()
}

fn sections(article: &Article) -> Vec<String> {
    let title = |block: &Block| match &block.kind {
        Kind::Section(section) => Some(section.title.plain_text()),
        _ => None,
    };
    article.body.iter().filter_map(title).collect()
}

fn lead(article: &Article) -> usize {
    article.body.iter().take_while(|block| matches!(block.kind, Kind::Paragraph(_))).count()
}

const SECTIONS: [&str; 7] = [
    "A Longstanding U.S. Policy on Non-Proliferation",
    "The Context of U.S.-Pakistan Relations",
    "Pakistan’s Missile Program: A Brief Overview",
    "Regional Implications: The South Asian Arms Race",
    "International Concerns Over Proliferation",
    "The Future of U.S.-Pakistan Defense Relations",
    "Conclusion",
];

#[test]
fn the_first_article_reads_the_same_from_wordpress_and_from_text() {
    let Some(shared) = shared() else { return };
    for (name, format, title) in [
        (
            "pakistan-ballistic-missile-program.wordpress.json",
            Format::WordPress,
            "Pakistan’s Ballistic Missile Program",
        ),
        ("pakistan-ballistic-missile-program.txt", Format::PlainText, "Pakistan's Ballistic Missile Program"),
    ] {
        let reading = read_file(&shared.join("data").join(name)).expect("an article");
        let [article] = reading.articles.as_slice() else { panic!("one article") };
        assert_eq!((reading.format, article.title.plain_text().as_str()), (format, title));
        let published = article.published.expect("a date").to_string();
        assert!(published.starts_with("2024-10-16"), "{published}");
        assert_eq!((lead(article), sections(article)), (2, SECTIONS.map(str::to_owned).to_vec()), "{name}");
        for warning in &reading.warnings {
            assert!(warning.message.contains("Leave a Reply"), "{warning:?}");
        }
        assert_eq!(reading.warnings.len(), usize::from(format == Format::PlainText));
    }
}

#[test]
fn posts_of_wordpress_are_read() {
    let mut posts = 0;
    for path in files("wordpress-rest", ".json") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        match read_file(&path) {
            Ok(reading) => {
                assert_eq!(reading.format, Format::WordPress, "{name}");
                posts += reading.articles.len();
                for article in &reading.articles {
                    assert!(!article.title.is_empty(), "{name} has a title");
                    assert!(!article.title.plain_text().contains("&#"), "{name}: entities are decoded");
                    assert!(article.published.is_some(), "{name} has a date");
                    assert!(!article.body.is_empty(), "{name} has a text");
                    assert!(article.comments.endpoint.ends_with("/wp/v2/comments"), "{}", article.comments.endpoint);
                    assert!(article.extra.0["x-wordpress"]["post"].is_number(), "{name} knows its number");
                }
            }
            Err(error) => assert!(matches!(error.kind(), ReadErrorKind::UnknownShape { .. }), "{name}: {error}"),
        }
    }
    assert!(posts == 0 || posts >= 10, "{posts} posts");
}

#[test]
fn lists_of_wordpress_carry_what_is_embedded() {
    let Some(path) = files("wordpress-rest", "posts-from-category-7-page-2.json").pop() else { return };
    let reading = read_file(&path).expect("posts");
    assert_eq!(reading.articles.len(), 5);
    let post = reading.articles.iter().find(|post| post.title.plain_text() == "Machu Picchu").expect("a post");
    assert_eq!(post.authors[0].name, "Luis Herranz");
    assert_eq!(post.authors[0].avatar, "", "pictures of authors are a third party's");
    assert!(post.hero.is_some());
    assert!(post.categories.len() > 1 && post.tags.len() > 1);
    assert!(!post.comments.items.is_empty());
    assert_eq!(post.url, "https://demo.worona.org/machu-picchu/");
}

#[test]
fn at_most_one_format_matches_any_file() {
    for path in files("", ".json") {
        let text = std::fs::read(&path).expect("a fixture can be read");
        let text = String::from_utf8_lossy(&text);
        let Ok(value) = recto::json::parse(&text) else { continue };
        let formats = detect::formats_of(&value);
        assert!(formats.len() <= 1, "{}: {formats:?}", path.display());
        let name = path.to_string_lossy();
        let own = FORMATS.iter().find(|(folder, _)| name.contains(&format!("/{folder}/"))).map(|(_, format)| *format);
        let is_known = |format: &Format| own == Some(*format) || trees::are_in(&path, *format);
        if name.ends_with("myst.tests.json") {
            assert_eq!(formats, [], "{name}");
        } else {
            assert!(formats.iter().all(is_known), "{name}: {formats:?}");
        }
    }
}

/// What the files in a folder are, except for those that are no articles.
const FORMATS: &[(&str, Format)] = &[
    ("mdast", Format::Native),
    ("wordpress-rest", Format::WordPress),
    ("jsonfeed", Format::JsonFeed),
    ("ghost", Format::Ghost),
    ("jsonld", Format::JsonLd),
    ("discourse", Format::Discourse),
    ("wikipedia", Format::Wikipedia),
    ("ninjs", Format::Ninjs),
    ("elife", Format::ELife),
    ("mic-article-json", Format::Mic),
    ("hast", Format::Hast),
    ("pandoc", Format::Pandoc),
];

#[test]
fn every_fixture_is_read_without_panic_and_round_trips() {
    for path in files("", "") {
        if path.to_string_lossy().contains("/xss/") {
            continue;
        }
        let Ok(reading) = read_file(&path) else { continue };
        println!("{}", path.display());
        for article in &reading.articles {
            check_round_trip(article, &path.display().to_string());
        }
    }
}

#[test]
fn attacks_in_json_are_survived() {
    for path in files("xss", "json-attacks.json") {
        for attack in json(&path).as_array().expect("a list") {
            let raw = attack["raw"].as_str().unwrap_or_default();
            for name in ["a.json", ""] {
                if let Ok(reading) = read(raw.as_bytes(), name) {
                    reading.articles.iter().for_each(|article| check_round_trip(article, &attack["title"].to_string()));
                }
            }
        }
    }
}

#[test]
fn addresses_get_the_verdict_that_browsers_give() {
    const BASE: &str = "https://host.example/folder/page";
    for path in files("xss", "url-schemes.json") {
        for case in json(&path).as_array().expect("a list") {
            let (payload, verdict) = (case["payload"].as_str().expect("text"), case["verdict"].as_str().expect("text"));
            for usage in [Use::Link, Use::Image, Use::Media] {
                for base in [BASE, ""] {
                    check_address(payload, base, usage, verdict);
                }
            }
        }
    }
}

#[track_caller]
fn check_address(payload: &str, base: &str, usage: Use, verdict: &str) {
    let resolved = url::resolve(payload, base, usage);
    let what = format!("{payload:?} against {base:?} gives {resolved:?}");
    let scheme = resolved.as_deref().map(|url| url.split([':', '/', '?', '#']).next().unwrap_or_default());
    match verdict {
        "reject" => assert_eq!(resolved, None, "{what}"),
        "allow-link" if usage == Use::Link => assert!(resolved.is_some(), "{what}"),
        "allow-link-if-tel-supported" if usage == Use::Link => assert_eq!(scheme, Some("tel"), "{what}"),
        _ => {}
    }
    if let Some(url) = &resolved {
        let is_relative =
            base.is_empty() && !url.contains("://") && !url.starts_with("mailto:") && !url.starts_with("tel:");
        let first = url.split(['/', '?', '#']).next().unwrap_or_default();
        assert!(!is_relative || !first.contains(':') || first == ".", "{what}: reads as a scheme");
        assert!(is_relative || matches!(scheme, Some("http" | "https" | "mailto" | "tel")), "{what}");
        assert!(!url.contains(|letter: char| letter.is_control() || letter == ' ' || letter == '"'), "{what}");
        assert!(!url::host(url).contains('@'), "{what}");
        assert_eq!(url::resolve(url, base, usage).as_ref(), Some(url), "{what}: not stable");
    }
}

#[test]
fn spoofed_titles_and_names_are_disarmed() {
    for path in files("xss", "text-spoofing.json") {
        for case in json(&path).as_array().expect("a list") {
            let payload = case["payload"].as_str().expect("text");
            let text = recto::json::json!({
                "articleJson": "1.0", "title": payload, "authors": [{"name": payload}], "tags": [payload], "body": payload,
            });
            let reading = read(text.to_string().as_bytes(), "a.json").expect("an article");
            let article = &reading.articles[0];
            let name = article.authors.first().map_or("", |author| author.name.as_str());
            for field in [article.title.plain_text().as_str(), name] {
                let reorders = |letter: char| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
                assert!(!field.contains(reorders), "{payload:?}");
                assert!(!field.contains(|letter: char| letter.is_control() || letter == '\u{FEFF}'), "{payload:?}");
            }
            check_round_trip(article, payload);
        }
    }
}

/// The words of an article, with how often each stands there: all text but addresses, names and numbers.
fn words(value: &Value<'_>, counts: &mut BTreeMap<String, i32>, step: i32) {
    const NOT_WORDS: &[&str] = &[
        "id",
        "aliases",
        "type",
        "url",
        "src",
        "srcset",
        "sizes",
        "identifier",
        "embedUrl",
        "thumbnail",
        "provider",
        "lang",
        "dir",
        "layout",
        "datetime",
        "cite",
        "scope",
        "link",
        "poster",
        "mathml",
        "class",
        "style",
        "aspect",
        "mime",
        "kind",
    ];
    match value {
        Value::String(text) => {
            for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
                *counts.entry(word.to_owned()).or_default() += step;
            }
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, counts, step)),
        Value::Object(members) => {
            let texts = members.iter().filter(|(key, _)| !NOT_WORDS.contains(key));
            texts.for_each(|(_, value)| words(value, counts, step));
        }
        _ => {}
    }
}

#[test]
fn the_normal_form_loses_no_word() {
    for folder in ["readability", "wordpress-blocks", "feed-html"] {
        for path in files(folder, ".html") {
            let html = std::fs::read_to_string(&path).expect("a fixture can be read");
            let fragment = markup::blocks(&html, markup::parse::parse, &mut Warnings::default());
            let article =
                Article { body: fragment.blocks, footnotes: Footnotes(fragment.footnotes), ..Article::default() };
            let mut counts = BTreeMap::new();
            words(&Value::Object(article.to_json()), &mut counts, 1);
            let mut warnings = Warnings::default();
            words(&Value::Object(normal::normalise(article, &mut warnings).to_json()), &mut counts, -1);
            counts.retain(|_, count| *count > 0);
            let reported: String = warnings.into_list().into_iter().map(|warning| warning.message).collect();
            counts.retain(|word, _| !reported.contains(word.as_str()));
            assert!(counts.is_empty(), "{} lost {counts:?}", path.display());
        }
    }
}

#[track_caller]
fn post(members: &Value<'_>) -> Result<Article, reader::ReadError> {
    let mut post = recto::json::json!({"id": 7, "title": {"rendered": "T"}, "content": {"rendered": "<p>x</p>"}});
    let post_members = post.as_object_mut().expect("an object");
    post_members.extend(members.as_object().expect("an object").clone());
    read(post.to_string().as_bytes(), "7.json").map(|mut reading| reading.articles.remove(0))
}

#[test]
fn titles_of_posts_are_decoded() {
    let article = post(
        &recto::json::json!({"title": {"rendered": "Q&amp;A: <em>caf&eacute;</em> &#8217;n&#8217; <a href=/x>tea</a>"}}),
    );
    assert_eq!(
        article.expect("a post").to_json()["title"],
        recto::json::json!([
            "Q&A: ", {"type": "emphasis", "children": "café"}, " ’n’ tea"
        ])
    );
}

#[test]
fn dates_of_posts_carry_the_offset_of_their_site() {
    let date = |local: &str, utc: &str| {
        let article = post(&recto::json::json!({"date": local, "date_gmt": utc})).expect("a post");
        article.published.map(|date| date.to_string()).unwrap_or_default()
    };
    assert_eq!(date("2024-10-16T00:30:00", "2024-10-15T19:30:00"), "2024-10-16T00:30:00+05:00");
    assert_eq!(date("2024-10-15T19:30:00", "2024-10-16T00:30:00"), "2024-10-15T19:30:00-05:00");
    assert_eq!(date("2024-10-16T00:30:00", ""), "2024-10-16T00:30:00");
    assert_eq!(date("0000-00-00T00:00:00", "2024-10-16T00:30:00"), "2024-10-16T00:30:00Z");
}

#[test]
fn protected_posts_say_so() {
    let content = recto::json::json!({"rendered": "", "protected": true});
    let members = recto::json::json!({"title": {"rendered": "Protected: Secrets"}, "content": content});
    let error = post(&members).expect_err("nothing to show");
    assert_eq!(error.to_string(), "the post “Secrets” is protected by a password");
    let list = format!(
        r#"[{{"title": {{"rendered": "A"}}, "content": {{"rendered": "<p>a</p>"}}}},
            {{"title": {{"rendered": "B"}}, "content": {content}}}]"#
    );
    let reading = read(list.as_bytes(), "posts.json").expect("one of two");
    assert_eq!((reading.articles.len(), reading.warnings[0].path.as_str()), (1, "/1"));
}

#[test]
fn the_route_of_comments_is_beside_that_of_the_post() {
    let route = |links: Value<'_>| {
        let members = recto::json::json!({"link": "https://site.example/blog/a/", "_links": links});
        post(&members).expect("a post").comments.endpoint
    };
    let replies = |href: &str| recto::json::json!({"replies": [{"href": href}]});
    let default = "https://site.example/wp-json/wp/v2/comments";
    assert_eq!(route(recto::json::json!({})), default);
    assert_eq!(
        route(replies("https://site.example/blog/wp-json/wp/v2/comments?post=7")),
        "https://site.example/blog/wp-json/wp/v2/comments"
    );
    assert_eq!(
        route(replies("https://site.example/index.php?rest_route=%2Fwp%2Fv2%2Fcomments&post=7")),
        "https://site.example/index.php?rest_route=%2Fwp%2Fv2%2Fcomments"
    );
}

#[test]
fn html_in_article_json_becomes_blocks() {
    let text = recto::json::json!({"articleJson": "1.0", "title": "T", "body": [
        {"type": "html", "value": "<div><h2>A</h2>"},
        {"type": "paragraph", "children": [
            "H", {"type": "html", "value": "<sub>"}, "2", {"type": "html", "value": "</sub>"}, "O ",
            {"type": "html", "value": "<em>"}, {"type": "strong", "children": "very"}, {"type": "html", "value": "</em>"},
        ]},
        {"type": "html", "value": "<p onclick=x>b<script>x</script></p></div>"},
    ]});
    let reading = read(text.to_string().as_bytes(), "a.json").expect("an article");
    assert_eq!(
        reading.articles[0].to_json()["body"],
        recto::json::json!([
            {"type": "section", "id": "a", "title": "A", "children": [
                {"type": "paragraph", "children": [
                    "H", {"type": "subscript", "children": "2"}, "O ",
                    {"type": "emphasis", "children": [{"type": "strong", "children": "very"}]},
                ]},
                {"type": "paragraph", "children": "b"},
            ]},
        ])
    );
}

#[test]
fn bombs_are_read_in_seconds() {
    const MANY: usize = 10_000;
    let headings =
        r#"{"type": "heading", "depth": 2, "children": "T"}, {"type": "paragraph", "id": "p", "children": "x"},"#;
    let note = |number: usize| {
        format!(
            r#"{{"type": "paragraph", "children": {{"type": "footnoteReference", "identifier": "{number}"}}}},
               {{"type": "footnoteDefinition", "identifier": "{number}", "children": "n"}},"#
        )
    };
    let nested = |open: &str, close: &str| format!("{}x{}", open.repeat(240), close.repeat(240));
    let bombs = [
        format!(r#"{{"articleJson": "1.0", "title": "T", "body": [{}""]}}"#, headings.repeat(MANY)),
        format!(
            r#"{{"articleJson": "1.0", "title": "T", "body": [{}""]}}"#,
            (0..MANY).rev().map(note).collect::<String>()
        ),
        nested("<blockquote><div>", "</div></blockquote>"),
        nested("<ul><li>", "</li></ul>"),
        format!("<p>{}", nested("<b><i class=a>", "</i></b>")),
    ];
    for bomb in bombs {
        let reading = read(bomb.as_bytes(), "").expect("an article");
        assert!(!reading.articles[0].body.is_empty());
    }
}

#[test]
fn unknown_objects_are_guessed_at() {
    let text = recto::json::json!({"data": {"article": {
        "headline": "T &amp; U", "author": {"name": "A"}, "datePublished": "October 16, 2024",
        "content": "<p>one</p><p>two</p>", "tags": "x, y", "image": "/a.png", "url": "https://site.example/t",
    }}});
    let reading = read(text.to_string().as_bytes(), "a.json").expect("an article");
    let article = &reading.articles[0];
    assert_eq!(
        (reading.format, article.title.plain_text().as_str(), article.body.len()),
        (Format::Generic, "T & U", 2)
    );
    assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2024-10-16"));
    assert_eq!((article.authors[0].name.as_str(), article.tags.len()), ("A", 2));
    assert_eq!(article.hero.as_ref().map(|hero| hero.src.as_str()), Some("https://site.example/a.png"));
    assert!(reading.warnings[0].message.starts_with("the format was guessed"));
}

#[test]
fn html_pages_are_read_with_what_their_head_says() {
    let html = "<!doctype html><html lang=ar><head><title>T - Site</title><meta property=og:site_name content=Site>\
        <meta name=author content='By A B and C D'></head><body><article><h1>T</h1><p>text</p></article></body></html>";
    let reading = read(html.as_bytes(), "page.html").expect("an article");
    let article = &reading.articles[0];
    assert_eq!(
        (reading.format, article.title.plain_text().as_str(), article.language.as_str()),
        (Format::Html, "T", "ar")
    );
    assert_eq!(article.direction, Direction::RightToLeft);
    assert_eq!(article.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["A B", "C D"]);
    assert_eq!(article.body.len(), 1);
    assert!(read(b"<!doctype html><div id=app></div>", "").is_err());
}
