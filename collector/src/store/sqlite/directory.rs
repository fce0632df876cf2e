//! Tenants and their keys, in SQLite.

use rusqlite::{OptionalExtension, params};

use super::SqliteStore;
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
        let mut statement =
            self.connection.prepare_cached("SELECT key, tenant FROM write_key ORDER BY key")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, TenantId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
