//! Who has a part of the store, and by which write keys.

use super::{StoreError, TenantId};
use crate::access::{By, WriteKey};
use crate::clock::Millis;

/// The tenants.
pub trait Directory {
    /// The tenant that a write key belongs to; a new one for a new key.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError>;

    /// Every write key with its tenant, by key; also those that are worth nothing any more.
    ///
    /// # Errors
    /// The store cannot be read.
    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError>;

    /// The same, with all that is known of each.
    ///
    /// # Errors
    /// The store cannot be read.
    fn write_keys(&mut self) -> Result<Vec<WriteKey>, StoreError>;

    /// Gives a tenant one more write key; false if the key is somebody's already.
    ///
    /// # Errors
    /// The store cannot be written.
    fn add_write_key(&mut self, tenant: TenantId, key: &str, by: By) -> Result<bool, StoreError>;

    /// Says from when on a tenant's write key is worth nothing; never later than it was said before. The instant, or none
    /// if the tenant has no such key.
    ///
    /// # Errors
    /// The store cannot be written.
    fn end_write_key(
        &mut self,
        tenant: TenantId,
        key: &str,
        ends: Millis,
        by: By,
    ) -> Result<Option<Millis>, StoreError>;

    /// Grows with each change of keys, tokens, published playbooks, drafts and killed nudges, whoever makes it. Cheap.
    ///
    /// # Errors
    /// The store cannot be read.
    fn version(&mut self) -> Result<i64, StoreError>;
}
