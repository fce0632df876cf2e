//! `Date`, by which pages learn how wrong their clocks are (C18). hyper writes one itself, and remembers it until the clock
//! has passed it: after a clock that was a year ahead for a minute, pages would be told of that year for a year.

use std::time::{Duration, SystemTime};

use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::clock::Millis;

/// The last second that the header can say.
const LAST_S: u64 = 253_402_300_799;

/// The answer, as of now. With a clock of another age hyper says what it can.
pub(super) fn stamped(mut response: Response, now: Millis) -> Response {
    let seconds = u64::try_from(now.0.div_euclid(1_000)).ok().filter(|seconds| *seconds <= LAST_S);
    let date =
        seconds.map(|seconds| httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)));
    if let Some(date) = date.and_then(|date| HeaderValue::try_from(date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_clock_says_or_nothing() {
        let table = [
            (Some("Mon, 01 Jan 2024 10:00:00 GMT"), 1_704_103_200_999),
            (Some("Thu, 01 Jan 1970 00:00:00 GMT"), 0),
            (Some("Fri, 31 Dec 9999 23:59:59 GMT"), 253_402_300_799_999),
            (None, 253_402_300_800_000),
            (None, -1),
            (None, i64::MAX),
        ];
        for (expected, now) in table {
            let response = stamped(Response::default(), Millis(now));
            let found = response.headers().get(header::DATE).map(|date| date.to_str().unwrap());
            assert_eq!(found, expected, "{now}");
        }
    }
}
