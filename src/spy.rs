//! Where the reader is: measured layout and scroll position -> the current section, progress and what is left.
//!
//! Apart from `outline`, because it knows pixels, and from the browser's wrappers, because it is arithmetic. The
//! current section is the last one whose heading is above a line across the window. The line is where a heading
//! comes to rest when it is gone to; it lags behind when scrolling turns back, so that the section does not flicker;
//! and on the last screen of the page it moves down to the window's end, so that short last sections get their turn.

use crate::outline::Entry;

/// A section of the contents list; sections are kept in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id, without the page's prefix.
    pub id: String,
    /// Its heading as plain text.
    pub label: String,
    /// Characters of running text, without the sections inside it.
    pub characters: u32,
    /// The section of the first level it is, or is inside.
    pub branch: usize,
    /// The section after the last one inside it.
    pub end: usize,
}

/// Lists the entries in reading order.
pub fn sections(outline: &[Entry]) -> Vec<Section> {
    let mut sections = Vec::new();
    for entry in outline {
        let branch = sections.len();
        push(entry, branch, &mut sections);
    }
    sections
}

fn push(entry: &Entry, branch: usize, sections: &mut Vec<Section>) {
    let index = sections.len();
    let Entry { id, label, characters, .. } = entry;
    sections.push(Section { id: id.clone(), label: label.clone(), characters: *characters, branch, end: 0 });
    for child in &entry.children {
        push(child, branch, sections);
    }
    sections[index].end = sections.len();
}

/// Whether the list starts with its branches folded: there are more than 3, and 28 sections or more in all.
pub fn starts_folded(sections: &[Section]) -> bool {
    const BRANCHES: usize = 3;
    const SECTIONS: usize = 28;
    let branches = sections.iter().enumerate().filter(|(index, section)| section.branch == *index).count();
    branches > BRANCHES && sections.len() >= SECTIONS
}

/// Where a section is, seen from the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Further on.
    Ahead,
    /// Here.
    Current,
    /// The current section is inside it.
    Around,
    /// Behind.
    Passed,
}

impl Place {
    /// Places section `index`, which ends before `end`; `current` is `None` before the first section.
    pub fn of(index: usize, end: usize, current: Option<usize>) -> Self {
        match current {
            Some(current) if current == index => Self::Current,
            Some(current) if current >= end => Self::Passed,
            Some(current) if current > index => Self::Around,
            _ => Self::Ahead,
        }
    }

    /// Its name in style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Current => "current",
            Self::Around => "around",
            Self::Passed => "passed",
        }
    }
}

/// What was measured, in CSS pixels from the top of the document; holds until the layout changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Tops of the sections' headings in reading order; `None` while one is hidden.
    pub headings: Vec<Option<f64>>,
    /// Top of the article.
    pub start: f64,
    /// End of its text: comments do not count.
    pub end: f64,
    /// Height of the window.
    pub viewport: f64,
    /// Height of the document.
    pub document: f64,
    /// How far below the window's top a heading comes to rest when it is gone to.
    pub rest: f64,
}

impl Layout {
    /// How much of the article has gone by, from 0 to 1. It is 1 once its last line has come into view.
    pub fn progress(&self, scroll: f64) -> f64 {
        let way = self.end - self.viewport - self.start;
        if way > 0.0 {
            ((scroll - self.start) / way).clamp(0.0, 1.0)
        } else if scroll + self.viewport + 1.0 >= self.end {
            1.0
        } else {
            0.0
        }
    }

    /// Characters not yet read: of the text before the first section if `with_lead`, and of sections `from..to`.
    /// The place of reading moves from the window's top at the article's start to its bottom at the end.
    pub fn characters_left(&self, scroll: f64, text: &Text<'_>, from: Option<usize>, to: usize) -> u32 {
        let reading = self.start + self.progress(scroll) * (self.end - self.start);
        let mut top = self.start;
        let mut left = 0.0;
        let mut characters = text.lead;
        for next in 0..=text.sections.len() {
            let bottom = self.headings.get(next).map_or(self.end, |heading| heading.unwrap_or(top)).max(top);
            // Part 0 is the lead, part n + 1 is section n.
            let wanted = if next == 0 { from.is_none() } else { from.is_none_or(|from| next > from) && next <= to };
            if wanted {
                left += f64::from(characters) * unread(top, bottom, reading);
            }
            top = bottom;
            characters = text.sections.get(next).map_or(0, |section| section.characters);
        }
        left as u32
    }

    /// The whole page is in view, or as good as.
    fn fits(&self) -> bool {
        self.document - self.viewport < 8.0
    }
}

