//! What an operator compares with.

use jsonc_parser::ast::Value as Ast;

use crate::engine::Value;

use super::super::document::value;
use super::super::source::{Node, Source};
use super::super::spans::hours;
use super::Kind;

/// A value that fits the field.
pub(super) fn scalar(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Value> {
    let found = value(source, node)?;
    let fits = match (kind, &found) {
        (_, Value::Null)
        | (Kind::Any | Kind::Unknown { is_defined: false }, _)
        | (Kind::Number | Kind::Hours, Value::Number(_)) => true,
        (Kind::Scalar | Kind::Unknown { .. }, found) => !matches!(found, Value::List(_) | Value::Map(_)),
        (Kind::Hours, Value::Text(text)) => match hours(text) {
            Some(hours) => return Some(Value::Number(f64::from(hours))),
            None => false,
        },
        (Kind::OneOf(names) | Kind::Stage(names), Value::Text(text)) => {
            if !names.contains(text) {
                let near = source.hint(text, names.iter().map(String::as_str));
                source.wrong(node, format!("expected {}, found \"{text}\"", kind.expected()), near);
                return None;
            }
            true
        }
        (Kind::Text, Value::Text(_)) => true,
        _ => false,
    };
    if !fits {
        source.expected(node, &kind.expected());
    }
    fits.then_some(found)
}

pub(super) fn scalars(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Vec<Value>> {
    let Some(array) = node.as_array() else {
        source.expected(node, "a list of values");
        return None;
    };
    let all: Vec<_> = array.elements.iter().map(|element| scalar(source, kind, element)).collect();
    all.into_iter().collect()
}

/// A value that has an order: a number or a string.
pub(super) fn orderable(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Value> {
    match (kind, node) {
        (Kind::OneOf(_) | Kind::Stage(_), Ast::StringLit(_)) => {
            let hint = "a stage is compared by `$atLeast` and `$below`";
            source.warn(
                node,
                "this compares names by the alphabet, which is hardly meant",
                Some(hint.into()),
            );
            value(source, node)
        }
        (Kind::OneOf(_) | Kind::Stage(_), _) => {
            source.expected(node, &kind.expected());
            None
        }
        (Kind::Any | Kind::Unknown { .. } | Kind::Scalar, Ast::StringLit(_) | Ast::NumberLit(_))
        | (Kind::Hours | Kind::Number | Kind::Text, _) => {
            let found = scalar(source, kind, node)?;
            if found == Value::Null {
                source.expected(node, &kind.expected());
                return None;
            }
            Some(found)
        }
        (Kind::Any | Kind::Unknown { .. } | Kind::Scalar, _) => {
            source.expected(node, "a number or a string to compare with");
            None
        }
    }
}

pub(super) fn rung(source: &Source<'_>, kind: &Kind, operator: &str, node: Node<'_>) -> Option<u8> {
    if matches!(kind, Kind::Unknown { .. }) {
        source.string(node, "the id of a rung");
        return None;
    }
    let Kind::Stage(rungs) = kind else {
        source.wrong(
            node,
            format!("`{operator}` compares positions on a ladder: it needs `stages.LADDER`"),
            None,
        );
        return None;
    };
    let name = source.string(node, &kind.expected())?;
    let position =
        rungs.iter().position(|rung| rung == name).and_then(|position| u8::try_from(position).ok());
    if position.is_none() {
        let near = source.hint(name, rungs.iter().map(String::as_str));
        source.wrong(node, format!("there is no rung `{name}` on this ladder"), near);
    }
    position
}
