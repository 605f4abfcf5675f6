//! What each kind of content becomes.

use super::*;
use crate::article::normal::normalise;
use crate::json::{Value, json};
use crate::warning::Warnings;

fn article(envelope: &Value<'_>) -> Article {
    let read = Article::from_json(envelope.as_object().expect("an object"), &mut Warnings::default());
    normalise(read, &mut Warnings::default())
}

/// Checks what a body becomes.
#[track_caller]
fn check(body: impl Into<Value<'static>>, expect: &str) {
    let written = write(&article(&json!({"body": body.into()})));
    assert_eq!(written.trim_end(), expect, "{written}");
}

/// Checks what text-level content becomes.
#[track_caller]
fn check_line(children: Value<'_>, expect: &str) {
    check(json!([{"type": "paragraph", "children": children}]), expect);
}

#[test]
fn the_head_is_yaml_and_a_heading() {
    let written = write(&article(&json!({
        "title": ["A ", {"type": "emphasis", "children": "B"}], "subtitle": "S", "language": "en", "published": "2026-05-01",
        "authors": [{"name": "Ada \"A\" Kellner"}], "tags": ["x"], "body": ["text"],
    })));
    let expect = "---\ntitle: \"A B\"\nlang: \"en\"\ndate: \"2026-05-01\"\nauthors: [\"Ada \\\"A\\\" Kellner\"]\ntags: [\"x\"]\n---\n\n# A *B*\n\n*S*\n\ntext\n";
    assert_eq!(written, expect);
}

#[test]
fn sections_are_headings_by_their_depth() {
    let deep = (0..7).fold(json!(["x"]), |inside, _| json!([{"type": "section", "title": "T #", "children": inside}]));
    check(
        deep,
        "## T \\#\n\n### T \\#\n\n#### T \\#\n\n##### T \\#\n\n###### T \\#\n\n###### T \\#\n\n###### T \\#\n\nx",
    );
}

#[test]
fn marks_are_signs_where_markdown_sees_them() {
    let em = |children: &str| json!({"type": "emphasis", "children": children});
    let strong = |children: Value<'_>| json!({"type": "strong", "children": children});
    check_line(json!(["a ", em("b"), " c", strong(json!("d")), "."]), "a *b* c**d**.");
    check_line(json!([em(" b "), "c"]), "*b* c");
    check_line(json!(["a", em("(b)"), "c"]), "a<em>(b)</em>c");
    check_line(json!([strong(json!([em("a"), " b"]))]), "<strong>*a* b</strong>");
    check_line(json!([em("a"), strong(json!("b"))]), "<em>a</em>**b**");
    check_line(
        json!([{"type": "delete", "children": "a"}, " ", {"type": "keyboard", "children": "<b>"}]),
        r"~~a~~ <kbd>\<b></kbd>",
    );
    check_line(json!(["H", {"type": "subscript", "children": "2"}, "O"]), "H<sub>2</sub>O");
}

#[test]
fn links_and_pictures_keep_their_addresses() {
    check_line(
        json!([{"type": "link", "url": "https://a.example/b_(c)", "title": "t", "children": "d"}]),
        "[d](<https://a.example/b_(c)> \"t\")",
    );
    check_line(
        json!([{"type": "link", "url": "https://a.example/", "children": "https://a.example/"}]),
        "<https://a.example/>",
    );
    check_line(
        json!(["Look!", {"type": "link", "url": "https://a.example/", "children": "x"}]),
        r"Look\![x](https://a.example/)",
    );
    check(
        json!([{"type": "image", "url": "a b.png", "alt": "[x]", "link": "https://a.example/"}]),
        r"[![\[x\]](a%20b.png)](https://a.example/)",
    );
    check(
        json!([{"type": "figure", "label": "Figure 1", "children": [{"type": "image", "url": "a.png"}], "caption": "c"}]),
        "![](a.png)\n\n*Figure 1 c*",
    );
}

#[test]
fn lines_break_within_a_paragraph_only() {
    check_line(json!(["a", {"type": "break"}, "- b", {"type": "break"}]), "a\\\n\\- b");
    check(json!([{"type": "section", "title": ["a", {"type": "break"}, "b"], "children": ["x"]}]), "## a<br>b\n\nx");
    check(json!([{"type": "verse", "children": "a\n+ b"}]), "a\\\n\\+ b");
}

