//! `POST /v1/nudges/{id}/kill` and `/revive`: a nudge that does harm is off in open pages within a minute, and its
//! playbook stays what it is.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::App;
use super::refusal::Refusal;
use crate::access::Needs;
use crate::store::Store;
use crate::tenants::Published;

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
    /// It was so before.
    unchanged: bool,
}

pub(super) async fn kill(
    app: State<Arc<App>>,
    id: Path<String>,
    headers: HeaderMap,
) -> Result<Json<Answer>, Refusal> {
    switch(app, id, headers, false).await
}

pub(super) async fn revive(
    app: State<Arc<App>>,
    id: Path<String>,
    headers: HeaderMap,
) -> Result<Json<Answer>, Refusal> {
    switch(app, id, headers, true).await
}

async fn switch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    is_on: bool,
) -> Result<Json<Answer>, Refusal> {
    let caller = app.authorise(&headers, Needs::Admin)?;
    // Whoever is in a hurry must not believe that a misspelt one is off. Killed nudges can be revived whatever is published.
    let is_known = app.tenants.now().tenant(caller.tenant).is_some_and(|tenant| {
        let drafted = tenant.draft.iter().map(|(_, draft)| draft);
        tenant.killed.contains(&id) || tenant.playbook.iter().chain(drafted).any(|one| one.has_nudge(&id))
    });
    if !is_known {
        let wanted = id.clone();
        let read =
            move |store: &mut dyn Store| Published::on_pages(store.playbooks(), caller.tenant, &wanted);
        if let Err(near) = app.readers.read("nudges", read).await? {
            return Err(Refusal::NoSuchNudge { near, id });
        }
    }
    let work = app
        .writer
        .place()?
        .run("nudge", 1, move |store| store.playbooks().switch_nudge(caller.tenant, &id, is_on, caller.by));
    let changed = work.await?;
    let _ = app.tenants.refresh(&app.readers).await;
    Ok(Json(Answer { success: true, unchanged: !changed }))
}
