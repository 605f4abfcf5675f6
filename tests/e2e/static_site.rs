//! The site that `recto build` writes, under a path and by a host that leaves out `.html`: whole, accessible and quiet
//! without a program.

use std::fs;
use std::path::{Path, PathBuf};

use recto::export::website::{App, Source, Website};
use recto::markup::parse::parse;
use recto::reader::{self, Hint};
use recto::site::Settings;
use serde_json::json;

use crate::articles;
use crate::page::{Preference, Viewer};
use crate::server::{Fault, Server};
use crate::site::Answer;

/// Where the site is.
pub(crate) const PATH: &str = "a/b/c/";

/// A browser over the samples as a site without a program, with the headers that it asks its host for.
pub(crate) fn static_site() -> Viewer {
    let server = Server::empty();
    put_site(&server, App::Absent, &[]);
    Viewer::with(server)
}

/// A server with the samples as a site that includes the app.
pub(crate) fn site_with_app() -> Server {
    let server = Server::empty();
    let own = |name: &String| name != "recto.json" && name != "articles";
    let names: Vec<String> = fs::read_dir(Server::dist())
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(own)
        .collect();
    put_site(&server, App::Included(Server::built("static-", ".js")), &names);
    server
}

/// Puts the samples as a site, with those files of the built app.
fn put_site(server: &Server, app: App, app_files: &[String]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles");
    let mut sources = Vec::new();
    let mut others: Vec<PathBuf> = vec![folder.clone()];
    while let Some(path) = others.pop() {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            others.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else if name == "index.json" {
        } else if name.ends_with(".json") {
            let reading = reader::read(&fs::read(&path).unwrap(), &Hint::default(), parse).unwrap();
            sources.push(Source { path: name, articles: reading.articles });
        } else {
            server.put(&format!("{PATH}articles/{name}"), fs::read(&path).unwrap());
        }
    }
    let settings = Settings { title: "Bridges & Mills".to_owned(), ..Settings::default() };
    let site = Website::new(settings, server.url(PATH), app, sources);
    let mut files = site.others(&[]);
    files.extend(site.pages().iter().flat_map(|page| site.article(page)));
    let headers = files.iter().find(|file| file.path == "_headers").unwrap().content.clone();
    let policy = headers.split("Content-Security-Policy: ").nth(1).and_then(|rest| rest.lines().next()).unwrap();
    for name in app_files {
        let to = if name == "index.html" { "viewer.html" } else { name };
        let answer = Answer::of(to, fs::read(Server::dist().join(name)).unwrap());
        server.put_answer(&format!("{PATH}{to}"), answer.with("Content-Security-Policy", policy));
    }
    server.put(
        &format!("{PATH}recto.json"),
        r#"{"title": "Bridges & Mills", "articles": "articles/index.json", "offline": false}"#,
    );
    for file in &files {
        let answer = Answer::of(&file.path, file.content.clone().into()).with("Content-Security-Policy", policy);
        let path = format!("{PATH}{}", file.path);
        if let Some(path) = path.strip_suffix(".html") {
            server.put_answer(path, answer.clone());
        }
        server.put_answer(&path, answer);
    }
}

impl Viewer {
    /// Does something, and waits until the program has taken the page over.
    pub(crate) fn wait_for_takeover(&self) {
        self.wait_until("the page is loaded", "return document.readyState === 'complete';");
        self.wait_until(
            "the program has the page",
            "dispatchEvent(new PointerEvent('pointermove')); return all('.r-tools .r-save-button').length > 0 && document.querySelectorAll('.r-app').length === 1;",
        );
        self.settle();
    }
}

#[test]
fn every_page_is_accessible_and_quiet() {
    let viewer = static_site();
    for page in
        ["index.html", "articles/tour", "articles/rtl-sample", "articles/ballistic-missiles.html", "tags/guide", "404"]
    {
        viewer.open(&format!("{PATH}{page}"));
        for (width, scheme) in [(1440, "light"), (390, "dark")] {
            viewer.resize(width, 900);
            viewer.prefer(&[Preference::ColorScheme(scheme), Preference::ReducedMotion]);
            viewer.assert_accessible();
        }
        viewer.assert_ids_prefixed();
        viewer.assert_quiet();
        let wide = viewer.run("return document.documentElement.scrollWidth > innerWidth;");
        assert_eq!(wide, json!(false), "{page} is not wider than a small window");
        let styled = viewer.run("return getComputedStyle(document.querySelector('main')).maxInlineSize !== undefined && document.styleSheets.length === 1;");
        assert_eq!(styled, json!(true), "{page} has its styles");
    }
    let missing = viewer.server.requests().into_iter().filter(|url| !url.starts_with(&format!("/{PATH}")));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<String>::new(), "nothing is asked for outside of the path");
}

