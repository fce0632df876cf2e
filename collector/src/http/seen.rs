//! What is seen of a request besides its events. Of its headers only the browser's family and version outlive it.

use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, HeaderName, USER_AGENT};
use serde::Deserialize;
use serde_json::Value;

use crate::health::{Seen, Source, Sums, Transport};
use crate::ingest::Envelope;

/// As much of a message as says by what it comes.
#[derive(Deserialize)]
struct Probe {
    context: Context,
}

#[derive(Deserialize)]
struct Context {
    library: Value,
}

/// Of a request whose body has so many bytes by now.
pub(super) fn seen(headers: &HeaderMap, bytes: usize, envelope: &Envelope<'_>) -> Seen {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Others' browser clients write it into each event, and all of a batch by the same library.
    let in_event = || serde_json::from_str::<Probe>(envelope.messages.first()?.text).ok();
    let own = envelope.context.library().cloned();
    let library = own.or_else(|| in_event().map(|probe| probe.context.library));
    let source = Source::new(library.as_ref(), text(USER_AGENT));
    let came = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let packed = came.is_some_and(|came: usize| came != bytes);
    let transport = Transport::of(&source, packed, envelope.sent.is_some(), envelope.going);
    Seen { source, transport, sent: envelope.sent, rejected: Sums::default(), denied: 0, unbelieved: 0 }
}
