//! The site that `recto build` writes, under a path and by a host that leaves out `.html`: whole, accessible and quiet
//! without a program.

use std::fs;
use std::path::{Path, PathBuf};

use recto::export::website::{App, Source, Website};
use recto::markup::parse::parse;
use recto::reader::{self, Hint};
use recto::site::Settings;
use serde_json::json;

use crate::page::{Preference, Viewer};
use crate::server::Server;
use crate::site::Answer;

/// Where the site is.
pub(crate) const PATH: &str = "a/b/c/";

/// A browser over the samples as a site, with the headers that it asks its host for.
pub(crate) fn static_site() -> Viewer {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles");
    let server = Server::empty();
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
    let site = Website::new(settings, server.url(PATH), App::Absent, sources);
    let mut files = site.others(&[]);
    files.extend(site.pages().iter().flat_map(|page| site.article(page)));
    let headers = files.iter().find(|file| file.path == "_headers").unwrap().content.clone();
    let policy = headers.split("Content-Security-Policy: ").nth(1).and_then(|rest| rest.lines().next()).unwrap();
    for file in &files {
        let answer = Answer::of(&file.path, file.content.clone().into()).with("Content-Security-Policy", policy);
        let path = format!("{PATH}{}", file.path);
        if let Some(path) = path.strip_suffix(".html") {
            server.put_answer(path, answer.clone());
        }
        server.put_answer(&path, answer);
    }
    Viewer::with(server)
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
