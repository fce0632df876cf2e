//! What a step has left, so that the next one need not read it again: islands with their newest states, and who is in
//! which. It holds as long as nobody else has changed anything that is folded of the tenant, which the tenant's turn says;
//! bounded in bytes.

use std::collections::HashMap;

use super::aging::Aging;
use crate::limits::{FOLD_HEADS_BYTES, FOLD_NAMES_BYTES};
use crate::store::{
    Checkpoint, FoldedIsland, IslandId, IslandRow, Join, NewState, Node, NodeId, NodeName, Store, StoreError,
    TenantId,
};

/// About what an entry takes besides its texts and its state.
const ENTRY_BYTES: usize = 200;

/// Likewise a name.
const NAME_BYTES: usize = 100;

/// Islands and names, of all tenants.
#[derive(Debug)]
pub(super) struct Heads {
    islands: Aging<IslandId, Head>,
    /// The same name in two tenants is two, of which one is remembered.
    names: Aging<NodeName, (Epoch, Node)>,
    /// Islands that are part of another one now, under whose numbers names may still be remembered.
    moved: HashMap<(Epoch, IslandId), IslandId>,
    /// The largest number of an island that was seen: one that is free again is not given again, as it may be among those.
    largest: IslandId,
    /// By tenant: the turn after which all of this holds, and since when it has held without a gap.
    tenants: HashMap<TenantId, (i64, Epoch)>,
    /// The last one that was begun, and that of the tenant whose turn it is.
    begun: Epoch,
    now: Epoch,
    /// Older states of an island that were come by in this step, while the newest was made.
    older: Option<(IslandId, Vec<NewState>)>,
}

/// How long nobody else has changed anything: what is of another one is not true any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Epoch(u64);

/// What is known of an island. What it does not say has to be read.
#[derive(Debug)]
struct Head {
    epoch: Epoch,
    row: IslandRow,
    joins: Option<Vec<Join>>,
    checkpoints: Option<Vec<Checkpoint>>,
    state: Option<Vec<u8>>,
}

/// What a step leaves of an island, besides what it writes.
#[derive(Debug)]
pub(super) struct Left {
    /// All first joins; none if it has new ones.
    pub(super) joins: Option<Vec<Join>>,
    /// The states that stay, the newest first, without those that are new.
    pub(super) stay: Vec<Checkpoint>,
    /// The newest state, where it is not among the new ones.
    pub(super) head: Option<Vec<u8>>,
}

impl Default for Heads {
    fn default() -> Heads {
        Heads {
            islands: Aging::within(FOLD_HEADS_BYTES),
            names: Aging::within(FOLD_NAMES_BYTES),
            moved: HashMap::new(),
            largest: IslandId(0),
            tenants: HashMap::new(),
            begun: Epoch::default(),
            now: Epoch::default(),
            older: None,
        }
    }
}

impl Heads {
    /// The step of a tenant begins, after this turn.
    pub(super) fn begin(&mut self, tenant: TenantId, turn: i64) {
        self.older = None;
        self.now = match self.tenants.get(&tenant) {
            Some((known, epoch)) if *known == turn => *epoch,
            _ => {
                self.begun.0 += 1;
                self.tenants.insert(tenant, (turn, self.begun));
                self.begun
            }
        };
    }

    /// The largest number of an island that must not be given again.
    pub(super) fn largest(&self) -> IslandId {
        self.largest
    }

    /// Who has a name.
    pub(super) fn node(
        &mut self,
        store: &mut dyn Store,
        tenant: TenantId,
        name: &NodeName,
    ) -> Result<Option<Node>, StoreError> {
        if let Some((_, node)) = self.names.get(name).filter(|(epoch, _)| *epoch == self.now) {
            while let Some(island) = self.moved.get(&(self.now, node.island)) {
                node.island = *island;
            }
            return Ok(Some(node.clone()));
        }
        let found = store.folds().node(tenant, name)?;
        if let Some(node) = &found {
            self.name(name.clone(), node.clone());
        }
        Ok(found)
    }

    fn name(&mut self, name: NodeName, node: Node) {
        let bytes = name.name.len() + NAME_BYTES;
        self.names.put(name, (self.now, node), bytes);
    }

    fn known(&mut self, id: IslandId) -> Option<&mut Head> {
        self.islands.get(&id).filter(|head| head.epoch == self.now)
    }

    /// An island.
    pub(super) fn island(
        &mut self,
        store: &mut dyn Store,
        id: IslandId,
    ) -> Result<Option<IslandRow>, StoreError> {
        if let Some(head) = self.known(id) {
            return Ok(Some(head.row));
        }
        let found = store.folds().island(id)?;
        if let Some(row) = found {
            let head = Head { epoch: self.now, row, joins: None, checkpoints: None, state: None };
            self.islands.put(id, head, ENTRY_BYTES);
        }
        Ok(found)
    }

    /// The first joins of its anonymous ids.
    pub(super) fn joins(&mut self, store: &mut dyn Store, id: IslandId) -> Result<Vec<Join>, StoreError> {
        let known = self.known(id).and_then(|head| head.joins.clone());
        known.map_or_else(|| store.folds().joins(id), Ok)
    }

    /// Its states, the newest first.
    pub(super) fn checkpoints(
        &mut self,
        store: &mut dyn Store,
        id: IslandId,
    ) -> Result<Vec<Checkpoint>, StoreError> {
        let known = self.known(id).and_then(|head| head.checkpoints.clone());
        known.map_or_else(|| store.folds().checkpoints(id), Ok)
    }

