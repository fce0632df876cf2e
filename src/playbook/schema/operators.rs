//! What may be asked of a field: a plain value, or operators.

use serde_json::{Map, Value, json};

use super::super::operators::{OF_LISTS, OF_STRINGS, OPERATORS, TYPES};
use super::names;
use super::text::SPAN;

/// What is found at a field, as far as its name tells.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Anything: traits, properties.
    Any,
    /// A string, a number, or true or false: signals.
    Signal,
    /// A number.
    Number,
    /// A number of hours.
    Hours,
    /// A name or another text.
    Text,
    /// A rung.
    Stage,
    /// A state of momentum.
    Momentum,
}

pub(super) const KINDS: [(&str, Kind); 7] = [
    ("AskedOfAnything", Kind::Any),
    ("AskedOfSignal", Kind::Signal),
    ("AskedOfNumber", Kind::Number),
    ("AskedOfHours", Kind::Hours),
    ("AskedOfText", Kind::Text),
    ("AskedOfStage", Kind::Stage),
    ("AskedOfMomentum", Kind::Momentum),
];

/// A reference to what may be asked of a kind, or of another of these definitions.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

pub(super) fn asked_of(kind: Kind) -> Value {
    let name = KINDS.iter().find(|(_, known)| *known == kind).map(|(name, _)| *name);
    reference(name.unwrap_or_default())
}

/// What may be asked of a field of this kind.
pub(super) fn asked(kind: Kind) -> Value {
    let fits = |name: &&str| match (kind, *name) {
        (Kind::Stage, "$atLeast" | "$below") => true,
        (_, "$atLeast" | "$below") => false,
        (Kind::Any, _) => true,
        (_, name) if OF_LISTS.contains(&name) => false,
        (Kind::Number | Kind::Hours, name) => !OF_STRINGS.contains(&name),
        _ => true,
    };
    let operators: Map<String, Value> =
        OPERATORS.into_iter().filter(fits).map(|name| (name.to_owned(), operator(kind, name))).collect();
    let operators = json!({
        "type": "object", "properties": operators, "additionalProperties": false, "minProperties": 1,
    });
    let mut plain = plain(kind);
    if kind == Kind::Any {
        // An object of operators is that and nothing else.
        plain = json!({ "not": { "type": "object", "minProperties": 1, "not": { "propertyNames": { "pattern": "^([^$]|$)" } } } });
    }
    json!({ "anyOf": [operators, plain] })
}

/// What a value is compared with.
fn plain(kind: Kind) -> Value {
    match kind {
        Kind::Any => json!({}),
        Kind::Signal => json!({ "type": ["string", "number", "boolean", "null"] }),
        Kind::Number => json!({ "type": ["number", "null"] }),
        Kind::Hours => {
            json!({ "anyOf": [{ "type": ["number", "null"] }, { "type": "string", "pattern": SPAN }] })
        }
        Kind::Text | Kind::Stage => json!({ "type": ["string", "null"] }),
        Kind::Momentum => json!({ "enum": momentum() }),
    }
}

fn momentum() -> Vec<Value> {
    let names = crate::engine::Momentum::ALL.map(|momentum| Value::from(momentum.name()));
    names.into_iter().chain([Value::Null]).collect()
}

/// What is greater or smaller.
fn orderable(kind: Kind) -> Value {
    match kind {
        Kind::Any | Kind::Signal => json!({ "type": ["number", "string"] }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Hours => json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": SPAN }] }),
        Kind::Text | Kind::Stage | Kind::Momentum => json!({ "type": "string" }),
    }
}

/// Of a list: a number, or operators on it.
pub(super) fn length() -> Value {
    let operators = json!({ "type": "object", "allOf": [asked_of(Kind::Number)] });
    json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, operators] })
}

fn described(description: &str, mut schema: Value) -> Value {
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".into(), description.into());
    }
    schema
}

fn operator(kind: Kind, name: &str) -> Value {
    let list = |what: Value| json!({ "type": "array", "items": what });
    let group = json!({ "type": "string", "minLength": 1 });
    let pattern = json!({ "type": "string" });
    let version = json!({ "type": "string", "pattern": "^v?[0-9]", "examples": ["2.10.0"] });
    let rung = json!({ "type": "string", "minLength": 1 });
    let (description, schema) = match name {
        "$eq" => ("Equal, of the same type.", plain(kind)),
        "$ne" => ("Not equal.", plain(kind)),
        "$gt" => ("More than. False of what is absent.", orderable(kind)),
        "$gte" => ("At least. False of what is absent.", orderable(kind)),
        "$lt" => ("Less than. False of what is absent.", orderable(kind)),
        "$lte" => ("At most. False of what is absent.", orderable(kind)),
        "$in" => ("One of these; of a list, one of its elements.", list(plain(kind))),
        "$nin" => ("None of these.", list(plain(kind))),
        "$ini" => ("One of these, in upper or lower case.", list(plain(kind))),
        "$nini" => ("None of these, in upper or lower case.", list(plain(kind))),
        "$inGroup" => ("One of a list that has a name in `groups`.", group),
        "$notInGroup" => ("None of a list that has a name in `groups`.", group),
        "$all" => ("A list that has all of these.", list(json!({}))),
        "$alli" => ("A list that has all of these, in upper or lower case.", list(json!({}))),
        "$elemMatch" => ("A list with an element of which this holds.", reference("ElementCondition")),
        "$size" => ("A list of this length: a number, or operators on it.", length()),
        "$type" => ("Of this type.", json!({ "enum": names(&TYPES) })),
        "$regex" => ("A string that the pattern matches. No look-around, no back-references.", pattern),
        "$regexi" => ("A string that the pattern matches, in upper or lower case.", pattern),
        "$veq" => ("The same version.", version),
        "$vne" => ("Another version.", version),
        "$vgt" => ("A later version.", version),
        "$vgte" => ("This version or a later one.", version),
        "$vlt" => ("An earlier version.", version),
        "$vlte" => ("This version or an earlier one.", version),
        "$exists" => ("true: there is one. false: there is none.", json!({ "type": "boolean" })),
        "$not" => ("That does not hold.", asked_of(kind)),
        "$atLeast" => ("The stage is this rung of the ladder, or above.", rung),
        "$below" => ("The stage is below this rung of the ladder.", rung),
        _ => ("", json!(false)),
    };
    described(description, schema)
}
