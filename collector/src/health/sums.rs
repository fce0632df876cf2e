//! Numbers by name, which add up.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits;

/// Where what has a name too many is counted.
const OTHER: &str = "other";

/// How many, by name. There are so many names at most ([`limits::HEALTH_NAMES`]); the rest is `other`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sums(BTreeMap<String, u64>);

impl Sums {
    /// One name more often.
    pub fn add(&mut self, name: &str, more: u64) {
        if more == 0 {
            return;
        }
        let name =
            if self.0.contains_key(name) || self.0.len() < limits::HEALTH_NAMES { name } else { OTHER };
        match self.0.get_mut(name) {
            Some(sum) => *sum = sum.saturating_add(more),
            None => drop(self.0.insert(name.to_owned(), more)),
        }
    }

    /// All of another's.
    pub fn add_all(&mut self, other: &Sums) {
        for (name, more) in &other.0 {
            self.add(name, *more);
        }
    }

    /// By name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(name, sum)| (name.as_str(), *sum))
    }

    /// Of all names.
    pub fn total(&self) -> u64 {
        self.0.values().fold(0, |sum, more| sum.saturating_add(*more))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.iter().map(|(name, sum)| format!("{name} {sum}")).collect();
        f.pad(&if words.is_empty() { "-".to_owned() } else { words.join(", ") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_grow_without_end() {
        let mut sums = Sums::default();
        for n in 0..limits::HEALTH_NAMES + 5 {
            sums.add(&format!("{n:03}"), 2);
        }
        assert_eq!(sums.iter().last(), Some((OTHER, 10)));
        assert_eq!(
            (sums.iter().count(), sums.total()),
            (limits::HEALTH_NAMES + 1, 2 * (limits::HEALTH_NAMES as u64 + 5))
        );
        sums.add("never", 0);
        let mut twice = sums.clone();
        twice.add_all(&sums);
        assert_eq!(twice.total(), 2 * sums.total());
    }
}
