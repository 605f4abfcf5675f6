//! Events of Markdown -> blocks: a stack of elements in the making.

use std::mem::take;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::callout::Callout;
use super::container::{self, Container, Line, Part};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Align, Block, Blocks, Code, Content, DefinitionItem, DefinitionList,
    FootnoteDefinition, FootnoteReference, Heading, Inline, InlineImage, InlineMath, Inlines, Kind, Link, List,
    ListItem, Math, Quote, Table, TableCell, TableRow, ThematicBreak,
};
use crate::letter::lower_case;
use crate::reader::fields::push_paragraph;

/// How deep blocks and marks nest, in levels of Article JSON; what is deeper joins what is around it.
const DEEPEST_BLOCK: u32 = 48;
const DEEPEST_MARK: u32 = 90;

/// Longer addresses stay text.
const LONGEST_ADDRESS: usize = 2000;

/// An element in the making, with what it gathers.
#[derive(Default)]
struct Frame<'a> {
    /// `None` for the text as a whole.
    tag: Option<Tag<'a>>,
    level: u32,
    inlines: Inlines,
    blocks: Blocks,
    items: Vec<ListItem>,
    entries: Vec<DefinitionItem>,
    rows: Vec<TableRow>,
    cells: Vec<TableCell>,
    checked: Option<bool>,
    spread: bool,
    /// Double brackets in the text are links of Obsidian.
    has_page_links: bool,
    /// It is a container, which began at the line with this number.
    container: Option<(usize, Container)>,
    /// The first line of a quotation said what it is.
    callout: Option<Callout>,
}

impl Frame<'_> {
    /// Makes a paragraph of the text so far.
    fn flush(&mut self) {
        let mut inlines = take(&mut self.inlines);
        if !inlines.is_empty() {
            raise(&mut inlines);
            link_addresses(&mut inlines);
            if self.has_page_links {
                unlink_pages(&mut inlines);
            }
            if self.blocks.is_empty() {
                // Most elements hold one block, and a block is large: no room for four.
                self.blocks.reserve_exact(1);
            }
            push_paragraph(inlines, &mut self.blocks);
        }
    }

    fn finish(&mut self) -> Blocks {
        self.flush();
        take(&mut self.blocks)
    }
}

/// Raises and lowers what stands between signs within a word: `1^st^`, `H~2~O`. The parser knows them only at the
/// start of words, and there a tilde strikes out.
fn raise(inlines: &mut Inlines) {
    let is_sign = |byte| matches!(byte, b'^' | b'~');
    let is_raised = |inline: &Inline| matches!(inline, Inline::Text(text) if text.bytes().any(is_sign));
    if !inlines.iter().any(is_raised) {
        return;
    }
    for inline in take(inlines).0 {
        let Inline::Text(text) = &inline else {
            inlines.push(inline);
            continue;
        };
        let (mut done, mut at) = (0, 0);
        while let Some(open) = text[at..].find(['^', '~']).map(|open| at + open) {
            let sign = &text[open..=open];
            at = open + 1;
            let Some(close) = text[at..].find(sign).map(|close| at + close) else { continue };
            let is_word = |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || "+-−".contains(letter));
            let is_within = text[..open].ends_with(|before: char| before.is_alphanumeric() || before == ')');
            if is_within && close > at && is_word(&text[at..close]) {
                let children = Inlines::from(&text[at..close]);
                inlines.extend(Inlines::from(&text[done..open]).0);
                inlines.push(if sign == "^" { Inline::Superscript(children) } else { Inline::Subscript(children) });
                done = close + 1;
                at = done;
            }
        }
        inlines.extend(Inlines::from(&text[done..]).0);
    }
}

/// Makes links of addresses that stand in the text.
fn link_addresses(inlines: &mut Inlines) {
    if !inlines.iter().any(|inline| matches!(inline, Inline::Text(text) if text.contains("://"))) {
        return;
    }
    for inline in take(inlines).0 {
        let Inline::Text(text) = &inline else {
            inlines.push(inline);
            continue;
        };
        let (mut done, mut blocked) = (0, 0);
        for (at, _) in text.match_indices("http") {
            let is_start =
                at == 0 || text[..at].ends_with(|before: char| before.is_whitespace() || "(*_~".contains(before));
            if !is_start || at < done || at < blocked {
                continue;
            }
            let is_end = |letter: char| letter.is_whitespace() || "<>\"".contains(letter);
            let rest = &text[at..];
            let run = &rest[..rest.find(is_end).unwrap_or(rest.len())];
            if run.len() > LONGEST_ADDRESS {
                blocked = at + run.len();
                continue;
            }
            let Some(url) = bare_address(run) else { continue };
            inlines.extend(Inlines::from(&text[done..at]).0);
            inlines.push(Inline::Link(Link { url: url.to_owned(), children: url.into(), ..Link::default() }));
            done = at + url.len();
        }
        inlines.extend(Inlines::from(&text[done..]).0);
    }
}

