//! Whether an example meets a predicate: the engine's own verdict, where it is the same for the whole class.

use crate::engine::{Predicate, Type, Value};

use super::super::operators::printed;
use super::example::Example;

/// None: some of the class may, others may not.
pub(super) fn verdict(predicate: &Predicate, example: &Example) -> Option<bool> {
    match predicate {
        Predicate::All(parts) => {
            let mut all = Some(true);
            for part in parts {
                match verdict(part, example) {
                    Some(false) => return Some(false),
                    None => all = None,
                    Some(true) => {}
                }
            }
            all
        }
        Predicate::Not(part) => verdict(part, example).map(|holds| !holds),
        // Texts are not told apart by these, nor are lists by what is in them.
        Predicate::Version(_) => None,
        Predicate::Pattern(_) if matches!(example, Example::Value(Value::Text(_))) => None,
        _ => match example {
            Example::Tree { text, has } => of_tree(predicate, text, has.as_deref(), example),
            _ => Some(predicate.holds(example.seen())),
        },
    }
}

fn of_tree(predicate: &Predicate, text: &str, has: Option<&[Value]>, example: &Example) -> Option<bool> {
    match predicate {
        // These turn it into its text.
        Predicate::Is { .. } | Predicate::Ordered(..) | Predicate::Matches(Value::Number(_)) => {
            Some(predicate.holds(example.seen()))
        }
        Predicate::Matches(Value::Bool(wanted)) | Predicate::Exists(wanted) => Some(*wanted),
        Predicate::Matches(Value::Null | Value::Text(_)) | Predicate::Equals(_) | Predicate::Pattern(_) => {
            Some(false)
        }
        Predicate::AtLeast(_) | Predicate::Below(_) => Some(false),
        // The text of a list has the texts of its elements in it.
        Predicate::In(wanted) => {
            let may_have = |value: &Value| match value {
                Value::Text(wanted) => text.contains(wanted.as_str()),
                Value::Number(wanted) => text.contains(&printed(*wanted)),
                Value::List(_) | Value::Map(_) => false,
                Value::Null | Value::Bool(_) => true,
            };
            let has_one = has.map(|has| has.iter().any(|value| wanted.contains(value)));
            if wanted.iter().any(may_have) { has_one } else { Some(false) }
        }
        Predicate::Type(kind) if !matches!(kind, Type::Array | Type::Object) => Some(false),
        _ => None,
    }
}
