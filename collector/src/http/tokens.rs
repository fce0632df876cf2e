//! `/v1/tokens`: made, listed, rotated and revoked by who has an `admin` token. A secret is in the answer to who made it,
//! and nowhere else.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use ripen::replay::format_timestamp;
use serde::{Deserialize, Serialize};

use super::ending::{Ended, Overlap};
use super::refusal::Refusal;
use super::{App, request};
use crate::access::{Kind, Name, Needs, NewToken, Secret, Token, TokenId};
use crate::clock::Millis;
use crate::limits;

#[derive(Serialize)]
pub(super) struct List {
    tokens: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    kind: &'static str,
    name: String,
    created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    valid: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    kind: String,
    #[serde(default)]
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Made {
    success: bool,
    id: i64,
    kind: &'static str,
    token: String,
    /// Of a rotation: until when the old one is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_ends: Option<String>,
}

/// Those of the tenant.
pub(super) async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<List>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let known = app.tenants.now();
    let tokens = known.tokens_of(caller.tenant).into_iter().map(|token| Line::of(token, caller.by.at));
    Ok(Json(List { tokens: tokens.collect() }))
}

/// A new one.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<(StatusCode, Json<Made>), Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let place = app.writer.place()?;
    let Wanted { kind, name } = request::read(body).await?;
    let kind = Kind::named(&kind).ok_or_else(|| {
        Refusal::BadRequest(format!("`kind` is server, read or admin, not {kind} (write keys: /v1/keys)"))
    })?;
    let name = Name::new(&name).map_err(|wrong| Refusal::BadRequest(format!("`name`: {wrong}")))?;
    if app.tenants.now().tokens_of(caller.tenant).iter().filter(|token| token.is_valid(caller.by.at)).count()
        >= limits::TOKENS
    {
        return Err(Refusal::BadRequest(format!("{} tokens are the most: revoke some", limits::TOKENS)));
    }
    let secret = Secret::new(kind)?;
    let token = NewToken { tenant: caller.tenant, kind, name, hash: secret.hash() };
    let id = place.run("token", 1, move |store| store.tokens().add_token(&token, caller.by)).await?;
    let _ = app.tenants.refresh(&app.readers).await;
    Ok((StatusCode::CREATED, Json(Made::of(id, &secret, None))))
}

/// From now on it is worth nothing.
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Ended>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let id = token_id(&id)?;
    let work = app
        .writer
        .place()?
        .run("token", 1, move |store| store.tokens().end_token(caller.tenant, id, caller.by.at, caller.by));
    let ends = work.await?.ok_or(Refusal::NoSuchToken)?;
    let _ = app.tenants.refresh(&app.readers).await;
    Ok(Json(Ended::at(ends)))
}

/// Another in its place; for a while both are valid.
pub(super) async fn rotate(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Made>), Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let id = token_id(&id)?;
    let place = app.writer.place()?;
    let ends = request::read::<Overlap>(body).await?.end(caller.by.at, limits::TOKEN_OVERLAP)?;
    let known = app.tenants.now();
    let kind =
        known.tokens_of(caller.tenant).into_iter().find(|token| token.id == id).map(|token| token.kind);
    let secret = Secret::new(kind.ok_or(Refusal::NoSuchToken)?)?;
    let hash = secret.hash();
    let work = place
        .run("token", 1, move |store| store.tokens().replace_token(caller.tenant, id, hash, ends, caller.by));
    let new = work.await?.ok_or(Refusal::NoSuchToken)?;
    let _ = app.tenants.refresh(&app.readers).await;
    Ok((StatusCode::CREATED, Json(Made::of(new, &secret, Some(ends)))))
}

fn token_id(text: &str) -> Result<TokenId, Refusal> {
    text.parse().map(TokenId).map_err(|_| Refusal::NoSuchToken)
}

impl Line {
    fn of(token: &Token, now: Millis) -> Line {
        Line {
            id: token.id.0,
            kind: token.kind.name(),
            name: token.name.clone(),
            created: format_timestamp(token.created),
            ends: token.ends.map(format_timestamp),
            valid: token.is_valid(now),
        }
    }
}

impl Made {
    fn of(id: TokenId, secret: &Secret, old_ends: Option<Millis>) -> Made {
        let (kind, token) = (secret.kind().name(), secret.reveal());
        Made { success: true, id: id.0, kind, token, old_ends: old_ends.map(format_timestamp) }
    }
}
