//! A small website: what is in it, and where its links lead.

use super::*;
use crate::article::normal::normalise;
use crate::json::{Value, json};
use crate::warning::Warnings;

fn source(path: &str, envelope: &Value<'_>) -> Source {
    let read = Article::from_json(envelope.as_object().expect("an object"), &mut Warnings::default());
    Source { path: path.to_owned(), articles: vec![normalise(read, &mut Warnings::default())] }
}

fn link(url: &str) -> Value<'static> {
    json!({"type": "paragraph", "children": [{"type": "link", "url": url, "children": "link"}]})
}

fn website(sources: Vec<Source>, app: App) -> Website {
    Website::new(Settings::default(), "https://a.example/x/".to_owned(), app, sources)
}

fn find<'a>(files: &'a [File], path: &str) -> &'a str {
    let found = files.iter().find(|file| file.path == path);
    found.map_or_else(|| panic!("{path} is there"), |file| file.content.as_str())
}

#[test]
fn bases_are_whole_addresses_of_folders() {
    assert_eq!(base("https://a.example").as_deref(), Some("https://a.example/"));
    assert_eq!(base("HTTP://a.example/b/?c#d").as_deref(), Some("http://a.example/b/"));
    for wrong in ["", "a.example", "/b", "ftp://a.example", "javascript:alert(1)", "https://"] {
        assert_eq!(base(wrong), None, "{wrong}");
    }
}

#[test]
fn links_between_files_lead_to_pages() {
    let body: Vec<Value<'_>> =
        ["b.json#s", "2024/C.md", "../?article=b#s", "pictures/p.png", "https://b.example/", "../../up.json"]
            .into_iter()
            .map(link)
            .collect();
    let site = website(
        vec![
            source("a.json", &json!({"title": "A", "body": body})),
            source("b.json", &json!({"title": "B", "published": "2026", "body": ["b"]})),
            source("2024/C.md", &json!({"title": "C", "body": [link("../a.json")]})),
        ],
        App::Included("static-0.js".to_owned()),
    );
    let page = |slug: &str| site.pages().iter().find(|page| page.slug == slug).expect("a page");
    let files = site.article(page("a"));
    let html = find(&files, "articles/a.html");
    for href in ["b.html#s", "2024/c.html", "pictures/p.png", "https://b.example/", "../../up.json"] {
        assert!(html.contains(&format!("href=\"{href}\"")), "{href} in {html}");
    }
    let starts = "<script async src=\"../static-0.js\" data-article=\"a.json\" data-list=\"../index.html\"></script>";
    assert!(html.contains(starts) && html.contains("href=\"../index.html\""), "{html}");
    let for_app = find(&files, "articles/a.json");
    assert!(for_app.contains("\"b.html#s\"") && for_app.contains("\"2024/c.html\""), "{for_app}");
    let deep = site.article(page("c"));
    let deep = find(&deep, "articles/2024/c.html");
    assert!(deep.contains("href=\"../a.html\"") && deep.contains("<style>"), "{deep}");
    assert_eq!(site.pages()[0].slug, "b", "the newest is first");
}

#[test]
fn names_of_articles_lead_to_their_pages_from_anywhere() {
    let links = ["?article=b", "?article=b#s", "./?article=b", "../?article=b&x=1", "../viewer.html?article=b"];
    let site = website(
        vec![
            source("a.json", &json!({"title": "A", "body": links.map(link).to_vec()})),
            source("b.json", &json!({"title": "B", "body": ["b"]})),
            source("2024/c.json", &json!({"title": "C", "body": [link("?article=b"), link("x.html?article=b")]})),
        ],
        App::Absent,
    );
    let a = site.article(&site.pages()[0]);
    let a = find(&a, "articles/a.html");
    assert_eq!(a.matches("href=\"b.html\"").count(), 4, "{a}");
    assert!(a.contains("href=\"b.html#s\""), "{a}");
    let c = site.article(&site.pages()[2]);
    let c = find(&c, "articles/2024/c.html");
    assert!(c.contains("href=\"../b.html\"") && c.contains("href=\"x.html?article=b\""), "{c}");
}

