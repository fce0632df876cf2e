//! Conditions: fields and connectives, each meeting what may be asked of it. By what they can look at.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::super::condition::CONNECTIVES;
use super::super::lists;
use super::super::operators::OPERATORS;
use super::operators::{KINDS, Kind, asked, asked_of, length, reference};

/// A condition on the view of a person or an account.
pub(super) struct OfView;
/// A condition on the view, and on what a page knows.
pub(super) struct OfNudge;
/// A condition on the page alone.
pub(super) struct OfPage;
/// A condition on the properties of an event.
pub(super) struct OfProperties;

/// A name or a pattern, what is there, and what that is.
type Field = (&'static str, Kind, &'static str);

/// What a condition can look at: by name, and by pattern, each with the kind of what is there and what it is.
struct Reach {
    name: &'static str,
    named: &'static [Field],
    patterns: &'static [&'static [Field]],
    lists: &'static [&'static str],
    /// Anything else is a property.
    is_open: bool,
}

const MOMENTUM: Field =
    ("momentum", Kind::Momentum, "Where somebody is heading: new, current, resurrected, dormant, at_risk.");
const ALIVE: Field =
    ("alive", Kind::Number, "The probability that somebody still comes, 0 to 1. Needs a `rhythm`.");
const VIEW: [Field; 6] = [
    (
        r"^signals\.[^.]+$",
        Kind::Signal,
        "A signal; hours may be compared with a length of time, as in \"3d\".",
    ),
    (r"^(user|account)\.", Kind::Any, "A trait, by a dotted path."),
    (r"^scores\.[^.]+$", Kind::Number, "The points of a score."),
    (r"^bands\.[^.]+$", Kind::Text, "The band that a score falls into."),
    (r"^stages\.[^.]+$", Kind::Stage, "The rung that somebody is on: compare by `$atLeast` and `$below`."),
    (
        r"^reached\.[^.]+\.[^.]+$",
        Kind::Hours,
        "Hours since a rung was met, or a length of time as in \"14d\".",
    ),
];
const PAGE: Field = (r"^page\.", Kind::Any, "What the page is: page.path, page.url, page.title …");
const ON_PAGE: [Field; 2] = [
    PAGE,
    (r"^(event|device|session)\.", Kind::Any, "What else the page knows: event.name, device.…, session.…"),
];

const OF_VIEW: Reach = Reach {
    name: "Condition",
    named: &[MOMENTUM, ALIVE],
    patterns: &[&VIEW],
    lists: &["segments", "moments"],
    is_open: false,
};
const OF_NUDGE: Reach = Reach {
    name: "NudgeCondition",
    named: &[
        MOMENTUM,
        ALIVE,
        ("now.weekday", Kind::Number, "1 (Monday) to 7, on the user's own clock."),
        ("now.hour", Kind::Number, "0 to 23, on the user's own clock."),
        ("locale", Kind::Text, "The user's language."),
    ],
    patterns: &[&VIEW, &ON_PAGE],
    lists: &["segments", "moments"],
    is_open: false,
};
const OF_PAGE: Reach =
    Reach { name: "PageCondition", named: &[], patterns: &[&[PAGE]], lists: &[], is_open: false };
const OF_PROPERTIES: Reach =
    Reach { name: "EventCondition", named: &[], patterns: &[], lists: &[], is_open: true };

impl Reach {
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        define(generator);
        let mut properties = Map::new();
        for connective in CONNECTIVES {
            let (description, is_list) = match connective {
                "$and" => ("All of these hold.", true),
                "$or" => ("At least one of these holds.", true),
                "$nor" => ("None of these holds.", true),
                _ => ("This does not hold.", false),
            };
            let one = reference(self.name);
            let schema =
                if is_list { json!({ "type": "array", "items": one }) } else { json!({ "allOf": [one] }) };
            properties.insert(connective.into(), with(description, schema));
        }
        for name in self.lists {
            let description =
                if *name == "segments" { "The segments that hold." } else { "The moments that hold." };
            properties
                .insert((*name).into(), with(description, json!({ "allOf": [reference("AskedOfIds")] })));
        }
        for (name, kind, description) in self.named {
            properties.insert((*name).into(), with(description, json!({ "allOf": [asked_of(*kind)] })));
        }
        let mut patterns = Map::new();
        for (pattern, kind, description) in self.patterns.iter().copied().flatten() {
            patterns.insert((*pattern).into(), with(description, json!({ "allOf": [asked_of(*kind)] })));
        }
        let mut schema = json!({
            "description": "All lines have to hold; alternatives stand in `$or`.",
            "type": "object", "properties": properties, "patternProperties": patterns,
            "additionalProperties": if self.is_open { asked_of(Kind::Any) } else { false.into() },
        });
        if let (true, Some(schema)) = (self.is_open, schema.as_object_mut()) {
            // A property may begin with `$`; an operator does not stand here.
            let is_other = |name: &&str| !CONNECTIVES.contains(name);
            let operators: Vec<&str> = OPERATORS.into_iter().filter(is_other).collect();
            schema.insert("propertyNames".into(), json!({ "not": { "enum": operators } }));
        }
        Schema::try_from(schema).unwrap_or_default()
    }
}

fn with(description: &str, mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".into(), description.into());
    }
    schema
}

/// What conditions refer to.
fn define(generator: &mut SchemaGenerator) {
    if generator.definitions().contains_key("AskedOfIds") {
        return;
    }
    let ids = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let mut operators = Map::new();
    for name in lists::OPERATORS {
        let (description, schema) = match name {
            "$in" => ("At least one of these.", ids.clone()),
            "$nin" => ("None of these.", ids.clone()),
            "$all" => ("All of these.", ids.clone()),
            "$elemMatch" => ("One of which this holds.", asked_of(Kind::Text)),
            "$size" => ("So many.", length()),
            _ => ("That does not hold.", reference("AskedOfIds")),
        };
        let schema = if schema.get("$ref").is_some() { json!({ "allOf": [schema] }) } else { schema };
        operators.insert(name.into(), with(description, schema));
    }
    let of_ids = json!({
        "description": "A list of ids: `{\"$in\": [ids]}`, `{\"$nin\": [ids]}` or `{\"$all\": [ids]}`.",
        "type": "object", "properties": operators, "additionalProperties": false,
        "examples": [{ "$in": ["ID"] }],
    });
    let definitions = generator.definitions_mut();
    definitions.insert("AskedOfIds".into(), of_ids);
    for (name, kind) in KINDS {
        definitions.insert(name.into(), asked(kind));
    }
    // Operators on the element itself, or a condition on what is in it.
    definitions.insert("ElementCondition".into(), json!({}));
    generator.subschema_for::<OfProperties>();
    let element = json!({ "anyOf": [asked_of(Kind::Any), reference(OF_PROPERTIES.name)], "type": "object" });
    generator.definitions_mut().insert("ElementCondition".into(), element);
}

macro_rules! condition {
    ($type:ident, $reach:ident) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $reach.name.into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                $reach.schema(generator)
            }
        }
    };
}

condition!(OfView, OF_VIEW);
condition!(OfNudge, OF_NUDGE);
condition!(OfPage, OF_PAGE);
condition!(OfProperties, OF_PROPERTIES);
