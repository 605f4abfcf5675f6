//! Why there is nothing to show, in words for people, with a way to try again and a way back.

use std::sync::Arc;

use crate::browser::fetch::FetchError;
use crate::browser::modules::NotRead;
use crate::browser::origin;
use crate::json::{Value, json};
use crate::reader::Format;
use crate::ui::home::Home;
use crate::ui::list_link::ListLink;
use crate::ui::main_area::Main;
use crate::ui::state::{Library, Origin};
use crate::ui::words;
use leptos::prelude::*;

/// A failure as people are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A stable word for it, for styles and tests.
    pub kind: &'static str,
    /// What happened.
    pub title: String,
    /// Why, and what can be done.
    pub text: String,
    /// Details for whoever looks after the file: its address, what a parser said.
    pub detail: String,
    /// Trying again may help.
    pub retry: bool,
}

impl Failure {
    fn new(kind: &'static str, title: &str, text: &str, detail: impl Into<String>) -> Self {
        Self { kind, title: title.to_owned(), text: text.to_owned(), detail: detail.into(), retry: true }
    }

    /// For the page around the element.
    pub fn told(&self) -> Value<'_> {
        json!({ "code": self.kind, "message": self.title, "detail": self.detail })
    }

    fn final_one(self) -> Self {
        Self { retry: false, ..self }
    }

    /// No file at this address.
    pub fn not_found(src: &str) -> Self {
        let text = "There is no article at this address. It may have moved, or the link has a mistake.";
        Self::new("not-found", "Article not found", text, src)
    }

    /// The site's list is not a JSON Feed.
    pub fn not_a_feed(src: &str) -> Self {
        let text = "The list of articles is not a JSON Feed, so it cannot be shown.";
        Self::new("not-json", "The list cannot be read", text, src)
    }

    /// An address elsewhere that the site does not list.
    pub fn not_allowed(src: &str) -> Self {
        let text = "This page opens files of its own site only, and of sites that its owner lists in recto.json. \
            You can save the file and open it from this device.";
        Self::new("not-allowed", "This address is not allowed here", text, src).final_one()
    }

    /// A file that did not arrive.
    pub fn fetch(error: FetchError, src: &str) -> Self {
        let elsewhere = origin::of(src).is_some_and(|origin| origin != origin::own());
        match error {
            FetchError::Offline => Self::new(
                "offline",
                "You are offline",
                "The article will be fetched when there is a connection again.",
                src,
            ),
            FetchError::Unreachable if elsewhere => Self::new(
                "cors",
                "The other site did not let us read this file",
                "Either it cannot be reached, or it does not allow other sites to read its files \
                    (it would have to send the header Access-Control-Allow-Origin).",
                src,
            ),
            FetchError::Unreachable => Self::new(
                "unreachable",
                "The site does not answer",
                "It may be busy or down. Try again in a moment.",
                src,
            ),
            FetchError::Status(404 | 410) => Self::not_found(src),
            FetchError::Status(status) => Self::new(
                "http",
                "The site could not deliver the article",
                "Its server reported an error. Try again in a moment.",
                format!("{src}: HTTP {status}"),
            ),
            FetchError::TooLarge => Self::too_large(src),
        }
    }

    /// A file that arrived, and could not be read.
    pub fn not_read(error: NotRead) -> Self {
        let (word, detail) = match error {
            NotRead::Refused(word, detail) => (word, detail),
            NotRead::Missing(detail) => {
                let text = "The part of this page that reads such files did not arrive. \
                    Check your connection, then try again.";
                return Self::new("part-missing", "Recto is not complete", text, detail);
            }
        };
        match word.as_str() {
            "empty" => Self::new("empty", "The file is empty", "There is nothing in it to show.", detail),
            "too-large" => Self::too_large(detail),
            "not-text" => Self::new(
                "not-text",
                "This file is not text",
                "It may be a picture, a program, or a document of an office program. \
                    Save a document as text, HTML or Markdown to read it here.",
                detail,
            )
            .final_one(),
            "too-deep" => Self::new(
                "too-deep",
                "The file is nested too deeply",
                "Its parts are nested so deep that reading it would hang the page.",
                detail,
            )
            .final_one(),
            "not-json" => {
                Self::new("not-json", "The file is damaged", "It looks like JSON, but has a mistake in it.", detail)
            }
            "html-page" => Self::new(
                "not-json",
                "A web page came in place of the article",
                "The address should lead to a JSON file, but its server answered with a web page. \
                    Often that is its page for missing files.",
                detail,
            ),
            "newer-version" => Self::new(
                "newer-version",
                "This article needs a newer Recto",
                "It is written in a later version of Article JSON. Reload the page to get the newest Recto of this site.",
                detail,
            ),
            "protected" => Self::new(
                "protected",
                "This post is protected",
                "Its site shows it only to those who know its password, so its text is not in the file.",
                detail,
            )
            .final_one(),
            _ => Self::new(
                "unknown-shape",
                "This is not an article that Recto knows",
                "The file is sound JSON, but its parts are not those of any article format that Recto reads.",
                detail,
            )
            .final_one(),
        }
    }

    /// A file that is not in the format that the reader says it is.
    pub fn not_as(format: Format, detail: String) -> Self {
        let text = words::not_read_as(format);
        Self::new("not-this-format", "The file is in another format", &text, detail).final_one()
    }

    /// A file of this device that could not be read.
    pub fn file(detail: &str) -> Self {
        let text = "The system did not let the browser read it. It may have been moved, or be a folder.";
        Self::new("file", "The file cannot be opened", text, detail).final_one()
    }

    /// A file larger than is read.
    pub fn too_large(detail: impl Into<String>) -> Self {
        let text = "It is larger than an article can be: at most 32 MB are read.";
        Self::new("too-large", "The file is too large", text, detail).final_one()
    }
}

/// Tells a failure.
#[component]
pub fn FailureView(
    /// What happened.
    failure: Arc<Failure>,
    /// The file, where it was not in the format that the reader said it is.
    origin: Option<Arc<Origin>>,
) -> impl IntoView {
    let library = Library::use_context();
    let Failure { kind, title, text, detail, retry } = (*failure).clone();
    let heading = NodeRef::<leptos::html::H1>::new();
    let home = Home::use_context();
    let is_page = home.is_page();
    heading.on_load(move |heading| {
        if is_page {
            let _ = heading.focus();
        }
    });
    let list = home.list().map(|href| view! { <ListLink class="r-button" href=href>{words::ALL_ARTICLES}</ListLink> });
    view! {
        <Main class="r-failure" kind=kind>
            <h1 node_ref=heading tabindex="-1" {..home.heading_below(0)}>{title}</h1>
            <p class="r-failure-text">{text}</p>
            {(!detail.is_empty()).then(|| view! { <p class="r-failure-detail"><code dir="auto">{detail}</code></p> })}
            <p class="r-actions">
                {retry.then(|| view! {
                    <button type="button" class="r-button r-primary" on:click=move |_| library.retry()>{words::RETRY}</button>
                })}
                {origin.map(|origin| view! {
                    <button type="button" class="r-button r-primary" on:click=move |_| library.read_as(&origin, None)>
                        {words::READ_AS_FOUND}
                    </button>
                })}
                {list}
            </p>
        </Main>
    }
}
