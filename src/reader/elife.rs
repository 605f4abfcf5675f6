//! Articles, digests, interviews and posts of eLife's API: nested sections with inline HTML.

#[cfg(test)]
mod tests;

use super::envelope::{Shape, first_text};
use super::fields::{member, number, text};
use super::{Context, ReadError};
use crate::article::{
    Article, Aside, Block, Blocks, Button, Buttons, Code, Content, Embed, Figure, FileLink, Hero, Image, Inline,
    Inlines, Kind, LinkCard, List, ListItem, ListStyle, Math, Media, MediaSource, Question, Quote, ReferenceEntry,
    Section, Site,
};
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "title",
    kicker: "titlePrefix subjects.0.name",
    description: "impactStatement",
    id: "doi id",
    published: "published",
    updated: "versionDate updated statusDate",
    authors: "authors",
    tags: "keywords",
    categories: "subjects",
    license: "copyright.license",
    ..Shape::EMPTY
};

/// The parts of an article in their order, with the title of those that have none.
const PARTS: &[(&str, &str)] = &[
    ("abstract", "Abstract"),
    ("elifeAssessment", "eLife assessment"),
    ("editorEvaluation", "Editor's evaluation"),
    ("digest", "eLife digest"),
    ("summary", ""),
    ("content", ""),
    ("body", ""),
    ("appendices", "Appendix"),
    ("additionalFiles", "Additional files"),
    ("acknowledgements", "Acknowledgements"),
    ("ethics", "Ethics"),
    ("publicReviews", "Public review"),
    ("recommendationsForAuthors", "Recommendations for authors"),
    ("decisionLetter", "Decision letter"),
    ("authorResponse", "Author response"),
    ("about", "About"),
];

/// What few read, and is left out.
const LEFT_OUT: &[&str] = &["dataSets", "funding", "reviewers", "relatedContent", "mediaContacts", "podcastEpisodes"];

/// How deep blocks nest, in levels of Article JSON.
const DEEPEST: u32 = 44;

/// Whether a value is an article of one kind or another.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let has = |name: &str| value.get(name).is_some();
    let is_typed = |list: &Value<'_>| member(list, "0.type").is_some_and(Value::is_string);
    let has_blocks = ["body", "content"].iter().any(|name| value.get(name).is_some_and(is_typed));
    !text(value, "title").is_empty()
        && !has("@context")
        && (!text(value, "elocationId").is_empty()
            || (has_blocks
                && has("published")
                && (has("impactStatement")
                    || has("interviewee")
                    || has("stage")
                    || member(value, "image.thumbnail.uri").is_some())))
}

/// Reads an article.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    article.site =
        Some(Site { name: "eLife".to_owned(), url: "https://elifesciences.org/".to_owned(), ..Site::default() });
    if !text(value, "elocationId").is_empty() {
        article.url = format!("https://elifesciences.org/articles/{}", text(value, "id"));
    }
    let image = ["image.banner", "image.social", "image.thumbnail"].iter().find_map(|path| member(value, path));
    article.hero = image.filter(|image| !address(image).is_empty()).map(|image| Hero {
        src: address(image),
        alt: text(image, "alt").to_owned(),
        credit: context.plain(text(image, "attribution.0")),
        ..Hero::default()
    });
    let interviewee = text(value, "interviewee.name.preferred");
    if !interviewee.is_empty() && article.description.is_empty() {
        article.description = format!("An interview with {interviewee}");
    }
    let mut walk = Walk { context };
    for (name, title) in PARTS {
        if let Some(part) = value.get(name) {
            let length = walk.context.warnings.enter(name);
            let blocks = walk.part(part, title);
            walk.context.warnings.leave(length);
            article.body.extend(blocks.0);
        }
    }
    for reference in value.get("references").and_then(Value::as_array).into_iter().flatten() {
        article.references.push(reference_of(reference, walk.context));
    }
    let left_out: Vec<&str> = LEFT_OUT.iter().copied().filter(|name| value.get(name).is_some()).collect();
    if !left_out.is_empty() {
        context.warnings.info(format!("left out: {}", left_out.join(", ")));
    }
    if article.body.is_empty() {
        context.without_text(&mut article);
    }
    Ok(article)
}

