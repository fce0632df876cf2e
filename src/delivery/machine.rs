//! The inputs, and how the parts play together.

use super::answer::{Meaning, meaning};
use super::backoff::Backoff;
use super::batch::{Batch, Due, Next, Room};
use super::command::{Command, Reason};
use super::flights::{Flight, Flights};
use super::limits::Limits;
use super::queue::Queue;
use super::time::{Elapsed, Millis, Stopwatch};

/// The delivery machine of one page. See the [module](super) for what it promises.
///
/// ```
/// use ripen::delivery::{Command, Limits, Machine, Millis};
///
/// let mut machine = Machine::new(7, Limits::DEFAULT);
/// let _ = machine.appended(&[1, 2], &[300, 250], Millis(0)); // wake me at 5,000
/// let commands = machine.flush(Millis(10));
/// assert_eq!(commands[0], Command::Send { batch: 1, keys: vec![1, 2], keepalive: false });
/// let _ = machine.answered(1, 200, None, Millis(90)); // remove 1 and 2: acknowledged
/// assert_eq!(machine.waiting(), 0);
/// ```
pub struct Machine {
    limits: Limits,
    stopwatch: Stopwatch,
    queue: Queue,
    flights: Flights,
    backoff: Backoff,
    /// Events up to this key wait for no company.
    flushed: Option<u64>,
    hidden: Option<Hidden>,
    /// Since the last acceptance.
    refusals: u32,
    /// The wake that the face knows of.
    wake_at: Option<Millis>,
}

/// The page is hidden.
#[derive(Clone, Copy)]
struct Hidden {
    /// Requests are keepalive until then.
    keepalive_until: Elapsed,
    /// No pause holds back what is sent, until one of it has failed: the page may be gone for good.
    last_chance: bool,
}

impl Machine {
    /// `seed` makes the jitter of this page differ from that of others.
    #[must_use]
    pub fn new(seed: u64, limits: Limits) -> Self {
        Self {
            limits,
            stopwatch: Stopwatch::new(),
            queue: Queue::new(),
            flights: Flights::new(),
            backoff: Backoff::new(seed),
            flushed: None,
            hidden: None,
            refusals: 0,
            wake_at: None,
        }
    }

    /// Events that wait, those in flight included.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Whether something waits for another try after a failure.
    #[must_use]
    pub fn retrying(&self) -> bool {
        self.backoff.round() > 0 && self.waiting() > 0
    }

    /// Events that are in the journal: `bytes[i]` is the size of event `keys[i]` as UTF-8 JSON. Keys that wait already
    /// are ignored (a reload or another tab may tell them twice). Keys that were removed are not remembered, so that a
    /// journal that starts over, after it was erased, is not taken for an old one.
    #[must_use]
    pub fn appended(&mut self, keys: &[u64], bytes: &[u32], now: Millis) -> Vec<Command> {
        let (t, mut commands) = self.begin(now);
        let mut too_large = Vec::new();
        let mut any = false;
        for (&key, &bytes) in keys.iter().zip(bytes) {
            if bytes > self.limits.event_bytes {
                too_large.push(key);
            } else {
                any |= self.queue.insert(key, bytes, t);
            }
        }
        remove(&mut commands, too_large, Reason::TooLarge);
        let given_up = self.queue.trim(self.limits.queue_events, self.limits.queue_bytes);
        remove(&mut commands, given_up, Reason::QueueFull);
        if let Some(hidden) = &mut self.hidden
            && any
            && hidden.keepalive_until <= t
        {
            hidden.keepalive_until = t.after(self.limits.keepalive_ms);
        }
        self.end(t, now, commands)
    }

    /// The answer to a batch. `status` 0: there was none. `retry_after` in milliseconds, if the answer had one.
    /// An answer to a batch that is not in flight is ignored.
    #[must_use]
    pub fn answered(
        &mut self,
        batch: u32,
        status: u16,
        retry_after: Option<i64>,
        now: Millis,
    ) -> Vec<Command> {
        let t = self.stopwatch.read(now);
        let mut commands = Vec::new();
        // Before leases are ended: an answer in the last moment is an answer.
        if let Some(flight) = self.flights.take(batch) {
            match meaning(status) {
                Meaning::Accepted => self.accepted(&flight.batch.keys, &mut commands),
                Meaning::Refused => self.refused(flight, &mut commands, t),
                fault => {
                    if let Some(ms) = retry_after {
                        self.backoff.asked_for(ms, &self.limits, t);
                    }
                    self.failed(flight, fault, t);
                }
            }
        } else if let Some(keys) = self.flights.take_late(batch)
            && meaning(status) == Meaning::Accepted
        {
            self.accepted(&keys, &mut commands);
        }
        self.end_leases(t);
        self.end(t, now, commands)
    }

    /// The time asked for by [`Command::Wake`] has come.
    #[must_use]
    pub fn wake(&mut self, now: Millis) -> Vec<Command> {
        let (t, commands) = self.begin(now);
        self.wake_at = None;
        self.end(t, now, commands)
    }

    /// Send what is there, do not wait for a full batch. Ends a pause after a failure, but not two in a row, and none
    /// that the backend asked for.
    #[must_use]
    pub fn flush(&mut self, now: Millis) -> Vec<Command> {
        let (t, commands) = self.begin(now);
        self.flushed = self.queue.last_key().max(self.flushed);
        self.backoff.cut_once(t);
        self.end(t, now, commands)
    }

