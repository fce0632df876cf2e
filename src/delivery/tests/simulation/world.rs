//! A page with a journal, a clock and a timer.

use super::Tally;
use super::collector::{Collector, Reply};
use super::schedule::{Nature, Schedule, Step, Weather};
use crate::delivery::{Command, Limits, Machine, Millis, Reason};
use std::collections::{BTreeMap, VecDeque};

pub(super) type Checked = Result<(), String>;

#[derive(Clone, Copy)]
pub(super) struct Event {
    pub(super) bytes: u32,
    pub(super) nature: Nature,
}

/// A request that this page made and that has no answer yet.
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

pub(super) struct World {
    pub(super) limits: Limits,
    pub(super) seed: u64,
    pub(super) machine: Machine,
    /// What a clock on the wall of the world says; never jumps.
    pub(super) time: i64,
    /// What is added to it by the page's clock.
    pub(super) skew: i64,
    /// What the page's clock said when the machine was last told.
    pub(super) told: Millis,
    /// True time at which the timer comes.
    pub(super) timer: Option<i64>,
    pub(super) hidden: bool,
    pub(super) weather: Weather,
    pub(super) wires: Vec<Wire>,
    pub(super) answered: Vec<u32>,
    pub(super) journal: BTreeMap<u64, Event>,
    pub(super) tracked: BTreeMap<u64, Event>,
    pub(super) removed: BTreeMap<u64, Reason>,
    pub(super) collector: Collector,
    pub(super) crash_at_removal: bool,
    pub(super) tally: Tally,
}

/// A thousand years before the last one that JavaScript's `Date` can say, so that the clock can go on.
const LAST_DATE: i64 = 8_640_000_000_000_000 - 1_000 * 365 * 86_400_000;

impl World {
    pub(super) fn new(schedule: &Schedule) -> Self {
        Self {
            limits: schedule.limits,
            seed: schedule.seed,
            machine: Machine::new(schedule.seed, schedule.limits),
            time: 0,
            skew: 1_700_000_000_000,
            told: Millis(0),
            timer: None,
            hidden: false,
            weather: Weather::Fair { delay: 30 },
            wires: Vec::new(),
            answered: Vec::new(),
            journal: BTreeMap::new(),
            tracked: BTreeMap::new(),
            removed: BTreeMap::new(),
            collector: Collector::default(),
            crash_at_removal: false,
            tally: Tally::new(),
        }
    }

    pub(super) fn step(&mut self, step: Step) -> Checked {
        match step {
            Step::Track { count, bytes, nature } => self.track(count, bytes, nature),
            Step::Pass { ms } => self.pass(ms),
            Step::Weather(weather) => {
                self.weather = weather;
                Ok(())
            }
            Step::Flush => self.tell(Machine::flush),
            Step::Hide => {
                self.hidden = true;
                self.tell(Machine::hidden)
            }
            Step::Resume => {
                self.hidden = false;
                self.tell(Machine::resumed)
            }
            Step::Crash => self.crash(),
            Step::CrashAtRemoval => {
                self.crash_at_removal = true;
                Ok(())
            }
            Step::Jump { ms } => {
                self.jump(ms);
                Ok(())
            }
            Step::TellAgain => self.tell_journal(),
            Step::OldAnswer { status } => match self.answered.first().copied() {
                Some(batch) => self.tell(|machine, now| machine.answered(batch, status, None, now)),
                None => Ok(()),
            },
            Step::EarlyWake => self.tell(Machine::wake),
        }
    }

    /// The network is fair from now on: whatever happened before, everything gets through.
    pub(super) fn drain(&mut self) -> Checked {
        self.weather = Weather::Fair { delay: 30 };
        let start = self.time;
        while self.journal.values().any(|event| !matches!(event.nature, Nature::Unwelcome(_))) {
            if self.time - start > 48 * 3_600_000 {
                return Err(format!("{:?} still wait after two fair days", self.journal.keys()));
            }
            self.pass(10_000)?;
        }
        for (id, event) in &self.tracked {
            let stored = self.collector.stored.get(id).copied().unwrap_or(0);
            *self.tally.entry("stored twice or more").or_default() += u64::from(stored > 1);
            let kept = self.journal.contains_key(id);
            *self.tally.entry("kept, though unwelcome").or_default() += u64::from(kept);
            if stored == 0 && !kept && !self.removed.contains_key(id) {
                return Err(format!("{id} was lost uncounted"));
            }
            if kept && !matches!(event.nature, Nature::Unwelcome(_)) {
                return Err(format!("{id} never arrived"));
            }
        }
        Ok(())
    }

