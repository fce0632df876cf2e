//! An erasure, in steps that are short each: nobody who sends events waits for the whole of it.

use super::{Receipt, Subject};
use crate::access::By;
use crate::limits::ERASED_AT_ONCE;
use crate::store::{NodeName, Position, Store, StoreError, TenantId};

/// What is to be erased.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Whose person it is.
    pub tenant: TenantId,
    /// Who.
    pub subject: Subject,
    /// Their events, as far as they were there when it was made.
    pub positions: Vec<Position>,
    /// The last place of the log that was looked at.
    pub seen: Position,
}

/// An erasure under way.
#[derive(Clone, Debug)]
pub struct Erasing {
    plan: Plan,
    events: u64,
}

impl Erasing {
    /// The person has no events.
    pub fn is_empty(&self) -> bool {
        self.plan.positions.is_empty()
    }
}

/// Looks through the log. A reader can do that; it takes as long as reading all of it.
///
/// # Errors
/// The store cannot be read.
pub fn plan(store: &mut dyn Store, tenant: TenantId, subject: Subject) -> Result<Erasing, StoreError> {
    let (positions, seen) = store.personal().positions(tenant, &subject, Position::START)?;
    Ok(Erasing { plan: Plan { tenant, subject, positions, seen }, events: 0 })
}

/// Whether somebody is in an island that is folded again at this moment, since somebody else of it was erased: it would have
/// to begin anew. Where one after the other of a large account asks to be forgotten it would never come to its end.
///
/// # Errors
/// The store cannot be read.
pub fn begins_anew(store: &mut dyn Store, tenant: TenantId, subject: &Subject) -> Result<bool, StoreError> {
    for id in subject.ids() {
        let node = store.folds().node(tenant, &NodeName { account: false, name: id.to_owned() })?;
        if let Some(node) = node
            && store.folds().is_marked(node.island)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Erases some of the events. True once none is left of those planned.
///
/// # Errors
/// The store cannot be written; what earlier steps did stays done.
pub fn step(store: &mut dyn Store, erasing: &mut Erasing) -> Result<bool, StoreError> {
    let Plan { tenant, positions, .. } = &mut erasing.plan;
    let rest = positions.len().saturating_sub(ERASED_AT_ONCE);
    erasing.events += store.personal().erase_events(*tenant, positions.get(rest..).unwrap_or_default())?;
    positions.truncate(rest);
    Ok(positions.is_empty())
}

/// Erases what came meanwhile and all that is kept beside the log, and writes the receipt.
///
/// # Errors
/// The store cannot be written; what earlier steps did stays done, and the whole can be done again.
pub fn finish(store: &mut dyn Store, erasing: Erasing, by: By) -> Result<Receipt, StoreError> {
    let Erasing { plan, events } = erasing;
    store.personal().finish_erasure(&plan, events, by)
}

/// All of it at once, for who is alone with the store.
///
/// # Errors
/// As its steps.
pub fn erase(
    store: &mut dyn Store,
    tenant: TenantId,
    subject: Subject,
    by: By,
) -> Result<Receipt, StoreError> {
    let mut erasing = plan(store, tenant, subject)?;
    while !step(store, &mut erasing)? {}
    finish(store, erasing, by)
}
