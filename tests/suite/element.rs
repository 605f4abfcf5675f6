//! The element's script, its types, its manifest and its guide say the same.

use std::collections::BTreeSet;
use std::path::Path;

use recto::json::Value;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn manifest() -> Value<'static> {
    let text = text("element/custom-elements.json");
    let manifest = recto::json::parse(&text).expect("the manifest is JSON");
    manifest["modules"][0]["declarations"][0].clone().into_owned()
}

fn names(list: &Value<'_>) -> BTreeSet<String> {
    list.as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
}

/// The words in double quotes between two texts.
fn quoted(text: &str, from: &str, to: &str) -> BTreeSet<String> {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("{from} is there")).1;
    let part = rest.split_once(to).unwrap_or_else(|| panic!("{to} is after it")).0;
    part.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn manifest_types_and_guide_name_what_there_is() {
    let (script, types, guide) =
        (text("element/recto-element.js"), text("element/recto-element.d.ts"), text("docs/embedding.md"));
    let manifest = manifest();
    let attributes = names(&manifest["attributes"]);
    assert_eq!(quoted(&script, "const ATTRIBUTES = [", "]"), attributes);
    for attribute in &attributes {
        assert!(guide.contains(&format!("| `{attribute}` |")), "the guide says nothing of {attribute}");
        let mut property = String::new();
        let mut is_after = false;
        for letter in attribute.chars() {
            match letter {
                '-' => is_after = true,
                _ if std::mem::take(&mut is_after) => property.push(letter.to_ascii_uppercase()),
                _ => property.push(letter),
            }
        }
        assert!(types.contains(&format!("{property}: ")), "there is no type of {property}");
    }
    let events = names(&manifest["events"]);
    assert_eq!(quoted(&types, "interface RectoEvents {", "\n}"), events);
    for event in &events {
        assert!(guide.contains(&format!("| `{event}` |")), "the guide says nothing of {event}");
    }
    for part in names(&manifest["cssParts"]) {
        let is_named = |file: &str| text(file).contains(&format!("part=\"{part}\""));
        let is_made = script.contains(&format!("{part}: \""))
            || ["src/ui/comments.rs", "src/ui/comments/composer.rs"].into_iter().any(is_named);
        assert!(is_made, "nothing makes the part {part}");
    }
    let tokens = [text("style/tokens.css"), text("style/pages/element.css")].concat();
    for token in names(&manifest["cssProperties"]) {
        assert!(tokens.contains(&format!("{token}:")), "there is no token {token}");
    }
}

#[test]
fn versions_are_the_same() {
    let version = concat!("export const version = \"", env!("CARGO_PKG_VERSION"), "\";");
    assert!(text("element/recto-element.js").contains(version), "{version}");
}
