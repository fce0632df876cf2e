//! How much the state of a person or an account can take in a snapshot, from the playbook alone: it does not grow with
//! the years.
//!
//! What depends on the host is left out and has to be added: traits, and the ids of account and session, which are as long
//! as the host makes them.

use super::account::{Account, Published};
use super::nudge::{Limit, Nudge, Outcome};
use super::person::Person;
use super::playbook::{Definitions, Ladder, Playbook};
use super::signal::{Form, Signal};
use super::wire::Wire;

const FLAG: usize = 1;
const TAG: usize = 1;
const I32: usize = 5;
const U32: usize = 5;
const INDEX: usize = 3;
const MILLIS: usize = 10;
const NUMBER: usize = 8;
const LENGTH: usize = 5;
const MAYBE: usize = 1;
/// Of an id that is left out, its length stays.
const ID: usize = MAYBE + LENGTH;
/// An amount of a tally's window, with its unit.
const AMOUNT: usize = I32 + 5 + 1;

/// The most that a part of the state can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// For example `signals.exports`, or `ladders`.
    pub part: String,
    /// Bytes in a snapshot.
    pub bytes: usize,
    /// What is remembered, for people.
    pub what: String,
}

impl Playbook {
    /// The most that the state of a person can take, part by part.
    pub fn person_bounds(&self) -> Vec<Bound> {
        let mut bounds = self.subject(&self.person);
        // The active days of two intervals, and when it began.
        let recent = 2 * usize::from(self.interval) + 1;
        let activity = MAYBE + I32 + U32 + LENGTH + recent * I32 + MAYBE + TAG;
        bounds.push(bound("activity", activity, format!("at most {recent} active days")));
        bounds.push(bound(
            "nudges",
            self.memory(),
            format!("what became of {}", of(self.nudges.len(), "nudge")),
        ));
        let account = 2 * ID + MAYBE + U32 + I32;
        bounds.push(bound("clock", clock() + account, "what the clock showed, and of which account".into()));
        bounds
    }

    /// The most that the state of an account can take, part by part. Of those that a collector keeps; a page has at most
    /// what is published of it.
    pub fn account_bounds(&self) -> Vec<Bound> {
        let mut bounds = self.subject(&self.account);
        let published: usize = self.account.signals.iter().map(reading).sum();
        let also = LENGTH * 5 + self.account.segments.len() * FLAG + decided(&self.account) + published;
        let tallies = LENGTH + self.nudges.iter().map(tallies).sum::<usize>();
        let what = format!("the values of {}, as members see them", of(self.account.signals.len(), "signal"));
        bounds.push(bound("published", MAYBE + also + U32, what));
        bounds.push(bound("nudges", tallies, format!("what became of {}", of(self.nudges.len(), "nudge"))));
        bounds.push(bound("clock", clock() + 2 * MAYBE + FLAG + TAG, "what the clock showed".into()));
        bounds
    }

    fn subject(&self, definitions: &Definitions) -> Vec<Bound> {
        let mut bounds: Vec<Bound> = definitions.signals.iter().map(signal).collect();
        let Definitions { segments, scores, ladders, moments, conditions, .. } = definitions;
        let rungs: usize = ladders.iter().map(|ladder| ladder.rungs.len()).sum();
        let kinds = [
            ("segments", segments.len() * FLAG, of(segments.len(), "segment")),
            ("scores", scores.len() * score(), of(scores.len(), "score")),
            ("ladders", ladders.iter().map(ladder).sum(), format!("when {} met", were(rungs))),
            ("moments", moments.len() * moment(), format!("when {} fired", have(moments.len()))),
            (
                "conditions",
                conditions.len() * verdict(),
                format!("the verdicts on {}", of(conditions.len(), "condition")),
            ),
        ];
        bounds.extend(kinds.map(|(part, bytes, what)| bound(part, LENGTH + FLAG + bytes, what)));
        bounds
    }

    /// What is remembered of nudges.
    fn memory(&self) -> usize {
        let tallies: usize = self.nudges.iter().map(tallies).sum();
        let goals = self.nudges.iter().filter(|nudge| nudge.goal.is_some()).count();
        let exposure = INDEX + MILLIS + FLAG + MAYBE + FLAG;
        LENGTH + tallies + 2 * (MAYBE + MILLIS) + ID + U32 + LENGTH + goals * exposure
    }
}

fn bound(part: impl Into<String>, bytes: usize, what: String) -> Bound {
    Bound { part: part.into(), bytes, what }
}

fn of(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn were(rungs: usize) -> String {
    format!("{} {}", of(rungs, "rung"), if rungs == 1 { "was" } else { "were" })
}

fn have(moments: usize) -> String {
    format!("{} last", of(moments, "moment"))
}

/// With since when it knows.
fn signal(signal: &Signal) -> Bound {
    let state = signal.bound();
    bound(format!("signals.{}", signal.name), state.bytes + MAYBE + MILLIS, state.what)
}

const fn clock() -> usize {
    MAYBE + I32 + I32
}

const fn score() -> usize {
    NUMBER + MAYBE + 2
}

fn ladder(ladder: &Ladder) -> usize {
    LENGTH + ladder.rungs.len() * (MAYBE + I32) + MAYBE + 2
}

const fn moment() -> usize {
    FLAG + MAYBE + MILLIS
}

const fn verdict() -> usize {
    FLAG + MAYBE + I32 + FLAG
}

/// What an evaluation decides, but for segments.
fn decided(definitions: &Definitions) -> usize {
    let ladders: usize = definitions.ladders.iter().map(ladder).sum();
    definitions.scores.len() * score() + ladders + definitions.moments.len() * moment()
}

/// An entry for each outcome, those in a window with a number for each of its units.
fn tallies(nudge: &Nudge) -> usize {
    let window = |outcome| match nudge.limit(outcome) {
        Some(Limit::AtMost(_, Some(window))) => usize::from(window.length) + usize::from(window.ago),
        _ => 0,
    };
    let one = |outcome| INDEX + TAG + U32 + MILLIS + TAG + LENGTH + window(outcome) * AMOUNT;
    Outcome::ALL.into_iter().map(one).sum()
}

/// The value of a signal, as an account publishes it.
fn reading(signal: &Signal) -> usize {
    TAG + match signal.form {
        Form::Last(_) => signal.bound().bytes,
        _ => TAG + NUMBER,
    }
}

impl Person {
    /// The bytes that the state takes in a snapshot, but for what depends on the host: what is bounded by
    /// [`Playbook::person_bounds`].
    pub fn bytes(&self) -> usize {
        let mut bare = self.clone();
        bare.leave_out_the_hosts();
        length(&bare)
    }

    /// The bytes that the traits take.
    pub fn bytes_of_traits(&self) -> usize {
        length(&self.subject.traits)
    }
}

impl Account {
    /// The bytes that the state takes in a snapshot, but for its traits.
    pub fn bytes(&self) -> usize {
        let (subject, view) = (self.subject(), self.view());
        let published = view.published.as_ref().map_or(0, length::<Published>);
        length(subject) + published + length(&view.tallies) + MAYBE + U32 + FLAG
    }
}

fn length<T: Wire>(value: &T) -> usize {
    let mut out = Vec::new();
    value.write(&mut out);
    out.len()
}
