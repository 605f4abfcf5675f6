//! `<recto-article>` in the pages of others: what it shows, what it tells, and that it leaves the page alone.

use serde_json::{Value, json};

use crate::articles;
use crate::page::Viewer;
use crate::server::{Fault, Server};
use crate::site::Answer;
use crate::webdriver::Browser;

/// The policy that a site needs at most.
const POLICY: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'";

/// What a page does to its own text, and must not do to ours.
const HOST_STYLES: &str = "html { font-size: 62.5% } * { font-family: fantasy; letter-spacing: 4px; color: #111; \
    text-transform: uppercase; line-height: 3 } h1, h2, h3 { font-size: 90px !important; background: lime } \
    ul, ol { list-style: none } recto-article { --recto-link: rgb(1, 2, 3) } .far { block-size: 5000px } .window { block-size: 500px; overflow-y: auto }";

/// Keeps what elements tell, and what there was of names, steps and listeners before.
const HOST_SCRIPT: &str = "window.told = []; \
    for (const name of ['recto-load', 'recto-error', 'recto-choices', 'recto-navigate', 'recto-section-change', 'recto-comment-submit', 'recto-comment-posted', 'recto-comments-count']) \
        addEventListener(name, (event) => { told.push([name, event.detail]); \
            if (document.documentElement.dataset.refuse === name) event.preventDefault(); }); \
    window.stopOnClick = (node) => node.addEventListener('click', () => { throw new WebAssembly.RuntimeError('unreachable'); }); \
    window.steps = history.length; window.names = undefined; window.names = new Set(Object.keys(window));";

/// A page of somebody else's with elements in it.
pub(crate) fn host(server: Server, elements: &str) -> Viewer {
    host_under(server, elements, POLICY)
}

fn host_under(server: Server, elements: &str, policy: &str) -> Viewer {
    put_host(&server, elements, policy);
    let viewer = Viewer::with(server);
    viewer.open("host.html");
    viewer
}

/// The page in another browser.
pub(crate) fn host_in(browser: Browser, elements: &str) -> Viewer {
    let server = Server::start();
    put_host(&server, elements, POLICY);
    let viewer = Viewer::in_browser(browser, server);
    viewer.open("host.html");
    viewer
}

fn put_host(server: &Server, elements: &str, policy: &str) {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Their page</title><link rel=stylesheet href=host.css>\
         <script src=host.js></script><script type=module src=recto-article.js></script>\
         <body><main><h1>Their heading</h1><p id=theirs>Their text.</p>{elements}</main></body></html>"
    );
    let answer = Answer::of("host.html", page.into_bytes()).with("Content-Security-Policy", policy);
    server.put_answer("host.html", answer);
    server.put("host.css", HOST_STYLES).put("host.js", HOST_SCRIPT);
    server.put("article.json", articles::long().to_string()).put("favicon.ico", "");
}

fn reading(elements: &str) -> Viewer {
    let viewer = host(Server::start(), elements);
    wait(&viewer, "ready");
    viewer
}

/// Waits until the first element has come so far.
pub(crate) fn wait(viewer: &Viewer, state: &str) {
    let is_there = "return document.querySelector('recto-article')?.state === arguments[0];";
    viewer.wait_with(&format!("the element is {state}"), is_there, &[state.into()]);
    viewer.settle();
}

/// What a script finds in the shadow root of the first element.
fn inside(viewer: &Viewer, script: &str) -> Value {
    viewer.run(&format!("const element = document.querySelector('recto-article'), root = element.shadowRoot; {script}"))
}

