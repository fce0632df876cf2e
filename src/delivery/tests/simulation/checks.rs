//! What must hold after each command: requests, removals, and the state in between.

use super::schedule::Nature;
use super::world::{Checked, Wire, World};
use crate::delivery::Reason;
use std::collections::BTreeSet;

impl World {
    pub(super) fn send(&mut self, batch: u32, keys: Vec<u64>, keepalive: bool) -> Checked {
        self.count(if keepalive { "keepalive requests" } else { "routine requests" });
        let mut told = Vec::new();
        let mut bytes = self.limits.overhead_bytes;
        for &key in &keys {
            let event = self.journal.get(&key).ok_or(format!("{key} was removed and is sent"))?;
            bytes += event.bytes + 1;
            told.push((key, event.nature));
        }
        if keys.is_empty() || !keys.is_sorted_by(|a, b| a < b) {
            return Err(format!("{keys:?} is no batch"));
        }
        if keys.len() > self.limits.batch_events || bytes > self.limits.batch_bytes {
            return Err(format!("{} events and {bytes} bytes are too much for a batch", keys.len()));
        }
        if keepalive && !self.hidden {
            return Err("keepalive on a visible page".to_owned());
        }
        if let Some(key) = keys.iter().find(|key| self.leased().contains(key)) {
            return Err(format!("{key} is in flight and is sent again"));
        }
        let reply = self.collector.post(&told, self.weather);
        if reply.is_none() {
            self.count("never answered");
        }
        let reply_at = self.time + reply.as_ref().map_or(0, |reply| reply.delay);
        self.wires.push(Wire { batch, keys, keepalive, bytes, age: 0, reply, reply_at });
        Ok(())
    }

    pub(super) fn remove(&mut self, keys: &[u64], reason: Reason) -> Checked {
        let (events, bytes) = self.weight();
        for key in keys {
            let event = self.journal.remove(key).ok_or(format!("{key} is removed twice"))?;
            let justified = match reason {
                Reason::Acknowledged => self.collector.stored.contains_key(key),
                Reason::Refused => matches!(event.nature, Nature::Bad(_)),
                Reason::TooLarge => event.bytes > self.limits.event_bytes,
                Reason::QueueFull => events > self.limits.queue_events || bytes > self.limits.queue_bytes,
            };
            if !justified {
                return Err(format!("{key} is removed as {reason:?} and is not"));
            }
            self.removed.insert(*key, reason);
            self.count(match reason {
                Reason::Acknowledged => "acknowledged",
                Reason::Refused => "refused",
                Reason::TooLarge => "too large",
                Reason::QueueFull => "queue full",
            });
        }
        if reason == Reason::QueueFull {
            let leased = self.leased();
            if keys.iter().any(|key| leased.contains(key)) {
                return Err("given up in flight".to_owned());
            }
            let oldest = self.journal.keys().find(|key| !leased.contains(key));
            if oldest.is_some_and(|oldest| keys.iter().any(|key| key > oldest)) {
                return Err(format!("{keys:?} are given up, and {oldest:?} is older"));
            }
        }
        Ok(())
    }

    /// What holds at any moment.
    pub(super) fn check(&self) -> Checked {
        let (events, bytes) = self.weight();
        if self.machine.waiting() != events {
            return Err(format!("{} wait, {events} are in the journal", self.machine.waiting()));
        }
        if events > self.limits.queue_events || bytes > self.limits.queue_bytes {
            return Err(format!("{events} events, {bytes} bytes are above the cap"));
        }
        let leased = || self.wires.iter().filter(|wire| wire.age < self.limits.lease_ms);
        let keepalive: u32 = leased().filter(|wire| wire.keepalive).map(|wire| wire.bytes).sum();
        if keepalive > self.limits.keepalive_bytes {
            return Err(format!("{keepalive} bytes of keepalive in flight"));
        }
        if leased().filter(|wire| !wire.keepalive).count() > 1 {
            return Err("two routine requests at a time".to_owned());
        }
        Ok(())
    }

    fn weight(&self) -> (usize, u64) {
        (self.journal.len(), self.journal.values().map(|event| u64::from(event.bytes)).sum())
    }

    fn leased(&self) -> BTreeSet<u64> {
        let leased = self.wires.iter().filter(|wire| wire.age < self.limits.lease_ms);
        leased.flat_map(|wire| wire.keys.iter().copied()).collect()
    }
}
