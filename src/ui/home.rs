//! Where the app is at home: on a page of its own, or in an element of somebody else's page. There it leaves everything
//! outside of the element alone: the address, the title, the history, where the page is scrolled to.

use crate::browser::document::Tree;
use crate::browser::first_article::FirstArticle;
use crate::browser::host::Host;
use crate::browser::location::Address;
use crate::json::{self, Value, json};
use crate::page::{Discussion, Page};
use crate::site::{Provider, Settings, SiteComments};
use leptos::attr::Attribute;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// Where the app is.
#[derive(Debug, Clone)]
pub struct Home {
    host: Option<Host>,
    first: FirstArticle,
}

impl Home {
    /// On a page of its own, where there is no element.
    pub fn new(host: Option<Host>, first: FirstArticle) -> Self {
        Self { host, first }
    }

    /// Makes it known to the components below.
    pub fn provide(&self) {
        provide_context(self.clone());
    }

    /// What [`Home::provide`] provided.
    pub fn use_context() -> Self {
        expect_context()
    }

    /// Whether the page is the app's own.
    pub fn is_page(&self) -> bool {
        self.host.is_none()
    }

    /// The article that was there before the interface.
    pub fn first(&self) -> &FirstArticle {
        &self.first
    }

    /// What ids are looked up in.
    pub fn tree(&self) -> Tree {
        self.host.as_ref().map_or_else(Tree::of_page, Host::tree)
    }

    /// How much of the page's address is for the app.
    pub fn address(&self) -> Address {
        match self.asked("router").as_str() {
            _ if self.is_page() => Address::Whole,
            "hash" => Address::Fragment,
            _ => Address::Nothing,
        }
    }

    /// Address of the article that the element or the page is for, empty where it is given by itself; nothing where the
    /// page's address says what is shown.
    pub fn source(&self) -> Option<String> {
        self.host.as_ref().map(Host::address).or_else(|| self.first.source())
    }

    /// Whether the page's query says what is shown.
    pub fn has_query(&self) -> bool {
        self.source().is_none()
    }

    /// Address of the site's settings; nothing where there are none to ask for.
    pub fn settings_address(&self) -> Option<String> {
        self.first.site().map(|site| format!("{site}recto.json"))
    }

    /// Where the site's list is; nothing where there is none.
    pub fn list(&self) -> Option<String> {
        if self.has_query() { Some("?".to_owned()) } else { self.first.list() }
    }

    /// Says the level of a heading that many below the title, where it is not the one that its element has.
    pub fn heading_below(&self, below: u8) -> impl Attribute + use<> {
        let level = (!self.is_page()).then(|| (self.first.heading_level() + below).min(6).to_string());
        custom_attribute("aria-level", level)
    }

    /// As what the page says that the article is to be read.
    pub fn format(&self) -> String {
        self.asked("format")
    }

    /// The language of articles that name none, where the element says it.
    pub fn language(&self) -> String {
        self.asked("lang")
    }

    /// Whether there is a contents list beside the text.
    pub fn has_contents(&self) -> bool {
        self.first.may_have_contents()
    }

    /// Whether there is a place for comments. In somebody else's page there is only one that the element names, or the
    /// article where it brings its comments along or may ask for them: what is kept in the reader's browser alone is no
    /// talk with anybody.
    pub fn wants_comments(&self, discussion: &Discussion, is_allowed: impl Fn(&str) -> bool) -> bool {
        self.is_page()
            || !self.asked("comments").is_empty()
            || !discussion.items.is_empty()
            || (!discussion.endpoint.is_empty() && is_allowed(&discussion.endpoint))
    }

    /// The element's settings.
    pub fn settings(&self) -> Settings {
        let word = self.asked("comments");
        let provider = Provider::from_word(&word).unwrap_or_default();
        let enabled = (word == "none").then_some(false);
        let comments = SiteComments { enabled, provider, url: self.asked("comments-url"), ..SiteComments::default() };
        Settings { comments, ..Settings::default() }
    }

    /// Tells it that an article is shown.
    pub fn tell_shown(&self, page: &Page) {
        self.tell("recto-load", json!({ "title": page.title, "language": page.language, "minutes": page.minutes }));
    }

    /// Tells the page around the element; false where it does not want what was about to happen.
    pub fn tell(&self, name: &str, detail: Value<'_>) -> bool {
        self.host.as_ref().is_none_or(|host| host.tell(name, &json::text(&detail)))
    }

    fn asked(&self, name: &str) -> String {
        self.host.as_ref().map(|host| host.asked(name)).unwrap_or_default()
    }
}
