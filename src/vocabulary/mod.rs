//! What a playbook speaks of: every name that an application writes, with what is known of the values that go with it.
//!
//! `ripen types` makes types of it, and the development build of the page warns by it of what nobody knows. It is read
//! from the compiled playbook, so that it can be told of one that was published, too. `heard` finds events and what of
//! their properties is looked at; `traits` what is known of people and accounts; `drawn` what nudges call; `kinds` says
//! what a condition expects of a value; `json` writes it down.

mod drawn;
mod heard;
mod json;
mod kinds;
mod shape;
mod traits;

use std::collections::BTreeSet;

use crate::engine::{Definitions, Edge, Form, Playbook, Scope};

pub use heard::Heard;
pub use json::to_json;
pub use kinds::{Kind, Kinds};
pub use shape::Shape;

/// All names, each list in the order written where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Events, sorted by bytes. Ripen's own (`$page`, `$nudge_shown` …) are not among them: no application tracks them.
    pub events: Vec<Heard>,
    /// Names of pages that something looks at, sorted.
    pub pages: BTreeSet<String>,
    /// Signals, and what their values are.
    pub signals: Vec<(String, Scope, Kinds)>,
    /// Segments.
    pub segments: Vec<String>,
    /// Scores, and their bands from the highest.
    pub scores: Vec<(String, Vec<String>)>,
    /// Ladders, and their rungs from the bottom.
    pub ladders: Vec<(String, Vec<String>)>,
    /// Moments.
    pub moments: Vec<String>,
    /// Nudges.
    pub nudges: Vec<String>,
    /// By what an application asks for nudges (`{"call": name}`), sorted.
    pub triggers: BTreeSet<String>,
    /// What buttons of nudges call in the application, sorted.
    pub actions: BTreeSet<String>,
    /// The slots that nudges are drawn in, sorted.
    pub slots: BTreeSet<String>,
    /// Traits of a person that something looks at.
    pub user: Shape,
    /// Traits of an account.
    pub account: Shape,
}

impl Vocabulary {
    /// Reads it.
    pub fn of(playbook: &Playbook) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.define(&playbook.person, Scope::Person);
        vocabulary.define(&playbook.account, Scope::Account);
        for nudge in &playbook.nudges {
            vocabulary.nudges.push(nudge.id.clone());
            vocabulary.triggers.extend(nudge.on.iter().filter_map(|edge| match edge {
                Edge::Call(name) => Some(name.clone()),
                _ => None,
            }));
        }
        traits::read(playbook, &mut vocabulary);
        let mut events = heard::read(playbook);
        drawn::read(playbook, &mut vocabulary, &mut events);
        vocabulary.pages = events.pages();
        vocabulary.events = events.into_told();
        vocabulary
    }

    fn define(&mut self, definitions: &Definitions, scope: Scope) {
        for signal in &definitions.signals {
            let kind = if matches!(signal.form, Form::Last(_)) { Kind::Scalar } else { Kind::Number };
            self.signals.push((signal.name.clone(), scope, Kinds::of(kind)));
        }
        self.segments.extend(definitions.segments.iter().map(|segment| segment.id.clone()));
        for score in &definitions.scores {
            let bands = score.bands.iter().map(|(band, _)| band.clone());
            self.scores.push((score.id.clone(), bands.collect()));
        }
        for ladder in &definitions.ladders {
            let rungs = ladder.rungs.iter().map(|rung| rung.id.clone());
            self.ladders.push((ladder.id.clone(), rungs.collect()));
        }
        self.moments.extend(definitions.moments.iter().map(|moment| moment.id.clone()));
    }
}
