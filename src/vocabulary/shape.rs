//! What is known of an object: of properties, or of traits.

use std::collections::BTreeMap;

use super::kinds::{Kind, Kinds};

/// Dotted path, in its parts → what is known of the value there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape(BTreeMap<Vec<String>, Kinds>);

impl Shape {
    /// What is known, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&[String], &Kinds)> {
        self.0.iter().map(|(path, kinds)| (path.as_slice(), kinds))
    }

    /// What is known at a path, to say more of it. `tags.0` is the first of a list: of that only that it is one.
    pub(super) fn at(&mut self, path: &[String]) -> Option<&mut Kinds> {
        let index = path.iter().position(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let (path, is_list) = match index {
            Some(index) => (path.get(..index).unwrap_or_default(), true),
            None => (path, false),
        };
        // The whole object is no value of it.
        if path.is_empty() {
            return None;
        }
        let kinds = self.0.entry(path.to_vec()).or_default();
        if is_list {
            kinds.add(Kind::List);
            return None;
        }
        Some(kinds)
    }

    pub(super) fn note(&mut self, path: &[String], kind: Kind) {
        self.at(path).into_iter().for_each(|kinds| kinds.add(kind));
    }

    pub(super) fn merge(&mut self, other: &Shape) {
        for (path, kinds) in &other.0 {
            self.0.entry(path.clone()).or_default().merge(kinds);
        }
    }
}
