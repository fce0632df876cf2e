//! How one person or account stands now, for whoever asks: snapshots, leads.

use ripen::engine::{Device, Millis, Playbook, Surroundings};
use ripen::explain::{About, Company, explain, to_json};
use ripen::fold::{Key, Standing};
use serde_json::Value;

use super::playbooks::Playbooks;
use super::restore::newest;
use crate::store::{NodeName, PlaybookId, Position, Store, StoreError, TenantId};

/// What a browser goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSnapshot {
    /// The person: the user, where an anonymous id has been joined to one.
    pub person: String,
    /// Their account.
    pub account: Option<String>,
    /// As `Device::restore` of the engine reads it: the person as of now, the account as of the last UTC hour.
    pub snapshot: Vec<u8>,
    /// The playbook that it is of.
    pub playbook: PlaybookId,
    /// The log is folded up to and including this event.
    pub position: Position,
    /// When the person's first event happened.
    pub first: Option<Millis>,
    /// The person's last event that is.
    pub last: Option<Key>,
    /// All ids of the person.
    pub ids: Vec<String>,
}

/// A person as of now; none if nothing is known of them.
///
/// # Errors
/// The store cannot be read.
pub fn snapshot(
    store: &mut dyn Store,
    playbooks: &Playbooks,
    tenant: TenantId,
    id: &str,
    now: Millis,
) -> Result<Option<PersonSnapshot>, StoreError> {
    let mut found = None;
    store.consistently(&mut |store| {
        found = find(store, playbooks, tenant, id, now)?;
        Ok(())
    })?;
    Ok(found)
}

/// The same, for who reads more as of the same instant.
///
/// # Errors
/// The store cannot be read.
pub fn find(
    store: &mut dyn Store,
    playbooks: &Playbooks,
    tenant: TenantId,
    id: &str,
    now: Millis,
) -> Result<Option<PersonSnapshot>, StoreError> {
    let position = store.folds().progress(tenant)?.position;
    let name = |id: &str| NodeName { account: false, name: id.to_owned() };
    let Some(node) = store.folds().node(tenant, &name(id))? else { return Ok(None) };
    let Some(row) = store.folds().island(node.island)? else { return Ok(None) };
    let Some(playbook) = playbooks.get(store, row.playbook)? else { return Ok(None) };
    let joins = store.folds().joins(row.id)?;
    let mut island = newest(store, &playbook, &row, &joins, None)?;
    island.pass(now);
    let person = island.resolve(id).to_owned();
    let mut ids = vec![person.clone()];
    ids.extend(island.identities().filter(|(_, user)| *user == person).map(|(id, _)| id.to_owned()));
    let (mut first, mut last) = (None, None);
    for id in &ids {
        last = last.max(store.folds().latest(tenant, &name(id))?);
        let Some(node) = store.folds().node(tenant, &name(id))? else { continue };
        let earliest = store.folds().earliest(node.id)?;
        first = [first, earliest].into_iter().flatten().min();
    }
    let Some((state, account)) = island.world().find_person(&person) else { return Ok(None) };
    let seen = state.account().zip(account.map(ripen::engine::Account::view));
    let snapshot = Device::snapshot_of(&playbook, &person, state, seen, last.clone());
    let account = state.account().map(str::to_owned);
    Ok(Some(PersonSnapshot { account, snapshot, playbook: row.playbook, position, first, last, ids, person }))
}

/// Why a moment fired: the tree of its conditions with what was seen, as JSON of `ripen explain`; and the scores and bands
/// of its subject then. None if it was written by another version of the engine.
pub fn reasons(playbook: &Playbook, id: &str, moment: &str, standing: &[u8], at: Millis) -> Option<Value> {
    let standing = Standing::read(standing)?;
    let nowhere = Surroundings::default();
    let about = match (&standing.person, &standing.account) {
        (Some(person), _) => {
            let company = standing.view.as_ref().map_or(Company::None, Company::Seen);
            About::person(playbook, id, person, company, &nowhere, at)
        }
        (None, Some(account)) => About::account(playbook, account, &[], at),
        (None, None) => return None,
    };
    let tree = explain(&about, &[&format!("moments.{moment}")]).ok()?;
    Some(to_json(&tree))
}
