//! Nudges in a world: what is shown, what is ignored, and who counts it.

use crate::engine::{Index, Millis, Outcome, Who as Watched};

use super::nudges::Doing;
use crate::fold::news::{News, Reported};
use crate::fold::schedule::Who;
use crate::fold::world::World;

impl World<'_> {
    /// Shows a person what they would have been shown.
    pub(in crate::fold) fn decide(&mut self, index: usize, doing: Doing<'_>, now: Millis) {
        let (playbook, account) = (self.playbook, self.account_of(index));
        let view = account.and_then(|account| self.accounts.get(account)).map(|(_, account)| account.view());
        let (Some(nudges), Some((id, person))) = (&mut self.nudges, self.persons.get_mut(index)) else {
            return;
        };
        let who = Watched { id, person, account: view };
        let Some((decision, session)) = nudges.decide(playbook, index, who, doing, now) else { return };
        let Some(won) = decision.won else { return };
        let variant =
            decision.considered.iter().find(|found| found.nudge == won).and_then(|found| found.variant);
        person.take(playbook, Some(won as Index), Outcome::Shown, session.as_deref(), now);
        // Its goal begins to be looked at; all else has been evaluated.
        person.evaluate(playbook, view, now);
        let until = nudges.show(playbook, index, won as Index, now);
        let news = News::Nudge { at: now, nudge: won, variant };
        self.changes.push(Reported { account: false, id: id.clone(), news });
        self.schedule.set(Who::Screen(index), until);
        if let Some(account) = account {
            self.note(account, won as Index, Outcome::Shown, now);
        }
    }

    /// What a person has not acted on for long enough is ignored.
    pub(in crate::fold) fn clear_screen(&mut self, index: usize, now: Millis) {
        let (playbook, account) = (self.playbook, self.account_of(index));
        let cleared = self.nudges.as_mut().and_then(|nudges| nudges.clear(index, now));
        let (Some((nudge, outcome)), Some((_, person))) = (cleared, self.persons.get_mut(index)) else {
            return;
        };
        person.take(playbook, Some(nudge), outcome, None, now);
        if let Some(account) = account {
            self.note(account, nudge, outcome, now);
        }
    }

    /// All members of the account count what became of a nudge for one of them, at once.
    pub(in crate::fold) fn note(&mut self, account: usize, nudge: Index, outcome: Outcome, now: Millis) {
        let account = self.accounts.get_mut(account).map(|(_, account)| account);
        account.into_iter().for_each(|account| account.note(self.playbook, nudge, outcome, now));
    }
}