/// Makes words of links to other pages of a collection, which are not in this file: `[[page|words]]`.
fn unlink_pages(inlines: &mut Inlines) {
    for inline in inlines.iter_mut() {
        if let Inline::Text(text) = inline
            && text.contains("[[")
        {
            *text = without_page_links(text);
        }
    }
}

fn without_page_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("[[") {
        out.push_str(&rest[..start]);
        let inside = &rest[start + 2..];
        let end = inside.find(['[', ']', '\n']).unwrap_or(inside.len());
        // Code and numbers of sources are written so, too.
        let is_apart = !out.ends_with(|before: char| before.is_alphanumeric() || before == '!');
        let is_name = inside[..end].trim() == &inside[..end] && inside[..end].contains(char::is_alphabetic);
        if is_apart && is_name && inside[end..].starts_with("]]") {
            let (page, words) = inside[..end].split_once('|').unwrap_or((&inside[..end], ""));
            let page = page.trim_start_matches('#').replace('#', " > ");
            out.push_str(if words.is_empty() { &page } else { words });
            rest = &inside[end + 2..];
        } else {
            out.push_str("[[");
            rest = inside;
        }
    }
    out + rest
}

/// The address that a text without spaces is, without the punctuation of the sentence around it.
fn bare_address(text: &str) -> Option<&str> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    if !host.starts_with(|letter: char| letter.is_alphanumeric()) {
        return None;
    }
    let mut url = text;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', ']']);
        let is_open = shorter.matches('(').count() < shorter.matches(')').count();
        let shorter = shorter.strip_suffix(')').filter(|_| is_open).unwrap_or(shorter);
        if shorter.len() == url.len() {
            return Some(url);
        }
        url = shorter;
    }
}

/// Gathers blocks from events.
#[derive(Default)]
pub(super) struct Builder<'a> {
    top: Frame<'a>,
    outer: Vec<Frame<'a>>,
    /// Elements inside the top one that were too deep to be opened.
    skipped: u32,
    /// The lines around containers, which comments stand for.
    lines: Vec<Line>,
    /// The one whose comment is read.
    line: Option<usize>,
}

impl<'a> Builder<'a> {
    /// A builder for what `source` was before lines became comments.
    pub(super) fn new(source: &str, lines: Vec<Line>) -> Self {
        let has_page_links = source.contains("[[");
        Self { lines, top: Frame { has_page_links, ..Frame::default() }, ..Self::default() }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'a>) {
        let inline = match event {
            Event::Start(tag) => return self.open(tag),
            Event::End(end) if self.skipped > 0 => {
                self.skipped -= 1;
                if matches!(end, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableRow) {
                    self.top.flush();
                }
                return;
            }
            Event::End(_) => {
                // Containers end with what they are in.
                while self.top.container.is_some() {
                    self.close();
                }
                self.begin_callout();
                self.close();
                if let Some(line) = self.line.take() {
                    self.container(line);
                }
                return;
            }
            Event::Rule => return self.block(Kind::ThematicBreak(ThematicBreak::default())),
            Event::TaskListMarker(checked) => {
                // In a loose item it stands in the first paragraph.
                let item = match self.top.tag {
                    Some(Tag::Paragraph) => self.outer.last_mut(),
                    _ => Some(&mut self.top),
                };
                if let Some(item) = item {
                    item.checked = Some(checked);
                }
                return;
            }
            Event::Text(text) => return self.text(&text),
            Event::SoftBreak | Event::HardBreak if self.begin_callout() => return,
            Event::SoftBreak => return self.text(" "),
            Event::Html(html) => {
                self.line = container::number(&html).filter(|line| self.is_line(*line));
                if self.line.is_none() {
                    self.text(&html);
                }
                return;
            }
            Event::DisplayMath(value) if self.is_in_flow() => {
                let math = Math { value: value.trim().to_owned(), ..Math::default() };
                return self.block(Kind::Math(math));
            }
            Event::InlineMath(value) | Event::DisplayMath(value) => {
                Inline::Math(InlineMath { value: value.trim().to_owned(), ..InlineMath::default() })
            }
            Event::Code(value) if value.trim().is_empty() => return,
            Event::Code(value) => Inline::InlineCode(value.into_string()),
            Event::InlineHtml(html) if container::number(&html).is_some() => return self.text(&html),
            Event::InlineHtml(html) => Inline::Html(html.into_string()),
            Event::FootnoteReference(label) => {
                Inline::FootnoteReference(FootnoteReference { identifier: lower_case(&label), label: String::new() })
            }
            Event::HardBreak => Inline::Break(Empty),
        };
        self.top.inlines.push(inline);
    }

