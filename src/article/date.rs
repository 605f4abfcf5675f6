//! Dates as articles carry them: whole or partial, with or without a zone.

use std::fmt;
use std::str::FromStr;

use super::json::Json;
use crate::json::{Object, Value, json};
use crate::warning::Warnings;

mod words;

/// A date: a year, a month, a day, or a moment (RFC 3339). A moment without zone is the site's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Year, 1 to 9999.
    pub year: u16,
    /// Month from 1, if known.
    pub month: Option<u8>,
    /// Day of the month from 1, if known.
    pub day: Option<u8>,
    /// Time of day, if known.
    pub time: Option<Time>,
}

/// Time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
    /// Minutes east of UTC; `None` where the source does not say.
    pub offset: Option<i16>,
}

/// The text is not a date in any of the forms read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate;

impl Date {
    /// What is said where something else is found.
    pub(crate) const EXPECTED: &str = "expected a date such as `2024-10-16` or `2024-10-16T09:30:00Z`";

    /// The moment so many seconds after the start of 1970, UTC; numbers too large for that are milliseconds.
    pub fn from_epoch(number: f64) -> Option<Self> {
        let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number }.floor();
        if !(-6.2e10..2.5e11).contains(&seconds) {
            return None;
        }
        let seconds = seconds as i64;
        let (days, second_of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        let time = Time {
            hour: (second_of_day / 3600) as u8,
            minute: (second_of_day / 60 % 60) as u8,
            second: (second_of_day % 60) as u8,
            offset: Some(0),
        };
        Self { year: u16::try_from(year).ok()?, month: Some(month), day: Some(day), time: Some(time) }.checked()
    }

    /// Seconds from the start of 1970, UTC, to its beginning; where it does not say its zone, that is UTC.
    pub fn since_epoch(&self) -> i64 {
        let days = days_from_civil(self.year.into(), self.month.unwrap_or(1), self.day.unwrap_or(1));
        let seconds = self.time.map_or(0, |time| {
            let minutes = i64::from(time.hour) * 60 + i64::from(time.minute) - i64::from(time.offset.unwrap_or(0));
            minutes * 60 + i64::from(time.second)
        });
        days * 86_400 + seconds
    }

    /// The same, its time being UTC where it does not say otherwise.
    #[must_use]
    pub fn assuming_utc(mut self) -> Self {
        if let Some(time) = &mut self.time {
            time.offset.get_or_insert(0);
        }
        self
    }

    /// The day, month or year as people of `language` (BCP 47) write it, without its time; an empty tag is English.
    /// `None` for languages whose dates are not known here.
    pub fn in_words(&self, language: &str) -> Option<String> {
        words::in_words(self, language)
    }

    /// The date if its numbers are within their ranges.
    fn checked(self) -> Option<Self> {
        let leap = self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            Some(2) if leap => 29,
            Some(2) => 28,
            Some(4 | 6 | 9 | 11) => 30,
            _ => 31,
        };
        let month_is_valid = self.month.is_none_or(|month| (1..=12).contains(&month));
        let day_is_valid = self.day.is_none_or(|day| (1..=days).contains(&day));
        let time_is_valid = self.time.is_none_or(|time| {
            time.hour < 24
                && time.minute < 60
                && time.second <= 60
                && time.offset.is_none_or(|offset| offset.abs() < 24 * 60)
        });
        let valid = (1..=9999).contains(&self.year) && month_is_valid && day_is_valid && time_is_valid;
        valid.then_some(self)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads RFC 3339 and its partial and careless forms (`2024-10`, `2024-10-16 09:30`, `+0100`), RFC 2822, and
    /// dates in English words (`October 16, 2024`).
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        // Dates are short; a long text is something else.
        if text.len() > 64 {
            return Err(NotADate);
        }
        parse_numeric(text).or_else(|| parse_words(text)).and_then(Self::checked).ok_or(NotADate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let Some(month) = self.month else { return Ok(()) };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
        match time.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        }
    }
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and those with a time.
fn parse_numeric(text: &str) -> Option<Date> {
    let (year, rest) = digits(text, 4, 4)?;
    let mut date = Date { year, month: None, day: None, time: None };
    let Some(rest) = rest.strip_prefix('-') else { return rest.is_empty().then_some(date) };
    let (month, rest) = digits(rest, 2, 2)?;
    date.month = Some(month as u8);
    let Some(rest) = rest.strip_prefix('-') else { return rest.is_empty().then_some(date) };
    let (day, rest) = digits(rest, 2, 2)?;
    date.day = Some(day as u8);
    if rest.is_empty() {
        return Some(date);
    }
    let (mut time, rest) = clock(rest.strip_prefix(['T', 't', ' '])?.trim_start())?;
    time.offset = match rest.trim_start() {
        "" => None,
        zone => Some(offset(zone)?),
    };
    date.time = Some(time);
    Some(date)
}

