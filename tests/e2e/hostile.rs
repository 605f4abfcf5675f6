//! Attack files of others, through the built app: no script runs, no request leaves, the address stays, the app lives.
//!
//! Payloads go in as HTML blocks of one article, many at once, with a sentinel paragraph after each; the page is
//! looked at afterwards with the detectors of `DETECT`. One pass runs without the content security policy, which
//! proves that the typed model alone is enough, and one with it, where a violation means that something was tried.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::articles;
use crate::page::{Viewer, strings};

/// Payloads in one article.
const BATCH: usize = 100;

/// How long a bomb may take to be shown or refused; generous, because other tests run beside it on a small machine.
const BOMB_DEADLINE: Duration = Duration::from_secs(180);

/// Everything in the rendered page that no article may put there; `[]` is a clean page.
const DETECT: &str = r"
const found = [];
const own = document.querySelector('.r-app');
const safe = ['http:', 'https:', 'mailto:', 'tel:', 'blob:', 'data:'];
const inline = /^data:image\/(png|jpeg|gif|webp|avif)[;,]/i;
const look = (root) => {
  for (const e of root.querySelectorAll('*')) {
    if (e.shadowRoot) look(e.shadowRoot);
    const where = e.outerHTML.slice(0, 140);
    if (['script', 'style', 'link', 'base', 'meta', 'object', 'embed', 'iframe', 'frame', 'template', 'portal'].includes(e.localName)) found.push('element ' + where);
    if (e.localName.includes('-')) found.push('custom element ' + where);
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name) || ['style', 'srcdoc', 'is', 'ping', 'background', 'formaction', 'name', 'autofocus'].includes(name)) found.push(`attribute ${name} in ${where}`);
      if (['href', 'src', 'poster', 'action', 'data', 'cite', 'xlink:href', 'data-src'].includes(name)) {
        let protocol = 'unparsable';
        try { protocol = new URL(value, location).protocol; } catch {}
        if (!safe.includes(protocol) || (protocol === 'data:' && !inline.test(value))) found.push(`address ${value.slice(0, 80)} in ${where}`);
      }
      if (name === 'id' && !value.startsWith('recto-')) found.push(`id ${value} in ${where}`);
    }
  }
};
for (const article of document.querySelectorAll('article.r-article')) look(article);
for (const name of ['xssed', '__xss', 'xss']) if (name in window) found.push('global ' + name);
if (document.xss !== undefined) found.push('document.xss');
if (({}).polluted !== undefined) found.push('prototype polluted');
for (const [object, names] of [[document, ['body', 'forms', 'getElementById', 'createElement', 'cookie', 'currentScript', 'location']], [window, ['name', 'event']]])
  for (const name of names) if (object[name] instanceof Element && name !== 'body') found.push('clobbered ' + name);
if (!(document.body instanceof HTMLBodyElement) || !own || !document.body.contains(own)) found.push('the body is not the page');
if (typeof document.getElementById !== 'function') found.push('getElementById');
return found;
";

pub(crate) fn corpus(name: &str) -> Option<Vec<Value>> {
    let root =
        std::env::var("RECTO_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let file = Path::new(&root).join("fixtures/xss").join(name);
    let Ok(text) = fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return None;
    };
    serde_json::from_str(&text).ok()
}

/// The HTML of each entry of a corpus.
fn payloads(name: &str) -> Vec<String> {
    let entries = corpus(name).unwrap_or_default();
    entries.iter().filter_map(|entry| entry["payload"].as_str().map(str::to_owned)).collect()
}

/// A browser that records whatever is asked of the network beside our own server.
fn watched_viewer() -> Viewer {
    const WATCH: &str = "window.__asked = []; new PerformanceObserver((list) => list.getEntries().forEach((e) => window.__asked.push(e.name))).observe({ type: 'resource', buffered: true });";
    let viewer = Viewer::start();
    viewer.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }));
    // Nothing real is to be asked, whatever happens; what was tried is in the log of the page.
    viewer.browser.devtools("Network.enable", &json!({}));
    viewer
}

