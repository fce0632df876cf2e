//! An id for a message that came without one, as hand-written clients send them: given before the event exists.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Arrival;

/// Bytes of the hash that are kept: ids of as many events as there will ever be do not meet by chance.
const BYTES: usize = 16;

/// What is not the message's own: a client that tries again writes it anew.
const ENVELOPE: [&str; 2] = ["sentAt", "writeKey"];

/// A message that says when it happened gets an id from what it says, so that the same sent again (who got no answer
/// cannot know) counts once. One that does not is new each time it comes: it cannot be told from the next of its kind.
pub(super) fn mint(message: &Map<String, Value>, index: usize, arrival: Arrival<'_>) -> String {
    let mut hash = Sha256::new();
    for (key, value) in message.iter().filter(|(key, _)| !ENVELOPE.contains(&key.as_str())) {
        hash.update(key.as_bytes());
        hash.update([0]);
        hash.update(value.to_string().as_bytes());
        hash.update([0]);
    }
    let timed = ["timestamp", "originalTimestamp"]
        .iter()
        .any(|field| message.get(*field).is_some_and(Value::is_string));
    if !timed {
        hash.update(arrival.received.0.to_le_bytes());
        hash.update(arrival.request.to_le_bytes());
        hash.update(index.to_le_bytes());
    }
    let hex = hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("minted-{hex}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clock::Millis;
    use crate::ingest::{Denied, SharedContext};

    fn minted(message: Value, index: usize, request: u64) -> String {
        let Value::Object(message) = message else { unreachable!() };
        let context = SharedContext::default();
        let denied = Denied::default();
        let arrival = Arrival {
            request,
            kind: None,
            received: Millis(7),
            sent: None,
            context: &context,
            denied: &denied,
            horizon: None,
            ahead: None,
        };
        mint(&message, index, arrival)
    }

    #[test]
    fn one_that_says_when_it_happened_has_one_id_however_often_it_is_sent() {
        for field in ["timestamp", "originalTimestamp"] {
            let event = |name: &str, sent: &str| json!({"event": name, field: "2024-01-01T00:00:00Z", "sentAt": sent, "writeKey": sent});
            let id = minted(event("a", "1"), 0, 1);
            assert_eq!(id.len(), "minted-".len() + 32);
            assert_eq!(minted(event("a", "2"), 3, 2), id);
            assert_ne!(minted(event("b", "1"), 0, 1), id);
        }
    }

    #[test]
    fn one_that_does_not_is_new_each_time() {
        let event = || json!({"event": "a", "timestamp": null});
        let ids = [minted(event(), 0, 1), minted(event(), 1, 1), minted(event(), 0, 2)];
        assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
        assert_ne!(minted(json!({"ab": "c"}), 0, 1), minted(json!({"a": "bc"}), 0, 1));
    }
}
