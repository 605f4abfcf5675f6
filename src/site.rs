//! `recto.json`: what a site's owner sets without building anything, and the list of its articles.

use crate::article::Date;
use crate::article::json::{Fields, Json, describe, keyword, object_schema, read_field, record, warn_unknown_keys};
use crate::json::{self, Object, Value};
use crate::url;
use crate::warning::Warnings;

keyword! {
    /// Colours of the page.
    pub enum Theme {
        /// As the system is set.
        Auto = "auto",
        /// Dark text on white.
        Light = "light",
        /// Light text on near-black.
        Dark = "dark",
        /// Dark text on warm paper.
        Sepia = "sepia",
        /// The strongest contrast.
        Contrast = "contrast",
    }
}

record! {
    /// Comments on this site's articles.
    pub struct SiteComments {
        /// Whether there are comments; default true.
        pub enabled: Option<bool> => "enabled",
        /// Where they are kept.
        pub provider: Provider => "provider",
        /// Address of the server that keeps them.
        pub url: String => "url",
        /// What writers have to agree to before anything is sent to that server, in the Markdown of comments.
        pub consent: String => "consent",
    }
}

keyword! {
    /// Where comments are kept.
    pub enum Provider {
        /// Where the article says, else in the reader's own browser.
        Auto = "auto",
        /// In the reader's own browser.
        Local = "local",
        /// On an Isso server.
        Isso = "isso",
        /// On a WordPress site.
        WordPress = "wordpress",
        /// On a server, or in a file, of Recto's own form.
        Json = "json",
    }
}

record! {
    /// An article of the site's list.
    pub struct Listed {
        /// Names the article in the address: `?article=slug`.
        pub slug: String => "slug",
        /// Address of its file, from the list's own; default `slug.json`.
        pub src: String => "src",
        /// Title.
        pub title: String => "title",
        /// A sentence about it.
        pub summary: String => "summary",
        /// When it was published.
        pub published: Option<Date> => "published",
        /// Language, as a BCP 47 tag.
        pub language: String => "language",
    }
}

/// Where the list of articles is: in these settings, or in a JSON Feed at an address.
#[derive(Debug, Clone, PartialEq)]
pub enum Articles {
    /// Address of a JSON Feed, from the page's own.
    Feed(String),
    /// The list itself.
    Listed(Vec<Listed>),
}

impl Default for Articles {
    fn default() -> Self {
        Self::Feed("articles/index.json".to_owned())
    }
}

impl Json for Articles {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value {
            Value::String(url) => Some(Self::Feed(url.to_string())),
            other => Vec::read(other, warnings).map(Self::Listed),
        }
    }
    fn write(&self) -> Value<'_> {
        match self {
            Self::Feed(url) => url.write(),
            Self::Listed(list) => list.write(),
        }
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        crate::json::json!({"anyOf": [{"type": "string"}, Vec::<Listed>::schema(definitions)]})
    }
}

record! {
    /// Settings of a site.
    pub struct Settings {
        /// Name of the site, for the window's title and the list.
        pub title: String => "title",
        /// A sentence under it.
        pub description: String => "description",
        /// Its articles: a list, or the address of a JSON Feed; default `articles/index.json`.
        pub articles: Articles => "articles",
        /// Other origins, such as `https://example.org`, whose files `?src=` may open.
        pub origins: Vec<String> => "origins",
        /// Comments.
        pub comments: SiteComments => "comments",
        /// Colours until the reader chooses.
        pub theme: Theme => "theme",
        /// Whether the page can be read without a network; default true.
        pub offline: Option<bool> => "offline",
    }
}

impl Settings {
    /// Reads `recto.json`; what is wrong with it is in the warnings, and its default is taken.
    pub fn read(json: &str) -> (Self, Warnings) {
        let mut warnings = Warnings::default();
        let settings = match json::parse(json) {
            Ok(Value::Object(object)) => {
                warn_unknown_keys(&object, &[Self::KEYS], &mut warnings);
                Self::read_fields(&object, &mut warnings)
            }
            Ok(_) => {
                warnings.warn("expected an object");
                Self::default()
            }
            Err(error) => {
                warnings.warn(error.to_string());
                Self::default()
            }
        };
        (settings, warnings)
    }

