//! The tree as JSON: `Explanation` of `js/src/types.ts`.

use serde_json::{Map, Value as Json, json};

use super::explanation::{Explanation, Kind};
use crate::engine::{Millis, Value};

/// The trees as a JSON array. Times are milliseconds since 1970 UTC.
pub fn to_json(explanations: &[Explanation]) -> Json {
    explanations.iter().map(node).collect()
}

fn node(explanation: &Explanation) -> Json {
    let mut record = Map::new();
    let mut set = |key: &str, value: Json| drop(record.insert(key.to_owned(), value));
    set("kind", json!(explanation.kind.name()));
    if let Some(id) = &explanation.id {
        set("id", json!(id));
    }
    if let Some(holds) = explanation.holds {
        set("holds", json!(holds));
    }
    set("text", json!(explanation.text));
    if let Some((seen, wanted)) = &explanation.test {
        set("seen", value_to_json(seen));
        set("wanted", json!(wanted));
    }
    let times =
        [("since", explanation.since), ("restsUntil", explanation.rests_until), ("turns", explanation.turns)];
    for (key, time) in times {
        if let Some(Millis(time)) = time {
            set(key, json!(time));
        }
    }
    if explanation.kind == Kind::Nudge {
        set("on", json!(explanation.on));
        set("blockedBy", explanation.blocked_by().collect());
    }
    if !explanation.parts.is_empty() {
        set("parts", to_json(&explanation.parts));
    }
    Json::Object(record)
}

/// A value as JSON of JavaScript has it.
pub fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        // What is whole without a point.
        Value::Number(number) if *number as i64 as f64 == *number => json!(*number as i64),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::List(values) => values.iter().map(value_to_json).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), value_to_json(value))).collect()
        }
    }
}
