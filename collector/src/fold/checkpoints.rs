//! Which states of an island are kept: the newest, and a few older ones, for what comes late.
//!
//! A small state is kept after every step, and a large one after as many events as it takes for writing it to cost no
//! more than folding them; what is not kept is folded again from the log. Of the older ones each is several times as many
//! events old as the next, so that something late costs at most a multiple of what has happened since.

use crate::clock::Millis;
use crate::limits::{FOLD_CHECKPOINTS, FOLD_SMALL_STATE_BYTES, FOLD_STATE_BYTES_AN_EVENT};
use crate::store::{Checkpoint, StateId};

/// Below as many events, all of them are folded again as fast as a state is found.
const FEW_EVENTS: i64 = 64;

/// How many times as old the next older one is.
const RATIO: i64 = 4;

/// Whether a state of this size is to be kept now, so many events after the last one that is.
pub(super) fn is_due(bytes: usize, events_since: i64) -> bool {
    let worth = usize::try_from(events_since).unwrap_or_default().saturating_mul(FOLD_STATE_BYTES_AN_EVENT);
    bytes <= FOLD_SMALL_STATE_BYTES || worth >= bytes
}

/// Those of the kept states, the newest first, that need not be kept any longer once there is one after `events`.
///
/// One is superfluous if the next older one is not much older than the next newer one, so that they thin out as they age.
/// But the oldest one that has all of the events that are gone from the log is all that there is to go back to.
pub(super) fn superfluous(kept: &[Checkpoint], events: i64, gone: Option<Millis>) -> Vec<StateId> {
    let age = |checkpoint: &Checkpoint| events - checkpoint.events;
    let base = gone.and_then(|_| kept.iter().rfind(|checkpoint| checkpoint.has_what_is_gone(gone)));
    let mut last_age = 0;
    let mut left = FOLD_CHECKPOINTS.saturating_sub(1);
    let mut dropped = Vec::new();
    for (place, checkpoint) in kept.iter().enumerate() {
        if base.is_some_and(|base| base.id == checkpoint.id) {
            continue;
        }
        let within_reach = last_age.max(1) * RATIO;
        let is_bridged = kept.get(place + 1).is_some_and(|older| age(older) <= within_reach);
        if events < FEW_EVENTS || age(checkpoint) <= 0 || is_bridged || left == 0 {
            dropped.push(checkpoint.id);
        } else {
            last_age = age(checkpoint);
            left -= 1;
        }
    }
    dropped
}

/// How many events before the end a state is to be kept too while so many are folded anew: what comes late next is
/// seldom later than that.
pub(super) fn on_the_way(events: usize) -> Option<usize> {
    let near_the_end = usize::try_from(FEW_EVENTS).unwrap_or(usize::MAX);
    (events > RATIO.unsigned_abs() as usize * near_the_end).then(|| events - near_the_end)
}

/// Whether a state is to be kept too so many events before the end, while all of an island are folded from its beginning:
/// each is several times as many events old as the next, as if they had been kept one after the other.
pub(super) fn is_from_the_beginning_due(events: i64, left: i64) -> bool {
    let ages = std::iter::successors(Some(FEW_EVENTS), |age| age.checked_mul(RATIO));
    ages.take(FOLD_CHECKPOINTS - 1).any(|age| age == left) && left.saturating_mul(RATIO) < events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_from_its_beginning_has_one_within_a_multiple_of_any_age_too() {
        let kept = |events: i64| -> Vec<i64> {
            (0..events).filter(|left| is_from_the_beginning_due(events, *left)).collect()
        };
        assert_eq!(kept(4 * FEW_EVENTS), Vec::<i64>::new());
        assert_eq!(kept(4 * FEW_EVENTS + 1), [64]);
        assert_eq!(kept(100_000), [64, 256, 1_024, 4_096, 16_384]);
        let ages = (0..20).map(|power| FEW_EVENTS * RATIO.pow(power));
        let many = ages.filter(|age| is_from_the_beginning_due(i64::MAX, *age)).count();
        assert_eq!(many, FOLD_CHECKPOINTS - 1, "with the newest");
    }

    #[test]
    fn there_is_always_one_within_a_multiple_of_any_age_and_never_many() {
        let mut kept: Vec<Checkpoint> = Vec::new();
        for events in 1..5_000 {
            let gone = superfluous(&kept, events, None);
            kept.retain(|checkpoint| !gone.contains(&checkpoint.id));
            let last = (Millis(events), String::new());
            kept.insert(0, Checkpoint { id: StateId(events), events, last, turned: Millis(0) });
            assert!(kept.len() <= FOLD_CHECKPOINTS, "{}", kept.len());
            if events < FEW_EVENTS {
                assert_eq!(kept.len(), 1, "few events need one state");
            }
        }
        for late in [1, 10, 100, 400, 2_000] {
            let before = kept.iter().find(|checkpoint| checkpoint.events <= 4_999 - late).unwrap();
            let folded_anew = 4_999 - before.events;
            assert!(folded_anew <= late * RATIO * RATIO + FEW_EVENTS, "{late} late: {folded_anew} anew");
        }
    }
}
