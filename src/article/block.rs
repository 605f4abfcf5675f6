//! Block-level content.

use std::ops::{Deref, DerefMut};

use super::json::{
    Empty, Fields, Json, MAX_DEPTH, define, extension_schema, keyword, payload, read_field, record, tagged, warn_kind,
    write_field,
};
use super::{Direction, Inline, Inlines, Unknown};
use crate::json::{Object, Value, json};
use crate::warning::Warnings;

/// A sequence of blocks. In JSON an array, a single block, an mdast `root`, or a string of paragraphs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Blocks(pub Vec<Block>);

/// A block: what it is, and attributes that any block may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What every kind may have.
    pub attributes: Attributes,
    /// What it is.
    pub kind: Kind,
}

record! {
    /// Members that any block may have.
    pub struct Attributes {
        /// Anchor, unique in the article once normalised.
        pub id: String => "id",
        /// Anchors that led here in the source.
        pub aliases: Vec<String> => "aliases",
        /// Classes, for extensions; they do not reach the page.
        pub class: Vec<String> => "class",
        /// Direction, where it differs from the article's.
        pub dir: Option<Direction> => "dir",
        /// Language, where it differs from the article's, as a BCP 47 tag.
        pub lang: String => "lang",
        /// Anything, for extensions.
        pub data: Object<'static> => "data",
    }
}

tagged! {
    /// What a block is.
    pub enum Kind {
        /// A titled part of the text, with parts inside.
        Section(Section) = "section",
        /// A heading in flat text; normalising makes sections of those that are not inside another block.
        Heading(Heading) = "heading",
        /// A paragraph.
        Paragraph(Paragraph) = "paragraph",
        /// A quotation.
        Blockquote(Quote) = "blockquote",
        /// A sentence of the text repeated as an eye-catcher.
        PullQuote(PullQuote) = "pullquote",
        /// A list.
        List(List) = "list",
        /// Terms and what they mean.
        DefinitionList(DefinitionList) = "definitionList",
        /// A block of code.
        Code(Code) = "code",
        /// A displayed formula.
        Math(Math) = "math",
        /// A picture.
        Image(Image) = "image",
        /// Content with a caption, set apart.
        Figure(Figure) = "figure" | "container",
        /// Several pictures.
        Gallery(Gallery) = "gallery",
        /// A video.
        Video(Media) = "video",
        /// A sound recording.
        Audio(Media) = "audio",
        /// Content of another site, loaded only on request.
        Embed(Embed) = "embed",
        /// A link shown with what it leads to.
        LinkCard(LinkCard) = "linkCard",
        /// A table.
        Table(Table) = "table",
        /// A change of scene.
        ThematicBreak(ThematicBreak) = "thematicBreak",
        /// A note, tip or warning.
        Admonition(Admonition) = "admonition",
        /// Content that opens on request.
        Details(Details) = "details",
        /// A side remark.
        Aside(Aside) = "aside",
        /// Content side by side.
        Columns(Columns) = "columns",
        /// A question and its answer.
        Question(Question) = "question",
        /// Verse, whose lines stay as they are.
        Verse(Inlines) = "verse",
        /// Links shown as buttons.
        Buttons(Buttons) = "buttons",
        /// A file to download.
        File(FileLink) = "file",
        /// A footnote's text, moved to the article's footnotes.
        FootnoteDefinition(FootnoteDefinition) = "footnoteDefinition",
        /// A link target named by reference links, resolved when read.
        Definition(Definition) = "definition",
        /// Where the references are to stand.
        ReferenceList(Empty) = "referenceList",
        /// Where the footnotes are to stand.
        FootnoteList(Empty) = "footnoteList",
        /// Where a contents list is to stand in the text.
        Contents(Empty) = "toc",
        /// Blocks without meaning of their own together.
        Group(Blocks) = "group" | "root" | "block",
        /// Raw HTML, read like any foreign HTML and never inserted.
        Html(String) = "html",
        /// Markdown source.
        Markdown(String) = "markdown",
    }
}

payload!(Blocks => "children");

/// Content that is either a run of text or blocks, as in a table cell or a caption.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text.
    Inlines(Inlines),
    /// Blocks.
    Blocks(Blocks),
}

