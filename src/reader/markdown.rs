//! Markdown, with the extensions of GitHub, footnotes, formulas, definition lists, containers between colons and what
//! Obsidian adds; front matter tells about the article. HTML inside stays HTML here: it is resolved with that of all
//! other formats.

mod builder;
mod callout;
mod container;

use pulldown_cmark::{Event, Options, Parser};

use super::{Context, front_matter};
use crate::article::{Article, Blocks};
use builder::Builder;

/// Reads a Markdown file.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> Article {
    if text.contains('\r') {
        return read_lines(&text.replace("\r\n", "\n"), context);
    }
    read_lines(text, context)
}

fn read_lines(text: &str, context: &mut Context<'_>) -> Article {
    let Some((matter, rest)) = front_matter::split(text) else {
        return Article { body: blocks(text), ..Article::default() };
    };
    let mut article = context.envelope(&matter, &front_matter::SHAPE);
    article.body = blocks(rest);
    article
}

/// Whether text is so clearly Markdown that it is read as it: front matter, or several of its signs.
pub(super) fn is_markdown(text: &str) -> bool {
    if front_matter::split(text).is_some() {
        return true;
    }
    let (mut headings, mut fences, mut rows, mut strong) = (0, 0, false, false);
    let mut after_blank = true;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_heading = line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        let is_alone = after_blank && lines.peek().is_none_or(|next| next.trim().is_empty());
        headings += usize::from(is_heading && is_alone);
        fences += usize::from(line.starts_with("```"));
        rows |= line.starts_with("|-") || line.starts_with("| -") || line.starts_with("|:-");
        strong |= line.split("**").count() > 2;
        after_blank = line.trim().is_empty();
    }
    let links = ["](http", "](/", "](#", "](./", "]: http"].iter().any(|sign| text.contains(sign));
    let signs = [headings > 0, headings > 1, fences > 1, rows, strong, links];
    signs.into_iter().filter(|sign| *sign).count() > 1
}

/// Reads Markdown without front matter. Footnotes are blocks among the others; HTML is not resolved.
pub(super) fn blocks(text: &str) -> Blocks {
    match container::mark(text) {
        Some(marked) => build(&marked.text, Builder::new(text, marked.lines)),
        None => build(text, Builder::new(text, Vec::new())),
    }
}

