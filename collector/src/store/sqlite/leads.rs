//! Leads, in SQLite.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};
use serde_json::{Map, Value, json};

use super::{SqliteStore, audit, rows_at_most};
use crate::access::By;
use crate::clock::Millis;
use crate::identity::{Trust, Verdict};
use crate::leads::{Lead, LeadDraft, LeadId, LeadKind, LeadState, Qualified, Selection};
use crate::store::{Leads, StoreError, TenantId};

const COLUMNS: &str = "id, key, kind, person, account, happened_at, found_at, signed, rank, details, state, since, qualifies, named";

/// A form of which nobody knows who sent it blocks nobody, where the host signs its users, unless somebody has taken it up:
/// a write key is public.
const BLOCKS: &str = "state = 'open' AND (signed OR since > found_at OR NOT EXISTS (
    SELECT 1 FROM signing_secret WHERE signing_secret.tenant = ?1 AND retired_at IS NULL))";

/// Keeps the leads in events of a batch, in its transaction, of the events that are in the log: one that was erased and
/// comes again is none.
pub(super) fn keep_told(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    found: Millis,
    leads: &[(String, LeadDraft)],
) -> Result<(), StoreError> {
    let mut logged = transaction
        .prepare_cached("SELECT trust, anonymous_id FROM event WHERE tenant = ?1 AND message_id = ?2")?;
    for (message_id, draft) in leads {
        let known = logged.query_row(params![tenant.0, message_id], |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((verdict, anonymous)) = known.optional()? else { continue };
        let Verdict { trust, outsider } = Verdict::numbered(verdict).unwrap_or_default();
        match trust {
            Trust::Stranger => {}
            // It names somebody who it may not be of.
            Trust::Refused => {
                let named = draft.person.clone();
                let draft = LeadDraft { person: anonymous, named, account: None, ..draft.clone() };
                insert(transaction, tenant, found, &draft, false)?;
            }
            _ => {
                // Nor is it of an account that it may not be of.
                let account = draft.account.clone().filter(|_| !outsider);
                let draft = LeadDraft { account, ..draft.clone() };
                insert(transaction, tenant, found, &draft, trust == Trust::Signed)?;
            }
        }
    }
    Ok(())
}

/// Keeps leads that were found, each with whether the host has signed who it is.
pub(super) fn keep(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    found: Millis,
    leads: &[(LeadDraft, bool)],
) -> Result<(), StoreError> {
    leads.iter().try_for_each(|(draft, signed)| insert(transaction, tenant, found, draft, *signed))
}

fn insert(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    found: Millis,
    draft: &LeadDraft,
    signed: bool,
) -> Result<(), StoreError> {
    let LeadDraft { key, kind, person, named, account, at, rank, reasons } = draft;
    let (details, qualifies, state) = match kind {
        LeadKind::Form { nudge, fields } => {
            (json!({"nudge": nudge, "fields": fields, "reasons": reasons}), None, LeadState::Open)
        }
        LeadKind::Moment(Qualified { moment, motion, qualifies }) => (
            json!({"moment": moment, "motion": motion, "reasons": reasons}),
            qualifies.clone(),
            LeadState::New,
        ),
    };
    transaction
        .prepare_cached(
            "INSERT INTO lead (tenant, key, kind, person, account, happened_at, found_at, signed, rank, details, state,
                since, qualifies, named)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?7, ?12, ?13) ON CONFLICT (tenant, key) DO NOTHING",
        )?
        .execute(params![
            tenant.0,
            key,
            kind.name(),
            person,
            account,
            at.0,
            found.0,
            signed,
            rank,
            details.to_string(),
            state.name(),
            qualifies,
            named,
        ])?;
    Ok(())
}

impl Leads for SqliteStore {
    fn keep_leads(
        &mut self,
        tenant: TenantId,
        found: Millis,
        leads: &[(LeadDraft, bool)],
    ) -> Result<(), StoreError> {
        self.write(|transaction| keep(transaction, tenant, found, leads))
    }

