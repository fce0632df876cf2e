//! Sorts events into islands: what an event names belongs together from the start of time on, whenever that is heard.

use std::collections::HashMap;

use ripen::engine::Event;

use crate::store::{IslandId, Node, NodeId, NodeName, Position, Store, StoreError, TenantId};

/// An event, and where it is in the log.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) event: Event,
    pub(super) position: Position,
}

/// Events that belong to one island, which may be new, or several so far.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// In order of time.
    pub(super) arrivals: Vec<Arrival>,
    /// What it is made of so far.
    pub(super) islands: Vec<IslandId>,
    /// All ids that its events name; what is new has no island yet.
    pub(super) nodes: HashMap<NodeName, (NodeId, Option<IslandId>)>,
}

/// The ids that an event names, its own person first.
fn names(event: &Event) -> Vec<NodeName> {
    let person = |id: &str| NodeName { account: false, name: id.to_owned() };
    let account = |id: &String| NodeName { account: true, name: id.clone() };
    let mut names = vec![person(event.person())];
    names.extend(event.joins().into_iter().map(|(anonymous, _)| person(anonymous)));
    names.extend(event.group.iter().map(account));
    names.extend(event.context_group.iter().map(account));
    names
}

/// Whose event it is, before anybody is joined.
pub(super) fn home(event: &Event) -> NodeName {
    NodeName { account: false, name: event.person().to_owned() }
}

/// Numbers that are free.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) node: NodeId,
    pub(super) island: IslandId,
}

impl Numbers {
    fn next_node(&mut self) -> NodeId {
        self.node.0 += 1;
        self.node
    }

    pub(super) fn next_island(&mut self) -> IslandId {
        self.island.0 += 1;
        self.island
    }
}

/// Sorts a page.
pub(super) fn sort(
    store: &mut dyn Store,
    tenant: TenantId,
    arrivals: Vec<Arrival>,
    numbers: &mut Numbers,
) -> Result<Vec<Group>, StoreError> {
    let mut places = Places::default();
    let mut homes = Vec::with_capacity(arrivals.len());
    for arrival in &arrivals {
        let mut first = None;
        for name in names(&arrival.event) {
            let place = places.of(store, tenant, name, numbers)?;
            places.sets.unite(place, *first.get_or_insert(place));
        }
        homes.push(first.unwrap_or_default());
    }
    Ok(places.groups(arrivals, &homes))
}

/// What is named, by number; islands that are known are among it.
#[derive(Default)]
struct Places {
    names: HashMap<NodeName, usize>,
    nodes: Vec<(NodeName, NodeId, Option<IslandId>)>,
    islands: HashMap<IslandId, usize>,
    sets: Sets,
}

impl Places {
    /// The number of a name; one that is known is in one set with all others of its island.
    fn of(
        &mut self,
        store: &mut dyn Store,
        tenant: TenantId,
        name: NodeName,
        numbers: &mut Numbers,
    ) -> Result<usize, StoreError> {
        if let Some(place) = self.names.get(&name) {
            return Ok(*place);
        }
        let place = self.sets.add();
        let known = store.folds().node(tenant, &name)?;
        let (id, island) = match known {
            Some(Node { id, island }) => (id, Some(island)),
            None => (numbers.next_node(), None),
        };
        if let Some(island) = island {
            let first = *self.islands.entry(island).or_insert(place);
            self.sets.unite(place, first);
        }
        // As many as places: nothing else is added to the sets.
        self.nodes.push((name.clone(), id, island));
        self.names.insert(name, place);
        Ok(place)
    }

    fn groups(mut self, arrivals: Vec<Arrival>, homes: &[usize]) -> Vec<Group> {
        let mut by_root: HashMap<usize, Group> = HashMap::new();
        for (island, place) in std::mem::take(&mut self.islands) {
            by_root.entry(self.sets.root(place)).or_default().islands.push(island);
        }
        for (place, (name, id, island)) in std::mem::take(&mut self.nodes).into_iter().enumerate() {
            by_root.entry(self.sets.root(place)).or_default().nodes.insert(name, (id, island));
        }
        for (arrival, place) in arrivals.into_iter().zip(homes) {
            by_root.entry(self.sets.root(*place)).or_default().arrivals.push(arrival);
        }
        let mut groups: Vec<(usize, Group)> = by_root.into_iter().collect();
        // In an order that does not hang on a hash.
        groups.sort_unstable_by_key(|(root, _)| *root);
        let in_order = |(_, mut group): (usize, Group)| {
            group.islands.sort_unstable();
            group.arrivals.sort_by(|one, other| {
                (one.event.time, &one.event.id).cmp(&(other.event.time, &other.event.id))
            });
            group
        };
        groups.into_iter().map(in_order).collect()
    }
}

/// Disjoint sets (Tarjan): with halved paths, united by number.
#[derive(Default)]
struct Sets(Vec<usize>);

impl Sets {
    fn add(&mut self) -> usize {
        self.0.push(self.0.len());
        self.0.len() - 1
    }

    fn root(&mut self, mut place: usize) -> usize {
        loop {
            let above = self.0.get(place).copied().unwrap_or(place);
            if above == place {
                return place;
            }
            let further = self.0.get(above).copied().unwrap_or(above);
            self.0.get_mut(place).into_iter().for_each(|above| *above = further);
            place = further;
        }
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0.get_mut(one.max(other)).into_iter().for_each(|above| *above = one.min(other));
    }
}
