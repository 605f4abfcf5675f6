//! Article -> its contents list, and where its fragments lead.

use crate::article::json::{Json, record};
use crate::article::{Article, Block, Blocks, Content, Inline, Inlines, Kind};
use crate::html::{ID_PREFIX, footnote_id, footnote_reference_id, reference_id};
use crate::json::{Object, Value, json};
use crate::letter::lower_case;
use crate::text;
use crate::url::decode_fragment;
use crate::warning::Warnings;

record! {
    /// An entry of the contents list.
    pub struct Entry {
        /// Id of the section, without the page's prefix.
        pub id: String => "id",
        /// Its heading as plain text.
        pub label: String => "label",
        /// 2 for the article's top sections, and so on.
        pub level: u32 => "level",
        /// Characters of running text in this section with its heading, without the sections listed inside it.
        pub characters: u32 => "characters",
        /// The sections inside it.
        pub children: Vec<Entry> => "children",
    }
}

/// A longer list is of no use to anybody, and a burden to the page.
const MOST_ENTRIES: usize = 3000;

/// Lists the sections of a normalised article, as deep as its `toc` asks. Where these are too many, only the highest
/// are listed, and the first of those.
pub fn outline(article: &Article) -> Vec<Entry> {
    measured(article).0
}

/// The same, and the characters of the whole article, as [`text::characters`] counts them: they are counted for the
/// entries anyway.
pub(crate) fn measured(article: &Article) -> (Vec<Entry>, u32) {
    let level = |asked: Option<u32>, default: u8| asked.map_or(default, |depth| depth.clamp(2, 99) as u8);
    let (highest, deepest) = (level(article.toc.min_depth, 2), level(article.toc.max_depth, 3));
    let mut outside = 0;
    let mut list = |deepest| {
        let mut entries = Vec::new();
        outside = text::characters_of(&article.lead);
        collect(&article.body, 2, (highest, deepest), &mut entries, &mut outside);
        entries
    };
    let mut entries = list(deepest);
    let is_too_long = count(&entries) > MOST_ENTRIES;
    if is_too_long {
        entries = list(highest);
    }
    let characters = characters(&entries).saturating_add(outside);
    if is_too_long {
        entries.truncate(MOST_ENTRIES);
    }
    (entries, characters)
}

fn characters(entries: &[Entry]) -> u32 {
    let of_entry = |entry: &Entry| entry.characters.saturating_add(characters(&entry.children));
    entries.iter().fold(0, |sum, entry| sum.saturating_add(of_entry(entry)))
}

/// How many entries there are, those inside others too.
pub(crate) fn count(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| 1 + count(&entry.children)).sum()
}

/// Where the fragments of addresses lead: every id of the article and every anchor it had in its source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchors {
    /// Anchors and the ids they lead to, sorted, so that a thousand links among ten thousand anchors are found fast.
    exact: Vec<(String, String)>,
    /// The same in lower case.
    folded: Vec<(String, String)>,
}

/// Collects the anchors of a normalised article.
pub fn anchors(article: &Article) -> Anchors {
    let mut anchors = Anchors::default();
    anchors.add_blocks(&article.lead);
    anchors.add_blocks(&article.body);
    for (index, note) in article.footnotes.0.iter().enumerate() {
        let id = footnote_id(index);
        anchors.add(&footnote_reference_id(index, 0), &footnote_reference_id(index, 0));
        anchors.add(&id, &id);
        anchors.add(&note.identifier, &id);
        anchors.add_blocks(&note.children);
    }
    for (index, entry) in article.references.iter().enumerate() {
        let id = reference_id(index);
        anchors.add(&id, &id);
        anchors.add(&entry.id, &id);
    }
    anchors.sorted()
}

/// Each anchor with the id it leads to after it, or nothing where that is the same.
impl Json for Anchors {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let mut texts = Vec::<String>::read(value, warnings)?.into_iter();
        let mut anchors = Self::default();
        while let (Some(anchor), Some(id)) = (texts.next(), texts.next()) {
            let id = if id.is_empty() { anchor.clone() } else { id };
            anchors.exact.push((anchor, id));
        }
        Some(anchors.sorted())
    }
    fn write(&self) -> Value<'_> {
        let texts = self.exact.iter().flat_map(|(anchor, id)| [anchor.as_str(), if id == anchor { "" } else { id }]);
        Value::Array(texts.map(Value::from).collect())
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "array", "items": {"type": "string"}})
    }
}

