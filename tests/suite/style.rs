//! What the style sheets promise: every sheet is listed, and text can be read in every theme.

use std::collections::BTreeMap;
use std::path::Path;

fn style(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_sheet_is_listed_once() {
    let index = style("index.txt");
    let is_sheet = |line: &&str| !line.starts_with('#') && !line.is_empty() && *line != "---";
    let mut listed: Vec<&str> = index.lines().filter(is_sheet).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let sheets = |folder: &Path, prefix: &str| -> Vec<String> {
        let files = std::fs::read_dir(folder).expect("a folder of style sheets");
        let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
        names.filter(|name| name.ends_with(".css")).map(|name| format!("{prefix}{name}")).collect()
    };
    let mut present = sheets(&root, "");
    present.extend(sheets(&root.join("components"), "components/"));
    present.sort();
    listed.sort_unstable();
    assert_eq!(listed, present);
}

/// The colours that a rule of tokens.css gives, as (name, light, dark).
fn colours(selector: &str) -> Vec<(String, String, String)> {
    let tokens = style("tokens.css");
    let start = tokens.find(selector).unwrap_or_else(|| panic!("a rule for {selector}"));
    let rule = tokens[start..].split_once('{').expect("a rule").1.split_once('}').expect("its end").0;
    let colour = |declaration: &str| {
        let (name, value) = declaration.split_once("--recto-")?.1.split_once(": ")?;
        let pair = value
            .strip_prefix("light-dark(")
            .and_then(|pair| pair.strip_suffix(')'))
            .and_then(|pair| pair.split_once(", "));
        let (light, dark) = pair.or_else(|| value.starts_with('#').then_some((value, value)))?;
        Some((name.to_owned(), light.to_owned(), dark.to_owned()))
    };
    rule.split(';').filter_map(colour).collect()
}

type Theme = BTreeMap<String, String>;

/// Every theme by name: the roles that its rule gives, over the ones that all have.
fn themes() -> Vec<(&'static str, Theme)> {
    let rules = |selectors: &[&str], is_dark: bool| -> Theme {
        let colours = selectors.iter().flat_map(|selector| colours(selector));
        colours.map(|(name, light, dark)| (name, if is_dark { dark } else { light })).collect()
    };
    let all = ":where(.recto, :host) {";
    let (sepia, contrast) = (":where(.recto[data-theme=\"sepia\"])", ":where(.recto[data-theme=\"contrast\"])");
    vec![
        ("light", rules(&[all], false)),
        ("dark", rules(&[all], true)),
        ("sepia", rules(&[all, sepia], false)),
        ("high contrast, light", rules(&[all, contrast], false)),
        ("high contrast, dark", rules(&[all, contrast], true)),
    ]
}

/// Relative luminance, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour in six digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[track_caller]
fn check_contrast(theme: &(&str, Theme), texts: &[&str], surfaces: &[&str], least: f64) {
    let role = |name: &str| theme.1.get(name).unwrap_or_else(|| panic!("{} has a colour for {name}", theme.0));
    for text in texts {
        for surface in surfaces {
            let found = contrast(role(text), role(surface));
            assert!(found >= least, "{}: {text} on {surface} is {found:.2}, less than {least}", theme.0);
        }
    }
}

#[test]
fn text_can_be_read_in_every_theme() {
    let texts = [
        "text",
        "strong",
        "quiet",
        "link",
        "link-visited",
        "accent",
        "info",
        "success",
        "warning",
        "danger",
        "important",
    ];
    let surfaces = ["background", "surface", "raised"];
    let marks = ["mark-yellow", "mark-green", "mark-blue", "mark-pink", "selection"];
    for theme in themes() {
        let least = if theme.0.starts_with("high") { 7.0 } else { 4.5 };
        check_contrast(&theme, &texts, &surfaces, least);
        check_contrast(&theme, &["text", "strong"], &marks, least);
        check_contrast(&theme, &["link"], &marks, 4.5);
        check_contrast(&theme, &["on-accent"], &["accent"], least);
        check_contrast(&theme, &["border-strong", "focus"], &surfaces, 3.0);
    }
}