    /// Its state after so many events.
    pub(super) fn state(&mut self, id: IslandId, events: i64) -> Option<&[u8]> {
        self.known(id).filter(|head| head.row.events == events)?.state.as_deref()
    }

    /// Older states of an island were come by.
    pub(super) fn come_by(&mut self, id: IslandId, states: Vec<NewState>) {
        self.older = Some((id, states));
    }

    /// Those of an island, once; of others they are of no use any more.
    pub(super) fn come_by_of(&mut self, id: IslandId) -> Vec<NewState> {
        self.older.take().filter(|(of, _)| *of == id).map(|(_, states)| states).unwrap_or_default()
    }

    /// A step of the tenant whose turn it is was committed: what became of islands, with what is left of each, and the ids
    /// that are new.
    pub(super) fn committed(
        &mut self,
        tenant: TenantId,
        turn: i64,
        islands: impl IntoIterator<Item = (FoldedIsland, Left)>,
        nodes: Vec<(NodeId, NodeName, IslandId)>,
    ) {
        self.begin(tenant, turn);
        self.tenants.insert(tenant, (turn + 1, self.now));
        for (island, left) in islands {
            self.largest = self.largest.max(island.row.id);
            for gone in &island.merged {
                self.largest = self.largest.max(*gone);
                self.islands.remove(gone);
                self.moved.insert((self.now, *gone), island.row.id);
            }
            self.remember(island, left);
        }
        for (id, name, island) in nodes {
            self.name(name, Node { id, island });
        }
        if self.moved.len() * NAME_BYTES > FOLD_NAMES_BYTES {
            self.names = Aging::within(FOLD_NAMES_BYTES);
            self.moved.clear();
        }
    }

    fn remember(&mut self, island: FoldedIsland, left: Left) {
        let FoldedIsland { row, mut states, later, .. } = island;
        let state = left.head.or_else(|| states.last_mut().map(|newest| std::mem::take(&mut newest.state)));
        let mut checkpoints = left.stay;
        checkpoints.extend(states.into_iter().map(|state| Checkpoint {
            id: state.id,
            events: state.events,
            last: state.last,
            turned: state.turned,
        }));
        checkpoints.sort_unstable_by_key(|checkpoint| std::cmp::Reverse((checkpoint.events, checkpoint.id)));
        let bytes = state.as_ref().map_or(0, Vec::len)
            + ENTRY_BYTES * (1 + checkpoints.len() + left.joins.as_ref().map_or(0, Vec::len));
        let checkpoints = Some(checkpoints);
        let row = IslandRow { keep: later, unreported: later && row.unreported, ..row };
        let head = Head { epoch: self.now, row, joins: left.joins, checkpoints, state };
        self.islands.put(row.id, head, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{PlaybookId, SqliteStore};

    fn island(id: i64, merged: &[i64]) -> (FoldedIsland, Left) {
        let playbook = PlaybookId(1);
        let row = IslandRow {
            id: IslandId(id),
            playbook,
            nodes: 1,
            events: 1,
            passed: None,
            due: None,
            gone: None,
            keep: false,
            unreported: false,
        };
        let merged = merged.iter().copied().map(IslandId).collect();
        let left = Left { joins: Some(vec![]), stay: vec![], head: Some(vec![7]) };
        (FoldedIsland { row, merged, dropped: vec![], states: vec![], later: false }, left)
    }

    fn name(name: &str) -> NodeName {
        NodeName { account: false, name: name.to_owned() }
    }

    #[test]
    fn whose_island_became_part_of_another_is_there_and_its_number_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let (mut heads, tenant) = (Heads::default(), TenantId(1));
        let nodes =
            [(1, "a", 5), (2, "b", 6)].map(|(id, text, island)| (NodeId(id), name(text), IslandId(island)));
        heads.committed(tenant, 0, [island(5, &[])], nodes.to_vec());
        // By whoever folded before, 6 is there; now it is a part of 5.
        heads.committed(tenant, 1, [island(5, &[6])], vec![]);
        heads.begin(tenant, 2);
        assert_eq!(heads.node(&mut store, tenant, &name("b")).unwrap().unwrap().island, IslandId(5));
        assert_eq!(heads.largest(), IslandId(6), "7 is next");
        assert_eq!(heads.state(IslandId(5), 1), Some(&[7][..]));
        assert_eq!(heads.state(IslandId(5), 2), None, "of another number of events");
        assert_eq!(heads.state(IslandId(6), 1), None);
    }

    #[test]
    fn what_somebody_else_may_have_changed_is_read_again_and_another_tenants_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
        let mut heads = Heads::default();
        let [one, other] = [TenantId(1), TenantId(2)];
        heads.committed(one, 0, [island(1, &[])], vec![(NodeId(1), name("a"), IslandId(1))]);
        heads.committed(other, 0, [island(2, &[])], vec![]);
        heads.begin(one, 1);
        assert_eq!(heads.node(&mut store, one, &name("a")).unwrap().unwrap().id, NodeId(1));
        assert!(heads.island(&mut store, IslandId(1)).unwrap().is_some());
        assert_eq!(heads.state(IslandId(2), 1), None, "the other tenant's");
        heads.begin(one, 2);
        assert_eq!(heads.node(&mut store, one, &name("a")).unwrap(), None);
        assert!(heads.island(&mut store, IslandId(1)).unwrap().is_none());
        assert_eq!(heads.state(IslandId(1), 1), None);
        heads.begin(other, 1);
        assert!(heads.state(IslandId(2), 1).is_some());
    }
}
