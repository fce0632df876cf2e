//! The inputs, and how the parts play together.

use super::answer::{Meaning, meaning};
use super::batch::{Batch, Due, Next, Room};
use super::circuit::{Circuit, State};
use super::command::{Command, Pressure, Reason};
use super::flights::{Flight, Flights};
use super::limits::Limits;
use super::memory::Memory;
use super::queue::Queue;
use super::size::Size;
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Machine {
    pub(super) limits: Limits,
    pub(super) stopwatch: Stopwatch,
    pub(super) queue: Queue,
    pub(super) flights: Flights,
    pub(super) circuit: Circuit,
    /// As the face was told to remember it.
    pub(super) remembered: Circuit,
    pub(super) size: Size,
    /// Events up to this key wait for no company.
    pub(super) flushed: Option<u64>,
    pub(super) hidden: Option<Hidden>,
    /// Since the last acceptance.
    pub(super) refusals: u32,
    /// The wake that the face knows of.
    pub(super) wake_at: Option<Millis>,
}

/// Its status says that the size is the fault: halved by bytes, and what follows is smaller.
const TOO_LARGE: u16 = 413;

/// The page is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Hidden {
    /// Requests are keepalive until then.
    pub(super) keepalive_until: Elapsed,
    /// No pause holds back what is sent, until one of it has failed: the page may be gone for good.
    last_chance: bool,
}

impl Machine {
    /// `seed` makes the jitter of this page differ from that of others.
    #[must_use]
    pub fn new(seed: u64, limits: Limits) -> Self {
        Self {
            size: Size::new(&limits),
            limits,
            stopwatch: Stopwatch::new(),
            queue: Queue::new(),
            flights: Flights::new(),
            circuit: Circuit::new(seed),
            remembered: Circuit::new(seed),
            flushed: None,
            hidden: None,
            refusals: 0,
            wake_at: None,
        }
    }

    /// What another machine has learnt about the backend, as [`Command::Remember`] told it. To be called before any
    /// other input.
    pub fn recall(&mut self, memory: &Memory) {
        self.stopwatch.started(memory.at);
        self.circuit.recall(memory, &self.limits);
        self.remembered = self.circuit.clone();
    }

    /// What the next machine should [`recall`](Self::recall).
    #[must_use]
    pub fn memory(&mut self, now: Millis) -> Memory {
        self.circuit.memory(self.stopwatch.read(now), now)
    }

    /// Events that wait, those in flight included.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Whether something waits for another try after a failure.
    #[must_use]
    pub fn retrying(&self) -> bool {
        self.circuit.round() > 0 && self.waiting() > 0
    }

