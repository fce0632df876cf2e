//! `GET /v1/playbook/{writeKey}`: the compiled playbook, asked for anew at each page load and sent only if it changed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::refusal::Refusal;

pub(super) async fn serve(
    State(app): State<Arc<App>>,
    Path(write_key): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let known = app.tenants.now();
    let tenant = known.by_key(&write_key, app.clock.now());
    let playbook = tenant.and_then(|tenant| tenant.playbook.as_ref()).ok_or(Refusal::NoPlaybook)?;
    let etag = format!("\"{}\"", playbook.revision);
    let fresh = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if names(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, fresh).into_response());
    }
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    Ok((fresh, kind, playbook.bytes.clone()).into_response())
}

/// Whether `If-None-Match` names the revision. A proxy that compresses makes a tag weak; the content is the same.
fn names(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}
