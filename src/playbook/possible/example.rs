//! A value that a field could have, or a kind of values that the tests do not tell apart.

use crate::engine::{Seen, Value};

/// What stands for a class of values.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Example {
    /// Just this one.
    Value(Value),
    /// A stage: a rung's id, and its position.
    Stage(String, u8),
    /// Any list or object that JavaScript turns into this text.
    Tree {
        text: String,
        /// Of the values that are asked for by `$in`, those that it has; none if that is not known.
        has: Option<Vec<Value>>,
    },
}

impl Example {
    pub(super) fn number(number: f64) -> Example {
        Example::Value(Value::Number(number))
    }

    pub(super) fn text(text: impl Into<String>) -> Example {
        Example::Value(Value::Text(text.into()))
    }

    /// As a condition sees it. (Of a tree its text.)
    pub(super) fn seen(&self) -> Seen<'_> {
        match self {
            Example::Value(value) => Seen::of(value),
            Example::Stage(id, position) => Seen::Stage(id, *position),
            Example::Tree { text, .. } => Seen::Text(text),
        }
    }
}
