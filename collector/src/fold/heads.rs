//! The newest states of large islands, which are not kept in the store after each step: bounded in bytes.

use std::collections::HashMap;

use crate::limits::FOLD_HEADS_BYTES;
use crate::store::IslandId;

/// States by island.
#[derive(Debug, Default)]
pub(super) struct Heads {
    by_island: HashMap<IslandId, Head>,
    bytes: usize,
    /// How often one was used.
    uses: u64,
}

#[derive(Debug)]
struct Head {
    events: i64,
    state: Vec<u8>,
    used: u64,
}

impl Heads {
    /// The state of an island after so many events.
    pub(super) fn get(&mut self, island: IslandId, events: i64) -> Option<&[u8]> {
        self.uses += 1;
        let head = self.by_island.get_mut(&island).filter(|head| head.events == events)?;
        head.used = self.uses;
        Some(&head.state)
    }

    /// Remembers one, and forgets those that were used longest ago.
    pub(super) fn put(&mut self, island: IslandId, events: i64, state: Vec<u8>) {
        self.remove(island);
        if state.len() > FOLD_HEADS_BYTES {
            return;
        }
        self.uses += 1;
        self.bytes += state.len();
        self.by_island.insert(island, Head { events, state, used: self.uses });
        while self.bytes > FOLD_HEADS_BYTES {
            let oldest = self.by_island.iter().min_by_key(|(_, head)| head.used).map(|(island, _)| *island);
            let Some(oldest) = oldest else { break };
            self.remove(oldest);
        }
    }

    pub(super) fn remove(&mut self, island: IslandId) {
        if let Some(head) = self.by_island.remove(&island) {
            self.bytes -= head.state.len();
        }
    }
}
