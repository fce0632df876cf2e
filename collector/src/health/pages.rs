//! What became of page loads.

use serde::{Deserialize, Serialize};

use super::Sums;
use crate::stream::{Counts, StreamLosses};

/// Of the page loads of a source that were first heard of on one day: as of now, not as of that day. What comes late is
/// missing until then, and not any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// Page loads.
    pub streams: u64,
    /// Events that they took.
    pub taken: u64,
    /// Of these that arrived, each once.
    pub arrived: u64,
    /// Of these that neither arrived nor were said to be given up. Signed, since it is also what is added.
    pub missing: i64,
    /// Of these that were given up, by reason.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub dropped: Sums,
    /// Calls that never became an event, by reason.
    #[serde(skip_serializing_if = "Sums::is_empty")]
    pub untaken: Sums,
}

impl Pages {
    /// What is new of a stream: all of its counters only grow, but for what is missing.
    pub fn between(before: Option<&StreamLosses>, after: &StreamLosses) -> Pages {
        let grown = |of: fn(&StreamLosses) -> u64| of(after).saturating_sub(before.map_or(0, of));
        let missing = |losses: &StreamLosses| i64::try_from(losses.missing()).unwrap_or(i64::MAX);
        Pages {
            streams: u64::from(before.is_none()),
            taken: grown(StreamLosses::taken),
            arrived: grown(|losses| losses.arrived),
            missing: missing(after).saturating_sub(before.map_or(0, missing)),
            dropped: grown_by_reason(before.map(|losses| &losses.report.dropped), &after.report.dropped),
            untaken: grown_by_reason(before.map(|losses| &losses.report.untaken), &after.report.untaken),
        }
    }

    /// Both together.
    pub fn add(&mut self, other: &Pages) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.streams, other.streams);
        add(&mut self.taken, other.taken);
        add(&mut self.arrived, other.arrived);
        self.missing = self.missing.saturating_add(other.missing);
        self.dropped.add_all(&other.dropped);
        self.untaken.add_all(&other.untaken);
    }

    /// Whether it changes nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Pages::default()
    }
}

fn grown_by_reason(before: Option<&Counts>, after: &Counts) -> Sums {
    let mut sums = Sums::default();
    for (reason, count) in after.iter() {
        sums.add(reason, count.saturating_sub(before.map_or(0, |before| before.of(reason))));
    }
    sums
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clock::Millis;
    use crate::stream::{StreamId, StreamReport};

    fn losses(taken: u64, arrived: u64, highest: Option<u64>, dropped: u64) -> StreamLosses {
        let (dropped, _) = Counts::read(&json!({"refused": dropped}));
        StreamLosses {
            stream: StreamId::new("s").unwrap(),
            report: StreamReport { taken, dropped, untaken: Counts::default() },
            arrived,
            highest,
            heard: Millis(0),
        }
    }

    #[test]
    fn what_is_added_step_by_step_is_what_is_known_in_the_end() {
        let steps = [
            losses(3, 1, Some(2), 0),
            losses(5, 2, Some(2), 1),
            losses(5, 4, Some(4), 1),
            losses(5, 5, Some(4), 1),
        ];
        let (mut sum, mut before) = (Pages::default(), None);
        for after in &steps {
            sum.add(&Pages::between(before, after));
            assert_eq!(sum, Pages::between(None, after));
            before = Some(after);
        }
        assert_eq!((sum.streams, sum.taken, sum.arrived, sum.missing), (1, 5, 5, 0));
        assert_eq!(sum.dropped.iter().collect::<Vec<_>>(), [("refused", 1)]);
        assert!(Pages::between(before, &steps[3]).is_nothing());
    }
}
