//! What comments and their form say. Labels and notices are WordPress's, which people know.

use crate::comments::caps::{Sort, Unit};
use crate::comments::draft::{Field, Problem, ProblemKind};
use crate::comments::file::FileError;
use crate::comments::outbox::{Outgoing, Stage};
use crate::comments::provider::Refusal;
use crate::comments::votes::Vote;
use crate::comments::{Age, Moment};

/// Name of the landmark. An article may well have a section "Comments" of its own, which is another.
pub const SECTION: &str = "Comments on this article";
/// Title of the form.
pub const LEAVE_A_REPLY: &str = "Leave a Reply";
/// Gives up a reply.
pub const CANCEL_REPLY: &str = "Cancel reply";
/// Title of the form while a comment is changed.
pub const EDIT_TITLE: &str = "Edit comment";
/// Gives up an edit.
pub const CANCEL_EDIT: &str = "Cancel edit";
/// About the email address.
pub const EMAIL_NOTES: &str = "Your email address will not be published.";
/// About the stars.
pub const REQUIRED_NOTES: &str = "Required fields are marked ";
/// Marks a field that must be filled in.
pub const STAR: &str = "*";
/// Sends the form.
pub const POST_COMMENT: &str = "Post Comment";
/// Sends the form while a comment is changed.
pub const SAVE_CHANGES: &str = "Save changes";
/// While it is on its way.
pub const POSTING: &str = "Posting…";
/// The tick that keeps the author's fields.
pub const REMEMBER: &str = "Save my name, email, and website in this browser for the next time I comment.";
/// Shows the text to write.
pub const WRITE: &str = "Write";
/// Shows what it will look like.
pub const PREVIEW: &str = "Preview";
/// Name of the pair of these.
pub const WRITE_OR_PREVIEW: &str = "Comment text";
/// A preview of nothing.
pub const NOTHING_TO_PREVIEW: &str = "Nothing to preview yet.";
/// What may be typed.
pub const FORMATTING: &str = "**strong**, *emphasis*, `code`, > quote, - list, [text](https://…)";
/// The server keeps less than the preview shows.
pub const FLATTENED: &str = "Lists and code blocks will be flattened.";
/// Unfinished text is back.
pub const DRAFT_RESTORED: &str = "Draft restored";
/// Throws unfinished text away.
pub const DISCARD: &str = "Discard";

/// Answers a comment.
pub const REPLY: &str = "Reply";
/// Changes a comment.
pub const EDIT: &str = "Edit";
/// Deletes a comment.
pub const DELETE: &str = "Delete";
/// Brings a deleted comment back.
pub const UNDO: &str = "Undo";
/// Gives a changed comment its text back.
pub const UNDO_CHANGE: &str = "Undo change";
/// A comment was deleted.
pub const DELETED: &str = "Comment deleted";
/// All were.
pub const ALL_DELETED: &str = "All your comments on this article were deleted.";
/// They are back.
pub const RESTORED: &str = "Restored";
/// Marks own comments.
pub const YOU: &str = "You";
/// Marks changed comments.
pub const EDITED: &str = "edited";
/// Awaits moderation.
pub const HELD: &str = "Awaiting moderation";
/// What that means.
pub const HELD_MEANS: &str = "Your comment is awaiting moderation. Only you can see it here.";
/// It was not published.
pub const REFUSED: &str = "Not published";
/// What that means.
pub const REFUSED_MEANS: &str = "The site does not have this comment any more. Only you can see it here.";
/// Forgets the own copy of a comment.
pub const REMOVE_COPY: &str = "Remove this copy";
/// What it answers is not here.
pub const ORPHAN: &str = "The comment this answers is not here.";
/// Before the name of the one answered.
pub const IN_REPLY_TO: &str = "In reply to ";
/// A comment without a name.
pub const ANONYMOUS: &str = "Anonymous";

/// On its way.
pub const SENDING: &str = "Sending…";
/// Waits for the network or the server.
pub const QUEUED: &str = "Queued";
/// It may have arrived.
pub const UNCERTAIN: &str = "Uncertain";
/// The reader has to decide.
pub const NOT_SENT: &str = "Not sent";
/// Sends it although it may be there twice.
pub const SEND_AGAIN: &str = "Send again";
/// A comment is on its way.
pub const SENDING_NOW: &str = "Sending your comment";
/// The browser does not store a comment while it is sent.
pub const NOT_KEPT_ON_THE_WAY: &str = "This browser does not let the page keep your comment while it is on its way: leave the page open until it has arrived.";

