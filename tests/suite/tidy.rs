//! Habits of this repository that no compiler checks.

use std::fs;
use std::path::{Path, PathBuf};

/// Most lines a source file may have: beyond that it has more than one role.
const LONGEST_SOURCE: usize = 600;
/// One table each, which would not be clearer in two.
const TABLES: &[&str] = &["src/article/block.rs"];
/// A map that is longer is not read.
const LONGEST_MAP: usize = 150;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files under `directory` with one of the `extensions`, and their text.
fn files(directory: &str, extensions: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut pending = vec![root().join(directory)];
    while let Some(directory) = pending.pop() {
        let Ok(entries) = fs::read_dir(&directory) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if path.is_dir() {
                pending.push(path);
            } else if extensions.contains(&extension) {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// What is between single backticks outside code blocks.
fn inline_code(markdown: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// Targets of links and pictures outside code.
fn links(markdown: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let prose = line.split('`').step_by(2);
            let after = prose.flat_map(|part| part.split("](").skip(1));
            found.extend(after.filter_map(|rest| rest.split(')').next()));
        }
    }
    found
}

/// The paths that `a/{b,c}.rs` stands for.
fn expand_braces(path: &str) -> Vec<String> {
    match (path.find('{'), path.find('}')) {
        (Some(start), Some(end)) if start < end => (path[start + 1..end].split(','))
            .flat_map(|name| expand_braces(&format!("{}{}{}", &path[..start], name.trim(), &path[end + 1..])))
            .collect(),
        _ => vec![path.to_owned()],
    }
}

#[test]
fn architecture_is_short_and_names_what_exists() {
    const PLACES: &[&str] = &["src", "style", "tests", "scripts", "public", "docs", "benches", "examples", ".ci"];
    let Ok(map) = fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    assert!(map.lines().count() <= LONGEST_MAP, "ARCHITECTURE.md is at most {LONGEST_MAP} lines");
    let is_path = |code: &&str| {
        let first = code.split('/').next().unwrap_or_default();
        (code.contains('/') && PLACES.contains(&first)) || code.ends_with(".md") || code.ends_with(".toml")
    };
    let mut checked = 0;
    for code in inline_code(&map).into_iter().filter(is_path) {
        for path in expand_braces(code).iter().filter(|path| !path.contains(['<', '*'])) {
            assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}, which is not there");
            checked += 1;
        }
    }
    assert!(checked > 20, "ARCHITECTURE.md is a map of the files, and named only {checked}");
}

#[test]
fn architecture_gives_a_reason_for_each_dependency() {
    let Ok(map) = fs::read_to_string(root().join("ARCHITECTURE.md")) else { return };
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml is there");
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && let Some((name, _)) = line.split_once(" = ") {
            let is_named = map.contains(&format!("`{name}`")) || line.starts_with([' ', '"']);
            assert!(is_named, "ARCHITECTURE.md gives no reason for the dependency {name}");
        }
    }
    let table = map.split("\n## Dependencies").nth(1).unwrap_or_default();
    for name in table.lines().filter_map(|line| line.split('|').nth(1)).flat_map(inline_code) {
        assert!(manifest.contains(&format!("\n{name} = ")), "ARCHITECTURE.md names {name}, which is no dependency");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut documents = files("docs", &["md"]);
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let path = root().join(name);
        if let Ok(text) = fs::read_to_string(&path) {
            documents.push((path, text));
        }
    }
    for (path, text) in documents {
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(target.exists(), "{}: the link to {link} leads nowhere", path.display());
            if !fragment.is_empty() && target.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&target).unwrap_or_default();
                let found = text.lines().any(|line| line.starts_with('#') && anchor(line) == fragment);
                assert!(found, "{}: no heading for {link}", path.display());
            }
        }
    }
}

/// The anchor that repository hosts give to a heading.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[test]
fn code_in_documents_is_json() {
    for (path, text) in files("docs", &["md"]) {
        for (number, block) in text.split("```json\n").skip(1).enumerate() {
            let code = block.split("\n```").next().unwrap_or_default();
            let read: Result<serde_json::Value, _> = serde_json::from_str(code);
            assert!(read.is_ok(), "{}: JSON example {}: {:?}\n{code}", path.display(), number + 1, read.err());
        }
    }
}

#[test]
fn importance_is_for_print_and_reduced_motion() {
    for (path, text) in files("style", &["css"]) {
        if path.ends_with("print.css") {
            continue;
        }
        // What each open brace belongs to.
        let mut open: Vec<&str> = Vec::new();
        for line in text.lines() {
            let excused = open
                .iter()
                .chain([&line])
                .any(|rule| rule.contains("print") || rule.contains("prefers-reduced-motion"));
            assert!(!line.contains("!important") || excused, "{}: {line}", path.display());
            for brace in line.chars() {
                match brace {
                    '{' => open.push(line),
                    '}' => {
                        open.pop();
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn markup_enters_the_page_in_one_place() {
    const PLACES: &[&str] = &["browser/trusted_html.rs", "ui/article_body.rs"];
    // Readers have no page; there it is the name of a member in files of others.
    let reader = root().join("src/reader");
    for (path, text) in files("src", &["rs"]).into_iter().filter(|(path, _)| !path.starts_with(&reader)) {
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let sink =
            |line: &&str| ["inner_html", "innerHTML", "insert_adjacent_html"].iter().any(|name| line.contains(name));
        let found = text.lines().filter(code).find(sink);
        assert!(found.is_none() || PLACES.iter().any(|place| path.ends_with(place)), "{}: {found:?}", path.display());
    }
}

#[test]
fn source_files_have_one_role() {
    for (path, text) in files("src", &["rs"]) {
        let lines = text.lines().count();
        if TABLES.iter().any(|table| path.ends_with(table)) {
            continue;
        }
        assert!(lines <= LONGEST_SOURCE, "{} has {lines} lines: split it by role", path.display());
    }
}