    /// Whether the comment for a line stands where containers may.
    fn is_line(&self, line: usize) -> bool {
        let is_alone = self.top.tag == Some(Tag::HtmlBlock) && self.top.inlines.is_empty();
        is_alone && self.skipped == 0 && line < self.lines.len()
    }

    /// Begins or ends a container.
    fn container(&mut self, line: usize) {
        match self.lines[line].part {
            Part::Open if self.top.level + 2 > DEEPEST_BLOCK => {
                let title = self.lines[line].container().title;
                self.top.blocks.extend((!title.is_empty()).then(|| Block::paragraph(title.as_str())));
            }
            Part::Open => {
                self.open(Tag::BlockQuote(None));
                self.top.container = Some((line, self.lines[line].container()));
            }
            Part::Close(begin) if self.top.container.as_ref().is_some_and(|(line, _)| *line == begin) => self.close(),
            // It has ended with what it is in.
            Part::Close(_) => {}
        }
    }

    /// Takes the first line of a quotation for what it is and its title, where it says so.
    fn begin_callout(&mut self) -> bool {
        let Some(quote) = self.outer.last_mut().filter(|_| self.top.tag == Some(Tag::Paragraph)) else { return false };
        let is_first = quote.blocks.is_empty() && quote.callout.is_none() && quote.container.is_none();
        if quote.tag != Some(Tag::BlockQuote(None)) || !is_first {
            return false;
        }
        let Some(Inline::Text(first)) = self.top.inlines.first_mut() else { return false };
        let Some((mut callout, start)) = Callout::of(first) else { return false };
        first.drain(..start);
        let mut title = take(&mut self.top.inlines);
        title.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        raise(&mut title);
        if quote.has_page_links {
            unlink_pages(&mut title);
        }
        callout.title = title;
        quote.callout = Some(callout);
        true
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let text = &*container::restore(text, &self.lines);
        match self.top.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.top.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    /// The blocks; what is still open ends here.
    pub(super) fn finish(mut self) -> Blocks {
        while !self.outer.is_empty() {
            self.close();
        }
        self.top.finish()
    }

    /// Whether blocks may stand at this place.
    fn is_in_flow(&self) -> bool {
        let is_flow = |tag: &Tag<'_>| {
            matches!(
                tag,
                Tag::Paragraph
                    | Tag::Item
                    | Tag::BlockQuote(_)
                    | Tag::FootnoteDefinition(_)
                    | Tag::DefinitionListDefinition
            )
        };
        self.top.tag.as_ref().is_none_or(is_flow)
    }

    fn block(&mut self, kind: Kind) {
        self.top.flush();
        self.top.blocks.push(Block::new(kind));
    }

