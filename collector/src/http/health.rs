//! `GET /v1/health`: by the same way that events go, so that it is well only if they can be stored.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::App;
use super::refusal::Refusal;
use crate::limits;

#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    /// In the store, of all tenants.
    events: u64,
    tenants: usize,
    version: &'static str,
}

pub(super) async fn tell(State(app): State<Arc<App>>) -> Result<Json<Health>, Refusal> {
    let check = app.writer.place()?.run("health", 1, |store| store.check());
    // A disk that hangs is as bad as one that fails.
    let answer = tokio::time::timeout(limits::HEALTH_DEADLINE, check).await;
    let events = answer.map_err(|_| Refusal::NotStored)??;
    Ok(Json(Health {
        status: "ok",
        events,
        tenants: app.tenants.now().len(),
        version: env!("CARGO_PKG_VERSION"),
    }))
}
