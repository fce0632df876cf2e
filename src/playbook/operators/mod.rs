//! The operators of conditions, with what each may be compared to.

mod any_case;
mod elements;
mod kind;
mod operands;
mod strings;

use jsonc_parser::ast::ObjectProp;

use crate::engine::{Order, Predicate, Type, Value};

use super::moments::choice;
use super::source::{Node, Source};
use any_case::in_any_case;
use elements::{all, elem_match};
use operands::{orderable, rung, scalar, scalars};
use strings::{regex, version, version_text};

pub(super) use elements::size;
pub(super) use kind::Kind;

pub(in crate::playbook) const OPERATORS: [&str; 29] = [
    "$eq",
    "$ne",
    "$gt",
    "$gte",
    "$lt",
    "$lte",
    "$in",
    "$nin",
    "$ini",
    "$nini",
    "$inGroup",
    "$notInGroup",
    "$all",
    "$alli",
    "$elemMatch",
    "$size",
    "$type",
    "$regex",
    "$regexi",
    "$veq",
    "$vne",
    "$vgt",
    "$vgte",
    "$vlt",
    "$vlte",
    "$exists",
    "$not",
    "$atLeast",
    "$below",
];
/// What these ask about is never found where the playbook knows better.
pub(in crate::playbook) const OF_LISTS: [&str; 4] = ["$all", "$alli", "$elemMatch", "$size"];
pub(in crate::playbook) const OF_STRINGS: [&str; 8] =
    ["$regex", "$regexi", "$veq", "$vne", "$vgt", "$vgte", "$vlt", "$vlte"];
pub(in crate::playbook) const TYPES: [(&str, Type); 6] = [
    ("string", Type::String),
    ("number", Type::Number),
    ("boolean", Type::Boolean),
    ("null", Type::Null),
    ("array", Type::Array),
    ("object", Type::Object),
];

/// Whether an operator has this name.
pub(super) fn is_operator(name: &str) -> bool {
    OPERATORS.contains(&name)
}

/// Whether all keys are operators' (there is one at least): then it is about the value itself, else about what is in it.
pub(super) fn are_operators(node: Node<'_>) -> bool {
    let object = node.as_object().filter(|object| !object.properties.is_empty());
    object.is_some_and(|object| object.properties.iter().all(|p| p.name.as_str().starts_with('$')))
}

/// Reads what is asked of a field: a value for plain equality, or an object of operators, all of which have to hold.
/// What is wrong is reported, and never holds.
pub(super) fn read(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Predicate {
    let operators = node.as_object().filter(|object| {
        let mut names = object.properties.iter().map(|property| property.name.as_str());
        names.any(|name| name.starts_with('$'))
    });
    let Some(object) = operators else { return plain(source, kind, node).unwrap_or_else(never) };
    let mut parts = Vec::new();
    for property in &object.properties {
        let name = property.name.as_str();
        let part = if !is_operator(name) {
            source.wrong_name(
                property,
                format!("there is no operator `{name}`"),
                source.hint(name, OPERATORS),
            );
            None
        } else if fits(source, kind, property) {
            operator(source, kind, name, &property.value)
        } else {
            None
        };
        parts.push(part.unwrap_or_else(never));
    }
    let only = if parts.len() == 1 { parts.pop() } else { None };
    only.unwrap_or(Predicate::All(parts))
}

/// Whether an operator can be asked of such a field at all.
fn fits(source: &Source<'_>, kind: &Kind, property: &ObjectProp<'_>) -> bool {
    let name = property.name.as_str();
    let wanted = match kind {
        Kind::Any | Kind::Unknown { .. } => return true,
        _ if OF_LISTS.contains(&name) => "a list",
        Kind::Number | Kind::Hours if OF_STRINGS.contains(&name) => "a string",
        _ => return true,
    };
    let here = match kind {
        Kind::Scalar => "a single value",
        Kind::Number => "a number",
        Kind::Hours => "a number of hours",
        _ => "a string",
    };
    source.wrong_name(property, format!("`{name}` asks about {wanted}, and here is {here}"), None);
    false
}

fn operator(source: &Source<'_>, kind: &Kind, name: &str, node: Node<'_>) -> Option<Predicate> {
    Some(match name {
        "$eq" => Predicate::Equals(scalar(source, kind, node)?),
        "$ne" => not(Predicate::Equals(scalar(source, kind, node)?)),
        "$gt" => Predicate::Ordered(Order::Greater, orderable(source, kind, node)?),
        "$gte" => Predicate::Ordered(Order::AtLeast, orderable(source, kind, node)?),
        "$lt" => Predicate::Ordered(Order::Less, orderable(source, kind, node)?),
        "$lte" => Predicate::Ordered(Order::AtMost, orderable(source, kind, node)?),
        "$in" => Predicate::In(scalars(source, kind, node)?),
        "$nin" => not(Predicate::In(scalars(source, kind, node)?)),
        "$ini" => in_any_case(source, node, scalars(source, kind, node)?)?,
        "$nini" => not(in_any_case(source, node, scalars(source, kind, node)?)?),
        "$inGroup" => Predicate::In(source.groups().members(source, node)?),
        "$notInGroup" => not(Predicate::In(source.groups().members(source, node)?)),
        "$all" => all(source, node, false)?,
        "$alli" => all(source, node, true)?,
        "$elemMatch" => elem_match(source, node)?,
        "$size" => Predicate::Size(Box::new(size(source, node))),
        "$type" => Predicate::Type(choice(source, node, &TYPES)?),
        "$regex" => Predicate::Pattern(regex(source, node, false)?),
        "$regexi" => Predicate::Pattern(regex(source, node, true)?),
        "$exists" => Predicate::Exists(source.boolean(node)?),
        "$not" => not(read(source, kind, node)),
        "$atLeast" => Predicate::AtLeast(rung(source, kind, name, node)?),
        "$below" => Predicate::Below(rung(source, kind, name, node)?),
        _ => Predicate::Version(Box::new(version(name, version_text(source, node)?))),
    })
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

fn never() -> Predicate {
    not(Predicate::default())
}

/// Plain equality, as GrowthBook has it.
fn plain(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Predicate> {
    Some(match scalar(source, kind, node)? {
        Value::Text(text) => is(text),
        other => Predicate::Matches(other),
    })
}

fn is(text: String) -> Predicate {
    let number = text.parse().ok().filter(|number: &f64| printed(*number) == text);
    Predicate::Is { text, number }
}

/// A number as JavaScript prints it.
pub(crate) fn printed(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}
