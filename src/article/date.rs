//! Dates as articles carry them: whole or partial, with or without a zone.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value, json};

use super::json::{Json, Object};
use crate::warning::Warnings;

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

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(_text: &str) -> Result<Self, NotADate> {
        Err(NotADate)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)
    }
}

impl Json for Date {
    fn read(value: &Value, warnings: &mut Warnings) -> Option<Self> {
        let date = value.as_str().and_then(|text| text.parse().ok());
        if date.is_none() {
            warnings.warn("expected a date such as `2024-10-16` or `2024-10-16T09:30:00Z`");
        }
        date
    }
    fn write(&self) -> Value {
        self.to_string().into()
    }
    fn schema(_: &mut Object) -> Value {
        json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T.+)?)?)?$"})
    }
}
