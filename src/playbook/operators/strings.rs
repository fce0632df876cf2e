//! Operators on strings: patterns and versions.

use crate::engine::{Order, Pattern, Predicate, Value, padded};

use super::super::pattern;
use super::super::source::{Node, Source};
use super::not;

pub(super) fn regex(source: &Source<'_>, node: Node<'_>, ignore_case: bool) -> Option<Pattern> {
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

pub(super) fn version_text(source: &Source<'_>, node: Node<'_>) -> Option<String> {
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
pub(super) fn version(name: &str, wanted: String) -> Predicate {
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
