//! Several articles -> one, in which each is a section: what a file that holds several is written from.

use std::collections::BTreeMap;
use std::mem::take;

use super::file_name::Names;
use super::page::day_in_words;
use super::people;
use super::website::links::{each_link, split, stem};
use crate::article::normal::normalise;
use crate::article::walk::{Part as Inside, each_block, each_inline, parts, sequences};
use crate::article::{Article, Attributes, Block, Blocks, Figure, Hero, HeroKind, Image, Inline, Inlines, Kind};
use crate::article::{Content, Direction, Media, Paragraph, Section};
use crate::url::{encode_path, join};
use crate::warning::Warnings;

/// An article of the collection.
#[derive(Debug, Clone)]
pub struct Part {
    /// Path of its file below the collection's folder, with `/`.
    pub path: String,
    /// The article, normalised.
    pub article: Article,
}

/// Makes one article of several. Each keeps its text, its notes and its anchors, which begin with the name of its file,
/// so that none leads into another article. Links between the files lead to the sections; addresses of other files are
/// from the collection's folder.
pub fn collect(title: &str, collected: Vec<Part>) -> Article {
    let mut names = Names::default();
    let anchors: Vec<String> = collected.iter().map(|part| names.give("", stem(&part.path))).collect();
    let by_path: BTreeMap<String, String> =
        collected.iter().zip(&anchors).rev().map(|(part, anchor)| (part.path.clone(), anchor.clone())).collect();
    let mut all = Article { title: Inlines::from(title), ..Article::default() };
    if let Some((first, others)) = collected.split_first() {
        let is_shared = others.iter().all(|other| other.article.language == first.article.language);
        all.language = if is_shared { first.article.language.clone() } else { String::new() };
    }
    for (Part { path, mut article }, anchor) in collected.into_iter().zip(anchors) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        rename(&mut article, &anchor);
        each_link(&mut article, &mut |url| lead(url, folder, &anchor, &by_path));
        each_file(&mut article, &mut |url| {
            let (path, ..) = split(url);
            // What is not below the article's own folder is not for it to show.
            if let Some(path_of_file) = join("", path).and_then(|_| join(folder, path)).filter(|_| !path.is_empty()) {
                *url = format!("{}{}", encode_path(&path_of_file), &url[path.len()..]);
            }
        });
        all.footnotes.0.append(&mut article.footnotes.0);
        all.references.append(&mut article.references);
        all.body.0.push(section(article, anchor));
    }
    normalise(all, &mut Warnings::default())
}

/// The article as a section: what stands above its text becomes paragraphs.
fn section(mut article: Article, id: String) -> Block {
    let mut children = Blocks::default();
    let mut push = |kind| children.0.push(Block { attributes: Attributes::default(), kind });
    if !article.subtitle.is_empty() {
        push(paragraph(take(&mut article.subtitle)));
    }
    let facts = facts(&article);
    if !facts.is_empty() {
        push(paragraph(Inlines::from(facts.as_str())));
    }
    if let Some(hero) = article.hero.take() {
        push(picture(hero));
    }
    children.0.append(&mut article.lead.0);
    children.0.append(&mut article.body.0);
    without_lists(&mut children);
    let dir = (article.direction != Direction::Auto).then_some(article.direction);
    let attributes = Attributes { id, dir, lang: article.language, ..Attributes::default() };
    let title = article.title;
    Block { attributes, kind: Kind::Section(Section { title, children, ..Section::default() }) }
}

fn paragraph(children: Inlines) -> Kind {
    Kind::Paragraph(Paragraph { children, ..Paragraph::default() })
}

