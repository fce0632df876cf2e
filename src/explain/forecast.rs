//! What time alone does from now on: the engine itself goes on with no further event, and each verdict that turns is
//! noted once, with the instant.

use std::collections::{BTreeMap, BTreeSet};

use super::nudges;
use super::subject::{About, Company};
use crate::engine::{
    Account, AccountView, Condition, ConditionId, Field, Hour, Index, Joint, Millis, Person, Predicate,
    Scope, Seen, Sight, Subject, Surroundings, Visitor, Who, earliest, reasons,
};

const HOUR_MS: i64 = 3_600_000;
/// As far as the longest window.
const HORIZON_MS: i64 = 401 * 24 * HOUR_MS;
/// Where something moves each hour, these are more than a year. An end in any case.
const MOST_STOPS: usize = 10_000;

const SCOPES: [Scope; 2] = [Scope::Person, Scope::Account];

/// When each verdict first turns. What is not there does not turn within the horizon.
#[derive(Debug, Default)]
pub(super) struct Forecast {
    person: Vec<Track>,
    account: Vec<Track>,
    /// What the policy never shows something in.
    never: Vec<Track>,
    /// By nudge: its `when`, then its reasons.
    nudges: Vec<(Track, Track)>,
    /// By scope, ladder and rung: whether it is met.
    rungs: BTreeMap<(bool, u16, u8), Track>,
}

/// Some verdicts as they are now, and when each is first another.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    now: Vec<bool>,
    turns: Vec<Option<Millis>>,
}

impl Track {
    /// The verdict at a position.
    pub(super) fn holds(&self, position: usize) -> Option<bool> {
        self.now.get(position).copied()
    }

    /// When the verdict at a position turns.
    pub(super) fn turns(&self, position: usize) -> Option<Millis> {
        self.turns.get(position).copied().flatten()
    }

    /// Whether each has turned: then there is nothing more to look for.
    fn is_settled(&self) -> bool {
        !self.turns.is_empty() && self.turns.iter().all(Option::is_some)
    }

    fn observe(&mut self, verdicts: Vec<bool>, at: Millis) {
        if self.turns.is_empty() {
            self.turns = vec![None; verdicts.len()];
            self.now = verdicts;
            return;
        }
        for ((before, verdict), turns) in self.now.iter().zip(verdicts).zip(&mut self.turns) {
            if *before != verdict && turns.is_none() {
                *turns = Some(at);
            }
        }
    }
}

impl Forecast {
    pub(super) fn of(about: &About<'_>) -> Forecast {
        let mut forecast = Forecast::default();
        let mut future = Future::of(about);
        let mut stops = BTreeSet::new();
        forecast.observe(&future, SCOPES.map(|_| true), &mut stops);
        future.add_stops(&mut stops);
        let end = Millis(about.now.0.saturating_add(HORIZON_MS));
        for _ in 0..MOST_STOPS {
            let Some(at) = stops.pop_first().filter(|at| *at <= end) else { break };
            let evaluated = future.pass(at, &mut stops);
            forecast.observe(&future, evaluated, &mut stops);
            stops.retain(|stop| *stop > at);
        }
        forecast
    }

    /// The verdicts of a condition, in the order in which a visitor hears of them.
    pub(super) fn condition(&self, scope: Scope, id: ConditionId) -> Option<&Track> {
        let tracks = if scope == Scope::Person { &self.person } else { &self.account };
        tracks.get(usize::from(id))
    }

    /// Those of a nudge's `when`.
    pub(super) fn when(&self, nudge: usize) -> Option<&Track> {
        self.nudges.get(nudge).map(|(when, _)| when)
    }

    /// Those of what the policy never shows something in.
    pub(super) fn never(&self, position: usize) -> Option<&Track> {
        self.never.get(position)
    }

    /// Whether a nudge is held back at all, then by each reason.
    pub(super) fn reasons(&self, nudge: usize) -> Option<&Track> {
        self.nudges.get(nudge).map(|(_, reasons)| reasons)
    }