    /// The JSON Schema of `recto.json`, generated from these types.
    pub fn json_schema() -> Value<'static> {
        let mut definitions = Object::new();
        let schema = object_schema::<Self>(
            Object::new(),
            &["Settings of a site that shows articles with Recto."],
            &mut definitions,
        );
        let mut schema = describe(schema, &[]);
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["title"] = "recto.json".into();
        schema["$defs"] = Value::Object(definitions);
        schema
    }
}

/// Whether `slug` may name an article in an address: letters of any script, digits, `-`, `_`, `.`, not starting with a
/// dot. Of what is not ASCII only spaces and controls are no letters: nothing of it has a meaning in an address.
pub fn is_slug(slug: &str) -> bool {
    let is_letter = |letter: char| !letter.is_ascii() && !letter.is_whitespace() && !letter.is_control();
    let allowed =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.') || is_letter(letter);
    !slug.is_empty() && !slug.starts_with('.') && slug.chars().all(allowed)
}

/// The articles of a JSON Feed (jsonfeed.org, 1.0 or 1.1): each needs a `_recto.src`, or a `url` of `?article=`.
/// `None` where it is not a feed.
pub fn read_feed(json: &str) -> Option<(String, Vec<Listed>)> {
    let value = json::parse(json).ok()?;
    let items = value.get("items")?.as_array()?;
    let title = value.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    Some((title, items.iter().filter_map(feed_item).collect()))
}

fn feed_item(item: &Value<'_>) -> Option<Listed> {
    let object = item.as_object()?;
    let warnings = &mut Warnings::default();
    let mut text = |key| read_field::<String>(object, key, warnings);
    let (id, url) = (text("id"), text("url"));
    let src =
        item.get("_recto").and_then(|ours| ours.get("src")).and_then(Value::as_str).unwrap_or_default().to_owned();
    let in_address = url.split_once("?article=").map(|(_, slug)| slug.split(['&', '#']).next().unwrap_or_default());
    let slug = in_address.map_or_else(|| id.clone(), url::decode_fragment);
    if !is_slug(&slug) {
        return None;
    }
    let mut summary = text("summary");
    if summary.is_empty() {
        summary = text("content_text").chars().take(200).collect();
    }
    let (title, language) = (text("title"), text("language"));
    let published = object.get("date_published").and_then(Value::as_str).and_then(|date| date.parse().ok());
    Some(Listed { slug, src, title, summary, published, language })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_and_reports_misspelt_members() {
        let (settings, warnings) =
            Settings::read(r#"{"titel": "x", "theme": "dark", "origins": ["https://a.example"]}"#);
        assert_eq!((settings.theme, settings.origins.len()), (Theme::Dark, 1));
        let warnings = warnings.into_list();
        assert_eq!((warnings[0].path.as_str(), warnings.len()), ("/titel", 1));
        assert!(warnings[0].message.contains("`title`"), "{}", warnings[0].message);
    }

    #[test]
    fn takes_the_defaults_where_there_is_no_json() {
        assert_eq!(Settings::read("<html>").0, Settings::default());
    }

    #[test]
    fn reads_the_list_from_a_feed() {
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
            {"id": "1", "url": "?article=tour", "title": "Tour", "_recto": {"src": "tour.json"}},
            {"id": "2", "url": "viewer.html?article=%C3%BCber"}, {"id": "plain", "title": "Plain"}, {"id": "https://example.org/1"}]}"#;
        let (title, list) = read_feed(feed).unwrap();
        let found: Vec<_> = list.iter().map(|item| (item.slug.as_str(), item.src.as_str())).collect();
        assert_eq!((title.as_str(), found), ("T", vec![("tour", "tour.json"), ("über", ""), ("plain", "")]));
    }

    #[test]
    fn slugs_cannot_leave_the_folder() {
        for bad in ["", "..", ".hidden", "a/b", "a%2fb", "a b", "a\u{a0}b", "a\\b", "a:b"] {
            assert!(!is_slug(bad), "{bad}");
        }
        for good in ["how-recto_works.2", "über-größe", "مقال", "日本語の記事", "हिन्दी"] {
            assert!(is_slug(good), "{good}");
        }
    }
}
