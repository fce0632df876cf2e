//! `GET /v1/health`: by the same way that events go, so that it is well only if they can be stored; and
//! not where defects keep them from it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;

use super::refusal::Refusal;
use super::{App, authority};
use crate::access::Needs;
use crate::limits;
use crate::store::Store;

#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    version: &'static str,
    #[serde(flatten)]
    of_tenant: Option<OfTenant>,
}

/// For who has a token: how much a product is used is nobody else's business.
#[derive(Serialize)]
struct OfTenant {
    /// In the store.
    events: u64,
    /// They are stored, and not folded because of a defect.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unfolded: bool,
}

/// Anybody may ask whether it is well; by a token, how much there is of its tenant, too.
pub(super) async fn tell(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Health>, Refusal> {
    let asks = authority::presents(&headers);
    let tenant = asks.then(|| app.authorise(&headers, Needs::Read)).transpose()?.map(|caller| caller.tenant);
    if app.writer.is_broken() {
        return Err(Refusal::NotStored);
    }
    let check = async {
        // Anybody may ask, and the places are for events.
        let turn = app.checking.acquire().await;
        let check = move |store: &mut dyn Store| {
            store.check()?;
            tenant.map(|tenant| store.health().events(tenant)).transpose()
        };
        let checked = app.writer.place()?.run("health", 1, check).await;
        drop(turn);
        Ok::<_, Refusal>(checked?)
    };
    // A disk that hangs is as bad as one that fails.
    let answer = tokio::time::timeout(limits::HEALTH_DEADLINE, check).await;
    let events = answer.map_err(|_| Refusal::NotStored)??;
    let of_tenant = tenant.zip(events).map(|(tenant, events)| {
        let unfolded = app.metrics.folding().has(tenant);
        OfTenant { events, unfolded }
    });
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), of_tenant }))
}
