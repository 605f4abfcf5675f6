//! Footnotes in the shapes that publishing systems write: found before the walk, so that references and notes can
//! be told from ordinary links and lists.

use super::facts::is_block;
use super::flow::Flow;
use super::loss::Reason;
use super::names::Names;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, blocks_of};
use crate::article::{Block, Footnote, FootnoteReference, Inline, Kind};

/// More references than this are links.
const MAX_REFERENCES: usize = 5_000;

/// The footnotes of a document.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// The links that refer to notes, with which one; sorted.
    references: Vec<(NodeId, usize)>,
    placed: bool,
}

struct Note {
    identifier: String,
    /// What holds its text.
    node: NodeId,
    /// The links that refer to it.
    references: Vec<NodeId>,
}

impl Notes {
    /// Finds the links that refer to notes. A link whose note cannot be found stays a link.
    pub(super) fn find(w: &Walk<'_>) -> Self {
        let tree = w.tree;
        let named = |id: NodeId| {
            let is_link = tree.name(id) == "a";
            let anchors = [tree.value(id, "id"), if is_link { tree.value(id, "name") } else { "" }];
            anchors.into_iter().filter(|name| !name.is_empty()).map(move |name| (name, id))
        };
        let anchors: Names<'_> = tree.all().flat_map(named).collect();
        let mut found = Self::default();
        for link in tree.all().filter(|&id| tree.name(id) == "a") {
            let Some(name) = fragment(tree, link) else { continue };
            let Some(target) = anchors.get(name) else { continue };
            // Only the first reference may be led back to.
            let again = found.notes.iter().position(|known| known.identifier == name && is_raised(tree, link));
            if let Some(known) = again {
                found.notes[known].references.push(link);
                found.references.push((link, known));
                continue;
            }
            let Some(note) = note_of(tree, link, target, name) else { continue };
            if found.references.len() >= MAX_REFERENCES {
                break;
            }
            if let Some(known) = found.notes.iter_mut().position(|known| known.node == note) {
                // Two names for one element: several notes in a paragraph, which cannot be told apart.
                if found.notes[known].identifier == name {
                    found.notes[known].references.push(link);
                    found.references.push((link, known));
                }
                continue;
            }
            found.references.push((link, found.notes.len()));
            found.notes.push(Note { identifier: name.to_owned(), node: note, references: vec![link] });
        }
        // In the order of the document, so that `of` can search.
        found
    }

    /// Whether the place of the notes has been given; it is from now on.
    pub(super) fn is_placed(&mut self) -> bool {
        std::mem::replace(&mut self.placed, true)
    }

    fn of(&self, link: NodeId) -> Option<&Note> {
        let index = self.references.binary_search_by_key(&link, |(id, _)| *id).ok()?;
        self.notes.get(self.references[index].1)
    }
}

/// The reference that a link, or a `sup` that carries the note's id itself, stands for.
#[inline(never)]
pub(super) fn reference(w: &mut Walk<'_>, node: NodeId) -> Option<Inline> {
    if w.tree.name(node) != "a" {
        return None;
    }
    let identifier = w.notes.of(node)?.identifier.clone();
    let text = w.take_text(node);
    let mark = text.trim_matches(|letter: char| matches!(letter, '[' | ']' | '(' | ')') || letter.is_whitespace());
    let is_number = !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit());
    let label = if is_number { "" } else { mark };
    if label.is_empty() {
        w.loss.add(Reason::FootnoteMark, &text);
    }
    Some(Inline::FootnoteReference(FootnoteReference { identifier, label: label.to_owned() }))
}

