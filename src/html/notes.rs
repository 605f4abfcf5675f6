//! Footnotes and references, and what leads to them.

use super::{Writer, block, footnote_id, footnote_reference_id, inline, reference_id, section};
use crate::article::{Block, Blocks, Citation, FootnoteReference, Inlines, Kind};

pub(super) fn write_footnote_reference(w: &mut Writer<'_>, reference: &FootnoteReference) {
    let index = place_of(&w.footnote_places, &reference.identifier);
    let number = index.map_or_else(String::new, |index| (index + 1).to_string());
    let label = match (reference.label.as_str(), number.as_str()) {
        ("", "") => reference.identifier.as_str(),
        ("", number) => number,
        (label, _) => label,
    };
    w.raw("<sup class=\"r-noteref\">");
    match index {
        Some(index) if !w.in_link => {
            let nth = w.references[index];
            w.references[index] += 1;
            w.raw("<a role=\"doc-noteref\"");
            w.id(&footnote_reference_id(index, nth));
            w.fragment(&footnote_id(index));
            let name = w.words().footnote;
            w.worded_attribute("aria-label", name, label);
            w.raw(">");
            w.text(label);
            w.raw("</a>");
        }
        _ => w.text(label),
    }
    w.raw("</sup>");
}

pub(super) fn write_citation(w: &mut Writer<'_>, citation: &Citation) {
    w.raw("<span class=\"r-citation\">");
    if citation.label.is_empty() {
        w.raw("[");
    }
    for (place, identifier) in citation.identifiers.iter().enumerate() {
        if place > 0 && !citation.label.is_empty() {
            break; // A label stands for all, and leads to the first.
        }
        if place > 0 {
            w.raw(", ");
        }
        let index = place_of(&w.reference_places, identifier);
        let number = index.map_or_else(|| identifier.clone(), |index| (index + 1).to_string());
        let text = if citation.label.is_empty() { &number } else { &citation.label };
        match index {
            Some(index) if !w.in_link => {
                w.raw("<a role=\"doc-biblioref\"");
                w.fragment(&reference_id(index));
                w.raw(">");
                w.text(text);
                w.raw("</a>");
            }
            _ => w.text(text),
        }
    }
    if citation.label.is_empty() {
        w.raw("]");
    } else if citation.identifiers.is_empty() {
        w.text(&citation.label);
    }
    w.raw("</span>");
}

/// Writes the footnotes, once: where the article asks for them, else at its end.
pub(super) fn write_footnotes(w: &mut Writer<'_>) {
    let Some(article) = w.article else { return };
    if w.footnotes_written || article.footnotes.0.is_empty() {
        return;
    }
    w.footnotes_written = true;
    let title = w.words().footnotes;
    open_list(w, "<section class=\"r-notes\" role=\"doc-endnotes\"", title);
    for (index, note) in article.footnotes.0.iter().enumerate() {
        w.raw("<li");
        w.id(&footnote_id(index));
        w.raw(">");
        // The way back belongs at the end of the last paragraph.
        let (last, before) = match note.children.split_last() {
            Some((Block { attributes, kind: Kind::Paragraph(paragraph) }, before)) => {
                (Some((attributes, paragraph)), before)
            }
            _ => (None, note.children.as_slice()),
        };
        for block in before {
            block::write(w, block);
        }
        if let Some((attributes, paragraph)) = last {
            block::open(w, "<p", attributes);
            inline::write_all(w, &paragraph.children);
            write_back_links(w, index);
            w.raw("</p>");
        } else {
            w.raw("<p>");
            write_back_links(w, index);
            w.raw("</p>");
        }
        w.raw("</li>");
    }
    w.raw("</ol></section>");
}

