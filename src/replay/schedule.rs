//! Whose turn it is: accounts before persons at one instant, ids by bytes, and nobody earlier than need be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::engine::Millis;

/// Positions of those who wait, by time. An entry that has been overtaken is left in and found out when its turn comes.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    heap: BinaryHeap<Reverse<Turn>>,
}

/// A turn: an hour's start of an account or a person, or the time at which a nudge has been ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    pub(super) at: Millis,
    pub(super) who: Who,
}

/// What was on screen leaves it first; accounts come before persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    Screen(usize),
    Account(usize),
    Person(usize),
}

impl Schedule {
    pub(super) fn add(&mut self, who: Who, at: Option<Millis>) {
        self.heap.extend(at.map(|at| Reverse(Turn { at, who })));
    }

    /// The next turn, if it is due.
    pub(super) fn next(&mut self, now: Millis) -> Option<Turn> {
        let due = self.heap.peek().is_some_and(|Reverse(turn)| turn.at <= now);
        if due { self.heap.pop().map(|Reverse(turn)| turn) } else { None }
    }
}
