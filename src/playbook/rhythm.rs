//! What activity is measured by: the interval of momentum, since when somebody is known, the company's rhythm.

use crate::engine::{Rhythm, Unit};

use super::fields::{Fields, Names};
use super::source::{Node, Source};
use super::spans;

pub(in crate::playbook) const NAMES: Names = Names::of(&["r", "alpha", "a", "b", "at_risk_below"]);

/// `"interval": "7d"`
pub(super) fn interval(source: &Source<'_>, node: Node<'_>) -> Option<u16> {
    let days = node.as_string_lit().and_then(|text| spans::read(&text.value));
    let days = days.filter(|(days, unit)| *unit == Unit::Days && (1..=400).contains(days));
    if days.is_none() {
        source.expected(node, "an interval in days, \"1d\" to \"400d\"");
    }
    days.and_then(|(days, _)| u16::try_from(days).ok())
}

/// `"first_seen": "user.createdAt"`
pub(super) fn first_seen(source: &Source<'_>, node: Node<'_>) -> Option<Vec<String>> {
    let path = node.as_string_lit().and_then(|text| {
        let (head, rest) = text.value.split_once('.')?;
        let whole = head == "user" && rest.split('.').all(|key| !key.is_empty());
        whole.then(|| rest.split('.').map(str::to_owned).collect())
    });
    if path.is_none() {
        source.expected(node, "the path of a trait of the person, such as \"user.createdAt\"");
    }
    path
}

/// `"rhythm": {…}`
pub(super) fn read(source: &Source<'_>, node: Node<'_>) -> Option<Rhythm> {
    let fields = Fields::read(source, node, "`rhythm`", &NAMES)?;
    let mut values = [0.0; 5];
    let mut whole = true;
    for (name, value) in NAMES.known.iter().zip(&mut values) {
        let Some(node) = fields.require(source, name, "`rhythm` (`ripen fit` estimates it)") else {
            whole = false;
            continue;
        };
        let number = source.number(node, "a number");
        let share = *name == "at_risk_below";
        let fits = |number: f64| if share { (0.0..=1.0).contains(&number) } else { number > 0.0 };
        match number {
            Some(number) if fits(number) => *value = number,
            Some(_) => {
                source.expected(node, if share { "a probability, 0 to 1" } else { "a number above 0" });
                whole = false;
            }
            None => whole = false,
        }
    }
    let [r, alpha, a, b, at_risk_below] = values;
    whole.then_some(Rhythm { r, alpha, a, b, at_risk_below })
}
