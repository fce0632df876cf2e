//! What a page is told of its person: all that the collector knows of them, over their devices, in the very form in which
//! a browser keeps it itself.
//!
//! - [`Asked`] is the question: who asks and by what they are believed, what the page runs, and how it sees the person.
//! - [`Snapshots`] finds the answer. With it go, for the page loads that were asked about, the runs of sequences that are
//!   folded, so that the page folds exactly its other events over it: nothing twice, and nothing is missing.
//! - `folded` says which events are in it, `pages` brings it into the form of what pages load of a playbook.
//! - `disagreement` compares how the page sees the person with what the collector makes of the same events.

mod asked;
mod disagreement;
mod folded;
mod pages;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use ripen::engine::Device;
use sha2::{Digest, Sha256};

use crate::clock::Millis;
use crate::fold::{Playbooks, standing};
use crate::identity::{Believed, NotBelieved};
use crate::limits::SNAPSHOT_LAG;
use crate::store::{Logged, Position, Store, StoreError, TenantId};
use crate::stream::StreamId;
pub(crate) use asked::Asked;
pub use disagreement::Cause;
use pages::Pages;

const HOUR_MS: i64 = 3_600_000;

/// What there is to answer from. Copies are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Snapshots {
    playbooks: Playbooks,
    pages: Pages,
}

/// What the page is told.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer {
    /// Who asks may not.
    NotBelieved(NotBelieved),
    /// The fold is so far behind that nothing exact can be said, or the person is being folded again.
    Behind,
    /// It is as the page knows it; or nobody knows the person; or the page runs something else.
    Nothing,
    /// This.
    Known(Box<Known>),
}

/// What is known.
#[derive(Debug, PartialEq)]
pub(crate) struct Known {
    /// Another, where anything is different.
    pub(crate) tag: String,
    /// The last UTC hour: what is known of the account is so old.
    pub(crate) as_of: Millis,
    /// When the person's first event happened.
    pub(crate) since: Option<Millis>,
    pub(crate) account: Option<String>,
    /// A lead of the person, or of the account, is open.
    pub(crate) lead: bool,
    /// The page's anonymous id is known to be theirs: else what was done under it alone is not in it.
    pub(crate) joined: bool,
    /// All that arrived of the page loads that were asked about is in it: a page that keeps nothing of what arrived can use it.
    pub(crate) is_all: bool,
    /// Which events of them are in it.
    pub(crate) streams: BTreeMap<StreamId, Vec<RangeInclusive<u64>>>,
    /// As `Device::restore` reads it.
    pub(crate) snapshot: Vec<u8>,
}

impl Snapshots {
    /// The newest event of the page loads that are asked about that is still to be folded: who asks has often sent something
    /// just before, and it is worth a moment. None for who is not believed, and of a tenant for which nothing folds.
    pub(crate) fn newest_unfolded(
        store: &mut dyn Store,
        tenant: TenantId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Option<Position>, StoreError> {
        let secrets = store.identities().secrets(tenant)?;
        let progress = store.folds().progress(tenant)?;
        if asked.credential.believed(&secrets, now).is_err() || progress.playbook.is_none() {
            return Ok(None);
        }
        let unfolded = store.folds().logged(tenant, progress.position, SNAPSHOT_LAG)?;
        let is_theirs =
            |event: &&Logged| event.sequenced().is_some_and(|at| asked.streams.contains(&at.stream));
        Ok(unfolded.iter().rev().find(is_theirs).map(|event| event.position))
    }

    /// The answer; and why page and collector disagree, or that they do not, if that can be said.
    pub(crate) fn answer(
        &self,
        store: &mut dyn Store,
        tenant: TenantId,
        asked: &Asked,
        now: Millis,
    ) -> Result<(Answer, Option<Cause>), StoreError> {
        let secrets = store.identities().secrets(tenant)?;
        let Believed { user, account } = match asked.credential.believed(&secrets, now) {
            Ok(believed) => believed,
            Err(why) => return Ok((Answer::NotBelieved(why), None)),
        };
        let (mut found, mut folded, mut is_again) = (None, None, false);
        // As of one instant: what is folded in between would be taken for part of the snapshot, or arrives meanwhile.
        store.consistently(&mut |store| {
            is_again = folded::is_folded_again(store, tenant, &user)?;
            if is_again {
                return Ok(());
            }
            found = standing::snapshot(store, &self.playbooks, tenant, &user, now)?;
            if let Some(found) = &found {
                folded = folded::folded(store, tenant, &asked.streams, found.position, now)?;
            }
            Ok(())
        })?;
        if is_again {
            return Ok((Answer::Behind, None));
        }
        let Some(found) = found.filter(|found| found.person == user) else {
            return Ok((Answer::Nothing, None));
        };
        let Some(whole) = self.playbooks.get(store, found.playbook)? else {
            return Ok((Answer::Nothing, None));
        };
        let vouched = match account {
            Some(account) => Some(account),
            None => store.identities().standing(tenant, &user)?.account,
        };
        // What an account's members see is for who is vouched for to be one; the person's own part is theirs in any case.
        let found = if found.account == vouched { Some(found) } else { found.without_account(&whole) };
        let Some(found) = found else { return Ok((Answer::Nothing, None)) };
        let snapshot = self.pages.reduced(&whole, &found, asked.revision.as_deref());
        let is_other = snapshot.is_none() || asked.format != found.snapshot.get(1).copied();
        let Some(snapshot) = snapshot.filter(|_| !is_other) else {
            return Ok((Answer::Nothing, asked.page.as_ref().map(|_| Cause::OtherEngine)));
        };
        let Some(streams) = folded else {
            return Ok((Answer::Behind, None));
        };
        let cause = match (&asked.page, Device::restore(&whole, &found.snapshot, Default::default())) {
            (Some(page), Some(device)) if streams.is_all => {
                disagreement::cause(store, tenant, &whole, device, &found, page, &asked.streams, now)?
            }
            _ => None,
        };
        let ids: Vec<&str> = found.ids.iter().map(String::as_str).collect();
        let lead = store.leads().has_open_lead(tenant, &ids, found.account.as_deref())?;
        let joined = asked.anonymous_id.as_ref().is_some_and(|id| found.ids.contains(id));
        let mut name = tag(&snapshot, [lead, joined]);
        if asked.known.as_deref() == Some(&name) {
            if cause.is_none_or(|cause| cause == Cause::Agreed) {
                return Ok((Answer::Nothing, cause));
            }
            // It has this one, and has come to something else with it. Under another name it takes it over again.
            name.push('+');
        }
        let as_of = Millis(now.0 - now.0.rem_euclid(HOUR_MS));
        let known = Known {
            tag: name,
            as_of,
            since: found.first,
            account: found.account,
            lead,
            joined,
            is_all: streams.is_all,
            streams: streams.runs,
            snapshot,
        };
        Ok((Answer::Known(Box::new(known)), cause))
    }
}

/// Names what is in there.
fn tag(snapshot: &[u8], flags: [bool; 2]) -> String {
    let digest = Sha256::new().chain_update(snapshot).chain_update(flags.map(u8::from)).finalize();
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
