//! Text-level content.

use super::{Writer, mathml, media, notes};
use crate::article::{HighlightColor, Inline, Inlines, Link, Mention, Reference, Ruby, Span};
use crate::url::Use;

pub(super) fn write_all(w: &mut Writer<'_>, inlines: &Inlines) {
    for inline in inlines {
        write(w, inline);
    }
}

fn write(w: &mut Writer<'_>, inline: &Inline) {
    match inline {
        Inline::Text(text) => w.text(text),
        Inline::Emphasis(children) => element(w, "<em>", children, "</em>"),
        Inline::Strong(children) => element(w, "<strong>", children, "</strong>"),
        Inline::Delete(children) => element(w, "<del>", children, "</del>"),
        Inline::Insert(children) => element(w, "<ins>", children, "</ins>"),
        Inline::Underline(children) => element(w, "<u>", children, "</u>"),
        Inline::Subscript(children) => element(w, "<sub>", children, "</sub>"),
        Inline::Superscript(children) => element(w, "<sup>", children, "</sup>"),
        Inline::SmallCaps(children) => element(w, "<span class=\"r-smallcaps\">", children, "</span>"),
        Inline::Small(children) => element(w, "<small>", children, "</small>"),
        Inline::Mark(mark) => {
            w.raw("<mark");
            if mark.color != HighlightColor::Yellow {
                w.attribute("data-color", mark.color.as_str());
            }
            element(w, ">", &mark.children, "</mark>");
        }
        Inline::InlineCode(code) => {
            w.raw("<code dir=\"ltr\">");
            w.text(code);
            w.raw("</code>");
        }
        Inline::Keyboard(children) => element(w, "<kbd>", children, "</kbd>"),
        Inline::Sample(children) => element(w, "<samp>", children, "</samp>"),
        Inline::Variable(children) => element(w, "<var>", children, "</var>"),
        Inline::Quote(quote) => {
            w.raw("<q");
            if let Some(cite) = Writer::address(&quote.cite, Use::Link) {
                w.attribute("cite", &cite);
            }
            element(w, ">", &quote.children, "</q>");
        }
        Inline::CiteTitle(children) => element(w, "<cite>", children, "</cite>"),
        Inline::Abbreviation(abbreviation) => {
            w.raw("<abbr");
            w.attribute_if("title", &abbreviation.title);
            element(w, ">", &abbreviation.children, "</abbr>");
        }
        Inline::Time(time) => {
            w.raw("<time");
            if let Some(date) = &time.datetime {
                w.attribute("datetime", &date.to_string());
            }
            element(w, ">", &time.children, "</time>");
        }
        Inline::Link(link) => write_link(w, link),
        Inline::Image(image) => media::write_inline_image(w, image),
        Inline::Break(_) => w.raw("<br>"),
        Inline::WordBreak(_) => w.raw("<wbr>"),
        Inline::Math(math) => mathml::write(w, &math.mathml, &math.value, mathml::Display::Inline),
        Inline::FootnoteReference(reference) => notes::write_footnote_reference(w, reference),
        Inline::Citation(citation) => notes::write_citation(w, citation),
        Inline::CrossReference(reference) => write_cross_reference(w, reference),
        Inline::Span(span) => write_span(w, span),
        Inline::Ruby(ruby) => write_ruby(w, ruby),
        Inline::Mention(mention) => write_mention(w, mention),
        Inline::Html(source) => {
            w.raw("<code dir=\"ltr\" class=\"r-source\">");
            w.text(source);
            w.raw("</code>");
        }
        Inline::Unknown(unknown) => {
            for (index, text) in unknown.text.iter().enumerate() {
                if index > 0 {
                    w.raw(" ");
                }
                w.text(text);
            }
        }
    }
}

fn element(w: &mut Writer<'_>, open: &'static str, children: &Inlines, close: &'static str) {
    w.raw(open);
    write_all(w, children);
    w.raw(close);
}

fn write_link(w: &mut Writer<'_>, link: &Link) {
    let is_open = w.open_link(&link.url, "", &link.title);
    if link.children.is_empty() && is_open {
        w.text(&link.url);
    }
    write_all(w, &link.children);
    if is_open {
        w.close_link();
    }
}

fn write_cross_reference(w: &mut Writer<'_>, reference: &Reference) {
    let target = w.anchor(&reference.identifier);
    let is_open = match &target {
        Some(id) if !w.in_link => {
            w.raw("<a class=\"r-crossref\"");
            w.fragment(id);
            w.raw(">");
            w.in_link = true;
            true
        }
        _ => false,
    };
    if reference.children.is_empty() {
        let label = target.as_deref().and_then(|id| notes::label_of(w, id)).unwrap_or(&reference.identifier).to_owned();
        w.text(&label);
    } else {
        write_all(w, &reference.children);
    }
    if is_open {
        w.close_link();
    }
}

fn write_span(w: &mut Writer<'_>, span: &Span) {
    if span.id.is_empty() && span.lang.is_empty() && span.dir.is_none() {
        return write_all(w, &span.children);
    }
    let around = w.direction;
    w.raw("<span");
    w.id(&span.id);
    if !span.lang.is_empty() || span.dir.is_some() {
        w.language(&span.lang, span.dir);
    }
    element(w, ">", &span.children, "</span>");
    w.direction = around;
}

fn write_ruby(w: &mut Writer<'_>, ruby: &Ruby) {
    element(w, "<ruby>", &ruby.children, "<rp> (</rp>");
    element(w, "<rt>", &ruby.annotation, "</rt><rp>)</rp></ruby>");
}

fn write_mention(w: &mut Writer<'_>, mention: &Mention) {
    if w.open_link(&mention.url, "r-mention", "") {
        w.isolated(&mention.name);
        w.close_link();
    } else {
        w.raw("<span class=\"r-mention\">");
        w.isolated(&mention.name);
        w.raw("</span>");
    }
}
