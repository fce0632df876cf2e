//! Tenants and their write keys, in SQLite.

use rusqlite::{OptionalExtension, params};

use super::SqliteStore;
use super::audit::note;
use crate::access::{By, WriteKey};
use crate::clock::Millis;
use crate::store::{Directory, StoreError, TenantId};

impl Directory for SqliteStore {
    fn tenant(&mut self, write_key: &str) -> Result<TenantId, StoreError> {
        self.write(|transaction| {
            let known = transaction
                .query_row("SELECT tenant FROM write_key WHERE key = ?1", [write_key], |row| row.get(0))
                .optional()?;
            if let Some(tenant) = known {
                return Ok(TenantId(tenant));
            }
            transaction.execute("INSERT INTO tenant DEFAULT VALUES", [])?;
            let tenant = transaction.last_insert_rowid();
            transaction
                .execute("INSERT INTO write_key (key, tenant) VALUES (?1, ?2)", params![write_key, tenant])?;
            Ok(TenantId(tenant))
        })
    }

    fn tenants(&mut self) -> Result<Vec<(String, TenantId)>, StoreError> {
        Ok(self.write_keys()?.into_iter().map(|key| (key.key, key.tenant)).collect())
    }

    fn write_keys(&mut self) -> Result<Vec<WriteKey>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key, tenant, created_at, ends_at FROM write_key ORDER BY key")?;
        let rows = statement.query_map([], |row| {
            Ok(WriteKey {
                key: row.get(0)?,
                tenant: TenantId(row.get(1)?),
                created: row.get::<_, Option<i64>>(2)?.map(Millis),
                ends: row.get::<_, Option<i64>>(3)?.map(Millis),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_write_key(&mut self, tenant: TenantId, key: &str, by: By) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let added = transaction.execute(
                "INSERT INTO write_key (key, tenant, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![key, tenant.0, by.at.0],
            )?;
            if added > 0 {
                note(transaction, &by.act(tenant, "key.created", key))?;
            }
            Ok(added > 0)
        })
    }

    fn end_write_key(
        &mut self,
        tenant: TenantId,
        key: &str,
        ends: Millis,
        by: By,
    ) -> Result<Option<Millis>, StoreError> {
        self.write(|transaction| {
            let ended: Option<i64> = transaction
                .query_row(
                    "UPDATE write_key SET ends_at = min(ifnull(ends_at, ?3), ?3)
                     WHERE tenant = ?1 AND key = ?2 RETURNING ends_at",
                    params![tenant.0, key, ends.0],
                    |row| row.get(0),
                )
                .optional()?;
            if ended.is_some() {
                note(transaction, &by.act(tenant, "key.revoked", key))?;
            }
            Ok(ended.map(Millis))
        })
    }

    fn version(&mut self) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT version FROM directory")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}
