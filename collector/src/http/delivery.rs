//! `GET /v1/health/delivery?since=2024-01-31`: what came, by what, how late, and what did not.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use super::App;
use super::refusal::Refusal;
use crate::access::Needs;
use crate::health::{Day, Report};
use crate::limits;

#[derive(Deserialize)]
pub(super) struct Wanted {
    since: Option<String>,
}

pub(super) async fn tell(
    State(app): State<Arc<App>>,
    query: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Json<Report>, Refusal> {
    let tenant = app.authorise(&headers, Needs::Read)?.tenant;
    let Query(Wanted { since }) = query.map_err(|error| Refusal::BadRequest(error.to_string()))?;
    let since = match since {
        None => Day(Day::of(app.clock.now()).0 - limits::HEALTH_DAYS_SHOWN),
        Some(text) => Day::read(&text)
            .ok_or_else(|| Refusal::BadRequest("`since` is a day, for example 2024-01-31".to_owned()))?,
    };
    let read = app.readers.read("delivery health", move |store| Report::read(store, tenant, since));
    Ok(Json(read.await?))
}
