//! Requests to be forgotten, in SQLite.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeInclusive;

use rusqlite::types::Type;
use rusqlite::{Transaction, params};

use super::{SqliteStore, audit, rows_at_most};
use crate::access::By;
use crate::clock::Millis;
use crate::limits::ERASURES_OPEN;
use crate::store::{
    Erasure, ErasureId, ErasureRequest, ErasureState, Erasures, Person, StoreError, TenantId,
};

impl Erasures for SqliteStore {
    fn request_erasures(&mut self, requests: &[ErasureRequest]) -> Result<Vec<bool>, StoreError> {
        self.write(|transaction| {
            let mut open = BTreeMap::new();
            requests.iter().map(|request| keep(transaction, request, &mut open)).collect()
        })
    }

    fn dismiss_erasures(
        &mut self,
        tenant: TenantId,
        requests: RangeInclusive<ErasureId>,
        by: By,
    ) -> Result<u64, StoreError> {
        let (ErasureId(first), ErasureId(last)) = requests.into_inner();
        self.write(|transaction| {
            let dismissed = transaction
                .prepare_cached(
                    "UPDATE erasure SET state = ?4, anonymous_id = NULL, user_id = NULL
                     WHERE tenant = ?1 AND id BETWEEN ?2 AND ?3 AND state = 'open' AND verified = 0",
                )?
                .execute(params![tenant.0, first, last, ErasureState::Dismissed.name()])?;
            if dismissed > 0 {
                let act = by.act(tenant, "erasures.dismissed", format!("requests {first} to {last}"));
                audit::note(transaction, &act.saying(format!("{dismissed} of them")))?;
            }
            Ok(dismissed as u64)
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

/// How many of a tenant's are open, of those that are verified and of the others.
type Open = BTreeMap<(TenantId, bool), usize>;

fn keep(
    transaction: &Transaction<'_>,
    request: &ErasureRequest,
    open: &mut Open,
) -> Result<bool, StoreError> {
    let ErasureRequest { tenant, received, whom: Person { anonymous_id, user_id }, verified } = request;
    let known = transaction
        .prepare_cached(
            "UPDATE erasure SET verified = max(verified, ?4) WHERE state = 'open' AND tenant = ?1
             AND ifnull(anonymous_id, '') = ifnull(?2, '') AND ifnull(user_id, '') = ifnull(?3, '')",
        )?
        .execute(params![tenant.0, anonymous_id, user_id, verified])?;
    if known > 0 {
        return Ok(true);
    }
    let count = match open.entry((*tenant, *verified)) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(unknown) => unknown.insert(count(transaction, *tenant, *verified)?),
    };
    if *count >= ERASURES_OPEN {
        return Ok(false);
    }
    *count += 1;
    transaction
        .prepare_cached(
            "INSERT INTO erasure (tenant, received_at, anonymous_id, user_id, state, verified)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![tenant.0, received.0, anonymous_id, user_id, ErasureState::Open.name(), verified])?;
    Ok(true)
}

fn count(transaction: &Transaction<'_>, tenant: TenantId, verified: bool) -> Result<usize, StoreError> {
    let count: i64 = transaction
        .prepare_cached(
            "SELECT count(*) FROM erasure WHERE state = 'open' AND tenant = ?1 AND verified = ?2",
        )?
        .query_row(params![tenant.0, verified], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
