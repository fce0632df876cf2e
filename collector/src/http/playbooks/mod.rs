//! `/v1/playbooks`: what a product manager, or a deploy, does with revisions.

mod draft;
mod publish;
mod read;

pub(super) use draft::{begin as begin_draft, end as end_draft, tell as tell_draft};
pub(super) use publish::{add, publish};
pub(super) use read::{compiled, list, show};

use axum::http::{HeaderMap, header};

use super::refusal::Refusal;
use crate::store::{Expected, RevisionNumber};

/// A number in an address.
fn number(text: &str) -> Result<RevisionNumber, Refusal> {
    text.parse().map(RevisionNumber).map_err(|_| Refusal::NoSuchRevision)
}

/// What somebody thinks is published: `If-Match: "7"`, `"0"` where nothing is yet, `*` where they do not care.
fn expected(headers: &HeaderMap) -> Result<Expected, Refusal> {
    let value = headers.get(header::IF_MATCH).ok_or(Refusal::NotSaidWhatIsPublished)?;
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    match (text, text.parse()) {
        ("*", _) => Ok(Expected::Any),
        (_, Ok(0)) => Ok(Expected::Revision(None)),
        (_, Ok(number)) => Ok(Expected::Revision(Some(RevisionNumber(number)))),
        _ => Err(Refusal::BadRequest("`If-Match` is the number of a revision in quotes, or *".into())),
    }
}
