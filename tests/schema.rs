//! The schema and `check` agree: what `check` takes the schema takes, and what `check` refuses for its names and types
//! alone, without looking elsewhere in the document, the schema refuses too.
#![recursion_limit = "256"]
#![expect(clippy::disallowed_methods, reason = "a test reads the playbooks of this repository")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to say so")]

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use ripen::playbook::{Problem, Severity, check, schema};
use serde_json::{Value, json};

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every playbook of the repository, with what it is called.
fn playbooks() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for file in [
        "www/playbook.json",
        "tests/store/playbook.json",
        "tests/bench/store.playbook.json",
        "tests/drawn/playbook.json",
    ] {
        found.push((file.to_owned(), json(&root().join(file))));
    }
    for entry in std::fs::read_dir(root().join("tests/contributions")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            found.push((path.display().to_string(), json(&path)));
        }
    }
    for case in json(&root().join("tests/vectors/semantics/cases.json")).as_array().unwrap() {
        found.push((case["name"].to_string(), case["playbook"].clone()));
    }
    let guide = std::fs::read_to_string(root().join("docs/playbook.md")).unwrap();
    for (index, block) in guide.split("```json part\n").skip(1).enumerate() {
        let text = block.split("```").next().unwrap();
        found.push((format!("part {index} of the guide"), serde_json::from_str(text).unwrap()));
    }
    found
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn every_playbook_of_the_repository_is_valid() {
    let validator = validator();
    let playbooks = playbooks();
    assert!(playbooks.len() > 200, "{}", playbooks.len());
    for (name, playbook) in playbooks {
        let wrong: Vec<String> = validator
            .iter_errors(&playbook)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}

#[test]
fn what_is_broken_is_not() {
    let validator = validator();
    for broken in [
        json!([]),
        json!({"signal": {}}),
        json!({"$schema": 1}),
        json!({"signals": {"a.b": {"count": "x"}}}),
        json!({"signals": {"n": {}}}),
        json!({"signals": {"n": {"count": "x", "days": "x"}}}),
        json!({"signals": {"n": {"count": ""}}}),
        json!({"signals": {"n": {"count": []}}}),
        json!({"signals": {"n": {"cuont": "x"}}}),
        json!({"signals": {"n": {"count": "x", "within": "30 days"}}}),
        json!({"signals": {"n": {"count": "x", "within": "401d"}}}),
        json!({"signals": {"n": {"count": "x", "within": "169h"}}}),
        json!({"signals": {"n": {"count": "x", "ago": "1d"}}}),
        json!({"signals": {"n": {"sum": "x"}}}),
        json!({"signals": {"n": {"since": "x", "within": "7d"}}}),
        json!({"signals": {"n": {"people": "x"}}}),
        json!({"signals": {"n": {"sequence": ["x"]}}}),
        json!({"signals": {"n": {"ratio": ["x"]}}}),
        json!({"signals": {"n": {"until": "trial"}}}),
        json!({"signals": {"n": {"count": {"event": "x", "where": {"$gte": 3}}}}}),
        json!({"segments": {"s": {}}}),
        json!({"segments": {"s": {"when": {"signal.n": 1}}}}),
        json!({"segments": {"s": {"when": {"user.x": {"$gtr": 1}}}}}),
        json!({"segments": {"s": {"when": {"user.x": {"$in": 1}}}}}),
        json!({"segments": {"s": {"when": {"$and": {}}}}}),
        json!({"segments": {"s": {"when": {"segments": ["x"]}}}}),
        json!({"segments": {"s": {"when": {"scores.x": {"$regex": "x"}}}}}),
        json!({"segments": {"s": {"when": {"page.path": "/"}}}}),
        json!({"ladders": {"l": {"rungs": []}}}),
        json!({"ladders": {"l": {"rungs": [{"id": "a", "when": {}}]}}}),
        json!({"ladders": {"l": {"rungs": [{"id": "a"}, {"id": "b"}]}}}),
        json!({"moments": {"m": {"when": {}, "motion": "sale"}}}),
        json!({"policy": {"gap": 4}}),
        json!({"policy": {"help_first": true}}),
        json!({"interval": "7h"}),
    ] {
        assert!(!validator.is_valid(&broken), "{broken}");
        assert!(refuses(&broken), "{broken}");
    }
}

#[test]
fn the_place_of_the_schema_means_nothing() {
    let mut playbook = json(&root().join("www/playbook.json"));
    let before = ripen::playbook::compile(&playbook.to_string()).unwrap();
    playbook["$schema"] = "./node_modules/ripen/playbook.schema.json".into();
    assert!(validator().is_valid(&playbook));
    assert_eq!(ripen::playbook::compile(&playbook.to_string()).unwrap(), before);
}

fn refuses(playbook: &Value) -> bool {
    check(&playbook.to_string()).iter().any(|problem| problem.severity == Severity::Error)
}

/// A playbook of everything that there is, from which parts are taken and changed.
fn everything() -> Value {
    json!({
        "$schema": "playbook.schema.json",
        "activity": ["a", "b"],
        "interval": "7d",
        "first_seen": "user.createdAt",
        "rhythm": {"r": 0.5, "alpha": 6.0, "a": 0.9, "b": 1.6, "at_risk_below": 0.3},
        "groups": {"g": ["x", 1, true]},
        "signals": {
            "count": {"count": {"event": ["a", "b"], "where": {"p": {"$gte": 1}, "q": "x"}}, "within": "7d", "ago": "7d", "without": "z"},
            "sum": {"sum": "p.q", "of": "a", "within": "7d"},
            "last": {"last": "p", "of": "a"},
            "since": {"since": "*"},
            "until": {"until": "user.ends"},
            "runs": {"sequence": ["a", {"event": "b"}], "span": "1d"},
            "share": {"ratio": ["count", "sum"]},
            "people": {"people": "*", "scope": "account"}
        },
        "segments": {
            "icp": {"when": {"user.plan": "free", "account.size": {"$gt": 3, "$exists": true}}, "success": {"aha": {"signals.count": {"$gte": 1}}}},
            "other": {"when": {"$or": [{"segments": {"$in": ["icp"]}}, {"$not": {"user.x": {"$in": ["a"], "$regex": "a", "$type": "string"}}}]}},
            "listed": {"when": {"user.tags": {"$elemMatch": {"name": "a"}, "$size": {"$gte": 2}, "$all": ["a"]}, "user.v": {"$vgte": "1.0"}, "user.g": {"$inGroup": "g"}}}
        },
        "scores": {"fit": {"points": [{"when": {"signals.since": {"$lt": "3d"}}, "add": 5}], "bands": {"A": 5, "B": 0}}},
        "ladders": {
            "readiness": {"climb": "highest", "rungs": [{"id": "exploring"}, {"id": "testing", "when": {"bands.fit": "A"}, "keep": false}]},
            "journey": {"rungs": [{"id": "new"}, {"id": "activated", "when": {"reached.readiness.testing": {"$gte": "3d"}, "momentum": {"$ne": "dormant"}, "alive": {"$gt": 0.1}}}]}
        },
        "moments": {"m": {"when": {"stages.journey": {"$atLeast": "activated"}}, "motion": "sales", "qualifies": "pql", "cooldown": "60d"}},
        "policy": {
            "help_first": {"ladder": "readiness", "at_least": "testing"},
            "per_session": 1, "gap": "4h", "quiet": "1d", "holdout": 0.05,
            "never": [{"purpose": ["talk"], "when": {"user.plan": "pro"}}],
            "languages": ["en", "de"]
        },
        "nudges": {
            "n": {
                "purpose": "help",
                "on": ["load", {"event": "a"}, {"page": {"page.path": "/"}}, {"moment": "m"}, {"element": "#x"}, {"call": "x"}],
                "when": {"now.hour": {"$gte": 9}, "locale": "de", "page.path": "/", "event.name": "a"},
                "moment": "m",
                "priority": 3,
                "schedule": {"from": "2026-03-01T09:00:00", "weekdays": [1, 2], "hours": [9, 17]},
                "limits": {"shown": {"at_most": 2, "within": "7d"}, "dismissed": {"rest": "7d"}, "acted": "stop", "ignore_after": 30, "per": "account"},
                "goal": {"event": "b", "within": "7d", "value": "amount"},
                "by": "device",
                "variants": [{"id": "a", "weight": 0.5}, {"id": "b", "weight": 0.5, "show": false}],
                "holdout": 0.1,
                "placement": {"kind": "modal"},
                "content": {"en": {
                    "title": "t", "body": "b", "submit": "s", "thanks": "t", "consent": "c", "close": "c",
                    "image": {"src": "/a.png", "alt": "A", "width": 320, "height": 200},
                    "actions": {"go": "g", "send": "s", "set": "s"}, "fields": {"f": "f", "c": "c"}, "options": {"c": {"x": "X"}},
                    "share": {"title": "t", "body": "b"}, "copied": "c", "sent": "s", "kept": "k"
                }},
                "actions": [
                    {"id": "go", "open": "/", "track": "x", "dismiss": true},
                    {"id": "send", "share": "mail"},
                    {"id": "set", "apply": {"x": true}}
                ],
                "form": {"fields": [
                    {"name": "f", "type": "text", "required": true, "prefill": "user.name"},
                    {"name": "c", "type": "choice", "options": ["x", "y"]}
                ]}
            }
        }
    })
}

/// The place of each value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let below = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| pointers(value, &below(key), found)),
        Value::Array(values) => {
            values
                .iter()
                .enumerate()
                .for_each(|(index, value)| pointers(value, &below(&index.to_string()), found));
        }
        _ => {}
    }
}