#[test]
fn folders_may_have_any_name() {
    let odd = json!({"title": "A", "published": "2026", "body": [link("../50%2525%20off/b.json"), link("%23.png")]});
    let site = website(
        vec![source("C#/a.json", &odd), source("50%25 off/b.json", &json!({"title": "B", "body": ["b"]}))],
        App::Included("static-0.js".to_owned()),
    );
    let files = site.article(&site.pages()[0]);
    let page = find(&files, "articles/C#/a.html");
    for part in [
        "<link rel=\"canonical\" href=\"https://a.example/x/articles/C%23/a.html\">",
        "href=\"../50%2525%20off/b.html\"",
        "href=\"%23.png\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let others = site.others(&[]);
    assert!(find(&others, "index.html").contains("href=\"articles/50%2525%20off/b.html\""));
    assert!(find(&others, "articles/index.json").contains("\"C%23/a.json\""));
    for path in ["sitemap.xml", "feed.xml"] {
        assert!(find(&others, path).contains("https://a.example/x/articles/C%23/a.html"), "{path}");
    }
    assert!(find(&others, "feed.xml").contains("https://a.example/x/articles/C%23/%23.png"));
}

#[test]
fn links_reach_sections_of_other_pages_without_a_script() {
    let section = json!({"type": "section", "id": "part", "aliases": ["Old name"], "title": "Part", "children": ["b"]});
    let links = ["b.json#part", "b.json#Old%20name", "?article=b#recto-part", "b.json#gone", "b.json"];
    let site = website(
        vec![
            source("a.json", &json!({"title": "A", "published": "2026", "body": links.map(link).to_vec()})),
            source("b.json", &json!({"title": "B", "body": [section]})),
        ],
        App::Absent,
    );
    let files = site.article(&site.pages()[0]);
    let page = find(&files, "articles/a.html");
    assert_eq!(page.matches("href=\"b.html#recto-part\"").count(), 3, "{page}");
    assert!(page.contains("href=\"b.html#gone\"") && page.contains("href=\"b.html\""), "{page}");
    let target = site.article(&site.pages()[1]);
    assert!(find(&target, "articles/b.html").contains("id=\"recto-part\""));
    let feed = site.others(&[]);
    assert!(find(&feed, "feed.xml").contains("https://a.example/x/articles/b.html#recto-part"));
}

#[test]
fn the_newest_is_first_whatever_its_zone() {
    let dates = [("a.json", "2026-05-02T01:00:00Z"), ("b.json", "2026-05-01T23:30:00-11:00"), ("c.json", "2026-05-02")];
    let site = website(
        dates.map(|(path, date)| source(path, &json!({"title": "T", "published": date, "body": ["x"]}))).into(),
        App::Absent,
    );
    let slugs: Vec<&str> = site.pages().iter().map(|page| page.slug.as_str()).collect();
    assert_eq!(slugs, ["b", "a", "c"]);
    let feed = find(&site.others(&[]), "feed.xml").split("<entry").next().map(str::to_owned);
    assert!(feed.is_some_and(|feed| feed.contains("<updated>2026-05-01T23:30:00-11:00</updated>")));
}

#[test]
fn tags_have_pages_whatever_they_are_called() {
    let site = website(
        vec![
            source("a.json", &json!({"title": "A", "tags": ["C++", "../x"], "body": ["a"]})),
            source("b.json", &json!({"title": "B", "tags": ["c++", "C"], "body": ["b"]})),
        ],
        App::Absent,
    );
    let files = site.others(&[]);
    let names: Vec<&str> =
        files.iter().map(|file| file.path.as_str()).filter(|path| path.starts_with("tags/")).collect();
    assert_eq!(names, ["tags/c-2.html", "tags/x.html", "tags/c.html"]);
    assert!(find(&files, "tags/c-2.html").contains("href=\"../articles/b.html\""));
    assert!(find(&files, "index.html").contains("<a href=\"tags/c-2.html\">"));
    let page = site.article(&site.pages()[0]);
    assert!(find(&page, "articles/a.html").contains("<a href=\"../tags/c-2.html\">"), "tags lead to their pages");
    assert!(
        !page.iter().any(|file| file.path.ends_with("a.json") && !file.path.starts_with("oembed")),
        "without the app nobody needs its file"
    );
}

#[test]
fn names_of_files_collide_with_nothing() {
    let article = json!({"title": "T", "body": ["x"]});
    let site = website(
        ["index.json", "A.json", "a.html", "x/a.txt", "con.json", "..json"].map(|path| source(path, &article)).into(),
        App::Included("static-0.js".to_owned()),
    );
    let mut slugs: Vec<&str> = site.pages().iter().map(|page| page.slug.as_str()).collect();
    slugs.sort_unstable();
    assert_eq!(slugs, ["a", "a", "a-2", "a-con", "index-2", "untitled"]);
}

#[test]
fn articles_in_other_folders_change_no_address() {
    let article = json!({"title": "T", "body": [link("?article=review")]});
    let paths = ["2025/review.md", "2026/index.md", "2026/review.md", "a b/review.md", "ä b/review.md"];
    let site = website(paths.map(|path| source(path, &article)).into(), App::Included("static-0.js".to_owned()));
    let mut pages: Vec<String> = site.pages().iter().map(Page::path).collect();
    pages.sort_unstable();
    let expect = paths.map(|path| format!("articles/{}", path.replace(".md", ".html")));
    assert_eq!(pages, expect);
    let files: Vec<File> = site.pages().iter().flat_map(|page| site.article(page)).collect();
    let mut names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 3 * paths.len(), "each has its own files");
    assert!(find(&files, "articles/2026/review.html").contains("href=\"review.html\">link"));
    let (_, listed) = crate::site::read_feed(find(&site.others(&[]), "articles/index.json")).expect("a feed");
    let mut listed: Vec<(&str, &str)> = listed.iter().map(|item| (item.src.as_str(), item.slug.as_str())).collect();
    listed.sort_unstable();
    assert_eq!(listed[2..4], [("2026/index.json", "2026.index"), ("2026/review.json", "2026.review")]);
    let (first, last) = (listed[0], listed[4]);
    assert!(first.0 == "%C3%A4%20b/review.json" && last.0 == "a%20b/review.json" && first.1 != last.1, "{listed:?}");
}

