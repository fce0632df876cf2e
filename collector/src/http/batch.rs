//! Events, a batch of them or one: answered after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;

use super::authority::Sender;
use super::refusal::Refusal;
use super::seen::seen;
use super::{App, body};
use crate::clock::Stopwatch;
use crate::health::Seen;
use crate::ingest::{Arrival, Envelope, Message, Refused, ahead, read_message};
use crate::leads::qualified;
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

/// A batch: what is refused of it is named, and the rest is stored.
pub(super) async fn take(State(app): State<Arc<App>>, request: Request) -> Result<Json<Answer>, Refusal> {
    let (appended, rejected) = store(&app, request, None).await?;
    Ok(answer(appended, rejected))
}

/// One message: where it is refused, so is the request.
pub(super) async fn take_one(
    kind: &'static str,
    app: Arc<App>,
    request: Request,
) -> Result<Json<Answer>, Refusal> {
    let (appended, mut rejected) = store(&app, request, Some(kind)).await?;
    match rejected.pop() {
        Some((_, refused)) => Err(Refusal::Event(refused)),
        None => Ok(answer(appended, rejected)),
    }
}

/// With their places in the request.
type RefusedOnes = Vec<(usize, Refused)>;

/// Reads a request, which is a batch or one message of a type, and stores what is good of it.
async fn store(
    app: &App,
    request: Request,
    one: Option<&'static str>,
) -> Result<(Appended, RefusedOnes), Refusal> {
    let (head, body) = request.into_parts();
    // What cannot be stored need not be read. No place is kept while a body comes: it may come slowly.
    if let Err(full) = app.writer.place() {
        return Err(body::refuse(body, full.into()).await);
    }
    let mut held = app.room.enter();
    let body = body::read_held(&mut held, body, limits::BODY_BYTES).await?;
    let (share, place, (batch, rejected)) = {
        let envelope = if one.is_some() { Envelope::of_one(&body) } else { Envelope::read(&body) }?;
        let sender = app.sender(envelope.write_key.clone(), &head)?;
        let share = app.shares.take(sender.tenant, app.tenants.now().len())?;
        let place = app.writer.place()?;
        let seen = seen(&head.headers, body.len(), &envelope);
        (share, place, sort_out(app, envelope, sender, seen, one))
    };
    // It may have to wait: nothing is in memory twice meanwhile.
    drop(body);
    let tenant = batch.tenant;
    let (brought, watch) = (Brought::of(&batch), Stopwatch::start());
    let appended = if batch.is_empty() { Appended::default() } else { place.append(batch).await? };
    app.metrics.stored(&brought, appended, watch.elapsed());
    drop((held, share));
    log(tenant, appended, &rejected);
    Ok((appended, rejected))
}

/// What is stored, and what is refused.
fn sort_out(
    app: &App,
    envelope: Envelope<'_>,
    Sender { tenant, is_server }: Sender,
    mut seen: Seen,
    kind: Option<&'static str>,
) -> (Batch, RefusedOnes) {
    let Envelope { messages, sent, context, reports, ignored, .. } = envelope;
    if ignored > 0 {
        tracing::info!(tenant = tenant.0, ignored, "what streams say of themselves could not be read");
    }
    seen.unbelieved = ignored as u64;
    let received = app.clock.now();
    let (request, denied) = (app.next_request(), app.denials.of(tenant));
    let horizon = app.horizons.at_door(tenant, received);
    // Our pages correct themselves, and may have been given a clock of their host's.
    let ahead = if seen.source.is_ours() { None } else { ahead(sent, received) };
    let arrival = Arrival { request, kind, received, sent, context: &context, denied, horizon, ahead };
    let (mut entries, mut sequenced) = (Vec::with_capacity(messages.len()), Vec::new());
    let (mut rejected, mut leads) = (Vec::new(), Vec::new());
    let known = app.tenants.now();
    let playbook = known.tenant(tenant).and_then(|tenant| Some(&tenant.playbook.as_ref()?.whole));
    let mut credentials = Credentials { server: is_server, ..Credentials::default() };
    for (index, raw) in messages.into_iter().enumerate() {
        match read_message(raw, index, arrival) {
            Ok(Message { entry, sequenced: place, denied, lead, signature, joined, claim }) => {
                seen.denied += denied;
                let lead = lead.and_then(|lead| qualified(lead, playbook));
                leads.extend(lead.map(|lead| (entry.message_id.clone(), lead)));
                credentials.signatures.extend(signature.map(|signature| (entries.len(), signature)));
                credentials.joined.extend(joined.map(|joined| (entries.len(), joined)));
                credentials.claims.extend(claim.map(|claim| (entries.len(), claim)));
                entries.push(entry);
                sequenced.extend(place);
            }
            Err(refused) => {
                seen.rejected.add(refused.code, 1);
                rejected.push((index, refused));
            }
        }
    }
    (Batch { tenant, received, entries, sequenced, reports, seen, leads, credentials }, rejected)
}

fn answer(Appended { accepted, duplicates }: Appended, rejected: RefusedOnes) -> Json<Answer> {
    let named =
        |(index, Refused { message_id, code, message })| Rejected { index, message_id, code, message };
    let rejected = rejected.into_iter().map(named).collect();
    Json(Answer { success: true, accepted, duplicates, rejected, gzip: true })
}

/// Numbers and codes: nothing of what the events say, nor who sent them.
fn log(tenant: TenantId, appended: Appended, rejected: &[(usize, Refused)]) {
    let Appended { accepted, duplicates } = appended;
    tracing::debug!(tenant = tenant.0, accepted, duplicates, rejected = rejected.len(), "batch");
    if let Some((_, first)) = rejected.first() {
        tracing::info!(
            tenant = tenant.0,
            rejected = rejected.len(),
            first = first.code,
            "events were rejected"
        );
    }
}