    /// The page is being hidden, and may be gone for good: send what fits the quota of keepalive, whatever pause.
    #[must_use]
    pub fn hidden(&mut self, now: Millis) -> Vec<Command> {
        let (t, commands) = self.begin(now);
        let keepalive_until = t.after(self.limits.keepalive_ms);
        self.hidden = Some(Hidden { keepalive_until, last_chance: true });
        self.end(t, now, commands)
    }

    /// The page is visible again, or the network is back. Ends a pause, but for one that the backend asked for.
    #[must_use]
    pub fn resumed(&mut self, now: Millis) -> Vec<Command> {
        let (t, commands) = self.begin(now);
        self.hidden = None;
        self.backoff.cut(t);
        // A page that was frozen may have lost its timer.
        self.wake_at = None;
        self.end(t, now, commands)
    }

    fn begin(&mut self, now: Millis) -> (Elapsed, Vec<Command>) {
        let t = self.stopwatch.read(now);
        self.end_leases(t);
        (t, Vec::new())
    }

    fn end_leases(&mut self, t: Elapsed) {
        while let Some(flight) = self.flights.take_ended(t) {
            self.failed(flight, Meaning::Unavailable, t);
        }
    }

    fn accepted(&mut self, keys: &[u64], commands: &mut Vec<Command>) {
        remove(commands, self.queue.remove(keys), Reason::Acknowledged);
        self.backoff.succeeded();
        self.refusals = 0;
    }

    fn refused(&mut self, flight: Flight, commands: &mut Vec<Command>, t: Elapsed) {
        let everything = self.refusals >= self.limits.refusals_in_a_row;
        self.refusals = self.refusals.saturating_add(1);
        if flight.batch.keys.len() <= 1 {
            remove(commands, self.queue.remove(&flight.batch.keys), Reason::Refused);
        } else if everything {
            // Others first: perhaps it is only these.
            self.queue.set_aside_in_halves(&flight.batch.keys);
        } else {
            self.queue.suspect_in_halves(&flight.batch.keys);
        }
        if everything {
            self.pause(flight.round, 0, t);
        }
    }

    fn failed(&mut self, flight: Flight, fault: Meaning, t: Elapsed) {
        let Flight { batch, round, .. } = flight;
        match fault {
            // Perhaps one of these is at fault: each try takes others, and of these only half. An outage adds at most
            // one small request for each try that was made during it.
            Meaning::Faulty | Meaning::Astray => self.queue.set_aside_in_halves(&batch.keys),
            _ => self.queue.put_back(batch),
        }
        self.pause(round, if fault == Meaning::Astray { self.limits.retry_slow_ms } else { 0 }, t);
    }

    fn pause(&mut self, round: u32, at_least_ms: i64, t: Elapsed) {
        self.backoff.failed(round, at_least_ms, &self.limits, t);
        if let Some(hidden) = &mut self.hidden {
            hidden.last_chance = false;
        }
    }

    /// Sends what is due, and asks to be woken for what is not.
    fn end(&mut self, t: Elapsed, now: Millis, mut commands: Vec<Command>) -> Vec<Command> {
        let keepalive = self.hidden.is_some_and(|hidden| t < hidden.keepalive_until);
        let last_chance = self.hidden.is_some_and(|hidden| hidden.last_chance);
        let paused = t < self.backoff.end();
        let mut later = None;
        if keepalive && (!paused || last_chance) {
            while let Next::Batch(batch) = self.queue.next(self.keepalive_room(), Due::Now) {
                self.send(batch, true, t, &mut commands);
            }
        } else if !keepalive && !paused && !self.flights.routine() {
            let due = Due::ByAge { t, age_ms: self.limits.age_ms, flushed: self.flushed };
            match self.queue.next(self.routine_room(), due) {
                Next::Batch(batch) => self.send(batch, false, t, &mut commands),
                Next::Later(at) => later = Some(at),
                Next::Nothing => {}
            }
        }
        if self.queue.any_unsent() {
            if paused {
                later = earlier(later, Some(self.backoff.end()));
            }
            if keepalive {
                later = earlier(later, self.hidden.map(|hidden| hidden.keepalive_until));
            }
        }
        if let Some(later) = earlier(later, self.flights.next_end()) {
            let at = self.stopwatch.at(later, now);
            if self.wake_at != Some(at) {
                self.wake_at = Some(at);
                commands.push(Command::Wake { at });
            }
        }
        commands
    }

    fn send(&mut self, batch: Batch, keepalive: bool, t: Elapsed, commands: &mut Vec<Command>) {
        let keys = batch.keys.clone();
        let lease_end = t.after(self.limits.lease_ms);
        let batch = self.flights.start(batch, keepalive, self.backoff.round(), lease_end);
        commands.push(Command::Send { batch, keys, keepalive });
    }

    fn routine_room(&self) -> Room {
        let Limits { batch_events, batch_bytes, overhead_bytes, .. } = self.limits;
        Room { events: batch_events, bytes: batch_bytes, alone: batch_bytes, overhead: overhead_bytes }
    }

    /// What is left of our half of the quota.
    fn keepalive_room(&self) -> Room {
        let left = self.limits.keepalive_bytes.saturating_sub(self.flights.keepalive_bytes());
        Room { bytes: self.limits.keepalive_chunk_bytes.min(left), alone: left, ..self.routine_room() }
    }
}

fn remove(commands: &mut Vec<Command>, keys: Vec<u64>, reason: Reason) {
    if !keys.is_empty() {
        commands.push(Command::Remove { keys, reason });
    }
}

fn earlier(one: Option<Elapsed>, other: Option<Elapsed>) -> Option<Elapsed> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
