//! Plain text, such as a page copied from a browser: lines with a date and a title, headings told from paragraphs,
//! lists, and the words of a reply form at the end left out.

use super::Context;
use crate::article::json::Empty;
use crate::article::{Article, Block, Blocks, Date, Heading, Inline, Inlines, Kind, List, ListItem, ThematicBreak};
use crate::letter::{self, lower_case};
use crate::warning::Warnings;

/// A title has at most so many characters.
const LONGEST_TITLE: usize = 200;

/// A heading has at most so many characters, and words.
const LONGEST_HEADING: usize = 100;
const MOST_HEADING_WORDS: usize = 16;

/// Mail and terminals wrap lines at about 80 characters; longer lines are not wrapped.
const WIDEST_WRAPPED: usize = 100;
const NARROWEST_WRAPPED: usize = 40;

/// Lines of the form below a post, and of what stands around it; the last of a copied page.
const FORM_LINES: &[&str] = &[
    "leave a reply",
    "leave a comment",
    "cancel reply",
    "post a comment",
    "post comment",
    "submit comment",
    "add a comment",
    "your email address will not be published",
    "required fields are marked",
    "comment *",
    "comment",
    "name *",
    "name",
    "email *",
    "email",
    "website",
    "save my name, email, and website in this browser",
    "notify me of",
    "this site uses akismet",
    "you must be logged in to post a comment",
    "log in to leave a comment",
];

/// Lines of which at least one makes the end of a text a form.
const FORM_MARKERS: &[&str] = &["leave a reply", "leave a comment", "your email address will not be published"];

/// Reads plain text; there is always an article in it.
pub(super) fn read(text: &str, context: &mut Context<'_>) -> Article {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n").replace(['\u{C}', '\u{2029}'], "\n\n");
    let mut lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    drop_reply_form(&mut lines, &mut context.warnings);
    let mut article = Article::default();
    let head = read_head(&lines, &mut article);
    article.body = read_body(&lines[head..]);
    article
}

/// Leaves out trailing lines that are a reply form's, and reports them.
fn drop_reply_form(lines: &mut Vec<&str>, warnings: &mut Warnings) {
    let is_form_line = |line: &&str| {
        let line = lower_case(line.trim());
        line.is_empty() || line == "δ" || FORM_LINES.iter().any(|known| is_made_of(&line, known))
    };
    let start = lines.len() - lines.iter().rev().take_while(|line| is_form_line(line)).count();
    let dropped = lines[start..].join(" ");
    let dropped = dropped.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = lower_case(&dropped);
    if FORM_MARKERS.iter().any(|marker| lower.contains(marker)) {
        lines.truncate(start);
        warnings.info(format!("left out the words of a reply form at the end: “{dropped}”"));
    }
}

/// Whether a line is the known one, or starts with it where that is a sentence.
fn is_made_of(line: &str, known: &str) -> bool {
    line.strip_prefix(known).is_some_and(|rest| rest.trim_matches([' ', '*', '.', '!']).is_empty() || known.len() > 12)
}

/// Reads the lines before the text: date, title, byline, in any order of the first two. Gives back how many lines
/// they are.
fn read_head(lines: &[&str], article: &mut Article) -> usize {
    let mut end = 0;
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let (None, Ok(date)) = (article.published, line.parse::<Date>()) {
            article.published = Some(date);
        } else if article.title.is_empty() && is_title(line, &lines[index + 1..]) {
            article.title = line.into();
        } else if let (false, Some(name)) =
            (article.title.is_empty(), byline(line).filter(|_| article.byline.is_empty()))
        {
            article.byline = name.to_owned();
        } else {
            break;
        }
        end = index + 1;
    }
    end
}

/// Whether the first line is a title: short, no sentence, and not all there is.
fn is_title(line: &str, after: &[&str]) -> bool {
    let next = after.first().map(|line| line.trim()).unwrap_or_default();
    let stands_alone =
        next.is_empty() || next.parse::<Date>().is_ok() || byline(next).is_some() || next.len() > 2 * line.len();
    let has_text = after.iter().any(|line| !line.trim().is_empty() && line.trim().parse::<Date>().is_err());
    let is_mark_up = marked_heading(line).is_some() || is_rule(next) || item_marker(line).is_some();
    line.chars().count() <= LONGEST_TITLE && !ends_sentence(line) && stands_alone && has_text && !is_mark_up
}

