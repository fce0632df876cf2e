//! Which revisions there are, and what is in them.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use ripen::playbook::compile;
use ripen::replay::format_timestamp;
use serde::{Deserialize, Serialize};

use super::number;
use crate::access::Needs;
use crate::http::App;
use crate::http::refusal::Refusal;
use crate::limits;
use crate::store::{Publication, Revision, RevisionNumber};

/// The latest changes of what is published that are told.
const PUBLICATIONS: usize = 20;

#[derive(Deserialize)]
pub(in crate::http) struct Wanted {
    before: Option<i64>,
}

#[derive(Serialize)]
struct List {
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<i64>,
    killed: Vec<String>,
    revisions: Vec<Line>,
    publications: Vec<PublicationLine>,
    /// What `before` is to be for the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

#[derive(Serialize)]
struct Line {
    number: i64,
    hash: String,
    created: String,
    by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
struct PublicationLine {
    number: i64,
    at: String,
    by: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct Whole {
    #[serde(flatten)]
    line: Line,
    pages_hash: String,
    source: String,
}

/// The newest first. The entity tag is what to say in `If-Match` to publish.
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    query: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = app.authorise(&headers, Needs::Read)?;
    let Query(Wanted { before }) = query.map_err(|error| Refusal::BadRequest(error.to_string()))?;
    let read = app.readers.read("playbooks", move |store| {
        let playbooks = store.playbooks();
        let revisions = playbooks.revisions(caller.tenant, before.map(RevisionNumber), limits::PAGE)?;
        let publications = playbooks.publications(caller.tenant, PUBLICATIONS)?;
        Ok((playbooks.in_force(caller.tenant)?, revisions, publications))
    });
    let (force, revisions, publications) = read.await?;
    let published = force.published.map(|number| number.0);
    let next = revisions.last().filter(|_| revisions.len() == limits::PAGE).map(|last| last.number.0);
    let list = List {
        published,
        draft: force.draft.map(|draft| draft.number.0),
        killed: force.killed,
        revisions: revisions.into_iter().map(Line::from).collect(),
        publications: publications.into_iter().map(PublicationLine::from).collect(),
        next,
    };
    Ok(([(header::ETAG, format!("\"{}\"", published.unwrap_or(0)))], Json(list)).into_response())
}

/// One, with its text.
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    Path(revision): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Whole>, Refusal> {
    let caller = app.authorise(&headers, Needs::Read)?;
    let number = number(&revision)?;
    let read = app.readers.read("playbooks", move |store| store.playbooks().revision(caller.tenant, number));
    let (revision, source) = read.await?.ok_or(Refusal::NoSuchRevision)?;
    let pages_hash = revision.pages_hash.clone();
    Ok(Json(Whole { line: Line::from(revision), pages_hash, source }))
}

/// The whole of it, as this version compiles it.
pub(in crate::http) async fn compiled(
    State(app): State<Arc<App>>,
    Path(revision): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = app.authorise(&headers, Needs::Read)?;
    let number = number(&revision)?;
    let read = app.readers.read("playbooks", move |store| {
        let found = store.playbooks().revision(caller.tenant, number)?;
        Ok(found.map(|(_, source)| compile(&source)))
    });
    let compiled = read
        .await?
        .ok_or(Refusal::NoSuchRevision)?
        .map_err(|problems| Refusal::Mistakes { problems, as_text: false })?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], compiled.bytes).into_response())
}

impl From<Revision> for Line {
    fn from(revision: Revision) -> Line {
        let Revision { number, hash, note, created, by, .. } = revision;
        Line { number: number.0, hash, created: format_timestamp(created), by, note }
    }
}

impl From<Publication> for PublicationLine {
    fn from(publication: Publication) -> PublicationLine {
        let Publication { number, at, by } = publication;
        PublicationLine { number: number.0, at: format_timestamp(at), by }
    }
}
