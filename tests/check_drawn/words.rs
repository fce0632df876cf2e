//! Texts in their languages, and what pages get of them.

use ripen::explain::value_to_json;
use ripen::playbook::{check, compile, for_pages};
use serde_json::{Value as Json, json};

use crate::said::said;
use crate::{is, nudge, playbook, sound};

#[test]
fn texts_speak_of_what_there_is() {
    let banner = json!({"placement": {"kind": "banner"}});
    let body = |body: &str| json!({"title": "T", "body": body});
    sound(
        banner.clone(),
        body(
            "{{user.name|you}} {{account.plan.name|}} {{signals.seats:plural(one=# seat;other=# seats)|}} {{stages.journey|new}} {{scores.fit:number|0}}",
        ),
    );
    for (text, wanted) in [
        ("{{signals.task|0}}", "error: content.en.body: there is no signal `task` (did you mean `tasks`?)"),
        (
            "{{stages.jurney|0}}",
            "error: content.en.body: there is no ladder `jurney` (did you mean `journey`?)",
        ),
        ("{{scores.fitt|0}}", "error: content.en.body: there is no score `fitt` (did you mean `fit`?)"),
        ("{{usr.name|you}}", "error: content.en.body: a text cannot show `usr.name` (did you mean `user`?)"),
        ("{{user|you}}", "error: content.en.body: a text cannot show `user`"),
        ("{{segments.on_free|}}", "error: content.en.body: a text cannot show `segments.on_free`"),
        ("{{signals.tasks}}", "error: content.en.body: a placeholder needs a default"),
        (
            "{{stages.journey:date|}}",
            "warning: content.en.body: a stage is a word, and never a date: its default is drawn",
        ),
        (
            "{{signals.tasks:date|}}",
            "warning: content.en.body: `signals.tasks` is a count or a length of time, and no date",
        ),
        ("an **unclosed", "error: content.en.body: `**` is not closed"),
    ] {
        is(banner.clone(), body(text), wanted);
    }
    let long = "é".repeat(10_000);
    sound(banner.clone(), body(&long));
    is(
        banner.clone(),
        body(&format!("{long}é")),
        "error: content.en.body: this is longer than 10000 characters",
    );
    // Of one text the first ten mistakes are said: each takes as long to place as the text is long.
    assert_eq!(nudge(banner, body(&"{{usr.name|}}".repeat(500))).len(), 10);
    // The column is that in the playbook, behind what is escaped there.
    let text = r#"{"nudges": {"n": {"purpose": "help", "on": "load", "placement": {"kind": "banner"},
"content": {"en": {"title": "a\"\u00e9 {{user.name}}"}}}}}"#;
    let found = check(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].line, found[0].column), (2, 40));
}

#[test]
fn what_pages_say_in_english_of_their_own_is_missing_in_other_languages() {
    let steps = json!([{"id": "a", "signal": "tasks"}, {"id": "b", "signal": "tasks"}]);
    let stepwise = json!({"title": "T", "steps": {"a": {"title": "A"}, "b": {"title": "B"}}});
    let asking = json!({"title": "T", "submit": "S", "thanks": "Y"});
    let merged = |one: &Json, other: Json| {
        let both = [one.clone(), other].into_iter().flat_map(|each| each.as_object().unwrap().clone());
        Json::Object(both.collect())
    };
    for (kind, more, words, own) in [
        ("banner", json!({}), json!({"title": "T"}), vec!["close"]),
        (
            "tour",
            json!({"steps": [{"id": "a"}, {"id": "b"}]}),
            stepwise.clone(),
            vec!["close", "next", "back", "done"],
        ),
        ("checklist", json!({"steps": steps}), stepwise, vec!["close", "done"]),
        ("ask", json!({"question": {"type": "text"}}), asking.clone(), vec!["close", "kept"]),
        (
            "ask",
            json!({"question": {"type": "text", "talk": true}}),
            merged(&asking, json!({"talk": "M"})),
            vec!["close", "sent", "kept"],
        ),
        (
            "modal",
            json!({"form": {"fields": [{"name": "f", "type": "text"}]}}),
            merged(&asking, json!({"fields": {"f": "F"}})),
            vec!["close", "sent", "kept"],
        ),
    ] {
        let of = |content: Json| merged(&more, json!({"placement": {"kind": kind}, "content": content}));
        let names: Vec<_> = own.iter().map(|name| format!("`{name}`")).collect();
        let lacks = |language: &str| {
            let what = names.join(", ");
            format!("warning: content.{language}: `{language}` lacks what another language has: {what} (")
        };
        let whole = merged(&words, own.iter().map(|name| (*name, json!("W"))).collect());
        is(of(json!({"de": words})), json!({}), &lacks("de"));
        is(of(json!({"en-GB": words, "de": words})), json!({}), &lacks("de"));
        sound(of(json!({"en": words})), json!({}));
        sound(of(json!({"de": whole})), json!({}));
        // What is written in German comes before what a page has in English.
        is(of(json!({"de": whole, "en": words})), json!({}), &lacks("en"));
    }
    sound(json!({"placement": {"kind": "headless"}, "content": {"de": {"title": "T"}}}), json!({}));
}

