//! The flat "article-json" of Mic: an array of paragraphs, headings, quotes and embeds.

use super::fields::text;
use super::{Context, ReadError};
use crate::article::json::Empty;
use crate::article::{
    Article, Block, Blocks, Content, Embed, Figure, Heading, Highlight, Image, Inline, Inlines, Kind, Link, PullQuote,
    Quote,
};
use crate::json::Value;

/// Quotes in quotes are opened so many times.
const DEEPEST: u32 = 10;

/// Whether a value is such an array.
pub(super) fn matches(value: &Value<'_>) -> bool {
    let is_node = |node: &Value<'_>| match text(node, "type") {
        "embed" => node.get("embedType").is_some(),
        "linebreak" => true,
        "blockquote" => node.get("pullQuote").is_some(),
        "paragraph" => is_line(node),
        other => other.starts_with("header") && is_line(node),
    };
    let is_telling = |node: &Value<'_>| text(node, "type") != "linebreak";
    value.as_array().is_some_and(|nodes| nodes.iter().all(is_node) && nodes.iter().any(is_telling))
}

/// Leaves keep their text in `content`, unlike those of any other format.
fn is_line(node: &Value<'_>) -> bool {
    let is_leaf = |leaf: &Value<'_>| {
        (text(leaf, "type") == "text" && leaf.get("content").is_some()) || text(leaf, "type") == "linebreak"
    };
    node.get("children").and_then(Value::as_array).is_some_and(|leaves| leaves.iter().all(is_leaf))
}

/// Reads the nodes; there is nothing around them.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    Ok(Article { body: blocks(value, context, 0), ..Article::default() })
}

fn blocks(nodes: &Value<'_>, context: &mut Context<'_>, depth: u32) -> Blocks {
    let mut blocks = Blocks::default();
    for (index, node) in nodes.as_array().into_iter().flatten().enumerate() {
        let length = context.warnings.enter_index(index);
        blocks.extend(block(node, context, depth).map(Block::new));
        context.warnings.leave(length);
    }
    blocks
}

fn block(node: &Value<'_>, context: &mut Context<'_>, depth: u32) -> Option<Kind> {
    let tag = text(node, "type");
    if let Some(depth) = tag.strip_prefix("header").and_then(|depth| depth.parse().ok()) {
        return Some(Kind::Heading(Heading { depth: Some(depth), children: inlines(node) }));
    }
    Some(match tag {
        "linebreak" => return None,
        "embed" => embed(node),
        "blockquote" if depth < DEEPEST => {
            let children = node.get("children").map(|nodes| blocks(nodes, context, depth + 1)).unwrap_or_default();
            match children.as_slice() {
                [Block { kind: Kind::Paragraph(only), .. }] if node.get("pullQuote") == Some(&Value::Bool(true)) => {
                    Kind::PullQuote(PullQuote { children: only.children.clone(), ..PullQuote::default() })
                }
                _ => Kind::Blockquote(Quote { children, ..Quote::default() }),
            }
        }
        other => {
            if other != "paragraph" {
                context.warnings.warn(format!("unknown block `{}`; shown as text", other.escape_debug()));
            }
            Block::paragraph(inlines(node)).kind
        }
    })
}

fn embed(node: &Value<'_>) -> Kind {
    let provider = text(node, "embedType");
    let (url, id) = (super::envelope::first_text(node, "src url originalSrc"), text(node, "youtubeId"));
    let caption: Inlines = node.get("caption").map(leaves_of).unwrap_or_default();
    let credit: Inlines = node.get("attribution").map(leaves_of).unwrap_or_default();
    if provider == "image" {
        let image = Image { url: url.to_owned(), alt: text(node, "alt").to_owned(), ..Image::default() };
        return Kind::Figure(Figure {
            children: Blocks(vec![Block::new(Kind::Image(image))]),
            caption: Some(Content::Inlines(caption)).filter(|caption| *caption != Content::default()),
            credit,
            ..Figure::default()
        });
    }
    let url = match (url, provider) {
        ("", "youtube") => format!("https://www.youtube.com/watch?v={id}"),
        ("", "vimeo") => format!("https://vimeo.com/{}", text(node, "id")),
        (url, _) => url.to_owned(),
    };
    let provider = if provider == "twitter" { "x" } else { provider };
    Kind::Embed(Embed { provider: provider.to_owned(), url, caption, ..Embed::default() })
}

fn inlines(node: &Value<'_>) -> Inlines {
    node.get("children").map(leaves_of).unwrap_or_default()
}

fn leaves_of(leaves: &Value<'_>) -> Inlines {
    leaves.as_array().into_iter().flatten().map(leaf).collect()
}

fn leaf(leaf: &Value<'_>) -> Inline {
    if text(leaf, "type") == "linebreak" {
        return Inline::Break(Empty);
    }
    let is = |name: &str| leaf.get(name) == Some(&Value::Bool(true));
    let mut inline = Inline::Text(text(leaf, "content").to_owned());
    let mut wrap = |is_wrapped: bool, mark: fn(Inlines) -> Inline| {
        if is_wrapped {
            inline = mark(Inlines(vec![std::mem::replace(&mut inline, Inline::Break(Empty))]));
        }
    };
    wrap(is("bold"), Inline::Strong);
    wrap(is("italic"), Inline::Emphasis);
    wrap(is("strikethrough"), Inline::Delete);
    wrap(is("mark"), |children| Inline::Mark(Highlight { children, ..Highlight::default() }));
    let url = text(leaf, "href").to_owned();
    if url.is_empty() { inline } else { Inline::Link(Link { url, children: Inlines(vec![inline]), ..Link::default() }) }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use super::*;
    use crate::json::json;

    #[test]
    fn nodes_become_blocks() {
        let line = |tag: &str, leaf: Value<'_>| json!({"type": tag, "children": [leaf]});
        check(
            &json!([
                line("header2", json!({"type": "text", "content": "H"})),
                line("paragraph", json!({"type": "text", "content": "a", "bold": true, "href": "https://c.example/"})),
                {"type": "blockquote", "pullQuote": true, "children": [line("paragraph", json!({"type": "text", "content": "q"}))]},
                {"type": "embed", "embedType": "youtube", "youtubeId": "x", "caption": []},
                {"type": "linebreak"},
            ]),
            Format::Mic,
            &json!({"body": [{"type": "section", "id": "h", "title": "H", "children": [
                {"type": "paragraph", "children": [
                    {"type": "link", "url": "https://c.example/", "children": [{"type": "strong", "children": "a"}]},
                ]},
                {"type": "pullquote", "children": "q"},
                {"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=x"},
            ]}]}),
        );
    }
}
