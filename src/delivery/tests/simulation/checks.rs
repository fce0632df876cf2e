//! What must hold after each command: requests, removals, and the state in between.

use super::collector::Reply;
use super::schedule::Nature;
use super::tab::{News, Sender, Wire};
use super::world::{Checked, World};
use crate::delivery::{Pressure, Reason};

impl World {
    pub(super) fn send(&mut self, at: usize, batch: u32, keys: Vec<u64>, keepalive: bool) -> Checked {
        self.count(if keepalive { "keepalive requests" } else { "routine requests" });
        let limits = self.limits;
        let tab = &mut self.tabs[at];
        let mut bytes = limits.overhead_bytes;
        for key in &keys {
            bytes += tab.known.get(key).ok_or(format!("{key} was removed and is sent"))? + 1;
        }
        if keys.is_empty() || !keys.is_sorted_by(|a, b| a < b) {
            return Err(format!("{keys:?} is no batch"));
        }
        if keys.len() > limits.batch_events || bytes > limits.batch_bytes {
            return Err(format!("{} events and {bytes} bytes are too much for a batch", keys.len()));
        }
        if keepalive && !tab.hidden {
            return Err("keepalive on a visible page".to_owned());
        }
        let leased = tab.leased(&limits);
        if let Some(key) = keys.iter().find(|key| leased.contains(key)) {
            return Err(format!("{key} is in flight and is sent again"));
        }
        let chance = keepalive && tab.chance;
        let retry = tab.lesson.send(chance, &limits)?;
        if retry && !chance {
            if keys.len() > limits.probe_events || (keys.len() > 1 && bytes > limits.probe_bytes) {
                return Err(format!("{} events and {bytes} bytes are too much for a probe", keys.len()));
            }
            self.count("probes");
        }
        // The face sends what it still waits for.
        let posted: Vec<u64> =
            keys.iter().copied().filter(|key| self.tabs[at].waiting.contains_key(key)).collect();
        let reply = if posted.is_empty() {
            self.count("requests for what others had settled");
            Some(Reply { status: 200, retry_after: None, delay: 0 })
        } else {
            self.post(at, &posted, bytes)?
        };
        if reply.is_none() {
            self.count("never answered");
        }
        let reply_at = self.time + reply.as_ref().map_or(0, |reply| reply.delay);
        self.tabs[at].wires.push(Wire { batch, keys, keepalive, bytes, age: 0, reply, reply_at });
        Ok(())
    }

    /// Over the wire, whoever sends.
    pub(super) fn post(&mut self, at: usize, keys: &[u64], bytes: u32) -> Result<Option<Reply>, String> {
        let tab = &self.tabs[at];
        let unheard = |key: &u64| {
            let settled = |news: &News| matches!(news, News::Settled(keys) if keys.contains(key));
            !self.locks && (self.untold.contains(key) || tab.mail.iter().any(settled))
        };
        if let Some(key) = keys.iter().find(|key| self.store.acknowledged.contains(key) && !unheard(key)) {
            return Err(format!("{key} is sent again, after its acknowledgement was stored"));
        }
        let twice = keys.iter().any(|key| self.collector.stored.contains_key(key));
        if twice && self.store.manner != super::schedule::Manner::Honest {
            self.count("sent again for the store's fault");
        }
        let batch: Vec<_> = keys.iter().map(|key| (*key, self.tracked[key].nature)).collect();
        Ok(self.collector.post(&batch, bytes, self.weather))
    }

    /// Whether the machine may remove these.
    pub(super) fn justify(&mut self, at: usize, keys: &[u64], reason: Reason) -> Checked {
        let tab = &mut self.tabs[at];
        let (events, bytes) = tab.weight();
        for key in keys {
            let size = tab.known.remove(key).ok_or(format!("{key} is removed twice"))?;
            let justified = match reason {
                Reason::Acknowledged => {
                    self.collector.stored.contains_key(key)
                        || !self.store.rows.contains_key(key)
                        || self.store.undead.contains(key)
                }
                Reason::Refused => {
                    matches!(self.tracked[key].nature, Nature::Bad(_))
                        || self.collector.too_large.contains(key)
                }
                Reason::TooLarge => size > self.limits.event_bytes,
                Reason::QueueFull => events > self.limits.queue_events || bytes > self.limits.queue_bytes,
            };
            if !justified {
                return Err(format!("{key} is removed as {reason:?} and is not"));
            }
            *self.tally.entry(reason.name()).or_default() += 1;
        }
        if reason == Reason::QueueFull {
            let leased = tab.leased(&self.limits);
            if keys.iter().any(|key| leased.contains(key)) {
                return Err("given up in flight".to_owned());
            }
            let oldest = tab.known.keys().find(|key| !leased.contains(key));
            if oldest.is_some_and(|oldest| keys.iter().any(|key| key > oldest)) {
                return Err(format!("{keys:?} are given up, and {oldest:?} is older"));
            }
        }
        Ok(())
    }

    /// What holds at any moment.
    pub(super) fn check(&mut self, at: usize) -> Checked {
        let limits = self.limits;
        let tab = &self.tabs[at];
        let Sender::Machine(machine) = &tab.sender else { return Ok(()) };
        let (events, bytes) = tab.weight();
        if machine.waiting() != events {
            return Err(format!("{} wait, {events} were told", machine.waiting()));
        }
        if events > limits.queue_events || bytes > limits.queue_bytes {
            return Err(format!("{events} events, {bytes} bytes are above the cap"));
        }
        let high = events > limits.queue_events / 2 || bytes > limits.queue_bytes / 2;
        if (machine.pressure() == Pressure::High) != high {
            return Err(format!("{events} events, {bytes} bytes are {:?}", machine.pressure()));
        }
        // So the store is under its cap too, but for what nobody has read yet.
        let unread = |key: &u64| {
            self.store.undead.contains(key)
                || tab.mail.iter().any(|news| matches!(news, News::Appended(new, _) if new == key))
        };
        let known = |key: &u64| self.tabs.iter().any(|tab| tab.sends(key));
        if let Some(key) = self.store.rows.keys().find(|key| !known(key) && !unread(key)) {
            return Err(format!("{key} is in the store, and nobody will send it"));
        }
        let leased = || tab.wires.iter().filter(|wire| wire.age < limits.lease_ms);
        let keepalive: u32 = leased().filter(|wire| wire.keepalive).map(|wire| wire.bytes).sum();
        if keepalive > limits.keepalive_bytes {
            return Err(format!("{keepalive} bytes of keepalive in flight"));
        }
        if leased().filter(|wire| !wire.keepalive).count() > 1 {
            return Err("two routine requests at a time".to_owned());
        }
        if high {
            self.count("high pressure");
        }
        Ok(())
    }
}
