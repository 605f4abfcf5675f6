//! Whole HTML pages: what their head says about the article, and where on the page it stands.

use super::loss::{Loss, Reason};
use super::tree::{Node, NodeId, Tree};
use super::walk::{Walk, direction};
use super::{Fragment, ParseHtml, body_of, caps, fragment, inline, parse_fragment, walk, without_tags};
use crate::article::{Date, Direction, Inlines};
use crate::warning::Warnings;

/// An HTML page as an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its title, without the site's name.
    pub title: Inlines,
    /// Language of the page, as a BCP 47 tag; may be empty.
    pub language: String,
    /// Direction of the page, if it says so.
    pub direction: Option<Direction>,
    /// Canonical address, as written.
    pub url: String,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was last changed.
    pub modified: Option<Date>,
    /// A plain-text summary.
    pub description: String,
    /// Name of the site.
    pub site: String,
    /// Address of the picture that stands for the article, as written.
    pub image: String,
    /// The article's text.
    pub content: Fragment,
    /// What of the page is not in it.
    pub loss: Loss,
}

/// Reads an HTML page: its metadata, and the part of it that is the article. What is left out is reported.
pub fn document(html: &str, parse: ParseHtml, warnings: &mut Warnings) -> Document {
    if let Err(excess) = caps::check(html) {
        return Document { content: without_tags(html, excess, warnings), ..Document::default() };
    }
    let is_page = is_page(html);
    let (tree, shortcodes) = if is_page { (parse(html), Vec::new()) } else { parse_fragment(html, parse, warnings) };
    let meta = Meta { tree: &tree };
    let mut walk = Walk::new(&tree);
    shortcodes.iter().for_each(|shortcode| walk.loss.add(Reason::Shortcode, shortcode));
    let root = if is_page { main_content(&walk) } else { body_of(&tree) };
    if !is_page {
        walk.detect_blank_lines(root);
    }
    let outer: Vec<NodeId> = tree.ancestors(root).chain([root]).collect();
    let mut language = String::new();
    let mut dir = None;
    for &id in outer.iter().rev() {
        if !tree.value(id, "lang").is_empty() {
            tree.value(id, "lang").clone_into(&mut language);
        }
        dir = direction(tree.value(id, "dir")).or(dir);
    }
    walk.scope = walk::Scope { lang: &language, dir };
    let site = meta.first(&["og:site_name", "application-name"]).to_owned();
    let content = fragment(&mut walk, root);
    let title = title(&mut walk, &meta, &site);
    walk.drop_rest(if root == body_of(&tree) { Reason::Unplaced } else { Reason::Outside });
    walk.loss.report(warnings);
    let date = |names: &[&str]| names.iter().find_map(|name| meta.get(name).parse().ok());
    let published = date(&[
        "article:published_time",
        "datePublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
    ]);
    Document {
        title,
        direction: dir,
        url: canonical(&tree, &meta),
        authors: authors(&tree, &meta),
        published: published.or_else(|| published_on_page(&tree)),
        modified: date(&[
            "article:modified_time",
            "og:updated_time",
            "dateModified",
            "last-modified",
            "dcterms.modified",
        ]),
        description: meta.first(&["og:description", "description", "twitter:description"]).to_owned(),
        image: meta
            .first(&["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"])
            .to_owned(),
        site,
        content,
        loss: std::mem::take(&mut walk.loss),
        language: language.clone(),
    }
}

/// Whether HTML is a page, not a piece of one.
fn is_page(html: &str) -> bool {
    let mut end = html.len().min(4096);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let start = html[..end].to_ascii_lowercase();
    ["<!doctype", "<html", "<head>", "<head ", "<body", "<title", "<meta "].iter().any(|tag| start.contains(tag))
}

/// The `meta` elements of a page.
struct Meta<'a> {
    tree: &'a Tree,
}

