//! Foreign HTML of real sites: it is read without a panic, in time, and no visible word vanishes unreported.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::fixtures::{files, shared};
use recto::article::json::Json;
use recto::article::{Article, Block, Footnotes, Kind, normal};
use recto::json::Value;
use recto::markup::parse::parse;
use recto::markup::tree::{Node, NodeId, Tree};
use recto::markup::{self, Fragment, Loss};
use recto::warning::Warnings;

/// Files below `fixtures/directory` with that extension, and their text.
fn texts(directory: &str, extension: &str) -> Vec<(String, String)> {
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a fixture can be read");
        (path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned())
    };
    files(directory, extension).into_iter().map(read).collect()
}

/// The folder of fixtures, if it is there.
fn fixtures(directory: &str) -> Option<PathBuf> {
    Some(shared()?.join("fixtures").join(directory))
}

#[expect(clippy::disallowed_methods, reason = "tests run natively, where there is a clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn read(html: &str) -> (Fragment, Loss) {
    markup::read(html, parse, &mut Warnings::default())
}

/// Elements whose text does not continue the word before them.
const APART: &[&str] = &[
    "html",
    "body",
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "input",
    "ins",
    "kbd",
    "legend",
    "li",
    "main",
    "mark",
    "math",
    "mi",
    "mn",
    "mo",
    "mtext",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "samp",
    "section",
    "select",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "ul",
    "var",
    "video",
];

/// The text that a browser without scripts, styles and images would show. With `apart`, every node's text is on its
/// own; else only blocks are.
fn visible_text(tree: &Tree, id: NodeId, apart: bool, text: &mut String) {
    match tree.node(id) {
        Node::Text(own) => {
            text.push_str(own);
            if apart {
                text.push('\n');
            }
        }
        Node::Element { name, .. } => {
            if matches!(name.as_str(), "script" | "style" | "template" | "head" | "title" | "datalist" | "annotation") {
                return;
            }
            let is_inline = !APART.contains(&name.as_str());
            if !is_inline {
                text.push('\n');
            }
            tree.children(id).iter().for_each(|&child| visible_text(tree, child, apart, text));
            if !is_inline {
                text.push('\n');
            }
        }
    }
}

/// The text of the result: every member that holds words, blocks apart from each other.
fn text_of(value: &Value<'_>, key: &str, text: &mut String) {
    const INLINE: &[&str] =
        &["link", "emphasis", "strong", "span", "underline", "delete", "small", "abbreviation", "wordBreak"];
    const SKIPPED: &[&str] = &[
        "type",
        "url",
        "id",
        "aliases",
        "lang",
        "dir",
        "src",
        "srcset",
        "embedUrl",
        "data",
        "identifier",
        "datetime",
        "alt",
        "poster",
        "align",
        "link",
        "layout",
        "mime",
        "provider",
        "sizes",
        "image",
        "style",
        "kind",
        "scope",
    ];
    match value {
        Value::String(own) if key == "mathml" => {
            let mut in_tag = false;
            let decoded = own.replace("&lt;", "\u{1}").replace("&gt;", "\u{2}").replace("&amp;", "&");
            for letter in decoded.chars() {
                match letter {
                    '<' => in_tag = true,
                    '>' => {
                        in_tag = false;
                        text.push('\n');
                    }
                    '\u{1}' => text.push('<'),
                    '\u{2}' => text.push('>'),
                    other if !in_tag => text.push(other),
                    _ => {}
                }
            }
        }
        Value::String(own) => text.push_str(own),
        Value::Array(items) => {
            items.iter().for_each(|item| text_of(item, key, text));
        }
        Value::Object(object) => {
            let tag = object.get("type").and_then(Value::as_str).unwrap_or_default();
            let is_inline = INLINE.contains(&tag);
            if !is_inline {
                text.push('\n');
            }
            for (key, value) in object {
                let is_skipped = SKIPPED.contains(&key) && !(tag == "embed" && key == "url");
                // Titles of links, pictures and abbreviations show on request.
                if is_skipped || (key == "title" && (is_inline || tag == "image")) {
                    continue;
                }
                let apart = !is_inline || key != "children";
                if apart {
                    text.push('\n');
                }
                text_of(value, key, text);
                if apart {
                    text.push('\n');
                }
            }
            if !is_inline {
                text.push('\n');
            }
        }
        _ => {}
    }
}

