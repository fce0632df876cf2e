//! Placements, actions, forms, steps, questions, pictures, variants.

use serde_json::{Value as Json, json};

use crate::{is, sound};

#[test]
fn every_placement_is_understood() {
    let title = json!({"title": "T"});
    for placement in [
        json!({"kind": "banner"}),
        json!({"kind": "banner", "position": "top"}),
        json!({"kind": "banner", "position": "inline", "anchor": "main > .top"}),
        json!({"kind": "modal"}),
        json!({"kind": "slide_out", "position": "start"}),
        json!({"kind": "toast", "position": "top", "seconds": 60}),
        json!({"kind": "tooltip", "anchor": "#invite", "side": "start", "wait": 0}),
        json!({"kind": "hotspot", "anchor": "[data-tour=\"a\"]"}),
        json!({"kind": "slot", "slot": "sidebar", "wait": 60}),
        json!({"kind": "headless"}),
    ] {
        sound(json!({"placement": placement}), title.clone());
    }
    sound(json!({"placement": {"kind": "headless"}, "content": {}}), json!({}));
}

#[test]
fn each_mistake_of_a_placement_says_what_was_expected() {
    let title = json!({"title": "T"});
    for (placement, wanted) in [
        (json!({}), "error: placement: a placement needs `kind`, and has none"),
        (json!({"kind": "modl"}), "error: placement.kind: expected one of `banner`, `modal`"),
        (
            json!({"kind": "modal", "position": "top"}),
            "error: placement.position: the placement `modal` has no `position`",
        ),
        (
            json!({"kind": "toast", "anchor": "#a"}),
            "error: placement.anchor: the placement `toast` has no `anchor` (it may have `position` and `seconds`)",
        ),
        (
            json!({"kind": "slide_out", "position": "left"}),
            "error: placement.position: expected one of `end` and `start`, found \"left\"",
        ),
        (
            json!({"kind": "toast", "seconds": 2}),
            "error: placement.seconds: expected a whole number from 3 to 60, found the number 2",
        ),
        (
            json!({"kind": "tooltip"}),
            "error: placement: the placement `tooltip` needs `anchor`, and has none",
        ),
        (
            json!({"kind": "tooltip", "anchor": "#"}),
            "error: placement.anchor: this is no selector: a name has to follow this sign",
        ),
        (
            json!({"kind": "tooltip", "anchor": "#a", "wait": 61}),
            "error: placement.wait: expected a whole number from 0 to 60, found the number 61",
        ),
        (
            json!({"kind": "banner", "position": "inline"}),
            "error: placement: a banner `inline` needs `anchor`, and has none",
        ),
        (
            json!({"kind": "banner", "anchor": "#a"}),
            "error: placement.anchor: only a banner that is `inline` has an `anchor`",
        ),
        (
            json!({"kind": "checklist"}),
            "error: placement: a placement `checklist` needs `steps` in its nudge, and there is none",
        ),
        (
            json!({"kind": "ask"}),
            "error: placement: a placement `ask` needs `question` in its nudge, and there is none",
        ),
    ] {
        is(json!({"placement": placement}), title.clone(), wanted);
    }
}

#[test]
fn an_action_does_one_thing() {
    let words = |form: bool| match form {
        true => {
            json!({"title": "T", "actions": {"a": "A"}, "submit": "S", "thanks": "T", "share": {"title": "T"}})
        }
        false => json!({"title": "T", "actions": {"a": "A"}}),
    };
    let of = |action: Json| {
        let mut action = action;
        action["id"] = json!("a");
        json!({"placement": {"kind": "banner"}, "actions": [action]})
    };
    for action in [
        json!({"open": "tel:+41"}),
        json!({"open": "/", "dismiss": true, "track": "x"}),
        json!({"dismiss": true, "snooze": true}),
        json!({"call": "show", "apply": {"seen": true, "old": null}}),
        json!({"checkout": "pro", "track": "x"}),
        json!({"track": "x"}),
        json!({"apply": {"x": [1]}}),
    ] {
        sound(of(action), words(false));
    }
    for share in ["mail", "copy"] {
        sound(of(json!({"share": share})), words(true));
    }
    for (action, wanted) in [
        (json!({}), "error: actions.0: an action does something (one of `open`, `dismiss`"),
        (
            json!({"call": "x", "checkout": "y"}),
            "error: actions.0.checkout: an action does one thing: this has `call` already, and `checkout` (beside it there may be `track` and `apply`)",
        ),
        (
            json!({"open": "/", "dismiss": true, "call": "x"}),
            "error: actions.0.call: an action does one thing",
        ),
        (json!({"next": true}), "error: actions.0.next: only a tour has steps to go next to"),
        (json!({"call": ""}), "error: actions.0.call: expected the name that the application has for it"),
        (json!({"apply": {}}), "error: actions.0.apply: expected the traits that it sets"),
        (json!({"share": "tweet"}), "error: actions.0.share: expected one of `mail` and `copy`"),
        (
            json!({"open": "javascript:alert(1)"}),
            "error: actions.0.open: expected a path, or an address with https:, mailto: or tel:, found \"javascript:alert(1)\"",
        ),
    ] {
        is(of(action), words(true), wanted);
    }
    is(
        of(json!({"talk": true})),
        words(true),
        "error: actions: an action `talk` leads to the nudge's `form`, and there is none",
    );
    is(
        of(json!({"share": "mail"})),
        words(false),
        "error: content.en: the content of what is shared needs `share.title`, and has none",
    );
}

