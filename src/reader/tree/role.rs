//! What nodes of rich-text trees are called: editors have a few dozen kinds, and three spellings of each.

use super::super::marks::key;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    Text,
    Tab,
    Break,
    Link,
    Mention,
    Emoji,
    Date,
    /// Text that is in an attribute.
    Label,
    /// A link shown by its address.
    InlineCard,
    InlineMath,
    /// Names a footnote.
    NoteReference,
    Paragraph,
    Heading(u8),
    Quote,
    PullQuote,
    Code,
    Rule,
    Bullets,
    Numbers,
    /// A list that says in an attribute of what kind.
    List,
    Item,
    Image,
    /// A picture or file that is named and not always addressed.
    Media,
    Figure,
    Caption,
    Gallery,
    Table,
    Row,
    Cell,
    HeaderCell,
    /// Rows of headers.
    Head,
    Embed,
    Video,
    Audio,
    File,
    Card,
    Panel,
    Details,
    Summary,
    Columns,
    Column,
    Math,
    /// A footnote.
    Note,
    Contents,
    Html,
    Markdown,
    /// Nothing but what is inside.
    Group,
    /// Nothing for readers.
    Nothing,
}

impl Role {
    /// Whether it stands in a line of text.
    pub(in super::super) fn is_inline(self) -> bool {
        use Role::{Break, Date, Emoji, InlineCard, InlineMath, Label, Link, Mention, NoteReference, Tab, Text};
        matches!(
            self,
            Text | Tab | Break | Link | Mention | Emoji | Date | Label | InlineCard | InlineMath | NoteReference
        )
    }
}

/// Names without case, hyphens and underscores.
const ROLES: &[(&[&str], Role)] = &[
    (
        &[
            "text",
            "codehighlight",
            "hashtag",
            "keyword",
            "overflow",
            "placeholder",
            "span",
            "comment",
            "annotation",
            "suggestion",
        ],
        Role::Text,
    ),
    (&["tab"], Role::Tab),
    (&["linebreak", "hardbreak", "softbreak", "break", "br"], Role::Break),
    (&["link", "hyperlink", "a", "autolink"], Role::Link),
    (&["mention", "mentioninput", "beautifulmention", "user"], Role::Mention),
    (&["emoji"], Role::Emoji),
    (&["date"], Role::Date),
    (&["status"], Role::Label),
    (&["inlinecard"], Role::InlineCard),
    (&["inlinemath", "mathinline", "inlineequation", "inlinelatex"], Role::InlineMath),
    (&["footnotereference", "footnoteref"], Role::NoteReference),
    (&["footnotedefinition", "footnoteitem"], Role::Note),
    (&["paragraph", "p", "lic", "listitemchild", "listitemtext", "listitemcontent", "line", "normal"], Role::Paragraph),
    (&["heading", "header"], Role::Heading(0)),
    (&["h1", "heading1", "headingone", "headerone", "title"], Role::Heading(1)),
    (&["h2", "heading2", "headingtwo", "headertwo"], Role::Heading(2)),
    (&["h3", "heading3", "headingthree", "headerthree"], Role::Heading(3)),
    (&["h4", "heading4", "headingfour", "headerfour"], Role::Heading(4)),
    (&["h5", "heading5", "headingfive", "headerfive"], Role::Heading(5)),
    (&["h6", "heading6", "headingsix", "headersix"], Role::Heading(6)),
    (&["blockquote", "quote", "quotation"], Role::Quote),
    (&["pullquote", "aside"], Role::PullQuote),
    (&["codeblock", "code", "pre", "codeblocklowlight", "preformatted", "mermaid", "diagram"], Role::Code),
    (&["horizontalrule", "hr", "rule", "divider", "thematicbreak", "delimiter", "separator"], Role::Rule),
    (
        &[
            "bulletlist",
            "bulletedlist",
            "ul",
            "unorderedlist",
            "tasklist",
            "todolist",
            "checklist",
            "actionlist",
            "decisionlist",
        ],
        Role::Bullets,
    ),
    (&["orderedlist", "numberedlist", "ol"], Role::Numbers),
    (&["list"], Role::List),
    (
        &["listitem", "li", "taskitem", "todoitem", "todoli", "todo", "checklistitem", "actionitem", "decisionitem"],
        Role::Item,
    ),
    (&["image", "img", "inlineimage", "imageinline", "imageblock", "imageresize", "picture", "upload"], Role::Image),
    (&["media", "mediainline"], Role::Media),
    (&["figure", "mediasingle", "imagefigure", "captionedimage"], Role::Figure),
    (&["caption", "figcaption", "tablecaption", "imagecaption"], Role::Caption),
    (&["gallery", "imagegallery", "mediagroup"], Role::Gallery),
    (&["table"], Role::Table),
    (&["tablerow", "tr", "row"], Role::Row),
    (&["tablecell", "td", "cell"], Role::Cell),
    (&["tableheader", "th", "tableheadercell", "tablecellheader", "headercell"], Role::HeaderCell),
    (&["tablehead", "thead"], Role::Head),
    (
        &[
            "youtube",
            "iframe",
            "embed",
            "mediaembed",
            "tweet",
            "twitter",
            "vimeo",
            "embedcard",
            "oembed",
            "figma",
            "instagram",
        ],
        Role::Embed,
    ),
    (&["video"], Role::Video),
    (&["audio"], Role::Audio),
    (&["file", "attachment"], Role::File),
    (&["blockcard", "bookmark", "linkcard", "linkpreview"], Role::Card),
    (&["panel", "callout", "admonition", "alert", "hint", "banner", "infobox", "notice"], Role::Panel),
    (
        &["expand", "nestedexpand", "details", "toggle", "collapsible", "collapsiblecontainer", "accordionitem"],
        Role::Details,
    ),
    (&["detailssummary", "summary", "collapsibletitle", "toggletitle"], Role::Summary),
    (&["layoutsection", "columns", "columnlist", "columngroup", "layoutcontainer", "columnblock"], Role::Columns),
    (&["layoutcolumn", "column", "layoutitem", "columnitem"], Role::Column),
    (&["math", "mathblock", "blockmath", "equation", "mathdisplay", "latex", "katex"], Role::Math),
    (&["toc", "tableofcontents"], Role::Contents),
    (&["html", "rawhtml", "htmlblock"], Role::Html),
    (&["markdown"], Role::Markdown),
    (
        &[
            "doc",
            "root",
            "document",
            "fragment",
            "section",
            "div",
            "article",
            "tbody",
            "tablebody",
            "tfoot",
            "tablefoot",
            "detailscontent",
            "collapsiblecontent",
            "bodiedextension",
            "accordion",
            "autoembed",
            "footnotes",
            "footnoteslist",
        ],
        Role::Group,
    ),
    (&["trailingnode", "pagebreak", "cursor", "gapcursor"], Role::Nothing),
];

/// What a node of that name is; `None` for names that no editor we know uses.
pub(in super::super) fn role_of(name: &str) -> Option<Role> {
    let key = key(name);
    let key = key.strip_prefix("extended").unwrap_or(&key);
    ROLES.iter().find(|(names, _)| names.contains(&key)).map(|(_, role)| *role)
}