/// Shows the blocks as one article with a sentinel after each, and returns what the detectors found.
fn findings(viewer: &Viewer, blocks: &[Value]) -> Vec<String> {
    let mut body = Vec::with_capacity(blocks.len() * 2);
    for (index, block) in blocks.iter().enumerate() {
        body.push(block.clone());
        body.push(json!({ "type": "paragraph", "children": [format!("SENTINEL-{index}.")] }));
    }
    viewer.server.put("articles/under-test.json", articles::article("SENTINEL-TITLE", &body).to_string());
    viewer.open("?article=under-test");
    let address = viewer.browser.url();
    viewer.wait_until(
        "an article or a failure is shown",
        "return document.querySelector('article.r-article > *, .r-failure') !== null;",
    );
    let mut found = Vec::new();
    let text = viewer.text("article.r-article");
    if !text.contains("SENTINEL-TITLE") {
        found.push("the title is lost".to_owned());
    }
    found.extend(
        (0..blocks.len())
            .filter(|index| !text.contains(&format!("SENTINEL-{index}.")))
            .map(|index| format!("sentinel {index} is lost")),
    );
    // Whoever reads moves, points and clicks: nothing of it may run anything.
    viewer.run(
        "for (const e of document.querySelectorAll('article.r-article *'))
           for (const type of ['mouseover', 'mouseenter', 'pointerdown', 'focus', 'toggle', 'load', 'error', 'animationend', 'wheel'])
             e.dispatchEvent(new Event(type));
         for (const e of document.querySelectorAll('article.r-article details')) e.open = true;
         for (const e of document.querySelectorAll('article.r-article a[href]')) {
           e.addEventListener('click', (event) => event.preventDefault(), { once: true });
           e.click();
         }",
    );
    viewer.settle();
    found.extend(strings(&viewer.run(DETECT)));
    for list in ["dialogs", "errors", "violations"] {
        let recorded = viewer.recorded(list).into_iter().filter(|entry| !is_harmless(entry));
        found.extend(recorded.map(|entry| format!("{list}: {entry}")));
    }
    if viewer.browser.url().split('#').next() != address.split('#').next() {
        found.push(format!("the address is {}", viewer.browser.url()));
    }
    found
}

/// Whether a violation is none of an attack: browsers report handlers and styles of a document that only `DOMParser`
/// made and that can run neither, and pictures that are not on https. What reaches the page is for the other
/// detectors, and for the pass without policy.
fn is_harmless(violation: &str) -> bool {
    ["script-src-attr", "style-src-attr", "style-src-elem", "img-src http://", "media-src http://"]
        .iter()
        .any(|start| violation.starts_with(start))
}

/// Shows all of a corpus, and narrows a batch with findings down to the blocks that cause them.
fn check_blocks(viewer: &Viewer, blocks: &[Value]) {
    let mut causes = Vec::new();
    for batch in blocks.chunks(BATCH) {
        narrow(viewer, batch, &mut causes);
    }
    assert!(causes.is_empty(), "{} payloads got through: {:#?}", causes.len(), &causes[..causes.len().min(12)]);
    viewer.assert_alive();
}

fn narrow(viewer: &Viewer, blocks: &[Value], causes: &mut Vec<String>) {
    let found = findings(viewer, blocks);
    if found.is_empty() || causes.len() > 12 {
        return;
    }
    if blocks.len() == 1 {
        causes.push(format!("{} -> {found:?}", blocks[0]));
        return;
    }
    let before = causes.len();
    let (left, right) = blocks.split_at(blocks.len() / 2);
    narrow(viewer, left, causes);
    narrow(viewer, right, causes);
    if causes.len() == before {
        causes.push(format!("only together, in a batch of {}: {:?}", blocks.len(), &found[..found.len().min(4)]));
    }
}