#[test]
fn long_lists_have_pages() {
    let sources =
        (0..101).map(|number| source(&format!("{number}.json"), &json!({"title": "T", "tags": ["t"], "body": ["x"]})));
    let files = website(sources.collect(), App::Absent).others(&[]);
    assert_eq!(find(&files, "index.html").matches("class=\"r-list-entry").count(), 50);
    assert_eq!(find(&files, "page-3.html").matches("class=\"r-list-entry").count(), 1);
    assert!(
        find(&files, "page-2.html").contains("href=\"index.html\">Newer")
            && find(&files, "page-2.html").contains("href=\"page-3.html\">Older")
    );
    assert!(find(&files, "tags/t--2.html").contains("href=\"t--3.html\">Older"));
    assert_eq!(find(&files, "sitemap.xml").matches("<loc>").count(), 103);
    let feed: Value<'_> = crate::json::parse(find(&files, "feed.json")).expect("it is JSON");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(20));
}

#[test]
fn what_is_read_elsewhere_has_whole_addresses() {
    let envelope = json!({"title": "A & B", "hero": {"src": "h.png", "width": 10, "height": 5}, "authors": [{"name": "N", "url": "n.html"}],
        "body": [link("b.html"), {"type": "image", "url": "p.png"}]});
    let site = website(vec![source("2024/a.json", &envelope)], App::Absent);
    let files = site.others(&[]);
    for path in ["feed.xml", "feed.json"] {
        let feed = find(&files, path);
        for address in ["articles/2024/a.html", "articles/2024/p.png", "articles/2024/b.html"] {
            assert!(feed.contains(&format!("https://a.example/x/{address}")), "{address} in {feed}");
        }
    }
    assert!(find(&files, "robots.txt").contains("Sitemap: https://a.example/x/sitemap.xml\n"));
    assert!(find(&files, "404.html").contains("href=\"https://a.example/x/\""));
    let page = site.article(&site.pages()[0]);
    let oembed: Value<'_> = crate::json::parse(find(&page, "oembed/2024/a.json")).expect("it is JSON");
    assert_eq!(
        (&oembed["type"], &oembed["version"], &oembed["author_name"]),
        (&"rich".into(), &"1.0".into(), &"N".into())
    );
    assert_eq!(oembed["thumbnail_url"], "https://a.example/x/articles/2024/h.png");
    assert!(oembed["html"].as_str().is_some_and(|html| {
        html.starts_with("<blockquote><a href=\"https://a.example/x/articles/2024/a.html\">A &amp; B</a></blockquote>")
            && html.contains("<iframe src=\"https://a.example/x/articles/2024/a.html\" title=\"A &amp; B\"")
    }));
}

