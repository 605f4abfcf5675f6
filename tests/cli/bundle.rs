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
fn pictures_from_outside_of_the_folder_stay_there() {
    let shop = Workshop::new("bundle-outside");
    shop.write("private.svg", "<svg>private</svg>");
    shop.write(
        "in/a.html",
        "<h1>A</h1><p>Text.</p><p><img src='../private.svg' alt=p></p><p><img src='gone.png' alt=g></p>",
    );
    let answer = shop.recto(&["bundle", "in/a.html"]).ok();
    let pictures: Vec<&str> =
        answer.out.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(pictures, ["../private.svg", "gone.png"]);
    assert!(answer.err.contains("gone.png"), "what is missing is told: {}", answer.err);
}