impl Anchors {
    /// The id that `fragment` (as in an address, percent-encoded or not, with or without the page's prefix)
    /// leads to: the same id, an alias, or either with other case.
    pub fn find(&self, fragment: &str) -> Option<&str> {
        let raw = fragment.strip_prefix('#').unwrap_or(fragment);
        let decoded = decode_fragment(raw);
        let names = [raw, &decoded].into_iter().flat_map(|name| [Some(name), name.strip_prefix(ID_PREFIX)]).flatten();
        let exact = names.clone().find_map(|name| target(&self.exact, name));
        exact.or_else(|| names.clone().find_map(|name| target(&self.folded, &lower_case(name))))
    }

    /// Of anchors with one name, the first in the article is meant: sorting keeps their order.
    fn sorted(mut self) -> Self {
        self.exact.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.folded = self.exact.iter().map(|(anchor, id)| (lower_case(anchor), id.clone())).collect();
        self.folded.sort_by(|(a, _), (b, _)| a.cmp(b));
        self
    }

    fn add(&mut self, anchor: &str, id: &str) {
        if !anchor.is_empty() && !id.is_empty() {
            self.exact.push((anchor.to_owned(), id.to_owned()));
        }
    }

    fn add_blocks(&mut self, blocks: &Blocks) {
        for block in blocks {
            self.add_block(block);
        }
    }

    fn add_block(&mut self, block: &Block) {
        let id = &block.attributes.id;
        self.add(id, id);
        for alias in &block.attributes.aliases {
            self.add(alias, id);
        }
        match &block.kind {
            Kind::Section(section) => {
                self.add_inlines(&section.title);
                self.add_blocks(&section.children);
            }
            Kind::Heading(heading) => self.add_inlines(&heading.children),
            Kind::Paragraph(paragraph) => self.add_inlines(&paragraph.children),
            Kind::Verse(lines) => self.add_inlines(lines),
            Kind::Blockquote(quote) => self.add_blocks(&quote.children),
            Kind::PullQuote(quote) => self.add_inlines(&quote.children),
            Kind::List(list) => {
                for item in &list.children {
                    self.add(&item.id, &item.id);
                    self.add_blocks(&item.children);
                }
            }
            Kind::DefinitionList(list) => {
                for item in &list.children {
                    item.terms.iter().for_each(|term| self.add_inlines(term));
                    item.definitions.iter().for_each(|meaning| self.add_blocks(meaning));
                }
            }
            Kind::Figure(figure) => {
                self.add_blocks(&figure.children);
                figure.caption.iter().for_each(|caption| self.add_content(caption));
            }
            Kind::Table(table) => {
                self.add_inlines(&table.caption);
                for cell in table.children.iter().flat_map(|row| &row.children) {
                    self.add_content(&cell.children);
                }
            }
            Kind::Video(media) | Kind::Audio(media) => self.add_blocks(&media.transcript),
            Kind::Embed(embed) => self.add_blocks(&embed.fallback),
            Kind::Admonition(admonition) => self.add_blocks(&admonition.children),
            Kind::Details(details) => {
                self.add_inlines(&details.summary);
                self.add_blocks(&details.children);
            }
            Kind::Aside(aside) => self.add_blocks(&aside.children),
            Kind::Columns(columns) => columns.children.iter().for_each(|column| self.add_blocks(&column.children)),
            Kind::Question(question) => {
                self.add_inlines(&question.question);
                self.add_blocks(&question.children);
            }
            Kind::Group(blocks) => self.add_blocks(blocks),
            _ => {}
        }
    }

    fn add_content(&mut self, content: &Content) {
        match content {
            Content::Inlines(inlines) => self.add_inlines(inlines),
            Content::Blocks(blocks) => self.add_blocks(blocks),
        }
    }

    fn add_inlines(&mut self, inlines: &Inlines) {
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    self.add(&span.id, &span.id);
                    self.add_inlines(&span.children);
                }
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Delete(children)
                | Inline::Insert(children)
                | Inline::Underline(children)
                | Inline::Subscript(children)
                | Inline::Superscript(children)
                | Inline::SmallCaps(children)
                | Inline::Small(children)
                | Inline::CiteTitle(children) => self.add_inlines(children),
                Inline::Mark(mark) => self.add_inlines(&mark.children),
                Inline::Quote(quote) => self.add_inlines(&quote.children),
                Inline::Link(link) => self.add_inlines(&link.children),
                _ => {}
            }
        }
    }
}

fn target<'a>(targets: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let first = targets.partition_point(|(anchor, _)| anchor.as_str() < name);
    targets.get(first).filter(|(anchor, _)| anchor == name).map(|(_, id)| id.as_str())
}

