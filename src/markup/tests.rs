//! What foreign markup means, one rule of the mapping after the other.

use super::parse::parse;
use super::{notation, read};
use crate::warning::Warnings;

#[track_caller]
fn check(html: &str, expected: &str) {
    let (fragment, loss) = read(html, parse, &mut Warnings::default());
    let mut text = notation::blocks(&fragment.blocks);
    for note in &fragment.footnotes {
        text.push_str(&format!(" [^{}]: {}", note.identifier, notation::blocks(&note.children)));
    }
    assert_eq!(text, expected);
    let unplaced = loss.dropped.iter().find(|dropped| dropped.reason == super::Reason::Unplaced);
    assert_eq!(unplaced, None);
}

#[track_caller]
fn check_dropped(html: &str, expected: &str, words: &str) {
    let (fragment, loss) = read(html, parse, &mut Warnings::default());
    assert_eq!(notation::blocks(&fragment.blocks), expected);
    let dropped: Vec<&str> = loss.dropped.iter().map(|dropped| dropped.text.as_str()).collect();
    assert_eq!(dropped.join("|"), words);
}

#[test]
fn plain_text_is_paragraphs_by_blank_lines() {
    check("one\ntwo\n\nthree &amp; four", "p(one⏎two) p(three & four)");
    check("one <b>two</b>\n\nthree", "p(one strong(two)) p(three)");
    check("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "p(one) p(two)");
}

#[test]
fn boxes_of_elementor_are_players() {
    let widget = |settings: &str, inside: &str| {
        format!(
            "<p>a</p><div class='elementor-widget elementor-widget-video' data-settings='{settings}'>{inside}</div><p>b</p>"
        )
    };
    let youtube =
        r#"{"youtube_url":"https:\/\/youtu.be\/abc","vimeo_url":"https:\/\/vimeo.com\/7","video_type":"vimeo"}"#;
    check(
        &widget(youtube, "<div class=elementor-video></div>"),
        "p(a) embed:vimeo(https://vimeo.com/7 https://player.vimeo.com/video/7?dnt=1) p(b)",
    );
    check(
        &widget(r#"{"youtube_url":"https:\/\/youtu.be\/abc"}"#, ""),
        "p(a) embed:youtube(https://www.youtube.com/watch?v=abc https://www.youtube-nocookie.com/embed/abc) p(b)",
    );
    check(&widget(r#"{"video_type":"hosted","hosted_url":{"url":"/v.mp4"}}"#, ""), "p(a) video(/v.mp4) p(b)");
    check(&widget("{}", "<p>c</p>"), "p(a) p(c) p(b)");
}

#[test]
fn discourse_shows_signs_beside_the_text() {
    check_dropped(
        "<aside class=quote><div class=title><img class=avatar width=24 src=a.png> Ann:</div><blockquote><p>b</p></blockquote></aside>",
        "aside(p(Ann:) quote(p(b)))",
        "",
    );
    check_dropped(
        "<div class=lightbox-wrapper><a class=lightbox href=b.png><img src=s.png><div class=meta><span class=filename>f</span></div></a></div>",
        "img(s.png[])->b.png",
        "f",
    );
}

#[test]
fn controls_and_hidden_text_are_reported() {
    check_dropped("<p>a <button>Copy</button></p>", "p(a)", "Copy");
    check_dropped("<p>a</p><div style='display: none'>b</div><p hidden>c</p>", "p(a)", "b\nc");
    check_dropped("<p>a<span class=screen-reader-text>(opens)</span></p>", "p(a)", "(opens)");
    check_dropped("<div class='sharedaddy sd-block'><h3>Share</h3></div><p>a</p>", "p(a)", "Share");
    check_dropped("<p>a</p><script>b</script><style>c</style><svg><text>d</text></svg>", "p(a)", "d");
    check_dropped("<h2 id=x>T <a class=anchor href='#x'>#</a></h2>", "h2#x(T)", "#");
    check_dropped("<h2>T<a class=headerlink href='#x'>¶</a></h2>", "h2(T)", "¶");
    check_dropped("<p>a</p><noscript><p>No script</p></noscript>", "p(a)", "No script");
}

#[test]
fn lazy_pictures_get_the_address_that_is_meant() {
    check("<img src=a.jpg data-src=b.jpg>", "img(a.jpg[])");
    check("<img src='data:image/gif;base64,R0' data-src=b.jpg alt=B>", "img(b.jpg[B])");
    check("<img data-srcset='s.jpg 300w, l.jpg 900w'>", "img(l.jpg[] {s.jpg 300w, l.jpg 900w})");
    check("<img src='data:image/svg+xml,x' alt=A><noscript><img src=b.jpg></noscript>", "img(b.jpg[A])");
    check("<noscript><img src=b.jpg></noscript>", "img(b.jpg[])");
    check("<img src=a.jpg><noscript><img src=a.jpg></noscript>", "img(a.jpg[])");
    check(
        "<figure><img class=lazy><noscript><img src=b.jpg></noscript><figcaption>c</figcaption></figure>",
        "figure(img(b.jpg[]) caption=c)",
    );
    check(
        "<picture><source srcset='d.jpg' media='(prefers-color-scheme: dark)'><source srcset='w.webp 2x'><img src=a.jpg></picture>",
        "img(a.jpg[] {w.webp 2x} dark=d.jpg)",
    );
    check("<p>a<img src=t.gif width=1 height=1></p>", "p(a)");
}

#[test]
fn pictures_stand_alone_or_in_the_line() {
    check("<p><img src=a.jpg width=600 height=400></p>", "img|600x400(a.jpg[])");
    check("<p><a href=b><img src=a.jpg></a></p>", "img(a.jpg[])->b");
    check(
        "<p>One sentence with <img src=a.jpg class=alignleft> a picture.</p>",
        "figure|left(img(a.jpg[])) p(One sentence with a picture.)",
    );
    check("<p>Before.<br><img src=a.jpg><br>After.</p>", "p(Before.) img(a.jpg[]) p(After.)");
    check("<p>Look at <b>this</b> <img src=a.jpg> </p><p>c</p>", "p(Look at strong(this)) img(a.jpg[]) p(c)");
    check("<p>Look <b>at <img src=a.jpg></b></p>", "p(Look strong(at)) img(a.jpg[])");
    check("<p>Look <img src=a.jpg> at this</p>", "img(a.jpg[]) p(Look at this)");
    // However many there are, none is lost, and the sentence stays whole.
    let many = ["<p>Look ", &"at <img src=a.jpg>".repeat(40), "</p>"].concat();
    let (fragment, _) = read(&many, parse, &mut Warnings::default());
    let text = notation::blocks(&fragment.blocks);
    assert_eq!((text.matches("a.jpg").count(), text.matches("p(").count()), (40, 1), "{text}");
    check("<p>Hi <img class=wp-smiley alt='🙂' src=x.png>!</p>", "p(Hi 🙂!)");
    check("<p>See <img src=i.png height=16 alt=icon> it</p>", "p(See icon(i.png[icon]) it)");
    check("<p><img class=latex alt='x^2' src=l.png></p>", "p(math(x^2; ))");
    check("<p><img src=a.jpg><img src=b.jpg></p>", "gallery(img(a.jpg[]) img(b.jpg[]))");
}

#[test]
fn runs_of_text_become_paragraphs() {
    check("<div>a <b>b</b><p>c</p>d</div>", "p(a strong(b)) p(c) p(d)");
    check("<div><div><section><p>a</p></section></div></div>", "p(a)");
    check("<p>a<br>b</p>", "p(a⏎b)");
    check("<p>a<br><br>b<br>&nbsp;<br>c</p>", "p(a) p(b) p(c)");
    check("<div>a<br><br><b>b.<br><br>c</b> d</div>", "p(a) p(strong(b.)) p(strong(c) d)");
    check("<br>a<br>", "p(a)");
    check("<a href=u><div><p>a</p><p>b</p></div></a>", "p(a(a|u)) p(a(b|u))");
    check("<span>x<div>a</div>y</span>", "p(x) p(a) p(y)");
    check("x <b>y<p>z.</p></b> w", "p(x strong(y)) p(strong(z.)) p(w)");
}

#[test]
fn paragraphs_that_say_nothing_or_something_else() {
    check("<p></p><p>&nbsp;</p><p>\u{200b}</p><p><b> </b></p><p>a</p>", "p(a)");
    check("<p>* * *</p><p>***</p><p>⁂</p><p>— </p>", "hr(* * *) hr(***) hr(⁂) hr(—)");
    check("<p class=has-text-align-center>a</p><p style='text-align: right'>b</p>", "p|center(a) p|end(b)");
    check("<center>a</center>", "p|center(a)");
    check(
        "<p>https://www.youtube.com/watch?v=abc</p>",
        "embed:youtube(https://www.youtube.com/watch?v=abc https://www.youtube-nocookie.com/embed/abc)",
    );
    check("<p>https://example.org/a</p>", "p(https://example.org/a)");
    check("<img src=a.jpg><p class=caption>c <em>d</em></p>", "figure(img(a.jpg[]) caption=c em(d))");
}

#[test]
fn bold_lines_alone_become_headings() {
    check("<p><strong>One</strong></p><p>a</p><p><b>Two</b></p><p>b</p>", "h2?(One) p(a) h2?(Two) p(b)");
    check("<p><strong>Only</strong></p><p>a</p>", "h2?(Only) p(a)");
    check("<h2>T</h2><p><strong>Only</strong></p><p>a</p>", "h2(T) p(strong(Only)) p(a)");
    check("<h2>T</h2><p><b>A</b></p><p>a</p><p><b>B</b></p><p>b</p>", "h2(T) h3?(A) p(a) h3?(B) p(b)");
    check("<p><strong>A whole sentence.</strong></p><p>a</p>", "p(strong(A whole sentence.)) p(a)");
    check("<p><b>x</b></p><p><b>y</b></p><p>a</p>", "p(strong(x)) p(strong(y)) p(a)");
}

#[test]
fn headings_keep_their_anchors() {
    check("<h2 id=a>One</h2>", "h2#a(One)");
    check("<h2><span id=a>One</span></h2>", "h2#a(One)");
    check("<a name=a></a><h2>One</h2>", "h2#a(One)");
    check("<a name=a></a><h2 id=b>One</h2>", "h2#b~a(One)");
    check("<h2><b>One</b></h2>", "h2(One)");
    check("<h2>One<br>two</h2>", "h2(One two)");
    check("<h2 id=a></h2><p>x</p>", "p~a(x)");
    check("<section id=s><h3>One</h3></section>", "h3#s(One)");
    check("<h2><a href='#a' id=a>One</a></h2>", "h2#a(One)");
    check("<h2>a <img src=i.jpg> b</h2>", "h2(a icon(i.jpg[]) b)");
}

#[test]
fn other_anchors_become_aliases() {
    check("<p>see <a href='#x'>x</a></p><div><span id=x>here</span></div>", "p(see a(x|#x)) p~x(here)");
    check("<p id=y>a</p>", "p#y(a)");
    check("<p id=mwAb>a</p>", "p(a)");
    check("<p>a</p><a name=end></a>", "p~end(a)");
}

#[test]
fn figures_have_captions_and_credits() {
    check("<figure><img src=a.jpg><figcaption>c</figcaption></figure>", "figure(img(a.jpg[]) caption=c)");
    check("<figure><img src=a.jpg></figure>", "img(a.jpg[])");
    check("<figure class=alignwide><img src=a.jpg></figure>", "figure|wide(img(a.jpg[]))");
    check(
        "<figure><img src=a.jpg><figcaption>c <span class=credit>Jo</span></figcaption></figure>",
        "figure(img(a.jpg[]) caption=c credit=Jo)",
    );
    check("<figure><p>no picture</p><figcaption>c</figcaption></figure>", "p(no picture) p(c)");
    check(
        "<figure><img src=a.jpg><img src=b.jpg><figcaption>c</figcaption></figure>",
        "gallery(img(a.jpg[]) img(b.jpg[]) caption=c)",
    );
    check(
        "<figure><table><tr><th>h<tr><td>x</table><figcaption>c</figcaption></figure>",
        "table|1|0|0(th(h) / td(x) caption=c)",
    );
    check("<figure><blockquote>q</blockquote><figcaption>— Jo</figcaption></figure>", "quote(p(q) by=Jo)");
    check(
        "<div class='wp-caption alignright'><img src=a.jpg><p class=wp-caption-text>c</p></div>",
        "figure|right(img(a.jpg[]) caption=c)",
    );
    check(
        "[caption id=x align=\"alignleft\" width=300]<img src=a.jpg> words[/caption]",
        "figure|left(img(a.jpg[]) caption=words)",
    );
    check(
        "<div class=gallery><figure class=gallery-item><div><a href=p><img src=a.jpg></a></div><figcaption>c</figcaption></figure><figure class=gallery-item><img src=b.jpg></figure></div>",
        "gallery(img(a.jpg[] caption=c)->p img(b.jpg[]))",
    );
}

#[test]
fn block_editor_classes_have_meaning() {
    check("<blockquote class=wp-block-quote><p>a</p><cite>Jo</cite></blockquote>", "quote(p(a) by=Jo)");
    check(
        "<figure class=wp-block-pullquote><blockquote><p>a</p><cite>Jo</cite></blockquote></figure>",
        "pullquote(a by=Jo)",
    );
    check("<pre class=wp-block-verse>a\nb</pre>", "verse(a⏎b)");
    check("<hr class='wp-block-separator is-style-dots'>", "hr(···)");
    check("<div class=wp-block-spacer></div><p>a</p>", "p(a)");
    check(
        "<div class=wp-block-columns><div class=wp-block-column style='flex-basis:66.6%'><p>a</p></div><div class=wp-block-column><p>b</p></div></div>",
        "columns(column|67(p(a)) column(p(b)))",
    );
    check("<div class=wp-block-columns><div class=wp-block-column><p>a</p></div></div>", "p(a)");
    check(
        "<div class=wp-block-buttons><div class=wp-block-button><a class=wp-block-button__link href=u>Go</a></div></div>",
        "buttons(Go=u)",
    );
    check(
        "<figure class='wp-block-embed is-provider-youtube'><div class=wp-block-embed__wrapper>\nhttps://youtu.be/abc\n</div><figcaption>c</figcaption></figure>",
        "embed:youtube(https://www.youtube.com/watch?v=abc https://www.youtube-nocookie.com/embed/abc caption=c)",
    );
    check("<details><summary>s</summary><p>a</p></details>", "details(s: p(a))");
    check_dropped("<ul class=wp-block-latest-posts><li>Post</ul><p>a</p>", "p(a)", "Post");
    check_dropped(
        "<div class=wp-block-file><a href=f.pdf>F</a><a href=f.pdf download>Download</a></div>",
        "file(f.pdf; F)",
        "Download",
    );
}

#[test]
fn ghost_cards_have_meaning() {
    check(
        "<figure class='kg-card kg-bookmark-card'><a class=kg-bookmark-container href=u><div class=kg-bookmark-title>T</div><div class=kg-bookmark-description>D</div><span class=kg-bookmark-author>A</span></a></figure>",
        "card(u; T; D; A)",
    );
    check(
        "<div class='kg-card kg-callout-card kg-callout-card-blue'><div class=kg-callout-emoji>💡</div><div class=kg-callout-text>a</div></div>",
        "info(💡p(a))",
    );
    check(
        "<div class='kg-card kg-toggle-card'><div class=kg-toggle-heading><h4 class=kg-toggle-heading-text>s</h4></div><div class=kg-toggle-content><p>a</p></div></div>",
        "details(s: p(a))",
    );
    check("<figure class='kg-card kg-image-card kg-width-full'><img src=a.jpg></figure>", "figure|full(img(a.jpg[]))");
    check(
        "<figure class='kg-card kg-code-card'><pre><code class=language-js>x</code></pre><figcaption>a.js</figcaption></figure>",
        "code:js|a.js(x)",
    );
}

#[test]
fn tables_hold_data_or_lay_out() {
    check("<table><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>", "table|1|0|0(th(a) th(b) / td(1) td(2))");
    check("<table><tr><td>1<td>2<tr><td>3<td>4</table>", "table|0|0|0(td(1) td(2) / td(3) td(4))");
    check("<table><tr><td><p>a</p><p>b</p></table>", "p(a) p(b)");
    check("<table role=presentation><tr><td>a<td>b</table>", "p(a) p(b)");
    check("<table><tr><th>x<td>1<tr><th>y<td>2</table>", "table|0|1|0(th(x) td(1) / th(y) td(2))");
    check("<table><caption>c</caption><tr><th colspan=2 rowspan=99999999>a</table>", "table|0|0|0(th(a) caption=c)");
    check(
        "<table><tr><th colspan=2>a<tr><td>1<td>2<tfoot><tr><td>3<td>4</table>",
        "table|1|0|1(th|2x1(a) / td(1) td(2) / td(3) td(4))",
    );
}

#[test]
fn code_is_bare_and_knows_its_language() {
    check("<pre><code class=language-rust>fn a() {\n}</code></pre>", "code:rust(fn a() {⏎})");
    check("<pre class='brush: php; title: x'>a</pre>", "code:php(a)");
    check("<div class='highlight highlight-source-js'><pre><span class=k>let</span> a</pre></div>", "code:js(let a)");
    check("<pre class='hljs python'>a<br>b</pre>", "code:python(a⏎b)");
    check("<pre class=sourceCode><code class='sourceCode haskell'>x</code></pre>", "code:haskell(x)");
    check_dropped(
        "<table class=highlighttable><tr><td class=linenos><pre>1\n2</pre><td class=code><div><pre>a\nb</pre></div></table>",
        "code:(a⏎b)",
        "1 2",
    );
    check_dropped(
        "<figure class='highlight js'><table><tr><td class=gutter><pre>1</pre></td><td class=code><pre>a</pre></td></tr></table></figure>",
        "code:js(a)",
        "1",
    );
    check("<pre>A poem <a href=u>of</a> words,\nits lines apart</pre>", "verse(A poem a(of|u) words,⏎its lines apart)");
    check("<p>run <code>ls  -l</code> and <tt>x</tt></p>", "p(run code(ls -l) and code(x))");
    check("<p><code><a href=u>f</a>()</code></p>", "p(a(code(f)|u)code(()))");
}

#[test]
fn footnotes_are_found_in_every_shape() {
    check(
        "<p>a<sup data-fn=n class=fn><a href='#n' id=n-link>1</a></sup></p><ol class=wp-block-footnotes><li id=n>Note <a href='#n-link'>↩︎</a></ol>",
        "p~n-link(a[^n]) [^n]: p(Note)",
    );
    check(
        "<p>a<a href='#n' class=footnote-ref id=r><sup>1</sup></a></p><section class=footnotes><hr><ol><li id=n><p>Note <a href='#r' class=footnote-back>↩</a></p></ol></section>",
        "p~r(a[^n]) [^n]: p(Note)",
    );
    check(
        "<p>a<sup class=reference id=cite_ref-1><a href='#cite_note-1'>[1]</a></sup></p><ol class=references><li id=cite_note-1><span class=mw-cite-backlink><a href='#cite_ref-1'>^</a></span> <span class=reference-text>Note</span></ol>",
        "p(a[^cite_note-1]) [^cite_note-1]: p(Note)",
    );
    check(
        "<p>a<a href='#_ftn1' name=_ftnref1>[1]</a></p><div id=ftn1><p><a href='#_ftnref1' name=_ftn1>[1]</a> Note</p></div>",
        "p~_ftnref1(a[^_ftn1]) [^_ftn1]: p(Note)",
    );
    check(
        "<p>a<a data-type=noteref href='#n' id=r>1</a></p><aside data-type=footnote id=n><p>Note</p></aside>",
        "p~r(a[^n]) [^n]: p(Note)",
    );
    check("<p>a<sup><a href='#n' id=r>1</a></sup></p><p id=n><a href='#r'>1</a>. Note</p>", "p~r(a[^n]) [^n]: p(Note)");
    check("<p>a<sup><a href='#n'>1</a></sup></p>", "p(asup(a(1|#n)))");
    check(
        "<p>a<sup><a href='#n' id=r>*</a></sup> b<sup><a href='#n'>*</a></sup></p><p id=n><a href='#r'>*</a> Note</p>",
        "p~r(a[^n@*] b[^n@*]) [^n]: p(Note)",
    );
    check(
        "<p>a<sup class=fn><a href='#n' id=r>1</a></sup></p><h2>Notes</h2><ol class=footnotes><li id=n>Note <a href='#r'>↩</a></ol>",
        "p~r(a[^n]) h2(Notes) footnotes [^n]: p(Note)",
    );
}

#[test]
fn embeds_are_named_and_never_loaded() {
    check(
        "<iframe width=560 height=315 src='https://www.youtube.com/embed/abc?rel=0&start=5'></iframe>",
        "embed:youtube(https://www.youtube.com/watch?v=abc&t=5s https://www.youtube-nocookie.com/embed/abc?start=5 560/315)",
    );
    check(
        "<p><iframe src='//player.vimeo.com/video/12?x=1'></iframe></p>",
        "embed:vimeo(https://vimeo.com/12 https://player.vimeo.com/video/12?dnt=1)",
    );
    check("<iframe src='https://evil.example/x' title=T></iframe>", "card(https://evil.example/x; T; ; evil.example)");
    check("<iframe src='https://www.googletagmanager.com/ns.html'></iframe><p>a</p>", "p(a)");
    check("<iframe src='javascript:alert(1)'></iframe><p>a</p>", "p(a)");
    check(
        "<object data='https://www.youtube.com/v/abc'><param name=movie value=x>old</object>",
        "embed:youtube(https://www.youtube.com/watch?v=abc https://www.youtube-nocookie.com/embed/abc)",
    );
    check(
        "<blockquote class=twitter-tweet><p>Hi</p>— Jo <a href='https://twitter.com/jo/status/1'>May</a></blockquote>",
        "embed:x(https://twitter.com/jo/status/1  p(Hi) p(— Jo a(May|https://twitter.com/jo/status/1)))",
    );
    check(
        "<p>a</p><script src='https://gist.github.com/jo/1.js'></script>",
        "p(a) embed:gist(https://gist.github.com/jo/1 )",
    );
    check("<video src=a.mp4 controls>Old browser</video>", "video(a.mp4)");
    check("<audio><source src=a.ogg type=audio/ogg><source src=a.mp3></audio>", "audio(a.ogg audio/ogg, a.mp3 )");
}

#[test]
fn lists_of_every_kind() {
    check("<ul><li>a<li><p>b</p><p>c</p></ul>", "ul(li(p(a)) li(p(b) p(c)))");
    check("<ul><li>a<ul><li>b</ul></ul>", "ul(li(p(a) ul(li(p(b)))))");
    check("<ul><li>a</li><ul><li>b</li></ul></ul>", "ul(li(p(a) ul(li(p(b)))))");
    check("<ol start=3 type=a><li>a</ol>", "ol|3|lower-alpha(li(p(a)))");
    check("<li>a</li><li>b</li>", "ul(li(p(a)) li(p(b)))");
    check("<ul><li><input type=checkbox checked> a<li><input type=checkbox> b</ul>", "ul(li[x](p(a)) li[ ](p(b)))");
    check("<ul><li id=x>a</ul>", "ul(li#x(p(a)))");
    check("<dl><dt>t<dt>u<dd>d<dd><p>e</p><dt>v<dd>f</dl>", "dl(dt(t) dt(u) dd(p(d)) dd(p(e)) dt(v) dd(p(f)))");
    check("<dl><dd>indented</dl>", "p(indented)");
}

#[test]
fn marks_within_a_line() {
    check(
        "<p><i>a</i> <u>b</u> <s>c</s> <ins>d</ins> <mark>e</mark> <kbd>f</kbd> <var>g</var> <small>h</small></p>",
        "p(em(a) u(b) del(c) ins(d) mark(e) kbd(f) var(g) small(h))",
    );
    check(
        "<p>H<sub>2</sub>O x<sup>2</sup> <q cite=u>q</q> <cite>c</cite> <abbr title=T>t</abbr> <big>b</big></p>",
        "p(Hsub(2)O xsup(2) q(q) cite(c) abbr(t|T) b)",
    );
    check(
        "<p><b style='font-weight:normal'><span style='font-weight:700'>a</span> <span style='font-style:italic'>b</span></b></p>",
        "p(strong(a) em(b))",
    );
    check("<p><ruby>漢<rp>(</rp><rt>kan</rt>字<rt>ji</rt></ruby></p>", "p(ruby(漢|kan)ruby(字|ji))");
    check(
        "<p>a<wbr>b <bdi>c</bdi> <span lang=fr>d</span> <bdo dir=rtl>e</bdo></p>",
        "p(a¦b span@auto(c) span@fr(d) span@rtl(e))",
    );
    check("<p><b><b>a</b></b> <em>b</em><em>c</em></p>", "p(strong(a) em(bc))");
    check("<p><a>no link</a> <a href=u title=t>link</a></p>", "p(no link a(link|u))");
}

#[test]
fn spaces_collapse_across_marks() {
    check("<p> a <b> b </b> c\n\td </p>", "p(a strong(b) c d)");
    check("<p>a<b> b</b></p>", "p(a strong(b))");
    check("<p>a&nbsp;&nbsp;b</p>", "p(a\u{a0}\u{a0}b)");
    check("<p>a <b></b> b<i> </i>c</p>", "p(a b c)");
    check("<p><b>a<br></b>b</p>", "p(strong(a)⏎b)");
}

#[test]
fn formulas_are_rewritten_from_what_is_allowed() {
    check(
        "<p><math><semantics><mrow><mi onclick=x mathvariant=bold>x</mi><script>y</script></mrow><annotation encoding='application/x-tex'>\\mathbf x</annotation></semantics></math></p>",
        "p(math(\\mathbf x; <math><mrow><mi mathvariant=\"bold\">x</mi></mrow></math>))",
    );
    check("<math display=block><mi>x</mi></math>", "math(; <math display=\"block\"><mi>x</mi></math>)");
    check(
        "<p><span class=katex><span class=katex-mathml><math><mi>x</mi></math></span><span class=katex-html aria-hidden=true>x</span></span></p>",
        "p(math(; <math><mi>x</mi></math>))",
    );
    check("<p><span class='math inline'>\\(x\\)</span></p>", "p(math(x; ))");
    check("<p>a <span class=MathJax>x</span><script type='math/tex'>x</script></p>", "p(a math(x; ))");
}

#[test]
fn wiki_boxes_are_asides() {
    check("<table class=infobox><tr><th>a<td>b</table>", "aside(table|0|0|0(th(a) td(b)))");
    check_dropped(
        "<h2><span class=mw-headline id=A>A</span><span class=mw-editsection>[edit]</span></h2><div id=toc>Contents</div>",
        "h2#A(A)",
        "[edit]|Contents",
    );
    check(
        "<div class='thumb tright'><div class=thumbinner><a href=p><img src=a.jpg></a><div class=thumbcaption>c</div></div></div>",
        "figure|right(img(a.jpg[])->p caption=c)",
    );
}

#[test]
fn language_and_direction_are_kept_where_they_differ() {
    check("<p dir=rtl lang=ar>a</p><p>b</p>", "p@ar@rtl(a) p(b)");
    check("<div lang=fr><p>a</p><p lang=de>b</p></div>", "p@fr(a) p@de(b)");
    check("<blockquote lang=fr><p>a</p></blockquote>", "quote@fr(p(a))");
}

#[test]
fn deep_nesting_keeps_its_text() {
    let deep = format!("{}x{}", "<blockquote>".repeat(200), "</blockquote>".repeat(200));
    let (fragment, _) = read(&deep, parse, &mut Warnings::default());
    assert!(notation::blocks(&fragment.blocks).contains("p(x)"));
    let spans = format!("<p>{}x", "<span lang=en><b><i>".repeat(80));
    let (fragment, _) = read(&spans, parse, &mut Warnings::default());
    assert!(notation::blocks(&fragment.blocks).contains('x'));
    let deeper = format!("{}x<p>y", "<div>".repeat(9_000));
    check(&deeper, "p(x) p(y)");
}

#[test]
fn deep_nesting_needs_little_stack() {
    let kinds = [
        "blockquote",
        "div",
        "span",
        "b",
        "ul><li",
        "table><tr><td",
        "details",
        "figure",
        "section",
        "dl><dd",
        "aside",
    ];
    let read_all = move || {
        for kind in kinds {
            let each = kind.matches('<').count() + 1;
            let html = format!("{}x", format!("<{kind}>").repeat(250 / each));
            let (fragment, _) = read(&html, parse, &mut Warnings::default());
            assert!(!fragment.blocks.is_empty(), "{kind}");
        }
    };
    // Frames are larger here than in wasm, whose stack is 1 MB.
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(read_all).expect("a thread starts");
    thread.join().expect("the stack is enough");
}

#[test]
fn titles_keep_marks_and_nothing_else() {
    let title = |html: &str| notation::inlines(&super::inlines(html, parse, &mut Warnings::default()));
    assert_eq!(title("A &#8217;b&#8217; <em>c</em>\n d"), "A ’b’ em(c) d");
    assert_eq!(title("<p>one</p><p>two<script>x</script></p>"), "one two");
    assert_eq!(title("a < b"), "a < b");
}
