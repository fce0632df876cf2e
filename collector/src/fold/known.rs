//! What was known before something is folded anew: what comes of that is told only where it is different.

use ripen::engine::{Account, Millis, Playbook, Sight};
use ripen::fold::{Island, Sighting};

use super::group::Context;
use super::report::scope;
use crate::store::{NodeName, Report, Reported, StoreError};

/// An island, or the parts that have turned out to be one: nobody is in two of them.
pub(super) struct Known<'p> {
    pub(super) playbook: &'p Playbook,
    pub(super) parts: Vec<Island<'p>>,
    /// What the step tells of them besides. No store has it yet.
    pub(super) told: Vec<Report>,
}

impl Known<'_> {
    pub(super) fn person(&self, id: &str, at: Millis) -> Option<Sight<'_>> {
        let (person, account) = self.parts.iter().find_map(|part| part.world().find_person(id))?;
        Some(person.sight(self.playbook, account.map(Account::view), at))
    }

    pub(super) fn account(&self, id: &str, at: Millis) -> Option<Sight<'_>> {
        let account = self.parts.iter().find_map(|part| part.world().find_account(id))?;
        Some(account.sight(self.playbook, at))
    }

    /// When the moment that is sighted had fired last, under an id.
    pub(super) fn last_fired(&self, sighting: &Sighting, id: &str) -> Option<Millis> {
        let sight =
            if sighting.account { self.account(id, sighting.at) } else { self.person(id, sighting.at) };
        sight?.fired(scope(sighting.account), sighting.moment)
    }

    /// Whether a firing less than the cooldown away was reported of the same subject, or is in this step.
    pub(super) fn was_reported(
        &self,
        context: &mut Context<'_>,
        sighting: &Sighting,
        subjects: Vec<String>,
    ) -> Result<bool, StoreError> {
        let moments = &self.playbook.of(scope(sighting.account)).moments;
        let Some(moment) = moments.get(usize::from(sighting.moment)) else { return Ok(true) };
        let is_near = |fired: Millis| sighting.at.since(fired).abs() < moment.cooldown.millis();
        let is_it = |told: &Report| {
            matches!(&told.what, Reported::Moment { moment: id, .. } if *id == moment.id)
                && told.account == sighting.account
                && subjects.contains(&told.subject)
                && is_near(told.happened)
        };
        if self.told.iter().any(is_it) {
            return Ok(true);
        }
        for name in subjects {
            let subject = NodeName { account: sighting.account, name };
            let fired = context.store.folds().fired(context.tenant, &subject, &moment.id)?;
            if fired.into_iter().any(is_near) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