/// The same for each nudge alone: of a small playbook thousands of changes are soon tried.
fn one_by_one(playbook: &Value) -> Vec<Value> {
    let alone = |(id, nudge): (&String, &Value)| {
        let mut playbook = playbook.clone();
        *playbook.pointer_mut("/nudges").unwrap() = json!({ id: nudge });
        playbook
    };
    playbook["nudges"].as_object().unwrap().iter().map(alone).collect()
}

/// What `check` says that no look at the one value alone can know.
fn needs_the_rest(problem: &Problem) -> bool {
    const SIGNS: [&str; 22] = [
        "there is no ",
        "has no rung",
        "expected one of",
        "no label",
        "no title in `steps`",
        "some variants have a `weight`",
        "needs the playbook's",
        "a number of hours, or",
        // What a placement draws stands beside it, and what has to be said of that in another place again.
        "draws no `",
        "in its nudge, and there is none",
        "no room for a form",
        "no action leads to this",
        "leads to the nudge's `form`",
        "only a tour has steps",
        "a step of a ",
        "a list of 2 to 20 steps",
        "needs `title`",
        "needs `submit`",
        "needs `thanks`",
        "needs `talk`",
        "needs `share.title`",
        "the words of a language at least",
    ];
    let of_numbers = problem.message.starts_with("a scale of ");
    // What a signal is, and so what it is compared with, stands where it is defined.
    let of_signal =
        problem.path.contains("signals.count") && problem.message.starts_with("expected a number, found");
    of_numbers || of_signal || SIGNS.iter().any(|sign| problem.message.contains(sign))
}

