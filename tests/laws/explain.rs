//! What is explained is what holds; and what is said of time alone comes true to the hour.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ripen::engine::{
    Event, Kind, Millis, Person, Playbook, Scope, Sight, Surroundings, Value, Verdict, Who, judge,
};
use ripen::explain::{About, Company, Explanation, Kind as Node, explain, to_json, to_text};
use ripen::playbook::compile;

use crate::usage::{HOUR, playbook, usage};

/// As far as the walk goes.
const AHEAD: i64 = 20 * 24;
const DAY: i64 = 24 * HOUR;

/// The nudges of a playbook with all limits and all of the policy.
fn nudging() -> Playbook {
    let nudge = |id: &str, rest: &str| {
        format!(
            r#""{id}": {{"on": {{"event": "a"}}, "placement": {{"kind": "banner"}}, "content": {{"en": {{"title": "T"}}}}, {rest}}}"#
        )
    };
    let nudges = [
        nudge("help", r#""purpose": "help", "limits": {"shown": {"at_most": 1, "within": "2d"}}"#),
        nudge(
            "adopt",
            r#""purpose": "adopt", "when": {"signals.recent": {"$lt": 3}}, "limits": {"dismissed": {"rest": "5d"}}"#,
        ),
        nudge(
            "up",
            r#""purpose": "upgrade", "moment": "back", "limits": {"shown": {"at_most": 2, "within": "30h"}}"#,
        ),
        nudge(
            "hours",
            r#""purpose": "ask", "when": {"now.hour": {"$gte": 9, "$lt": 17}, "now.weekday": {"$in": [1, 2, 3]}}"#,
        ),
        nudge(
            "by_day",
            r#""purpose": "adopt", "schedule": {"weekdays": [2, 5, 6], "hours": [20, 3], "from": "2023-11-16T08:30:00"}, "limits": {"ignored": {"rest": "3d"}}"#,
        ),
        nudge("never_seen", r#""purpose": "help", "holdout": 1"#),
        nudge(
            "goal",
            r#""purpose": "help", "goal": {"when": {"signals.since": {"$gte": "2d"}}, "within": "10d"}, "limits": {"converted": {"rest": "1d"}}"#,
        ),
    ];
    let text = format!(
        r#"{{
            "signals": {{"recent": {{"count": "*", "within": "3d"}}, "since": {{"since": "a"}}}},
            "ladders": {{"readiness": {{"rungs": [{{"id": "exploring"}}, {{"id": "testing", "when": {{"signals.since": {{"$gte": "1d"}}}}}}]}}}},
            "moments": {{"back": {{"when": {{"signals.recent": 0, "signals.since": {{"$lt": "9d"}}}}, "motion": "self_serve"}}}},
            "policy": {{"gap": "7h", "quiet": "2d", "holdout": 0, "never": [{{"purpose": ["ask", "adopt"], "when": {{"signals.since": {{"$gte": "1d", "$lt": "3d"}}}}}}]}},
            "nudges": {{{}}}
        }}"#,
        nudges.join(",")
    );
    compile(&text).unwrap().playbook
}

/// Now and then what is done is an outcome of a nudge.
fn with_outcomes(mut events: Vec<Event>) -> Vec<Event> {
    for (event, number) in events.iter_mut().zip(0_usize..) {
        if let (Some(Value::Number(size)), Kind::Track) = (event.properties.get("size").cloned(), event.kind)
        {
            let name =
                ["$nudge_shown", "$nudge_dismissed", "$nudge_snoozed", "$nudge_ignored"].get(size as usize);
            let nudge = ["help", "adopt", "up", "by_day", "goal"][number % 5];
            if let Some(name) = name {
                event.name = Some((*name).to_owned());
                event.properties = Value::Map(vec![("nudge".into(), Value::Text(nudge.into()))]);
            }
        }
    }
    events
}

fn folded(playbook: &Playbook, events: &[Event], end: Millis) -> Person {
    let mut person = Person::new(playbook);
    for event in events {
        person.advance(playbook, None, event.time);
        person.fold(playbook, event);
        person.evaluate(playbook, None, event.time);
    }
    person.advance(playbook, None, end);
    person
}

