//! Two tabs, one journal, one collector, and a few faults that are left to happen.

use crate::delivery::{Command, Limits, Machine, Memory, Millis, Reason};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The collector refuses a batch with it.
pub(super) const BAD: u64 = 2;
pub(super) const EVENTS: u64 = 3;
const BYTES: u32 = 300;

/// Two events are a full batch, one is a probe.
pub(super) const LIMITS: Limits = Limits { batch_events: 2, probe_events: 1, ..Limits::DEFAULT };

/// How often each may still happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Left {
    pub(super) crashes: u8,
    /// The collector commits, and the connection is cut.
    pub(super) lost_replies: u8,
    /// The collector commits, and nothing is ever heard.
    pub(super) silences: u8,
    /// A 503, with `Retry-After` or without.
    pub(super) storms: u8,
    /// A timer comes before an answer.
    pub(super) delays: u8,
    pub(super) failed_removals: u8,
    pub(super) flushes: u8,
    pub(super) hidings: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wire {
    pub(super) batch: u32,
    /// What the face still waited for.
    pub(super) posted: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum News {
    Appended(u64),
    Settled(Vec<u64>),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tab {
    /// None: another tab sends.
    pub(super) machine: Option<Machine>,
    pub(super) waiting: BTreeSet<u64>,
    pub(super) mail: VecDeque<News>,
    pub(super) wires: Vec<Wire>,
    /// From now.
    pub(super) wake: Option<i64>,
}

impl Tab {
    /// Which number a request has says nothing.
    fn renumber(&mut self) {
        let Some(machine) = &mut self.machine else { return };
        let flights = &mut machine.flights;
        let numbers: BTreeSet<u32> = (self.wires.iter().map(|wire| wire.batch))
            .chain(flights.leased.iter().map(|flight| flight.number))
            .chain(flights.late.iter().map(|late| late.0))
            .collect();
        let place = |number: &mut u32| *number = 1 + numbers.range(..*number).count() as u32;
        self.wires.iter_mut().for_each(|wire| place(&mut wire.batch));
        flights.leased.iter_mut().for_each(|flight| place(&mut flight.number));
        flights.late.iter_mut().for_each(|late| place(&mut late.0));
        flights.last = numbers.len() as u32;
    }
}

fn fingerprint(tab: &Tab) -> u64 {
    let mut hasher = DefaultHasher::new();
    tab.hash(&mut hasher);
    hasher.finish()
}

/// When a tab dies of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Removal {
    Stored,
    Fails,
    DiesBefore,
    DiesAfter,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct World {
    pub(super) locks: bool,
    pub(super) left: Left,
    pub(super) tabs: Vec<Tab>,
    pub(super) tracked: u64,
    /// The journal.
    pub(super) disk: BTreeSet<u64>,
    /// In it because a removal failed: nobody waits for these until it is read anew.
    pub(super) undead: BTreeSet<u64>,
    /// What the collector has.
    pub(super) stored: BTreeSet<u64>,
    pub(super) posted_twice: bool,
    pub(super) acknowledged: BTreeSet<u64>,
    pub(super) counted: BTreeMap<u64, Reason>,
    pub(super) kept: Option<Memory>,
    /// The first thing that should not be.
    pub(super) broken: Option<&'static str>,
}

impl World {
    pub(super) fn new(locks: bool, left: Left) -> Self {
        let mut world = Self {
            locks,
            left,
            tabs: Vec::new(),
            tracked: 0,
            disk: BTreeSet::new(),
            undead: BTreeSet::new(),
            stored: BTreeSet::new(),
            posted_twice: false,
            acknowledged: BTreeSet::new(),
            counted: BTreeMap::new(),
            kept: None,
            broken: None,
        };
        world.open();
        world.open();
        world
    }

    fn open(&mut self) {
        let (waiting, mail, wires) = (BTreeSet::new(), VecDeque::new(), Vec::new());
        self.tabs.push(Tab { machine: None, waiting, mail, wires, wake: None });
        self.lead();
    }

    /// The lock goes to who has waited longest; without locks each tab sends.
    fn lead(&mut self) {
        for at in 0..if self.locks { 1 } else { 2 }.min(self.tabs.len()) {
            if self.tabs[at].machine.is_some() {
                continue;
            }
            let mut machine = Machine::new(7, LIMITS);
            if let Some(memory) = &self.kept {
                machine.recall(memory);
            }
            let tab = &mut self.tabs[at];
            tab.waiting = self.disk.clone();
            self.undead.clear();
            tab.mail.clear();
            tab.machine = Some(machine);
            self.tell_waiting(at);
        }
    }

    fn tell_waiting(&mut self, at: usize) {
        let keys: Vec<u64> = self.tabs[at].waiting.iter().copied().collect();
        let sizes = vec![BYTES; keys.len()];
        self.tell(at, Removal::Stored, |machine, now| machine.appended(&keys, &sizes, now));
    }

    pub(super) fn reload(&mut self, at: usize) {
        self.tabs.remove(at);
        self.lead();
        self.open();
    }

    pub(super) fn track(&mut self, at: usize) {
        self.tracked += 1;
        let key = self.tracked;
        self.disk.insert(key);
        for (other, tab) in self.tabs.iter_mut().enumerate() {
            // Who does not send reads the journal when it is to.
            if other != at && tab.machine.is_some() {
                tab.mail.push_back(News::Appended(key));
            }
        }
        if self.tabs[at].machine.is_some() {
            self.tabs[at].waiting.insert(key);
        }
        self.tell(at, Removal::Stored, |machine, now| machine.appended(&[key], &[BYTES], now));
    }

    pub(super) fn hear(&mut self, at: usize) {
        for news in std::mem::take(&mut self.tabs[at].mail) {
            match news {
                News::Appended(key) => {
                    self.tabs[at].waiting.insert(key);
                    self.tell(at, Removal::Stored, |machine, now| machine.appended(&[key], &[BYTES], now));
                }
                News::Settled(keys) => keys.iter().for_each(|key| {
                    self.tabs[at].waiting.remove(key);
                }),
            }
        }
    }

    /// Time goes on to the next timer.
    pub(super) fn wake(&mut self) {
        let next = |(at, tab): (usize, &Tab)| Some((tab.wake?, at));
        let Some((ms, at)) = self.tabs.iter().enumerate().filter_map(next).min() else { return };
        for tab in &mut self.tabs {
            tab.wake = tab.wake.map(|wake| wake - ms);
            if let Some(machine) = &mut tab.machine {
                machine.rebase(Millis(ms));
            }
        }
        if let Some(Memory { pause_ms, asked_ms, owed_ms, .. }) = &mut self.kept {
            for left in [pause_ms, asked_ms, owed_ms] {
                *left = (*left - ms).max(0);
            }
        }
        self.tabs[at].wake = None;
        self.tell(at, Removal::Stored, Machine::wake);
    }

    /// Without locks one tab is as good as the other.
    pub(super) fn order_tabs(&mut self) {
        if !self.locks {
            self.tabs.sort_by_cached_key(fingerprint);
        }
    }

    /// All of a batch or nothing.
    pub(super) fn commit(&mut self, keys: &[u64]) -> u16 {
        if keys.contains(&BAD) {
            return 400;
        }
        for key in keys {
            self.posted_twice |= !self.stored.insert(*key);
        }
        200
    }

    pub(super) fn tell(
        &mut self,
        at: usize,
        removal: Removal,
        input: impl FnOnce(&mut Machine, Millis) -> Vec<Command>,
    ) {
        let Some(machine) = &mut self.tabs[at].machine else { return };
        let commands = input(machine, Millis(0));
        machine.rebase(Millis(0));
        for command in commands {
            match command {
                Command::Send { batch, keys, .. } => self.send(at, batch, &keys),
                Command::Remove { keys, reason } => {
                    if self.settle(at, &keys, reason, removal) {
                        return;
                    }
                }
                Command::Wake { at: wake } => self.tabs[at].wake = Some(wake.0),
                Command::Remember(memory) => self.kept = Some(memory),
            }
        }
        self.tabs[at].renumber();
    }

    fn send(&mut self, at: usize, batch: u32, keys: &[u64]) {
        let tab = &mut self.tabs[at];
        let posted: Vec<u64> = keys.iter().copied().filter(|key| tab.waiting.contains(key)).collect();
        let unheard = |key: &u64| !self.locks && tab.waiting.contains(key);
        if posted.iter().any(|key| self.acknowledged.contains(key) && !unheard(key)) {
            self.broken = Some("sent again after its acknowledgement was stored");
        }
        tab.wires.push(Wire { batch, posted });
    }

    /// True: the tab died of it.
    fn settle(&mut self, at: usize, keys: &[u64], reason: Reason, removal: Removal) -> bool {
        for key in keys {
            self.tabs[at].waiting.remove(key);
        }
        if removal == Removal::DiesBefore {
            self.reload(at);
            return true;
        }
        if removal == Removal::Fails {
            self.undead.extend(keys);
            return false;
        }
        for key in keys {
            if !self.disk.remove(key) {
                continue;
            }
            if reason == Reason::Acknowledged {
                self.acknowledged.insert(*key);
                if !self.stored.contains(key) {
                    self.broken = Some("acknowledged, and the collector does not have it");
                }
            } else if self.counted.insert(*key, reason).is_some() {
                self.broken = Some("counted twice");
            }
        }
        if removal == Removal::DiesAfter {
            self.reload(at);
            return true;
        }
        for (other, tab) in self.tabs.iter_mut().enumerate() {
            if other != at && tab.machine.is_some() {
                tab.mail.push_back(News::Settled(keys.to_vec()));
            }
        }
        false
    }

    /// Each event is at the collector, or counted; and nothing waits that could be sent.
    pub(super) fn settled(&self) -> bool {
        let done =
            |key| self.stored.contains(&key) || self.counted.contains_key(&key) || self.undead.contains(&key);
        self.disk.is_subset(&self.undead) && (1..=self.tracked).all(done)
    }
}
