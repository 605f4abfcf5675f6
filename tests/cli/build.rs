//! `recto build`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::workshop::{Workshop, samples};

const BASE: &str = "https://example.org/a/b/c/";

/// A folder with the samples, built without the app.
fn built(name: &str) -> Workshop {
    let shop = Workshop::new(name);
    copy(&samples(), &shop.path("articles"));
    shop.recto(&["build", "--articles", "articles", "--base", BASE, "-o", "site", "--no-app"]).ok();
    shop
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}

/// The paths of all files in the website, with `/`.
fn files(shop: &Workshop, folder: &str) -> BTreeSet<String> {
    let root = shop.path(folder);
    let mut found = BTreeSet::new();
    let mut pending = vec![root.clone()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                pending.push(entry.path());
            } else {
                let path = entry.path();
                found.insert(path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

/// Values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Where a relative address leads from a file, if it is one.
fn target(from: &str, address: &str) -> Option<String> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = recto::url::decode_fragment(path);
    let is_elsewhere = path.contains("://") || path.starts_with("mailto:") || path.starts_with("data:");
    if is_elsewhere || path.is_empty() {
        return None;
    }
    assert!(!path.starts_with('/'), "{from}: {address} only works at the root of a host");
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{from}: {address} leaves the website"),
            name => parts.push(name),
        }
    }
    Some(if path.ends_with('/') || parts.is_empty() {
        [parts.join("/").as_str(), "index.html"].join("/")
    } else {
        parts.join("/")
    })
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let shop = Workshop::new("build-drafts");
    shop.write("in/mills.md", "---\ntitle: Mills\n---\n\nText.");
    shop.write("in/ebb.md", "+++\ntitle = 'Ebb'\ndraft = true\n+++\n\nText.");
    shop.write("in/flood.md", "---\ntitle: Flood\npublished: false\n---\n\nText.");
    shop.write("in/tide.json", "{\"articleJson\": \"1.0\", \"title\": \"Tide\", \"draft\": true, \"body\": \"Text.\"}");
    shop.write(
        "in/spring.json",
        "{\"title\": {\"rendered\": \"Spring\"}, \"status\": \"draft\", \"content\": {\"rendered\": \"<p>Text.</p>\"}}",
    );
    let drafts = ["ebb", "flood", "tide", "spring"];
    let build = ["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"];
    shop.recto(&[&build[..], &["--drafts"]].concat()).ok();
    assert!(drafts.iter().all(|name| shop.has(&format!("site/articles/{name}.html"))));
    let answer = shop.recto(&build).ok();
    assert!(answer.out.starts_with("built 1 articles"), "{}", answer.out);
    assert!(answer.err.contains("ebb.md: the draft “Ebb” is left out; --drafts publishes it"), "{}", answer.err);
    assert_eq!(answer.err.lines().count(), drafts.len());
    for path in files(&shop, "site") {
        assert!(!drafts.iter().any(|name| path.contains(name)), "{path} is there");
        let text = shop.read(&format!("site/{path}"));
        assert!(!drafts.iter().any(|name| text.contains(&format!("articles/{name}."))), "{path} names a draft");
    }
    let check = shop.recto(&["check", "--strict", "in/ebb.md"]).ok();
    assert!(check.out.contains("in/ebb.md: note: “Ebb” is a draft: `recto build` leaves it out"), "{}", check.out);
    let article: Value = serde_json::from_str(&shop.recto(&["convert", "in/ebb.md"]).ok().out).expect("it is JSON");
    assert_eq!(article["draft"], true);
    assert!(shop.recto(&["convert", "in/tide.json", "--to", "markdown"]).ok().out.contains("\ndraft: true\n"));
}

#[test]
fn without_the_settings_asked_for_nothing_is_built() {
    let shop = Workshop::new("build-settings");
    shop.write("in/mills.md", "# Mills");
    let build = |settings: &str| {
        shop.write("my.json", settings);
        shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--site", "my.json", "--no-app"])
    };
    for (settings, expect) in [
        ("{\n  \"title\": oops}", "my.json: not valid JSON at line 2, column 12: "),
        ("[]", "my.json: expected an object of settings\n"),
        ("", "my.json: not valid JSON at line 1, column 1: "),
    ] {
        let answer = build(settings);
        assert!(answer.code == 1 && answer.err.contains(expect) && !shop.has("site"), "{}", answer.err);
    }
    let answer = build("{\n\"title\": \"M\",\n\"theme\": \"pink\"}").ok();
    assert!(answer.err.starts_with("warning: my.json:3:10: expected one of `auto`"), "{}", answer.err);
    assert!(answer.err.contains(" at /theme\n"), "{}", answer.err);
}