record! {
    /// A titled part of the text.
    pub struct Section {
        /// Its heading.
        pub title: Inlines => "title",
        /// Its content.
        pub children: Blocks => "children",
        /// It carries a number.
        pub numbered: bool => "numbered",
        /// Depth of its heading in the source, where that is not its nesting.
        pub level: Option<u32> => "level",
        /// It starts closed.
        pub collapsed: bool => "collapsed",
    }
}

record! {
    /// A heading.
    pub struct Heading {
        /// From 1, the highest, to 6.
        pub depth: Option<u32> => "depth",
        /// Its text.
        pub children: Inlines => "children",
    }
}

keyword! {
    /// Alignment of text.
    pub enum Align {
        /// To the start of the line.
        Start = "start" | "left",
        /// In the middle.
        Center = "center",
        /// To the end of the line.
        End = "end" | "right",
    }
}

record! {
    /// A paragraph.
    pub struct Paragraph {
        /// Its text.
        pub children: Inlines => "children",
        /// Alignment, where it is not the article's.
        pub align: Option<Align> => "align",
    }
}

record! {
    /// A quotation.
    pub struct Quote {
        /// What is quoted.
        pub children: Blocks => "children",
        /// Address of its source.
        pub cite: String => "cite",
        /// Who said it.
        pub attribution: Inlines => "attribution",
    }
}

record! {
    /// An eye-catching sentence.
    pub struct PullQuote {
        /// The sentence.
        pub children: Inlines => "children",
        /// Who said it.
        pub attribution: Inlines => "attribution",
    }
}

keyword! {
    /// The marker of list items.
    pub enum ListStyle {
        /// 1, 2, 3.
        Decimal = "decimal",
        /// a, b, c.
        LowerAlpha = "lower-alpha",
        /// A, B, C.
        UpperAlpha = "upper-alpha",
        /// i, ii, iii.
        LowerRoman = "lower-roman",
        /// I, II, III.
        UpperRoman = "upper-roman",
        /// A bullet.
        Disc = "disc",
        /// None.
        Plain = "none",
    }
}

record! {
    /// A list.
    pub struct List {
        /// Its items are numbered.
        pub ordered: bool => "ordered",
        /// The first number; default 1.
        pub start: Option<u32> => "start",
        /// Its items are apart from each other.
        pub spread: bool => "spread",
        /// The marker.
        pub style: Option<ListStyle> => "style",
        /// Numbers run down.
        pub reversed: bool => "reversed",
        /// Its items.
        pub children: Vec<ListItem> => "children",
    }
}

record! {
    /// An item of a list.
    pub struct ListItem: "listItem" {
        /// Of a task list: whether the task is done.
        pub checked: Option<bool> => "checked",
        /// Its blocks are apart from each other.
        pub spread: bool => "spread",
        /// Anchor.
        pub id: String => "id",
        /// Its content.
        pub children: Blocks => "children",
    }
}

record! {
    /// Terms and what they mean.
    pub struct DefinitionList {
        /// Its entries.
        pub children: Vec<DefinitionItem> => "children",
    }
}

record! {
    /// Terms with their meanings.
    pub struct DefinitionItem: "definitionItem" {
        /// One or more terms.
        pub terms: Vec<Inlines> => "terms",
        /// One or more meanings.
        pub definitions: Vec<Blocks> => "definitions",
    }
}

record! {
    /// A block of code.
    pub struct Code {
        /// The code.
        pub value: String => "value",
        /// Its language.
        pub lang: String => "lang",
        /// Whatever followed the language in Markdown.
        pub meta: String => "meta",
        /// The file it is from.
        pub filename: String => "filename",
        /// Its lines are numbered.
        pub show_line_numbers: bool => "showLineNumbers",
        /// The first number; default 1.
        pub starting_line_number: Option<u32> => "startingLineNumber",
        /// Numbers of lines that stand out, counted from 1.
        pub emphasize_lines: Vec<u32> => "emphasizeLines",
        /// Caption.
        pub caption: Inlines => "caption",
    }
}

record! {
    /// A displayed formula.
    pub struct Math {
        /// TeX source.
        pub value: String => "value",
        /// Presentation MathML.
        pub mathml: String => "mathml",
        /// What references name it by.
        pub label: String => "label",
        /// Its number.
        pub number: String => "number",
    }
}

