//! What `check` says of what is legal and surely wrong, where, why, and what to do. And that it says nothing of what is
//! sound.
#![expect(clippy::disallowed_methods, reason = "a test reads the playbooks of this repository")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has to say so")]

use ripen::playbook::{Severity, check};
use serde_json::{Value, json};

/// Signals, a segment and a ladder that the cases are about.
fn playbook(more: Value) -> Value {
    let mut playbook = json!({
        "signals": {
            "tasks": {"count": "task_created"},
            "days": {"days": "task_created", "within": "7d"},
            "hours": {"days": "task_created", "within": "12h"},
            "formats": {"distinct": "format", "of": "report_exported"},
            "since": {"since": "task_created"},
            "rows": {"sum": "rows", "of": "report_exported"}
        },
        "ladders": {"readiness": {"rungs": [
            {"id": "exploring"},
            {"id": "testing", "when": {"signals.tasks": {"$gte": 3}}},
            {"id": "production", "when": {"signals.tasks": {"$gte": 30}}}
        ]}}
    });
    for (section, entries) in more.as_object().unwrap() {
        match (playbook[section].as_object_mut(), entries.as_object()) {
            (Some(there), Some(entries)) => there.extend(entries.clone()),
            _ => playbook[section] = entries.clone(),
        }
    }
    playbook
}

fn said(more: Value) -> Vec<String> {
    let said = check(&playbook(more).to_string());
    said.iter()
        .map(|problem| format!("{} {}: {}", problem.severity.name(), problem.path, problem.message))
        .collect()
}

#[track_caller]
fn warns(more: Value, wanted: &[&str]) {
    let found = said(more.clone());
    assert_eq!(found, wanted, "{more:#}\n{}", found.join("\n"));
}

fn segment(when: Value) -> Value {
    json!({"segments": {"s": {"when": when}}})
}

/// A nudge that is sound, with these fields in addition.
fn nudge(fields: Value) -> Value {
    let mut nudge = json!({
        "purpose": "adopt",
        "on": {"event": "task_created"},
        "placement": {"kind": "banner"},
        "content": {"en": {"title": "Title"}}
    });
    nudge.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    nudge
}

fn nudges(nudge: Value) -> Value {
    json!({"nudges": {"n": nudge}})
}

#[test]
fn a_condition_that_contradicts_itself() {
    for (when, wanted) in [
        (
            json!({"signals.tasks": {"$gte": 5, "$lt": 3}}),
            "segments.s.when.signals.tasks: nobody is ever in this segment: `signals.tasks` would have to be at least 5 and less than 3 at once",
        ),
        (
            json!({"signals.days": {"$gte": 8}}),
            "segments.s.when.signals.days: nobody is ever in this segment: `signals.days` would have to be at least 8, and its window of \"7d\" has 7 days at most",
        ),
        (
            json!({"signals.hours": {"$gt": 2}}),
            "segments.s.when.signals.hours: nobody is ever in this segment: `signals.hours` would have to be more than 2, and its window of \"12h\" has 2 days at most",
        ),
        (
            json!({"signals.formats": {"$gt": 1024}}),
            "segments.s.when.signals.formats: nobody is ever in this segment: `signals.formats` would have to be more than 1024, and it remembers the 1024 values seen last, and so never says more",
        ),
        (
            json!({"signals.tasks": 2.5}),
            "segments.s.when.signals.tasks: nobody is ever in this segment: `signals.tasks` would have to be 2.5, and it is a whole number, 0 at the least",
        ),
        (
            json!({"signals.since": {"$lt": 0}}),
            "segments.s.when.signals.since: nobody is ever in this segment: `signals.since` would have to be less than 0, and it is a whole number, 0 at the least",
        ),
        (
            json!({"user.role": "admin", "$and": [{"user.role": "owner"}]}),
            "segments.s.when.$and.0.user.role: nobody is ever in this segment: `user.role` would have to be \"owner\" and \"admin\" at once",
        ),
        (
            json!({"$or": [{"signals.tasks": {"$lt": 0}}, {"user.plan": "pro"}]}),
            "segments.s.when.$or.0.signals.tasks: this alternative never holds: `signals.tasks` would have to be less than 0, and it is a whole number, 0 at the least",
        ),
    ] {
        warns(segment(when), &[&format!("warning {wanted}")]);
    }
}

#[test]
fn what_follows_from_another_is_not_said_again() {
    let segments = json!({"segments": {
        "never": {"when": {"signals.tasks": {"$lt": 0}}},
        "neither": {"when": {"segments": {"$in": ["never"]}}}
    }});
    assert_eq!(said(segments).len(), 1);
    let segments = json!({"segments": {
        "busy": {"when": {"signals.tasks": {"$gte": 10}}},
        "idle": {"when": {"segments": {"$in": ["busy"]}, "signals.tasks": {"$lt": 10}}}
    }});
    warns(
        segments,
        &[
            "warning segments.idle.when.signals.tasks: nobody is ever in this segment: `signals.tasks` would have to be less than 10 and at least 10 at once",
        ],
    );
}

