//! What was used of late, bounded in bytes, and forgotten in two generations: what is asked for stays young, and when the
//! young are half of what may be, those who are old by then go. So nothing is searched for whom to forget.

use std::collections::HashMap;
use std::hash::Hash;

/// Values by key.
#[derive(Debug)]
pub(super) struct Aging<K, V> {
    young: HashMap<K, Weighed<V>>,
    old: HashMap<K, Weighed<V>>,
    /// Of the young.
    bytes: usize,
    /// Of both together.
    most: usize,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    bytes: usize,
}

impl<K: Eq + Hash, V> Aging<K, V> {
    /// Nothing yet, and never more than so many bytes.
    pub(super) fn within(most: usize) -> Aging<K, V> {
        Aging { young: HashMap::new(), old: HashMap::new(), bytes: 0, most }
    }

    /// A value, which is young again.
    pub(super) fn get(&mut self, key: &K) -> Option<&mut V> {
        if let Some((key, found)) = self.old.remove_entry(key) {
            self.make_room(found.bytes);
            self.young.insert(key, found);
        }
        self.young.get_mut(key).map(|found| &mut found.value)
    }

    /// Keeps a value of so many bytes, unless it alone is too much.
    pub(super) fn put(&mut self, key: K, value: V, bytes: usize) {
        self.remove(&key);
        if bytes <= self.most / 2 {
            self.make_room(bytes);
            self.young.insert(key, Weighed { value, bytes });
        }
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.old.remove(key);
        if let Some(gone) = self.young.remove(key) {
            self.bytes -= gone.bytes;
        }
    }

    fn make_room(&mut self, bytes: usize) {
        if self.bytes + bytes > self.most / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut aging = Aging::within(100);
        for key in 0..1_000 {
            aging.put(key, key, 10);
            assert_eq!(aging.get(&0).copied(), Some(0), "after {key}");
            assert!(aging.young.len() + aging.old.len() <= 10, "never more than there is room for");
        }
        assert_eq!(aging.get(&999).copied(), Some(999));
        assert_eq!(aging.get(&900), None);
    }

    #[test]
    fn what_is_put_again_or_removed_counts_no_longer() {
        let mut aging = Aging::within(100);
        for _ in 0..10 {
            aging.put("one", (), 40);
        }
        assert_eq!(aging.bytes, 40);
        aging.put("too large", (), 51);
        assert!(aging.get(&"too large").is_none());
        aging.put("one", (), 51);
        assert!(aging.get(&"one").is_none(), "what was there before is no longer true");
        aging.put("one", (), 1);
        aging.remove(&"one");
        assert_eq!((aging.get(&"one").is_none(), aging.bytes), (true, 0));
    }
}
