//! An article as an electronic book: EPUB 3, which reading programs show in their own way. Pictures that are inside of
//! the article come along; those of the web, sound and film become links, since a book may not load them.
//!
//! <https://www.w3.org/TR/epub-33/>

use crate::article::{Article, Direction};
use crate::html;
use crate::language;

mod address;
mod package;
mod picture;
mod xhtml;
mod zip;

use xhtml::Body;
use zip::Archive;

/// The book's style sheet. Reading programs know few of the things that browsers do.
const STYLES: &str = include_str!("../../style/pages/book.css");

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
    <rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\
    </container>\n";

/// Writes the book of a normalised article.
pub fn write(article: &Article) -> Vec<u8> {
    let options = html::Options { format_date: super::page::day_in_words, ..html::Options::default() };
    let body = xhtml::body(&html::still_article(article, &options));
    let direction = direction(article);
    let mut archive = Archive::default();
    // Programs tell a book by its first bytes.
    archive.add("mimetype", b"application/epub+zip");
    archive.add("META-INF/container.xml", CONTAINER.as_bytes());
    archive.add("EPUB/package.opf", package::package(article, &body, direction).as_bytes());
    archive.add("EPUB/nav.xhtml", package::navigation(article, &body, direction).as_bytes());
    archive.add("EPUB/article.xhtml", text(article, &body, direction).as_bytes());
    archive.add("EPUB/book.css", STYLES.as_bytes());
    for picture in &body.pictures {
        archive.add(&format!("EPUB/{}", picture.name), &picture.bytes);
    }
    archive.finish()
}

/// The direction that the book runs in.
fn direction(article: &Article) -> Direction {
    match article.direction {
        Direction::Auto => language::direction(&article.language).unwrap_or_default(),
        known => known,
    }
}

fn text(article: &Article, body: &Body, direction: Direction) -> String {
    let mut out = String::with_capacity(body.markup.len() + 1024);
    package::open_page(article, direction, &mut out);
    out.push_str("<body>\n<article class=\"r-article\">\n");
    out.push_str(&body.markup);
    out.push_str("\n</article>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::normal::normalise;
    use crate::json::json;
    use crate::warning::Warnings;

    fn book(article: &crate::json::Value<'_>) -> String {
        let article = Article::from_json(article.as_object().expect("an article"), &mut Warnings::default());
        let bytes = write(&normalise(article, &mut Warnings::default()));
        assert!(bytes.starts_with(b"PK\x03\x04"));
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip", "told by its first bytes");
        // Nothing is compressed: what is written can be looked for as it is.
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn books_say_what_they_are() {
        let book = book(&json!({
            "id": "walk", "title": "A & B", "language": "he", "published": "2024-10-16T10:00:00+02:00",
            "authors": [{"name": "Ann <x>"}], "tags": ["Rivers"], "body": ["Text."],
        }));
        for part in [
            "<dc:title>A &amp; B</dc:title>",
            "<dc:language>he</dc:language>",
            "<dc:creator>Ann &lt;x&gt;</dc:creator>",
            "<dc:subject>Rivers</dc:subject>",
            "<dc:date>2024-10-16T10:00:00+02:00</dc:date>",
            "<meta property=\"dcterms:modified\">2024-10-16T08:00:00Z</meta>",
            "page-progression-direction=\"rtl\"",
            "xml:lang=\"he\"",
        ] {
            assert!(book.contains(part), "{part} in {book}");
        }
    }

    #[test]
    fn the_contents_lead_to_the_sections() {
        let section = |title: &str| json!({"type": "heading", "depth": 2, "children": title});
        let book = book(&json!({"title": "T", "body": [section("One & two"), "a", section("Three"), "b"]}));
        assert!(book.contains("<a href=\"article.xhtml#recto-one-two\">One &amp; two</a>"), "{book}");
        assert!(book.contains("id=\"recto-one-two\""), "{book}");
    }

    #[test]
    fn an_article_of_nothing_is_a_book() {
        let book = book(&json!({"title": "", "body": []}));
        assert!(book.contains("<dc:title>Untitled</dc:title>") && book.contains("<dc:language>und</dc:language>"));
        assert!(book.contains("<a href=\"article.xhtml\">Untitled</a>"));
    }

    #[test]
    fn only_pictures_inside_of_the_article_come_along() {
        let image = |url: &str| json!({"type": "image", "url": url, "alt": "A <river>"});
        let book = book(&json!({"title": "T", "body": [
            image("data:image/png;base64,iVBORw0KGgo="), image("https://example.org/a.png?x=1&y=2"),
        ]}));
        assert!(book.contains("<img src=\"images/1.png\" alt=\"A &lt;river&gt;\""), "{book}");
        assert!(book.contains("href=\"images/1.png\" media-type=\"image/png\""), "{book}");
        assert!(book.contains("href=\"https://example.org/a.png?x=1&amp;y=2\""), "{book}");
        assert!(!book.contains("src=\"http"), "{book}");
    }
}
