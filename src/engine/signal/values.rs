//! Distinct values, and when they were seen: by a hash each, so that what is remembered is bounded in bytes however
//! long the values are. (That two of 100,000 have the same hash of 64 bits happens once in 3·10⁹ such signals; then the
//! number is one too small.)

use super::form::Part;
use super::units::Follow;
use crate::engine::hash::fnv1a;
use crate::engine::matcher::Heard;
use crate::engine::time::{Hour, Window};
use crate::engine::value::Value;
use crate::engine::wire::{Input, Wire, wire_struct};

/// The values that were seen last.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// In the order in which they were seen last. Where one was seen again or forgotten, nothing is left.
    seen: Vec<Option<Sighting>>,
    /// Nothing is left before this one.
    oldest: usize,
    /// How many are left.
    count: usize,
    /// Where to find a hash in `seen`: places counted from 1, at the hash's own place in the table or the first free
    /// one (0) behind it. Never more than half full. Follows from `seen`.
    table: Vec<u32>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sighting {
    hash: u64,
    /// The unit of the window in which it was seen last.
    last: i32,
    /// Earlier ones, oldest first, that a window with `ago` may still see.
    before: Vec<i32>,
}

impl Values {
    /// Sees a value.
    pub(super) fn see(&mut self, hash: u64, window: Option<Window>, most: u32, now: Hour) {
        let unit = window.map_or(0, |window| window.unit.index(now));
        while let Some(sighting) = self.seen.get_mut(self.oldest) {
            let holds = |last| window.is_none_or(|window| !window.is_past(last, now));
            if sighting.as_ref().is_some_and(|sighting| holds(sighting.last)) {
                break;
            }
            self.count -= usize::from(sighting.take().is_some());
            self.oldest += 1;
        }
        if self.table.len() <= self.seen.len() * 2 {
            self.tidy();
        }
        let (place, found) = self.find(hash);
        let known = found.and_then(|found| self.seen.get_mut(found));
        let is_known = known.is_some();
        // For ever, once known is known.
        if window.is_none() && (is_known || self.count >= most as usize) {
            return;
        }
        let before = match known.and_then(Option::take) {
            Some(sighting) => sighting.earlier(window, unit, now),
            None => Vec::new(),
        };
        self.count += usize::from(!is_known);
        self.seen.push(Some(Sighting { hash, last: unit, before }));
        self.place(place, self.seen.len());
        while self.count > most as usize {
            let oldest = self.seen.get_mut(self.oldest).and_then(Option::take);
            self.count -= usize::from(oldest.is_some());
            self.oldest += 1;
        }
    }

    /// Calls `f` with how many of them were seen inside the window now, and then with how many will be at each hour at
    /// which that changes: for as long as it wants to go on.
    pub(super) fn follow(&self, window: Option<Window>, now: Hour, f: Follow<'_>) {
        let Some(window) = window else {
            f(now, Some(self.count as i128));
            return;
        };
        let today = window.unit.index(now);
        // By how many units later: how many more or fewer it will be than just before. One pass, however many there are.
        let mut changes = vec![0_i32; usize::from(window.ago) + usize::from(window.length) + 1];
        let mut change = |later: i32, by: i32| {
            changes.get_mut(later as usize).into_iter().for_each(|change| *change += by);
        };
        for sighting in self.seen.iter().flatten() {
            // Until the earlier sighting leaves, the next one changes nothing.
            let mut covered = 0;
            for unit in sighting.before.iter().chain([&sighting.last]) {
                let enters = unit.saturating_sub(today).saturating_add(i32::from(window.ago));
                let leaves = enters.saturating_add(i32::from(window.length));
                if leaves > covered {
                    change(enters.max(covered), 1);
                    change(leaves, -1);
                    covered = leaves;
                }
            }
        }
        let mut count = 0;
        for (later, change) in changes.into_iter().enumerate() {
            count += i128::from(change);
            let hour = if later == 0 { now } else { window.unit.first_hour(today + later as i32) };
            if (later == 0 || change != 0) && !f(hour, Some(count)) {
                return;
            }
        }
    }

