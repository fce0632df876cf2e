//! `GET /v1/audit?after=N`: who did what, in order, a page at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use ripen::replay::format_timestamp;
use serde::{Deserialize, Serialize};

use super::App;
use super::refusal::Refusal;
use crate::access::{ActId, Acted, Needs};
use crate::limits;

#[derive(Deserialize)]
pub(super) struct Wanted {
    after: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct List {
    acts: Vec<Line>,
    /// What `after` is to be for the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    at: String,
    by: String,
    action: String,
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
}

pub(super) async fn tell(
    State(app): State<Arc<App>>,
    query: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Json<List>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let Query(Wanted { after }) = query.map_err(|error| Refusal::BadRequest(error.to_string()))?;
    let after = after.map_or(ActId::START, ActId);
    let acts = app
        .readers
        .read("audit log", move |store| store.audit().acts(caller.tenant, after, limits::PAGE))
        .await?;
    let next = acts.last().filter(|_| acts.len() == limits::PAGE).map(|last| last.id.0);
    Ok(Json(List { acts: acts.into_iter().map(Line::from).collect(), next }))
}

impl From<Acted> for Line {
    fn from(act: Acted) -> Line {
        let Acted { id, at, by, action, to, detail } = act;
        Line { id: id.0, at: format_timestamp(at), by, action, to, detail }
    }
}
