//! Jupyter notebooks: cells of Markdown and code, with what the code printed.

use super::envelope::Shape;
use super::fields::{member, number, text};
use super::{Context, ReadError, front_matter, rich_text};
use crate::article::{Article, Block, Blocks, Code, Image, Kind, Math};
use crate::json::Value;

const SHAPE: Shape = Shape {
    title: "metadata.title",
    authors: "metadata.authors",
    published: "metadata.date",
    description: "metadata.description",
    tags: "metadata.tags metadata.keywords",
    ..Shape::EMPTY
};

/// Forms of a result, best first.
const FORMS: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "text/html",
    "text/latex",
    "text/markdown",
    "application/json",
    "text/plain",
];

/// Whether a value is a notebook.
pub(super) fn matches(value: &Value<'_>) -> bool {
    value.get("nbformat").is_some_and(Value::is_number)
        && (value.get("cells").is_some_and(Value::is_array) || value.get("worksheets").is_some_and(Value::is_array))
}

/// Reads a notebook.
pub(super) fn read(value: &Value<'_>, context: &mut Context<'_>) -> Result<Article, ReadError> {
    let mut article = context.envelope(value, &SHAPE);
    let language = match text(value, "metadata.language_info.name") {
        "" => text(value, "metadata.kernelspec.language"),
        name => name,
    };
    // Version 3 kept the cells in worksheets.
    let cells = value.get("cells").or_else(|| member(value, "worksheets.0.cells"));
    for (index, cell) in cells.and_then(Value::as_array).into_iter().flatten().enumerate() {
        let length = context.warnings.enter_item("cells", index);
        match about(cell).filter(|_| index == 0) {
            Some(source) => read_about(&source, cell, context, &mut article),
            None => read_cell(cell, language, context, &mut article.body),
        }
        context.warnings.leave(length);
    }
    Ok(article)
}

/// The text of a cell that starts with front matter, as tools that publish notebooks ask for it.
fn about(cell: &Value<'_>) -> Option<String> {
    let is_text = matches!(text(cell, "cell_type"), "raw" | "markdown");
    let source = joined(cell.get("source").filter(|_| is_text)?);
    front_matter::split(&source).is_some().then_some(source)
}

/// Reads what a cell says about the article, and what follows it.
fn read_about(source: &str, cell: &Value<'_>, context: &mut Context<'_>, article: &mut Article) {
    let Some((matter, rest)) = front_matter::split(source) else { return };
    rich_text::merge(article, context.envelope(&matter, &front_matter::SHAPE));
    match text(cell, "cell_type") {
        "markdown" => {
            article.body.push(Block::new(Kind::Markdown(with_attachments(rest.to_owned(), cell))));
        }
        _ => push_code(rest.to_owned(), "", &mut article.body),
    }
}

fn read_cell(cell: &Value<'_>, language: &str, context: &mut Context<'_>, blocks: &mut Blocks) {
    let source = [cell.get("source"), cell.get("input")].into_iter().flatten().map(joined).next().unwrap_or_default();
    match text(cell, "cell_type") {
        "markdown" => blocks.push(Block::new(Kind::Markdown(with_attachments(source, cell)))),
        "heading" => {
            let level = number(cell, "level").unwrap_or(2).clamp(1, 6) as usize;
            let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
            blocks.push(Block::new(Kind::Markdown([&"#".repeat(level), " ", &line].concat())));
        }
        "code" => {
            // Version 3 said it of each cell.
            let own = text(cell, "language");
            push_code(source, if own.is_empty() { language } else { own }, blocks);
            for output in cell.get("outputs").and_then(Value::as_array).into_iter().flatten() {
                read_output(output, context, blocks);
            }
        }
        // For other programs, such as LaTeX for the printer.
        "raw" => push_code(source, "", blocks),
        other => {
            context.warnings.warn(format!("unknown cell `{}`; shown as its source", other.escape_debug()));
            push_code(source, "", blocks);
        }
    }
}

fn push_code(value: String, lang: &str, blocks: &mut Blocks) {
    if !value.trim().is_empty() {
        blocks.push(Block::new(Kind::Code(Code { value, lang: lang.to_owned(), ..Code::default() })));
    }
}

/// Text, which notebooks keep as a list of lines; some of version 3 leave out where the lines end.
fn joined(value: &Value<'_>) -> String {
    match value {
        Value::Array(lines) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            let has_ends = lines.first().is_none_or(|line| line.ends_with('\n'));
            if has_ends {
                return lines.concat();
            }
            let lines: Vec<&str> = lines.iter().map(|line| line.strip_suffix('\n').unwrap_or(line)).collect();
            lines.join("\n")
        }
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

/// Puts pictures that a cell holds in the place of their names.
fn with_attachments(mut source: String, cell: &Value<'_>) -> String {
    for (name, forms) in cell.get("attachments").and_then(Value::as_object).into_iter().flatten() {
        let picture = forms.as_object().into_iter().flatten().find(|(mime, _)| mime.starts_with("image/"));
        if let Some((mime, data)) = picture {
            source = source.replace(&format!("attachment:{name}"), &data_url(mime, data));
        }
    }
    source
}

fn data_url(mime: &str, data: &Value<'_>) -> String {
    let data: String = joined(data).split_whitespace().collect();
    format!("data:{mime};base64,{data}")
}

fn read_output(output: &Value<'_>, context: &mut Context<'_>, blocks: &mut Blocks) {
    match text(output, "output_type") {
        "stream" => push_code(without_colours(&joined(output.get("text").unwrap_or(&Value::Null))), "", blocks),
        "error" | "pyerr" => {
            let trace = output.get("traceback").and_then(Value::as_array).into_iter().flatten();
            let trace = trace.filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
            let line = [text(output, "ename"), text(output, "evalue")].join(": ");
            push_code(without_colours(if trace.is_empty() { &line } else { &trace }), "", blocks);
        }
        _ => {
            // Version 3 had the forms beside the type, under short names.
            let forms = output.get("data").unwrap_or(output);
            let form = |mime: &str| forms.get(mime).or_else(|| forms.get(mime.rsplit('/').next()?));
            // HTML that is only a program shows nothing here.
            let is_program = |mime: &str, data: &Value<'_>| {
                let html = if mime == "text/html" { joined(data) } else { String::new() };
                html.contains("<script") && !html.contains("<table") && !html.contains("<img")
            };
            let mut found = FORMS.iter().filter_map(|mime| Some((*mime, form(mime)?)));
            match found.find(|(mime, data)| !is_program(mime, data)) {
                Some((mime, data)) => push_result(mime, data, blocks),
                None => context.warnings.warn("a result in a form that is not shown"),
            }
        }
    }
}

