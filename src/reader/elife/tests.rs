//! Articles of eLife -> articles.

use crate::json::json;
use crate::reader::{Format, check};

#[test]
fn articles_have_nested_sections_and_assets() {
    let paragraph = |text: &str| json!({"type": "paragraph", "text": text});
    check(
        &json!({
            "id": "1", "title": "<i>T</i>", "elocationId": "e1", "impactStatement": "I", "published": "2024-10-16T00:00:00Z",
            "authors": [{"type": "person", "name": {"preferred": "A"}, "affiliations": [{"name": ["U"]}]}],
            "abstract": {"content": [paragraph("s")]},
            "body": [{"type": "section", "id": "s-1", "title": "B", "content": [
                {"type": "figure", "assets": [{
                    "type": "image", "id": "fig1", "label": "Figure 1.", "title": "F", "caption": [paragraph("c")],
                    "image": {"uri": "https://iiif.example/f.tif", "size": {"width": 4000, "height": 3000}},
                }]},
                {"type": "list", "prefix": "roman-lower", "items": ["x", [paragraph("y")]]},
                {"type": "hologram", "text": "h"},
            ]}],
            "references": [{"id": "bib1", "date": "2000", "authors": [{"name": {"preferred": "R"}}], "articleTitle": "P", "doi": "10.1/p"}],
        }),
        Format::ELife,
        &json!({
            "title": [{"type": "emphasis", "children": "T"}], "url": "https://elifesciences.org/articles/1",
            "authors": [{"name": "A", "affiliation": "U"}],
            "references": [{"id": "bib1", "text": "R. 2000. P", "doi": "10.1/p"}],
            "body": [
                {"type": "section", "id": "abstract", "title": "Abstract", "children": [{"type": "paragraph", "children": "s"}]},
                {"type": "section", "id": "s-1", "title": "B", "children": [
                    {"type": "figure", "id": "fig1", "label": "Figure 1.",
                     "children": [{"type": "image", "url": "https://iiif.example/f.tif/full/1200,/0/default.jpg", "width": 4000, "height": 3000}],
                     "caption": [
                        {"type": "paragraph", "children": [{"type": "strong", "children": "F"}]},
                        {"type": "paragraph", "children": "c"},
                    ]},
                    {"type": "list", "ordered": true, "style": "lower-roman", "children": [
                        {"type": "listItem", "children": [{"type": "paragraph", "children": "x"}]},
                        {"type": "listItem", "children": [{"type": "paragraph", "children": "y"}]},
                    ]},
                    {"type": "paragraph", "children": "h"},
                ]},
            ],
            "warnings": ["/body/0/2 unknown block `hologram`; shown as text"],
        }),
    );
}

#[test]
fn interviews_have_questions() {
    check(
        &json!({
            "id": "1", "title": "T", "published": "2024", "interviewee": {"name": {"preferred": "N"}},
            "content": [{"type": "question", "question": "Q?", "answer": [{"type": "paragraph", "text": "a"}]}],
        }),
        Format::ELife,
        &json!({
            "description": "An interview with N",
            "body": [{"type": "question", "question": "Q?", "children": [{"type": "paragraph", "children": "a"}]}],
        }),
    );
}