#[test]
fn an_article_is_read_in_a_page_that_stays_as_it_was() {
    let viewer = reading("<recto-article src=article.json><p>What was there.</p></recto-article>");
    assert_eq!(
        inside(&viewer, "return root.querySelector('.r-article').innerText.includes('Light falls on the page');"),
        json!(true)
    );
    assert_eq!(inside(&viewer, "return element.toPlainText().startsWith('A long article');"), json!(true));
    assert_eq!(
        inside(&viewer, "return element.querySelector('p').checkVisibility();"),
        json!(false),
        "the text takes the place of what was there"
    );
    // The page's own.
    assert_eq!(
        viewer.run("return [document.title, location.hash, location.search, scrollY];"),
        json!(["Their page", "", "", 0])
    );
    assert_eq!(
        viewer.run("return [Object.keys(window).filter((name) => !names.has(name) && name !== 'ret_nodes'), history.length - steps];"),
        json!([[], 0])
    );
    assert_eq!(
        viewer.run("return document.activeElement === document.body;"),
        json!(true),
        "the focus stays where it was"
    );
    assert_eq!(viewer.run("return [document.head.childElementCount, document.body.childElementCount];"), json!([5, 1]));
    // Their styles end at the element, their tokens do not.
    let styles = inside(
        &viewer,
        "const of = (selector) => getComputedStyle(root.querySelector(selector)); \
        const p = of('.r-article p'), h = of('.r-article h3'); \
        return [p.letterSpacing, p.textTransform, p.fontFamily.includes('fantasy'), parseFloat(p.fontSize) >= 16, parseFloat(h.fontSize) < 60, h.backgroundColor, of('.r-root').getPropertyValue('--recto-link')];",
    );
    assert_eq!(styles, json!(["normal", "none", false, true, true, "rgba(0, 0, 0, 0)", "rgb(1, 2, 3)"]));
    // Headings go on where the page's stop.
    assert_eq!(
        inside(
            &viewer,
            "return [...root.querySelectorAll('.r-article :is(h1, h2, h3)')].slice(0, 2).map((h) => h.localName);"
        ),
        json!(["h2", "h3"])
    );
    assert_eq!(inside(&viewer, "return root.querySelectorAll('main').length;"), json!(0));
    let parts =
        "return ['header', 'title', 'body', 'contents'].filter((name) => !root.querySelector(`[part~=${name}]`));";
    assert_eq!(inside(&viewer, parts), json!([]), "parts without an element");
    assert_eq!(
        viewer.told("recto-load"),
        [
            json!({ "title": "A long article", "language": "en", "minutes": inside(&viewer, "return told[0][1].minutes;") })
        ]
    );
    viewer.assert_accessible();
    viewer.assert_quiet();
}

#[test]
fn sections_are_gone_to_without_touching_the_address() {
    let viewer = reading("<recto-article src=article.json></recto-article>");
    inside(
        &viewer,
        "[...root.querySelectorAll('.r-contents a')].find((a) => a.textContent.includes('Gamma')).click();",
    );
    let is_there = "const h = document.querySelector('recto-article').shadowRoot.getElementById('recto-gamma'); \
        const { top } = h.getBoundingClientRect(); return top > -2 && top < 160 && scrollY > 0;";
    viewer.wait_until("the section is at the top", is_there);
    assert_eq!(inside(&viewer, "return root.activeElement?.id;"), json!("recto-gamma"));
    assert_eq!(viewer.run("return [location.hash, history.length - steps];"), json!(["", 0]));
    assert_eq!(viewer.told("recto-navigate"), [json!({ "fragment": "gamma" })]);
    viewer.wait_until(
        "the section is told",
        "return told.some(([name, { id }]) => name === 'recto-section-change' && id === 'gamma');",
    );
    assert_eq!(
        inside(&viewer, "return [element.scrollToSection('alpha'), element.scrollToSection('nowhere')];"),
        json!([true, false])
    );
    // The page may go there by itself, or not at all.
    viewer.run("document.documentElement.dataset.refuse = 'recto-navigate'; scrollTo(0, 0);");
    inside(&viewer, "[...root.querySelectorAll('.r-contents a')].find((a) => a.textContent.includes('Beta')).click();");
    viewer.settle();
    assert_eq!(viewer.run("return scrollY;"), json!(0));
    // What leads nowhere leads nowhere.
    inside(
        &viewer,
        "const link = root.querySelector('.r-contents a'); link.setAttribute('href', '#recto-gone'); link.click();",
    );
    assert_eq!(viewer.run("return [location.hash, history.length - steps];"), json!(["", 0]));
    viewer.assert_quiet();
}

