//! Operators on lists.

use crate::engine::{Condition, Field, Predicate, Type, Value};

use super::super::condition::{self, Reach};
use super::super::known::Known;
use super::super::source::{Node, Source};
use super::any_case::as_text_in_any_case;
use super::{Kind, are_operators, never, read};

/// A list with an element that meets it; or for `$ini` the value itself.
pub(super) fn element(or_itself: bool, predicate: Predicate) -> Predicate {
    let condition = Condition::Test(Field::Property(Vec::new()), predicate);
    Predicate::Element { or_itself, condition: Box::new(condition) }
}

/// `$elemMatch`: operators on an element, or a condition on what is in it. As in GrowthBook, an element that JavaScript
/// takes for false (0, "", false, null) is none.
pub(super) fn elem_match(source: &Source<'_>, node: Node<'_>) -> Option<Predicate> {
    let condition = if are_operators(node) {
        Condition::Test(Field::Property(Vec::new()), read(source, &Kind::Any, node))
    } else {
        condition::read(source, &Known::default(), Reach::Properties, node)?
    };
    let truthy = Condition::Test(Field::Property(Vec::new()), Predicate::Matches(Value::Bool(true)));
    let condition = Box::new(Condition::All(vec![truthy, condition]));
    Some(Predicate::Element { or_itself: false, condition })
}

/// `$all`, `$alli`: each of these is met by an element.
pub(super) fn all(source: &Source<'_>, node: Node<'_>, any_case: bool) -> Option<Predicate> {
    let array = node.as_array().or_else(|| {
        source.expected(node, "a list of values");
        None
    })?;
    if array.elements.is_empty() {
        return Some(Predicate::Type(Type::Array));
    }
    let one = |wanted: Node<'_>| {
        let predicate = match wanted.as_string_lit() {
            Some(text) if any_case => as_text_in_any_case(source, wanted, &text.value)?,
            _ => read(source, &Kind::Any, wanted),
        };
        Some(element(false, predicate))
    };
    let all: Vec<_> = array.elements.iter().map(one).collect();
    all.into_iter().collect::<Option<_>>().map(Predicate::All)
}

/// `$size`: a number, or what holds of it.
pub(in crate::playbook) fn size(source: &Source<'_>, node: Node<'_>) -> Predicate {
    if are_operators(node) {
        return read(source, &Kind::Number, node);
    }
    let length = node.as_number_lit().and_then(|number| number.value.parse::<f64>().ok());
    match length.filter(|length| *length >= 0.0 && length.fract() == 0.0) {
        Some(length) => Predicate::Matches(Value::Number(length)),
        None => {
            source.expected(node, "a length: a whole number, or operators such as `{\"$gt\": 2}`");
            never()
        }
    }
}
