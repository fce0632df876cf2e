//! Which events of a page's are in its snapshot: those that arrived, but for what is not folded yet.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::clock::Millis;
use crate::limits::{SNAPSHOT_LAG, SNAPSHOT_RUNS};
use crate::store::{Logged, Position, Store, StoreError, TenantId};
use crate::stream::{Sequenced, StreamId};

/// What is folded of the page loads that were asked about.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Folded {
    /// Those that were torn to too many pieces are left out: the page takes them for folded.
    pub(super) runs: BTreeMap<StreamId, Vec<RangeInclusive<u64>>>,
    /// All that arrived of them.
    pub(super) is_all: bool,
}

/// None where the fold is too far behind for that to be said. `position`: the log is folded up to there.
pub(super) fn folded(
    store: &mut dyn Store,
    tenant: TenantId,
    streams: &[StreamId],
    position: Position,
    now: Millis,
) -> Result<Option<Folded>, StoreError> {
    let mut unfolded = store.folds().logged(tenant, position, SNAPSHOT_LAG)?;
    unfolded.extend(store.folds().waiting(tenant, now, SNAPSHOT_LAG)?);
    if unfolded.len() >= SNAPSHOT_LAG {
        return Ok(None);
    }
    // What is to happen later than now keeps nobody waiting: anybody can send such, and thousands.
    unfolded.extend(store.folds().waiting(tenant, Millis(i64::MAX), SNAPSHOT_LAG)?);
    let unfolded: Vec<Sequenced> = unfolded.iter().filter_map(place).collect();
    let mut all = Folded { runs: BTreeMap::new(), is_all: true };
    for stream in streams {
        let known = store.streams().stream(tenant, stream, SNAPSHOT_RUNS)?;
        let mut runs = known.map(|(_, runs)| runs).unwrap_or_default();
        if runs.len() >= SNAPSHOT_RUNS {
            continue;
        }
        for at in unfolded.iter().filter(|at| at.stream == *stream) {
            all.is_all = false;
            runs = without(runs, at.sequence);
        }
        all.runs.insert(stream.clone(), runs);
    }
    Ok(Some(all))
}

fn place(logged: &Logged) -> Option<Sequenced> {
    Sequenced::of(&serde_json::from_str::<Map<String, Value>>(&logged.message).ok()?)
}

/// The runs without one sequence.
fn without(runs: Vec<RangeInclusive<u64>>, sequence: u64) -> Vec<RangeInclusive<u64>> {
    let split = |run: RangeInclusive<u64>| {
        let parts = match (run.contains(&sequence), sequence.checked_sub(1)) {
            (false, _) => [Some(run), None],
            (true, before) => {
                let (first, last) = run.into_inner();
                [before.map(|before| first..=before), Some(sequence.saturating_add(1)..=last)]
            }
        };
        parts.into_iter().flatten().filter(|part| !part.is_empty())
    };
    runs.into_iter().flat_map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_that_is_not_folded_leaves_a_gap() {
        let table = [
            (vec![0..=5], 3, vec![0..=2, 4..=5]),
            (vec![0..=5], 0, vec![1..=5]),
            (vec![0..=5], 5, vec![0..=4]),
            (vec![2..=2], 2, vec![]),
            (vec![0..=1, 4..=6], 5, vec![0..=1, 4..=4, 6..=6]),
            (vec![0..=1, 4..=6], 3, vec![0..=1, 4..=6]),
        ];
        for (runs, sequence, expected) in table {
            assert_eq!(without(runs, sequence), expected);
        }
    }
}
