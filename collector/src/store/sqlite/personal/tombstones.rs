//! What is erased and comes again.

use rusqlite::{Connection, Transaction, params};

use crate::privacy::Salt;
use crate::store::{StoreError, TenantId};

/// Of a tenant: the hashes of what is erased.
pub(in crate::store::sqlite) struct Tombstones {
    salt: Option<Salt>,
}

impl Tombstones {
    /// Of a tenant; where there is none, nothing is looked up.
    pub(in crate::store::sqlite) fn of(
        transaction: &Transaction<'_>,
        tenant: TenantId,
    ) -> Result<Tombstones, StoreError> {
        let some: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM erased_message WHERE tenant = ?1)")?
            .query_row([tenant.0], |row| row.get(0))?;
        Ok(Tombstones { salt: if some { Some(salt(transaction)?) } else { None } })
    }

    pub(in crate::store::sqlite) fn have(
        &self,
        transaction: &Transaction<'_>,
        tenant: TenantId,
        message_id: &str,
    ) -> Result<bool, StoreError> {
        let Some(salt) = &self.salt else { return Ok(false) };
        let found = transaction
            .prepare_cached("SELECT 1 FROM erased_message WHERE tenant = ?1 AND hash = ?2")?
            .exists(params![tenant.0, salt.of_message(tenant, message_id)])?;
        Ok(found)
    }
}

/// From now on the message counts as one that was there.
pub(in crate::store::sqlite) fn bury(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    message_id: &str,
) -> Result<(), StoreError> {
    let hash = salt(transaction)?.of_message(tenant, message_id);
    transaction
        .prepare_cached("INSERT OR IGNORE INTO erased_message (tenant, hash) VALUES (?1, ?2)")?
        .execute(params![tenant.0, hash])?;
    Ok(())
}

/// What ids are hashed with.
pub(super) fn salt(connection: &Connection) -> Result<Salt, StoreError> {
    Ok(Salt(connection.prepare_cached("SELECT salt FROM privacy_salt")?.query_row([], |row| row.get(0))?))
}