record! {
    /// A picture.
    pub struct Image: "image" {
        /// Address.
        pub url: String => "url" required,
        /// Text for those who do not see it.
        pub alt: String => "alt",
        /// A remark shown with it.
        pub title: String => "title",
        /// Candidates for other sizes, as in HTML.
        pub srcset: String => "srcset",
        /// Sizes, as in HTML.
        pub sizes: String => "sizes",
        /// Width in pixels.
        pub width: Option<u32> => "width",
        /// Height in pixels.
        pub height: Option<u32> => "height",
        /// Where it leads.
        pub link: String => "link",
        /// Address of the picture for dark pages.
        pub src_dark: String => "srcDark",
        /// Caption, in a gallery.
        pub caption: Inlines => "caption",
    }
}

keyword! {
    /// Where a figure stands.
    pub enum Layout {
        /// In the column of text.
        Inline = "inline",
        /// Wider than the column.
        Wide = "wide",
        /// As wide as the page.
        Full = "full",
        /// At the start of the line, text flowing around.
        Left = "left",
        /// At the end of the line, text flowing around.
        Right = "right",
    }
}

record! {
    /// Content with a caption.
    pub struct Figure {
        /// A picture, table, code block, video.
        pub children: Blocks => "children",
        /// Caption.
        pub caption: Option<Content> => "caption",
        /// Who made it.
        pub credit: Inlines => "credit",
        /// "Figure 1".
        pub label: String => "label",
        /// Where it stands.
        pub layout: Layout => "layout",
    }
}

keyword! {
    /// How pictures of a gallery are laid out.
    pub enum GalleryLayout {
        /// All at once.
        Grid = "grid",
        /// In a row that scrolls.
        Carousel = "carousel",
    }
}

record! {
    /// Several pictures.
    pub struct Gallery {
        /// The pictures.
        pub items: Vec<Image> => "items",
        /// How they are laid out.
        pub layout: GalleryLayout => "layout",
        /// Columns of the grid.
        pub columns: Option<u32> => "columns",
        /// Caption.
        pub caption: Inlines => "caption",
    }
}

record! {
    /// A file of a video or sound recording.
    pub struct MediaSource {
        /// Address.
        pub src: String => "src" required,
        /// Media type.
        pub mime: String => "mime",
    }
}

record! {
    /// Subtitles or chapters.
    pub struct MediaTrack {
        /// Address.
        pub src: String => "src" required,
        /// subtitles, captions, descriptions or chapters.
        pub kind: String => "kind",
        /// Language, as a BCP 47 tag.
        pub lang: String => "lang",
        /// Name in the player.
        pub label: String => "label",
    }
}

record! {
    /// A video or sound recording.
    pub struct Media {
        /// Address, where there is one file.
        pub src: String => "src",
        /// The same in several encodings.
        pub sources: Vec<MediaSource> => "sources",
        /// Address of a still picture.
        pub poster: String => "poster",
        /// Subtitles.
        pub tracks: Vec<MediaTrack> => "tracks",
        /// Width in pixels.
        pub width: Option<u32> => "width",
        /// Height in pixels.
        pub height: Option<u32> => "height",
        /// It starts over at its end.
        pub r#loop: bool => "loop",
        /// Title.
        pub title: String => "title",
        /// Caption.
        pub caption: Inlines => "caption",
        /// What is said in it.
        pub transcript: Blocks => "transcript",
    }
}

record! {
    /// Content of another site.
    pub struct Embed {
        /// The site, in one word: youtube, vimeo, x, mastodon, map…
        pub provider: String => "provider",
        /// Address of the content's page.
        pub url: String => "url" required,
        /// Address of its player.
        pub embed_url: String => "embedUrl",
        /// Title.
        pub title: String => "title",
        /// Address of a still picture; not loaded until asked for.
        pub thumbnail: String => "thumbnail",
        /// Width in pixels.
        pub width: Option<u32> => "width",
        /// Height in pixels.
        pub height: Option<u32> => "height",
        /// Width to height, as `16/9`.
        pub aspect: String => "aspect",
        /// Caption.
        pub caption: Inlines => "caption",
        /// What to read in its place.
        pub fallback: Blocks => "fallback",
    }
}