#[test]
fn a_rung_that_nobody_ever_meets() {
    let rungs = |when: Value, climb: &str| {
        json!({"ladders": {"journey": {"climb": climb, "rungs": [
            {"id": "new"}, {"id": "regular", "when": when}, {"id": "expert", "when": {"signals.tasks": {"$gte": 9}}}
        ]}}})
    };
    let days = json!({"signals.days": {"$gte": 8}});
    let why = "`signals.days` would have to be at least 8, and its window of \"7d\" has 7 days at most";
    let at = "warning ladders.journey.rungs.1.when.signals.days: nobody ever meets this rung";
    warns(rungs(days.clone(), "in_order"), &[&format!("{at}, nor is on one above it: {why}")]);
    warns(rungs(days, "highest"), &[&format!("{at}: {why}")]);
    let below = json!({"reached.journey.new": {"$lt": 0}});
    assert_eq!(said(rungs(below, "in_order")).len(), 1);
}

#[test]
fn nobody_is_at_risk_without_a_rhythm() {
    let moments = json!({"moments": {"m": {"when": {"momentum": "at_risk"}, "motion": "sales"}}});
    warns(
        moments.clone(),
        &[
            "warning moments.m.when.momentum: this moment never fires: `momentum` would have to be \"at_risk\", and without a `rhythm` nobody is at risk",
        ],
    );
    let mut with = moments;
    with["rhythm"] = json!({"r": 0.5, "alpha": 6.0, "a": 0.9, "b": 1.6, "at_risk_below": 0.3});
    warns(with, &[]);
}

#[test]
fn points_that_nobody_gets_and_bands_that_nobody_gets_into() {
    warns(
        json!({"scores": {"usage": {
            "points": [
                {"when": {"signals.tasks": {"$gte": 3}}, "add": 30},
                {"when": {"signals.days": {"$gte": 9}}, "add": 30},
                {"when": {"signals.tasks": 0}, "add": -5}
            ],
            "bands": {"A": 61, "B": 60}
        }}}),
        &[
            "warning scores.usage.points.1.when.signals.days: this never adds anything: `signals.days` would have to be at least 9, and its window of \"7d\" has 7 days at most",
            "warning scores.usage.bands.A: nobody gets into this band: the points add up to 60 at most",
        ],
    );
}

#[test]
fn c31_a_checklist_that_is_over_with_the_third_page_load() {
    let checklist = |limits: Value| {
        let mut nudge = nudge(json!({
            "placement": {"kind": "checklist"},
            "steps": [{"id": "task", "signal": "tasks"}],
            "content": {"en": {"title": "Title", "steps": {"task": {"title": "Add a task"}}}}
        }));
        if !limits.is_null() {
            nudge["limits"] = limits;
        }
        nudges(nudge)
    };
    let wanted = "warning nudges.n.placement: this checklist is shown three times at most, which is said nowhere: with the third page load it is over";
    warns(checklist(Value::Null), &[wanted]);
    warns(checklist(json!({"acted": "stop"})), &[wanted]);
    warns(checklist(json!({"shown": {"at_most": 50}})), &[]);
    // Whoever says so means it.
    warns(checklist(json!({"shown": {"at_most": 3}})), &[]);
}

#[test]
fn an_event_and_a_goal_that_never_come() {
    warns(
        json!({"signals": {"big": {"count": {"event": "report_exported", "where": {"rows": {"$gt": 9, "$lt": 9}}}}}}),
        &[
            "warning signals.big.count.where.rows: no event meets this: `rows` would have to be more than 9 and less than 9 at once",
        ],
    );
    warns(
        nudges(nudge(json!({"goal": {"when": {"signals.days": 9}}}))),
        &[
            "warning nudges.n.goal.when.signals.days: nobody ever reaches this goal: `signals.days` would have to be 9, and its window of \"7d\" has 7 days at most",
        ],
    );
}

