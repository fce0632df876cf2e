//! The audit log: only ever added to.

use super::{StoreError, TenantId};
use crate::access::{Act, ActId, Acted};

/// What was done, by whom and when.
pub trait Audit {
    /// Adds what was done where no other port does: what changes the store adds it by itself, in the same transaction.
    ///
    /// # Errors
    /// The store cannot be written, or the tenant is not known.
    fn note(&mut self, act: &Act) -> Result<(), StoreError>;

    /// What was done for a tenant after the given one, in order, at most `limit`.
    ///
    /// # Errors
    /// The store cannot be read.
    fn acts(&mut self, tenant: TenantId, after: ActId, limit: usize) -> Result<Vec<Acted>, StoreError>;
}
