//! The request as a whole: `{"batch": […], "sentAt"?, "writeKey"?, "context"?, "streams"?}`, or one message, which has
//! `sentAt` and `writeKey` among its own.

use ripen::engine::parse_timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::listed::Listed;
use super::{Raw, SharedContext, one_pass};
use crate::clock::Millis;
use crate::limits;
use crate::stream::{StreamId, StreamReport, is_leaving, read_reports};

/// A request whose messages have been told apart, but not read: one bad message must not spoil the others.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    /// Each message.
    pub(crate) messages: Vec<Raw<'a>>,
    /// The key in the body, if there is one.
    pub(crate) write_key: Option<String>,
    /// When the client sent it, by the client's clock.
    pub(crate) sent: Option<Millis>,
    /// What the client wrote once for all messages.
    pub(crate) context: SharedContext,
    /// What streams say of themselves.
    pub(crate) reports: Vec<(StreamId, StreamReport)>,
    /// How much of that could not be read.
    pub(crate) ignored: usize,
    /// The page sent this by keepalive: it was going, or may have been.
    pub(crate) going: bool,
}

/// Why a request is refused as a whole.
#[derive(Debug, PartialEq)]
pub(crate) enum BadEnvelope {
    NotJson(String),
    NotAnObject,
    NoBatch(&'static str),
    TooManyEvents(usize),
    ContextTooLarge(usize),
    NoPerson,
}

/// What is in a body besides the batch.
#[derive(Default, Deserialize)]
pub(super) struct Wire<'a> {
    #[serde(borrow)]
    batch: Option<Listed<'a>>,
    #[serde(borrow, rename = "writeKey")]
    pub(super) write_key: Option<&'a RawValue>,
    #[serde(borrow, rename = "sentAt")]
    pub(super) sent_at: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) context: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) streams: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Single<'a> {
    #[serde(borrow, rename = "writeKey")]
    write_key: Option<&'a RawValue>,
    #[serde(borrow, rename = "sentAt")]
    sent_at: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    /// A body that is one message.
    pub(crate) fn of_one(body: &'a [u8]) -> Result<Envelope<'a>, BadEnvelope> {
        let text = std::str::from_utf8(body).map_err(|error| BadEnvelope::NotJson(error.to_string()))?;
        let single = serde_json::from_str::<Single<'a>>(text);
        if !begins_as_object(body) && (single.is_ok() || is_json(body)) {
            return Err(BadEnvelope::NotAnObject);
        }
        let single = single.map_err(|error| BadEnvelope::NotJson(error.to_string()))?;
        Ok(Envelope {
            messages: vec![Raw::of(text)],
            write_key: key(single.write_key),
            sent: time(single.sent_at),
            context: SharedContext::default(),
            reports: Vec::new(),
            ignored: 0,
            going: false,
        })
    }

    /// A body with a batch of messages.
    pub(crate) fn read(body: &'a [u8]) -> Result<Envelope<'a>, BadEnvelope> {
        match one_pass::read(body) {
            Some((messages, wire)) => Envelope::of(messages, &wire),
            None => Envelope::read_twice(body),
        }
    }

    /// Whatever it may be.
    fn read_twice(body: &'a [u8]) -> Result<Envelope<'a>, BadEnvelope> {
        let wire = serde_json::from_slice::<Wire<'a>>(body);
        if !begins_as_object(body) && (wire.is_ok() || is_json(body)) {
            // An array would otherwise be taken for the object's fields in turn.
            return Err(BadEnvelope::NotAnObject);
        }
        let mut wire = wire.map_err(|error| BadEnvelope::NotJson(error.to_string()))?;
        let batch = wire.batch.take().ok_or(BadEnvelope::NoBatch("there is none"))?;
        let Listed(Some(messages)) = batch else { return Err(BadEnvelope::NoBatch("it is something else")) };
        if messages.len() > limits::BATCH_EVENTS {
            return Err(BadEnvelope::TooManyEvents(messages.len()));
        }
        Envelope::of(messages.into_iter().map(Raw::of).collect(), &wire)
    }

    fn of(messages: Vec<Raw<'a>>, wire: &Wire<'a>) -> Result<Envelope<'a>, BadEnvelope> {
        let context = SharedContext::read(wire.context.map(RawValue::get));
        let written_out = context.bytes().saturating_mul(messages.len());
        if written_out > limits::SHARED_CONTEXT_BYTES {
            return Err(BadEnvelope::ContextTooLarge(written_out));
        }
        let (reports, ignored) = read_reports(wire.streams);
        Ok(Envelope {
            messages,
            write_key: key(wire.write_key),
            sent: time(wire.sent_at),
            context,
            reports,
            ignored,
            going: is_leaving(wire.streams),
        })
    }
}

fn key(raw: Option<&RawValue>) -> Option<String> {
    raw.and_then(text).filter(|key| !key.is_empty())
}

fn time(raw: Option<&RawValue>) -> Option<Millis> {
    raw.and_then(text).and_then(|sent| parse_timestamp(&sent))
}

fn begins_as_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

fn text(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(body).is_ok()
}

/// Without the one pass, for tests to compare with.
#[cfg(test)]
pub(super) struct Slow;

#[cfg(test)]
impl Slow {
    pub(super) fn read(body: &[u8]) -> Result<Envelope<'_>, BadEnvelope> {
        Envelope::read_twice(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart_without_being_read() {
        let body = br#"{"writeKey":"k","sentAt":"1970-01-01T00:00:01Z","batch":[{"a":1},"\ud800",[1e999]],"more":{}}"#;
        let envelope = Envelope::read(body).unwrap();
        let texts: Vec<&str> = envelope.messages.iter().map(|raw| raw.text).collect();
        assert_eq!(texts, [r#"{"a":1}"#, r#""\ud800""#, "[1e999]"]);
        assert_eq!(envelope.write_key.as_deref(), Some("k"));
        assert_eq!(envelope.sent, Some(Millis(1000)));
    }

    #[test]
    fn one_message_is_its_own_envelope() {
        let body = br#"{"writeKey":"k","sentAt":"1970-01-01T00:00:01Z","type":"track","batch":7}"#;
        let envelope = Envelope::of_one(body).unwrap();
        assert_eq!(envelope.messages[0].text, std::str::from_utf8(body).unwrap());
        assert_eq!((envelope.write_key.as_deref(), envelope.sent), (Some("k"), Some(Millis(1000))));

        let refused = |body: &[u8]| Envelope::of_one(body).unwrap_err();
        assert_eq!(refused(b"[\"k\", null]"), BadEnvelope::NotAnObject);
        assert_eq!(refused(b"7"), BadEnvelope::NotAnObject);
        for body in [&b""[..], b"{", b"{} x", b"{\"a\":\"\xff\"}"] {
            assert!(matches!(refused(body), BadEnvelope::NotJson(_)), "{body:?}");
        }
    }

    #[test]
    fn what_is_no_batch_is_told_from_what_is_no_json() {
        let refused = |body: &[u8]| Envelope::read(body).unwrap_err();
        assert_eq!(refused(b"[[], \"k\"]"), BadEnvelope::NotAnObject);
        assert_eq!(refused(b"7"), BadEnvelope::NotAnObject);
        assert_eq!(refused(b"{}"), BadEnvelope::NoBatch("there is none"));
        assert_eq!(refused(b"{\"batch\":null}"), BadEnvelope::NoBatch("there is none"));
        assert_eq!(refused(b"{\"batch\":{}}"), BadEnvelope::NoBatch("it is something else"));
        for body in
            [&b""[..], b"{\"batch\":[}", b"{\"batch\":[]} x", b"\x1f\x8b\x08", b"{\"batch\":[\"\xff\"]}"]
        {
            assert!(matches!(refused(body), BadEnvelope::NotJson(_)), "{body:?}");
        }
    }

    #[test]
    fn a_shared_context_counts_once_for_each_event() {
        let body = |events: usize, context: usize| {
            let events = vec!["{}"; events].join(",");
            format!(r#"{{"batch":[{events}],"context":{{"a":"{}"}}}}"#, "x".repeat(context))
        };
        let edge = limits::SHARED_CONTEXT_BYTES / 100 - r#"{"a":""}"#.len();
        assert!(Envelope::read(body(100, edge).as_bytes()).is_ok());
        let refused = Envelope::read(body(100, edge + 1).as_bytes()).unwrap_err();
        assert_eq!(refused, BadEnvelope::ContextTooLarge(512_100));
    }
}
