//! Article -> plain text that reads well in a mail or a terminal, with addresses where they say more than the text.

use crate::article::{Article, Block, Blocks, Code, Content, Inline, Inlines, Kind, ListItem, Table};
use crate::text::push_inlines;

/// Writes a normalised article.
pub fn write(article: &Article) -> String {
    let mut parts = Vec::new();
    let title = article.title.plain_text();
    if !title.is_empty() {
        parts.push(underlined(&title, '='));
    }
    parts.push(article.subtitle.plain_text());
    let names = article.authors.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let byline = if article.byline.is_empty() { names } else { article.byline.clone() };
    let date = article.published.map(|date| date.to_string()).unwrap_or_default();
    parts.push([byline, date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"));
    if let Some(hero) = &article.hero {
        parts.push(line(&hero.caption));
    }
    write_all(&article.lead, 2, &mut parts);
    write_all(&article.body, 2, &mut parts);
    let numbered = |(index, text): (usize, String)| indented(&text, &format!("[{}] ", index + 1), "    ");
    let notes = article.footnotes.0.iter();
    let noted = notes.map(|note| indented(&joined(&note.children, 2), &format!("[{}] ", note.identifier), "    "));
    parts.push(noted.collect::<Vec<_>>().join("\n"));
    if !article.references.is_empty() {
        parts.push(underlined(crate::html::words::ENGLISH.references, '-'));
        let entries =
            article.references.iter().map(|entry| format!("{} {}{}", line(&entry.text), entry.url, entry.doi));
        parts.push(entries.enumerate().map(numbered).collect::<Vec<_>>().join("\n"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn underlined(text: &str, with: char) -> String {
    format!("{text}\n{}", with.to_string().repeat(text.chars().count().clamp(3, 72)))
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let lines = text.split('\n').enumerate();
    let with = |(index, line): (usize, &str)| format!("{}{line}", if index == 0 { first } else { rest });
    lines.map(with).map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn joined(blocks: &Blocks, level: usize) -> String {
    let mut parts = Vec::new();
    write_all(blocks, level, &mut parts);
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn write_all(blocks: &Blocks, level: usize, parts: &mut Vec<String>) {
    blocks.iter().for_each(|block| write_block(block, level, parts));
}

fn write_block(block: &Block, level: usize, parts: &mut Vec<String>) {
    match &block.kind {
        Kind::Section(section) => {
            let title = section.title.plain_text();
            parts.push(match level {
                _ if title.is_empty() => title,
                0..=2 => underlined(&title, '-'),
                _ => format!("{} {title}", "#".repeat(level.min(6))),
            });
            write_all(&section.children, level + 1, parts);
        }
        Kind::Heading(it) => parts.push(line(&it.children)),
        Kind::Paragraph(it) => parts.push(line(&it.children)),
        Kind::Verse(lines) => parts.push(line(lines)),
        Kind::Blockquote(it) => {
            parts.push(indented(&joined(&it.children, level), "> ", "> "));
            parts.push(attribution(&it.attribution));
        }
        Kind::PullQuote(it) => {
            parts.push(indented(&line(&it.children), "> ", "> "));
            parts.push(attribution(&it.attribution));
        }
        Kind::List(list) => {
            let item = |(index, item): (usize, &ListItem)| {
                let number = list.start.unwrap_or(1) as usize + index;
                let mark = match item.checked {
                    Some(true) => "[x] ".to_owned(),
                    Some(false) => "[ ] ".to_owned(),
                    None if list.ordered => format!("{number}. "),
                    None => "- ".to_owned(),
                };
                indented(&joined(&item.children, level).replace("\n\n", "\n"), &mark, &" ".repeat(mark.len()))
            };
            parts.push(list.children.iter().enumerate().map(item).collect::<Vec<_>>().join("\n"));
        }
        Kind::DefinitionList(list) => {
            for item in &list.children {
                parts.push(item.terms.iter().map(line).collect::<Vec<_>>().join("\n"));
                parts.extend(item.definitions.iter().map(|meaning| indented(&joined(meaning, level), "    ", "    ")));
            }
        }
        Kind::Code(code) => write_code(code, parts),
        Kind::Math(math) => parts.push(if math.value.is_empty() { math.label.clone() } else { math.value.clone() }),
        Kind::Image(image) => {
            parts.push(bracketed(&image.alt));
            parts.push(line(&image.caption));
        }
        Kind::Figure(figure) => {
            write_all(&figure.children, level, parts);
            parts.push(figure.caption.as_ref().map(content).unwrap_or_default());
        }
        Kind::Gallery(gallery) => {
            for image in &gallery.items {
                parts.push(bracketed(&image.alt));
                parts.push(line(&image.caption));
            }
            parts.push(line(&gallery.caption));
        }
        Kind::Video(media) | Kind::Audio(media) => {
            let first = media.sources.first().map_or("", |source| source.src.as_str());
            parts.push(titled(&media.title, if media.src.is_empty() { first } else { &media.src }));
            parts.push(line(&media.caption));
            write_all(&media.transcript, level, parts);
        }
        Kind::Embed(embed) => {
            parts.push(titled(&embed.title, &embed.url));
            parts.push(line(&embed.caption));
            write_all(&embed.fallback, level, parts);
        }
        Kind::LinkCard(card) => {
            parts.push(titled(&card.title, &card.url));
            parts.push(card.description.clone());
        }
        Kind::File(file) => {
            parts.push(titled(&file.title, &file.url));
            parts.push(file.description.clone());
        }
        Kind::Buttons(it) => parts.extend(it.items.iter().map(|button| titled(&button.label, &button.url))),
        Kind::Table(table) => write_table(table, parts),
        Kind::ThematicBreak(_) => parts.push("* * *".to_owned()),
        Kind::Admonition(it) => {
            let title = if it.title.is_empty() {
                (crate::html::words::ENGLISH.admonition)(it.kind).to_owned()
            } else {
                line(&it.title)
            };
            parts.push(title);
            parts.push(indented(&joined(&it.children, level), "    ", "    "));
        }
        Kind::Details(it) => {
            parts.push(line(&it.summary));
            write_all(&it.children, level, parts);
        }
        Kind::Aside(it) => {
            parts.push(line(&it.title));
            write_all(&it.children, level, parts);
        }
        Kind::Columns(it) => it.children.iter().for_each(|column| write_all(&column.children, level, parts)),
        Kind::Question(it) => {
            parts.push(line(&it.question));
            parts.push(it.speaker.clone());
            write_all(&it.children, level, parts);
        }
        Kind::Group(it) => write_all(it, level, parts),
        Kind::FootnoteDefinition(it) => write_all(&it.children, level, parts),
        Kind::Html(source) | Kind::Markdown(source) => parts.push(source.clone()),
        Kind::Unknown(unknown) => parts.extend(unknown.text.iter().cloned()),
        Kind::Definition(_) | Kind::ReferenceList(_) | Kind::FootnoteList(_) | Kind::Contents(_) => {}
    }
}

fn write_code(code: &Code, parts: &mut Vec<String>) {
    parts.push(indented(code.value.trim_end_matches('\n'), "    ", "    "));
    parts.push(line(&code.caption));
}

fn write_table(table: &Table, parts: &mut Vec<String>) {
    let row = |cells: &Vec<crate::article::TableCell>| {
        cells.iter().map(|cell| content(&cell.children).replace('\n', " ")).collect::<Vec<_>>().join(" | ")
    };
    parts.push(table.children.iter().map(|it| row(&it.children)).collect::<Vec<_>>().join("\n"));
    parts.push(line(&table.caption));
}

fn content(content: &Content) -> String {
    match content {
        Content::Inlines(inlines) => line(inlines),
        Content::Blocks(blocks) => joined(blocks, 6),
    }
}

fn attribution(inlines: &Inlines) -> String {
    if inlines.is_empty() { String::new() } else { format!("— {}", line(inlines)) }
}

fn bracketed(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("[{text}]") }
}

fn titled(title: &str, url: &str) -> String {
    if title.is_empty() { url.to_owned() } else { format!("{title} <{url}>") }
}

/// A run of text, with lines where it has them, and the addresses of its links to other sites.
fn line(inlines: &Inlines) -> String {
    let mut out = String::new();
    let mut run = Inlines::new();
    let flush = |run: &mut Inlines, out: &mut String| {
        push_inlines(run, out);
        run.0.clear();
    };
    for inline in inlines {
        match inline {
            Inline::Break(_) => {
                flush(&mut run, &mut out);
                out.push('\n');
            }
            Inline::FootnoteReference(reference) => {
                flush(&mut run, &mut out);
                out.push_str(&format!("[{}]", reference.identifier));
            }
            Inline::Link(link) if link.url.contains("://") && link.children.plain_text() != link.url => {
                flush(&mut run, &mut out);
                push_inlines(&link.children, &mut out);
                out.push_str(&format!(" <{}>", link.url));
            }
            other => run.push(other.clone()),
        }
    }
    flush(&mut run, &mut out);
    out.trim().to_owned()
}
