//! `recto convert`: an article in another form.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::output::Target;
use super::{Done, Failure, input, terminal};
use crate::article::{Article, Date};
use crate::export::{Entry, Feed, epub, json_feed, json_ld, markdown, page, plain_text, rfc_3339};
use crate::html;
use crate::json::{self, Value};
use crate::warning::Level;
use clap::ValueEnum;

/// A form that articles are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Article JSON
    Article,
    /// Markdown with GitHub's tables, tasks, footnotes and alerts
    Markdown,
    /// A page on its own, with its styles inside, that needs no script
    Html,
    /// Plain text
    Text,
    /// An electronic book (EPUB 3)
    Epub,
    /// What search engines read
    JsonLd,
    /// A JSON Feed
    JsonFeed,
}

/// What is asked for.
pub(super) struct Order {
    pub(super) input: PathBuf,
    pub(super) form: Option<Form>,
    pub(super) output: Option<PathBuf>,
    /// Where the file is at home.
    pub(super) url: String,
    /// Which of several articles, from 1.
    pub(super) only: Option<usize>,
}

/// Converts a file.
pub(super) fn run(order: &Order) -> Done {
    let form = order.form.unwrap_or_else(|| order.output.as_deref().map_or(Form::Article, form_of_name));
    let target = Target::of(order.output.as_deref(), std::slice::from_ref(&order.input))?;
    target.write(&write(&articles(&order.input, &order.url, order.only)?, form, &order.url)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The articles in a file that is at home at `url`, or that one of them that `only` counts from 1.
pub(super) fn articles(path: &Path, url: &str, only: Option<usize>) -> Result<Vec<Article>, Failure> {
    let bytes = input::bytes(path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    let reading =
        input::read_from(path, &bytes, url).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    let warnings = reading.warnings.iter().filter(|warning| warning.level == Level::Warning).count();
    if warnings > 0 {
        terminal::warning(&format!("{warnings} remarks about {}; `recto check` tells them", path.display()));
    }
    let mut articles = reading.articles;
    let Some(only) = only else { return Ok(articles) };
    let count = articles.len();
    match only.checked_sub(1).filter(|index| *index < count) {
        Some(index) => Ok(vec![articles.swap_remove(index)]),
        None => Err(Failure(format!("there is no article {only} among {count}"))),
    }
}

fn form_of_name(path: &Path) -> Form {
    let name = path.to_string_lossy().to_lowercase();
    match name.rsplit('.').next().unwrap_or_default() {
        "md" | "markdown" => Form::Markdown,
        "html" | "htm" => Form::Html,
        "txt" | "text" => Form::Text,
        "jsonld" => Form::JsonLd,
        "epub" => Form::Epub,
        _ => Form::Article,
    }
}

fn write(articles: &[Article], form: Form, url: &str) -> Result<Vec<u8>, Failure> {
    let json = |values: Vec<Value<'_>>| match <[Value<'_>; 1]>::try_from(values) {
        Ok([single]) => json::pretty(&single),
        Err(several) => json::pretty(&Value::Array(several)),
    };
    let text = match form {
        Form::Article => json(articles.iter().map(|article| Value::Object(article.to_json())).collect()),
        Form::JsonLd => json(articles.iter().map(|article| json_ld::article(article, address(article, url))).collect()),
        Form::JsonFeed => json::pretty(&feed(articles, url)),
        Form::Markdown => markdown::write(single(articles)?),
        Form::Text => plain_text::write(single(articles)?),
        Form::Html => web_page(single(articles)?, url),
        Form::Epub => return Ok(epub::write(single(articles)?)),
    };
    Ok(text.into_bytes())
}

/// The page of an article, without a program.
pub(super) fn web_page(article: &Article, url: &str) -> String {
    page::article(article, &page::Frame { url: address(article, url), ..page::Frame::default() })
}

fn single(articles: &[Article]) -> Result<&Article, Failure> {
    match articles {
        [single] => Ok(single),
        several => Err(Failure(format!("the file holds {} articles: choose one with --only", several.len()))),
    }
}

/// The article's own address, else that of its file.
fn address<'a>(article: &'a Article, url: &'a str) -> &'a str {
    if article.url.is_empty() { url } else { &article.url }
}

fn feed(articles: &[Article], url: &str) -> Value<'static> {
    let entries: Vec<Entry<'_>> = articles
        .iter()
        .map(|article| {
            let address = address(article, url).to_owned();
            let published = article.published.as_ref().map(rfc_3339).unwrap_or_default();
            let names = [&article.id, &address, &article.title.plain_text(), &published];
            let id = names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_else(|| "article".to_owned());
            let epoch = Date { year: 1970, month: None, day: None, time: None };
            Entry {
                article,
                id,
                url: address,
                updated: article.updated.or(article.published).unwrap_or(epoch),
                content: Some(html::content(article, &html::Options::default()).as_str().to_owned()),
                source: String::new(),
            }
        })
        .collect();
    let title = articles.first().map(|article| article.title.plain_text()).unwrap_or_default();
    let title = if title.is_empty() { "Articles" } else { &title };
    json_feed::write(&Feed { title, ..Feed::default() }, &entries).into_owned()
}
