//! Opening an article from anywhere, and every way that fails: its own words, a retry and a way back.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::articles;
use crate::page::Viewer;
use crate::server::{Fault, Server};
use crate::site::Answer;

/// The outline of the article the project began with.
const OUTLINE: [&str; 7] = [
    "A Longstanding U.S. Policy on Non-Proliferation",
    "The Context of U.S.-Pakistan Relations",
    "Pakistan’s Missile Program: A Brief Overview",
    "Regional Implications: The South Asian Arms Race",
    "International Concerns Over Proliferation",
    "The Future of U.S.-Pakistan Defense Relations",
    "Conclusion",
];

/// A file kept beside the project, or nothing with a notice where it is absent.
fn shared(file: &str) -> Option<PathBuf> {
    let root =
        std::env::var("RECTO_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let path = Path::new(&root).join(file);
    if path.exists() {
        return path.canonicalize().ok();
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn assert_missile_article(viewer: &Viewer) {
    viewer.wait_for_article();
    assert!(viewer.title().contains("Ballistic Missile Program"), "{}", viewer.title());
    viewer.see(".r-contents");
    let typographic =
        |labels: Vec<String>| labels.into_iter().map(|label| label.replace('\'', "’")).collect::<Vec<_>>();
    assert_eq!(typographic(viewer.contents()), OUTLINE);
    assert_eq!(typographic(viewer.texts("article.r-article :is(h2, h3)")), OUTLINE);
    assert_eq!(
        viewer.run("return document.querySelector('article.r-article time').dateTime.slice(0, 10);"),
        json!("2024-10-16")
    );
    let text = viewer.text("article.r-article");
    assert!(text.contains("October 16, 2024") || text.contains("16 October 2024"), "{text}");
    // Two paragraphs stand before the first heading, and every paragraph of the source is there.
    let before = viewer.run(
        "const first = document.querySelector('article.r-article h2');
         return [...document.querySelectorAll('article.r-article p')].filter((p) => p.textContent.length > 200 && p.compareDocumentPosition(first) & 4).length;",
    );
    assert_eq!(before, json!(2));
}

/// Every paragraph of the source that is a sentence stands in the page, word for word.
fn assert_nothing_lost(viewer: &Viewer, source: &str) {
    let normal = |text: &str| text.replace(['’', '‘'], "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let page = normal(&viewer.text("article.r-article"));
    for paragraph in source.lines().filter(|line| line.len() > 120) {
        assert!(page.contains(&normal(paragraph)), "lost: {paragraph}");
    }
}

#[test]
fn opens_a_wordpress_post_by_its_address() {
    let Some(file) = shared("data/pakistan-ballistic-missile-program.wordpress.json") else { return };
    let viewer = Viewer::start();
    viewer.server.put("data/post.json", fs::read(file).unwrap());
    viewer.open("?src=data/post.json");
    assert_missile_article(&viewer);
    if let Some(text) = shared("data/pakistan-ballistic-missile-program.txt") {
        assert_nothing_lost(&viewer, &fs::read_to_string(text).unwrap());
    }
    viewer.assert_quiet();
}

#[test]
fn opens_a_wordpress_post_and_a_text_chosen_as_files() {
    let names = ["pakistan-ballistic-missile-program.wordpress.json", "pakistan-ballistic-missile-program.txt"];
    for file in names.iter().filter_map(|name| shared(&format!("data/{name}"))) {
        let viewer = Viewer::start();
        viewer.open("");
        viewer.choose_file(&file);
        assert_missile_article(&viewer);
        if file.extension().is_some_and(|extension| extension == "txt") {
            assert_nothing_lost(&viewer, &fs::read_to_string(&file).unwrap());
            let text = viewer.text("article.r-article");
            assert!(
                !text.contains("Leave a Reply") && !text.contains("Post Comment"),
                "the reply form is not the article's"
            );
        }
        viewer.assert_quiet();
    }
}

#[test]
fn opens_text_pasted_into_the_dialogue() {
    let viewer = Viewer::start();
    viewer.open("");
    viewer.press("Open…");
    viewer.see("dialog[open] textarea");
    viewer.assert_accessible();
    viewer.assert_ids_prefixed();
    // Through the property, as a paste would: typing this much key by key takes long.
    viewer.run_with(
        "const t = document.querySelector('dialog[open] textarea'); t.value = arguments[0]; t.dispatchEvent(new Event('input', { bubbles: true }));",
        &[articles::short().to_string().into()],
    );
    viewer.press("Open the text");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "A short article");
    viewer.assert_quiet();
}

#[test]
fn opens_what_is_pasted_or_dropped_on_the_page() {
    const SEND: &str = "const carried = new DataTransfer();
        const [kind, content] = arguments;
        if (kind === 'drop') carried.items.add(new File([content], 'a.json', { type: 'application/json' }));
        else carried.setData('text/plain', content);
        const event = kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;";
    for kind in ["drop", "paste"] {
        let viewer = Viewer::start();
        viewer.open("");
        viewer.see(".r-list");
        assert_eq!(viewer.run_with(SEND, &[kind.into(), articles::short().to_string().into()]), json!(true), "{kind}");
        viewer.wait_for_article();
        assert_eq!(viewer.title(), "A short article", "{kind}");
        viewer.assert_quiet();
    }
}

#[test]
fn reads_styled_html_without_a_word_in_the_console() {
    let html = "<style>p { color: red }</style><h1>Styled</h1><p style=\"font-weight: bold\" onclick=\"alert(1)\">One</p>\
        <div style='color: red'><p>Two</p></div>";
    let viewer = Viewer::start();
    viewer
        .server
        .put("styled.json", articles::article("Styled", &[json!({ "type": "html", "value": html })]).to_string());
    viewer.open("?src=styled.json");
    viewer.wait_for_article();
    assert!(viewer.text("article.r-article").contains("One"));
    viewer.assert_quiet();
}

#[test]
fn shows_an_article_written_into_the_page() {
    let viewer = Viewer::start();
    let page = String::from_utf8(crate::site::answer(&Server::dist(), "/").body).unwrap();
    let script = format!("<script type=\"application/json\" data-recto>{}</script>", articles::short());
    viewer.server.put("index.html", page.replacen("<noscript>", &(script + "<noscript>"), 1));
    viewer.open("");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "A short article");
    viewer.assert_quiet();
}

#[test]
fn lets_the_reader_pick_one_of_several_articles() {
    let posts: Vec<Value> = (1..=3)
        .map(|n| json!({ "id": n, "date_gmt": "2024-10-16T00:00:00", "link": "https://example.org/", "slug": format!("p{n}"), "type": "post",
            "title": { "rendered": format!("Post {n} &amp; more") }, "content": { "rendered": "<p>Text of the post.</p>", "protected": false } }))
        .collect();
    let viewer = Viewer::start();
    viewer.server.put("posts.json", Value::Array(posts).to_string());
    viewer.open("?src=posts.json");
    viewer.see(".r-picker");
    assert_eq!(viewer.texts(".r-picker li button"), ["Post 1 & more", "Post 2 & more", "Post 3 & more"]);
    viewer.assert_accessible();
    viewer.press("Post 2 & more");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "Post 2 & more");
    viewer.assert_quiet();
}

/// Opens what fails, and checks that the failure is told apart, accessibly, with a way back.
fn check_failure(viewer: &Viewer, path: &str, kind: &str) {
    viewer.open(path);
    assert_eq!(viewer.wait_for_failure(), kind, "{path}: {}", viewer.text(".r-failure"));
    assert!(viewer.text(".r-failure h1").len() > 5);
    assert_eq!(viewer.run("return document.activeElement === document.querySelector('.r-failure h1');"), json!(true));
    viewer.assert_ids_prefixed();
    viewer.assert_accessible();
    viewer.assert_quiet_except(&["Failed to load resource"]);
    viewer.press("All articles");
    viewer.see(".r-list, .r-article");
}

#[test]
fn tells_a_missing_article() {
    let viewer = Viewer::start();
    check_failure(&viewer, "?article=nowhere", "not-found");
    check_failure(&viewer, "?src=nowhere.json", "not-found");
    check_failure(&viewer, "?article=../recto", "not-found");
}

#[test]
fn tells_what_is_wrong_with_a_file() {
    let viewer = Viewer::start();
    let too_deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let deep_blocks = format!(
        r#"{{"articleJson": "1.0", "title": "Deep", "body": [{}"x"{}]}}"#,
        r#"{"type": "blockquote", "children": ["#.repeat(2000),
        "]}".repeat(2000)
    );
    let protected = r#"{"id": 1, "title": {"rendered": "Protected: P"}, "content": {"rendered": "", "protected": true}, "slug": "p", "type": "post", "link": "https://example.org/p", "date_gmt": "2024-10-16T00:00:00"}"#;
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("picture.json", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(), "not-text"),
        ("empty.json", Vec::new(), "empty"),
        ("space.json", b" \n ".to_vec(), "empty"),
        ("broken.json", br#"{"articleJson": "1.0", "title": "#.to_vec(), "not-json"),
        ("shape.json", br#"{"temperature": 3, "unit": "K"}"#.to_vec(), "unknown-shape"),
        ("newer.json", br#"{"articleJson": "2.0", "title": "T", "body": []}"#.to_vec(), "newer-version"),
        ("protected.json", protected.into(), "protected"),
        ("deep.json", too_deep.into(), "too-deep"),
        ("blocks.json", deep_blocks.into(), "too-deep"),
    ];
    for (name, content, kind) in cases {
        viewer.server.put(name, content);
        check_failure(&viewer, &format!("?src={name}"), kind);
    }
}

#[test]
fn tells_a_file_that_is_too_large() {
    let viewer = Viewer::start();
    viewer.server.put("huge.json", vec![b' '; 33 << 20]);
    check_failure(&viewer, "?src=huge.json", "too-large");
}

#[test]
fn tells_a_web_page_served_in_place_of_the_article() {
    let viewer = Viewer::start();
    viewer.server.fail("articles/moved.json", Fault::HtmlPage);
    check_failure(&viewer, "?article=moved", "not-json");
}

#[test]
fn tells_other_sites_apart_from_its_own() {
    let elsewhere = Server::empty();
    elsewhere.put("a.json", articles::short().to_string());
    let viewer = Viewer::start();
    check_failure(&viewer, &format!("?src={}", elsewhere.url("a.json")), "not-allowed");
    assert_eq!(elsewhere.requests(), [""; 0], "an origin that is not listed is not even asked");
    check_failure(&viewer, "?src=javascript:alert(1)", "not-allowed");
    check_failure(&viewer, "?src=data:application/json,{}", "not-allowed");

    viewer.server.put("recto.json", json!({ "origins": [elsewhere.origin()] }).to_string());
    viewer.server.allow_connections_to(&elsewhere.origin());
    viewer.open(&format!("?src={}", elsewhere.url("a.json")));
    assert_eq!(viewer.wait_for_failure(), "cors");
    elsewhere.put_answer(
        "a.json",
        Answer::of("a.json", articles::short().to_string().into()).with("Access-Control-Allow-Origin", "*"),
    );
    viewer.press("Try again");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "A short article");
}

#[test]
fn tries_again_after_the_connection_is_back() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.open("");
    viewer.see(".r-list");
    viewer.set_offline(true);
    viewer.run("history.pushState(null, '', '?article=under-test'); dispatchEvent(new PopStateEvent('popstate'));");
    assert_eq!(viewer.wait_for_failure(), "offline");
    viewer.assert_accessible();
    viewer.set_offline(false);
    viewer.press("Try again");
    viewer.wait_for_article();
}

#[test]
fn tries_again_after_the_server_recovered() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.server.fail("articles/under-test.json", Fault::ServerError);
    viewer.open("?article=under-test");
    assert_eq!(viewer.wait_for_failure(), "http");
    viewer.server.heal("articles/under-test.json");
    viewer.press("Try again");
    viewer.wait_for_article();
}

