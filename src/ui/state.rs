//! What is on the screen, and how it gets there: from the address, a file, the clipboard.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::bytes::Bytes;
use crate::browser::fetch::{self, Fetched};
use crate::browser::first_article::FirstFile;
use crate::browser::modules::{self, Markup, NotRead, Read, Source};
use crate::browser::{document, origin, query, storage, timer};
use crate::json::json;
use crate::page::{Choice, Page};
use crate::reader::{Format, MOST_BYTES};
use crate::site::{self, Articles, Listed, Settings};
use crate::ui::failure::Failure;
use crate::ui::home::Home;
use crate::ui::words;
use crate::warning::Warning;

/// The parameter of the address that says as what a file is read.
const FORMAT: &str = "format";
/// Milliseconds after which something that was opened is shown to be on its way.
const LONG: i32 = 500;

/// The site's list of articles.
#[derive(Debug)]
pub struct Listing {
    /// Name of the site.
    pub title: String,
    /// A sentence about it.
    pub description: String,
    /// Its articles.
    pub articles: Vec<Listed>,
}

/// What an article was read from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The file.
    pub source: Source,
    /// Which of its articles it is.
    pub index: usize,
    place: Place,
}

impl Origin {
    /// Address of the file, where it is on the page's own site.
    pub fn address(&self) -> Option<String> {
        let is_named = self.place == Place::Address && !self.source.url.is_empty();
        (is_named && origin::is_own(&self.source.url)).then(|| self.source.url.clone())
    }
}

/// Who named a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The page's address, which then says as what the file is read, too.
    Address,
    /// The reader: a file or the clipboard of this device.
    Device,
}

/// Several articles that came in one file.
#[derive(Debug)]
pub struct Choices {
    /// The articles.
    pub articles: Vec<Choice>,
    format: Format,
    warnings: Vec<Warning>,
    origin: Origin,
}

/// What is on the screen.
#[derive(Clone)]
pub enum Screen {
    /// Something is under way.
    Loading,
    /// The site's articles.
    List(Arc<Listing>),
    /// The articles of one file, to choose from.
    Picker(Arc<Choices>),
    /// An article.
    Article(Arc<Page>, Markup, Arc<Origin>),
    /// Nothing could be shown; with the file, where it was not in the format that the reader said it is.
    Failed(Arc<Failure>, Option<Arc<Origin>>),
}

/// Opens articles: the state of the whole app.
#[derive(Clone, Copy)]
pub struct Library {
    screen: RwSignal<Screen>,
    settings: RwSignal<Arc<Settings>>,
    home: StoredValue<Home>,
    /// Counts openings, so that an answer that comes late does not replace what was opened since.
    opening: StoredValue<u32>,
}

impl Library {
    /// Provides the state to the components below, and opens what the address asks for.
    pub fn provide() -> Self {
        let library = Self {
            screen: RwSignal::new(Screen::Loading),
            settings: RwSignal::new(Arc::default()),
            home: StoredValue::new(Home::use_context()),
            opening: StoredValue::new(0),
        };
        provide_context(library);
        library.open_address();
        if library.home().has_query() {
            query::on_change(move || library.open_address());
        }
        library
    }

    /// The state that [`Library::provide`] provided.
    pub fn use_context() -> Self {
        expect_context()
    }

    /// What is on the screen.
    pub fn screen(self) -> Screen {
        self.screen.get()
    }

    /// The site's settings, once they are known.
    pub fn settings(self) -> Arc<Settings> {
        self.settings.get()
    }

    /// Whether there is something on the screen.
    pub fn is_settled(self) -> bool {
        self.screen.with(|screen| !matches!(screen, Screen::Loading))
    }

    /// Opens what the address asks for: an article of the site, a file elsewhere, the article written into the page,
    /// or else the list.
    pub fn open_address(self) {
        self.open(false);
    }

    /// Opens it again, past the browser's cache.
    pub fn retry(self) {
        self.open(true);
    }

    /// Opens an article of the list, and puts it into the address.
    pub fn open_listed(self, slug: &str) {
        query::push("article", slug);
        self.open_address();
    }

    /// Goes back to the list.
    pub fn open_list(self) {
        query::push("", "");
        self.open_address();
    }

    /// Shows what a file or the clipboard holds.
    pub fn open_bytes(self, bytes: Bytes, name: &str, media_type: &str) {
        let (name, media_type) = (name.to_owned(), media_type.to_owned());
        let source = Source { bytes, name, media_type, url: String::new(), format: None };
        self.read(Origin { source, index: 0, place: Place::Device });
    }

    /// Reads a file again: as the format that the reader says it is, or as what it looks like. The address follows.
    pub fn read_as(self, origin: &Origin, format: Option<Format>) {
        if origin.place == Place::Address && self.home().has_query() {
            query::change(FORMAT, format.map_or("", Format::as_str));
        }
        let source = Source { format, ..origin.source.clone() };
        self.read(Origin { source, index: 0, place: origin.place });
    }

