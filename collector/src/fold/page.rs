//! Sorts events into islands: what an event names belongs together from the start of time on, whenever that is heard.

use std::collections::{BTreeMap, HashMap};

use ripen::engine::Event;

use super::heads::Heads;
use crate::clock::Millis;
use crate::store::{IslandId, Node, NodeId, NodeName, Position, StateId, Store, StoreError, TenantId};

/// An event, and where it is in the log.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub(super) event: Event,
    pub(super) position: Position,
    /// Where it is folded again: up to when what comes of its person has been reported.
    pub(super) mark: Option<Millis>,
    /// Whose it is, before anybody is joined; known once it is sorted.
    pub(super) home: NodeId,
}

impl Arrival {
    /// One that is still to be sorted.
    pub(super) fn new(event: Event, position: Position) -> Arrival {
        Arrival { event, position, mark: None, home: NodeId(0) }
    }
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

/// The ids that an event names, each with whether it is an account's; its own person first.
pub(super) fn names(event: &Event) -> impl Iterator<Item = (bool, &str)> {
    let joined = event.joins().into_iter().map(|(anonymous, _)| anonymous);
    let persons = std::iter::once(event.person()).chain(joined);
    let accounts = event.group.iter().chain(&event.context_group);
    persons.map(|id| (false, id)).chain(accounts.map(|id| (true, id.as_str())))
}

/// Numbers that are free.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) node: NodeId,
    pub(super) island: IslandId,
    pub(super) state: StateId,
}

impl Numbers {
    /// After the largest that are given.
    pub(super) fn after((node, island, state): (NodeId, IslandId, StateId)) -> Numbers {
        Numbers { node, island, state }
    }

    fn next_node(&mut self) -> NodeId {
        self.node.0 += 1;
        self.node
    }

    pub(super) fn next_state(&mut self) -> StateId {
        self.state.0 += 1;
        self.state
    }

    pub(super) fn next_island(&mut self) -> IslandId {
        self.island.0 += 1;
        self.island
    }
}

/// Sorts a page.
pub(super) fn sort(
    store: &mut dyn Store,
    heads: &mut Heads,
    tenant: TenantId,
    arrivals: Vec<Arrival>,
    numbers: &mut Numbers,
) -> Result<Vec<Group>, StoreError> {
    let mut places = Places::default();
    let mut homes = Vec::with_capacity(arrivals.len());
    for arrival in &arrivals {
        homes.push(places.home(store, heads, tenant, &arrival.event, numbers)?);
    }
    Ok(places.groups(arrivals, &homes))
}

/// What is named, by number; islands that are known are among it.
#[derive(Default)]
pub(super) struct Places {
    persons: HashMap<String, usize>,
    accounts: HashMap<String, usize>,
    nodes: Vec<(NodeName, NodeId, Option<IslandId>)>,
    islands: HashMap<IslandId, usize>,
    sets: Sets,
}

impl Places {
    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The number of whose event it is; all that it names belongs together from now on.
    pub(super) fn home(
        &mut self,
        store: &mut dyn Store,
        heads: &mut Heads,
        tenant: TenantId,
        event: &Event,
        numbers: &mut Numbers,
    ) -> Result<usize, StoreError> {
        let mut first = None;
        for (account, name) in names(event) {
            let place = match self.of(account).get(name) {
                Some(place) => *place,
                None => {
                    let name = NodeName { account, name: name.to_owned() };
                    let known = heads.node(store, tenant, &name)?;
                    self.add(name, known, numbers)
                }
            };
            self.sets.unite(place, *first.get_or_insert(place));
        }
        Ok(first.unwrap_or_default())
    }

    /// The id of what has a number.
    pub(super) fn node(&self, place: usize) -> Option<NodeId> {
        self.nodes.get(place).map(|(_, id, _)| *id)
    }

    /// The group that it is in.
    pub(super) fn root(&mut self, place: usize) -> usize {
        self.sets.root(place)
    }

    fn of(&mut self, account: bool) -> &mut HashMap<String, usize> {
        if account { &mut self.accounts } else { &mut self.persons }
    }

    /// The number of a name that has none yet; one that is known is in one set with all others of its island.
    fn add(&mut self, name: NodeName, known: Option<Node>, numbers: &mut Numbers) -> usize {
        let place = self.sets.add();
        let (id, island) = match known {
            Some(Node { id, island }) => (id, Some(island)),
            None => (numbers.next_node(), None),
        };
        if let Some(island) = island {
            let first = *self.islands.entry(island).or_insert(place);
            self.sets.unite(place, first);
        }
        // As many as places: nothing else is added to the sets.
        self.of(name.account).insert(name.name.clone(), place);
        self.nodes.push((name, id, island));
        place
    }

    fn groups(mut self, arrivals: Vec<Arrival>, homes: &[usize]) -> Vec<Group> {
        let arrivals = arrivals.into_iter().zip(homes).map(|(arrival, place)| {
            let home = self.node(*place).unwrap_or(arrival.home);
            (self.sets.root(*place), Arrival { home, ..arrival })
        });
        let arrivals: Vec<(usize, Arrival)> = arrivals.collect();
        let mut groups = self.without_arrivals();
        for (root, arrival) in arrivals {
            groups.entry(root).or_default().arrivals.push(arrival);
        }
        let in_order = |mut group: Group| {
            group.arrivals.sort_by(|one, other| {
                (one.event.time, &one.event.id).cmp(&(other.event.time, &other.event.id))
            });
            group
        };
        groups.into_values().map(in_order).collect()
    }

    /// By the places that are roots: in an order that does not hang on a hash.
    pub(super) fn without_arrivals(mut self) -> BTreeMap<usize, Group> {
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (island, place) in std::mem::take(&mut self.islands) {
            groups.entry(self.sets.root(place)).or_default().islands.push(island);
        }
        for (place, (name, id, island)) in std::mem::take(&mut self.nodes).into_iter().enumerate() {
            groups.entry(self.sets.root(place)).or_default().nodes.insert(name, (id, island));
        }
        groups.values_mut().for_each(|group| group.islands.sort_unstable());
        groups
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
