//! Nodes that are blocks.

use super::super::levels;
use super::super::marks::key;
use super::super::media::{captioned, gallery};
use super::super::rescue;
use super::attribute::align;
use super::{
    Flow, Role, Walk, are_lists, attribute, children_of, flag, formula, is_inline_formula, leaf, link_url, medium,
    name_of, number, role_of, table, tex, words,
};
use crate::article::json::Empty;
use crate::article::{
    Admonition, AdmonitionKind, Block, Blocks, Code, Column, Columns, Details, FootnoteDefinition, Heading, Inlines,
    Kind, List, ListItem, Math, PullQuote, Quote, ThematicBreak,
};
use crate::json::Value;

/// Reads a node that is a block.
pub(super) fn read(walk: &mut Walk<'_, '_>, role: Role, node: &Value<'_>, name: &str, flow: &mut Flow) {
    if walk.is_deep() && children_of(node).is_some() && !matches!(role, Role::Code | Role::Heading(_)) {
        return group(walk, node, flow);
    }
    match role {
        Role::Paragraph => paragraph(walk, node, flow),
        Role::Heading(depth) => heading(walk, depth, node, flow),
        Role::Quote => {
            let children = walk.inside(node, 2);
            let cite = words(node, &["cite"]).to_owned();
            flow.block(Kind::Blockquote(Quote { children, cite, ..Quote::default() }));
        }
        Role::PullQuote => {
            let (children, rest) = walk.line(node);
            flow.block(Kind::PullQuote(PullQuote { children, ..PullQuote::default() }));
            flow.blocks.extend(rest);
        }
        Role::Code => code(walk, node, name, flow),
        Role::Note => {
            let (identifier, children) = (identifier(node), walk.inside(node, 2));
            flow.block(Kind::FootnoteDefinition(FootnoteDefinition {
                identifier,
                children,
                ..FootnoteDefinition::default()
            }));
        }
        Role::Rule => flow.block(Kind::ThematicBreak(ThematicBreak::default())),
        Role::Bullets => list(walk, false, node, flow),
        Role::Numbers => list(walk, true, node, flow),
        Role::List => {
            let kind = words(node, &["listType", "format", "style", "kind", "tag"]);
            let ordered =
                matches!(kind, "number" | "ordered" | "ol" | "numbered") || flag(node, &["ordered"]) == Some(true);
            list(walk, ordered, node, flow);
        }
        Role::Item => {
            // An item without a list.
            let item = item(walk, node);
            levels::push_item(flow_blocks(flow), 0, false, item);
        }
        Role::Image => walk.image(node, flow),
        Role::Media => media(walk, node, flow),
        Role::Figure => figure(walk, node, flow),
        Role::Caption | Role::Summary => {
            if !matches!(walk.heading, super::Heading::Wanted) {
                return group(walk, node, flow);
            }
            walk.heading = super::Heading::Unwanted;
            let (line, rest) = walk.line(node);
            walk.heading = super::Heading::Found(line);
            flow.flush();
            flow.blocks.extend(rest);
        }
        Role::Gallery => pictures(walk, node, flow),
        Role::Table => table::read(walk, node, flow),
        Role::Embed => embed(walk, node, name, flow),
        Role::Video | Role::Audio | Role::File | Role::Card => card(walk, role, node, flow),
        Role::Panel => panel(walk, node, flow),
        Role::Details => {
            let mut children = Blocks::default();
            let found = walk.with_heading(&mut |walk| children = walk.inside(node, 2));
            let mut summary = found.unwrap_or_else(|| words(node, &["title", "summary"]).into());
            if let (true, Some(Block { kind: Kind::Paragraph(first), .. })) = (summary.is_empty(), children.first_mut())
            {
                summary = std::mem::take(&mut first.children);
                children.remove(0);
            }
            let open = flag(node, &["open"]) == Some(true);
            flow.block(Kind::Details(Details { summary, open, children }));
        }
        Role::Columns => columns(walk, node, flow),
        Role::Math if is_inline_formula(node) => walk.inline(formula(node), flow),
        Role::Math => {
            let mut value = tex(node).to_owned();
            if value.is_empty() {
                code_text(node, &mut value);
            }
            flow.block(Kind::Math(Math { value, ..Math::default() }));
        }
        Role::Contents => flow.block(Kind::Contents(Empty)),
        Role::Html => flow.block(Kind::Html(source(node, &["html", "value", "content"]))),
        Role::Markdown => flow.block(Kind::Markdown(source(node, &["markdown", "value", "content"]))),
        Role::Nothing => {}
        _ => group(walk, node, flow),
    }
}

/// The blocks before the paragraph that is open, which ends.
fn flow_blocks(flow: &mut Flow) -> &mut Blocks {
    flow.flush();
    &mut flow.blocks
}

/// What is inside a node, apart from what is around it.
pub(super) fn group(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    flow.flush();
    walk.children(node, flow);
    flow.flush();
}

fn source(node: &Value<'_>, names: &[&str]) -> String {
    let mut source = words(node, names).to_owned();
    if source.is_empty() {
        code_text(node, &mut source);
    }
    source
}

