//! The arbiter: one slot, and at an edge at most one nudge for it (`semantics.md` §7).

use std::cmp::Reverse;

use super::account_view::AccountView;
use super::condition::{NextTurn, Visitor};
use super::event::Event;
use super::field::Scope;
use super::nudge::{Nudge, Outcome, Purpose};
use super::person::Person;
use super::playbook::Playbook;
use super::sight::Sight;
use super::time::Millis;
use super::value::Value;

/// What only the page knows.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `page` and `locale`, and at an edge `event`: a document for conditions.
    pub page: Value,
    /// The session; limits a session speak of it.
    pub session: Option<String>,
    /// Something is on screen already.
    pub slot_taken: bool,
}

impl Surroundings {
    /// The same at the edge of an event: conditions see its name and its properties.
    #[must_use]
    pub fn at(mut self, event: &Event) -> Surroundings {
        let name = event.name.clone().map_or(Value::Null, Value::Text);
        let seen = vec![("name".to_owned(), name), ("properties".to_owned(), event.properties.clone())];
        self.page.set("event".to_owned(), Value::Map(seen));
        self
    }
}

/// What was decided at an edge: every nudge whose edge it was, in the order written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Position of the nudge that won, if one did.
    pub won: Option<usize>,
    /// Position of each nudge considered, and what held it back.
    pub considered: Vec<(usize, Option<Block>)>,
}

/// Why a nudge is not shown: the first reason in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Too early for anything commercial.
    HelpFirst,
    /// Enough for this session.
    PerSession,
    /// Too soon after another.
    Gap,
    /// Too soon after a dismissal.
    Quiet,
    /// Its own limit on an outcome.
    Limits(Outcome),
    /// Its condition or its moment does not hold.
    When,
    /// Something is on screen already.
    Slot,
}

impl Block {
    /// As a decision names it.
    pub const fn name(self) -> &'static str {
        match self {
            Block::HelpFirst => "policy.help_first",
            Block::PerSession => "policy.per_session",
            Block::Gap => "policy.gap",
            Block::Quiet => "policy.quiet",
            Block::Limits(Outcome::Shown) => "limits.shown",
            Block::Limits(Outcome::Dismissed) => "limits.dismissed",
            Block::Limits(Outcome::Snoozed) => "limits.snoozed",
            Block::Limits(Outcome::Acted) => "limits.acted",
            Block::When => "when",
            Block::Slot => "slot",
        }
    }
}

/// Decides at an event that has been folded and evaluated; the surroundings are those [at](Surroundings::at) the event.
/// None if it was no nudge's edge.
pub fn decide(
    playbook: &Playbook,
    person: &Person,
    account: Option<&AccountView>,
    event: &Event,
    surroundings: &Surroundings,
    now: Millis,
) -> Option<Decision> {
    let heard = playbook.hear(event);
    let arbiter = Arbiter::new(playbook, person, account, surroundings, now);
    let mut considered = Vec::new();
    let mut best = None;
    for (index, nudge) in playbook.nudges.iter().enumerate() {
        if !nudge.on.iter().any(|on| on.matches(heard)) {
            continue;
        }
        let block = arbiter.block(index, nudge);
        considered.push((index, block));
        let rank = (Reverse(nudge.priority), nudge.purpose, person.memory.shown(index));
        // Of equals the one that is written first.
        if block.is_none() && best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, index));
        }
    }
    let won = best.map(|(_, index)| index);
    (!considered.is_empty()).then_some(Decision { won, considered })
}

/// Whether nothing holds a nudge back now: asked again right before it is drawn.
pub fn may_show(
    playbook: &Playbook,
    person: &Person,
    account: Option<&AccountView>,
    index: usize,
    surroundings: &Surroundings,
    now: Millis,
) -> bool {
    let arbiter = Arbiter::new(playbook, person, account, surroundings, now);
    playbook.nudges.get(index).is_some_and(|nudge| arbiter.block(index, nudge).is_none())
}

/// Tells a visitor each test of a nudge's condition and of its moment's.
pub fn explain_when(
    playbook: &Playbook,
    person: &Person,
    account: Option<&AccountView>,
    index: usize,
    surroundings: &Surroundings,
    visitor: &mut dyn Visitor,
    now: Millis,
) {
    let Some(nudge) = playbook.nudges.get(index) else { return };
    let arbiter = Arbiter::new(playbook, person, account, surroundings, now);
    nudge.when.holds(&arbiter.sight, visitor);
    if let Some((Scope::Person, moment)) = nudge.moment {
        let definitions = &playbook.person;
        let when = definitions.moments.get(usize::from(moment)).map(|moment| usize::from(moment.when));
        if let Some(condition) = when.and_then(|when| definitions.conditions.get(when)) {
            condition.holds(&arbiter.sight, visitor);
        }
    }
}

struct Arbiter<'a> {
    playbook: &'a Playbook,
    person: &'a Person,
    surroundings: &'a Surroundings,
    sight: Sight<'a>,
    now: Millis,
}

impl<'a> Arbiter<'a> {
    fn new(
        playbook: &'a Playbook,
        person: &'a Person,
        account: Option<&'a AccountView>,
        surroundings: &'a Surroundings,
        now: Millis,
    ) -> Arbiter<'a> {
        let sight = Sight { page: &surroundings.page, ..person.sight(playbook, account, now) };
        Arbiter { playbook, person, surroundings, sight, now }
    }

    /// The first reason that holds a nudge back.
    fn block(&self, index: usize, nudge: &Nudge) -> Option<Block> {
        self.policy(nudge).or_else(|| {
            let limited = self.person.memory.limited_by(nudge, index, self.sight.now, self.now);
            limited.map(Block::Limits).or_else(|| {
                if !self.is_met(nudge) {
                    return Some(Block::When);
                }
                self.surroundings.slot_taken.then_some(Block::Slot)
            })
        })
    }

    fn policy(&self, nudge: &Nudge) -> Option<Block> {
        let (policy, memory) = (&self.playbook.policy, &self.person.memory);
        let exempt = nudge.purpose == Purpose::Help;
        let too_soon = |last: Option<Millis>, span: i64| last.is_some_and(|last| self.now.since(last) < span);
        let too_early = policy.help_first.is_some_and(|first| {
            let stage = self.sight.stage(Scope::Person, first.ladder);
            stage.is_none_or(|(_, position)| position < first.at_least)
        });
        if nudge.purpose.is_commercial() && too_early {
            return Some(Block::HelpFirst);
        }
        if !exempt && self.shown_in_session() >= policy.per_session {
            return Some(Block::PerSession);
        }
        if !exempt && too_soon(memory.last_shown, policy.gap.millis()) {
            return Some(Block::Gap);
        }
        too_soon(memory.last_dismissed, policy.quiet.millis()).then_some(Block::Quiet)
    }

    fn shown_in_session(&self) -> u32 {
        match (&self.person.memory.session, &self.surroundings.session) {
            (Some((last, count)), Some(session)) if last == session => *count,
            _ => 0,
        }
    }

    fn is_met(&self, nudge: &Nudge) -> bool {
        let holds = nudge.moment.is_none_or(|(scope, moment)| self.sight.moment(scope, moment));
        holds && nudge.when.holds(&self.sight, &mut NextTurn::default())
    }
}
