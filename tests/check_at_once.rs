//! `check` finds all mistakes at once: none hides another, however many there are.
#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to say so")]

use std::collections::BTreeSet;

use ripen::playbook::{Severity, check};
use serde_json::{Value, json};

fn errors(playbook: &Value) -> Vec<String> {
    let problems = check(&playbook.to_string());
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|error| format!("{}: {}", error.path, error.message)).collect()
}

/// Only what is said is compared; the place is in the path.
#[track_caller]
fn says(playbook: &Value, wanted: &[&str]) {
    assert_eq!(errors(playbook), wanted, "{playbook:#}");
}

const GAP: &str = "expected a length of time such as \"7d\" or \"12h\", found";

#[test]
fn of_the_policy() {
    says(
        &json!({"policy": {"per_session": "2", "gap": "4 hours", "quiet": 0, "holdout": 2,
            "never": [{"purpose": ["talc", "ask", "akk"], "when": {"$foo": 1}}],
            "help_first": {"ladder": 1, "at_least": 2}}}),
        &[
            "policy.per_session: expected a whole number from 0 to 1000, found the string \"2\"",
            &format!("policy.gap: {GAP} the string \"4 hours\""),
            &format!("policy.quiet: {GAP} the number 0"),
            "policy.holdout: expected a share of 0 to 1, such as 0.1 for a tenth, found the number 2",
            "policy.never.0.purpose.0: expected one of `help`, `adopt`, `ask`, `upgrade` and `talk`, found \"talc\"",
            "policy.never.0.purpose.2: expected one of `help`, `adopt`, `ask`, `upgrade` and `talk`, found \"akk\"",
            "policy.never.0.when.$foo: there is no `$foo` between conditions",
            "policy.help_first.ladder: expected the name of a ladder, found the number 1",
            "policy.help_first.at_least: expected the id of a rung, found the number 2",
        ],
    );
}

#[test]
fn of_a_moment() {
    says(
        &json!({"moments": {"m": {"scope": "x", "when": 1, "motion": "sale", "qualifies": "pq", "cooldown": 3}}}),
        &[
            "moments.m.scope: expected \"account\" (or \"person\", which is the default), found the string \"x\"",
            "moments.m.when: expected a condition, an object, found the number 1",
            "moments.m.motion: expected one of `self_serve` and `sales`, found \"sale\"",
            "moments.m.qualifies: expected one of `pql`, `pqa`, `eqa` and `churn_risk`, found \"pq\"",
            &format!("moments.m.cooldown: {GAP} the number 3"),
        ],
    );
}

fn nudge(more: Value) -> Value {
    let mut nudge = json!({"purpose": "help", "on": "load", "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}});
    nudge.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"nudges": {"n": nudge}})
}

#[test]
fn of_a_text_and_of_an_image() {
    says(
        &nudge(json!({"content": {"en": {
            "title": "{{user.name}} {{usr.name|x}} {{signals.tsks|0}}",
            "body": "[a](data:x) **[b](data:y)** {{usr.x|y}} *",
            "image": {"src": "data:x", "alt": "{{user.name}}", "width": -3, "height": "10"}
        }}})),
        &[
            "nudges.n.content.en.title: a placeholder needs a default",
            "nudges.n.content.en.title: a text cannot show `usr.name`",
            "nudges.n.content.en.title: there is no signal `tsks`",
            "nudges.n.content.en.body: expected a path, or an address with https:, mailto: or tel:, found \"data:x\"",
            "nudges.n.content.en.body: expected a path, or an address with https:, mailto: or tel:, found \"data:y\"",
            "nudges.n.content.en.body: a text cannot show `usr.x`",
            "nudges.n.content.en.image.src: expected a path, or an address with https:, found \"data:x\"",
            "nudges.n.content.en.image.alt: a placeholder needs a default",
            "nudges.n.content.en.image.width: expected a whole number from 1 to 16384, found the number -3",
            "nudges.n.content.en.image.height: expected a whole number from 1 to 16384, found the string \"10\"",
        ],
    );
}

#[test]
fn a_list_of_the_wrong_length_says_how_long_it_is_and_is_read() {
    says(
        &nudge(json!({"placement": {"kind": "tour"}, "steps": [{"id": "a", "wait": "x", "anchor": "#"}],
            "content": {"en": {"title": "T", "steps": {"a": {"title": "A"}}}}})),
        &[
            "nudges.n.steps: expected a list of 2 to 20 steps, found a list of 1",
            "nudges.n.steps.0.wait: expected a whole number from 0 to 60, found the string \"x\"",
            "nudges.n.steps.0.anchor: this is no selector: a name has to follow this sign",
        ],
    );
}