record! {
    /// A link shown with what it leads to.
    pub struct LinkCard {
        /// Address.
        pub url: String => "url" required,
        /// Title.
        pub title: String => "title",
        /// A sentence about it.
        pub description: String => "description",
        /// Address of a picture.
        pub image: String => "image",
        /// Name of the site.
        pub site: String => "site",
        /// Address of the site's icon.
        pub icon: String => "icon",
    }
}

record! {
    /// A table.
    pub struct Table {
        /// Its rows.
        pub children: Vec<TableRow> => "children",
        /// Alignment of each column.
        pub align: Vec<Option<Align>> => "align",
        /// Caption.
        pub caption: Inlines => "caption",
        /// Rows of headers at its top; default 1.
        pub header_rows: Option<u32> => "headerRows",
        /// Columns of headers at its start.
        pub header_cols: Option<u32> => "headerCols",
        /// Rows of totals at its end.
        pub footer_rows: Option<u32> => "footerRows",
    }
}

record! {
    /// A row of a table.
    pub struct TableRow: "tableRow" {
        /// Its cells.
        pub children: Vec<TableCell> => "children",
    }
}

record! {
    /// A cell of a table.
    pub struct TableCell: "tableCell" {
        /// Its content.
        pub children: Content => "children",
        /// It is a header.
        pub header: bool => "header",
        /// What it is the header of: row, col, rowgroup or colgroup.
        pub scope: String => "scope",
        /// Columns it spans.
        pub colspan: Option<u32> => "colspan",
        /// Rows it spans.
        pub rowspan: Option<u32> => "rowspan",
        /// Alignment.
        pub align: Option<Align> => "align",
    }
}

record! {
    /// A change of scene.
    pub struct ThematicBreak {
        /// What is printed, in place of a line.
        pub ornament: String => "ornament",
    }
}

keyword! {
    /// What an admonition is for.
    pub enum AdmonitionKind {
        /// A note.
        Note = "note",
        /// A tip.
        Tip = "tip" | "hint",
        /// Information.
        Info = "info" | "seealso",
        /// Something important.
        Important = "important" | "attention",
        /// A warning.
        Warning = "warning",
        /// Something to be careful with.
        Caution = "caution",
        /// A danger.
        Danger = "danger" | "error",
        /// Good news.
        Success = "success",
        /// A quotation.
        Quote = "quote",
        /// Anything else.
        Custom = "custom",
    }
}

record! {
    /// A note, tip or warning.
    pub struct Admonition {
        /// What it is for.
        pub kind: AdmonitionKind => "kind",
        /// Its title, in place of its kind.
        pub title: Inlines => "title",
        /// An emoji in place of its icon.
        pub icon: String => "icon",
        /// It opens on request.
        pub collapsible: bool => "collapsible",
        /// Its content.
        pub children: Blocks => "children",
    }
}

record! {
    /// Content that opens on request.
    pub struct Details {
        /// What is always visible.
        pub summary: Inlines => "summary",
        /// It starts open.
        pub open: bool => "open",
        /// Its content.
        pub children: Blocks => "children",
    }
}

keyword! {
    /// Where an aside stands.
    pub enum Placement {
        /// In the column of text.
        Inline = "inline",
        /// In the margin, where there is one.
        Margin = "margin",
    }
}

record! {
    /// A side remark.
    pub struct Aside {
        /// Its title.
        pub title: Inlines => "title",
        /// Where it stands.
        pub placement: Placement => "placement",
        /// Its content.
        pub children: Blocks => "children",
    }
}

record! {
    /// Content side by side; one below the other where there is no room.
    pub struct Columns {
        /// The columns.
        pub children: Vec<Column> => "children",
    }
}

record! {
    /// A column.
    pub struct Column: "column" {
        /// Width in per cent of the whole.
        pub width: Option<u32> => "width",
        /// Its content.
        pub children: Blocks => "children",
    }
}

record! {
    /// A question and its answer.
    pub struct Question {
        /// The question.
        pub question: Inlines => "question",
        /// Who asks, or answers.
        pub speaker: String => "speaker",
        /// The answer.
        pub children: Blocks => "children",
    }
}

keyword! {
    /// How a button looks.
    pub enum ButtonStyle {
        /// Like the main thing to do.
        Primary = "primary",
        /// Like one thing among others.
        Secondary = "secondary",
    }
}