#[test]
fn an_article_that_is_no_longer_wanted_does_not_come() {
    let server = Server::start();
    server.put("other.json", articles::article("Other", &[json!("Text.")]).to_string());
    server.fail("article.json", Fault::Withheld);
    let viewer = host(server, "<recto-article src=article.json></recto-article>");
    wait(&viewer, "loading");
    viewer.run("document.querySelector('recto-article').src = 'other.json';");
    wait(&viewer, "ready");
    viewer.server.heal("article.json");
    viewer.run("return fetch('article.json').then((answer) => answer.text()).then(() => undefined);");
    viewer.settle();
    let shown = "return [...root.querySelectorAll('h2[id=\"recto-~title\"]')].map((title) => title.textContent);";
    assert_eq!(inside(&viewer, shown), json!(["Other"]));
    // What is promised is the article that was asked for last.
    let promised =
        "element.src = 'article.json'; return element.ready.then(() => element.toPlainText().includes('Other'));";
    assert_eq!(inside(&viewer, promised), json!(false));
    let refused = "element.src = 'nowhere.json'; return element.ready.then(() => 'read', () => element.state);";
    assert_eq!(inside(&viewer, refused), json!("failed"));
}

#[test]
fn files_of_another_format_and_of_several_articles_are_told() {
    let viewer = host(
        Server::start(),
        "<recto-article src=article.json format=notion heading-level=3><p>Before.</p></recto-article>",
    );
    wait(&viewer, "failed");
    assert_eq!(viewer.told("recto-error")[0]["code"], json!("not-this-format"));
    assert_eq!(
        inside(
            &viewer,
            "const title = root.querySelector('h1'); return [title.ariaLevel, element.querySelector('p').checkVisibility()];"
        ),
        json!(["3", true])
    );
    let item = |id: &str| json!({"id": id, "title": id, "content_html": format!("<p>{id}.</p>")});
    let feed =
        json!({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [item("One"), item("Two")]});
    viewer.server.put("feed.json", feed.to_string());
    inside(&viewer, "element.removeAttribute('format'); element.src = 'feed.json';");
    wait(&viewer, "readable");
    assert_eq!(viewer.told("recto-choices"), [json!({ "count": 2 })]);
    assert_eq!(inside(&viewer, "return element.querySelector('p').checkVisibility();"), json!(false));
    inside(&viewer, "[...root.querySelectorAll('.r-pick')][1].click();");
    wait(&viewer, "ready");
    assert_eq!(inside(&viewer, "return element.toPlainText().includes('Two.');"), json!(true));
}

#[test]
fn the_reader_is_followed_through_what_scrolls_around_it() {
    let viewer = reading("<div class=window><recto-article src=article.json></recto-article></div>");
    inside(
        &viewer,
        "element.parentElement.scrollTop = root.getElementById('recto-gamma').getBoundingClientRect().top - 60;",
    );
    viewer.wait_until(
        "the section is told",
        "return told.some(([name, detail]) => name === 'recto-section-change' && detail.id === 'gamma');",
    );
    assert_eq!(viewer.run("return scrollY;"), json!(0));
}

#[test]
fn it_is_printed_dark_on_white() {
    let viewer = reading("<recto-article src=article.json theme=dark></recto-article>");
    viewer.show_as_print();
    let colours = "const { color, backgroundColor } = getComputedStyle(root.querySelector('.r-root')); return [color, backgroundColor];";
    assert_eq!(inside(&viewer, colours), json!(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]));
}

#[test]
fn the_fragment_is_the_elements_where_the_page_says_so() {
    let viewer = host(Server::start(), "<recto-article src=article.json router=hash></recto-article>");
    viewer.open("host.html#delta");
    wait(&viewer, "ready");
    viewer.wait_until("the section is in the window", "return scrollY > 500;");
    inside(&viewer, "[...root.querySelectorAll('.r-contents a')].find((a) => a.textContent.includes('Beta')).click();");
    viewer.wait_until("the address follows", "return location.hash === '#beta';");
    viewer.browser.back();
    viewer.wait_until("the address is as it was", "return location.hash === '#delta';");
    viewer.assert_quiet();
}

