//! Where an island's events are, in order, a stretch of time at a time: those of a large island are too many to be held.

use ripen::fold::Key;

use crate::clock::Millis;
use crate::limits::FOLD_HISTORY_PLACES;
use crate::store::{Footprint, IslandId, Store, StoreError};

/// How many times as long, or as short, the next stretch is.
const RATIO: i64 = 4;

/// The first of many stretches. Of how many events is seen then.
const GUESS_MS: i64 = 30 * 24 * 3_600_000;

/// Reads on through the events of several islands.
#[derive(Debug)]
pub(super) struct History {
    /// With the last event that is not to be read any more.
    islands: Vec<(IslandId, Option<Key>)>,
    /// Those before it are read.
    before: Option<Key>,
    /// Where the next stretch begins; none at the end.
    next: Option<Millis>,
    /// How long it is in milliseconds; none while it is thought that all is one.
    length: Option<i64>,
    most: usize,
}

/// Of some time.
#[derive(Debug)]
pub(super) struct Stretch {
    /// In order.
    pub(super) places: Vec<Footprint>,
    /// All that happened before; none: all.
    pub(super) until: Option<Millis>,
}

impl History {
    /// Of events since an instant, of each island after one of its own, and before another.
    pub(super) fn of(islands: Vec<(IslandId, Option<Key>)>, since: Millis, before: Option<Key>) -> History {
        History { islands, before, next: Some(since), length: None, most: FOLD_HISTORY_PLACES }
    }

    /// The next ones; none after the last, which is the one without an end.
    pub(super) fn stretch(&mut self, store: &mut dyn Store) -> Result<Option<Stretch>, StoreError> {
        let Some(mut begin) = self.next else { return Ok(None) };
        loop {
            let until = self.length.map(|length| match (begin.0, length) {
                // Hardly anything is older.
                (i64::MIN, GUESS_MS) => Millis(0),
                _ => Millis(begin.0.saturating_add(length)),
            });
            let (mut places, is_all) = self.places(store, begin, until)?;
            if !is_all {
                // Of one millisecond all of them are read.
                let shorter = |length: i64| (length / RATIO).max(1);
                self.length = Some(self.length.map_or(GUESS_MS, shorter));
                continue;
            }
            if let Some(end) = until.filter(|_| places.is_empty()) {
                // Either little comes any more, or nothing for long.
                let (rest, is_all) = self.places(store, end, None)?;
                if !is_all {
                    begin = end;
                    self.lengthen();
                    continue;
                }
                (places, self.next) = (rest, None);
            } else {
                self.next = until;
                if places.len() < self.most / 16 {
                    self.lengthen();
                }
            }
            places.sort_unstable();
            return Ok(Some(Stretch { places, until: self.next }));
        }
    }

    fn lengthen(&mut self) {
        self.length = self.length.map(|length| length.saturating_mul(RATIO));
    }

