//! Articles -> the files of a website that needs no program on the server and none in the reader: a page for each
//! article, lists, feeds, a sitemap, descriptions for other sites, and the settings that hosts ask for.
//!
//! Links between the files are relative. So the same folder works at the root of a host and under any path, and where
//! the host leaves out `.html`. What is read elsewhere, such as feeds, has whole addresses.

use super::bundle::base64;
use super::file_name::{Names, slug};
use super::page::{self, Alternate, Frame, Program};
use super::{json_feed, style};
use crate::article::{Article, Date, Tag};
use crate::html;
use crate::json;
use crate::letter::lower_case;
use crate::site::Settings;
use crate::url::{self, Use};

mod feeds;
mod hosts;
pub(super) mod links;
mod lists;
#[cfg(test)]
mod tests;

use links::{Links, relative};
use sha2::{Digest, Sha256};

/// The folder of articles, and of what stands beside them.
pub const ARTICLES: &str = "articles";

/// The app's page, where the site has the app.
pub const VIEWER: &str = "viewer.html";

/// The icon of its pages.
const ICON: &str = "icon.svg";

/// A file of articles.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path in the folder of articles, with `/` between folders.
    pub path: String,
    /// What is in it, in normal form; addresses are relative to the file.
    pub articles: Vec<Article>,
}

/// A file of the website.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path in the website, with `/` between folders.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// Whether the app is part of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum App {
    /// It is, and takes pages over: the script at this path starts it.
    Included(String),
    /// It is not.
    Absent,
}

/// A website in the making.
#[derive(Debug)]
pub struct Website {
    settings: Settings,
    /// Where it will be, with a `/` at the end.
    base: String,
    app: App,
    /// Newest first.
    pages: Vec<Page>,
    topics: Vec<Topic>,
    /// What a policy calls the styles of its pages.
    styles: String,
    script: File,
    links: Links,
}

/// The page of an article.
#[derive(Debug)]
pub struct Page {
    /// Names it in its folder.
    slug: String,
    /// Path of its folder, with a `/` at the end.
    folder: String,
    /// With its tags and links to other articles leading to pages of this site, relative to its own.
    article: Article,
}

/// Articles with the same tag.
#[derive(Debug)]
struct Topic {
    name: String,
    slug: String,
    /// Places among the pages.
    pages: Vec<usize>,
}

impl Page {
    /// Its path in the website.
    pub fn path(&self) -> String {
        format!("{}{}.html", self.folder, self.slug)
    }

    fn source(&self) -> String {
        format!("{}{}.json", self.folder, self.slug)
    }

    /// Path of its description for other sites.
    fn embedding(&self) -> String {
        format!("oembed/{}{}.json", self.inner_folder(), self.slug)
    }

    /// Names it among all, as the app does in `?article=`, where there are no folders: `2026.review`.
    fn id(&self) -> String {
        let folder = self.inner_folder();
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/');
        // Other folders could be taken for one another, or have names that no slug may have.
        let folder = if folder.chars().all(is_plain) {
            folder.replace('/', ".")
        } else {
            format!("{}.", hash(folder.as_bytes()))
        };
        format!("{folder}{}", self.slug)
    }

    /// Its folder below that of all articles.
    fn inner_folder(&self) -> &str {
        self.folder.split_once('/').map_or("", |(_, inner)| inner)
    }
}

/// The address of a website as it is used here: of the web, without query and fragment, with a `/` at its end.
pub fn base(address: &str) -> Option<String> {
    let resolved = url::resolve(address, "", Use::Media)?;
    let end = resolved.find(['?', '#']).unwrap_or(resolved.len());
    let path = resolved[..end].trim_end_matches('/');
    let is_whole = path.starts_with("https://") || path.starts_with("http://");
    (is_whole && !url::host(path).is_empty()).then(|| format!("{path}/"))
}

impl Website {
    /// Plans the website at `base`, which [`base`] has given: gives every article a name and every tag a page.
    pub fn new(mut settings: Settings, base: String, app: App, sources: Vec<Source>) -> Self {
        if settings.title.is_empty() {
            settings.title = url::host(&base).to_owned();
        }
        let mut names = Names::without(&["articles//index"]);
        let mut links = Links::default();
        let mut pages = Vec::new();
        for source in sources {
            let (folder, file) = source.path.rsplit_once('/').map_or(("", source.path.as_str()), |parts| parts);
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            let is_alone = source.articles.len() == 1;
            for article in source.articles {
                let title = article.title.plain_text();
                let folder = if folder.is_empty() { format!("{ARTICLES}/") } else { format!("{ARTICLES}/{folder}/") };
                // What is added to one folder changes no address in another.
                let slug = names.give(&lower_case(&folder), if is_alone || title.is_empty() { stem } else { &title });
                let page = Page { slug, folder, article };
                links.add(&format!("{ARTICLES}/{}", source.path), &page);
                pages.push(page);
            }
        }
        // Those without a date come last.
        let key = |page: &Page| page.article.published.as_ref().map(Date::since_epoch);
        pages.sort_by_cached_key(|page| (std::cmp::Reverse(key(page)), page.slug.clone(), page.path()));
        // <https://www.w3.org/TR/CSP3/#grammardef-hash-source>
        let styles = format!("sha256-{}", base64(&Sha256::digest(style::sheet())));
        let content = include_str!("../../embed/frame.js").to_owned();
        let script = File { path: format!("frame-{}.js", hash(content.as_bytes())), content };
        let mut site = Self { settings, base, app, topics: topics(&pages), pages, styles, script, links };
        site.lead_home();
        site
    }