    fn open(&mut self, tag: Tag<'a>) {
        let levels = match &tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_) => 2,
            Tag::DefinitionList | Tag::DefinitionListDefinition => 3,
            Tag::Table(_) => 6,
            tag if is_mark(Some(tag)) => 2,
            _ => 0,
        };
        let level = self.top.level + levels;
        // An item without its list would be lost.
        let is_too_deep = if is_mark(Some(&tag)) { level > DEEPEST_MARK } else { level > DEEPEST_BLOCK };
        let is_part = matches!(tag, Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition);
        if self.skipped > 0 || (is_too_deep && levels > 0 && !is_part) {
            self.skipped += 1;
            return;
        }
        let is_block = !is_mark(Some(&tag));
        if is_block {
            // In tight items text stands without a paragraph.
            self.top.flush();
        }
        if let (Tag::Paragraph, Some(Tag::Item)) = (&tag, &self.top.tag) {
            self.top.spread = true;
        }
        let has_page_links = self.top.has_page_links;
        let frame = Frame { tag: Some(tag), level, has_page_links, ..Frame::default() };
        self.outer.push(std::mem::replace(&mut self.top, frame));
    }

    fn close(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let mut frame = std::mem::replace(&mut self.top, outer);
        let Some(tag) = frame.tag.take() else { return };
        // What becomes a paragraph is seen to when it does.
        let is_line = matches!(tag, Tag::Heading { .. } | Tag::DefinitionListTitle | Tag::TableCell);
        let is_link = |tag: &Tag<'_>| matches!(tag, Tag::Link { .. } | Tag::Image { .. });
        if is_line || is_mark(Some(&tag)) {
            raise(&mut frame.inlines);
            if frame.has_page_links {
                unlink_pages(&mut frame.inlines);
            }
            let mut around = self.outer.iter().chain([&self.top]).filter_map(|frame| frame.tag.as_ref());
            if !is_link(&tag) && !around.any(is_link) {
                link_addresses(&mut frame.inlines);
            }
        }
        let top = &mut self.top;
        let kind = match tag {
            Tag::Heading { level, id, classes, .. } => {
                let children = frame.inlines;
                let mut block = Block::new(Kind::Heading(Heading { depth: Some(level as u32), children }));
                block.attributes.id = id.map(CowStr::into_string).unwrap_or_default();
                block.attributes.class = classes.into_iter().map(CowStr::into_string).collect();
                return top.blocks.push(block);
            }
            Tag::BlockQuote(kind) => {
                let children = frame.finish();
                if let Some((_, container)) = frame.container {
                    let title = title(&container.title, frame.level);
                    return top.blocks.extend(container.blocks(title, children).0);
                }
                match kind {
                    None if let Some(callout) = frame.callout => callout.kind(children),
                    Some(kind) => {
                        Kind::Admonition(Admonition { kind: admonition(kind), children, ..Admonition::default() })
                    }
                    None => Kind::Blockquote(Quote { children, ..Quote::default() }),
                }
            }
            Tag::CodeBlock(kind) => {
                let mut code = Code { value: plain(&frame.inlines), ..Code::default() };
                if code.value.ends_with('\n') {
                    code.value.pop();
                }
                if let CodeBlockKind::Fenced(info) = kind {
                    (code.lang, code.meta) = language(&info);
                }
                Kind::Code(code)
            }
            Tag::HtmlBlock if self.line.is_some() => return,
            Tag::HtmlBlock => Kind::Html(plain(&frame.inlines)),
            Tag::List(start) => {
                let start = start.and_then(|start| u32::try_from(start).ok());
                Kind::List(List {
                    ordered: start.is_some(),
                    start: start.filter(|start| *start != 1),
                    spread: frame.spread,
                    children: frame.items,
                    ..List::default()
                })
            }
            Tag::Item => {
                top.spread |= frame.spread;
                let (checked, children) = (frame.checked, frame.finish());
                return top.items.push(ListItem { checked, children, ..ListItem::default() });
            }
            Tag::FootnoteDefinition(label) => Kind::FootnoteDefinition(FootnoteDefinition {
                identifier: lower_case(&label),
                children: frame.finish(),
                ..FootnoteDefinition::default()
            }),
            Tag::DefinitionList => Kind::DefinitionList(DefinitionList { children: frame.entries }),
            Tag::DefinitionListTitle => {
                match top.entries.last_mut() {
                    Some(entry) if entry.definitions.is_empty() => entry.terms.push(frame.inlines),
                    _ => top.entries.push(DefinitionItem { terms: vec![frame.inlines], definitions: Vec::new() }),
                }
                return;
            }
            Tag::DefinitionListDefinition => {
                let definition = frame.finish();
                match top.entries.last_mut() {
                    Some(entry) => entry.definitions.push(definition),
                    None => top.entries.push(DefinitionItem { terms: Vec::new(), definitions: vec![definition] }),
                }
                return;
            }
            Tag::Table(align) => {
                let align = if align.iter().all(|align| *align == Alignment::None) {
                    Vec::new()
                } else {
                    align.into_iter().map(alignment).collect()
                };
                Kind::Table(Table { children: frame.rows, align, ..Table::default() })
            }
            Tag::TableHead | Tag::TableRow => return top.rows.push(TableRow { children: frame.cells }),
            Tag::TableCell => {
                let children = Content::Inlines(frame.inlines);
                return top.cells.push(TableCell { children, ..TableCell::default() });
            }
            Tag::Paragraph | Tag::MetadataBlock(_) => {
                frame.flush();
                return top.blocks.0.append(&mut frame.blocks.0);
            }
            mark => return self.mark(mark, frame.inlines),
        };
        top.blocks.push(Block::new(kind));
    }

    fn mark(&mut self, tag: Tag<'_>, children: Inlines) {
        let is_open =
            |mark: &Tag<'_>| self.outer.iter().chain([&self.top]).any(|frame| frame.tag.as_ref() == Some(mark));
        let mark = match tag {
            // Emphasis inside emphasis stresses nothing more.
            mark @ (Tag::Emphasis | Tag::Strong) if is_open(&mark) => return self.top.inlines.0.extend(children.0),
            Tag::Emphasis => Inline::Emphasis(children),
            Tag::Strong => Inline::Strong(children),
            Tag::Strikethrough => Inline::Delete(children),
            Tag::Link { dest_url, title, link_type, .. } => {
                let mail = if link_type == pulldown_cmark::LinkType::Email { "mailto:" } else { "" };
                // Browsers would take a backslash for a slash.
                let mut url = [mail, &dest_url].concat().replace('\\', "%5C");
                if !url.contains("//[") {
                    url = url.replace('[', "%5B").replace(']', "%5D");
                }
                Inline::Link(Link { url, title: title.into_string(), children })
            }
            Tag::Image { dest_url, title, .. } => Inline::Image(InlineImage {
                url: dest_url.into_string(),
                title: title.into_string(),
                alt: children.plain_text(),
                ..InlineImage::default()
            }),
            _ => return self.top.inlines.0.extend(children.0),
        };
        self.top.inlines.push(mark);
    }
}