    /// How many places its memory has.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.table.len().max(self.seen.capacity())
    }

    /// The place of a hash in the table, or of the free one where it would go; and where it is in `seen`.
    fn find(&self, hash: u64) -> (usize, Option<usize>) {
        let mask = self.table.len().wrapping_sub(1);
        let mut place = hash as usize & mask;
        while let Some(next) = self.table.get(place).copied().filter(|next| *next > 0) {
            let found = next as usize - 1;
            if self.seen.get(found).is_some_and(|seen| seen.as_ref().is_some_and(|seen| seen.hash == hash)) {
                return (place, Some(found));
            }
            place = (place + 1) & mask;
        }
        (place, None)
    }

    fn place(&mut self, place: usize, position: usize) {
        self.table.get_mut(place).into_iter().for_each(|place| *place = position as u32);
    }

    /// Leaves out what is left nowhere, and makes the table anew: once in as many sightings as there are values, so that
    /// each costs the same however many there are.
    fn tidy(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        self.table.clear();
        self.table.resize((self.count * 4).next_power_of_two().max(16), 0);
        (self.oldest, self.count) = (0, 0);
        for sighting in seen {
            if let Some(Sighting { hash, .. }) = sighting {
                self.count += 1;
                self.seen.push(sighting);
                let (place, _) = self.find(hash);
                self.place(place, self.count);
            }
        }
    }
}

impl Sighting {
    /// What is still to be known of it once it is seen again.
    fn earlier(mut self, window: Option<Window>, unit: i32, now: Hour) -> Vec<i32> {
        let Some(window) = window.filter(|window| window.ago > 0) else { return Vec::new() };
        if self.last != unit {
            self.before.push(self.last);
        }
        // They are in order, and no more than one is new.
        if self.before.first().is_some_and(|first| window.is_past(*first, now)) {
            self.before.remove(0);
        }
        // One between two that no window can part shows only when one of them does.
        if let [.., first, _] = self.before.as_slice()
            && unit.saturating_sub(*first) <= i32::from(window.length)
        {
            self.before.pop();
        }
        self.before
    }
}

/// The hash of what is counted, with its type: 1, "1" and true are three. None where there is nothing to count.
pub(super) fn hash(part: &Part, event: Heard<'_>, scalar: &Value) -> Option<u64> {
    let text = match (part, scalar) {
        (Part::Person, _) => event.person,
        (Part::Session, _) => event.event.session.as_deref()?,
        (_, Value::Text(text)) => text,
        // The two zeros are one number.
        (_, Value::Number(number)) => return Some(mix((number + 0.0).to_bits())),
        // The numbers that have these bits are not in JSON.
        (_, Value::Bool(flag)) => return Some(mix(u64::MAX - u64::from(*flag))),
        _ => return None,
    };
    Some(mix(fnv1a(text.as_bytes())))
}

/// The finaliser of MurmurHash3 (Appleby, public domain): the table takes the lowest bits, and FNV's hang on the lowest
/// bits of each byte alone. It loses nothing, so two numbers never have the same hash.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

/// What is remembered; where it lies in memory does not matter.
impl PartialEq for Values {
    fn eq(&self, other: &Values) -> bool {
        self.seen.iter().flatten().eq(other.seen.iter().flatten())
    }
}

impl Wire for Values {
    fn write(&self, out: &mut Vec<u8>) {
        (self.count as u64).write(out);
        self.seen.iter().flatten().for_each(|sighting| sighting.write(out));
    }
    fn read(input: &mut Input<'_>) -> Self {
        let mut values = Values::default();
        input.begin_list();
        while input.more() {
            values.seen.push(Some(Sighting::read(input)));
        }
        values.count = values.seen.len();
        values.tidy();
        values
    }
}

wire_struct!(Sighting { hash, last, before });
