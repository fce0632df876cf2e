//! Requests to be forgotten, in SQLite.

use rusqlite::params;
use rusqlite::types::Type;

use super::{SqliteStore, rows_at_most};
use crate::clock::Millis;
use crate::store::{
    Erasure, ErasureId, ErasureRequest, ErasureState, Erasures, Person, StoreError, TenantId,
};

impl Erasures for SqliteStore {
    fn request_erasures(&mut self, requests: &[ErasureRequest]) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO erasure (tenant, received_at, anonymous_id, user_id, state, verified)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET verified = max(verified, excluded.verified)",
            )?;
            for ErasureRequest { tenant, received, whom, verified } in requests {
                let state = ErasureState::Open.name();
                insert.execute(params![
                    tenant.0,
                    received.0,
                    whom.anonymous_id,
                    whom.user_id,
                    state,
                    verified
                ])?;
            }
            Ok(())
        })
    }

    fn erasures(
        &mut self,
        tenant: TenantId,
        after: ErasureId,
        limit: usize,
    ) -> Result<Vec<Erasure>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, received_at, anonymous_id, user_id, state, receipt, verified
         FROM erasure WHERE tenant = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let rows = statement.query_map(params![tenant.0, after.0, rows_at_most(limit)], |row| {
            let state: String = row.get(4)?;
            let unknown = || {
                let why = format!("{state} is no state of an erasure").into();
                rusqlite::Error::FromSqlConversionFailure(4, Type::Text, why)
            };
            Ok(Erasure {
                id: ErasureId(row.get(0)?),
                received: Millis(row.get(1)?),
                whom: Person { anonymous_id: row.get(2)?, user_id: row.get(3)? },
                state: ErasureState::named(&state).ok_or_else(unknown)?,
                receipt: row.get(5)?,
                verified: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
