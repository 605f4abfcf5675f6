//! Blocks in Markdown.

use super::escape::{self, Place};
use super::{Writer, heading, inline, link, table, text_of_markup};
use crate::article::{
    Admonition, AdmonitionKind, Block, Blocks, Code, Content, Figure, Image, Inlines, Kind, List, ListItem, Math, Media,
};
use crate::html::words::ENGLISH;

/// Appends each block as a part of its own; `level` is that of the next section's heading.
pub(super) fn write_all(w: &Writer<'_>, blocks: &Blocks, level: usize, parts: &mut Vec<String>) {
    // Lists in a row would be one: the second takes another sign.
    let mut lists_in_a_row = 0;
    for block in blocks {
        lists_in_a_row = if matches!(block.kind, Kind::List(_)) { lists_in_a_row + 1 } else { 0 };
        write(w, block, level, lists_in_a_row % 2 == 0, parts);
    }
}

/// Blocks with an empty line between them.
pub(super) fn joined(w: &Writer<'_>, blocks: &Blocks, level: usize) -> String {
    let mut parts = Vec::new();
    write_all(w, blocks, level, &mut parts);
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// The text with something before its first line and before the others.
pub(super) fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (index, line) in text.split('\n').enumerate() {
        let before = match index {
            0 => first,
            _ => {
                out.push('\n');
                rest
            }
        };
        out.push_str(if line.is_empty() { before.trim_end() } else { before });
        out.push_str(line);
    }
    out
}

fn write(w: &Writer<'_>, block: &Block, level: usize, is_other_list: bool, parts: &mut Vec<String>) {
    let quoted = |text: &str| indented(text, "> ", "> ");
    match &block.kind {
        Kind::Section(section) => {
            let inside = if section.title.is_empty() { level } else { level + 1 };
            if !section.title.is_empty() {
                parts.push(heading_line(w, &section.title, level));
            }
            write_all(w, &section.children, inside, parts);
        }
        Kind::Heading(it) => {
            let asked = it.depth.unwrap_or(2) as usize;
            parts.push(heading_line(w, &it.children, asked.clamp(2, level.max(2))));
        }
        Kind::Paragraph(it) => parts.push(paragraph(w, &it.children)),
        Kind::Verse(lines) => parts.push(paragraph(w, &verse(lines))),
        Kind::Blockquote(it) => {
            let mut inside = vec![joined(w, &it.children, level), attribution(w, &it.attribution)];
            inside.retain(|part| !part.is_empty());
            parts.push(quoted(&inside.join("\n\n")));
        }
        Kind::PullQuote(it) => {
            let mut inside = vec![paragraph(w, &it.children), attribution(w, &it.attribution)];
            inside.retain(|part| !part.is_empty());
            parts.push(quoted(&inside.join("\n\n")));
        }
        Kind::List(list) => parts.push(write_list(w, list, level, is_other_list)),
        Kind::DefinitionList(list) => {
            for item in &list.children {
                parts.extend(item.terms.iter().map(|term| strong(w, term)));
                let meanings = item.definitions.iter().map(|meaning| indented(&joined(w, meaning, level), "- ", "  "));
                parts.push(meanings.collect::<Vec<_>>().join("\n"));
            }
        }
        Kind::Code(code) => {
            parts.push(write_code(code));
            parts.push(emphasised(w, &code.caption));
        }
        Kind::Math(math) => parts.push(write_math(math)),
        Kind::Image(image) => write_image(w, image, parts),
        Kind::Figure(figure) => write_figure(w, figure, level, parts),
        Kind::Gallery(gallery) => {
            gallery.items.iter().for_each(|image| write_image(w, image, parts));
            parts.push(emphasised(w, &gallery.caption));
        }
        Kind::Video(media) => write_media(w, media, "Video", level, parts),
        Kind::Audio(media) => write_media(w, media, "Audio", level, parts),
        Kind::Embed(embed) => {
            parts.push(link(&embed.url, if embed.title.is_empty() { &embed.url } else { &embed.title }));
            parts.push(emphasised(w, &embed.caption));
            write_all(w, &embed.fallback, level, parts);
        }
        Kind::LinkCard(card) => {
            parts.push(link(&card.url, if card.title.is_empty() { &card.url } else { &card.title }));
            parts.push(plain_paragraph(&card.description));
        }
        Kind::File(file) => {
            parts.push(link(&file.url, if file.title.is_empty() { &file.url } else { &file.title }));
            parts.push(plain_paragraph(&file.description));
        }
        Kind::Buttons(buttons) => {
            let links = buttons.items.iter().map(|button| link(&button.url, &button.label));
            parts.push(links.collect::<Vec<_>>().join(" "));
        }
        Kind::Table(it) => {
            parts.push(table::write(w, it));
            parts.push(emphasised(w, &it.caption));
        }
        Kind::ThematicBreak(_) => parts.push("---".to_owned()),
        Kind::Admonition(it) => parts.push(quoted(&write_admonition(w, it, level))),
        Kind::Details(details) => {
            let summary = format!("<details>\n<summary>{}</summary>", inline::html_text(&details.summary));
            parts.push(summary);
            write_all(w, &details.children, level, parts);
            parts.push("</details>".to_owned());
        }
        Kind::Aside(aside) => {
            parts.push("<aside>".to_owned());
            parts.push(strong(w, &aside.title));
            write_all(w, &aside.children, level, parts);
            parts.push("</aside>".to_owned());
        }
        Kind::Columns(columns) => {
            columns.children.iter().for_each(|column| write_all(w, &column.children, level, parts));
        }
        Kind::Question(question) => {
            parts.push(strong(w, &question.question));
            parts.push(strong(w, &Inlines::from(question.speaker.as_str())));
            write_all(w, &question.children, level, parts);
        }
        Kind::Group(blocks) => write_all(w, blocks, level, parts),
        Kind::FootnoteDefinition(it) => write_all(w, &it.children, level, parts),
        // No reader has taken it apart: it is shown as what it is.
        Kind::Html(source) => parts.push(fenced(source, "html")),
        Kind::Markdown(source) => parts.push(fenced(source, "markdown")),
        Kind::Unknown(unknown) => parts.extend(unknown.text.iter().map(|text| plain_paragraph(text))),
        // Notes and references stand at the end; readers of Markdown make contents lists themselves.
        Kind::Definition(_) | Kind::ReferenceList(_) | Kind::FootnoteList(_) | Kind::Contents(_) => {}
    }
}

