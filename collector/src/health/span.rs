//! Lateness and clock skew, in classes.

use crate::clock::Millis;

const S: i64 = 1000;
const M: i64 = 60 * S;
const H: i64 = 60 * M;
const D: i64 = 24 * H;

/// Upper ends, which belong to their class.
const LATENESS: [(i64, &str); 10] = [
    (-1, "future"),
    (S, "1s"),
    (10 * S, "10s"),
    (M, "1m"),
    (10 * M, "10m"),
    (H, "1h"),
    (6 * H, "6h"),
    (D, "1d"),
    (7 * D, "7d"),
    (30 * D, "30d"),
];

/// By how much the client's clock is ahead of ours (or behind, `-`), in the same way.
const SKEW: [(i64, &str); 10] = [
    (-D, "-1d"),
    (-H, "-1h"),
    (-10 * M, "-10m"),
    (-M, "-1m"),
    (-10 * S, "-10s"),
    (10 * S, "10s"),
    (M, "1m"),
    (10 * M, "10m"),
    (H, "1h"),
    (D, "1d"),
];

/// Beyond the last end.
const MORE: &str = "more";

/// How long an event took: the class of `received - happened`, named by its upper end. `future`: it happens later than it
/// came.
pub fn lateness(happened: Millis, received: Millis) -> &'static str {
    class(&LATENESS, received.0.saturating_sub(happened.0))
}

/// How wrong a client's clock is: the class of `sent - received`, named by its upper end. The time on the way is in it.
pub fn skew(sent: Millis, received: Millis) -> &'static str {
    class(&SKEW, sent.0.saturating_sub(received.0))
}

/// The classes of lateness in their order.
pub fn lateness_classes() -> impl Iterator<Item = &'static str> {
    LATENESS.iter().map(|(_, name)| *name).chain([MORE])
}

/// The classes of skew in their order.
pub fn skew_classes() -> impl Iterator<Item = &'static str> {
    SKEW.iter().map(|(_, name)| *name).chain([MORE])
}

fn class(ends: &[(i64, &'static str)], span: i64) -> &'static str {
    ends.iter().find(|(end, _)| span <= *end).map_or(MORE, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_belongs_to_the_class_that_ends_at_or_after_it() {
        let table = [(-1, "future"), (0, "1s"), (1000, "1s"), (1001, "10s"), (H, "1h"), (30 * D + 1, "more")];
        for (late, name) in table {
            assert_eq!(lateness(Millis(5), Millis(5 + late)), name, "{late}");
        }
        let table = [
            (-D - 1, "-1d"),
            (-D + 1, "-1h"),
            (-10 * S, "-10s"),
            (0, "10s"),
            (10 * S, "10s"),
            (D + 1, "more"),
        ];
        for (ahead, name) in table {
            assert_eq!(skew(Millis(5 + ahead), Millis(5)), name, "{ahead}");
        }
        assert_eq!(lateness(Millis(i64::MIN), Millis(i64::MAX)), "more");
        assert_eq!(lateness_classes().last(), Some("more"));
        assert_eq!(skew_classes().count(), 11);
    }
}
