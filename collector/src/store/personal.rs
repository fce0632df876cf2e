//! All that is kept of one person, to be shown or erased.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Person, Position, StoreError, Stored, TenantId};
use crate::access::By;
use crate::privacy::{NoSubject, Plan, Receipt, Salt, Subject};

/// One person's data.
pub trait PersonalData {
    /// Who is meant: of a user, with the anonymous ids that were joined to them; of an anonymous id, the user that it was
    /// joined to. Both ids are taken at their word: what they name is one person.
    ///
    /// # Errors
    /// The store cannot be read.
    fn subject(&mut self, tenant: TenantId, whom: &Person) -> Result<Result<Subject, NoSubject>, StoreError>;

    /// All users, and all other ids of persons, that anything is kept under.
    ///
    /// # Errors
    /// The store cannot be read.
    fn known_ids(&mut self, tenant: TenantId) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError>;

    /// Where a person's events after a position are, in order, and the last position that there is.
    ///
    /// # Errors
    /// The store cannot be read.
    fn positions(
        &mut self,
        tenant: TenantId,
        subject: &Subject,
        after: Position,
    ) -> Result<(Vec<Position>, Position), StoreError>;

    /// The events at these positions, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    fn events_at(&mut self, tenant: TenantId, positions: &[Position]) -> Result<Vec<Stored>, StoreError>;

    /// What is kept of a person beside the log and the fold: leads, and of which accounts they are a member; an object each.
    ///
    /// # Errors
    /// The store cannot be read.
    fn beside(&mut self, tenant: TenantId, subject: &Subject) -> Result<Vec<Value>, StoreError>;

    /// Erases events, so that their bytes are overwritten, and says how many there were. Their `messageId`s never count
    /// again: who sends one of them is told that it is a duplicate.
    ///
    /// # Errors
    /// The store cannot be written. Nothing of it is erased.
    fn erase_events(&mut self, tenant: TenantId, positions: &[Position]) -> Result<u64, StoreError>;

    /// Erases what came since the plan was made, what is kept of the person beside the log, and their ids in requests to
    /// be forgotten, which are done by it; keeps the receipt, and adds it to the audit log. `events` were erased before.
    ///
    /// # Errors
    /// The store cannot be written. Nothing of it is erased.
    fn finish_erasure(&mut self, plan: &Plan, events: u64, by: By) -> Result<Receipt, StoreError>;

    /// Moves all that was erased out of the journal, too. False if somebody reads it at this moment: then later.
    ///
    /// # Errors
    /// The store cannot be written.
    fn scrub(&mut self) -> Result<bool, StoreError>;

    /// A tenant's receipts, in order of their instants.
    ///
    /// # Errors
    /// The store cannot be read.
    fn receipts(&mut self, tenant: TenantId) -> Result<Vec<Receipt>, StoreError>;

    /// What ids are hashed with.
    ///
    /// # Errors
    /// The store cannot be read.
    fn salt(&mut self) -> Result<Salt, StoreError>;
}
