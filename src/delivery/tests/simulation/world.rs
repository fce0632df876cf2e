//! A browser: tabs, one clock, one store, one network.

use super::Tally;
use super::collector::Collector;
use super::lesson::{Kept, Lesson};
use super::plain::Plain;
use super::schedule::{Manner, Nature, Schedule, Step, Weather};
use super::store::{Row, Store};
use super::tab::{News, Sender, Tab};
use crate::delivery::{Command, Limits, Machine, Millis, Reason};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(super) type Checked = Result<(), String>;

pub(super) struct World {
    pub(super) limits: Limits,
    seed: u64,
    pub(super) locks: bool,
    /// In the order in which they were opened: with locks the first one sends.
    pub(super) tabs: Vec<Tab>,
    /// What a clock on the wall of the world says; never jumps.
    pub(super) time: i64,
    /// What is added to it by the clock of the pages.
    pub(super) skew: i64,
    pub(super) weather: Weather,
    pub(super) store: Store,
    pub(super) tracked: BTreeMap<u64, Row>,
    pub(super) collector: Collector,
    /// What is in localStorage for the next machine.
    pub(super) kept: Option<Kept>,
    pub(super) reload_at_removal: Option<bool>,
    /// Who removed these died before the others could know.
    pub(super) untold: BTreeSet<u64>,
    /// The answer that is being told, if it came in time.
    heard: Option<(u16, Option<i64>)>,
    pub(super) tally: Tally,
}

/// A thousand years before the last one that JavaScript's `Date` can say, so that the clock can go on.
const LAST_DATE: i64 = 8_640_000_000_000_000 - 1_000 * 365 * 86_400_000;
const MOST_TABS: usize = 3;

impl World {
    pub(super) fn new(schedule: &Schedule) -> Result<Self, String> {
        let mut world = Self {
            limits: schedule.limits,
            seed: schedule.seed,
            locks: schedule.locks,
            tabs: Vec::new(),
            time: 0,
            skew: 1_700_000_000_000,
            weather: Weather::Fair { delay: 30 },
            store: Store::new(),
            tracked: BTreeMap::new(),
            collector: Collector::default(),
            kept: None,
            reload_at_removal: None,
            untold: BTreeSet::new(),
            heard: None,
            tally: Tally::new(),
        };
        world.open(false)?;
        Ok(world)
    }

    pub(super) fn now(&self) -> Millis {
        Millis(self.time.saturating_add(self.skew))
    }

    pub(super) fn step(&mut self, step: Step) -> Checked {
        let place = |at: usize| at % self.tabs.len();
        match step {
            Step::Track { tab, count, bytes, nature } => self.track(place(tab), count, bytes, nature),
            Step::Pass { ms } => self.pass(ms),
            Step::Weather(weather) => {
                self.weather = weather;
                Ok(())
            }
            Step::Flush(tab) => self.flush(place(tab)),
            Step::Hide(tab) => self.hide(place(tab)),
            Step::Resume(tab) => {
                let at = place(tab);
                self.tabs[at].hidden = false;
                self.tabs[at].chance = false;
                self.tell(at, Machine::resumed)
            }
            Step::Open { plain } if self.tabs.len() < MOST_TABS => self.open(plain),
            Step::Open { .. } => Ok(()),
            Step::Close(tab) if self.tabs.len() > 1 => self.close(place(tab)),
            Step::Close(_) => Ok(()),
            Step::Reload { tab, plain } => self.reload(place(tab), plain),
            Step::Crash => self.crash(),
            Step::ReloadAtRemoval { stored } => {
                self.reload_at_removal = Some(stored);
                Ok(())
            }
            Step::Engine(tab) => self.engine(place(tab)),
            Step::Store(manner) => {
                self.store.manner = manner;
                Ok(())
            }
            Step::MemoryLost => {
                self.kept = None;
                Ok(())
            }
            Step::Jump { ms } => {
                self.jump(ms);
                Ok(())
            }
            Step::TellAgain(tab) => self.tell_again(place(tab)),
            Step::OldAnswer { tab, status } => {
                let at = place(tab);
                match self.tabs[at].answered.first().copied() {
                    Some(batch) => self.tell(at, |machine, now| machine.answered(batch, status, None, now)),
                    None => Ok(()),
                }
            }
            Step::EarlyWake(tab) => self.tell(place(tab), Machine::wake),
        }
    }

    fn track(&mut self, at: usize, count: u64, bytes: u32, nature: Nature) -> Checked {
        let first = self.tracked.len() as u64 + 1;
        let mut keys = Vec::new();
        for key in first..first + count {
            // One unwelcome event among good ones is the case that matters.
            let row = Row { bytes, nature: if key == first { nature } else { Nature::Good } };
            self.tracked.insert(key, row);
            self.store.rows.insert(key, row);
            for (other, tab) in self.tabs.iter_mut().enumerate() {
                if other == at {
                    tab.waiting.insert(key, row);
                } else {
                    tab.mail.push_back(News::Appended(key, row));
                }
            }
            keys.push(key);
        }
        self.appended(at, &keys)
    }

