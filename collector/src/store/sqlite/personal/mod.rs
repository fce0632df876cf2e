//! One person's data in SQLite.

mod alias;
mod erase;
mod find;
mod places;
mod tombstones;

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::{SqliteStore, audit, folds, log};
pub(super) use tombstones::{Tombstones, bury};

use crate::access::By;
use crate::clock::Millis;
use crate::privacy::{Erased, NoSubject, Plan, Receipt, ReceiptId, Salt, Subject};
use crate::store::personal::PersonalData;
use crate::store::{ErasureState, Person, Position, StoreError, Stored, TenantId};

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
        let is_known = !positions.is_empty() || asked || self.is_kept_beside(tenant, &subject)?;
        Ok(if is_known { Ok(subject) } else { Err(NoSubject::Unknown) })
    }

    fn known_ids(&mut self, tenant: TenantId) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError> {
        find::known_ids(&self.connection, tenant)
    }

    fn positions(
        &mut self,
        tenant: TenantId,
        subject: &Subject,
        after: Position,
    ) -> Result<(Vec<Position>, Position), StoreError> {
        find::positions(&self.connection, tenant, subject, after)
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
        let mut found = find::leads(&self.connection, tenant, subject)?;
        let mut read = self.connection.prepare_cached(
            "SELECT json_object('kind', 'member', 'account', account, 'since', vouched_at)
             FROM member WHERE tenant = ?1 AND user_id = ?2",
        )?;
        for id in subject.ids() {
            let lines = read.query_map(params![tenant.0, id], |row| row.get::<_, String>(0))?;
            for line in lines {
                let line = serde_json::from_str(&line?);
                found.push(line.map_err(|error| StoreError::Backend(Box::new(error)))?);
            }
        }
        Ok(found)
    }

    fn erase_events(&mut self, tenant: TenantId, positions: &[Position]) -> Result<u64, StoreError> {
        self.write(|transaction| erase::events(transaction, tenant, positions))
    }

    fn finish_erasure(&mut self, plan: &Plan, events: u64, by: By) -> Result<Receipt, StoreError> {
        let Plan { tenant, subject, seen, .. } = plan;
        let tenant = *tenant;
        self.write(|transaction| {
            let (late, _) = find::positions(transaction, tenant, subject, *seen)?;
            let late = erase::events(transaction, tenant, &late)?;
            let salt = tombstones::salt(transaction)?;
            let ids: Vec<String> = subject.ids().map(|id| salt.of_id(tenant, id)).collect();
            let mut erased = Erased { events: events + late, ids: ids.len() as u64, ..Erased::default() };
            let named: Vec<&str> = subject.ids().collect();
            erased.states = folds::erase::forget(transaction, tenant, &named)?;
            erased.leads = erase::beside(transaction, tenant, subject)?;
            let asked = erase::requests_of(transaction, tenant, subject)?;
            erased.requests = asked.len() as u64;
            let receipt = Receipt::new(tenant, by, ids, erased);
            erase::keep(transaction, &receipt)?;
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
        tombstones::salt(&self.connection)
    }
}
