//! The vocabulary as JSON: `Vocabulary` of `js/src/module.ts`.

use serde_json::{Value as Json, json};

use super::kinds::Kinds;
use super::shape::Shape;
use super::{Heard, Vocabulary};

/// As JSON.
pub fn to_json(vocabulary: &Vocabulary) -> Json {
    let Vocabulary { events, pages, signals, segments, scores, ladders, moments, nudges, .. } = vocabulary;
    let event = |Heard { name, properties, by }: &Heard| json!({ "name": name, "properties": shape(properties), "by": by });
    let events: Vec<_> = events.iter().map(event).collect();
    let signal = |(name, _, kinds): &(String, _, Kinds)| json!({ "name": name, "kinds": names(kinds) });
    let signals: Vec<_> = signals.iter().map(signal).collect();
    let score = |(name, bands): &(String, Vec<String>)| json!({ "name": name, "bands": bands });
    let scores: Vec<_> = scores.iter().map(score).collect();
    let ladder = |(name, rungs): &(String, Vec<String>)| json!({ "name": name, "rungs": rungs });
    let ladders: Vec<_> = ladders.iter().map(ladder).collect();
    json!({
        "events": events,
        "pages": pages,
        "signals": signals,
        "segments": segments,
        "scores": scores,
        "ladders": ladders,
        "moments": moments,
        "nudges": nudges,
        "triggers": vocabulary.triggers,
        "actions": vocabulary.actions,
        "slots": vocabulary.slots,
        "user": shape(&vocabulary.user),
        "account": shape(&vocabulary.account),
    })
}

fn shape(shape: &Shape) -> Json {
    let value = |(path, kinds): (&[String], &Kinds)| json!({ "path": path, "kinds": names(kinds), "orList": kinds.or_list, "values": kinds.values });
    shape.iter().map(value).collect()
}

fn names(kinds: &Kinds) -> Vec<&'static str> {
    kinds.all().map(super::Kind::name).collect()
}
