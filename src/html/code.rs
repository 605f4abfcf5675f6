//! Blocks of code.

use super::{Writer, inline};
use crate::article::{Attributes, Code};

pub(super) fn write(w: &mut Writer<'_>, attributes: &Attributes, code: &Code) {
    w.raw("<figure class=\"r-code\"");
    w.attributes(attributes);
    w.raw("><div class=\"r-code-bar\">");
    if !code.filename.is_empty() {
        w.raw("<span class=\"r-code-file\" dir=\"ltr\">");
        w.text(&code.filename);
        w.raw("</span>");
    }
    if !code.lang.is_empty() {
        w.raw("<span class=\"r-code-language\">");
        w.text(&code.lang);
        w.raw("</span>");
    }
    let words = w.words();
    if w.has_controls() {
        w.raw("<button type=\"button\" data-action=\"copy\">");
        w.text(words.copy);
        w.raw("</button>");
    }
    w.raw("</div><pre dir=\"ltr\" tabindex=\"0\" role=\"group\"");
    w.attribute("aria-label", if code.filename.is_empty() { words.code } else { &code.filename });
    if code.show_line_numbers {
        w.raw(" data-numbered");
    }
    w.raw("><code");
    w.attribute_if("data-language", &code.lang);
    w.raw(">");
    write_lines(w, code);
    w.raw("</code></pre>");
    if !code.caption.is_empty() {
        w.raw("<figcaption>");
        inline::write_all(w, &code.caption);
        w.raw("</figcaption>");
    }
    w.raw("</figure>");
}

/// Lines are elements only where something is said about them. Numbers come from the style sheet, so that copied
/// code has none.
fn write_lines(w: &mut Writer<'_>, code: &Code) {
    let value = code.value.strip_suffix('\n').unwrap_or(&code.value);
    if !code.show_line_numbers && code.emphasize_lines.is_empty() {
        return w.text(value);
    }
    let mut emphasized = code.emphasize_lines.clone();
    emphasized.sort_unstable();
    let first = code.starting_line_number.unwrap_or(1);
    for (index, line) in value.split('\n').enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        if index > 0 {
            w.raw("\n");
        }
        w.raw("<span class=\"r-line\"");
        if code.show_line_numbers {
            w.number("data-line", first.saturating_add(index));
        }
        if emphasized.binary_search(&index.saturating_add(1)).is_ok() {
            w.raw(" data-emphasis");
        }
        w.raw(">");
        w.text(line);
        w.raw("</span>");
    }
}
