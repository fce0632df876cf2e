//! Leads in what pages send: submitted forms, and the moments of those whose events stay in their browsers.

use serde_json::{Map, Value, json};

use super::{LeadDraft, LeadKind, Qualified};
use crate::store::Entry;

const FORM: &str = "$lead_submitted";
const MOMENT: &str = "$moment_fired";

/// Whether an event may be a lead, by its name.
pub(crate) fn is_notable(message: &Map<String, Value>) -> bool {
    text(message, "event").is_some_and(names_a_lead)
}

/// Whether there may be a lead in an event of this name.
pub(crate) fn names_a_lead(event: &str) -> bool {
    event == FORM || event == MOMENT
}

/// The lead in an event, if there is one. Moments of pages that send their events as well are found by the fold.
pub(crate) fn found(message: &Map<String, Value>, entry: &Entry) -> Option<LeadDraft> {
    let nothing = Map::new();
    let properties = message.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let (kind, reasons) = match text(message, "event")? {
        FORM => {
            let fields = properties.get("fields").and_then(Value::as_object).cloned().unwrap_or_default();
            let nudge = text(properties, "nudge").map(str::to_owned);
            (LeadKind::Form { nudge, fields }, properties.get("reasons").cloned().unwrap_or_default())
        }
        MOMENT if text(properties, "mode") == Some("signals") => {
            let owned = |name| text(properties, name).map(str::to_owned);
            let moment = owned("moment")?;
            let kept = ["stages", "segments", "scores", "bands", "moments", "momentum"];
            let view = kept.iter().filter_map(|name| Some((*name, properties.get(*name)?.clone())));
            let view: Map<String, Value> = view.map(|(name, value)| (name.to_owned(), value)).collect();
            let qualified = Qualified { moment, motion: owned("motion"), qualifies: owned("qualifies") };
            (LeadKind::Moment(qualified), Value::Object(view))
        }
        _ => return None,
    };
    let account = message.get("context").and_then(|context| context.get("groupId")?.as_str());
    Some(LeadDraft {
        key: format!("event {}", entry.message_id),
        kind,
        person: entry.user_id.clone().or_else(|| entry.anonymous_id.clone()),
        account: account.filter(|id| !id.is_empty()).map(str::to_owned),
        at: entry.happened,
        rank: rank(&reasons),
        reasons: if reasons.is_null() { json!({}) } else { reasons },
    })
}

/// The sum of the scores.
fn rank(reasons: &Value) -> f64 {
    let scores = reasons.get("scores").and_then(Value::as_object);
    scores.map_or(0.0, |scores| scores.values().filter_map(Value::as_f64).sum())
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}
