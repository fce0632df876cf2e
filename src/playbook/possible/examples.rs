//! An example of each class of values that some predicates tell apart: numbers at, between and beyond those that are
//! named, texts that are named, that are numbers, that are neither.

use crate::engine::{Condition, Order, Predicate, Value, parse_number};

use super::super::operators::printed;
use super::example::Example;
use super::range::{Bounds, Range};

/// Nobody compares one field with more values; it would take too long.
const MOST: usize = 60;
/// Of `$in`s.
const MOST_LISTS: usize = 4;

/// What predicates compare with.
#[derive(Default)]
struct Named<'a> {
    numbers: Vec<f64>,
    texts: Vec<&'a str>,
    /// The lists of `$in`.
    lists: Vec<&'a [Value]>,
    /// Texts are compared by their order.
    orders_texts: bool,
    /// Lists and objects are compared as a whole, or something is asked that is not understood here.
    is_beyond: bool,
}

/// One of each class; none if that is too much, or not known.
pub(super) fn examples(range: &Range, predicates: &[&Predicate]) -> Option<Vec<Example>> {
    let mut examples = vec![Example::Value(Value::Null)];
    if let Range::These(names) = range {
        examples.extend(names.iter().cloned());
        return Some(examples);
    }
    let mut named = Named::default();
    predicates.iter().for_each(|predicate| named.add(predicate));
    if named.is_beyond || named.numbers.len() + named.texts.len() > MOST {
        return None;
    }
    if let Range::Numbers(bounds) = range {
        examples.extend(numbers(&named.numbers, bounds).into_iter().map(Example::number));
        return Some(examples);
    }
    // What is a number and a place in the alphabet at once has too many classes.
    if named.orders_texts && !named.numbers.is_empty() {
        return None;
    }
    examples.extend([false, true].map(|flag| Example::Value(Value::Bool(flag))));
    named.numbers.extend(named.texts.iter().filter_map(|text| parse_number(text)));
    let any = Bounds { least: f64::MIN, most: f64::MAX, is_whole: false, because: None };
    let numbers = numbers(&named.numbers, &any);
    let texts = texts(&named.texts, &numbers);
    if let Range::Anything = range {
        // The text of a list that has all of them.
        let mut all: Vec<String> = named.texts.iter().map(|text| (*text).to_owned()).collect();
        all.extend(named.numbers.iter().map(|number| printed(*number)));
        let all = all.join(",") + ",";
        let had = had(&named.lists);
        for text in texts.iter().chain([&all]) {
            examples.extend(had.iter().map(|has| Example::Tree { text: text.clone(), has: has.clone() }));
        }
    }
    examples.extend(numbers.into_iter().map(Example::number));
    examples.extend(texts.into_iter().map(Example::text));
    Some(examples)
}

impl<'a> Named<'a> {
    fn add(&mut self, predicate: &'a Predicate) {
        match predicate {
            Predicate::Is { text, number } => {
                self.texts.push(text);
                self.numbers.extend(number);
            }
            Predicate::Matches(value) | Predicate::Equals(value) => self.value(value),
            Predicate::Ordered(order, value) => self.ordered(*order, value),
            Predicate::In(values) => {
                values.iter().take(MOST + 1).for_each(|value| self.value(value));
                if !self.lists.contains(&values.as_slice()) {
                    self.lists.push(values);
                }
            }
            Predicate::All(parts) => parts.iter().for_each(|part| self.add(part)),
            Predicate::Not(part) => self.add(part),
            Predicate::Element { condition, .. } => self.inside(condition),
            Predicate::Exists(_)
            | Predicate::AtLeast(_)
            | Predicate::Below(_)
            | Predicate::Pattern(_)
            | Predicate::Type(_)
            | Predicate::Size(_)
            | Predicate::Version(_) => {}
        }
    }

    /// An element may be anything, so nothing is known of a list; but `$ini` takes what is no list by itself.
    fn inside(&mut self, _: &Condition) {
        self.is_beyond = true;
    }

    fn ordered(&mut self, _: Order, value: &'a Value) {
        self.orders_texts |= matches!(value, Value::Text(_));
        if let Value::Text(text) = value {
            self.numbers.extend(parse_number(text));
        }
        self.value(value);
    }

    fn value(&mut self, value: &'a Value) {
        match value {
            Value::Number(number) => self.numbers.push(*number),
            Value::Text(text) => self.texts.push(text),
            Value::Null | Value::Bool(_) => {}
            Value::List(_) | Value::Map(_) => self.is_beyond = true,
        }
    }
}

/// What a list may have of the values that are asked for: for each set of `$in`s that it could meet, values that do.
fn had(lists: &[&[Value]]) -> Vec<Option<Vec<Value>>> {
    if lists.len() > MOST_LISTS {
        return vec![None];
    }
    let meets = |has: &[Value]| -> Vec<bool> {
        lists.iter().map(|list| has.iter().any(|value| list.contains(value))).collect()
    };
    let mut found: Vec<(Vec<bool>, Vec<Value>)> = vec![(meets(&[]), Vec::new())];
    let mut seen: Vec<Vec<bool>> = Vec::new();
    for value in lists.iter().copied().flatten() {
        let by_itself = meets(std::slice::from_ref(value));
        if seen.contains(&by_itself) {
            continue;
        }
        seen.push(by_itself);
        for (_, has) in found.clone() {
            let has: Vec<Value> = has.into_iter().chain([value.clone()]).collect();
            let met = meets(&has);
            if !found.iter().any(|(other, _)| *other == met) {
                found.push((met, has));
            }
        }
    }
    found.into_iter().map(|(_, has)| Some(has)).collect()
}

/// At, between and beyond the named ones, within bounds.
fn numbers(named: &[f64], bounds: &Bounds) -> Vec<f64> {
    let mut found = vec![bounds.least, bounds.most, bounds.least.max(0.0).min(bounds.most)];
    for number in named {
        if bounds.is_whole {
            for whole in [number.floor(), number.ceil()] {
                // Where two floats are further apart than one, each is whole.
                found.extend([whole, whole - 1.0, whole + 1.0, whole.next_down(), whole.next_up()]);
            }
        } else {
            found.extend([*number, number.next_down(), number.next_up()]);
        }
    }
    let fits = |number: &f64| {
        number.is_finite()
            && (bounds.least..=bounds.most).contains(number)
            && (!bounds.is_whole || number.fract() == 0.0)
    };
    found.retain(fits);
    found.sort_by(f64::total_cmp);
    found.dedup();
    found
}

/// The named ones, those that follow them in the alphabet, those that are numbers, and one that is nothing of all that.
fn texts(named: &[&str], numbers: &[f64]) -> Vec<String> {
    let mut found = vec![String::new()];
    for text in named {
        found.extend([(*text).to_owned(), format!("{text}\0"), format!("{text}\0\0")]);
    }
    // Space before a number changes nothing of it, and makes it another text.
    let longest = named.iter().map(|text| text.len()).max().unwrap_or_default();
    let space = " ".repeat(longest + 1);
    found.extend(numbers.iter().map(|number| format!("{space}{}", printed(*number))));
    found.push(format!("{space}?"));
    found.sort();
    found.dedup();
    found
}
