//! RFC 3339 timestamps, to the millisecond.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::engine::Millis;

/// Reads a timestamp that has a zone; digits past the milliseconds are cut.
///
/// ```
/// use ripen::replay::{format_timestamp, parse_timestamp};
/// let time = parse_timestamp("2024-01-01T12:59:59.9999+02:00").unwrap();
/// assert_eq!(format_timestamp(time), "2024-01-01T10:59:59.999Z");
/// assert!(parse_timestamp("2024-01-01T10:00:00").is_none());
/// assert!(parse_timestamp("2024-01-32T10:00:00Z").is_none());
/// ```
pub fn parse_timestamp(text: &str) -> Option<Millis> {
    // jiff reads more than RFC 3339 (a space for the T, seconds left out, a zone's name): that is not wanted here.
    if !is_rfc3339(text) {
        return None;
    }
    let timestamp: Timestamp = text.parse().ok()?;
    Some(Millis(timestamp.as_nanosecond().div_euclid(1_000_000) as i64))
}

fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't'),
        other => byte == other,
    };
    let Some(zone) = bytes.get(shape.len()..) else { return false };
    let zone = match zone {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            match rest.get(digits..) {
                Some(zone) if digits > 0 => zone,
                _ => return false,
            }
        }
        zone => zone,
    };
    let zoned = match zone {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    zoned && bytes.iter().zip(shape).all(fits)
}

/// UTC, with milliseconds.
pub fn format_timestamp(time: Millis) -> String {
    match Timestamp::from_millisecond(time.0) {
        Ok(timestamp) => timestamp.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        Err(_) => time.0.to_string(),
    }
}
