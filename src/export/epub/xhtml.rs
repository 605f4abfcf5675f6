//! The markup that `html` writes -> the same in XML, with what a book may not have made a link or text.
//!
//! That markup is known: names in lower case, values in double quotes, four character references, every element
//! closed. So it is read tag by tag, and what is written names an element only if that one did.

use std::collections::BTreeSet;

use super::address::{fragment, is_language, of_the_web};
use super::picture::{self, Picture};
use crate::export::xml::{attribute, escape};
use crate::html::SafeHtml;

/// The text of a book.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What stands inside of its article.
    pub(super) markup: String,
    /// The pictures in it.
    pub(super) pictures: Vec<Picture>,
    /// There are formulas, which books have to say.
    pub(super) holds_mathml: bool,
    ids: BTreeSet<String>,
}

impl Body {
    /// Whether something in the text has this id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

/// Elements that have no content.
const VOID: &[&str] = &["br", "hr", "img", "input", "source", "track", "wbr"];

/// Attributes that are for browsers only.
const LEFT_OUT: &[&str] =
    &["tabindex", "srcset", "sizes", "loading", "decoding", "referrerpolicy", "fetchpriority", "target"];

/// What stands where a picture of the web stood, if it has no words of its own.
const PICTURE: &str = "Picture";

/// Converts markup.
pub(super) fn body(html: &SafeHtml) -> Body {
    let html = html.as_str();
    let mut writer = Writer { body: Body { ids: ids(html), ..Body::default() }, in_link: false, in_player: false };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        writer.text(&rest[..start]);
        let Some(end) = tag_end(&rest[start..]) else { break };
        writer.tag(&rest[start + 1..start + end]);
        rest = &rest[start + end + 1..];
    }
    writer.text(rest);
    writer.body
}

/// A tag's attributes, without character references.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn read(text: &str) -> Self {
        let mut all = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let end = rest.find([' ', '=']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            rest = after;
            let mut value = "";
            if let Some(quoted) = after.strip_prefix("=\"") {
                (value, rest) = quoted.split_once('"').unwrap_or((quoted, ""));
            }
            all.push((name.to_owned(), plain(value)));
            rest = rest.trim_start_matches([' ', '=']);
        }
        Self(all)
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

struct Writer {
    body: Body,
    in_link: bool,
    /// Within a player, of which only the link inside stays.
    in_player: bool,
}

impl Writer {
    /// Text as it is: its character references are those of XML, too.
    fn text(&mut self, text: &str) {
        if !text.contains(['\u{FFFE}', '\u{FFFF}']) {
            self.body.markup.push_str(text);
        } else {
            self.body.markup.extend(text.chars().filter(|letter| !matches!(letter, '\u{FFFE}' | '\u{FFFF}')));
        }
    }

    fn tag(&mut self, tag: &str) {
        let out = &mut self.body.markup;
        if let Some(name) = tag.strip_prefix('/') {
            match name {
                "a" => self.in_link = false,
                "video" | "audio" => {
                    self.in_player = false;
                    return;
                }
                _ => {}
            }
            out.push_str("</");
            out.push_str(name);
            out.push('>');
            return;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let attributes = Attributes::read(attributes);
        match name {
            "img" => return self.image(&attributes),
            "video" | "audio" => {
                self.in_player = true;
                return;
            }
            "source" | "track" if self.in_player => return,
            "a" => self.in_link = true,
            "math" => self.body.holds_mathml = true,
            _ => {}
        }
        self.body.markup.push('<');
        self.body.markup.push_str(name);
        if name == "math" {
            self.body.markup.push_str(" xmlns=\"http://www.w3.org/1998/Math/MathML\"");
        }
        for (key, value) in &attributes.0 {
            self.attribute(key, value);
        }
        self.body.markup.push_str(if VOID.contains(&name) { "/>" } else { ">" });
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if LEFT_OUT.contains(&name) || (name == "lang" && !is_language(value)) {
            return;
        }
        let value = match name {
            "href" => match self.address(value) {
                Some(address) => address,
                None => return,
            },
            // What has no value has its name as one.
            "reversed" | "open" => name.to_owned(),
            _ => value.to_owned(),
        };
        let out = &mut self.body.markup;
        let mut write = |name: &str| {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(&value, out);
            out.push('"');
        };
        write(name);
        match (name, value.strip_prefix("doc-")) {
            ("lang", _) => write("xml:lang"),
            // Reading programs show notes beside their references where this says so.
            ("role", Some(kind @ ("noteref" | "backlink" | "biblioref"))) => {
                out.push_str(&format!(" epub:type=\"{kind}\""));
            }
            _ => {}
        }
    }

    /// An address that leads somewhere from inside of a book: to a place in it, or to the web.
    fn address(&self, address: &str) -> Option<String> {
        if let Some(id) = address.strip_prefix('#') {
            return self.body.has_id(id).then(|| format!("#{}", fragment(id)));
        }
        of_the_web(address)
    }

    fn image(&mut self, attributes: &Attributes) {
        let class = attributes.get("class");
        if class == "r-when-dark" {
            return;
        }
        let (source, alt) = (attributes.get("src"), attributes.get("alt"));
        if let Some(picture) = picture::of_address(source, self.body.pictures.len() + 1) {
            let out = &mut self.body.markup;
            out.push_str("<img");
            attribute("src", &picture.name, out);
            // Where there are no words for it, that is said.
            out.push_str(" alt=\"");
            escape(alt, out);
            out.push('"');
            for name in ["width", "height"] {
                attribute(name, attributes.get(name), out);
            }
            out.push_str("/>");
            self.body.pictures.push(picture);
            return;
        }
        // Small pictures without words are ornaments.
        if alt.is_empty() && class == "r-inline-image" {
            return;
        }
        let address = of_the_web(source).filter(|_| !self.in_link);
        let out = &mut self.body.markup;
        match &address {
            Some(address) => {
                out.push_str("<a class=\"r-no-image\"");
                attribute("href", address, out);
            }
            None => out.push_str("<span class=\"r-no-image\""),
        }
        out.push('>');
        escape(if alt.trim().is_empty() { PICTURE } else { alt }, out);
        out.push_str(if address.is_some() { "</a>" } else { "</span>" });
    }
}

/// Where the tag ends that `text` begins with.
fn tag_end(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b'>' && !is_quoted
    })
}