#[test]
fn links_lead_from_the_list_to_a_section_and_back() {
    let viewer = static_site();
    viewer.open(&format!("{PATH}index"));
    viewer.press("A Tour of Every Block");
    viewer.wait_until(
        "the article is there",
        "return document.querySelector('h1')?.textContent === 'A Tour of Every Block';",
    );
    viewer.press("Quotations and verse");
    viewer.wait_until("its section is at the top", "const top = document.querySelector(':target')?.getBoundingClientRect().top; return top !== undefined && top < innerHeight / 2;");
    viewer.press("Guide");
    viewer.wait_until("the tag's articles are there", "return document.querySelectorAll('.r-list-entry').length > 0;");
    viewer.press("Bridges & Mills");
    viewer.wait_until("the list is there", "return document.querySelectorAll('.r-list-entry').length === 4;");
    viewer.resize(390, 800);
    viewer.press("A Tour of Every Block");
    viewer.press("Contents");
    viewer.see(".r-contents-link");
    viewer.assert_quiet();
}

#[test]
fn the_program_takes_a_page_over_and_nobody_sees_it_move() {
    let server = site_with_app();
    let wasm = format!("{PATH}{}", Server::built("recto-app-", "_bg.wasm"));
    let viewer = Viewer::with(server);
    for (width, page) in [(1440, "tour"), (390, "tour.html"), (820, "rtl-sample")] {
        viewer.server.fail(&wasm, Fault::Withheld);
        viewer.resize(width, 900);
        viewer.open(&format!("{PATH}articles/{page}"));
        assert!(!viewer.sees(".r-save-button"), "the program is not there yet");
        // The reader has come to the third section, selects a word there, and has the focus on a link.
        let prepare = "const heading = document.querySelectorAll('article h2')[2]; scrollBy(0, heading.getBoundingClientRect().top - 100); \
            const text = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT).nextNode(); \
            getSelection().setBaseAndExtent(text, 0, text, 4); document.querySelector('article a').focus({ preventScroll: true }); \
            window.link = document.activeElement; return String(getSelection());";
        let selected = viewer.run(prepare);
        let top = "return document.querySelectorAll('article h2')[2].getBoundingClientRect().top;";
        let before = viewer.run(top).as_f64().unwrap();
        viewer.server.heal(&wasm);
        viewer.wait_for_takeover();
        let after = viewer.run(top).as_f64().unwrap();
        assert!((after - before).abs() < 2.0, "{page} at {width}: {before} and then {after}");
        assert_eq!(viewer.run("return String(getSelection());"), selected);
        assert_eq!(viewer.run("return document.activeElement === window.link;"), json!(true), "{page}");
        viewer.run("getSelection().removeAllRanges();");
        viewer.assert_accessible();
        viewer.assert_ids_prefixed();
        viewer.assert_no_sideways_scroll();
    }
    assert_eq!(viewer.run("return document.querySelector('.r-app').lang;"), json!("en"), "its words are English");
    // What only a program can do is there now.
    viewer.resize(1440, 900);
    viewer.open(&format!("{PATH}articles/tour"));
    viewer.wait_for_takeover();
    viewer.see("button[data-action=copy]");
    viewer.see("button[data-action=load-embed]");
    viewer.go_to_section("Lists");
    assert!(viewer.browser.url().ends_with("articles/tour#lists"), "{}", viewer.browser.url());
    viewer.assert_quiet();
}

#[test]
fn what_is_below_the_first_screens_is_laid_out_after_them() {
    let viewer = Viewer::with(site_with_app());
    viewer.browser.devtools("Network.enable", &json!({}));
    viewer.browser.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": true }));
    let tour = format!("{PATH}articles/tour");
    let script = format!("{PATH}{}", Server::built("static-", ".js"));
    let left = "return document.querySelectorAll('[data-later]').length;";
    let sees_last = "return [...document.querySelectorAll('article section')].at(-1).firstElementChild.checkVisibility({ contentVisibilityAuto: true });";
    viewer.resize(390, 800);
    viewer.server.fail(&script, Fault::NotFound);
    viewer.open(&tour);
    assert!(viewer.run(left).as_u64().unwrap() > 2);
    assert_eq!(viewer.run(sees_last), json!(false), "it is not laid out yet");
    viewer.run("[...document.querySelectorAll('article section')].at(-1).scrollIntoView();");
    viewer.wait_until("it is, once the reader is there", sees_last);
    viewer.server.heal(&script);
    viewer.open(&tour);
    viewer.wait_until("all is laid out", "return document.documentElement.dataset.fresh === undefined;");
    assert_eq!(viewer.run(left), json!(0));
    // Whoever comes to a place within finds all before it laid out, as whoever comes back does.
    viewer.server.fail(&script, Fault::NotFound);
    for (place, come) in [("#recto-lists", true), ("", false)] {
        viewer.open(&format!("{tour}{place}"));
        if !come {
            viewer.browser.reload();
        }
        assert_eq!(viewer.run(sees_last), json!(true), "{place}");
    }
}