fn words(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// HTML without the brackets of WordPress's shortcodes, which are markup.
fn without_shortcodes(html: &str) -> String {
    let mut result = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('[') {
        let names = ["[caption ", "[/caption]", "[embed]", "[/embed]", "[audio ", "[/audio]", "[video ", "[/video]"];
        let end = rest[start..].find(']').map(|end| start + end + 1);
        let end = end.filter(|_| names.iter().any(|name| rest[start..].starts_with(name)));
        result.push_str(&rest[..start + usize::from(end.is_none())]);
        rest = &rest[end.unwrap_or(start + 1)..];
    }
    result + rest
}

/// Words of the source that are neither in the result nor reported.
fn missing(html: &str, fragment: &Fragment, loss: &Loss) -> Vec<String> {
    let tree = parse(&without_shortcodes(html));
    let (mut joined, mut apart) = (String::new(), String::new());
    visible_text(&tree, Tree::ROOT, false, &mut joined);
    visible_text(&tree, Tree::ROOT, true, &mut apart);
    let mut result = String::new();
    text_of(&fragment.blocks.write(), "", &mut result);
    for note in &fragment.footnotes {
        result.push('\n');
        text_of(&note.children.write(), "", &mut result);
    }
    for dropped in &loss.dropped {
        result.push('\n');
        result.push_str(&dropped.text);
    }
    let (joined, apart, result) = (words(&joined), words(&apart), words(&result));
    let count = |words: &HashMap<&str, usize>, word: &str| words.get(word).copied().unwrap_or(0);
    let lacks = |word: &&&str| {
        let found = count(&result, word);
        found < count(&joined, word) && found < count(&apart, word)
    };
    let mut missing: Vec<String> = joined.keys().filter(lacks).map(|word| (*word).to_owned()).collect();
    missing.sort();
    missing
}

#[track_caller]
fn check_words(name: &str, html: &str) -> Fragment {
    let (fragment, loss) = read(html);
    let missing = missing(html, &fragment, &loss);
    assert!(missing.is_empty(), "{name}: lost {missing:?}");
    fragment
}

fn each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            Kind::Blockquote(quote) => each_block(&quote.children, visit),
            Kind::List(list) => list.children.iter().for_each(|item| each_block(&item.children, visit)),
            Kind::Figure(figure) => each_block(&figure.children, visit),
            Kind::Aside(aside) => each_block(&aside.children, visit),
            Kind::Details(details) => each_block(&details.children, visit),
            Kind::Columns(columns) => columns.children.iter().for_each(|column| each_block(&column.children, visit)),
            _ => {}
        }
    }
}

fn count(fragment: &Fragment, wanted: impl Fn(&Kind) -> bool) -> usize {
    let mut count = 0;
    each_block(&fragment.blocks, &mut |block| count += usize::from(wanted(&block.kind)));
    count
}

#[test]
fn keeps_every_word_of_cleaned_articles() {
    for (name, html) in texts("readability", ".html").iter().filter(|(name, _)| name.ends_with("expected.html")) {
        check_words(name, html);
    }
}

#[test]
fn keeps_every_word_of_feeds_and_block_editor_posts() {
    for directory in ["feed-html", "wordpress-blocks"] {
        for (name, html) in texts(directory, ".html") {
            check_words(&name, &html);
        }
    }
}

#[test]
fn keeps_every_word_of_wordpress_posts() {
    for (name, text) in texts("wordpress-rest", ".json") {
        let value = recto::json::parse(&text).expect("the fixture is JSON");
        let posts = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        for html in posts.iter().filter_map(|post| post["content"]["rendered"].as_str()) {
            check_words(&name, html);
        }
    }
}

#[test]
fn keeps_or_reports_every_word_of_whole_pages() {
    for (name, html) in texts("readability", ".html").into_iter().chain(texts("wikipedia", ".html")) {
        // As a page, most of which may be around the article.
        let page = markup::document(&format!("<!doctype html>{html}"), parse, &mut Warnings::default());
        let mut content = page.content;
        content.blocks.push(Block::paragraph(page.title));
        let missing = missing(&html, &content, &page.loss);
        assert!(missing.is_empty(), "{name}: lost {missing:?}");
    }
}

#[test]
fn keeps_every_word_of_encyclopedia_pages() {
    for (name, html) in texts("wikipedia", ".html").into_iter().chain(texts("wikipedia", ".htm")) {
        check_words(&name, &html);
    }
}

#[test]
fn keeps_every_word_on_the_page() {
    for (name, html) in texts("readability", ".html").into_iter().chain(texts("feed-html", ".html")) {
        let Fragment { blocks, footnotes } = read(&html).0;
        let mut source = String::new();
        text_of(&blocks.write(), "", &mut source);
        let article = Article { body: blocks, footnotes: Footnotes(footnotes), ..Article::default() };
        let article = normal::normalise(article, &mut Warnings::default());
        let page = recto::html::article(&article, &recto::html::Options::default());
        let tree = parse(page.as_str());
        let (mut joined, mut apart) = (String::new(), String::new());
        visible_text(&tree, Tree::ROOT, false, &mut joined);
        visible_text(&tree, Tree::ROOT, true, &mut apart);
        let (joined, apart, source) = (words(&joined), words(&apart), words(&source));
        let count = |words: &HashMap<&str, usize>, word: &str| words.get(word).copied().unwrap_or(0);
        let lacks = |(word, times): &(&&str, &usize)| count(&joined, word) < **times && count(&apart, word) < **times;
        // The address of an embed is in its link.
        let is_word = |word: &&str| !page.as_str().contains(*word);
        let missing: Vec<&str> = source.iter().filter(lacks).map(|(word, _)| *word).filter(is_word).collect();
        assert!(missing.is_empty(), "{name}: not on the page: {missing:?}");
    }
}

