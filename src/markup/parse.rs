//! HTML -> `Tree` by html5ever, for native builds; the browser uses its own parser.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::tree::{Node, NodeId, Tree};

/// Parses a whole document with scripting off, as `DOMParser` does.
pub fn parse(html: &str) -> Tree {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let arena = parse_document(Arena::new(), options).one(html);
    arena.into_tree()
}

/// Where the parser builds: nodes refer to each other by index.
struct Arena {
    nodes: RefCell<Vec<Slot>>,
    quirks: Cell<QuirksMode>,
}

#[derive(Default)]
struct Slot {
    content: Content,
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// The contents of a `template`, which are part of no document.
    template: Option<usize>,
    /// An `annotation-xml` of MathML whose encoding is that of HTML: such is parsed inside.
    holds_html: bool,
}

#[derive(Default)]
enum Content {
    /// The document, a comment, a doctype.
    #[default]
    Other,
    Element(QualName, Vec<Attribute>),
    Text(StrTendril),
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

const DOCUMENT: usize = 0;

impl Arena {
    fn new() -> Self {
        Self { nodes: RefCell::new(vec![Slot::default()]), quirks: Cell::new(QuirksMode::NoQuirks) }
    }

    fn add(&self, content: Content) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Slot { content, ..Slot::default() });
        nodes.len() - 1
    }

    fn detach(&self, id: usize) {
        let nodes = &mut *self.nodes.borrow_mut();
        let (parent, previous, next) = (nodes[id].parent.take(), nodes[id].previous.take(), nodes[id].next.take());
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => parent.into_iter().for_each(|parent| nodes[parent].first = next),
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => parent.into_iter().for_each(|parent| nodes[parent].last = previous),
        }
    }

    /// Inserts before `next`, or as the last child.
    fn insert(&self, parent: usize, next: Option<usize>, id: usize) {
        self.detach(id);
        let nodes = &mut *self.nodes.borrow_mut();
        let previous = match next {
            Some(next) => nodes[next].previous.replace(id),
            None => nodes[parent].last.replace(id),
        };
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first = Some(id),
        }
        nodes[id].parent = Some(parent);
        nodes[id].previous = previous;
        nodes[id].next = next;
    }

    fn insert_content(&self, parent: usize, next: Option<usize>, child: NodeOrText<usize>) {
        let text = match child {
            NodeOrText::AppendNode(id) => return self.insert(parent, next, id),
            NodeOrText::AppendText(text) => text,
        };
        let previous = {
            let nodes = self.nodes.borrow();
            next.map_or(nodes[parent].last, |next| nodes[next].previous)
        };
        if let Some(previous) = previous
            && let Content::Text(existing) = &mut self.nodes.borrow_mut()[previous].content
        {
            existing.push_tendril(&text);
            return;
        }
        let id = self.add(Content::Text(text));
        self.insert(parent, next, id);
    }

    fn into_tree(self) -> Tree {
        let nodes = self.nodes.into_inner();
        let mut tree = Tree::new();
        let mut at = nodes[DOCUMENT].first;
        // The copy of the parent of `at`, or `None` above the root.
        let mut parents: Vec<Option<NodeId>> = vec![None];
        while let Some(id) = at {
            let parent = parents.last().copied().flatten();
            let copy = match (&nodes[id].content, parent) {
                (Content::Element(_, attributes), None) => {
                    tree.set_root_attributes(attributes.iter().map(attribute).collect());
                    Some(Tree::ROOT)
                }
                (Content::Element(name, attributes), Some(parent)) => {
                    let attributes = attributes.iter().map(attribute).collect();
                    Some(tree.append(parent, Node::Element { name: name.local.to_string(), attributes }))
                }
                (Content::Text(text), Some(parent)) => {
                    tree.append(parent, Node::Text(text.to_string()));
                    None
                }
                _ => None,
            };
            if let (Some(copy), Some(first)) = (copy, nodes[id].first) {
                parents.push(Some(copy));
                at = Some(first);
                continue;
            }
            let mut done = id;
            while nodes[done].next.is_none() && done != DOCUMENT {
                parents.pop();
                done = nodes[done].parent.unwrap_or(DOCUMENT);
            }
            at = nodes[done].next;
        }
        tree
    }
}

