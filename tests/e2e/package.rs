//! The npm package of the element, as projects use it: packed, installed into a fresh Vite project with React and Vue
//! (`tests/hosts/`), built, and driven.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::json;

use crate::page::Viewer;
use crate::server::Server;

/// The built project; nothing where there is no npm, or no package: `scripts/build --package` makes it.
fn project() -> Option<&'static Path> {
    static PROJECT: OnceLock<Option<PathBuf>> = OnceLock::new();
    PROJECT.get_or_init(build).as_deref()
}

fn build() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("package/package.json").exists() || Command::new("npm").arg("--version").output().is_err() {
        println!("skipped: there is no npm, or no package");
        return None;
    }
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosts");
    let _ = fs::remove_dir_all(&project);
    fs::create_dir_all(&project).unwrap();
    for file in fs::read_dir(root.join("tests/hosts")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), project.join(file.file_name())).unwrap();
    }
    let npm = |arguments: &[&str]| {
        let told = Command::new("npm").args(arguments).current_dir(&project).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
        assert!(told.status.success(), "npm {arguments:?}:\n{out}\n{err}");
        out.trim().to_owned()
    };
    let packed = npm(&["pack", "--silent", root.join("package").to_str().unwrap()]);
    fs::rename(project.join(packed), project.join("recto-article.tgz")).unwrap();
    npm(&["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", "--loglevel=error"]);
    npm(&["run", "build", "--silent"]);
    Some(project.join("dist"))
}

fn open(page: &str) -> Option<Viewer> {
    let viewer = Viewer::with(Server::of(project()?.to_owned()));
    viewer.open(page);
    Some(viewer)
}

fn wait_for_title(viewer: &Viewer, tag: &str, title: &str) {
    let script = "const root = document.querySelector(arguments[0])?.shadowRoot; \
        return root?.querySelector('.r-article h3')?.textContent === arguments[1] && root.host.state === 'ready';";
    viewer.wait_with(&format!("“{title}” is shown"), script, &[tag.into(), title.into()]);
}

fn check(page: &str) {
    let Some(viewer) = open(page) else { return };
    wait_for_title(&viewer, "recto-article", "First");
    viewer.press("Change");
    wait_for_title(&viewer, "recto-article", "Second");
    viewer.press("Toggle");
    viewer.wait_until("it is gone", "return document.querySelector('recto-article') === null;");
    viewer.press("Toggle");
    wait_for_title(&viewer, "recto-article", "Second");
    viewer.wait_until("it is told", "return document.querySelector('output').textContent === 'First, Second, Second';");
    viewer.assert_accessible();
    viewer.assert_quiet();
}

#[test]
fn react_sets_properties_and_hears_events() {
    check("react.html");
}

#[test]
fn vue_sets_properties_and_hears_events() {
    check("vue.html");
}

#[test]
fn the_class_can_have_another_name() {
    let Some(viewer) = open("plain.html") else { return };
    wait_for_title(&viewer, "my-article", "First");
    assert_eq!(viewer.run("return customElements.get('recto-article') === undefined;"), json!(true));
    viewer.assert_quiet();
}
