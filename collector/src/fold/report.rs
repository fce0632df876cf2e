//! What is news: stages that changed, moments that fired.
//!
//! What happens in order is reported as it happens. Where something is folded anew, only what is different from what was
//! known is reported, once, at the time at which it is found out: stages that are others now; moments that fired later
//! than any firing known so far, unless one of the same moment of the same subject was reported less than its cooldown
//! away (then it is that one, a little later or earlier). Nothing is taken back. The subject of an anonymous id that has
//! been joined to a user is that user.

use std::collections::HashMap;

use ripen::engine::{Change, Millis, Playbook, Scope, Sight, What};
use ripen::fold::{Island, News, Reported as Happened, Sighting};

use super::group::Context;
use super::known::Known;
use crate::store::{PlaybookId, Report, Reported, StoreError};

/// Writes reports.
#[derive(Clone, Copy)]
pub(super) struct Reporter<'p> {
    playbook: &'p Playbook,
    id: PlaybookId,
    now: Millis,
}

impl<'p> Reporter<'p> {
    pub(super) fn of(context: &Context<'p>) -> Reporter<'p> {
        Reporter { playbook: context.playbook, id: context.playbook_id, now: context.now }
    }

    /// Takes what an island has to report.
    pub(super) fn of_news(&self, island: &mut Island<'_>) -> Vec<Report> {
        let mut reports: Vec<Report> =
            island.take_changes().iter().filter_map(|happened| self.stage(happened)).collect();
        reports.extend(island.take_sightings().into_iter().filter_map(|sighting| self.moment(sighting)));
        reports.sort_by(|one, other| {
            let key = |report: &Report| (report.happened, !report.account);
            key(one).cmp(&key(other)).then_with(|| one.subject.cmp(&other.subject))
        });
        reports
    }

    fn report(&self, account: bool, subject: String, happened: Millis, what: Reported) -> Report {
        Report { playbook: self.id, reported: self.now, happened, account, subject, what }
    }

    fn stage(&self, happened: &Happened) -> Option<Report> {
        let News::Change(Change { at, what: What::Stage { ladder, from, to } }) = happened.news else {
            return None;
        };
        let ladder = self.playbook.of(scope(happened.account)).ladders.get(usize::from(ladder))?;
        let rung = |place: Option<u8>| Some(ladder.rungs.get(usize::from(place?))?.id.clone());
        let what = Reported::Stage { ladder: ladder.id.clone(), before: rung(from), after: rung(to) };
        Some(self.report(happened.account, happened.id.clone(), at, what))
    }

    fn moment(&self, sighting: Sighting) -> Option<Report> {
        let Sighting { account, id, moment, at, standing } = sighting;
        let moment = self.playbook.of(scope(account)).moments.get(usize::from(moment))?;
        let what = Reported::Moment { moment: moment.id.clone(), standing };
        Some(self.report(account, id, at, what))
    }
}

pub(super) fn scope(account: bool) -> Scope {
    if account { Scope::Account } else { Scope::Person }
}

/// Reports what is different after folding anew.
pub(super) fn of_differences(
    context: &mut Context<'_>,
    known: &Known<'_>,
    new: &Island<'_>,
    sightings: Vec<Sighting>,
) -> Result<Vec<Report>, StoreError> {
    let reporter = Reporter::of(context);
    let now = reporter.now;
    let mut ids: HashMap<&str, Vec<&str>> = HashMap::new();
    for (anonymous, user) in new.identities() {
        ids.entry(user).or_default().push(anonymous);
    }
    let known_as = |id: &str| {
        let others = ids.get(id).into_iter().flatten().map(|id| (*id).to_owned());
        [id.to_owned()].into_iter().chain(others).collect::<Vec<_>>()
    };
    let mut reports = Vec::new();
    for (id, person, view) in new.world().persons() {
        let before = known_as(id).iter().find_map(|id| known.person(id, now));
        reports.extend(reporter.stages(false, id, before, person.sight(reporter.playbook, view, now)));
    }
    for (id, account) in new.world().accounts() {
        let before = known.account(id, now);
        reports.extend(reporter.stages(true, id, before, account.sight(reporter.playbook, now)));
    }
    for sighting in sightings {
        let subjects = if sighting.account { vec![sighting.id.clone()] } else { known_as(&sighting.id) };
        let fired = subjects.iter().filter_map(|id| known.last_fired(&sighting, id)).max();
        if fired < Some(sighting.at) && !known.was_reported(context, &sighting, subjects)? {
            reports.extend(reporter.moment(sighting));
        }
    }
    Ok(reports)
}

impl Reporter<'_> {
    /// The ladders on which somebody stands elsewhere than was known.
    fn stages(&self, account: bool, id: &str, before: Option<Sight<'_>>, after: Sight<'_>) -> Vec<Report> {
        let scope = scope(account);
        let stage = |sight: &Sight<'_>, index| sight.stage(scope, index).map(|(rung, _)| rung.to_owned());
        let mut reports = Vec::new();
        for (ladder, index) in self.playbook.of(scope).ladders.iter().zip(0..) {
            let before = before.as_ref().and_then(|before| stage(before, index));
            let after = stage(&after, index);
            if before != after {
                let what = Reported::Stage { ladder: ladder.id.clone(), before, after };
                reports.push(self.report(account, id.to_owned(), self.now, what));
            }
        }
        reports
    }
}
