//! Article -> JSON-LD of schema.org, which search engines read.

use super::{iso_date, people};
use crate::article::{Article, Person, Role};
use crate::json::{Object, Value, json};
use crate::text;
use crate::url::{Use, resolve};

/// Describes a normalised article; `url` is its own address, which may be empty, and which others are resolved against.
pub fn article<'a>(article: &'a Article, url: &'a str) -> Value<'a> {
    let absolute = |raw: &str| resolve(raw, url, Use::Link).unwrap_or_default();
    let person = |it: &Person| person(it, &absolute);
    let mut out = Object::new();
    let mut put = |key: &'static str, value: Value<'a>| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !is_empty {
            out.insert(key, value);
        }
    };
    put("@context", "https://schema.org".into());
    put("@type", "Article".into());
    put("headline", article.title.plain_text().into());
    put("alternativeHeadline", article.subtitle.plain_text().into());
    put("description", super::summary(article).into());
    put("url", url.into());
    put("mainEntityOfPage", url.into());
    put("inLanguage", article.language.as_str().into());
    put("datePublished", article.published.as_ref().map(iso_date).into());
    put("dateModified", article.updated.as_ref().or(article.published.as_ref()).map(iso_date).into());
    for (role, key) in [
        (Role::Author, "author"),
        (Role::Editor, "editor"),
        (Role::Translator, "translator"),
        (Role::Contributor, "contributor"),
    ] {
        put(key, article.authors.iter().filter(|person| person.role == role).map(person).collect());
    }
    if people(article).is_empty() && !article.byline.is_empty() {
        put("author", json!([{"@type": "Person", "name": article.byline}]));
    }
    if let Some(site) = article.site.as_ref().filter(|site| !site.name.is_empty()) {
        let mut publisher = json!({"@type": "Organization", "name": site.name});
        if !site.url.is_empty() {
            publisher["url"] = absolute(&site.url).into();
        }
        if !site.logo.is_empty() {
            publisher["logo"] = absolute(&site.logo).into();
        }
        put("publisher", publisher);
    }
    put("image", super::picture(article).map(|picture| json!([absolute(picture.src)])).into());
    put("articleSection", article.categories.iter().map(|tag| tag.name.as_str()).collect());
    put("keywords", article.tags.iter().map(|tag| tag.name.as_str()).collect());
    put(
        "license",
        (if article.license.url.is_empty() { &article.license.name } else { &article.license.url }).as_str().into(),
    );
    put("copyrightNotice", article.copyright.as_str().into());
    put("wordCount", article.word_count.map_or_else(|| text::words(article), |words| words as usize).into());
    Value::Object(out)
}

fn person(person: &Person, absolute: &dyn Fn(&str) -> String) -> Value<'static> {
    let mut out = json!({"@type": "Person", "name": person.name});
    for (key, value) in [("url", &person.url), ("image", &person.avatar)] {
        if !value.is_empty() {
            out[key] = absolute(value).into();
        }
    }
    if !person.affiliation.is_empty() {
        out["affiliation"] = json!({"@type": "Organization", "name": person.affiliation});
    }
    if !person.orcid.is_empty() {
        let orcid = person.orcid.trim_start_matches("https://orcid.org/");
        out["sameAs"] = format!("https://orcid.org/{orcid}").into();
    }
    out
}
