//! The audit log, in SQLite. That it is only added to, triggers see to.

use rusqlite::{Transaction, params};

use super::{SqliteStore, rows_at_most};
use crate::access::{Act, ActId, Acted, By};
use crate::clock::Millis;
use crate::store::{Audit, StoreError, TenantId};

/// Adds what was done, in the transaction that does it.
pub(super) fn note(transaction: &Transaction<'_>, act: &Act) -> Result<(), StoreError> {
    let Act { tenant, by: By { who, at }, action, to, detail } = act;
    transaction
        .prepare_cached(
            "INSERT INTO act (tenant, done_at, done_by, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![tenant.0, at.0, who.to_string(), action, to, detail])?;
    Ok(())
}

impl Audit for SqliteStore {
    fn note(&mut self, act: &Act) -> Result<(), StoreError> {
        self.write(|transaction| note(transaction, act))
    }

    fn acts(&mut self, tenant: TenantId, after: ActId, limit: usize) -> Result<Vec<Acted>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, done_at, done_by, action, subject, detail
             FROM act WHERE tenant = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![tenant.0, after.0, rows_at_most(limit)], |row| {
            Ok(Acted {
                id: ActId(row.get(0)?),
                at: Millis(row.get(1)?),
                by: row.get(2)?,
                action: row.get(3)?,
                to: row.get(4)?,
                detail: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