/// `16 October 2024`, `Oct. 16th, 2024 at 9:30 pm`, `Wed, 16 Oct 2024 09:30:00 +0100`, `October 2024`.
fn parse_words(text: &str) -> Option<Date> {
    let (mut year, mut month, mut day, mut time) = (None, None, None, None::<Time>);
    for word in text.split([' ', ',', '\u{a0}']).map(|word| word.trim_end_matches(['.', ':'])).filter(|w| !w.is_empty())
    {
        let lower = word.to_ascii_lowercase();
        if let Some((number, rest)) = digits(&lower, 1, 4) {
            let length = word.len() - rest.len();
            match rest {
                _ if rest.starts_with(':') && time.is_none() => {
                    let (clock, rest) = clock(&lower)?;
                    time = Some(clock);
                    match rest {
                        "" => {}
                        "am" | "pm" => half_of_day(&mut time, rest)?,
                        zone => time.as_mut()?.offset = Some(offset(zone)?),
                    }
                }
                "" if length == 4 && year.is_none() => year = Some(number),
                "" | "st" | "nd" | "rd" | "th" if length <= 2 && day.is_none() => day = Some(number as u8),
                _ => return None,
            }
        } else if let Some(number) = month_number(&lower).filter(|_| month.is_none()) {
            month = Some(number);
        } else if lower == "am" || lower == "pm" || lower == "a.m" || lower == "p.m" {
            half_of_day(&mut time, &lower)?;
        } else if let Some(minutes) = offset(word) {
            time.as_mut()?.offset = Some(minutes);
        } else if !is_filler(&lower) {
            return None;
        }
    }
    Some(Date { year: year?, month: Some(month?), day, time: time.filter(|_| day.is_some()) })
}

/// Moves a time of the 12-hour clock to the half of the day that `half` names.
fn half_of_day(time: &mut Option<Time>, half: &str) -> Option<()> {
    let time = time.as_mut().filter(|time| (1..=12).contains(&time.hour))?;
    time.hour = time.hour % 12 + if half.starts_with('p') { 12 } else { 0 };
    Some(())
}

/// `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`, and what follows.
fn clock(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = digits(text, 1, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
    let (second, mut rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2, 2)?,
        None => (0, rest),
    };
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    Some((Time { hour: hour as u8, minute: minute as u8, second: second as u8, offset: None }, rest))
}

/// Minutes east of UTC of a zone: `Z`, `GMT`, `+01`, `+0100`, `+01:00`, and the American ones of RFC 2822.
fn offset(zone: &str) -> Option<i16> {
    let known = ["Z", "UTC", "GMT", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    let hours = [0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7];
    if let Some(index) = known.iter().position(|name| name.eq_ignore_ascii_case(zone)) {
        return Some(hours[index] * 60);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, rest) = digits(zone.strip_prefix(['+', '-'])?, 2, 2)?;
    let minutes = match rest.strip_prefix(':').unwrap_or(rest) {
        "" => 0,
        rest => digits(rest, 2, 2).filter(|(minutes, rest)| rest.is_empty() && *minutes < 60)?.0,
    };
    Some(sign * (hours * 60 + minutes) as i16)
}

/// The number of so many digits that `text` starts with, and what follows.
fn digits(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    let (number, rest) = text.split_at(length);
    Some((number.parse().ok()?, rest))
}

/// The month that a lower-case English name, or at least three letters of it, stands for.
fn month_number(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let index = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    Some(index as u8 + 1)
}

fn is_filler(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    matches!(word, "at" | "on" | "of" | "the" | "-" | "|" | "published" | "posted" | "updated" | "date")
        || (word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word)))
}