/// Reads the notes, leaving their elements out of the text around them. The blocks come after those of the walk.
pub(super) fn collect(w: &mut Walk<'_>) -> Vec<Footnote> {
    let notes = std::mem::take(&mut w.notes.notes);
    let mut footnotes = Vec::new();
    for note in &notes {
        strip_marks(w, note);
        let ids = std::mem::take(&mut w.ids);
        let outer = Flow::new(w.scope);
        let body = w.tree.find_class(note.node, "reference-text").filter(|&id| !w.is_done(id));
        let mut blocks = blocks_of(w, body.unwrap_or(note.node), &outer, 2);
        if body.is_some() {
            let rest = blocks_of(w, note.node, &outer, 2);
            blocks.0.extend(rest.0);
        }
        strip_label(w, &mut blocks);
        w.ids = ids;
        w.finish(note.node);
        footnotes.push(Footnote { identifier: note.identifier.clone(), children: blocks });
    }
    w.notes.notes = notes;
    // References before the notes themselves are in the walk: keep the order of the first reference.
    footnotes
}

/// Leaves out the links back and the mark that a note repeats.
fn strip_marks(w: &mut Walk<'_>, note: &Note) {
    let tree = w.tree;
    let is_back = |id: NodeId| {
        let class = tree.value(id, "class");
        class.contains("backref")
            || class.contains("backlink")
            || class.contains("footnote-back")
            || matches!(tree.value(id, "role"), "doc-backlink")
    };
    let nodes: Vec<NodeId> = tree.below(note.node).collect();
    for id in nodes {
        if w.is_done(id) || tree.text(id).is_some() {
            continue;
        }
        let leads_back =
            tree.name(id) == "a" && fragment(tree, id).is_some_and(|name| is_near(tree, name, &note.references));
        if leads_back || is_back(id) {
            // The mark around it too: `<sup><a>1</a></sup>`.
            w.drop(id, Reason::FootnoteMark);
        }
    }
}

/// Removes what is left of the mark at the start: `[`, `]`, `.`, spaces.
fn strip_label(w: &mut Walk<'_>, blocks: &mut crate::article::Blocks) {
    let Some(Block { kind: Kind::Paragraph(paragraph), .. }) = blocks.first_mut() else { return };
    if let Some(Inline::Text(text)) = paragraph.children.first_mut() {
        let rest = text.trim_start_matches(['[', ']', '↑', '^', ' ', '\u{a0}', '.', '↩']);
        if rest.len() < text.len() {
            w.loss.add(Reason::FootnoteMark, &text[..text.len() - rest.len()]);
            *text = rest.to_owned();
        }
    }
    if paragraph.children.iter().all(|inline| matches!(inline, Inline::Text(text) if text.is_empty())) {
        blocks.remove(0);
    }
}

/// The name that a link inside the document leads to.
fn fragment(tree: &Tree, link: NodeId) -> Option<&str> {
    let href = tree.value(link, "href");
    let name = href.strip_prefix('#').or_else(|| {
        // MediaWiki and feeds write the page's own address before it.
        let (page, name) = href.split_once('#')?;
        (page.starts_with("./") || name.starts_with("cite_") || name.starts_with("_ftn") || name.starts_with("fn"))
            .then_some(name)
    })?;
    (!name.is_empty()).then_some(name)
}