#[test]
fn a_nudge_that_no_one_can_see() {
    let see = "no one can see this nudge";
    let moment = json!({"m": {"when": {"signals.tasks": {"$gte": 5}}, "motion": "sales"}});
    for (fields, wanted) in [
        (
            json!({"when": {"signals.tasks": {"$lt": 0}}}),
            format!(
                "when.signals.tasks: {see}: `signals.tasks` would have to be less than 0, and it is a whole number, 0 at the least"
            ),
        ),
        (
            json!({"when": {"signals.tasks": 0}, "moment": "m"}),
            format!(
                "moment: {see}, since where its `moment` holds, its `when` does not: `signals.tasks` would have to be at least 5 and 0 at once"
            ),
        ),
        (
            json!({"when": {"signals.tasks": 0}, "on": {"moment": "m"}}),
            format!(
                "on: {see}: what it asks for does not hold at its `on`: `signals.tasks` would have to be at least 5 and 0 at once"
            ),
        ),
        (
            json!({"when": {"page.path": "/a"}, "on": [{"page": {"page.path": "/b"}}, {"page": {"page.path": "/c"}}]}),
            format!(
                "on.0.page.page.path: {see}: what it asks for does not hold at its `on`: `page.path` would have to be \"/b\" and \"/a\" at once"
            ),
        ),
        (
            json!({"when": {"now.weekday": {"$gte": 6}}, "schedule": {"weekdays": [1, 2, 3, 4, 5]}}),
            format!(
                "schedule: {see}, since at the hours of its `schedule` its `when` does not hold: `now.weekday` would have to be one of 1, 2, 3, 4, 5 and at least 6 at once"
            ),
        ),
        (
            json!({"schedule": {"from": "2026-03-07T00:00:00", "to": "2026-03-09T00:00:00", "weekdays": [3]}}),
            format!("schedule: {see}: between `from` and `to` there is none of its weekdays and hours"),
        ),
        (
            json!({"purpose": "upgrade", "when": {"stages.readiness": "exploring"}}),
            format!(
                "when.stages.readiness: {see}, since `policy.help_first` holds it back wherever its `when` and `moment` hold: `stages.readiness` would have to be at least \"testing\" and \"exploring\" at once"
            ),
        ),
        (
            json!({"purpose": "ask", "when": {"user.plan": "free"}}),
            format!(
                "purpose: {see}, since `policy.never` holds it back wherever its `when` and `moment` hold: `user.plan` would have to be not \"free\" and \"free\" at once"
            ),
        ),
        (
            json!({"limits": {"shown": {"at_most": 0}}}),
            format!("limits.shown: {see}: `shown` at most 0 times is reached from the start"),
        ),
        (json!({"holdout": 1}), format!("holdout: {see}: its holdout is everybody")),
        (
            json!({"variants": [{"id": "a", "show": false}, {"id": "b", "show": false}]}),
            format!("variants: {see}: none of its variants shows anything"),
        ),
    ] {
        let mut more = nudges(nudge(fields));
        more["moments"] = moment.clone();
        more["policy"] = json!({"never": [{"purpose": "ask", "when": {"user.plan": "free"}}]});
        warns(more, &[&format!("warning nudges.n.{wanted}")]);
    }
}

#[test]
fn a_policy_that_shows_nothing() {
    let mut more = nudges(nudge(json!({})));
    more["policy"] = json!({"holdout": 1, "per_session": 0});
    warns(
        more.clone(),
        &[
            "warning policy.holdout: no one can see any nudge: the holdout is everybody",
            "warning policy.per_session: no one can see any nudge but those of purpose `help`: none fits into a session",
        ],
    );
    more["nudges"] = json!({"n": nudge(json!({"purpose": "help"}))});
    more["policy"] = json!({"per_session": 0});
    warns(more, &[]);
}

#[test]
fn a_talk_before_anything_was_used() {
    let with = |policy: Value, fields: Value| {
        let mut more = nudges(nudge(fields));
        more["policy"] = policy;
        more
    };
    let off = json!({"help_first": false});
    warns(
        with(off.clone(), json!({"purpose": "talk", "on": "load"})),
        &[
            "warning nudges.n.purpose: this may offer a talk to somebody who has used nothing yet: `help_first` is off, and no event, stage, segment or signal has to come first",
        ],
    );
    warns(
        with(off.clone(), json!({"purpose": "talk", "on": "load", "when": {"signals.tasks": {"$gte": 3}}})),
        &[],
    );
    warns(with(off.clone(), json!({"purpose": "upgrade", "on": {"event": "limit_reached"}})), &[]);
    warns(with(off, json!({"purpose": "help", "on": "load"})), &[]);
    let first = json!({"help_first": {"ladder": "readiness", "at_least": "exploring"}});
    warns(
        with(first.clone(), json!({"purpose": "upgrade"})),
        &[
            "warning policy.help_first.at_least: everybody is on the first rung from the start, so `help_first` holds back no `upgrade` and no `talk`",
        ],
    );
    warns(with(first, json!({})), &[]);
}

