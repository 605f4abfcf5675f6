//! schema.org articles in JSON-LD: bare, in a graph, or in the head of a page, which they tell about.

use super::envelope::{Shape, first, first_text};
use super::fields::{date, is_html, text};
use super::{Context, ReadError};
use crate::article::{Article, Block, Blocks, Inline, Inlines, Kind, Section, TimeSpan};
use crate::json::{self, Value};

const SHAPE: Shape = Shape {
    title: "headline name alternativeHeadline",
    kicker: "articleSection articleSection.0",
    description: "description abstract",
    url: "url mainEntityOfPage.@id mainEntityOfPage.url mainEntityOfPage @id",
    language: "inLanguage inLanguage.name inLanguage.alternateName",
    published: "datePublished dateCreated uploadDate",
    updated: "dateModified",
    authors: "author author.@list creator",
    site: "publisher sourceOrganization isPartOf",
    picture: "image image.@list primaryImageOfPage thumbnailUrl",
    tags: "keywords",
    license: "license",
    copyright: "copyrightNotice",
    ..Shape::EMPTY
};

/// Graphs in graphs are opened so many times.
const MOST_GRAPHS: u32 = 2;

/// Whether a value is an article of schema.org, or a graph that holds one.
pub(super) fn matches(value: &Value<'_>) -> bool {
    is_schema_org(value) && article_in(value, 0).is_some()
}

fn is_schema_org(value: &Value<'_>) -> bool {
    let is_ours = |context: &Value<'_>| {
        let vocabulary = context.as_str().unwrap_or_else(|| text(context, "@vocab"));
        vocabulary.contains("schema.org")
    };
    match value.get("@context") {
        Some(Value::Array(items)) => items.iter().any(is_ours),
        Some(single) => is_ours(single),
        None => false,
    }
}

/// The article that a value is, or holds in its graph or as what the page is about.
fn article_in<'v>(value: &'v Value<'v>, depth: u32) -> Option<&'v Value<'v>> {
    let is_article = |name: &Value<'_>| {
        let name = name.as_str().unwrap_or_default();
        let name = name.rsplit(['/', ':']).next().unwrap_or_default();
        name.ends_with("Article")
            || name.ends_with("Posting") && name != "JobPosting"
            || matches!(name, "Report" | "Review")
    };
    let is_one = match value.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is_article),
        Some(name) => is_article(name),
        None => false,
    };
    if is_one {
        return Some(value);
    }
    let inside = ["@graph", "mainEntity"].iter().find_map(|key| value.get(key)).filter(|_| depth < MOST_GRAPHS)?;
    match inside {
        Value::Array(items) => items.iter().find_map(|item| article_in(item, depth + 1)),
        single => article_in(single, depth + 1),
    }
}

/// Reads an article.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = metadata(value, context);
    let told = article_in(value, 0).unwrap_or(value);
    let body = first_text(told, BODY);
    if !body.is_empty() {
        (article.body, article.footnotes) = context.text(body);
    }
    let updates = match told.get("liveBlogUpdate") {
        Some(Value::Array(updates)) => updates.as_slice(),
        single => single.map_or(&[][..], std::slice::from_ref),
    };
    article.body.extend(updates.iter().filter_map(|update| section(update, context)));
    if article.body.is_empty() {
        context.without_text(&mut article);
    }
    Ok(article)
}

const BODY: &str = "articleBody text reviewBody";

/// An update of a live blog: what it is called, when it was written, and its text.
fn section(update: &Value<'_>, context: &mut Context<'_>) -> Option<Block> {
    let title = context.title(first_text(update, "headline name"));
    let mut children = Blocks::default();
    if let Some(datetime) = date(update, "datePublished").or_else(|| date(update, "dateModified")) {
        let shown = Inlines::from(datetime.to_string().replace('T', " ").replace('Z', " UTC").as_str());
        let time = Inline::Time(TimeSpan { children: shown, datetime: Some(datetime) });
        children.push(Block::paragraph(Inlines(vec![time])));
    }
    let text = first_text(update, BODY);
    if is_html(text) {
        children.push(Block::new(Kind::Html(text.to_owned())));
    } else {
        children.extend(context.text(text).0.0);
    }
    (!title.is_empty() || !children.is_empty())
        .then(|| Block::new(Kind::Section(Section { title, children, ..Section::default() })))
}

fn metadata(value: &Value<'_>, context: &mut Context<'_>) -> Article {
    let graph = value.get("@graph").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut value = article_in(value, 0).unwrap_or(value).clone();
    // In a graph, authors, pictures and publishers are named by their ids.
    for key in ["author", "creator", "publisher", "image", "isPartOf", "primaryImageOfPage"] {
        if let Some(member) = value.get_mut(key) {
            resolve(member, graph);
        }
    }
    let mut article = context.envelope(&value, &SHAPE);
    if first(&value, "license").is_some_and(|license| text(&value, "license").contains("://") || license.is_object()) {
        article.license.url = first_text(&value, "license license.url").to_owned();
        article.license.name = first_text(&value, "license.name license").to_owned();
    }
    if matches!(article.kicker.as_str(), "nil" | "null" | "none") {
        article.kicker.clear();
    }
    article
}