fn paragraph(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let style = words(node, &["listStyleType"]);
    if !style.is_empty() {
        // Plate keeps lists as indented paragraphs.
        let children = walk.inside(node, 4);
        let level = number(node, &["indent"]).unwrap_or(1).saturating_sub(1);
        let item = ListItem { checked: flag(node, &["checked"]), children, ..ListItem::default() };
        let ordered =
            matches!(key(style).as_str(), "decimal" | "loweralpha" | "upperalpha" | "lowerroman" | "upperroman");
        return levels::push_item(flow_blocks(flow), level, ordered, item);
    }
    flow.flush();
    let outer = flow.align;
    flow.align = align(node).or(outer);
    walk.children(node, flow);
    flow.flush();
    flow.align = outer;
}

fn heading(walk: &mut Walk<'_, '_>, depth: u8, node: &Value<'_>, flow: &mut Flow) {
    let tag = words(node, &["tag"]);
    let depth = match depth {
        0 => number(node, &["level", "depth"]).or_else(|| tag.strip_prefix('h')?.parse().ok()),
        named => Some(u32::from(named)),
    };
    let (children, rest) = walk.line(node);
    let id = words(node, &["id", "anchor"]).to_owned();
    let heading = Heading { depth: Some(depth.unwrap_or(2).clamp(1, 6)), children };
    if !heading.children.is_empty() {
        flow.flush();
        flow.blocks.push(Block::new(Kind::Heading(heading)).with_id(id));
    }
    flow.blocks.extend(rest);
}

fn code(walk: &mut Walk<'_, '_>, node: &Value<'_>, name: &str, flow: &mut Flow) {
    let mut value = String::new();
    code_text(node, &mut value);
    if value.is_empty() {
        words(node, &["code", "value", "schema"]).clone_into(&mut value);
    }
    let caption = walk.caption(node);
    let language = match words(node, &["language", "lang", "params", "class"]) {
        "" if key(name) == "mermaid" => "mermaid",
        language => language,
    };
    flow.block(captioned(code_block(value, language), caption));
}

/// What references name a footnote by.
pub(super) fn identifier(node: &Value<'_>) -> String {
    let names = ["identifier", "id", "data-id", "label", "referenceNumber"];
    let number = || number(node, &names).map(|number| number.to_string());
    Some(words(node, &names)).filter(|word| !word.is_empty()).map(str::to_owned).or_else(number).unwrap_or_default()
}

/// A block of code, whose language may be written as a class.
pub(in super::super) fn code_block(value: String, language: &str) -> Kind {
    let language = language.split_whitespace().next().unwrap_or_default();
    let lang = language.strip_prefix("language-").or(language.strip_prefix("lang-")).unwrap_or(language);
    let lang = if matches!(lang, "plaintext" | "plain" | "text" | "null") { "" } else { lang };
    Kind::Code(Code { value, lang: lang.to_owned(), ..Code::default() })
}

/// The text of code, with the breaks and lines in it.
pub(super) fn code_text(node: &Value<'_>, text: &mut String) {
    if let Some(run) = leaf(node) {
        return text.push_str(run);
    }
    for child in children_of(node).map_or(&[][..], |(_, nodes)| nodes) {
        match role_of(name_of(child)) {
            Some(Role::Break) => text.push('\n'),
            Some(Role::Tab) => text.push('\t'),
            // Nodes that hold text are lines.
            _ if children_of(child).is_some() && !text.is_empty() && !is_inline(child) => {
                text.push('\n');
                code_text(child, text);
            }
            _ => code_text(child, text),
        }
    }
}

fn is_inline(node: &Value<'_>) -> bool {
    role_of(name_of(node)).is_some_and(Role::is_inline) || node.get("object").is_some_and(|kind| kind == "text")
}

fn list(walk: &mut Walk<'_, '_>, ordered: bool, node: &Value<'_>, flow: &mut Flow) {
    let start = number(node, &["start", "order"]).filter(|start| ordered && *start != 1);
    let mut list = List { ordered, start, ..List::default() };
    items(walk, node, &mut list);
    flow.block(Kind::List(list));
}

fn items(walk: &mut Walk<'_, '_>, node: &Value<'_>, list: &mut List) {
    let Some((key, nodes)) = children_of(node) else { return };
    let length = walk.context.warnings.enter(key);
    for (index, node) in nodes.iter().enumerate() {
        let length = walk.context.warnings.enter_index(index);
        let item = match role_of(name_of(node)) {
            Some(Role::Item) => item(walk, node),
            _ => ListItem { children: walk.cell(node, 4), ..ListItem::default() },
        };
        // A list that is an item's only content belongs to the item before it.
        match list.children.last_mut() {
            Some(last) if are_lists(&item.children) => last.children.extend(item.children.0),
            _ => list.children.push(item),
        }
        walk.context.warnings.leave(length);
    }
    walk.context.warnings.leave(length);
}

fn item(walk: &mut Walk<'_, '_>, node: &Value<'_>) -> ListItem {
    let children = walk.inside(node, 4);
    ListItem { checked: flag(node, &["checked", "state"]), children, ..ListItem::default() }
}