#[test]
fn what_was_there_stays_where_there_is_no_article() {
    let slot = "return [element.querySelector('p').checkVisibility(), root.querySelector('[role=alert], .r-failure') !== null];";
    let elements = "<recto-article src=nowhere.json><p>What was there.</p></recto-article>";
    let viewer = host(Server::start(), elements);
    wait(&viewer, "failed");
    assert_eq!(inside(&viewer, slot), json!([true, true]));
    assert_eq!(viewer.told("recto-error")[0]["code"], json!("not-found"));
    assert_eq!(
        viewer.run("return document.querySelector('recto-article').ready.then(() => 'read', () => 'refused');"),
        json!("refused")
    );
    viewer.assert_accessible();
    // It is there at the second try.
    viewer.server.put("nowhere.json", articles::short().to_string());
    inside(&viewer, "[...root.querySelectorAll('button')].find((b) => b.textContent === 'Try again').click();");
    wait(&viewer, "ready");
    assert_eq!(inside(&viewer, "return element.querySelector('p').checkVisibility();"), json!(false));
    viewer.assert_quiet_except(&["nowhere.json", "recto-article:"]);
}

#[test]
fn what_was_there_stays_where_the_program_cannot_run() {
    let elements = "<recto-article src=article.json><p>What was there.</p></recto-article>";
    let server = Server::start();
    server.fail(&Server::built("recto-reading", ".wasm"), Fault::NotFound);
    let viewer = host(server, elements);
    wait(&viewer, "failed");
    assert_eq!(viewer.told("recto-error")[0]["code"], json!("network"));
    viewer.server.heal(&Server::built("recto-reading", ".wasm"));
    inside(&viewer, "root.querySelector('button').click();");
    wait(&viewer, "ready");

    let viewer = host_under(Server::start(), elements, &POLICY.replace(" 'wasm-unsafe-eval'", ""));
    wait(&viewer, "failed");
    assert_eq!(viewer.told("recto-error")[0]["code"], json!("blocked-by-csp"));
    assert_eq!(inside(&viewer, "return element.querySelector('p').checkVisibility();"), json!(true));

    // The text is there without the interface.
    let server = Server::start();
    server.fail(&Server::built("recto-app", ".wasm"), Fault::NotFound);
    let viewer = host(server, elements);
    wait(&viewer, "readable");
    assert_eq!(inside(&viewer, "return root.querySelector('.r-article').checkVisibility();"), json!(true));
}

#[test]
fn nothing_is_loaded_before_it_is_near() {
    let viewer = host(Server::start(), "<div class=far></div><recto-article src=article.json></recto-article>");
    viewer.wait_until("it is known", "return document.querySelector('recto-article').state === 'idle';");
    viewer.run("scrollTo(0, 3000);");
    viewer.settle();
    let asked = viewer.server.requests();
    assert!(!asked.iter().any(|url| url.contains("article.json") || url.ends_with(".wasm")), "{asked:?}");
    viewer.run("scrollTo(0, 5000);");
    wait(&viewer, "ready");
}