    fn track(&mut self, count: u64, bytes: u32, nature: Nature) -> Checked {
        let first = self.tracked.len() as u64 + 1;
        let mut keys = Vec::new();
        for key in first..first + count {
            // One unwelcome event among good ones is the case that matters.
            let nature = if key == first { nature } else { Nature::Good };
            self.tracked.insert(key, Event { bytes, nature });
            self.journal.insert(key, Event { bytes, nature });
            keys.push(key);
        }
        let sizes = vec![bytes; keys.len()];
        self.tell(|machine, now| machine.appended(&keys, &sizes, now))
    }

    fn tell_journal(&mut self) -> Checked {
        let keys: Vec<u64> = self.journal.keys().copied().collect();
        let sizes: Vec<u32> = self.journal.values().map(|event| event.bytes).collect();
        self.tell(|machine, now| machine.appended(&keys, &sizes, now))
    }

    fn crash(&mut self) -> Checked {
        self.count("crashes");
        self.seed = self.seed.wrapping_add(1_000_003);
        self.machine = Machine::new(self.seed, self.limits);
        self.timer = None;
        self.hidden = false;
        self.crash_at_removal = false;
        // What was on its way may well have arrived; nobody is there to hear the answers.
        self.wires.clear();
        self.answered.clear();
        self.tell_journal()
    }

    fn jump(&mut self, ms: i64) {
        self.skew = (self.skew + ms).clamp(-LAST_DATE, LAST_DATE);
        if ms > 0 {
            // A demonstration's clock wakes what it has jumped over.
            self.timer = self.timer.map(|at| at.saturating_sub(ms).max(self.time));
        }
    }

    fn pass(&mut self, ms: i64) -> Checked {
        let end = self.time + ms;
        for round in 0.. {
            if round > 20_000 {
                return Err(format!("never rests within {ms} ms"));
            }
            let reply = self.wires.iter().filter(|wire| wire.reply.is_some()).map(|wire| wire.reply_at).min();
            let Some(next) = reply.into_iter().chain(self.timer).min().filter(|&at| at <= end) else { break };
            self.advance(next);
            if reply == Some(next) {
                self.reply()?;
            } else {
                self.timer = None;
                self.tell(Machine::wake)?;
            }
        }
        self.advance(end);
        Ok(())
    }

    fn advance(&mut self, to: i64) {
        self.time = self.time.max(to);
    }

    fn reply(&mut self) -> Checked {
        let due = |wire: &Wire| wire.reply.is_some() && wire.reply_at <= self.time;
        let Some(index) = self.wires.iter().position(due) else { return Ok(()) };
        let wire = self.wires.remove(index);
        let Some(reply) = wire.reply else { return Ok(()) };
        let before = self.removed.len();
        self.answered.push(wire.batch);
        let late = wire.age >= self.limits.lease_ms;
        self.tell(|machine, now| machine.answered(wire.batch, reply.status, reply.retry_after, now))?;
        if late && self.removed.len() > before {
            self.count("late acceptances");
        }
        Ok(())
    }

    fn tell(&mut self, input: impl FnOnce(&mut Machine, Millis) -> Vec<Command>) -> Checked {
        let now = Millis(self.time.saturating_add(self.skew));
        let step = now.0.saturating_sub(self.told.0).max(0);
        self.told = now;
        self.wires.iter_mut().for_each(|wire| wire.age = wire.age.saturating_add(step));
        let mut commands = VecDeque::from(input(&mut self.machine, now));
        while let Some(command) = commands.pop_front() {
            match command {
                Command::Send { batch, keys, keepalive } => self.send(batch, keys, keepalive)?,
                Command::Remove { .. } if self.crash_at_removal => {
                    self.count("removals lost in a crash");
                    return self.crash();
                }
                Command::Remove { keys, reason } => self.remove(&keys, reason)?,
                Command::Wake { at } if at <= now => return Err(format!("wake at {at:?}, which is now")),
                Command::Wake { at } => {
                    self.timer = Some(self.time.saturating_add(at.0.saturating_sub(now.0)))
                }
            }
        }
        self.check()
    }

    pub(super) fn count(&mut self, name: &'static str) {
        *self.tally.entry(name).or_default() += 1;
    }
}
