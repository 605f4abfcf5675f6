//! What is written for others means the same as the article: checked by reading it again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use recto::article::{Article, Block, Blocks, Content, Image, Inline, Inlines, Kind};
use recto::export::website::{App, File, Source, Website};
use recto::export::{markdown, page, plain_text};
use recto::html::{self, Options};
use recto::markup::parse::parse;
use recto::reader::{self, Format, Hint};
use recto::site::Settings;

use crate::fixtures;

/// The samples, and files of others where they are at hand.
fn articles() -> Vec<(String, Article)> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles");
    let mut files: Vec<PathBuf> = std::fs::read_dir(samples)
        .expect("there are samples")
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("index.json"))
        .collect();
    files.extend(fixtures::files("wordpress-rest", ".json"));
    files.extend(fixtures::files("readability", ".html"));
    files.sort();
    let mut articles = Vec::new();
    for path in files {
        let bytes = std::fs::read(&path).expect("a file can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let hint = Hint { name: &name, url: "https://example.org/articles/a.html", ..Hint::default() };
        // What cannot be read is the matter of other tests.
        let Ok(reading) = reader::read(&bytes, &hint, parse) else { continue };
        let label = path.display().to_string();
        articles.extend(reading.articles.into_iter().map(|article| (label.clone(), article)));
    }
    articles
}

/// What of an article has to survive.
#[derive(Debug, Default, PartialEq)]
struct Facts {
    words: Vec<String>,
    sections: Vec<String>,
    links: Vec<String>,
    images: Vec<String>,
}

fn facts(article: &Article) -> Facts {
    let mut facts = Facts::default();
    facts.blocks(&article.lead);
    facts.blocks(&article.body);
    facts
}

impl Facts {
    fn blocks(&mut self, blocks: &Blocks) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            Kind::Section(it) => {
                // A closed section is read as content that opens on request.
                let listed = (!it.collapsed).then_some(&it.title);
                self.sections
                    .extend(listed.map(|title| title.plain_text().split_whitespace().collect::<Vec<_>>().join(" ")));
                self.inlines(&it.title);
                self.blocks(&it.children);
            }
            Kind::Paragraph(it) => self.inlines(&it.children),
            Kind::Heading(it) => self.inlines(&it.children),
            Kind::Blockquote(it) => self.blocks(&it.children),
            Kind::List(it) => it.children.iter().for_each(|item| self.blocks(&item.children)),
            Kind::Image(it) => self.image(it),
            Kind::Gallery(it) => {
                it.items.iter().for_each(|image| self.image(image));
                self.inlines(&it.caption);
            }
            Kind::Video(it) | Kind::Audio(it) => self.inlines(&it.caption),
            Kind::Embed(it) => self.inlines(&it.caption),
            Kind::Code(it) => self.inlines(&it.caption),
            Kind::Figure(it) => {
                self.blocks(&it.children);
                if let Some(caption) = &it.caption {
                    self.content(caption);
                }
            }
            Kind::Table(it) => {
                self.inlines(&it.caption);
                it.children.iter().flat_map(|row| &row.children).for_each(|cell| self.content(&cell.children));
            }
            Kind::Aside(it) => self.blocks(&it.children),
            Kind::Details(it) => {
                self.inlines(&it.summary);
                self.blocks(&it.children);
            }
            Kind::Admonition(it) => self.blocks(&it.children),
            Kind::Columns(it) => it.children.iter().for_each(|column| self.blocks(&column.children)),
            Kind::Group(it) => self.blocks(it),
            _ => {}
        }
    }

    fn image(&mut self, image: &Image) {
        self.images.push(image.url.clone());
        self.inlines(&image.caption);
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Inlines(inlines) => self.inlines(inlines),
            Content::Blocks(blocks) => self.blocks(blocks),
        }
    }

    fn inlines(&mut self, inlines: &Inlines) {
        let text = inlines.plain_text();
        self.words.extend(
            text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned),
        );
        self.addresses(inlines);
    }

    fn addresses(&mut self, inlines: &Inlines) {
        for inline in inlines {
            match inline {
                Inline::Link(it) => {
                    // Parts of the page itself get other names, and some lead nowhere from the start.
                    self.links.extend((!it.url.starts_with('#')).then(|| it.url.clone()));
                    self.addresses(&it.children);
                }
                Inline::Image(it) => self.images.push(it.url.clone()),
                Inline::Emphasis(it) | Inline::Strong(it) | Inline::Small(it) => self.addresses(it),
                Inline::Span(it) => self.addresses(&it.children),
                _ => {}
            }
        }
    }
}

