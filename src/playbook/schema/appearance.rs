//! What of a nudge is drawn: where, by which buttons, what is asked, and in which steps.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::super::appearance::tables::{
    ANSWERS, BESIDES, DEEDS, FIELD_TYPES, FURTHEST, KINDS, Kind, MOST, MOST_SECONDS, OUTCOMES, SHARES, SIDES,
    TOAST_SECONDS,
};
use super::names;
use super::text::{Address, Away, Prefill, Text};

/// Where it is drawn.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("allOf" = kinds()))]
pub(super) struct Placement {
    /// "banner": along an edge of the page, or in it. "modal": in the middle, over the page. "slide_out": a card in a
    /// lower corner. "toast": goes by itself. "tooltip": points at an element. "hotspot": a mark at an element, which
    /// opens it. "checklist": steps that are done one by one. "slot": where the application has a place for it. "tour":
    /// one step after another. "ask": one question. "headless": the application draws it.
    #[schemars(extend("enum" = names(&KINDS)))]
    kind: Text,
    /// Where it is; start and end follow the writing direction.
    position: Option<Text>,
    /// The element that it points at, or a banner is put into: a selector.
    anchor: Option<Text>,
    /// On which side of the element, if there is room.
    #[schemars(extend("enum" = names(&SIDES)))]
    side: Option<Text>,
    /// Seconds that it waits for its element or slot.
    #[schemars(range(min = 0), extend("maximum" = MOST_SECONDS, "default" = 10))]
    wait: Option<i64>,
    /// Seconds that a toast stays.
    #[schemars(extend("minimum" = TOAST_SECONDS.0, "maximum" = TOAST_SECONDS.1, "default" = 10))]
    seconds: Option<i64>,
    /// The name of the slot.
    slot: Option<Text>,
}

/// What a placement of each kind may and has to say.
fn kinds() -> Value {
    let one = |(name, kind): &(&str, Kind)| {
        let mut properties = Map::new();
        for other in ["position", "anchor", "side", "wait", "seconds", "slot"] {
            if !kind.takes().contains(&other) {
                properties.insert(other.to_owned(), json!(false));
            }
        }
        if !kind.positions().is_empty() {
            properties.insert("position".into(), json!({ "enum": names(kind.positions()) }));
        }
        let needs: Vec<&str> = kind.needs().into_iter().collect();
        let mut then = json!({ "properties": properties, "required": needs });
        if let (Kind::Banner, Value::Object(then)) = (kind, &mut then) {
            then.insert(
                "if".into(),
                json!({ "properties": {"position": {"const": "inline"}}, "required": ["position"] }),
            );
            then.insert("then".into(), json!({ "required": ["anchor"] }));
            then.insert("else".into(), json!({ "properties": {"anchor": false} }));
        }
        json!({ "if": { "properties": {"kind": {"const": name}}, "required": ["kind"] }, "then": then })
    };
    KINDS.iter().map(one).collect()
}

/// A button, and what it does: one thing, and perhaps an event or traits besides. What neither snoozes nor dismisses
/// counts as acted on.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("anyOf" = deeds(), "dependencies" = alone()))]
pub(super) struct Action {
    /// Names it: its label is in `content`.
    id: Text,
    /// Goes to an address: of your own origin, https:, mailto: or tel:.
    open: Option<Address>,
    /// Closes it for good, or for as long as `limits.dismissed` says.
    dismiss: Option<bool>,
    /// Closes it for a while, as `limits.snoozed` says.
    snooze: Option<bool>,
    /// Goes to the next step of a tour.
    #[schemars(extend("const" = true))]
    next: Option<bool>,
    /// Goes back to the step before.
    #[schemars(extend("const" = true))]
    back: Option<bool>,
    /// Calls the application's own action of this name.
    call: Option<Text>,
    /// Calls it too, when all that happened is safely on its way: to leave for a checkout.
    checkout: Option<Text>,
    /// Opens the nudge's form.
    #[schemars(extend("const" = true))]
    talk: Option<bool>,
    /// Shares what `share` in `content` says: as a mail, or on the clipboard.
    #[schemars(extend("enum" = names(&SHARES)))]
    share: Option<Text>,
    /// Tracks an event of this name.
    track: Option<Text>,
    /// Sets these traits of the person.
    #[schemars(extend("minProperties" = 1, "propertyNames" = {"minLength": 1}))]
    apply: Option<BTreeMap<String, Value>>,
}

/// An action does something.
fn deeds() -> Value {
    DEEDS.iter().chain(&BESIDES).map(|name| json!({ "required": [name] })).collect()
}

