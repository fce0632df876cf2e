//! Timestamps as a replay prints them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::engine::Millis;

/// The ISO week of an instant, in UTC: its own year, and its number.
pub(super) fn format_week(time: Millis) -> String {
    match Timestamp::from_millisecond(time.0) {
        Ok(timestamp) => {
            let week = timestamp.to_zoned(TimeZone::UTC).date().iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Err(_) => String::new(),
    }
}

/// RFC 3339 in UTC, with milliseconds.
///
/// ```
/// use ripen::engine::Millis;
/// assert_eq!(ripen::replay::format_timestamp(Millis(999)), "1970-01-01T00:00:00.999Z");
/// ```
pub fn format_timestamp(time: Millis) -> String {
    match Timestamp::from_millisecond(time.0) {
        Ok(timestamp) => timestamp.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        Err(_) => time.0.to_string(),
    }
}