fn html_blocks(payloads: &[String]) -> Vec<Value> {
    payloads.iter().map(|payload| json!({ "type": "html", "value": payload })).collect()
}

impl Viewer {
    /// Fails where the app no longer does what a reader asks of it.
    fn assert_alive(&self) {
        self.server.put("articles/alive.json", articles::long().to_string());
        self.choose_theme("dark");
        self.choose_theme("light");
        self.run("history.pushState(null, '', '?article=alive'); dispatchEvent(new PopStateEvent('popstate'));");
        self.wait_until(
            "the next article is shown without a reload",
            "return document.querySelector('article.r-article h1')?.textContent === 'A long article';",
        );
        self.go_to_section("Gamma");
        self.wait_for_heading_at_top("Gamma");
    }
}

/// Shows the attacks that are known to run where they can, in another browser.
pub(crate) fn check_live_attacks(viewer: &Viewer) {
    check_blocks(viewer, &html_blocks(&payloads("live-core.json")));
}

/// Runs the corpora that are HTML, under the policy or without it.
fn check_html(files: &[&str], policy: bool) {
    let viewer = watched_viewer();
    if !policy {
        viewer.server.without_policy();
    }
    for file in files {
        check_blocks(&viewer, &html_blocks(&payloads(file)));
    }
}

const SMALL: [&str; 3] = ["dom-clobbering.json", "mutation-and-structure.json", "css-injection.json"];

#[test]
fn detectors_find_what_gets_through() {
    let viewer = watched_viewer();
    viewer.server.without_policy();
    assert_eq!(findings(&viewer, &[json!("a harmless paragraph")]), [""; 0]);
    for planted in [
        "<img src=x onerror=alert(1)>",
        "<p id=body>x",
        "<a href='javascript:1'>x</a>",
        "<p style='color:red'>x",
        "<b-c>x</b-c>",
        "<form name=forms></form>",
    ] {
        let plant = "document.querySelector('article.r-article').insertAdjacentHTML('beforeend', arguments[0]);";
        viewer.run_with(plant, &[planted.into()]);
        assert_ne!(strings(&viewer.run(DETECT)), [""; 0], "{planted} went unnoticed");
        viewer.run("document.querySelector('article.r-article').lastElementChild.remove();");
    }
}

#[test]
fn live_attacks_do_nothing_under_the_policy() {
    check_html(&["live-core.json"], true);
}

#[test]
fn live_attacks_do_nothing_without_the_policy() {
    check_html(&["live-core.json"], false);
}

#[test]
fn clobbering_mutation_and_styles_do_nothing_under_the_policy() {
    check_html(&SMALL, true);
}

#[test]
fn clobbering_mutation_and_styles_do_nothing_without_the_policy() {
    check_html(&SMALL, false);
}

#[test]
fn dangerous_addresses_are_not_followed() {
    let viewer = watched_viewer();
    viewer.server.without_policy();
    let text = |url: &str| json!({ "type": "link", "url": url, "children": ["a link"] });
    let blocks: Vec<Value> = payloads("url-schemes.json")
        .iter()
        .flat_map(|url| {
            let quoted = url.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
            [
                json!({ "type": "paragraph", "children": [text(url)] }),
                json!({ "type": "html", "value": format!("<p><a href=\"{quoted}\">a link</a> <img src=\"{quoted}\" alt=\"a picture\"></p>") }),
                json!({ "type": "buttons", "items": [{ "label": "Press", "url": url }] }),
            ]
        })
        .collect();
    check_blocks(&viewer, &blocks);
}