#[test]
fn elements_share_one_program_and_leave_nothing_behind() {
    let viewer = reading(
        "<recto-article src=article.json></recto-article><recto-article src=second.json loading=eager></recto-article>",
    );
    let count = "return { nodes: document.querySelectorAll('*').length };";
    let before = viewer.run(count);
    viewer.server.put("second.json", articles::short().to_string());
    viewer.run("document.querySelectorAll('recto-article')[1].reload();");
    viewer.wait_until("the second is ready", "return document.querySelectorAll('recto-article')[1].state === 'ready';");
    let asked = viewer.server.requests();
    for part in ["recto-app", "recto-reading"] {
        assert_eq!(
            asked.iter().filter(|url| url.contains(part) && url.ends_with(".wasm")).count(),
            1,
            "{part}: {asked:?}"
        );
    }
    const REMOUNT: &str = "const second = document.querySelectorAll('recto-article')[1], { parentNode } = second; \
        for (let i = 0; i < arguments[0]; i++) { second.remove(); await new Promise((done) => setTimeout(done)); parentNode.append(second); \
            while (second.state !== 'ready') await new Promise((done) => setTimeout(done, 5)); }";
    let measure = || {
        for _ in 0..2 {
            viewer.browser.devtools("HeapProfiler.collectGarbage", &json!({}));
        }
        viewer.browser.devtools("Performance.enable", &json!({}));
        let metrics = viewer.browser.devtools("Performance.getMetrics", &json!({}))["metrics"].clone();
        let of = |name: &str| {
            let metrics = metrics.as_array().into_iter().flatten();
            metrics.filter(|it| it["name"] == name).find_map(|it| it["value"].as_f64()).unwrap_or_default()
        };
        [of("Nodes"), of("JSEventListeners")]
    };
    let remount = |times: u32| {
        viewer.run_with(
            &format!("return (async () => {{ {REMOUNT} }})();").replace("arguments[0]", &times.to_string()),
            &[],
        )
    };
    remount(5);
    let first = measure();
    remount(60);
    let last = measure();
    for (name, first, last) in [("nodes", first[0], last[0]), ("listeners", first[1], last[1])] {
        assert!(last < first * 1.2 + 20.0, "{name}: {first} after 5 mounts, {last} after 65");
    }
    assert_eq!(viewer.run(count), before);
    // Moving is not mounting.
    viewer.server.requests();
    viewer.run("const one = document.querySelector('recto-article'); document.querySelector('main').append(one);");
    viewer.settle();
    assert_eq!(viewer.server.requests(), [""; 0]);
    assert_eq!(
        viewer.run("return [...document.querySelectorAll('recto-article')].map((one) => one.state);"),
        json!(["ready", "ready"])
    );
    viewer.assert_quiet_except(&["second.json", "recto-article:"]);
}

#[test]
fn where_the_program_stops_in_one_the_others_go_on() {
    let elements = "<recto-article src=article.json><p>What was there.</p></recto-article><recto-article id=other src=article.json></recto-article>";
    let viewer = reading(elements);
    viewer.run("document.querySelector('#other').scrollIntoView();");
    viewer.wait_until("the other is ready", "return document.querySelector('#other').state === 'ready';");
    inside(
        &viewer,
        "stopOnClick(root.querySelector('.r-contents')); \
        root.querySelector('.r-contents a').click();",
    );
    wait(&viewer, "failed");
    assert_eq!(viewer.told("recto-error")[0]["code"], json!("panic"));
    assert_eq!(inside(&viewer, "return element.querySelector('p').checkVisibility();"), json!(true));
    let other = "return document.querySelector('#other').shadowRoot.querySelector('.r-article').checkVisibility();";
    assert_eq!(viewer.run(other), json!(true));
    viewer.run("const links = document.querySelector('#other').shadowRoot.querySelectorAll('.r-contents a'); links[links.length - 2].click();");
    viewer.wait_until("the other follows its links", "return told.some(([name]) => name === 'recto-navigate');");
}

#[test]
fn the_page_gives_the_article_itself() {
    let given = articles::article(
        "Given",
        &[json!("In the page."), json!({ "type": "image", "url": "https://pictures.example/a.png", "alt": "A boat" })],
    );
    let script = format!("<script type=\"application/json\">{}</script>", given.to_string().replace('<', "\\u003c"));
    let viewer = reading(&format!(
        "<recto-article heading-level=4 images=none contents=none theme=dark>{script}</recto-article>"
    ));
    assert_eq!(
        inside(
            &viewer,
            "return [root.querySelector('.r-article h4').textContent, root.querySelector('.r-article img'), root.querySelector('a.r-no-image').textContent];"
        ),
        json!(["Given", null, "A boat"])
    );
    assert_eq!(inside(&viewer, "return getComputedStyle(root.querySelector('.r-root')).colorScheme;"), json!("dark"));
    // An object, set before or after; any format that is read.
    viewer.run("document.querySelector('recto-article').article = { title: 'As object', body: ['Said.'] };");
    viewer.wait_until(
        "the object is shown",
        "return document.querySelector('recto-article').shadowRoot.querySelector('h4')?.textContent === 'As object';",
    );
    // The page's own name says nothing about it.
    viewer.run("document.querySelector('recto-article').article = '# As Markdown\\n\\n**Said**, and [more](#x).\\n\\n## Then\\n';");
    viewer.wait_until(
        "the text is shown",
        "return document.querySelector('recto-article').shadowRoot.querySelector('h4')?.textContent === 'As Markdown';",
    );
    viewer.run("document.querySelector('recto-article').headingLevel = 3;");
    viewer.wait_until(
        "the level follows",
        "return document.querySelector('recto-article').shadowRoot.querySelector('h3')?.textContent === 'As Markdown';",
    );
    viewer.assert_quiet();
}

