//! Who has a part of the store, and by which keys.

use super::{StoreError, TenantId};

/// The tenants.
pub trait Directory {
    /// The tenant that a write key belongs to; a new one for a new key.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError>;

    /// Every write key with its tenant, by key.
    ///
    /// # Errors
    /// The store cannot be read.
    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError>;
}
