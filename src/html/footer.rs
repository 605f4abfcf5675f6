//! The end of an article: its neighbours, what to read next, who made it, what may be done with it.

use super::{Writer, media};
use crate::article::{Article, Navigation, Person, Related, Series, TitledUrl};

pub(super) fn write(w: &mut Writer<'_>, article: &Article) {
    let start = w.out.len();
    w.raw("<footer class=\"r-footer\">");
    let empty = w.out.len();
    write_authors(w, &article.authors);
    write_rights(w, article);
    write_pager(w, &article.navigation);
    write_related(w, &article.related);
    if w.out.len() == empty {
        w.out.truncate(start);
    } else {
        w.raw("</footer>");
    }
}

fn write_authors(w: &mut Writer<'_>, authors: &[Person]) {
    let has_more = |person: &&Person| !person.bio.is_empty() || !person.orcid.is_empty() || !person.links.is_empty();
    let described: Vec<&Person> = authors.iter().filter(has_more).collect();
    if described.is_empty() {
        return;
    }
    let title = w.words().about_authors;
    w.raw("<section class=\"r-authors\"");
    w.attribute("aria-label", title);
    w.raw(">");
    for person in described {
        w.raw("<p>");
        w.link(&person.url, "r-author", &person.name);
        w.raw(" ");
        w.text(&person.bio);
        let orcid = person.orcid.trim_start_matches("https://orcid.org/");
        if !orcid.is_empty() {
            w.raw(" ");
            w.link(&format!("https://orcid.org/{orcid}"), "", "ORCID");
        }
        for link in &person.links {
            w.raw(" ");
            w.link(&link.url, "", if link.title.is_empty() { &link.url } else { &link.title });
        }
        w.raw("</p>");
    }
    w.raw("</section>");
}

fn write_rights(w: &mut Writer<'_>, article: &Article) {
    let words = w.words();
    let site = article.site.as_ref().filter(|site| !site.name.is_empty());
    if article.copyright.is_empty()
        && article.license.name.is_empty()
        && article.license.url.is_empty()
        && site.is_none()
    {
        return;
    }
    w.raw("<p class=\"r-rights\">");
    if let Some(site) = site {
        w.raw("<span>");
        w.text(words.from);
        w.link(&site.url, "", &site.name);
        w.raw("</span> ");
    }
    if !article.copyright.is_empty() {
        w.raw("<span>");
        w.isolated(&article.copyright);
        w.raw("</span> ");
    }
    let license = &article.license;
    if !license.name.is_empty() || !license.url.is_empty() {
        let name = if license.name.is_empty() { &license.url } else { &license.name };
        let address = if license.url.is_empty() { license_address(name) } else { license.url.clone() };
        w.raw("<span>");
        w.text(words.licence);
        w.link(&address, "", name);
        w.raw("</span>");
    }
    w.raw("</p>");
}

/// Where the text of a Creative Commons licence is, by its SPDX identifier; empty for others.
fn license_address(name: &str) -> String {
    let Some(rest) = name.strip_prefix("CC-") else {
        let is_waiver = name == "CC0-1.0";
        return if is_waiver { "https://creativecommons.org/publicdomain/zero/1.0/".to_owned() } else { String::new() };
    };
    match rest.rsplit_once('-') {
        Some((kind, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("https://creativecommons.org/licenses/{}/{version}/", kind.to_ascii_lowercase())
        }
        _ => String::new(),
    }
}

fn write_pager(w: &mut Writer<'_>, navigation: &Navigation) {
    let words = w.words();
    let links = [
        (&navigation.previous, words.previous, "prev"),
        (&navigation.next, words.next, "next"),
        (&navigation.up, words.up, "up"),
    ];
    if navigation.series.is_none() && links.iter().all(|(link, ..)| link.is_none()) {
        return;
    }
    w.raw("<nav class=\"r-pager\"");
    w.attribute("aria-label", words.pager);
    w.raw(">");
    if let Some(series) = &navigation.series {
        write_series(w, series);
    }
    for (link, label, direction) in links {
        if let Some(link) = link {
            write_neighbour(w, link, label, direction);
        }
    }
    w.raw("</nav>");
}

fn write_series(w: &mut Writer<'_>, series: &Series) {
    let words = w.words();
    w.raw("<p class=\"r-series\">");
    match (series.index, series.total) {
        (Some(index), Some(total)) => {
            let mut pieces = words.part_of.splitn(3, "{}");
            w.text(pieces.next().unwrap_or_default());
            w.text(&index.to_string());
            w.text(pieces.next().unwrap_or_default());
            w.text(&total.to_string());
            w.text(pieces.next().unwrap_or_default());
        }
        (Some(index), None) => w.worded(words.part, &index.to_string()),
        _ => {}
    }
    w.link(&series.url, "", &series.title);
    w.raw("</p>");
}

fn write_neighbour(w: &mut Writer<'_>, link: &TitledUrl, label: &'static str, direction: &'static str) {
    w.raw("<p");
    w.attribute("data-direction", direction);
    w.raw("><span>");
    w.text(label);
    w.raw("</span> ");
    w.link(&link.url, "", if link.title.is_empty() { &link.url } else { &link.title });
    w.raw("</p>");
}

fn write_related(w: &mut Writer<'_>, related: &[Related]) {
    if related.is_empty() {
        return;
    }
    let title = w.words().related;
    w.raw("<section class=\"r-related\"");
    w.attribute("aria-label", title);
    w.raw("><p class=\"r-list-title\">");
    w.text(title);
    w.raw("</p><ul role=\"list\">");
    for article in related {
        w.raw("<li>");
        if !article.image.is_empty() {
            media::write_picture(
                w,
                &media::Picture { src: &article.image, class: "r-related-image", ..media::Picture::default() },
            );
        }
        w.link(&article.url, "", if article.title.is_empty() { &article.url } else { &article.title });
        if !article.description.is_empty() {
            w.raw("<p>");
            w.isolated(&article.description);
            w.raw("</p>");
        }
        w.raw("</li>");
    }
    w.raw("</ul></section>");
}