fn heading_line(w: &Writer<'_>, title: &Inlines, level: usize) -> String {
    format!("{} {}", "#".repeat(level.min(6)), heading(w, title))
}

fn paragraph(w: &Writer<'_>, inlines: &Inlines) -> String {
    let text = inline::write(w, inlines, Place::Paragraph);
    text.split('\n').map(escape::guard_line).collect::<Vec<_>>().join("\n")
}

fn plain_paragraph(text: &str) -> String {
    let mut out = String::new();
    escape::text(text, &mut out);
    escape::guard_line(&out)
}

/// A paragraph in emphasis, such as a caption.
pub(super) fn emphasised(w: &Writer<'_>, inlines: &Inlines) -> String {
    if inlines.is_empty() {
        return String::new();
    }
    paragraph(w, &Inlines(vec![crate::article::Inline::Emphasis(inlines.clone())]))
}

fn strong(w: &Writer<'_>, inlines: &Inlines) -> String {
    if inlines.is_empty() {
        return String::new();
    }
    paragraph(w, &Inlines(vec![crate::article::Inline::Strong(inlines.clone())]))
}

fn attribution(w: &Writer<'_>, inlines: &Inlines) -> String {
    if inlines.is_empty() { String::new() } else { format!("— {}", paragraph(w, inlines)) }
}

/// Verse with its lines apart.
fn verse(lines: &Inlines) -> Inlines {
    use crate::article::Inline;
    let mut out = Inlines::new();
    for inline in lines {
        let Inline::Text(text) = inline else {
            out.push(inline.clone());
            continue;
        };
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                out.push(Inline::Break(crate::article::json::Empty));
            }
            out.push(Inline::Text(line.to_owned()));
        }
    }
    out
}

fn write_list(w: &Writer<'_>, list: &List, level: usize, is_other: bool) -> String {
    let is_tight = |item: &ListItem| {
        !item.spread && item.children.iter().filter(|block| !matches!(block.kind, Kind::List(_))).count() <= 1
    };
    let separator = if !list.spread && list.children.iter().all(is_tight) { "\n" } else { "\n\n" };
    let start = list.start.unwrap_or(1).min(999_999_999 - list.children.len() as u32);
    let item = |(index, item): (usize, &ListItem)| {
        let marker = match (list.ordered, is_other) {
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
            (true, false) => format!("{}. ", start + index as u32),
            (true, true) => format!("{}) ", start + index as u32),
        };
        let task = item.checked.map_or("", |done| if done { "[x] " } else { "[ ] " });
        let mut parts = Vec::new();
        write_all(w, &item.children, level, &mut parts);
        parts.retain(|part| !part.is_empty());
        let text = parts.join(separator);
        indented(&text, &format!("{marker}{task}"), &" ".repeat(marker.len())).trim_end().to_owned()
    };
    list.children.iter().enumerate().map(item).collect::<Vec<_>>().join(separator)
}

fn write_code(code: &Code) -> String {
    let mut info: String = code.lang.chars().filter(|letter| !letter.is_whitespace() && *letter != '`').collect();
    let name = code.filename.replace(['`', '"', '\n'], "");
    if !name.is_empty() && !info.is_empty() {
        info = format!("{info} title=\"{name}\"");
    }
    fenced(&code.value, &info)
}