    /// When a rung that is met will not be, or the other way round.
    pub(super) fn rung(&self, scope: Scope, ladder: u16, rung: u8) -> Option<Millis> {
        self.rungs.get(&(scope == Scope::Account, ladder, rung))?.turns(0)
    }

    /// Notes what is other than it was, and the instants at which something more could be.
    fn observe(&mut self, future: &Future<'_>, evaluated: [bool; 2], stops: &mut BTreeSet<Millis>) {
        let about = future.about();
        for (scope, _) in SCOPES.into_iter().zip(evaluated).filter(|(_, evaluated)| *evaluated) {
            let Some(sight) = about.sight(scope) else { continue };
            let definitions = about.playbook.of(scope);
            let tracks = if scope == Scope::Person { &mut self.person } else { &mut self.account };
            tracks.resize_with(definitions.conditions.len(), Track::default);
            let tracked = tracks.iter_mut().zip(&definitions.conditions);
            for (track, condition) in tracked.filter(|(track, _)| !track.is_settled()) {
                track.observe(verdicts(condition, &sight, stops), about.now);
            }
            for (ladder, index) in definitions.ladders.iter().zip(0..) {
                for rung in (0..).take(ladder.rungs.len()) {
                    let met = sight.reached(scope, index, rung).is_some();
                    let track = self.rungs.entry((scope == Scope::Account, index, rung)).or_default();
                    track.observe(vec![met], about.now);
                }
            }
        }
        let Some((who, surroundings)) = about.person else { return };
        let Some(sight) = about.sight(Scope::Person) else { return };
        let sight = Sight { page: &surroundings.page, ..sight };
        let never = &about.playbook.policy.never;
        self.never.resize_with(never.len(), Track::default);
        for (track, never) in self.never.iter_mut().zip(never) {
            // Its tests say when the reason may turn again, so it is asked even where each has turned.
            track.observe(verdicts(&never.when, &sight, stops), about.now);
        }
        self.nudges.resize_with(about.playbook.nudges.len(), Default::default);
        for (index, (nudge, (when, held))) in about.playbook.nudges.iter().zip(&mut self.nudges).enumerate() {
            // Where it is still held back, what `when` does later has a say in when it is free.
            if !when.is_settled() || held.turns(0).is_none() {
                when.observe(verdicts(&nudge.when, &sight, stops), about.now);
            }
            let found = reasons(about.playbook, who, index, surroundings, about.now);
            // The first is whether it is held back at all.
            let any = found.iter().any(|(_, holds_back)| *holds_back);
            let each = found.iter().map(|(_, holds_back)| *holds_back);
            held.observe(std::iter::once(any).chain(each).collect(), about.now);
            stops.extend(found.iter().filter_map(|(block, _)| nudges::lets_go(&about, index, *block)));
        }
    }
}

/// A person and their account, going on by themselves.
struct Future<'a> {
    about: &'a About<'a>,
    person: Option<(&'a str, Person, &'a Surroundings)>,
    account: Option<Account>,
    view: Option<AccountView>,
    /// Where the account counts its members: each, with the signals that count them now.
    members: Vec<(Person, Vec<Index>)>,
    now: Millis,
}

