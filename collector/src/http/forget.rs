//! `POST /v1/forget`: kept, answered after the commit. Whom the host vouches for is erased at once, and if that fails at
//! the next housekeeping; any other is the administrator's.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::authority::Sender;
use super::refusal::Refusal;
use super::{App, body};
use crate::access::{Actor, By};
use crate::clock::Millis;
use crate::identity::{Credential, Secret};
use crate::ingest::Forget;
use crate::limits;
use crate::privacy;
use crate::store::{ErasureRequest, Person, Position, Store, TenantId};

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
}

/// 202, not 200: nothing has been erased yet.
pub(super) async fn take(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<(StatusCode, Json<Answer>), Refusal> {
    let (head, body) = request.into_parts();
    let Forget { write_key, whom, credential } =
        Forget::read(&body::read(body, limits::FORGET_BYTES).await?)?;
    let Sender { tenant, is_server } = app.sender(write_key, &head)?;
    let received = app.clock.now();
    let work = move |store: &mut dyn Store| {
        let secrets = store.identities().secrets(tenant)?;
        let user = believed(&credential, &secrets, is_server, received);
        let verified = user.is_some();
        let whom = Person { user_id: user.clone().or(whom.user_id), ..whom };
        store.erasures().request_erasures(&[ErasureRequest { tenant, received, whom, verified }])?;
        Ok(user)
    };
    let place = app.writer.place()?;
    let user = place.run("request_erasure", 1, work).await?;
    tracing::info!(tenant = tenant.0, verified = user.is_some(), "somebody asks to be forgotten");
    if let Some(user) = user {
        // Nobody waits for it. Whoever asks again and again is heard once a minute, by the housekeeping.
        tokio::spawn(async move { app.erase_believed(tenant, user, received).await });
    }
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}

/// The user, if the host vouches for them: then nobody has to look at the request first.
fn believed(credential: &Credential, secrets: &[Secret], is_server: bool, now: Millis) -> Option<String> {
    if is_server {
        return credential.user_id.clone();
    }
    credential.user(secrets, now).ok()
}

impl App {
    /// Erases a user, with all anonymous ids that were joined to them. Where it fails the request is still open.
    async fn erase_believed(&self, tenant: TenantId, user: String, at: Millis) -> Result<(), Refusal> {
        let whom = Person { anonymous_id: None, user_id: Some(user) };
        let Ok(_waiting) = self.to_erase.try_acquire() else { return Ok(()) };
        let Ok(_one) = self.erasing.acquire().await else { return Ok(()) };
        let subject = self.subject(tenant, whom).await?;
        let left = subject.clone();
        let events = move |store: &mut dyn Store| store.personal().positions(tenant, &left, Position::START);
        if self.readers.read("a person", events).await?.0.is_empty() {
            return Ok(());
        }
        let by = By { who: Actor::Person, at };
        privacy::carry_out(&self.readers, &self.writer, tenant, subject, by).await?;
        Ok(())
    }
}
