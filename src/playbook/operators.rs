//! The operators of conditions, with what each may be compared to.

use jsonc_parser::ast::Value as Ast;

use crate::engine::{Form, Order, Predicate, Value};

use super::document::value;
use super::fields::not_yet;
use super::near::{hint, list};
use super::source::{Node, Source};
use super::spans::hours;

/// What is found at a field, as far as the playbook tells.
pub(super) enum Kind {
    /// Anything that JSON can say.
    Any,
    /// A string, a number or a boolean.
    Scalar,
    /// A number.
    Number,
    /// A number of hours, which may be compared with a span.
    Hours,
    /// A string.
    Text,
    /// One of these.
    OneOf(Vec<String>),
    /// One of these rungs, from the bottom.
    Stage(Vec<String>),
}

impl Kind {
    pub(super) fn of_signal(form: &Form) -> Kind {
        match form {
            Form::Since | Form::Age => Kind::Hours,
            Form::Last(_) => Kind::Scalar,
            _ => Kind::Number,
        }
    }

    fn expected(&self) -> String {
        match self {
            Kind::Any => "a value".into(),
            Kind::Scalar => "a string, a number, or `true` or `false`".into(),
            Kind::Number => "a number".into(),
            Kind::Hours => "a number of hours, or a length of time such as \"3d\"".into(),
            Kind::Text => "a string".into(),
            Kind::OneOf(names) | Kind::Stage(names) => {
                format!("one of {}", list(&names.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
    }
}

const OPERATORS: [&str; 12] =
    ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$not", "$atLeast", "$below"];
/// What the semantics knows, and this version does not.
pub(super) const NOT_YET: [&str; 17] = [
    "$all",
    "$alli",
    "$elemMatch",
    "$groups",
    "$ini",
    "$inGroup",
    "$nini",
    "$notInGroup",
    "$regex",
    "$regexi",
    "$size",
    "$type",
    "$veq",
    "$vgt",
    "$vgte",
    "$vlt",
    "$vlte",
];

/// Reads what is asked of a field: a value for plain equality, or an object of operators, all of which have to hold.
pub(super) fn read(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Predicate> {
    let operators = node.as_object().filter(|object| {
        let mut names = object.properties.iter().map(|property| property.name.as_str());
        names.any(|name| name.starts_with('$'))
    });
    let Some(object) = operators else { return plain(source, kind, node) };
    let mut parts = Vec::new();
    let mut whole = true;
    for property in &object.properties {
        let name = property.name.as_str();
        if NOT_YET.contains(&name) {
            not_yet(source, property, name);
            whole = false;
        } else if OPERATORS.contains(&name) {
            match operator(source, kind, name, &property.value) {
                Some(predicate) => parts.push(predicate),
                None => whole = false,
            }
        } else {
            source.wrong_name(property, format!("there is no operator `{name}`"), hint(name, OPERATORS));
            whole = false;
        }
    }
    let only = if parts.len() == 1 { parts.pop() } else { None };
    whole.then(|| only.unwrap_or(Predicate::All(parts)))
}

fn operator(source: &Source<'_>, kind: &Kind, name: &str, node: Node<'_>) -> Option<Predicate> {
    let not = |predicate| Predicate::Not(Box::new(predicate));
    Some(match name {
        "$eq" => Predicate::Equals(scalar(source, kind, node)?),
        "$ne" => not(Predicate::Equals(scalar(source, kind, node)?)),
        "$gt" => Predicate::Ordered(Order::Greater, orderable(source, kind, node)?),
        "$gte" => Predicate::Ordered(Order::AtLeast, orderable(source, kind, node)?),
        "$lt" => Predicate::Ordered(Order::Less, orderable(source, kind, node)?),
        "$lte" => Predicate::Ordered(Order::AtMost, orderable(source, kind, node)?),
        "$in" => Predicate::In(scalars(source, kind, node)?),
        "$nin" => not(Predicate::In(scalars(source, kind, node)?)),
        "$exists" => Predicate::Exists(source.boolean(node)?),
        "$not" => not(read(source, kind, node)?),
        "$atLeast" => Predicate::AtLeast(rung(source, kind, name, node)?),
        _ => Predicate::Below(rung(source, kind, name, node)?),
    })
}

/// Plain equality, as GrowthBook has it.
fn plain(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Predicate> {
    Some(match scalar(source, kind, node)? {
        Value::Text(text) => {
            let number = text.parse().ok().filter(|number: &f64| printed(*number) == text);
            Predicate::Is { text, number }
        }
        other => Predicate::Matches(other),
    })
}

/// A number as JavaScript prints it.
pub(crate) fn printed(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// A value that fits the field.
fn scalar(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Value> {
    let found = value(source, node)?;
    let fits = match (kind, &found) {
        (_, Value::Null) | (Kind::Any, _) | (Kind::Number | Kind::Hours, Value::Number(_)) => true,
        (Kind::Scalar, found) => !matches!(found, Value::List(_) | Value::Map(_)),
        (Kind::Hours, Value::Text(text)) => match hours(text) {
            Some(hours) => return Some(Value::Number(f64::from(hours))),
            None => false,
        },
        (Kind::OneOf(names) | Kind::Stage(names), Value::Text(text)) => {
            if !names.contains(text) {
                let near = hint(text, names.iter().map(String::as_str));
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

fn scalars(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Vec<Value>> {
    let Some(array) = node.as_array() else {
        source.expected(node, "a list of values");
        return None;
    };
    array.elements.iter().map(|element| scalar(source, kind, element)).collect()
}

/// A value that has an order: a number or a string.
fn orderable(source: &Source<'_>, kind: &Kind, node: Node<'_>) -> Option<Value> {
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
        (Kind::Any | Kind::Scalar, Ast::StringLit(_) | Ast::NumberLit(_))
        | (Kind::Hours | Kind::Number | Kind::Text, _) => {
            let found = scalar(source, kind, node)?;
            if found == Value::Null {
                source.expected(node, &kind.expected());
                return None;
            }
            Some(found)
        }
        (Kind::Any | Kind::Scalar, _) => {
            source.expected(node, "a number or a string to compare with");
            None
        }
    }
}

fn rung(source: &Source<'_>, kind: &Kind, operator: &str, node: Node<'_>) -> Option<u8> {
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
        let near = hint(name, rungs.iter().map(String::as_str));
        source.wrong(node, format!("there is no rung `{name}` on this ladder"), near);
    }
    position
}
