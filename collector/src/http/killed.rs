//! `GET /v1/killed/{writeKey}`: which nudges are off. Asked by a page that is about to show one, or does; never by one
//! that is idle.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::App;
use super::refusal::Refusal;
use crate::limits;

pub(super) async fn tell(
    State(app): State<Arc<App>>,
    Path(write_key): Path<String>,
) -> Result<Response, Refusal> {
    let known = app.tenants.now();
    let tenant = known.by_key(&write_key, app.clock.now()).ok_or(Refusal::NoPlaybook)?;
    let age = format!("public, max-age={}", limits::KILLED_MAX_AGE_S);
    Ok(([(header::CACHE_CONTROL, age)], Json(&tenant.killed)).into_response())
}