#[test]
fn hosts_are_told_where_the_site_is_and_what_never_changes() {
    let files = website(Vec::new(), App::Absent).others(&["recto-0123456789abcdef.js".to_owned()]);
    assert!(
        find(&files, "_headers")
            .contains("/recto-0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n")
    );
    assert!(find(&files, ".htaccess").contains("ErrorDocument 404 /x/404.html\n"));
    // Scripts that sites name in their pages keep their names; what is said of changing names comes after.
    let apache = find(&files, ".htaccess");
    let (anew, for_good) = (apache.find("|css|js)$\">"), apache.find("-[0-9a-f]{8,}"));
    assert!(anew.is_some() && anew < for_good, "{apache}");
    assert!(find(&files, "hosting/nginx.conf").contains("location \"/x/\" {"));
    assert!(find(&files, "hosting/Caddyfile").contains("a.example {"));
    assert_eq!(find(&files, ".nojekyll"), "");
    for path in ["_headers", ".htaccess", "hosting/nginx.conf", "hosting/Caddyfile"] {
        assert!(
            find(&files, path).contains("require-trusted-types-for 'script'; trusted-types recto; frame-ancestors *"),
            "{path}"
        );
    }
}

#[test]
fn nginx_is_told_paths_as_it_compares_them() {
    for (base, location, not_found) in [
        ("https://a.example/%C3%A4%20b/", "/ä b/", "/ä b/404.html"),
        ("https://a.example/a;%7Bb%7D/", "/a;{b}/", "/a;{b}/404.html"),
        ("https://a.example/$a/", "/", "/404.html"),
        ("https://a.example/%22;%0A/", "/", "/404.html"),
    ] {
        let site = Website::new(Settings::default(), base.to_owned(), App::Absent, Vec::new());
        let files = site.others(&[]);
        let settings = find(&files, "hosting/nginx.conf");
        assert!(settings.contains(&format!("  location \"{location}\" {{\n")), "{settings}");
        assert!(settings.contains(&format!("  error_page 404 \"{not_found}\";\n")), "{settings}");
    }
}

#[test]
fn the_policy_is_that_of_the_app() {
    let app = include_str!("../../../index.html");
    let policy = app.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let files = website(Vec::new(), App::Absent).others(&[]);
    let headers = find(&files, "_headers");
    for rule in policy.unwrap_or_default().split("; ") {
        let mut words = rule.split(' ');
        let start = format!("{} ", words.next().unwrap_or_default());
        let told = headers.split(&start).nth(1).and_then(|rest| rest.split([';', '\n']).next()).unwrap_or_default();
        assert!(words.all(|word| told.split(' ').any(|one| one == word)), "{rule}: {told}");
    }
    // The site is named, too: in some frames, 'self' is nobody.
    assert!(headers.contains("connect-src 'self' https://a.example https:"), "{headers}");
}

#[test]
fn nothing_in_an_article_reaches_the_settings_of_hosts() {
    let attack = "/* https://evil.example/ 301\n  X-Evil: 1";
    let settings = Settings { title: attack.to_owned(), description: attack.to_owned(), ..Settings::default() };
    let evil = source("a.json", &json!({"title": attack, "tags": [attack], "body": [attack]}));
    let site =
        Website::new(settings, "https://a.example/".to_owned(), App::Included("static-0.js".to_owned()), vec![evil]);
    for file in
        site.others(&[]).iter().filter(|file| file.path.starts_with(['.', '_']) || file.path.starts_with("hosting"))
    {
        assert!(!file.content.to_lowercase().contains("evil"), "{}", file.path);
    }
}
