//! Who is folded again while others go on, and who has to wait with them.

use std::collections::HashMap;

use super::group::Context;
use super::page::names;
use super::restore::event_of;
use crate::clock::Millis;
use crate::store::{IslandId, Logged, NodeName, StoreError};

/// Who is folded again, of those who were asked about.
#[derive(Default)]
pub(super) struct Marks {
    nodes: HashMap<NodeName, Option<Millis>>,
    islands: HashMap<IslandId, bool>,
    /// Who is not folded again, and waits from now on as well.
    pub(super) held: Vec<(NodeName, Millis)>,
}

impl Marks {
    /// Up to when what happened to somebody has been reported, if they are.
    pub(super) fn of(
        &mut self,
        context: &mut Context<'_>,
        account: bool,
        name: &str,
    ) -> Result<Option<Millis>, StoreError> {
        let node = NodeName { account, name: name.to_owned() };
        if let Some(mark) = self.nodes.get(&node) {
            return Ok(*mark);
        }
        let mark = context.store.folds().mark(context.tenant, &node)?;
        self.nodes.insert(node, mark);
        Ok(mark)
    }

    /// Whether an island is folded again. (Not all of its ids need to be marked: one of the erased may be in it, too.)
    fn has_island_of(
        &mut self,
        context: &mut Context<'_>,
        account: bool,
        name: &str,
    ) -> Result<bool, StoreError> {
        let node = NodeName { account, name: name.to_owned() };
        let Some(node) = context.store.folds().node(context.tenant, &node)? else { return Ok(false) };
        if let Some(known) = self.islands.get(&node.island) {
            return Ok(*known);
        }
        let is_again = context.store.folds().is_marked(node.island)?;
        self.islands.insert(node.island, is_again);
        Ok(is_again)
    }

    /// Whether an event names anybody who is: it would be folded with a part of their past. Then all whom it names wait with
    /// it from now on: what comes of them without it never was.
    pub(super) fn keep_waiting(
        &mut self,
        context: &mut Context<'_>,
        logged: &Logged,
    ) -> Result<bool, StoreError> {
        let Some(event) = event_of(logged) else { return Ok(false) };
        let mut waits = false;
        for (account, name) in names(&event) {
            waits = waits
                || self.of(context, account, name)?.is_some()
                || self.has_island_of(context, account, name)?;
        }
        if waits {
            names(&event).try_for_each(|(account, name)| self.hold(context, account, name))?;
        }
        Ok(waits)
    }

    fn hold(&mut self, context: &mut Context<'_>, account: bool, name: &str) -> Result<(), StoreError> {
        if self.of(context, account, name)?.is_some() {
            return Ok(());
        }
        let name = NodeName { account, name: name.to_owned() };
        // Of who is new nothing has been reported.
        let mut reported = Millis(0);
        if let Some(node) = context.store.folds().node(context.tenant, &name)? {
            self.islands.insert(node.island, true);
            let row = context.store.folds().island(node.island)?;
            reported = row.and_then(|row| row.passed).unwrap_or(reported);
        }
        self.nodes.insert(name.clone(), Some(reported));
        self.held.push((name, reported));
        Ok(())
    }
}