impl<'a> Future<'a> {
    fn of(about: &'a About<'a>) -> Future<'a> {
        let (account, view, members) = match about.company {
            Company::None => (None, None, [].as_slice()),
            Company::Seen(view) => (None, Some(view.clone()), [].as_slice()),
            Company::Whole(account, members) => (Some(account.clone()), None, members),
        };
        let counts = !about.playbook.person.members.is_empty();
        let counted = |person: &&Person| ((*person).clone(), person.counts_for(about.playbook).collect());
        let members = members.iter().filter(|_| counts).map(counted).collect();
        let person = about.person.map(|(who, surroundings)| (who.id, who.person.clone(), surroundings));
        Future { about, person, account, view, members, now: about.now }
    }

    fn about(&self) -> About<'_> {
        let company = match (&self.account, &self.view) {
            (Some(account), _) => Company::Whole(account, &[]),
            (None, Some(view)) => Company::Seen(view),
            (None, None) => Company::None,
        };
        let account = company.view();
        let person = self.person.as_ref().map(|(id, person, here)| (Who { id, person, account }, *here));
        About { playbook: self.about.playbook, person, company, now: self.now }
    }

    /// Goes on to an instant, and evaluates whose hour begins there: accounts first. Says which of the two did.
    fn pass(&mut self, at: Millis, stops: &mut BTreeSet<Millis>) -> [bool; 2] {
        let playbook = self.about.playbook;
        self.now = at;
        let mut evaluated = [false; 2];
        let [person_evaluated, account_evaluated] = &mut evaluated;
        if let Some(account) = self.account.as_mut().filter(|_| at.0.rem_euclid(HOUR_MS) == 0) {
            let before = account.view().version();
            account.evaluate(playbook, at);
            *account_evaluated = true;
            if account.view().version() != before {
                let everybody = self.person.iter().map(|(_, person, _)| person);
                let everybody = everybody.chain(self.members.iter().map(|(member, _)| member));
                stops.extend(everybody.map(|person| person.next_hour(Millis(at.0 - 1))));
            }
        }
        let begins = |person: &Person| person.next_hour(Millis(at.0 - 1)) == at;
        if let Some((_, person, _)) = self.person.as_mut().filter(|(_, person, _)| begins(person)) {
            let view = self.account.as_ref().map(Account::view).or(self.view.as_ref());
            person.evaluate(playbook, view, at);
            *person_evaluated = true;
        }
        if let Some(account) = &mut self.account {
            for (member, counted) in self.members.iter_mut().filter(|(member, _)| begins(member)) {
                member.evaluate(playbook, Some(account.view()), at);
                let counts: Vec<Index> = member.counts_for(playbook).collect();
                let before = std::mem::replace(counted, counts.clone());
                for (signal, meets) in before
                    .iter()
                    .map(|signal| (signal, false))
                    .chain(counts.iter().map(|signal| (signal, true)))
                {
                    // What is in both does not change.
                    if !(before.contains(signal) && counts.contains(signal)) {
                        account.count_member(playbook, *signal, meets, at);
                    }
                }
            }
        }
        self.add_stops(stops);
        evaluated
    }

    /// The instants at which time alone could next change somebody.
    fn add_stops(&self, stops: &mut BTreeSet<Millis>) {
        let playbook = self.about.playbook;
        let everybody = self.person.iter().map(|(_, person, _)| person);
        let everybody = everybody.chain(self.members.iter().map(|(member, _)| member));
        stops.extend(everybody.filter_map(|person| person.next_change(playbook)));
        stops.extend(self.account.as_ref().and_then(|account| account.next_change(playbook)));
    }
}

/// The verdicts of a condition now; the stop at which the first of its tests could turn is added.
fn verdicts(condition: &Condition, sight: &Sight<'_>, stops: &mut BTreeSet<Millis>) -> Vec<bool> {
    let mut verdicts = Verdicts::default();
    condition.holds(sight, &mut verdicts);
    stops.extend(verdicts.turns.map(|hour| instant(sight.subject, hour)));
    verdicts.found
}

/// The instant at which an hour begins on somebody's clock.
pub(super) fn instant(subject: &Subject, hour: Hour) -> Millis {
    hour.start(subject.clock().offset())
}

/// Every verdict, joints where they are entered.
#[derive(Default)]
struct Verdicts {
    found: Vec<bool>,
    open: Vec<usize>,
    turns: Option<Hour>,
}

impl Visitor for Verdicts {
    fn wants_all(&self) -> bool {
        true
    }

    fn enter(&mut self, _: Joint<'_>) {
        self.open.push(self.found.len());
        self.found.push(false);
    }

    fn leave(&mut self, holds: bool) {
        let place = self.open.pop().and_then(|position| self.found.get_mut(position));
        place.into_iter().for_each(|place| *place = holds);
    }

    fn test(&mut self, _: &Field, _: &Predicate, _: Seen<'_>, holds: bool, turns: Option<Hour>) {
        self.found.push(holds);
        self.turns = earliest(self.turns, turns);
    }
}
