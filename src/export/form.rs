//! The forms that readers save an article in: what they are called, and how they are written.

use super::single::Single;
use super::{epub, file_name, markdown, page, plain_text};
use crate::article::Article;
use crate::json::Object;

/// A form that an article is saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Article JSON, in normal form.
    ArticleJson,
    /// Markdown.
    Markdown,
    /// Plain text.
    PlainText,
    /// A page on its own that needs no script.
    WebPage,
    /// A page that holds the program, too.
    Single,
    /// An electronic book.
    Epub,
}

/// What is in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] =
        &[Self::ArticleJson, Self::Markdown, Self::PlainText, Self::WebPage, Self::Single, Self::Epub];

    /// The word by which one part of the program asks another for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ArticleJson => "article",
            Self::Markdown => "markdown",
            Self::PlainText => "text",
            Self::WebPage => "html",
            Self::Single => "single",
            Self::Epub => "epub",
        }
    }

    /// The form that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.as_str() == word)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::ArticleJson => "application/json",
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::PlainText => "text/plain;charset=utf-8",
            Self::WebPage | Self::Single => "text/html;charset=utf-8",
            Self::Epub => "application/epub+zip",
        }
    }

    /// The end of its files' names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::ArticleJson => "json",
            Self::Markdown => "md",
            Self::PlainText => "txt",
            Self::WebPage | Self::Single => "html",
            Self::Epub => "epub",
        }
    }

    /// Name of the file, made of the article's title.
    pub fn file_name(self, article: &Article) -> String {
        format!("{}.{}", file_name::slug(&article.title.plain_text()), self.extension())
    }

    /// Writes a normalised article; `None` for [`Form::Single`] where `program`, the text of a [`Single`], is none.
    pub fn write(self, article: &Article, program: &str) -> Option<Content> {
        Some(Content::Text(match self {
            Self::ArticleJson => lines(&article.to_json()),
            Self::Markdown => markdown::write(article),
            Self::PlainText => plain_text::write(article),
            Self::WebPage => page::article(article, &page::Frame { url: &article.url, ..page::Frame::default() }),
            Self::Single => Single::read(program)?.page(article, &article.url),
            Self::Epub => return Some(Content::Bytes(epub::write(article))),
        }))
    }
}

/// JSON for people, who may go on writing in it.
fn lines(object: &Object<'_>) -> String {
    format!("{:#}\n", crate::json::Value::Object(object.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;
    use crate::warning::Warnings;

    #[test]
    fn forms_are_found_by_their_words() {
        for form in Form::ALL {
            assert_eq!(Form::from_word(form.as_str()), Some(*form));
        }
        assert_eq!(Form::from_word(""), None);
    }

    #[test]
    fn files_are_named_by_the_title() {
        let json = json!({"title": "A walk: along the River!", "body": ["Text."]});
        let article = Article::from_json(json.as_object().expect("an object"), &mut Warnings::default());
        let names: Vec<String> = Form::ALL.iter().map(|form| form.file_name(&article)).collect();
        let expect = ["json", "md", "txt", "html", "html", "epub"].map(|end| format!("a-walk-along-the-river.{end}"));
        assert_eq!(names, expect);
        let program =
            json!({"styles": "a{}", "script": "run()", "hash": "sha256-x", "parts": {"app": "AAAA"}}).to_string();
        for form in Form::ALL {
            let Some(Content::Text(text)) = form.write(&article, &program) else { continue };
            assert!(text.contains("Text."), "{text}");
        }
        assert_eq!(Form::Single.write(&article, "{}"), None);
    }
}
