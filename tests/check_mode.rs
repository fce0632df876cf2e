//! What `check` refuses where raw events stay in the browser.

use ripen::playbook::{check, check_for_signals};

/// What is said of one signal of an account, besides what is said in any mode.
fn said(signal: &str) -> Vec<String> {
    let playbook = format!(
        r#"{{"signals": {{"mine": {{"count": "a"}}, "theirs": {signal}}},
            "segments": {{"big": {{"when": {{"user.size": {{"$gte": 5}}}}}}}},
            "ladders": {{"journey": {{"rungs": [{{"id": "new"}}, {{"id": "on", "when": {{"signals.mine": {{"$gte": 1}}}}}}]}}}}}}"#
    );
    assert_eq!(check(&playbook), [], "it is right in mode `events`: {signal}");
    check_for_signals(&playbook)
        .iter()
        .map(|problem| format!("{}: {}", problem.path, problem.message))
        .collect()
}

#[test]
fn signals_of_accounts_that_need_raw_events_or_traits_are_refused_by_place() {
    for (signal, expected) in [
        (r#"{"count": "a", "scope": "account"}"#, vec![("count", "a")]),
        (r#"{"people": "*", "scope": "account"}"#, vec![("people", "*")]),
        (r#"{"days": ["$nudge_acted", "b"], "scope": "account"}"#, vec![("days.1", "b")]),
        (
            r#"{"sum": "size", "of": {"event": "a", "where": {"x": 1}}, "scope": "account"}"#,
            vec![("of.event", "a")],
        ),
        (
            r#"{"sequence": ["a", "b"], "span": "3d", "without": "c", "scope": "account"}"#,
            vec![("sequence.0", "a"), ("sequence.1", "b"), ("without", "c")],
        ),
    ] {
        let expected: Vec<String> = expected
            .into_iter()
            .map(|(at, name)| format!("signals.theirs.{at}: `{name}` stays in the browser in mode `signals`"))
            .collect();
        assert_eq!(said(signal), expected, "{signal}");
    }
    assert_eq!(
        said(r#"{"until": "account.renews", "scope": "account"}"#),
        ["signals.theirs.until: traits stay in the browser in mode `signals`"]
    );
    assert_eq!(
        said(
            r#"{"members": {"$or": [{"signals.mine": 1}, {"user.role": "admin"}, {"stages.journey": "on"}]}, "scope": "account"}"#
        ),
        [
            "signals.theirs.members.$or.0.signals.mine: `signals.mine` of a person is evaluated in the browser alone in mode `signals`",
            "signals.theirs.members.$or.1.user.role: `user.role` of a person is evaluated in the browser alone in mode `signals`",
            "signals.theirs.members.$or.2.stages.journey: `stages.journey` of a person is evaluated in the browser alone in mode `signals`",
        ]
    );
}

/// The collector keeps what pages conclude, and does not fold it: `tests/laws` and `src/engine/event.rs` say that conclusions
/// have no name.
#[test]
fn members_are_not_counted_by_what_only_their_browsers_know() {
    for (condition, fields) in [
        (r#"{"stages.journey": "on"}"#, vec!["stages.journey"]),
        (r#"{"segments": {"$in": ["big"]}, "momentum": {"$ne": "dormant"}}"#, vec!["segments", "momentum"]),
        (r#"{"$not": {"stages.journey": {"$atLeast": "on"}}}"#, vec!["$not.stages.journey"]),
    ] {
        let expected: Vec<String> = fields
            .into_iter()
            .map(|at| {
                let name = at.trim_start_matches("$not.");
                format!("signals.theirs.members.{at}: `{name}` of a person is evaluated in the browser alone in mode `signals`")
            })
            .collect();
        let signal = format!(r#"{{"members": {condition}, "scope": "account"}}"#);
        assert_eq!(said(&signal), expected, "{signal}");
    }
    let playbook = r#"{"ladders": {"l": {"rungs": [{"id": "a"}, {"id": "b", "when": {"momentum": "dormant"}}]}},
        "signals": {"m": {"members": {"stages.l": "b"}, "scope": "account"}}}"#;
    let hint = check_for_signals(playbook)[0].hint.clone().unwrap();
    assert!(!hint.contains("stages") && hint.contains("$nudge_acted"), "{hint}");
}

#[test]
fn what_the_collector_folds_may_be_counted_and_persons_are_evaluated_in_the_browser() {
    for signal in [
        r#"{"count": ["$nudge_shown", "$lead_submitted"], "scope": "account"}"#,
        r#"{"people": "$nudge_acted", "within": "30d", "scope": "account"}"#,
        // Who they are is known.
        r#"{"members": {}, "scope": "account"}"#,
        r#"{"sum": "size", "of": "a"}"#,
    ] {
        assert_eq!(said(signal), [] as [String; 0], "{signal}");
    }
}

#[test]
fn what_is_wrong_in_any_mode_is_said_first() {
    let wrong = r#"{"signals": {"s": {"count": 1}}}"#;
    assert_eq!(check_for_signals(wrong), check(wrong));
}