    /// The face of a tab tells its sender what is new.
    fn appended(&mut self, at: usize, keys: &[u64]) -> Checked {
        let tab = &mut self.tabs[at];
        match tab.sender {
            Sender::None => Ok(()),
            Sender::Plain(_) => self.plain_appended(at),
            Sender::Machine(_) => {
                let sizes: Vec<u32> = keys.iter().map(|key| tab.waiting[key].bytes).collect();
                tab.known.extend(keys.iter().copied().zip(sizes.iter().copied()));
                self.tell(at, |machine, now| machine.appended(keys, &sizes, now))
            }
        }
    }

    fn tell_again(&mut self, at: usize) -> Checked {
        if let Sender::Machine(_) = self.tabs[at].sender {
            let keys: Vec<u64> = self.tabs[at].waiting.keys().rev().flat_map(|&key| [key, key]).collect();
            return self.appended(at, &keys);
        }
        Ok(())
    }

    /// A tab without a sender asks the one that has it, as `flush` does over the channel.
    fn flush(&mut self, at: usize) -> Checked {
        let at = if matches!(self.tabs[at].sender, Sender::None) { 0 } else { at };
        self.plain_send(at, false)?;
        self.tell(at, Machine::flush)
    }

    fn hide(&mut self, at: usize) -> Checked {
        self.tabs[at].hidden = true;
        self.tabs[at].chance = true;
        self.plain_send(at, true)?;
        self.tell(at, Machine::hidden)
    }

    fn open(&mut self, plain: bool) -> Checked {
        let tab = Tab::new(plain, self.store.rows.clone(), &self.limits, self.now());
        self.tabs.push(tab);
        self.lead()
    }

    /// The lock goes to who has waited longest.
    fn lead(&mut self) -> Checked {
        let most = if self.locks { 1 } else { MOST_TABS };
        for at in 0..most.min(self.tabs.len()) {
            if !matches!(self.tabs[at].sender, Sender::None) {
                continue;
            }
            if self.tabs.len() > 1 {
                self.count("leadership taken over");
            }
            // Who begins to send reads the journal anew: the one before may have had no time to tell what it settled.
            self.tabs[at].mail.clear();
            self.tabs[at].waiting = self.store.rows.clone();
            // (Without locks it may be another tab's turn to go.)
            if self.locks {
                self.store.undead.clear();
            }
            if self.tabs[at].plain {
                self.tabs[at].sender = Sender::Plain(Plain::new());
                self.plain_appended(at)?;
            } else {
                self.start_machine(at)?;
            }
        }
        Ok(())
    }

    pub(super) fn start_machine(&mut self, at: usize) -> Checked {
        self.seed = self.seed.wrapping_add(1_000_003);
        let mut machine = Machine::new(self.seed, self.limits);
        let now = self.now();
        let tab = &mut self.tabs[at];
        tab.lesson = Lesson::new(&self.limits);
        if let Some(kept) = &self.kept {
            machine.recall(&kept.memory);
            tab.lesson = kept.lesson.clone();
            tab.lesson.pass(now.0.saturating_sub(kept.memory.at.0).max(0), &self.limits);
        }
        tab.told = now;
        tab.timer = None;
        tab.answered.clear();
        tab.known.clear();
        tab.chance = false;
        let hidden = tab.hidden;
        tab.sender = Sender::Machine(Box::new(machine));
        let keys: Vec<u64> = tab.waiting.keys().copied().collect();
        self.appended(at, &keys)?;
        if hidden { self.hide(at) } else { Ok(()) }
    }

    /// What was on its way may well have arrived; nobody is there to hear the answers.
    fn close(&mut self, at: usize) -> Checked {
        self.tabs.remove(at);
        self.lead()
    }

    fn reload(&mut self, at: usize, plain: bool) -> Checked {
        self.count("reloads");
        self.tabs.remove(at);
        self.lead()?;
        self.open(plain)
    }

    pub(super) fn crash(&mut self) -> Checked {
        self.count("crashes");
        self.tabs.clear();
        let undone = self.store.crash();
        *self.tally.entry("removals forgotten by the store").or_default() += undone as u64;
        self.open(false)
    }

    fn jump(&mut self, ms: i64) {
        self.skew = (self.skew + ms).clamp(-LAST_DATE, LAST_DATE);
        if ms > 0 {
            // A demonstration's clock wakes what it has jumped over.
            for tab in &mut self.tabs {
                tab.timer = tab.timer.map(|at| at.saturating_sub(ms).max(self.time));
            }
        }
    }