/// What stands with no other: but for what becomes of the nudge.
fn alone() -> Value {
    let mut alone = Map::new();
    for deed in DEEDS {
        let others = DEEDS
            .iter()
            .filter(|other| **other != deed && !(OUTCOMES.contains(&deed) && OUTCOMES.contains(other)));
        let others: Map<String, Value> = others.map(|other| ((*other).to_owned(), json!(false))).collect();
        alone.insert(deed.to_owned(), json!({ "properties": others }));
    }
    alone.into()
}

/// What is asked of somebody who wants to talk, or where they pick a time, or what the application does then.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("oneOf" = [{"required": ["fields"]}, {"required": ["schedule"]}, {"required": ["call"]}]))]
pub(super) struct Form {
    /// What is asked.
    #[schemars(extend("maxItems" = MOST))]
    fields: Option<Vec<Field>>,
    /// Where one picks a time: an address with https:.
    schedule: Option<Away>,
    /// The application's own action of this name.
    call: Option<Text>,
}

/// A field of a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend(
    "if" = {"properties": {"type": {"const": "choice"}}, "required": ["type"]},
    "then" = {"required": ["options"]},
    "else" = {"properties": {"options": false}},
))]
pub(super) struct Field {
    /// Names it: its label is in `content`, and what is typed arrives under this name.
    name: Text,
    /// What is typed there.
    #[schemars(rename = "type", extend("enum" = names(&FIELD_TYPES)))]
    kind: Text,
    /// Whether it has to be filled in.
    required: Option<bool>,
    /// The trait that it is filled with at first.
    prefill: Option<Prefill>,
    /// What there is to choose from.
    #[schemars(length(min = 1), extend("maxItems" = MOST, "uniqueItems" = true))]
    options: Option<Vec<Text>>,
}

/// A step of a checklist, or of a tour.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("dependencies" = {
    "segment": {"properties": {"signal": false, "at_least": false}},
    "at_least": ["signal"],
    "side": ["anchor"],
    "wait": ["anchor"],
}))]
pub(super) struct Step {
    /// Names it: its title is in `content`.
    id: Text,
    /// In a checklist: it is done while this segment holds.
    segment: Option<Text>,
    /// In a checklist: it is done when this signal is `at_least` so much.
    signal: Option<Text>,
    /// So much.
    #[schemars(extend("exclusiveMinimum" = 0, "default" = 1))]
    at_least: Option<f64>,
    /// In a checklist: where it is done.
    open: Option<Address>,
    /// In a tour: the element that it is about, a selector. Without it the step stands in the middle.
    anchor: Option<Text>,
    /// On which side of the element, if there is room.
    #[schemars(extend("enum" = names(&SIDES)))]
    side: Option<Text>,
    /// Seconds that it waits for the element.
    #[schemars(range(min = 0), extend("maximum" = MOST_SECONDS, "default" = 10))]
    wait: Option<i64>,
}

/// The question of an `ask`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("allOf" = answers()))]
pub(super) struct Question {
    /// How it is answered.
    #[schemars(rename = "type", extend("enum" = names(&ANSWERS)))]
    kind: Text,
    /// The lower end of a scale.
    #[schemars(extend("minimum" = -FURTHEST, "maximum" = FURTHEST))]
    from: Option<i64>,
    /// Its upper end: at most 10 more.
    #[schemars(extend("minimum" = -FURTHEST, "maximum" = FURTHEST))]
    to: Option<i64>,
    /// What there is to choose from.
    #[schemars(length(min = 2), extend("maxItems" = MOST, "uniqueItems" = true))]
    options: Option<Vec<Text>>,
    /// Whether one may choose more than one.
    several: Option<bool>,
    /// "May we talk to you about it?": a box to tick, and who ticks it is a lead.
    talk: Option<bool>,
}

/// What a question of each type may and has to say.
fn answers() -> Value {
    let all: Vec<&str> = ANSWERS.iter().flat_map(|(_, answer)| answer.takes()).copied().collect();
    let one = |(name, answer): &(&str, super::super::appearance::tables::Answer)| {
        let strange = all.iter().filter(|said| !answer.takes().contains(said));
        let properties: Map<String, Value> = strange.map(|name| ((*name).to_owned(), json!(false))).collect();
        json!({
            "if": { "properties": {"type": {"const": name}}, "required": ["type"] },
            "then": { "properties": properties, "required": answer.needs() },
        })
    };
    ANSWERS.iter().map(one).collect()
}
