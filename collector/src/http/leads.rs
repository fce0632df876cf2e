//! `GET /v1/leads`: the feed, as JSON or CSV; `POST /v1/leads/{id}`: how far one has come.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use ripen::engine::parse_timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refusal::Refusal;
use super::{App, request};
use crate::access::Needs;
use crate::leads::{KINDS, Lead, LeadId, LeadState, QUALIFICATIONS, Selection, to_csv};
use crate::limits;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    state: Option<String>,
    kind: Option<String>,
    qualifies: Option<String>,
    since: Option<String>,
    best: Option<u32>,
    after: Option<i64>,
    format: Option<String>,
}

#[derive(Serialize)]
struct List {
    leads: Vec<Value>,
    /// What `after` is to be for the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settled {
    state: String,
}

/// The leads of the tenant.
pub(super) async fn tell(
    State(app): State<Arc<App>>,
    query: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = app.authorise(&headers, Needs::Read)?;
    let Query(wanted) = query.map_err(|error| Refusal::BadRequest(error.to_string()))?;
    let as_csv = match wanted.format.as_deref() {
        None | Some("json") => false,
        Some("csv") => true,
        Some(other) => return Err(Refusal::BadRequest(format!("`format` is json or csv, not {other}"))),
    };
    let selection = wanted.selection()?;
    let leads = app
        .readers
        .read("leads", move |store| store.leads().leads(caller.tenant, &selection, limits::PAGE))
        .await?;
    let next = leads.last().filter(|_| leads.len() == limits::PAGE).map(|last| last.id.0);
    if !as_csv {
        return Ok(Json(List { leads: leads.iter().map(Lead::to_json).collect(), next }).into_response());
    }
    let body = to_csv(&leads).map_err(|_| Refusal::Broken)?;
    let mut response = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], body).into_response();
    if let Some(next) = next {
        response.headers_mut().insert("x-next", next.into());
    }
    Ok(response)
}

/// Says how far a lead has come.
pub(super) async fn settle(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let id = id.parse().map(LeadId).map_err(|_| Refusal::NoSuchLead)?;
    let place = app.writer.place()?;
    let Settled { state } = request::read(body).await?;
    let state = state_of(&state)?;
    let settle = move |store: &mut dyn crate::store::Store| {
        store.leads().settle_lead(caller.tenant, id, state, caller.by)
    };
    let lead = place.run("lead", 1, settle).await?.ok_or(Refusal::NoSuchLead)?;
    Ok(Json(lead.to_json()))
}

impl Wanted {
    fn selection(self) -> Result<Selection, Refusal> {
        let Wanted { state, kind, qualifies, since, best, after, format: _ } = self;
        let one_of = |name: &str, value: Option<String>, known: &[&str]| match value {
            Some(value) if !known.contains(&value.as_str()) => {
                Err(Refusal::BadRequest(format!("`{name}` is one of {}, not {value}", known.join(", "))))
            }
            value => Ok(value),
        };
        let since = since
            .map(|text| {
                let unreadable = || format!("`since` is a time such as 2026-01-31T00:00:00Z, not {text}");
                parse_timestamp(&text).ok_or_else(|| Refusal::BadRequest(unreadable()))
            })
            .transpose()?;
        Ok(Selection {
            state: state.as_deref().map(state_of).transpose()?,
            kind: one_of("kind", kind, &KINDS)?,
            qualifies: one_of("qualifies", qualifies, &QUALIFICATIONS)?,
            since,
            best,
            after: after.map(LeadId),
        })
    }
}

fn state_of(name: &str) -> Result<LeadState, Refusal> {
    LeadState::named(name).ok_or_else(|| {
        let known: Vec<&str> = LeadState::ALL.into_iter().map(LeadState::name).collect();
        Refusal::BadRequest(format!("`state` is one of {}, not {name}", known.join(", ")))
    })
}
