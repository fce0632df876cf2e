//! The sender before wasm is there: `js/src/plain.ts`, as far as its effect goes. One batch at a time on a timer, no
//! leases, halves until a bad event is alone. The machine begins when it has stopped: nothing of it is in flight.

use super::collector::Reply;
use super::lesson::{Kept, Lesson};
use super::schedule::Weather;
use super::tab::{Sender, Wire};
use super::world::{Checked, World};
use crate::delivery::{Memory, Millis, Reason};
use std::collections::BTreeSet;

pub(super) struct Plain {
    events: usize,
    pause: i64,
    /// Wasm has come.
    stopped: bool,
    last: u32,
}

const EVENTS: usize = 250;
const FIRST_PAUSE_MS: i64 = 5_000;

impl Plain {
    pub(super) fn new() -> Self {
        Self { events: EVENTS, pause: FIRST_PAUSE_MS, stopped: false, last: 0 }
    }
}

impl World {
    pub(super) fn plain_appended(&mut self, at: usize) -> Checked {
        let tab = &mut self.tabs[at];
        let surplus = tab.waiting.len().saturating_sub(self.limits.queue_events);
        let oldest: Vec<u64> = tab.waiting.keys().take(surplus).copied().collect();
        if self.settle(at, &oldest, Reason::QueueFull)? {
            return Ok(());
        }
        self.plain_schedule(at);
        Ok(())
    }

    fn plain_schedule(&mut self, at: usize) {
        let left = self.plain_asked();
        let tab = &mut self.tabs[at];
        if let Sender::Plain(plain) = &tab.sender
            && !plain.stopped
            && !tab.waiting.is_empty()
        {
            let pause = plain.pause.max(left);
            tab.timer.get_or_insert(self.time + pause);
        }
    }

    /// Left of what the collector asked for, as any sender before has left it.
    fn plain_asked(&self) -> i64 {
        let passed = |at: Millis| self.now().0.saturating_sub(at.0).max(0);
        self.kept
            .as_ref()
            .map_or(0, |kept| kept.memory.asked_ms.saturating_sub(passed(kept.memory.at)).max(0))
    }

    fn plain_remember(&mut self, asked_ms: i64) {
        if asked_ms <= self.plain_asked() {
            return;
        }
        let at = self.now();
        let before = self.kept.take();
        let (failures, owed_ms) =
            before.as_ref().map_or((0, 0), |kept| (kept.memory.failures, kept.memory.owed_ms));
        let mut lesson = before.map_or_else(|| Lesson::new(&self.limits), |kept| kept.lesson);
        lesson.ask(asked_ms);
        self.kept = Some(Kept { memory: Memory { at, failures, pause_ms: 0, asked_ms, owed_ms }, lesson });
        self.count("pauses that a plain sender was asked for");
    }

    pub(super) fn plain_send(&mut self, at: usize, keepalive: bool) -> Checked {
        if !keepalive && self.plain_asked() > 0 {
            self.plain_schedule(at);
            return Ok(());
        }
        let tab = &mut self.tabs[at];
        let Sender::Plain(plain) = &mut tab.sender else { return Ok(()) };
        if plain.stopped || (!tab.wires.is_empty() && !keepalive) {
            return Ok(());
        }
        let flying: BTreeSet<u64> = tab.wires.iter().flat_map(|wire| wire.keys.iter().copied()).collect();
        let mut keys = Vec::new();
        let mut bytes = 0;
        for (&key, row) in &tab.waiting {
            bytes += row.bytes + 1;
            if keys.len() >= plain.events || (keepalive && bytes > self.limits.keepalive_bytes) {
                break;
            }
            if !flying.contains(&key) {
                keys.push(key);
            }
        }
        if keys.is_empty() {
            return Ok(());
        }
        plain.last += 1;
        let batch = plain.last;
        self.count("plain requests");
        let reply = self.post(at, &keys, bytes)?;
        // The face gives up.
        let reply = reply.unwrap_or(Reply { status: 0, retry_after: None, delay: 30_000 });
        let reply_at = self.time + reply.delay.min(30_000);
        let wire = Wire { batch, keys, keepalive, bytes, age: 0, reply: Some(reply), reply_at };
        self.tabs[at].wires.push(wire);
        Ok(())
    }

    pub(super) fn plain_answered(&mut self, at: usize, wire: Wire, reply: Reply) -> Checked {
        let bad = matches!(reply.status, 400 | 413);
        let ok = reply.status == 200 && reply.delay <= 30_000;
        let Sender::Plain(plain) = &mut self.tabs[at].sender else { return Ok(()) };
        let mut more = false;
        if ok || (bad && wire.keys.len() == 1) {
            plain.events = EVENTS;
            plain.pause = FIRST_PAUSE_MS;
            more = !wire.keepalive;
            let reason = if bad { Reason::Refused } else { Reason::Acknowledged };
            if self.settle(at, &wire.keys, reason)? {
                return Ok(());
            }
        } else if bad {
            plain.events = wire.keys.len().div_ceil(2);
            more = true;
        } else {
            plain.pause = (plain.pause * 2).min(300_000);
            self.plain_remember(reply.retry_after.unwrap_or(0).min(3_600_000));
        }
        if more {
            self.plain_send(at, wire.keepalive)?;
        }
        self.plain_schedule(at);
        self.hand_over(at)
    }

    /// Wasm is there.
    pub(super) fn engine(&mut self, at: usize) -> Checked {
        let tab = &mut self.tabs[at];
        tab.plain = false;
        if let Sender::Plain(plain) = &mut tab.sender {
            plain.stopped = true;
            tab.timer = None;
            return self.hand_over(at);
        }
        Ok(())
    }

    fn hand_over(&mut self, at: usize) -> Checked {
        let tab = &self.tabs[at];
        match &tab.sender {
            Sender::Plain(plain) if plain.stopped && tab.wires.is_empty() => {
                self.count("handed over by a plain sender");
                self.start_machine(at)
            }
            _ => Ok(()),
        }
    }

    /// The storm is over; see `drain`.
    pub(super) fn fair(&mut self) {
        self.weather = Weather::Fair { delay: 30 };
    }
}