#[test]
fn comments_are_where_the_element_names_a_place() {
    let viewer = reading("<recto-article src=article.json></recto-article>");
    assert_eq!(inside(&viewer, "return root.querySelector('.r-comments');"), json!(null));
    let viewer = reading("<recto-article src=article.json comments=local></recto-article>");
    inside(
        &viewer,
        "const set = (name, value) => { const field = root.querySelector(`[id$='${name}']`); field.value = value; field.dispatchEvent(new Event('input', { bubbles: true, composed: true })); }; \
        set('comment', 'Well said.'); set('author', 'Ann'); set('email', 'ann@example.org');",
    );
    inside(&viewer, "root.querySelector('.r-form [type=submit]').click();");
    let is_posted = "return document.querySelector('recto-article').shadowRoot.querySelector('.r-comment-body')?.textContent === 'Well said.';";
    viewer.wait_until("the comment is there", is_posted);
    assert_eq!(viewer.told("recto-comment-submit"), [json!({ "name": "Ann", "text": "Well said.", "parent": "" })]);
    assert_eq!(viewer.told("recto-comment-posted")[0]["state"], json!("published"));
    let counts: Vec<_> = viewer.told("recto-comments-count").iter().map(|told| told["count"].clone()).collect();
    assert_eq!(counts, [0, 1]);
    assert_eq!(viewer.run("return [location.hash, history.length - steps];"), json!(["", 0]));
    viewer.assert_accessible();
    viewer.assert_quiet();
}

#[test]
fn works_under_trusted_types_and_from_another_site() {
    let policy = format!("{POLICY}; require-trusted-types-for 'script'; trusted-types recto");
    let viewer =
        host_under(Server::start(), "<recto-article src=article.json comments=local></recto-article>", &policy);
    wait(&viewer, "ready");
    viewer.assert_quiet();

    // The program and the article come from a site that says that others may have them.
    let theirs = Server::start();
    theirs.put("article.json", articles::long().to_string());
    theirs.open_to_others();
    let here = Server::empty();
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><script type=module src={0}></script>\
         <main><h1>T</h1><recto-article src={1}></recto-article></main>",
        theirs.url("recto-article.js"),
        theirs.url("article.json")
    );
    here.put("index.html", page).put("favicon.ico", "");
    let viewer = Viewer::with(here);
    viewer.open("");
    wait(&viewer, "ready");
    assert_eq!(viewer.server.requests().iter().filter(|url| url.ends_with(".wasm")).count(), 0);
    viewer.assert_quiet();
}

#[test]
fn its_words_are_english_on_pages_in_other_languages() {
    let server = Server::start();
    let mut german = articles::short();
    german["language"] = "de".into();
    let mut unknown = articles::short();
    unknown["language"] = "".into();
    server.put("german.json", german.to_string()).put("unknown.json", unknown.to_string());
    let viewer = host(
        server,
        "<recto-article src=german.json comments=local loading=eager></recto-article><recto-article src=unknown.json loading=eager></recto-article><recto-article src=unknown.json lang=fr loading=eager></recto-article>",
    );
    viewer.run("document.documentElement.lang = 'ar';");
    viewer.wait_until(
        "all are ready",
        "return [...document.querySelectorAll('recto-article')].every((element) => element.state === 'ready');",
    );
    let languages = "const closest = (root, selector) => root.querySelector(selector).closest('[lang]').lang; \
        const [one, other, told] = [...document.querySelectorAll('recto-article')].map((element) => element.shadowRoot); \
        return [closest(one, '.r-article h1, .r-article h2'), closest(one, '.r-comments form'), closest(other, '.r-article h1, .r-article h2'), closest(told, '.r-article h1, .r-article h2')];";
    assert_eq!(viewer.run(languages), json!(["de", "en", "", "fr"]));
}
