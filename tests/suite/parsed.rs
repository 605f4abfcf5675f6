//! HTML that parsers are known to disagree about, and the trees that it stands for: the browser's `DOMParser` and
//! html5ever have to give the same ones. Shared with `tests/web.rs`.

use recto::markup::Tree;
use recto::markup::tree::{Node, NodeId};

/// HTML, and its tree as [`dump`] writes it.
pub(crate) const CASES: [(&str, &str); 27] = [
    ("", "head body"),
    ("text", "head body(\"text\")"),
    ("<p>a<p>b", "head body(p(\"a\") p(\"b\"))"),
    ("<b><i>x</b>y</i>", "head body(b(i(\"x\")) i(\"y\"))"),
    ("<b><p>x</b>y", "head body(b p(b(\"x\") \"y\"))"),
    ("<a href=1>x<a href=2>y", "head body(a[href=1](\"x\") a[href=2](\"y\"))"),
    ("<table><tr><td>x", "head body(table(tbody(tr(td(\"x\")))))"),
    ("<table>x<tr><td>y</table>", "head body(\"x\" table(tbody(tr(td(\"y\")))))"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "head body(ul(li(\"a\") li(\"b\" ul(li(\"c\")))))"),
    ("<p>a<div>b</div>c</p>", "head body(p(\"a\") div(\"b\") \"c\" p)"),
    ("<h1>a<h2>b", "head body(h1(\"a\") h2(\"b\"))"),
    ("&amp;&lt;&notit;&#0;&#x80;&hellip;", "head body(\"&<¬it;\u{fffd}€…\")"),
    ("<noscript><img src=x></noscript>y", "head(noscript) body(img[src=x] \"y\")"),
    ("y<noscript><img src=x></noscript>", "head body(\"y\" noscript(img[src=x]))"),
    ("<template><p>x</template>y", "head(template) body(\"y\")"),
    ("<pre>\n\na</pre>", "head body(pre(\"\na\"))"),
    ("<svg><p>x</svg>", "head body(svg p(\"x\"))"),
    ("<svg viewBox='0 0 1 1'><foreignObject><p>x", "head body(svg[viewBox=0 0 1 1](foreignObject(p(\"x\"))))"),
    ("<math><mi>x<p>y", "head body(math(mi(\"x\" p(\"y\"))))"),
    ("<textarea><b>x</textarea><title><i>y</title>", "head body(textarea(\"<b>x\") title(\"<i>y\"))"),
    ("<!-- a --><p>b<!-- c -->d", "head body(p(\"b\" \"d\"))"),
    ("<p CLASS=a class=b DATA-X='1'>x</P>", "head body(p[class=a][data-x=1](\"x\"))"),
    (
        "<math><annotation-xml encoding='Text/HTML'><p>a",
        "head body(math(annotation-xml[encoding=Text/HTML](p(\"a\"))))",
    ),
    // Names that stand for properties of forms and documents.
    (
        "<form><p>a</p><input name=firstChild><input name=parentNode>b</form>c",
        "head body(form(p(\"a\") input[name=firstChild] input[name=parentNode] \"b\") \"c\")",
    ),
    (
        "<form><input name=attributes><input name=localName><input name=nodeType><input name=nextSibling></form>c",
        "head body(form(input[name=attributes] input[name=localName] input[name=nodeType] input[name=nextSibling]) \"c\")",
    ),
    (
        "<fieldset form=f name=firstChild><form id=f>a</form></fieldset>b",
        "head body(fieldset[form=f][name=firstChild](form[id=f](\"a\")) \"b\")",
    ),
    ("<img name=documentElement>a", "head body(img[name=documentElement] \"a\")"),
];

/// Writes a tree on one line: `name[attribute=value](children)`, texts in quotes.
pub(crate) fn dump(tree: &Tree) -> String {
    children(tree, Tree::ROOT)
}

fn children(tree: &Tree, id: NodeId) -> String {
    tree.children(id).iter().map(|id| node(tree, *id)).collect::<Vec<_>>().join(" ")
}

fn node(tree: &Tree, id: NodeId) -> String {
    match tree.node(id) {
        Node::Text(text) => format!("\"{text}\""),
        Node::Element { name, attributes } => {
            let attributes: String = attributes.iter().map(|(name, value)| format!("[{name}={value}]")).collect();
            let inside = children(tree, id);
            if inside.is_empty() { format!("{name}{attributes}") } else { format!("{name}{attributes}({inside})") }
        }
    }
}
