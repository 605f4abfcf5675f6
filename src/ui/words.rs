//! What the interface says, in one place.

/// The language of these words.
pub const LANGUAGE: &str = "en";
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

/// Landmark of what there is to say about the file below the article.
pub const ABOUT_FILE: &str = "About this file";
/// Opens the choice of another format.
pub const READ_OTHERWISE: &str = "Read as …";
/// Label of the choice.
pub const FORMAT: &str = "Format of this file";
/// The choice of none.
pub const AS_FOUND: &str = "what it looks like";
/// Reads the file as chosen.
pub const READ_AGAIN: &str = "Read again";
/// Reads a file as what it looks like, after it was not what the reader said.
pub const READ_AS_FOUND: &str = "Read it as what it looks like";

/// As what a file was read.
pub fn read_as(format: crate::reader::Format) -> String {
    format!("Read as {}", format.name())
}

/// A file is not in the format that the reader said it is.
pub fn not_read_as(format: crate::reader::Format) -> String {
    let name = format.name();
    format!(
        "It was to be read as {name}, and is something else, or damaged. As what it looks like it may well be read."
    )
}

/// How many remarks there are about a file.
pub fn remarks(count: usize) -> String {
    format!("{count} {} about this file", if count == 1 { "remark" } else { "remarks" })
}

/// Opens the forms that an article can be saved in.
pub const SAVE: &str = "Save as…";
/// Id of these.
pub const SAVE_ID: &str = "recto-~save";
/// While it is being made.
pub const SAVING: &str = "Making the file…";
/// The browser made no file.
pub const NOT_SAVED: &str = "The file could not be made. Try again, or reload the page.";

/// What people call a form.
pub fn form(form: crate::export::form::Form) -> &'static str {
    use crate::export::form::Form;
    match form {
        Form::ArticleJson => "Article JSON",
        Form::Markdown => "Markdown",
        Form::PlainText => "Plain text",
        Form::WebPage => "Web page",
        Form::Single => "Web page with the viewer",
        Form::Epub => "E-book (EPUB)",
    }
}

/// Keeps the article for reading without a network.
pub const KEEP_OFFLINE: &str = "Keep offline";
/// It could not be kept.
pub const NOT_KEPT_OFFLINE: &str = "No room to keep it";
/// A newer program has come.
pub const UPDATED: &str = "Recto was updated.";
/// Loads the page anew.
pub const RELOAD: &str = "Reload";
/// Closes a notice.
pub const NOT_NOW: &str = "Not now";
/// Forgets what is there without a network.
pub const CLEAR_OFFLINE: &str = "Clear all";

/// The article is kept.
pub fn kept_offline(bytes: f64) -> String {
    format!("Kept offline ({})", size(bytes))
}

/// What is there without a network.
pub fn there_offline(articles: u32, bytes: f64) -> String {
    let kept = match articles {
        0 => String::new(),
        1 => "1 article kept, ".to_owned(),
        _ => format!("{articles} articles kept, "),
    };
    format!("Offline: {kept}{} in all", size(bytes))
}

/// Bytes as people say them.
fn size(bytes: f64) -> String {
    let kilobytes = (bytes / 1000.0).ceil() as u32;
    if kilobytes < 1000 {
        format!("{kilobytes} KB")
    } else {
        format!("{}.{} MB", kilobytes / 1000, kilobytes % 1000 / 100)
    }
}

/// The article was saved.
pub fn saved(name: &str) -> String {
    format!("Saved as {name}")
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