/// A file that may be kept at the service, where it has no address.
fn media(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    if medium(node).url.is_empty() {
        walk.context.warnings.warn("a file kept at the service, without its address; shown as text");
        let words = words(node, &["alt", "fileName", "name"]);
        return walk.text(words, flow);
    }
    walk.image(node, flow);
}

fn figure(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let mut children = Blocks::default();
    let found = walk.with_heading(&mut |walk| children = walk.inside(node, 2));
    let caption = found.unwrap_or_else(|| walk.caption(node));
    flow.flush();
    match (children.pop(), children.is_empty()) {
        (Some(Block { kind, .. }), true) => flow.block(captioned(kind, caption)),
        (Some(last), false) => {
            flow.blocks.extend(children.0);
            flow.block(captioned(last.kind, caption));
        }
        (None, _) if caption.is_empty() => walk.image(node, flow),
        (None, _) => flow.blocks.push(Block::paragraph(caption)),
    }
}

fn pictures(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let mut images = Vec::new();
    for (index, picture) in
        attribute(node, &["images", "items"]).and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        let length = walk.context.warnings.enter_index(index);
        let mut image = medium(picture);
        image.caption = walk.caption(picture);
        images.push(image.image());
        walk.context.warnings.leave(length);
    }
    let mut rest = Vec::new();
    let mut inside = Blocks::default();
    let found = walk.with_heading(&mut |walk| inside = walk.inside(node, 2));
    for block in inside.0 {
        match block.kind {
            Kind::Image(image) => images.push(image),
            _ => rest.push(block),
        }
    }
    let caption = found.unwrap_or_else(|| walk.caption(node));
    gallery(images, caption).into_iter().for_each(|kind| flow.block(kind));
    flow.flush();
    flow.blocks.extend(rest);
}

fn embed(walk: &mut Walk<'_, '_>, node: &Value<'_>, name: &str, flow: &mut Flow) {
    let mut medium = medium(node);
    let id = words(node, &["videoID", "videoId", "tweetID", "tweetId", "id"]);
    let page = match key(name).as_str() {
        "youtube" => "https://www.youtube.com/watch?v=",
        "tweet" | "twitter" => "https://x.com/i/status/",
        "vimeo" => "https://vimeo.com/",
        _ => "",
    };
    let own = if page.is_empty() || id.is_empty() { link_url(node) } else { [page, id].concat() };
    if medium.url.is_empty() {
        medium.url = &own;
    }
    let html = words(node, &["html"]);
    let (caption, rest) = walk.caption_inside(node);
    medium.caption = caption;
    flow.flush();
    flow.blocks.extend(rest);
    match (medium.url.is_empty(), html.is_empty()) {
        (true, true) => {
            let caption = std::mem::take(&mut medium.caption);
            walk.context.warnings.warn("an embed without address; shown as text");
            flow.flush();
            flow.blocks.extend((!caption.is_empty()).then(|| Block::paragraph(caption)));
        }
        (true, false) => flow.block(Kind::Html(html.to_owned())),
        _ => medium.block(Role::Embed).into_iter().for_each(|kind| flow.block(kind)),
    }
}

fn card(walk: &mut Walk<'_, '_>, role: Role, node: &Value<'_>, flow: &mut Flow) {
    let mut medium = medium(node);
    if medium.url.is_empty() {
        walk.context.warnings.warn("a file without address; shown as text");
        flow.flush();
        flow.blocks.extend(rescue::words(node, walk.context).0);
        return;
    }
    let (caption, rest) = walk.caption_inside(node);
    medium.caption = caption;
    flow.flush();
    flow.blocks.extend(rest);
    if role == Role::File {
        medium.title = words(node, &["title", "name", "fileName", "filename"]);
    }
    medium.block(role).into_iter().for_each(|kind| flow.block(kind));
}

fn panel(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let word = words(node, &["panelType", "variant", "kind", "type", "calloutType", "style"]);
    let kind = AdmonitionKind::from_word(word).unwrap_or(AdmonitionKind::Note);
    let title = Inlines::from(words(node, &["title"]));
    let icon = words(node, &["panelIconText", "emoji", "icon"]).to_owned();
    let children = walk.inside(node, 2);
    flow.block(Kind::Admonition(Admonition { kind, title, icon, children, ..Admonition::default() }));
}

fn columns(walk: &mut Walk<'_, '_>, node: &Value<'_>, flow: &mut Flow) {
    let mut columns = Vec::new();
    let Some((key, nodes)) = children_of(node) else { return };
    let length = walk.context.warnings.enter(key);
    for (index, node) in nodes.iter().enumerate() {
        let length = walk.context.warnings.enter_index(index);
        let width = number(node, &["width"]).filter(|width| *width <= 100);
        let children = walk.cell(node, 4);
        columns.push(Column { width, children });
        walk.context.warnings.leave(length);
    }
    walk.context.warnings.leave(length);
    flow.block(Kind::Columns(Columns { children: columns }));
}
