//! What conditions mean beyond GrowthBook's cases: the lists of ids, groups, patterns and versions in a playbook.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test, whose playbooks are its own")]

use ripen::engine::Playbook;
use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};
use serde_json::{Value, json};

fn compiled(playbook: &Value) -> Playbook {
    let bytes = compile(&playbook.to_string()).unwrap().bytes;
    // As a page reads it.
    Playbook::from_bytes(&bytes).unwrap()
}

/// The segments of somebody with these traits, of those whose names do not begin with a `_`.
fn segments(playbook: &Value, traits: &Value) -> Vec<String> {
    let event = json!({"type": "identify", "messageId": "m", "userId": "u", "timestamp": "2024-01-01T10:00:00Z", "traits": traits});
    let mut recording = Recording::default();
    recording.push(format!("{event}\n").as_bytes());
    let lines = replay(&compiled(playbook), recording, Options { at: None, timeline: false });
    let line: Value = serde_json::from_str(&lines[0]).unwrap();
    let held = line["segments"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
    held.filter(|id| !id.starts_with('_')).collect()
}

/// Whether conditions hold of somebody: each is a segment.
#[track_caller]
fn holds(before: &Value, traits: &Value, cases: &[(Value, bool)]) {
    let mut all = before.as_object().unwrap().clone();
    for (number, (condition, _)) in cases.iter().enumerate() {
        all.insert(format!("case {number}"), json!({"when": condition}));
    }
    let held = segments(&json!({"segments": all}), traits);
    for (number, (condition, wanted)) in cases.iter().enumerate() {
        assert_eq!(held.contains(&format!("case {number}")), *wanted, "{condition}");
    }
}

#[test]
fn the_lists_of_ids_are_asked_as_lists() {
    let before = json!({
        "_eu": {"when": {"user.eu": true}},
        "_power": {"when": {"user.power": true}},
        "_power_team": {"when": {"user.team": true}},
    });
    let held = json!({"eu": true, "power": true});
    let case = |asked: Value, wanted: bool| (json!({"segments": asked}), wanted);
    // The cases are segments themselves, and each sees those before it; so they ask for certain ids, and the last
    // ones alone for numbers.
    holds(
        &before,
        &held,
        &[
            case(json!({"$size": 2}), true),
            case(json!({"$in": ["_eu", "_power_team"]}), true),
            case(json!({"$in": []}), false),
            case(json!({"$nin": ["_power_team"]}), true),
            case(json!({"$nin": []}), true),
            case(json!({"$all": ["_eu", "_power"]}), true),
            case(json!({"$all": ["_eu", "_power_team"]}), false),
            case(json!({"$not": {"$all": ["_eu", "_power_team"]}}), true),
            case(json!({"$elemMatch": {"$regex": "^_power"}}), true),
            case(json!({"$elemMatch": {"$regex": "team$"}}), false),
            case(json!({"$elemMatch": {"$not": {"$in": ["_eu", "_power"]}, "$regex": "^_"}}), false),
            case(json!({"$not": {"$elemMatch": {"$eq": "_power_team"}}}), true),
            case(json!({"$size": {"$gt": 2, "$lt": 100}}), true),
            case(json!({"$size": 0}), false),
        ],
    );
}

#[test]
fn versions_patterns_and_lists_of_traits() {
    let traits = json!({"v": "2.10.0", "n": 2, "mail": "Ada@Example.COM", "roles": [{"name": "admin", "level": 0}, {"name": "Editor"}]});
    holds(
        &json!({}),
        &traits,
        &[
            (json!({"user.v": {"$vgt": "2.9.3", "$vlt": "v2.10.1"}}), true),
            (json!({"user.v": {"$vgt": "2.10.0"}}), false),
            (json!({"user.n": {"$vgte": "1.9"}}), true),
            (json!({"user.mail": {"$regexi": "@example\\.com$"}}), true),
            (json!({"user.mail": {"$regex": "@example\\.com$"}}), false),
            (json!({"user.roles": {"$elemMatch": {"name": "admin", "level": {"$lt": 1}}}}), true),
            (
                json!({"user.roles": {"$elemMatch": {"$not": {"name": "admin"}, "name": {"$ini": ["EDITOR"]}}}}),
                true,
            ),
            (json!({"user.roles": {"$elemMatch": {"name": "Editor", "level": 0}}}), false),
            (json!({"user.roles": {"$size": {"$gte": 2}, "$type": "array"}}), true),
            (json!({"user.none": {"$type": "null", "$regex": ""}}), false),
        ],
    );
}

#[test]
fn a_signal_that_asks_about_a_group_is_another_one_when_the_group_is() {
    let playbook = |members: Value| {
        compiled(&json!({
            "groups": {"dach": members},
            "signals": {
                "n": {"count": {"event": "a", "where": {"to": {"$inGroup": "dach"}}}},
                "m": {"count": {"event": "a", "where": {"to": "dach"}}},
            },
        }))
    };
    let definitions = |playbook: Playbook| -> Vec<u64> {
        playbook.person.signals.iter().map(|signal| signal.definition).collect()
    };
    let (one, same, other) = (json!(["de", "at"]), json!(["de", "at"]), json!(["de", "at", "ch"]));
    let one = definitions(playbook(one));
    assert_eq!(one, definitions(playbook(same)));
    let other = definitions(playbook(other));
    assert_ne!(one[0], other[0]);
    assert_eq!(one[1], other[1]);
}
