//! What a condition asks of the value at a field: GrowthBook's operators, with JavaScript's comparisons, since that is
//! where others' test cases come from.

mod javascript;
mod version;

use super::condition::{Condition, NextTurn, Seen};
use super::inside::Inside;
use super::pattern::Pattern;
use super::value::Value;
use super::wire::wire_enum;
use javascript::{equals, matches, ordered, text_of};
pub use version::padded;

/// An operator with what it compares to.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// Plain equality with a string: what is seen is turned into one first. `number` is the string as a number, if
    /// JavaScript would print that number so (the compiler knows; the page need not print numbers).
    Is {
        /// The string.
        text: String,
        /// Its number.
        number: Option<f64>,
    },
    /// Plain equality with a number, a truth value, null, a list or a map.
    Matches(Value),
    /// `$eq`: the same type and value.
    Equals(Value),
    /// `$gt $gte $lt $lte`
    Ordered(Order, Value),
    /// `$in`: one of these, or a list that has one of these.
    In(Vec<Value>),
    /// `$exists`
    Exists(bool),
    /// `$atLeast`: the stage is the rung at this position of its ladder, or above; false without a stage.
    AtLeast(u8),
    /// `$below`: the stage is lower; false without a stage.
    Below(u8),
    /// All of these.
    All(Vec<Predicate>),
    /// `$not`, `$ne`, `$nin`
    Not(Box<Predicate>),
    /// `$regex`, and what ignores case: a string that the pattern matches.
    Pattern(Pattern),
    /// `$type`
    Type(Type),
    /// `$size`: a list, and of its length this holds.
    Size(Box<Predicate>),
    /// `$veq` and its like: this holds of the version, written such that strings are in the order of versions.
    Version(Box<Predicate>),
    /// `$elemMatch`, `$all`, `$ini`: a list, and of one of its elements this holds.
    Element {
        /// What is no list is taken as its only element.
        or_itself: bool,
        /// The element is at the property of no name, and what is in it at those that are named.
        condition: Box<Condition>,
    },
}

/// What `$type` tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Absent, too.
    Null,
    /// `true` or `false`
    Boolean,
    /// A number
    Number,
    /// A string
    String,
    /// A list
    Array,
    /// A map
    Object,
}

/// An ordering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `$lt`
    Less,
    /// `$lte`
    AtMost,
    /// `$gt`
    Greater,
    /// `$gte`
    AtLeast,
}

/// Nothing is asked.
impl Default for Predicate {
    fn default() -> Predicate {
        Predicate::All(Vec::new())
    }
}

impl Predicate {
    /// Whether what is seen meets it.
    pub fn holds(&self, seen: Seen<'_>) -> bool {
        match self {
            Predicate::Is { text, number } => match seen {
                Seen::Number(seen) => *number == Some(seen),
                seen => *text_of(seen) == **text,
            },
            Predicate::Matches(wanted) => matches(seen, wanted),
            Predicate::Equals(wanted) => equals(seen, wanted),
            Predicate::Ordered(order, wanted) => ordered(seen, *order, wanted),
            Predicate::In(wanted) => match seen {
                Seen::Tree(Value::List(values)) => values.iter().any(|value| is_in(Seen::of(value), wanted)),
                seen => is_in(seen, wanted),
            },
            Predicate::Exists(wanted) => matches!(seen, Seen::Absent) != *wanted,
            Predicate::AtLeast(rung) => matches!(seen, Seen::Stage(_, position) if position >= *rung),
            Predicate::Below(rung) => matches!(seen, Seen::Stage(_, position) if position < *rung),
            Predicate::All(parts) => parts.iter().all(|part| part.holds(seen)),
            Predicate::Not(part) => !part.holds(seen),
            Predicate::Pattern(pattern) => {
                matches!(seen, Seen::Text(text) | Seen::Stage(text, _) if pattern.matches(text))
            }
            Predicate::Type(wanted) => Type::of(seen) == *wanted,
            Predicate::Size(length) => match seen {
                Seen::Tree(Value::List(values)) => length.holds(Seen::Number(values.len() as f64)),
                _ => false,
            },
            Predicate::Version(wanted) => wanted.holds(Seen::Text(&version::padded(&version::text_of(seen)))),
            Predicate::Element { or_itself, condition } => {
                let holds = |seen| condition.holds(&Inside(seen), &mut NextTurn::default());
                match seen {
                    Seen::Tree(Value::List(values)) => values.iter().any(|value| holds(Seen::of(value))),
                    seen => *or_itself && holds(seen),
                }
            }
        }
    }

