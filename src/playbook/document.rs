//! Values of the document, and of JSON in general, as the engine keeps them.

use std::collections::BTreeMap;

use jsonc_parser::ast::Value as Ast;

use crate::engine::Value;

use super::source::{Node, Source};

/// A value as the engine keeps it.
pub(super) fn value(source: &Source<'_>, node: Node<'_>) -> Option<Value> {
    Some(match node {
        Ast::NullKeyword(_) => Value::Null,
        Ast::BooleanLit(flag) => Value::Bool(flag.value),
        Ast::StringLit(text) => Value::Text(text.value.to_string()),
        Ast::NumberLit(number) => {
            match number.value.parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => Value::Number(number),
                None => {
                    source.expected(node, "a number that a double can hold");
                    return None;
                }
            }
        }
        Ast::Array(array) => {
            let element = |element| value(source, element);
            let all: Vec<_> = array.elements.iter().map(element).collect();
            Value::List(all.into_iter().collect::<Option<_>>()?)
        }
        Ast::Object(object) => {
            let mut entries: Vec<(String, Value)> = Vec::new();
            let mut places = BTreeMap::new();
            let mut whole = true;
            for property in &object.properties {
                let name = property.name.as_str();
                let Some(inner) = value(source, &property.value) else {
                    whole = false;
                    continue;
                };
                // Of a name that is said twice the last counts, in the place of the first.
                match places.entry(name).or_insert(entries.len()) {
                    place if *place < entries.len() => {
                        entries.get_mut(*place).into_iter().for_each(|(_, old)| *old = inner.clone());
                    }
                    _ => entries.push((name.to_owned(), inner)),
                }
            }
            if !whole {
                return None;
            }
            Value::Map(entries)
        }
    })
}

/// A value of recorded JSON as the engine keeps it.
pub fn to_value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(flag),
        serde_json::Value::Number(number) => number.as_f64().map_or(Value::Null, Value::Number),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(values) => Value::List(values.into_iter().map(to_value).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(map.into_iter().map(|(key, value)| (key, to_value(value))).collect())
        }
    }
}
