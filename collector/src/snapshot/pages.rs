//! A snapshot in the form of what pages load of a playbook.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ripen::engine::{Device, Playbook};
use ripen::playbook::{ForPages, for_pages};

use crate::fold::standing::PersonSnapshot;
use crate::store::PlaybookId;

/// What pages load, each made once.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    known: Arc<Mutex<HashMap<PlaybookId, Arc<ForPages>>>>,
}

impl Pages {
    /// What a page of this revision can read. None if it runs another playbook: the next page load will have this one.
    /// A page that knows nothing of anybody yet does not say what it runs: it is what is published, or it cannot read it.
    pub(super) fn reduced(
        &self,
        whole: &Playbook,
        found: &PersonSnapshot,
        revision: Option<&str>,
    ) -> Option<Vec<u8>> {
        if revision.is_some_and(|revision| revision == format!("{:016x}", whole.revision)) {
            return Some(found.snapshot.clone());
        }
        let pages = self.of(whole, found.playbook);
        if revision.is_some_and(|revision| revision != pages.revision) {
            return None;
        }
        let device = Device::restore(whole, &found.snapshot, Default::default())?;
        let account = device.account().map(|view| view.only(&pages.account));
        let seen = found.account.as_deref().zip(account.as_ref());
        Some(Device::snapshot_of(&pages.playbook, &found.person, device.person()?, seen, found.last.clone()))
    }

    fn of(&self, whole: &Playbook, id: PlaybookId) -> Arc<ForPages> {
        // Nothing is left half done by who panics meanwhile.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(id).or_insert_with(|| Arc::new(for_pages(whole))))
    }
}
