//! Moments as comments carry them, and how long ago they were. The clock itself is the browser's.

use std::fmt;
use std::str::FromStr;

use crate::article::Date;
use crate::article::json::Json;
use crate::json::{self, Object, Value, json};
use crate::warning::Warnings;

/// A moment: milliseconds since the beginning of 1970, UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// How long ago something was, in the coarsest unit that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Less than a minute, or (clocks differ) in the future.
    Now,
    /// Whole minutes.
    Minutes(u32),
    /// Whole hours.
    Hours(u32),
    /// Whole days, up to a week.
    Days(u32),
    /// So long that the date says it better.
    Long,
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Moment {
    /// How long ago this was at `now`.
    pub fn age(self, now: Self) -> Age {
        let past = now.0.saturating_sub(self.0);
        if past < MINUTE {
            Age::Now
        } else if past < HOUR {
            Age::Minutes((past / MINUTE) as u32)
        } else if past < DAY {
            Age::Hours((past / HOUR) as u32)
        } else if past < 7 * DAY {
            Age::Days((past / DAY) as u32)
        } else {
            Age::Long
        }
    }

    /// Whether this is known: what has no date is given the beginning of 1970.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    /// This moment some days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days * DAY))
    }
}

/// The beginning of the day, month or year where the date says no more; UTC where it names no zone.
impl From<&Date> for Moment {
    fn from(date: &Date) -> Self {
        let day = days_from_civil(date.year.into(), date.month.unwrap_or(1).into(), date.day.unwrap_or(1).into());
        let time = date.time.map_or(0, |time| {
            let minutes = i64::from(time.hour) * 60 + i64::from(time.minute) - i64::from(time.offset.unwrap_or(0));
            minutes * MINUTE + i64::from(time.second) * SECOND
        });
        Self(day * DAY + time)
    }
}

/// The text is not a moment such as `2026-11-22T19:16:06Z`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAMoment;

/// Reads RFC 3339, and any date that articles carry.
impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let date: Date = text.parse().map_err(|_| NotAMoment)?;
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits = fraction.bytes().take(3).take_while(u8::is_ascii_digit);
        let (milliseconds, _) =
            digits.fold((0, 100), |(sum, weight), digit| (sum + i64::from(digit - b'0') * weight, weight / 10));
        Ok(Self(Self::from(&date).0 + milliseconds))
    }
}

/// Writes RFC 3339 in UTC, with milliseconds.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let time = self.0.rem_euclid(DAY);
        let (hour, minute) = (time / HOUR, time / MINUTE % 60);
        let (second, millisecond) = (time / SECOND % 60, time % SECOND);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
    }
}

impl Json for Moment {
    fn read(value: &Value<'_>, warnings: &mut Warnings) -> Option<Self> {
        let moment = match value {
            Value::String(text) => text.parse().ok(),
            Value::Number(seconds) => json::decimal(seconds).map(|seconds| Self((seconds * 1000.0) as i64)),
            _ => None,
        };
        if moment.is_none() {
            warnings.warn("expected a moment such as `2026-11-22T19:16:06Z`");
        }
        moment
    }
    fn write(&self) -> Value<'_> {
        self.to_string().into()
    }
    fn schema(_: &mut Object<'static>) -> Value<'static> {
        json!({"type": "string", "format": "date-time"})
    }
}

/// Days from the beginning of 1970 to a day of the Gregorian calendar.
/// See <https://howardhinnant.github.io/date_algorithms.html>.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day counted from the beginning of 1970.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Date;

    #[test]
    fn writes_moments_of_every_month() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_374_587_990, "2026-11-22T19:09:47.990Z"),
        ] {
            assert_eq!(Moment(ms).to_string(), text);
        }
    }

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for days in (-800_000..800_000).step_by(37) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn partial_dates_are_their_beginning() {
        let date = Date { year: 2024, month: Some(10), day: None, time: None };
        assert_eq!(Moment::from(&date).to_string(), "2024-10-01T00:00:00.000Z");
    }

    #[test]
    fn reads_what_it_writes() {
        for ms in [0, 1_795_374_587_990, 1_795_374_587_009] {
            assert_eq!(Moment(ms).to_string().parse(), Ok(Moment(ms)));
        }
        assert_eq!("2026-11-22T20:09:47+01:00".parse(), Ok(Moment(1_795_374_587_000)));
        assert_eq!("soon".parse::<Moment>(), Err(NotAMoment));
    }

    #[test]
    fn age_is_in_the_coarsest_unit() {
        let now = Moment(100 * DAY);
        for (ago, age) in [
            (-HOUR, Age::Now),
            (59 * SECOND, Age::Now),
            (MINUTE, Age::Minutes(1)),
            (HOUR - 1, Age::Minutes(59)),
            (23 * HOUR, Age::Hours(23)),
            (DAY, Age::Days(1)),
            (7 * DAY, Age::Long),
        ] {
            assert_eq!(Moment(now.0 - ago).age(now), age, "{ago} ms ago");
        }
    }
}
