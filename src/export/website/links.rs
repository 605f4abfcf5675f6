//! Links between articles: from file to file as their writers wrote them, from page to page on the website.

use std::collections::BTreeMap;

use super::{ARTICLES, Page, VIEWER};
use crate::article::walk::{Part, each_block, each_inline, parts, sequences};
use crate::article::{Article, Block, Inline, Inlines, Kind};
use crate::html::ID_PREFIX;
use crate::outline::{Anchors, anchors};
use crate::url::{decode_fragment, encode_path, join};

/// Which page an address of an article means.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Paths of pages by that of the file.
    pages: BTreeMap<String, String>,
    /// The same by what `?article=` names them: within a folder, and, with an empty one, from everywhere.
    slugs: BTreeMap<(String, String), String>,
    /// Where fragments lead in each page.
    anchors: BTreeMap<String, Anchors>,
}

impl Links {
    /// Notes that the file at `source` has become `page`.
    pub(super) fn add(&mut self, source: &str, page: &Page) {
        let path = page.path();
        self.anchors.insert(path.clone(), anchors(&page.article));
        self.pages.entry(source.to_owned()).or_insert_with(|| path.clone());
        for name in [page.slug.as_str(), stem(source), page.article.id.as_str(), &page.id()] {
            for folder in [page.folder.as_str(), ""] {
                self.slugs.entry((folder.to_owned(), name.to_owned())).or_insert_with(|| path.clone());
            }
        }
    }

    /// Makes links to files of articles, and to the app's `?article=`, lead to their pages.
    pub(super) fn lead_to_pages(&self, article: &mut Article, folder: &str) {
        each_link(article, &mut |url| {
            let (path, query, fragment) = split(url);
            let Some(target) = join(folder, path) else { return };
            let by_slug = query.strip_prefix("?article=").and_then(|query| query.split('&').next());
            // As an article is opened beside the one that says so, or from the page of the app.
            let is_list = path.is_empty() || ["", ARTICLES, "index.html", VIEWER].contains(&target.as_str());
            let page = match by_slug {
                Some(slug) if is_list => self.named(slug, folder),
                _ => self.pages.get(&target),
            };
            if let Some(page) = page {
                *url = format!("{}{}", relative(folder, page), self.fragment(page, fragment));
            }
        });
    }

    /// The fragment that leads to the same in the page at `path` without a script: the id there, if there is one.
    fn fragment(&self, path: &str, fragment: &str) -> String {
        let id = self.anchors.get(path).and_then(|anchors| anchors.find(fragment));
        id.map_or_else(|| fragment.to_owned(), |id| format!("#{ID_PREFIX}{id}"))
    }

    /// The page that `?article=` means in an article in `folder`: of several with that name, the one beside it.
    fn named(&self, slug: &str, folder: &str) -> Option<&String> {
        let slug = decode_fragment(slug);
        let within = |folder: &str| self.slugs.get(&(folder.to_owned(), slug.clone()));
        within(folder).or_else(|| within(""))
    }
}

pub(in crate::export) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Path, query and fragment of an address, the latter two with their signs.
pub(in crate::export) fn split(url: &str) -> (&str, &str, &str) {
    let (rest, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    (path, query, fragment)
}

/// The address of `target`, a path of the website, from a page in `folder`.
pub(super) fn relative(folder: &str, target: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", encode_path(&to[shared..].join("/")))
}

/// Visits every address in an article that people follow.
pub(in crate::export) fn each_link(article: &mut Article, visit: &mut dyn FnMut(&mut String)) {
    for person in &mut article.authors {
        visit(&mut person.url);
        person.links.iter_mut().for_each(|link| visit(&mut link.url));
    }
    article.tags.iter_mut().chain(&mut article.categories).for_each(|tag| visit(&mut tag.url));
    article.related.iter_mut().for_each(|related| visit(&mut related.url));
    let navigation = &mut article.navigation;
    for link in [&mut navigation.previous, &mut navigation.next, &mut navigation.up].into_iter().flatten() {
        visit(&mut link.url);
    }
    navigation.series.iter_mut().for_each(|series| visit(&mut series.url));
    article.site.iter_mut().for_each(|site| visit(&mut site.url));
    in_inlines(&mut article.title, visit);
    in_inlines(&mut article.subtitle, visit);
    article.hero.iter_mut().for_each(|hero| in_inlines(&mut hero.caption, visit));
    article.references.iter_mut().for_each(|entry| in_inlines(&mut entry.text, visit));
    for blocks in sequences(article) {
        each_block(blocks, &mut |block| in_block(block, visit));
    }
}

fn in_block(block: &mut Block, visit: &mut dyn FnMut(&mut String)) {
    match &mut block.kind {
        Kind::Image(it) => visit(&mut it.link),
        Kind::Gallery(it) => it.items.iter_mut().for_each(|image| visit(&mut image.link)),
        Kind::LinkCard(it) => visit(&mut it.url),
        Kind::Buttons(it) => it.items.iter_mut().for_each(|button| visit(&mut button.url)),
        Kind::File(it) => visit(&mut it.url),
        _ => {}
    }
    parts(block, &mut |part| {
        if let Part::Inlines(inlines) = part {
            in_inlines(inlines, visit);
        }
    });
}

fn in_inlines(inlines: &mut Inlines, visit: &mut dyn FnMut(&mut String)) {
    each_inline(inlines, &mut |inline| match inline {
        Inline::Link(it) => visit(&mut it.url),
        Inline::Mention(it) => visit(&mut it.url),
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_to_the_page() {
        for (folder, target, expect) in [
            ("", "index.html", "index.html"),
            ("articles/", "index.html", "../index.html"),
            ("articles/", "articles/b.html", "b.html"),
            ("articles/2024/", "articles/b.html", "../b.html"),
            ("articles/", "articles/2024/é.html", "2024/%C3%A9.html"),
            ("articles/what?/", "articles/C#/a.html", "../C%23/a.html"),
        ] {
            assert_eq!(relative(folder, target), expect);
        }
    }
}
