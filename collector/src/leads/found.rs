//! Leads in what pages send: submitted forms, and the moments of those whose events stay in their browsers.

use ripen::engine::{Playbook, Scope};
use serde_json::{Map, Value, json};

use super::{LeadDraft, LeadKind, Qualified};
use crate::clock::Millis;

/// A form that somebody submitted.
pub(crate) const FORM: &str = "$lead_submitted";
/// In its properties: what they wrote.
pub(crate) const FIELDS: &str = "fields";
const MOMENT: &str = "$moment_fired";

/// Whether there may be a lead in an event of this name.
pub(crate) fn names_a_lead(event: &str) -> bool {
    event == FORM || event == MOMENT
}

/// The lead in an event, if there is one. Moments of pages that send their events as well are found by the fold. A moment
/// has to be [`qualified`].
pub(crate) fn found(
    message: &Map<String, Value>,
    message_id: Option<&String>,
    person: Option<&String>,
    at: Millis,
) -> Option<LeadDraft> {
    let nothing = Map::new();
    let properties = message.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let (kind, reasons) = match text(message, "event")? {
        FORM => {
            let fields = properties.get(FIELDS).and_then(Value::as_object).cloned().unwrap_or_default();
            let nudge = text(properties, "nudge").map(str::to_owned);
            (LeadKind::Form { nudge, fields }, properties.get("reasons").cloned().unwrap_or_default())
        }
        MOMENT if text(properties, "mode") == Some("signals") => {
            let moment = text(properties, "moment")?.to_owned();
            let kept = ["stages", "segments", "scores", "bands", "moments", "momentum"];
            let view = kept.iter().filter_map(|name| Some((*name, properties.get(*name)?.clone())));
            let view: Map<String, Value> = view.map(|(name, value)| (name.to_owned(), value)).collect();
            // Whom it qualifies is not for a page to say: see `qualified`.
            let qualified = Qualified { moment, motion: None, qualifies: None };
            (LeadKind::Moment(qualified), Value::Object(view))
        }
        _ => return None,
    };
    let account = message.get("context").and_then(|context| context.get("groupId")?.as_str());
    Some(LeadDraft {
        key: format!("event {}", message_id?),
        kind,
        person: person.cloned(),
        named: None,
        account: account.filter(|id| !id.is_empty()).map(str::to_owned),
        at,
        rank: rank(&reasons),
        reasons: if reasons.is_null() { json!({}) } else { reasons },
    })
}

/// A lead as the published playbook has it: of a moment that it does not have, or that qualifies nobody, there is none.
pub(crate) fn qualified(draft: LeadDraft, playbook: Option<&Playbook>) -> Option<LeadDraft> {
    let LeadKind::Moment(Qualified { moment: id, .. }) = &draft.kind else { return Some(draft) };
    // Those of accounts are the fold's to find: a page knows of one member.
    let moment = playbook?.of(Scope::Person).moments.iter().find(|moment| moment.id == *id)?;
    let kind = LeadKind::Moment(Qualified {
        moment: id.clone(),
        motion: Some(moment.motion.name().to_owned()),
        qualifies: Some(moment.qualifies?.name().to_owned()),
    });
    Some(LeadDraft { kind, ..draft })
}

/// The sum of the scores, which anybody may have made up: of what is beyond a double, the largest.
fn rank(reasons: &Value) -> f64 {
    let scores = reasons.get("scores").and_then(Value::as_object);
    let sum: f64 = scores.map_or(0.0, |scores| scores.values().filter_map(Value::as_f64).sum());
    sum.clamp(f64::MIN, f64::MAX)
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}