    fn leads(
        &mut self,
        tenant: TenantId,
        selection: &Selection,
        limit: usize,
    ) -> Result<Vec<Lead>, StoreError> {
        let Selection { state, kind, qualifies, since, best, after } = selection;
        // The best of a month are the best of those that are wanted, wherever the page begins.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM (
                SELECT {COLUMNS}, row_number() OVER (
                    PARTITION BY strftime('%Y-%m', found_at / 1000, 'unixepoch')
                    ORDER BY kind = 'form' DESC, rank DESC, happened_at, id
                ) AS place
                FROM lead WHERE tenant = :tenant AND (:state IS NULL OR state = :state)
                    AND (:kind IS NULL OR kind = :kind) AND (:qualifies IS NULL OR qualifies = :qualifies)
                    AND (:since IS NULL OR found_at >= :since)
             ) WHERE place <= :best AND id > :after ORDER BY id LIMIT :limit"
        ))?;
        let rows = statement.query_map(
            named_params! {
                ":tenant": tenant.0,
                ":state": state.map(LeadState::name),
                ":kind": kind,
                ":qualifies": qualifies,
                ":since": since.map(|since| since.0),
                ":best": best.unwrap_or(u32::MAX),
                ":after": after.unwrap_or(LeadId::START).0,
                ":limit": rows_at_most(limit),
            },
            lead,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn settle_lead(
        &mut self,
        tenant: TenantId,
        id: LeadId,
        state: LeadState,
        by: By,
    ) -> Result<Option<Lead>, StoreError> {
        self.write(|transaction| {
            let changed = transaction
                .prepare_cached(
                    "UPDATE lead SET state = ?3, since = ?4 WHERE tenant = ?1 AND id = ?2 AND state <> ?3",
                )?
                .execute(params![tenant.0, id.0, state.name(), by.at.0])?;
            if changed > 0 {
                let act = by.act(tenant, "lead.settled", format!("lead {}", id.0)).saying(state.name());
                audit::note(transaction, &act)?;
            }
            let select = format!("SELECT {COLUMNS} FROM lead WHERE tenant = ?1 AND id = ?2");
            Ok(transaction.query_row(&select, params![tenant.0, id.0], lead).optional()?)
        })
    }

    fn has_open_lead(
        &mut self,
        tenant: TenantId,
        persons: &[&str],
        account: Option<&str>,
    ) -> Result<bool, StoreError> {
        let open = |column: &str, id: &str, blocks: &str| -> Result<bool, StoreError> {
            let select =
                format!("SELECT 1 FROM lead WHERE tenant = ?1 AND {column} = ?2 AND {blocks} LIMIT 1");
            Ok(self.connection.prepare_cached(&select)?.exists(params![tenant.0, id])?)
        };
        for (place, person) in persons.iter().enumerate() {
            // An anonymous id nobody knows but the browser that has it: it is theirs who were joined to it.
            if open("person", person, if place == 0 { BLOCKS } else { "state = 'open'" })? {
                return Ok(true);
            }
        }
        account.map_or(Ok(false), |account| open("account", account, BLOCKS))
    }
}

/// A row of [`COLUMNS`].
fn lead(row: &Row<'_>) -> rusqlite::Result<Lead> {
    let details: String = row.get(9)?;
    let wrong = |column, what: &str| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("it is no {what}").into())
    };
    let mut details: Map<String, Value> =
        serde_json::from_str(&details).map_err(|_| wrong(9, "JSON object"))?;
    let mut take = |name: &str| details.remove(name).unwrap_or_default();
    let text = |value: Value| value.as_str().map(str::to_owned);
    let kind = match row.get::<_, String>(2)?.as_str() {
        "form" => LeadKind::Form {
            nudge: text(take("nudge")),
            fields: take("fields").as_object().cloned().unwrap_or_default(),
        },
        _ => LeadKind::Moment(Qualified {
            moment: text(take("moment")).unwrap_or_default(),
            motion: text(take("motion")),
            qualifies: row.get(12)?,
        }),
    };
    let state: String = row.get(10)?;
    Ok(Lead {
        id: LeadId(row.get(0)?),
        draft: LeadDraft {
            key: row.get(1)?,
            kind,
            person: row.get(3)?,
            named: row.get(13)?,
            account: row.get(4)?,
            at: Millis(row.get(5)?),
            rank: row.get(8)?,
            reasons: take("reasons"),
        },
        found: Millis(row.get(6)?),
        signed: row.get(7)?,
        state: LeadState::named(&state).ok_or_else(|| wrong(10, "state of a lead"))?,
        since: Millis(row.get(11)?),
    })
}