fn explained(playbook: &Playbook, person: &Person, now: Millis) -> Vec<Explanation> {
    let surroundings = Surroundings::default();
    explain(&About::person(playbook, "u", person, Company::None, &surroundings, now), &[]).unwrap()
}

/// Each definition's verdict by its id, as the view has it.
fn verdicts(playbook: &Playbook, sight: &Sight<'_>) -> BTreeMap<String, bool> {
    let definitions = playbook.of(Scope::Person);
    let mut found = BTreeMap::new();
    for (segment, index) in definitions.segments.iter().zip(0..) {
        found.insert(format!("segments.{}", segment.id), sight.segment(Scope::Person, index));
    }
    for (moment, index) in definitions.moments.iter().zip(0..) {
        found.insert(format!("moments.{}", moment.id), sight.moment(Scope::Person, index));
    }
    for (ladder, index) in definitions.ladders.iter().zip(0..) {
        for (rung, position) in ladder.rungs.iter().zip(0..) {
            let met = sight.reached(Scope::Person, index, position).is_some();
            found.insert(format!("ladders.{}.{}", ladder.id, rung.id), met);
        }
    }
    found
}

fn nudge_verdicts(playbook: &Playbook, person: &Person, now: Millis) -> BTreeMap<String, bool> {
    let here = Surroundings::default();
    let who = Who { id: "u", person, account: None };
    let may = |index| judge(playbook, who, index, &here, now) == Verdict::Won;
    playbook
        .nudges
        .iter()
        .enumerate()
        .map(|(index, nudge)| (format!("nudges.{}", nudge.id), may(index)))
        .collect()
}

/// Every node, the roots first.
fn nodes(explanations: &[Explanation]) -> Vec<&Explanation> {
    explanations.iter().flat_map(|one| std::iter::once(one).chain(nodes(&one.parts))).collect()
}

/// Those that have a verdict and stand in the view under their id.
fn definitions(explanations: &[Explanation]) -> BTreeMap<String, (bool, Option<Millis>)> {
    let kinds = [Node::Segment, Node::Moment, Node::Rung, Node::Nudge];
    let own = nodes(explanations).into_iter().filter(|node| kinds.contains(&node.kind));
    own.filter_map(|node| Some((node.id.clone()?, (node.holds?, node.turns)))).collect()
}

/// What follows from the parts, where it does.
fn from_parts(node: &Explanation) -> Option<bool> {
    let mut parts = node.parts.iter().filter_map(|part| part.holds);
    match node.kind {
        Node::All | Node::Segment | Node::Moment | Node::Nudge | Node::Point => {
            Some(parts.all(|holds| holds))
        }
        Node::Any => Some(node.parts.is_empty() || parts.any(|holds| holds)),
        // Its text says which: none of its parts, or not all of them.
        Node::Not if node.text.starts_with("not all") => Some(!parts.all(|holds| holds)),
        Node::Not => Some(!parts.any(|holds| holds)),
        _ => None,
    }
}

