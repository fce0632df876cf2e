//! What the conditions of a person or an account can see at an instant.

use super::account::{Published, Reading};
use super::account_view::{AccountView, account_hour};
use super::condition::{Document, Drift, Seen, earliest};
use super::field::{Field, Index, Scope};
use super::playbook::{Ladder, Playbook};
use super::signal::Form;
use super::subject::{LadderState, MomentState, ScoreState, Subject};
use super::time::{Day, Hour, Millis};
use super::timestamp::parse_hour;
use super::value::Value;

/// The view, as a document for conditions. Nothing of it is computed before it is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// Whose view it is.
    pub scope: Scope,
    /// The person or the account.
    pub subject: &'a Subject,
    /// The hour on the subject's clock.
    pub now: Hour,
    /// The account, with the hour on its clock: a person's, or the one whose view this is.
    pub account: Option<(&'a AccountView, Hour)>,
    /// What only the page knows: `page`, `locale`, `event`.
    pub page: &'a Value,
}

impl<'a> Sight<'a> {
    /// What a person sees.
    pub fn of_person(
        playbook: &'a Playbook,
        subject: &'a Subject,
        account: Option<&'a AccountView>,
        now: Millis,
    ) -> Sight<'a> {
        let account = account.map(|account| (account, account_hour(now)));
        let now = subject.clock.read(now);
        Sight { playbook, scope: Scope::Person, subject, now, account, page: &Value::Null }
    }

    /// What an account sees.
    pub fn of_account(
        playbook: &'a Playbook,
        subject: &'a Subject,
        view: &'a AccountView,
        now: Hour,
    ) -> Sight<'a> {
        Sight {
            playbook,
            scope: Scope::Account,
            subject,
            now,
            account: Some((view, now)),
            page: &Value::Null,
        }
    }

    /// The value of a signal.
    pub fn signal(&self, scope: Scope, index: Index) -> Seen<'a> {
        let index = usize::from(index);
        let seen = if scope == self.scope {
            let signal = self.playbook.of(scope).signals.get(index);
            signal.zip(self.subject.signals.get(index)).map(|(signal, state)| match &signal.form {
                Form::Until(field) => {
                    Seen::number(self.until(field).map(|hour| f64::from(hour.since(self.now))))
                }
                Form::Ratio(one, other) => Seen::number(self.ratio(one, other)),
                form => state.value(form, self.now),
            })
        } else {
            self.account
                .and_then(|(account, now)| Some(account.published.as_ref()?.signals.get(index)?.value(now)))
        };
        seen.unwrap_or(Seen::Absent)
    }

    /// The hour, on the clock of the view, of the time that a trait holds.
    pub(super) fn until(&self, field: &Field) -> Option<Hour> {
        match field {
            Field::Trait(scope, path) => parse_hour(self.trait_at(*scope, path), self.subject.clock.offset()),
            _ => None,
        }
    }

    fn trait_at(&self, scope: Scope, path: &[String]) -> &'a Value {
        match scope {
            Scope::Person => self.subject.traits.at(path),
            Scope::Account => self.account.map_or(&Value::Null, |(account, _)| account.traits.at(path)),
        }
    }

    fn ratio(&self, one: &Field, other: &Field) -> Option<f64> {
        let (Seen::Number(one), Seen::Number(other)) = (self.seen(one), self.seen(other)) else {
            return None;
        };
        Some(one / other).filter(|ratio| other != 0.0 && ratio.is_finite())
    }

    /// When a part of a ratio could change by time alone.
    fn next_change_of(&self, part: &Field) -> Option<Hour> {
        let seen = self.seen(part);
        match self.drift(part, &mut |later| later == seen) {
            Drift::Still => None,
            Drift::Until(hour) => Some(hour),
            _ => Some(Hour(self.now.0 + 1)),
        }
    }

    /// P(alive); absent without a rhythm, before any activity, and in an account.
    pub fn alive(&self) -> Option<f64> {
        Some(self.subject.activity.as_ref()?.alive(self.playbook.rhythm.as_ref()?, self.now))
    }

    /// As many days ahead as there was silence: so a long one is looked at ever more seldom, and who comes daily pays for
    /// one.
    fn alive_stays(&self, same: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift {
        let today = self.now.day();
        let silence = self.subject.activity.as_ref().map_or(0, |activity| today.0 - activity.last().0);
        let day = |ahead: i32| Day(today.0 + ahead).first_hour();
        let mut ahead = 1;
        while ahead <= silence && same(Seen::number(Sight { now: day(ahead), ..*self }.alive())) {
            ahead += 1;
        }
        Drift::Until(day(ahead))
    }

    /// A score.
    pub fn score(&self, scope: Scope, index: Index) -> Option<f64> {
        self.score_state(scope, index).map(|score| score.value)
    }

    /// The name of the band that a score falls into.
    pub fn band(&self, scope: Scope, index: Index) -> Option<&'a str> {
        let position = self.score_state(scope, index)?.band?;
        let bands = &self.playbook.of(scope).scores.get(usize::from(index))?.bands;
        bands.get(usize::from(position)).map(|(name, _)| name.as_str())
    }

    fn score_state(&self, scope: Scope, index: Index) -> Option<&'a ScoreState> {
        let scores = match scope == self.scope {
            true => &self.subject.scores,
            false => &self.published()?.scores,
        };
        scores.get(usize::from(index))
    }

    /// Where the person is heading.
    pub fn momentum(&self) -> Option<super::activity::Momentum> {
        self.subject.momentum
    }

    /// Whether a segment holds.
    pub fn segment(&self, scope: Scope, index: Index) -> bool {
        let segments = match scope == self.scope {
            true => Some(&self.subject.segments),
            false => self.published().map(|published| &published.segments),
        };
        segments.and_then(|segments| segments.get(usize::from(index))).copied().unwrap_or_default()
    }

    /// Whether the condition of a moment holds.
    pub fn moment(&self, scope: Scope, index: Index) -> bool {
        self.moment_state(scope, index).is_some_and(|moment| moment.holds)
    }

    /// When a moment fired last.
    pub fn fired(&self, scope: Scope, index: Index) -> Option<Millis> {
        self.moment_state(scope, index)?.fired
    }

    fn moment_state(&self, scope: Scope, index: Index) -> Option<&'a MomentState> {
        let moments = match scope == self.scope {
            true => Some(&self.subject.moments),
            false => self.published().map(|published| &published.moments),
        };
        moments?.get(usize::from(index))
    }

    /// The stage on a ladder: the rung's id and position.
    pub fn stage(&self, scope: Scope, index: Index) -> Option<(&'a str, u8)> {
        let position = self.ladder(scope, index)?.stage?;
        let rung = self.definition(scope, index)?.rungs.get(usize::from(position))?;
        Some((&rung.id, position))
    }

    /// Hours since a rung was met.
    pub fn reached(&self, scope: Scope, index: Index, rung: u8) -> Option<f64> {
        let met = (*self.ladder(scope, index)?.met.get(usize::from(rung))?)?;
        Some(f64::from(self.hour_of(scope)?.since(met)))
    }

    /// How what counts the hours of a clock changes.
    fn hourly(&self, scope: Scope) -> Drift {
        match self.account {
            Some((_, there)) if scope != self.scope => {
                Drift::HourlyThere(there, self.now, self.subject.clock.offset())
            }
            _ => Drift::Hourly(self.now),
        }
    }

    fn hour_of(&self, scope: Scope) -> Option<Hour> {
        if scope == self.scope { Some(self.now) } else { self.account.map(|(_, now)| now) }
    }

    fn definition(&self, scope: Scope, index: Index) -> Option<&'a Ladder> {
        self.playbook.of(scope).ladders.get(usize::from(index))
    }

    fn ladder(&self, scope: Scope, index: Index) -> Option<&'a LadderState> {
        let ladders = match scope == self.scope {
            true => &self.subject.ladders,
            false => &self.published()?.ladders,
        };
        ladders.get(usize::from(index))
    }

    fn published(&self) -> Option<&'a Published> {
        self.account.and_then(|(account, _)| account.published.as_ref())
    }
}

