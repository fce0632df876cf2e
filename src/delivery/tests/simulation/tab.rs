//! A tab: what its face knows of the journal, and what sends.

use super::collector::Reply;
use super::lesson::Lesson;
use super::plain::Plain;
use super::store::Row;
use crate::delivery::{Limits, Machine, Millis};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A request that has no answer yet.
pub(super) struct Wire {
    pub(super) batch: u32,
    pub(super) keys: Vec<u64>,
    pub(super) keepalive: bool,
    pub(super) bytes: u32,
    /// How long ago, by the page's clock whenever it was told to the machine, steps back not counted.
    pub(super) age: i64,
    pub(super) reply: Option<Reply>,
    /// In true time.
    pub(super) reply_at: i64,
}

/// What other tabs tell.
pub(super) enum News {
    Appended(u64, Row),
    Settled(Vec<u64>),
}

pub(super) enum Sender {
    /// Another tab sends.
    None,
    Plain(Plain),
    Machine(Box<Machine>),
}

pub(super) struct Tab {
    pub(super) sender: Sender,
    /// Wasm is not there yet.
    pub(super) plain: bool,
    /// `journal.waiting` of the face.
    pub(super) waiting: BTreeMap<u64, Row>,
    pub(super) mail: VecDeque<News>,
    /// What the machine was told and has not removed, with its bytes.
    pub(super) known: BTreeMap<u64, u32>,
    pub(super) lesson: Lesson,
    pub(super) hidden: bool,
    /// Hidden, and nothing has failed since.
    pub(super) chance: bool,
    /// True time at which the timer comes.
    pub(super) timer: Option<i64>,
    /// What the page's clock said when the machine was last told.
    pub(super) told: Millis,
    pub(super) wires: Vec<Wire>,
    pub(super) answered: Vec<u32>,
}

impl Tab {
    pub(super) fn new(plain: bool, waiting: BTreeMap<u64, Row>, limits: &Limits, now: Millis) -> Self {
        Self {
            sender: Sender::None,
            plain,
            waiting,
            mail: VecDeque::new(),
            known: BTreeMap::new(),
            lesson: Lesson::new(limits),
            hidden: false,
            chance: false,
            timer: None,
            told: now,
            wires: Vec::new(),
            answered: Vec::new(),
        }
    }

    /// Returns what is new.
    pub(super) fn hear(&mut self) -> Vec<u64> {
        let mut new = Vec::new();
        for news in self.mail.drain(..) {
            match news {
                News::Appended(key, row) => {
                    self.waiting.insert(key, row);
                    new.push(key);
                }
                News::Settled(keys) => keys.iter().for_each(|key| {
                    self.waiting.remove(key);
                }),
            }
        }
        new.retain(|key| self.waiting.contains_key(key));
        new
    }

    /// Whether this will be sent by it.
    pub(super) fn sends(&self, key: &u64) -> bool {
        match self.sender {
            Sender::None => false,
            Sender::Plain(_) => self.waiting.contains_key(key),
            Sender::Machine(_) => self.known.contains_key(key),
        }
    }

    /// In flight, by our reckoning.
    pub(super) fn leased(&self, limits: &Limits) -> BTreeSet<u64> {
        let leased = self.wires.iter().filter(|wire| wire.age < limits.lease_ms);
        leased.flat_map(|wire| wire.keys.iter().copied()).collect()
    }

    pub(super) fn weight(&self) -> (usize, u64) {
        (self.known.len(), self.known.values().map(|&bytes| u64::from(bytes)).sum())
    }
}
