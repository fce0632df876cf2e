//! `POST /v1/forget`: kept for the administrator, answered after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::refusal::Refusal;
use super::{App, body};
use crate::ingest::Forget;
use crate::limits;
use crate::store::ErasureRequest;

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
    let Forget { write_key, whom } = Forget::read(&body::read(body, limits::FORGET_BYTES).await?)?;
    let tenant = app.tenant(write_key, &head.headers)?;
    let request = ErasureRequest { tenant, received: app.clock.now(), whom };
    place.run("request_erasure", 1, move |store| store.erasures().request_erasures(&[request])).await?;
    tracing::info!(tenant = tenant.0, "somebody asks to be forgotten");
    Ok((StatusCode::ACCEPTED, Json(Answer { success: true })))
}
