//! How long raw events are kept.

use super::{StoreError, TenantId};
use crate::clock::Millis;

/// Erasing by age.
pub trait Retention {
    /// Erases the oldest of a tenant's events that were received before an instant and are folded, at most `limit`, and
    /// says how many there were. What is folded of them stays: it stops before the first that no state of its island has,
    /// and lets the fold [know](super::Folds::to_keep). One that is sent again and claims to have happened after
    /// that instant is a duplicate still; the others are refused at the door for their age.
    ///
    /// # Errors
    /// The store cannot be written. Nothing of it is erased.
    fn erase_received_before(
        &mut self,
        tenant: TenantId,
        horizon: Millis,
        limit: usize,
    ) -> Result<u64, StoreError>;

    /// Before which instant those of a tenant's events happened that are gone by age, and how many are; none if none is.
    /// What happened before that may be one of them, and is refused at the door however long events are kept by now.
    ///
    /// # Errors
    /// The store cannot be read.
    fn horizon(&mut self, tenant: TenantId) -> Result<Option<(Millis, u64)>, StoreError>;

    /// Up to when time was known to have passed when that was last noted; none if it never was.
    ///
    /// # Errors
    /// The store cannot be read.
    fn passed(&mut self) -> Result<Option<Millis>, StoreError>;

    /// Notes up to when time has passed.
    ///
    /// # Errors
    /// The store cannot be written.
    fn note_passed(&mut self, until: Millis) -> Result<(), StoreError>;
}
