//! Conditions as trees: what the engine's evaluator tells, written down, and below each test on something derived the
//! definition that it rests on.

use std::cell::Cell;

use super::definitions;
use super::explanation::{Explanation, Kind};
use super::forecast::{Forecast, Track};
use super::ids::Definition;
use super::subject::About;
use super::words::{self, Words};
use crate::engine::{
    Condition, ConditionId, Field, Form, Hour, Joint, Predicate, Scope, Seen, Sight, Value, Visitor,
};
use crate::playbook::path;

/// Definitions that rest on definitions are shown so far down.
const DEEPEST: u8 = 4;
/// More nodes than anybody reads; an end where each definition names many others.
const MOST_NODES: usize = 20_000;

/// Explains one subject at one instant.
pub(super) struct Explainer<'a> {
    pub(super) about: &'a About<'a>,
    pub(super) forecast: &'a Forecast,
    left: Cell<usize>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(about: &'a About<'a>, forecast: &'a Forecast) -> Explainer<'a> {
        Explainer { about, forecast, left: Cell::new(MOST_NODES) }
    }

    /// The parts of a condition of a scope; none where only the account's outside is known.
    pub(super) fn condition(&self, scope: Scope, id: ConditionId, depth: u8) -> Vec<Explanation> {
        let condition = self.about.playbook.of(scope).conditions.get(usize::from(id));
        match (condition, self.about.sight(scope)) {
            (Some(condition), Some(sight)) => {
                self.parts(condition, sight, self.forecast.condition(scope, id), depth)
            }
            _ => Vec::new(),
        }
    }

    /// The parts of a condition: of one that wants all its parts these, else itself.
    pub(super) fn parts(
        &self,
        condition: &Condition,
        sight: Sight<'_>,
        track: Option<&Track>,
        depth: u8,
    ) -> Vec<Explanation> {
        let mut builder =
            Builder { explainer: self, track, depth, next: 0, open: Vec::new(), done: Vec::new() };
        condition.holds(&sight, &mut builder);
        match builder.done.pop() {
            Some(all) if all.kind == Kind::All => all.parts,
            one => one.into_iter().collect(),
        }
    }

    /// What a field rests on, if that is a definition.
    fn below(&self, field: &Field, predicate: &Predicate, holds: bool, depth: u8) -> Vec<Explanation> {
        if depth >= DEEPEST || self.left.get() == 0 {
            return Vec::new();
        }
        match field {
            Field::Segment(scope, index) => {
                definitions::parts(self, Definition::Segment(*scope, *index), depth + 1)
            }
            // A number says what it counts where it is made of others.
            Field::Signal(scope, index) => {
                let signal = self.about.playbook.of(*scope).signals.get(usize::from(*index));
                let Some(Form::Ratio(one, other)) = signal.map(|signal| &signal.form) else {
                    return Vec::new();
                };
                let signals = [one, other].into_iter().filter_map(|field| match field {
                    Field::Signal(scope, index) => Some(Definition::Signal(*scope, *index)),
                    _ => None,
                });
                signals.filter_map(|signal| definitions::explain_at(self, signal, depth + 1)).collect()
            }
            Field::Score(scope, index) | Field::Band(scope, index) => {
                definitions::parts(self, Definition::Score(*scope, *index), depth + 1)
            }
            Field::Moment(scope, index) => {
                definitions::parts(self, Definition::Moment(*scope, *index), depth + 1)
            }
            Field::Stage(scope, index) => {
                let rungs = self.about.playbook.of(*scope).ladders.get(usize::from(*index));
                let count = rungs.map_or(0, |ladder| ladder.rungs.len());
                let text = |id: &str| {
                    let position = rungs?.rungs.iter().position(|rung| rung.id == id)?;
                    u8::try_from(position).ok()
                };
                let aim = match predicate {
                    Predicate::AtLeast(position) | Predicate::Below(position) => Some(*position),
                    Predicate::Is { text: id, .. } => text(id),
                    Predicate::Equals(Value::Text(id)) => text(id),
                    _ => None,
                };
                let rungs = (0..).take(count).filter(|rung| aim.is_none_or(|aim| *rung <= aim));
                let explained = rungs.filter_map(|rung| {
                    let rung =
                        definitions::explain_at(self, Definition::Rung(*scope, *index, rung), depth + 1)?;
                    // Of what is reached the last rung says why; of what is not, those that are missing.
                    (rung.holds == Some(false) || (holds && aim.is_some())).then_some(rung)
                });
                let mut explained: Vec<Explanation> = explained.collect();
                if holds && aim.is_some() {
                    explained.drain(..explained.len().saturating_sub(1));
                }
                explained
            }
            Field::Reached(scope, index, rung) => {
                definitions::explain_at(self, Definition::Rung(*scope, *index, *rung), depth + 1)
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether there is room for one more node.
    fn take(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

/// A joint whose parts are being told.
enum Opened {
    All,
    Any,
    Not,
    Count(String),
}

/// Builds the tree of one condition.
struct Builder<'e, 'a> {
    explainer: &'e Explainer<'a>,
    track: Option<&'e Track>,
    depth: u8,
    /// Position of the next verdict in the track.
    next: usize,
    open: Vec<(Opened, usize, Vec<Explanation>)>,
    done: Vec<Explanation>,
}

impl Builder<'_, '_> {
    fn position(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn add(&mut self, node: Explanation) {
        match self.open.last_mut() {
            Some((_, _, parts)) => parts.push(node),
            None => self.done.push(node),
        }
    }
}

impl Visitor for Builder<'_, '_> {
    fn wants_all(&self) -> bool {
        true
    }

    fn enter(&mut self, joint: Joint<'_>) {
        let position = self.position();
        let opened = match joint {
            Joint::All => Opened::All,
            Joint::Any => Opened::Any,
            Joint::Not => Opened::Not,
            Joint::Count(wanted) => {
                Opened::Count(words::wanted_of_number(self.explainer.about.playbook, wanted))
            }
        };
        self.open.push((opened, position, Vec::new()));
    }

    fn leave(&mut self, holds: bool) {
        let Some((joint, position, mut parts)) = self.open.pop() else { return };
        let counted;
        let (kind, text) = match joint {
            // A list of one is that one.
            Opened::All | Opened::Any if parts.len() == 1 => {
                parts.into_iter().for_each(|only| self.add(only));
                return;
            }
            Opened::All => (Kind::All, "all of these"),
            Opened::Any if parts.is_empty() => (Kind::Any, "nothing is asked"),
            Opened::Any => (Kind::Any, "one of these at least"),
            Opened::Count(ref wanted) => {
                let held = parts.iter().filter(|part| part.holds == Some(true)).count();
                counted = format!("{held} of these hold, wanted {wanted}");
                (Kind::Count, counted.as_str())
            }
            Opened::Not => match parts.first_mut() {
                Some(any) if any.kind == Kind::Any && !any.parts.is_empty() => {
                    parts = std::mem::take(&mut any.parts);
                    (Kind::Not, "none of these")
                }
                Some(all) if all.kind == Kind::All => {
                    parts = std::mem::take(&mut all.parts);
                    (Kind::Not, "not all of these")
                }
                _ => (Kind::Not, "not this"),
            },
        };
        let mut node = Explanation::new(kind, Some(holds), text.to_owned());
        node.turns = self.track.and_then(|track| track.turns(position));
        node.parts = parts;
        self.add(node);
    }

    fn test(&mut self, field: &Field, predicate: &Predicate, seen: Seen<'_>, holds: bool, _: Option<Hour>) {
        let position = self.position();
        if !self.explainer.take() {
            return;
        }
        let playbook = self.explainer.about.playbook;
        let words = Words::about(playbook, field);
        let mut node = Explanation::new(Kind::Test, Some(holds), words.sentence(seen, predicate));
        node.id = Some(path(playbook, field));
        node.test = Some((owned(seen), words.wanted(predicate)));
        node.turns = self.track.and_then(|track| track.turns(position));
        node.parts = self.explainer.below(field, predicate, holds, self.depth);
        self.add(node);
    }
}

fn owned(seen: Seen<'_>) -> Value {
    match seen {
        Seen::Absent => Value::Null,
        Seen::Flag(flag) => Value::Bool(flag),
        Seen::Number(number) => Value::Number(number),
        Seen::Text(text) | Seen::Stage(text, _) => Value::Text(text.to_owned()),
        Seen::Tree(value) => value.clone(),
    }
}