#[test]
fn a_form_can_be_reached() {
    let fields = json!({"fields": [{"name": "m", "type": "text"}]});
    let words = json!({"title": "T", "fields": {"m": "M"}, "submit": "S", "thanks": "T", "actions": {}});
    for kind in ["modal", "slide_out"] {
        sound(json!({"placement": {"kind": kind}, "form": fields}), words.clone());
    }
    is(
        json!({"placement": {"kind": "toast"}, "form": fields}),
        words.clone(),
        "error: form: a placement `toast` has no room for a form, and no action leads to it (an action with `\"talk\": true` does)",
    );
    is(
        json!({"placement": {"kind": "modal"}, "form": {"call": "chat"}}),
        json!({"title": "T"}),
        "error: form: no action leads to this",
    );
    let talks = |form: Json| json!({"placement": {"kind": "toast"}, "actions": [{"id": "a", "talk": true}], "form": form});
    let labelled = json!({"title": "T", "actions": {"a": "A"}});
    sound(talks(json!({"schedule": "https://example.com/meet"})), labelled.clone());
    sound(talks(json!({"call": "chat"})), labelled.clone());
    for (form, wanted) in [
        (json!({}), "error: form: a form needs one of `fields`, `schedule` and `call`"),
        (
            json!({"call": "chat", "schedule": "https://example.com"}),
            "error: form.call: a form is one thing: it has `schedule` already, and `call`",
        ),
        (
            json!({"schedule": "/meet"}),
            "error: form.schedule: expected an address with https:, found \"/meet\"",
        ),
        (
            json!({"fields": [{"name": "a", "type": "text"}, {"name": "a", "type": "tel"}]}),
            "error: form.fields.1: there is a field `a` already",
        ),
        (
            json!({"fields": [{"name": "a", "type": "choice", "options": ["x", "x"]}]}),
            "error: form.fields.0.options.1: there is an option `x` already",
        ),
        (
            json!({"fields": [{"name": "a", "type": "text"}]}),
            "error: content.en: the field `a` has no label in `fields`",
        ),
    ] {
        let mut words = labelled.clone();
        words["submit"] = json!("S");
        words["thanks"] = json!("T");
        if form["fields"].as_array().is_some_and(|fields| fields.len() > 1 || fields[0]["options"].is_array())
        {
            words["fields"] = json!({"a": "A"});
        }
        is(talks(form), words, wanted);
    }
}

#[test]
fn steps_are_bound_to_what_there_is() {
    let checklist = |steps: Json| json!({"placement": {"kind": "checklist"}, "steps": steps});
    let tour = |steps: Json| json!({"placement": {"kind": "tour"}, "steps": steps});
    let words = json!({"title": "T", "steps": {"a": {"title": "A", "body": "*b*"}, "b": {"title": "B"}}});
    let one = json!({"title": "T", "steps": {"a": {"title": "A"}}});
    sound(
        checklist(
            json!([{"id": "a", "segment": "big"}, {"id": "b", "signal": "seats", "at_least": 1.5, "open": "/b"}]),
        ),
        words.clone(),
    );
    sound(tour(json!([{"id": "a", "anchor": "#a", "side": "end", "wait": 0}, {"id": "b"}])), words.clone());
    for (step, wanted) in [
        (
            json!({"segment": "on_fre"}),
            "error: steps.0.segment: there is no segment `on_fre` (did you mean `on_free`?)",
        ),
        (
            json!({"signal": "task"}),
            "error: steps.0.signal: there is no signal `task` (did you mean `tasks`?)",
        ),
        (json!({}), "error: steps.0: a step of a checklist needs `segment` or `signal`"),
        (
            json!({"segment": "on_free", "signal": "tasks"}),
            "error: steps.0.signal: a step is done by one thing: it has `segment` already, and `signal`",
        ),
        (
            json!({"segment": "on_free", "at_least": 2}),
            "error: steps.0.at_least: `at_least` is about a `signal`",
        ),
        (
            json!({"signal": "tasks", "at_least": 0}),
            "error: steps.0.at_least: expected a number above 0, found the number 0",
        ),
        (
            json!({"segment": "on_free", "anchor": "#a"}),
            "error: steps.0.anchor: a step of a checklist has no `anchor`",
        ),
        (
            json!({"segment": "on_free", "open": "data:x"}),
            "error: steps.0.open: expected a path, or an address",
        ),
        (
            json!({"signal": "days", "at_least": 8}),
            "warning: steps.0.signal: this step is never done: `signals.days`",
        ),
    ] {
        let mut step = step;
        step["id"] = json!("a");
        is(checklist(json!([step])), one.clone(), wanted);
    }
    is(
        checklist(json!([{"id": "a", "segment": "on_free"}])),
        json!({"title": "T"}),
        "error: content.en: the step `a` has no title in `steps`",
    );
    is(
        tour(json!([{"id": "a"}])),
        one.clone(),
        "error: steps: expected a list of 2 to 20 steps, found a list",
    );
    is(tour(json!([{"id": "a"}, {"id": "a"}])), one.clone(), "error: steps.1: there is a step `a` already");
    is(
        tour(json!([{"id": "a", "side": "top"}, {"id": "b"}])),
        words.clone(),
        "error: steps.0.side: `side` is about the `anchor` of a step, and this has none",
    );
    is(
        tour(json!([{"id": "a", "signal": "tasks"}, {"id": "b"}])),
        words.clone(),
        "error: steps.0.signal: a step of a tour has no `signal`",
    );
    is(
        json!({"placement": {"kind": "modal"}, "steps": [{"id": "a"}]}),
        one,
        "error: steps: a placement `modal` draws no `steps`: that does `checklist` and `tour`",
    );
}

