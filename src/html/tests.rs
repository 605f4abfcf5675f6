//! What the writer makes of each block and inline, and of attacks.

use super::*;
use crate::article::json::Json;
use crate::article::normal::normalise;
use crate::json::{Value, json, parse};
use crate::warning::Warnings;

fn read(envelope: &Value<'_>) -> Article {
    Article::from_json(envelope.as_object().unwrap(), &mut Warnings::default())
}

/// Checks an English article's HTML after its header.
#[track_caller]
fn check_article(envelope: &str, expected: &str) {
    let mut envelope = parse(envelope).unwrap();
    envelope["title"] = json!("");
    envelope["language"] = json!("en");
    let html = article(&read(&envelope), &Options::default());
    let (_, body) = html.as_str().split_once("</header>").unwrap();
    assert_eq!(body, expected);
    check_markup(html.as_str());
}

#[track_caller]
fn check(blocks: &str, expected: &str) {
    check_article(&format!("{{\"body\": {blocks}}}"), expected);
}

#[track_caller]
fn check_foreign(blocks: Value<'_>, expected: &str) {
    let blocks = Blocks::read(&blocks, &mut Warnings::default()).unwrap();
    assert_eq!(foreign_blocks(&blocks).as_str(), expected);
}

#[track_caller]
fn check_header(envelope: Value<'_>, expected: &str) {
    let html = article(&read(&envelope), &Options::default());
    check_markup(html.as_str());
    assert_eq!(html.as_str(), expected);
}

const ELEMENTS: &str = " a abbr article aside audio bdi blockquote br button caption cite code dd del details div dl dt em \
     figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img ins kbd li mark math mfrac mi mn mo mrow msub msup \
     nav ol p pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead \
     time tr track u ul var video wbr ";
const VOID: &str = " br hr img source track wbr ";
const ATTRIBUTES: &str = " alt alttext aria-hidden aria-label aria-labelledby aria-level cite class colspan controls \
     data-action data-align data-aspect data-checked data-color data-columns data-direction data-emphasis data-kind \
     data-language data-layout data-letter data-line data-number data-numbered data-placement data-provider \
     data-span data-src data-title data-type datetime decoding dir display fetchpriority height href id kind label \
     lang loading loop open playsinline poster preload referrerpolicy rel reversed role rowspan scope sizes src \
     srclang srcset start stretchy tabindex title type width ";

/// Checks that markup is what this module means to write: well nested, of known elements and attributes, ids
/// prefixed, addresses of allowed schemes. Returns the levels of its headings.
#[track_caller]
fn check_markup(html: &str) -> Vec<u8> {
    let mut open = Vec::new();
    let mut headings = Vec::new();
    let mut pieces = html.split('<');
    assert!(!pieces.next().unwrap().contains('>'));
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("an open tag in {piece}"));
        assert!(!text.contains('>'), "text is escaped: {piece}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "nesting at {piece}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&format!(" {name} ")), "element {name}");
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            headings.push(level);
        }
        if !VOID.contains(&format!(" {name} ")) {
            open.push(name);
        }
        check_attributes(attributes);
    }
    assert_eq!(open, [""; 0]);
    headings
}

#[track_caller]
fn check_attributes(attributes: &str) {
    let mut rest = attributes;
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = &rest[..end];
        assert!(ATTRIBUTES.contains(&format!(" {name} ")), "attribute {name} in {attributes}");
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').unwrap();
        }
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        match name {
            "id" => assert!(value.starts_with(ID_PREFIX), "id {value}"),
            "href" | "src" | "cite" | "poster" | "srcset" | "data-src" => {
                let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
                let is_relative = scheme.is_empty() || scheme.contains(['/', '?', '#', '%']);
                assert!(is_relative || ["http", "https", "mailto", "tel"].contains(&scheme), "address {value}");
            }
            _ => {}
        }
    }
}

