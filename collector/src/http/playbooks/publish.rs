//! A new revision, checked at the door with the errors of `ripen check`; and which one pages load.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};

use super::{expected, number};
use crate::access::{Name, Needs};
use crate::http::App;
use crate::http::body;
use crate::http::problems::Line;
use crate::http::refusal::Refusal;
use crate::limits;
use crate::store::{Expected, Publishing, RevisionNumber, StoreError};
use crate::tenants::Written;
use crate::writer::NotStored;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Wanted {
    /// Only check it.
    dry_run: Option<String>,
    /// Publish it at once.
    publish: Option<String>,
    /// What somebody says of it.
    note: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct Answer {
    success: bool,
    /// None of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i64>,
    /// Of what it means.
    hash: String,
    /// What pages load.
    pages_bytes: usize,
    published: bool,
    /// Nothing was changed by this: it means what is published already, or the newest revision if that was all that was
    /// asked.
    unchanged: bool,
    /// What was published before.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
    /// What is legal, and hardly meant.
    problems: Vec<Line>,
}

#[derive(Serialize)]
pub(in crate::http) struct Changed {
    success: bool,
    published: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

/// What became of a text.
enum Done {
    /// As a new revision, or as one that means the same.
    Kept(RevisionNumber, bool, Publishing),
    /// The revision, and whether it is published.
    Unchanged(RevisionNumber, bool),
    Overtaken(Option<RevisionNumber>),
}

/// Keeps a text as a revision, and publishes it if that is asked.
pub(in crate::http) async fn add(
    State(app): State<Arc<App>>,
    query: Result<Query<Wanted>, QueryRejection>,
    request: Request,
) -> Result<(StatusCode, Json<Answer>), Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.authorise(&head.headers, Needs::Admin)?;
    let Query(wanted) = query.map_err(|error| Refusal::BadRequest(error.to_string()))?;
    let is_published = is_yes(wanted.publish.as_deref())?;
    let is_dry = is_yes(wanted.dry_run.as_deref())?;
    let expected = if is_published && !is_dry { Some(expected(&head.headers)?) } else { None };
    let note = Name::new(wanted.note.as_deref().unwrap_or_default())
        .map_err(|wrong| Refusal::BadRequest(format!("`note`: {wrong}")))?;
    let accepted = head.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let as_text = accepted.is_some_and(|kinds| kinds.starts_with("text/plain"));
    let place = app.writer.place()?;
    let text = String::from_utf8(body::read(body, limits::PLAYBOOK_BYTES).await?)
        .map_err(|_| Refusal::BadRequest("the playbook is not UTF-8".into()))?;
    // It may take a while: not where requests are answered.
    let written = tokio::task::spawn_blocking(move || Written::new(text)).await.map_err(|_| NotStored)?;
    let written = written.map_err(|problems| Refusal::Mistakes { problems, as_text })?;
    let mut answer = Answer {
        success: true,
        number: None,
        hash: written.hash.clone(),
        pages_bytes: written.pages.bytes.len(),
        published: false,
        unchanged: false,
        before: None,
        problems: written.warnings.iter().map(Line::from).collect(),
    };
    if is_dry {
        return Ok((StatusCode::OK, Json(answer)));
    }
    let work = place.run("playbook", 1, move |store| {
        let force = store.playbooks().in_force(caller.tenant)?.published;
        if let Some(Expected::Revision(thought)) = expected
            && thought != force
        {
            return Ok(Done::Overtaken(force));
        }
        let same = store.playbooks().same(caller.tenant, &written.hash)?;
        if let Some(number) = same.filter(|same| Some(*same) == force || !is_published) {
            return Ok(Done::Unchanged(number, Some(number) == force));
        }
        let number = match same {
            Some(number) => number,
            None => {
                let revision = written.revision(caller.tenant, note.as_str());
                store.playbooks().add_revision(&revision, caller.by)?
            }
        };
        let published = match expected {
            Some(expected) => store.playbooks().publish(caller.tenant, number, expected, caller.by)?,
            None => Publishing::Unknown,
        };
        Ok::<_, StoreError>(Done::Kept(number, same.is_none(), published))
    });
    let done = work.await?;
    let _ = app.tenants.refresh(&app.readers).await;
    match done {
        Done::Overtaken(now) | Done::Kept(.., Publishing::Overtaken(now)) => Err(Refusal::Overtaken(now)),
        Done::Unchanged(number, is_published) => {
            (answer.number, answer.unchanged, answer.published) = (Some(number.0), true, is_published);
            Ok((StatusCode::OK, Json(answer)))
        }
        Done::Kept(number, is_new, published) => {
            answer.number = Some(number.0);
            if let Publishing::Now(before) = published {
                (answer.published, answer.before) = (true, before.map(|before| before.0));
            }
            Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(answer)))
        }
    }
}

/// Makes a revision what pages load: the newest one, or to roll back an older one.
pub(in crate::http) async fn publish(
    State(app): State<Arc<App>>,
    Path(revision): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Changed>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let (number, expected) = (number(&revision)?, expected(&headers)?);
    let work = app.writer.place()?.run("playbook", 1, move |store| {
        store.playbooks().publish(caller.tenant, number, expected, caller.by)
    });
    let published = work.await?;
    let _ = app.tenants.refresh(&app.readers).await;
    match published {
        Publishing::Unknown => Err(Refusal::NoSuchRevision),
        Publishing::Overtaken(now) => Err(Refusal::Overtaken(now)),
        Publishing::Now(before) => {
            Ok(Json(Changed { success: true, published: number.0, before: before.map(|before| before.0) }))
        }
    }
}

/// `?dry_run`, `?dry_run=true` and `?dry_run=1` are one; what is neither yes nor no must not be taken for either.
fn is_yes(value: Option<&str>) -> Result<bool, Refusal> {
    match value {
        None | Some("false" | "0") => Ok(false),
        Some("" | "true" | "1") => Ok(true),
        Some(other) => Err(Refusal::BadRequest(format!("{other} is neither true nor false"))),
    }
}
