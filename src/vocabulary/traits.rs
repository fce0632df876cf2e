//! Traits: what conditions, times and ratios look at of people and accounts.

use crate::engine::{Condition, Definitions, Edge, Field, Form, Playbook, Scope};

use super::Vocabulary;
use super::kinds::{Kind, each_test};
use super::shape::Shape;

/// Finds them.
pub(super) fn read(playbook: &Playbook, vocabulary: &mut Vocabulary) {
    vocabulary.hear_definitions(&playbook.person);
    vocabulary.hear_definitions(&playbook.account);
    if let Some(path) = &playbook.first_seen {
        vocabulary.user.note(path, Kind::String);
    }
    playbook.policy.never.iter().for_each(|never| vocabulary.hear(&never.when));
    for nudge in &playbook.nudges {
        vocabulary.hear(&nudge.when);
        for edge in &nudge.on {
            if let Edge::Page(condition) = edge {
                vocabulary.hear(condition);
            }
        }
    }
}

impl Vocabulary {
    fn hear_definitions(&mut self, definitions: &Definitions) {
        definitions.conditions.iter().for_each(|condition| self.hear(condition));
        for signal in &definitions.signals {
            match &signal.form {
                Form::Ratio(one, other) => {
                    self.note(one, Kind::Number);
                    self.note(other, Kind::Number);
                }
                // A date, or an instant, is written as a string.
                Form::Until(field) => self.note(field, Kind::String),
                _ => {}
            }
        }
    }

    fn hear(&mut self, condition: &Condition) {
        each_test(condition, &mut |field, predicate| {
            if let Field::Trait(scope, path) = field {
                self.traits(*scope).at(path).into_iter().for_each(|kinds| kinds.hear(predicate));
            }
        });
    }

    fn note(&mut self, field: &Field, kind: Kind) {
        if let Field::Trait(scope, path) = field {
            self.traits(*scope).note(path, kind);
        }
    }

    pub(super) fn traits(&mut self, scope: Scope) -> &mut Shape {
        match scope {
            Scope::Person => &mut self.user,
            Scope::Account => &mut self.account,
        }
    }
}
