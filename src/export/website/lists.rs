//! The lists of a website: all articles, page by page, and those of each tag.

use super::{File, ICON, Topic, Website, relative};
use crate::export::page::{self, Frame, Item, List, Program};
use crate::export::summary;

/// So many articles are on one page of a list.
const ON_A_PAGE: usize = 50;

/// So many tags are shown under a list.
const MOST_TOPICS: usize = 60;

/// Writes all lists.
pub(super) fn write(site: &Website, files: &mut Vec<File>) {
    let settings = &site.settings;
    let all: Vec<usize> = (0..site.pages.len()).collect();
    let shown = site.topics.iter().take(MOST_TOPICS);
    let topics: Vec<(String, String, usize)> =
        shown.map(|topic| (topic.name.clone(), relative("", &path(topic, 0)), topic.pages.len())).collect();
    let list = List { title: &settings.title, description: &settings.description, topics: &topics, ..List::default() };
    write_list(
        site,
        &list,
        "",
        &all,
        &|page| if page == 0 { "index.html".to_owned() } else { format!("page-{}.html", page + 1) },
        files,
    );
    for topic in &site.topics {
        let list = List { title: &topic.name, ..List::default() };
        write_list(site, &list, "tags/", &topic.pages, &|page| path(topic, page), files);
    }
}

/// Path of a page of a tag's list. No name of a tag has two dashes.
fn path(topic: &Topic, page: usize) -> String {
    if page == 0 { format!("tags/{}.html", topic.slug) } else { format!("tags/{}--{}.html", topic.slug, page + 1) }
}

/// Writes a list, page by page.
fn write_list(
    site: &Website,
    list: &List<'_>,
    folder: &str,
    articles: &[usize],
    path: &dyn Fn(usize) -> String,
    files: &mut Vec<File>,
) {
    let chunks: Vec<&[usize]> = if articles.is_empty() { vec![&[]] } else { articles.chunks(ON_A_PAGE).collect() };
    for (number, chunk) in chunks.iter().enumerate() {
        let items: Vec<Item> = chunk.iter().map(|index| item(site, *index, folder)).collect();
        let newer = number.checked_sub(1).map(|page| relative(folder, &path(page)));
        let older = (number + 1 < chunks.len()).then(|| relative(folder, &path(number + 1)));
        let home = relative(folder, "index.html");
        let icon = relative(folder, ICON);
        let url = site.address(&path(number));
        let frame = Frame {
            styles: Some(&site.styles),
            theme: site.settings.theme,
            site: &site.settings.title,
            home: &home,
            program: if site.program().is_some() { Program::Beside } else { Program::Absent },
            url: &url,
            icon: &icon,
            script: "",
            alternates: site.feeds_from(folder),
        };
        // Tags are under the first page.
        let topics = if number == 0 { list.topics } else { &[] };
        let list = List { items: &items, newer: newer.as_deref(), older: older.as_deref(), topics, ..list.clone() };
        files.push(File { path: path(number), content: page::list(&list, &frame) });
    }
}

fn item(site: &Website, index: usize, folder: &str) -> Item {
    let page = &site.pages[index];
    let title = page.article.title.plain_text();
    Item {
        href: relative(folder, &page.path()),
        title: if title.is_empty() { page.slug.clone() } else { title },
        summary: summary(&page.article).into_owned(),
        published: page.article.published,
        language: page.article.language.clone(),
    }
}
