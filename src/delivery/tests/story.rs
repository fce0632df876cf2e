//! A machine and what it has commanded, so that a test reads as a story.

use crate::delivery::{Command, Limits, Machine, Memory, Millis, Reason};

/// A request that was commanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) batch: u32,
    pub(super) keys: Vec<u64>,
    pub(super) keepalive: bool,
}

pub(super) struct Story {
    pub(super) machine: Machine,
    pub(super) now: i64,
    pub(super) sent: Vec<Sent>,
    pub(super) removed: Vec<(u64, Reason)>,
    pub(super) wake_at: Option<i64>,
    /// What the face keeps for the next machine.
    pub(super) kept: Option<Memory>,
}

impl Story {
    pub(super) fn new() -> Self {
        Self::within(Limits::DEFAULT)
    }

    pub(super) fn within(limits: Limits) -> Self {
        let machine = Machine::new(7, limits);
        Self {
            machine,
            now: 1_700_000_000_000,
            sent: Vec::new(),
            removed: Vec::new(),
            wake_at: None,
            kept: None,
        }
    }

    /// Tells events of `bytes` each, and returns the requests that follow at once.
    pub(super) fn append(&mut self, keys: std::ops::RangeInclusive<u64>, bytes: u32) -> Vec<Sent> {
        let keys: Vec<u64> = keys.collect();
        self.tell(|machine, now| machine.appended(&keys, &vec![bytes; keys.len()], now))
    }

    pub(super) fn answer(&mut self, batch: u32, status: u16) -> Vec<Sent> {
        self.tell(|machine, now| machine.answered(batch, status, None, now))
    }

    pub(super) fn answer_with_retry_after(&mut self, batch: u32, status: u16, ms: i64) -> Vec<Sent> {
        self.tell(|machine, now| machine.answered(batch, status, Some(ms), now))
    }

    pub(super) fn flush(&mut self) -> Vec<Sent> {
        self.tell(Machine::flush)
    }

    pub(super) fn hide(&mut self) -> Vec<Sent> {
        self.tell(Machine::hidden)
    }

    pub(super) fn resume(&mut self) -> Vec<Sent> {
        self.tell(Machine::resumed)
    }

    /// Time passes; wakes come when they were asked for. Returns what was sent meanwhile.
    pub(super) fn pass(&mut self, ms: i64) -> Vec<Sent> {
        let (end, before) = (self.now + ms, self.sent.len());
        while let Some(at) = self.wake_at.filter(|&at| at <= end) {
            self.now = self.now.max(at);
            self.wake_at = None;
            self.tell(Machine::wake);
        }
        self.now = end;
        self.sent[before..].to_vec()
    }

    /// Time passes until something is sent. Panics after a day.
    pub(super) fn wait(&mut self) -> Sent {
        let start = self.now;
        while self.now - start < 86_400_000 {
            let at = self.wake_at.expect("nothing is waited for");
            if let Some(sent) = self.pass((at - self.now).max(0)).first() {
                return sent.clone();
            }
        }
        panic!("nothing was sent for a day");
    }

    pub(super) fn tell(&mut self, input: impl FnOnce(&mut Machine, Millis) -> Vec<Command>) -> Vec<Sent> {
        let before = self.sent.len();
        for command in input(&mut self.machine, Millis(self.now)) {
            match command {
                Command::Send { batch, keys, keepalive } => self.sent.push(Sent { batch, keys, keepalive }),
                Command::Remove { keys, reason } => {
                    self.removed.extend(keys.iter().map(|&key| (key, reason)))
                }
                Command::Wake { at } => self.wake_at = Some(at.0),
                Command::Remember(memory) => self.kept = Some(memory),
            }
        }
        self.sent[before..].to_vec()
    }

    pub(super) fn removed_as(&self, reason: Reason) -> Vec<u64> {
        self.removed.iter().filter(|removed| removed.1 == reason).map(|removed| removed.0).collect()
    }
}

/// The keys of each request.
pub(super) fn keys(sent: &[Sent]) -> Vec<Vec<u64>> {
    sent.iter().map(|sent| sent.keys.clone()).collect()
}