/// Agrees to what the site asks for.
pub const AGREE: &str = "I agree";
/// Nothing is sent without that.
pub const CONSENT_MISSING: &str = "Please agree to this before you post.";
/// The field that nobody sees, for whoever comes to it all the same.
pub const TRAP: &str = "Leave this field empty";
/// Something was in it.
pub const TRAPPED: &str = "A field that nobody sees was filled in, as programs do that post advertising. Your text is still here: if it was your browser, post it once more.";
/// Forgets everything about this reader that comments keep in the browser.
pub const DELETE_DATA: &str = "Delete my data on this device";
/// Asks whether to.
pub const DELETE_DATA_ASK: &str = "This deletes what this browser keeps for comments on all articles of this site: your name and address, drafts, and the copies of what you sent. What is on a server stays there.";
/// Comments that are nowhere else.
pub const DELETE_DATA_HERE: &str = " Comments that are saved only in this browser are deleted, too.";
/// Does not.
pub const KEEP_DATA: &str = "Keep it";
/// It was done.
pub const DATA_DELETED: &str = "Your data on this device was deleted.";

/// Votes for a comment.
pub const LIKE: &str = "Like";
/// Votes against a comment.
pub const DISLIKE: &str = "Dislike";
/// A vote was counted.
pub const VOTED: &str = "Vote counted";
/// Before the orders of threads.
pub const SORT: &str = "Sort by";

/// Where comments are kept.
pub const ONLY_HERE: &str = "Saved only in this browser.";
/// What that means.
pub const ONLY_HERE_MEANS: &str = " Nobody else sees what you write here. Export it to keep a copy.";
/// The browser stores nothing.
pub const NOT_KEPT: &str =
    "This browser does not let the page store anything: what you write here is gone when you close it.";
/// Nobody has written.
pub const NO_COMMENTS: &str = "No comments yet.";
/// No new ones are accepted.
pub const CLOSED: &str = "Comments are closed.";
/// Saves comments as a file.
pub const EXPORT: &str = "Export";
/// Reads comments from a file.
pub const IMPORT: &str = "Import";
/// Deletes all own comments.
pub const DELETE_ALL: &str = "Delete all my comments here";
/// Name of these three.
pub const TOOLS: &str = "Your comments on this article";
/// The file could not be made.
pub const NOT_EXPORTED: &str = "The file could not be saved.";
/// Name of the exported file.
pub const EXPORT_NAME: &str = "comments.json";

/// A comment was posted.
pub const POSTED: &str = "Comment posted";
/// A comment was posted, and is held.
pub const NOW_HELD: &str = "Comment awaiting moderation";
/// A comment had arrived before.
pub const ALREADY_POSTED: &str = "Your comment had already arrived.";
/// Comments are on their way.
pub const LOADING: &str = "Loading comments…";
/// Reads the next page.
pub const LOAD_MORE: &str = "Load more comments";
/// Tries once more.
pub const TRY_AGAIN: &str = "Try again";
/// Does not wait.
pub const DO_NOT_SEND: &str = "Do not send";
/// Leads to where comments can be posted.
pub const COMMENT_ELSEWHERE: &str = "Comment on the site itself";
/// A comment was changed.
pub const CHANGED: &str = "Comment changed";

/// Title of the section.
pub fn title(count: usize, are_more: bool) -> String {
    match count {
        _ if are_more => format!("{count}+ Comments"),
        0 => "Comments".to_owned(),
        1 => "1 Comment".to_owned(),
        _ => format!("{count} Comments"),
    }
}

/// Title of the form of a reply.
pub fn leave_a_reply_to(name: &str) -> String {
    ["Leave a Reply to ", name].concat()
}

/// Name of the button of a reply.
pub fn reply_to(name: &str) -> String {
    ["Reply to ", name].concat()
}

/// Announces the comment that was gone to.
pub fn comment_by(name: &str) -> String {
    ["Comment by ", name].concat()
}

/// Label of a field.
pub fn label(field: Field) -> &'static str {
    match field {
        Field::Comment => "Comment",
        Field::Name => "Name",
        Field::Email => "Email",
        Field::Website => "Website",
    }
}

/// What is wrong with a field.
pub fn problem(problem: Problem, unit: Unit) -> String {
    let unit = unit_of(unit);
    match (problem.kind, problem.field) {
        (ProblemKind::Missing, Field::Comment) => "Please type your comment text.".to_owned(),
        (ProblemKind::Missing, Field::Name) => "Please enter your name.".to_owned(),
        (ProblemKind::Missing, Field::Email) => "Please enter your email address.".to_owned(),
        (ProblemKind::Missing, Field::Website) => "Please enter your website.".to_owned(),
        (ProblemKind::Invalid, Field::Email) => {
            "Please enter a valid email address, such as name@example.org.".to_owned()
        }
        (ProblemKind::Invalid, _) => "Please enter a web address, such as https://example.org.".to_owned(),
        (ProblemKind::TooLong(0), field) => format!("{} is too long.", label(field)),
        (ProblemKind::TooLong(over), field) => format!("{} is too long by {over} {unit}.", label(field)),
        (ProblemKind::TooShort(least), field) => format!("{} is too short: at least {least} {unit}.", label(field)),
    }
}

