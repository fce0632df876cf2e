//! Tokens, in SQLite.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::SqliteStore;
use super::audit::note;
use crate::access::{By, Kind, NewToken, SecretHash, Token, TokenId};
use crate::clock::Millis;
use crate::store::{StoreError, TenantId, Tokens};

impl Tokens for SqliteStore {
    fn tokens(&mut self) -> Result<Vec<Token>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, tenant, kind, name, hash, created_at, ends_at FROM token ORDER BY id",
        )?;
        let rows = statement.query_map([], token)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_token(&mut self, token: &NewToken, by: By) -> Result<TokenId, StoreError> {
        self.write(|transaction| {
            let NewToken { tenant, kind, name, .. } = token;
            let id = insert(transaction, *tenant, kind.name(), name.as_str(), token.hash, by.at)?;
            let detail = described(kind.name(), name.as_str());
            note(transaction, &by.act(*tenant, "token.created", format!("token {id}")).saying(detail))?;
            Ok(id)
        })
    }

    fn end_token(
        &mut self,
        tenant: TenantId,
        token: TokenId,
        ends: Millis,
        by: By,
    ) -> Result<Option<Millis>, StoreError> {
        self.write(|transaction| {
            let Some((kind, name, _)) = known(transaction, tenant, token)? else { return Ok(None) };
            let ends = end(transaction, token, ends)?;
            let act = by.act(tenant, "token.revoked", format!("token {token}"));
            note(transaction, &act.saying(described(&kind, &name)))?;
            Ok(Some(ends))
        })
    }

    fn replace_token(
        &mut self,
        tenant: TenantId,
        token: TokenId,
        hash: SecretHash,
        ends: Millis,
        by: By,
    ) -> Result<Option<TokenId>, StoreError> {
        self.write(|transaction| {
            let Some((kind, name, ended)) = known(transaction, tenant, token)? else { return Ok(None) };
            // What was revoked is not to come back to life.
            if ended.is_some_and(|ended| ended <= by.at) {
                return Ok(None);
            }
            let new = insert(transaction, tenant, &kind, &name, hash, by.at)?;
            end(transaction, token, ends)?;
            let act = by.act(tenant, "token.rotated", format!("token {token}"));
            let detail = format!("{}: token {new} takes its place", described(&kind, &name));
            note(transaction, &act.saying(detail))?;
            Ok(Some(new))
        })
    }
}

fn insert(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    kind: &str,
    name: &str,
    hash: SecretHash,
    at: Millis,
) -> Result<TokenId, StoreError> {
    transaction.execute(
        "INSERT INTO token (tenant, kind, name, hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![tenant.0, kind, name, hash.0, at.0],
    )?;
    Ok(TokenId(transaction.last_insert_rowid()))
}

/// Kind, name, and when it ends.
fn known(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    token: TokenId,
) -> Result<Option<(String, String, Option<Millis>)>, StoreError> {
    let mut statement =
        transaction.prepare_cached("SELECT kind, name, ends_at FROM token WHERE tenant = ?1 AND id = ?2")?;
    let found = statement.query_row(params![tenant.0, token.0], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<i64>>(2)?.map(Millis)))
    });
    Ok(found.optional()?)
}

/// When it ends now.
fn end(transaction: &Transaction<'_>, token: TokenId, ends: Millis) -> Result<Millis, StoreError> {
    let mut statement = transaction.prepare_cached(
        "UPDATE token SET ends_at = min(ifnull(ends_at, ?2), ?2) WHERE id = ?1 RETURNING ends_at",
    )?;
    Ok(Millis(statement.query_row(params![token.0, ends.0], |row| row.get(0))?))
}

fn described(kind: &str, name: &str) -> String {
    if name.is_empty() { kind.to_owned() } else { format!("{kind} “{name}”") }
}

fn token(row: &Row<'_>) -> Result<Token, rusqlite::Error> {
    let kind: String = row.get(2)?;
    let unknown = || {
        let why = format!("{kind} is no kind of a token").into();
        rusqlite::Error::FromSqlConversionFailure(2, Type::Text, why)
    };
    Ok(Token {
        id: TokenId(row.get(0)?),
        tenant: TenantId(row.get(1)?),
        kind: Kind::named(&kind).ok_or_else(unknown)?,
        name: row.get(3)?,
        hash: SecretHash(row.get(4)?),
        created: Millis(row.get(5)?),
        ends: row.get::<_, Option<i64>>(6)?.map(Millis),
    })
}
