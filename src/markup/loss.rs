//! What of the source is not in the result: counted by reason, with the words, so that nothing vanishes unreported.

use crate::warning::Warnings;

/// Why something is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Not shown in the source either.
    Hidden,
    /// Words for screen readers about the source's own controls.
    ScreenReader,
    /// Sharing, related posts, sign-ups, advertisements.
    Boilerplate,
    /// Navigation of the source's site.
    Navigation,
    /// Blocks of a site's theme, such as lists of posts.
    Theme,
    /// Buttons and fields.
    Control,
    /// Links from a heading to itself, edit links.
    Permalink,
    /// Marks of footnotes and links back from them, which are made anew.
    FootnoteMark,
    /// Line numbers, and the look of code.
    CodeDecoration,
    /// A copy of something that is kept.
    Duplicate,
    /// Shown only where scripts do not run.
    NoScript,
    /// A drawing or a plug-in.
    Drawing,
    /// Around the article, on the same page.
    Outside,
    /// A WordPress shortcode that only the source's site can resolve.
    Shortcode,
    /// Not understood.
    Unplaced,
}

impl Reason {
    fn describe(self) -> &'static str {
        match self {
            Self::Hidden => "hidden in the source",
            Self::ScreenReader => "words for screen readers only",
            Self::Boilerplate => "sharing, sign-up or advertising",
            Self::Navigation => "navigation",
            Self::Theme => "blocks of the site's theme",
            Self::Control => "buttons and fields",
            Self::Permalink => "links of headings to themselves",
            Self::FootnoteMark => "marks of footnotes, made anew",
            Self::CodeDecoration => "line numbers of code",
            Self::Duplicate => "copies of what is kept",
            Self::NoScript => "shown only without scripts",
            Self::Drawing => "drawings and plug-ins",
            Self::Outside => "around the article on its page",
            Self::Shortcode => "shortcodes that only the source's site resolves",
            Self::Unplaced => "text that found no place",
        }
    }
}

/// What was left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Why.
    pub reason: Reason,
    /// How many times.
    pub count: u32,
    /// The words.
    pub text: String,
}

/// Everything that was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loss {
    /// By reason, in the order of the first.
    pub dropped: Vec<Dropped>,
}

impl Loss {
    /// Adds words that are left out; without words there is nothing to tell.
    pub fn add(&mut self, reason: Reason, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let index = self.dropped.iter().position(|dropped| dropped.reason == reason).unwrap_or_else(|| {
            self.dropped.push(Dropped { reason, count: 0, text: String::new() });
            self.dropped.len() - 1
        });
        let dropped = &mut self.dropped[index];
        dropped.count += 1;
        if !dropped.text.is_empty() {
            dropped.text.push('\n');
        }
        dropped.text.push_str(text);
    }

    /// Tells what was left out, one remark for each reason.
    pub fn report(&self, warnings: &mut Warnings) {
        for dropped in &self.dropped {
            let mut words = dropped.text.split_whitespace();
            let mut excerpt = String::new();
            for word in words.by_ref() {
                if excerpt.len() + word.len() > EXCERPT {
                    excerpt.push('…');
                    break;
                }
                if !excerpt.is_empty() {
                    excerpt.push(' ');
                }
                excerpt.push_str(word);
            }
            let count = dropped.text.split_whitespace().count();
            let reason = dropped.reason.describe();
            let message = format!("left out: {reason} ({} times, {count} words): {excerpt}", dropped.count);
            if dropped.reason == Reason::Unplaced { warnings.warn(message) } else { warnings.info(message) }
        }
    }
}

/// Bytes of the words quoted in a report.
const EXCERPT: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_counts_and_words_by_reason() {
        let mut loss = Loss::default();
        loss.add(Reason::Boilerplate, " Share this ");
        loss.add(Reason::Boilerplate, "Tweet");
        loss.add(Reason::Control, "  ");
        let mut warnings = Warnings::default();
        loss.report(&mut warnings);
        let messages: Vec<String> = warnings.into_list().into_iter().map(|warning| warning.message).collect();
        assert_eq!(messages, ["left out: sharing, sign-up or advertising (2 times, 3 words): Share this Tweet"]);
    }
}
