//! `POST /v1/batch`: answered after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;

use super::refusal::Refusal;
use super::{App, body, write_key};
use crate::ingest::{Arrival, Envelope, Refused, read_message};
use crate::store::{Appended, Batch, Entry, TenantId};

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
    /// Stored now.
    accepted: u64,
    /// Stored before: nothing to do for the client.
    duplicates: u64,
    rejected: Vec<Rejected>,
}

/// An event that will never be stored as it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rejected {
    /// Its place in the batch.
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    code: &'static str,
    message: String,
}

pub(super) async fn take(State(app): State<Arc<App>>, request: Request) -> Result<Json<Answer>, Refusal> {
    // Before the body is read, so that what is in memory is bounded by the places.
    let place = app.writer.place()?;
    let (head, body) = request.into_parts();
    let body = body::read(body).await?;
    let envelope = Envelope::read(&body)?;
    let key = envelope.write_key.clone().or_else(|| write_key::from_basic(&head.headers));
    let tenant = key.as_deref().and_then(|key| app.tenants.get(key));
    let tenant = tenant.ok_or(Refusal::UnknownWriteKey { given: key.is_some() })?.id;

    let received = app.clock.now();
    let arrival = Arrival { received, sent: envelope.sent, context: &envelope.context };
    let (entries, rejected) = sort_out(&envelope.messages, arrival);
    let appended = match entries.is_empty() {
        true => Appended::default(),
        false => place.append(Batch { tenant, received, entries }).await?,
    };
    log(tenant, appended, &rejected);
    let Appended { accepted, duplicates } = appended;
    Ok(Json(Answer { success: true, accepted, duplicates, rejected }))
}

/// Those that are stored, and those that are refused.
fn sort_out(messages: &[&str], arrival: Arrival<'_>) -> (Vec<Entry>, Vec<Rejected>) {
    let (mut entries, mut rejected) = (Vec::with_capacity(messages.len()), Vec::new());
    for (index, raw) in messages.iter().enumerate() {
        match read_message(raw, arrival) {
            Ok(entry) => entries.push(entry),
            Err(refused) => {
                let Refused { message_id, code, message } = refused;
                rejected.push(Rejected { index, message_id, code, message });
            }
        }
    }
    (entries, rejected)
}

/// Numbers and codes: nothing of what the events say, nor who sent them.
fn log(tenant: TenantId, appended: Appended, rejected: &[Rejected]) {
    let Appended { accepted, duplicates } = appended;
    tracing::debug!(tenant = tenant.0, accepted, duplicates, rejected = rejected.len(), "batch");
    if let Some(first) = rejected.first() {
        tracing::info!(
            tenant = tenant.0,
            rejected = rejected.len(),
            first = first.code,
            "events were rejected"
        );
    }
}
