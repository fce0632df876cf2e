//! How one person or account stands now, for whoever asks: snapshots, leads.

use ripen::engine::{Device, Millis, Playbook, Surroundings};
use ripen::explain::{About, Company, explain, to_json};
use ripen::fold::{Key, Standing};
use serde_json::Value;

use super::playbooks::Playbooks;
use super::restore::{just_after, newest};
use crate::limits::SNAPSHOT_ANEW;
use crate::store::{NodeName, PlaybookId, Position, Store, StoreError, TenantId};

const HOUR_MS: i64 = 3_600_000;

/// What a browser goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSnapshot {
    /// The person: the user, where an anonymous id has been joined to one.
    pub person: String,
    /// Their account.
    pub account: Option<String>,
    /// As `Device::restore` of the engine reads it: the account as of the last UTC hour; and the person as of their last
    /// event, so that what a page has folds over it in the hour in which it happened, and time passes there. What the person
    /// is rests on what the account was meanwhile, if the playbook says so: then they are as of now.
    pub snapshot: Vec<u8>,
    /// The playbook that it is of.
    pub playbook: PlaybookId,
    /// The log is folded up to and including this event.
    pub position: Position,
    /// When the person's first event happened.
    pub first: Option<Millis>,
    /// The person's last event that is; where they are as of now the beginning of their present hour, if that is later: what
    /// happened before it is late to them.
    pub last: Option<Key>,
    /// All ids of the person.
    pub ids: Vec<String>,
}

impl PersonSnapshot {
    /// The person's own part, for who may not see what the account's members see. None if it cannot be read, which it was
    /// written for.
    pub(crate) fn without_account(self, playbook: &Playbook) -> Option<PersonSnapshot> {
        let device = Device::restore(playbook, &self.snapshot, Default::default())?;
        let person = device.person()?;
        let snapshot = Device::snapshot_of(playbook, &self.person, person, None, self.last.clone());
        Some(PersonSnapshot { account: None, snapshot, ..self })
    }
}

/// A person; none if nothing is known of them. It reads several times: whoever is not alone with the store asks
/// [consistently](Store::consistently).
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
    let position = store.folds().progress(tenant)?.position;
    let name = |id: &str| NodeName { account: false, name: id.to_owned() };
    let Some(node) = store.folds().node(tenant, &name(id))? else { return Ok(None) };
    let Some(row) = store.folds().island(node.island)? else { return Ok(None) };
    let Some(playbook) = playbooks.get(store, row.playbook)? else { return Ok(None) };
    let joins = store.folds().joins(row.id)?;
    let mut island = newest(store, &playbook, &row, &joins, None, now)?;
    island.pass(now);
    // Who has been named as a user is nobody else, whoever says that they were joined.
    let is_user = |id: &str| island.world().find_person(id).is_some();
    let person = if is_user(id) { id } else { island.resolve(id) }.to_owned();
    let mut ids = vec![person.clone()];
    let joined = island.identities().filter(|(id, user)| *user == person && !is_user(id));
    ids.extend(joined.map(|(id, _)| id.to_owned()));
    let (mut first, mut last) = (None, None);
    for id in &ids {
        last = last.max(store.folds().latest(tenant, &name(id))?);
        let Some(node) = store.folds().node(tenant, &name(id))? else { continue };
        let earliest = store.folds().earliest(node.id)?;
        first = [first, earliest].into_iter().flatten().min();
    }
    let Some((state, account)) = island.world().find_person(&person) else { return Ok(None) };
    let seen = state.account().zip(account.map(ripen::engine::Account::view));
    let is_alone = state.account().is_none() || playbook.person.dependents.account.is_empty();
    let then = match last.as_ref().filter(|_| is_alone) {
        Some(last) => just_after(store, &playbook, &row, &joins, last, SNAPSHOT_ANEW)?,
        None => None,
    };
    let own = match then.as_ref().and_then(|then| then.world().find_person(&person)) {
        Some((own, _)) => own,
        None => {
            let hour = Millis(state.next_hour(now).0 - HOUR_MS);
            last = last.max(Some((hour, String::new())));
            state
        }
    };
    let snapshot = Device::snapshot_of(&playbook, &person, own, seen, last.clone());
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
