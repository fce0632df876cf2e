//! What a condition asks of the value at a field: GrowthBook's operators, with JavaScript's comparisons, since that is
//! where others' test cases come from.

use std::cmp::Ordering;

use super::condition::Seen;
use super::number::parse_number;
use super::value::Value;
use super::wire::wire_enum;

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
            Predicate::Is { text, number } => is_text(seen, text, *number),
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
        }
    }

    /// For a value that grows by one an hour: in how many hours the verdict could turn, if ever.
    pub(super) fn hours_to_turn(&self, seen: Seen<'_>) -> Option<i32> {
        match (self, seen) {
            // Once there it stays; before, it comes with an event, not with time.
            (Predicate::Exists(_), _) | (_, Seen::Absent) => None,
            (Predicate::Ordered(order, Value::Number(wanted)), Seen::Number(seen)) => {
                let first_after = match order {
                    Order::AtLeast | Order::Less => (wanted - seen).ceil(),
                    Order::Greater | Order::AtMost => (wanted - seen).floor() + 1.0,
                };
                (first_after >= 1.0).then_some(first_after as i32)
            }
            (Predicate::All(parts), seen) => {
                let mut first: Option<i32> = None;
                for hours in parts.iter().filter_map(|part| part.hours_to_turn(seen)) {
                    first = Some(first.map_or(hours, |first| first.min(hours)));
                }
                first
            }
            (Predicate::Not(part), seen) => part.hours_to_turn(seen),
            _ => Some(1),
        }
    }
}

fn is_text(seen: Seen<'_>, text: &str, number: Option<f64>) -> bool {
    match seen {
        Seen::Absent => text == "null",
        Seen::Flag(flag) => text == if flag { "true" } else { "false" },
        Seen::Number(seen) => number == Some(seen),
        Seen::Text(seen) | Seen::Stage(seen, _) => seen == text,
        // JavaScript prints a list as its elements between commas.
        Seen::Tree(Value::List(values)) => match values.as_slice() {
            [] => text.is_empty(),
            [Value::Null] => text.is_empty(),
            [one] => is_text(Seen::of(one), text, number),
            _ => is_joined(values, text),
        },
        Seen::Tree(_) => text == "[object Object]",
    }
}

/// Whether these strings make the text, with commas between them.
fn is_joined(values: &[Value], text: &str) -> bool {
    let mut rest = text;
    let mut comma = "";
    for value in values {
        let Value::Text(value) = value else { return false };
        let after = rest.strip_prefix(comma).and_then(|rest| rest.strip_prefix(value.as_str()));
        let Some(after) = after else { return false };
        (rest, comma) = (after, ",");
    }
    rest.is_empty()
}

/// JavaScript orders strings by UTF-16 units. That is the order of UTF-8's bytes, but that what takes two units (its
/// bytes begin with F0 and up) comes before U+E000 to U+FFFF (which begin with EE and EF).
fn compare(one: &str, other: &str) -> Ordering {
    let rank = |byte: u8| if byte & 0xfe == 0xee { 0xff } else { byte };
    let differ = one.bytes().zip(other.bytes()).find(|(one, other)| one != other);
    match differ {
        Some((one, other)) => (rank(one), one).cmp(&(rank(other), other)),
        None => one.len().cmp(&other.len()),
    }
}

fn matches(seen: Seen<'_>, wanted: &Value) -> bool {
    match wanted {
        // A number never equals what is absent, though JavaScript's null * 1 is 0.
        Value::Number(wanted) => number_of(seen) == Some(*wanted),
        Value::Bool(wanted) => match seen {
            Seen::Absent => false,
            Seen::Flag(seen) => seen == *wanted,
            Seen::Number(seen) => (seen != 0.0) == *wanted,
            Seen::Text(seen) | Seen::Stage(seen, _) => seen.is_empty() != *wanted,
            Seen::Tree(_) => *wanted,
        },
        Value::List(_) | Value::Map(_) => matches!(seen, Seen::Tree(seen) if seen == wanted),
        Value::Null | Value::Text(_) => equals(seen, wanted),
    }
}

fn equals(seen: Seen<'_>, wanted: &Value) -> bool {
    match (seen, wanted) {
        (Seen::Absent, Value::Null) => true,
        (Seen::Flag(seen), Value::Bool(wanted)) => seen == *wanted,
        (Seen::Number(seen), Value::Number(wanted)) => seen == *wanted,
        (Seen::Text(seen) | Seen::Stage(seen, _), Value::Text(wanted)) => seen == wanted,
        _ => false,
    }
}

fn is_in(seen: Seen<'_>, wanted: &[Value]) -> bool {
    wanted.iter().any(|wanted| equals(seen, wanted))
}

fn ordered(seen: Seen<'_>, order: Order, wanted: &Value) -> bool {
    let ordering = match (seen, wanted) {
        (Seen::Text(seen) | Seen::Stage(seen, _), Value::Text(wanted)) => Some(compare(seen, wanted)),
        _ => match (number_of(seen), number_of(Seen::of(wanted))) {
            (Some(seen), Some(wanted)) => seen.partial_cmp(&wanted),
            _ => None,
        },
    };
    ordering.is_some_and(|ordering| match order {
        Order::Less => ordering.is_lt(),
        Order::AtMost => ordering.is_le(),
        Order::Greater => ordering.is_gt(),
        Order::AtLeast => ordering.is_ge(),
    })
}

/// JavaScript's conversion to a number, but that what is absent has none.
fn number_of(seen: Seen<'_>) -> Option<f64> {
    match seen {
        Seen::Number(number) => Some(number),
        Seen::Flag(flag) => Some(f64::from(u8::from(flag))),
        Seen::Text(text) | Seen::Stage(text, _) => parse_number(text),
        Seen::Tree(Value::List(values)) => match values.as_slice() {
            [] => Some(0.0),
            [one] => number_of(Seen::of(one)),
            _ => None,
        },
        Seen::Absent | Seen::Tree(_) => None,
    }
}

wire_enum!(Order or Order::Less, { 0 => Less, 1 => AtMost, 2 => Greater, 3 => AtLeast });
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
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growing_value_says_when_a_comparison_turns() {
        let turn = |order, wanted, seen| {
            Predicate::Ordered(order, Value::Number(wanted)).hours_to_turn(Seen::Number(seen))
        };
        assert_eq!(turn(Order::AtLeast, 24.0, 20.0), Some(4));
        assert_eq!(turn(Order::AtLeast, 24.0, 24.0), None);
        assert_eq!(turn(Order::Greater, 24.0, 24.0), Some(1));
        assert_eq!(turn(Order::AtMost, 24.0, 25.0), None);
        assert_eq!(turn(Order::Less, 23.5, 20.0), Some(4));
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
    fn strings_are_ordered_by_utf16_units() {
        let samples =
            ["", "a", "aé", "b", "\u{d7ff}", "\u{e000}", "\u{ee80}", "\u{ffff}", "\u{10000}", "\u{10ffff}"];
        for (one, other) in samples.iter().flat_map(|one| samples.map(|other| (*one, other))) {
            assert_eq!(
                compare(one, other),
                one.encode_utf16().cmp(other.encode_utf16()),
                "{one:?} {other:?}"
            );
        }
        let wanted = Value::Text("\u{ff61}".into());
        assert!(Predicate::Ordered(Order::Less, wanted).holds(Seen::Text("\u{10000}")));
    }
}
