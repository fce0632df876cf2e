//! The journal on the disk, which all tabs share.

use super::schedule::{Manner, Nature};
use crate::delivery::Reason;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) bytes: u32,
    pub(super) nature: Nature,
}

pub(super) struct Store {
    pub(super) manner: Manner,
    pub(super) rows: BTreeMap<u64, Row>,
    /// Removals that a crash undoes.
    lied: BTreeMap<u64, Row>,
    /// Should have been removed, and were not; nobody waits for them until they are read again.
    pub(super) undead: BTreeSet<u64>,
    /// What is removed for good.
    pub(super) acknowledged: BTreeSet<u64>,
    pub(super) counted: BTreeMap<u64, Reason>,
}

impl Store {
    pub(super) fn new() -> Self {
        Self {
            manner: Manner::Honest,
            rows: BTreeMap::new(),
            lied: BTreeMap::new(),
            undead: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            counted: BTreeMap::new(),
        }
    }

    /// One transaction. What another tab has removed already is not counted again.
    pub(super) fn remove(&mut self, keys: &[u64], reason: Reason) -> Result<(), String> {
        for key in keys {
            if self.manner == Manner::Fails {
                self.undead.extend(self.rows.contains_key(key).then_some(key));
                continue;
            }
            let Some(row) = self.rows.remove(key) else { continue };
            self.undead.remove(key);
            if self.manner == Manner::Lies {
                self.lied.insert(*key, row);
            }
            if reason == Reason::Acknowledged {
                self.acknowledged.insert(*key);
            } else if let Some(before) = self.counted.insert(*key, reason) {
                return Err(format!("{key} was counted as {before:?} and is counted as {reason:?}"));
            }
        }
        Ok(())
    }

    /// Returns how many removals were undone.
    pub(super) fn crash(&mut self) -> usize {
        let undone = std::mem::take(&mut self.lied);
        for key in undone.keys() {
            self.acknowledged.remove(key);
            self.counted.remove(key);
        }
        self.undead.clear();
        let count = undone.len();
        self.rows.extend(undone);
        count
    }
}
