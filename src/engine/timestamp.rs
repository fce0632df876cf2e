//! Times as people and programs write them: RFC 3339, or a date (`semantics.md` §1 and §3, `until`).
//!
//! Own code, since a page has to read traits such as `user.trial_ends`: a library's parser would cost it more than all of
//! `time`. It is the only one: a replay reads the timestamps of events with it.

use super::time::{Day, Hour, Millis, Offset};
use super::value::Value;

/// Reads an RFC 3339 timestamp, which has a zone; digits past the milliseconds are cut.
///
/// ```
/// use ripen::engine::{Millis, parse_timestamp};
/// assert_eq!(parse_timestamp("1970-01-01T01:00:00.9999+01:00"), Some(Millis(999)));
/// assert_eq!(parse_timestamp("2024-01-01T10:00:00"), None, "no zone");
/// assert_eq!(parse_timestamp("2023-02-29T10:00:00Z"), None, "no such day");
/// ```
pub fn parse_timestamp(text: &str) -> Option<Millis> {
    let mut rest = text.as_bytes();
    let day = date(&mut rest)?;
    let (local, offset) = time(rest, true)?;
    Some(Millis(i64::from(day.0) * DAY_MS + local - offset * 60_000))
}

/// Reads a timestamp that may leave out its zone: then it is the user's own time, by this offset.
pub fn parse_local(text: &str, here: Offset) -> Option<Millis> {
    let mut rest = text.as_bytes();
    let day = date(&mut rest)?;
    let zoned = parse_timestamp(text);
    let local = || Some(Millis(day.first_hour().start(here).0 + time(rest, false)?.0));
    zoned.or_else(local)
}

/// The clock hour of the time that a trait holds: RFC 3339, or a date, whose start on that clock it is.
pub(super) fn parse_hour(written: &Value, clock: Offset) -> Option<Hour> {
    let Value::Text(text) = written else { return None };
    let mut rest = text.as_bytes();
    let day = date(&mut rest)?;
    if rest.is_empty() {
        return Some(day.first_hour());
    }
    parse_timestamp(text).map(|time| Hour::at(time, clock))
}

const DAY_MS: i64 = 86_400_000;

/// `2024-01-31`
fn date(rest: &mut &[u8]) -> Option<Day> {
    let (year, month, day) = take(rest, b"0000-00-00")?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Days from civil (H. Hinnant): years begin in March, so that a leap day comes last.
    let year = year - i32::from(month < 3);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
}

/// `T12:00:00.123+02:00` as milliseconds of the day, and minutes east of UTC. Without a zone only where none is needed.
fn time(mut rest: &[u8], zoned: bool) -> Option<(i64, i64)> {
    let rest = &mut rest;
    let (hours, minutes, seconds) = take(rest, b"T00:00:00")?;
    let mut millis = (hours * 3600 + minutes * 60 + seconds) * 1000;
    let mut is_time = hours <= 23 && minutes <= 59 && seconds <= 59;
    if take(rest, b".").is_some() {
        let mut scale = 100;
        is_time &= rest.first().is_some_and(u8::is_ascii_digit);
        while let Some((_, _, digit)) = take(rest, b"0") {
            millis += digit * scale;
            scale /= 10;
        }
    }
    let mut offset = 0;
    if !(rest.is_empty() && !zoned || take(rest, b"Z").is_some()) {
        let west = take(rest, b"-").is_some();
        if !west {
            take(rest, b"+")?;
        }
        let (_, hours, minutes) = take(rest, b"00:00")?;
        is_time &= hours <= 23 && minutes <= 59;
        let east = hours * 60 + minutes;
        offset = if west { -east } else { east };
    }
    (is_time && rest.is_empty()).then_some((millis.into(), offset.into()))
}

/// Takes what looks like this: a digit for each zero, and anything else as it is, in large or small. Gives the last three
/// of the numbers that lie between what is no digit.
fn take(rest: &mut &[u8], alike: &[u8]) -> Option<(i32, i32, i32)> {
    let (taken, after) = rest.split_at_checked(alike.len())?;
    let mut numbers = (0, 0, 0);
    for (byte, wanted) in taken.iter().zip(alike) {
        let (first, second, third) = numbers;
        numbers = if *wanted != b'0' {
            byte.eq_ignore_ascii_case(wanted).then_some((second, third, 0))?
        } else if byte.is_ascii_digit() {
            (first, second, third * 10 + i32::from(byte - b'0'))
        } else {
            return None;
        };
    }
    *rest = after;
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_rfc_3339_allows_and_nothing_else() {
        let noon = parse_timestamp("2024-02-29T12:00:00Z");
        assert_eq!(noon, Some(Millis(1_709_208_000_000)));
        for same in ["2024-02-29t12:00:00z", "2024-02-29T14:00:00.000+02:00", "2024-02-29T06:30:00-05:30"] {
            assert_eq!(parse_timestamp(same), noon, "{same}");
        }
        assert_eq!(parse_timestamp("1969-12-31T23:59:59.9995Z"), Some(Millis(-1)));
        assert_eq!(parse_timestamp("0001-01-01T00:00:00Z"), Some(Millis(-62_135_596_800_000)));
        for none in [
            "",
            "2024-02-29",
            "2024-02-29T12:00:00",
            "2024-02-29 12:00:00Z",
            "2024-02-29T12:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:60:00Z",
            "2024-02-30T12:00:00Z",
            "2023-02-29T12:00:00Z",
            "2024-13-01T12:00:00Z",
            "2024-00-01T12:00:00Z",
            "2024-01-00T12:00:00Z",
            "2024-02-29T12:00:00.Z",
            "2024-02-29T12:00:00+0200",
            "2024-02-29T12:00:00+24:00",
            "2024-02-29T12:00:00Zx",
            "24-02-29T12:00:00Z",
            "2024-02-29T12:00:00ZZ",
            "+2024-02-29T12:00:00Z",
        ] {
            assert_eq!(parse_timestamp(none), None, "{none}");
        }
    }

    #[test]
    fn without_a_zone_it_is_the_users_own_time() {
        let here = Offset::from_minutes(120.0).unwrap_or_default();
        assert_eq!(parse_local("1970-01-01T03:00:00", here), Some(Millis(3_600_000)));
        assert_eq!(parse_local("1970-01-01T03:00:00Z", here), Some(Millis(10_800_000)));
        assert_eq!(parse_local("1970-01-01", here), None, "a time is wanted");
    }

    #[test]
    fn a_date_is_its_start_on_the_clock_in_question() {
        let hour = |text: &str, minutes| {
            parse_hour(&Value::Text(text.into()), Offset::from_minutes(minutes).unwrap_or_default())
        };
        assert_eq!(hour("1970-01-03", 120.0), Some(Hour(48)));
        assert_eq!(hour("1970-01-03T00:00:00Z", 120.0), Some(Hour(50)));
        assert_eq!(hour("tomorrow", 0.0), None);
        assert_eq!(parse_hour(&Value::Number(1.0), Offset::UTC), None);
    }
}
