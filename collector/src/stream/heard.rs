//! What one request says about a stream: by its events, and by its report.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Sequenced, StreamId, StreamReport};

/// What was heard of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// All zero if there was none.
    pub report: StreamReport,
    /// Of the events that came, in their order.
    pub sequences: Vec<u64>,
}

impl Heard {
    /// Gathers it by stream.
    pub fn gather<'a>(
        sequenced: impl IntoIterator<Item = &'a Sequenced>,
        reports: impl IntoIterator<Item = &'a (StreamId, StreamReport)>,
    ) -> BTreeMap<&'a StreamId, Heard> {
        let mut streams: BTreeMap<&StreamId, Heard> = BTreeMap::new();
        for Sequenced { stream, sequence } in sequenced {
            streams.entry(stream).or_default().sequences.push(*sequence);
        }
        for (stream, report) in reports {
            streams.entry(stream).or_default().report.merge(report);
        }
        streams
    }

    /// The sequences as runs without a gap, in order: mostly one.
    pub(crate) fn runs(&self) -> Vec<RangeInclusive<u64>> {
        let mut sequences = self.sequences.clone();
        sequences.sort_unstable();
        sequences.dedup();
        let runs = sequences.chunk_by(|a, b| a.checked_add(1) == Some(*b));
        runs.filter_map(|run| Some(*run.first()?..=*run.last()?)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_come_as_runs() {
        let runs = |sequences: &[u64]| Heard { sequences: sequences.to_vec(), ..Heard::default() }.runs();
        assert_eq!(runs(&[]), []);
        assert_eq!(runs(&[5]), [5..=5]);
        assert_eq!(runs(&[3, 1, 2, 7, 2, 0, 9, 8]), [0..=3, 7..=9]);
    }
}