#[test]
fn a_website_is_complete_and_every_link_leads_somewhere() {
    let shop = built("build-links");
    let files = files(&shop, "site");
    for name in [
        "index.html",
        "404.html",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "_headers",
        ".nojekyll",
        ".htaccess",
        "hosting/nginx.conf",
        "hosting/Caddyfile",
        "articles/tour.html",
        "oembed/tour.json",
        "articles/images/bridge-arch.svg",
    ] {
        assert!(files.contains(name), "{name} is there");
    }
    assert!(!files.contains("articles/index.json") && !files.contains("viewer.html"), "there is no app to need them");
    let mut checked = 0;
    for name in files.iter().filter(|name| name.ends_with(".html")) {
        let page = shop.read(&format!("site/{name}"));
        for attribute in ["href", "src", "poster"] {
            for address in values(&page, attribute) {
                let address = address.replace("&amp;", "&");
                if let Some(target) = target(name, &address) {
                    let target = target.trim_start_matches('/').to_owned();
                    assert!(files.contains(&target), "{name}: {address} leads to {target}, which is not there");
                    if let Some((_, fragment)) = address.split_once('#') {
                        let there = shop.read(&format!("site/{target}"));
                        assert!(there.contains(&format!("id=\"{fragment}\"")), "{name}: {address} leads to no section");
                    }
                    checked += 1;
                }
            }
        }
        // Where fragments lead is in the page.
        let ids: BTreeSet<&str> = values(&page, "id").into_iter().collect();
        for fragment in values(&page, "href").into_iter().filter_map(|address| address.strip_prefix('#')) {
            assert!(ids.contains(fragment), "{name}: nothing is called {fragment}");
        }
        assert!(!page.contains("<button") && !page.contains(" style=\""), "{name} needs no script and no inner style");
    }
    assert!(checked > 150, "only {checked} links");
}