    /// For a number that grows by this an hour (1 or −1): in how many hours the verdict could turn, if ever.
    pub(super) fn hours_to_turn(&self, seen: Seen<'_>, step: i8) -> Option<i32> {
        match (self, seen) {
            // Once there it stays; before, it comes with an event, not with time.
            (Predicate::Exists(_), _) | (_, Seen::Absent) => None,
            (Predicate::Ordered(order, Value::Number(wanted)), Seen::Number(seen)) => {
                let distance = (wanted - seen) * f64::from(step);
                // Whether the verdict turns when the number is reached, or when it is passed.
                let reached = matches!(order, Order::AtLeast | Order::Less) == (step > 0);
                let first_after = if reached { distance.ceil() } else { distance.floor() + 1.0 };
                (first_after >= 1.0).then_some(first_after as i32)
            }
            (
                Predicate::Equals(Value::Number(wanted)) | Predicate::Matches(Value::Number(wanted)),
                Seen::Number(seen),
            ) => {
                // It turns where the number is reached, and an hour later again.
                let distance = (wanted - seen) * f64::from(step);
                (distance >= 0.0).then_some(distance.max(1.0) as i32)
            }
            (Predicate::All(parts), seen) => {
                let mut first: Option<i32> = None;
                for hours in parts.iter().filter_map(|part| part.hours_to_turn(seen, step)) {
                    first = Some(first.map_or(hours, |first| first.min(hours)));
                }
                first
            }
            (Predicate::Not(part), seen) => part.hours_to_turn(seen, step),
            _ => Some(1),
        }
    }
}

impl Type {
    fn of(seen: Seen<'_>) -> Type {
        match seen {
            Seen::Absent => Type::Null,
            Seen::Flag(_) => Type::Boolean,
            Seen::Number(_) => Type::Number,
            Seen::Text(_) | Seen::Stage(..) => Type::String,
            Seen::Tree(Value::List(_)) => Type::Array,
            Seen::Tree(_) => Type::Object,
        }
    }
}

fn is_in(seen: Seen<'_>, wanted: &[Value]) -> bool {
    wanted.iter().any(|wanted| equals(seen, wanted))
}

