//! A body, read up to the limit and within the deadline.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;

use super::refusal::Refusal;
use crate::limits;

/// Reads the whole body.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    tokio::time::timeout(limits::BODY_DEADLINE, read_all(body)).await.unwrap_or(Err(Refusal::BodyLate))
}

async fn read_all(mut body: Body) -> Result<Vec<u8>, Refusal> {
    let announced = axum::body::HttpBody::size_hint(&body).exact();
    let limit = limits::BODY_BYTES as u64;
    let mut taken = Vec::new();
    if announced.is_some_and(|bytes| bytes > limit) {
        return discard(body, announced).await;
    }
    while let Some(data) = next(&mut body).await? {
        if taken.len() + data.len() > limits::BODY_BYTES {
            return discard(body, None).await;
        }
        taken.extend_from_slice(&data);
    }
    Ok(taken)
}

/// Reads the rest without keeping it: who is still writing does not read, and would see a reset, not the refusal.
async fn discard(mut body: Body, announced: Option<u64>) -> Result<Vec<u8>, Refusal> {
    let mut discarded = 0;
    while discarded < limits::DISCARDED_BYTES {
        match next(&mut body).await {
            Ok(Some(data)) => discarded += data.len(),
            Ok(None) | Err(_) => break,
        }
    }
    Err(Refusal::BodyTooLarge(announced))
}

async fn next(body: &mut Body) -> Result<Option<Bytes>, Refusal> {
    while let Some(frame) = body.frame().await {
        // What is not data is a trailer.
        if let Ok(data) = frame.map_err(|_| Refusal::BodyCut)?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}