fn fenced(code: &str, info: &str) -> String {
    let fence = "`".repeat(escape::longest_run(code, '`').max(2) + 1);
    format!("{fence}{info}\n{}\n{fence}", code.trim_end_matches('\n'))
}

fn write_math(math: &Math) -> String {
    let value = math.value.trim();
    match () {
        () if value.is_empty() => {
            let mut text = String::new();
            escape::text(&text_of_markup(&math.mathml), &mut text);
            escape::guard_line(&text)
        }
        () if value.contains("$$") || value.contains("\n\n") => fenced(value, "math"),
        () => format!("$$\n{value}\n$$"),
    }
}

fn write_image(w: &Writer<'_>, image: &Image, parts: &mut Vec<String>) {
    let mut alt = String::new();
    escape::text(&image.alt, &mut alt);
    let picture = format!("![{alt}]({}{})", escape::address(&image.url), escape::title(&image.title));
    parts.push(match image.link.as_str() {
        "" => picture,
        link => format!("[{picture}]({})", escape::address(link)),
    });
    parts.push(emphasised(w, &image.caption));
}

fn write_figure(w: &Writer<'_>, figure: &Figure, level: usize, parts: &mut Vec<String>) {
    write_all(w, &figure.children, level, parts);
    let mut caption = Inlines::new();
    if !figure.label.is_empty() {
        caption.push(crate::article::Inline::Text(format!("{} ", figure.label)));
    }
    if let Some(Content::Inlines(inlines)) = &figure.caption {
        caption.0.extend(inlines.0.iter().cloned());
    }
    if !figure.credit.is_empty() {
        caption.push(crate::article::Inline::Text(" ".to_owned()));
        caption.0.extend(figure.credit.0.iter().cloned());
    }
    parts.push(emphasised(w, &caption));
    if let Some(Content::Blocks(blocks)) = &figure.caption {
        write_all(w, blocks, level, parts);
    }
}

fn write_media(w: &Writer<'_>, media: &Media, name: &str, level: usize, parts: &mut Vec<String>) {
    let first = media.sources.first().map_or("", |source| source.src.as_str());
    let src = if media.src.is_empty() { first } else { &media.src };
    parts.push(link(src, if media.title.is_empty() { name } else { &media.title }));
    parts.push(emphasised(w, &media.caption));
    if !media.transcript.is_empty() {
        parts.push(format!("<details>\n<summary>{}</summary>", ENGLISH.transcript));
        write_all(w, &media.transcript, level, parts);
        parts.push("</details>".to_owned());
    }
}

/// GitHub's alerts, of which there are five.
fn write_admonition(w: &Writer<'_>, admonition: &Admonition, level: usize) -> String {
    let mark = match admonition.kind {
        AdmonitionKind::Tip | AdmonitionKind::Success => "TIP",
        AdmonitionKind::Important => "IMPORTANT",
        AdmonitionKind::Warning => "WARNING",
        AdmonitionKind::Caution | AdmonitionKind::Danger => "CAUTION",
        AdmonitionKind::Note | AdmonitionKind::Info | AdmonitionKind::Quote | AdmonitionKind::Custom => "NOTE",
    };
    let mut parts = vec![strong(w, &admonition.title)];
    write_all(w, &admonition.children, level, &mut parts);
    parts.retain(|part| !part.is_empty());
    format!("[!{mark}]\n{}", parts.join("\n\n"))
}

/// Blocks as lines of one cell of a table: paragraphs as they are, of the rest the text.
pub(super) fn lines(w: &Writer<'_>, blocks: &Blocks) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match &block.kind {
            Kind::Paragraph(it) => lines.push(inline::write(w, &it.children, Place::Line)),
            Kind::Group(inside) => lines.extend(self::lines(w, inside)),
            Kind::List(list) => {
                for item in &list.children {
                    lines.push(format!("• {}", self::lines(w, &item.children).join("<br>")));
                }
            }
            Kind::Image(image) => {
                let mut parts = Vec::new();
                write_image(w, image, &mut parts);
                lines.extend(parts);
            }
            Kind::Figure(figure) => {
                lines.extend(self::lines(w, &figure.children));
                match &figure.caption {
                    Some(Content::Inlines(inlines)) => lines.push(inline::write(w, inlines, Place::Line)),
                    Some(Content::Blocks(blocks)) => lines.extend(self::lines(w, blocks)),
                    None => {}
                }
            }
            Kind::Code(code) => lines.extend(code.value.lines().map(|line| escape::code(line).replace('|', "\\|"))),
            _ => {
                let mut parts = Vec::new();
                write(w, block, 6, false, &mut parts);
                lines.extend(parts.iter().flat_map(|part| part.split('\n')).map(|line| line.trim().to_owned()));
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