fn byline(line: &str) -> Option<&str> {
    let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("by "))?.trim();
    (name.chars().count() <= 80 && !ends_sentence(name) && name.split_whitespace().count() <= 8).then_some(name)
}

fn read_body(lines: &[&str]) -> Blocks {
    let mut runs: Vec<&[&str]> = lines.split(|line| line.trim().is_empty()).filter(|run| !run.is_empty()).collect();
    let is_wrapped = is_wrapped(&runs);
    if !is_wrapped {
        runs = runs.into_iter().flat_map(split_paragraphs).collect();
    }
    let mut blocks = Blocks::default();
    for (index, run) in runs.iter().enumerate() {
        let next = runs.get(index + 1).map(|run| run.join(" ")).unwrap_or_default();
        read_run(run, &next, is_wrapped, &mut blocks);
    }
    blocks
}

/// Takes lines apart where a line is a whole paragraph, as some programs copy pages.
fn split_paragraphs<'a>(run: &'a [&'a str]) -> std::slice::Chunks<'a, &'a str> {
    let has_paragraph = run.iter().any(|line| line.chars().count() > WIDEST_WRAPPED);
    run.chunks(if has_paragraph { 1 } else { run.len() })
}

/// Whether the text's lines end where a line was full, and not where a paragraph ends.
fn is_wrapped(runs: &[&[&str]]) -> bool {
    let lengths: Vec<usize> = (runs.iter())
        .filter_map(|run| run.split_last())
        .flat_map(|(_, full)| full.iter().map(|line| line.chars().count()))
        .collect();
    let widest = lengths.iter().copied().max().unwrap_or_default();
    let full = lengths.iter().filter(|length| **length * 10 >= widest * 7).count();
    (NARROWEST_WRAPPED..=WIDEST_WRAPPED).contains(&widest) && full * 10 >= lengths.len() * 7
}

/// Reads lines without an empty one between them.
fn read_run(run: &[&str], next: &str, is_wrapped: bool, blocks: &mut Blocks) {
    let mut paragraph: Vec<&str> = Vec::new();
    let mut index = 0;
    while let Some(line) = run.get(index) {
        let line = line.trim();
        let under = run.get(index + 1).map(|line| line.trim()).unwrap_or_default();
        index += 1;
        if let Some((depth, text)) = marked_heading(line) {
            end_paragraph(&mut paragraph, is_wrapped, blocks);
            blocks.push(heading(depth, text));
        } else if paragraph.is_empty() && is_rule(under) && !is_rule(line) && line.chars().count() <= LONGEST_HEADING {
            blocks.push(heading(if under.starts_with('=') { 1 } else { 2 }, line));
            index += 1;
        } else if is_rule(line) {
            end_paragraph(&mut paragraph, is_wrapped, blocks);
            blocks.push(Block::new(Kind::ThematicBreak(ThematicBreak::default())));
        } else if run.len() == 1 && is_heading(line, next) {
            blocks.push(heading(2, line));
        } else if let Some(marker) = item_marker(line).filter(|marker| marker.starts_a_list(run.len(), next, blocks)) {
            end_paragraph(&mut paragraph, is_wrapped, blocks);
            let mut text = marker.text.to_owned();
            while let Some(more) =
                run.get(index).filter(|more| item_marker(more.trim()).is_none() && more.starts_with(' '))
            {
                text.push(' ');
                text.push_str(more.trim());
                index += 1;
            }
            push_item(blocks, &marker, &text);
        } else {
            paragraph.push(line);
        }
    }
    end_paragraph(&mut paragraph, is_wrapped, blocks);
}

/// Lines become one paragraph where they were wrapped, paragraphs where they are long or sentences, else lines of
/// one paragraph.
fn end_paragraph(lines: &mut Vec<&str>, is_wrapped: bool, blocks: &mut Blocks) {
    let is_whole = |line: &&str| ends_sentence(line) || line.chars().count() > WIDEST_WRAPPED;
    if is_wrapped || lines.len() < 2 {
        let text = lines.join(" ");
        blocks.extend((!text.is_empty()).then(|| Block::paragraph(text.as_str())));
    } else if lines.iter().all(is_whole) {
        blocks.extend(lines.iter().map(|line| Block::paragraph(*line)));
    } else {
        let mut inlines = Inlines::new();
        for line in &*lines {
            if !inlines.is_empty() {
                inlines.push(Inline::Break(Empty));
            }
            inlines.push(Inline::Text((*line).to_owned()));
        }
        blocks.push(Block::paragraph(inlines));
    }
    lines.clear();
}

