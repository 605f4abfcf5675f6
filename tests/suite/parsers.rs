//! html5ever gives the trees that browsers give; `tests/web.rs` asks the browser.

use crate::parsed::{CASES, dump};

#[test]
fn html5ever_builds_the_known_trees() {
    for (html, tree) in CASES {
        assert_eq!(dump(&recto::markup::parse::parse(html)), tree, "{html}");
    }
}