    pub(super) fn pass(&mut self, ms: i64) -> Checked {
        let end = self.time + ms;
        for round in 0.. {
            if round > 20_000 {
                return Err(format!("never rests within {ms} ms"));
            }
            let replies = |tab: &Tab| {
                tab.wires.iter().filter(|wire| wire.reply.is_some()).map(|wire| wire.reply_at).min()
            };
            let due = |(at, tab): (usize, &Tab)| {
                let (reply, timer) = (replies(tab), tab.timer);
                reply.into_iter().chain(timer).min().map(|time| (time, at, reply == Some(time)))
            };
            let next = self.tabs.iter().enumerate().filter_map(due).min();
            let Some((time, at, reply)) = next.filter(|next| next.0 <= end) else { break };
            let later = time > self.time;
            self.time = self.time.max(time);
            if later && self.post_mail()? {
                continue; // It may have changed what is next.
            }
            if reply {
                self.reply(at)?;
            } else {
                self.tabs[at].timer = None;
                self.plain_send(at, false)?;
                self.tell(at, Machine::wake)?;
            }
        }
        self.time = end;
        self.post_mail()?;
        Ok(())
    }

    /// Returns whether there was any.
    fn post_mail(&mut self) -> Result<bool, String> {
        let mut any = false;
        for at in 0..self.tabs.len() {
            // A tab may have died of what another one heard.
            let Some(tab) = self.tabs.get_mut(at) else { break };
            any |= !tab.mail.is_empty();
            let new = tab.hear();
            if !new.is_empty() {
                self.appended(at, &new)?;
            }
        }
        Ok(any)
    }

    fn reply(&mut self, at: usize) -> Checked {
        let time = self.time;
        let tab = &mut self.tabs[at];
        let due = |wire: &super::tab::Wire| wire.reply.is_some() && wire.reply_at <= time;
        let Some(index) = tab.wires.iter().position(due) else { return Ok(()) };
        let wire = tab.wires.remove(index);
        let Some(reply) = wire.reply.clone() else { return Ok(()) };
        if let Sender::Plain(_) = tab.sender {
            return self.plain_answered(at, wire, reply);
        }
        let before = tab.known.len();
        tab.answered.push(wire.batch);
        let late = wire.age >= self.limits.lease_ms;
        let (status, retry_after) = (reply.status, reply.retry_after);
        // (A late acceptance is heard, a late failure is not.)
        self.heard = (!late || status == 200).then_some((status, retry_after));
        self.tell(at, |machine, now| machine.answered(wire.batch, status, retry_after, now))?;
        if late && self.tabs.get(at).is_some_and(|tab| tab.known.len() < before) {
            self.count("late acceptances");
        }
        Ok(())
    }

    /// Nothing, where no machine is.
    pub(super) fn tell(
        &mut self,
        at: usize,
        input: impl FnOnce(&mut Machine, Millis) -> Vec<Command>,
    ) -> Checked {
        let now = self.now();
        let tab = &mut self.tabs[at];
        let Sender::Machine(machine) = &mut tab.sender else { return Ok(()) };
        let step = now.0.saturating_sub(tab.told.0).max(0);
        tab.told = now;
        tab.wires.iter_mut().for_each(|wire| wire.age = wire.age.saturating_add(step));
        tab.lesson.pass(step, &self.limits);
        if let Some((status, retry_after)) = self.heard.take() {
            tab.lesson.hear(status, retry_after, &self.limits);
            tab.chance &= !tab.lesson.down;
        }
        let mut commands = VecDeque::from(input(machine, now));
        while let Some(command) = commands.pop_front() {
            match command {
                Command::Send { batch, keys, keepalive } => self.send(at, batch, keys, keepalive)?,
                Command::Remove { keys, reason } => {
                    self.justify(at, &keys, reason)?;
                    if self.settle(at, &keys, reason)? {
                        return Ok(());
                    }
                }
                Command::Wake { at: wake } if wake <= now => {
                    return Err(format!("wake at {wake:?}, which is now"));
                }
                Command::Wake { at: wake } => {
                    let left = wake.0.saturating_sub(now.0);
                    self.tabs[at].timer = Some(self.time.saturating_add(left));
                }
                Command::Remember(memory) => {
                    self.kept = Some(Kept { memory, lesson: self.tabs[at].lesson.clone() });
                }
            }
        }
        self.check(at)
    }

    /// As the face does it: out of what waits, then out of the store; then the others are told, but only if that was
    /// done: what they believe to be settled they do not send. Returns whether the tab died of it.
    pub(super) fn settle(&mut self, at: usize, keys: &[u64], reason: Reason) -> Result<bool, String> {
        if keys.is_empty() {
            return Ok(false);
        }
        for key in keys {
            self.tabs[at].waiting.remove(key);
        }
        let dies = self.reload_at_removal.take();
        if dies == Some(false) {
            self.count("removals lost in a crash");
            self.reload(at, false)?;
            return Ok(true);
        }
        if self.store.manner == Manner::Fails {
            self.count("removals that failed");
        }
        let told = self.store.manner != Manner::Fails;
        self.store.remove(keys, reason)?;
        if dies == Some(true) {
            self.count("removals stored and not told");
            self.untold.extend(keys);
            self.reload(at, false)?;
            return Ok(true);
        }
        for (other, tab) in self.tabs.iter_mut().enumerate() {
            if told && other != at {
                tab.mail.push_back(News::Settled(keys.to_vec()));
            }
        }
        Ok(false)
    }

    pub(super) fn count(&mut self, name: &'static str) {
        *self.tally.entry(name).or_default() += 1;
    }
}
