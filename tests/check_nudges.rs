//! What `check` says of nudges and of the policy: where, what was found, what was expected.

mod said;

use said::said;

/// A playbook with a nudge, and what `check` says of it; places are left out, paths begin at the nudge.
fn nudge(rest: &str) -> Vec<String> {
    let playbook = format!(
        r#"{{"signals": {{"n": {{"count": "a"}}}},
            "moments": {{"ripe": {{"when": {{"signals.n": 1}}, "motion": "sales"}}}},
            "nudges": {{"x": {{"purpose": "help", "placement": {{"kind": "banner"}},
                "content": {{"en": {{"title": "T", "actions": {{"go": "Go"}}}}}}, "actions": [{{"id": "go", "open": "/"}}], {rest}}}}}}}"#
    );
    said(&playbook)
}

const ON: &str = r#""on": "load", "#;

#[test]
fn all_that_a_nudge_may_say_is_understood() {
    let all = r##""on": ["load", {"event": {"event": "a", "where": {"size": 1}}}, {"page": {"page.path": "/"}}, {"moment": "ripe"},
            {"element": "#x"}, {"call": "tour"}],
        "when": {"device.type": "phone", "session.id": {"$exists": true}, "event.name": "a"}, "moment": "ripe",
        "schedule": {"from": "2026-03-01T09:00:00", "to": "2026-04-01T00:00:00+01:00", "weekdays": [1, 5], "hours": [22, 6]},
        "limits": {"ignored": {"at_most": 2, "within": "7d"}, "converted": {"rest": "90d"}, "ignore_after": 30, "per": "account"},
        "goal": {"event": "bought", "within": "3d", "value": "order.amount"},
        "by": "device", "holdout": 0.1,
        "variants": [{"id": "a", "weight": 0.5}, {"id": "b", "weight": 0.25, "content": {"en": {"title": "U", "actions": {"go": "Do"}}}},
            {"id": "c", "weight": 0.25, "show": false}]"##;
    assert_eq!(nudge(all), [] as [String; 0]);
    assert_eq!(
        nudge(&format!(r#"{ON} "goal": {{"when": {{"signals.n": {{"$gte": 5}}}}}}"#)),
        [] as [String; 0]
    );
    let policy = r#"{"policy": {"holdout": 0.2, "never": [{"purpose": ["ask", "talk"], "when": {"page.path": "/pay"}}, {"purpose": "adopt", "when": {"user.plan": "top"}}]}}"#;
    assert_eq!(said(policy), [] as [String; 0]);
}

#[test]
fn each_mistake_says_what_was_expected() {
    for (rest, wanted) in [
        (
            r#""on": "laod""#,
            "error: on: expected an edge: \"load\", or an object with `event`, `page`, `moment`, `element` or `call`, found the string \"laod\" (an event is written {\"event\": \"laod\"})",
        ),
        (r#""on": {}"#, "error: on: an edge needs one of `event`, `page`, `moment`, `element` and `call`"),
        (
            r#""on": {"event": "a", "call": "b"}"#,
            "error: on.call: an edge is one thing: this has `event` already, and `call` (write a list of edges, any of which will do)",
        ),
        (r#""on": {"moment": "rip"}"#, "error: on.moment: there is no moment `rip` (did you mean `ripe`?)"),
        (
            r#""on": {"page": {"signals.n": 1}}"#,
            "error: on.page.signals.n: this condition is about `page` alone, and cannot look at `signals.n` (it is a path such as `page.path`; what else has to hold stands in the nudge's `when`)",
        ),
        (
            r#""on": "load", "schedule": {"from": "2026-03-01"}"#,
            "error: schedule.from: expected a time such as \"2026-03-01T09:00:00Z\", or \"2026-03-01T09:00:00\" on each user's own clock, found the string \"2026-03-01\"",
        ),
        (
            r#""on": "load", "schedule": {"from": "2026-03-01T09:00:00Z", "to": "2026-03-01T09:00:00Z"}"#,
            "error: schedule.to: a schedule ends after it began: `to` is not after `from`",
        ),
        (
            r#""on": "load", "schedule": {"weekdays": [0]}"#,
            "error: schedule.weekdays.0: expected a whole number from 1 to 7, found the number 0",
        ),
        (
            r#""on": "load", "schedule": {"hours": [9]}"#,
            "error: schedule.hours: expected two hours of the day, [from, to): from 0 to 24, such as [9, 17] or [22, 6], found a list",
        ),
        (
            r#""on": "load", "schedule": {"hours": [9, 9]}"#,
            "error: schedule.hours: from an hour to the same hour is no time at all (two hours of the day, [from, to): from 0 to 24, such as [9, 17] or [22, 6])",
        ),
        (
            r#""on": "load", "limits": {"ignored": 3}"#,
            "error: limits.ignored: expected a limit, an object, found the number 3",
        ),
        (
            r#""on": "load", "limits": {"per": "acount"}"#,
            "error: limits.per: expected one of `person` and `account`, found \"acount\" (did you mean `account`?)",
        ),
        (
            r#""on": "load", "limits": {"ignore_after": "60s"}"#,
            "error: limits.ignore_after: expected a whole number from 1 to 86400, found the string \"60s\"",
        ),
        (
            r#""on": "load", "limits": {"converted": "stop"}"#,
            "warning: limits.converted: this nudge has no `goal`, so it never converts (add a `goal`, or take this limit away)",
        ),
        (r#""on": "load", "goal": {"within": "7d"}"#, "error: goal: a goal needs one of `event` and `when`"),
        (
            r#""on": "load", "goal": {"event": "a", "when": {}}"#,
            "error: goal.when: a goal is one thing: it has `event` already, and `when`",
        ),
        (
            r#""on": "load", "goal": {"when": {"page.path": "/"}}"#,
            "error: goal.when.page.path: a condition cannot look at `page.path`",
        ),
        (
            r#""on": "load", "goal": {"when": {}, "value": "x"}"#,
            "error: goal.value: only an event has a value: a goal with `when` has none",
        ),
        (
            r#""on": "load", "by": "device""#,
            "warning: by: nothing is split by this: the nudge has neither `variants` nor `holdout`",
        ),
        (
            r#""on": "load", "holdout": 5"#,
            "error: holdout: expected a share of 0 to 1, such as 0.1 for a tenth, found the number 5",
        ),
        (
            r#""on": "load", "variants": []"#,
            "error: variants: expected a list of 1 to 100 variants, found an empty list",
        ),
        (
            r#""on": "load", "variants": [{"id": "a"}, {"id": "a"}]"#,
            "error: variants.1: there is a variant `a` already",
        ),
        (
            r#""on": "load", "variants": [{"id": "a", "weight": 1}, {"id": "b"}]"#,
            "error: variants: some variants have a `weight`, and some have none (give each one, or none for equal shares)",
        ),
        (
            r#""on": "load", "variants": [{"id": "a", "weight": 3}, {"id": "b", "weight": 1}]"#,
            "warning: variants: the weights add up to 4, not to 1: as in GrowthBook, all variants are then equal (write shares, such as 0.25 and 0.75)",
        ),
        (
            r#""on": "load", "variants": [{"id": "a", "show": false, "content": {}}]"#,
            "error: variants.0.content: a variant that shows nothing needs no `content`",
        ),
        (
            r#""on": "load", "variants": [{"id": "a", "content": {"en": {"title": "U"}}}]"#,
            "error: variants.0.content.en: the action `go` has no label in `actions`",
        ),
    ] {
        let found = nudge(rest);
        assert!(
            found.len() == 1 && found[0].starts_with(wanted),
            "{rest}\n found  {found:#?}\n wanted {wanted}"
        );
    }
    for (policy, wanted) in [
        (
            r#"{"holdout": "5%"}"#,
            "error: policy.holdout: expected a share of 0 to 1, such as 0.1 for a tenth, found the string \"5%\"",
        ),
        (
            r#"{"never": [{"purpose": ["aks"], "when": {}}]}"#,
            "error: policy.never.0.purpose.0: expected one of `help`, `adopt`, `ask`, `upgrade` and `talk`, found \"aks\" (did you mean `ask`?)",
        ),
        (
            r#"{"never": [{"purpose": "ask"}]}"#,
            "error: policy.never.0: a rule of `never` needs `when`, and has none",
        ),
    ] {
        assert_eq!(said(&format!(r#"{{"policy": {policy}}}"#)), [wanted]);
    }
}