struct Walk<'a, 'b> {
    context: &'a mut Context<'b>,
}

impl Walk<'_, '_> {
    /// A part of the article: blocks, an object that holds them, or a list of such objects.
    fn part(&mut self, part: &Value<'_>, title: &str) -> Blocks {
        let is_object = part.is_object();
        let is_list = part.as_array().is_some_and(|items| {
            items.iter().all(|item| item.get("content").is_some() && text(item, "type").is_empty())
        });
        let mut blocks = Blocks::default();
        if is_list || is_object {
            for part in part.as_array().map_or(std::slice::from_ref(part), Vec::as_slice) {
                let own = first_text(part, "title");
                let mut children = self.blocks(part.get("description"), 4);
                children.extend(self.blocks(part.get("content"), 4).0);
                blocks.extend(section(self.line(if own.is_empty() { title } else { own }), text(part, "id"), children));
            }
            return blocks;
        }
        let children = self.blocks(Some(part), if title.is_empty() { 2 } else { 4 });
        if title.is_empty() { children } else { section(title.into(), "", children).into_iter().collect() }
    }

    fn line(&mut self, html: &str) -> Inlines {
        self.context.inlines(html)
    }

    fn blocks(&mut self, value: Option<&Value<'_>>, level: u32) -> Blocks {
        let mut blocks = Blocks::default();
        for (index, node) in value.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let length = self.context.warnings.enter_index(index);
            self.block(node, level, &mut blocks);
            self.context.warnings.leave(length);
        }
        blocks
    }

    fn block(&mut self, node: &Value<'_>, level: u32, blocks: &mut Blocks) {
        if let Some(html) = node.as_str() {
            return blocks.push(Block::paragraph(self.line(html)));
        }
        let inside = level + 2;
        let tag = text(node, "type");
        let id = text(node, "id");
        let is_deep = level > DEEPEST && !matches!(tag, "paragraph" | "code" | "button" | "youtube" | "google-map");
        if is_deep {
            self.context.warnings.warn("nested too deep; left out");
            return;
        }
        let kind = match tag {
            "paragraph" => Block::paragraph(self.line(text(node, "text"))).kind,
            "section" => {
                let children = self.blocks(node.get("content"), inside);
                return blocks.extend(section(self.line(text(node, "title")), id, children));
            }
            "figure" => {
                let assets = self.blocks(node.get("assets"), level);
                return blocks.extend(assets.0);
            }
            "image" | "table" | "video" => return self.asset(node, tag, level, blocks),
            "list" => {
                let prefix = text(node, "prefix");
                let item = |item: &Value<'_>| {
                    let children = match item {
                        Value::String(html) => Blocks(vec![Block::paragraph(self.line(html))]),
                        blocks => self.blocks(Some(blocks), inside + 2),
                    };
                    ListItem { children, ..ListItem::default() }
                };
                let items = node.get("items").and_then(Value::as_array);
                Kind::List(List {
                    children: items.into_iter().flatten().map(item).collect(),
                    ordered: !matches!(prefix, "bullet" | "none" | ""),
                    style: match prefix {
                        "alpha-lower" => Some(ListStyle::LowerAlpha),
                        "alpha-upper" => Some(ListStyle::UpperAlpha),
                        "roman-lower" => Some(ListStyle::LowerRoman),
                        "roman-upper" => Some(ListStyle::UpperRoman),
                        "none" => Some(ListStyle::Plain),
                        _ => None,
                    },
                    ..List::default()
                })
            }
            "box" | "profile" => {
                let mut children = Blocks::default();
                if let Some(image) = node.get("image") {
                    children.push(picture(image));
                }
                children.extend(self.blocks(node.get("content"), inside).0);
                let title = [text(node, "label"), text(node, "title")].join(" ");
                Kind::Aside(Aside { title: self.line(title.trim()), children, ..Aside::default() })
            }
            "quote" | "excerpt" => Kind::Blockquote(Quote {
                children: self.blocks(node.get("text").or_else(|| node.get("content")), inside),
                attribution: self.line(text(node, "cite")),
                ..Quote::default()
            }),
            "question" => Kind::Question(Question {
                question: self.line(text(node, "question")),
                children: self.blocks(node.get("answer"), inside),
                ..Question::default()
            }),
            "code" => Kind::Code(Code { value: text(node, "code").to_owned(), ..Code::default() }),
            "mathml" => {
                let (mathml, number) = (text(node, "mathml").to_owned(), text(node, "label").to_owned());
                Kind::Math(Math { mathml, number, ..Math::default() })
            }
            "button" => {
                let (label, url) = (text(node, "text").to_owned(), text(node, "uri").to_owned());
                Kind::Buttons(Buttons { items: vec![Button { label, url, ..Button::default() }] })
            }
            "youtube" | "tweet" | "google-map" | "figshare" => self.embed(node, tag, id, inside),
            _ if !text(node, "uri").is_empty() => return self.asset(node, "file", level, blocks),
            // An article that a collection names.
            _ if !text(node, "title").is_empty() && !id.is_empty() => {
                let folder = match tag {
                    "blog-article" => "inside-elife",
                    "digest" => "digests",
                    "interview" => "interviews",
                    _ => "articles",
                };
                Kind::LinkCard(LinkCard {
                    url: format!("https://elifesciences.org/{folder}/{id}"),
                    title: self.context.plain(text(node, "title")),
                    description: self.context.plain(text(node, "impactStatement")),
                    ..LinkCard::default()
                })
            }
            other => {
                self.context.warnings.warn(format!("unknown block `{}`; shown as text", other.escape_debug()));
                let children = self.blocks(node.get("content"), level);
                let text = first_text(node, "text title");
                if !text.is_empty() {
                    blocks.push(Block::paragraph(self.line(text)));
                }
                return blocks.extend(children.0);
            }
        };
        blocks.push(Block::new(kind).with_id(if matches!(tag, "box" | "mathml") { id } else { "" }));
    }

    fn embed(&mut self, node: &Value<'_>, tag: &str, id: &str, level: u32) -> Kind {
        let (provider, url) = match tag {
            "youtube" => ("youtube", format!("https://www.youtube.com/watch?v={id}")),
            "tweet" => ("x", format!("https://twitter.com/{}/status/{id}", text(node, "accountId"))),
            "google-map" => ("map", format!("https://www.google.com/maps/d/viewer?mid={id}")),
            _ => ("other", format!("https://widgets.figshare.com/articles/{id}/embed")),
        };
        let tweet = self.line(text(node, "text"));
        let caption = match self.blocks(node.get("caption"), level).0.into_iter().next().map(|block| block.kind) {
            Some(Kind::Paragraph(paragraph)) => paragraph.children,
            _ => Inlines::new(),
        };
        Kind::Embed(Embed {
            provider: provider.to_owned(),
            url,
            title: self.context.plain(text(node, "title")),
            width: number(node, "width"),
            height: number(node, "height"),
            caption,
            fallback: Some(tweet).filter(|tweet| !tweet.is_empty()).map(Block::paragraph).into_iter().collect(),
            ..Embed::default()
        })
    }

    /// A picture, table or video with label, title and caption.
    fn asset(&mut self, node: &Value<'_>, tag: &str, level: u32, blocks: &mut Blocks) {
        let mut children = Blocks::default();
        match tag {
            "image" => children.push(picture(node.get("image").unwrap_or(node))),
            "table" => {
                for html in node.get("tables").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
                {
                    children.extend(self.context.body(html).0.0);
                }
                for note in node.get("footnotes").and_then(Value::as_array).into_iter().flatten() {
                    let mut lines = self.blocks(note.get("text"), level + 2);
                    if let Some(Block { kind: Kind::Paragraph(first), .. }) = lines.first_mut()
                        && !text(note, "label").is_empty()
                    {
                        first.children.insert(0, Inline::Text([text(note, "label"), " "].concat()));
                    }
                    children.extend(lines.0);
                }
            }
            "file" => children.push(Block::new(Kind::File(FileLink {
                url: text(node, "uri").to_owned(),
                title: first_text(node, "filename label").to_owned(),
                mime: text(node, "mediaType").to_owned(),
                ..FileLink::default()
            }))),
            _ => {
                let source = |source: &Value<'_>| MediaSource {
                    src: text(source, "uri").to_owned(),
                    mime: text(source, "mediaType").to_owned(),
                };
                let sources = node.get("sources").and_then(Value::as_array).into_iter().flatten();
                children.push(Block::new(Kind::Video(Media {
                    sources: sources.map(source).filter(|source| !source.src.is_empty()).collect(),
                    poster: node.get("placeholder").map(address).unwrap_or_default(),
                    width: number(node, "width"),
                    height: number(node, "height"),
                    ..Media::default()
                })));
            }
        }
        if node.get("sourceData").is_some() {
            self.context.warnings.info("files with source data were left out");
        }
        let mut caption = Blocks::default();
        if !text(node, "title").is_empty() {
            let title = self.line(text(node, "title"));
            caption.push(Block::paragraph(Inlines(vec![Inline::Strong(title)])));
        }
        caption.extend(self.blocks(node.get("caption"), level + 2).0);
        let (label, id) = (text(node, "label").to_owned(), text(node, "id"));
        if caption.is_empty() && label.is_empty() && id.is_empty() {
            return blocks.extend(children.0);
        }
        let credit = self.line(text(node, "attribution.0"));
        let caption = Some(Content::Blocks(caption)).filter(|caption| *caption != Content::Blocks(Blocks::default()));
        blocks.push(
            Block::new(Kind::Figure(Figure { children, caption, credit, label, ..Figure::default() })).with_id(id),
        );
    }
}

