//! `POST /v1/batch`: answered after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;

use super::authority::Sender;
use super::refusal::Refusal;
use super::seen::seen;
use super::{App, body};
use crate::clock::{Millis, Stopwatch};
use crate::health::Seen;
use crate::ingest::{Arrival, Denied, Envelope, Message, Refused, read_message};
use crate::limits;
use crate::metrics::Brought;
use crate::store::{Appended, Batch, Credentials, TenantId};

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
    /// Stored now.
    accepted: u64,
    /// Stored before: nothing to do for the client.
    duplicates: u64,
    rejected: Vec<Rejected>,
    /// A gzipped body would have been read: from now on the client may send such.
    gzip: bool,
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
    let body = body::read(body, limits::BODY_BYTES).await?;
    let (batch, rejected) = {
        let envelope = Envelope::read(&body)?;
        let Sender { tenant, is_server } = app.sender(envelope.write_key.clone(), &head.headers)?;
        let seen = seen(&head.headers, body.len(), &envelope);
        let received = app.clock.now();
        let horizon = app.horizons.of(tenant, received);
        let (mut batch, rejected) =
            sort_out(envelope, tenant, received, seen, app.denials.of(tenant), horizon);
        batch.credentials.server = is_server;
        (batch, rejected)
    };
    // It may have to wait: nothing is in memory twice meanwhile.
    drop(body);
    let tenant = batch.tenant;
    let (brought, watch) = (Brought::of(&batch), Stopwatch::start());
    let appended = if batch.is_empty() { Appended::default() } else { place.append(batch).await? };
    app.metrics.stored(&brought, appended, watch.elapsed());
    log(tenant, appended, &rejected);
    let Appended { accepted, duplicates } = appended;
    Ok(Json(Answer { success: true, accepted, duplicates, rejected, gzip: true }))
}

/// What is stored, and what is refused.
fn sort_out(
    envelope: Envelope<'_>,
    tenant: TenantId,
    received: Millis,
    mut seen: Seen,
    denied: &Denied,
    horizon: Option<Millis>,
) -> (Batch, Vec<Rejected>) {
    let Envelope { messages, sent, context, reports, ignored, .. } = envelope;
    if ignored > 0 {
        tracing::info!(tenant = tenant.0, ignored, "what streams say of themselves could not be read");
    }
    let arrival = Arrival { received, sent, context: &context, denied, horizon };
    let (mut entries, mut sequenced) = (Vec::with_capacity(messages.len()), Vec::new());
    let (mut rejected, mut leads) = (Vec::new(), Vec::new());
    let mut credentials = Credentials::default();
    for (index, raw) in messages.iter().enumerate() {
        match read_message(raw, arrival) {
            Ok(Message { entry, sequenced: place, denied, lead, signature }) => {
                seen.denied += denied;
                leads.extend(lead.map(|lead| (entry.message_id.clone(), lead)));
                credentials.signatures.extend(signature.map(|signature| (entries.len(), signature)));
                entries.push(entry);
                sequenced.extend(place);
            }
            Err(Refused { message_id, code, message }) => {
                seen.rejected.add(code, 1);
                rejected.push(Rejected { index, message_id, code, message });
            }
        }
    }
    (Batch { tenant, received, entries, sequenced, reports, seen, leads, credentials }, rejected)
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