fn heading(depth: u32, text: &str) -> Block {
    Block::new(Kind::Heading(Heading { depth: Some(depth), children: text.into() }))
}

/// `## Heading`.
fn marked_heading(line: &str) -> Option<(u32, &str)> {
    let text = line.trim_start_matches('#');
    let depth = line.len() - text.len();
    let text = text.strip_prefix(' ')?.trim_end_matches('#').trim();
    ((1..=6).contains(&depth) && !text.is_empty()).then_some((depth as u32, text))
}

/// `---`, `***`, `* * *`, `===`.
fn is_rule(line: &str) -> bool {
    let letters: String = line.chars().filter(|letter| *letter != ' ').collect();
    letters.len() >= 3
        && ["-", "*", "_", "=", "~"].iter().any(|mark| letters.chars().all(|letter| mark.starts_with(letter)))
}

/// Whether a line on its own is a heading: short, no sentence, no list item, and a paragraph follows that is.
fn is_heading(line: &str, next: &str) -> bool {
    let length = line.chars().count();
    let next_length = next.chars().count();
    let is_numbered = line.starts_with(|letter: char| letter.is_ascii_digit());
    length <= LONGEST_HEADING
        && line.split_whitespace().count() <= MOST_HEADING_WORDS
        && !ends_sentence(line)
        && !line.ends_with([',', ';', ':', '-', '–', '—'])
        && line.starts_with(|letter: char| {
            letter::is_word(letter) || matches!(letter, '"' | '“' | '‘' | '«' | '¿' | '¡' | '(')
        })
        && !line.starts_with(letter::is_lower)
        && (item_marker(line).is_none() || is_numbered)
        && next_length > length
        && item_marker(next).is_none()
        && (ends_sentence(next) || next_length > 2 * LONGEST_HEADING)
}

/// Whether a text ends as sentences do. A question may well be a heading.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', ')', '\'', ']']);
    text.ends_with(['.', '!', '…', '。', '！', '۔', '।'])
        || (text.ends_with(['?', '？', '؟']) && text.chars().count() > LONGEST_HEADING)
}

struct Marker<'a> {
    /// The number of a numbered item.
    number: Option<u32>,
    text: &'a str,
}

impl Marker<'_> {
    /// Whether this is an item and not a sentence that starts with a number or a dash: other items follow or
    /// precede it.
    fn starts_a_list(&self, lines: usize, next: &str, blocks: &Blocks) -> bool {
        let follows_list = blocks.last().is_some_and(|block| matches!(block.kind, Kind::List(_)));
        lines > 1 || follows_list || item_marker(next).is_some() || self.number.is_none()
    }
}

/// Reads `- item`, `• item`, `1. item`, `2) item`.
fn item_marker(line: &str) -> Option<Marker<'_>> {
    if let Some(text) =
        line.strip_prefix(['-', '*', '•', '·', '◦', '▪', '‣', '–']).filter(|text| text.starts_with([' ', '\t']))
    {
        return Some(Marker { number: None, text: text.trim() }).filter(|marker| !marker.text.is_empty());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let text = line[digits..].strip_prefix(['.', ')'])?.strip_prefix([' ', '\t'])?.trim();
    let number = line[..digits].parse().ok().filter(|_| digits <= 3)?;
    (!text.is_empty()).then_some(Marker { number: Some(number), text })
}

/// Adds an item to the list before it, or to a new one.
fn push_item(blocks: &mut Blocks, marker: &Marker<'_>, text: &str) {
    let item = ListItem { children: vec![Block::paragraph(text)].into(), ..ListItem::default() };
    let ordered = marker.number.is_some();
    if let Some(Block { kind: Kind::List(list), .. }) = blocks.last_mut()
        && list.ordered == ordered
    {
        list.children.push(item);
        return;
    }
    let start = marker.number.filter(|number| *number != 1);
    blocks.push(Block::new(Kind::List(List { ordered, start, children: vec![item], ..List::default() })));
}