fn section(title: Inlines, id: &str, children: Blocks) -> Option<Block> {
    let section = Section { title, children, ..Section::default() };
    (!section.children.is_empty()).then(|| Block::new(Kind::Section(section)).with_id(id))
}

/// The address of a picture in a size for screens, where its server makes sizes.
fn address(image: &Value<'_>) -> String {
    let uri = text(image, "uri");
    match number(image, "size.width") {
        Some(width) if uri.contains("iiif") && width > 1200 => format!("{uri}/full/1200,/0/default.jpg"),
        _ if uri.contains("iiif") => format!("{uri}/full/full/0/default.jpg"),
        _ => first_text(image, "source.uri uri").to_owned(),
    }
}

fn picture(image: &Value<'_>) -> Block {
    Block::new(Kind::Image(Image {
        url: address(image),
        alt: text(image, "alt").to_owned(),
        width: number(image, "size.width"),
        height: number(image, "size.height"),
        ..Image::default()
    }))
}

/// An entry of the references, in the order in which journals print it.
fn reference_of(reference: &Value<'_>, context: &mut Context<'_>) -> ReferenceEntry {
    let people = reference.get("authors").and_then(Value::as_array).into_iter().flatten();
    let mut authors = people.map(|author| first_text(author, "name.preferred name")).collect::<Vec<_>>().join(", ");
    if reference.get("authorsEtAl").is_some() {
        authors.push_str(" et al.");
    }
    let pages = first_text(reference, "pages.range pages");
    let parts = [
        authors.as_str(),
        text(reference, "date"),
        first_text(reference, "articleTitle chapterTitle title"),
        first_text(reference, "journal bookTitle publisher.name.0 website conference.name.0 source"),
        text(reference, "volume"),
        pages,
    ];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    ReferenceEntry {
        id: text(reference, "id").to_owned(),
        text: context.inlines(&line),
        url: text(reference, "uri").to_owned(),
        doi: text(reference, "doi").to_owned(),
    }
}
