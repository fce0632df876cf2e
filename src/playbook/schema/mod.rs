//! The JSON Schema of a playbook: what an editor offers while one is written, and underlines.
//!
//! The types here are never made; their documentation is what an editor shows. Which properties an object has is said by
//! the reader's tables (`Names`), and a test holds the two equal; choices, operators and forms are taken from the
//! reader's tables themselves. What depends on the rest of the document (a signal that there is none of) only `check`
//! can say, so the schema refuses nothing that `check` takes.

#![allow(dead_code, reason = "the types are there to be described")]

mod appearance;
mod condition;
mod definitions;
mod events;
mod nudge;
mod operators;
mod policy;
mod root;
mod signal;
mod text;
mod words;

#[cfg(test)]
mod tests;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The schema (draft 7, which all editors read).
pub fn schema() -> Value {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<root::Playbook>();
    let mut schema = schema.to_value();
    tidy(&mut schema);
    schema
}

/// What may be left out is no `null`; and lines that were broken for the source are lines.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::String(description)) = entries.get_mut("description") {
                let paragraphs = description.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
                *description = paragraphs.collect::<Vec<_>>().join("\n\n");
            }
            if let Some(Value::Object(properties)) = entries.get_mut("properties") {
                properties.values_mut().filter_map(Value::as_object_mut).for_each(without_null);
            }
            entries.values_mut().for_each(tidy);
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn without_null(property: &mut Map<String, Value>) {
    let is_optional = |value: &Value| value.as_str() == Some("null");
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|kind| !is_optional(kind));
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = property.get_mut("anyOf") {
        alternatives.retain(|alternative| !alternative.get("type").is_some_and(is_optional));
        if alternatives.len() == 1 {
            let only = property.remove("anyOf").unwrap_or_default();
            // Beside a `$ref` draft 7 reads nothing.
            property.insert("allOf".into(), only);
        }
    }
}

/// The names in a table of choices.
fn names<T>(choices: &[(&str, T)]) -> Vec<String> {
    choices.iter().map(|(name, _)| (*name).to_owned()).collect()
}
