//! Code: its text without the decoration of highlighters, and its language.

use super::facts::is_block;
use super::flow::Flow;
use super::inline;
use super::loss::Reason;
use super::paragraph::is_space;
use super::tree::{Node, NodeId, Tree};
use super::walk::Walk;
use crate::article::{Code, Inline, Kind};
use crate::letter;

/// Reads a `pre`: code, or verse where it is prose whose lines matter.
#[inline(never)]
pub(super) fn read<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    if w.tree.has_class(node, "wp-block-verse") || is_prose(w, node) {
        return verse(w, node, flow);
    }
    let lang = language(w.tree, node);
    push(w, node, node, lang, flow);
}

/// Reads an element that a highlighter has laid out as a table or as lines, if it is one.
#[inline(never)]
pub(super) fn highlighted<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) -> bool {
    let tree = w.tree;
    let is_wrapper = |id: NodeId| {
        tree.value(id, "class").split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "highlighttable"
                    | "rouge-table"
                    | "syntaxhighlighter"
                    | "crayon-table"
                    | "highlight"
                    | "crayon-syntax"
                    | "blob-wrapper"
                    | "CodeMirror-code"
                    | "code-block-lines"
            )
        })
    };
    if !is_wrapper(node) {
        return false;
    }
    let is_code_cell = |id: NodeId| {
        let class = tree.value(id, "class");
        tree.name(id) == "td"
            && class
                .split_ascii_whitespace()
                .any(|class| matches!(class, "code" | "rouge-code" | "crayon-code" | "blob-code"))
    };
    let cells: Vec<NodeId> = tree.below(node).filter(|&id| is_code_cell(id)).collect();
    let Some(&first) = cells.first() else { return false };
    let lang = match language(tree, node) {
        lang if lang.is_empty() => tree.find_name(first, "code").map(|code| language(tree, code)).unwrap_or_default(),
        lang => lang,
    };
    if cells.len() == 1 {
        push(w, node, first, lang, flow);
    } else {
        // A cell for each line.
        push(w, node, node, lang, flow);
    }
    w.drop(node, Reason::CodeDecoration);
    true
}

fn push<'a>(w: &mut Walk<'a>, owner: NodeId, source: NodeId, lang: String, flow: &mut Flow<'a>) {
    let mut value = String::new();
    collect(w, source, &mut value);
    let value = value.trim_start_matches(['\n', '\r']).trim_end();
    if value.trim().is_empty() {
        return;
    }
    let tree = w.tree;
    let starts = ["data-start", "data-line-start", "data-start-line"].iter().map(|name| tree.value(owner, name));
    let filename = ["data-filename", "data-file"].iter().map(|name| tree.value(owner, name));
    let code = Code {
        value: value.replace("\r\n", "\n").replace('\u{a0}', " "),
        lang,
        filename: filename.max_by_key(|value| value.len()).unwrap_or_default().to_owned(),
        starting_line_number: starts.filter_map(|value| value.parse().ok()).find(|number: &u32| *number > 1),
        ..Code::default()
    };
    flow.push(w, owner, Kind::Code(code));
}

/// The text of code: lines of blocks and breaks end in a newline, line numbers are left out.
fn collect(w: &mut Walk<'_>, node: NodeId, value: &mut String) {
    let tree = w.tree;
    for &child in tree.children(node) {
        let name = match tree.node(child) {
            Node::Text(_) => {
                value.push_str(w.take(child));
                continue;
            }
            Node::Element { name, .. } => name.as_str(),
        };
        if is_decoration(tree, child) {
            w.drop(child, Reason::CodeDecoration);
            continue;
        }
        if matches!(name, "script" | "style" | "template") {
            continue;
        }
        if name == "br" {
            value.push('\n');
            continue;
        }
        let is_line = is_block(name) && !matches!(name, "td" | "table" | "tbody");
        if is_line && !value.is_empty() && !value.ends_with('\n') {
            value.push('\n');
        }
        collect(w, child, value);
        if is_line && !value.ends_with('\n') {
            value.push('\n');
        }
    }
}