#[test]
fn shows_grey_lines_while_an_article_is_slow() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.server.fail("articles/under-test.json", Fault::Withheld);
    viewer.open("?article=under-test");
    viewer.see(".r-skeleton");
    viewer.server.heal("articles/under-test.json");
    viewer.wait_for_article();
    assert!(!viewer.sees(".r-skeleton"));
}

#[test]
fn a_late_answer_does_not_replace_what_was_opened_since() {
    let viewer = Viewer::start();
    viewer.server.put("articles/slow.json", articles::long().to_string()).fail("articles/slow.json", Fault::Withheld);
    viewer.open("?article=slow");
    viewer.see(".r-skeleton");
    viewer.run("document.querySelector('.r-home').click();");
    viewer.see(".r-list");
    viewer.server.heal("articles/slow.json");
    viewer.run("return fetch('articles/slow.json').then((r) => r.text()).then(() => true);");
    viewer.settle();
    assert!(viewer.sees(".r-list") && !viewer.sees("article.r-article"));
}

#[test]
fn says_so_without_scripts() {
    let viewer = Viewer::start();
    viewer.disable_scripts();
    viewer.open("?article=tour");
    assert!(viewer.text("noscript, .r-fallback").contains("JavaScript"));
}

#[test]
fn says_so_when_the_program_is_missing() {
    for fault in [Fault::NotFound, Fault::HtmlPage] {
        let viewer = Viewer::start();
        let file = Server::built("recto-reading", "_bg.wasm");
        viewer.server.fail(&file, fault);
        viewer.open("?article=tour");
        viewer.see(".r-fallback [role=alert]");
        assert_eq!(viewer.run("return document.documentElement.dataset.failed;"), json!("missing"));
        viewer.assert_accessible();
        viewer.server.heal(&file);
        viewer.press("Reload");
        viewer.wait_for_article();
    }
}

