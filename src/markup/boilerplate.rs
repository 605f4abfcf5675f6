//! What is no part of an article: controls, navigation, sharing, hidden text. Whatever words it has are reported.

use super::image;
use super::loss::Reason;
use super::tree::{NodeId, Tree};
use super::walk::Walk;
use crate::letter;

/// A form with more text than this is more than a form.
const FORM_LETTERS: u32 = 300;

/// A hidden section with more text than this is closed, not hidden.
const SECTION_LETTERS: u32 = 200;

/// Why an element is left out; `None` for what belongs to the article.
pub(super) fn reason(w: &Walk<'_>, node: NodeId) -> Option<Reason> {
    let tree = w.tree;
    match tree.name(node) {
        "svg" | "canvas" | "map" | "applet" | "frame" | "frameset" => return Some(Reason::Drawing),
        "button" | "input" | "select" | "textarea" | "option" | "output" | "progress" | "meter" | "dialog" => {
            return Some(Reason::Control);
        }
        "nav" => return Some(Reason::Navigation),
        "form" if w.letters(node) < FORM_LETTERS && w.images(node) == 0 => return Some(Reason::Control),
        "img" if image::is_tracker(tree, node) => return Some(Reason::Hidden),
        "img" if is_sign_of_source(tree, node) => return Some(Reason::Boilerplate),
        "div" if is_about_file(tree, node) => return Some(Reason::Control),
        "span" | "small" if is_edit_link(tree, node) => return Some(Reason::Permalink),
        "a" if is_permalink(tree, node) => return Some(Reason::Permalink),
        _ => {}
    }
    // Sections that a script opens on request are part of the article.
    let is_closed_section =
        matches!(tree.name(node), "section" | "article" | "main") && w.letters(node) > SECTION_LETTERS;
    if is_hidden(tree, node) && !is_closed_section {
        return Some(Reason::Hidden);
    }
    if matches!(tree.value(node, "role"), "navigation" | "search" | "dialog" | "alertdialog") {
        return Some(Reason::Navigation);
    }
    if matches!(tree.value(node, "id"), "toc" | "catlinks" | "jp-relatedposts") {
        return Some(Reason::Navigation);
    }
    tree.attribute(node, "class")?.split_ascii_whitespace().find_map(reason_of_class)
}

fn reason_of_class(class: &str) -> Option<Reason> {
    let reason = match class {
        "screen-reader-text" | "sr-only" | "visually-hidden" | "visuallyhidden" | "sr-text" | "screen-reader" => {
            Reason::ScreenReader
        }
        "sharedaddy"
        | "sd-sharing-enabled"
        | "jp-relatedposts"
        | "addtoany_share_save_container"
        | "addtoany_content"
        | "addtoany_shortcode"
        | "share-buttons"
        | "social-share"
        | "post-share"
        | "wpcnt"
        | "essb_links"
        | "heateor_sss_sharing_container"
        | "ssba"
        | "simplesocialbuttons"
        | "yarpp"
        | "yarpp-related"
        | "crp_related"
        | "related-posts"
        | "adsbygoogle"
        | "ad-container"
        | "advertisement"
        | "newsletter-signup"
        | "kg-signup-card"
        | "kg-email-cta"
        | "mc4wp-form"
        | "wp-block-jetpack-subscriptions"
        | "subscription-widget-wrap"
        | "wpadvert"
        | "social-sharing"
        | "sharing-buttons"
        | "rp4wp-related-posts"
        | "wp-block-jetpack-sharing-buttons" => Reason::Boilerplate,
        "more-link"
        | "navbox"
        | "noprint"
        | "toc"
        | "mw-jump-link"
        | "post-navigation"
        | "page-links"
        | "breadcrumbs"
        | "breadcrumb"
        | "catlinks"
        | "printfooter"
        | "sistersitebox"
        | "authority-control"
        | "navbox-styles"
        | "portal"
        | "portalbox"
        | "ambox"
        | "tmbox"
        | "vertical-navbox"
        | "pcs-collapse-table-icon" => Reason::Navigation,
        "mw-editsection"
        | "mw-editsection-like"
        | "pcs-edit-section-link-container"
        | "headerlink"
        | "heading-anchor" => Reason::Permalink,
        "mw-cite-backlink" | "reference-backlinks" | "mwe-math-fallback-source-inline" => Reason::FootnoteMark,
        "mw-kartographer-container" | "mw-kartographer-map" | "mw-empty-elt" | "magnify" => Reason::Drawing,
        "katex-html" => Reason::Duplicate,
        "MathJax_Preview"
        | "MathJax"
        | "MathJax_Display"
        | "MathJax_SVG"
        | "MathJax_SVG_Display"
        | "MJX_Assistive_MathML" => Reason::Duplicate,
        _ => return None,
    };
    Some(reason)
}

fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    if tree.attribute(node, "hidden").is_some_and(|value| value != "until-found") {
        return true;
    }
    let Some(style) = tree.attribute(node, "style") else { return is_decorative(tree, node) };
    let style: String = style.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden") || is_decorative(tree, node)
}

/// Signs that `aria-hidden` calls decoration: icons, not text.
fn is_decorative(tree: &Tree, node: NodeId) -> bool {
    tree.value(node, "aria-hidden") == "true"
        && tree.find(node, |id| matches!(tree.name(id), "img" | "math" | "pre")).is_none()
        && tree.name(node) != "img"
        && tree.below(node).filter_map(|id| tree.text(id)).map(|text| text.trim().chars().count()).sum::<usize>() <= 2
}

/// The picture of who is quoted, or of the site of a link's preview, as Discourse shows them.
fn is_sign_of_source(tree: &Tree, node: NodeId) -> bool {
    (tree.has_class(node, "avatar") || tree.has_class(node, "site-icon"))
        && tree.ancestors(node).any(|above| tree.has_class(above, "quote") || tree.has_class(above, "onebox"))
}

/// The name and size of a file that Discourse writes over a picture that can be opened.
fn is_about_file(tree: &Tree, node: NodeId) -> bool {
    tree.has_class(node, "meta") && tree.ancestors(node).take(2).any(|above| tree.has_class(above, "lightbox"))
}

/// A link from a heading to itself, as a sign.
fn is_permalink(tree: &Tree, node: NodeId) -> bool {
    let in_heading = || tree.ancestors(node).take(3).any(|above| is_heading(tree.name(above)));
    if !tree.value(node, "href").contains('#') || !in_heading() {
        return false;
    }
    let mut letters = 0;
    let mut is_sign = true;
    for text in tree.below(node).filter_map(|id| tree.text(id)) {
        letters += text.trim().len();
        is_sign &= !text.chars().any(letter::is_word);
    }
    let has_image = tree.find_name(node, "img").is_some();
    let is_named = ["Permalink", "Link to this heading", "Anchor", "Direct link"].iter().any(|words| {
        letters > 0
            && tree
                .below(node)
                .filter_map(|id| tree.text(id))
                .all(|text| text.trim().is_empty() || text.trim() == *words)
    });
    (is_sign && letters <= 8 && !has_image) || is_named
}

/// "[edit]" beside a wiki's heading, whose class a cleaner has removed.
fn is_edit_link(tree: &Tree, node: NodeId) -> bool {
    tree.ancestors(node).take(3).any(|above| is_heading(tree.name(above)))
        && tree.find(node, |id| tree.value(id, "href").contains("action=edit")).is_some()
        && tree
            .below(node)
            .filter_map(|id| tree.text(id))
            .find(|text| !text.trim().is_empty())
            .is_some_and(|text| text.trim_start().starts_with('['))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
