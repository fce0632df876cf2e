//! What is sent: batches as a page's SDK writes them, made from a seed.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// Events that one page load brings.
const A_LOAD: usize = 40;

/// The same events for rusqlite and for the collector.
pub(crate) struct Batches {
    /// What is in a row, by batch.
    pub(crate) rows: Vec<Vec<Row>>,
    pub(crate) plain: Vec<Vec<u8>>,
    pub(crate) gzipped: Vec<Vec<u8>>,
}

pub(crate) struct Row {
    pub(crate) message_id: String,
    pub(crate) user_id: Option<String>,
    pub(crate) anonymous_id: String,
    pub(crate) happened: i64,
    pub(crate) message: String,
}

impl Batches {
    pub(crate) fn new(events: usize, size: usize) -> Batches {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut batches = Batches { rows: Vec::new(), plain: Vec::new(), gzipped: Vec::new() };
        for first in (0..events).step_by(size) {
            let made: Vec<(Value, i64)> =
                (first..first + size).map(|number| event(&mut random, number)).collect();
            let rows = made.iter().map(|(event, happened)| Row {
                message_id: text(event, "messageId").unwrap(),
                user_id: text(event, "userId"),
                anonymous_id: text(event, "anonymousId").unwrap(),
                happened: *happened,
                message: event.to_string(),
            });
            batches.rows.push(rows.collect());
            let events: Vec<&Value> = made.iter().map(|(event, _)| event).collect();
            let body =
                json!({"batch": events, "writeKey": "key", "sentAt": "2026-01-01T00:00:00.000Z"}).to_string();
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(body.as_bytes()).unwrap();
            batches.gzipped.push(encoder.finish().unwrap());
            batches.plain.push(body.into_bytes());
        }
        batches
    }

    /// Of an event, as JSON.
    pub(crate) fn bytes(&self) -> usize {
        let rows = self.rows.iter().flatten();
        rows.map(|row| row.message.len()).sum::<usize>() / self.rows.iter().flatten().count()
    }
}

fn event(random: &mut Random, number: usize) -> (Value, i64) {
    let load = number / A_LOAD;
    let happened = 1_767_225_600_000 + number as i64 * 137;
    let names = ["task_created", "task_completed", "file_uploaded", "comment_added", "member_invited"];
    let mut event = json!({
        "type": "track",
        "event": names[random.next() as usize % names.len()],
        "messageId": format!("{:016x}{:06x}", random.next(), number),
        "anonymousId": format!("anonymous-{:08x}", load / 3),
        "timestamp": ripen::replay::format_timestamp(ripen::engine::Millis(happened)),
        "properties": {"project": format!("project-{}", random.next() % 50), "size": random.next() % 10_000,
            "source": "keyboard", "shared": random.next().is_multiple_of(2)},
        "context": {
            "library": {"name": "ripen", "version": "0.1.0"},
            "timezoneOffset": 60, "locale": "de-DE", "sessionId": format!("session-{load:08x}"),
            "stream": format!("stream-{load:012x}"), "sequence": number % A_LOAD,
            "page": {"path": "/projects/atlas", "title": "Atlas · Cairn", "referrer": ""},
        },
    });
    if load.is_multiple_of(2) {
        event["userId"] = json!(format!("user-{:06x}", load / 6));
    }
    (event, happened)
}

fn text(event: &Value, field: &str) -> Option<String> {
    event.get(field)?.as_str().map(str::to_owned)
}

/// Marsaglia's xorshift: enough to keep ids apart and index pages from being filled in order.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
