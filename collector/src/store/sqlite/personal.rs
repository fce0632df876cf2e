//! One person's data in SQLite. There is no index by person, which every event would pay for: the log is read through.

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::Value;

use super::{SqliteStore, audit, folds, log};
use crate::access::By;
use crate::clock::Millis;
use crate::privacy::{Erased, NoSubject, Plan, Receipt, ReceiptId, Salt, Subject};
use crate::store::personal::PersonalData;
use crate::store::{ErasureState, Person, Position, StoreError, Stored, TenantId};

/// What is erased and comes again.
pub(super) struct Tombstones {
    salt: Option<Salt>,
}

impl Tombstones {
    /// Of a tenant; where there is none, nothing is looked up.
    pub(super) fn of(transaction: &Transaction<'_>, tenant: TenantId) -> Result<Tombstones, StoreError> {
        let some: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM erased_message WHERE tenant = ?1)")?
            .query_row([tenant.0], |row| row.get(0))?;
        Ok(Tombstones { salt: if some { Some(salt(transaction)?) } else { None } })
    }

    pub(super) fn have(
        &self,
        transaction: &Transaction<'_>,
        tenant: TenantId,
        message_id: &str,
    ) -> Result<bool, StoreError> {
        let Some(salt) = &self.salt else { return Ok(false) };
        let found = transaction
            .prepare_cached("SELECT 1 FROM erased_message WHERE tenant = ?1 AND hash = ?2")?
            .exists(params![tenant.0, salt.of_message(tenant, message_id)])?;
        Ok(found)
    }
}

