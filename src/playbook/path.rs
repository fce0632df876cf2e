//! The dotted path of a field, as a playbook writes it.

use crate::engine::{Definitions, Field, Index, Ladder, Playbook, Scope};

use super::known::Known;

/// What fields are named after: a whole playbook, or what has been read of it so far.
pub(crate) trait Defined {
    fn definitions(&self, scope: Scope) -> &Definitions;
    fn ladder(&self, scope: Scope, index: Index) -> Option<&str>;
    fn rung(&self, scope: Scope, index: Index, position: u8) -> Option<&str>;
}

impl Defined for Playbook {
    fn definitions(&self, scope: Scope) -> &Definitions {
        self.of(scope)
    }

    fn ladder(&self, scope: Scope, index: Index) -> Option<&str> {
        ladder(self, scope, index).map(|ladder| &*ladder.id)
    }

    fn rung(&self, scope: Scope, index: Index, position: u8) -> Option<&str> {
        ladder(self, scope, index)?.rungs.get(usize::from(position)).map(|rung| &*rung.id)
    }
}

fn ladder(playbook: &Playbook, scope: Scope, index: Index) -> Option<&Ladder> {
    playbook.of(scope).ladders.get(usize::from(index))
}

/// A ladder is named in its own rungs, before it is among the definitions.
impl Defined for Known {
    fn definitions(&self, scope: Scope) -> &Definitions {
        self.of(scope)
    }

    fn ladder(&self, scope: Scope, index: Index) -> Option<&str> {
        self.ladder_at(scope, index).map(|ladder| &*ladder.id)
    }

    fn rung(&self, scope: Scope, index: Index, position: u8) -> Option<&str> {
        self.rungs(scope, index).get(usize::from(position)).map(String::as_str)
    }
}

/// The dotted path of a field.
pub(crate) fn path(defined: &impl Defined, field: &Field) -> String {
    let named = |section: &str, name: Option<&str>| format!("{section}.{}", name.unwrap_or("?"));
    match field {
        Field::Trait(Scope::Person, path) => format!("user.{}", path.join(".")),
        Field::Trait(Scope::Account, path) => format!("account.{}", path.join(".")),
        Field::Property(path) | Field::Page(path) => path.join("."),
        Field::Momentum => "momentum".to_owned(),
        Field::Alive => "alive".to_owned(),
        Field::Weekday => "now.weekday".to_owned(),
        Field::HourOfDay => "now.hour".to_owned(),
        Field::Score(scope, index) | Field::Band(scope, index) => {
            let section = if matches!(field, Field::Score(..)) { "scores" } else { "bands" };
            let score = defined.definitions(*scope).scores.get(usize::from(*index));
            named(section, score.map(|score| &*score.id))
        }
        Field::Signal(scope, index) => {
            let signal = defined.definitions(*scope).signals.get(usize::from(*index));
            named("signals", signal.map(|signal| &*signal.name))
        }
        Field::Segment(scope, index) => {
            let segment = defined.definitions(*scope).segments.get(usize::from(*index));
            named("segments", segment.map(|segment| &*segment.id))
        }
        Field::Moment(scope, index) => {
            let moment = defined.definitions(*scope).moments.get(usize::from(*index));
            named("moments", moment.map(|moment| &*moment.id))
        }
        Field::Stage(scope, index) => named("stages", defined.ladder(*scope, *index)),
        Field::Reached(scope, index, rung) => {
            let ladder = named("reached", defined.ladder(*scope, *index));
            named(&ladder, defined.rung(*scope, *index, *rung))
        }
    }
}
