//! A page that holds everything, opened from a disk: its article, the program, the reader's comments.

use std::fs;
use std::path::{Path, PathBuf};

use recto::export::bundle::{embed_pictures, path_of};
use recto::export::single::Single;
use recto::markup::parse::parse;
use recto::reader::{self, Hint};
use serde_json::json;

use crate::articles;
use crate::page::Viewer;
use crate::saving::{downloads, saved};
use crate::server::Server;

/// A folder for the files of one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The built program as one file.
fn program() -> Single {
    let path = Server::dist().join(Server::built("recto-single-", ".json"));
    Single::read(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Writes the single file of an article, and gives its address.
pub(crate) fn write(article: &str, pictures: &Path, file: &Path) -> String {
    let reading = reader::read(article.as_bytes(), &Hint::default(), parse).unwrap();
    let page = program().page(&reading.articles[0], "");
    let page = embed_pictures(&page, &mut |address| fs::read(pictures.join(path_of(address)?)).ok());
    fs::write(file, page).unwrap();
    format!("file://{}", file.display())
}

fn sample(name: &str) -> String {
    fs::read_to_string(samples().join(name)).unwrap()
}

/// Pictures, and those that films show before they play, that the file does not hold.
const OUTSIDE: &str = "return [...document.querySelectorAll('img, video[poster]')]
    .filter((holder) => !(holder.poster || holder.src).startsWith('data:')).length;";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/articles")
}

#[test]
fn it_is_read_from_a_disk_like_a_page_of_a_site() {
    let folder = folder("single-read");
    let address = write(&sample("tour.json"), &samples(), &folder.join("tour.html"));
    let viewer = Viewer::with(Server::empty());
    for (width, height) in [(390, 800), (1440, 900)] {
        viewer.resize(width, height);
        viewer.browser.go(&address);
        viewer.wait_for_takeover();
        viewer.assert_accessible();
        viewer.assert_ids_prefixed();
        viewer.assert_no_sideways_scroll();
    }
    viewer.go_to_section("Lists");
    viewer.wait_for_heading_at_top("Lists");
    viewer.see("button[data-action=copy]");
    assert_eq!(viewer.run(OUTSIDE), json!(0), "all pictures are inside");
    assert!(viewer.sees("span.r-home") && !viewer.sees("a.r-home"), "there is no list to go to");
    viewer.choose_theme("dark");
    viewer.browser.reload();
    viewer.wait_for_takeover();
    assert_eq!(viewer.run("return document.documentElement.dataset.theme;"), json!("dark"));
    assert_eq!(viewer.recorded("violations"), Vec::<String>::new());
    assert_eq!(viewer.recorded("errors"), Vec::<String>::new());
}

#[test]
fn comments_stay_in_this_browser() {
    let folder = folder("single-comments");
    let address = write(&articles::short().to_string(), &folder, &folder.join("a.html"));
    let viewer = Viewer::with(Server::empty());
    viewer.browser.go(&address);
    viewer.see(".r-comments form");
    viewer.fill("Name", "Ben Example");
    viewer.fill("Email", "ben@example.org");
    viewer.post_comment("Kept without any site.");
    viewer.browser.reload();
    viewer.wait_for_comment("Kept without any site.");
    viewer.assert_quiet();
}

#[test]
fn without_scripts_it_is_read_as_it_is() {
    let folder = folder("single-still");
    let address = write(&articles::long().to_string(), &folder, &folder.join("a.html"));
    let viewer = Viewer::with(Server::empty());
    viewer.disable_scripts();
    viewer.browser.go(&address);
    let text = viewer.text("article.r-article");
    assert!(text.contains("Alpha") && text.contains("Omega"), "{text}");
    assert!(!viewer.text("body").contains("sha256"), "what is for the program is not seen");
    assert!(viewer.sees(".r-contents-panel"));
}

#[test]
fn a_hostile_article_does_not_leave_its_place() {
    let folder = folder("single-hostile");
    let article = articles::article(
        "</script><script>alert(1)</script>",
        &[json!("</script><img src=x onerror=alert(1)><!-- <script>"), json!({"type": "code", "value": "]]></style>"})],
    );
    let address = write(&article.to_string(), &folder, &folder.join("a.html"));
    let viewer = Viewer::with(Server::empty());
    viewer.browser.go(&address);
    viewer.wait_for_takeover();
    assert!(viewer.text("article.r-article").contains("<img src=x onerror=alert(1)><!-- <script>"));
    viewer.assert_quiet();
}

#[test]
fn the_page_saves_one_which_saves_itself() {
    const FORM: &str = "Web page with the viewer";
    let viewer = Viewer::start();
    let folder = downloads(&viewer, "single");
    let save = || {
        viewer.press("Save as…");
        viewer.press(FORM);
        saved(&folder, "a-tour-of-every-block.html")
    };
    viewer.open("?article=tour");
    viewer.wait_for_article();
    let first = save();
    let kept = folder.join("kept.html");
    fs::write(&kept, &first).unwrap();
    viewer.browser.go(&format!("file://{}", kept.display()));
    viewer.wait_for_takeover();
    assert_eq!(viewer.title(), "A Tour of Every Block");
    assert_eq!(viewer.run(OUTSIDE), json!(0), "all pictures came along");
    let second = save();
    assert!(first == second, "what is saved from it is the same: {} and {} bytes", first.len(), second.len());
}
