//! `/v1/draft`: what a test audience gets instead of the published playbook: whoever opens a page by the link.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ripen::replay::format_timestamp;
use serde::Serialize;

use super::number;
use crate::access::Needs;
use crate::http::App;
use crate::http::refusal::Refusal;
use crate::random;

/// Enough that nobody finds one by trying.
const PASS_BYTES: usize = 12;

#[derive(Serialize)]
pub(in crate::http) struct Begun {
    success: bool,
    number: i64,
    /// What to add to the address of any page of the product.
    link: String,
}

#[derive(Serialize)]
pub(in crate::http) struct Told {
    number: i64,
    since: String,
    link: String,
}

#[derive(Serialize)]
pub(in crate::http) struct Ended {
    success: bool,
}

/// Another draft, under another link: who had the last one's gets what is published.
pub(in crate::http) async fn begin(
    State(app): State<Arc<App>>,
    Path(revision): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Begun>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let number = number(&revision)?;
    let pass = URL_SAFE_NO_PAD.encode(random::bytes::<PASS_BYTES>()?);
    let kept = pass.clone();
    let work = app
        .writer
        .place()?
        .run("draft", 1, move |store| store.playbooks().begin_draft(caller.tenant, number, &kept, caller.by));
    if !work.await? {
        return Err(Refusal::NoSuchRevision);
    }
    let _ = app.tenants.refresh(&app.readers).await;
    Ok(Json(Begun { success: true, number: number.0, link: link(&pass) }))
}

/// Which one it is, and its link.
pub(in crate::http) async fn tell(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<Told>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let read = app.readers.read("draft", move |store| store.playbooks().in_force(caller.tenant));
    let draft = read.await?.draft.ok_or(Refusal::NoDraft)?;
    let (number, since) = (draft.number.0, format_timestamp(draft.since));
    Ok(Json(Told { number, since, link: link(&draft.pass) }))
}

/// The test audience gets what all get.
pub(in crate::http) async fn end(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<Ended>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    let work = app
        .writer
        .place()?
        .run("draft", 1, move |store| store.playbooks().end_draft(caller.tenant, caller.by));
    if !work.await? {
        return Err(Refusal::NoDraft);
    }
    let _ = app.tenants.refresh(&app.readers).await;
    Ok(Json(Ended { success: true }))
}

fn link(pass: &str) -> String {
    format!("?ripen_draft={pass}")
}
