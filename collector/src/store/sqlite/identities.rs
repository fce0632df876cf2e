//! Signing secrets in SQLite, and the trust of events, which is decided as they are appended.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::SqliteStore;
use crate::clock::Millis;
use crate::identity::{Purpose, Secret, Signature, Trust};
use crate::store::{Credentials, Entry, Identities, Standing, StoreError, TenantId};

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
        standing(&self.connection, tenant, user_id)
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

fn standing(connection: &Connection, tenant: TenantId, user_id: &str) -> Result<Standing, StoreError> {
    let known = connection
        .prepare_cached("SELECT signed, refused FROM signed_user WHERE tenant = ?1 AND user_id = ?2")?
        .query_row(params![tenant.0, user_id], |row| {
            let refused: i64 = row.get(1)?;
            Ok(Standing { signed: row.get(0)?, refused: refused.unsigned_abs() })
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

/// Decides what the users of one batch are believed by, in the order of the log.
pub(super) struct Doorkeeper<'a> {
    transaction: &'a Transaction<'a>,
    tenant: TenantId,
    credentials: &'a Credentials,
    /// Those that sign users and are valid.
    secrets: &'a [Secret],
    /// Of the user of the last entry, since a browser's batch is one user's: the signature, and what came of it.
    last: Option<(&'a str, Option<&'a str>, Trust)>,
    /// The anonymous id of the last entry, likewise, and whether it is one of a user who is known as signed.
    anonymous: Option<(&'a str, bool)>,
    /// Who is known as signed since this batch.
    remembered: Option<&'a str>,
}

impl<'a> Doorkeeper<'a> {
    pub(super) fn new(
        transaction: &'a Transaction<'a>,
        tenant: TenantId,
        credentials: &'a Credentials,
        secrets: &'a [Secret],
    ) -> Doorkeeper<'a> {
        Doorkeeper {
            transaction,
            tenant,
            credentials,
            secrets,
            last: None,
            anonymous: None,
            remembered: None,
        }
    }

    /// What the entry at this place of the batch is believed by.
    pub(super) fn judge(&mut self, index: usize, entry: &'a Entry) -> Result<Trust, StoreError> {
        let trust = self.judge_user(index, entry)?;
        if self.credentials.server || self.secrets.is_empty() {
            return Ok(trust);
        }
        let joined = &self.credentials.joined;
        let joined = joined.binary_search_by_key(&index, |(of, _)| *of).ok().and_then(|at| joined.get(at));
        let own = entry.user_id.as_deref().filter(|_| trust == Trust::Signed);
        for id in [entry.anonymous_id.as_deref(), joined.map(|(_, id)| id.as_str())].into_iter().flatten() {
            if own != Some(id) && self.is_signed(id)? {
                return Ok(Trust::Stranger);
            }
        }
        Ok(trust)
    }

    /// Whether it is the id of a user who is known as signed.
    fn is_signed(&mut self, id: &'a str) -> Result<bool, StoreError> {
        if let Some((_, signed)) = self.anonymous.filter(|(known, _)| *known == id) {
            return Ok(signed);
        }
        let signed = standing(self.transaction, self.tenant, id)?.signed;
        self.anonymous = Some((id, signed));
        Ok(signed)
    }

    fn judge_user(&mut self, index: usize, entry: &'a Entry) -> Result<Trust, StoreError> {
        let Some(user) = entry.user_id.as_deref() else { return Ok(Trust::Nobody) };
        let signatures = &self.credentials.signatures;
        let own =
            signatures.binary_search_by_key(&index, |(of, _)| *of).ok().and_then(|at| signatures.get(at));
        let signature = own.map(|(_, text)| text.as_str());
        if let Some((_, _, trust)) = self.last.filter(|(of, by, _)| (*of, *by) == (user, signature)) {
            return Ok(trust);
        }
        let trust = self.decide(user, signature)?;
        self.last = Some((user, signature, trust));
        Ok(trust)
    }

    fn decide(&self, user: &str, signature: Option<&str>) -> Result<Trust, StoreError> {
        if self.credentials.server {
            return Ok(Trust::Signed);
        }
        if self.secrets.is_empty() {
            return Ok(Trust::Word);
        }
        if let Some(text) = signature {
            let signs = |signature| self.secrets.iter().any(|secret| secret.has_signed(user, &signature));
            return Ok(if Signature::read(text).is_some_and(signs) { Trust::Signed } else { Trust::Refused });
        }
        let known = standing(self.transaction, self.tenant, user)?;
        Ok(if known.signed { Trust::Refused } else { Trust::Word })
    }

    /// The entry is new in the log.
    pub(super) fn remember(&mut self, entry: &'a Entry, trust: Trust) -> Result<(), StoreError> {
        let (signed, refused) = (trust == Trust::Signed, trust == Trust::Refused);
        let Some(user) = entry.user_id.as_deref().filter(|_| signed || refused) else { return Ok(()) };
        if signed && self.remembered.replace(user) == Some(user) {
            return Ok(());
        }
        // Who has just become known as signed may be named by what follows.
        self.anonymous = None;
        let mut remember = self.transaction.prepare_cached(
            "INSERT INTO signed_user (tenant, user_id, signed, refused) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET signed = max(signed, excluded.signed), refused = refused + excluded.refused
             WHERE excluded.refused > 0 OR excluded.signed > signed",
        )?;
        remember.execute(params![self.tenant.0, user, signed, refused])?;
        Ok(())
    }
}
