//! `/v1/persons/{id}`: all that is kept of somebody, and its erasure, for who has an `admin` token.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use http_body_util::channel::{Channel, Sender};
use ripen::replay::format_timestamp;
use serde::Serialize;
use tokio::runtime::Handle;

use super::App;
use super::refusal::Refusal;
use crate::access::Needs;
use crate::limits;
use crate::privacy::{self, Erased, Receipt, Subject};
use crate::store::{Person, TenantId};

/// What an export holds in memory.
const CHUNK_BYTES: usize = 64 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    receipt: String,
    erased_at: String,
    by: String,
    ids: Vec<String>,
    erased: Erased,
}

#[derive(Serialize)]
pub(super) struct List {
    receipts: Vec<Line>,
}

/// NDJSON; it is cut where the store fails in the midst of it.
pub(super) async fn export(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let tenant = caller.tenant;
    let share = app.exporting.take(tenant, app.tenants.now().len())?;
    let subject = app.subject(tenant, named(id)).await?;
    let ids: Vec<String> = app.hashed(tenant, &subject).await?;
    let act = caller.by.act(tenant, "person.exported", ids.first().cloned().unwrap_or_default());
    app.writer.place()?.run("audit log", 1, move |store| store.audit().note(&act)).await?;
    let (sender, body) = Channel::<Bytes, io::Error>::new(1);
    let (readers, handle, now) = (app.readers.clone(), Handle::current(), app.clock.now());
    tokio::spawn(async move {
        let mut out = Chunks { sender: Some(sender), handle, waiting: Vec::new() };
        let done = readers.read_long("export of a person", move |store| {
            let written = privacy::export(store, tenant, &subject, now, &mut out);
            if written.is_err() || out.flush().is_err() {
                out.cut();
            }
            written
        });
        // The log has the reason, and the client a body without an end.
        let _ = done.await;
        drop(share);
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson"), (header::CACHE_CONTROL, "no-store")];
    Ok((kind, Body::new(body)).into_response())
}

/// Answered when it is done.
pub(super) async fn erase(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Line>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let subject = app.subject(caller.tenant, named(id)).await?;
    let App { readers, writer, .. } = app.as_ref();
    let receipt = privacy::carry_out(readers, writer, caller.tenant, subject, caller.by).await?;
    Ok(Json(receipt.into()))
}

/// `GET /v1/receipts`: of all erasures.
pub(super) async fn receipts(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<List>, Refusal> {
    let tenant = app.authorise(&headers, Needs::Admin)?.tenant;
    let receipts = app.readers.read("receipts", move |store| store.personal().receipts(tenant)).await?;
    Ok(Json(List { receipts: receipts.into_iter().map(Line::from).collect() }))
}

/// One namespace: an id is a user's, or an anonymous one.
fn named(id: String) -> Person {
    Person { anonymous_id: Some(id), user_id: None }
}

impl App {
    pub(super) async fn subject(&self, tenant: TenantId, whom: Person) -> Result<Subject, Refusal> {
        let found =
            self.readers.read("a person", move |store| store.personal().subject(tenant, &whom)).await?;
        found.map_err(Refusal::Nobody)
    }

    async fn hashed(&self, tenant: TenantId, subject: &Subject) -> Result<Vec<String>, Refusal> {
        let salt = self.readers.read("salt", |store| store.personal().salt()).await?;
        Ok(subject.ids().map(|id| salt.of_id(tenant, id)).collect())
    }
}

impl From<Receipt> for Line {
    fn from(receipt: Receipt) -> Line {
        let Receipt { id, at, by, ids, erased, .. } = receipt;
        Line { receipt: id.0, erased_at: format_timestamp(at), by, ids, erased }
    }
}

/// Writes to the client, from a thread that may wait for it.
struct Chunks {
    sender: Option<Sender<Bytes, io::Error>>,
    handle: Handle,
    waiting: Vec<u8>,
}

impl Chunks {
    fn cut(&mut self) {
        if let Some(sender) = self.sender.take() {
            sender.abort(io::Error::other("the store cannot be read"));
        }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let chunk = Bytes::from(std::mem::take(&mut self.waiting));
        let Some(sender) = self.sender.as_mut().filter(|_| !chunk.is_empty()) else { return Ok(()) };
        let sent = tokio::time::timeout(limits::BODY_DEADLINE, sender.send_data(chunk));
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        self.handle.block_on(sent).map_err(|_| gone())?.map_err(|_| gone())
    }
}
