//! Page objects: what a reader sees and does, in the reader's words, over one browser and one server.

use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::{Value, json};

use crate::server::Server;
use crate::webdriver::{Browser, Element, Session};

/// How long a condition may take to come true.
const DEADLINE: Duration = Duration::from_secs(40);
const POLL: Duration = Duration::from_millis(25);

/// Finds visible elements and reads them as a person would: <https://www.w3.org/TR/accname-1.2/> in its simplest form.
const LOOK: &str = r#"
const name = (e) => (e.getAttribute("aria-label") || e.innerText || e.textContent || "").replace(/\s+/g, " ").trim();
const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !e.closest("[inert]");
const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(visible);
"#;

/// Chromium's warning where a page takes longer than a few seconds, as it may on a busy machine.
const SLOW_PRELOAD: &str = "was preloaded using link preload but not used within a few seconds";

/// The app in a browser.
pub struct Viewer {
    /// The browser.
    pub browser: Session,
    /// The site.
    pub server: Server,
}

/// A kind of reader's wish that a browser tells the page about.
#[derive(Clone, Copy)]
pub enum Preference {
    /// `prefers-color-scheme`: `light` or `dark`.
    ColorScheme(&'static str),
    /// `prefers-reduced-motion: reduce`.
    ReducedMotion,
    /// `forced-colors: active`.
    ForcedColors,
}

impl Viewer {
    /// Starts a browser and a server that has the built app; opens nothing yet.
    pub fn start() -> Self {
        Self::with(Server::start())
    }

    /// Starts a browser over a given server.
    pub fn with(server: Server) -> Self {
        let viewer = Self { browser: Session::start(Browser::Chromium), server };
        viewer.probe();
        viewer.resize(1440, 900);
        viewer
    }

    /// Starts another browser over a given server.
    pub fn in_browser(browser: Browser, server: Server) -> Self {
        server.probe();
        let viewer = Self { browser: Session::start(browser), server };
        viewer.browser.resize(1440, 900);
        viewer
    }

    /// The same site in a Chromium that runs already.
    pub fn with_session(self, browser: Session) -> Self {
        let viewer = Self { browser, server: self.server };
        viewer.probe();
        viewer.resize(1440, 900);
        viewer
    }

    /// Starts both and opens an article given as JSON, ready to read.
    pub fn reading_article(article: &Value) -> Self {
        let viewer = Self::start();
        viewer.server.put("articles/under-test.json", article.to_string());
        viewer.open("?article=under-test");
        viewer.wait_for_article();
        viewer
    }

    /// Records violations, errors and dialogs from the start of each document of the current window.
    pub fn probe(&self) {
        let source = include_str!("probe.js");
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
    }

    /// Opens a path of the site.
    pub fn open(&self, path: &str) {
        self.browser.go(&self.server.url(path));
    }

    /// Runs a script in the page; `all`, `name` and `visible` of [`LOOK`] are at hand.
    pub fn run(&self, script: &str) -> Value {
        self.run_with(script, &[])
    }

    /// Runs a script with arguments.
    pub fn run_with(&self, script: &str, arguments: &[Value]) -> Value {
        self.browser.run(&format!("{LOOK}{script}"), arguments)
    }

    /// Waits until a script returns something true, and returns it.
    ///
    /// # Panics
    /// With what the page shows, when that does not happen in time.
    pub fn wait_until(&self, what: &str, script: &str) -> Value {
        self.wait_with(what, script, &[])
    }

    /// Waits until a script given arguments returns something true.
    pub fn wait_with(&self, what: &str, script: &str, arguments: &[Value]) -> Value {
        self.wait_for(DEADLINE, what, script, arguments)
    }

    /// Waits until a script given arguments returns something true, for as long as `deadline`.
    pub fn wait_for(&self, deadline: Duration, what: &str, script: &str, arguments: &[Value]) -> Value {
        let start = Instant::now();
        loop {
            let value = self.run_with(script, arguments);
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if start.elapsed() > deadline {
                self.keep_screenshot(what);
                let shown = self.run("return document.body ? document.body.innerText.slice(0, 500) : '';");
                panic!(
                    "waited in vain until {what}; at {}\nconsole: {:?}\nthe page shows: {shown}",
                    self.browser.url(),
                    self.browser.console()
                );
            }
            thread::sleep(POLL);
        }
    }