#[test]
fn marks_have_their_elements() {
    check(
        r#"{"type": "paragraph", "children": [{"type": "emphasis", "children": "a"}, {"type": "strong", "children": "b"}, {"type": "delete", "children": "c"}, {"type": "insert", "children": "d"}, {"type": "underline", "children": "e"}, {"type": "subscript", "children": "f"}, {"type": "superscript", "children": "g"}, {"type": "small", "children": "h"}]}"#,
        r#"<p><em>a</em><strong>b</strong><del>c</del><ins>d</ins><u>e</u><sub>f</sub><sup>g</sup><small>h</small></p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "smallcaps", "children": "a"}, {"type": "mark", "children": "b"}, {"type": "mark", "color": "pink", "children": "c"}, {"type": "inlineCode", "value": "<d>"}, {"type": "keyboard", "children": "e"}, {"type": "sample", "children": "f"}, {"type": "variable", "children": "g"}]}"#,
        r#"<p><span class="r-smallcaps">a</span><mark>b</mark><mark data-color="pink">c</mark><code dir="ltr">&lt;d&gt;</code><kbd>e</kbd><samp>f</samp><var>g</var></p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "quote", "children": "a", "cite": "https://a.example/"}, {"type": "citeTitle", "children": "b"}, {"type": "abbreviation", "title": "Three \"C\"", "children": "c"}, {"type": "time", "datetime": "2024-10-16", "children": "then"}, {"type": "break"}, {"type": "wordBreak"}]}"#,
        r#"<p><q cite="https://a.example/">a</q><cite>b</cite><abbr title="Three &quot;C&quot;">c</abbr><time datetime="2024-10-16">then</time><br><wbr></p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "ruby", "children": "漢", "annotation": "kan"}, {"type": "span", "id": "x", "lang": "ar", "children": "س"}, {"type": "mention", "name": "@a"}, {"type": "html", "value": "<b>"}]}"#,
        r#"<p><ruby>漢<rp> (</rp><rt>kan</rt><rp>)</rp></ruby><span id="recto-x" lang="ar" dir="rtl">س</span><span class="r-mention"><bdi>@a</bdi></span><code dir="ltr" class="r-source">&lt;b&gt;</code></p>"#,
    );
}

#[test]
fn links_are_resolved_and_marked() {
    check(
        r#"{"type": "paragraph", "children": [{"type": "link", "url": "https://a.example/?a=1&b=2", "title": "t", "children": "a"}]}"#,
        r#"<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener" title="t">a</a></p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "link", "url": "?article=b", "children": "a"}]}"#,
        r#"<p><a href="?article=b">a</a></p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "link", "url": "javascript:alert(1)", "children": "kept as text"}]}"#,
        r#"<p>kept as text</p>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "link", "url": "https://a.example/", "children": ["a ", {"type": "link", "url": "https://b.example/", "children": "b"}]}]}"#,
        r#"<p><a href="https://a.example/" rel="noopener">a b</a></p>"#,
    );
    check(
        r##"[{"type": "section", "id": "part", "aliases": ["Old"], "title": "Part", "children": [{"type": "paragraph", "children": [{"type": "link", "url": "#old", "children": "a"}, {"type": "crossReference", "identifier": "part"}]}]}]"##,
        r##"<section aria-labelledby="recto-part"><div class="r-heading"><h2 id="recto-part">Part</h2><a class="r-anchor" href="#recto-part" aria-label="Link to “Part”"></a></div><p><a href="#recto-part">a</a><a class="r-crossref" href="#recto-part">Part</a></p></section>"##,
    );
}

#[test]
fn sections_nest_and_name_themselves() {
    check(
        r#"[{"type": "section", "id": "a", "title": "A & B", "children": ["x", {"type": "section", "id": "b", "title": "C", "numbered": true, "children": []}]}]"#,
        r##"<section aria-labelledby="recto-a"><div class="r-heading"><h2 id="recto-a">A &amp; B</h2><a class="r-anchor" href="#recto-a" aria-label="Link to “A &amp; B”"></a></div><p>x</p><section aria-labelledby="recto-b"><div class="r-heading"><h3 id="recto-b" data-number="1">C</h3><a class="r-anchor" href="#recto-b" aria-label="Link to “C”"></a></div></section></section>"##,
    );
    check(
        r#"[{"type": "section", "id": "a", "title": "A", "collapsed": true, "children": ["x"]}]"#,
        r#"<section aria-labelledby="recto-a"><details class="r-collapsed"><summary><h2 id="recto-a">A</h2></summary><p>x</p></details></section>"#,
    );
}

#[test]
fn headings_inside_blocks_skip_no_level() {
    check(
        r#"[{"type": "section", "id": "a", "title": "A", "children": [{"type": "blockquote", "children": [{"type": "heading", "depth": 6, "children": "deep"}, {"type": "heading", "depth": 1, "children": "high"}]}]}]"#,
        r##"<section aria-labelledby="recto-a"><div class="r-heading"><h2 id="recto-a">A</h2><a class="r-anchor" href="#recto-a" aria-label="Link to “A”"></a></div><blockquote><h3>deep</h3><h2>high</h2></blockquote></section>"##,
    );
}

