//! Counts of comparisons in SQLite.

use rusqlite::params;

use super::SqliteStore;
use crate::snapshot::Cause;
use crate::store::{Disagreement, Disagreements, StoreError, TenantId};

impl Disagreements for SqliteStore {
    fn note_disagreement(&mut self, tenant: TenantId, day: i64, cause: Cause) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO disagreement (tenant, day, cause, times) VALUES (?1, ?2, ?3, 1)
                     ON CONFLICT DO UPDATE SET times = times + 1",
                )?
                .execute(params![tenant.0, day, cause.name()])?;
            Ok(())
        })
    }

    fn disagreements(&mut self, tenant: TenantId, since: i64) -> Result<Vec<Disagreement>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT day, cause, times FROM disagreement WHERE tenant = ?1 AND day >= ?2 ORDER BY day, cause",
        )?;
        let rows = statement.query_map(params![tenant.0, since], |row| {
            let (day, cause, times): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            // One of a later version is unknown to this one.
            let cause = Cause::named(&cause).unwrap_or(Cause::Unknown);
            Ok(Disagreement { day, cause, times: times.unsigned_abs() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