    fn read(self, origin: Origin) {
        let number = self.begin();
        let is_read = Rc::new(Cell::new(false));
        let is_waiting = Rc::clone(&is_read);
        spawn_local(async move {
            self.show_file(number, origin).await;
            is_read.set(true);
        });
        // What takes a while, such as the part that knows its format, is seen to be on its way.
        spawn_local(async move {
            timer::sleep(LONG).await;
            if self.is_current(number) && !is_waiting.get() && self.home().is_page() {
                self.screen.set(Screen::Loading);
            }
        });
    }

    /// Shows one article of the picker.
    pub fn pick(self, choices: Arc<Choices>, index: usize) {
        let number = self.begin();
        spawn_local(async move {
            if let Some(choice) = choices.articles.get(index) {
                let view = self.home().first().view();
                let read = modules::read_choice(choice, choices.format, &choices.warnings, &view).await;
                self.show(number, read, Origin { index, ..choices.origin.clone() });
            }
        });
    }

    /// Says why there is nothing to show.
    pub fn fail(self, failure: Failure) {
        self.fail_at(failure, None);
    }

    /// The same, with the file where it can be read as something else.
    fn fail_at(self, failure: Failure, origin: Option<Origin>) {
        self.home().tell("recto-error", failure.told());
        self.screen.set(Screen::Failed(Arc::new(failure), origin.map(Arc::new)));
    }

    /// Whether an address is on the page's own origin, or on one that the site lists.
    pub fn allows(self, address: &str) -> bool {
        let is_listed = |origin: &String| self.settings.get_untracked().origins.contains(origin);
        origin::of(address).is_some_and(|origin| origin == origin::own() || is_listed(&origin))
    }

    fn home(self) -> Home {
        self.home.get_value()
    }

    fn begin(self) -> u32 {
        self.opening.update_value(|number| *number += 1);
        self.opening.get_value()
    }

    fn is_current(self, number: u32) -> bool {
        self.opening.get_value() == number
    }

    fn open(self, reload: bool) {
        let number = self.begin();
        self.screen.set(Screen::Loading);
        if let Some(address) = self.home().source() {
            return self.open_given(number, address, reload);
        }
        spawn_local(async move {
            // The boot script and the page ask for the settings and the article at once: waiting here costs nothing.
            self.load_settings(reload).await;
            if let Some(slug) = query::get("article") {
                self.open_slug(number, &slug, reload).await;
            } else if let Some(src) = query::get("src") {
                self.open_src(number, &src, reload).await;
            } else if let Some(text) = document::inline_article() {
                let (bytes, url) = (Bytes::from(text.as_bytes()), document::base_url());
                self.show_fetched(number, &Fetched { bytes, media_type: String::new(), url }).await;
            } else {
                self.show_list(number, reload).await;
            }
        });
    }

    /// What the page names or gives: it was written for the article, or has the element for it.
    fn open_given(self, number: u32, address: String, reload: bool) {
        self.settings.set(Arc::new(self.home().settings()));
        spawn_local(async move {
            self.load_settings(reload).await;
            let is_given = address.is_empty();
            match self.home().first().take(&address).await.filter(|_| is_given || !reload) {
                Some(first) => self.show_first(number, first).await,
                None => self.open_file_at(number, &address, reload).await,
            }
        });
    }

    /// Shows what is in the page already. Whoever reads it has the page to themselves in between.
    async fn show_first(self, number: u32, first: FirstFile) {
        timer::sleep(0).await;
        match first.read.filter(|_| self.asked_format().is_none()) {
            Some(read) => self.show(number, Ok(read), self.origin_of(&first.fetched)),
            None => self.show_fetched(number, &first.fetched).await,
        }
    }

    /// The file is asked for at once, by convention; the site's list is looked at only where it is not there.
    async fn open_slug(self, number: u32, slug: &str, reload: bool) {
        if !site::is_slug(slug) {
            return self.fail_current(number, Failure::not_found(slug));
        }
        let src = format!("articles/{slug}.json");
        if let Some(first) = self.home().first().take(&src).await.filter(|_| !reload) {
            return self.show_first(number, first).await;
        }
        match fetch::get(&src, MOST_BYTES, reload).await {
            Ok(fetched) => self.show_fetched(number, &fetched).await,
            Err(fetch::FetchError::Status(404)) => {
                let list = self.list(reload).await.unwrap_or_default();
                match list.iter().find(|listed| listed.slug == slug && !listed.src.is_empty()) {
                    Some(listed) if listed.src != src => self.open_file_at(number, &listed.src, reload).await,
                    _ => self.fail_current(number, Failure::not_found(&src)),
                }
            }
            Err(error) => self.fail_current(number, Failure::fetch(error, &src)),
        }
    }

    /// Only the page's own origin and those that the site lists: a page that shows anything from anywhere under the
    /// site's name would be a gift to forgers.
    async fn open_src(self, number: u32, src: &str, reload: bool) {
        if self.allows(src) {
            self.open_file_at(number, src, reload).await;
        } else {
            self.fail_current(number, Failure::not_allowed(src));
        }
    }

