//! A request of an administrator: a small JSON object, of which nothing is overlooked.

use axum::body::Body;
use serde::de::DeserializeOwned;

use super::body;
use super::refusal::Refusal;
use crate::limits;

/// Reads it; no body at all is an empty object. A name that is not known is a mistake, not nothing.
pub(super) async fn read<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = body::read(body, limits::ADMIN_BYTES).await?;
    let bytes = if bytes.is_empty() { b"{}".as_slice() } else { &bytes };
    serde_json::from_slice(bytes).map_err(|error| Refusal::BadRequest(error.to_string()))
}
