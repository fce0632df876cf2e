//! A body, read up to the limit and within the deadline, and inflated if it is gzipped.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;

use super::gzip;
use super::refusal::{Refusal, Size};
use super::room::Held;
use crate::limits;

/// Reads the whole of a small body. The limit holds for the bytes that come, and again for what they inflate to.
pub(super) async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    read_into(None, body, limit).await
}

/// Likewise of a large one, which takes room as it comes.
pub(super) async fn read_held(held: &mut Held, body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    read_into(Some(held), body, limit).await
}

async fn read_into(mut held: Option<&mut Held>, body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let late = Err(Refusal::BodyLate);
    let reading = read_all(held.as_deref_mut(), body, limit);
    let bytes = tokio::time::timeout(limits::BODY_DEADLINE, reading).await.unwrap_or(late)?;
    let came = bytes.len();
    let text = gzip::inflated(bytes, limit)?;
    if let Some(held) = held {
        held.grow(text.len().saturating_sub(came))?;
    }
    Ok(text)
}

async fn read_all(mut held: Option<&mut Held>, mut body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let announced = axum::body::HttpBody::size_hint(&body).exact();
    let mut taken = Vec::new();
    if let Some(bytes) = announced.filter(|bytes| *bytes > limit as u64) {
        return discard(body, Refusal::BodyTooLarge(Size::Announced(bytes), limit)).await;
    }
    while let Some(data) = next(&mut body).await? {
        if taken.len() + data.len() > limit {
            return discard(body, Refusal::BodyTooLarge(Size::Larger, limit)).await;
        }
        if let Some(Err(full)) = held.as_deref_mut().map(|held| held.grow(data.len())) {
            return discard(body, full).await;
        }
        taken.extend_from_slice(&data);
    }
    Ok(taken)
}

/// Refuses a request whose body nobody wants, so that the client gets to know it.
pub(super) async fn refuse(body: Body, refusal: Refusal) -> Refusal {
    // Whatever comes of that, the refusal stands.
    let _ = tokio::time::timeout(limits::BODY_DEADLINE, discard(body, Refusal::BodyLate)).await;
    refusal
}

/// Reads the rest without keeping it: who is still writing does not read, and would see a reset, not the refusal.
async fn discard(mut body: Body, refusal: Refusal) -> Result<Vec<u8>, Refusal> {
    let mut discarded = 0;
    while discarded < limits::DISCARDED_BYTES {
        match next(&mut body).await {
            Ok(Some(data)) => discarded += data.len(),
            Ok(None) | Err(_) => break,
        }
    }
    Err(refusal)
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
