//! The operators of conditions, with what each may be compared to.

use jsonc_parser::ast::{ObjectProp, Value as Ast};

use crate::engine::{Condition, Field, Form, Order, Pattern, Predicate, Type, Value, padded};

use super::condition::{self, Reach};
use super::document::value;
use super::known::Known;
use super::moments::choice;
use super::near::list;
use super::pattern::{self, caseless};
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
            Form::Since | Form::Age | Form::Until(_) => Kind::Hours,
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

const OPERATORS: [&str; 29] = [
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
const OF_LISTS: [&str; 4] = ["$all", "$alli", "$elemMatch", "$size"];
const OF_STRINGS: [&str; 8] = ["$regex", "$regexi", "$veq", "$vne", "$vgt", "$vgte", "$vlt", "$vlte"];
const TYPES: [(&str, Type); 6] = [
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
        Kind::Any => return true,
        _ if OF_LISTS.contains(&name) => "a list",
        Kind::Number | Kind::Hours if OF_STRINGS.contains(&name) => "a string",
        _ => return true,
    };
    let here = match kind {
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

/// A list with an element that meets it; or for `$ini` the value itself.
fn element(or_itself: bool, predicate: Predicate) -> Predicate {
    let condition = Condition::Test(Field::Property(Vec::new()), predicate);
    Predicate::Element { or_itself, condition: Box::new(condition) }
}

/// `$elemMatch`: operators on an element, or a condition on what is in it. As in GrowthBook, an element that JavaScript
/// takes for false (0, "", false, null) is none.
fn elem_match(source: &Source<'_>, node: Node<'_>) -> Option<Predicate> {
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
fn all(source: &Source<'_>, node: Node<'_>, any_case: bool) -> Option<Predicate> {
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
    array.elements.iter().map(one).collect::<Option<_>>().map(Predicate::All)
}

/// Plain equality but for case.
fn as_text_in_any_case(source: &Source<'_>, node: Node<'_>, text: &str) -> Option<Predicate> {
    let pattern = Predicate::Pattern(any_case(source, node, &[text])?);
    let other = is(text.to_lowercase());
    Some(match &other {
        // A string that something else could be printed as.
        Predicate::Is { text, number } if number.is_some() || PRINTED.contains(&text.as_str()) => {
            not(Predicate::All(vec![not(pattern), not(other)]))
        }
        _ => pattern,
    })
}

/// What JavaScript prints that is neither a string nor a number.
const PRINTED: [&str; 3] = ["true", "false", "null"];

/// `$ini`
fn in_any_case(source: &Source<'_>, node: Node<'_>, wanted: Vec<Value>) -> Option<Predicate> {
    let (texts, others): (Vec<Value>, Vec<Value>) =
        wanted.into_iter().partition(|value| matches!(value, Value::Text(_)));
    if texts.is_empty() {
        return Some(Predicate::In(others));
    }
    let texts = texts.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let pattern = Predicate::Pattern(any_case(source, node, &texts.collect::<Vec<_>>())?);
    let one = match others.as_slice() {
        [] => pattern,
        _ => not(Predicate::All(vec![not(pattern), not(Predicate::In(others))])),
    };
    Some(element(true, one))
}

fn any_case(source: &Source<'_>, node: Node<'_>, texts: &[&str]) -> Option<Pattern> {
    let pattern = caseless::pattern(texts);
    if pattern.is_none() {
        let hint = "write the values in lower case into a trait, and use `$in`";
        source.wrong(node, "this is too much to compare in any case", Some(hint.into()));
    }
    pattern
}

/// `$size`: a number, or what holds of it.
pub(super) fn size(source: &Source<'_>, node: Node<'_>) -> Predicate {
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

fn regex(source: &Source<'_>, node: Node<'_>, ignore_case: bool) -> Option<Pattern> {
    let Some(text) = node.as_string_lit() else {
        source.expected(node, "a pattern, a string such as \"^pro\"");
        return None;
    };
    let mistake = match pattern::compile(&text.value, ignore_case) {
        Ok(pattern) => return Some(pattern),
        Err(mistake) => mistake,
    };
    source.wrong_within(node, mistake.at, mistake.message, mistake.hint.map(str::to_owned));
    None
}

fn version_text(source: &Source<'_>, node: Node<'_>) -> Option<String> {
    let text = node.as_string_lit().map(|text| text.value.as_ref());
    let is_version = |text: &&str| {
        text.strip_prefix('v').unwrap_or(text).starts_with(|first: char| first.is_ascii_digit())
    };
    let Some(text) = text.filter(is_version) else {
        source.expected(node, "a version, a string such as \"1.2.3\"");
        return None;
    };
    Some(padded(text))
}

/// What has to hold of the version, written such that strings are in order.
fn version(name: &str, wanted: String) -> Predicate {
    let wanted = Value::Text(wanted);
    match name {
        "$veq" => Predicate::Equals(wanted),
        "$vne" => not(Predicate::Equals(wanted)),
        "$vgt" => Predicate::Ordered(Order::Greater, wanted),
        "$vgte" => Predicate::Ordered(Order::AtLeast, wanted),
        "$vlt" => Predicate::Ordered(Order::Less, wanted),
        _ => Predicate::Ordered(Order::AtMost, wanted),
    }
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
        let near = source.hint(name, rungs.iter().map(String::as_str));
        source.wrong(node, format!("there is no rung `{name}` on this ladder"), near);
    }
    position
}