/// Nodes of two explanations that are about the same, with those of later beside.
fn beside<'a>(now: &'a [Explanation], later: &'a [Explanation]) -> Vec<(&'a Explanation, &'a Explanation)> {
    let mut pairs = Vec::new();
    for (one, other) in now.iter().zip(later) {
        if (one.kind, &one.id) != (other.kind, &other.id) {
            continue;
        }
        pairs.push((one, other));
        // What is shown below a stage depends on how far it is.
        if one.parts.len() == other.parts.len() {
            pairs.extend(beside(&one.parts, &other.parts));
        }
    }
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_explained_is_what_the_view_shows_and_follows_from_its_parts(events in usage(), wait in 0..300_i64) {
        for (playbook, events) in [(playbook(), events.clone()), (&nudging(), with_outcomes(events))] {
            let end = Millis(events.last().unwrap().time.0 + wait * HOUR / 2);
            let person = folded(playbook, &events, end);
            let trees = explained(playbook, &person, end);
            let found: BTreeMap<_, _> = definitions(&trees).into_iter().map(|(id, (holds, _))| (id, holds)).collect();
            let mut wanted = verdicts(playbook, &person.sight(playbook, None, end));
            wanted.extend(nudge_verdicts(playbook, &person, end));
            prop_assert_eq!(found, wanted);
            for node in nodes(&trees) {
                if let Some(holds) = from_parts(node) {
                    prop_assert_eq!(node.holds, Some(holds), "{}", to_text(std::slice::from_ref(node)));
                }
            }
            prop_assert_eq!(to_json(&trees).as_array().unwrap().len(), trees.len());
        }
    }

    #[test]
    fn a_definition_turns_at_the_hour_that_was_told_and_not_before(events in usage(), wait in 0..300_i64) {
        let playbook = playbook();
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR / 2);
        let mut person = folded(playbook, &events, end);
        let told = definitions(&explained(playbook, &person, end));
        let mut turned = BTreeMap::new();
        let mut at = person.next_hour(end);
        while at.0 <= end.0 + AHEAD * HOUR {
            person.evaluate(playbook, None, at);
            for (id, holds) in verdicts(playbook, &person.sight(playbook, None, at)) {
                if told[&id].0 != holds {
                    turned.entry(id).or_insert(at);
                }
            }
            at = person.next_hour(at);
        }
        let soon = told.iter().filter_map(|(id, (_, turns))| Some((id.clone(), (*turns)?)));
        let soon: BTreeMap<_, _> = soon.filter(|(_, turns)| turns.0 <= end.0 + AHEAD * HOUR).collect();
        prop_assert_eq!(turned, soon);
    }

    #[test]
    fn a_nudge_is_free_at_the_instant_that_was_told_and_not_before(events in usage(), wait in 0..4000_i64) {
        let playbook = nudging();
        let events = with_outcomes(events);
        let end = Millis(events.last().unwrap().time.0 + wait * 60_000);
        let person = folded(&playbook, &events, end);
        let told = definitions(&explained(&playbook, &person, end));
        let mut going = person.clone();
        let step = 17 * 60_000;
        for at in (0..20 * DAY / step).map(|steps| Millis(end.0 + steps * step)) {
            going.advance(&playbook, None, at);
            for (id, holds) in nudge_verdicts(&playbook, &going, at) {
                let (before, turns) = told[&id];
                if turns.is_none_or(|turns| at < turns) {
                    prop_assert_eq!(holds, before, "{} at {:?}, told {:?}", id, at, turns);
                }
            }
        }
        for (id, (before, turns)) in told.iter().filter(|(id, _)| id.starts_with("nudges.")) {
            let Some(turns) = turns else { continue };
            let mut then = person.clone();
            then.advance(&playbook, None, *turns);
            prop_assert_ne!(nudge_verdicts(&playbook, &then, *turns)[id], *before, "{} at {:?}", id, turns);
        }
    }

    #[test]
    fn each_part_of_a_condition_turns_when_it_was_told_and_not_before(events in usage(), wait in 0..300_i64, later in 1..AHEAD) {
        let playbook = playbook();
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR);
        let person = folded(playbook, &events, end);
        let now = explained(playbook, &person, end);
        let mut then = person.clone();
        let mut at = end;
        for _ in 0..later {
            at = then.next_hour(at);
        }
        then.advance(playbook, None, at);
        let after = explained(playbook, &then, at);
        for (one, other) in beside(&now, &after) {
            if one.holds != other.holds {
                prop_assert!(one.turns.is_some_and(|turns| turns <= at), "{one:?}\n{other:?}");
            }
            // At the very instant it is another; it may turn back later.
            if let Some(turns) = one.turns.filter(|turns| *turns == at) {
                // A score has no verdict: what changes is how much it is.
                if one.holds.is_some() {
                    prop_assert_ne!(one.holds, other.holds, "told {:?}", turns);
                } else {
                    prop_assert_ne!(&one.text, &other.text, "told {:?}", turns);
                }
            }
        }
    }
}