fn unread(top: f64, bottom: f64, reading: f64) -> f64 {
    if reading <= top {
        1.0
    } else if reading >= bottom {
        0.0
    } else {
        (bottom - reading) / (bottom - top)
    }
}

/// How long the parts of the article are.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Characters before the first section.
    pub lead: u32,
    /// The sections, in reading order.
    pub sections: &'a [Section],
}

impl Text<'_> {
    /// Characters in all.
    pub fn characters(&self) -> u32 {
        self.sections.iter().fold(self.lead, |sum, section| sum.saturating_add(section.characters))
    }
}

/// The part of `minutes` that is still to go with `left` of `all` characters, rounded up.
pub fn minutes_left(left: u32, all: u32, minutes: u32) -> u32 {
    (f64::from(minutes) * f64::from(left) / f64::from(all.max(1))).ceil() as u32
}

/// The part of `minutes` that a section of `characters` takes, rounded: those of all sections add up to about the whole.
pub fn minutes_of(characters: u32, all: u32, minutes: u32) -> u32 {
    (f64::from(minutes) * f64::from(characters) / f64::from(all.max(1))).round() as u32
}

/// Follows the reader through the sections.
#[derive(Debug, Clone, Default)]
pub struct Spy {
    /// Scroll position when it last looked.
    scroll: f64,
    /// The line, in pixels below the window's top; `None` before the first look.
    line: Option<f64>,
    /// The section gone to, until the reader scrolls on.
    held: Option<Held>,
}

/// A section, or `None` for the top of the page.
type Held = Option<usize>;

impl Spy {
    /// The current section at `scroll`; `None` before the first.
    pub fn look(&mut self, layout: &Layout, scroll: f64) -> Option<usize> {
        if layout.fits() {
            self.scroll = scroll;
            return self.held.flatten();
        }
        let moved = scroll - self.scroll;
        if moved.abs() >= 1.0 || self.line.is_none() {
            self.held = None;
            self.line = Some(line(layout, scroll, moved, self.line));
            self.scroll = scroll;
        }
        match (self.held, self.line) {
            (Some(section), _) => section,
            (None, Some(line)) => last_above(&layout.headings, scroll + line),
            (None, None) => None,
        }
    }

    /// The reader was taken to `section` (`None`: the top), which comes to lie at `scroll`. It stays the current one
    /// until the reader scrolls on, wherever in the window it is.
    pub fn arrive(&mut self, layout: &Layout, scroll: f64, section: Option<usize>) {
        let top = section.and_then(|index| layout.headings.get(index).copied().flatten());
        self.line = Some(top.map_or(layout.rest, |top| top - scroll) + 1.0);
        self.scroll = scroll;
        self.held = Some(section);
    }
}

/// Moves the line after a scroll by `moved` pixels that ended at `scroll`. The scheme is mdBook's.
fn line(layout: &Layout, scroll: f64, moved: f64, before: Option<f64>) -> f64 {
    /// How much further down the line is when scrolling up.
    const LAG: f64 = 150.0;
    let Layout { viewport, document, .. } = *layout;
    // One pixel more: tops are fractions, scroll positions may be rounded. But at the very top the reader is in no
    // section, even if a heading is close.
    let rest = (layout.rest + 1.0).min(scroll.max(0.0));
    let below = (document - scroll - viewport).max(0.0);
    let mut extra = (viewport - below - rest).max(0.0);
    if document < viewport * 2.0 {
        // The last screen and the first overlap.
        extra *= (1.0 - below / (document - viewport)).clamp(0.0, 1.0);
    }
    let (down, up) = (rest + extra, rest + LAG - (LAG - scroll).max(0.0) + (extra - LAG).max(0.0));
    match before {
        Some(line) if moved < 0.0 => up.min(line - moved),
        Some(line) => down.max(line - moved),
        None => down,
    }
}