impl PersonalData for SqliteStore {
    fn subject(&mut self, tenant: TenantId, whom: &Person) -> Result<Result<Subject, NoSubject>, StoreError> {
        let mut user_id = whom.user_id.clone();
        let mut anonymous_ids = BTreeSet::new();
        if let (None, Some(id)) = (&user_id, &whom.anonymous_id) {
            // One namespace: who is named may be a user.
            let users = self.users_of(tenant, id)?;
            match users.len() {
                0 => {}
                1 => user_id = users.into_iter().next(),
                _ => return Ok(Err(NoSubject::Several)),
            }
        }
        anonymous_ids.extend(whom.anonymous_id.clone().filter(|id| user_id.as_ref() != Some(id)));
        if let Some(user) = &user_id {
            anonymous_ids.extend(self.joined_to(tenant, user)?);
        }
        let subject = Subject { user_id, anonymous_ids };
        let (positions, _) = self.positions(tenant, &subject, Position::START)?;
        // Who asked and has left nothing else is known by the request.
        let asked = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM erasure WHERE tenant = ?1 AND (user_id = ?2 OR anonymous_id = ?3))",
            params![tenant.0, whom.user_id, whom.anonymous_id],
            |row| row.get::<_, bool>(0),
        )?;
        Ok(if positions.is_empty() && !asked { Err(NoSubject::Unknown) } else { Ok(subject) })
    }

    fn positions(
        &mut self,
        tenant: TenantId,
        subject: &Subject,
        after: Position,
    ) -> Result<(Vec<Position>, Position), StoreError> {
        positions(&self.connection, tenant, subject, after)
    }

    fn events_at(&mut self, tenant: TenantId, positions: &[Position]) -> Result<Vec<Stored>, StoreError> {
        let mut read = self.connection.prepare_cached(log::READ_AT)?;
        let mut events = Vec::with_capacity(positions.len());
        for position in positions {
            events.extend(read.query_row(params![tenant.0, position.0], log::stored_at).optional()?);
        }
        Ok(events)
    }

    fn beside(&mut self, tenant: TenantId, subject: &Subject) -> Result<Vec<Value>, StoreError> {
        let mut found = Vec::new();
        for sql in [
            "SELECT json_object('kind', 'lead', 'lead', kind, 'qualifies', qualifies, 'account', account,
                'happened', happened_at, 'state', state, 'details', json(details))
             FROM lead WHERE tenant = ?1 AND person = ?2 ORDER BY id",
            "SELECT json_object('kind', 'report', 'report', kind, 'name', name, 'before', before, 'after', after,
                'happened', happened_at)
             FROM fold_report WHERE tenant = ?1 AND account = 0 AND subject = ?2 ORDER BY id",
        ] {
            let mut read = self.connection.prepare_cached(sql)?;
            for id in subject.ids() {
                let lines = read.query_map(params![tenant.0, id], |row| row.get::<_, String>(0))?;
                for line in lines {
                    let line = serde_json::from_str(&line?);
                    found.push(line.map_err(|error| StoreError::Backend(Box::new(error)))?);
                }
            }
        }
        Ok(found)
    }

    fn erase_events(&mut self, tenant: TenantId, positions: &[Position]) -> Result<u64, StoreError> {
        self.write(|transaction| erase(transaction, tenant, positions))
    }

    fn finish_erasure(&mut self, plan: &Plan, events: u64, by: By) -> Result<Receipt, StoreError> {
        let Plan { tenant, subject, seen, .. } = plan;
        let tenant = *tenant;
        self.write(|transaction| {
            let (late, _) = positions(transaction, tenant, subject, *seen)?;
            let late = erase(transaction, tenant, &late)?;
            let salt = salt(transaction)?;
            let ids: Vec<String> = subject.ids().map(|id| salt.of_id(tenant, id)).collect();
            let mut erased = Erased { events: events + late, ids: ids.len() as u64, ..Erased::default() };
            let named: Vec<&str> = subject.ids().collect();
            erased.states = folds::erase::forget(transaction, tenant, &named)?;
            erased.leads = forget_beside(transaction, tenant, &named)?;
            let asked = requests_of(transaction, tenant, subject)?;
            erased.requests = asked.len() as u64;
            let receipt = Receipt::new(tenant, by, ids, erased);
            keep(transaction, &receipt)?;
            let mut close = transaction.prepare_cached(
                "UPDATE erasure SET state = ?2, receipt = ?3, anonymous_id = NULL, user_id = NULL WHERE id = ?1",
            )?;
            for request in asked {
                close.execute(params![request, ErasureState::Done.name(), receipt.id.0])?;
            }
            audit::note(transaction, &by.act(tenant, Receipt::ACTION, receipt.id.0.clone()))?;
            Ok(receipt)
        })
    }

    fn scrub(&mut self) -> Result<bool, StoreError> {
        // Nobody who sends events waits for somebody who reads.
        self.connection.busy_timeout(Duration::ZERO)?;
        let busy =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.connection.busy_timeout(super::BUSY)?;
        Ok(busy? == 0)
    }

    fn receipts(&mut self, tenant: TenantId) -> Result<Vec<Receipt>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT id, erased_at, erased_by, ids, erased FROM receipt WHERE tenant = ?1 ORDER BY number",
        )?;
        let rows = read.query_map([tenant.0], |row| {
            let (ids, erased): (String, String) = (row.get(3)?, row.get(4)?);
            let unreadable = |error| {
                rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::<serde_json::Error>::new(error))
            };
            Ok(Receipt {
                id: ReceiptId(row.get(0)?),
                tenant,
                at: Millis(row.get(1)?),
                by: row.get(2)?,
                ids: serde_json::from_str(&ids).map_err(unreadable)?,
                erased: serde_json::from_str(&erased).map_err(unreadable)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn salt(&mut self) -> Result<Salt, StoreError> {
        salt(&self.connection)
    }
}

impl SqliteStore {
    /// The users that an anonymous id was joined to; the id itself, if it is one of a user.
    fn users_of(&self, tenant: TenantId, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let itself = self
            .connection
            .prepare_cached("SELECT 1 FROM event WHERE tenant = ?1 AND user_id = ?2 LIMIT 1")?
            .exists(params![tenant.0, id])?;
        if itself {
            return Ok(BTreeSet::from([id.to_owned()]));
        }
        let mut read = self.connection.prepare_cached(
            "SELECT user_id, anonymous_id, CASE WHEN instr(message, 'previousId') THEN message END
             FROM event WHERE tenant = ?1 AND user_id IS NOT NULL AND trust <> 3",
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
    fn joined_to(&self, tenant: TenantId, user: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT anonymous_id, CASE WHEN instr(message, 'previousId') THEN message END
             FROM event WHERE tenant = ?1 AND user_id = ?2 AND trust <> 3",
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

fn positions(
    connection: &Connection,
    tenant: TenantId,
    subject: &Subject,
    after: Position,
) -> Result<(Vec<Position>, Position), StoreError> {
    let mut read = connection.prepare_cached(
        "SELECT position, user_id, anonymous_id FROM event WHERE tenant = ?1 AND position > ?2 ORDER BY position",
    )?;
    let (mut found, mut seen) = (Vec::new(), after);
    let mut rows = read.query(params![tenant.0, after.0])?;
    while let Some(row) = rows.next()? {
        seen = Position(row.get(0)?);
        let text = |column| -> rusqlite::Result<Option<String>> { row.get(column) };
        if subject.has(text(1)?.as_deref(), text(2)?.as_deref()) {
            found.push(seen);
        }
    }
    Ok((found, seen))
}

fn erase(transaction: &Transaction<'_>, tenant: TenantId, positions: &[Position]) -> Result<u64, StoreError> {
    let mut remove = transaction
        .prepare_cached("DELETE FROM event WHERE tenant = ?1 AND position = ?2 RETURNING message_id")?;
    let mut erased = 0_u64;
    for position in positions {
        let id: Option<String> =
            remove.query_row(params![tenant.0, position.0], |row| row.get(0)).optional()?;
        if let Some(id) = id {
            bury(transaction, tenant, &id)?;
            erased += 1;
        }
    }
    transaction
        .prepare_cached("UPDATE tenant SET events = events - ?2 WHERE id = ?1")?
        .execute(params![tenant.0, erased.cast_signed()])?;
    Ok(erased)
}

/// What is kept under an id beside the log and the fold. Says how many leads.
fn forget_beside(transaction: &Transaction<'_>, tenant: TenantId, ids: &[&str]) -> Result<u64, StoreError> {
    let mut leads = 0;
    let mut lead = transaction.prepare_cached("DELETE FROM lead WHERE tenant = ?1 AND person = ?2")?;
    let mut signed =
        transaction.prepare_cached("DELETE FROM signed_user WHERE tenant = ?1 AND user_id = ?2")?;
    for id in ids {
        leads += lead.execute(params![tenant.0, id])? as u64;
        signed.execute(params![tenant.0, id])?;
    }
    Ok(leads)
}

/// From now on the message counts as one that was there.
pub(super) fn bury(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    message_id: &str,
) -> Result<(), StoreError> {
    let hash = salt(transaction)?.of_message(tenant, message_id);
    transaction
        .prepare_cached("INSERT OR IGNORE INTO erased_message (tenant, hash) VALUES (?1, ?2)")?
        .execute(params![tenant.0, hash])?;
    Ok(())
}

/// Requests, done or not, that name the person.
fn requests_of(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    subject: &Subject,
) -> Result<Vec<i64>, StoreError> {
    let mut read = transaction.prepare_cached(
        "SELECT id, user_id, anonymous_id FROM erasure
         WHERE tenant = ?1 AND (user_id IS NOT NULL OR anonymous_id IS NOT NULL)",
    )?;
    let rows = read.query_map([tenant.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (id, user, anonymous): (i64, Option<String>, Option<String>) = row?;
        if subject.has(user.as_deref(), anonymous.as_deref()) {
            found.push(id);
        }
    }
    Ok(found)
}

fn keep(transaction: &Transaction<'_>, receipt: &Receipt) -> Result<(), StoreError> {
    let json = |error: serde_json::Error| StoreError::Backend(Box::new(error));
    transaction.execute(
        "INSERT INTO receipt (id, tenant, erased_at, erased_by, ids, erased) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            receipt.id.0,
            receipt.tenant.0,
            receipt.at.0,
            receipt.by,
            serde_json::to_string(&receipt.ids).map_err(json)?,
            serde_json::to_string(&receipt.erased).map_err(json)?,
        ],
    )?;
    Ok(())
}

fn salt(connection: &Connection) -> Result<Salt, StoreError> {
    Ok(Salt(connection.prepare_cached("SELECT salt FROM privacy_salt")?.query_row([], |row| row.get(0))?))
}