/// The ids in markup.
fn ids(html: &str) -> BTreeSet<String> {
    let values = html.split(" id=\"").skip(1);
    values.filter_map(|rest| rest.split_once('"')).map(|(id, _)| plain(id)).collect()
}

/// Text without character references.
fn plain(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::json::Json;
    use crate::json::json;
    use crate::warning::Warnings;

    fn body_of(html: &str) -> Body {
        body(&SafeHtml::read(&json!(html), &mut Warnings::default()).expect("markup"))
    }

    #[track_caller]
    fn check(html: &str, expect: &str) {
        assert_eq!(body_of(html).markup, expect);
    }

    #[test]
    fn markup_becomes_well_formed() {
        check("<p lang=\"de\">a<br>b &amp; c<wbr></p>", "<p lang=\"de\" xml:lang=\"de\">a<br/>b &amp; c<wbr/></p>");
        check("<ol reversed start=\"3\"><li>a</li></ol>", "<ol reversed=\"reversed\" start=\"3\"><li>a</li></ol>");
        check("<p title=\"a > b &quot;\" tabindex=\"0\">x</p>", "<p title=\"a &gt; b &quot;\">x</p>");
        check("a\u{FFFF}b", "ab");
    }

    #[test]
    fn links_lead_somewhere_or_are_text() {
        check("<p id=\"a b\"></p><a href=\"#a b\">x</a>", "<p id=\"a b\"></p><a href=\"#a%20b\">x</a>");
        check("<a href=\"#gone\">x</a><a href=\"b.html\">y</a>", "<a>x</a><a>y</a>");
        check("<a href=\"//example.org/\">x</a>", "<a href=\"https://example.org/\">x</a>");
    }

    #[test]
    fn pictures_of_the_web_are_links() {
        check(
            "<img src=\"https://example.org/a.png\" alt=\"A\" loading=\"lazy\">",
            "<a class=\"r-no-image\" href=\"https://example.org/a.png\">A</a>",
        );
        check(
            "<a href=\"https://example.org/\"><img src=\"https://example.org/a.png\" alt=\"\"></a>",
            "<a href=\"https://example.org/\"><span class=\"r-no-image\">Picture</span></a>",
        );
        check("<img class=\"r-inline-image\" src=\"a.png\" alt=\"\">", "");
    }

    #[test]
    fn players_become_the_link_in_them() {
        check(
            "<video controls><source src=\"https://example.org/a.mp4\"><a href=\"https://example.org/a.mp4\">Get it</a></video>",
            "<a href=\"https://example.org/a.mp4\">Get it</a>",
        );
    }

    #[test]
    fn formulas_are_told() {
        let body = body_of("<math><mi>x</mi></math>");
        assert!(body.holds_mathml);
        assert_eq!(body.markup, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi></math>");
    }
}