/// Puts the sections among `blocks` into `entries`; running text that belongs to none of them goes to `characters`.
fn collect(blocks: &Blocks, level: u8, range: (u8, u8), entries: &mut Vec<Entry>, characters: &mut u32) {
    for block in blocks {
        match &block.kind {
            Kind::Group(blocks) => collect(blocks, level, range, entries, characters),
            Kind::Section(section) => {
                let label = section.title.plain_text();
                let is_listed =
                    (range.0..=range.1).contains(&level) && !label.is_empty() && !block.attributes.id.is_empty();
                if is_listed {
                    let mut entry = Entry {
                        id: block.attributes.id.clone(),
                        label,
                        level: level.into(),
                        characters: text::characters_in_line(&section.title),
                        children: Vec::new(),
                    };
                    collect(&section.children, level + 1, range, &mut entry.children, &mut entry.characters);
                    entries.push(entry);
                } else {
                    let inside = if section.title.is_empty() { level } else { level.saturating_add(1) };
                    *characters = characters.saturating_add(text::characters_in_line(&section.title));
                    collect(&section.children, inside, range, entries, characters);
                }
            }
            _ => *characters = characters.saturating_add(text::characters_in(block)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Value, json};
    use crate::warning::Warnings;

    fn article(envelope: Value<'_>) -> Article {
        Article::from_json(envelope.as_object().unwrap(), &mut Warnings::default())
    }

    fn section(id: &str, children: Value<'_>) -> Value<'static> {
        json!({"type": "section", "id": id, "title": id, "children": children})
    }

    fn lines(entries: &[Entry]) -> Vec<String> {
        let line = |entry: &Entry| {
            let mut lines = vec![format!("{}{} {}", ">".repeat(entry.level as usize), entry.id, entry.characters)];
            lines.extend(self::lines(&entry.children));
            lines
        };
        entries.iter().flat_map(line).collect()
    }

    #[test]
    fn lists_nested_sections_with_their_own_text() {
        let body =
            json!(["lead", section("a", json!(["12345", section("b", json!(["123"]))])), section("c", json!([]))]);
        assert_eq!(lines(&outline(&article(json!({"body": body})))), [">>a 6", ">>>b 4", ">>c 1"]);
        let article = article(json!({"lead": "lead", "body": body}));
        assert_eq!((measured(&article).1, text::characters(&article)), (19, 19));
    }

    #[test]
    fn text_of_sections_too_deep_to_list_counts_for_the_one_around() {
        let deep = section("a", json!([section("b", json!([section("c", json!(["123"]))]))]));
        assert_eq!(lines(&outline(&article(json!({"body": [deep]})))), [">>a 1", ">>>b 5"]);
        let top = json!({"body": [deep], "toc": {"maxDepth": 2}});
        assert_eq!(lines(&outline(&article(top))), [">>a 6"]);
    }

    #[test]
    fn lists_only_the_first_of_the_highest_where_there_are_too_many() {
        let inside: Vec<Value<'_>> = (0..4).map(|number| section(&format!("i{number}"), json!([]))).collect();
        let body: Vec<Value<'_>> = (0..4000).map(|number| section(&format!("s{number}"), json!(inside))).collect();
        let entries = outline(&article(json!({"body": body})));
        assert_eq!((entries.len(), count(&entries)), (MOST_ENTRIES, MOST_ENTRIES));
    }

    #[test]
    fn anchors_lead_from_old_names_and_other_spellings() {
        let body = json!([{"type": "section", "id": "straße-2", "aliases": ["Old.Name"], "title": "S", "children": [
            {"type": "list", "children": [{"type": "listItem", "id": "item", "children": [
                {"type": "paragraph", "children": [{"type": "strong", "children": [{"type": "span", "id": "word", "children": "w"}]}]}]}]}]}]);
        let anchors = anchors(&article(json!({"body": body, "footnotes": {"n": "note"}})));
        for (fragment, id) in [
            ("straße-2", "straße-2"),
            ("#recto-straße-2", "straße-2"),
            ("stra%C3%9Fe-2", "straße-2"),
            ("STRAßE-2", "straße-2"),
            ("old.name", "straße-2"),
            ("item", "item"),
            ("word", "word"),
            ("n", "fn~1"),
        ] {
            assert_eq!(anchors.find(fragment), Some(id), "{fragment}");
        }
        for fragment in ["", "#", "%", "%zz", "%ff", "nowhere", "recto-", "#:~:text=a"] {
            assert_eq!(anchors.find(fragment), None, "{fragment}");
        }
    }
}
