//! What the interface says, in one place.

/// Name of the program, where the site has none.
pub const RECTO: &str = "Recto";
/// The skip link.
pub const SKIP: &str = "Skip to the article";
/// Landmark of the bar at the top.
pub const TOOLBAR: &str = "Page";
/// Leads to the list of articles.
pub const ALL_ARTICLES: &str = "All articles";
/// Opens the dialogue.
pub const OPEN: &str = "Open…";
/// Title of the dialogue.
pub const OPEN_TITLE: &str = "Open an article";
/// What can be opened.
pub const OPEN_HINT: &str = "Article JSON, a WordPress post, HTML or plain text. It stays in this browser.";
/// Chooses a file.
pub const CHOOSE_FILE: &str = "Choose a file";
/// Label of the text box.
pub const PASTE_LABEL: &str = "Or paste it here";
/// Opens what was pasted.
pub const OPEN_PASTED: &str = "Open the text";
/// Closes a dialogue.
pub const CLOSE: &str = "Close";
/// Shown while a file is dragged over the page.
pub const DROP_HERE: &str = "Drop the file to read it";
/// Prints.
pub const PRINT: &str = "Print";
/// Label of the theme menu.
pub const THEME: &str = "Colours";
/// Where the list is empty.
pub const NO_ARTICLES: &str = "There are no articles here yet.";
/// How to go on where the list is empty.
pub const NO_ARTICLES_HINT: &str = "Put article files into the folder “articles” and list them in “articles/index.json”, or open one from this device.";
/// Title of the picker.
pub const PICK_TITLE: &str = "Several articles in this file";
/// An article without a title.
pub const UNTITLED: &str = "Untitled";
/// Told to assistive technology while a file is under way.
pub const LOADING: &str = "Loading the article…";
/// Tries again.
pub const RETRY: &str = "Try again";
/// Summary of the warnings.
pub const WARNINGS: &str = "What could not be used";
/// Copies code.
pub const COPY: &str = "Copy";
/// It was copied.
pub const COPIED: &str = "Copied";
/// It could not be copied.
pub const NOT_COPIED: &str = "Press Ctrl+C to copy";
/// Id of the main content, where the skip link leads.
pub const MAIN_ID: &str = "recto-~main";
/// Class of text for assistive technology only.
pub const HIDDEN: &str = "r-visually-hidden";

/// Name of a theme.
pub fn theme(theme: crate::site::Theme) -> &'static str {
    use crate::site::Theme;
    match theme {
        Theme::Auto => "As the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
        Theme::Sepia => "Sepia",
        Theme::Contrast => "High contrast",
    }
}

/// How many remarks the reader of a format had.
pub fn warnings(count: usize, format: crate::reader::Format) -> String {
    let remarks = if count == 1 { "remark" } else { "remarks" };
    format!("{count} {remarks} about this file, read as {}", format.name())
}
/// Class of the list of articles.
pub const LIST_CLASS: &str = "r-list-entries";
/// Id of the title of the dialogue.
pub const OPEN_TITLE_ID: &str = "recto-~open-title";
/// Class of the form in a dialogue.
pub const DIALOG_FORM: &str = "r-dialog-form";
/// Where the skip link leads.
pub const SKIP_HREF: &str = "#recto-~main";
/// Class of a line of the skeleton.
pub const SKELETON_LINE: &str = "r-skeleton-line";
/// Title of the contents list.
pub const CONTENTS: &str = "Contents";
/// Id of the contents list; `~` keeps it apart from ids of sections.
pub const CONTENTS_ID: &str = "recto-~contents";
/// Leads to the top of the page.
pub const TOP: &str = "Top";
/// A heading's address was copied.
pub const LINK_COPIED: &str = "Link copied";
/// It could not be copied.
pub const LINK_NOT_COPIED: &str = "The link is in the address bar";

/// Folds and unfolds what is inside a section of the contents list.
pub fn sections_of(section: &str) -> String {
    format!("Sections of {section}")
}

/// How long something takes.
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} min")
}

/// How long the rest of the article takes.
pub fn minutes_left(minutes: u32) -> String {
    if minutes == 0 { "Finished".to_owned() } else { format!("{minutes} min left") }
}

/// Name of the landmark around the contents list.
pub fn contents_of_page(title: &str) -> String {
    format!("{title} (page)")
}
