//! Signing secrets in SQLite, and the trust of events, which is decided as they are appended.

mod doorkeeper;
mod joins;
mod members;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, params};

use super::SqliteStore;
use crate::clock::Millis;
use crate::identity::{Purpose, Secret};
use crate::store::{Identities, Standing, StoreError, TenantId};
pub(super) use doorkeeper::Doorkeeper;

impl Identities for SqliteStore {
    fn create_secret(
        &mut self,
        tenant: TenantId,
        purpose: Purpose,
        value: &str,
        now: Millis,
    ) -> Result<Secret, StoreError> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO signing_secret (tenant, purpose, value, created_at) VALUES (?1, ?2, ?3, ?4)",
                params![tenant.0, purpose.name(), value, now.0],
            )?;
            Ok(Secret::kept(transaction.last_insert_rowid(), purpose, value.to_owned(), now, None))
        })
    }

    fn retire_secret(&mut self, tenant: TenantId, id: i64, now: Millis) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let retired = transaction.execute(
                "UPDATE signing_secret SET retired_at = ?3 WHERE tenant = ?1 AND id = ?2 AND retired_at IS NULL",
                params![tenant.0, id, now.0],
            )?;
            Ok(retired > 0)
        })
    }

    fn secrets(&mut self, tenant: TenantId) -> Result<Vec<Secret>, StoreError> {
        secrets(&self.connection, tenant)
    }

    fn standing(&mut self, tenant: TenantId, user_id: &str) -> Result<Standing, StoreError> {
        let known = standing(&self.connection, tenant, user_id)?;
        Ok(Standing { account: members::account_of(&self.connection, tenant, user_id)?, ..known })
    }

    fn is_vouched(&mut self, tenant: TenantId, account: &str) -> Result<bool, StoreError> {
        members::is_vouched(&self.connection, tenant, account)
    }
}

fn secrets(connection: &Connection, tenant: TenantId) -> Result<Vec<Secret>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, purpose, value, created_at, retired_at FROM signing_secret WHERE tenant = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map(params![tenant.0], |row| {
        let purpose: String = row.get(1)?;
        let unknown = || {
            let why = format!("{purpose} is nothing that a secret is for").into();
            rusqlite::Error::FromSqlConversionFailure(1, Type::Text, why)
        };
        let purpose = Purpose::named(&purpose).ok_or_else(unknown)?;
        let retired: Option<i64> = row.get(4)?;
        Ok(Secret::kept(row.get(0)?, purpose, row.get(2)?, Millis(row.get(3)?), retired.map(Millis)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Without the account.
fn standing(connection: &Connection, tenant: TenantId, user_id: &str) -> Result<Standing, StoreError> {
    let known = connection
        .prepare_cached(
            "SELECT signed, refused, outside, tried_at FROM signed_user WHERE tenant = ?1 AND user_id = ?2",
        )?
        .query_row(params![tenant.0, user_id], |row| {
            let (refused, outside): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok(Standing {
                signed: row.get(0)?,
                refused: refused.unsigned_abs(),
                outside: outside.unsigned_abs(),
                tried: row.get::<_, Option<i64>>(3)?.map(Millis),
                account: None,
            })
        })
        .optional()?;
    Ok(known.unwrap_or_default())
}

/// Those of a tenant's secrets that sign users and are valid.
pub(super) fn signing_secrets(connection: &Connection, tenant: TenantId) -> Result<Vec<Secret>, StoreError> {
    let mut secrets = secrets(connection, tenant)?;
    secrets.retain(|secret| secret.purpose == Purpose::Signatures && secret.is_valid());
    Ok(secrets)
}
