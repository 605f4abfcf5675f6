//! Formulas: presentation MathML rewritten from an allow-list, with its TeX source where the page has it.

use super::flow::Flow;
use super::loss::Reason;
use super::tree::{Node, NodeId, Tree};
use super::walk::Walk;
use crate::article::{Inline, InlineMath, Kind, Math};
use crate::html::escape_text;

/// Elements of MathML Core that are kept.
const ELEMENTS: &[&str] = &[
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];
/// Attributes that are kept, if their values are words, numbers or lengths.
const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "dir",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];
/// Formulas nested deeper are cut.
const MAX_DEPTH: u32 = 64;

/// A formula within a line, if the element is one.
pub(super) fn inline(w: &mut Walk<'_>, node: NodeId) -> Option<Inline> {
    let math = formula(w, node)?;
    Some(Inline::Math(InlineMath { value: math.value, mathml: math.mathml }))
}

/// Reads a `math` that stands alone.
#[inline(never)]
pub(super) fn block<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    if let Some(math) = formula(w, node) {
        flow.push(w, node, Kind::Math(math));
    }
}

/// Reads the element around a formula that stands alone.
#[inline(never)]
pub(super) fn rendered_block<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let Some(math) = formula(w, node) else { return false };
    flow.push(w, node, Kind::Math(math));
    true
}

/// Reads a script that holds TeX for MathJax.
pub(super) fn script(w: &Walk<'_>, node: NodeId) -> Option<Math> {
    let tree = w.tree;
    if !tree.value(node, "type").starts_with("math/tex") {
        return None;
    }
    let value: String = tree.children(node).iter().filter_map(|&id| tree.text(id)).collect();
    let value = value.trim().trim_start_matches("% <![CDATA[").trim_end_matches("%]]>").trim().to_owned();
    if value.is_empty() { None } else { Some(Math { value, ..Math::default() }) }
}

/// Whether a script of MathJax holds a formula that stands alone.
pub(super) fn is_display_script(tree: &Tree, node: NodeId) -> bool {
    tree.value(node, "type").contains("mode=display")
}

fn formula(w: &mut Walk<'_>, node: NodeId) -> Option<Math> {
    let tree = w.tree;
    if tree.name(node) == "math" {
        let math = of_element(w, node);
        return (!math.mathml.is_empty() || !math.value.is_empty()).then_some(math);
    }
    let class = tree.attribute(node, "class")?;
    let mut classes = class.split_ascii_whitespace();
    let is_renderer = |class: &str| {
        matches!(
            class,
            "mwe-math-element" | "katex" | "katex-display" | "katex-mathml" | "mjx-container" | "MathJax_CHTML"
        )
    };
    if classes.clone().any(is_renderer) || tree.name(node) == "mjx-container" {
        let element = tree.find_name(node, "math");
        let mut math = element.map(|element| of_element(w, element)).unwrap_or_default();
        let image = tree.find(node, |id| tree.name(id) == "img" && !tree.value(id, "alt").is_empty());
        if let Some(image) = image.filter(|_| math.value.is_empty()) {
            math.value = tex_of(tree.value(image, "alt"));
        }
        if math.value.is_empty() && math.mathml.is_empty() {
            return None;
        }
        w.drop(node, Reason::Duplicate);
        return Some(math);
    }
    // Pandoc's `span.math` holds TeX between delimiters.
    if classes.any(|class| class == "math") && tree.find_name(node, "math").is_none() {
        let text: String = tree.below(node).filter_map(|id| tree.text(id)).collect();
        let text = text.trim();
        let inner = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")]
            .iter()
            .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))?;
        let value = inner.trim().to_owned();
        drop(w.take_text(node));
        return Some(Math { value, ..Math::default() });
    }
    None
}

fn of_element(w: &mut Walk<'_>, element: NodeId) -> Math {
    let tree = w.tree;
    let is_tex = |id: NodeId| tree.name(id) == "annotation" && tree.value(id, "encoding").contains("tex");
    let value = match tree.find(element, is_tex) {
        Some(annotation) => w.take_text(annotation),
        None => tree.value(element, "alttext").to_owned(),
    };
    let mut mathml = String::new();
    write(w, element, &mut mathml, 0);
    // What the writer has cut.
    w.drop(element, Reason::Duplicate);
    Math { value: tex_of(&value), mathml, ..Math::default() }
}

/// TeX without the wrapper that MediaWiki adds.
fn tex_of(source: &str) -> String {
    let source = source.trim();
    let inner = source.strip_prefix("{\\displaystyle").or(source.strip_prefix("{\\textstyle"));
    inner.and_then(|inner| inner.strip_suffix('}')).map_or(source, str::trim).to_owned()
}

fn write(w: &mut Walk<'_>, node: NodeId, mathml: &mut String, depth: u32) {
    let tree = w.tree;
    let (name, attributes) = match tree.node(node) {
        Node::Text(_) => return escape_text(w.take(node).trim(), mathml),
        Node::Element { name, attributes } => (name.as_str(), attributes),
    };
    if depth > MAX_DEPTH || matches!(name, "annotation" | "annotation-xml" | "script" | "style") {
        return;
    }
    let is_kept = ELEMENTS.contains(&name);
    if is_kept {
        mathml.push('<');
        mathml.push_str(name);
        for (key, value) in attributes {
            if ATTRIBUTES.contains(&key.as_str()) && is_plain(value) {
                mathml.push(' ');
                mathml.push_str(key);
                mathml.push_str("=\"");
                mathml.push_str(value);
                mathml.push('"');
            }
        }
        mathml.push('>');
    }
    for &child in tree.children(node) {
        write(w, child, mathml, depth + 1);
    }
    if is_kept {
        mathml.push_str("</");
        mathml.push_str(name);
        mathml.push('>');
    }
}

fn is_plain(value: &str) -> bool {
    value.len() <= 32
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'%'))
}