#[test]
fn text_is_shown_as_text_in_every_field() {
    let attack = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";
    let viewer = watched_viewer();
    viewer.server.without_policy();
    let mut article = articles::article(attack, &[json!({ "type": "section", "title": attack, "children": [attack] })]);
    for field in ["subtitle", "kicker", "description", "byline", "copyright", "license"] {
        article[field] = attack.into();
    }
    article["tags"] = json!([attack, { "name": attack, "url": "javascript:alert(4)" }]);
    article["authors"] = json!([{ "name": attack, "url": "javascript:alert(5)", "bio": attack }]);
    article["hero"] = json!({ "src": "javascript:alert(6)", "alt": attack, "caption": attack, "credit": attack });
    article["navigation"] = json!({ "next": { "title": attack, "url": "javascript:alert(7)" } });
    viewer.server.put("articles/under-test.json", article.to_string());
    viewer.open("?article=under-test");
    viewer.wait_for_article();
    viewer.settle();
    assert_eq!(strings(&viewer.run(DETECT)), [""; 0]);
    assert!(viewer.title().contains("<img src=x onerror=alert(1)>"), "{}", viewer.title());
    viewer.assert_quiet_except(&["Failed to load resource"]);
    viewer.assert_alive();
}

#[test]
fn broken_files_leave_a_page_that_can_be_used() {
    let viewer = watched_viewer();
    let bodies: Vec<String> = corpus("json-attacks.json")
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| Some(entry["raw"].as_str()?.to_owned()))
        .collect();
    for body in &bodies {
        viewer.server.put("attack.json", body.as_bytes());
        viewer.open("?src=attack.json");
        viewer.wait_until(
            "something is shown",
            "return document.querySelector('article.r-article > *, .r-failure h1, .r-picker h1') !== null;",
        );
        let found: Vec<String> = strings(&viewer.run(DETECT))
            .into_iter()
            .chain(viewer.recorded("errors"))
            .chain(viewer.recorded("dialogs"))
            .collect();
        assert!(found.is_empty(), "{}: {found:#?}", &body[..body.len().min(200)]);
    }
    viewer.assert_alive();
}

/// Makes the text of a bomb from its description.
fn generated(generator: &Value) -> Option<String> {
    let field = |name: &str| &generator[name];
    let count = field("count").as_u64().unwrap_or_default() as usize;
    match generator.as_str().or_else(|| field("op").as_str())? {
        "repeat" => {
            let unit = generated(field("unit"))?;
            Some((0..count).map(|index| unit.replace("%i", &index.to_string())).collect())
        }
        "nest" => {
            let (open, close) = (field("open").as_str()?, field("close").as_str()?);
            Some(open.repeat(count) + &generated(field("inner")).unwrap_or_default() + &close.repeat(count))
        }
        "concat" => field("parts").as_array()?.iter().map(generated).collect(),
        "backticks" => Some((1..=count.min(2000)).map(|n| "`".repeat(n) + " ").collect()),
        "field" | "comments" | "gzip" | "http" | "paste" => None,
        text => Some(text.to_owned()),
    }
}

#[test]
fn bombs_are_answered_within_seconds() {
    let viewer = watched_viewer();
    let mut slowest = (Duration::ZERO, String::new());
    for bomb in corpus("bombs.json").unwrap_or_default() {
        let Some(text) = generated(&bomb["generator"]) else { continue };
        if text.len() > 24 << 20 {
            continue;
        }
        let is_file = text.trim_start().starts_with(['{', '[']);
        let content = if is_file {
            text
        } else {
            articles::article("Bomb", &[json!({ "type": "html", "value": text })]).to_string()
        };
        viewer.server.put("bomb.json", content);
        let start = Instant::now();
        viewer.open("?src=bomb.json");
        viewer.wait_for(
            BOMB_DEADLINE,
            "something is shown",
            "return document.querySelector('article.r-article > *, .r-failure h1, .r-picker h1') !== null;",
            &[],
        );
        viewer.settle();
        slowest = slowest.max((start.elapsed(), bomb["title"].to_string()));
        assert_eq!(viewer.recorded("errors"), [""; 0], "{}", bomb["title"]);
    }
    // Only what hangs fails here: how long each takes depends on the machine.
    println!("slowest: {slowest:?}");
    assert!(slowest.0 < BOMB_DEADLINE, "{slowest:?}");
    viewer.assert_alive();
}