    async fn open_file_at(self, number: u32, src: &str, reload: bool) {
        match fetch::get(src, MOST_BYTES, reload).await {
            Ok(fetched) => self.show_fetched(number, &fetched).await,
            Err(error) => self.fail_current(number, Failure::fetch(error, src)),
        }
    }

    async fn show_list(self, number: u32, reload: bool) {
        let articles = match self.list(reload).await {
            Ok(articles) => articles,
            Err(failure) => return self.fail_current(number, failure),
        };
        if let [only] = articles.as_slice() {
            let slug = only.slug.clone();
            return self.open_slug(number, &slug, reload).await;
        }
        if self.is_current(number) {
            let settings = self.settings.get_untracked();
            let title = if settings.title.is_empty() { words::RECTO.to_owned() } else { settings.title.clone() };
            document::set_title(&title);
            let listing = Listing { title, description: settings.description.clone(), articles };
            self.screen.set(Screen::List(Arc::new(listing)));
        }
    }

    /// The site's articles, their files' addresses relative to the page.
    async fn list(self, reload: bool) -> Result<Vec<Listed>, Failure> {
        let url = match &self.settings.get_untracked().articles {
            Articles::Listed(list) => return Ok(list.clone()),
            Articles::Feed(url) => url.clone(),
        };
        match fetch::get(&url, MOST_BYTES, reload).await {
            Ok(fetched) => {
                let Some((_, mut list)) = site::read_feed(&fetched.bytes.to_text()) else {
                    return Err(Failure::not_a_feed(&url));
                };
                let folder = url.rfind('/').map_or("", |end| &url[..=end]);
                for listed in &mut list {
                    if listed.src.is_empty() {
                        listed.src = format!("{}.json", listed.slug);
                    }
                    listed.src = format!("{folder}{}", listed.src);
                }
                Ok(list)
            }
            Err(fetch::FetchError::Status(404)) => Ok(Vec::new()),
            Err(error) => Err(Failure::fetch(error, &url)),
        }
    }

    async fn load_settings(self, reload: bool) {
        let Some(address) = self.home().settings_address() else { return };
        let Ok(fetched) = fetch::get(&address, MOST_BYTES, reload).await else { return };
        let (settings, warnings) = Settings::read(&fetched.bytes.to_text());
        for warning in warnings.into_list() {
            leptos::logging::warn!("recto.json{}: {}", warning.path, warning.message);
        }
        if storage::get(crate::ui::theme::KEY).is_none() {
            crate::ui::theme::apply(settings.theme);
        }
        self.settings.set(Arc::new(settings));
    }

    async fn show_fetched(self, number: u32, fetched: &Fetched) {
        self.show_file(number, self.origin_of(fetched)).await;
    }

    async fn show_file(self, number: u32, origin: Origin) {
        if self.is_current(number) {
            let read = modules::read_file(&origin.source, &self.home().first().view()).await;
            self.show(number, read, origin);
        }
    }

    /// Shows what a file turned out to be, unless something else was opened since.
    fn show(self, number: u32, read: Result<Read, NotRead>, origin: Origin) {
        if !self.is_current(number) {
            return;
        }
        match read {
            Ok(Read::Page(page, markup)) => self.show_page(*page, markup, origin),
            Ok(Read::Several(articles, format, warnings)) => {
                self.home().tell("recto-choices", json!({ "count": articles.len() }));
                self.screen.set(Screen::Picker(Arc::new(Choices { articles, format, warnings, origin })));
            }
            Err(NotRead::Refused(_, detail)) if origin.source.format.is_some() => {
                let failure = Failure::not_as(origin.source.format.unwrap_or_default(), detail);
                self.fail_at(failure, Some(origin));
            }
            Err(error) => self.fail(Failure::not_read(error)),
        }
    }

    fn show_page(self, page: Page, markup: Markup, origin: Origin) {
        let site = self.settings.get_untracked().title.clone();
        let title = if page.title.is_empty() { words::UNTITLED.to_owned() } else { page.title.clone() };
        if self.home().is_page() {
            document::set_title(&if site.is_empty() { title } else { format!("{title} – {site}") });
        }
        self.screen.set(Screen::Article(Arc::new(page), markup, Arc::new(origin)));
    }

    /// What the address, or the page around the element, says the format is. A word that names none says nothing.
    fn asked_format(self) -> Option<Format> {
        let home = self.home();
        let word = if home.has_query() { query::get(FORMAT) } else { Some(home.format()) };
        word.and_then(|word| Format::from_word(&word))
    }

    fn origin_of(self, fetched: &Fetched) -> Origin {
        Origin { source: Source::fetched(fetched, self.asked_format()), index: 0, place: Place::Address }
    }

    fn fail_current(self, number: u32, failure: Failure) {
        if self.is_current(number) {
            self.fail(failure);
        }
    }
}
