//! The head of an article: what it is called, who made it and when.

use super::{TITLE_ID, Writer, inline, media};
use crate::article::{Article, Date, Inlines, Person, Role, Tag};
use crate::reading_time::{ReadingTime, reading_time};

pub(super) fn write(w: &mut Writer<'_>, article: &Article, characters: u32) {
    w.raw("<header class=\"r-header\">");
    if !article.kicker.is_empty() {
        w.raw("<p class=\"r-kicker\">");
        w.text(&article.kicker);
        w.raw("</p>");
    }
    write_title(w, article);
    if !article.subtitle.is_empty() {
        w.raw("<p class=\"r-subtitle\">");
        inline::write_all(w, &article.subtitle);
        w.raw("</p>");
    }
    write_byline(w, article);
    write_facts(w, article, characters);
    write_tags(w, article);
    if let Some(hero) = &article.hero {
        media::write_hero(w, hero);
    }
    w.raw("</header>");
}

fn write_title(w: &mut Writer<'_>, article: &Article) {
    // Whoever goes from heading to heading has to find where the article begins.
    if article.title.is_empty() && w.medium == super::Medium::App {
        let (level, untitled) = (w.options.heading_level, Inlines::from(w.words().untitled));
        w.raw("<div class=\"r-visually-hidden\">");
        super::section::write_heading(w, level, TITLE_ID, &untitled);
        return w.raw("</div>");
    }
    if article.title.is_empty() {
        return;
    }
    super::section::write_heading(w, w.options.heading_level, TITLE_ID, &article.title);
}

fn write_byline(w: &mut Writer<'_>, article: &Article) {
    if !article.byline.is_empty() {
        w.raw("<p class=\"r-byline\">");
        w.isolated(&article.byline);
        return w.raw("</p>");
    }
    if article.authors.iter().all(|person| person.name.is_empty()) {
        return;
    }
    w.raw("<div class=\"r-byline\">");
    for role in Role::ALL {
        let people: Vec<&Person> =
            article.authors.iter().filter(|person| person.role == *role && !person.name.is_empty()).collect();
        if people.is_empty() {
            continue;
        }
        w.raw("<p>");
        for person in people.iter().filter(|person| !person.avatar.is_empty()) {
            let picture = media::Picture {
                src: &person.avatar,
                class: "r-avatar",
                width: Some(32),
                height: Some(32),
                is_first: true,
                ..media::Picture::default()
            };
            media::write_picture(w, &picture);
        }
        let words = w.words();
        w.text((words.byline)(*role));
        for (index, person) in people.iter().enumerate() {
            if index > 0 {
                w.text(if index + 1 == people.len() { words.and } else { words.separator });
            }
            w.link(&person.url, "r-author", &person.name);
            if !person.affiliation.is_empty() {
                w.raw(" <span class=\"r-affiliation\">(");
                w.isolated(&person.affiliation);
                w.raw(")</span>");
            }
        }
        w.raw("</p>");
    }
    w.raw("</div>");
}

/// Dates and reading time.
fn write_facts(w: &mut Writer<'_>, article: &Article, characters: u32) {
    if article.published.is_none() && article.updated.is_none() && characters == 0 {
        return;
    }
    let words = w.words();
    let day = |date: &Date| (date.year, date.month, date.day);
    w.raw("<p class=\"r-facts\">");
    if let Some(published) = &article.published {
        write_date(w, article, words.published, published);
    }
    if let Some(updated) = &article.updated
        && article.published.as_ref().map(day) != Some(day(updated))
    {
        write_date(w, article, words.updated, updated);
    }
    if characters > 0 {
        let time = match article.reading_time_minutes {
            Some(minutes) if minutes > 0 => ReadingTime { slow: minutes, fast: minutes },
            _ => reading_time(characters, &article.language),
        };
        w.raw("<span class=\"r-reading-time\">");
        w.isolated(&(words.reading_time)(time));
        w.raw("</span>");
    }
    w.raw("</p>");
}

fn write_date(w: &mut Writer<'_>, article: &Article, label: &'static str, date: &Date) {
    // What separates the facts is drawn after the outer element, on the side where the article's lines go on.
    w.raw("<span><bdi>");
    w.text(label);
    w.raw("<time");
    w.attribute("datetime", &date.to_string());
    w.raw(">");
    w.isolated(&(w.options.format_date)(date, &article.language));
    w.raw("</time></bdi></span> ");
}

fn write_tags(w: &mut Writer<'_>, article: &Article) {
    let all: Vec<&Tag> = article.categories.iter().chain(&article.tags).filter(|tag| !tag.name.is_empty()).collect();
    if all.is_empty() {
        return;
    }
    w.raw("<ul class=\"r-tags\" role=\"list\"");
    let title = w.words().tags;
    w.attribute("aria-label", title);
    w.raw(">");
    for tag in all {
        w.raw("<li>");
        w.link(&tag.url, "", &tag.name);
        w.raw("</li>");
    }
    w.raw("</ul>");
}