#[test]
fn paragraphs_keep_alignment_language_and_direction() {
    check(
        r#"{"type": "paragraph", "id": "p", "align": "right", "children": "a"}"#,
        r#"<p id="recto-p" data-align="end">a</p>"#,
    );
    check(r#"{"type": "paragraph", "lang": "ar", "children": ["س"]}"#, r#"<p lang="ar" dir="rtl">س</p>"#);
    check(
        r#"{"type": "blockquote", "lang": "he", "children": [{"type": "paragraph", "lang": "en", "children": ["x"]}]}"#,
        r#"<blockquote lang="he" dir="rtl"><p lang="en" dir="ltr">x</p></blockquote>"#,
    );
}

#[test]
fn quotations_name_their_source() {
    check(r#"{"type": "blockquote", "children": ["a"]}"#, r#"<blockquote><p>a</p></blockquote>"#);
    check(
        r#"{"type": "blockquote", "children": ["a"], "cite": "https://a.example/", "attribution": "B"}"#,
        r#"<figure class="r-quote"><blockquote cite="https://a.example/"><p>a</p></blockquote><figcaption><a href="https://a.example/" rel="noopener">B</a></figcaption></figure>"#,
    );
    check(
        r#"{"type": "pullquote", "children": "a", "attribution": "B"}"#,
        r#"<figure class="r-pullquote"><blockquote><p>a</p></blockquote><figcaption>B</figcaption></figure>"#,
    );
    check(r#"{"type": "verse", "children": ["a", {"type": "break"}, "b"]}"#, r#"<p class="r-verse">a<br>b</p>"#);
}

#[test]
fn lists_are_tight_unless_spread() {
    check(
        r#"{"type": "list", "children": [{"type": "listItem", "children": ["a", {"type": "list", "children": [{"type": "listItem", "children": ["b"]}]}]}]}"#,
        r#"<ul><li>a<ul><li>b</li></ul></li></ul>"#,
    );
    check(
        r#"{"type": "list", "spread": true, "children": [{"type": "listItem", "id": "i", "children": ["a"]}]}"#,
        r#"<ul><li id="recto-i"><p>a</p></li></ul>"#,
    );
    check(
        r#"{"type": "list", "ordered": true, "start": 4, "style": "lower-roman", "reversed": true, "children": [{"type": "listItem", "children": ["a"]}]}"#,
        r#"<ol start="4" reversed type="i"><li>a</li></ol>"#,
    );
    check(
        r#"{"type": "list", "style": "none", "children": [{"type": "listItem", "children": ["a"]}]}"#,
        r#"<ul class="r-plain" role="list"><li>a</li></ul>"#,
    );
    check(
        r#"{"type": "list", "children": [{"type": "listItem", "checked": true, "children": ["a"]}, {"type": "listItem", "checked": false, "children": ["b"]}]}"#,
        r#"<ul class="r-tasks" role="list"><li><span class="r-check" role="img" data-checked="true" aria-label="Done"></span> a</li><li><span class="r-check" role="img" data-checked="false" aria-label="To do"></span> b</li></ul>"#,
    );
    check(
        r#"{"type": "definitionList", "children": [{"type": "definitionItem", "terms": ["t", "u"], "definitions": [["d"], ["e", "f"]]}]}"#,
        r#"<dl><dt>t</dt><dt>u</dt><dd>d</dd><dd><p>e</p><p>f</p></dd></dl>"#,
    );
}

#[test]
fn code_keeps_its_characters() {
    check(
        r#"{"type": "code", "value": "if a < b {\n\t\"x\"\n}\n", "lang": "rust"}"#,
        r#"<figure class="r-code"><div class="r-code-bar"><span class="r-code-language">rust</span><button type="button" data-action="copy">Copy</button></div><pre dir="ltr" tabindex="0" role="group" aria-label="Code"><code data-language="rust">if a &lt; b {
	"x"
}</code></pre></figure>"#,
    );
    check(
        r#"{"type": "code", "value": "a\nb", "filename": "x.txt", "showLineNumbers": true, "startingLineNumber": 9, "emphasizeLines": [2], "caption": "c"}"#,
        r#"<figure class="r-code"><div class="r-code-bar"><span class="r-code-file" dir="ltr">x.txt</span><button type="button" data-action="copy">Copy</button></div><pre dir="ltr" tabindex="0" role="group" aria-label="x.txt" data-numbered><code><span class="r-line" data-line="9">a</span>
<span class="r-line" data-line="10" data-emphasis>b</span></code></pre><figcaption>c</figcaption></figure>"#,
    );
}

#[test]
fn formulas_are_mathml_or_source() {
    check(
        r#"{"type": "math", "id": "m", "number": "1", "value": "x^2", "mathml": "<math><msup><mi>x</mi><mn>2</mn></msup></math>"}"#,
        r#"<div class="r-math" tabindex="0" id="recto-m"><math display="block" alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math><span class="r-math-number">(1)</span></div>"#,
    );
    check(
        r#"{"type": "math", "value": "x<1"}"#,
        r#"<div class="r-math" tabindex="0"><code class="r-tex" dir="ltr" role="math" aria-label="x&lt;1">x&lt;1</code></div>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "inlineMath", "value": "x", "mathml": "<math><mtext><script>1</script></mtext></math>"}]}"#,
        r#"<p><code class="r-tex" dir="ltr" role="math" aria-label="x">x</code></p>"#,
    );
}

#[test]
fn pictures_load_late_and_keep_their_place() {
    check(
        r#"{"type": "image", "url": "a.png", "alt": "A \"b\"", "title": "t", "width": 10, "height": 20, "srcset": "a.png 1x, javascript:alert(1) 2x, b.png 3x", "sizes": "50vw"}"#,
        r#"<figure class="r-figure"><img src="a.png" srcset="a.png 1x, b.png 3x" sizes="50vw" alt="A &quot;b&quot;" title="t" width="10" height="20" loading="lazy" decoding="async" referrerpolicy="no-referrer"></figure>"#,
    );
    check(
        r#"{"type": "image", "url": "a.png", "alt": "", "link": "https://a.example/", "srcDark": "b.png"}"#,
        r#"<figure class="r-figure"><a href="https://a.example/" rel="noopener" class="r-image-link"><img class="r-when-light" src="a.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"><img class="r-when-dark" src="b.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></a></figure>"#,
    );
    check(
        r#"{"type": "image", "url": "javascript:alert(1)", "alt": "what it shows"}"#,
        r#"<figure class="r-figure"><span class="r-no-image">what it shows</span></figure>"#,
    );
    check(
        r#"{"type": "figure", "id": "f", "layout": "wide", "label": "Figure 1", "caption": "c", "credit": "d", "children": [{"type": "image", "url": "a.png"}]}"#,
        r#"<figure class="r-figure" data-layout="wide" id="recto-f"><img src="a.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"><figcaption><span class="r-label">Figure 1</span> c <span class="r-credit">d</span></figcaption></figure>"#,
    );
    check(
        r#"{"type": "gallery", "columns": 2, "caption": "g", "items": [{"type": "image", "url": "a.png", "caption": "one"}, {"type": "image", "url": "b.png"}]}"#,
        r#"<figure class="r-gallery" data-layout="grid" data-columns="2"><ul role="list"><li><figure><img src="a.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"><figcaption>one</figcaption></figure></li><li><img src="b.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></li></ul><figcaption>g</figcaption></figure>"#,
    );
    check(
        r#"{"type": "gallery", "layout": "carousel", "items": [{"type": "image", "url": "a.png"}]}"#,
        r#"<figure class="r-gallery" data-layout="carousel"><ul role="list" tabindex="0" aria-label="Pictures"><li><img src="a.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></li></ul></figure>"#,
    );
    check(
        r#"{"type": "paragraph", "children": [{"type": "image", "url": "a.png", "alt": "a"}]}"#,
        r#"<p><img class="r-inline-image" src="a.png" alt="a" loading="lazy" decoding="async" referrerpolicy="no-referrer"></p>"#,
    );
}

#[test]
fn recordings_wait_for_play() {
    check(
        r#"{"type": "video", "sources": [{"src": "a.webm", "mime": "video/webm"}, {"src": "javascript:1"}], "poster": "p.png", "width": 4, "height": 3, "loop": true, "title": "T", "tracks": [{"src": "a.vtt", "kind": "odd", "lang": "en", "label": "English"}], "caption": "c"}"#,
        r#"<figure class="r-media"><p class="r-media-title">T</p><video playsinline controls preload="none" aria-label="T" poster="p.png" width="4" height="3" loop><source src="a.webm" type="video/webm"><track kind="subtitles" src="a.vtt" srclang="en" label="English"><a href="a.webm"><bdi>Download</bdi></a></video><figcaption>c</figcaption></figure>"#,
    );
    check(
        r#"{"type": "audio", "src": "a.mp3", "transcript": ["words"]}"#,
        r#"<figure class="r-media"><audio controls preload="none"><source src="a.mp3"><a href="a.mp3"><bdi>Download</bdi></a></audio></figure><details class="r-details r-transcript"><summary>Transcript</summary><p>words</p></details>"#,
    );
}

#[test]
fn embeds_name_their_host_and_wait() {
    check(
        r#"{"type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=1", "embedUrl": "https://www.youtube-nocookie.com/embed/1", "title": "T", "width": 4, "height": 3, "fallback": ["f"], "caption": "c"}"#,
        r#"<figure class="r-embed" data-provider="youtube" data-aspect="4/3"><div class="r-embed-card"><p class="r-embed-title"><bdi>T</bdi></p><div class="r-embed-fallback"><p>f</p></div><p class="r-buttons"><button type="button" class="r-button r-primary" data-action="load-embed" data-src="https://www.youtube-nocookie.com/embed/1" data-title="T"><span>Load from <bdi>youtube-nocookie.com</bdi></span></button> <a href="https://www.youtube.com/watch?v=1" rel="noopener" class="r-button"><span>Open on <bdi>youtube.com</bdi></span></a></p><p class="r-embed-notice">Nothing is sent to <bdi>youtube-nocookie.com</bdi> until you ask for it.</p></div><figcaption>c</figcaption></figure>"#,
    );
    check(
        r#"{"type": "embed", "url": "https://a.example/x", "embedUrl": "javascript:alert(1)"}"#,
        r#"<figure class="r-embed" data-aspect="16/9"><div class="r-embed-card"><p class="r-buttons"><a href="https://a.example/x" rel="noopener" class="r-button"><span>Open on <bdi>a.example</bdi></span></a></p></div></figure>"#,
    );
}

#[test]
fn cards_files_and_buttons_are_links() {
    check(
        r#"{"type": "linkCard", "url": "https://www.a.example/x", "title": "T", "description": "d", "image": "i.png"}"#,
        r#"<div class="r-card"><img class="r-card-image" src="i.png" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"><p class="r-card-title"><a href="https://www.a.example/x" rel="noopener"><bdi>T</bdi></a></p><p><bdi>d</bdi></p><p class="r-card-site"><bdi>a.example</bdi></p></div>"#,
    );
    check(
        r#"{"type": "file", "url": "dir/report.pdf?x", "size": 1234567, "description": "d"}"#,
        r#"<div class="r-download"><a href="dir/report.pdf?x" class="r-download-name"><bdi>report.pdf</bdi></a> <span class="r-download-facts">PDF, 1.2 MB</span><p>d</p></div>"#,
    );
    check(
        r#"{"type": "buttons", "items": [{"label": "Go", "url": "b.html", "style": "primary"}, {"label": "No", "url": "javascript:1", "style": "secondary"}]}"#,
        r#"<p class="r-buttons"><a href="b.html" class="r-button r-primary"><bdi>Go</bdi></a> <bdi>No</bdi> </p>"#,
    );
}

#[test]
fn tables_scroll_and_say_what_heads_what() {
    check(
        r#"{"type": "table", "caption": "C", "headerCols": 1, "footerRows": 1, "align": ["left", "right"], "children": [{"type": "tableRow", "children": [{"type": "tableCell", "children": ""}, {"type": "tableCell", "children": "h"}]}, {"type": "tableRow", "children": [{"type": "tableCell", "children": "r"}, {"type": "tableCell", "children": "1", "align": "center"}]}, {"type": "tableRow", "children": [{"type": "tableCell", "children": "sum", "colspan": 2, "rowspan": 100000}]}]}"#,
        r#"<div class="r-table-scroll" role="group" tabindex="0" aria-label="C"><table><caption>C</caption><thead><tr><td data-align="start"></td><th scope="col" data-align="end">h</th></tr></thead><tbody><tr><th scope="row" data-align="start">r</th><td data-align="center">1</td></tr></tbody><tfoot><tr><th scope="row" colspan="2" data-align="start">sum</th></tr></tfoot></table></div>"#,
    );
    check(
        r#"{"type": "table", "headerRows": 0, "children": [{"type": "tableRow", "children": [{"type": "tableCell", "children": [{"type": "paragraph", "children": "a"}, {"type": "paragraph", "children": "b"}]}, {"type": "tableCell", "header": true, "scope": "\"x", "children": "c"}]}]}"#,
        r#"<div class="r-table-scroll" role="group" tabindex="0" aria-label="Table"><table><tbody><tr><td><p>a</p><p>b</p></td><th scope="row">c</th></tr></tbody></table></div>"#,
    );
}

#[test]
fn boxes_have_titles() {
    check(
        r#"{"type": "admonition", "kind": "warning", "children": ["a"]}"#,
        r#"<div role="note" class="r-admonition" data-kind="warning"><p class="r-admonition-title">Warning</p><p>a</p></div>"#,
    );
    check(
        r#"{"type": "admonition", "kind": "tip", "title": "T", "icon": "💡", "collapsible": true, "children": ["a"]}"#,
        r#"<details class="r-admonition" data-kind="tip"><summary class="r-admonition-title"><span class="r-icon" aria-hidden="true">💡</span>T</summary><p>a</p></details>"#,
    );
    check(
        r#"{"type": "details", "summary": "S", "open": true, "children": ["a"]}"#,
        r#"<details class="r-details" open><summary>S</summary><p>a</p></details>"#,
    );
    check(
        r#"{"type": "aside", "title": "T", "placement": "margin", "children": ["a"]}"#,
        r#"<aside class="r-aside" data-placement="margin"><p class="r-aside-title">T</p><p>a</p></aside>"#,
    );
    check(
        r#"{"type": "columns", "children": [{"type": "column", "width": 67, "children": ["a"]}, {"type": "column", "children": ["b"]}]}"#,
        r#"<div class="r-columns"><div data-span="8"><p>a</p></div><div><p>b</p></div></div>"#,
    );
    check(
        r#"{"type": "question", "speaker": "S", "question": "Q?", "children": ["a"]}"#,
        r#"<div class="r-question"><p class="r-question-text"><span class="r-speaker"><bdi>S</bdi>:</span> Q?</p><p>a</p></div>"#,
    );
}

#[test]
fn breaks_and_groups() {
    check(r#"{"type": "thematicBreak"}"#, r#"<hr>"#);
    check(
        r#"{"type": "thematicBreak", "ornament": "* * *"}"#,
        r#"<div class="r-ornament" role="separator">* * *</div>"#,
    );
    check(r#"{"type": "group", "children": ["a"]}"#, r#"<p>a</p>"#);
    check(r#"{"type": "group", "lang": "fr", "children": ["a"]}"#, r#"<div lang="fr"><p>a</p></div>"#);
}

#[test]
fn unknown_content_is_kept_as_labelled_text() {
    check(
        r#"{"type": "x-<b>", "title": "a <i>", "children": [{"value": "b"}]}"#,
        r#"<div class="r-unknown" role="note" aria-label="Content of another kind: x-&lt;b&gt;" data-type="x-&lt;b&gt;"><p>a &lt;i&gt;</p><p>b</p></div>"#,
    );
    check(
        r#"{"type": "html", "value": "<script>alert(1)</script>"}"#,
        r#"<pre class="r-source" dir="ltr" tabindex="0">&lt;script&gt;alert(1)&lt;/script&gt;</pre>"#,
    );
}

#[test]
fn footnotes_lead_there_and_back() {
    check_article(
        r#"{"body": [{"type": "paragraph", "children": ["a", {"type": "footnoteReference", "identifier": "n"}, "b", {"type": "footnoteReference", "identifier": "n"}, {"type": "footnoteReference", "identifier": "gone"}]}], "footnotes": {"n": ["one", "two"]}}"#,
        r##"<p>a<sup class="r-noteref"><a role="doc-noteref" id="recto-fnref~1" href="#recto-fn~1" aria-label="Note 1">1</a></sup>b<sup class="r-noteref"><a role="doc-noteref" id="recto-fnref~1~2" href="#recto-fn~1" aria-label="Note 1">1</a></sup><sup class="r-noteref">gone</sup></p><section class="r-notes" role="doc-endnotes" aria-label="Notes"><h2>Notes</h2><ol><li id="recto-fn~1"><p>one</p><p>two <a class="r-back" role="doc-backlink" href="#recto-fnref~1" data-letter="a" aria-label="Back to reference 1a"></a> <a class="r-back" role="doc-backlink" href="#recto-fnref~1~2" data-letter="b" aria-label="Back to reference 1b"></a></p></li></ol></section>"##,
    );
}

#[test]
fn citations_lead_to_references() {
    check_article(
        r#"{"body": [{"type": "paragraph", "children": [{"type": "citation", "identifiers": ["r", "x"]}, {"type": "citation", "identifiers": ["r"], "label": "R 2020"}]}], "references": [{"id": "r", "text": "R", "doi": "10.1/x"}]}"#,
        r##"<p><span class="r-citation">[<a role="doc-biblioref" href="#recto-ref~1">1</a>, x]</span><span class="r-citation"><a role="doc-biblioref" href="#recto-ref~1">R 2020</a></span></p><section class="r-references" role="doc-bibliography" aria-label="References"><h2>References</h2><ol><li id="recto-ref~1">R <a href="https://doi.org/10.1/x" rel="noopener" class="r-doi"><bdi>https://doi.org/10.1/x</bdi></a></li></ol></section>"##,
    );
}

#[test]
fn lists_of_notes_stand_where_asked_and_once() {
    check_article(
        r#"{"body": [{"type": "paragraph", "children": [{"type": "footnoteReference", "identifier": "n"}]}, {"type": "footnoteList"}, {"type": "footnoteList"}, "after"], "footnotes": {"n": "x"}}"#,
        r##"<p><sup class="r-noteref"><a role="doc-noteref" id="recto-fnref~1" href="#recto-fn~1" aria-label="Note 1">1</a></sup></p><section class="r-notes" role="doc-endnotes" aria-label="Notes"><h2>Notes</h2><ol><li id="recto-fn~1"><p>x <a class="r-back" role="doc-backlink" href="#recto-fnref~1" aria-label="Back to reference 1"></a></p></li></ol></section><p>after</p>"##,
    );
}

#[test]
fn a_contents_list_can_stand_in_the_text() {
    check_article(
        r#"{"body": [{"type": "toc"}, {"type": "section", "id": "a", "title": "A", "children": [{"type": "section", "id": "b", "title": "B", "children": []}]}]}"#,
        r##"<nav class="r-contents-here" aria-label="Contents"><p class="r-list-title">Contents</p><ol><li><a href="#recto-a">A</a><ol><li><a href="#recto-b">B</a></li></ol></li></ol></nav><section aria-labelledby="recto-a"><div class="r-heading"><h2 id="recto-a">A</h2><a class="r-anchor" href="#recto-a" aria-label="Link to “A”"></a></div><section aria-labelledby="recto-b"><div class="r-heading"><h3 id="recto-b">B</h3><a class="r-anchor" href="#recto-b" aria-label="Link to “B”"></a></div></section></section>"##,
    );
}
#[test]
fn headers_tell_who_and_when() {
    check_header(
        json!({"title": "T & U", "kicker": "K", "subtitle": "S", "language": "en",
            "authors": [{"name": "A", "url": "https://a.example/", "affiliation": "X"}, {"name": "B"}, {"name": "C", "role": "translator"}],
            "published": "2024-10-16T08:00:00Z", "updated": "2024-10-17", "tags": ["t", {"name": "u", "url": "?tag=u"}], "body": ["x"]}),
        "<header class=\"r-header\"><p class=\"r-kicker\">K</p><h1 id=\"recto-~title\">T &amp; U</h1><p class=\"r-subtitle\">S</p>\
         <div class=\"r-byline\"><p>By <a href=\"https://a.example/\" rel=\"noopener\" class=\"r-author\"><bdi>A</bdi></a> \
         <span class=\"r-affiliation\">(<bdi>X</bdi>)</span> and <bdi>B</bdi></p><p>Translated by <bdi>C</bdi></p></div>\
         <p class=\"r-facts\"><span><bdi>Published <time datetime=\"2024-10-16T08:00:00Z\"><bdi>2024-10-16T08:00:00Z</bdi></time></bdi></span> \
         <span><bdi>Updated <time datetime=\"2024-10-17\"><bdi>2024-10-17</bdi></time></bdi></span> \
         <span class=\"r-reading-time\"><bdi>1 min read</bdi></span></p>\
         <ul class=\"r-tags\" role=\"list\" aria-label=\"Tags\"><li><bdi>t</bdi></li><li><a href=\"?tag=u\"><bdi>u</bdi></a></li></ul></header><p>x</p>",
    );
    check_header(
        json!({"title": "T", "language": "en", "byline": "Somebody", "body": [], "hero": {"src": "a.png", "width": 4, "height": 3}}),
        "<header class=\"r-header\"><h1 id=\"recto-~title\">T</h1><p class=\"r-byline\"><bdi>Somebody</bdi></p>\
         <figure class=\"r-hero\"><img src=\"a.png\" alt=\"\" width=\"4\" height=\"3\" fetchpriority=\"high\" decoding=\"async\" referrerpolicy=\"no-referrer\"></figure></header>",
    );
}

#[test]
fn footers_tell_rights_and_neighbours() {
    let html = article(
        &read(&json!({"title": "", "language": "en", "body": [], "license": "CC-BY-SA-4.0", "copyright": "© N",
            "navigation": {"previous": {"title": "P", "url": "p.html"}, "series": {"title": "S", "index": 1, "total": 3}}})),
        &Options::default(),
    );
    let (_, footer) = html.as_str().split_once("</header>").unwrap();
    assert_eq!(
        footer,
        "<footer class=\"r-footer\"><p class=\"r-rights\"><span><bdi>© N</bdi></span> <span>Licence: \
         <a href=\"https://creativecommons.org/licenses/by-sa/4.0/\" rel=\"noopener\"><bdi>CC-BY-SA-4.0</bdi></a></span></p>\
         <nav class=\"r-pager\" aria-label=\"Neighbouring articles\"><p class=\"r-series\">Part 1 of 3 of <bdi>S</bdi></p>\
         <p data-direction=\"prev\"><span>Previous</span> <a href=\"p.html\"><bdi>P</bdi></a></p></nav></footer>"
    );
}

#[test]
fn foreign_blocks_have_no_ids_and_ask_for_nothing() {
    check_foreign(
        json!([{"type": "paragraph", "id": "x", "children": [{"type": "link", "url": "https://a.example/", "children": "a"}, {"type": "span", "id": "y", "children": "b"}]}]),
        "<p dir=\"auto\"><a href=\"https://a.example/\" rel=\"nofollow ugc noopener\">a</a><span>b</span></p>",
    );
    check_foreign(
        json!([{"type": "paragraph", "children": [{"type": "link", "url": "#x", "children": "a"}]}]),
        "<p dir=\"auto\">a</p>",
    );
    check_foreign(
        json!([{"type": "section", "id": "s", "title": "T", "children": []}]),
        "<section dir=\"auto\"><div class=\"r-heading\"><h4>T</h4></div></section>",
    );
    check_foreign(
        json!([{"type": "code", "value": "c"}]),
        "<figure class=\"r-code\" dir=\"auto\"><div class=\"r-code-bar\"></div><pre dir=\"ltr\" tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>c</code></pre></figure>",
    );
}

#[test]
fn text_without_a_known_direction_decides_for_itself() {
    let html = article(&read(&json!({"title": "T", "body": ["שלום"]})), &Options::default());
    assert!(html.as_str().ends_with("<p dir=\"auto\">שלום</p>"), "{}", html.as_str());
}

fn tour() -> Value<'static> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/articles/tour.json");
    parse(&std::fs::read_to_string(path).unwrap()).unwrap().into_owned()
}

#[test]
fn headings_of_the_tour_go_down_one_level_at_a_time() {
    let tour = normalise(read(&tour()), &mut Warnings::default());
    for top in [1, 2, 5] {
        let html = article(&tour, &Options { heading_level: top, ..Options::default() });
        let headings = check_markup(html.as_str());
        assert_eq!(headings.first(), Some(&top));
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{headings:?}");
    }
}

#[test]
fn ids_are_unique_and_every_fragment_leads_to_one() {
    let html = article(&normalise(read(&tour()), &mut Warnings::default()), &Options::default());
    let values = |name: &str| -> Vec<String> {
        html.as_str().split(name).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values(" id=\"");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    for fragment in values(" href=\"#") {
        assert!(ids.contains(&fragment), "{fragment}");
    }
}

/// Strings that would be markup, an address or code if any place forgot what it is.
const ATTACKS: &[&str] = &[
    "</script><script>alert(1)</script>",
    "\"}</script><img src=x onerror=alert(1)>",
    "\"><script>alert(1)</script>",
    "x onload=alert(1)",
    "javascript:alert(1)",
    " \u{1}java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "</style></template></title></textarea><script>alert(1)</script>",
    "x 1x, javascript:alert(1) 2x, https://ok.example/a,b.png 3x",
    "a\u{0}b",
    "<!--",
    "&lt;b&gt;&#60;",
    "' onmouseover='alert(1)",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<math><mi>x</mi></math><script>alert(1)</script>",
    "//evil.example/\"x",
];

/// Puts `attack` in place of every text of `value` but the names of types.
fn infect(value: &mut Value<'_>, attack: &str, key: &str) {
    match value {
        Value::String(text) if !["type", "articleJson"].contains(&key) => *text = attack.to_owned().into(),
        Value::Array(items) => items.iter_mut().for_each(|item| infect(item, attack, key)),
        Value::Object(object) => object.iter_mut().for_each(|(key, item)| infect(item, attack, key)),
        _ => {}
    }
}

/// Attacks collected by others, where they are at hand.
fn collected_attacks() -> Vec<String> {
    let shared =
        std::env::var("RECTO_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let Ok(text) = std::fs::read_to_string(format!("{shared}/fixtures/xss/output-contexts.json")) else {
        println!("skipped the collected attacks: no fixtures beside the project");
        return Vec::new();
    };
    let cases = parse(&text).unwrap();
    cases.as_array().into_iter().flatten().filter_map(|case| case["payload"].as_str().map(str::to_owned)).collect()
}

#[test]
fn attacks_stay_text_in_every_place() {
    let collected = collected_attacks();
    for attack in ATTACKS.iter().copied().chain(collected.iter().map(String::as_str)) {
        let mut envelope = tour();
        infect(&mut envelope, attack, "");
        let raw = read(&envelope);
        check_markup(article(&raw, &Options::default()).as_str());
        check_markup(foreign_blocks(&raw.body).as_str());
        check_markup(article(&normalise(raw, &mut Warnings::default()), &Options::default()).as_str());
    }
}