    /// In no order, and whether it is all of them.
    fn places(
        &self,
        store: &mut dyn Store,
        begin: Millis,
        until: Option<Millis>,
    ) -> Result<(Vec<Footprint>, bool), StoreError> {
        let mut found = Vec::new();
        let shortest = until.is_some_and(|until| until.0.saturating_sub(begin.0) <= 1);
        // An event of the very instant may be before, too.
        let last = self.before.as_ref().map(|(time, _)| Millis(time.0.saturating_add(1)));
        let until = [until, last].into_iter().flatten().min();
        for (island, after) in &self.islands {
            let room = if shortest { usize::MAX } else { self.most + 1 - found.len() };
            let mut places = store.folds().history(*island, begin, until, room)?;
            if !shortest && found.len() + places.len() > self.most {
                return Ok((Vec::new(), false));
            }
            places.retain(|place| {
                after.as_ref().is_none_or(|after| place.key > *after)
                    && self.before.as_ref().is_none_or(|before| place.key < *before)
            });
            found.extend(places);
        }
        Ok((found, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Batch, Entry, Folded, FoldedIsland, IslandRow, NodeId, NodeName, SqliteStore};

    /// Two islands of two persons each, whose events come in bursts with years between.
    fn store() -> (tempfile::TempDir, SqliteStore, usize) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let tenant = store.directory().tenant("key").unwrap();
        let playbook = store.folds().fold_by(tenant, 1, b"any").unwrap();
        let times: Vec<i64> = (0..400_i64)
            .map(|n| match n {
                0..100 => n * n,
                100..200 => 1_000_000_000_000,
                200..300 => 1_000_000_000_000 + n * 3_600_000,
                _ => 1_700_000_000_000 + n % 7,
            })
            .collect();
        let entry = |(n, time): (usize, &i64)| Entry {
            message_id: format!("m{n:03}"),
            user_id: Some(format!("u{}", n % 4)),
            anonymous_id: None,
            happened: Millis(*time),
            message: "{}".to_owned(),
        };
        let entries = times.iter().enumerate().map(entry).collect();
        store.log().append(&[Batch { entries, ..Batch::new(tenant, Millis(0)) }]).unwrap();
        let log = store.log().read(tenant, crate::store::Position::START, 999).unwrap();
        let island = |id: i64| FoldedIsland {
            row: IslandRow {
                id: IslandId(id),
                playbook,
                nodes: 2,
                events: 200,
                passed: None,
                due: None,
                gone: None,
                keep: false,
                unreported: false,
            },
            merged: vec![],
            dropped: vec![],
            states: vec![],
            later: false,
        };
        let node = |n: i64| {
            let name = NodeName { account: false, name: format!("u{n}") };
            (NodeId(n + 1), name, IslandId(n % 2 + 1))
        };
        let folded = Folded {
            islands: vec![island(1), island(2)],
            nodes: (0..4).map(node).collect(),
            history: log
                .iter()
                .enumerate()
                .map(|(n, event)| (NodeId(n as i64 % 4 + 1), event.entry.happened, event.position))
                .collect(),
            ..Folded::default()
        };
        let turn = store.folds().progress(tenant).unwrap().turn;
        assert!(store.folds().commit(tenant, turn, &folded).unwrap());
        (folder, store, times.len())
    }

    fn read(store: &mut SqliteStore, most: usize, history: History) -> (Vec<Footprint>, usize) {
        let (mut all, mut stretches) = (Vec::new(), 0);
        let mut history = History { most, ..history };
        while let Some(Stretch { places, until }) = history.stretch(store).unwrap() {
            assert!(places.len() <= most.max(100), "{}", places.len());
            assert!(until.is_none_or(|until| places.iter().all(|place| place.key.0 < until)));
            all.extend(places);
            stretches += 1;
            assert!(stretches < 1_000);
        }
        (all, stretches)
    }

    #[test]
    fn in_stretches_of_any_length_it_is_the_same_in_order_and_each_once() {
        let (_folder, mut store, count) = store();
        let islands = || vec![(IslandId(1), None), (IslandId(2), None)];
        let (all, stretches) = read(&mut store, 10_000, History::of(islands(), Millis(i64::MIN), None));
        assert_eq!((all.len(), stretches), (count, 1), "where it is little it is read at once");
        assert!(all.is_sorted());
        for most in [1, 7, 50, 200] {
            let (found, stretches) = read(&mut store, most, History::of(islands(), Millis(i64::MIN), None));
            assert_eq!(found, all, "{most}");
            assert!(stretches > 1);
            let (after, before) = (all[150].key.clone(), all[320].key.clone());
            let own = vec![(IslandId(1), Some(after.clone())), (IslandId(2), Some(after.clone()))];
            let (found, _) = read(&mut store, most, History::of(own, after.0, Some(before)));
            assert_eq!(found, all[151..320], "{most}");
        }
        let none = History::of(Vec::new(), Millis(0), None).stretch(&mut store).unwrap().unwrap();
        assert!(none.places.is_empty() && none.until.is_none());
    }
}