#[test]
fn what_is_wrong_with_a_part_hides_no_words_and_makes_none_look_missing() {
    says(
        &nudge(
            json!({"placement": {"kind": "toolip"}, "actions": [{"id": "go", "open": "data:x"}, {"open": "/"}],
            "content": {"en": {"title": "{{x}}", "actions": {"go": "{{y}}", "else": "Else"}}, "de": {"titel": "T"}}}),
        ),
        &[
            "nudges.n.placement.kind: expected one of `banner`, `modal`, `slide_out`, `toast`, `tooltip`, `hotspot`, `checklist`, `slot`, `tour`, `ask` and `headless`, found \"toolip\"",
            "nudges.n.content.en.title: a placeholder needs a default",
            "nudges.n.content.en.actions.go: a placeholder needs a default",
            "nudges.n.content.de.titel: the content has no `titel`",
            "nudges.n.actions.0.open: expected a path, or an address with https:, mailto: or tel:, found \"data:x\"",
            "nudges.n.actions.1: an action needs `id`, and has none",
        ],
    );
    // What is known is missed all the same.
    says(
        &nudge(
            json!({"actions": [{"id": "go", "open": "/"}, {"open": "/"}], "content": {"en": {"body": "{{x}}"}}}),
        ),
        &[
            "nudges.n.content.en: the content needs `title`, and has none",
            "nudges.n.content.en: the action `go` has no label in `actions`",
            "nudges.n.content.en.body: a placeholder needs a default",
            "nudges.n.actions.1: an action needs `id`, and has none",
        ],
    );
}

/// A sound playbook of all sections and shapes.
fn sound() -> Value {
    let text = |title: &str| json!({"en": {"title": title}});
    json!({
        "activity": ["a", "b"],
        "interval": "7d",
        "first_seen": "user.createdAt",
        "rhythm": {"r": 0.5, "alpha": 6.0, "a": 0.9, "b": 1.6, "at_risk_below": 0.3},
        "groups": {"g": ["x", 1, true]},
        "signals": {
            "count": {"count": {"event": ["a", "b"], "where": {"p": {"$gte": 1}, "q": {"$in": ["x", "y"]}}}, "within": "7d", "ago": "7d", "without": "z"},
            "sum": {"sum": "p.q", "of": "a", "within": "7d"},
            "until": {"until": "user.ends"},
            "runs": {"sequence": ["a", {"event": "b"}], "span": "1d"},
            "people": {"people": "*", "scope": "account"},
            "active": {"members": {"signals.count": {"$gte": 1}}, "scope": "account"}
        },
        "segments": {
            "icp": {"when": {"user.plan": {"$regex": "free"}, "account.size": {"$gt": 3, "$exists": true}}, "success": {"aha": {"signals.count": {"$gte": 1}}}},
            "other": {"when": {"$or": [{"segments": {"$in": ["icp"]}}, {"$not": {"user.x": {"$in": ["a"], "$type": "string"}}}]}}
        },
        "scores": {"fit": {"points": [{"when": {"signals.until": {"$lt": "3d"}}, "add": 5}], "bands": {"A": 5, "B": 0}}},
        "ladders": {
            "readiness": {"climb": "highest", "rungs": [{"id": "exploring"}, {"id": "testing", "when": {"bands.fit": "A"}, "keep": false}]},
            "journey": {"rungs": [{"id": "new"}, {"id": "activated", "when": {"reached.readiness.testing": {"$gte": "3d"}, "alive": {"$gt": 0.1}}}]}
        },
        "moments": {"m": {"when": {"stages.journey": {"$atLeast": "activated"}}, "motion": "sales", "qualifies": "pql", "cooldown": "60d", "scope": "person"}},
        "policy": {
            "help_first": {"ladder": "readiness", "at_least": "testing"},
            "per_session": 1, "gap": "4h", "quiet": "1d", "holdout": 0.05,
            "never": [{"purpose": ["talk"], "when": {"user.plan": {"$exists": true}}}],
            "languages": ["en", "de"]
        },
        "nudges": {
            "form": {
                "purpose": "help",
                "on": ["load", {"event": "a"}, {"page": {"page.path": {"$regex": "/"}}}, {"moment": "m"}, {"element": "#x"}, {"call": "x"}],
                "when": {"now.hour": {"$gte": 9}, "locale": "de"},
                "moment": "m",
                "priority": 3,
                "schedule": {"from": "2026-03-01T09:00:00", "to": "2027-03-01T09:00:00", "weekdays": [1, 2], "hours": [9, 17]},
                "limits": {"shown": {"at_most": 2, "within": "7d"}, "dismissed": {"rest": "7d"}, "acted": "stop", "ignore_after": 30, "per": "account"},
                "goal": {"event": "b", "within": "7d", "value": "amount"},
                "by": "device",
                "variants": [{"id": "a", "weight": 0.5}, {"id": "b", "weight": 0.5, "placement": {"kind": "slide_out", "position": "start"}}],
                "holdout": 0.1,
                "placement": {"kind": "modal"},
                "content": {
                    "en": {
                        "title": "t {{signals.count:number|0}}", "body": "b [c](/d)", "submit": "s", "thanks": "t", "consent": "c",
                        "image": {"src": "/a.png", "alt": "A", "width": 320, "height": 200},
                        "actions": {"go": "g", "send": "s", "set": "s"}, "fields": {"f": "f", "c": "c"}, "options": {"c": {"x": "X", "y": "Y"}},
                        "share": {"title": "t", "body": "b"}, "copied": "c", "sent": "s", "kept": "k"
                    }
                },
                "actions": [{"id": "go", "open": "/", "track": "x", "dismiss": true}, {"id": "send", "share": "mail"}, {"id": "set", "apply": {"x": true}}],
                "form": {"fields": [{"name": "f", "type": "text", "required": true, "prefill": "user.name"}, {"name": "c", "type": "choice", "options": ["x", "y"]}]}
            },
            "tour": {
                "purpose": "help", "on": "load", "placement": {"kind": "tour"},
                "steps": [{"id": "a", "anchor": "#a", "side": "top", "wait": 3}, {"id": "b"}],
                "content": {"en": {"title": "T", "steps": {"a": {"title": "A", "body": "a"}, "b": {"title": "B"}}}}
            },
            "list": {
                "purpose": "help", "on": "load", "placement": {"kind": "checklist", "position": "start"}, "limits": {"shown": {"at_most": 50}},
                "steps": [{"id": "a", "signal": "sum", "at_least": 3, "open": "/a"}, {"id": "b", "segment": "icp"}],
                "content": {"en": {"title": "T", "steps": {"a": {"title": "A"}, "b": {"title": "B"}}}}
            },
            "asked": {
                "purpose": "ask", "on": "load", "placement": {"kind": "ask"}, "question": {"type": "scale", "from": 0, "to": 10, "talk": true},
                "content": {"en": {"title": "T", "submit": "s", "talk": "t"}}
            },
            "tip": {"purpose": "help", "on": "load", "placement": {"kind": "tooltip", "anchor": "#x", "side": "top", "wait": 3}, "content": text("T")},
            "toast": {"purpose": "help", "on": "load", "placement": {"kind": "toast", "position": "top", "seconds": 9}, "content": text("T")},
            "own": {"purpose": "help", "on": "load", "placement": {"kind": "slot", "slot": "x"}, "content": text("T")}
        }
    })
}

