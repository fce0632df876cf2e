//! A playbook in force: compiled once for the collector and once for pages.

use bytes::Bytes;
use ripen::engine::{AccountPart, Playbook};
use ripen::playbook::{compile, for_pages};

use crate::store::RevisionNumber;

/// A revision, compiled by this program.
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

    /// Whether a nudge is in it.
    pub fn has_nudge(&self, id: &str) -> bool {
        self.whole.nudges.iter().any(|nudge| nudge.id == id)
    }
}