fn is_mark(tag: Option<&Tag<'_>>) -> bool {
    matches!(tag, Some(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }))
}

/// The text of code or HTML, which has no marks.
fn plain(inlines: &Inlines) -> String {
    match inlines.as_slice() {
        [Inline::Text(text)] => text.clone(),
        _ => String::new(),
    }
}

/// A line of Markdown at a level, as the title of a block.
fn title(markdown: &str, level: u32) -> Inlines {
    let mut builder = Builder::new(markdown, Vec::new());
    builder.top.level = level;
    match super::build(markdown, builder).as_mut_slice() {
        [Block { kind: Kind::Paragraph(only), .. }] => take(&mut only.children),
        _ => markdown.into(),
    }
}

/// Language and remainder of what follows a fence: `rust,ignore`, `js {1,3}`, `js:app.js`, `{.python .numbered}`, and
/// `{r name, echo=FALSE}` of programs that run it.
fn language(info: &str) -> (String, String) {
    let info = info.trim();
    if let Some((inside, after)) = info.strip_prefix('{').and_then(|info| info.split_once('}')) {
        let is_word = |word: &&str| !word.is_empty() && !word.starts_with('#') && !word.contains('=');
        let class = inside.split(' ').find_map(|word| word.strip_prefix('.'));
        let word = class.or_else(|| inside.split([' ', ',']).next().filter(is_word)).unwrap_or_default();
        let is_directive = matches!(word, "code-block" | "code-cell" | "code") && !after.trim().is_empty();
        return (if is_directive { after.trim() } else { word }.to_owned(), info.to_owned());
    }
    let end = info.find([' ', ',', ':', '\t', '{']).unwrap_or(info.len());
    (info[..end].to_owned(), info[end..].trim_start_matches([' ', ',', ':', '\t']).to_owned())
}

fn alignment(align: Alignment) -> Option<Align> {
    match align {
        Alignment::None => None,
        Alignment::Left => Some(Align::Start),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::End),
    }
}

fn admonition(kind: BlockQuoteKind) -> AdmonitionKind {
    match kind {
        BlockQuoteKind::Note => AdmonitionKind::Note,
        BlockQuoteKind::Tip => AdmonitionKind::Tip,
        BlockQuoteKind::Important => AdmonitionKind::Important,
        BlockQuoteKind::Warning => AdmonitionKind::Warning,
        BlockQuoteKind::Caution => AdmonitionKind::Caution,
    }
}