/// What of `expected` is not in `found`, or not as often.
fn missing(expected: &[String], found: &[String]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    found.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let is_missing = |word: &&String| match left.get_mut(word.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    expected.iter().filter(is_missing).cloned().collect()
}

#[test]
fn pages_are_read_as_the_article_they_show() {
    let mut worst = Vec::new();
    let (mut words, mut lost_words) = (0, 0);
    let articles = articles();
    for (name, article) in &articles {
        let page = page::article(
            article,
            &page::Frame { url: "https://example.org/articles/a.html", ..page::Frame::default() },
        );
        let reading = reader::read(
            page.as_bytes(),
            &Hint { url: "https://example.org/articles/a.html", ..Hint::default() },
            parse,
        );
        let again = reading.unwrap_or_else(|error| panic!("{name}: {error}")).articles.remove(0);
        assert_eq!(again.title.plain_text(), article.title.plain_text(), "{name}");
        let (before, after) = (facts(article), facts(&again));
        let lost = missing(&before.words, &after.words);
        words += before.words.len();
        lost_words += lost.len();
        let others = [
            ("sections", missing(&before.sections, &after.sections)),
            ("links", missing(&before.links, &after.links)),
            ("images", missing(&before.images, &after.images)),
            ("words", lost),
        ];
        for (kind, lost) in others.into_iter().filter(|(_, lost)| !lost.is_empty()) {
            worst.push(format!("{name}: {} {kind}: {:?}", lost.len(), &lost[..lost.len().min(6)]));
        }
    }
    println!("{} articles, {words} words, {lost_words} lost", articles.len());
    assert!(worst.is_empty(), "{} complaints:\n{}", worst.len(), worst.join("\n"));
}

#[test]
fn markdown_is_read_as_the_article_it_was_written_from() {
    if Format::from_word("markdown").is_none() {
        return println!("skipped: Markdown is not read");
    }
    let (mut words, mut lost_words) = (0, 0);
    for (name, article) in articles() {
        let hint = Hint { name: "a.md", url: "https://example.org/articles/a.html", ..Hint::default() };
        let text = markdown::write(&article);
        let reading = reader::read(text.as_bytes(), &hint, parse).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = &reading.articles[0];
        assert_eq!(again.title.plain_text(), article.title.plain_text(), "{name}");
        let (before, after) = (facts(&article), facts(again));
        let nothing = Vec::<String>::new();
        assert_eq!(missing(&before.sections, &after.sections), nothing, "{name}: sections");
        assert_eq!(missing(&before.links, &after.links), nothing, "{name}: links");
        assert_eq!(missing(&before.images, &after.images), nothing, "{name}: images");
        words += before.words.len();
        lost_words += missing(&before.words, &after.words).len();
    }
    // Words beside each other in a cell may become one.
    assert!(lost_words * 500 < words, "{lost_words} of {words} words are lost");
}

#[test]
fn markdown_keeps_what_looks_like_markup() {
    for words in ["Using Vec<T> and Map<K, V>", "The <em> element", "a <b>c</b> &amp; d", "R&D <hi>", "a<br>b"] {
        let article = recto::json::json!({
            "articleJson": "1.0", "title": words, "description": words, "tags": [words.replace(',', "")],
            "authors": ["Ann"], "body": ["Text."],
        });
        let article = Article::from_json(article.as_object().expect("an object"), &mut Default::default());
        let article = recto::article::normal::normalise(article, &mut Default::default());
        let hint = Hint { name: "a.md", ..Hint::default() };
        let again = reader::read(markdown::write(&article).as_bytes(), &hint, parse).expect("an article");
        let mut again = again.articles[0].clone();
        again.source = article.source.clone();
        assert_eq!(again.to_json(), article.to_json(), "{words}");
    }
}

#[test]
fn every_form_is_written_of_every_article() {
    for (name, article) in articles() {
        let text = plain_text::write(&article);
        let before = facts(&article);
        let words = |text: &str| -> Vec<String> {
            text.split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(missing(&before.words, &words(&text)), Vec::<String>::new(), "{name}");
        assert!(markdown::write(&article).len() > 1, "{name}");
        let page = html::article(&article, &Options::default());
        assert!(page.as_str().len() >= html::content(&article, &Options::default()).as_str().len(), "{name}");
    }
}

/// An article that says `text` wherever it can.
fn saying(text: &str) -> Article {
    let envelope = recto::json::json!({
        "articleJson": "1.0", "title": text, "subtitle": text, "description": text, "url": text, "language": "en", "byline": text,
        "authors": [{"name": text, "url": text, "avatar": text}], "site": {"name": text, "url": text}, "tags": [text], "license": {"name": text, "url": text},
        "hero": {"src": "a.png", "srcset": text, "alt": text}, "published": "2026-05-01",
        "body": [text, {"type": "image", "url": text, "alt": text}, {"type": "paragraph", "children": [{"type": "link", "url": text, "title": text, "children": text}]},
            {"type": "section", "title": text, "children": [{"type": "code", "value": text, "lang": text}, {"type": "html", "value": text}]}],
    });
    let bytes = envelope.to_string();
    reader::read(bytes.as_bytes(), &Hint::default(), parse).expect("an article").articles.remove(0)
}

#[test]
fn texts_mean_themselves_in_every_context() {
    let Some(shared) = fixtures::shared() else { return };
    let text = std::fs::read_to_string(shared.join("fixtures/xss/output-contexts.json")).expect("a list of attacks");
    let cases = recto::json::parse(&text).expect("it is JSON");
    for case in cases.as_array().expect("a list") {
        let (title, payload) =
            (case["title"].as_str().unwrap_or_default(), case["payload"].as_str().unwrap_or_default());
        let source = Source {
            path: format!("{payload}.json").replace('/', "_"),
            articles: vec![saying(payload), saying(payload)],
        };
        let settings = Settings { title: payload.to_owned(), description: payload.to_owned(), ..Settings::default() };
        let site = Website::new(
            settings,
            "https://example.org/a/".to_owned(),
            App::Included("static-0.js".to_owned()),
            vec![source],
        );
        let mut files = site.others(&[]);
        files.extend(site.pages().iter().flat_map(|page| site.article(page)));
        let mut names = BTreeSet::new();
        for File { path, content } in &files {
            // Names of files: within the folder, for every system, none twice.
            let is_safe = |part: &str| {
                !part.is_empty() && part != ".." && !part.contains(['\\', ':', '<', '>', '"', '|', '?', '*', '\0', ' '])
            };
            assert!(path.split('/').all(is_safe), "{title}: {path}");
            assert!(names.insert(path.to_lowercase()), "{title}: {path} is there twice");
            let extension = path.rsplit('.').next().unwrap_or_default();
            match extension {
                "html" => {
                    let tags = content.to_lowercase();
                    let of = |start: &str| tags.matches(start).count();
                    let ours = [
                        "<script type=\"application/ld+json\">",
                        "<script defer src=\"../frame-",
                        "<script async src=\"../static-0.js\"",
                        "<script>try{const theme=",
                    ];
                    let ours = ours.map(of);
                    assert!(
                        of("<script") == ours.iter().sum::<usize>() && ours.iter().all(|count| *count <= 1),
                        "{title}: {path} has a script of others"
                    );
                    assert_eq!((of("<style"), of("</style")), (1, 1), "{title}: {path}");
                    for attribute in ["href", "src", "srcset", "poster"] {
                        let start = format!(" {attribute}=\"");
                        let values = content.split(&start).skip(1);
                        for value in
                            values.filter_map(|rest| rest.split('"').next()).flat_map(|value| value.split(", "))
                        {
                            assert!(
                                !value.trim().to_lowercase().starts_with("javascript:"),
                                "{title}: {path}: {value}"
                            );
                        }
                    }
                    assert!(!content.contains("og:url\" content=\"javascript:"), "{title}: {path}");
                }
                "xml" => {
                    let is_allowed = |letter: char| {
                        letter == '\n'
                            || letter == '\t'
                            || !(letter.is_control() || letter == '\u{FFFE}' || letter == '\u{FFFF}')
                    };
                    assert!(content.chars().all(is_allowed), "{title}: {path}");
                    assert!(!content.contains("<script") && !content.contains("]]>"), "{title}: {path}");
                }
                "json" => assert!(serde_json::from_str::<serde_json::Value>(content).is_ok(), "{title}: {path}"),
                _ => assert!(
                    payload.trim().len() < 3 || !content.contains(payload),
                    "{title}: {path} is not written by content"
                ),
            }
        }
        let page = files
            .iter()
            .find(|file| file.path.starts_with("articles/") && file.path.ends_with(".html"))
            .expect("a page");
        let json = page.content.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
        let json = json.unwrap_or_default();
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{title}: {json}");
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON-LD is JSON");
        assert_eq!(value["headline"], saying(payload).title.plain_text(), "{title}");
        // In Markdown, text has neither links nor HTML of its own.
        let markdown = markdown::write(&saying(payload));
        let body = markdown.split("\n---\n").nth(1).unwrap_or_default();
        let prose = body.split("```").step_by(2).collect::<String>().replace("\\<", "");
        assert!(
            !prose.contains("<script") && !prose.contains("<img") && !prose.contains("](javascript"),
            "{title}: {prose}"
        );
    }
}
