//! `GET /v1/playbook/{writeKey}`: the compiled playbook, asked for anew at each page load and sent only if it changed;
//! `?draft=PASS`: what a test audience gets. `GET /v1/playbook/{writeKey}/{hash}`: a revision by what it is, for ever.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::App;
use super::refusal::Refusal;
use crate::limits;

#[derive(Deserialize)]
pub(super) struct Wanted {
    draft: Option<String>,
}

pub(super) async fn serve(
    State(app): State<Arc<App>>,
    Path(write_key): Path<String>,
    query: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let known = app.tenants.now();
    let tenant = known.by_key(&write_key, app.clock.now()).ok_or(Refusal::NoPlaybook)?;
    let pass = query.ok().and_then(|Query(Wanted { draft })| draft);
    let playbook = match &pass {
        None => tenant.playbook.as_ref().ok_or(Refusal::NoPlaybook)?,
        // Whose link has ended is told so, and asks for what all get.
        Some(pass) => match &tenant.draft {
            Some((known, draft)) if known == pass => draft,
            _ => return Err(Refusal::NoDraft),
        },
    };
    let age = match pass {
        // What one of a few gets is kept by nobody in between.
        Some(_) => "private, no-cache".to_owned(),
        None => format!(
            "public, max-age={}, stale-while-revalidate={}",
            limits::PLAYBOOK_MAX_AGE_S,
            limits::PLAYBOOK_STALE_S
        ),
    };
    let etag = format!("\"{}\"", playbook.revision);
    let fresh = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, age)];
    if names(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    Ok((fresh, KIND, playbook.bytes.clone()).into_response())
}

/// What was ever published, or is a draft, by the hash of its bytes: whoever has the address knows what they get.
pub(super) async fn serve_by_hash(
    State(app): State<Arc<App>>,
    Path((write_key, hash)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let known = app.tenants.now();
    let tenant = known.by_key(&write_key, app.clock.now()).ok_or(Refusal::NoPlaybook)?.id;
    let read = app.readers.read("playbook", move |store| store.playbooks().pages(tenant, &hash));
    let bytes = Bytes::from(read.await?.ok_or(Refusal::NoPlaybook)?);
    Ok(([(header::CACHE_CONTROL, "public, max-age=31536000, immutable")], KIND, bytes).into_response())
}

const KIND: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/octet-stream")];

/// Whether `If-None-Match` names the revision. A proxy that compresses makes a tag weak; the content is the same.
fn names(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}
