//! Comparisons in upper or lower case.

use crate::engine::{Pattern, Predicate, Value};

use super::super::pattern::caseless;
use super::super::source::{Node, Source};
use super::elements::element;
use super::{is, not};

/// Plain equality but for case.
pub(super) fn as_text_in_any_case(source: &Source<'_>, node: Node<'_>, text: &str) -> Option<Predicate> {
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
pub(super) fn in_any_case(source: &Source<'_>, node: Node<'_>, wanted: Vec<Value>) -> Option<Predicate> {
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