/// The number of days from 1970-01-01 to a day (Howard Hinnant's `days_from_civil`).
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    // Years begin in March here.
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u8;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u8;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Json for Date {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let date = value.as_str().and_then(|text| text.parse().ok());
        if date.is_none() {
            warnings.warn(Self::EXPECTED);
        }
        date
    }
    fn write(&self) -> Value<'_> {
        self.to_string().into()
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let date = text.parse::<Date>().map(|date| date.to_string());
        assert_eq!(date.as_deref().unwrap_or("not a date"), expect, "{text:?}");
    }

    #[test]
    fn reads_whole_and_partial_rfc_3339() {
        for exact in ["2024", "2024-10", "2024-10-16", "2024-10-16T09:30:00Z", "2024-10-16T09:30:00+05:30"] {
            check(exact, exact);
        }
        check("2024-10-16T09:30:00", "2024-10-16T09:30:00");
    }

    #[test]
    fn reads_careless_forms() {
        check("2019-01-01 10:00:00.000000", "2019-01-01T10:00:00");
        check("2024-10-16 09:30", "2024-10-16T09:30:00");
        check("2015-04-18T15:21:43.000+0100", "2015-04-18T15:21:43+01:00");
        check("2015-04-18T15:21:43 UTC", "2015-04-18T15:21:43Z");
        check("2015-04-18t15:21z", "2015-04-18T15:21:00Z");
        check(" 2015-04-18T15:21-08 ", "2015-04-18T15:21:00-08:00");
    }

    #[test]
    fn reads_dates_in_words() {
        check("October 16, 2024", "2024-10-16");
        check("16 October 2024", "2024-10-16");
        check("Oct. 16th, 2024 at 9:30 pm", "2024-10-16T21:30:00");
        check("Wednesday, 16 Sept 2024 12:05am", "2024-09-16T00:05:00");
        check("Wed, 16 Oct 2024 09:30:00 GMT", "2024-10-16T09:30:00Z");
        check("Wed, 02 Oct 2002 15:00:00 -0500", "2002-10-02T15:00:00-05:00");
        check("October 2024", "2024-10");
    }

    #[test]
    fn refuses_what_is_not_a_date() {
        for text in ["", "16/10/2024", "2024-13", "2023-02-29", "0000-00-00 00:00:00", "2024-10-16T25:00", "Oct 2024 x"]
        {
            check(text, "not a date");
        }
        check("May is a month of 30 days", "not a date");
    }

    #[test]
    fn reads_seconds_and_milliseconds_since_1970() {
        let text = |number| Date::from_epoch(number).map(|date| date.to_string());
        assert_eq!(text(1_590_210_069_249.0).as_deref(), Some("2020-05-23T05:01:09Z"));
        assert_eq!(text(951_782_400.0).as_deref(), Some("2000-02-29T00:00:00Z"));
        assert_eq!(text(-1.0).as_deref(), Some("1969-12-31T23:59:59Z"));
        assert_eq!(text(f64::NAN), None);
        assert_eq!(text(1e300), None);
    }

    #[test]
    fn moments_are_counted_whatever_their_zone() {
        for seconds in [0, 951_782_400, 1_709_164_800, 1_590_210_069, -1, -61_999_999_999] {
            let date = Date::from_epoch(seconds as f64);
            assert_eq!(date.map(|date| date.since_epoch()), Some(seconds));
        }
        let count = |text: &str| text.parse::<Date>().unwrap().since_epoch();
        assert_eq!(count("2026-05-01T23:30:00-11:00"), count("2026-05-02T10:30:00Z"));
        assert_eq!(count("2026-05-02T00:00:00+14:00"), count("2026-05-01T10:00:00"));
        assert_eq!(count("2026"), count("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn assumes_utc_only_where_no_zone_is_given() {
        let date: Date = "2024-10-16T00:00:00".parse().unwrap();
        assert_eq!(date.assuming_utc().to_string(), "2024-10-16T00:00:00Z");
        let date: Date = "2024-10-16T00:00:00+02:00".parse().unwrap();
        assert_eq!(date.assuming_utc(), date);
    }
}
