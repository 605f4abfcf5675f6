//! The parts of the program beside the interface: the one that reads articles of one's own and writes their markup,
//! which is there first, and the one that does so with every other format, loaded when a file needs it. `boot/modules.js`
//! loads them, and shows the article that the address names before the interface has arrived.

use std::cell::RefCell;

use js_sys::{Array, Function, JsString};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::bytes::Bytes;
use super::fetch::Fetched;
use super::file_save::FileContent;
use super::trusted_html;
use crate::article::json::Json;
use crate::export::form::Form;
use crate::html::SafeHtml;
use crate::json;
use crate::page::{Choice, Page};
use crate::reader::{Format, Hint};
use crate::warning::{Warning, Warnings};

#[wasm_bindgen]
extern "C" {
    /// What `boot/modules.js` makes.
    #[derive(Debug, Clone)]
    pub type Modules;

    #[wasm_bindgen(method, catch)]
    async fn read(
        this: &Modules,
        bytes: &JsValue,
        name: &str,
        media_type: &str,
        url: &str,
        view: &JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn convert(this: &Modules, bytes: &JsValue, hint: &Array, view: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn save(this: &Modules, bytes: &JsValue, hint: &Array, index: u32, form: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn comment(this: &Modules, markdown: &str) -> Result<String, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn comments(this: &Modules, html: Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn flattened(this: &Modules, markdown: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn offline(this: &Modules) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn policy(this: &Modules) -> Function;
}

thread_local! {
    static MODULES: RefCell<Option<Modules>> = const { RefCell::new(None) };
}

/// Makes the other parts of the program known to this one.
pub fn provide(modules: Modules) {
    trusted_html::provide(modules.policy());
    MODULES.set(Some(modules));
}

/// Markup of an article as another part wrote it. It stays outside of this part's memory.
#[derive(Debug, Clone)]
pub struct Markup(SendWrapper<JsString>);

impl Markup {
    /// Puts it into `element`, in place of what is there.
    pub fn put_into(&self, element: &Element) {
        trusted_html::set(element, self.0.as_ref());
    }
}

/// A file, and what is known about it from outside. Its content stays outside of this part's memory.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its content.
    pub bytes: Bytes,
    /// File name or last part of the address.
    pub name: String,
    /// Media type, as a server or the system declared it.
    pub media_type: String,
    /// Where it came from.
    pub url: String,
    /// The format that the reader says it is.
    pub format: Option<Format>,
}

impl Source {
    /// A file that was fetched.
    pub fn fetched(fetched: &Fetched, format: Option<Format>) -> Self {
        let path = fetched.url.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let Fetched { bytes, media_type, url } = fetched.clone();
        Self { bytes, name, media_type, url, format }
    }

    fn hint(&self) -> Array {
        let format = self.format.map_or("", Format::as_str);
        [&self.name, &self.media_type, &self.url, format].into_iter().map(JsValue::from_str).collect()
    }
}

/// What depends on where an article is shown: the level of its title, and which pictures are loaded.
#[derive(Debug, Clone)]
pub struct View(SendWrapper<JsValue>);

impl View {
    pub(super) fn of(options: JsValue) -> Self {
        Self(SendWrapper::new(options))
    }
}

/// What a file turned out to be.
#[derive(Debug)]
pub enum Read {
    /// One article.
    Page(Box<Page>, Markup),
    /// Several, as what they were read, and what could not be used.
    Several(Vec<Choice>, Format, Vec<Warning>),
}

/// Why there is nothing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// The file says nothing: the word of [`crate::reader::ReadError`], and the error in full.
    Refused(String, String),
    /// A part of the program did not arrive.
    Missing(String),
}

/// Reads a file of any format, for where it is shown.
///
/// # Errors
/// Where there is nothing to show.
pub async fn read_file(source: &Source, view: &View) -> Result<Read, NotRead> {
    let modules = modules()?;
    // The reading part takes a file for Article JSON; what is said to be another format is not for it.
    if source.format.is_none_or(|format| format == Format::Native) {
        let Source { bytes, name, media_type, url, .. } = source;
        let hint = Hint { name, media_type, url, format: None };
        if let Some(read) = page_of(&read_own(&modules, bytes, &hint, view).await?) {
            return Ok(read);
        }
    }
    let converted = modules.convert(source.bytes.as_js(), &source.hint(), &view.0).await.map_err(refusal)?;
    if let Some(read) = page_of(&converted) {
        return Ok(read);
    }
    let converted = Array::from(&converted);
    let mut texts = converted.iter().map(|text| text.as_string().unwrap_or_default());
    let format = texts.next().and_then(|word| Format::from_word(&word)).unwrap_or_default();
    let warnings = texts.next().map(|text| warnings_of(&text)).unwrap_or_default();
    let mut choices = Vec::new();
    while let (Some(title), Some(published), Some(language), Some(json)) =
        (texts.next(), texts.next(), texts.next(), texts.next())
    {
        choices.push(Choice { title, published: published.parse().ok(), language, json });
    }
    Ok(Read::Several(choices, format, warnings))
}

/// Reads one of several articles.
///
/// # Errors
/// Where a part of the program is missing.
pub async fn read_choice(choice: &Choice, format: Format, warnings: &[Warning], view: &View) -> Result<Read, NotRead> {
    let read = read_own(&modules()?, &Bytes::from(choice.json.as_bytes()), &Hint::default(), view).await?;
    match page_of(&read) {
        Some(Read::Page(mut page, markup)) => {
            page.format = format;
            page.warnings.splice(0..0, warnings.iter().cloned());
            Ok(Read::Page(page, markup))
        }
        _ => Err(NotRead::Missing("an article was not written as it is read".to_owned())),
    }
}

/// Writes the article at `index` of a file in another form: the name of the new file, and its content.
///
/// # Errors
/// Where a part of the program is missing, or the file cannot be read any more.
pub async fn save(source: &Source, index: usize, form: Form) -> Result<(String, FileContent), NotRead> {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    let saved = modules()?.save(source.bytes.as_js(), &source.hint(), index, form.as_str()).await.map_err(refusal)?;
    let saved = Array::from(&saved);
    let content = saved.get(1).dyn_into().map_err(refusal)?;
    Ok((saved.get(0).as_string().unwrap_or_default(), FileContent::of(content)))
}

/// The markup of a comment's Markdown; empty where there is nothing to show.
pub fn comment_html(markdown: &str) -> SafeHtml {
    let html = modules().ok().and_then(|modules| modules.comment(markdown).ok()).unwrap_or_default();
    SafeHtml::read(&html.into(), &mut Warnings::default()).unwrap_or_default()
}

/// Markup of ours for the HTML of comments from a server, in the same order; nothing where the part of the program that
/// makes it did not arrive.
pub async fn foreign_comments(html: Vec<String>) -> Option<Vec<SafeHtml>> {
    let html: Array = html.into_iter().map(JsValue::from).collect();
    let made = Array::from(&modules().ok()?.comments(html).await.ok()?);
    let safe = |html: JsValue| SafeHtml::read(&html.as_string()?.into(), &mut Warnings::default());
    made.iter().map(safe).collect()
}

/// A comment's Markdown as WordPress keeps it; nothing where the part of the program that makes it did not arrive.
pub async fn flattened_comment(markdown: &str) -> Option<String> {
    modules().ok()?.flattened(markdown).await.ok()?.as_string()
}

/// The script that keeps files for reading without a network; nothing where it did not arrive.
pub(super) async fn offline() -> Option<JsValue> {
    modules().ok()?.offline().await.ok()
}

fn modules() -> Result<Modules, NotRead> {
    MODULES.with_borrow(Clone::clone).ok_or_else(|| NotRead::Missing(String::new()))
}

async fn read_own(modules: &Modules, bytes: &Bytes, hint: &Hint<'_>, view: &View) -> Result<JsValue, NotRead> {
    modules.read(bytes.as_js(), hint.name, hint.media_type, hint.url, &view.0).await.map_err(refusal)
}

/// The page and the markup that a part gives back; nothing where the file is not in its format, or has several articles.
pub(super) fn page_of(read: &JsValue) -> Option<Read> {
    let read = Array::is_array(read).then(|| Array::from(read)).filter(|read| read.length() == 2)?;
    let page = Page::from_text(&read.get(0).as_string()?)?;
    let markup = read.get(1).dyn_into::<JsString>().ok()?;
    Some(Read::Page(Box::new(page), Markup(SendWrapper::new(markup))))
}

fn warnings_of(text: &str) -> Vec<Warning> {
    json::parse(text).ok().and_then(|value| Vec::read(&value, &mut Warnings::default())).unwrap_or_default()
}

/// The parts refuse a file by throwing text: a word, and the error in full on the line after it.
fn refusal(thrown: JsValue) -> NotRead {
    match thrown.as_string() {
        Some(text) => {
            let (word, detail) = text.split_once('\n').unwrap_or((&text, ""));
            NotRead::Refused(word.to_owned(), detail.to_owned())
        }
        None => NotRead::Missing(super::Error::from(thrown).to_string()),
    }
}
