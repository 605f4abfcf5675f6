//! `recto convert`.

use serde_json::Value;

use crate::workshop::{Workshop, samples};

const PAGE: &str = "<html lang=en><title>Mills</title><h1>Mills</h1><p>It <b>turns</b>.</p><h2>Water</h2><p><a href=b.html>More</a></p><p><img src=m.png alt=Mill></p>";

#[test]
fn the_name_of_the_output_tells_the_form() {
    let shop = Workshop::new("convert-names");
    shop.write("mills.html", PAGE);
    for name in ["out.json", "out.md", "out.txt", "out/new.html", "out.jsonld"] {
        shop.recto(&["convert", "mills.html", "-o", name]).ok();
    }
    let article: Value = serde_json::from_str(&shop.read("out.json")).expect("it is JSON");
    assert_eq!((&article["articleJson"], &article["title"]), (&"1.0".into(), &"Mills".into()));
    assert!(
        shop.read("out.md").contains("# Mills\n\nIt **turns**.\n\n## Water\n\n[More](b.html)\n\n![Mill](m.png)"),
        "{}",
        shop.read("out.md")
    );
    assert!(shop.read("out.txt").starts_with("Mills\n=====\n\nIt turns.\n\nWater\n-----\n"));
    assert!(shop.read("out/new.html").starts_with("<!doctype html>"));
    assert!(shop.read("out.jsonld").contains("\"@type\": \"Article\""));
    assert!(!shop.has("out.json.new"), "nothing is left behind");
}

#[test]
fn a_book_is_an_archive_that_says_so() {
    let shop = Workshop::new("convert-epub");
    shop.write("mills.html", PAGE);
    shop.recto(&["convert", "mills.html", "-o", "mills.epub"]).ok();
    let book = shop.read_bytes("mills.epub");
    assert!(book.starts_with(b"PK\x03\x04") && book[30..].starts_with(b"mimetypeapplication/epub+zip"));
    shop.recto(&["convert", "mills.html", "--to", "epub", "-o", "other"]).ok();
    assert_eq!(shop.read_bytes("other"), book, "the same article makes the same book");
}

#[test]
fn standard_input_becomes_standard_output() {
    let shop = Workshop::new("convert-pipe");
    let answer =
        shop.recto_with_input(&["convert", "-", "--to", "markdown", "--url", "https://a.example/x/"], PAGE).ok();
    assert!(answer.out.contains("[More](https://a.example/x/b.html)"), "{}", answer.out);
    let feed = shop.recto_with_input(&["convert", "-", "--to", "json-feed"], PAGE).ok();
    let feed: Value = serde_json::from_str(&feed.out).expect("it is JSON");
    assert!(feed["items"][0]["content_html"].as_str().is_some_and(|html| html.contains("<strong>turns</strong>")));
}

#[test]
fn a_dash_is_standard_output_and_no_file_replaces_its_source() {
    let shop = Workshop::new("convert-dash");
    shop.write("mills.html", PAGE);
    let answer = shop.recto(&["convert", "mills.html", "--to", "text", "-o", "-"]).ok();
    assert!(answer.out.starts_with("Mills\n=====\n"), "{}", answer.out);
    assert!(!shop.has("-"));
    let answer = shop.recto(&["convert", "mills.html", "-o", "./mills.html"]);
    assert_eq!((answer.code, shop.read("mills.html").as_str()), (1, PAGE));
    assert_eq!(answer.err, "error: ./mills.html: the output would replace the article itself\n");
}

#[test]
fn a_page_stands_alone() {
    let shop = Workshop::new("convert-page");
    let tour = samples().join("tour.json");
    shop.recto(&["convert", &tour.to_string_lossy(), "-o", "tour.html"]).ok();
    let page = shop.read("tour.html");
    for part in ["<style>", "A Tour of Every Block", "class=\"r-contents\"", "application/ld+json", "script-src 'none'"]
    {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<button", "rel=\"stylesheet\"", "<script>", " onclick", "style=\""] {
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn article_json_comes_back_as_it_was() {
    let shop = Workshop::new("convert-same");
    for slug in ["tour", "how-recto-works", "rtl-sample", "ballistic-missiles"] {
        let file = samples().join(format!("{slug}.json"));
        let once = shop.recto(&["convert", &file.to_string_lossy()]).ok().out;
        shop.write("once.json", &once);
        assert_eq!(shop.recto(&["convert", "once.json"]).ok().out, once, "{slug}");
    }
}

#[test]
fn several_articles_need_a_choice() {
    let shop = Workshop::new("convert-several");
    shop.write(
        "two.json",
        r#"[{"articleJson": "1.0", "title": "A", "body": "a"}, {"articleJson": "1.0", "title": "B", "body": "b"}]"#,
    );
    let answer = shop.recto(&["convert", "two.json", "--to", "text"]);
    assert_eq!((answer.code, answer.err.as_str()), (1, "error: the file holds 2 articles: choose one with --only\n"));
    assert_eq!(
        shop.recto(&["convert", "two.json", "--to", "text", "--only", "2"]).ok().out,
        "B\n=\n\nb\n".replace("B\n=\n", "B\n===\n")
    );
    assert_eq!(shop.recto(&["convert", "two.json", "--only", "3"]).code, 1);
    let list: Value = serde_json::from_str(&shop.recto(&["convert", "two.json"]).ok().out).expect("it is JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(2));
}

#[test]
fn failures_name_the_file() {
    let shop = Workshop::new("convert-failure");
    let answer = shop.recto(&["convert", "missing.json"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.starts_with("error: missing.json: "), "{}", answer.err);
    assert_eq!(shop.recto(&["convert", "a.json", "--to", "abacus"]).code, 2);
}
