//! Whose turn it is: accounts before persons at one instant, ids by bytes, and nobody earlier than need be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::engine::Millis;

/// Those who wait, by time.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    heap: BinaryHeap<Reverse<Turn>>,
    screens: Vec<Wait>,
    accounts: Vec<Wait>,
    persons: Vec<Wait>,
    /// How many turns there were.
    #[cfg(test)]
    pub(super) taken: usize,
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

/// Most events put off what somebody waits for: so the heap has an entry that comes too early, which asks again when it
/// comes, instead of one for each event.
#[derive(Clone, Copy, Debug, Default)]
struct Wait {
    until: Option<Millis>,
    /// The earliest entry of the heap.
    queued: Option<Millis>,
}

impl Schedule {
    /// Lets somebody wait for an instant, and for nothing else any more.
    pub(super) fn set(&mut self, who: Who, at: Option<Millis>) {
        self.wait(who).into_iter().for_each(|wait| wait.until = at);
        self.queue(who);
    }

    /// Lets somebody wait for an instant, or for what they wait for already, if that is earlier.
    pub(super) fn hasten(&mut self, who: Who, at: Millis) {
        let earlier = |until: Option<Millis>| Some(until.map_or(at, |until| until.min(at)));
        self.wait(who).into_iter().for_each(|wait| wait.until = earlier(wait.until));
        self.queue(who);
    }

    /// What somebody waits for.
    pub(super) fn waits(&self, who: Who) -> Option<Millis> {
        let (waits, index) = match who {
            Who::Screen(index) => (&self.screens, index),
            Who::Account(index) => (&self.accounts, index),
            Who::Person(index) => (&self.persons, index),
        };
        waits.get(index)?.until
    }

    /// When anybody's next turn is, at the earliest.
    pub(super) fn next_turn(&mut self) -> Option<Millis> {
        while let Some(Reverse(turn)) = self.heap.peek().copied() {
            let wait = self.wait(turn.who)?;
            if wait.queued == Some(turn.at) && wait.until == Some(turn.at) {
                return Some(turn.at);
            }
            self.heap.pop();
            if let Some(wait) = self.wait(turn.who).filter(|wait| wait.queued == Some(turn.at)) {
                wait.queued = None;
                self.queue(turn.who);
            }
        }
        None
    }

    /// The next turn, if it is due.
    pub(super) fn next(&mut self, now: Millis) -> Option<Turn> {
        while let Some(Reverse(turn)) = self.heap.peek().copied().filter(|Reverse(turn)| turn.at <= now) {
            self.heap.pop();
            let Some(wait) = self.wait(turn.who).filter(|wait| wait.queued == Some(turn.at)) else {
                continue;
            };
            wait.queued = None;
            if wait.until == Some(turn.at) {
                wait.until = None;
                #[cfg(test)]
                {
                    self.taken += 1;
                }
                return Some(turn);
            }
            self.queue(turn.who);
        }
        None
    }

    fn queue(&mut self, who: Who) {
        let Some(wait) = self.wait(who) else { return };
        if let Some(at) = wait.until
            && wait.queued.is_none_or(|queued| at < queued)
        {
            wait.queued = Some(at);
            self.heap.push(Reverse(Turn { at, who }));
        }
    }

    fn wait(&mut self, who: Who) -> Option<&mut Wait> {
        let (waits, index) = match who {
            Who::Screen(index) => (&mut self.screens, index),
            Who::Account(index) => (&mut self.accounts, index),
            Who::Person(index) => (&mut self.persons, index),
        };
        if waits.len() <= index {
            waits.resize(index + 1, Wait::default());
        }
        waits.get_mut(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_puts_off_is_called_at_the_new_time_only_and_accounts_come_first() {
        let mut schedule = Schedule::default();
        let turn = |at, who| Some(Turn { at: Millis(at), who });
        schedule.set(Who::Person(0), Some(Millis(10)));
        schedule.set(Who::Person(0), Some(Millis(30)));
        schedule.set(Who::Person(1), Some(Millis(30)));
        schedule.hasten(Who::Person(1), Millis(20));
        schedule.hasten(Who::Person(1), Millis(40));
        schedule.set(Who::Account(0), Some(Millis(30)));
        assert_eq!(schedule.next(Millis(19)), None);
        assert_eq!(schedule.next(Millis(30)), turn(20, Who::Person(1)));
        schedule.set(Who::Person(1), None);
        assert_eq!(schedule.next(Millis(30)), turn(30, Who::Account(0)));
        assert_eq!(schedule.next(Millis(30)), turn(30, Who::Person(0)));
        assert_eq!(schedule.next(Millis(99)), None, "each is called once");
        assert!(schedule.heap.is_empty());
    }
}
