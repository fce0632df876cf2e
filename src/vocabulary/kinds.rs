//! What a condition expects of a value: which kinds of it could meet the test at all.

use std::collections::BTreeSet;

use crate::engine::{Condition, Field, Predicate, Type, Value};

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// Any of these three.
    Scalar,
    /// A list.
    List,
    /// A map.
    Object,
}

impl Kind {
    /// As the toolkit writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Boolean => "boolean",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::Scalar => "scalar",
            Kind::List => "list",
            Kind::Object => "object",
        }
    }
}

/// What is known of a value. Empty: that something looks at it, and no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    of: BTreeSet<Kind>,
    /// A list of such values meets the test, too (`$in`).
    pub or_list: bool,
    /// The strings that it is compared with.
    pub values: BTreeSet<String>,
}

impl Kinds {
    /// One of this kind.
    pub fn of(kind: Kind) -> Kinds {
        let mut kinds = Kinds::default();
        kinds.add(kind);
        kinds
    }

    /// All that it may be, as far as it is known: that it is any scalar says nothing where something says more.
    pub fn all(&self) -> impl Iterator<Item = Kind> {
        let more = self.of.iter().any(|kind| *kind != Kind::Scalar);
        self.of.iter().copied().filter(move |kind| !more || *kind != Kind::Scalar)
    }

    pub(super) fn add(&mut self, kind: Kind) {
        self.of.insert(kind);
    }

    pub(super) fn merge(&mut self, other: &Kinds) {
        self.of.extend(&other.of);
        self.or_list |= other.or_list;
        self.values.extend(other.values.iter().cloned());
    }

    /// What a test tells of it.
    pub(super) fn hear(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Is { text, .. } => self.compare(&Value::Text(text.clone())),
            Predicate::Matches(value) | Predicate::Equals(value) | Predicate::Ordered(_, value) => {
                self.compare(value);
            }
            Predicate::In(values) => {
                self.or_list = true;
                values.iter().for_each(|value| self.compare(value));
            }
            Predicate::All(parts) => parts.iter().for_each(|part| self.hear(part)),
            Predicate::Not(part) => self.hear(part),
            Predicate::Pattern(_) => self.add(Kind::String),
            // A version is a string; a number is taken for one.
            Predicate::Version(_) => self.of.extend([Kind::String, Kind::Number]),
            Predicate::Type(kind) => match kind {
                Type::Null => {}
                Type::Boolean => self.add(Kind::Boolean),
                Type::Number => self.add(Kind::Number),
                Type::String => self.add(Kind::String),
                Type::Array => self.add(Kind::List),
                Type::Object => self.add(Kind::Object),
            },
            Predicate::Size(_) => self.add(Kind::List),
            Predicate::Element { or_itself: false, .. } => self.add(Kind::List),
            Predicate::Element { or_itself: true, condition } => {
                self.or_list = true;
                each_test(condition, &mut |field, predicate| {
                    if matches!(field, Field::Property(path) if path.is_empty()) {
                        self.hear(predicate);
                    }
                });
            }
            // Of a stage, or of whatever there is.
            Predicate::Exists(_) | Predicate::AtLeast(_) | Predicate::Below(_) => {}
        }
    }

    /// It is a value like this one.
    pub(super) fn compare(&mut self, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(_) => self.add(Kind::Boolean),
            Value::Number(_) => self.add(Kind::Number),
            Value::Text(text) => {
                self.add(Kind::String);
                self.values.insert(text.clone());
            }
            Value::List(_) => self.add(Kind::List),
            Value::Map(_) => self.add(Kind::Object),
        }
    }
}

/// Each test of a condition.
pub(super) fn each_test(condition: &Condition, f: &mut dyn FnMut(&Field, &Predicate)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, _) => {
            parts.iter().for_each(|part| each_test(part, f));
        }
        Condition::Not(part) => each_test(part, f),
        Condition::Test(field, predicate) => f(field, predicate),
    }
}
