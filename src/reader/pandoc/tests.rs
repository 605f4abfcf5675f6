//! Documents of Pandoc -> articles.

use crate::json::{Value, json};
use crate::reader::{Format, check};

fn string(text: &str) -> Value<'static> {
    json!({"t": "Str", "c": text})
}

#[track_caller]
fn check_blocks(blocks: Value<'_>, expect: &Value<'_>) {
    let document = json!({"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks});
    check(&document, Format::Pandoc, expect);
}

#[test]
fn metadata_is_of_many_types() {
    let inlines = |text: &str| json!({"t": "MetaInlines", "c": [string(text)]});
    let person = |name: Value<'static>| json!({"t": "MetaMap", "c": {"name": {"t": "MetaMap", "c": name}}});
    check(
        &json!({"pandoc-api-version": [1, 22], "blocks": [{"t": "Para", "c": [string("a")]}], "meta": {
            "title": inlines("T"), "author": {"t": "MetaList", "c": [inlines("A"), {"t": "MetaMap", "c": {"name": inlines("B")}}, person(json!({"literal": inlines("C")})),
                person(json!({"given": inlines("D"), "family": inlines("E")}))]},
            "date": {"t": "MetaString", "c": "16 October 2024"}, "lang": inlines("de"),
            "abstract": {"t": "MetaBlocks", "c": [{"t": "Para", "c": [string("s")]}]},
        }}),
        Format::Pandoc,
        &json!({
            "title": "T", "authors": [{"name": "A"}, {"name": "B"}, {"name": "C"}, {"name": "D E"}], "published": "2024-10-16", "language": "de",
            "lead": [{"type": "paragraph", "children": "s"}], "body": [{"type": "paragraph", "children": "a"}],
        }),
    );
}

#[test]
fn words_are_joined_and_notes_leave_the_text() {
    let quoted = json!({"t": "Quoted", "c": [{"t": "DoubleQuote"}, [string("q")]]});
    let note = json!({"t": "Note", "c": [{"t": "Para", "c": [string("n")]}]});
    let link = json!({"t": "Link", "c": [["", [], []], [string("l")], ["https://l.example/", "r"]]});
    let math = json!({"t": "Math", "c": [{"t": "DisplayMath"}, "x"]});
    check_blocks(
        json!([{"t": "Para", "c": [string("a"), {"t": "Space"}, quoted, note, link, math, {"t": "New", "c": [string("w")]}]}]),
        &json!({
            "body": [
                {"type": "paragraph", "children": [
                    "a “q”", {"type": "footnoteReference", "identifier": "1"},
                    {"type": "link", "url": "https://l.example/", "title": "r", "children": "l"},
                ]},
                {"type": "math", "value": "x"},
                {"type": "paragraph", "children": "w"},
            ],
            "footnotes": {"1": [{"type": "paragraph", "children": "n"}]},
            "warnings": ["/blocks/0 unknown inline `New`; shown as text"],
        }),
    );
}

#[test]
fn tables_have_spans_heads_and_feet() {
    let cell = |text: &str, rows: u32, columns: u32| json!([["", [], []], {"t": "AlignDefault"}, rows, columns, [{"t": "Plain", "c": [string(text)]}]]);
    let row = |cells: Value<'_>| json!([["", [], []], cells]);
    let attr = json!(["t", [], []]);
    let body = json!([attr, 1, [], [row(json!([cell("c", 2, 1), cell("d", 1, 1)]))]]);
    check_blocks(
        json!([{"t": "Table", "c": [
            attr, [null, [{"t": "Plain", "c": [string("C")]}]],
            [[{"t": "AlignRight"}, {"t": "ColWidthDefault"}], [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]],
            [attr, [row(json!([cell("h", 1, 2)]))]], [body], [attr, [row(json!([cell("f", 1, 1)]))]],
        ]}]),
        &json!({"body": [{
            "type": "table", "id": "t", "align": ["end", null], "caption": "C", "headerRows": 1, "headerCols": 1, "footerRows": 1,
            "children": [
                {"type": "tableRow", "children": [{"type": "tableCell", "children": "h", "colspan": 2}]},
                {"type": "tableRow", "children": [
                    {"type": "tableCell", "children": "c", "rowspan": 2}, {"type": "tableCell", "children": "d"},
                ]},
                {"type": "tableRow", "children": [{"type": "tableCell", "children": "f"}]},
            ],
        }]}),
    );
}

#[test]
fn figures_of_both_versions_are_figures() {
    let image = |title: &str| json!({"t": "Image", "c": [["", [], []], [string("c")], ["/i.png", title]]});
    let figure = json!({
        "type": "figure", "caption": "c", "children": [{"type": "image", "url": "https://site.example/i.png", "alt": "c"}],
    });
    check_blocks(json!([{"t": "Para", "c": [image("fig:")]}]), &json!({"body": [figure]}));
    let caption = json!([null, [{"t": "Plain", "c": [string("c")]}]]);
    check_blocks(
        json!([{"t": "Figure", "c": [["", [], []], caption, [{"t": "Plain", "c": [image("")]}]]}]),
        &json!({"body": [figure]}),
    );
}

#[test]
fn divisions_are_what_their_classes_say() {
    let div = |classes: Value<'_>, children: Value<'_>| json!({"t": "Div", "c": [["", classes, []], children]});
    let line = |text: &str| json!({"t": "Para", "c": [string(text)]});
    check_blocks(
        json!([
            div(json!(["warning"]), json!([div(json!(["title"]), json!([line("W")])), line("w")])),
            div(json!(["columns"]), json!([div(json!(["column"]), json!([line("l")])), div(json!(["column"]), json!([line("r")]))])),
            {"t": "RawBlock", "c": ["latex", "\\x"]},
        ]),
        &json!({
            "body": [
                {"type": "admonition", "kind": "warning", "title": "W", "children": [{"type": "paragraph", "children": "w"}]},
                {"type": "columns", "children": [
                    {"type": "column", "children": [{"type": "paragraph", "children": "l"}]},
                    {"type": "column", "children": [{"type": "paragraph", "children": "r"}]},
                ]},
            ],
            "warnings": ["/blocks/2 source of the format `latex` was left out"],
        }),
    );
}

#[test]
fn callouts_have_titles_in_two_places() {
    let line = json!({"t": "Para", "c": [string("a")]});
    let heading = json!({"t": "Header", "c": [2, ["t", [], []], [string("H")]]});
    check_blocks(
        json!([
            {"t": "Div", "c": [["", ["callout-tip"], [["title", "T"]]], [line]]},
            {"t": "Div", "c": [["", ["callout", "callout-caution"], []], [heading, line]]},
        ]),
        &json!({"body": [
            {"type": "admonition", "kind": "tip", "title": "T", "children": [{"type": "paragraph", "children": "a"}]},
            {"type": "admonition", "kind": "caution", "title": "H", "children": [{"type": "paragraph", "children": "a"}]},
        ]}),
    );
}