    /// The first visible element that a selector matches, waited for.
    pub fn see(&self, selector: &str) -> Element {
        self.wait_with(&format!("`{selector}` is seen"), "return all(arguments[0]).length > 0;", &[selector.into()]);
        self.mark("return all(arguments[0])[0];", &[selector.into()])
    }

    /// Whether a selector matches something visible now.
    pub fn sees(&self, selector: &str) -> bool {
        self.run_with("return all(arguments[0]).length > 0;", &[selector.into()]) == json!(true)
    }

    /// Clicks the first visible element that a selector matches.
    pub fn click(&self, selector: &str) {
        self.click_on(&format!("`{selector}`"), || self.see(selector));
    }

    /// Clicks the visible link, button, label or summary of this name.
    pub fn press(&self, name: &str) {
        const BY_NAME: &str = "return all('button, a[href], label, summary, [role=menuitem], [role=button]').find((e) => name(e) === arguments[0]);";
        self.click_on(&format!("“{name}”"), || {
            self.wait_with(
                &format!("“{name}” is there to press"),
                &BY_NAME.replace("return ", "return !!"),
                &[name.into()],
            );
            self.mark(BY_NAME, &[name.into()])
        });
    }

    /// Clicks what `find` finds, again where it moved or was drawn anew in the meantime.
    fn click_on(&self, what: &str, find: impl Fn() -> Element) {
        let start = Instant::now();
        while let Err(error) = self.browser.click(&find()) {
            assert!(start.elapsed() < DEADLINE, "cannot click {what}: {error}");
            thread::sleep(POLL);
        }
    }

    /// Turns the element that a script returns into one to click or type into.
    fn mark(&self, script: &str, arguments: &[Value]) -> Element {
        let body = format!(
            "const found = (() => {{ {} }})(); document.querySelector('[data-e2e]')?.removeAttribute('data-e2e'); found?.setAttribute('data-e2e', '');",
            script.replace("arguments[0]", "given")
        );
        self.run_with(&format!("const given = arguments[0]; {body}"), arguments);
        self.browser.find("[data-e2e]").unwrap_or_else(|| panic!("nothing found by {script} {arguments:?}"))
    }

    /// Types into the first visible element that a selector matches.
    pub fn type_into(&self, selector: &str, words: &str) {
        let element = self.see(selector);
        self.browser.type_into(&element, words);
    }

    /// The text of what a selector matches first, or nothing.
    pub fn text(&self, selector: &str) -> String {
        let text = self.run_with(
            "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() ?? '';",
            &[selector.into()],
        );
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The texts of all that a selector matches.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        strings(&self.run_with("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.replace(/\\s+/g, ' ').trim());", &[selector.into()]))
    }

    /// Waits for an article to be shown.
    pub fn wait_for_article(&self) {
        self.see("main article.r-article h1");
    }

    /// The article's title.
    pub fn title(&self) -> String {
        self.text("main article.r-article h1")
    }

    /// The labels in the contents list, in order, without the link to the page's top.
    pub fn contents(&self) -> Vec<String> {
        strings(&self.run(CONTENTS))
    }

    /// Waits until the contents list marks this section.
    pub fn wait_for_section(&self, label: &str) {
        self.wait_with(
            &format!("“{label}” is the current section"),
            "return document.querySelector('.r-contents a[aria-current]')?.textContent.replace(/\\s+/g, ' ').trim().startsWith(arguments[0]);",
            &[label.into()],
        );
    }

    /// Follows a link of the contents list.
    pub fn go_to_section(&self, label: &str) {
        const LINK: &str = "return all('.r-contents a').find((e) => e.textContent.replace(/\\s+/g, ' ').trim().startsWith(arguments[0]));";
        self.click_on(&format!("“{label}” in the contents"), || {
            self.wait_with(
                &format!("“{label}” is in the contents"),
                &LINK.replace("return ", "return !!"),
                &[label.into()],
            );
            self.mark(LINK, &[label.into()])
        });
    }

    /// Waits until the heading of this text stands at the top of the window, within what a sticky bar may cover.
    pub fn wait_for_heading_at_top(&self, label: &str) {
        self.wait_with(&format!("the heading “{label}” is at the top"), HEADING_AT_TOP, &[label.into()]);
    }

