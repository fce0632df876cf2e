//! A person: local clock, traits, account, and what became of the nudges they were shown.

use super::account_view::{AccountView, account_hour};
use super::change::{Change, What};
use super::evaluate;
use super::event::{Event, Kind};
use super::field::{Index, Scope};
use super::nudge::{Aim, NudgeMemory, Outcome, told};
use super::playbook::Playbook;
use super::sight::Sight;
use super::subject::Subject;
use super::time::{Hour, Millis};
use super::wire::wire_struct;

/// The state of a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    pub(super) subject: Subject,
    /// The account of the last event.
    account: Option<String>,
    /// The account of the last group call that had one.
    group: Option<String>,
    /// The account at the last evaluation: its version, and the hour on its clock. (Where the person's hours begin at half
    /// past, the account's goes on in the midst of one.)
    seen: Option<(u32, Hour)>,
    pub(super) memory: NudgeMemory,
}

impl Person {
    /// The state before the first event.
    pub fn new(playbook: &Playbook) -> Person {
        let mut person = Person::default();
        person.subject.fit(&playbook.person);
        person
    }

    /// What it has in common with an account.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What became of the nudges they were shown.
    pub fn memory(&self) -> &NudgeMemory {
        &self.memory
    }

    /// The account, which is that of the last event.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The account that an event of this person belongs to.
    pub fn account_of<'a>(&'a self, event: &'a Event) -> Option<&'a str> {
        event.group.as_deref().or(event.context_group.as_deref()).or(self.group.as_deref())
    }

    /// Takes an event; [`Person::evaluate`] follows.
    pub fn fold(&mut self, playbook: &Playbook, event: &Event) {
        self.fold_usage(playbook, event);
        if let Some((nudge, outcome)) = told(playbook, event) {
            self.take(playbook, nudge, outcome, event.session.as_deref(), event.time);
        }
    }

    /// Takes an event, but not what it tells of a nudge: a replay has its own outcomes.
    pub fn fold_usage(&mut self, playbook: &Playbook, event: &Event) {
        let account = self.account_of(event);
        if account != self.account() {
            self.account = account.map(str::to_owned);
            self.subject.open_all(&playbook.person.dependents.account);
        }
        if event.group.is_some() {
            self.group = event.group.clone();
        }
        let offset = self.subject.clock.offset();
        let now = self.subject.clock.travel(event.offset, event.time);
        if offset != self.subject.clock.offset() {
            // How long it is until a time depends on the zone.
            self.subject.open_all(&playbook.person.dependents.traits);
            self.subject.open_all(&playbook.person.dependents.account);
        }
        let heard = playbook.hear(event);
        self.subject.count(playbook, Scope::Person, heard, now);
        self.memory.hear(playbook, heard);
        if event.kind == Kind::Identify {
            self.subject.merge(&playbook.person, event.traits.clone());
        }
    }

    /// Takes what became of a nudge; [`Person::evaluate`] follows. One that the playbook does not know still protects
    /// from others.
    pub fn take(
        &mut self,
        playbook: &Playbook,
        nudge: Option<Index>,
        outcome: Outcome,
        session: Option<&str>,
        now: Millis,
    ) {
        let hour = self.subject.clock.read(now);
        self.memory.take(playbook, nudge, outcome, session, hour, now);
    }

    /// Evaluates after an event, or at the start of an hour.
    pub fn evaluate(
        &mut self,
        playbook: &Playbook,
        account: Option<&AccountView>,
        now: Millis,
    ) -> Vec<Change> {
        if self.subject.hour().is_none() {
            return Vec::new();
        }
        self.subject.clock.go_on(now);
        let account = account.map(|account| (account, account_hour(now)));
        let seen = account.map(|(account, hour)| (account.version(), hour));
        if self.seen != seen {
            self.subject.open_all(&playbook.person.dependents.account);
            self.seen = seen;
        }
        let mut changes = evaluate::evaluate(playbook, Scope::Person, &mut self.subject, account, now);
        self.convert(playbook, now, &mut changes);
        changes
    }

    /// Finds the nudges that have reached their goals. A condition has to begin to hold: where it held when the nudge was
    /// shown, the nudge did not bring it about.
    fn convert(&mut self, playbook: &Playbook, now: Millis, changes: &mut Vec<Change>) {
        for mut exposure in std::mem::take(&mut self.memory.exposures) {
            let nudge = playbook.nudges.get(usize::from(exposure.nudge));
            let Some(goal) = nudge.and_then(|nudge| nudge.goal.as_ref()) else { continue };
            let late = now.since(exposure.at) > goal.within.millis();
            let mut reached = exposure.met;
            if let (Aim::When(condition), false) = (&goal.aim, late) {
                let holds = self.subject.verdicts.last(*condition);
                reached = holds && exposure.held == Some(false);
                exposure.held = Some(holds);
            }
            if reached {
                self.take(playbook, Some(exposure.nudge), Outcome::Converted, None, now);
                changes.push(Change { at: now, what: What::Converted { nudge: exposure.nudge } });
            }
            if !reached && !late {
                self.memory.exposures.push(exposure);
            }
        }
    }

    /// The start of the next hour at which time alone could change anything.
    pub fn next_change(&self, playbook: &Playbook) -> Option<Millis> {
        Some(self.subject.next_change(playbook)?.start(self.subject.clock.offset()))
    }

    /// The start of the first hour on the person's clock that begins after an instant.
    pub fn next_hour(&self, after: Millis) -> Millis {
        Hour(self.subject.clock.read(after).0 + 1).start(self.subject.clock.offset())
    }

    /// Evaluates all hours up to `now` at which anything could change, and brings the clock there.
    pub fn advance(
        &mut self,
        playbook: &Playbook,
        account: Option<&AccountView>,
        now: Millis,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        while let Some(hour) = self.next_change(playbook).filter(|hour| *hour <= now) {
            changes.append(&mut self.evaluate(playbook, account, hour));
        }
        if self.subject.hour().is_some() {
            self.subject.clock.go_on(now);
        }
        changes
    }

    /// The signals of an account that count this person among the members, by the last evaluation.
    pub fn counts_for<'a>(&'a self, playbook: &'a Playbook) -> impl Iterator<Item = Index> + 'a {
        let met = playbook.person.members.iter().filter(|(when, _)| self.subject.verdicts.last(*when));
        met.map(|(_, signal)| *signal)
    }

    /// What conditions about this person see now.
    pub fn sight<'a>(
        &'a self,
        playbook: &'a Playbook,
        account: Option<&'a AccountView>,
        now: Millis,
    ) -> Sight<'a> {
        Sight::of_person(playbook, &self.subject, account, now)
    }
}

#[cfg(feature = "compiler")]
impl Person {
    /// Forgets what is as long as the host makes it.
    pub(super) fn leave_out_the_hosts(&mut self) {
        let without = |id: &mut Option<String>| id.iter_mut().for_each(String::clear);
        self.subject.traits = super::value::Value::Null;
        without(&mut self.account);
        without(&mut self.group);
        self.memory.session.iter_mut().for_each(|(session, _)| session.clear());
    }
}

wire_struct!(Person { subject, account, group, seen, memory });