record! {
    /// A link shown as a button.
    pub struct Button {
        /// Text.
        pub label: String => "label",
        /// Address.
        pub url: String => "url" required,
        /// How it looks.
        pub style: ButtonStyle => "style",
    }
}

record! {
    /// Links shown as buttons.
    pub struct Buttons {
        /// The buttons.
        pub items: Vec<Button> => "items",
    }
}

record! {
    /// A file to download.
    pub struct FileLink {
        /// Address.
        pub url: String => "url" required,
        /// Title.
        pub title: String => "title",
        /// Media type.
        pub mime: String => "mime",
        /// Bytes.
        pub size: Option<u32> => "size",
        /// A sentence about it.
        pub description: String => "description",
    }
}

record! {
    /// A footnote's text.
    pub struct FootnoteDefinition {
        /// What references name it by.
        pub identifier: String => "identifier" required,
        /// Its mark.
        pub label: String => "label",
        /// Its text.
        pub children: Blocks => "children",
    }
}

record! {
    /// A link target of mdast's reference links.
    pub struct Definition {
        /// What references name it by.
        pub identifier: String => "identifier" required,
        /// Its label.
        pub label: String => "label",
        /// Address.
        pub url: String => "url" required,
        /// A remark shown with it.
        pub title: String => "title",
    }
}

impl Block {
    /// A block without attributes.
    pub fn new(kind: Kind) -> Self {
        Self { attributes: Attributes::default(), kind }
    }

    /// A paragraph.
    pub fn paragraph(children: impl Into<Inlines>) -> Self {
        Self::new(Kind::Paragraph(Paragraph { children: children.into(), align: None }))
    }

    /// Gives it an anchor.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.attributes.id = id.into();
        self
    }
}

impl From<Kind> for Block {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

impl Json for Blocks {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        match value {
            Value::String(text) => {
                Some(text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(Block::paragraph).collect())
            }
            Value::Array(items) => Some(read_sequence(items, warnings)),
            Value::Object(object) => match object.get("type").and_then(Value::as_str) {
                Some("root") => Some(read_field(object, "children", warnings)),
                None if object.contains_key("html") => {
                    let html = read_field(object, "html", warnings);
                    Some(Self(vec![Block::new(Kind::Html(html))]))
                }
                None if object.contains_key("markdown") => {
                    let markdown = read_field(object, "markdown", warnings);
                    Some(Self(vec![Block::new(Kind::Markdown(markdown))]))
                }
                _ => Block::read(value, warnings).map(|block| Self(vec![block])),
            },
            other => {
                warn_kind("blocks", other, warnings);
                None
            }
        }
    }
    fn write(&self) -> Value<'_> {
        self.iter().map(Block::write).collect()
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        define("Blocks", definitions, |definitions| {
            json!({
                "description": "A sequence of blocks: an array, one block, an mdast root, {\"html\"}, {\"markdown\"}, or a string of paragraphs.",
                "anyOf": [
                    {"type": "string"},
                    Block::schema(definitions),
                    {"type": "array", "items": {"anyOf": [{"type": "string"}, Block::schema(definitions), Inline::schema(definitions)]}},
                    {"type": "object", "properties": {"html": {"type": "string"}}, "required": ["html"]},
                    {"type": "object", "properties": {"markdown": {"type": "string"}}, "required": ["markdown"]},
                ],
            })
        })
    }
}

/// The `type` of code blocks.
const CODE: &str = "code";

