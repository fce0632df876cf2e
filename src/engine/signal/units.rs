//! What each clock hour or day came to: all that a window has to remember of a number.

use crate::engine::time::{Hour, Window};
use crate::engine::wire::wire_newtype;

/// Amounts by unit of the window, oldest first, no more of them than the window and its `ago` are long. Without a window
/// all of the past is one unit.
///
/// An amount is a number of events, a sum of millionths, or the [`rank`] of a number: one list for all of them, since
/// each kind of list costs the page its own code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units(Vec<(i32, i128)>);

/// How two amounts become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    Sum,
    /// As a sum, but inside a window each day counts once.
    Days,
    Largest,
    Smallest,
}

/// Is told of an hour and of what is inside a window then; says whether to go on.
pub(super) type Follow<'a> = &'a mut dyn FnMut(Hour, Option<i128>) -> bool;

impl Join {
    fn of(self, one: i128, other: i128) -> i128 {
        match self {
            Join::Sum | Join::Days => one.wrapping_add(other),
            Join::Largest => one.max(other),
            Join::Smallest => one.min(other),
        }
    }
}

impl Units {
    /// Nothing yet.
    pub(super) const NONE: Units = Units(Vec::new());

    /// One more, of whatever.
    pub(crate) fn count(&mut self, window: Option<Window>, now: Hour) {
        self.add(window, now, 1, Join::Sum);
    }

    /// Joins an amount to what the present unit came to, and lets go of what has left the window for good.
    pub(super) fn add(&mut self, window: Option<Window>, now: Hour, mut amount: i128, join: Join) {
        let index = window.map_or(0, |window| window.unit.index(now));
        // Of the largest, what is not above a newer one will not be seen again: the newer one stays longer. (Unless it
        // has yet to enter.)
        let outdoes =
            matches!(join, Join::Largest | Join::Smallest) && window.is_none_or(|window| window.ago == 0);
        while let Some((last, joined)) = self.0.last().copied()
            && (last == index || outdoes && join.of(joined, amount) == amount)
        {
            amount = join.of(joined, amount);
            self.0.pop();
        }
        self.0.push((index, amount));
        // At most one falls out for each that comes in, but for the first after a long silence.
        while self
            .0
            .first()
            .is_some_and(|(index, _)| window.is_some_and(|window| window.is_past(*index, now)))
        {
            self.0.remove(0);
        }
    }

    /// One more day, unless today is counted already: the last is the only one that can come again.
    pub(super) fn add_day(&mut self, now: Hour) {
        let today = now.day().0;
        match self.0.last_mut() {
            Some((last, days)) => {
                *days = days.wrapping_add(i128::from(*last != today));
                *last = today;
            }
            None => self.0.push((today, 1)),
        }
    }

    /// How many were counted inside the window.
    pub(crate) fn counted(&self, window: Option<Window>, now: Hour) -> i64 {
        let mut count = 0;
        self.follow(window, now, Join::Sum, &mut |_, inside| {
            count = inside.unwrap_or_default();
            false
        });
        count as i64
    }

    /// Calls `f` with all that is inside the window now, joined (none if nothing is), and then with what will be at each
    /// hour at which a unit enters or leaves: for as long as it wants to go on.
    pub(super) fn follow(&self, window: Option<Window>, now: Hour, join: Join, f: Follow<'_>) {
        let Units(units) = self;
        let Some(window) = window else {
            f(now, joined(units, join));
            return;
        };
        // A unit of a damaged snapshot may be any.
        let edge = |place: usize, later: u16| {
            units.get(place).map(|(unit, _)| unit.saturating_add(i32::from(window.ago) + i32::from(later)))
        };
        let day = |place: usize| units.get(place).map(|(unit, _)| window.unit.first_hour(*unit).day());
        let amount = |place: usize, neighbour: usize| match join {
            Join::Days => i128::from(day(place) != day(neighbour)),
            _ => units.get(place).map_or(0, |(_, amount)| *amount),
        };
        // They are in order, so what is inside lies between two places.
        let (mut from, mut to, mut sum) = (0, 0, 0_i128);
        let (mut index, mut hour) = (window.unit.index(now), now);
        loop {
            while edge(to, 0).is_some_and(|enters| enters <= index) {
                let before = if to > from { to - 1 } else { usize::MAX };
                sum = sum.wrapping_add(amount(to, before));
                to += 1;
            }
            while from < to && edge(from, window.length).is_some_and(|leaves| leaves <= index) {
                let after = if from + 1 < to { from + 1 } else { usize::MAX };
                sum = sum.wrapping_sub(amount(from, after));
                from += 1;
            }
            let inside = match join {
                Join::Sum | Join::Days => (from < to).then_some(sum),
                Join::Largest | Join::Smallest => joined(units.get(from..to).unwrap_or_default(), join),
            };
            let leaves = edge(from, window.length);
            if !f(hour, inside) {
                return;
            }
            let next = match (edge(to, 0), leaves) {
                (Some(one), Some(other)) => one.min(other),
                (one, other) => match one.or(other) {
                    Some(next) => next,
                    None => return,
                },
            };
            (index, hour) = (next, window.unit.first_hour(next));
        }
    }

    /// Calls `f` with each unit.
    pub(crate) fn each(&self, f: &mut dyn FnMut(i32)) {
        for (index, _) in &self.0 {
            f(*index);
        }
    }
}

fn joined(units: &[(i32, i128)], join: Join) -> Option<i128> {
    let mut all = None;
    for (_, amount) in units {
        all = Some(all.map_or(*amount, |all| join.of(all, *amount)));
    }
    all
}

/// Numbers in the order of integers, without loss; but the two zeros are one.
pub(super) fn rank(number: f64) -> i64 {
    let bits = (number + 0.0).to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

/// The number of a [`rank`].
pub(super) fn ranked(rank: i64) -> f64 {
    f64::from_bits((rank ^ ((rank >> 63) as u64 >> 1) as i64) as u64)
}

wire_newtype!(Units);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Unit;

    #[test]
    fn ranks_are_in_the_order_of_the_numbers() {
        let numbers =
            [f64::MIN, -1e9, -2.5, -1.0, -5e-324, 0.0, 5e-324, 0.1, 1.0, 2.0_f64.powi(60), f64::MAX];
        for (lower, higher) in numbers.iter().zip(&numbers[1..]) {
            assert!(rank(*lower) < rank(*higher), "{lower} < {higher}");
        }
        assert!(numbers.iter().all(|number| ranked(rank(*number)) == *number));
        assert_eq!(rank(-0.0), rank(0.0));
    }

    #[test]
    fn a_smaller_number_that_a_larger_one_outlives_is_forgotten() {
        let window = |ago| Some(Window { unit: Unit::Hours, length: 5, ago });
        let (mut plain, mut earlier) = (Units::default(), Units::default());
        for (hour, amount) in [(0, 7), (1, 3), (2, 5), (2, 4), (3, 5)] {
            plain.add(window(0), Hour(hour), amount, Join::Largest);
            earlier.add(window(1), Hour(hour), amount, Join::Largest);
        }
        assert_eq!(plain, Units(vec![(0, 7), (3, 5)]));
        assert_eq!(
            earlier,
            Units(vec![(0, 7), (1, 3), (2, 5), (3, 5)]),
            "one that has yet to enter hides none"
        );
    }
}