#[test]
fn two_nudges_that_nothing_tells_apart() {
    let two = |one: Value, other: Value| json!({"nudges": {"one": nudge(one), "other": nudge(other)}});
    let wanted = "warning nudges.other.on: `one` and `other` want the slot at the same edge, with the same purpose and priority, and nothing in their conditions keeps them apart";
    let at_least = |least: i32| json!({"when": {"signals.tasks": {"$gte": least}}});
    warns(two(json!({}), json!({})), &[wanted]);
    warns(two(at_least(3), at_least(5)), &[wanted]);
    warns(two(at_least(3), json!({"when": {"signals.tasks": {"$lt": 3}}})), &[]);
    // Some are in both, some in one only.
    warns(two(at_least(3), json!({"when": {"signals.rows": {"$gt": 3}}})), &[]);
    warns(two(json!({}), json!({"priority": 1})), &[]);
    warns(two(json!({}), json!({"purpose": "help"})), &[]);
    warns(two(json!({}), json!({"on": {"event": "task_done"}})), &[]);
    warns(two(json!({"schedule": {"weekdays": [1]}}), json!({"schedule": {"weekdays": [2]}})), &[]);
}

#[test]
fn names_of_events_that_are_hardly_two() {
    warns(
        json!({"signals": {"done": {"count": ["Task Created", "report_exported"]}}}),
        &[
            "warning signals.done.count.0: the events `Task Created` and `task_created` are two, and named nearly the same",
        ],
    );
    warns(json!({"signals": {"done": {"count": ["task_completed", "tasks_cleared", "$page"]}}}), &[]);
}

#[test]
fn each_warning_says_what_to_do() {
    let mut more = segment(json!({"signals.tasks": {"$lt": 0}}));
    more["nudges"] = json!({"n": nudge(json!({"limits": {"shown": {"at_most": 0}}}))});
    for problem in check(&playbook(more).to_string()) {
        assert!(problem.hint.is_some_and(|hint| !hint.is_empty()), "{}", problem.message);
        assert_eq!(problem.severity, Severity::Warning);
    }
}

#[test]
fn sound_playbooks_are_not_warned_of() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("www/playbook.json"), root.join("tests/store/playbook.json")];
    let contributions = std::fs::read_dir(root.join("tests/contributions")).unwrap();
    files.extend(
        contributions
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "json")),
    );
    assert!(files.len() >= 5);
    for file in files {
        let found = check(&std::fs::read_to_string(&file).unwrap());
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

/// The cases are small and odd; what is warned of in them is listed here, so that a new warning is looked at.
#[test]
fn of_the_vectors_only_these_are_warned_of() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/vectors/semantics/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for case in &cases {
        for problem in check(&case["playbook"].to_string()) {
            assert_eq!(problem.severity, Severity::Warning, "{}: {problem}", case["name"]);
            found.push(format!("{}: {}", case["name"].as_str().unwrap(), problem.path));
        }
    }
    let wanted = [
        "4 $atLeast and $below: moments.below_a.when.stages.l",
        "4 $atLeast and $below where the stage is absent: moments.below_a.when.stages.l",
        "8 the end of a replay, an hour of an account: signals.n.within",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn what_pages_leave_out() {
    let open = |address: &str| {
        nudges(nudge(json!({
            "content": {"en": {"title": "Title", "body": format!("[a]({address})"), "actions": {"go": "Go"}}},
            "actions": [{"id": "go", "open": address}]
        })))
    };
    const LEFT_OUT: &str =
        "a page opens `http:` only where it is its own origin, and leaves this out anywhere else";
    warns(
        open("http://example.com/plans"),
        &[
            &format!("warning nudges.n.content.en.body: {LEFT_OUT}"),
            &format!("warning nudges.n.actions.0.open: {LEFT_OUT}"),
        ],
    );
    for sound in ["/plans", "https://example.com/plans", "mailto:a@example.com", "http", "/http:"] {
        warns(open(sound), &[]);
    }
}

#[test]
fn more_nudges_of_one_occasion_than_a_page_decides_about_at_once() {
    let many = |count: usize, on: &dyn Fn(usize) -> Value| {
        let each = |index: usize| {
            let fields = json!({"on": on(index), "priority": index, "content": {"en": {"title": "Title"}}});
            (format!("n{index}"), nudge(fields))
        };
        json!({"nudges": (0..count).map(each).collect::<serde_json::Map<_, _>>()})
    };
    let crowd = |place: &str| {
        format!(
            "warning nudges.{place}.on: more than 400 nudges are of this occasion: a page decides about all of them at once, and is held up by that"
        )
    };
    warns(many(400, &|_| json!("load")), &[]);
    warns(many(402, &|_| json!(["load", {"event": "task_created"}])), &[&crowd("n400")]);
    // Of many occasions there may be many.
    let apart = |index: usize| json!([{"event": format!("event_{}_{index}", "x".repeat(index % 7))}, {"call": format!("c{index}")}]);
    let said = said(many(900, &apart));
    assert!(said.iter().all(|line| !line.contains("nudges are of this occasion")), "{said:?}");
}