/// The place of each value in which there is no other.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                leaves(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                leaves(value, &format!("{at}/{index}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

/// The same with something that no field takes, at each of these places.
fn broken<'a>(playbook: &Value, places: impl IntoIterator<Item = &'a String>) -> Value {
    let mut playbook = playbook.clone();
    for place in places {
        *playbook.pointer_mut(place).unwrap() = json!([[]]);
    }
    playbook
}

#[test]
fn a_mistake_in_every_second_field_is_as_many_as_there_are() {
    let sound = sound();
    assert_eq!(errors(&sound), [] as [String; 0]);
    let mut all = Vec::new();
    leaves(&sound, "", &mut all);
    // Those that are one mistake, and nobody else's: what others name, and may compare with anything, is not among them.
    let alone: Vec<(String, String)> = all
        .iter()
        .filter_map(|place| match errors(&broken(&sound, [place])).as_slice() {
            [only] => Some((place.clone(), only.split(": ").next().unwrap().to_owned())),
            _ => None,
        })
        .collect();
    println!("{} of {} values", alone.len(), all.len());
    assert!(alone.len() * 10 > all.len() * 8, "{} of {}", alone.len(), all.len());
    let hidden = |wanted: &[&(String, String)]| {
        let said = errors(&broken(&sound, wanted.iter().map(|(place, _)| place)));
        let said: BTreeSet<&str> = said.iter().map(|error| error.split(": ").next().unwrap()).collect();
        let wanted: BTreeSet<&str> = wanted.iter().map(|(_, path)| path.as_str()).collect();
        (
            wanted.difference(&said).map(|path| (*path).to_owned()).collect::<Vec<_>>(),
            said.difference(&wanted).map(|path| (*path).to_owned()).collect::<Vec<_>>(),
        )
    };
    for (every, first) in [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2), (7, 3)] {
        let some: Vec<_> = alone.iter().skip(first).step_by(every).collect();
        assert_eq!(hidden(&some), (vec![], vec![]), "every {every} from {first}");
    }
}