/// Who wrote it, and when.
fn facts(article: &Article) -> String {
    let names: Vec<&str> = people(article).iter().map(|person| person.name.as_str()).collect();
    let by = if article.byline.is_empty() { names.join(", ") } else { article.byline.clone() };
    let date = article.published.as_ref().map(|date| day_in_words(date, &article.language)).unwrap_or_default();
    [by, date].into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn picture(hero: Hero) -> Kind {
    let Hero { kind, src, srcset, sizes, alt, width, height, caption, credit, poster } = hero;
    let caption = (!caption.is_empty()).then_some(Content::Inlines(caption));
    let shown = match kind {
        HeroKind::Video => Kind::Video(Media { src, poster, width, height, ..Media::default() }),
        HeroKind::Image => Kind::Image(Image { url: src, srcset, sizes, alt, width, height, ..Image::default() }),
    };
    let children = Blocks(vec![Block { attributes: Attributes::default(), kind: shown }]);
    Kind::Figure(Figure { children, caption, credit: Inlines::from(credit.as_str()), ..Figure::default() })
}

/// Notes, references and contents are listed once for all.
fn without_lists(blocks: &mut Blocks) {
    blocks.0.retain(|block| !matches!(block.kind, Kind::FootnoteList(_) | Kind::ReferenceList(_) | Kind::Contents(_)));
    for block in &mut blocks.0 {
        parts(block, &mut |part| {
            if let Inside::Blocks(blocks) = part {
                without_lists(blocks);
            }
        });
    }
}

/// Gives everything that has a name the anchor as its beginning.
fn rename(article: &mut Article, anchor: &str) {
    let name = |name: &mut String| {
        if !name.is_empty() {
            *name = format!("{anchor}-{name}");
        }
    };
    let in_inlines = |inlines: &mut Inlines| {
        each_inline(inlines, &mut |inline| match inline {
            Inline::Span(it) => name(&mut it.id),
            Inline::FootnoteReference(it) => name(&mut it.identifier),
            Inline::CrossReference(it) => name(&mut it.identifier),
            Inline::Citation(it) => it.identifiers.iter_mut().for_each(name),
            _ => {}
        });
    };
    for note in &mut article.footnotes.0 {
        name(&mut note.identifier);
    }
    for entry in &mut article.references {
        name(&mut entry.id);
        in_inlines(&mut entry.text);
    }
    for inlines in [&mut article.title, &mut article.subtitle] {
        in_inlines(inlines);
    }
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| {
            name(&mut block.attributes.id);
            block.attributes.aliases.iter_mut().for_each(name);
            match &mut block.kind {
                Kind::List(list) => list.children.iter_mut().for_each(|item| name(&mut item.id)),
                Kind::Math(math) => name(&mut math.label),
                _ => {}
            }
            parts(block, &mut |part| {
                if let Inside::Inlines(inlines) = part {
                    in_inlines(inlines);
                }
            });
        });
    }
}

/// Makes a link of an article in `folder`, whose section is `anchor`, lead to the same from the collection.
fn lead(url: &mut String, folder: &str, anchor: &str, by_path: &BTreeMap<String, String>) {
    let (path, _, fragment) = split(url);
    let inner = fragment.trim_start_matches('#');
    if path.is_empty() {
        if !inner.is_empty() {
            *url = format!("#{anchor}-{inner}");
        }
        return;
    }
    let Some(target) = join(folder, path) else { return };
    *url = match by_path.get(&target) {
        Some(section) if inner.is_empty() => format!("#{section}"),
        Some(section) => format!("#{section}-{inner}"),
        None => format!("{}{}", encode_path(&target), &url[path.len()..]),
    };
}

/// Visits the address of every picture, film and sound.
fn each_file(article: &mut Article, visit: &mut dyn FnMut(&mut String)) {
    if let Some(hero) = &mut article.hero {
        visit(&mut hero.src);
        visit(&mut hero.poster);
        visit_srcset(&mut hero.srcset, visit);
    }
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| {
            match &mut block.kind {
                Kind::Image(it) => visit_image(it, visit),
                Kind::Gallery(it) => it.items.iter_mut().for_each(|image| visit_image(image, visit)),
                Kind::Video(it) | Kind::Audio(it) => {
                    visit(&mut it.src);
                    visit(&mut it.poster);
                    it.sources.iter_mut().for_each(|source| visit(&mut source.src));
                    it.tracks.iter_mut().for_each(|track| visit(&mut track.src));
                }
                Kind::Embed(it) => visit(&mut it.thumbnail),
                Kind::LinkCard(it) => visit(&mut it.image),
                _ => {}
            }
            parts(block, &mut |part| {
                if let Inside::Inlines(inlines) = part {
                    each_inline(inlines, &mut |inline| {
                        if let Inline::Image(image) = inline {
                            visit(&mut image.url);
                        }
                    });
                }
            });
        });
    }
}

fn visit_image(image: &mut Image, visit: &mut dyn FnMut(&mut String)) {
    visit(&mut image.url);
    visit(&mut image.src_dark);
    visit_srcset(&mut image.srcset, visit);
}