#[test]
fn a_question_can_be_answered() {
    let ask = |question: Json| json!({"placement": {"kind": "ask"}, "question": question});
    let words = json!({"title": "T", "submit": "S", "talk": "T"});
    sound(ask(json!({"type": "scale", "from": -5, "to": 5})), words.clone());
    sound(
        ask(json!({"type": "choice", "options": ["a", "b"], "several": true, "talk": true})),
        json!({"title": "T", "submit": "S", "talk": "T", "options": {"question": {"a": "A"}}}),
    );
    sound(ask(json!({"type": "text"})), words.clone());
    for (question, wanted) in [
        (json!({"type": "nps"}), "error: question.type: expected one of `scale`, `choice` and `text`"),
        (json!({"type": "scale", "from": 0}), "error: question: a scale needs `to`, and has none"),
        (json!({"type": "scale", "from": 0, "to": 11}), "error: question: a scale of 0 to 11 has no room"),
        (
            json!({"type": "choice", "options": ["a"]}),
            "error: question.options: expected a list of 2 to 100 texts",
        ),
        (
            json!({"type": "text", "options": ["a", "b"]}),
            "error: question.options: a question of type `text` has no `options` (it may have `talk`)",
        ),
    ] {
        is(ask(question), words.clone(), wanted);
    }
    is(
        ask(json!({"type": "text", "talk": true})),
        json!({"title": "T", "submit": "S"}),
        "error: content.en: the content of a question that asks whether one may talk needs `talk`, and has none",
    );
    is(
        ask(json!({"type": "choice", "options": ["a", "b"]})),
        json!({"title": "T", "submit": "S", "options": {"question": {"c": "C"}}}),
        "error: content.en.options.question.c: there is no option `c` to label (did you mean",
    );
}

#[test]
fn a_picture_has_its_words_and_its_size() {
    let banner = json!({"placement": {"kind": "banner"}});
    let image = |image: Json| json!({"title": "T", "image": image});
    let whole = json!({"src": "https://example.com/a.png", "alt": "A chart", "width": 320, "height": 200});
    sound(banner.clone(), image(whole.clone()));
    for (name, value, wanted) in [
        (
            "alt",
            json!(""),
            "error: content.en.image.alt: expected what the image shows, in words, found an empty string",
        ),
        ("alt", Json::Null, "error: content.en.image: an image needs `alt`, and has none"),
        ("width", Json::Null, "error: content.en.image: an image needs `width`, and has none"),
        (
            "src",
            json!("data:image/png;base64,"),
            "error: content.en.image.src: expected a path, or an address with https:",
        ),
        ("height", json!(0.5), "error: content.en.image.height: expected a whole number from 1 to 16384"),
        ("width", json!(5000), "warning: content.en.image.width: 5000 pixels are more than any page has"),
    ] {
        let mut changed = whole.clone();
        match value {
            Json::Null => drop(changed.as_object_mut().unwrap().remove(name)),
            value => changed[name] = value,
        }
        is(banner.clone(), image(changed), wanted);
    }
}

#[test]
fn a_variant_says_what_differs_and_takes_over_the_rest() {
    let tour = json!({
        "placement": {"kind": "tour"}, "steps": [{"id": "a"}, {"id": "b"}],
        "variants": [{"id": "tour"}, {"id": "plain", "placement": {"kind": "modal"}}]
    });
    let words = json!({"title": "T", "steps": {"a": {"title": "A"}, "b": {"title": "B"}}});
    sound(tour.clone(), words.clone());
    let mut wrong = tour.clone();
    wrong["variants"][1]["steps"] = json!([{"id": "a"}, {"id": "b"}]);
    is(wrong, words.clone(), "error: variants.1.steps: a placement `modal` draws no `steps`");
    let mut other = tour;
    other["variants"][1] = json!({"id": "ask", "placement": {"kind": "ask"}, "question": {"type": "text"}});
    is(other, words, "error: content.en: the content of a question needs `submit`, and has none");
}
