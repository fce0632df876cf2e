//! Revisions of playbooks: what was written, which one is published, who sees a draft, which nudges are off.

use super::{StoreError, TenantId};
use crate::access::By;
use crate::clock::Millis;

/// Counts the revisions of a tenant from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionNumber(pub i64);

/// A playbook as it was written, to be kept.
#[derive(Clone, Debug)]
pub struct NewRevision {
    /// Whose.
    pub tenant: TenantId,
    /// Of what it means, hexadecimal.
    pub hash: String,
    /// The text.
    pub source: String,
    /// Of what pages load, hexadecimal.
    pub pages_hash: String,
    /// What pages load, compiled.
    pub pages: Vec<u8>,
    /// What somebody says of it; perhaps empty.
    pub note: String,
}

/// A revision, but for its text. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Which.
    pub number: RevisionNumber,
    /// Of what it means.
    pub hash: String,
    /// Of what pages load, as it was compiled then.
    pub pages_hash: String,
    /// What somebody says of it.
    pub note: String,
    /// Since when.
    pub created: Millis,
    /// By whom, as an [`Actor`](crate::access::Actor) prints itself.
    pub by: String,
}

/// When which revision became what pages load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Which.
    pub number: RevisionNumber,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: String,
}

/// What a test audience gets instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub number: RevisionNumber,
    /// What stands in their link.
    pub pass: String,
    /// Since when.
    pub since: Millis,
}

/// What of a tenant's playbooks is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// What pages load.
    pub published: Option<RevisionNumber>,
    /// What a test audience gets.
    pub draft: Option<Draft>,
    /// Nudges that are not shown, by id.
    pub killed: Vec<String>,
}

/// What became of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publishing {
    /// It is what pages load now; before, it was this one.
    Now(Option<RevisionNumber>),
    /// Another one is published than was thought: somebody else was quicker.
    Overtaken(Option<RevisionNumber>),
    /// There is no such revision.
    Unknown,
}

/// What somebody who publishes thinks is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This one, or none yet.
    Revision(Option<RevisionNumber>),
    /// They do not care.
    Any,
}

/// The playbooks of all tenants. Each change stands in the audit log, in the same transaction.
pub trait Playbooks {
    /// Keeps a new revision. It is not published by that.
    ///
    /// # Errors
    /// The store cannot be written, or the tenant is not known.
    fn add_revision(&mut self, revision: &NewRevision, by: By) -> Result<RevisionNumber, StoreError>;

    /// The revision that means this already: the published one, else the newest if that does. An older one is not looked
    /// for: to go back to it is to say so.
    ///
    /// # Errors
    /// The store cannot be read.
    fn same(&mut self, tenant: TenantId, hash: &str) -> Result<Option<RevisionNumber>, StoreError> {
        let published = match self.in_force(tenant)?.published {
            Some(number) => self.revision(tenant, number)?.map(|(revision, _)| revision),
            None => None,
        };
        let newest = self.revisions(tenant, None, 1)?;
        let mut same = published.into_iter().chain(newest).filter(|revision| revision.hash == hash);
        Ok(same.next().map(|revision| revision.number))
    }

    /// Makes a revision what pages load, also an older one, if that is published what is expected to be.
    ///
    /// # Errors
    /// The store cannot be written.
    fn publish(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
        expected: Expected,
        by: By,
    ) -> Result<Publishing, StoreError>;

    /// A tenant's revisions before the given one, the newest first, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn revisions(
        &mut self,
        tenant: TenantId,
        before: Option<RevisionNumber>,
        limit: usize,
    ) -> Result<Vec<Revision>, StoreError>;

    /// A revision with its text, if there is such a one.
    ///
    /// # Errors
    /// The store cannot be read.
    fn revision(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
    ) -> Result<Option<(Revision, String)>, StoreError>;

    /// What pages load under a hash, if there ever was such a one.
    ///
    /// # Errors
    /// The store cannot be read.
    fn pages(&mut self, tenant: TenantId, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// When which revision was published, the latest first, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn publications(&mut self, tenant: TenantId, limit: usize) -> Result<Vec<Publication>, StoreError>;

    /// What is in force.
    ///
    /// # Errors
    /// The store cannot be read.
    fn in_force(&mut self, tenant: TenantId) -> Result<InForce, StoreError>;

    /// Gives a test audience this revision, instead of any other draft; false if there is no such revision.
    ///
    /// # Errors
    /// The store cannot be written.
    fn begin_draft(
        &mut self,
        tenant: TenantId,
        number: RevisionNumber,
        pass: &str,
        by: By,
    ) -> Result<bool, StoreError>;

    /// The test audience gets what all get; false if it did already.
    ///
    /// # Errors
    /// The store cannot be written.
    fn end_draft(&mut self, tenant: TenantId, by: By) -> Result<bool, StoreError>;

    /// Switches a nudge off, or on again; whether that changed anything.
    ///
    /// # Errors
    /// The store cannot be written.
    fn switch_nudge(
        &mut self,
        tenant: TenantId,
        nudge: &str,
        is_on: bool,
        by: By,
    ) -> Result<bool, StoreError>;
}
