//! GrowthBook's own test cases of conditions, through our compiler and engine, as a `where` over the attributes.
//!
//! Some conditions are wrong, and GrowthBook's answer is that such a test does not hold (an operator that does not exist,
//! a pattern that is none, `$in` without a list, a group that is not there). In a playbook `check` refuses them. They are
//! data all the same, so they are read as a tool must read conditions that others wrote: what is wrong is reported, and
//! never holds. That each of them is reported is tried, too.
#![expect(
    clippy::disallowed_methods,
    reason = "the cases are not in the repository: they are read where they are, if they are"
)]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test, whose cases are its own")]

use std::collections::BTreeMap;

use ripen::engine::{Condition, Event, Heard, Kind, Matcher, Millis, Names};
use ripen::playbook::{check, condition_on_properties, to_value};
use serde_json::{Value, json};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors/growthbook/cases.json");
/// Cases in which we differ, each with the reason.
const DIFFERENCES: &str = include_str!("growthbook/differences.json");

/// The cases `[name, condition, attributes, expected, saved groups?]`; none where the file is absent.
fn cases() -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(CASES) else {
        println!("SKIPPED: GrowthBook's cases of conditions (evalCondition): {CASES} is not there");
        return None;
    };
    let cases: Value = serde_json::from_str(&text).unwrap();
    Some(cases["evalCondition"].as_array().unwrap().clone())
}

fn holds(condition: Condition, attributes: &Value) -> bool {
    let message =
        json!({"type": "track", "event": "e", "messageId": "m", "userId": "u", "properties": attributes});
    let event = Event::read(to_value(message), Millis(0)).unwrap();
    assert_eq!(event.kind, Kind::Track);
    let matcher = Matcher { names: Names::Any, when: Some(condition) };
    matcher.matches(Heard { event: &event, name: None, person: "p" })
}

fn document(case: &Value) -> Value {
    json!({"where": case[1], "groups": case.get(4).unwrap_or(&json!({}))})
}

#[test]
fn every_case_has_the_expected_value_or_a_reason() {
    let Some(cases) = cases() else { return };
    assert_eq!(cases.len(), 248);
    let differences: BTreeMap<String, String> = serde_json::from_str(DIFFERENCES).unwrap();
    let (mut failed, mut differ) = (Vec::new(), Vec::new());
    for case in &cases {
        let name = case[0].as_str().unwrap();
        let (condition, problems) = condition_on_properties(&document(case).to_string());
        let found = condition.map(|condition| holds(condition, &case[2]));
        if found == case[3].as_bool() {
            continue;
        }
        if differences.contains_key(name) {
            differ.push(name);
        } else {
            failed.push(format!("{case}: {found:?} {problems:?}"));
        }
    }
    assert!(failed.is_empty(), "{} fail\n{}", failed.len(), failed.join("\n"));
    let listed: Vec<&str> = differences.keys().map(String::as_str).collect();
    assert_eq!(differ, listed, "one that passes leaves the list");
}

#[test]
fn what_is_wrong_in_them_is_refused_in_a_playbook() {
    let Some(cases) = cases() else { return };
    let mut refused = Vec::new();
    for case in &cases {
        let signal = json!({"count": {"event": "e", "where": case[1]}});
        let playbook = json!({"signals": {"s": signal}, "groups": case.get(4).unwrap_or(&json!({}))});
        let errors = check(&playbook.to_string());
        let errors: Vec<String> = errors
            .iter()
            .filter(|problem| problem.severity.name() == "error")
            .map(|p| p.message.clone())
            .collect();
        let (_, problems) = condition_on_properties(&document(case).to_string());
        let alone: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        assert_eq!(errors, alone, "{case}");
        if !errors.is_empty() {
            refused.push(case[0].as_str().unwrap());
        }
    }
    let wanted = [
        "$in - not array",
        "$nin - not array",
        "$ini - not array",
        "$nini - not array",
        "unknown operator - pass",
        "$regex invalid - pass",
        "$regex invalid - fail",
        "$inGroup fails for unknown group id",
        "$notInGroup passes for unknown group id",
    ];
    assert_eq!(refused, wanted);
}
