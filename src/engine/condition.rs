//! Conditions: GrowthBook's targeting language over what a [`Document`] shows (`semantics.md` §4).
//!
//! One evaluator with a [`Visitor`]: the fold's notes when a verdict can turn by time alone, the explaining one builds
//! the whole tree, with what was seen and what was wanted.

use super::field::Field;
use super::predicate::Predicate;
use super::time::{Hour, Offset};
use super::value::Value;
use super::wire::wire_enum;

/// A condition, compiled.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Each holds; an empty one always does.
    All(Vec<Condition>),
    /// At least one holds; an empty one always does, as in GrowthBook.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// What is seen at a field meets a predicate.
    Test(Field, Predicate),
    /// So many of these hold as the predicate says: `$size` of a list of ids.
    Count(Vec<Condition>, Predicate),
}

/// It always holds.
impl Default for Condition {
    fn default() -> Condition {
        Condition::ALWAYS
    }
}

/// What is found at a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen<'a> {
    /// Nothing, or null.
    Absent,
    /// A truth value: a trait, a segment, a moment.
    Flag(bool),
    /// A number: a trait, a signal, hours.
    Number(f64),
    /// A string: a trait, a momentum.
    Text(&'a str),
    /// A rung's id, and its position on the ladder.
    Stage(&'a str, u8),
    /// A list or a map of a trait or a property.
    Tree(&'a Value),
}

impl<'a> Seen<'a> {
    /// A value as conditions see it.
    pub fn of(value: &'a Value) -> Seen<'a> {
        match value {
            Value::Null => Seen::Absent,
            Value::Bool(flag) => Seen::Flag(*flag),
            Value::Number(number) => Seen::Number(*number),
            Value::Text(text) => Seen::Text(text),
            Value::List(_) | Value::Map(_) => Seen::Tree(value),
        }
    }

    /// What it is as a value, if it is one: all but a list or a map, which no definition gives.
    pub fn scalar(self) -> Value {
        match self {
            Seen::Absent | Seen::Tree(_) => Value::Null,
            Seen::Flag(flag) => Value::Bool(flag),
            Seen::Number(number) => Value::Number(number),
            Seen::Text(text) | Seen::Stage(text, _) => Value::Text(text.to_owned()),
        }
    }

    /// A number that may be absent.
    pub fn number(number: Option<f64>) -> Seen<'a> {
        number.map_or(Seen::Absent, Seen::Number)
    }

    /// A string that may be absent.
    pub fn text(text: Option<&'a str>) -> Seen<'a> {
        text.map_or(Seen::Absent, Seen::Text)
    }
}

/// How what is seen at a field changes by time alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drift {
    /// Not at all.
    Still,
    /// Perhaps at this hour, and not before.
    Until(Hour),
    /// It grows by one each hour; now it is this hour.
    Hourly(Hour),
    /// It falls by one each hour; now it is this hour.
    Falling(Hour),
    /// It grows by one each hour of the account's clock, which shows the first of these; the person's own shows the other.
    HourlyThere(Hour, Hour, Offset),
}

/// What conditions are about: the view of a person or an account, or the properties of an event.
pub trait Document {
    /// What is at the field now.
    fn seen(&self, field: &Field) -> Seen<'_>;
    /// How that changes by time alone: how long it is the same in the eyes of `same`, which is asked about each value
    /// that it will have. (Of what counts hours it is not asked.)
    fn drift(&self, field: &Field, same: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift;
}

/// How the parts of a condition are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Joint<'a> {
    /// Each has to hold.
    All,
    /// One has to hold.
    Any,
    /// The only part must not hold.
    Not,
    /// The number of parts that hold has to meet this.
    Count(&'a Predicate),
}

/// Is told about each test that was made, and how they are joined. In the order in which they are written: `enter`, what
/// is in there, `leave`.
pub trait Visitor {
    /// Whether to go on where the verdict is clear already.
    fn wants_all(&self) -> bool {
        false
    }
    /// The parts of a joint follow.
    fn enter(&mut self, _joint: Joint<'_>) {}
    /// That were the parts, and this follows from them.
    fn leave(&mut self, _holds: bool) {}
    /// A test, its verdict, and the earliest hour at which that could turn by time alone.
    fn test(
        &mut self,
        field: &Field,
        predicate: &Predicate,
        seen: Seen<'_>,
        holds: bool,
        turns: Option<Hour>,
    );
}

/// The fold's visitor: when the verdict could turn by time alone.
#[derive(Debug, Default)]
pub struct NextTurn(pub Option<Hour>);

impl Visitor for NextTurn {
    fn test(&mut self, _: &Field, _: &Predicate, _: Seen<'_>, _: bool, turns: Option<Hour>) {
        self.0 = earliest(self.0, turns);
    }
}

/// The earlier of two hours that may not come.
pub fn earliest(one: Option<Hour>, other: Option<Hour>) -> Option<Hour> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// How many future values are looked at for when a verdict turns: as many as cost less than an evaluation. Then it is
/// looked at again.
const MOST_LOOKS: u8 = 8;

impl Condition {
    /// The condition that always holds.
    pub const ALWAYS: Condition = Condition::All(Vec::new());

    /// Evaluates. Tests that can no longer change the verdict are left out (so the earliest turn of those visited is a
    /// lower bound for the whole), unless the visitor wants them all.
    ///
    /// Generic over the visitor, since the page has only the fold's, for which entering and leaving is nothing at all.
    pub fn holds<V: Visitor>(&self, document: &dyn Document, visitor: &mut V) -> bool {
        match self {
            Condition::All(parts) => join(parts, Joint::All, document, visitor),
            Condition::Any(parts) => join(parts, Joint::Any, document, visitor),
            Condition::Not(part) => {
                visitor.enter(Joint::Not);
                let holds = !part.holds(document, visitor);
                visitor.leave(holds);
                holds
            }
            Condition::Count(parts, wanted) => {
                visitor.enter(Joint::Count(wanted));
                let mut held = 0.0;
                for part in parts {
                    held += f64::from(u8::from(part.holds(document, visitor)));
                }
                let holds = wanted.holds(Seen::Number(held));
                visitor.leave(holds);
                holds
            }
            Condition::Test(field, predicate) => {
                let seen = document.seen(field);
                let holds = predicate.holds(seen);
                let mut looks = 0;
                let mut same = |later: Seen<'_>| {
                    looks += 1;
                    looks < MOST_LOOKS && predicate.holds(later) == holds
                };
                let turns = match document.drift(field, &mut same) {
                    Drift::Still => None,
                    Drift::Until(hour) => Some(hour),
                    Drift::Hourly(now) => predicate.hours_to_turn(seen, 1).map(|hours| now.after(hours)),
                    Drift::Falling(now) => predicate.hours_to_turn(seen, -1).map(|hours| now.after(hours)),
                    Drift::HourlyThere(there, here, offset) => {
                        predicate.hours_to_turn(seen, 1).map(|hours| {
                            // The person looks when their own next hour begins, then or after.
                            let turns = there.after(hours).start(Offset::UTC);
                            Hour::first_from(turns, offset).max(Hour(here.0 + 1))
                        })
                    }
                };
                visitor.test(field, predicate, seen, holds, turns);
                holds
            }
        }
    }

    /// Calls `f` with each field that the condition looks at.
    pub fn fields(&self, f: &mut dyn FnMut(&Field)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, _) => {
                parts.iter().for_each(|part| part.fields(f))
            }
            Condition::Not(part) => part.fields(f),
            Condition::Test(field, _) => f(field),
        }
    }
}

/// Whether all parts or any part holds; an empty `Any` does too.
fn join<V: Visitor>(parts: &[Condition], joint: Joint<'_>, document: &dyn Document, visitor: &mut V) -> bool {
    visitor.enter(joint);
    let all = joint == Joint::All;
    let mut verdict = all || parts.is_empty();
    for part in parts {
        if part.holds(document, visitor) != all {
            verdict = !all;
            if !visitor.wants_all() {
                break;
            }
        }
    }
    visitor.leave(verdict);
    verdict
}

wire_enum!(Condition or Condition::ALWAYS, { 0 => All(parts), 1 => Any(parts), 2 => Not(part), 3 => Test(field, predicate), 4 => Count(parts, predicate) });
