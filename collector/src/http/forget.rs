//! `POST /v1/forget`: kept for the administrator, answered after the commit. Who the host vouches for is erased at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::refusal::Refusal;
use super::{App, body};
use crate::access::{Actor, By};
use crate::identity::Credential;
use crate::ingest::Forget;
use crate::limits;
use crate::store::{ErasureRequest, Person, TenantId};

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
}

/// 202, not 200: nothing has been erased yet.
pub(super) async fn take(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<(StatusCode, Json<Answer>), Refusal> {
    let place = app.writer.place()?;
    let (head, body) = request.into_parts();
    let Forget { write_key, whom, credential } =
        Forget::read(&body::read(body, limits::FORGET_BYTES).await?)?;
    let tenant = app.tenant(write_key, &head.headers)?;
    let request = ErasureRequest { tenant, received: app.clock.now(), whom };
    place.run("request_erasure", 1, move |store| store.erasures().request_erasures(&[request])).await?;
    tracing::info!(tenant = tenant.0, "somebody asks to be forgotten");
    if credential.signature.is_some() || credential.token.is_some() {
        // Nobody waits for it. Where it is not believed, or fails, the request is still the administrator's.
        tokio::spawn(async move { app.erase_believed(tenant, credential).await });
    }
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}

impl App {
    /// Erases the user whom the host vouches for, with all anonymous ids that were joined to them.
    async fn erase_believed(&self, tenant: TenantId, credential: Credential) -> Result<(), Refusal> {
        let now = self.clock.now();
        let secrets = self.readers.read("secrets", move |store| store.identities().secrets(tenant)).await?;
        let user = credential.user(&secrets, now).map_err(Refusal::NotBelieved)?;
        let whom = Person { anonymous_id: None, user_id: Some(user) };
        let subject = self.subject(tenant, whom).await?;
        self.erase(tenant, subject, By { who: Actor::Themselves, at: now }).await.map(drop)
    }
}
