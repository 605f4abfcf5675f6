//! Blocks in a compact notation, for tests: `p(Text em(with) marks)`, `h2#id(Title)`, `ul(li(p(item)))`.

use crate::article::{Align, Attributes, Block, Content, Image, Inline, Inlines, Kind, Layout, ListItem, Media};

/// Blocks, separated by spaces.
pub(super) fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let at = attributes(&block.attributes);
    match &block.kind {
        Kind::Heading(heading) => {
            let inferred = if block.attributes.data.contains_key("inferred") { "?" } else { "" };
            format!("h{}{inferred}{at}({})", heading.depth.unwrap_or(0), inlines(&heading.children))
        }
        Kind::Paragraph(paragraph) => {
            let align = match paragraph.align {
                Some(Align::Center) => "|center",
                Some(Align::End) => "|end",
                _ => "",
            };
            format!("p{at}{align}({})", inlines(&paragraph.children))
        }
        Kind::Blockquote(quote) => {
            format!("quote{at}({}{})", blocks(&quote.children), part("by", &quote.attribution))
        }
        Kind::PullQuote(quote) => {
            format!("pullquote{at}({}{})", inlines(&quote.children), part("by", &quote.attribution))
        }
        Kind::List(list) => {
            let name = if list.ordered { "ol" } else { "ul" };
            let start = list.start.map(|start| format!("|{start}")).unwrap_or_default();
            let style = list.style.map(|style| format!("|{}", style.as_str())).unwrap_or_default();
            let items: Vec<String> = list.children.iter().map(item).collect();
            format!("{name}{at}{start}{style}({})", items.join(" "))
        }
        Kind::DefinitionList(list) => {
            let entry = |item: &crate::article::DefinitionItem| {
                let terms: Vec<String> = item.terms.iter().map(|term| format!("dt({})", inlines(term))).collect();
                let definitions: Vec<String> =
                    item.definitions.iter().map(|one| format!("dd({})", blocks(one))).collect();
                [terms, definitions].concat().join(" ")
            };
            format!("dl{at}({})", list.children.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
        Kind::Code(code) => {
            let file = if code.filename.is_empty() { String::new() } else { format!("|{}", code.filename) };
            format!("code{at}:{}{file}({}{})", code.lang, code.value.replace('\n', "⏎"), part("caption", &code.caption))
        }
        Kind::Math(math) => format!("math{at}({}; {})", math.value, math.mathml),
        Kind::Image(one) => format!("{}{at}", image(one)),
        Kind::Figure(figure) => {
            let caption = match &figure.caption {
                Some(Content::Inlines(caption)) => part("caption", caption),
                Some(Content::Blocks(caption)) => format!(" caption={}", blocks(caption)),
                None => String::new(),
            };
            let layout = if figure.layout == Layout::Inline { "" } else { figure.layout.as_str() };
            let bar = if layout.is_empty() { "" } else { "|" };
            format!("figure{at}{bar}{layout}({}{caption}{})", blocks(&figure.children), part("credit", &figure.credit))
        }
        Kind::Gallery(gallery) => {
            let items: Vec<String> = gallery.items.iter().map(image).collect();
            format!("gallery{at}({}{})", items.join(" "), part("caption", &gallery.caption))
        }
        Kind::Video(one) => format!("video{at}{}", media(one)),
        Kind::Audio(one) => format!("audio{at}{}", media(one)),
        Kind::Embed(embed) => {
            let aspect = if embed.aspect.is_empty() { String::new() } else { format!(" {}", embed.aspect) };
            let fallback =
                if embed.fallback.is_empty() { String::new() } else { format!(" {}", blocks(&embed.fallback)) };
            let caption = part("caption", &embed.caption);
            format!("embed{at}:{}({} {}{aspect}{fallback}{caption})", embed.provider, embed.url, embed.embed_url)
        }
        Kind::LinkCard(card) => {
            format!("card{at}({}; {}; {}; {})", card.url, card.title, card.description, card.site)
        }
        Kind::Table(table) => {
            let cell = |cell: &crate::article::TableCell| {
                let name = if cell.header { "th" } else { "td" };
                let span = match (cell.colspan, cell.rowspan) {
                    (None, None) => String::new(),
                    (columns, rows) => format!("|{}x{}", columns.unwrap_or(1), rows.unwrap_or(1)),
                };
                let content = match &cell.children {
                    Content::Inlines(content) => inlines(content),
                    Content::Blocks(content) => blocks(content),
                };
                format!("{name}{span}({content})")
            };
            let row = |row: &crate::article::TableRow| row.children.iter().map(cell).collect::<Vec<_>>().join(" ");
            let rows = table.children.iter().map(row).collect::<Vec<_>>().join(" / ");
            let (head, foot) = (table.header_rows.unwrap_or(1), table.footer_rows.unwrap_or(0));
            let caption = part("caption", &table.caption);
            format!("table{at}|{head}|{}|{foot}({rows}{caption})", table.header_cols.unwrap_or(0))
        }
        Kind::ThematicBreak(rule) => format!("hr{at}({})", rule.ornament),
        Kind::Admonition(note) => format!("{}{at}({}{})", note.kind.as_str(), note.icon, blocks(&note.children)),
        Kind::Details(details) => {
            let open = if details.open { "|open" } else { "" };
            format!("details{at}{open}({}: {})", inlines(&details.summary), blocks(&details.children))
        }
        Kind::Aside(aside) => format!("aside{at}({})", blocks(&aside.children)),
        Kind::Columns(columns) => {
            let column = |column: &crate::article::Column| {
                let width = column.width.map(|width| format!("|{width}")).unwrap_or_default();
                format!("column{width}({})", blocks(&column.children))
            };
            format!("columns{at}({})", columns.children.iter().map(column).collect::<Vec<_>>().join(" "))
        }
        Kind::Verse(lines) => format!("verse{at}({})", inlines(lines)),
        Kind::Buttons(buttons) => {
            let button = |button: &crate::article::Button| format!("{}={}", button.label, button.url);
            format!("buttons{at}({})", buttons.items.iter().map(button).collect::<Vec<_>>().join(" "))
        }
        Kind::File(file) => format!("file{at}({}; {})", file.url, file.title),
        Kind::FootnoteList(_) => format!("footnotes{at}"),
        other => format!("{other:?}"),
    }
}

fn attributes(attributes: &Attributes) -> String {
    let mut text = String::new();
    if !attributes.id.is_empty() {
        text.push('#');
        text.push_str(&attributes.id);
    }
    for alias in &attributes.aliases {
        text.push('~');
        text.push_str(alias);
    }
    if !attributes.lang.is_empty() {
        text.push('@');
        text.push_str(&attributes.lang);
    }
    if let Some(dir) = attributes.dir {
        text.push('@');
        text.push_str(dir.as_str());
    }
    text
}

fn item(item: &ListItem) -> String {
    let id = if item.id.is_empty() { String::new() } else { format!("#{}", item.id) };
    let checked = match item.checked {
        Some(true) => "[x]",
        Some(false) => "[ ]",
        None => "",
    };
    format!("li{id}{checked}({})", blocks(&item.children))
}

fn image(image: &Image) -> String {
    let link = if image.link.is_empty() { String::new() } else { format!("->{}", image.link) };
    let size = match (image.width, image.height) {
        (None, None) => String::new(),
        (width, height) => format!("|{}x{}", width.unwrap_or(0), height.unwrap_or(0)),
    };
    let set = if image.srcset.is_empty() { String::new() } else { format!(" {{{}}}", image.srcset) };
    let dark = if image.src_dark.is_empty() { String::new() } else { format!(" dark={}", image.src_dark) };
    format!("img{size}({}[{}]{set}{dark}{}){link}", image.url, image.alt, part("caption", &image.caption))
}

fn media(media: &Media) -> String {
    let sources: Vec<String> = media.sources.iter().map(|source| format!("{} {}", source.src, source.mime)).collect();
    format!("({}{}{})", media.src, sources.join(", "), part("caption", &media.caption))
}

fn part(name: &str, content: &Inlines) -> String {
    if content.is_empty() { String::new() } else { format!(" {name}={}", inlines(content)) }
}

/// Text-level content, marks as `name(text)`, line breaks as `⏎`.
pub(super) fn inlines(content: &Inlines) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    let mark = |name: &str, children: &Inlines| format!("{name}({})", inlines(children));
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Emphasis(children) => mark("em", children),
        Inline::Strong(children) => mark("strong", children),
        Inline::Delete(children) => mark("del", children),
        Inline::Insert(children) => mark("ins", children),
        Inline::Underline(children) => mark("u", children),
        Inline::Subscript(children) => mark("sub", children),
        Inline::Superscript(children) => mark("sup", children),
        Inline::SmallCaps(children) => mark("smallcaps", children),
        Inline::Small(children) => mark("small", children),
        Inline::Mark(highlight) => mark("mark", &highlight.children),
        Inline::InlineCode(value) => format!("code({value})"),
        Inline::Keyboard(children) => mark("kbd", children),
        Inline::Sample(children) => mark("samp", children),
        Inline::Variable(children) => mark("var", children),
        Inline::Quote(quote) => mark("q", &quote.children),
        Inline::CiteTitle(children) => mark("cite", children),
        Inline::Abbreviation(abbreviation) => {
            format!("abbr({}|{})", inlines(&abbreviation.children), abbreviation.title)
        }
        Inline::Time(time) => mark("time", &time.children),
        Inline::Link(link) => format!("a({}|{})", inlines(&link.children), link.url),
        Inline::Image(image) => format!("icon({}[{}])", image.url, image.alt),
        Inline::Break(_) => "⏎".to_owned(),
        Inline::WordBreak(_) => "¦".to_owned(),
        Inline::Math(math) => format!("math({}; {})", math.value, math.mathml),
        Inline::FootnoteReference(reference) => format!("[^{}{}]", reference.identifier, label(&reference.label)),
        Inline::Span(span) => {
            let dir = span.dir.map(|dir| format!("@{}", dir.as_str())).unwrap_or_default();
            format!("span{}{dir}({})", label(&span.lang), inlines(&span.children))
        }
        Inline::Ruby(ruby) => format!("ruby({}|{})", inlines(&ruby.children), inlines(&ruby.annotation)),
        other => format!("{other:?}"),
    }
}

fn label(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("@{label}") }
}
