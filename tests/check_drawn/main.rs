//! What `check` says of what a nudge is drawn from, and what becomes of it in the compiled playbook.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to say so")]
#![expect(clippy::indexing_slicing, reason = "a test that cannot go on has to say so")]

mod parts;
#[path = "../said/mod.rs"]
mod said;
mod words;

use serde_json::{Value as Json, json};

use said::said;

/// A playbook with some definitions and one nudge, which is made of parts and the words in English.
fn playbook(parts: &Json, words: &Json) -> String {
    let mut nudge = parts.clone();
    let defaults = [
        ("purpose", json!("help")),
        ("on", json!("load")),
        ("limits", json!({"shown": {"at_most": 50}})),
        ("content", json!({"en": words})),
    ];
    for (name, value) in defaults {
        nudge.as_object_mut().unwrap().entry(name).or_insert(value);
    }
    json!({
        "signals": {
            "tasks": {"count": "task_created"},
            "days": {"days": "*", "within": "7d"},
            "seats": {"people": "*", "scope": "account"},
            "hidden": {"count": "secret", "scope": "account"}
        },
        "segments": {
            "on_free": {"when": {"user.plan": "free"}},
            "big": {"when": {"signals.seats": {"$gte": 9}}, "scope": "account"}
        },
        "scores": {"fit": {"points": [{"when": {"user.plan": "pro"}, "add": 5}]}},
        "ladders": {"journey": {"rungs": [{"id": "new"}]}},
        "nudges": {"x": nudge}
    })
    .to_string()
}

/// What is said of a nudge with these parts and words in English, if only these are wrong.
fn nudge(parts: Json, words: Json) -> Vec<String> {
    said(&playbook(&parts, &words))
}

/// The only problem that there is begins so.
fn is(parts: Json, words: Json, wanted: &str) {
    let found = nudge(parts.clone(), words.clone());
    assert!(
        found.len() == 1 && found[0].starts_with(wanted),
        "{parts} {words}\n found  {found:#?}\n wanted {wanted}"
    );
}

fn sound(parts: Json, words: Json) {
    assert_eq!(nudge(parts.clone(), words.clone()), [] as [String; 0], "{parts} {words}");
}
