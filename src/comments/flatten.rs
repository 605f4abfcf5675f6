//! A comment's Markdown -> the few tags that WordPress keeps of what anonymous visitors send: paragraphs are blank
//! lines, lists are lines with bullets, and code is code without its block.

use super::markdown;
use crate::article::{Blocks, Inline, Inlines, Kind, walk};
use crate::html::{escape_attribute, escape_text};

/// The text as WordPress takes it.
pub fn flattened(markdown: &str) -> String {
    let mut out = String::new();
    write_blocks(&markdown::blocks(markdown), &mut out);
    out.trim_end().to_owned()
}

fn write_blocks(blocks: &Blocks, out: &mut String) {
    for block in blocks {
        match &block.kind {
            Kind::Paragraph(paragraph) => write_inlines(&paragraph.children, out),
            Kind::Blockquote(quote) => {
                out.push_str("<blockquote>");
                write_blocks(&quote.children, out);
                out.truncate(out.trim_end().len());
                out.push_str("</blockquote>");
            }
            Kind::List(list) => {
                for (index, item) in list.children.iter().enumerate() {
                    match list.ordered {
                        true => out.push_str(&format!("{}. ", list.start.unwrap_or(1) as usize + index)),
                        false => out.push_str("• "),
                    }
                    write_blocks(&item.children, out);
                    out.truncate(out.trim_end().len());
                    out.push('\n');
                }
                out.truncate(out.trim_end().len());
            }
            Kind::Code(code) => {
                out.push_str("<code>");
                escape_text(&code.value, out);
                out.push_str("</code>");
            }
            _ => {}
        }
        out.push_str("\n\n");
    }
}

fn write_inlines(inlines: &Inlines, out: &mut String) {
    for inline in &inlines.0 {
        let tag = match inline {
            Inline::Text(text) => {
                escape_text(text, out);
                continue;
            }
            Inline::Break(_) => {
                out.push('\n');
                continue;
            }
            Inline::InlineCode(code) => {
                out.push_str("<code>");
                escape_text(code, out);
                out.push_str("</code>");
                continue;
            }
            Inline::Link(link) => {
                out.push_str("<a href=\"");
                escape_attribute(&link.url, out);
                // WordPress adds this, and knows a comment again only by the letters that it stored.
                out.push_str("\" rel=\"nofollow ugc\">");
                write_inlines(&link.children, out);
                out.push_str("</a>");
                continue;
            }
            Inline::Emphasis(_) => "em",
            Inline::Strong(_) => "strong",
            Inline::Delete(_) => "del",
            _ => "",
        };
        let mut inline = inline.clone();
        let Some(children) = walk::children(&mut inline) else { continue };
        if tag.is_empty() {
            write_inlines(children, out);
        } else {
            out.push_str(&["<", tag, ">"].concat());
            write_inlines(children, out);
            out.push_str(&["</", tag, ">"].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(flattened(markdown), expected);
    }

    #[test]
    fn paragraphs_and_marks() {
        check(
            "One *a* **b** ~~c~~ `d<e`\ntwo\n\nthree",
            "One <em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;e</code>\ntwo\n\nthree",
        );
        check("[x](https://a.b/?c=1&d=2)", "<a href=\"https://a.b/?c=1&amp;d=2\" rel=\"nofollow ugc\">x</a>");
    }

    #[test]
    fn lists_quotations_and_code() {
        check("- a\n- b", "• a\n• b");
        check("3. a\n4. b", "3. a\n4. b");
        check("> said\n\nyes", "<blockquote>said</blockquote>\n\nyes");
        check("```rust\nlet x = a < b;\n```", "<code>let x = a &lt; b;</code>");
    }

    #[test]
    fn tags_that_were_typed_stay_text() {
        check("<script>x()</script> & <b>b</b>", "&lt;script&gt;x()&lt;/script&gt; &amp; &lt;b&gt;b&lt;/b&gt;");
    }

    /// Whatever is typed: nothing but the few tags, each closed, and every letter of the words.
    #[test]
    fn any_mixture_of_marks_gives_sound_tags() {
        let pieces = [
            "*",
            "**",
            "`",
            "~~",
            "> ",
            "- ",
            "1. ",
            "\n",
            "\n\n",
            "```\n",
            "<b>",
            "&amp;",
            "ü",
            "🙂 ",
            "[x](https://a.b)",
            "<",
        ];
        let mut seed = 7_u32;
        for _ in 0..3000 {
            let mut markdown = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                markdown.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
            }
            let mut open = Vec::new();
            let html = flattened(&markdown);
            for tag in html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
                let name = tag.split(' ').next().unwrap_or_default();
                match name.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{markdown:?} became {html:?}"),
                    None => {
                        assert!(["em", "strong", "del", "code", "a", "blockquote"].contains(&name), "{html:?}");
                        open.push(name);
                    }
                }
            }
            assert!(open.is_empty(), "{markdown:?} became {html:?}");
            // What follows the fence of a block of code names its language.
            if !markdown.contains("~~~") && !markdown.contains("```") {
                assert_eq!(html.matches('🙂').count(), markdown.matches('🙂').count(), "{markdown:?} became {html:?}");
            }
        }
    }
}
