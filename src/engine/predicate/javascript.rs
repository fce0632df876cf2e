//! JavaScript's conversions and comparisons, but that what is absent has no number and no order.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Order;
use crate::engine::condition::Seen;
use crate::engine::number::parse_number;
use crate::engine::print::print_number;
use crate::engine::value::Value;

/// JavaScript's `String(value)`.
pub(super) fn text_of(seen: Seen<'_>) -> Cow<'_, str> {
    Cow::Borrowed(match seen {
        Seen::Absent => "null",
        Seen::Flag(true) => "true",
        Seen::Flag(false) => "false",
        Seen::Text(text) | Seen::Stage(text, _) => text,
        Seen::Number(number) => return Cow::Owned(print_number(number)),
        Seen::Tree(Value::List(values)) => {
            let mut text = String::new();
            for (value, index) in values.iter().zip(0..) {
                if index > 0 {
                    text.push(',');
                }
                if *value != Value::Null {
                    text.push_str(&text_of(Seen::of(value)));
                }
            }
            return Cow::Owned(text);
        }
        Seen::Tree(_) => "[object Object]",
    })
}

/// JavaScript's conversion to a number, but that what is absent has none.
fn number_of(seen: Seen<'_>) -> Option<f64> {
    match seen {
        Seen::Number(number) => Some(number),
        Seen::Flag(flag) => Some(f64::from(u8::from(flag))),
        Seen::Absent => None,
        seen => parse_number(&text_of(seen)),
    }
}

/// Plain equality with what is no string.
pub(super) fn matches(seen: Seen<'_>, wanted: &Value) -> bool {
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

/// JavaScript's `===`.
pub(super) fn equals(seen: Seen<'_>, wanted: &Value) -> bool {
    match (seen, wanted) {
        (Seen::Absent, Value::Null) => true,
        (Seen::Flag(seen), Value::Bool(wanted)) => seen == *wanted,
        (Seen::Number(seen), Value::Number(wanted)) => seen == *wanted,
        (Seen::Text(seen) | Seen::Stage(seen, _), Value::Text(wanted)) => seen == wanted,
        _ => false,
    }
}

/// JavaScript's `<` and its like: two strings (which a list or a map becomes), else two numbers.
pub(super) fn ordered(seen: Seen<'_>, order: Order, wanted: &Value) -> bool {
    let ordering = match (seen, wanted) {
        (Seen::Text(_) | Seen::Stage(..) | Seen::Tree(_), Value::Text(wanted)) => {
            Some(compare(&text_of(seen), wanted))
        }
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

#[cfg(test)]
mod tests {
    use super::super::Predicate;
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_list_becomes_a_string_or_a_number_as_in_javascript() {
        let of = |value: &Value| text_of(Seen::of(value)).into_owned();
        let nested = Value::List(vec![text("a"), Value::Null, Value::List(vec![Value::Number(1.5)])]);
        assert_eq!(of(&nested), "a,,1.5");
        assert_eq!(of(&Value::List(vec![Value::Map(Vec::new())])), "[object Object]");
        let list = |values: &[&str]| Value::List(values.iter().map(|value| text(value)).collect());
        let number = |value: &Value| number_of(Seen::of(value));
        assert_eq!(number(&list(&[])), Some(0.0));
        assert_eq!(number(&list(&["7"])), Some(7.0));
        assert_eq!(number(&list(&["7", "8"])), None);
        assert!(ordered(Seen::of(&list(&["b"])), Order::Greater, &text("a,c")), "as strings");
        assert!(ordered(Seen::of(&list(&["9"])), Order::Less, &Value::Number(10.0)), "as numbers");
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
