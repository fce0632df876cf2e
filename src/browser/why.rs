//! Why a nudge is held back, in words: what was seen, and what was wanted.

use super::js::print;
use crate::engine::{
    Account, Block, Field, Millis, Order, Outcome, Person, Playbook, Predicate, Scope, Seen, Surroundings,
    Unmet, Value, explain_when,
};

/// A sentence for people; none where the name of the reason says it all.
pub(super) fn why(
    playbook: &Playbook,
    person: &Person,
    account: Option<&Account>,
    nudge: usize,
    block: Block,
    here: &Surroundings,
    now: Millis,
) -> Option<String> {
    let mut words = String::new();
    match block {
        Block::HelpFirst => {
            let first = playbook.policy.help_first?;
            let ladder = playbook.person.ladders.get(usize::from(first.ladder))?;
            let rung = ladder.rungs.get(usize::from(first.at_least))?;
            let stage = person.sight(playbook, account, now).stage(Scope::Person, first.ladder);
            let stage = stage.map_or("not there yet", |(stage, _)| stage);
            add(&mut words, &["stages.", &ladder.id, " is ", stage, ", wanted at least ", &rung.id]);
        }
        Block::PerSession => {
            let most = number(f64::from(playbook.policy.per_session));
            add(&mut words, &["one session shows at most ", &most]);
        }
        Block::Gap => {
            add(&mut words, &["less than ", &hours(playbook.policy.gap.hours), " after the one before"])
        }
        Block::Quiet => {
            add(&mut words, &["less than ", &hours(playbook.policy.quiet.hours), " after one was dismissed"]);
        }
        Block::Limits(outcome) => {
            let times = match outcome {
                Outcome::Shown => "shown often enough",
                Outcome::Dismissed => "dismissed not long ago",
                Outcome::Snoozed => "put off by the user",
                Outcome::Acted => "acted on already",
            };
            add(&mut words, &[times]);
        }
        Block::When => {
            let mut visitor = Unmet(|field: &Field, predicate: &Predicate, found: Seen<'_>| {
                let separator = if words.is_empty() { "" } else { "; " };
                add(
                    &mut words,
                    &[
                        separator,
                        &name(playbook, field),
                        " is ",
                        &seen(found),
                        ", wanted ",
                        &wanted(playbook, field, predicate),
                    ],
                );
            });
            explain_when(playbook, person, account, nudge, here, &mut visitor, now);
        }
        Block::Slot => add(&mut words, &["something else is on screen"]),
    }
    Some(words).filter(|words| !words.is_empty())
}

/// One text of several. (The standard library's `concat` and `join` are made for each type of list anew.)
fn text(parts: &[&str]) -> String {
    let mut words = String::new();
    add(&mut words, parts);
    words
}

fn joined(parts: &[String], separator: &str) -> String {
    let mut words = String::new();
    for part in parts {
        let before = if words.is_empty() { "" } else { separator };
        add(&mut words, &[before, part]);
    }
    words
}

fn add(words: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| words.push_str(part));
}

/// The platform prints numbers; ours would cost the page more than the rest of this file.
fn number(value: f64) -> String {
    print(value)
}

fn hours(hours: u32) -> String {
    let days = hours.is_multiple_of(24);
    number(f64::from(if days { hours / 24 } else { hours })) + if days { " d" } else { " h" }
}

/// The dotted path of a field, as a playbook writes it.
fn name(playbook: &Playbook, field: &Field) -> String {
    let part = |section: &str, name: Option<&String>| text(&[section, name.map_or("?", String::as_str)]);
    match field {
        Field::Trait(Scope::Person, path) => text(&["user.", &joined(path, ".")]),
        Field::Trait(Scope::Account, path) => text(&["account.", &joined(path, ".")]),
        Field::Signal(scope, index) => {
            part("signals.", playbook.of(*scope).signals.get(usize::from(*index)).map(|signal| &signal.name))
        }
        Field::Segment(scope, index) => part(
            "segments.",
            playbook.of(*scope).segments.get(usize::from(*index)).map(|segment| &segment.id),
        ),
        Field::Moment(scope, index) => {
            part("moments.", playbook.of(*scope).moments.get(usize::from(*index)).map(|moment| &moment.id))
        }
        Field::Stage(scope, index) => {
            part("stages.", playbook.of(*scope).ladders.get(usize::from(*index)).map(|ladder| &ladder.id))
        }
        Field::Reached(scope, index, rung) => {
            let ladder = playbook.of(*scope).ladders.get(usize::from(*index));
            let rung = ladder.and_then(|ladder| ladder.rungs.get(usize::from(*rung)));
            text(&[
                part("reached.", ladder.map(|ladder| &ladder.id)).as_str(),
                ".",
                rung.map_or("?", |rung| rung.id.as_str()),
            ])
        }
        Field::Momentum => "momentum".to_owned(),
        Field::Weekday => "now.weekday".to_owned(),
        Field::HourOfDay => "now.hour".to_owned(),
        Field::Property(path) | Field::Page(path) => joined(path, "."),
    }
}

fn seen(seen: Seen<'_>) -> String {
    match seen {
        Seen::Absent => "absent".to_owned(),
        Seen::Flag(flag) => flag_name(flag).to_owned(),
        Seen::Number(value) => number(value),
        Seen::Text(text) | Seen::Stage(text, _) => text.to_owned(),
        Seen::Tree(_) => "a list".to_owned(),
    }
}

fn flag_name(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

fn value(value: &Value) -> String {
    match value {
        Value::List(_) | Value::Map(_) => "another".to_owned(),
        value => seen(Seen::of(value)),
    }
}

fn wanted(playbook: &Playbook, field: &Field, predicate: &Predicate) -> String {
    let rung = |position: u8| match field {
        Field::Stage(scope, index) => {
            let ladder = playbook.of(*scope).ladders.get(usize::from(*index));
            let rung = ladder.and_then(|ladder| ladder.rungs.get(usize::from(position)));
            rung.map_or("?", |rung| rung.id.as_str())
        }
        _ => "?",
    };
    match predicate {
        Predicate::Is { text, .. } => text.clone(),
        Predicate::Matches(wanted) | Predicate::Equals(wanted) => value(wanted),
        Predicate::Ordered(order, wanted) => {
            let sign = match order {
                Order::Less => "< ",
                Order::AtMost => "≤ ",
                Order::Greater => "> ",
                Order::AtLeast => "≥ ",
            };
            text(&[sign, &value(wanted)])
        }
        Predicate::In(values) => {
            let values: Vec<String> = values.iter().map(value).collect();
            text(&["one of ", &joined(&values, ", ")])
        }
        Predicate::Exists(wanted) => if *wanted { "anything" } else { "nothing" }.to_owned(),
        Predicate::AtLeast(position) => text(&["at least ", rung(*position)]),
        Predicate::Below(position) => text(&["below ", rung(*position)]),
        Predicate::All(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| wanted(playbook, field, part)).collect();
            joined(&parts, " and ")
        }
        Predicate::Not(part) => text(&["not ", &wanted(playbook, field, part)]),
    }
}