    /// Whether events come faster than they leave.
    #[must_use]
    pub fn pressure(&self) -> Pressure {
        let events = self.waiting() > self.limits.queue_events / 2;
        if events || self.queue.bytes() > self.limits.queue_bytes / 2 {
            Pressure::High
        } else {
            Pressure::None
        }
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
            let bytes = flight.batch.bytes;
            let slow = t.since(flight.since) >= self.limits.slow_ms;
            if matches!(status, 408 | TOO_LARGE | 504) || (status == 0 && slow) {
                self.size.too_much(bytes, &self.limits);
            }
            match meaning(status) {
                Meaning::Accepted => {
                    self.size.went_well(bytes, &self.limits);
                    self.accepted(&flight.batch.keys, &mut commands, t);
                }
                Meaning::Refused => self.refused(flight, status == TOO_LARGE, &mut commands, t),
                fault => {
                    if let Some(ms) = retry_after {
                        self.circuit.asked_for(ms, t, &self.limits);
                    }
                    self.failed(flight, fault, t);
                }
            }
        } else if let Some(keys) = self.flights.take_late(batch)
            && meaning(status) == Meaning::Accepted
        {
            self.accepted(&keys, &mut commands, t);
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
        self.circuit.cut_once(t);
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
        self.circuit.cut(t);
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
            self.size.too_much(flight.batch.bytes, &self.limits);
            self.failed(flight, Meaning::Unavailable, t);
        }
    }

    fn accepted(&mut self, keys: &[u64], commands: &mut Vec<Command>, t: Elapsed) {
        remove(commands, self.queue.remove(keys), Reason::Acknowledged);
        self.circuit.succeeded(t, &self.limits);
        self.refusals = 0;
    }

    fn refused(&mut self, flight: Flight, too_large: bool, commands: &mut Vec<Command>, t: Elapsed) {
        let everything = self.refusals >= self.limits.refusals_in_a_row;
        self.refusals = self.refusals.saturating_add(1);
        if flight.batch.keys.len() <= 1 {
            remove(commands, self.queue.remove(&flight.batch.keys), Reason::Refused);
        } else if everything {
            // Others first: perhaps it is only these.
            self.queue.set_aside_in_halves(&flight.batch.keys);
        } else {
            self.queue.suspect_in_halves(&flight.batch.keys, too_large);
        }
        if everything {
            self.pause(flight.round, 0, t);
        } else {
            self.circuit.close();
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
        self.circuit.failed(round, at_least_ms, t, &self.limits);
        if let Some(hidden) = &mut self.hidden {
            hidden.last_chance = false;
        }
    }

    /// Sends what is due, and asks to be woken for what is not.
    fn end(&mut self, t: Elapsed, now: Millis, mut commands: Vec<Command>) -> Vec<Command> {
        let keepalive = self.hidden.is_some_and(|hidden| t < hidden.keepalive_until);
        let last_chance = keepalive && self.hidden.is_some_and(|hidden| hidden.last_chance);
        let state = self.circuit.state(t, &self.limits);
        // One at a time tries whether the backend is back.
        let probe = state == State::HalfOpen && !last_chance;
        let may_send = state != State::Open && !(probe && self.flights.of_round(self.circuit.round()));
        let mut later = None;
        if last_chance || (keepalive && may_send) {
            while let Next::Batch(batch) = self.queue.next(self.keepalive_room(probe), Due::Now) {
                self.send(batch, true, t, &mut commands);
                if probe {
                    break;
                }
            }
        } else if !keepalive && may_send && !self.flights.routine() {
            let due = Due::ByAge { t, age_ms: self.limits.age_ms, flushed: self.flushed };
            match self.queue.next(self.routine_room(probe), due) {
                Next::Batch(batch) => self.send(batch, false, t, &mut commands),
                Next::Later(at) => later = Some(at),
                Next::Nothing => {}
            }
        }
        if self.queue.any_unsent() {
            if state == State::Open {
                later = earlier(later, Some(self.circuit.end(&self.limits)));
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
        if self.circuit != self.remembered {
            self.remembered = self.circuit.clone();
            commands.push(Command::Remember(self.circuit.memory(t, now)));
        }
        commands
    }

    fn send(&mut self, batch: Batch, keepalive: bool, t: Elapsed, commands: &mut Vec<Command>) {
        let keys = batch.keys.clone();
        self.circuit.sent(t, &self.limits);
        let batch = self.flights.start(batch, keepalive, self.circuit.round(), t, self.limits.lease_ms);
        commands.push(Command::Send { batch, keys, keepalive });
    }

    fn routine_room(&self, probe: bool) -> Room {
        let Limits { batch_events, batch_bytes, overhead_bytes, probe_events, probe_bytes, .. } = self.limits;
        let (events, most) = if probe { (probe_events, probe_bytes) } else { (batch_events, batch_bytes) };
        Room { events, bytes: most.min(self.size.bytes()), alone: batch_bytes, overhead: overhead_bytes }
    }

    /// What is left of our half of the quota.
    fn keepalive_room(&self, probe: bool) -> Room {
        let left = self.limits.keepalive_bytes.saturating_sub(self.flights.keepalive_bytes());
        let room = self.routine_room(probe);
        Room { bytes: room.bytes.min(self.limits.keepalive_chunk_bytes).min(left), alone: left, ..room }
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