fn resolve<'v>(member: &mut Value<'v>, graph: &[Value<'v>]) {
    match member {
        Value::Array(items) => items.iter_mut().for_each(|item| {
            if !item.is_array() {
                resolve(item, graph);
            }
        }),
        Value::Object(object) if object.len() == 1 => {
            let node = object.get("@id").and_then(|id| graph.iter().find(|node| node.get("@id") == Some(id)));
            if let Some(node) = node {
                *member = node.clone();
            }
        }
        _ => {}
    }
}

/// Adds to the article of a page what JSON-LD in its HTML says and the page did not.
pub(super) fn complete(article: &mut Article, html: &str, context: &mut Context<'_>) {
    for script in html.split("application/ld+json").skip(1) {
        let Some(source) = script.split_once('>').and_then(|(_, rest)| rest.split("</script").next()) else { continue };
        let source = source.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let source = source.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
        let Ok(value) = json::parse(source) else { continue };
        let candidates = match &value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        if let Some(found) = candidates.iter().find(|value| matches(value)) {
            let known = metadata(found, context);
            return merge(article, known);
        }
    }
}

fn merge(article: &mut Article, known: Article) {
    fn fill<T: Default + PartialEq>(place: &mut T, value: T) {
        if *place == T::default() {
            *place = value;
        }
    }
    fill(&mut article.title, known.title);
    fill(&mut article.description, known.description);
    fill(&mut article.url, known.url);
    fill(&mut article.language, known.language);
    fill(&mut article.published, known.published);
    fill(&mut article.updated, known.updated);
    fill(&mut article.authors, known.authors);
    fill(&mut article.site, known.site);
    fill(&mut article.tags, known.tags);
    fill(&mut article.license, known.license);
    // A page without pictures in its text shows the one that it names.
    let has_text = article.body != Blocks::default();
    if !has_text {
        fill(&mut article.hero, known.hero);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Hint, check};
    use super::*;
    use crate::json::json;
    use crate::markup::parse;

    #[test]
    fn live_blogs_are_told_update_by_update() {
        check(
            &json!({"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "T", "liveBlogUpdate": [
                {"@type": "BlogPosting", "headline": "Second", "datePublished": "2024-05-01T10:00:00Z", "articleBody": "<p>b <em>c</em></p>"},
                {"@type": "BlogPosting", "articleBody": "a"},
            ]}),
            Format::JsonLd,
            &json!({"title": "T", "body": [
                {"type": "section", "title": "Second", "children": [
                    {"type": "paragraph", "children": [{"type": "time", "children": "2024-05-01 10:00:00 UTC", "datetime": "2024-05-01T10:00:00Z"}]},
                    {"type": "paragraph", "children": ["b ", {"type": "emphasis", "children": "c"}]},
                ], "id": "second"},
                {"type": "paragraph", "children": "a"},
            ]}),
        );
    }

    #[test]
    fn articles_are_found_in_graphs_with_what_they_name_by_id() {
        check(
            &json!({"@context": "https://schema.org", "@graph": [
                {"@type": "Organization", "@id": "#o", "name": "S"},
                {"@type": "Person", "@id": "#p", "name": "Ann Lee"},
                {"@type": ["NewsArticle"], "headline": "T &amp; U", "author": [{"@id": "#p"}], "publisher": {"@id": "#o"},
                 "datePublished": "2024-10-16", "articleBody": "a\n\nb", "image": {"@list": ["/i.png"]}},
            ]}),
            Format::JsonLd,
            &json!({
                "title": "T & U", "authors": [{"name": "Ann Lee"}], "site": {"name": "S"}, "published": "2024-10-16",
                "hero": {"src": "https://site.example/i.png"},
                "body": [{"type": "paragraph", "children": "a"}, {"type": "paragraph", "children": "b"}],
            }),
        );
    }

    #[test]
    fn without_a_text_the_description_is_shown() {
        check(
            &json!([{"@context": {"@vocab": "http://schema.org/"}, "@type": "BlogPosting", "headline": "T", "description": "D"}]),
            Format::JsonLd,
            &json!({"body": [{"type": "paragraph", "children": "D"}], "warnings": ["/0 the text itself is not in this file"]}),
        );
        assert!(!matches(&json!({"@context": "https://schema.org", "@type": "JobPosting"})));
    }

    #[test]
    fn pages_are_completed_by_what_their_head_says() {
        let html = r#"<title>T</title><script type="application/ld+json">{"@type": 1}</script>
            <script type="application/ld+json">
            {"@context": "https://schema.org", "@type": "Article", "headline": "H", "author": "Ann Lee"}</script><p>a</p>"#;
        let reading = super::super::read(html.as_bytes(), &Hint::default(), parse::parse).expect("an article");
        let article = reading.articles[0].to_json();
        assert_eq!((&article["title"], &article["authors"]), (&json!("T"), &json!([{"name": "Ann Lee"}])));
    }
}
