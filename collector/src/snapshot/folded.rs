//! Which events of a page's are in its snapshot: those that arrived, but for what is not folded yet.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::clock::Millis;
use crate::limits::{SNAPSHOT_LAG, SNAPSHOT_RUNS};
use crate::store::{Logged, NodeName, Position, Store, StoreError, TenantId};
use crate::stream::{Sequenced, StreamId};

/// What is folded of the page loads that were asked about.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Folded {
    /// Those that were torn to too many pieces are left out: the page takes them for folded.
    pub(super) runs: BTreeMap<StreamId, Vec<RangeInclusive<u64>>>,
    /// All that arrived of them.
    pub(super) is_all: bool,
}

/// Whether somebody is being folded again: until that is over they are known with a part of their past, or not at all.
pub(super) fn is_folded_again(store: &mut dyn Store, tenant: TenantId, id: &str) -> Result<bool, StoreError> {
    if store.folds().progress(tenant)?.again.is_none() {
        return Ok(false);
    }
    let name = NodeName { account: false, name: id.to_owned() };
    if store.folds().mark(tenant, &name)?.is_some() {
        return Ok(true);
    }
    // All ids of a person are in one island.
    match store.folds().node(tenant, &name)? {
        Some(node) => store.folds().is_marked(node.island),
        None => Ok(false),
    }
}

/// None where the fold is too far behind for that to be said: of the tenant, or with what a page load of these has brought.
/// `position`: the log is folded up to there.
pub(super) fn folded(
    store: &mut dyn Store,
    tenant: TenantId,
    streams: &[StreamId],
    position: Position,
    now: Millis,
) -> Result<Option<Folded>, StoreError> {
    // Whose it is nobody knows yet.
    let unfolded = store.folds().logged(tenant, position, SNAPSHOT_LAG)?;
    if unfolded.len() >= SNAPSHOT_LAG {
        return Ok(None);
    }
    let unfolded: Vec<Sequenced> = unfolded.iter().filter_map(Logged::sequenced).collect();
    let mut all = Folded { runs: BTreeMap::new(), is_all: true };
    for stream in streams {
        let known = store.streams().stream(tenant, stream, SNAPSHOT_RUNS)?;
        let mut runs = known.map(|(_, runs)| runs).unwrap_or_default();
        if runs.len() >= SNAPSHOT_RUNS {
            continue;
        }
        // What is to happen later than now keeps nobody waiting: anybody can send such, and thousands. Of a page load so many
        // are looked at; of more the page takes its own for folded, which have not happened yet in any case.
        let waiting = store.folds().waiting_of(tenant, stream, SNAPSHOT_RUNS)?;
        if waiting.len() >= SNAPSHOT_RUNS && waiting.last().is_some_and(|(happened, _)| *happened <= now) {
            // Some of the others may have happened, too.
            return Ok(None);
        }
        let waiting = waiting.into_iter().map(|(_, sequence)| sequence);
        let unfolded = unfolded.iter().filter(|at| at.stream == *stream).map(|at| at.sequence);
        for sequence in unfolded.chain(waiting) {
            all.is_all = false;
            runs = without(runs, sequence);
        }
        all.runs.insert(stream.clone(), runs);
    }
    Ok(Some(all))
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
