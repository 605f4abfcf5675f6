//! Rich-text trees of many editors -> the same article: found by their shape, equal to the HTML that they were made
//! from, and read whatever they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::fixtures::{files, shared};
use crate::measure::Measure;
use crate::sound::check_round_trip;
use recto::article::{Article, normal};
use recto::json::{Value, json};
use recto::markup;
use recto::reader::{self, Format, Hint, Reading};
use recto::warning::Warnings;

/// The folders of each format's own files, and the few in them that are no articles.
const FOLDERS: &[(&str, Format, &[&str])] = &[
    ("tiptap", Format::ProseMirror, &[]),
    ("prosemirror", Format::ProseMirror, &[]),
    ("storyblok", Format::ProseMirror, &[]),
    ("lexical", Format::Lexical, &[]),
    ("ghost/lexical-from-html", Format::Lexical, &[]),
    ("ghost/mobiledoc-from-html", Format::Mobiledoc, &[]),
    ("ghost/mobiledoc-welcome-posts", Format::Mobiledoc, &[]),
    ("contentful", Format::Contentful, &["content_types.json", "locales.json"]),
    ("portabletext/blocktools", Format::PortableText, &[]),
    (
        "portabletext/spec",
        Format::PortableText,
        &["020-empty-array.input.json", "050-custom-block-type.input.json", "051-override-defaults.input.json"],
    ),
    ("slate", Format::Slate, &[]),
    ("strapi", Format::Strapi, &[]),
    ("quill-delta", Format::Quill, &[]),
    ("draftjs", Format::Draft, &[]),
    ("editorjs", Format::EditorJs, &[]),
    ("notion/martian-blocks", Format::Notion, &[]),
    ("wordpress-blocks-json", Format::Gutenberg, &[]),
];

/// Whether a file is in a folder of that format.
pub(crate) fn are_in(path: &Path, format: Format) -> bool {
    let is_in = |folder: &str| path.to_string_lossy().contains(&format!("/fixtures/{folder}/"));
    let has_others = (format == Format::Notion && is_in("notion")) || (format == Format::Lexical && is_in("ghost"));
    has_others || FOLDERS.iter().any(|(folder, own, _)| *own == format && is_in(folder))
}

