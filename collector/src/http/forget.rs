//! `POST /v1/forget`: kept, answered after the commit. Whom the host vouches for is erased at once, or by the housekeeping,
//! where that fails or somebody else of their account was erased just now; any other is the administrator's.

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
use crate::store::{ErasureRequest, Person, Store, TenantId};

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
    let mut held = app.room.enter();
    let body = body::read_held(&mut held, body, limits::FORGET_BYTES).await?;
    let Forget { write_key, whom, credential } = Forget::read(&body)?;
    let Sender { tenant, is_server } = app.sender(write_key, &head)?;
    // Where nobody has a place it is not this tenant that is to blame.
    let place = app.writer.place()?;
    let share = app.asking.take(tenant, app.tenants.now().len())?;
    let received = app.clock.now();
    let work = move |store: &mut dyn Store| {
        let secrets = store.identities().secrets(tenant)?;
        let user = believed(&credential, &secrets, is_server, received);
        let verified = user.is_some();
        // Nobody vouches for what else is named: it would make of one who is vouched for as many requests as they like.
        let whom = user.clone().map_or(whom, |user| Person { user_id: Some(user), anonymous_id: None });
        let kept =
            store.erasures().request_erasures(&[ErasureRequest { tenant, received, whom, verified }])?;
        Ok((user, kept.contains(&true)))
    };
    let (user, is_kept) = place.run("request_erasure", 1, work).await?;
    drop((held, share));
    if !is_kept {
        tracing::warn!(tenant = tenant.0, "somebody asks to be forgotten, and as many as may be are open");
        return Err(Refusal::TooManyErasures);
    }
    tracing::info!(tenant = tenant.0, verified = user.is_some(), "somebody asks to be forgotten");
    if let Some(user) = user {
        // Nobody waits for it.
        tokio::spawn(async move { app.erase_believed(tenant, user, received).await });
    }
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}

/// The user, if the host vouches for them: then nobody has to look at the request first.
fn believed(credential: &Credential, secrets: &[Secret], is_server: bool, now: Millis) -> Option<String> {
    if is_server {
        return credential.user_id.clone();
    }
    credential.believed(secrets, now).ok().map(|believed| believed.user)
}

impl App {
    /// Erases a user, with all anonymous ids that were joined to them. Where it fails the request is still open.
    async fn erase_believed(&self, tenant: TenantId, user: String, at: Millis) -> Result<(), Refusal> {
        let whom = Person { anonymous_id: None, user_id: Some(user) };
        let Ok(_waiting) = self.to_erase.try_acquire() else { return Ok(()) };
        let Ok(_one) = self.erasing.acquire().await else { return Ok(()) };
        let subject = self.subject(tenant, whom).await?;
        let plan = move |store: &mut dyn Store| {
            if privacy::begins_anew(store, tenant, &subject)? {
                return Ok(None);
            }
            privacy::plan(store, tenant, subject).map(Some)
        };
        // What is left to the housekeeping is carried out with all that has come by then.
        let erasing = self.readers.read("erasure", plan).await?.filter(|erasing| !erasing.is_empty());
        let Some(erasing) = erasing else { return Ok(()) };
        let by = By { who: Actor::Person, at };
        privacy::carry_out_planned(&self.writer, tenant, erasing, by).await?;
        Ok(())
    }
}