#[test]
fn an_article_can_be_read_without_the_interface() {
    for start in ["recto-app", "recto-interface"] {
        let viewer = Viewer::start();
        viewer.server.put("articles/under-test.json", articles::long().to_string());
        let file = Server::built(start, if start == "recto-app" { "_bg.wasm" } else { ".css" });
        viewer.server.fail(&file, Fault::NotFound);
        viewer.open("?article=under-test");
        viewer.wait_for_article();
        if start == "recto-app" {
            viewer.see(".r-fallback [role=alert]");
            assert_eq!(viewer.run("return document.documentElement.dataset.failed;"), json!("missing"));
            assert!(viewer.sees("article.r-article h2"), "the text is there");
            viewer.assert_accessible();
        } else {
            viewer.see(".r-toolbar .r-theme");
        }
    }
}

#[test]
fn the_interface_takes_over_what_is_being_read() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::long().to_string());
    let app = Server::built("recto-app", "_bg.wasm");
    viewer.server.fail(&app, Fault::Withheld);
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    assert!(!viewer.sees(".r-theme"), "the interface is not there yet");
    // The reader has gone on, selected some words and marked a place with the focus.
    viewer.run(
        "window.heading = document.querySelectorAll('article.r-article h2')[2];
         window.text = heading.closest('section').querySelector('p').firstChild;
         dispatchEvent(new WheelEvent('wheel'));
         heading.scrollIntoView();
         getSelection().setBaseAndExtent(text, 0, text, 5);
         window.before = heading.getBoundingClientRect().top;",
    );
    viewer.server.heal(&app);
    viewer.see(".r-toolbar .r-theme");
    viewer.settle();
    let moved = viewer.run("return Math.abs(heading.getBoundingClientRect().top - before);");
    assert!(moved.as_f64().is_some_and(|pixels| pixels < 2.0), "the text moved by {moved} pixels");
    assert_eq!(viewer.run("return heading.isConnected && heading.closest('main') !== null;"), json!(true));
    assert_eq!(
        viewer.run("return [getSelection().anchorNode === text, `${getSelection()}`.length];"),
        json!([true, 5])
    );
    assert_eq!(viewer.run("return document.querySelectorAll('article.r-article, main').length;"), json!(2));
    viewer.wait_for_section(&viewer.text("article.r-article section:nth-of-type(3) h2"));
    viewer.assert_quiet();
}

