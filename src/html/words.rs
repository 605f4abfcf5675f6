//! The words that the writer adds to an article's own.

use crate::article::{AdmonitionKind, Role};
use crate::reading_time::ReadingTime;

/// The writer's words in one language. Where a text holds `{}`, a name or number takes its place.
pub struct Words {
    /// Title of an article without one.
    pub untitled: &'static str,
    /// Before the names of people in a role.
    pub byline: fn(Role) -> &'static str,
    /// Between the names of a byline.
    pub separator: &'static str,
    /// Before the last name of a byline.
    pub and: &'static str,
    /// Before the date of publication.
    pub published: &'static str,
    /// Before the date of the last change.
    pub updated: &'static str,
    /// How long it takes to read.
    pub reading_time: fn(ReadingTime) -> String,
    /// Title of the tags.
    pub tags: &'static str,
    /// Title of a contents list within the text.
    pub contents: &'static str,
    /// Name of the link beside a heading.
    pub heading_link: &'static str,
    /// Title of the footnotes.
    pub footnotes: &'static str,
    /// Name of a reference to a footnote.
    pub footnote: &'static str,
    /// Name of the link from a footnote to its reference.
    pub back: &'static str,
    /// Title of the references.
    pub references: &'static str,
    /// Title of what is known about the authors.
    pub about_authors: &'static str,
    /// Title of the articles worth reading next.
    pub related: &'static str,
    /// Name of the links to neighbouring articles.
    pub pager: &'static str,
    /// Above the link to the article before.
    pub previous: &'static str,
    /// Above the link to the article after.
    pub next: &'static str,
    /// Above the link to the list the article is part of.
    pub up: &'static str,
    /// Which part of a series this is.
    pub part: &'static str,
    /// The same, where the number of parts is known.
    pub part_of: &'static str,
    /// Before the licence.
    pub licence: &'static str,
    /// Before the site the article comes from.
    pub from: &'static str,
    /// Copies a block of code.
    pub copy: &'static str,
    /// Name of a block of code.
    pub code: &'static str,
    /// Name of a picture that is not loaded.
    pub picture: &'static str,
    /// Name of a table.
    pub table: &'static str,
    /// Name of a formula.
    pub formula: &'static str,
    /// Name of several pictures.
    pub gallery: &'static str,
    /// Title of what is said in a recording.
    pub transcript: &'static str,
    /// Loads content of another site, which is named.
    pub load: &'static str,
    /// What loading it means.
    pub load_notice: &'static str,
    /// Leads to content on another site, which is named.
    pub open: &'static str,
    /// Leads to a recording that the browser cannot play.
    pub download: &'static str,
    /// Name of the mark of a task that is done.
    pub done: &'static str,
    /// Name of the mark of one that is not.
    pub not_done: &'static str,
    /// Title of an admonition that has none.
    pub admonition: fn(AdmonitionKind) -> &'static str,
    /// Name of content of a kind we do not know, which is named.
    pub unknown: &'static str,
}

/// English.
pub const ENGLISH: Words = Words {
    untitled: "Untitled",
    byline: |role| match role {
        Role::Author => "By ",
        Role::Editor => "Edited by ",
        Role::Translator => "Translated by ",
        Role::Photographer => "Photographs by ",
        Role::Illustrator => "Illustrated by ",
        Role::Contributor => "With ",
    },
    separator: ", ",
    and: " and ",
    published: "Published ",
    updated: "Updated ",
    reading_time: |time| match (time.fast, time.slow) {
        (fast, slow) if fast == slow => format!("{slow} min read"),
        (fast, slow) => format!("{fast}–{slow} min read"),
    },
    tags: "Tags",
    contents: "Contents",
    heading_link: "Link to “{}”",
    footnotes: "Notes",
    footnote: "Note {}",
    back: "Back to reference {}",
    references: "References",
    about_authors: "About the authors",
    related: "Read next",
    pager: "Neighbouring articles",
    previous: "Previous",
    next: "Next",
    up: "Up",
    part: "Part {} of ",
    part_of: "Part {} of {} of ",
    licence: "Licence: ",
    from: "From ",
    copy: "Copy",
    code: "Code",
    picture: "Picture",
    table: "Table",
    formula: "Formula",
    gallery: "Pictures",
    transcript: "Transcript",
    load: "Load from {}",
    load_notice: "Nothing is sent to {} until you ask for it.",
    open: "Open on {}",
    download: "Download",
    done: "Done",
    not_done: "To do",
    admonition: |kind| match kind {
        AdmonitionKind::Note | AdmonitionKind::Custom => "Note",
        AdmonitionKind::Tip => "Tip",
        AdmonitionKind::Info => "Information",
        AdmonitionKind::Important => "Important",
        AdmonitionKind::Warning => "Warning",
        AdmonitionKind::Caution => "Caution",
        AdmonitionKind::Danger => "Danger",
        AdmonitionKind::Success => "Success",
        AdmonitionKind::Quote => "Quotation",
    },
    unknown: "Content of another kind: {}",
};