    /// Opens a file of this device through the dialogue.
    pub fn choose_file(&self, file: &Path) {
        self.press("Open…");
        self.see("dialog[open]");
        let input = self.browser.find("dialog input[type=file]").expect("the dialogue has a file input");
        self.browser.type_into(&input, file.to_str().expect("the path is text"));
    }

    /// Chooses a theme by its name in the settings: `auto`, `light`, `dark`, `sepia`, `contrast`.
    pub fn choose_theme(&self, theme: &str) {
        self.see(".r-theme select");
        let choose = "const s = document.querySelector('.r-theme select'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true }));";
        self.run_with(choose, &[theme.into()]);
        let applied = "return (document.documentElement.dataset.theme ?? 'auto') === arguments[0];";
        self.wait_with(&format!("the theme is {theme}"), applied, &[theme.into()]);
        self.settle();
    }

    /// Presses the button that shows the contents list where it is folded away.
    pub fn press_contents_button(&self) {
        self.click(CONTENTS_BUTTON);
    }

    /// Scrolls the page to a height in pixels and lets it settle.
    pub fn scroll_to(&self, top: i64) {
        self.run_with("window.scrollTo({ top: arguments[0], behavior: 'instant' });", &[top.into()]);
    }

    /// Waits for the failure view and returns its kind.
    pub fn wait_for_failure(&self) -> String {
        self.see(".r-failure");
        self.run("return document.querySelector('.r-failure').dataset.kind;").as_str().unwrap_or_default().to_owned()
    }

    /// Sets the size of the window's inside, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Tells the page about the reader's wishes; replaces those told before.
    pub fn prefer(&self, preferences: &[Preference]) {
        self.emulate_media("", preferences);
    }

    /// Shows the page as it would be printed.
    pub fn show_as_print(&self) {
        self.emulate_media("print", &[]);
    }

    fn emulate_media(&self, media: &str, preferences: &[Preference]) {
        let features: Vec<Value> = preferences.iter().map(Preference::feature).collect();
        self.browser.devtools("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features }));
    }

    /// Cuts the browser off the network, or lets it back.
    pub fn set_offline(&self, offline: bool) {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.browser.devtools("Network.enable", &json!({}));
        self.browser.devtools("Network.emulateNetworkConditions", &conditions);
    }

    /// Makes storage throw in every document from now on, as where cookies are blocked.
    pub fn deny_storage(&self) {
        const DENY: &str = "for (const name of ['localStorage', 'sessionStorage']) \
            Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });";
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": DENY }));
    }

    /// Lets the page run no script from now on.
    pub fn disable_scripts(&self) {
        self.browser.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    }

    /// Waits until the page had two frames to draw and compute styles.
    pub fn settle(&self) {
        self.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));");
    }

    /// What events of a name told, where the page keeps them in `told`, each with its name.
    pub fn told(&self, name: &str) -> Vec<Value> {
        let kept = "return told.filter(([name]) => name === arguments[0]).map(([, detail]) => detail);";
        self.run_with(kept, &[name.into()]).as_array().cloned().unwrap_or_default()
    }

    /// What the probe recorded under a name: `violations`, `errors`, `dialogs`.
    pub fn recorded(&self, list: &str) -> Vec<String> {
        strings(&self.run_with("return window.__probe?.[arguments[0]] ?? [];", &[list.into()]))
    }

    /// Fails where the console holds an error or the page broke its own policy.
    pub fn assert_quiet(&self) {
        self.assert_quiet_except(&[]);
    }

    /// The same, leaving aside console entries that contain one of these words.
    pub fn assert_quiet_except(&self, expected: &[&str]) {
        let loud: Vec<String> = self
            .browser
            .console()
            .into_iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .filter_map(|entry| entry["message"].as_str().map(str::to_owned))
            .filter(|message| !message.contains(SLOW_PRELOAD))
            .filter(|message| !expected.iter().any(|words| message.contains(words)))
            .collect();
        assert!(loud.is_empty(), "the console has errors: {loud:#?}");
        for list in ["violations", "errors", "dialogs"] {
            let found = self.recorded(list);
            assert!(found.is_empty(), "{list}: {found:#?}");
        }
    }

    /// Fails where an element's id could take the name of something of the page's own.
    pub fn assert_ids_prefixed(&self) {
        let bare = strings(&self.run("return [...document.querySelectorAll('[id], [name]')].filter((e) => e.localName !== 'meta').flatMap((e) => [e.id, e.getAttribute('name')]).filter((id) => id && !id.startsWith('recto-'));"));
        assert!(bare.is_empty(), "ids or names without the prefix: {bare:?}");
        let twice = strings(&self.run("const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i);"));
        assert!(twice.is_empty(), "ids used twice: {twice:?}");
    }