#[test]
fn runs_where_the_host_mislabels_the_program() {
    let viewer = Viewer::start();
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.server.fail(&Server::built("recto-reading", "_bg.wasm"), Fault::WrongType);
    viewer.open("?article=under-test");
    viewer.wait_for_article();
}

#[test]
fn says_so_when_the_policy_forbids_the_program() {
    let viewer = Viewer::start();
    let page = String::from_utf8(crate::site::answer(&Server::dist(), "/").body).unwrap();
    viewer.server.put("index.html", page.replace(" 'wasm-unsafe-eval'", ""));
    viewer.open("");
    viewer.see(".r-fallback [role=alert]");
    assert_eq!(viewer.run("return document.documentElement.dataset.failed;"), json!("blocked"));
}

#[test]
fn says_so_when_the_program_stops() {
    // What a panic is in this build: a trap, which reaches the page as an uncaught RuntimeError.
    const STOP: &str = "addEventListener('stop', () => { throw new WebAssembly.RuntimeError('unreachable'); });";
    let viewer = Viewer::start();
    let page = String::from_utf8(crate::site::answer(&Server::dist(), "/").body).unwrap();
    viewer.server.put("index.html", page.replacen("<noscript>", "<script src=stop.js></script><noscript>", 1));
    viewer.server.put("stop.js", STOP).put("articles/under-test.json", articles::short().to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    viewer.run("dispatchEvent(new Event('stop'));");
    viewer.see(".r-fallback [role=alert]");
    assert_eq!(viewer.run("return document.documentElement.dataset.failed;"), json!("stopped"));
    assert!(viewer.sees("article.r-article"), "what can be read stays");
}

#[test]
fn the_interface_never_comes_before_the_styles_of_the_page() {
    // The program may be there before the page is parsed as far as its styles: then these have to come first all the same.
    let viewer = Viewer::start();
    let page = String::from_utf8(crate::site::answer(&Server::dist(), "/").body).unwrap();
    let slow = "<script src=slow.js></script>";
    let sheet = page.rfind("<link href=./recto-").unwrap();
    viewer.server.put("index.html", format!("{}{slow}{}", &page[..sheet], &page[sheet..]));
    viewer.server.put("slow.js", "").fail("slow.js", Fault::Slow(1500));
    viewer.server.put("articles/under-test.json", articles::short().to_string());
    viewer.open("?article=under-test");
    viewer.see(".r-comments form");
    let order = "return [...document.styleSheets].map(({ href }) => href.includes('interface'));";
    assert_eq!(viewer.run(order), json!([false, true]));
    viewer.assert_accessible();
}

#[test]
fn a_file_whose_format_is_slow_to_come_is_seen_to_be_on_its_way() {
    let viewer = Viewer::start();
    let folder = std::env::temp_dir().join(format!("recto-slow-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("slow.md");
    fs::write(&file, "# Slow\n\nIt **came**.\n").expect("a file");
    viewer.server.fail(&Server::built("recto-formats-", "_bg.wasm"), Fault::Slow(2500));
    viewer.open("");
    viewer.see(".r-list");
    viewer.choose_file(&file);
    viewer.see(".r-skeleton");
    viewer.wait_for_article();
    assert_eq!(viewer.title(), "Slow");
}
