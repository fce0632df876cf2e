//! What its members see of an account. A browser knows no more of one than this.

use super::account::Published;
use super::event::{Event, Kind};
use super::field::Index;
use super::nudge::{Outcome, Tallies};
use super::playbook::Playbook;
use super::time::{Hour, Millis, Offset};
use super::value::Value;
use super::wire::wire_struct;

/// An account as its members see it: its traits as they are, all else as it was last evaluated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountView {
    pub(super) traits: Value,
    /// None before the first evaluation.
    pub(super) published: Option<Published>,
    /// Counts what members could notice.
    pub(super) version: u32,
    /// What became of the nudges whose limits are those of all members: at once, since it protects them. (It is no part of
    /// what conditions see.) In a browser it is what this browser's own members did.
    pub(super) tallies: Tallies,
}

impl AccountView {
    /// Its traits.
    pub fn traits(&self) -> &Value {
        &self.traits
    }

    /// What became of the nudges whose limits are those of all members.
    pub fn tallies(&self) -> &Tallies {
        &self.tallies
    }

    /// Counts what members could notice: a change of the traits, an evaluation that changed something.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Takes what an event says of the traits; whether it changed any.
    pub(super) fn describe(&mut self, event: &Event) -> bool {
        let changed = event.kind == Kind::Group && self.traits.merge(event.traits.clone());
        self.version = self.version.wrapping_add(u32::from(changed));
        changed
    }

    /// Counts what became of a nudge for one of its members, if the nudge's limits are those of all of them.
    pub fn note(&mut self, playbook: &Playbook, nudge: Index, outcome: Outcome, now: Millis) {
        if playbook.nudges.get(usize::from(nudge)).is_some_and(|nudge| nudge.per_account) {
            self.tallies.count(playbook, nudge, outcome, account_hour(now), now);
        }
    }

    /// The same, with what became of nudges in an order that does not tell whose came first.
    #[cfg(feature = "compiler")]
    pub(crate) fn tidy(&self) -> AccountView {
        let mut tidy = self.clone();
        tidy.tallies.sort();
        tidy
    }

    /// Shows what an evaluation came to.
    pub(super) fn publish(&mut self, published: Published) {
        if self.published.as_ref() != Some(&published) {
            self.published = Some(published);
            self.version = self.version.wrapping_add(1);
        }
    }
}

/// What the clock of every account shows.
pub(super) fn account_hour(now: Millis) -> Hour {
    Hour::at(now, Offset::UTC)
}

wire_struct!(AccountView { traits, published, version, tallies });