/// Line numbers, copy buttons and the like.
fn is_decoration(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "button" | "svg")
        || tree.value(id, "class").split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "gutter"
                    | "lineno"
                    | "linenos"
                    | "line-number"
                    | "line-numbers-rows"
                    | "rouge-gutter"
                    | "hljs-ln-numbers"
                    | "linenodiv"
                    | "ln"
                    | "crayon-nums"
                    | "blob-num"
                    | "line-numbers"
                    | "lnt"
                    | "CodeMirror-linenumber"
                    | "copy-button"
                    | "toolbar"
                    | "copy-code-button"
            ) && tree.name(id) != "pre"
                && tree.name(id) != "code"
        })
}

/// The language that classes or attributes of the code or what is around it name.
fn language(tree: &Tree, node: NodeId) -> String {
    let code = tree.children(node).iter().copied().find(|&id| tree.name(id) == "code");
    let around =
        tree.ancestors(node).take(3).filter(|&id| matches!(tree.name(id), "div" | "figure" | "pre" | "section"));
    let found = [Some(node), code].into_iter().flatten().chain(around).find_map(|id| own_language(tree, id));
    found.unwrap_or_default()
}

fn own_language(tree: &Tree, id: NodeId) -> Option<String> {
    for name in ["data-lang", "data-language", "data-enlighter-language", "lang-code"] {
        let value = tree.value(id, name);
        if is_language(value) {
            return Some(value.to_ascii_lowercase());
        }
    }
    let class = tree.value(id, "class");
    let mut before = "";
    for class in class.split([' ', '\t', '\n', ';', ':']).filter(|class| !class.is_empty()) {
        let named = ["language-", "lang-", "highlight-source-", "highlight-text-", "brush-", "code-highlight-"]
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix));
        let follows = matches!(before, "brush" | "hljs" | "sourceCode" | "prettyprint" | "src" | "highlight");
        let bare =
            (follows && !matches!(class, "hljs" | "linenums" | "numberLines" | "wp-block-code")).then_some(class);
        let kind = tree.name(id);
        let bare = bare.filter(|_| {
            matches!(kind, "pre" | "code") || before == "brush" || (before == "highlight" && kind == "figure")
        });
        if let Some(language) = named.or(bare).filter(|language| is_language(language)) {
            return Some(language.to_ascii_lowercase());
        }
        before = class;
    }
    None
}

fn is_language(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 24
        && !matches!(word, "none" | "nohighlight" | "plain" | "plaintext" | "auto" | "wrap")
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'#' | b'.' | b'_'))
}

/// Whether a `pre` holds prose: no code or highlighting, but links or paragraphs, and mostly words.
fn is_prose(w: &Walk<'_>, node: NodeId) -> bool {
    let tree = w.tree;
    let names = || tree.below(node).map(|id| tree.name(id));
    if names().any(|name| matches!(name, "code" | "samp" | "kbd" | "span" | "table"))
        || !language(tree, node).is_empty()
    {
        return false;
    }
    if !names().any(|name| matches!(name, "a" | "p" | "em" | "strong" | "i" | "b")) {
        return false;
    }
    let (mut letters, mut others) = (0, 0);
    for text in tree.below(node).filter_map(|id| tree.text(id)) {
        for letter in text.chars().filter(|letter| !is_space(*letter)) {
            if letter::is_word(letter) && !letter.is_ascii_digit() { letters += 1 } else { others += 1 }
        }
    }
    letters > others * 4
}

/// Text whose lines stay as they are.
#[inline(never)]
pub(super) fn verse<'a>(w: &mut Walk<'a>, node: NodeId, flow: &mut Flow<'a>) {
    let mut run = Vec::new();
    let marks = inline::Marks::of(&flow.marks);
    lines(w, node, &mut run, marks);
    let children = flow.wrap(run);
    if !children.is_empty() {
        flow.push(w, node, Kind::Verse(children));
    }
}

fn lines(w: &mut Walk<'_>, node: NodeId, run: &mut Vec<Inline>, marks: inline::Marks) {
    let tree = w.tree;
    for &child in tree.children(node) {
        match tree.text(child) {
            Some(text) => {
                w.finish(child);
                for (index, line) in text.split('\n').enumerate() {
                    if index > 0 {
                        run.push(Inline::Break(crate::article::json::Empty));
                    }
                    inline::push_text(run, line);
                }
            }
            None if is_block(tree.name(child)) => {
                if !run.is_empty() {
                    run.push(Inline::Break(crate::article::json::Empty));
                }
                lines(w, child, run, marks);
            }
            None => inline::push(w, child, run, marks),
        }
    }
}