#[test]
fn check_and_schema_agree_on_whatever_is_changed() {
    let validator = validator();
    let mut playbooks = vec![everything()];
    playbooks.extend(one_by_one(&json(&root().join("tests/drawn/playbook.json"))));
    let mut places = Vec::new();
    for playbook in &playbooks {
        let said: Vec<String> = check(&playbook.to_string()).iter().map(ToString::to_string).collect();
        assert!(said.iter().all(|line| !line.contains("error")), "{said:#?}");
        assert!(validator.is_valid(playbook));
        let mut found = Vec::new();
        pointers(playbook, "", &mut found);
        // What is around its only nudge is in the first one too.
        found.retain(|place| playbook["nudges"].get("n").is_some() || place.starts_with("/nudges/"));
        places.extend(found.into_iter().map(|place| (playbook, place)));
    }
    let values = [
        json!(null),
        json!(true),
        json!(3),
        json!(-1),
        json!(0.5),
        json!(1e7),
        json!(""),
        json!("x"),
        json!("7d"),
        json!([]),
        json!(["x"]),
        json!([3]),
        json!({}),
        json!({"x": 1}),
        json!({"$gte": 1}),
        json!({"$foo": 1}),
    ];
    let (mut tried, mut refused, mut only_check, mut wrong) = (0, 0, 0, Vec::new());
    let mut compare = |playbook: &Value, what: String| {
        tried += 1;
        let problems = check(&playbook.to_string());
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        let valid = validator.is_valid(playbook);
        refused += usize::from(!errors.is_empty());
        if errors.is_empty() && !valid {
            wrong.push(format!("only the schema refuses {what}"));
        }
        if let (Some(_), true) = (errors.first(), valid) {
            only_check += 1;
            let alone: Vec<_> = errors.iter().filter(|error| !needs_the_rest(error)).collect();
            if alone.len() == errors.len() {
                wrong.push(format!("only check refuses {what}: {}", alone[0]));
            }
        }
    };
    for (everything, place) in places.iter().map(|(playbook, place)| (*playbook, place)) {
        for value in &values {
            let mut changed = Value::clone(everything);
            *changed.pointer_mut(place).unwrap() = value.clone();
            compare(&changed, format!("{place} = {value}"));
        }
        let mut changed = Value::clone(everything);
        if let Some(object) = changed.pointer_mut(place).unwrap().as_object_mut() {
            object.insert("unknown_name".into(), json!(1));
            compare(&changed, format!("{place} with a name that is not known"));
        }
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        let mut changed = Value::clone(everything);
        let key = key.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(object)) = changed.pointer_mut(parent).filter(|_| !place.is_empty()) {
            object.remove(&key);
            compare(&changed, format!("without {place}"));
        }
    }
    println!(
        "{tried} changes: {refused} refused by check, {only_check} of them only by check, since it sees the rest"
    );
    assert!(wrong.is_empty(), "{} of {tried}: {:#?}", wrong.len(), &wrong[..wrong.len().min(80)]);
}
