//! What `check` says to a product manager who made a mistake: the place, what was found, what was expected, and a near
//! name if there is one; all of them at once, and none that only follows from another.

use ripen::playbook::check;

/// Checks a playbook, and compares what is said, line by line.
#[track_caller]
fn says(playbook: &str, wanted: &[&str]) {
    let found: Vec<String> = check(playbook).iter().map(ToString::to_string).collect();
    assert_eq!(found, wanted, "\n{}", found.join("\n"));
}

#[test]
fn a_misspelt_signal_has_its_place_and_the_near_name() {
    let playbook = r#"{
  "signals": { "exports": { "count": "report_exported" } },
  "segments": {
    "power": { "when": { "signals.export": { "$gte": 3 } } }
  }
}"#;
    says(
        playbook,
        &[
            "4:26: error: segments.power.when.signals.export: there is no signal `export` (did you mean `exports`?)",
        ],
    );
}

#[test]
fn a_wrong_type_says_what_was_found_and_what_was_expected() {
    let signals = |condition: &str| {
        format!(
            r#"{{"signals": {{"n": {{"count": "a"}}, "s": {{"since": "a"}}}}, "segments": {{"x": {{"when": {condition}}}}}}}"#
        )
    };
    for (condition, wanted) in [
        (r#"{"signals.n": {"$gte": "ten"}}"#, "signals.n.$gte: expected a number, found the string \"ten\""),
        (
            r#"{"signals.s": {"$lt": "3 days"}}"#,
            "signals.s.$lt: expected a number of hours, or a length of time such as \"3d\", found the string \"3 days\"",
        ),
        (r#"{"signals.n": {"$in": 3}}"#, "signals.n.$in: expected a list of values, found the number 3"),
        (
            r#"{"signals.n": {"$exists": "yes"}}"#,
            "signals.n.$exists: expected `true` or `false`, found the string \"yes\"",
        ),
        (
            r#"{"user.plan": {"$gt": null}}"#,
            "user.plan.$gt: expected a number or a string to compare with, found `null`",
        ),
        (r#"[]"#, ": expected a condition, an object, found an empty list"),
    ] {
        let found = check(&signals(condition));
        let [problem] = found.as_slice() else { panic!("{condition}: {found:?}") };
        let said = format!(
            "{}: {}",
            problem.path.trim_start_matches("segments.x.when").trim_start_matches('.'),
            problem.message
        );
        assert_eq!(said, wanted, "{condition}");
    }
}

#[test]
fn a_cycle_is_shown_as_a_way_round() {
    let playbook = r#"{"segments": {
  "a": {"when": {"segments": {"$in": ["b"]}}},
  "b": {"when": {"segments": {"$in": ["c"]}}},
  "c": {"when": {"segments": {"$in": ["a"]}}}
}}"#;
    let found: Vec<String> = check(playbook).iter().map(ToString::to_string).collect();
    assert_eq!(
        found.first().map(String::as_str),
        Some(
            "2:3: error: segments.a: a cycle: segments.a → segments.b → segments.c → segments.a needs itself (take one of these out of the other's condition)"
        ),
    );
    assert!(found.iter().skip(1).all(|line| line.contains("only what is written before")), "{found:?}");
}

#[test]
fn a_ladder_that_needs_its_own_stage_is_a_cycle() {
    let playbook = r#"{"ladders": {"l": {"rungs": [{"id": "a"}, {"id": "b", "when": {"stages.l": "a"}}]}}}"#;
    let found = check(playbook);
    assert!(found[0].message.starts_with("a cycle: ladders.l → ladders.l"), "{found:?}");
}

#[test]
fn all_mistakes_are_found_at_once_in_the_order_of_the_text() {
    let playbook = r#"{
  "signal": {},
  "signals": { "n": { "cuont": "a" }, "m": { "count": "a", "within": "500d" } },
  "ladders": { "l": { "rungs": [{ "id": "a", "when": {} }, { "id": "b" }] } },
  "moments": { "x": { "when": {}, "motion": "sale" } }
}"#;
    says(
        playbook,
        &[
            "2:3: error: signal: a playbook has no `signal` (did you mean `signals`?)",
            "3:21: error: signals.n: a signal needs one of `count`, `days`, `sessions`, `distinct`, `people`, `sum`, `max`, `min`, `sequence`, `last`, `since`, `age`, `until`, `members` and `ratio`",
            "3:23: error: signals.n.cuont: a signal has no `cuont` (did you mean `count`?)",
            "3:70: error: signals.m.within: expected a window of \"1d\" to \"400d\" or \"1h\" to \"168h\", found the string \"500d\"",
            "4:54: error: ladders.l.rungs.0.when: the first rung is met at once and has no `when`",
            "4:60: error: ladders.l.rungs.1: a rung needs `when`, but for the first",
            "5:45: error: moments.x.motion: expected one of `self_serve` and `sales`, found \"sale\" (did you mean `sales`?)",
        ],
    );
}

