//! What is drawn: what its buttons call and track, where it stands, and the traits that its words speak of.

use crate::engine::{Playbook, Scope, Value};

use super::Vocabulary;
use super::heard::Events;
use super::kinds::Kind;

/// Finds it, in nudges and their variants.
pub(super) fn read(playbook: &Playbook, vocabulary: &mut Vocabulary, events: &mut Events<'_>) {
    for nudge in &playbook.nudges {
        let drawn = std::iter::once(&nudge.appearance);
        for appearance in drawn.chain(nudge.variants.iter().map(|variant| &variant.appearance)) {
            vocabulary
                .slots
                .extend(appearance.get("placement").and_then(|placement| text(placement, "slot")));
            let form = appearance.get("form");
            vocabulary.actions.extend(form.and_then(|form| text(form, "call")));
            for field in form.into_iter().flat_map(|form| list(form, "fields")) {
                text(field, "prefill").iter().for_each(|path| vocabulary.speak_of(path, None));
            }
            for action in list(appearance, "actions") {
                let calls = ["call", "checkout"].into_iter().filter_map(|deed| text(action, deed));
                vocabulary.actions.extend(calls);
                if let Some(event) = text(action, "track") {
                    let by = format!("nudges.{}", nudge.id);
                    let heard = events.told(&event);
                    if !heard.by.contains(&by) {
                        heard.by.push(by);
                    }
                }
                vocabulary.apply(action.get("apply"));
            }
            appearance.get("content").into_iter().for_each(|content| vocabulary.read_texts(content));
        }
    }
}

impl Vocabulary {
    /// Placeholders stand in lists of pieces, and nothing else does: labels are in maps, whatever they are called.
    fn read_texts(&mut self, words: &Value) {
        match words {
            Value::Map(entries) => entries.iter().for_each(|(_, inner)| self.read_texts(inner)),
            Value::List(pieces) => {
                pieces.iter().for_each(|piece| match (text(piece, "of"), piece.get("or")) {
                    (Some(path), Some(_)) => self.speak_of(&path, text(piece, "as").as_deref()),
                    _ => self.read_texts(piece),
                })
            }
            _ => {}
        }
    }

    /// A trait is shown, perhaps as a number.
    fn speak_of(&mut self, path: &str, format: Option<&str>) {
        let Some((head, rest)) = path.split_once('.') else { return };
        let scope = match head {
            "user" => Scope::Person,
            "account" => Scope::Account,
            _ => return,
        };
        let kind = match format {
            Some("number" | "plural") => Kind::Number,
            _ => Kind::Scalar,
        };
        let path: Vec<String> = rest.split('.').map(str::to_owned).collect();
        self.traits(scope).note(&path, kind);
    }

    /// A button sets traits, as the application tells them by `identify`.
    fn apply(&mut self, traits: Option<&Value>) {
        let Some(Value::Map(entries)) = traits else { return };
        for (name, value) in entries {
            self.user.at(std::slice::from_ref(name)).into_iter().for_each(|kinds| kinds.compare(value));
        }
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    match value.get(key) {
        Some(Value::List(values)) => values,
        _ => &[],
    }
}