/// Title of the summary of what is wrong.
pub fn problems(count: usize) -> String {
    match count {
        1 => "One field needs your attention".to_owned(),
        _ => format!("{count} fields need your attention"),
    }
}

/// How much more a field takes.
pub fn room(left: i64, unit: Unit) -> String {
    let unit = unit_of(unit);
    if left < 0 { format!("{} {unit} too long", -left) } else { format!("{left} {unit} left") }
}

fn unit_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Bytes => "bytes",
        Unit::Characters => "characters",
    }
}

/// Why it did not work.
pub fn refusal(refusal: &Refusal) -> String {
    let words = match refusal {
        Refusal::Full => {
            "There is no room left in this browser's storage. Your text is still here: copy it, or free some room and try again."
        }
        Refusal::Damaged => "The comments stored in this browser cannot be read, and were left alone.",
        Refusal::Gone => "This comment was deleted in the meantime. Your text is still here.",
        Refusal::Fields(problems) => return self::problems(problems.len()),
        Refusal::Duplicate => "You have already posted this comment.",
        Refusal::TooFast(_) => "You are posting too quickly for this site.",
        Refusal::Quota => "This site takes no more comments from you on this article for now. Your text is still here.",
        Refusal::LoginRequired => {
            "Only people who are logged in can comment on this site. Your text is still here, so you can copy it."
        }
        Refusal::Closed => "Comments on this article are closed. Your text is still here, so you can copy it.",
        Refusal::NotYours => {
            "The site could not tell that this comment is yours: the time to change it is over, or the browser keeps its cookie back."
        }
        Refusal::Offline => "You are offline. Your text is still here: try again once you are connected.",
        Refusal::Unreachable => "The site that keeps the comments cannot be reached. Your text is still here.",
        Refusal::Unsure => {
            "The site did not answer properly, so your comment may have arrived or not. Your text is still here; trying again looks first."
        }
        Refusal::Other(said) if said.is_empty() => "The site did not accept this comment. Your text is still here.",
        Refusal::Other(said) => return format!("The site did not accept this comment. It says: “{said}”"),
    };
    words.to_owned()
}

/// The word for a comment that has not arrived, at a moment.
pub fn standing(entry: &Outgoing, now: Moment) -> &'static str {
    match (entry.stage, &entry.why) {
        (Stage::Asking, _) => UNCERTAIN,
        _ if entry.rests(now) => NOT_SENT,
        (Stage::Queued | Stage::Unsure, Some(_)) => QUEUED,
        _ => SENDING,
    }
}

/// Why a comment has not arrived, and what happens next; nothing where it is just being sent.
pub fn not_arrived(entry: &Outgoing) -> Option<String> {
    let words = match (entry.stage, entry.why.as_ref()?) {
        (Stage::Sending, _) => return None,
        (Stage::Asking, _) => {
            "The answer of the site was lost, and it shows new comments only once they are approved. So this comment may have arrived already. Send it again?"
        }
        (Stage::Refused, Refusal::Fields(_)) => "The site did not accept what is in one of the fields.",
        (Stage::Queued, Refusal::Offline) => "You are offline. This comment is sent by itself once you are connected.",
        (Stage::Queued, Refusal::TooFast(_)) => "You are posting too quickly for this site.",
        (Stage::Queued | Stage::Unsure, _) => {
            "The site that keeps the comments cannot be reached. This comment is kept in this browser, and sent by itself when it can be."
        }
        (Stage::Refused, refusal) => return Some(self::refusal(refusal)),
    };
    Some(words.to_owned())
}

/// The button of a vote, with how many there are.
pub fn vote(vote: Vote, count: u32) -> String {
    let word = if vote == Vote::Up { LIKE } else { DISLIKE };
    if count == 0 { word.to_owned() } else { format!("{word} ({count})") }
}

/// Why a vote was not counted.
pub fn not_voted(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Duplicate | Refusal::NotYours | Refusal::Quota => {
            "The site did not count this: it has a vote from here already, or the comment is your own."
        }
        Refusal::Gone => "This comment was deleted in the meantime.",
        _ => "The site that keeps the comments cannot be reached.",
    }
}

/// An order of threads.
pub fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Oldest => "Oldest first",
        Sort::Newest => "Newest first",
        Sort::Liked => "Most liked first",
    }
}

/// How many comments would be gone that have not arrived yet.
pub fn unsent(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(" One comment that has not been sent yet is deleted, too.".to_owned()),
        _ => Some(format!(" {count} comments that have not been sent yet are deleted, too.")),
    }
}