wire_enum!(Order or Order::Less, { 0 => Less, 1 => AtMost, 2 => Greater, 3 => AtLeast });
wire_enum!(Type or Type::Null, {
    0 => Null,
    1 => Boolean,
    2 => Number,
    3 => String,
    4 => Array,
    5 => Object,
});
wire_enum!(Predicate or Predicate::default(), {
    0 => Is { text, number },
    1 => Matches(wanted),
    2 => Equals(wanted),
    3 => Ordered(order, wanted),
    4 => In(wanted),
    5 => Exists(wanted),
    6 => AtLeast(rung),
    7 => Below(rung),
    8 => All(parts),
    9 => Not(part),
    10 => Pattern(pattern),
    11 => Type(wanted),
    12 => Size(length),
    13 => Version(wanted),
    14 => Element { or_itself, condition },
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::field::Field;

    #[test]
    fn a_growing_value_says_when_a_comparison_turns() {
        let turn = |order, wanted, seen| {
            Predicate::Ordered(order, Value::Number(wanted)).hours_to_turn(Seen::Number(seen), 1)
        };
        assert_eq!(turn(Order::AtLeast, 24.0, 20.0), Some(4));
        assert_eq!(turn(Order::AtLeast, 24.0, 24.0), None);
        assert_eq!(turn(Order::Greater, 24.0, 24.0), Some(1));
        assert_eq!(turn(Order::AtMost, 24.0, 25.0), None);
        assert_eq!(turn(Order::Less, 23.5, 20.0), Some(4));
        let equals =
            |wanted, seen| Predicate::Equals(Value::Number(wanted)).hours_to_turn(Seen::Number(seen), 1);
        assert_eq!([equals(24.0, 20.0), equals(24.0, 24.0), equals(24.0, 25.0)], [Some(4), Some(1), None]);
    }

    #[test]
    fn it_says_so_of_a_falling_value_too() {
        for order in [Order::AtLeast, Order::Greater, Order::AtMost, Order::Less] {
            for (wanted, seen) in [(3.0, 7.0), (3.0, 3.0), (3.0, 4.0), (3.5, 7.0), (-2.0, 0.0), (9.0, 3.0)] {
                let predicate = Predicate::Ordered(order, Value::Number(wanted));
                let holds = |hours: i32| predicate.holds(Seen::Number(seen - f64::from(hours)));
                let turns = (1..50).find(|hours| holds(*hours) != holds(0));
                assert_eq!(
                    predicate.hours_to_turn(Seen::Number(seen), -1),
                    turns,
                    "{order:?} {wanted} {seen}"
                );
            }
        }
    }

    #[test]
    fn what_is_absent_is_neither_more_nor_less_nor_a_number() {
        for predicate in [
            Predicate::Ordered(Order::AtMost, Value::Number(0.0)),
            Predicate::Ordered(Order::AtLeast, Value::Number(0.0)),
            Predicate::Matches(Value::Number(0.0)),
        ] {
            assert!(!predicate.holds(Seen::Absent), "{predicate:?}");
        }
    }

    #[test]
    fn no_verdict_on_a_number_of_hours_turns_before_it_is_said_to() {
        let not = |part: &Predicate| Predicate::Not(Box::new(part.clone()));
        let text = |text: &str| Value::Text(text.to_owned());
        let mut predicates = vec![
            Predicate::Is { text: "12".into(), number: Some(12.0) },
            Predicate::Matches(Value::Number(9.0)),
            Predicate::Equals(Value::Number(3.0)),
            Predicate::In(vec![Value::Number(5.0), text("7")]),
            Predicate::Exists(true),
            Predicate::Ordered(Order::Less, text("8")),
            Predicate::Ordered(Order::AtLeast, Value::Number(10.5)),
            Predicate::Pattern(Pattern::default()),
            Predicate::Type(Type::Number),
            Predicate::Size(Box::default()),
            Predicate::Version(Box::new(Predicate::Ordered(Order::Greater, text(&padded("10"))))),
            Predicate::Version(Box::new(Predicate::Equals(text(&padded("11"))))),
            Predicate::Element {
                or_itself: true,
                condition: Box::new(Condition::Test(
                    Field::Property(Vec::new()),
                    Predicate::Matches(Value::Number(6.0)),
                )),
            },
        ];
        predicates.extend(predicates.iter().map(not).collect::<Vec<_>>());
        predicates.push(Predicate::All(predicates.iter().step_by(3).cloned().collect()));
        for predicate in &predicates {
            for (start, step) in
                [0.0, 0.5, 4.0, 9.0, 20.0].into_iter().flat_map(|start| [(start, 1), (start, -1)])
            {
                let holds = predicate.holds(Seen::Number(start));
                let turns = predicate.hours_to_turn(Seen::Number(start), step).unwrap_or(40);
                for hours in 0..turns {
                    let later = predicate.holds(Seen::Number(start + f64::from(hours * i32::from(step))));
                    assert_eq!(later, holds, "{predicate:?} at {start}, {hours} hours later");
                }
            }
        }
    }
}