impl Document for Sight<'_> {
    fn seen(&self, field: &Field) -> Seen<'_> {
        match field {
            Field::Trait(scope, path) => Seen::of(self.trait_at(*scope, path)),
            Field::Property(_) => Seen::Absent,
            Field::Signal(scope, index) => self.signal(*scope, *index),
            Field::Segment(scope, index) => Seen::Flag(self.segment(*scope, *index)),
            Field::Moment(scope, index) => Seen::Flag(self.moment(*scope, *index)),
            Field::Alive => Seen::number(self.alive()),
            Field::Score(scope, index) => Seen::number(self.score(*scope, *index)),
            Field::Band(scope, index) => Seen::text(self.band(*scope, *index)),
            Field::Momentum => Seen::text(self.momentum().map(|momentum| momentum.name())),
            Field::Stage(scope, index) => {
                self.stage(*scope, *index).map_or(Seen::Absent, |(id, position)| Seen::Stage(id, position))
            }
            Field::Reached(scope, index, rung) => Seen::number(self.reached(*scope, *index, *rung)),
            Field::Weekday => Seen::Number(f64::from(self.now.day().weekday())),
            Field::HourOfDay => Seen::Number(f64::from(self.now.of_day())),
            Field::Page(path) => Seen::of(self.page.at(path)),
        }
    }

    fn drift(&self, field: &Field, same: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift {
        match field {
            Field::Signal(scope, index) if *scope == self.scope => {
                let index = usize::from(*index);
                let signal = self.playbook.of(*scope).signals.get(index);
                match (signal.map(|signal| &signal.form), self.subject.signals.get(index)) {
                    (Some(Form::Until(_)), _) => Drift::Falling(self.now),
                    (Some(Form::Ratio(one, other)), _) => {
                        let next = earliest(self.next_change_of(one), self.next_change_of(other));
                        next.map_or(Drift::Still, Drift::Until)
                    }
                    (Some(form), Some(state)) => state.drift(form, self.now, same),
                    _ => Drift::Still,
                }
            }
            Field::Signal(_, index) => {
                match self.published().and_then(|p| p.signals.get(usize::from(*index))) {
                    Some(Reading::Since(_)) => self.hourly(Scope::Account),
                    Some(Reading::Until(_)) => Drift::Until(Hour(self.now.0 + 1)),
                    _ => Drift::Still,
                }
            }
            Field::Alive if self.alive().is_some() => self.alive_stays(same),
            Field::Reached(scope, ..) => self.hourly(*scope),
            Field::HourOfDay | Field::Weekday => Drift::Hourly(self.now),
            _ => Drift::Still,
        }
    }
}