fn attribute(attribute: &Attribute) -> (String, String) {
    let name = match &attribute.name.prefix {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", attribute.name.local),
        _ => attribute.name.local.to_string(),
    };
    (name, attribute.value.to_string())
}

impl TreeSink for Arena {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        DOCUMENT
    }
    fn elem_name(&self, id: &usize) -> Name {
        match &self.nodes.borrow()[*id].content {
            Content::Element(name, _) => Name(name.clone()),
            _ => unreachable!("the parser asks for names of elements only"),
        }
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> usize {
        let id = self.add(Content::Element(name, attributes));
        if flags.template {
            let contents = self.add(Content::Other);
            self.nodes.borrow_mut()[id].template = Some(contents);
        }
        self.nodes.borrow_mut()[id].holds_html = flags.mathml_annotation_xml_integration_point;
        id
    }
    fn is_mathml_annotation_xml_integration_point(&self, id: &usize) -> bool {
        self.nodes.borrow()[*id].holds_html
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Content::Other)
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Content::Other)
    }
    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert_content(*parent, None, child);
    }
    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*element].parent;
        match parent {
            Some(parent) => self.insert_content(parent, Some(*element), child),
            None => self.insert_content(*previous, None, child),
        }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, id: &usize) -> usize {
        self.nodes.borrow()[*id].template.unwrap_or(*id)
    }
    fn same_node(&self, a: &usize, b: &usize) -> bool {
        a == b
    }
    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.quirks.set(mode);
    }
    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.insert_content(parent, Some(*sibling), child);
        }
    }
    fn add_attrs_if_missing(&self, id: &usize, more: Vec<Attribute>) {
        if let Content::Element(_, attributes) = &mut self.nodes.borrow_mut()[*id].content {
            for attribute in more {
                if !attributes.iter().any(|existing| existing.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }
    fn remove_from_parent(&self, id: &usize) {
        self.detach(*id);
    }
    fn reparent_children(&self, id: &usize, parent: &usize) {
        loop {
            let first = self.nodes.borrow()[*id].first;
            let Some(child) = first else { break };
            self.insert(*parent, None, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(tree: &Tree, id: NodeId, text: &mut String) {
        match tree.node(id) {
            Node::Text(value) => text.push_str(value),
            Node::Element { name, .. } => {
                text.push_str(name);
                text.push('(');
                tree.children(id).iter().for_each(|&child| outline(tree, child, text));
                text.push(')');
            }
        }
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let tree = parse(html);
        let mut text = String::new();
        outline(&tree, Tree::ROOT, &mut text);
        assert_eq!(text, expected);
        assert!(tree.all().all(|id| tree.parent(id).is_none_or(|parent| parent < id)));
    }

    #[test]
    fn builds_whole_documents() {
        check("<p>a<b>c</b>", "html(head()body(p(ab(c))))");
        check("<!doctype html><!--x--><title>t</title>u", "html(head(title(t))body(u))");
        check("", "html(head()body())");
    }

    #[test]
    fn reads_noscript_as_elements() {
        check("<p><noscript><img></noscript>", "html(head()body(p(noscript(img()))))");
    }

    #[test]
    fn leaves_template_contents_out() {
        check("a<template><b>x</b></template>c", "html(head()body(atemplate()c))");
    }

    #[test]
    fn moves_misplaced_content_as_browsers_do() {
        check("<table>x<tr><td>y</table>", "html(head()body(xtable(tbody(tr(td(y))))))");
        check("<b>1<p>2</b>3", "html(head()body(b(1)p(b(2)3)))");
    }
}
