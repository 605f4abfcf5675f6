//! The HTML of a comment from a server -> markup of ours: text, marks, links, lists, quotations, code. Pictures and
//! whatever else would ask another server for something are left out, their words stay.

use crate::article::{Block, Blocks, Inline, Inlines, Kind, walk};
use crate::html::{self, SafeHtml};
use crate::markup::{self, ParseHtml};
use crate::warning::Warnings;

/// Makes markup of ours of a comment's HTML.
pub fn html(foreign: &str, parse: ParseHtml) -> SafeHtml {
    let mut blocks = markup::blocks(foreign, parse, &mut Warnings::default()).blocks;
    keep_blocks(&mut blocks);
    html::foreign_blocks(&blocks)
}

fn keep_blocks(blocks: &mut Blocks) {
    let mut kept = Vec::new();
    for mut block in std::mem::take(&mut blocks.0) {
        block.attributes = Default::default();
        let is_kept = matches!(
            block.kind,
            Kind::Paragraph(_)
                | Kind::Blockquote(_)
                | Kind::List(_)
                | Kind::Code(_)
                | Kind::ThematicBreak(_)
                | Kind::Table(_)
                | Kind::Verse(_)
        );
        let mut inside = Vec::new();
        walk::parts(&mut block, &mut |part| match part {
            walk::Part::Inlines(inlines) => {
                keep_inlines(inlines);
                if !is_kept && !inlines.0.is_empty() {
                    inside.push(Block::paragraph(std::mem::take(inlines)));
                }
            }
            walk::Part::Blocks(blocks) => {
                keep_blocks(blocks);
                if !is_kept {
                    inside.append(&mut blocks.0);
                }
            }
        });
        if is_kept { kept.push(block) } else { kept.append(&mut inside) }
    }
    blocks.0 = kept;
}

fn keep_inlines(inlines: &mut Inlines) {
    let mut kept = Vec::new();
    for mut inline in std::mem::take(&mut inlines.0) {
        if let Some(children) = walk::children(&mut inline) {
            keep_inlines(children);
        }
        match inline {
            Inline::Image(image) => kept.extend((!image.alt.is_empty()).then_some(Inline::Text(image.alt))),
            Inline::Link(link) if !is_address(&link.url) => kept.extend(link.children.0),
            Inline::FootnoteReference(_) | Inline::Citation(_) | Inline::Html(_) | Inline::Unknown(_) => {}
            other => kept.push(other),
        }
    }
    inlines.0 = kept;
}

/// Others would be addresses of this site, which the server knows nothing of.
fn is_address(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(foreign: &str, expected: &str) {
        assert_eq!(html(foreign, markup::parse::parse).as_str(), expected);
    }

    #[test]
    fn marks_of_servers_stay() {
        check("<p>hello <em>world</em> &lt;b&gt;</p>", "<p dir=\"auto\">hello <em>world</em> &lt;b&gt;</p>");
        check(
            "<p><a href=\"https://x.y\" rel=\"nofollow\" style=\"x\" onclick=\"y()\" id=z>x</a></p>",
            "<p dir=\"auto\"><a href=\"https://x.y/\" rel=\"nofollow ugc noopener\">x</a></p>",
        );
        assert!(
            html("<ul><li>a</li></ul><blockquote><p>b</p></blockquote><pre><code>c</code></pre>", markup::parse::parse)
                .as_str()
                .contains("<li>")
        );
    }

    #[test]
    fn nothing_asks_another_server_for_anything() {
        for foreign in [
            "<p>a <img src=https://third.example/a.png alt=face> b</p>",
            "<figure><img src=https://third.example/a.png><figcaption>said</figcaption></figure>",
            "<iframe src=https://third.example/></iframe><p>x</p>",
            "<video src=https://third.example/a.mp4 poster=https://third.example/p.png></video>",
            "<svg><image href=https://third.example/a.svg></svg><p>y</p>",
            "<audio src=https://third.example/a.mp3></audio><object data=https://third.example/></object>",
            "<p style=\"background:url(https://third.example/)\">z</p>",
            "[embed]https://third.example/v[/embed]",
        ] {
            let html = html(foreign, markup::parse::parse);
            for part in ["<img", "<iframe", "<video", "<audio", "src=", "style", "<svg", "<object"] {
                assert!(!html.as_str().contains(part), "{foreign} became {}", html.as_str());
            }
        }
    }

    #[test]
    fn hostile_links_are_text() {
        for url in ["javascript:alert(1)", "1", "/login", "data:text/html,x", "#x", "//third.example"] {
            let html = html(&format!("<p><a href=\"{url}\">x</a></p>"), markup::parse::parse);
            assert!(!html.as_str().contains("<a"), "{url}: {}", html.as_str());
        }
    }
}
