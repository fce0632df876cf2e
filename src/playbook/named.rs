//! A list in the order written whose entries are found by name: of ten thousand, without looking at each.

use std::collections::BTreeMap;

/// What has a name.
pub(super) trait Named {
    fn name(&self) -> &str;
}

impl Named for String {
    fn name(&self) -> &str {
        self
    }
}

impl<A, B> Named for (String, A, B) {
    fn name(&self) -> &str {
        &self.0
    }
}

impl<A, B, C> Named for (String, A, B, C) {
    fn name(&self) -> &str {
        &self.0
    }
}

/// Entries, each name once; of two of one name the first is found.
pub(super) struct ByName<T> {
    entries: Vec<T>,
    places: BTreeMap<String, usize>,
}

impl<T> Default for ByName<T> {
    fn default() -> ByName<T> {
        ByName { entries: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T: Named> ByName<T> {
    pub(super) fn push(&mut self, entry: T) {
        self.places.entry(entry.name().to_owned()).or_insert(self.entries.len());
        self.entries.push(entry);
    }

    pub(super) fn get(&self, name: &str) -> Option<&T> {
        self.place(name).and_then(|place| self.entries.get(place))
    }

    /// The position of a name.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut T> {
        self.entries.last_mut()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.entries.iter()
    }
}

impl ByName<String> {
    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(String::as_str)
    }

    /// The names, in order.
    pub(super) fn into_names(self) -> Vec<String> {
        self.entries
    }
}

impl<T: Named> FromIterator<T> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> ByName<T> {
        let mut list = ByName::default();
        entries.into_iter().for_each(|entry| list.push(entry));
        list
    }
}
