//! Whose an event is. There is no index by person, which every event would pay for: the log is read through.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::privacy::Subject;
use crate::store::sqlite::SqliteStore;
use crate::store::{Position, StoreError, TenantId};

impl SqliteStore {
    /// The users that an anonymous id was joined to; the id itself, if it is one of a user.
    pub(super) fn users_of(&self, tenant: TenantId, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let itself = self
            .connection
            .prepare_cached("SELECT 1 FROM event WHERE tenant = ?1 AND user_id = ?2 LIMIT 1")?
            .exists(params![tenant.0, id])?;
        if itself {
            return Ok(BTreeSet::from([id.to_owned()]));
        }
        let mut read = self.connection.prepare_cached(
            "SELECT user_id, anonymous_id, CASE WHEN instr(message, 'previousId') THEN message END
             FROM event WHERE tenant = ?1 AND user_id IS NOT NULL AND trust < 3",
        )?;
        let mut users = BTreeSet::new();
        let mut rows = read.query([tenant.0])?;
        while let Some(row) = rows.next()? {
            let (own, alias): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let joined =
                own.as_deref() == Some(id) || alias.and_then(|text| previous(&text)).as_deref() == Some(id);
            if joined {
                users.insert(row.get(0)?);
            }
        }
        Ok(users)
    }

    /// The anonymous ids that were joined to a user: by events that carry both, and by an alias.
    pub(super) fn joined_to(&self, tenant: TenantId, user: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT anonymous_id, CASE WHEN instr(message, 'previousId') THEN message END
             FROM event WHERE tenant = ?1 AND user_id = ?2 AND trust < 3",
        )?;
        let mut ids = BTreeSet::new();
        let mut rows = read.query(params![tenant.0, user])?;
        while let Some(row) = rows.next()? {
            let (own, alias): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let alias = alias.and_then(|text| previous(&text));
            ids.extend([own, alias].into_iter().flatten().filter(|id| id != user));
        }
        Ok(ids)
    }
}

/// Whom an alias joins, of a message's text.
fn previous(message: &str) -> Option<String> {
    let message: Value = serde_json::from_str(message).ok()?;
    let previous = message.get("previousId")?.as_str().filter(|id| !id.is_empty())?;
    (message.get("type")? == "alias").then(|| previous.to_owned())
}

/// Where a person's events are after a position, and the last position of all.
pub(super) fn positions(
    connection: &Connection,
    tenant: TenantId,
    subject: &Subject,
    after: Position,
) -> Result<(Vec<Position>, Position), StoreError> {
    let mut read = connection.prepare_cached(
        "SELECT position, CASE WHEN trust < 3 THEN user_id END, anonymous_id, user_id FROM event
         WHERE +tenant = ?1 AND position > ?2 ORDER BY position",
    )?;
    let (mut found, mut seen) = (Vec::new(), after);
    let mut rows = read.query(params![tenant.0, after.0])?;
    while let Some(row) = rows.next()? {
        seen = Position(row.get(0)?);
        let text = |column| -> rusqlite::Result<Option<String>> { row.get(column) };
        let (user, anonymous, named) = (text(1)?, text(2)?, text(3)?);
        // One that was refused is of its anonymous id, and names somebody all the same.
        let names = named.is_some() && named == subject.user_id;
        if names || subject.has(user.as_deref(), anonymous.as_deref()) {
            found.push(seen);
        }
    }
    Ok((found, seen))
}

/// The users, and the anonymous ids, that events have.
pub(super) fn known_ids(
    connection: &Connection,
    tenant: TenantId,
) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError> {
    let mut read = connection.prepare_cached("SELECT user_id, anonymous_id FROM event WHERE tenant = ?1")?;
    let (mut users, mut anonymous) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = read.query([tenant.0])?;
    while let Some(row) = rows.next()? {
        let (user, browser): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        users.extend(user);
        anonymous.extend(browser);
    }
    Ok((users, anonymous))
}