fn build<'t>(text: &'t str, mut builder: Builder<'t>) -> Blocks {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        // "$5-$6" are prices.
        let is_price = || text[range.end..].starts_with(|next: char| next.is_ascii_digit());
        match event {
            Event::InlineMath(_) if is_price() => builder.text(&text[range]),
            event => builder.event(event),
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::json::Json;
    use crate::json::{Value, json};

    #[track_caller]
    fn check(text: &str, expect: &Value<'_>) {
        assert_eq!(&blocks(text).write(), expect);
    }

    #[test]
    fn tables_have_alignments_and_marks_in_cells() {
        check(
            "| a | b |\n|:-:|---|\n| *c* | |\n",
            &json!([{"type": "table", "align": ["center", null], "children": [
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "a"}, {"type": "tableCell", "children": "b"},
                ]},
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": [{"type": "emphasis", "children": "c"}]}, {"type": "tableCell"},
                ]},
            ]}]),
        );
    }

    #[test]
    fn lists_have_tasks_and_blocks() {
        check(
            "3. [x] a\n\n   b\n4. [ ] c\n",
            &json!([{"type": "list", "ordered": true, "start": 3, "spread": true, "children": [
                {"type": "listItem", "checked": true, "children": [
                    {"type": "paragraph", "children": "a"}, {"type": "paragraph", "children": "b"},
                ]},
                {"type": "listItem", "checked": false, "children": [{"type": "paragraph", "children": "c"}]},
            ]}]),
        );
        check(
            "- a\n  - b\n",
            &json!([{"type": "list", "children": [{"type": "listItem", "children": [
                {"type": "paragraph", "children": "a"},
                {"type": "list", "children": [
                    {"type": "listItem", "children": [{"type": "paragraph", "children": "b"}]},
                ]},
            ]}]}]),
        );
    }

    #[test]
    fn alerts_definitions_and_footnotes_are_what_they_are() {
        check(
            "> [!TIP]\n> a\n\nterm\n: meaning\n\nb[^N]\n\n[^n]: note\n",
            &json!([
                {"type": "admonition", "kind": "tip", "children": [{"type": "paragraph", "children": "a"}]},
                {"type": "definitionList", "children": [{"type": "definitionItem", "terms": ["term"], "definitions": [
                    [{"type": "paragraph", "children": "meaning"}],
                ]}]},
                {"type": "paragraph", "children": ["b", {"type": "footnoteReference", "identifier": "n"}]},
                {"type": "footnoteDefinition", "identifier": "n", "children": [
                    {"type": "paragraph", "children": "note"},
                ]},
            ]),
        );
    }

    #[test]
    fn containers_between_colons_are_boxes() {
        let words = |words: &str| json!({"type": "paragraph", "children": words});
        let note = |kind: &str, title: Value<'static>, children: Value<'static>| {
            let mut note = json!({"type": "admonition"});
            if kind != "note" {
                note["kind"] = json!(kind);
            }
            if !title.is_null() {
                note["title"] = title;
            }
            note["children"] = children;
            note
        };
        check(
            ":::note A *b*\nc\n:::\nd\n::: warning\ne\n\n- f\n\n  :::tip[g]\n  h\n  :::\n\ni\n:::\n",
            &json!([
                note("note", json!(["A ", {"type": "emphasis", "children": "b"}]), json!([words("c")])),
                words("d"),
                note(
                    "warning",
                    Value::Null,
                    json!([
                        words("e"),
                        {"type": "list", "spread": true, "children": [{"type": "listItem", "children": [
                            words("f"), note("tip", json!("g"), json!([words("h")])),
                        ]}]},
                        words("i"),
                    ])
                ),
            ]),
        );
        check(
            "::::details S\n::: {.callout-caution}\n## T\na\n\n| b |\n|---|\n| c |\n:::\n::::\n> :::danger\n> d\n> :::\n",
            &json!([
                {"type": "details", "summary": "S", "children": [note("caution", json!("T"), json!([
                    words("a"),
                    {"type": "table", "children": [
                        {"type": "tableRow", "children": [{"type": "tableCell", "children": "b"}]},
                        {"type": "tableRow", "children": [{"type": "tableCell", "children": "c"}]},
                    ]},
                ]))]},
                {"type": "blockquote", "children": [note("danger", Value::Null, json!([words("d")]))]},
            ]),
        );
        check(
            "::: code-group Both\n```\n:::tip\n:::\n```\n:::\n\n    :::tip\n    :::\n\n:::info\n",
            &json!([
                words_in_bold("Both"), {"type": "code", "value": ":::tip\n:::"},
                {"type": "code", "value": ":::tip\n:::"}, words(":::info"),
            ]),
        );
    }

    fn words_in_bold(words: &str) -> Value<'static> {
        json!({"type": "paragraph", "children": [{"type": "strong", "children": words}]})
    }

    #[test]
    fn callouts_have_kinds_and_titles() {
        let words = |words: &str| json!({"type": "paragraph", "children": words});
        check(
            "> [!warning]- A *b*\n> c\n> > [!tip] d\n> > e\n\n> [!INFO]\n> f\n\n> [!bug]\n> - g\n\n> [!NOTE] h\n",
            &json!([
                {"type": "admonition", "kind": "warning", "title": ["A ", {"type": "emphasis", "children": "b"}],
                 "collapsible": true, "children": [
                    words("c"), {"type": "admonition", "kind": "tip", "title": "d", "children": [words("e")]},
                ]},
                {"type": "admonition", "kind": "info", "children": [words("f")]},
                {"type": "admonition", "kind": "danger", "title": "Bug", "children": [
                    {"type": "list", "children": [{"type": "listItem", "children": [words("g")]}]},
                ]},
                {"type": "admonition", "title": "h"},
            ]),
        );
        check("> a\n> [!info] b\n", &json!([{"type": "blockquote", "children": [words("a [!info] b")]}]));
        check(
            "> [!a](b) c\n",
            &json!([{"type": "blockquote", "children": [{"type": "paragraph", "children": [
                {"type": "link", "url": "b", "children": "!a"}, " c",
            ]}]}]),
        );
    }

    #[test]
    fn links_of_obsidian_are_their_words() {
        let line = |text: &str, expect: &str| check(text, &json!([{"type": "paragraph", "children": expect}]));
        line("See [[a page|the words]], [[Page#Part]].", "See the words, Page > Part.");
        line("x[[1]] [[ -f y ]] [[2]] ![[z.png]]", "x[[1]] [[ -f y ]] [[2]] ![[z.png]]");
        line("\\[\\[z\\]\\]", "[[z]]");
        let note = json!([{"type": "admonition", "title": "a", "children": [{"type": "paragraph", "children": "c"}]}]);
        check("> [!note] [[b|a]]\n> c\n", &note);
        check(":::note [[a]]\nc\n:::\n", &note);
        check(
            "`[[a]]` [[1]](https://a.example/)\n",
            &json!([{"type": "paragraph", "children": [
                {"type": "inlineCode", "value": "[[a]]"}, " ",
                {"type": "link", "url": "https://a.example/", "children": "[1]"},
            ]}]),
        );
    }

    #[test]
    fn formulas_are_told_from_prices_and_raised_text_from_powers() {
        check(
            "$5-$6, x^2 + y^2, $a^2$, 1^st^, H~2~O, ~~x~~\n\n$$\nb\n$$\n",
            &json!([
                {"type": "paragraph", "children": [
                    "$5-$6, x^2 + y^2, ", {"type": "inlineMath", "value": "a^2"}, ", 1",
                    {"type": "superscript", "children": "st"}, ", H", {"type": "subscript", "children": "2"}, "O, ",
                    {"type": "delete", "children": "x"},
                ]},
                {"type": "math", "value": "b"},
            ]),
        );
    }

    #[test]
    fn code_has_its_language_and_headings_their_attributes() {
        check(
            "## A {#b .c}\n\n```rust,ignore\nfn\n\n```\n\n~~~ {.py .n}\n~~~\n",
            &json!([
                {"type": "heading", "id": "b", "class": ["c"], "depth": 2, "children": "A"},
                {"type": "code", "lang": "rust", "meta": "ignore", "value": "fn\n"},
                {"type": "code", "lang": "py", "meta": "{.py .n}"},
            ]),
        );
        for (info, lang) in [
            ("{r setup, echo=FALSE}", "r"),
            ("{python}", "python"),
            ("{#id .haskell}", "haskell"),
            ("{code-cell} ipython3", "ipython3"),
            ("{linenos=true}", ""),
            ("js:app.js", "js"),
            ("js {1,3}", "js"),
            ("go{1}", "go"),
            ("js title=\"a.js\"", "js"),
            ("c++", "c++"),
            ("c#", "c#"),
            ("objective-c", "objective-c"),
        ] {
            assert_eq!(
                blocks(&format!("```{info}\na\n```\n")).write()[0]
                    .get("lang")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
                lang,
                "{info}"
            );
        }
    }

    #[test]
    fn paragraphs_of_pictures_are_pictures() {
        check(
            "[![a](b.png \"t\")](c)\n![](d.png)\n",
            &json!([
                {"type": "image", "url": "b.png", "alt": "a", "title": "t", "link": "c"},
                {"type": "image", "url": "d.png"},
            ]),
        );
    }

    #[test]
    fn addresses_are_links_and_those_of_players_are_embeds() {
        let link = |url: &str| json!({"type": "link", "url": url, "children": url});
        check(
            "(https://a.example/b_(c)). [https://d.example](https://e.example)\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n",
            &json!([
                {"type": "paragraph", "children": [
                    "(", link("https://a.example/b_(c)"), "). ",
                    {"type": "link", "url": "https://e.example", "children": "https://d.example"},
                ]},
                {"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=abcdefghijk",
                 "embedUrl": "https://www.youtube-nocookie.com/embed/abcdefghijk"},
            ]),
        );
    }

    #[test]
    fn formulas_in_headings_stay_there() {
        check(
            "# a $$b$$\n",
            &json!([{"type": "heading", "depth": 1, "children": ["a ", {"type": "inlineMath", "value": "b"}]}]),
        );
    }

    #[test]
    fn deep_nesting_joins_what_is_around_it() {
        let deep = format!("{}a\n\n{}\n", "> ".repeat(5000), "*a **b ".repeat(3000));
        assert!(blocks(&deep).write().to_string().contains("\"a\""));
        assert!(blocks(&"- ".repeat(3000)).len() < 3000);
    }

    #[test]
    fn html_in_lines_is_resolved_with_the_text_around_it() {
        crate::reader::check(
            &json!({"articleJson": "1.0", "title": "T", "body": {"markdown": "a<br>b <i>c *d*</i> <b>e\n\n| f<br>g |\n|-|\n"}}),
            crate::reader::Format::Native,
            &json!({"body": [
                {"type": "paragraph", "children": [
                    "a", {"type": "break"}, "b ",
                    {"type": "emphasis", "children": ["c ", {"type": "emphasis", "children": "d"}]}, " ",
                    {"type": "strong", "children": "e"},
                ]},
                {"type": "table", "children": [{"type": "tableRow", "children": [
                    {"type": "tableCell", "children": ["f", {"type": "break"}, "g"]},
                ]}]},
            ]}),
        );
    }

    #[test]
    fn front_matter_says_what_the_article_is() {
        let text = "---\ntitle: T\ncover:\n  image: /i.png\n  alt: I\nauthors: [A, B]\n---\na";
        let hint = crate::reader::Hint { name: "a.md", url: "https://s.example/a.md", ..Default::default() };
        let reading = crate::reader::read(text.as_bytes(), &hint, crate::markup::parse::parse).expect("an article");
        let article = reading.articles[0].to_json();
        assert_eq!(article["hero"], json!({"src": "https://s.example/i.png", "alt": "I"}));
        assert_eq!((&article["title"], &article["authors"]), (&json!("T"), &json!([{"name": "A"}, {"name": "B"}])));
    }

    #[test]
    fn bombs_are_read_in_time() {
        const MANY: usize = 20_000;
        let bombs = [
            "http://a",
            "(http://a)",
            " https://a))))",
            "a^b~c",
            "[a](",
            "*_",
            "$a$1",
            "![",
            "<b>",
            "|a",
            "&amp;",
            "[^1]",
            "[[",
            "> [!a] b\n\n",
            ":::a\n",
            ":::a b\n:::\n",
        ];
        for bomb in bombs {
            assert!(!blocks(&bomb.repeat(MANY)).is_empty(), "{bomb}");
        }
        assert!(!blocks(&format!("https://a/{}", ")".repeat(MANY))).is_empty());
        assert!(!blocks(&"[^1]: a\n\n".repeat(MANY)).is_empty());
        assert!(front_matter::split(&format!("---\n{}---\n", "a:\n - b:\n".repeat(MANY))).is_some());
    }

    #[test]
    fn clear_markdown_is_told_from_text() {
        for text in
            ["---\ntitle: a\n---\n", "# A\n\nb\n\n# C\n\nd", "# A\n\n[b](https://c.example)", "```\na\n```\n**b**"]
        {
            assert!(is_markdown(text), "{text}");
        }
        for text in ["# a\n# b\nx = 1", "a\n---\nb", "#hash [a]", "2 ** 3 ** 4", "* a\n* b"] {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
