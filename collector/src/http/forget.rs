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
use crate::ingest::Forget;
use crate::limits;
use crate::store::{ErasureRequest, Store};

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
        // Then nobody has to look at the request before it is carried out.
        let is_vouched_for =
            || credential.user(&secrets, received).is_ok_and(|user| whom.user_id == Some(user));
        let verified = is_server || is_vouched_for();
        store.erasures().request_erasures(&[ErasureRequest { tenant, received, whom, verified }])?;
        Ok(verified)
    };
    let place = app.writer.place()?;
    let verified = place.run("request_erasure", 1, work).await?;
    tracing::info!(tenant = tenant.0, verified, "somebody asks to be forgotten");
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}