#[test]
fn an_article_that_ends_with_a_film_is_taken_over() {
    let server = site_with_app();
    let film = json!({"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/76979871", "embedUrl": "https://player.vimeo.com/video/76979871", "title": "Film"});
    let article = articles::article("A film", &[json!("Text."), film]).to_string();
    let reading = reader::read(article.as_bytes(), &Hint::default(), parse).unwrap();
    let sources = vec![Source { path: "film.json".to_owned(), articles: reading.articles }];
    let app = App::Included(Server::built("static-", ".js"));
    let site = Website::new(Settings::default(), server.url(PATH), app, sources);
    for file in site.pages().iter().flat_map(|page| site.article(page)) {
        server.put_answer(&format!("{PATH}{}", file.path), Answer::of(&file.path, file.content.into()));
    }
    let viewer = Viewer::with(server);
    viewer.open(&format!("{PATH}articles/film.html"));
    viewer.wait_for_takeover();
    viewer.see("button[data-action=load-embed]");
    viewer.assert_quiet();
}

#[test]
fn the_program_waits_for_a_reader() {
    let viewer = Viewer::with(site_with_app());
    viewer.open(&format!("{PATH}articles/tour"));
    viewer.wait_until(
        "the program is at hand",
        "return performance.getEntriesByType('resource').some(({ name }) => name.includes('recto-app-'));",
    );
    viewer.run("return new Promise((done) => setTimeout(done, 1000));");
    assert!(!viewer.sees(".r-save-button"), "nobody is there");
    assert!(!viewer.server.requests().iter().any(|url| url.ends_with("tour.json")));
    viewer.browser.press("\u{E004}");
    viewer.wait_until("a key starts it", "return all('.r-tools .r-save-button').length > 0;");
    viewer.assert_quiet();
}

#[test]
fn pages_of_a_site_and_its_viewer_are_one() {
    let viewer = Viewer::with(site_with_app());
    viewer.open(&format!("{PATH}articles/tour"));
    viewer.wait_for_takeover();
    viewer.choose_theme("dark");
    viewer.press("Bridges & Mills");
    viewer.wait_until("the list is there", "return document.querySelectorAll('.r-list-entry').length === 4;");
    assert_eq!(
        viewer.run("return document.documentElement.dataset.theme;"),
        json!("dark"),
        "the list has the reader's colours"
    );
    assert!(viewer.recorded("firstThemes").iter().all(|theme| theme == "dark"), "from its first paint on");
    // A link of the viewer's own kind, and a section by its own id.
    viewer.open(&format!("{PATH}articles/tour#lists"));
    viewer.wait_for_takeover();
    viewer.wait_for_heading_at_top("Lists");
    viewer.open(&format!("{PATH}viewer.html?article=tour"));
    viewer.wait_for_article();
    let links = "return [...document.querySelectorAll('article a[href]')].map((a) => a.href).filter((href) => href.endsWith('.html'));";
    assert!(!viewer.run(links).as_array().unwrap().is_empty(), "in the viewer, too, links lead to pages");
    viewer.assert_quiet();
}

#[test]
fn where_the_program_cannot_run_the_page_stays() {
    let server = site_with_app();
    let tour = format!("{PATH}articles/tour");
    let viewer = Viewer::with(server);
    viewer.browser.devtools("Network.enable", &json!({}));
    viewer.browser.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": true }));
    for broken in [
        Server::built("recto-app-", "_bg.wasm"),
        Server::built("recto-reading-", "_bg.wasm"),
        Server::built("modules-", ".js"),
        "articles/tour.json".to_owned(),
    ] {
        viewer.server.fail(&format!("{PATH}{broken}"), Fault::NotFound);
        viewer.open(&tour);
        let is_asked = "dispatchEvent(new PointerEvent('pointermove')); \
            return performance.getEntriesByType('resource').some(({ name }) => name.endsWith(arguments[0]));";
        viewer.wait_with(&format!("{broken} is asked for"), is_asked, &[broken.as_str().into()]);
        viewer.run(
            "dispatchEvent(new PointerEvent('pointermove')); return new Promise((done) => setTimeout(done, 500));",
        );
        assert!(viewer.sees(".r-contents-panel") && !viewer.sees(".r-fallback"), "{broken}: the page is as it was");
        viewer.press("Quotations and verse");
        viewer.wait_until("the section is at the top", "const top = document.querySelector(':target')?.getBoundingClientRect().top; return top !== undefined && top < innerHeight / 2;");
        viewer.server.heal(&format!("{PATH}{broken}"));
    }
}

#[test]
fn a_page_in_a_frame_stays_small() {
    let viewer = Viewer::with(site_with_app());
    viewer.server.put(
        "host.html",
        format!(
            "<!doctype html><html lang=en><title>T</title><iframe title=A src='{PATH}articles/tour.html'></iframe>"
        ),
    );
    viewer.open("host.html");
    // In a page of its own, the program would have been asked for by now.
    viewer.run("return new Promise((done) => setTimeout(done, 1500));");
    let program =
        viewer.server.requests().into_iter().filter(|url| url.contains(".wasm") || url.ends_with("tour.json"));
    assert_eq!(program.collect::<Vec<_>>(), Vec::<String>::new());
}
