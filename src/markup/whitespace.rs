//! The final form of a run of text: spaces collapsed across marks as browsers do, equal neighbours merged, marks
//! without text gone.

use crate::article::{Inline, Inlines, walk};

/// Brings a run into its final form.
pub(super) fn tidy(run: Vec<Inline>) -> Inlines {
    let mut inlines = normalise(run);
    let mut after_space = true;
    collapse(&mut inlines, &mut after_space);
    trim_end(&mut inlines);
    let mut inlines = normalise(inlines);
    while matches!(inlines.last(), Some(Inline::Break(_))) {
        inlines.pop();
        trim_end(&mut inlines);
    }
    Inlines(inlines)
}

/// Whether an inline shows nothing.
pub(super) fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.bytes().all(|byte| byte == b' '),
        Inline::Break(_) | Inline::WordBreak(_) => true,
        _ => false,
    }
}

/// Lifts spaces and breaks out of marks, drops marks without content, merges equal neighbours.
fn normalise(run: Vec<Inline>) -> Vec<Inline> {
    let mut result = Vec::with_capacity(run.len());
    for mut inline in run {
        let Some(children) = walk::children(&mut inline) else {
            push(&mut result, inline);
            continue;
        };
        let mut inner = normalise(std::mem::take(&mut children.0));
        let mut after = Vec::new();
        while let Some(lifted) = lift_end(&mut inner) {
            after.push(lifted);
        }
        while let Some(lifted) = lift_start(&mut inner) {
            push(&mut result, lifted);
        }
        if !inner.is_empty() {
            children.0 = inner;
            push(&mut result, inline);
        }
        after.into_iter().rev().for_each(|lifted| push(&mut result, lifted));
    }
    result
}

fn lift_start(inner: &mut Vec<Inline>) -> Option<Inline> {
    match inner.first_mut()? {
        Inline::Break(_) => Some(inner.remove(0)),
        Inline::Text(text) if text.is_empty() => Some(inner.remove(0)),
        Inline::Text(text) if text.starts_with(' ') => {
            text.remove(0);
            Some(Inline::Text(" ".to_owned()))
        }
        _ => None,
    }
}

fn lift_end(inner: &mut Vec<Inline>) -> Option<Inline> {
    match inner.last_mut()? {
        Inline::Break(_) => inner.pop(),
        Inline::Text(text) if text.is_empty() => inner.pop(),
        Inline::Text(text) if text.ends_with(' ') => {
            text.pop();
            Some(Inline::Text(" ".to_owned()))
        }
        _ => None,
    }
}

/// Adds an inline, joined with an equal one before it.
fn push(result: &mut Vec<Inline>, inline: Inline) {
    let Some(last) = result.last_mut() else {
        if !matches!(&inline, Inline::Text(text) if text.is_empty()) {
            result.push(inline);
        }
        return;
    };
    match (last, inline) {
        (Inline::Text(text), Inline::Text(more)) => {
            let more = if text.ends_with(' ') { more.trim_start_matches(' ') } else { &more };
            text.push_str(more);
        }
        (Inline::Emphasis(children), Inline::Emphasis(more))
        | (Inline::Strong(children), Inline::Strong(more))
        | (Inline::Delete(children), Inline::Delete(more))
        | (Inline::Insert(children), Inline::Insert(more))
        | (Inline::Underline(children), Inline::Underline(more))
        | (Inline::Subscript(children), Inline::Subscript(more))
        | (Inline::Superscript(children), Inline::Superscript(more))
        | (Inline::SmallCaps(children), Inline::SmallCaps(more))
        | (Inline::Small(children), Inline::Small(more)) => append(children, more),
        (Inline::Link(link), Inline::Link(more)) if link.url == more.url && link.title == more.title => {
            append(&mut link.children, more.children);
        }
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, inline) => result.push(inline),
    }
}

fn append(children: &mut Inlines, more: Inlines) {
    more.0.into_iter().for_each(|inline| push(&mut children.0, inline));
}

/// Removes spaces after spaces, at the start, and around line breaks.
fn collapse(inlines: &mut Vec<Inline>, after_space: &mut bool) {
    let mut index = 0;
    while index < inlines.len() {
        if matches!(inlines[index], Inline::Break(_)) {
            trim_end(&mut inlines[..index]);
            *after_space = true;
        }
        match &mut inlines[index] {
            Inline::Break(_) | Inline::WordBreak(_) | Inline::FootnoteReference(_) => {}
            Inline::Text(text) => {
                if *after_space && text.starts_with(' ') {
                    text.remove(0);
                }
                if !text.is_empty() {
                    *after_space = text.ends_with(' ');
                }
            }
            other => match walk::children(other) {
                Some(children) => collapse(&mut children.0, after_space),
                None => *after_space = false,
            },
        }
        index += 1;
    }
    let mut seen = false;
    inlines.retain(|inline| {
        // Breaks at the start break nothing.
        let is_leading = !seen && matches!(inline, Inline::Break(_));
        let is_empty = matches!(inline, Inline::Text(text) if text.is_empty());
        seen |= !is_leading && !is_empty;
        !is_leading && !is_empty
    });
}

fn trim_end(inlines: &mut [Inline]) {
    match inlines.last_mut() {
        Some(Inline::Text(text)) => {
            let length = text.trim_end_matches(' ').len();
            text.truncate(length);
        }
        Some(other) => {
            if let Some(children) = walk::children(other) {
                trim_end(&mut children.0);
            }
        }
        None => {}
    }
}