impl<'a> Meta<'a> {
    /// The content under a name, property or item property; empty without one.
    fn get(&self, name: &str) -> &'a str {
        let is_named = |id: NodeId| {
            self.tree.name(id) == "meta"
                && ["property", "name", "itemprop"]
                    .iter()
                    .any(|key| self.tree.value(id, key).eq_ignore_ascii_case(name))
                && !self.tree.value(id, "content").is_empty()
        };
        self.tree.find(Tree::ROOT, is_named).map(|id| self.tree.value(id, "content")).unwrap_or_default()
    }

    fn first(&self, names: &[&str]) -> &'a str {
        names.iter().map(|name| self.get(name)).find(|content| !content.is_empty()).unwrap_or_default()
    }
}

/// The title: what the page says for other sites, else its only first heading, else the window's title.
fn title(walk: &mut Walk<'_>, meta: &Meta<'_>, site: &str) -> Inlines {
    let tree = walk.tree;
    let shared = meta.first(&["og:title", "twitter:title", "dc.title", "citation_title"]);
    let window: String = tree
        .find_name(Tree::ROOT, "title")
        .into_iter()
        .flat_map(|id| tree.children(id).iter().filter_map(|&child| tree.text(child)))
        .collect();
    let plain = without_site(if shared.is_empty() { &window } else { shared }, site);
    let headings: Vec<NodeId> = tree.all().filter(|&id| tree.name(id) == "h1" && walk.letters(id) > 0).collect();
    // A heading with the same words has its marks too.
    for &heading in &headings {
        let text: String = tree.below(heading).filter_map(|id| tree.text(id)).collect();
        let is_same = same_words(&text, &plain) || (headings.len() == 1 && plain.is_empty());
        if is_same {
            // The walk may have been there: read it in another.
            drop(walk.take_text(heading));
            return inline::of(&mut Walk::new(tree), heading);
        }
    }
    let mut run = Vec::new();
    inline::push_text(&mut run, &plain);
    inline::tidy(run)
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// A title without the site's name at its end or start.
fn without_site(title: &str, site: &str) -> String {
    let title = title.trim();
    for separator in [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • "] {
        if let Some((before, after)) = title.rsplit_once(separator)
            && !site.is_empty()
            && after.trim().eq_ignore_ascii_case(site)
        {
            return before.trim().to_owned();
        }
        if let Some((before, after)) = title.split_once(separator)
            && !site.is_empty()
            && before.trim().eq_ignore_ascii_case(site)
        {
            return after.trim().to_owned();
        }
    }
    // Without the site's name, " | " separates nothing else.
    match title.rsplit_once(" | ") {
        Some((before, after)) if before.split_whitespace().count() >= 3 && after.split_whitespace().count() <= 4 => {
            before.trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

fn canonical(tree: &Tree, meta: &Meta<'_>) -> String {
    let is_canonical = |id: NodeId| tree.name(id) == "link" && tree.value(id, "rel").eq_ignore_ascii_case("canonical");
    match tree.find(Tree::ROOT, is_canonical).map(|id| tree.value(id, "href")) {
        Some(href) if !href.is_empty() => href.to_owned(),
        _ => meta.get("og:url").to_owned(),
    }
}

/// The names that metadata or the page give as its authors.
fn authors(tree: &Tree, meta: &Meta<'_>) -> Vec<String> {
    let named =
        ["author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl"]
            .iter()
            .map(|name| meta.get(name))
            .find(|name| !name.is_empty() && !name.contains("://"));
    let on_page = || {
        let is_name = |id: NodeId| {
            tree.value(id, "rel").split_ascii_whitespace().any(|rel| rel == "author") && tree.name(id) == "a"
                || tree.value(id, "itemprop") == "author" && tree.name(id) != "meta"
                || tree.has_class(id, "p-author")
        };
        let id = tree.find(Tree::ROOT, is_name)?;
        let name = tree.find(id, |inner| tree.value(inner, "itemprop") == "name").unwrap_or(id);
        let text: String = tree.below(name).filter_map(|id| tree.text(id)).collect();
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let names = match named {
        Some(name) => name.to_owned(),
        None => on_page().unwrap_or_default(),
    };
    let names = names.strip_prefix("By ").or(names.strip_prefix("by ")).unwrap_or(&names);
    names
        .split([',', ';'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && name.len() < 80)
        .collect()
}

/// The date of publication that the page itself shows.
fn published_on_page(tree: &Tree) -> Option<Date> {
    let is_time = |id: &NodeId| tree.name(*id) == "time" || tree.value(*id, "itemprop") == "datePublished";
    let dates = |wanted: fn(&Tree, NodeId) -> bool| {
        tree.all().filter(is_time).filter(|&id| wanted(tree, id)).find_map(|id| tree.value(id, "datetime").parse().ok())
    };
    dates(|tree, id| {
        tree.attribute(id, "pubdate").is_some()
            || tree.value(id, "itemprop") == "datePublished"
            || ["published", "entry-date", "dt-published"].iter().any(|class| tree.has_class(id, class))
    })
    .or_else(|| dates(|tree, id| tree.ancestors(id).any(|above| matches!(tree.name(above), "article" | "header"))))
}

/// Classes and ids under which publishing systems put the article's text.
const CONTENT: &[&str] = &[
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "article__body",
    "post-body",
    "e-content",
    "mw-parser-output",
    "story-body",
    "gh-content",
    "post__content",
    "markdown-body",
    "available-content",
    "storytext",
];

/// The part of the page that is the article: marked as such, else where most text stands in paragraphs.
fn main_content(w: &Walk<'_>) -> NodeId {
    let tree = w.tree;
    let body = body_of(tree);
    let all = w.letters(body);
    let is_marked = |id: NodeId| {
        tree.value(id, "itemprop") == "articleBody"
            || CONTENT.iter().any(|class| tree.has_class(id, class))
            || tree.value(id, "id") == "mw-content-text"
    };
    let largest = |wanted: &dyn Fn(NodeId) -> bool| {
        let elements = tree.below(body).filter(|&id| matches!(tree.node(id), Node::Element { .. }) && wanted(id));
        // The first of equals is the outermost.
        elements.fold(None, |best: Option<NodeId>, id| match best {
            Some(best) if w.letters(best) >= w.letters(id) => Some(best),
            _ => Some(id),
        })
    };
    let is_article = |id: NodeId| tree.name(id) == "article";
    let is_main = |id: NodeId| tree.name(id) == "main" || tree.value(id, "role") == "main";
    let dense = densest(w, body);
    let dense_letters = dense.map_or(0, |id| w.letters(id));
    for wanted in [&is_marked as &dyn Fn(NodeId) -> bool, &is_article, &is_main] {
        if let Some(found) = largest(wanted) {
            let letters = w.letters(found);
            // A teaser marked as an article is not the article.
            let holds_dense =
                dense.is_some_and(|dense| dense == found || tree.ancestors(dense).any(|above| above == found));
            if letters * 2 >= all || holds_dense || letters * 2 >= dense_letters.max(400) {
                return found;
            }
        }
    }
    let Some(dense) = dense.filter(|&dense| w.letters(dense) > 300) else { return body };
    // An article in several parts: the element around them all.
    let enough = prose(w, body) / 10 * 7;
    std::iter::once(dense).chain(tree.ancestors(dense)).find(|&id| id == body || prose(w, id) >= enough).unwrap_or(body)
}

/// How much text stands in paragraphs of some length.
fn prose(w: &Walk<'_>, node: NodeId) -> u32 {
    let is_prose = |&id: &NodeId| matches!(w.tree.name(id), "p" | "pre" | "blockquote" | "li") && w.letters(id) > 60;
    w.tree.below(node).filter(is_prose).map(|id| w.letters(id)).fold(0, u32::saturating_add)
}

/// The element with most text in paragraphs of its own, counting those of its children half.
fn densest(w: &Walk<'_>, body: NodeId) -> Option<NodeId> {
    let tree = w.tree;
    let mut scores: Vec<(NodeId, u32)> = Vec::new();
    let add = |scores: &mut Vec<(NodeId, u32)>, id: NodeId, score: u32| match scores
        .iter_mut()
        .rev()
        .take(200)
        .find(|(known, _)| *known == id)
    {
        Some((_, sum)) => *sum += score,
        None => scores.push((id, score)),
    };
    for id in tree.below(body) {
        if !matches!(tree.name(id), "p" | "pre" | "blockquote") || w.letters(id) < 25 {
            continue;
        }
        let mut above = tree.ancestors(id);
        if let Some(parent) = above.next() {
            add(&mut scores, parent, w.letters(id));
        }
        if let Some(grandparent) = above.next().filter(|&id| id != Tree::ROOT) {
            add(&mut scores, grandparent, w.letters(id) / 2);
        }
    }
    scores.into_iter().max_by_key(|(_, score)| *score).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::super::notation;
    use super::super::parse::parse;
    use super::*;

    fn read(html: &str) -> Document {
        document(html, parse, &mut Warnings::default())
    }

    #[track_caller]
    fn check_content(html: &str, expected: &str) {
        assert_eq!(notation::blocks(&read(html).content.blocks), expected);
    }

    #[track_caller]
    fn check_title(head: &str, body: &str, expected: &str) {
        let html = format!("<!doctype html><head>{head}</head><body>{body}</body>");
        assert_eq!(notation::inlines(&read(&html).title), expected);
    }

    #[test]
    fn reads_what_the_head_says() {
        let page = read(
            "<html lang=fr dir=ltr><head><title>T | S</title><link rel=canonical href='https://s.example/t'>
            <meta property=og:title content='T'><meta property=og:site_name content=S>
            <meta name=author content='By Ann Lee, Bo Kim'><meta property=article:published_time content='2024-05-01T10:00:00Z'>
            <meta property=article:modified_time content=2024-06-02><meta name=description content=D>
            <meta property=og:image content=i.jpg></head><body><p>x</p>",
        );
        assert_eq!((page.language.as_str(), page.direction), ("fr", Some(Direction::LeftToRight)));
        assert_eq!((page.url.as_str(), page.site.as_str()), ("https://s.example/t", "S"));
        assert_eq!(page.authors, ["Ann Lee", "Bo Kim"]);
        assert_eq!(page.published, "2024-05-01T10:00:00Z".parse().ok());
        assert_eq!(page.modified, "2024-06-02".parse().ok());
        assert_eq!((page.description.as_str(), page.image.as_str()), ("D", "i.jpg"));
    }

    #[test]
    fn takes_the_title_without_the_site() {
        check_title("<title>One - S</title><meta property=og:site_name content=S>", "", "One");
        check_title("<title>Some words of mine | The Site</title>", "", "Some words of mine");
        check_title("<title>One</title>", "<h1>One</h1>", "One");
        check_title(
            "<title>One two</title>",
            "<header><h1>One <em>two</em></h1></header><article><p>x</p></article>",
            "One em(two)",
        );
        check_title("", "<h1>Only</h1>", "Only");
    }

    #[test]
    fn finds_the_article_on_its_page() {
        let text = "Words that make a paragraph long enough to be told from a menu. ".repeat(8);
        let text = text.trim_end();
        let menu = "<nav><a href=a>Menu</a></nav><div class=side><a href=b>Teaser</a></div>";
        check_content(&format!("<body>{menu}<article><p>{text}</p></article>"), &format!("p({text})"));
        check_content(&format!("<body>{menu}<main><p>{text}</p></main>"), &format!("p({text})"));
        check_content(
            &format!("<body>{menu}<div><div class=entry-content><p>{text}</p></div></div>"),
            &format!("p({text})"),
        );
        check_content(&format!("<body>{menu}<div><div><p>{text}</p></div></div>"), &format!("p({text})"));
        check_content("<body><p>short</p>", "p(short)");
    }

    #[test]
    fn takes_a_piece_of_html_whole() {
        let text = "Words that make a paragraph long enough to be told from a menu. ".repeat(8);
        let text = text.trim_end();
        check_content(&format!("<p>x</p><div><p>{text}</p></div>"), &format!("p(x) p({text})"));
        check_content("one\n\ntwo", "p(one) p(two)");
    }

    #[test]
    fn reports_what_is_around_the_article() {
        let page = read("<body><p>Around</p><article><h2>T</h2><p>Longer than what is around.</p></article>");
        let dropped: Vec<&str> = page.loss.dropped.iter().map(|dropped| dropped.text.as_str()).collect();
        assert_eq!(
            (notation::blocks(&page.content.blocks).as_str(), dropped),
            ("h2(T) p(Longer than what is around.)", vec!["Around"])
        );
    }
}