/// Shows comments that came in the meantime.
pub fn news(count: usize) -> String {
    if count == 1 { "1 new comment".to_owned() } else { format!("{count} new comments") }
}

/// Why comments are not shown.
pub fn not_listed(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Offline => "You are offline, so the comments could not be loaded.",
        Refusal::LoginRequired => "Comments on this article can be read only by people who are logged in to its site.",
        Refusal::Closed => "This article's site does not show its comments here.",
        _ => "The site that keeps the comments cannot be reached, so they could not be loaded.",
    }
}

/// How long until a comment is sent.
pub fn sends_in(seconds: u32) -> String {
    format!("Sends by itself in {seconds} s. ")
}

/// Why a file was not imported.
pub fn file_error(error: &FileError) -> &'static str {
    match error {
        FileError::NotJson => "This file is not JSON.",
        FileError::NotComments => "This file holds no comments exported from here.",
        FileError::Newer(_) => "This file was written by a newer version.",
    }
}

/// What an import brought.
pub fn imported(count: usize, remarks: usize) -> String {
    let comments = match count {
        0 => "No new comments in this file".to_owned(),
        1 => "1 comment imported".to_owned(),
        _ => format!("{count} comments imported"),
    };
    match remarks {
        0 => format!("{comments}."),
        1 => format!("{comments}; one entry could not be used."),
        _ => format!("{comments}; {remarks} entries could not be used."),
    }
}

/// Id of the section.
pub const SECTION_ID: &str = "recto-~comments";
/// Id of its title.
pub const TITLE_ID: &str = "recto-~comments-title";
/// Id of the choice of an order.
pub const SORT_ID: &str = "recto-~comments-sort";
/// Id of the tick of whoever agrees to what the site asks for.
pub const CONSENT_ID: &str = "recto-~reply-agree";
/// The same as a selector.
pub const CONSENT_SELECTOR: &str = "[id='recto-~reply-agree']";
/// Id of what the site asks for.
pub const CONSENT_TEXT_ID: &str = "recto-~reply-agree-text";
/// Id of what is said where somebody does not agree.
pub const CONSENT_PROBLEM_ID: &str = "recto-~reply-agree-problem";
/// Both of these.
pub const CONSENT_DESCRIBED_BY: &str = "recto-~reply-agree-problem recto-~reply-agree-text";
/// Id of the field that nobody sees.
pub const TRAP_ID: &str = "recto-~reply-more";
/// Id of the form.
pub const FORM_ID: &str = "recto-~respond";
/// Id of its title.
pub const FORM_TITLE_ID: &str = "recto-~reply-title";
/// Id of the sentence about the email address.
pub const EMAIL_NOTES_ID: &str = "recto-~email-notes";
/// Id of the title of what is wrong.
pub const PROBLEMS_ID: &str = "recto-~reply-problems";
/// Id of the tick.
pub const REMEMBER_ID: &str = "recto-~reply-consent";
/// Id of what may be typed.
pub const FORMATTING_ID: &str = "recto-~reply-formatting";
/// Id of a tab.
pub const WRITE_TAB_ID: &str = "recto-~reply-write-tab";
/// Id of what it shows.
pub const WRITE_PANEL_ID: &str = "recto-~reply-write";
/// Id of a tab.
pub const PREVIEW_TAB_ID: &str = "recto-~reply-preview-tab";
/// Id of what it shows.
pub const PREVIEW_PANEL_ID: &str = "recto-~reply-preview";

/// Id of a field.
pub fn field_id(field: Field) -> &'static str {
    match field {
        Field::Comment => "recto-~reply-comment",
        Field::Name => "recto-~reply-author",
        Field::Email => "recto-~reply-email",
        Field::Website => "recto-~reply-url",
    }
}

/// Id of what is wrong with a field.
pub fn problem_id(field: Field) -> &'static str {
    match field {
        Field::Comment => "recto-~reply-comment-problem",
        Field::Name => "recto-~reply-author-problem",
        Field::Email => "recto-~reply-email-problem",
        Field::Website => "recto-~reply-url-problem",
    }
}

/// Id of how much more a field takes.
pub fn room_id(field: Field) -> &'static str {
    match field {
        Field::Comment => "recto-~reply-comment-room",
        Field::Name => "recto-~reply-author-room",
        Field::Email => "recto-~reply-email-room",
        Field::Website => "recto-~reply-url-room",
    }
}

/// How long ago something was; nothing where the date says it better.
pub fn ago(age: Age) -> Option<String> {
    let (count, unit) = match age {
        Age::Now => return Some("just now".to_owned()),
        Age::Minutes(count) => (count, "minute"),
        Age::Hours(count) => (count, "hour"),
        Age::Days(count) => (count, "day"),
        Age::Long => return None,
    };
    Some(format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" }))
}
