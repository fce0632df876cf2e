//! Numbers by reason.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::{count, is_word};
use crate::limits;

/// How many, by reason. Each only grows, and there are so many reasons at most ([`limits::STREAM_REASONS`]): what else
/// comes is left out, for anybody may send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Reads `{reason: number}`, and says how much of it could not be read.
    pub fn read(value: &Value) -> (Counts, usize) {
        let (mut counts, mut ignored) = (Counts::default(), 0);
        match value {
            Value::Null => {}
            Value::Object(entries) => {
                for (reason, value) in entries {
                    let readable = count(value).filter(|_| is_word(reason, limits::REASON_BYTES));
                    let kept = readable.is_some_and(|count| counts.raise(reason, count));
                    ignored += usize::from(!kept);
                }
            }
            _ => ignored = 1,
        }
        (counts, ignored)
    }

    /// Takes the larger of each: counters grow, and batches may come in any order.
    pub fn merge(&mut self, other: &Counts) {
        for (reason, count) in &other.0 {
            self.raise(reason, *count);
        }
    }

    /// By reason.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(reason, count)| (reason.as_str(), *count))
    }

    /// Of one reason.
    pub fn of(&self, reason: &str) -> u64 {
        self.0.get(reason).copied().unwrap_or(0)
    }

    /// Of all reasons.
    pub fn sum(&self) -> u64 {
        self.0.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Whether there was room for it.
    fn raise(&mut self, reason: &str, count: u64) -> bool {
        if let Some(known) = self.0.get_mut(reason) {
            *known = count.max(*known);
            return true;
        }
        let room = self.0.len() < limits::STREAM_REASONS;
        if room {
            self.0.insert(reason.to_owned(), count);
        }
        room
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        f.pad(&if words.is_empty() { "-".to_owned() } else { words.join(", ") })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn counts(value: Value) -> Counts {
        let (counts, ignored) = Counts::read(&value);
        assert_eq!(ignored, 0, "{value}");
        counts
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_counted() {
        let (read, ignored) = Counts::read(&json!({
            "refused": 3, "": 1, "\u{1b}[2J": 1, "negative": -1, "half": 0.5, "text": "1", "none": null,
        }));
        assert_eq!((read, ignored), (counts(json!({"refused": 3})), 6));
        for nothing in [json!(7), json!([]), json!("x")] {
            assert_eq!(Counts::read(&nothing), (Counts::default(), 1), "{nothing}");
        }
        assert_eq!(counts(Value::Null), Counts::default());
    }

    #[test]
    fn merged_in_any_order_the_largest_remain() {
        let (early, late) = (counts(json!({"a": 1, "b": 5})), counts(json!({"a": 4, "c": 2})));
        for (mut first, second) in [(early.clone(), &late), (late.clone(), &early)] {
            first.merge(second);
            first.merge(second);
            assert_eq!(first, counts(json!({"a": 4, "b": 5, "c": 2})));
            assert_eq!((first.sum(), first.to_string().as_str()), (11, "a 4, b 5, c 2"));
        }
    }

    #[test]
    fn reasons_do_not_grow_without_end() {
        let many = |from: usize, to: usize| {
            Value::Object((from..to).map(|n| (format!("r{n:03}"), json!(1))).collect())
        };
        let (mut read, ignored) = Counts::read(&many(0, limits::STREAM_REASONS + 3));
        assert_eq!((read.0.len(), ignored), (limits::STREAM_REASONS, 3));
        read.merge(&counts(json!({"another": 9, "r000": 7})));
        assert_eq!((read.0.len(), read.0.get("r000")), (limits::STREAM_REASONS, Some(&7)));
    }
}