#[test]
fn a_signal_says_which_field_is_missing_and_which_does_not_belong_to_its_form() {
    for (signal, wanted) in [
        (r#"{"sum": "v"}"#, ": `sum` names a property and needs `of`: the events that have it"),
        (
            r#"{"count": "a", "of": "b"}"#,
            ".of: `count` names its events itself and takes no `of` (`of` goes with `distinct`, `sum`, `max`, `min` and `last`)",
        ),
        (
            r#"{"count": "a", "span": "1d"}"#,
            ".span: `span` says how long a run of a `sequence` may take, and `count` has no runs (a window is `within`)",
        ),
        (
            r#"{"last": "v", "of": "a", "within": "1d"}"#,
            ".within: `last` looks at all of the past and takes no `within` (how old it is says a signal `since` of the same events)",
        ),
        (
            r#"{"since": "a", "ago": "1d"}"#,
            ".ago: `since` looks at all of the past and takes no `ago` (compare it in a condition instead, as in {\"$lte\": \"7d\"})",
        ),
        (
            r#"{"people": "a"}"#,
            ".people: `people` counts the persons of an account, and this signal is a person's (give it `\"scope\": \"account\"`)",
        ),
        (
            r#"{"sequence": ["a"]}"#,
            ".sequence: a sequence has two steps at least, this one has one (single events are counted by `count`)",
        ),
        (
            r#"{"sequence": "a"}"#,
            ".sequence: expected a list of steps, each the events that do it, found the string \"a\"",
        ),
        (
            r#"{"sequence": ["a", 5]}"#,
            ".sequence.1: expected the name of an event, \"*\" for all, or a list of names, found the number 5",
        ),
        (
            r#"{"sequence": ["a", "b"], "span": "a day"}"#,
            ".span: expected a length of time such as \"7d\" or \"12h\", found the string \"a day\"",
        ),
        (
            r#"{"distinct": 5, "of": "a"}"#,
            ".distinct: expected the name of a property, or a dotted path into the properties, found the number 5",
        ),
        (r#"{"max": "a..b", "of": "a"}"#, ".max: the path \"a..b\" has a key without a name"),
        (
            r#"{"max": "v", "min": "v", "of": "a"}"#,
            ".min: a signal is one value: it has `max` already, and `min`",
        ),
        (
            r#"{"distnct": "v", "sum": "w", "of": "a"}"#,
            ".distnct: a signal has no `distnct` (did you mean `distinct`?)",
        ),
    ] {
        let found: Vec<String> =
            check(&format!(r#"{{"signals": {{"s": {signal}}}}}"#)).iter().map(ToString::to_string).collect();
        let [line] = found.as_slice() else { panic!("{signal}: {found:?}") };
        assert_eq!(
            line.split_once("error: signals.s").map(|(_, said)| said),
            Some(wanted),
            "{signal}: {line}"
        );
    }
}

#[test]
fn all_mistakes_of_a_signal_are_found_at_once() {
    let found = check(r#"{"signals": {"s": {"sum": "", "span": "1d", "within": "0d", "scope": "mine"}}}"#);
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn the_newest_value_is_compared_with_any_scalar() {
    let with = |condition: &str| {
        check(&format!(
            r#"{{"signals": {{"s": {{"last": "v", "of": "a"}}}}, "segments": {{"x": {{"when": {{"signals.s": {condition}}}}}}}}}"#
        ))
    };
    for fine in [r#""pro""#, "5", "true", r#"{"$gte": 5}"#, r#"{"$lt": "m"}"#, r#"{"$in": [1, "a", false]}"#]
    {
        assert_eq!(with(fine), [], "{fine}");
    }
    assert_eq!(with("[1]")[0].message, "expected a string, a number, or `true` or `false`, found a list");
}

#[test]
fn a_mistake_is_said_where_it_is_and_not_again_where_it_is_used() {
    let playbook = r#"{
  "signals": { "n": { "count": 5 } },
  "segments": { "s": { "when": { "signals.n": 1 } }, "t": { "when": { "segments": { "$in": ["s"] } } } }
}"#;
    says(
        playbook,
        &[
            "2:32: error: signals.n.count: expected the name of an event, \"*\" for all, or a list of names, found the number 5",
        ],
    );
}

#[test]
fn a_commercial_nudge_without_readiness_is_refused() {
    let nudge = r#"{"purpose": "upgrade", "on": {"event": "a"}, "placement": {"kind": "banner"}, "content": {"en": {"title": "Up"}}}"#;
    let found = check(&format!(r#"{{"nudges": {{"up": {nudge}}}}}"#));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains("before the rung `testing` of the ladder `readiness`"), "{found:?}");
    says(&format!(r#"{{"policy": {{"help_first": false}}, "nudges": {{"up": {nudge}}}}}"#), &[]);
}

#[test]
fn c40_a_link_of_a_playbook_never_runs_a_script() {
    for (url, fine) in [
        ("#/plans", true),
        ("/plans?a=b:c", true),
        ("https://example.com", true),
        ("mailto:sales@example.com", true),
        ("javascript:alert(1)", false),
        ("JavaScript:alert(1)", false),
        ("data:text/html,x", false),
        ("vbscript:x", false),
    ] {
        let playbook = format!(
            r#"{{"nudges": {{"n": {{"purpose": "help", "on": {{"event": "a"}}, "placement": {{"kind": "banner"}},
                "content": {{"en": {{"title": "T", "actions": {{"go": "Go"}}}}}}, "actions": [{{"id": "go", "open": "{url}"}}]}}}}}}"#
        );
        assert_eq!(check(&playbook).is_empty(), fine, "{url}: {:?}", check(&playbook));
    }
}

#[test]
fn what_is_no_json_says_where_and_what_json_wants() {
    for (playbook, wanted) in [
        ("", "1:1: error: expected a playbook, found nothing"),
        ("{\n  \"signals\": {},\n}", "2:16: error: this is not JSON: Trailing commas are not allowed"),
        ("{'signals': {}}", "1:2: error: this is not JSON: Single-quoted strings are not allowed"),
        ("{\"signals\": {} // later\n}", "1:16: error: this is not JSON: Comments are not allowed"),
        (
            "{\n  \"signals\": {\n",
            "2:15: error: this is not JSON: it ends here, and the object that begins at 2:14 is not closed",
        ),
        (
            "{\n  \"a\": [1, 2\n\n\n",
            "2:13: error: this is not JSON: it ends here, and the list that begins at 2:8 is not closed",
        ),
        (
            "\u{feff}{\"é\": {}",
            "1:9: error: this is not JSON: it ends here, and the object that begins at 1:1 is not closed",
        ),
        ("{\n  \"a\": \"x\n}", "2:8: error: this is not JSON: Unterminated string literal"),
        ("[]", "1:1: error: expected a playbook, an object, found an empty list"),
    ] {
        let found = check(playbook);
        assert!(found.len() == 1 && found[0].to_string().starts_with(wanted), "{playbook:?}: {found:?}");
    }
}

#[test]
fn hostile_text_is_an_error_and_no_crash() {
    let deep = "[".repeat(100_000);
    assert!(!check(&deep).is_empty());
    let conditions = format!(
        r#"{{"segments": {{"s": {{"when": {}{}}}}}}}"#,
        r#"{"$not":"#.repeat(5_000),
        "}".repeat(5_000)
    );
    assert!(!check(&conditions).is_empty());
    let many: Vec<String> = (0..10_001).map(|n| format!(r#""s{n}": {{"count": "a"}}"#)).collect();
    let found = check(&format!(r#"{{"signals": {{{}}}}}"#, many.join(",")));
    assert_eq!(found.len(), 1, "{:?}", found.first());
    assert_eq!(check(r#"{"interval": "1e400d", "activity": 1e999}"#).len(), 2);
}

#[test]
fn a_nudge_may_ask_what_the_collector_tells_pages_of_an_account() {
    for rest in [r#""when": {"signals.n": {"$gte": 1}}"#, r#""moment": "m""#] {
        let playbook = format!(
            r#"{{"signals": {{"n": {{"count": "a", "scope": "account"}}}},
                "moments": {{"m": {{"when": {{"signals.n": 1}}, "motion": "sales", "scope": "account"}}}},
                "nudges": {{"x": {{"purpose": "help", "on": {{"event": "a"}}, "placement": {{"kind": "banner"}},
                    "content": {{"en": {{"title": "T"}}}}, {rest}}}}}}}"#
        );
        assert_eq!(check(&playbook), []);
    }
}

#[test]
fn what_is_legal_and_hardly_meant_is_a_warning() {
    for (playbook, path) in [
        (r#"{"segments": {"10": {"when": {}}}}"#.to_owned(), "segments.10"),
        (
            r#"{"signals": {"n": {"count": "a", "within": "1h", "scope": "account"}}}"#.to_owned(),
            "signals.n.within",
        ),
        (
            r#"{"signals": {"n": {"sequence": ["a", "b"], "within": "1h", "scope": "account"}}}"#.to_owned(),
            "signals.n.within",
        ),
        (r#"{"signals": {"n": {"max": "properties.v", "of": "a"}}}"#.to_owned(), "signals.n.max"),
    ] {
        let found = check(&playbook);
        let said: Vec<_> =
            found.iter().map(|problem| (problem.severity.name(), problem.path.as_str())).collect();
        assert_eq!(said, [("warning", path)], "{found:?}");
    }
}

#[test]
fn scores_bands_rhythm_and_success_say_what_is_wrong_with_them() {
    let playbook = r#"{
  "segments": { "icp": { "when": {"alive": 1}, "success": { "ahaa": {} } }, "team": { "scope": "account", "when": {}, "success": {} } },
  "first_seen": "account.createdAt",
  "rhythm": { "r": 0, "alpha": 1, "a": 1, "at_risk_below": 2 },
  "scores": {
    "fit": { "points": [{ "when": {}, "add": "ten" }, { "add": 1e13, "when": {"bands.fit": "A"} }] },
    "use": { "points": [], "bands": { "A": 3, "B": 3.0 } }
  },
  "moments": { "m": { "when": { "bands.use": "C" }, "motion": "sales" }, "n": { "when": { "scores.us": 1 }, "motion": "sales" } }
}"#;
    says(
        playbook,
        &[
            "2:35: error: segments.icp.when.alive: segments come before `alive` and cannot use it",
            "2:61: error: segments.icp.success.ahaa: success has no `ahaa` (did you mean `aha`?)",
            "2:130: error: segments.team.success: only a segment of persons can be an ICP and say what success is",
            "3:17: error: first_seen: expected the path of a trait of the person, such as \"user.createdAt\", found the string \"account.createdAt\"",
            "4:13: error: rhythm: `rhythm` (`ripen fit` estimates it) needs `b`, and has none",
            "4:20: error: rhythm.r: expected a number above 0, found the number 0",
            "4:60: error: rhythm.at_risk_below: expected a probability, 0 to 1, found the number 2",
            "6:5: error: scores.fit: a cycle: scores.fit → scores.fit needs itself (take one of these out of the other's condition)",
            "6:46: error: scores.fit.points.0.add: expected a number of points, found the string \"ten\"",
            "6:64: error: scores.fit.points.1.add: expected a number of points within ±9·10¹², found the number 1e13",
            "6:79: error: scores.fit.points.1.when.bands.fit: the score `fit` is not known here: only what comes before can be used (the order is signals, segments, momentum, scores, ladders, moments, nudges; in each, as written)",
            "7:52: error: scores.use.bands.B: two bands begin with the same score: they have to differ",
            "9:46: error: moments.m.when.bands.use: expected one of `A` and `B`, found \"C\" (did you mean `A`?)",
            "9:91: error: moments.n.when.scores.us: there is no score `us` (did you mean `use`?)",
        ],
    );
}

#[test]
fn success_that_no_rung_asks_for_is_warned_of() {
    says(
        r#"{"segments": {"icp": {"when": {}, "success": {"aha": {}}}}, "ladders": {"journey": {"rungs": [{"id": "new"}]}}}"#,
        &[
            "1:54: warning: segments.icp.success.aha: `aha` is what the rung `activated` of the ladder `journey` asks for, and there is none (it changes nothing)",
        ],
    );
}

#[test]
fn what_is_not_about_events_says_what_it_looks_at() {
    let playbook = r#"{"signals": {
  "n": { "count": "a" },
  "t": { "count": "a", "scope": "account" },
  "a": { "until": "user" },
  "b": { "until": "user.trial_ends", "within": "7d" },
  "c": { "until": "user.trial_ends", "scope": "account" },
  "d": { "members": {} },
  "e": { "members": { "signals.m": 1 }, "scope": "account" },
  "f": { "ratio": ["n"] },
  "g": { "ratio": ["nn", "z"] },
  "h": { "ratio": ["t", "n"], "scope": "account" },
  "z": { "ratio": ["n", "user.seats"] }
}}"#;
    says(
        playbook,
        &[
            "4:19: error: signals.a.until: expected the path of a trait, such as \"user.trial_ends\" or \"account.renews\", found the string \"user\"",
            "5:48: error: signals.b.within: `until` is not about events and takes no `within`",
            "6:19: error: signals.c.until: what is of an account does not see `user`",
            "7:21: error: signals.d.members: `members` counts the persons of an account, and this signal is a person's (give it `\"scope\": \"account\"`)",
            "8:23: error: signals.e.members.signals.m: there is no signal `m` (did you mean `a`?)",
            "9:19: error: signals.f.ratio: expected a list of two: each the name of a signal written earlier, or the path of a trait, found a list",
            "10:20: error: signals.g.ratio.0: there is no signal `nn` (did you mean `n`?)",
            "10:26: error: signals.g.ratio.1: the signal `z` is not known here: a ratio is of signals written before it",
            "11:25: error: signals.h.ratio.1: the signal `n` is a person's: what is of an account does not see it",
        ],
    );
}

#[test]
fn ratios_of_ratios_have_a_depth() {
    let mut signals = r#""r0": {"count": "a"}"#.to_owned();
    for number in 1..12 {
        let before = number - 1;
        signals += &format!(r#", "r{number}": {{"ratio": ["r{before}", "r0"]}}"#);
    }
    let found = check(&format!(r#"{{"signals": {{{signals}}}}}"#));
    assert_eq!(found.len(), 1, "those that build on it are not wrong themselves: {found:?}");
    assert_eq!(found[0].message, "ratios of ratios go 8 deep at the most");
}

#[test]
fn success_belongs_to_the_ladder_and_may_use_what_needs_its_segment() {
    let playbook = |aha: &str| {
        format!(
            r#"{{"segments": {{"icp": {{"when": {{}}, "success": {{"aha": {aha}}}}}}},
              "scores": {{"s": {{"points": [{{"when": {{"segments": {{"$in": ["icp"]}}}}, "add": 1}}]}}}},
              "ladders": {{"journey": {{"rungs": [{{"id": "new"}}, {{"id": "activated", "when": {{}}}}]}}}}}}"#
        )
    };
    assert_eq!(check(&playbook(r#"{"scores.s": 1, "segments": {"$in": ["icp"]}}"#)), []);
    let found = check(&playbook(r#"{"stages.journey": "new"}"#));
    let cycle = "a cycle: ladders.journey → ladders.journey";
    assert!(found.iter().any(|problem| problem.message.starts_with(cycle)), "{found:?}");
}
