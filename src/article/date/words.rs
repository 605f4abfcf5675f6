//! Dates in words, in the languages in which that is a matter of names and places alone. It is here so that pages written
//! in advance have them, and because the browser's own formatter takes tens of milliseconds to get ready, before the
//! article is seen. The words are those that browsers write (CLDR, long dates); `tests/web.rs` compares them.

use super::Date;

/// How a language writes dates.
struct Words {
    /// Its names, as primary tags of BCP 47.
    tags: &'static [&'static str],
    /// Between day and month.
    after_day: &'static str,
    /// Between month and year.
    after_month: &'static str,
    /// The months, with spaces between them.
    months: &'static str,
}

const fn words(
    tags: &'static [&'static str],
    after_day: &'static str,
    after_month: &'static str,
    months: &'static str,
) -> Words {
    Words { tags, after_day, after_month, months }
}

#[rustfmt::skip]
const LANGUAGES: &[Words] = &[
    words(&["en", ""], " ", " ", "January February March April May June July August September October November December"),
    words(&["de"], ". ", " ", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    words(&["fr"], " ", " ", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    words(&["es"], " de ", " de ", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    words(&["pt"], " de ", " de ", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    words(&["it"], " ", " ", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    words(&["nl"], " ", " ", "januari februari maart april mei juni juli augustus september oktober november december"),
    words(&["sv"], " ", " ", "januari februari mars april maj juni juli augusti september oktober november december"),
    words(&["da"], ". ", " ", "januar februar marts april maj juni juli august september oktober november december"),
    words(&["nb", "no", "nn"], ". ", " ", "januar februar mars april mai juni juli august september oktober november desember"),
];

/// Languages that write year, month and day as numbers, each with a sign after it.
const NUMBERED: &[(&[&str], [&str; 3])] = &[(&["ja", "zh"], ["年", "月", "日"]), (&["ko"], ["년 ", "월 ", "일"])];

/// Words a day, month or year as people of `language` (BCP 47) write it, without its time; an empty tag is English, as
/// the words around it are. `None` where this does not know the language.
pub(super) fn in_words(date: &Date, language: &str) -> Option<String> {
    let mut subtags = language.split(['-', '_']);
    let primary = subtags.next().unwrap_or_default();
    // An extension may ask for another calendar, or for other digits.
    if subtags.clone().any(|subtag| subtag.len() == 1) {
        return None;
    }
    let is = |tag: &&str| tag.eq_ignore_ascii_case(primary);
    if let Some((_, [year, month, day])) = NUMBERED.iter().find(|(tags, _)| tags.iter().any(is)) {
        let mut words = format!("{}{year}", date.year);
        if let Some(number) = date.month {
            words.push_str(&format!("{number}{month}"));
            if let Some(number) = date.day {
                words.push_str(&format!("{number}{day}"));
            }
        }
        return Some(words.trim_end().to_owned());
    }
    let Words { tags, after_day, after_month, months } = LANGUAGES.iter().find(|words| words.tags.iter().any(is))?;
    let year = date.year;
    let Some(month) = date.month.and_then(|month| months.split(' ').nth(usize::from(month).wrapping_sub(1))) else {
        return Some(year.to_string());
    };
    let is_of = |regions: &[&str]| subtags.clone().any(|tag| regions.iter().any(|one| one.eq_ignore_ascii_case(tag)));
    let month = if month == "Januar" && is_of(&["AT", "IT"]) { "Jänner" } else { month };
    // Of English without a region, browsers say the month first.
    let month_first = tags[0] == "en" && (subtags.clone().all(|tag| tag.len() > 3) || is_of(&["US", "CA", "PH"]));
    Some(match date.day {
        Some(day) if month_first => format!("{month} {day}, {year}"),
        Some(day) => format!("{day}{after_day}{month}{after_month}{year}"),
        None => format!("{month}{after_month}{year}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: &str, language: &str, expected: Option<&str>) {
        let date: Date = date.parse().expect("a date");
        assert_eq!(date.in_words(language).as_deref(), expected, "{language}");
    }

    #[test]
    fn days_months_and_years() {
        check("2024-10-06", "en", Some("October 6, 2024"));
        check("2024-10-06", "", Some("October 6, 2024"));
        check("2024-10-06T10:00:00Z", "en-GB", Some("6 October 2024"));
        check("2024-10-06", "EN-us", Some("October 6, 2024"));
        check("2024-10", "en-GB", Some("October 2024"));
        check("2024", "fr", Some("2024"));
        check("2024-01-01", "de", Some("1. Januar 2024"));
        check("2024-01-01", "de-AT", Some("1. Jänner 2024"));
        check("2024-10-06", "es-MX", Some("6 de octubre de 2024"));
        check("2024-10", "pt-BR", Some("outubro de 2024"));
        check("2024-10-06", "zh-Hant-TW", Some("2024年10月6日"));
        check("2024-10", "ko", Some("2024년 10월"));
        check("2024", "ja", Some("2024年"));
    }

    #[test]
    fn other_languages_are_left_to_the_browser() {
        check("2024-10-06", "fa", None);
        check("2024-10-06", "pl", None);
        check("2024-10-06", "not a language", None);
        check("2024-10-06", "ja-u-ca-japanese", None);
    }
}
