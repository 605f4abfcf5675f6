//! Lists of every kind.

use super::flow::Flow;
use super::tree::{NodeId, Tree};
use super::walk::{Walk, blocks_of, visit};
use super::{footnote, inline};
use crate::article::{Block, DefinitionItem, DefinitionList, Kind, List, ListItem, ListStyle};

/// Reads `ul` and `ol`.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let list = list_of(w, node, flow);
    if list.children.is_empty() {
        w.ids.extend(attributes.aliases);
        // Footnotes under a heading of their own stand there.
        let is_titled = matches!(flow.blocks.last(), Some(Block { kind: Kind::Heading(_), .. }));
        if is_titled && footnote::holds_note(w, node) && !w.notes.is_placed() {
            flow.append(w, None, Kind::FootnoteList(crate::article::json::Empty));
        }
        return;
    }
    flow.end(attributes, Kind::List(list));
}

/// Reads an `li` outside of a list; neighbours make one list.
#[inline(never)]
pub(super) fn orphan<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let item = item(w, node, flow);
    let is_next = previous_element(w.tree, node).is_some_and(|before| w.tree.name(before) == "li");
    if is_next && let Some(Block { kind: Kind::List(list), .. }) = flow.blocks.last_mut() {
        return list.children.push(item);
    }
    flow.end(attributes, Kind::List(List { children: vec![item], ..List::default() }));
}

fn previous_element(tree: &Tree, node: NodeId) -> Option<NodeId> {
    let siblings = tree.children(tree.parent(node)?);
    let index = siblings.binary_search(&node).ok()?;
    siblings[..index].iter().rev().copied().find(|&id| !tree.name(id).is_empty())
}

#[inline(never)]
fn list_of<'a>(w: &mut Walk<'a>, node: NodeId, flow: &Flow<'a>) -> List {
    let tree = w.tree;
    let ordered = tree.name(node) == "ol";
    let mut list = List {
        ordered,
        start: tree.value(node, "start").parse().ok().filter(|start| ordered && *start != 1),
        reversed: ordered && tree.attribute(node, "reversed").is_some(),
        style: style_of(tree, node),
        ..List::default()
    };
    for &child in tree.children(node) {
        let name = tree.name(child);
        if w.is_done(child) || tree.text(child).is_some_and(|text| text.trim().is_empty()) {
            continue;
        }
        if name == "li" || (name == "div" && tree.find_name(child, "li").is_none()) {
            let outer = w.enter(child);
            let own = item(w, child, flow);
            w.scope = outer;
            if !own.children.is_empty() {
                list.children.push(own);
            }
            continue;
        }
        // Anything else belongs to the item before it.
        let mut inside = flow.inside(w, 4);
        visit(w, child, &mut inside);
        let mut blocks = inside.finish(w);
        match list.children.last_mut() {
            _ if blocks.is_empty() => {}
            Some(last) => last.children.append(&mut blocks),
            None => list.children.push(ListItem { children: blocks, ..ListItem::default() }),
        }
    }
    let is_paragraph = |child: &NodeId| tree.children(*child).iter().any(|&id| tree.name(id) == "p");
    list.spread = tree.children(node).iter().any(is_paragraph);
    list
}

#[inline(never)]
fn item<'a>(w: &mut Walk<'a>, node: NodeId, flow: &Flow<'a>) -> ListItem {
    let tree = w.tree;
    let checkbox = tree.find(node, |id| tree.name(id) == "input" && tree.value(id, "type") == "checkbox");
    let is_own = |id: NodeId| tree.ancestors(id).find(|&above| tree.name(above) == "li") == Some(node);
    let class_state = |class: &str| tree.has_class(node, class);
    let checked = match checkbox.filter(|&id| is_own(id)) {
        Some(id) => Some(tree.attribute(id, "checked").is_some()),
        None if class_state("task-list-item") || tree.attribute(node, "data-checked").is_some() => {
            Some(tree.value(node, "data-checked") == "true" || class_state("checked"))
        }
        None => None,
    };
    let before = w.ids.len();
    w.note_ids(node);
    let id = w.ids.drain(before..).next().unwrap_or_default();
    let children = blocks_of(w, node, flow, 4);
    ListItem { checked, spread: false, id, children }
}

fn style_of(tree: &Tree, node: NodeId) -> Option<ListStyle> {
    let word = inline::style(tree, node, "list-style-type").unwrap_or_else(|| tree.value(node, "type"));
    match word {
        "a" => Some(ListStyle::LowerAlpha),
        "A" => Some(ListStyle::UpperAlpha),
        "i" => Some(ListStyle::LowerRoman),
        "I" => Some(ListStyle::UpperRoman),
        "lower-latin" => Some(ListStyle::LowerAlpha),
        "upper-latin" => Some(ListStyle::UpperAlpha),
        word => ListStyle::from_word(word).filter(|style| !matches!(style, ListStyle::Decimal | ListStyle::Disc)),
    }
}

/// Reads `dl`.
#[inline(never)]
pub(super) fn definitions<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let attributes = flow.begin(w, node);
    let mut list = DefinitionList::default();
    entries(w, node, flow, &mut list);
    if list.children.iter().all(|item| item.terms.is_empty()) {
        // Without terms it only indents, as in wikis.
        let blocks = list.children.into_iter().flat_map(|item| item.definitions).flat_map(|blocks| blocks.0);
        flow.blocks.extend(blocks);
        w.ids.extend(attributes.aliases);
        return;
    }
    flow.end(attributes, Kind::DefinitionList(list));
}

fn entries<'a>(w: &mut Walk<'a>, node: NodeId, flow: &Flow<'a>, list: &mut DefinitionList) {
    let tree = w.tree;
    for &child in tree.children(node) {
        if w.is_done(child) {
            continue;
        }
        match tree.name(child) {
            "dt" => {
                w.note_ids(child);
                let term = inline::of(w, child);
                if term.is_empty() {
                    continue;
                }
                match list.children.last_mut() {
                    Some(item) if item.definitions.is_empty() => item.terms.push(term),
                    _ => list.children.push(DefinitionItem { terms: vec![term], definitions: Vec::new() }),
                }
            }
            "dd" => {
                w.note_ids(child);
                let definition = blocks_of(w, child, flow, 4);
                define(list, definition);
            }
            "div" => entries(w, child, flow, list),
            _ => {
                let mut inside = flow.inside(w, 4);
                visit(w, child, &mut inside);
                let blocks = inside.finish(w);
                define(list, blocks);
            }
        }
    }
}

fn define(list: &mut DefinitionList, definition: crate::article::Blocks) {
    if definition.is_empty() {
        return;
    }
    if list.children.is_empty() {
        list.children.push(DefinitionItem::default());
    }
    if let Some(item) = list.children.last_mut() {
        item.definitions.push(definition);
    }
}
