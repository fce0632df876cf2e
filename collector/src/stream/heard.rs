//! What one request says about a stream: by its events, and by its report.

use std::collections::BTreeMap;

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
}
