//! The arbiter: one slot, and at an edge at most one nudge for it (`semantics.md` §7).

use std::cmp::Reverse;

use super::account_view::AccountView;
use super::condition::NextTurn;
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
    /// All, in the order in which they are asked.
    pub const ALL: [Block; 10] = [
        Block::HelpFirst,
        Block::PerSession,
        Block::Gap,
        Block::Quiet,
        Block::Limits(Outcome::Shown),
        Block::Limits(Outcome::Dismissed),
        Block::Limits(Outcome::Snoozed),
        Block::Limits(Outcome::Acted),
        Block::When,
        Block::Slot,
    ];

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

/// Every reason that could hold a nudge back, in the order in which they are asked, and whether it does.
pub fn reasons(
    playbook: &Playbook,
    person: &Person,
    account: Option<&AccountView>,
    index: usize,
    surroundings: &Surroundings,
    now: Millis,
) -> Vec<(Block, bool)> {
    let arbiter = Arbiter::new(playbook, person, account, surroundings, now);
    let nudge = playbook.nudges.get(index);
    let reason = |block| nudge.map(|nudge| (block, arbiter.holds_back(block, index, nudge)));
    Block::ALL.into_iter().filter_map(reason).collect()
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
        Block::ALL.into_iter().find(|block| self.holds_back(*block, index, nudge))
    }

    fn holds_back(&self, block: Block, index: usize, nudge: &Nudge) -> bool {
        let (policy, memory) = (&self.playbook.policy, &self.person.memory);
        let exempt = nudge.purpose == Purpose::Help;
        let too_soon = |last: Option<Millis>, span: i64| last.is_some_and(|last| self.now.since(last) < span);
        match block {
            Block::HelpFirst => {
                let too_early = policy.help_first.is_some_and(|first| {
                    let stage = self.sight.stage(Scope::Person, first.ladder);
                    stage.is_none_or(|(_, position)| position < first.at_least)
                });
                nudge.purpose.is_commercial() && too_early
            }
            Block::PerSession => {
                !exempt && memory.shown_in(self.surroundings.session.as_deref()) >= policy.per_session
            }
            Block::Gap => !exempt && too_soon(memory.last_shown, policy.gap.millis()),
            Block::Quiet => too_soon(memory.last_dismissed, policy.quiet.millis()),
            Block::Limits(outcome) => memory.is_limited(nudge, index, outcome, self.sight.now, self.now),
            Block::When => !self.is_met(nudge),
            Block::Slot => self.surroundings.slot_taken,
        }
    }

    fn is_met(&self, nudge: &Nudge) -> bool {
        let holds = nudge.moment.is_none_or(|(scope, moment)| self.sight.moment(scope, moment));
        holds && nudge.when.holds(&self.sight, &mut NextTurn::default())
    }
}