#[test]
fn pages_say_what_they_are() {
    let shop = built("build-meta");
    let page = shop.read("site/articles/tour.html");
    for part in [
        "<title>A Tour of Every Block · example.org</title>",
        "<link rel=\"canonical\" href=\"https://example.org/a/b/c/articles/tour.html\">",
        "<meta property=\"og:image\" content=\"https://example.org/a/b/c/articles/images/bridge-evening.svg\">",
        "<meta name=\"citation_title\" content=\"A Tour of Every Block\">",
        "type=\"application/json+oembed\"",
        "type=\"application/atom+xml\"",
        "href=\"../index.html\"",
        "<html class=\"recto\" lang=\"en\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(shop.read("site/articles/rtl-sample.html").contains("lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn feeds_and_sitemap_are_well_formed() {
    let shop = built("build-feeds");
    let feed: Value = serde_json::from_str(&shop.read("site/feed.json")).expect("it is JSON");
    assert_eq!(
        (&feed["version"], &feed["feed_url"]),
        (&"https://jsonfeed.org/version/1.1".into(), &format!("{BASE}feed.json").into())
    );
    for item in feed["items"].as_array().expect("items") {
        assert!(item["id"].as_str().is_some_and(|id| id.starts_with(BASE)), "{item}");
        let content = item["content_html"].as_str().expect("a content");
        for address in values(content, "src").into_iter().chain(values(content, "href")) {
            assert!(address.starts_with('#') || address.contains(':'), "{address} is whole");
        }
        assert!(!content.contains("<button") && !content.contains("<script"));
    }
    let Ok(found) = Command::new("xmllint").arg("--version").output() else {
        return println!("skipped: there is no xmllint");
    };
    assert!(found.status.success());
    for name in ["feed.xml", "sitemap.xml"] {
        let checked = Command::new("xmllint")
            .args(["--noout", "--nonet"])
            .arg(shop.path("site").join(name))
            .output()
            .expect("it ran");
        assert!(checked.status.success(), "{name}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[test]
fn hostile_articles_leave_well_formed_files() {
    let shop = Workshop::new("build-hostile");
    let attack = "]]>\\u0000\\u000b\\uffff</script><script>alert(1)</script>\\ud800&amp;\\\"'";
    shop.write("in/../in/a.json", &format!(r#"{{"articleJson": "1.0", "title": "{attack}", "description": "{attack}", "tags": ["{attack}", ".."], "authors": [{{"name": "{attack}", "url": "javascript:alert(1)"}}], "published": "2026", "body": ["{attack}"]}}"#));
    shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]).ok();
    let page = shop.read("site/articles/a.html");
    // What the page is, for search engines, and the script that tells its height where others show it.
    let ours = page.matches("<script type=\"application/ld+json\">").count()
        + page.matches("<script defer src=\"../frame-").count();
    assert!(page.matches("<script").count() == 2 && ours == 2 && !page.contains("javascript:"), "{page}");
    if Command::new("xmllint").arg("--version").output().is_ok() {
        for name in ["feed.xml", "sitemap.xml"] {
            let checked = Command::new("xmllint")
                .args(["--noout", "--nonet"])
                .arg(shop.path("site").join(name))
                .output()
                .expect("it ran");
            assert!(checked.status.success(), "{name}: {}", String::from_utf8_lossy(&checked.stderr));
        }
    }
}

#[test]
fn only_what_changed_is_written_and_what_is_gone_is_removed() {
    let shop = Workshop::new("build-again");
    let article = |title: &str| format!(r#"{{"articleJson": "1.0", "title": "{title}", "body": "x"}}"#);
    shop.write("in/a.json", &article("A"));
    shop.write("in/b.json", &article("B"));
    shop.write("in/pictures/p.svg", "<svg/>");
    let build = || shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]).ok().out;
    let first = build();
    assert!(first.starts_with("built 2 articles: ") && first.ends_with(", 0 unchanged, 0 removed\n"), "{first}");
    let again = build();
    assert!(again.starts_with("built 2 articles: 0 files written, ") && again.ends_with(", 0 removed\n"), "{again}");
    shop.write("in/a.json", &article("A, changed"));
    let changed = build();
    // Page, embedding, list and both feeds.
    assert!(changed.starts_with("built 2 articles: 5 files written, "), "{changed}");
    shop.write("site/CNAME", "of somebody else");
    fs::remove_file(shop.path("in/b.json")).expect("it was there");
    fs::remove_file(shop.path("in/pictures/p.svg")).expect("it was there");
    let removed = build();
    assert!(removed.ends_with(", 3 removed\n"), "{removed}");
    assert!(!shop.has("site/articles/b.html") && !shop.has("site/articles/pictures") && shop.has("site/CNAME"));
    fs::remove_file(shop.path("site/index.html")).expect("it was there");
    assert!(build().starts_with("built 1 articles: 1 files written, "), "what is missing is written again");
}

#[test]
fn the_app_comes_along_and_finds_its_articles() {
    let shop = Workshop::new("build-app");
    shop.write("in/2024/mills.html", "<title>Mills</title><h1>Mills</h1><p>Text of a mill.</p>");
    shop.write("dist/index.html", "the app");
    shop.write("dist/recto-0123456789abcdef.css", "css");
    shop.write("dist/static-0123456789abcdef.js", "starts it");
    shop.write("dist/recto.json", "{\"title\": \"Sample\"}");
    shop.write("dist/articles/sample.json", "{}");
    shop.write("my.json", "{\"title\": \"Mine\", \"theme\": \"sepia\"}");
    shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--site", "my.json"]).ok();
    assert_eq!(shop.read("site/viewer.html"), "the app");
    assert!(!shop.has("site/articles/sample.json"));
    let settings: Value = serde_json::from_str(&shop.read("site/recto.json")).expect("it is JSON");
    assert_eq!(settings, serde_json::json!({"title": "Mine", "theme": "sepia", "articles": "articles/index.json"}));
    let page = shop.read("site/articles/2024/mills.html");
    assert!(
        page.contains(
            "src=\"../../static-0123456789abcdef.js\" data-article=\"mills.json\" data-list=\"../../index.html\"",
        ) && page.contains("data-theme=\"sepia\""),
        "{page}"
    );
    assert!(shop.read("site/index.html").contains("<script>try{const theme"));
    let list = shop.read("site/articles/index.json");
    let (_, listed) = recto::site::read_feed(&list).expect("a feed");
    assert_eq!((listed[0].slug.as_str(), listed[0].src.as_str()), ("2024.mills", "2024/mills.json"));
    let source = shop.read("site/articles/2024/mills.json");
    assert!(source.contains("\"articleJson\":\"1.0\""), "{source}");
    assert!(
        shop.read("site/_headers")
            .contains("/recto-0123456789abcdef.css\n  Cache-Control: public, max-age=31536000, immutable")
    );

    // A site without a title is called by its host, in the pages and in the app.
    shop.recto(&["build", "--articles", "in", "--base", "https://mills.example/", "-o", "untitled"]).ok();
    let settings: Value = serde_json::from_str(&shop.read("untitled/recto.json")).expect("it is JSON");
    assert_eq!(settings["title"], "mills.example");
    let page = shop.read("untitled/articles/2024/mills.html");
    assert!(page.contains("<bdi>mills.example</bdi></a></header>"), "{page}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_built() {
    let shop = Workshop::new("build-unreadable");
    shop.write("in/a.json", r#"{"articleJson": "1.0", "title": "A", "body": "x"}"#);
    shop.write("in/bad.json", "{");
    let answer = shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.err.contains("bad.json: not valid JSON at line 1") && shop.has("site/articles/a.html"),
        "{}",
        answer.err
    );
}

#[test]
fn files_of_others_are_safe() {
    let shop = Workshop::new("build-safe");
    shop.write("in/a.txt", "Text.");
    shop.write("mine/index.html", "mine");
    let build = |articles: &str, output: &str| {
        shop.recto(&["build", "--articles", articles, "--base", BASE, "-o", output, "--no-app"])
    };
    assert_eq!(build("in", "mine").code, 1);
    assert_eq!(build("in", "in/site").code, 1);
    assert_eq!(build("in", ".").code, 1);
    assert_eq!(shop.read("mine/index.html"), "mine");
    let wrong = shop.recto(&["build", "--articles", "in", "--base", "example.org", "-o", "site"]);
    assert!(wrong.code == 2 && wrong.err.contains("expected a whole address"), "{}", wrong.err);
}

#[test]
fn a_killed_build_goes_on_the_next_time() {
    let shop = Workshop::new("build-killed");
    let text = fs::read_to_string(samples().join("tour.json")).expect("a sample");
    for number in 0..200 {
        shop.write(&format!("in/{number}.json"), &text);
    }
    let arguments = ["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"];
    let mut build = Command::new(env!("CARGO_BIN_EXE_recto"));
    let mut build = build.args(arguments).current_dir(shop.path("")).spawn().expect("the program starts");
    while !shop.has("site/articles") && build.try_wait().expect("it runs").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    build.kill().and_then(|()| build.wait()).expect("it is gone");
    fs::remove_file(shop.path("in/0.json")).expect("it was there");
    shop.recto(&arguments).ok();
    assert!(shop.has("site/articles/199.html") && !shop.has("site/articles/0.html"));
    assert!(!shop.has("site/.recto-build.new"), "all is in the record now");
}

#[test]
fn files_added_to_a_website_stay() {
    let shop = Workshop::new("build-added");
    shop.write("in/a.txt", "Text.");
    let build = || shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]).ok();
    build();
    shop.write("site/articles/b.html", "mine");
    shop.write("in/b.txt", "Text.");
    for _ in 0..2 {
        let told = build().err;
        assert!(told.contains("b.html is not of an earlier build and stays"), "{told}");
        assert_eq!(shop.read("site/articles/b.html"), "mine");
    }
    fs::remove_file(shop.path("in/b.txt")).expect("it was there");
    assert_eq!(build().err, "");
    assert_eq!(shop.read("site/articles/b.html"), "mine");
    fs::remove_file(shop.path("site/articles/b.html")).expect("it was there");
    shop.write("in/b.txt", "Text.");
    assert_eq!(build().err, "");
    assert!(shop.read("site/articles/b.html").contains("Text."));
}

#[test]
fn hundreds_of_articles_are_built_without_ado() {
    let shop = Workshop::new("build-many");
    let text = fs::read_to_string(samples().join("how-recto-works.json")).expect("a sample");
    for number in 0..300 {
        shop.write(&format!("in/{number}.json"), &text);
    }
    let answer = shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]).ok();
    let again = shop.recto(&["build", "--articles", "in", "--base", BASE, "-o", "site", "--no-app"]).ok();
    assert!(answer.out.starts_with("built 300 articles: ") && again.out.contains(" 0 files written"), "{}", again.out);
    assert!(!answer.err.contains("reading"), "there is no bar without a terminal");
}