#[test]
fn breaks_at_the_ends_of_marks_stand_outside_of_them() {
    let strong = |children: Value<'_>| json!({"type": "strong", "children": children});
    let link = json!({"type": "link", "url": "https://a.example/", "children": " c"});
    let bold = json!([strong(json!(["a", {"type": "break"}])), link]);
    check_line(bold.clone(), "**a**\\\n[ c](https://a.example/)");
    check_line(json!(["x", strong(json!(["(a", {"type": "break"}, "b)"])), "y"]), "x<strong>(a<br>b)</strong>y");
    check_line(json!([{"type": "underline", "children": ["a", {"type": "break"}]}, "b"]), "<u>a<br></u>b");
    let written = write(&article(&json!({"body": [{"type": "paragraph", "children": bold}]})));
    let hint = crate::reader::Hint { name: "a.md", ..Default::default() };
    let read = crate::reader::read(written.as_bytes(), &hint, crate::markup::parse::parse).expect("an article");
    let expect = json!([{"type": "paragraph", "children": [
        strong(json!("a")), {"type": "break"}, {"type": "link", "url": "https://a.example/", "children": " c"},
    ]}]);
    assert_eq!(read.articles[0].to_json()["body"], expect);
}

#[test]
fn lists_nest_and_stay_apart() {
    let item = |children: Value<'_>| json!({"type": "listItem", "children": children});
    let list = |items: Value<'_>| json!({"type": "list", "children": items});
    check(
        json!([list(json!([item(json!(["a", list(json!([item(json!(["b"]))]))])), item(json!(["c"]))]))]),
        "- a\n  - b\n- c",
    );
    check(json!([list(json!([item(json!(["a"]))])), list(json!([item(json!(["b"]))]))]), "- a\n\n* b");
    check(
        json!([{"type": "list", "ordered": true, "start": 9, "children": [item(json!(["a", "b"])), item(json!(["c"]))]}]),
        "9. a\n\n   b\n\n10. c",
    );
    check(json!([list(json!([{"type": "listItem", "checked": true, "children": ["a"]}]))]), "- [x] a");
}

#[test]
fn tables_have_a_header_and_one_line_for_each_row() {
    let cell = |children: &str| json!({"type": "tableCell", "children": children});
    let row = |cells: Value<'_>| json!({"type": "tableRow", "children": cells});
    let wide = json!({"type": "tableCell", "children": "w", "colspan": 2});
    let tall = json!({"type": "tableCell", "children": "t", "rowspan": 2});
    check(
        json!([{"type": "table", "align": [null, "end"], "children": [row(json!([cell("a|b"), cell("c")])), row(json!([wide])), row(json!([tall, cell("d")])), row(json!([cell("e")]))]}]),
        "| a\\|b | c |\n| --- | --: |\n| w |  |\n| t | d |\n|  | e |",
    );
}

#[test]
fn code_and_formulas_stay_as_they_are() {
    check(json!([{"type": "code", "lang": "rust", "value": "a\n```\n"}]), "````rust\na\n```\n````");
    check(json!([{"type": "math", "value": "x^2"}]), "$$\nx^2\n$$");
    check_line(
        json!(["a ", {"type": "inlineMath", "value": "x_1"}, " ", {"type": "inlineCode", "value": "*"}]),
        "a $x_1$ `*`",
    );
}

#[test]
fn notes_stand_at_the_end_under_their_names() {
    let envelope = json!({"body": [{"type": "paragraph", "children": ["a", {"type": "footnoteReference", "identifier": "n"}]}],
        "footnotes": {"n": ["one", "two"]}});
    assert_eq!(write(&article(&envelope)), "a[^n]\n\n[^n]: one\n\n    two\n");
    let odd = json!({"body": [{"type": "paragraph", "children": ["a", {"type": "footnoteReference", "identifier": "n]"}]}],
        "footnotes": {"n]": "one"}});
    assert_eq!(write(&article(&odd)), "a[^1]\n\n[^1]: one\n");
}

#[test]
fn boxes_are_quotations_and_elements() {
    check(
        json!([{"type": "admonition", "kind": "danger", "title": "T", "children": ["a"]}]),
        "> [!CAUTION]\n> **T**\n>\n> a",
    );
    check(
        json!([{"type": "details", "summary": "S <", "children": ["# a"]}]),
        "<details>\n<summary>S &lt;</summary>\n\n\\# a\n\n</details>",
    );
    check(json!([{"type": "blockquote", "children": ["a", "b"], "attribution": "C"}]), "> a\n>\n> b\n>\n> — C");
}

#[test]
fn code_that_nobody_took_apart_is_shown_as_code() {
    let raw = Article {
        body: vec![crate::article::Block::new(crate::article::Kind::Html("<script>".to_owned()))].into(),
        ..Article::default()
    };
    assert_eq!(write(&raw), "```html\n<script>\n```\n");
    check(json!([{"type": "x-tide", "text": "*high*"}]), "\\*high\\*");
}
