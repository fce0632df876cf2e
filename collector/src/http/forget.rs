//! `POST /v1/forget`: kept, answered after the commit; carried out at the next housekeeping where the host vouches for
//! who asks, else by the administrator.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::authority::Sender;
use super::refusal::Refusal;
use super::{App, body};
use crate::clock::Millis;
use crate::identity::{Secret, Signature};
use crate::ingest::Forget;
use crate::limits;
use crate::store::{ErasureRequest, Person, Store};

#[derive(Serialize)]
pub(super) struct Answer {
    success: bool,
}

/// Whether the host vouches for the user: then nobody has to look at the request before it is carried out.
fn is_vouched_for(
    secrets: &[Secret],
    whom: &Person,
    signature: Option<String>,
    token: Option<String>,
    now: Millis,
) -> bool {
    let Some(user) = &whom.user_id else { return false };
    let signature = signature.as_deref().and_then(Signature::read);
    let valid = || secrets.iter().filter(|secret| secret.is_valid());
    let by_token =
        || token.is_some_and(|token| Secret::token_user(secrets, &token, now).as_ref() == Ok(user));
    signature.is_some_and(|signature| valid().any(|secret| secret.has_signed(user, &signature))) || by_token()
}

/// 202, not 200: nothing has been erased yet.
pub(super) async fn take(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<(StatusCode, Json<Answer>), Refusal> {
    let place = app.writer.place()?;
    let (head, body) = request.into_parts();
    let Forget { write_key, whom, signature, token } =
        Forget::read(&body::read(body, limits::FORGET_BYTES).await?)?;
    let Sender { tenant, is_server } = app.sender(write_key, &head.headers)?;
    let received = app.clock.now();
    let work = move |store: &mut dyn Store| {
        let secrets = store.identities().secrets(tenant)?;
        let verified = is_server || is_vouched_for(&secrets, &whom, signature, token, received);
        store.erasures().request_erasures(&[ErasureRequest { tenant, received, whom, verified }])?;
        Ok(verified)
    };
    let verified = place.run("request_erasure", 1, work).await?;
    tracing::info!(tenant = tenant.0, verified, "somebody asks to be forgotten");
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}