#[cfg(test)]
mod tests {
    use super::super::Hint;
    use super::*;
    use crate::markup::Tree;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let hint = Hint::default();
        let mut context = Context::new(&hint, |_| Tree::new());
        let article = read(text, &mut context);
        let mut found = String::new();
        if !article.title.is_empty() {
            found.push_str(&format!("title {}\n", article.title.plain_text()));
        }
        if let Some(date) = article.published {
            found.push_str(&format!("date {date}\n"));
        }
        if !article.byline.is_empty() {
            found.push_str(&format!("by {}\n", article.byline));
        }
        for block in &article.body {
            found.push_str(&match &block.kind {
                Kind::Heading(heading) => format!("h{} {}", heading.depth.unwrap(), heading.children.plain_text()),
                Kind::Paragraph(paragraph) => format!("p {}", paragraph.children.plain_text()),
                Kind::List(list) => format!("{} {}", if list.ordered { "ol" } else { "ul" }, list.children.len()),
                Kind::ThematicBreak(_) => "hr".to_owned(),
                other => other.tag().to_owned(),
            });
            found.push('\n');
        }
        for warning in context.warnings.into_list() {
            found.push_str(&format!("({})\n", warning.message));
        }
        assert_eq!(found, expect);
    }

    #[test]
    fn date_and_title_come_in_either_order() {
        check(
            "October 16, 2024\nThe Title\n\nFirst paragraph.",
            "title The Title\ndate 2024-10-16\np First paragraph.\n",
        );
        check(
            "The Title\n\nBy A. Writer\n2024-10-16\n\nFirst paragraph.",
            "title The Title\ndate 2024-10-16\nby A. Writer\np First paragraph.\n",
        );
    }

    #[test]
    fn text_without_head_is_all_body() {
        check("One sentence.\n\nAnother one.", "p One sentence.\np Another one.\n");
        check("just words", "p just words\n");
    }

    #[test]
    fn headings_are_short_lines_before_paragraphs() {
        check(
            "T\n\nLead is here.\n\nA Heading\n\nIts text is a sentence.\n\nWhy two?\n\nBecause it is.\n\nlower case line\n\nNext.",
            "title T\np Lead is here.\nh2 A Heading\np Its text is a sentence.\nh2 Why two?\np Because it is.\n\
             p lower case line\np Next.\n",
        );
        check(
            "# T\n\nUnder\n=====\n\nText.\n\n---\n\n## Marked ##\nMore.",
            "h1 T\nh1 Under\np Text.\nhr\nh2 Marked\np More.\n",
        );
    }

    #[test]
    fn reply_form_is_left_out_and_reported() {
        check(
            "T\n\nText.\n\nLeave a Reply\n\nYour email address will not be published. Required fields are marked *\nComment *\nPost Comment",
            "title T\np Text.\n(left out the words of a reply form at the end: “Leave a Reply Your email address will not be \
             published. Required fields are marked * Comment * Post Comment”)\n",
        );
        check("Please send me your\n\nEmail", "title Please send me your\np Email\n");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped = "This is a paragraph that was wrapped by some\nprogram at a width of less than fifty letters\nand ends here.";
        check(
            &format!("T\n\n{wrapped}\n\n{wrapped}"),
            "title T\np This is a paragraph that was wrapped by some program at a width of less than fifty letters and ends here.\n\
             p This is a paragraph that was wrapped by some program at a width of less than fifty letters and ends here.\n",
        );
    }

    #[test]
    fn lines_are_paragraphs_where_they_are_long() {
        let long = "A sentence that goes on and on, for it is meant to be a paragraph of its own, on one line, with no end in sight.";
        check(
            &format!("Title\n2024-10-16\n{long}\nA Heading\n{long}\n1. one\n2. two"),
            &format!("title Title\ndate 2024-10-16\np {long}\nh2 A Heading\np {long}\nol 2\n"),
        );
    }

    #[test]
    fn lines_of_a_list_are_items() {
        check(
            "Two things to buy, as my list says.\n\n- milk\n- bread, the dark\n  one\n\n1. first\n2) second\n\n1984. It was a book.",
            "p Two things to buy, as my list says.\nul 2\nol 2\np 1984. It was a book.\n",
        );
    }
}
