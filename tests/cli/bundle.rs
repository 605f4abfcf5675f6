//! `recto bundle`.

use crate::workshop::{Workshop, samples};

#[test]
fn a_bundle_has_everything_inside() {
    let shop = Workshop::new("bundle");
    let tour = samples().join("tour.json");
    let answer = shop.recto(&["bundle", &tour.to_string_lossy(), "-o", "tour.html"]).ok();
    assert!(!answer.err.contains("svg"), "{}", answer.err);
    let page = shop.read("tour.html");
    let pictures: Vec<&str> = page.split("<img ").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert!(pictures.len() > 5);
    for picture in pictures {
        assert!(
            picture.contains("src=\"data:image/") && !picture.contains("srcset"),
            "{}",
            &picture[..picture.len().min(120)]
        );
    }
    assert!(page.contains("<style>") && !page.contains("rel=\"stylesheet\"") && !page.contains("<button"));
}

#[test]
fn a_bundle_has_the_app_inside_where_it_is_there() {
    let shop = Workshop::new("bundle-app");
    shop.write("in/a.html", "<h1>A</h1><p>Text, and &lt;/script&gt;.</p>");
    shop.write("dist/index.html", "the app");
    let old = shop.recto(&["bundle", "in/a.html"]);
    assert!(old.code != 0 && old.err.contains("build it anew"), "{}", old.err);
    let single = r#"{"styles": "a{}", "script": "start()", "hash": "sha256-abc=", "parts": {"app": "AAAA"}}"#;
    shop.write("dist/recto-single-0123456789abcdef.json", single);
    let page = shop.recto(&["bundle", "in/a.html"]).ok().out;
    for part in [
        "'sha256-abc=' 'wasm-unsafe-eval'; object-src 'none'",
        "<style data-recto-interface>a{}</style>",
        "<h1 id=\"recto-~title\">A</h1>",
        "\\u003c/script\\u003e",
        "<script type=\"application/octet-stream\" data-recto-part=\"app\">AAAA</script>",
        "<script data-hash=\"sha256-abc=\">start()</script>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let plain = shop.recto(&["bundle", "in/a.html", "--no-app"]).ok().out;
    assert!(plain.contains("script-src 'none'") && !plain.contains("data-recto-part"), "{plain}");
}

#[test]
fn a_dash_is_standard_output_and_no_bundle_replaces_its_source() {
    let shop = Workshop::new("bundle-dash");
    shop.write("in/a.html", "<h1>A</h1><p>Text.</p>");
    let page = shop.recto(&["bundle", "in/a.html", "-o", "-"]).ok().out;
    assert!(page.starts_with("<!doctype html>") && !shop.has("-"), "{page}");
    let answer = shop.recto(&["bundle", "in", "-o", "in/a.html"]);
    assert!(answer.code == 1 && answer.err.contains("in/a.html: the output would replace"), "{}", answer.err);
    assert_eq!(shop.read("in/a.html"), "<h1>A</h1><p>Text.</p>");
}

#[test]
fn pictures_from_outside_of_the_folder_stay_there() {
    let shop = Workshop::new("bundle-outside");
    shop.write("private.svg", "<svg>private</svg>");
    shop.write(
        "in/a.html",
        "<h1>A</h1><p>Text.</p><p><img src='../private.svg' alt=p></p><p><img src='gone.png' alt=g></p>
        <p><img src='https://a.example/p.png' alt=w></p>",
    );
    let answer = shop.recto(&["bundle", "in/a.html"]).ok();
    let pictures: Vec<&str> =
        answer.out.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(pictures, ["../private.svg", "gone.png", "https://a.example/p.png"]);
    let told = answer.err;
    assert!(told.contains("gone.png") && told.contains("../private.svg: not in the article's folder"), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
}

#[test]
fn several_articles_become_one_page() {
    let shop = Workshop::new("bundle-several");
    shop.write(
        "in/a/one.md",
        "# One\n\n## Part\n\nSee [two](../b/two.md#part) and [here](#part).\n\n![P](p.svg)\n\n![O](../b/p.svg)\n",
    );
    shop.write("in/b/two.md", "# Two\n\n## Part\n\n![P](p.svg)\n");
    shop.write("in/a/p.svg", "<svg>a</svg>");
    shop.write("in/b/p.svg", "<svg>b</svg>");
    let page = shop.recto(&["bundle", "in", "--title", "Both", "-o", "both.html"]).ok();
    let told = page.err;
    assert!(told.contains("../b/p.svg: not in the article's folder") && told.lines().count() == 1, "{told}");
    let page = shop.read("both.html");
    for part in [
        "<h1 id=\"recto-~title\">Both</h1>",
        "<h2 id=\"recto-one\">One</h2>",
        "<h2 id=\"recto-two\">Two</h2>",
        "<h3 id=\"recto-one-part\">Part</h3>",
        "<a href=\"#recto-two-part\">two</a>",
        "<a href=\"#recto-one-part\">here</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let pictures: Vec<&str> = page.split("data-src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(pictures, ["a/p.svg", "b/p.svg"], "each shows what is in its own folder");
    let refused = shop.recto(&["bundle", "in", "--only", "1"]);
    assert!(refused.code != 0 && refused.err.contains("--only chooses from one file"), "{}", refused.err);
}

#[test]
fn pictures_are_found_whatever_their_names_are() {
    let shop = Workshop::new("bundle-names");
    shop.write("in/C#/one.md", "# One\n\n![l](img/C%23%20logo.png)\n");
    shop.write("in/two.md", "# Two\n\n![l](50%25.png) [away](not%23there.md)\n");
    for picture in ["in/C#/img/C# logo.png", "in/50%.png"] {
        shop.write(picture, "<svg/>");
    }
    let page = shop.recto(&["bundle", "in", "--no-app"]).ok();
    assert_eq!((page.err.as_str(), page.out.matches("src=\"data:image/svg+xml").count()), ("", 2));
    assert!(page.out.contains("href=\"not%23there.md\""));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_bundled() {
    let shop = Workshop::new("bundle-unreadable");
    shop.write("in/a.md", "# A\n\nText of A.\n");
    shop.write("in/bad.json", "{");
    shop.write("in/c.md", "# C\n\nText of C.\n");
    let answer = shop.recto(&["bundle", "in", "-o", "all.html", "--no-app"]);
    assert!(answer.code == 1 && answer.err.contains("bad.json: not valid JSON at line 1"), "{}", answer.err);
    let page = shop.read("all.html");
    assert!(page.contains("Text of A.") && page.contains("Text of C."), "{page}");
    let alone = shop.recto(&["bundle", "in/bad.json", "in/bad.json", "-o", "none.html", "--no-app"]);
    assert!(alone.code == 1 && alone.err.contains("no article found") && !shop.has("none.html"), "{}", alone.err);
}