fn push_result(mime: &str, data: &Value<'_>, blocks: &mut Blocks) {
    let source = if data.is_object() { data.to_string() } else { joined(data) };
    let kind = match mime {
        "text/html" => Kind::Html(source),
        "text/markdown" => Kind::Markdown(source),
        "text/latex" => {
            let value = source.trim().trim_matches('$').trim().to_owned();
            Kind::Math(Math { value, ..Math::default() })
        }
        _ if mime.starts_with("image/") => Kind::Image(Image { url: data_url(mime, data), ..Image::default() }),
        _ => return push_code(without_colours(&source), "", blocks),
    };
    blocks.push(Block::new(kind));
}

/// Text without the escape sequences that colour it in a terminal.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|letter: char| letter.is_ascii_alphabetic()).map_or(0, |end| end + 1);
        plain.push_str(&part[end..]);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::{Format, check};
    use crate::json::json;

    #[test]
    fn cells_and_what_they_printed_become_blocks() {
        let outputs = json!([
            {"output_type": "stream", "text": ["\u{1b}[31m1\u{1b}[0m\n", "2"]},
            {"output_type": "execute_result", "data": {"text/plain": "x", "image/png": "iVBO\n"}},
            {"output_type": "display_data", "data": {"application/x": {}}},
        ]);
        check(
            &json!({"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": [
                {"cell_type": "markdown", "source": ["# T\n", "*a*"]},
                {"cell_type": "code", "source": "f()", "outputs": outputs},
                {"cell_type": "new", "source": "n"},
            ]}),
            Format::Jupyter,
            &json!({
                "title": "T",
                "body": [
                    {"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}]},
                    {"type": "code", "lang": "python", "value": "f()"},
                    {"type": "code", "value": "1\n2"},
                    {"type": "image", "url": "data:image/png;base64,iVBO"},
                    {"type": "code", "value": "n"},
                ],
                "warnings": ["/cells/1 a result in a form that is not shown", "/cells/2 unknown cell `new`; shown as its source"],
            }),
        );
    }

    #[test]
    fn version_3_leaves_out_line_ends_and_names_languages() {
        let outputs = json!([{"output_type": "stream", "stream": "stdout", "text": ["1", "2"]}]);
        check(
            &json!({"nbformat": 3, "worksheets": [{"cells": [
                {"cell_type": "heading", "level": 1, "source": ["T"]},
                {"cell_type": "heading", "level": 2, "source": "A"},
                {"cell_type": "code", "language": "python", "input": ["def f():", "    g()"], "outputs": outputs},
            ]}]}),
            Format::Jupyter,
            &json!({
                "title": "T",
                "body": [{"type": "section", "id": "a", "title": "A", "children": [
                    {"type": "code", "lang": "python", "value": "def f():\n    g()"},
                    {"type": "code", "value": "1\n2"},
                ]}],
            }),
        );
    }

    #[test]
    fn front_matter_in_the_first_cell_is_about_the_article() {
        let source = ["---\n", "title: T\n", "author: Ann\n", "date: 2023-05-06\n", "---"];
        for kind in ["raw", "markdown"] {
            check(
                &json!({"nbformat": 4, "cells": [
                    {"cell_type": kind, "source": source}, {"cell_type": "markdown", "source": "a"},
                ]}),
                Format::Jupyter,
                &json!({
                    "title": "T", "authors": [{"name": "Ann"}], "published": "2023-05-06",
                    "body": [{"type": "paragraph", "children": "a"}],
                }),
            );
        }
    }

    #[test]
    fn notes_of_cells_do_not_mix() {
        let cell = |text: &str| json!({"cell_type": "markdown", "source": format!("{text}[^1]\n\n[^1]: note {text}")});
        let reference = |identifier: &str| json!({"type": "footnoteReference", "identifier": identifier});
        let note = |text: &str| json!([{"type": "paragraph", "children": text}]);
        check(
            &json!({"nbformat": 4, "cells": [cell("a"), cell("b")]}),
            Format::Jupyter,
            &json!({
                "body": [
                    {"type": "paragraph", "children": ["a", reference("1")]},
                    {"type": "paragraph", "children": ["b", reference("1-2")]},
                ],
                "footnotes": {"1": note("note a"), "1-2": note("note b")},
            }),
        );
    }

    #[test]
    fn pictures_of_a_cell_are_put_in_place() {
        check(
            &json!({"nbformat": 4, "cells": [{
                "cell_type": "markdown", "source": "![a](attachment:i.png)", "attachments": {"i.png": {"image/png": "iVBO"}},
            }]}),
            Format::Jupyter,
            &json!({"body": [{"type": "image", "url": "data:image/png;base64,iVBO", "alt": "a"}]}),
        );
    }
}
