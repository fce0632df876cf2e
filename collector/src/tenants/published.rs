//! A playbook in force: compiled once for the collector and once for pages.

use std::collections::{BTreeSet, HashSet};

use bytes::Bytes;
use ripen::engine::{AccountPart, Playbook};
use ripen::playbook::{compile, for_pages, nearest};

use crate::limits;
use crate::store::{Playbooks, Revision, RevisionNumber, StoreError, TenantId};

/// A revision, compiled by this program, or by an earlier version of it.
#[derive(Debug)]
pub struct Published {
    /// Which.
    pub number: RevisionNumber,
    /// Of what it means, hexadecimal.
    pub hash: String,
    /// What the collector runs.
    pub whole: Playbook,
    /// What pages run: without what only the collector needs.
    pub pages: Playbook,
    /// What they know of accounts.
    pub account: AccountPart,
    /// What they load.
    pub bytes: Bytes,
    /// Of these bytes, hexadecimal.
    pub revision: String,
}

impl Published {
    /// Compiles it. None if this version finds mistakes that an earlier one did not.
    pub fn new(number: RevisionNumber, source: &str) -> Option<Published> {
        let whole = compile(source).ok()?;
        let pages = for_pages(&whole.playbook);
        Some(Published {
            number,
            hash: whole.revision,
            whole: whole.playbook,
            pages: pages.playbook,
            account: pages.account,
            bytes: Bytes::from(pages.bytes),
            revision: pages.revision,
        })
    }

    /// A revision of the store. Where this version finds mistakes in its text that an earlier one did not, it is what that
    /// one has made of it for pages, if this engine can read it: who comes new is not to be without (C41).
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn find(
        playbooks: &mut dyn Playbooks,
        tenant: TenantId,
        number: RevisionNumber,
    ) -> Result<Option<Published>, StoreError> {
        let Some((revision, source)) = playbooks.revision(tenant, number)? else { return Ok(None) };
        let published = Published::new(number, &source);
        if published.is_some() {
            return Ok(published);
        }
        let bytes = playbooks.pages(tenant, &revision.pages_hash)?;
        let published = bytes.and_then(|bytes| Published::of_bytes(&revision, bytes));
        let (tenant, number, is_served) = (tenant.0, number.0, published.is_some());
        tracing::error!(
            tenant,
            revision = number,
            is_served,
            "this version finds mistakes in a playbook: what it was compiled to is used; check and publish it anew"
        );
        Ok(published)
    }

    fn of_bytes(revision: &Revision, bytes: Vec<u8>) -> Option<Published> {
        let playbook = Playbook::from_bytes(&bytes).ok()?;
        Some(Published {
            number: revision.number,
            hash: revision.hash.clone(),
            account: for_pages(&playbook).account,
            whole: playbook.clone(),
            pages: playbook,
            bytes: Bytes::from(bytes),
            revision: revision.pages_hash.clone(),
        })
    }

    /// Whether a nudge is in it.
    pub fn has_nudge(&self, id: &str) -> bool {
        self.whole.nudges.iter().any(|nudge| nudge.id == id)
    }

    /// Whether some page may have a nudge: by what is published, by the draft, or by what was published before, which pages
    /// still have that are open, or that come back. If not, the one that is nearest to its name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn on_pages(
        playbooks: &mut dyn Playbooks,
        tenant: TenantId,
        id: &str,
    ) -> Result<Result<(), Option<String>>, StoreError> {
        let draft = playbooks.in_force(tenant)?.draft.map(|draft| draft.number);
        let publications = playbooks.publications(tenant, limits::PUBLICATIONS_ON_PAGES)?;
        let published = publications.into_iter().map(|publication| publication.number);
        let (mut seen, mut nudges) = (HashSet::new(), BTreeSet::new());
        for number in draft.into_iter().chain(published).filter(|number| seen.insert(*number)) {
            let Some(found) = Published::find(playbooks, tenant, number)? else { continue };
            if found.has_nudge(id) {
                return Ok(Ok(()));
            }
            nudges.extend(found.whole.nudges.into_iter().map(|nudge| nudge.id));
        }
        Ok(Err(nearest(id, nudges.iter().map(String::as_str)).map(str::to_owned)))
    }
}
