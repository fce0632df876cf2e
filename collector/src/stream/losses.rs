//! What is missing of a stream.

use super::{StreamId, StreamReport};
use crate::clock::Millis;

/// All that is known of a stream's events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamLosses {
    /// Which.
    pub stream: StreamId,
    /// What it has said of itself so far.
    pub report: StreamReport,
    /// Different sequences that arrived: accepted, or a duplicate of what is stored.
    pub arrived: u64,
    /// The highest of them.
    pub highest: Option<u64>,
    /// When it was last heard of. What is missing of a stream that was just heard of may be on its way.
    pub heard: Millis,
}

impl StreamLosses {
    /// Of a stream of which nothing is known yet.
    pub(crate) fn new(stream: StreamId, heard: Millis) -> StreamLosses {
        StreamLosses { stream, report: StreamReport::default(), arrived: 0, highest: None, heard }
    }

    /// How many sequences it has given, as far as is known: a later event tells of all before it.
    pub fn taken(&self) -> u64 {
        self.report.taken.max(self.highest.map_or(0, |highest| highest.saturating_add(1)))
    }

    /// Events that neither arrived nor were said to be given up. One that arrived although the page gave it up (the
    /// answer was lost) hides another one.
    pub fn missing(&self) -> u64 {
        self.taken().saturating_sub(self.arrived).saturating_sub(self.report.dropped.sum())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::stream::Counts;

    #[test]
    fn missing_is_what_was_given_less_what_arrived_or_was_given_up() {
        let table = [
            // taken, highest, arrived, dropped → taken, missing
            ((0, None, 0, 0), (0, 0)),
            ((5, None, 0, 0), (5, 5)),
            ((5, Some(4), 5, 0), (5, 0)),
            ((5, Some(4), 3, 1), (5, 1)),
            ((2, Some(9), 8, 0), (10, 2)),
            ((5, Some(4), 5, 1), (5, 0)),
        ];
        for ((taken, highest, arrived, dropped), expected) in table {
            let (dropped, _) = Counts::read(&json!({"refused": dropped}));
            let losses = StreamLosses {
                stream: StreamId::new("s").unwrap(),
                report: StreamReport { taken, dropped, untaken: Counts::default() },
                arrived,
                highest,
                heard: Millis(0),
            };
            assert_eq!((losses.taken(), losses.missing()), expected, "{losses:?}");
        }
    }
}