/// The last section whose heading is above `line`.
pub fn last_above(headings: &[Option<f64>], line: f64) -> Option<usize> {
    // Hidden headings are passed together with the visible one before them, and are never current.
    let visible = headings.iter().enumerate().filter_map(|(index, top)| Some((index, (*top)?)));
    visible.take_while(|(_, top)| *top <= line).last().map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(label: &str, characters: u32, children: Vec<Entry>) -> Entry {
        Entry { id: label.to_lowercase(), label: label.to_owned(), level: 2, characters, children }
    }

    fn layout(headings: &[f64], end: f64, document: f64) -> Layout {
        let headings = headings.iter().copied().map(Some).collect();
        Layout { headings, start: 0.0, end, viewport: 800.0, document, rest: 72.0 }
    }

    /// Scrolls from the top to each position in turn, as a hand would, and compares the sections there.
    #[track_caller]
    fn check(layout: &Layout, journey: &[(f64, Option<usize>)]) {
        let mut spy = Spy::default();
        let mut at = 0.0_f64;
        assert_eq!(spy.look(layout, at), None, "at the top");
        for (position, expected) in journey {
            let mut current = spy.look(layout, at);
            while at != *position {
                at += (position - at).clamp(-40.0, 40.0);
                current = spy.look(layout, at);
            }
            assert_eq!(current, *expected, "at {position}");
        }
    }

    const LONG: &[f64] = &[600.0, 1800.0, 4000.0];

    #[test]
    fn current_section_is_the_last_whose_heading_is_above_the_line() {
        check(
            &layout(LONG, 6000.0, 8000.0),
            &[
                (500.0, None),
                (528.0, Some(0)),
                (1700.0, Some(0)),
                (1728.0, Some(1)),
                (3900.0, Some(1)),
                (3928.0, Some(2)),
            ],
        );
    }

    #[test]
    fn turning_back_keeps_the_section_until_its_heading_is_well_in_view() {
        check(
            &layout(LONG, 6000.0, 8000.0),
            &[(1728.0, Some(1)), (1700.0, Some(1)), (1600.0, Some(1)), (1560.0, Some(0))],
        );
    }

    #[test]
    fn top_is_no_section_though_a_heading_is_close() {
        check(&layout(&[40.0, 1800.0], 6000.0, 8000.0), &[(40.0, Some(0)), (0.0, None)]);
    }

    #[test]
    fn several_short_last_sections_get_their_turn_before_the_end() {
        let layout = layout(&[600.0, 2500.0, 2600.0, 2700.0, 2950.0], 3000.0, 3000.0);
        let mut spy = Spy::default();
        let mut seen: Vec<_> = (0..=220).map(|step| spy.look(&layout, f64::from(step) * 10.0)).collect();
        seen.dedup();
        assert_eq!(seen, [None, Some(0), Some(1), Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn scrolling_one_way_never_turns_back() {
        for document in [810.0, 1200.0, 1599.0, 1601.0, 5000.0] {
            let headings: Vec<f64> = (1..60).map(|index| f64::from(index) * document / 60.0).collect();
            let layout = layout(&headings, document, document);
            let last = (document - layout.viewport) as u32;
            let mut spy = Spy::default();
            let down: Vec<_> = (0..=last).step_by(7).map(|at| spy.look(&layout, at.into())).collect();
            assert!(down.is_sorted(), "down {document}");
            let up: Vec<_> = (0..=last).rev().step_by(7).map(|at| spy.look(&layout, at.into())).collect();
            assert!(up.iter().rev().is_sorted(), "up {document}");
        }
    }

    #[test]
    fn last_section_is_not_reached_before_its_heading_is_in_view() {
        let layout = layout(&[600.0, 1900.0], 2000.0, 2000.0);
        check(&layout, &[(1000.0, Some(0)), (1200.0, Some(1)), (0.0, None)]);
    }

    #[test]
    fn page_little_longer_than_the_window_starts_at_its_top() {
        let layout = layout(&[300.0, 500.0, 760.0], 880.0, 880.0);
        check(&layout, &[(0.0, None), (80.0, Some(2)), (0.0, None)]);
    }

    #[test]
    fn page_that_fits_the_window_stays_at_the_section_gone_to() {
        let layout = layout(&[300.0, 500.0], 700.0, 805.0);
        let mut spy = Spy::default();
        assert_eq!(spy.look(&layout, 0.0), None);
        spy.arrive(&layout, 0.0, Some(1));
        assert_eq!(spy.look(&layout, 3.0), Some(1));
    }

    #[test]
    fn section_gone_to_stays_current_until_the_reader_scrolls_on() {
        // Gone to the last but one of the sections on the last screen, which cannot rise to the line.
        let layout = layout(&[600.0, 2500.0, 2600.0, 2700.0], 3000.0, 3000.0);
        let mut spy = Spy::default();
        spy.look(&layout, 0.0);
        spy.arrive(&layout, 2200.0, Some(2));
        assert_eq!(spy.look(&layout, 2200.4), Some(2));
        assert_eq!(spy.look(&layout, 2190.0), Some(2), "a little back");
        assert_eq!(spy.look(&layout, 1700.0), Some(0), "far back");
    }

    #[test]
    fn clicked_section_is_current_where_it_lands() {
        let layout = layout(LONG, 6000.0, 8000.0);
        for (index, top) in LONG.iter().enumerate() {
            let mut spy = Spy::default();
            spy.look(&layout, 0.0);
            spy.arrive(&layout, top - layout.rest, Some(index));
            assert_eq!(spy.look(&layout, top - layout.rest + 2.0), Some(index));
            assert_eq!(Spy::default().look(&layout, top - layout.rest), Some(index), "and when loaded there");
        }
    }

    #[test]
    fn hidden_headings_are_never_current() {
        let mut layout = layout(LONG, 6000.0, 8000.0);
        layout.headings[1] = None;
        check(&layout, &[(2500.0, Some(0)), (3928.0, Some(2))]);
    }

    #[test]
    fn progress_ends_with_the_article_and_not_the_page() {
        let layout = Layout { start: 200.0, ..layout(LONG, 3000.0, 9000.0) };
        for (scroll, expected) in [(0.0, 0.0), (200.0, 0.0), (1200.0, 0.5), (2200.0, 1.0), (8200.0, 1.0)] {
            assert_eq!(layout.progress(scroll), expected, "at {scroll}");
        }
        let short = Layout { end: 500.0, ..layout };
        assert_eq!(short.progress(0.0), 1.0);
    }

    fn outline() -> Vec<Entry> {
        vec![entry("A", 100, vec![entry("A1", 200, vec![]), entry("A2", 300, vec![])]), entry("B", 400, vec![])]
    }

    #[test]
    fn sections_are_in_reading_order_and_know_their_branch() {
        let shape: Vec<_> = sections(&outline()).into_iter().map(|s| (s.label, s.branch, s.end)).collect();
        let expected = [("A", 0, 3), ("A1", 0, 2), ("A2", 0, 3), ("B", 3, 4)];
        assert_eq!(shape, expected.map(|(label, branch, end)| (label.to_owned(), branch, end)));
    }

    #[test]
    fn long_list_with_many_branches_starts_folded() {
        let branch = |children| entry("A", 1, vec![entry("B", 1, vec![]); children]);
        let folded = |outline: &[Entry]| starts_folded(&sections(outline));
        assert!(folded(&vec![branch(6); 4]));
        assert!(!folded(&vec![branch(9); 3]), "three branches");
        assert!(!folded(&[branch(6), branch(6), branch(6), branch(5)]), "27 sections");
    }

    #[test]
    fn places_sections_around_the_current_one() {
        let sections = sections(&outline());
        let places = |current| -> Vec<_> {
            sections.iter().enumerate().map(|(i, s)| Place::of(i, s.end, current).as_str()).collect()
        };
        assert_eq!(places(None), ["ahead"; 4]);
        assert_eq!(places(Some(0)), ["current", "ahead", "ahead", "ahead"]);
        assert_eq!(places(Some(2)), ["around", "passed", "current", "ahead"]);
        assert_eq!(places(Some(3)), ["passed", "passed", "passed", "current"]);
    }

    #[test]
    fn characters_left_follow_the_place_of_reading() {
        let sections = sections(&outline());
        let text = Text { lead: 1000, sections: &sections };
        let mut layout = layout(&[1000.0, 1100.0, 2000.0, 3000.0], 4000.0, 6000.0);
        let left = |layout: &Layout, scroll| layout.characters_left(scroll, &text, None, 4);
        assert_eq!(text.characters(), 2000);
        assert_eq!(left(&layout, 0.0), 2000);
        assert_eq!(left(&layout, 800.0), 1000);
        assert_eq!(left(&layout, 2000.0), 550);
        assert_eq!(left(&layout, 3200.0), 0);
        assert_eq!(left(&layout, 5200.0), 0);
        assert_eq!(layout.characters_left(2000.0, &text, Some(0), 3), 150, "of the first branch");
        assert_eq!(layout.characters_left(2000.0, &text, Some(3), 4), 400, "of the second");
        layout.headings[2] = None;
        assert_eq!(left(&layout, 0.0), 2000);
        assert_eq!(left(&layout, 3200.0), 0);
    }

    #[test]
    fn minutes_are_parts_of_the_whole() {
        assert_eq!([2000, 1001, 1000, 1, 0].map(|left| minutes_left(left, 2000, 10)), [10, 6, 5, 1, 0]);
        assert_eq!([900, 100, 99].map(|characters| minutes_of(characters, 2000, 10)), [5, 1, 0]);
        assert_eq!(minutes_left(0, 0, 1), 0);
    }
}