fn read(bytes: &[u8]) -> Result<Reading, reader::ReadError> {
    reader::read(bytes, &Hint { name: "a.json", ..Hint::default() }, markup::parse::parse)
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The files of a format, without those that are no articles.
fn samples() -> Vec<(PathBuf, Format)> {
    let mut samples = Vec::new();
    for (folder, format, others) in FOLDERS {
        let own = files(folder, ".json").into_iter().filter(|path| !others.contains(&name_of(path).as_str()));
        samples.extend(own.map(|path| (path, *format)));
    }
    samples
}

#[test]
fn files_of_each_format_are_found_and_read() {
    for (path, format) in samples() {
        let name = path.display();
        let reading = read(&std::fs::read(&path).expect("a fixture can be read"));
        let reading = reading.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(reading.format, format, "{name}");
        let has_text = reading.articles.iter().all(|article| !article.body.is_empty() || !article.title.is_empty());
        let is_empty =
            ["001-empty-block", "malformed", "contentful"].iter().any(|word| path.to_string_lossy().contains(word));
        assert!(has_text || is_empty, "{name} has no text");
    }
}

/// The HTML that the emitted files were made from; where that is read in another way, one of those files.
fn original(name: &str, folder: &str) -> Option<PathBuf> {
    let fixtures = shared()?.join("fixtures");
    let tree = fixtures.join(format!("tiptap/{name}.json"));
    if has_notes(name) && folder != "tiptap" && tree.exists() {
        return Some(tree);
    }
    let page = fixtures.join(format!("readability/{name}/expected.html"));
    [page, fixtures.join(format!("wordpress-blocks/{name}.html"))].into_iter().find(|path| path.exists())
}

/// What the emitters of each folder keep of pictures and tables.
const KEPT: &[(&str, &[&str])] = &[
    ("tiptap", &["images", "tables"]),
    ("storyblok", &["images", "tables"]),
    ("lexical-from-html", &["images", "tables"]),
    ("mobiledoc-from-html", &["images", "tables"]),
    ("lexical", &["tables"]),
    ("prosemirror", &["images"]),
    ("quill-delta", &["images"]),
    ("draftjs", &["images"]),
];

/// Counts that differ because of who made the files, or of what the reader of HTML does.
const EXCUSED: &[(&str, &str, &str)] = &[
    // The reader of HTML makes a heading of a bold line.
    ("", "pixnet", "headings"),
    // Of tables and links around pictures only this emitter knows.
    ("draftjs", "dropbox-blog", "links"),
    ("martian-blocks", "dropbox-blog", "links"),
    ("slate", "keep-tabular-data", "links"),
    ("slate", "wikipedia", "links"),
    ("slate", "wikipedia-2", "links"),
    ("slate", "wikipedia-4", "links"),
    // Tables inside tables.
    ("", "wikipedia", "tables"),
    // A heading with a picture in it becomes two.
    ("quill-delta", "mozilla-1", "headings"),
];

/// Of the text, how much may differ where the emitter goes through Markdown, which has no tables of such a kind.
const LOSSY: &[(&str, f64)] = &[("dropbox-blog", 0.07), ("keep-tabular-data", 0.05)];

#[test]
fn one_article_in_many_encodings() {
    let mut compared = 0;
    let mut bases: BTreeMap<PathBuf, Measure> = BTreeMap::new();
    for (path, _) in samples() {
        let name = name_of(&path).replace(".json", "").replace("from-markdown-", "");
        let folder = name_of(path.parent().expect("a folder"));
        let Some(original) = original(&name, &folder) else { continue };
        let base = bases.entry(original).or_insert_with_key(|path| Measure::of_file(path));
        check_alike(&folder, &name, base, &Measure::of_file(&path));
        compared += 1;
    }
    assert!(compared == 0 || compared > 150, "{compared} files");
}

/// Whether what is read from HTML has a place of its own for notes, boxes and their links, and what is read from
/// trees has none.
fn has_notes(name: &str) -> bool {
    name.starts_with("wikipedia")
}

#[track_caller]
fn check_alike(folder: &str, name: &str, base: &Measure, tree: &Measure) {
    let through_markdown = matches!(folder, "contentful" | "martian-blocks");
    let lossy = LOSSY.iter().find(|(lossy, _)| *lossy == name && through_markdown).map_or(0.03, |(_, part)| *part);
    let lossy = if has_notes(name) { 0.04 } else { lossy };
    let (there, here) = (base.text.chars().count() as f64, tree.text.chars().count() as f64);
    assert!((there - here).abs() <= there * lossy + 2.0, "{folder}/{name}: {there} letters became {here}");
    // Pages of HTML take any first heading as their title.
    let moved = has_notes(name) || folder == "wordpress-blocks-json" || name == "keep-tabular-data";
    if !through_markdown && !moved {
        let same = base.text.chars().zip(tree.text.chars()).take_while(|(a, b)| a == b).count() as f64;
        assert!(same >= there - 2.0, "{folder}/{name} differs after {same} of {there} letters");
    }
    if has_notes(name) && (through_markdown || folder == "tiptap") {
        return;
    }
    let kept = KEPT.iter().find(|(kept, _)| *kept == folder).map_or(&[][..], |(_, kept)| *kept);
    for what in ["headings", "links"].iter().chain(kept) {
        let is_excused = |(place, excused, why): &(&str, &str, &str)| {
            (place.is_empty() || *place == folder) && *excused == name && why == what
        };
        if EXCUSED.iter().any(is_excused) {
            continue;
        }
        let count = |measure: &Measure| measure.counts.get(what).copied().unwrap_or_default();
        let tolerance = if has_notes(name) { count(base) / 10 } else { 0 };
        let (there, here) = (count(base), count(tree));
        assert!(there.abs_diff(here) <= tolerance, "{folder}/{name}: {there} {what} became {here}");
    }
}

#[test]
fn spec_of_portable_text() {
    for path in files("portabletext/spec", ".input.json") {
        let expected = PathBuf::from(path.to_string_lossy().replace(".input.json", ".expected.html"));
        let name = name_of(&path);
        if !expected.exists() {
            continue;
        }
        let html = std::fs::read_to_string(&expected).expect("a fixture can be read");
        let mut blocks = markup::blocks(&html, markup::parse::parse, &mut Warnings::default()).blocks;
        let Ok(reading) = read(&std::fs::read(&path).expect("a fixture can be read")) else {
            assert!(blocks.is_empty(), "{name} has a text");
            continue;
        };
        let article = normal::normalise(
            Article { body: std::mem::take(&mut blocks), ..Article::default() },
            &mut Warnings::default(),
        );
        let body = |article: &Article| article.to_json()["body"].clone().into_owned();
        // The serialiser of the specification is told in which project the pictures are.
        if name != "012-image-support.input.json" {
            assert_eq!(body(&reading.articles[0]), body(&article), "{name}");
        }
    }
}

#[test]
fn objects_around_trees_give_the_title_and_dates() {
    let doc = json!({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a"}]}]});
    let strapi = json!([{"type": "paragraph", "children": [{"type": "text", "text": "a"}]}]);
    let lexical = json!({"root": {"type": "root", "children": [{"type": "paragraph", "children": [{"type": "text", "text": "a", "format": 0}]}]}});
    let (title, date) = (json!("T"), json!("2024-10-16"));
    let envelopes = [
        json!({"title": title, "slug": "t", "publishedAt": date, "content": doc}),
        json!({"title": title, "date": date, "anything": doc, "excerpt": "A short summary."}),
        json!({"title": title, "date": date, "content": doc.to_string()}),
        json!({"data": {"id": 1, "attributes": {"title": title, "publishedAt": date, "body": strapi}}}),
        json!({"story": {"name": title, "first_published_at": date, "content": {"component": "page", "body": doc}}}),
        json!({"title": title, "created": date, "body": {"atlas_doc_format": {"value": doc.to_string()}}}),
        json!({"docs": [{"title": title, "publishedAt": date, "content": lexical}]}),
        json!({"result": {"_type": "post", "title": title, "publishedAt": date, "body": [
            {"_type": "block", "children": [{"_type": "span", "text": "a"}]},
        ]}}),
    ];
    for envelope in envelopes {
        let reading = read(envelope.to_string().as_bytes()).unwrap_or_else(|error| panic!("{envelope}: {error}"));
        let article = reading.articles[0].to_json();
        assert_eq!((&article["title"], &article["published"]), (&title, &date), "{envelope}");
        assert_eq!(article["body"], json!([{"type": "paragraph", "children": "a"}]), "{envelope}");
        assert_eq!(reading.warnings, [], "{envelope}");
    }
}

#[test]
fn remarks_have_the_whole_path() {
    let doc = json!({"type": "doc", "content": [{"type": "poll", "attrs": {"question": "Which?"}}]});
    let posts = json!({"data": {"posts": [7, {"title": "T", "fields": {"body": doc}}]}});
    let reading = read(posts.to_string().as_bytes()).expect("an article");
    let paths: Vec<&str> = reading.warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(paths, ["/data/posts/0", "/data/posts/1/fields/body/content/0"]);
}

#[test]
fn a_first_heading_is_the_title_of_a_tree_alone() {
    let doc = json!({"type": "doc", "content": [
        {"type": "heading", "attrs": {"level": 1}, "content": [{"type": "text", "text": "T"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a"}]},
    ]});
    let reading = read(doc.to_string().as_bytes()).expect("an article");
    assert_eq!(reading.articles[0].title.plain_text(), "T");
    assert_eq!(reading.articles[0].body.len(), 1);
}

/// Reads bytes, and checks that what is read is sound.
fn survive(bytes: &[u8], name: &str) {
    if let Ok(reading) = read(bytes) {
        reading.articles.iter().for_each(|article| check_round_trip(article, name));
    }
}

#[test]
fn members_said_twice_count_once() {
    let text = r#"{"type": "doc", "type": "doc", "content": 7, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "a"}]}]}"#;
    let reading = read(text.as_bytes()).expect("an article");
    assert_eq!(reading.articles[0].to_json()["body"], json!([{"type": "paragraph", "children": "a"}]));
}

/// Entries of which each holds the next, deep inside its text.
fn chain_of_entries() -> Value<'static> {
    let link = |id: usize| json!({"sys": {"type": "Link", "linkType": "Entry", "id": id.to_string()}});
    let entry = |id: usize| {
        let next = json!({"nodeType": "embedded-entry-block", "data": {"target": link(id + 1)}, "content": []});
        let words = json!({"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "words"}]});
        let quote = (0..30).fold(next, |inner, _| json!({"nodeType": "blockquote", "content": [inner]}));
        let document = json!({"nodeType": "document", "content": [words, quote]});
        json!({"sys": {"type": "Entry", "id": id.to_string()}, "fields": {"title": "T", "body": document}})
    };
    let all: Vec<Value<'_>> = (1..200).map(entry).collect();
    json!({"sys": {"type": "Array"}, "items": [entry(0)], "includes": {"Entry": all}})
}

/// Trees in strings in trees.
fn trees_in_strings() -> Value<'static> {
    let words = json!({"type": "paragraph", "content": [{"type": "text", "text": "words"}]});
    (0..8).fold(words, |inner, _| {
        let quote = (0..40).fold(inner, |inner, _| json!({"type": "blockquote", "content": [inner]}));
        let document = json!({"type": "doc", "content": [quote]}).to_string();
        let words = json!({"type": "text", "text": "words"});
        json!({"type": "doc", "content": [{"type": "paragraph", "content": [words]}, {"type": "box", "attrs": {"body": document}}]})
    })
}

#[test]
fn what_is_named_many_times_is_copied_so_often() {
    const TIMES: usize = 100;
    let long = "x".repeat(100_000);
    let repeat = |value: Value<'static>| -> Value<'static> { (0..TIMES).map(|_| value.clone()).collect() };
    let span = json!({"_type": "span", "text": "a", "marks": ["k"]});
    let text_block =
        json!({"_type": "block", "markDefs": [{"_key": "k", "_type": "link", "href": long}], "children": repeat(span)});
    let paragraph = json!({"type": "paragraph", "content": [{"type": "text", "text": "a"}]});
    let asset = json!({"sys": {"type": "Link", "linkType": "Asset", "id": "p"}});
    let file = json!({"title": "a", "file": {"url": format!("//a.example/{long}"), "contentType": "image/png"}});
    let node = json!({"nodeType": "embedded-asset-block", "data": {"target": asset}, "content": []});
    let bombs = [
        json!({"type": "doc", "content": [{"type": "link", "attrs": {"href": long}, "content": repeat(paragraph)}]}),
        json!([text_block]),
        json!({"markups": [["a", ["href", long]]], "atoms": [["mention", long, {}]], "cards": [["html", {"html": long}]],
               "sections": [[1, "p", repeat(json!([0, [0], 1, "a"]))], [1, "p", repeat(json!([1, [], 0, 0]))]]}),
        json!({"markups": [], "cards": [["html", {"html": format!("<p>a</p>{long}")}]], "sections": repeat(json!([10, 0]))}),
        json!({"blocks": repeat(json!({"type": "atomic", "text": "a", "entityRanges": [{"offset": 0, "length": 1, "key": 0}]})),
               "entityMap": {"0": {"type": "IMAGE", "data": {"src": long, "alt": "a"}}}}),
        json!({"sys": {"type": "Array"}, "includes": {"Asset": [{"sys": {"type": "Asset", "id": "p"}, "fields": file}]},
               "items": [{"sys": {"type": "Entry"}, "fields": {"title": "a", "body": {"nodeType": "document", "content": repeat(node)}}}]}),
    ];
    for bomb in bombs {
        let reading = read(bomb.to_string().as_bytes()).expect("an article");
        let size =
            reading.articles.iter().map(|article| Value::from(article.to_json()).to_string().len()).sum::<usize>();
        assert!(size < reader::MOST_BYTES, "{bomb:.60} became {size} bytes");
        let is_said = reading.warnings.iter().any(|warning| warning.message.contains("too many times"));
        assert!(is_said, "{bomb:.60}");
    }
}

#[test]
fn deep_and_wide_trees_are_read_in_seconds() {
    let nested =
        |open: &str, close: &str, times: usize| [open.repeat(times), close.repeat(times)].join(r#"{"text": "x"}"#);
    let deep = [
        format!(r#"{{"type": "doc", "content": [{}]}}"#, nested(r#"{"type": "blockquote", "content": ["#, "]}", 60)),
        format!("[{}]", nested(r#"{"type": "ul", "children": [{"type": "li", "children": ["#, "]}]}", 30)),
        format!("[{}]", nested(r#"{"type": "table", "children": [{"type": "tr", "children": [{"type": "td", "children": ["#, "]}]}]}", 20)),
        format!(
            r#"{{"object": "list", "results": [{}]}}"#,
            nested(r#"{"object": "block", "type": "column_list", "column_list": {"children": [{"object": "block", "type": "column", "column": {"children": ["#, "]}}]}}", 15)
                .replace(r#"{"text": "x"}"#, r#"{"object": "block", "type": "paragraph", "paragraph": {"rich_text": [{"plain_text": "x"}]}}"#)
        ),
    ];
    for text in &deep {
        let reading = read(text.as_bytes()).expect("an article");
        assert!(Measure::of(&reading.articles[0]).text.contains('x'), "{text:.60} lost its text");
        survive(text.as_bytes(), &text[..60]);
    }
    for value in [chain_of_entries(), trees_in_strings()] {
        let reading = read(value.to_string().as_bytes()).expect("an article");
        assert!(Measure::of(&reading.articles[0]).text.contains("words"), "{value:.60} lost its text");
        survive(value.to_string().as_bytes(), "nested texts");
    }
    let marks: Vec<Value<'_>> =
        (0..2000).map(|mark| json!({"type": "link", "attrs": {"href": mark.to_string()}})).collect();
    let ranges: Vec<Value<'_>> = (0..5000).map(|at| json!({"offset": at, "length": 5000, "style": "BOLD"})).collect();
    let wide = [
        json!({"type": "doc", "content": [{"type": "text", "text": "x", "marks": marks}]}),
        json!({"blocks": [{"type": "unstyled", "text": "x".repeat(10_000), "inlineStyleRanges": ranges}], "entityMap": {}}),
        (0..5000).map(|level| json!({"_type": "block", "listItem": "bullet", "level": level, "children": [{"_type": "span", "text": "x"}]})).collect(),
        json!({"ops": (0..5000).map(|indent| json!({"insert": "x\n", "attributes": {"list": "bullet", "indent": indent, "bold": true}})).collect::<Value<'_>>()}),
    ];
    for value in wide {
        survive(value.to_string().as_bytes(), &value.to_string()[..40]);
    }
}

/// The words of every string in a value that is under one of these names; of every string where there are none.
fn words(value: &Value<'_>, names: &[&str], is_named: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_named => {
            let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
            found.extend(words.map(str::to_owned));
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, names, is_named, found)),
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            words(member, names, names.is_empty() || names.contains(&name), found);
        }),
        _ => {}
    }
}

#[test]
fn no_word_of_a_tree_is_lost() {
    const LARGEST: u64 = 300_000;
    let has_plain_texts = |format| !matches!(format, Format::EditorJs | Format::Gutenberg | Format::Strapi);
    for (path, _) in samples().into_iter().filter(|(_, format)| has_plain_texts(*format)) {
        // An entry that stands in a line is shown by its title.
        let by_title = path.ends_with("simple_entry_inline.json");
        if by_title || std::fs::metadata(&path).is_ok_and(|data| data.len() > LARGEST) {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a fixture can be read");
        let text = String::from_utf8_lossy(&bytes);
        let value = recto::json::parse(&text).expect("JSON");
        let (mut there, mut here) = (BTreeSet::new(), BTreeSet::new());
        words(&value, &["text", "value", "plain_text", "insert", "alt"], false, &mut there);
        let mut text = String::new();
        for article in read(&bytes).expect("an article").articles {
            words(&Value::from(article.to_json()), &[], true, &mut here);
            text.push_str(&Measure::of(&article).text);
        }
        // Pieces with other marks join to one word.
        let lost: Vec<&String> = there.difference(&here).filter(|word| !text.contains(word.as_str())).collect();
        assert!(lost.is_empty(), "{} lost {lost:?}", path.display());
    }
}
