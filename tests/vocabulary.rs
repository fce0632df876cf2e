//! What a playbook speaks of: its events with what is known of their properties, traits, and every other name.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has to say so")]

use ripen::vocabulary::{Vocabulary, to_json};
use serde_json::{Value as Json, json};

fn vocabulary(playbook: Json) -> Json {
    let compiled = ripen::playbook::compile(&playbook.to_string());
    let compiled = compiled.unwrap_or_else(|problems| panic!("{problems:?}"));
    to_json(&Vocabulary::of(&compiled.playbook))
}

/// `path: kinds` with the values that it is compared with.
fn lines(shape: &Json) -> Vec<String> {
    let list = |value: &Json| -> Vec<String> {
        value.as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned()).collect()
    };
    let line = |value: &Json| {
        let values = list(&value["values"]).iter().map(|value| format!(" {value}")).collect::<String>();
        let many = if value["orList"] == true { "[]" } else { "" };
        format!("{}: {}{many}{values}", list(&value["path"]).join("."), list(&value["kinds"]).join("|"))
    };
    shape.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn events_have_what_is_looked_at_of_their_properties_and_by_what() {
    let found = vocabulary(json!({
        "activity": ["opened", "export"],
        "signals": {
            "rows": { "sum": "rows", "of": { "event": ["export", "import"], "where": { "format": { "$in": ["csv", "xlsx"] } } } },
            "last": { "last": "format", "of": "export" },
            "places": { "distinct": "place.city", "of": "export" },
            "big": { "count": { "event": "import", "where": { "tags": { "$size": 2 }, "done": true, "rows": { "$gte": 3 } } }, "without": "undone" },
            "paid": { "count": { "event": "*", "where": { "plan": "paid" } } },
        },
        "nudges": {
            "hint": {
                "purpose": "help",
                "on": { "event": "opened" },
                "when": { "event.properties.source": "mail" },
                "goal": { "event": "bought", "value": "price" },
                "placement": { "kind": "headless" },
                "content": { "en": { "title": "Hello", "actions": { "go": "Go" } } },
                "actions": [{ "id": "go", "track": "went" }],
            },
        },
    }));
    let event = |name: &str| {
        let all = found["events"].as_array().unwrap();
        all.iter().find(|event| event["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    let shape = |name: &str| lines(&event(name)["properties"]);
    assert_eq!(
        shape("export"),
        ["format: string[] csv xlsx", "place.city: scalar", "plan: string paid", "rows: number"]
    );
    assert_eq!(
        shape("import"),
        ["done: boolean", "format: string[] csv xlsx", "plan: string paid", "rows: number", "tags: list"]
    );
    assert_eq!(shape("opened"), ["plan: string paid", "source: string mail"]);
    assert_eq!(shape("bought"), ["plan: string paid", "price: number"]);
    assert_eq!(event("export")["by"], json!(["signals.rows", "signals.last", "signals.places", "activity"]));
    assert_eq!(event("undone")["by"], json!(["signals.big"]));
    assert_eq!(event("went")["by"], json!(["nudges.hint"]));
    let names: Vec<_> = found["events"].as_array().unwrap().iter().map(|event| &event["name"]).collect();
    assert_eq!(names, ["bought", "export", "import", "opened", "undone", "went"]);
}

#[test]
fn ripens_own_events_are_nobodys_to_track_and_pages_have_their_names() {
    let found = vocabulary(json!({
        "signals": {
            "reports": { "count": { "event": "$page", "where": { "name": { "$in": ["Reports", "Report"] } } } },
            "seen": { "count": "$nudge_shown" },
        },
    }));
    assert_eq!(found["events"], json!([]));
    assert_eq!(found["pages"], json!(["Report", "Reports"]));
}

#[test]
fn traits_come_from_conditions_times_ratios_texts_forms_and_buttons() {
    let found = vocabulary(json!({
        "first_seen": "user.createdAt",
        "signals": {
            "left": { "until": "account.trial_ends" },
            "share": { "ratio": ["account.used", "account.seats"] },
            "of_team": { "members": { "user.role": { "$regexi": "lead" } }, "scope": "account" },
        },
        "segments": {
            "big": { "when": { "account.size.people": { "$gt": 100 }, "user.tags.0": "vip", "user.beta": { "$exists": true } } },
        },
        "nudges": {
            "talk": {
                "purpose": "help",
                "on": "load",
                "placement": { "kind": "modal" },
                "content": { "en": {
                    "title": "Hello {{user.name|there}}",
                    "body": "**{{account.seats:number|some}} seats**",
                    "fields": { "mail": "Mail" },
                    "submit": "Send",
                    "thanks": "Thank you",
                    "actions": { "digest": "Digest" },
                } },
                "form": { "fields": [{ "name": "mail", "type": "email", "prefill": "user.email" }] },
                "actions": [{ "id": "digest", "apply": { "digest": true } }],
            },
        },
    }));
    assert_eq!(
        lines(&found["user"]),
        [
            "beta: ",
            "createdAt: string",
            "digest: boolean",
            "email: scalar",
            "name: scalar",
            "role: string",
            "tags: list"
        ]
    );
    assert_eq!(
        lines(&found["account"]),
        ["seats: number", "size.people: number", "trial_ends: string", "used: number"]
    );
}

#[test]
fn definitions_triggers_actions_and_slots_have_their_names_once() {
    let nudge = |on: Json, placement: Json, actions: Json| json!({ "purpose": "help", "on": on, "placement": placement, "content": { "en": { "title": "T", "actions": { "a": "A", "b": "B" } } }, "actions": actions });
    let found = vocabulary(json!({
        "signals": { "n": { "count": "e" }, "l": { "last": "p", "of": "e" }, "team": { "people": "e", "scope": "account" } },
        "segments": { "s": { "when": { "signals.n": 1 } } },
        "scores": { "fit": { "points": [{ "when": { "signals.n": 1 }, "add": 1 }], "bands": { "A": 60, "B": 30 } } },
        "ladders": { "journey": { "rungs": [{ "id": "new" }, { "id": "set_up", "when": { "signals.n": 1 } }] } },
        "moments": { "ripe": { "when": { "signals.n": 2 }, "motion": "sales" } },
        "nudges": {
            "one": nudge(json!([{ "call": "help" }, { "call": "menu" }]), json!({ "kind": "slot", "slot": "side" }), json!([{ "id": "a", "call": "open_chat" }, { "id": "b", "checkout": "buy" }])),
            "two": nudge(json!({ "call": "help" }), json!({ "kind": "slot", "slot": "side" }), json!([{ "id": "a", "call": "open_chat" }, { "id": "b", "dismiss": true }])),
        },
    }));
    assert_eq!(
        found["signals"],
        json!([
            { "name": "n", "kinds": ["number"] },
            { "name": "l", "kinds": ["scalar"] },
            { "name": "team", "kinds": ["number"] },
        ])
    );
    assert_eq!(found["segments"], json!(["s"]));
    assert_eq!(found["scores"], json!([{ "name": "fit", "bands": ["A", "B"] }]));
    assert_eq!(found["ladders"], json!([{ "name": "journey", "rungs": ["new", "set_up"] }]));
    assert_eq!(found["moments"], json!(["ripe"]));
    assert_eq!(found["nudges"], json!(["one", "two"]));
    assert_eq!(found["triggers"], json!(["help", "menu"]));
    assert_eq!(found["actions"], json!(["buy", "open_chat"]));
    assert_eq!(found["slots"], json!(["side"]));
}
