//! An account: Segment's group, on a clock of UTC hours (`semantics.md` §2).

use super::account_view::AccountView;
use super::change::Change;
use super::condition::{Document, Drift, Seen, earliest};
use super::evaluate;
use super::event::Event;
use super::field::{Field, Index, Scope};
use super::matcher::Heard;
use super::nudge::Outcome;
use super::playbook::Playbook;
use super::sight::Sight;
use super::signal::{Form, Signal, SignalState};
use super::subject::{LadderState, MomentState, ScoreState, Subject};
use super::time::{Hour, Millis, Offset};
use super::value::Value;
use super::wire::{wire_enum, wire_struct};

/// The state of an account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    subject: Subject,
    view: AccountView,
    /// Something happened since the last evaluation.
    touched: bool,
}

/// An account as it was last evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub(super) signals: Vec<Reading>,
    pub(super) segments: Vec<bool>,
    pub(super) scores: Vec<ScoreState>,
    pub(super) ladders: Vec<LadderState>,
    pub(super) moments: Vec<MomentState>,
}

/// The value of a signal, so kept that it need not be published again each hour.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A scalar, or nothing.
    Fixed(Value),
    /// Hours since this one.
    Since(Hour),
    /// Hours until this one.
    Until(Hour),
}

impl Reading {
    /// The value at an hour of the account's clock.
    pub fn value(&self, now: Hour) -> Seen<'_> {
        match self {
            Reading::Fixed(value) => Seen::of(value),
            Reading::Since(hour) => Seen::Number(f64::from(now.since(*hour))),
            Reading::Until(hour) => Seen::Number(f64::from(hour.since(now))),
        }
    }
}

impl Account {
    /// The state before the first event.
    pub fn new(playbook: &Playbook) -> Account {
        Account { subject: Subject::new(&playbook.account), ..Account::default() }
    }

    /// What it has in common with a person.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What its members see of it.
    pub fn view(&self) -> &AccountView {
        &self.view
    }

    /// Takes an event of one of its members. It is evaluated only at the next hour's start.
    pub fn fold(&mut self, playbook: &Playbook, person: &str, event: &Event) {
        let now = self.subject.clock.travel(Some(Offset::UTC), event.time);
        let heard = Heard { person, ..playbook.hear(event) };
        self.subject.count(playbook, Scope::Account, heard, now);
        if self.view.describe(event) {
            self.subject.open_all(&playbook.account.dependents.traits);
        }
        self.touched = true;
    }

    /// One more of its members meets what a signal counts them by, or one fewer.
    pub fn count_member(&mut self, playbook: &Playbook, signal: Index, meets: bool, now: Millis) {
        self.subject.clock.go_on(now);
        let index = usize::from(signal);
        if let Some(state) = self.subject.signals.get_mut(index) {
            state.count_member(meets);
        }
        if let Some(conditions) = playbook.account.dependents.signals.get(index) {
            self.subject.open_all(conditions);
        }
        self.touched = true;
    }

    /// Counts what became of a nudge for one of its members, if the nudge's limits are those of all of them.
    pub fn note(&mut self, playbook: &Playbook, nudge: Index, outcome: Outcome, now: Millis) {
        self.view.note(playbook, nudge, outcome, now);
    }

    /// When it is to be evaluated next.
    pub fn next_change(&self, playbook: &Playbook) -> Option<Millis> {
        let now = self.subject.hour()?;
        let hour = match self.touched || !self.subject.evaluated {
            true => Hour(now.0 + 1),
            false => earliest(self.subject.next_change(playbook), self.next_reading(playbook, now))?,
        };
        Some(hour.start(Offset::UTC))
    }

    /// When a signal that members see changes by time alone.
    fn next_reading(&self, playbook: &Playbook, now: Hour) -> Option<Hour> {
        let sight = Sight::of_account(playbook, &self.subject, &self.view, now);
        let signals = (0..).take(playbook.account.signals.len());
        let edges = signals.map(|index| {
            let seen = sight.signal(Scope::Account, index);
            match sight.drift(&Field::Signal(Scope::Account, index), &mut |later| later == seen) {
                Drift::Until(hour) => Some(hour),
                // What counts hours is published as such.
                _ => None,
            }
        });
        edges.fold(None, earliest)
    }

    /// Evaluates at an hour's start (or at the end of a replay), and publishes.
    pub fn evaluate(&mut self, playbook: &Playbook, now: Millis) -> Vec<Change> {
        self.subject.clock.go_on(now);
        let hour = self.subject.clock.read(now);
        let seen = Some((&self.view, hour));
        let changes = evaluate::evaluate(playbook, Scope::Account, &mut self.subject, seen, now);
        self.touched = false;
        self.view.publish(self.published(playbook));
        changes
    }

    /// What an account sees of itself now.
    pub fn sight<'a>(&'a self, playbook: &'a Playbook, now: Millis) -> Sight<'a> {
        Sight::of_account(playbook, &self.subject, &self.view, self.subject.clock.read(now))
    }

    /// The same, and what became of nudges in an order that does not tell whose came first.
    #[cfg(feature = "compiler")]
    pub(crate) fn tidy(&self) -> Account {
        Account { view: self.view.tidy(), ..self.clone() }
    }

    fn published(&self, playbook: &Playbook) -> Published {
        let subject = &self.subject;
        let now = subject.clock.hour().unwrap_or(Hour(0));
        let sight = Sight::of_account(playbook, subject, &self.view, now);
        let reading = |(index, signal): (usize, &Signal)| match (&signal.form, subject.signals.get(index)) {
            (Form::Since | Form::Age, Some(SignalState::Hour(hour))) => Reading::Since(*hour),
            (Form::Until(field), _) => sight.until(field).map_or(Reading::Fixed(Value::Null), Reading::Until),
            _ => Reading::Fixed(sight.signal(Scope::Account, index as Index).scalar()),
        };
        Published {
            signals: playbook.account.signals.iter().enumerate().map(reading).collect(),
            segments: subject.segments.clone(),
            scores: subject.scores.clone(),
            ladders: subject.ladders.clone(),
            moments: subject.moments.clone(),
        }
    }
}

wire_struct!(Account { subject, view, touched });
wire_struct!(Published { signals, segments, scores, ladders, moments });
wire_enum!(Reading or Reading::Fixed(Value::Null), { 0 => Fixed(value), 1 => Since(hour), 2 => Until(hour) });
