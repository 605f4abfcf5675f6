//! HTML pages and pieces of HTML.

use super::fields::people;
use super::{Context, ReadError, ReadErrorKind};
use crate::article::walk::{self, each_block};
use crate::article::{Article, Direction, Footnotes, Hero, Inline, Kind, Site};
use crate::markup;

/// Reads a page, or a piece of HTML.
pub(super) fn read(html: &str, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let document = markup::document(html, context.parse, &mut context.warnings);
    if document.content.blocks.is_empty() {
        return Err(ReadErrorKind::UnknownShape { found: "an HTML page without text".to_owned() }.into());
    }
    let mut article = Article {
        title: document.title,
        language: document.language,
        direction: document.direction.unwrap_or(Direction::Auto),
        url: document.url,
        authors: document.authors.iter().flat_map(|author| people(author)).collect(),
        published: document.published,
        updated: document.modified,
        description: document.description,
        site: Some(document.site).filter(|name| !name.is_empty()).map(|name| Site { name, ..Site::default() }),
        body: document.content.blocks,
        footnotes: Footnotes(document.content.footnotes),
        ..Article::default()
    };
    // The picture for social networks is nearly always one of the text's own.
    if !document.image.is_empty() && !has_picture(&mut article) {
        article.hero = Some(Hero { src: document.image, ..Hero::default() });
    }
    Ok(article)
}

fn has_picture(article: &mut Article) -> bool {
    let mut found = false;
    each_block(&mut article.body, &mut |block| {
        found |= matches!(block.kind, Kind::Image(_) | Kind::Gallery(_));
        walk::parts(block, &mut |part| {
            if let walk::Part::Inlines(inlines) = part {
                found |= inlines.iter().any(|inline| matches!(inline, Inline::Image(_)));
            }
        });
    });
    found
}
