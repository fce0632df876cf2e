//! How long raw events are kept.

use super::{StoreError, TenantId};
use crate::clock::Millis;

/// Erasing by age.
pub trait Retention {
    /// Erases the oldest of a tenant's events that were received before an instant and are folded, at most `limit`, and
    /// says how many there were. What is folded of them stays. One that is sent again and claims to have happened after
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

    /// Before which instant, and how many, a tenant's events are gone by age.
    ///
    /// # Errors
    /// The store cannot be read.
    fn horizon(&mut self, tenant: TenantId) -> Result<Option<(Millis, u64)>, StoreError>;
}