/// Reads blocks; inlines that stand between them become paragraphs. A string on its own is a paragraph.
fn read_sequence(items: &[Value<'_>], warnings: &mut Warnings) -> Blocks {
    let mut blocks = Blocks(Vec::with_capacity(items.len()));
    let mut run = Inlines::new();
    for (index, item) in items.iter().enumerate() {
        let tag = item.get("type").and_then(Value::as_str).unwrap_or_default();
        let is_inline = Inline::knows(tag) && !Kind::knows(tag);
        if is_inline || (item.is_string() && !run.is_empty()) {
            run.extend(warnings.at_index(index, |warnings| Inline::read(item, warnings)));
            continue;
        }
        if !run.is_empty() {
            blocks.push(Block::paragraph(std::mem::take(&mut run)));
        }
        blocks.extend(warnings.at_index(index, |warnings| Block::read(item, warnings)));
    }
    if !run.is_empty() {
        blocks.push(Block::paragraph(run));
    }
    blocks
}

impl Json for Block {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let object = match value {
            Value::String(text) => return Some(Self::paragraph(&**text)),
            Value::Object(object) => object,
            Value::Null => return None,
            other => {
                warn_kind("a block", other, warnings);
                return None;
            }
        };
        let mut attributes = Attributes::read_fields(object, warnings);
        let tag = object.get("type").and_then(Value::as_str).unwrap_or_default();
        if tag == CODE {
            // There, `lang` is the programming language, as in mdast.
            attributes.lang.clear();
        }
        let too_deep = warnings.depth() > MAX_DEPTH;
        if !too_deep && let Some(kind) = Kind::read_tagged(tag, object, Attributes::KEYS, warnings) {
            return Some(Self { attributes, kind });
        }
        if Inline::knows(tag) {
            return Inline::read(value, warnings).map(|inline| Self::paragraph(vec![inline]));
        }
        if too_deep {
            warnings.warn("nested too deep; shown as text");
        } else if tag.is_empty() {
            warnings.warn("a block without `type`; shown as text");
        } else {
            warnings.warn(format!("unknown block `{tag}`; shown as text"));
        }
        Some(Self { attributes, kind: Kind::Unknown(Unknown::recover(tag, object, Attributes::KEYS)) })
    }
    fn write(&self) -> Value<'_> {
        let mut object = self.kind.write_tagged();
        if !matches!(self.kind, Kind::Unknown(_)) {
            self.attributes.write_fields(&mut object);
            if let Kind::Code(code) = &self.kind {
                object.remove("lang");
                write_field(&mut object, "lang", &code.lang);
            }
        }
        Value::Object(object)
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        define("Block", definitions, |definitions| {
            let mut common = Object::new();
            Attributes::schema_fields(&mut common, &mut Vec::new(), definitions);
            let mut variants = Kind::schema_variants(&common, definitions);
            variants.push(extension_schema());
            json!({"anyOf": variants})
        })
    }
}

/// Whether a `type` names a block and no inline.
fn is_block_only(tag: &str) -> bool {
    Kind::knows(tag) && !Inline::knows(tag)
}

impl Default for Content {
    fn default() -> Self {
        Self::Inlines(Inlines::new())
    }
}

impl Json for Content {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        let is_block = |item: &Value<'_>| {
            let tag = item.get("type").and_then(Value::as_str).unwrap_or_default();
            item.get("html").is_some() || item.get("markdown").is_some() || is_block_only(tag)
        };
        if items.iter().any(is_block) {
            return Blocks::read(value, warnings).map(Self::Blocks);
        }
        Inlines::read(value, warnings).map(Self::Inlines)
    }
    fn write(&self) -> Value<'_> {
        match self {
            Self::Inlines(inlines) => inlines.write(),
            Self::Blocks(blocks) if blocks.iter().any(|block| is_block_only(block.kind.tag())) => blocks.write(),
            // As a `root`: images and unknown nodes alone would be read as text-level content.
            Self::Blocks(blocks) => json!({"type": "root", "children": blocks.write()}),
        }
    }
    fn schema(definitions: &mut Object<'static>) -> Value<'static> {
        json!({"anyOf": [Inlines::schema(definitions), Blocks::schema(definitions)]})
    }
}

impl Deref for Blocks {
    type Target = Vec<Block>;
    fn deref(&self) -> &Vec<Block> {
        &self.0
    }
}

impl DerefMut for Blocks {
    fn deref_mut(&mut self) -> &mut Vec<Block> {
        &mut self.0
    }
}

impl FromIterator<Block> for Blocks {
    fn from_iter<I: IntoIterator<Item = Block>>(blocks: I) -> Self {
        Self(blocks.into_iter().collect())
    }
}

impl From<Vec<Block>> for Blocks {
    fn from(blocks: Vec<Block>) -> Self {
        Self(blocks)
    }
}

impl<'a> IntoIterator for &'a Blocks {
    type Item = &'a Block;
    type IntoIter = std::slice::Iter<'a, Block>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