    /// Fails where the page can be scrolled sideways, naming what sticks out.
    pub fn assert_no_sideways_scroll(&self) {
        self.settle();
        let wide = self.run("const w = document.documentElement.clientWidth; return document.documentElement.scrollWidth <= w ? [] : [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > w + 1 || e.getBoundingClientRect().left < -1).slice(0, 8).map((e) => e.outerHTML.slice(0, 120));");
        let wide = strings(&wide);
        assert!(wide.is_empty(), "the page scrolls sideways because of {wide:#?}");
    }

    /// Fails where axe-core finds a violation of WCAG or good practice.
    pub fn assert_accessible(&self) {
        self.assert_accessible_within("html");
    }

    /// The same of one part of the page, which takes less time.
    pub fn assert_accessible_within(&self, selector: &str) {
        let Some(axe) = axe_source() else { return };
        self.settle();
        if self.browser.run("return typeof window.axe;", &[]) != json!("object") {
            self.browser.run(&format!("{axe}; window.axe = axe;"), &[]);
        }
        let found = self.browser.run(AXE, &[selector.into()]);
        let found = strings(&found);
        if !found.is_empty() {
            self.keep_screenshot("axe");
        }
        assert!(found.is_empty(), "axe found at {}: {found:#?}", self.browser.url());
    }

    /// Writes what the browser shows to `target/e2e/`, to look at after a failure.
    pub fn keep_screenshot(&self, name: &str) {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let test = thread::current().name().unwrap_or("test").replace("::", "-");
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
        let file = directory.join(format!("{test}-{name}.png"));
        if fs::write(&file, decode_base64(&self.browser.screenshot())).is_ok() {
            println!("screenshot: {}", file.display());
        }
    }
}

impl Preference {
    fn feature(&self) -> Value {
        let (name, value) = match self {
            Self::ColorScheme(scheme) => ("prefers-color-scheme", *scheme),
            Self::ReducedMotion => ("prefers-reduced-motion", "reduce"),
            Self::ForcedColors => ("forced-colors", "active"),
        };
        json!({ "name": name, "value": value })
    }
}

const CONTENTS_BUTTON: &str = ".r-contents-button, .r-contents button[aria-expanded]";

const CONTENTS: &str = r"
return [...document.querySelectorAll('.r-contents li a')]
  .filter((e) => !/^#?(top)?$/.test(new URL(e.href).hash.slice(1).replace(/^recto-/, '')))
  .map((e) => (e.querySelector('.r-contents-label') ?? e).textContent.replace(/\s+/g, ' ').trim());
";

const HEADING_AT_TOP: &str = r"
const heading = [...document.querySelectorAll('article.r-article :is(h2, h3, h4, h5, h6)')]
  .find((e) => e.textContent.replace(/\s+/g, ' ').trim().startsWith(arguments[0]));
if (!heading) return false;
const { top } = heading.getBoundingClientRect();
const end = Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight) < 2;
return (top >= -2 && top < 160) || (end && top > 0 && top < innerHeight);
";

const AXE: &str = r"
return axe.run(arguments[0], { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.slice(0, 4).map((n) => `${id}: ${n.target} ${n.html.slice(0, 160)} (${n.any.concat(n.all, n.none).map((c) => c.message).join('; ')})`)));
";

/// The strings of a JSON list.
pub fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect()
}

/// The bytes of unbroken base64.
fn decode_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text
        .bytes()
        .filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte))
        .map(|digit| digit as u32)
        .collect();
    let bytes = |group: &[u32]| {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    };
    digits.chunks(4).flat_map(bytes).collect()
}

/// axe-core's source, or nothing with a notice where it is not installed.
fn axe_source() -> Option<&'static str> {
    static SOURCE: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let tools = env::var("RECTO_TOOLS").unwrap_or_else(|_| env::var("HOME").unwrap_or_default() + "/.cache/recto");
        let file = Path::new(&tools).join("npm/axe-core/node_modules/axe-core/axe.min.js");
        fs::read_to_string(&file).map_err(|_| println!("skipped: axe-core is not at {}", file.display())).ok()
    };
    SOURCE.get_or_init(read).as_deref()
}