#[test]
fn what_a_language_lacks_is_warned_of_and_what_all_lack_is_a_mistake() {
    let parts = |content: Json| {
        json!({
            "placement": {"kind": "banner"}, "actions": [{"id": "go", "open": "/"}], "content": content
        })
    };
    let whole = json!({"title": "T", "body": "B", "actions": {"go": "G"}, "close": "C"});
    sound(parts(json!({"en": whole, "de": whole, "pt-BR": whole})), json!({}));
    // Portuguese of Brazil falls back to Portuguese.
    sound(parts(json!({"en": whole, "pt": whole, "pt-BR": {"title": "T"}})), json!({}));
    is(
        parts(json!({"en": whole, "de": {"title": "T"}})),
        json!({}),
        "warning: content.de: `de` lacks what another language has: `body`, `actions.go`, `close` (there it is drawn in another language",
    );
    is(
        parts(json!({"de": {"title": "T", "close": "C"}, "en": {"title": "T", "close": "C"}})),
        json!({}),
        "error: content.de: the action `go` has no label in `actions`",
    );
    is(
        parts(json!({"pt_BR": whole})),
        json!({}),
        "error: content.pt_BR: expected a language such as \"en\" or \"pt-BR\", found \"pt_BR\" (browsers write it \"pt-BR\")",
    );
    is(parts(json!({})), json!({}), "error: content: expected the words of a language at least");
    let playbook = |languages: Json| {
        json!({
            "policy": {"languages": languages},
            "nudges": {"x": {"purpose": "help", "on": "load", "placement": {"kind": "modal"}, "content": {"de": {"title": "T", "close": "C"}}}}
        })
        .to_string()
    };
    assert_eq!(said(&playbook(json!(["de"]))), [] as [String; 0]);
    for (languages, wanted) in [
        (
            json!([]),
            "error: policy.languages: expected a list of 1 to 100 languages, such as [\"en\", \"de\"], found an empty list",
        ),
        (json!(["de", "de"]), "error: policy.languages.1: there is `de` already"),
        (
            json!(["german"]),
            "error: policy.languages.0: expected a language such as \"en\" or \"pt-BR\", found \"german\"",
        ),
        (
            json!(["de", "fr"]),
            "warning: policy.languages.1: nothing is written in `fr`, so nobody falls back to it",
        ),
    ] {
        assert_eq!(said(&playbook(languages)), [wanted]);
    }
    let compiled = compile(&playbook(json!(["de"]))).unwrap();
    assert_eq!(value_to_json(&compiled.playbook.nudges[0].appearance)["languages"], json!(["de"]));
}

#[test]
fn c40_pages_get_texts_in_pieces_and_all_else_as_written() {
    let parts = json!({
        "placement": {"kind": "checklist", "position": "start"},
        "steps": [{"id": "a", "signal": "tasks", "at_least": 3}],
        "variants": [{"id": "one"}, {"id": "two", "content": {"en": {"title": "*T*", "body": "*B*", "steps": {"a": {"title": "A"}}}}}]
    });
    let words = json!({"title": "Hi {{user.name|there}}", "body": "Just words", "steps": {"a": {"title": "A", "body": "- b"}}});
    let compiled = compile(&playbook(&parts, &words)).unwrap();
    let nudge = &compiled.playbook.nudges[0];
    assert_eq!(
        value_to_json(&nudge.appearance),
        json!({
            "placement": parts["placement"],
            "steps": [{"id": "a", "signal": "tasks", "at_least": 3}],
            "content": {"en": {
                "title": ["Hi ", {"of": "user.name", "or": "there"}],
                "body": "Just words",
                "steps": {"a": {"title": "A", "body": [{"ul": [["b"]]}]}}
            }}
        })
    );
    assert_eq!(
        value_to_json(&nudge.variants[1].appearance),
        json!({"content": {"en": {"title": "*T*", "body": [{"em": ["B"]}], "steps": {"a": {"title": "A"}}}}})
    );
}

#[test]
fn pages_get_what_of_an_account_steps_and_texts_speak_of() {
    let names = |parts: Json, words: Json| -> Vec<String> {
        let whole = compile(&playbook(&parts, &words)).unwrap();
        let page = for_pages(&whole.playbook);
        let ripen::engine::Value::Map(_) = page.playbook.nudges[0].appearance else { unreachable!() };
        let account = &page.playbook.account;
        let signals = account.signals.iter().map(|signal| signal.name.clone());
        signals.chain(account.segments.iter().map(|segment| segment.id.clone())).collect()
    };
    let banner = || json!({"placement": {"kind": "banner"}});
    assert_eq!(names(banner(), json!({"title": "T"})), [] as [&str; 0]);
    assert_eq!(names(banner(), json!({"title": "T", "body": "**{{signals.seats|0}}**"})), ["seats"]);
    let steps = json!({"placement": {"kind": "checklist"}, "steps": [{"id": "a", "segment": "big"}, {"id": "of", "signal": "tasks"}]});
    let words = json!({"title": "T", "steps": {"a": {"title": "A"}, "of": {"title": "signals.hidden"}}});
    assert_eq!(names(steps, words), ["big"]);
    let variant = json!({"placement": {"kind": "banner"}, "variants": [{"id": "v", "content": {"en": {"title": "{{signals.hidden|0}}"}}}]});
    assert_eq!(names(variant, json!({"title": "T"})), ["hidden"]);
}