/// The element that holds the note, if a link and its target are a reference and its note.
fn note_of(tree: &Tree, link: NodeId, target: NodeId, name: &str) -> Option<NodeId> {
    let parent = tree.parent(link)?;
    let note = holder(tree, target)?;
    // A note does not hold its reference, and stands after it unless marked as a note.
    if tree.ancestors(link).any(|above| above == note || above == target) {
        return None;
    }
    let class = |id: NodeId, part: &str| tree.value(id, "class").contains(part);
    let is_marked_reference = tree.has_class(parent, "fn")
        || class(link, "footnote-ref")
        || class(link, "noteref")
        || tree.attribute(link, "data-footnote-ref").is_some()
        || class(parent, "reference")
        || class(link, "reference-link")
        || class(parent, "footnote")
        || matches!(tree.value(link, "role"), "doc-noteref")
        || matches!(tree.value(link, "data-type"), "noteref")
        || matches!(tree.value(link, "epub:type"), "noteref")
        || ["_ftn", "_edn", "sdfootnote", "sdendnote"].iter().any(|prefix| name.starts_with(prefix));
    let is_back_name = name.contains("ref") || name.ends_with("anc");
    if is_back_name && target < link && !is_marked_reference {
        return None;
    }
    if ["_ftnref", "_ednref"].iter().any(|prefix| name.starts_with(prefix))
        || name.ends_with("anc")
        || name.starts_with("cite_ref")
    {
        return None;
    }
    let leads_back = || {
        let to_reference =
            |id: NodeId| tree.name(id) == "a" && fragment(tree, id).is_some_and(|name| is_near(tree, name, &[link]));
        std::iter::once(note).chain(tree.below(note)).take(2000).any(to_reference)
    };
    let is_note_element = || {
        let kind = ["data-type", "epub:type", "role"].iter().map(|name| tree.value(note, name));
        let is_kind = |kind: &str| kind.contains("footnote") || kind.contains("rearnote") || kind.contains("endnote");
        let in_notes = tree.ancestors(note).take(3).any(|above| {
            ["footnotes", "references", "endnotes", "reflist"].iter().any(|part| class(above, part))
                || tree.attribute(above, "data-footnotes").is_some()
        });
        kind.into_iter().any(is_kind) || in_notes
    };
    if is_marked_reference {
        return (is_note_element() || leads_back()).then_some(note);
    }
    (is_raised(tree, link) && target > link && leads_back()).then_some(note)
}

/// Whether a link is raised above the line, as references are.
fn is_raised(tree: &Tree, link: NodeId) -> bool {
    tree.parent(link).is_some_and(|parent| tree.name(parent) == "sup")
        || tree.children(link).iter().any(|&child| tree.name(child) == "sup")
}

/// The element that holds a note's text: the target, or the block around it.
fn holder(tree: &Tree, target: NodeId) -> Option<NodeId> {
    let is_notes_own = |id: NodeId| {
        let own = tree.value(id, "id");
        tree.name(id) == "div" && ["ftn", "edn", "sdfootnote", "sdendnote"].iter().any(|prefix| own.starts_with(prefix))
    };
    std::iter::once(target).chain(tree.ancestors(target)).take(5).find(|&id| is_notes_own(id)).or_else(|| {
        let is_holder = |id: &NodeId| is_block(tree.name(*id));
        let found = std::iter::once(target).chain(tree.ancestors(target)).take(4).find(is_holder)?;
        matches!(tree.name(found), "li" | "p" | "div" | "aside" | "dd" | "section").then_some(found)
    })
}

/// Whether the name is that of a reference, or of something close around it.
fn is_near(tree: &Tree, name: &str, references: &[NodeId]) -> bool {
    let carries = |id: NodeId| tree.value(id, "id") == name || tree.value(id, "name") == name;
    references.iter().take(100).any(|&link| {
        carries(link)
            || tree.ancestors(link).take(3).any(carries)
            || tree.children(link).iter().any(|&child| carries(child))
            || tree.parent(link).is_some_and(|parent| tree.children(parent).iter().any(|&child| carries(child)))
    })
}

/// Whether a line stands between the text and its notes.
pub(super) fn is_separator(w: &Walk<'_>, node: NodeId) -> bool {
    let Some(parent) = w.tree.parent(node) else { return false };
    let after = w.tree.children(parent).iter().copied().find(|&id| id > node && !w.tree.name(id).is_empty());
    after.is_some_and(|after| holds_note(w, after) || w.notes.notes.iter().any(|note| note.node == after))
}

/// Whether a node, such as a list, holds a note directly.
pub(super) fn holds_note(w: &Walk<'_>, node: NodeId) -> bool {
    w.notes.notes.iter().any(|note| w.tree.parent(note.node) == Some(node))
}