#[test]
fn result_survives_article_json() {
    for (name, html) in texts("readability", ".html") {
        let (fragment, _) = read(&html);
        let again = recto::article::Blocks::read(&fragment.blocks.write(), &mut Warnings::default());
        assert!(again.as_ref() == Some(&fragment.blocks), "{name}: not the same after writing and reading");
    }
}

#[test]
fn attacks_are_read_at_once() {
    for file in ["live-core", "mutation-and-structure", "dom-clobbering", "css-injection"] {
        let Some(directory) = fixtures("xss") else { return };
        let text = fs::read_to_string(directory.join(file).with_extension("json")).expect("the fixture is readable");
        let cases = recto::json::parse(&text).expect("the fixture is JSON");
        for case in cases.as_array().into_iter().flatten() {
            let Some(payload) = case["payload"].as_str() else { continue };
            let start = now();
            check_words(&format!("{file}: {}", case["title"]), payload);
            markup::document(payload, parse, &mut Warnings::default());
            assert!(start.elapsed() < Duration::from_secs(20), "{}", case["title"]);
        }
    }
}

/// What a generator of the bombs makes.
fn generate(generator: &Value<'_>) -> Option<String> {
    if let Some(text) = generator.as_str() {
        return Some(text.to_owned());
    }
    let text = |key: &str| generator[key].as_str().unwrap_or_default();
    let times = usize::try_from(generator["count"].as_u64().unwrap_or(0)).ok()?;
    match text("op") {
        "nest" => Some(text("open").repeat(times) + text("inner") + &text("close").repeat(times)),
        "repeat" => {
            let unit = text("unit");
            if !unit.contains("%i") {
                return Some(unit.repeat(times));
            }
            Some((0..times).map(|index| unit.replace("%i", &index.to_string())).collect())
        }
        "concat" => generator["parts"].as_array()?.iter().map(generate).collect(),
        _ => None,
    }
}

#[test]
fn bombs_are_defused_in_seconds() {
    let Some(directory) = fixtures("xss") else { return };
    let text = fs::read_to_string(directory.join("bombs.json")).expect("the fixture is readable");
    let cases = recto::json::parse(&text).expect("the fixture is JSON");
    for case in cases.as_array().into_iter().flatten() {
        let Some(html) = generate(&case["generator"]) else { continue };
        let start = now();
        let mut warnings = Warnings::default();
        let fragment = markup::blocks(&html, parse, &mut warnings);
        let elapsed = start.elapsed();
        println!("{}: {elapsed:?}, {} blocks", case["title"], fragment.blocks.len());
        assert!(elapsed < Duration::from_secs(120), "{}: {elapsed:?}", case["title"]);
    }
}

/// Headings, pictures, paragraphs, footnotes, tables, blocks of code.
#[test]
fn finds_structure_in_known_articles() {
    let Some(directory) = fixtures("readability") else { return };
    for (name, expected) in [
        ("wikipedia", [35, 7, 81, 72, 1, 0]),
        ("dropbox-blog", [12, 2, 71, 0, 1, 2]),
        ("quanta-1", [3, 0, 41, 0, 0, 0]),
        ("ars-1", [2, 1, 13, 0, 0, 1]),
        ("gitlab-blog", [4, 0, 15, 0, 0, 0]),
        ("google-sre-book-1", [13, 0, 79, 4, 1, 0]),
        ("mozilla-1", [5, 6, 17, 0, 0, 0]),
    ] {
        let html = fs::read_to_string(directory.join(name).join("expected.html")).expect("the fixture is readable");
        let fragment = read(&html).0;
        let found = [
            count(&fragment, |kind| matches!(kind, Kind::Heading(_))),
            count(&fragment, |kind| matches!(kind, Kind::Image(_))),
            count(&fragment, |kind| matches!(kind, Kind::Paragraph(_))),
            fragment.footnotes.len(),
            count(&fragment, |kind| matches!(kind, Kind::Table(_))),
            count(&fragment, |kind| matches!(kind, Kind::Code(_))),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn finds_the_article_of_whole_pages() {
    let Some(directory) = fixtures("wikipedia") else { return };
    let html = fs::read_to_string(directory.join("ar-Mathematics.html")).expect("the fixture is readable");
    let page = markup::document(&html, parse, &mut Warnings::default());
    assert_eq!(page.title, recto::article::Inlines::from("رياضيات"));
    assert_eq!((page.language.as_str(), page.direction), ("ar", Some(recto::article::Direction::RightToLeft)));
    assert_eq!(page.content.footnotes.len(), 7);
}