    /// Its title: that of its settings, or else its host.
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    /// The pages of articles.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The files of one article: its page, its description for other sites, and its source for the app.
    pub fn article(&self, page: &Page) -> Vec<File> {
        let path = page.path();
        let here = |target: &str| relative(&page.folder, target);
        let home = here("index.html");
        let starts = self.program().map(|program| (here(program), here(&page.source())));
        let url = self.address(&path);
        let (icon, script) = (here(ICON), here(&self.script.path));
        let mut alternates = self.feeds_from(&page.folder);
        let embedding = page.embedding();
        alternates.push(Alternate {
            media_type: "application/json+oembed",
            title: page.article.title.plain_text(),
            href: self.address(&embedding),
        });
        let frame = Frame {
            styles: Some(&self.styles),
            theme: self.settings.theme,
            site: &self.settings.title,
            home: &home,
            program: match &starts {
                Some((script, article)) => Program::At { script, article },
                None => Program::Absent,
            },
            url: &url,
            icon: &icon,
            script: &script,
            alternates,
        };
        let mut files = vec![
            File { path, content: page::article(&page.article, &frame) },
            File { path: embedding, content: feeds::oembed(self, page, &url) },
        ];
        if self.program().is_some() {
            let content = json::text(&page.article.to_json().into());
            files.push(File { path: page.source(), content });
        }
        files
    }

    /// All files that are not about one article. `hashed` are files of the app whose names change with their content.
    pub fn others(&self, hashed: &[String]) -> Vec<File> {
        let icon = File { path: ICON.to_owned(), content: include_str!("../../public/icon.svg").to_owned() };
        let mut files = vec![self.script.clone(), icon];
        lists::write(self, &mut files);
        feeds::write(self, &mut files);
        // It is shown at any address, from which relative ones would lead anywhere.
        let (icon, theme) = (self.address(ICON), self.settings.theme);
        let styles = Some(self.styles.as_str());
        let frame =
            Frame { styles, theme, site: &self.settings.title, home: &self.base, icon: &icon, ..Frame::default() };
        let text = "There is nothing at this address. It may have moved, or never existed.";
        files.push(File { path: "404.html".to_owned(), content: page::message("Page not found", text, &frame) });
        let mut immutable = hashed.to_vec();
        immutable.push(self.script.path.clone());
        hosts::write(&self.base, &self.styles, &immutable, &mut files);
        files
    }

    /// Path of the script that starts the app.
    fn program(&self) -> Option<&str> {
        match &self.app {
            App::Included(script) => Some(script),
            App::Absent => None,
        }
    }

    /// The whole address of a path of the website.
    fn address(&self, path: &str) -> String {
        // A list's first page is the folder itself.
        let path = path.strip_suffix("index.html").filter(|rest| rest.is_empty()).unwrap_or(path);
        format!("{}{}", self.base, url::encode_path(path))
    }

    fn feeds_from(&self, folder: &str) -> Vec<Alternate> {
        let feed = |media_type, path: &str| Alternate {
            media_type,
            title: self.settings.title.clone(),
            href: relative(folder, path),
        };
        vec![feed("application/atom+xml", "feed.xml"), feed("application/feed+json", "feed.json")]
    }

    /// Makes tags and links to other articles lead to pages of this site.
    fn lead_home(&mut self) {
        let topics: std::collections::BTreeMap<String, String> =
            self.topics.iter().map(|topic| (fold(&topic.name), format!("tags/{}.html", topic.slug))).collect();
        for page in &mut self.pages {
            self.links.lead_to_pages(&mut page.article, &page.folder);
            for tag in page.article.tags.iter_mut().chain(&mut page.article.categories) {
                if let Some(path) = topics.get(&fold(&tag.name)).filter(|_| tag.url.is_empty()) {
                    tag.url = relative(&page.folder, path);
                }
            }
        }
    }
}

/// The tags of all articles with those that have them, the most used first.
fn topics(pages: &[Page]) -> Vec<Topic> {
    let mut found: std::collections::BTreeMap<String, (String, Vec<usize>)> = std::collections::BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for Tag { name, .. } in page.article.tags.iter().chain(&page.article.categories) {
            let (_, places) = found.entry(fold(name)).or_insert_with(|| (name.clone(), Vec::new()));
            if places.last() != Some(&index) {
                places.push(index);
            }
        }
    }
    let mut names = Names::default();
    let topic = |(name, pages): (String, Vec<usize>)| Topic { slug: names.give("", &slug(&name)), name, pages };
    let mut topics: Vec<Topic> = found.into_values().map(topic).collect();
    topics.sort_by(|a, b| b.pages.len().cmp(&a.pages.len()).then_with(|| a.name.cmp(&b.name)));
    topics
}

/// Tags that differ in case only are one.
fn fold(name: &str) -> String {
    lower_case(name.trim())
}

/// A short name for content: different content has another one, as good as always (FNV-1a, 64 bits).
pub fn hash(content: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", content.iter().fold(0xcbf2_9ce4_8422_2325, step))
}