/// Links to each place that refers to a footnote. Their signs come from the style sheet, lettered if there are several.
fn write_back_links(w: &mut Writer<'_>, index: usize) {
    let count = w.references[index];
    for nth in 0..count {
        w.raw(" <a class=\"r-back\" role=\"doc-backlink\"");
        w.fragment(&footnote_reference_id(index, nth));
        let mut label = (index + 1).to_string();
        if count > 1 {
            let letter = char::from(b'a' + (nth % 26) as u8);
            w.attribute("data-letter", letter.encode_utf8(&mut [0; 4]));
            label.push(letter);
        }
        let name = w.words().back;
        w.worded_attribute("aria-label", name, &label);
        w.raw("></a>");
    }
}

/// Writes the references, once: where the article asks for them, else at its end.
pub(super) fn write_references(w: &mut Writer<'_>) {
    let Some(article) = w.article else { return };
    if w.references_written || article.references.is_empty() {
        return;
    }
    w.references_written = true;
    let title = w.words().references;
    open_list(w, "<section class=\"r-references\" role=\"doc-bibliography\"", title);
    for (index, entry) in article.references.iter().enumerate() {
        w.raw("<li");
        w.id(&reference_id(index));
        w.raw(">");
        inline::write_all(w, &entry.text);
        let doi = entry.doi.trim_start_matches("https://doi.org/").trim_start_matches("doi:");
        if !doi.is_empty() {
            w.raw(" ");
            let address = format!("https://doi.org/{doi}");
            w.link(&address, "r-doi", &address);
        } else if !entry.url.is_empty() {
            w.raw(" ");
            w.link(&entry.url, "r-doi", &entry.url);
        }
        w.raw("</li>");
    }
    w.raw("</ol></section>");
}

fn open_list(w: &mut Writer<'_>, tag: &'static str, title: &str) {
    w.raw(tag);
    w.attribute("aria-label", title);
    w.raw(">");
    let level = w.options.heading_level.saturating_add(1);
    section::write_heading(w, level, "", &Inlines::from(title));
    w.raw("<ol>");
}

/// What a part of the article is called: the title of a section, the label of a figure, the number of a formula.
pub(super) fn label_of<'w>(w: &'w Writer<'_>, id: &str) -> Option<&'w str> {
    let article = w.article?;
    let labels = w.labels.get_or_init(|| {
        let mut labels = Vec::new();
        collect_labels(&article.lead, &mut labels);
        collect_labels(&article.body, &mut labels);
        labels.sort_by_key(|(id, _)| *id);
        labels
    });
    let index = labels.binary_search_by_key(&id, |(id, _)| id).ok()?;
    Some(labels[index].1.as_str()).filter(|label| !label.is_empty())
}

fn collect_labels<'a>(blocks: &'a Blocks, labels: &mut Vec<(&'a str, String)>) {
    for block in blocks {
        let label = match &block.kind {
            Kind::Section(section) => section.title.plain_text(),
            Kind::Heading(heading) => heading.children.plain_text(),
            Kind::Figure(figure) => figure.label.clone(),
            Kind::Table(table) => table.caption.plain_text(),
            Kind::Math(math) if math.number.is_empty() => math.label.clone(),
            Kind::Math(math) => format!("({})", math.number),
            _ => String::new(),
        };
        if !label.is_empty() && !block.attributes.id.is_empty() {
            labels.push((&block.attributes.id, label));
        }
        match &block.kind {
            Kind::Section(section) => collect_labels(&section.children, labels),
            Kind::Figure(figure) => collect_labels(&figure.children, labels),
            Kind::Group(blocks) => collect_labels(blocks, labels),
            _ => {}
        }
    }
}

/// Names in order, each with its place in the list.
pub(super) fn places<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut places: Vec<_> = names.enumerate().map(|(place, name)| (name, place)).collect();
    places.sort_unstable();
    places
}

fn place_of(places: &[(&str, usize)], name: &str) -> Option<usize> {
    let first = places.partition_point(|(other, _)| *other < name);
    places.get(first).filter(|(other, _)| *other == name).map(|(_, place)| *place)
}
