//! `/v1/keys`: the write keys of a tenant. A new one is brought to the pages, and then the old one is revoked, perhaps
//! with a while in between.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use ripen::replay::format_timestamp;
use serde::{Deserialize, Serialize};

use super::ending::{Ended, Overlap};
use super::refusal::Refusal;
use super::{App, request};
use crate::access::{Needs, WriteKey};
use crate::clock::Millis;

#[derive(Serialize)]
pub(super) struct List {
    keys: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    valid: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Left out: a random one.
    key: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Made {
    success: bool,
    key: String,
}

/// Those of the tenant.
pub(super) async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<List>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let known = app.tenants.now();
    let keys = known.keys_of(caller.tenant).into_iter().map(|key| Line::of(key, caller.by.at));
    Ok(Json(List { keys: keys.collect() }))
}

/// One more.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<(StatusCode, Json<Made>), Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let place = app.writer.place()?;
    let Wanted { key } = request::read(body).await?;
    let key = match key {
        Some(key) => {
            WriteKey::chosen(&key).map_err(|wrong| Refusal::BadRequest(format!("`key`: {wrong}")))?
        }
        None => WriteKey::random()?,
    };
    let (added, by) = (key.clone(), caller.by);
    let work =
        place.run("write key", 1, move |store| store.directory().add_write_key(caller.tenant, &added, by));
    if !work.await? {
        return Err(Refusal::KeyTaken);
    }
    let _ = app.tenants.refresh(&app.readers).await;
    Ok((StatusCode::CREATED, Json(Made { success: true, key })))
}

/// From now on, or from some time on, nobody sends by it.
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    request: Request,
) -> Result<Json<Ended>, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let place = app.writer.place()?;
    let ends = request::read::<Overlap>(body).await?.end(caller.by.at, Duration::ZERO)?;
    let work = place.run("write key", 1, move |store| {
        store.directory().end_write_key(caller.tenant, &key, ends, caller.by)
    });
    let ends = work.await?.ok_or(Refusal::NoSuchKey)?;
    let _ = app.tenants.refresh(&app.readers).await;
    Ok(Json(Ended::at(ends)))
}

impl Line {
    fn of(key: &WriteKey, now: Millis) -> Line {
        Line {
            key: key.key.clone(),
            created: key.created.map(format_timestamp),
            ends: key.ends.map(format_timestamp),
            valid: key.is_valid(now),
        }
    }
}