/// The addresses of `a.png 1x, b.png 2x`, in which a normalised article has neither spaces nor commas.
fn visit_srcset(srcset: &mut String, visit: &mut dyn FnMut(&mut String)) {
    let candidates = srcset.split(',').map(str::trim).filter(|candidate| !candidate.is_empty()).map(|candidate| {
        let (url, size) = candidate.split_at(candidate.find(' ').unwrap_or(candidate.len()));
        let mut url = url.to_owned();
        visit(&mut url);
        url + size
    });
    *srcset = candidates.collect::<Vec<_>>().join(", ");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Value, json};
    use crate::reader;

    fn part(path: &str, file: &Value<'_>) -> Part {
        let reading = reader::read_native(file.to_string().as_bytes(), &reader::Hint::default());
        let article = reading.expect("readable").expect("Article JSON").articles.swap_remove(0);
        Part { path: path.to_owned(), article }
    }

    fn check(parts: &[(&str, Value<'_>)], expected: &[&str]) {
        let collected = collect("All", parts.iter().map(|(path, file)| part(path, file)).collect());
        let json = Value::Object(collected.to_json()).to_string();
        for expected in expected {
            assert!(json.contains(expected), "{expected} in {json}");
        }
    }

    fn file(body: Value<'static>) -> Value<'static> {
        json!({ "articleJson": "1.0", "title": "T", "body": body })
    }

    #[test]
    fn each_article_is_a_section_under_what_stands_above_its_text() {
        let article = json!({ "articleJson": "1.0", "title": "One", "subtitle": "Sub", "language": "de",
            "authors": [{ "name": "A" }, { "name": "B" }], "published": "2024-10-06", "body": ["Text."] });
        let other = json!({ "articleJson": "1.0", "title": "Two", "language": "ar", "body": ["Text."] });
        check(
            &[("one.json", article), ("two.json", other)],
            &[
                r#""title":"All""#,
                r#""children":"Sub""#,
                "A, B · 6. Oktober 2024",
                r#""id":"one","dir":"ltr","lang":"de""#,
                r#""id":"two","dir":"rtl","lang":"ar""#,
            ],
        );
    }

    #[test]
    fn names_stay_apart_and_links_between_files_lead_to_sections() {
        let text = json!([
            { "type": "section", "id": "x", "title": "X", "children": [{ "type": "paragraph", "children": [
                { "type": "link", "url": "#x", "children": "here" },
                { "type": "link", "url": "../b/two.json#x", "children": "there" },
                { "type": "link", "url": "../b/two.json", "children": "whole" },
                { "type": "link", "url": "more.html?a=1", "children": "elsewhere" },
                { "type": "link", "url": "https://example.org/#x", "children": "web" },
                { "type": "footnoteReference", "identifier": "1" },
            ] }] },
            { "type": "footnoteDefinition", "identifier": "1", "children": ["Note."] },
        ]);
        check(
            &[("a/one.json", file(text.clone())), ("b/two.json", file(text))],
            &[
                r##""url":"#one-x""##,
                r##""url":"#two-x""##,
                r##""url":"#two""##,
                r#""url":"a/more.html?a=1""#,
                r#""url":"https://example.org/#x""#,
                r#""identifier":"one-1""#,
                r#""identifier":"two-1""#,
            ],
        );
    }

    #[test]
    fn no_two_sections_have_one_name() {
        let names = ["a/x.json", "b/x.json", "x-2.json"].map(|path| (path, file(json!(["Text."]))));
        check(&names, &[r#""id":"x","#, r#""id":"x-2","#, r#""id":"x-2-2","#]);
    }

    #[test]
    fn files_are_found_from_the_collections_folder() {
        let image = json!([{ "type": "image", "url": "i/p.png", "alt": "P", "srcset": "i/p.png 1x, i/q.png 2x" },
            { "type": "image", "url": "../../out.png", "alt": "O" }]);
        check(
            &[("a/b/one.json", file(image))],
            &[r#""url":"a/b/i/p.png""#, r#""srcset":"a/b/i/p.png 1x, a/b/i/q.png 2x""#, r#""url":"../../out.png""#],
        );
    }

    #[test]
    fn odd_names_of_files_stay_what_they_are() {
        let odd = json!([{ "type": "image", "url": "C%23%20logo.png", "alt": "C" }, { "type": "paragraph", "children": [
            { "type": "link", "url": "not%23there.md#x", "children": "away" },
            { "type": "link", "url": "what%3F.json", "children": "here" },
        ] }]);
        check(
            &[("50% off/one.json", file(odd)), ("50% off/what?.json", file(json!(["Text."])))],
            &[
                r#""url":"50%25%20off/C%23%20logo.png""#,
                r#""url":"50%25%20off/not%23there.md#x""#,
                r##""url":"#what""##,
            ],
        );
    }
}
