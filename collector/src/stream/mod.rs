//! What is missing of a stream.
//!
//! A stream is one page load. Its events carry its id and a sequence (0, 1, 2 …) that never skips; its batches carry
//! counters of what it took and gave up. So what never arrived is known, with or without a reason.

mod counts;
mod heard;
mod losses;
mod report;

use serde_json::{Map, Value};

use crate::limits;
pub use counts::Counts;
pub use heard::Heard;
pub use losses::StreamLosses;
pub use report::StreamReport;
pub(crate) use report::{is_leaving, read_reports};

/// Which page load. Letters, digits and `_ . : -`: it is printed in tables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StreamId(String);

impl StreamId {
    /// None for what is no id of a stream.
    pub fn new(text: &str) -> Option<StreamId> {
        is_word(text, limits::STREAM_ID_BYTES).then(|| StreamId(text.to_owned()))
    }

    /// As it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An event's place in its stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequenced {
    /// Which.
    pub stream: StreamId,
    /// Where in it, from 0.
    pub sequence: u64,
}

impl Sequenced {
    /// As the message's `context` says. Others' clients say nothing.
    pub(crate) fn of(message: &Map<String, Value>) -> Option<Sequenced> {
        let context = message.get("context")?;
        Sequenced::new(context.get("stream")?.as_str()?, context.get("sequence")?.as_u64()?)
    }

    /// None for what is no id of a stream, or no number that a page load comes to.
    pub(crate) fn new(stream: &str, sequence: u64) -> Option<Sequenced> {
        Some(Sequenced { stream: StreamId::new(stream)?, sequence: countable(sequence)? })
    }
}

/// A number that a page load comes to.
fn count(value: &Value) -> Option<u64> {
    value.as_u64().and_then(countable)
}

fn countable(count: u64) -> Option<u64> {
    (count <= limits::STREAM_EVENTS).then_some(count)
}

fn is_word(text: &str, most: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte);
    (1..=most).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_events_place_is_read_or_it_has_none() {
        let longest = "s".repeat(limits::STREAM_ID_BYTES);
        let table = [
            (json!({"stream": "s", "sequence": 0}), Some(0)),
            (json!({"stream": longest, "sequence": limits::STREAM_EVENTS}), Some(limits::STREAM_EVENTS)),
            (json!({"stream": "s", "sequence": limits::STREAM_EVENTS + 1}), None),
            (json!({"stream": format!("{longest}s"), "sequence": 0}), None),
            (json!({"stream": "s", "sequence": 9_007_199_254_740_991_u64}), None),
            (json!({"stream": "", "sequence": 0}), None),
            (json!({"stream": "\u{1b}[2J", "sequence": 0}), None),
            (json!({"stream": "s", "sequence": -1}), None),
            (json!({"stream": "s", "sequence": 1.5}), None),
            (json!({"stream": "s", "sequence": "1"}), None),
            (json!({"stream": "s"}), None),
            (json!({"sequence": 1}), None),
            (json!("s"), None),
        ];
        for (context, sequence) in table {
            let Value::Object(message) = json!({"context": context}) else { unreachable!() };
            assert_eq!(Sequenced::of(&message).map(|at| at.sequence), sequence, "{context}");
        }
    }
}
