//! What is remembered of a signal: how it takes an event, which value that makes, and when time alone changes it.

use super::Signal;
use super::form::Form;
use super::runs::Runs;
use super::units::{Follow, Units, rank};
use super::values::{Values, hash};
use crate::engine::condition::{Drift, Seen};
use crate::engine::exact::millionths;
use crate::engine::matcher::Heard;
use crate::engine::time::Hour;
use crate::engine::value::Value;
use crate::engine::wire::wire_enum;

/// What is remembered of a signal.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SignalState {
    /// Nothing happened yet.
    #[default]
    Empty,
    /// The first or the last hour.
    Hour(Hour),
    /// What the units of a window came to. (Of days for ever: the last, and how many there were.)
    Units(Units),
    /// The newest scalar.
    Last(Value),
    /// Distinct values.
    Values(Values),
    /// A sequence.
    Runs(Runs),
    /// Members of an account.
    Members(u32),
}

impl SignalState {
    /// Takes an event at an hour of the clock. Says whether the value may be another now.
    pub fn fold(&mut self, signal: &Signal, event: Heard<'_>, now: Hour) -> bool {
        if signal.without.as_ref().is_some_and(|without| without.matches(event)) {
            match self {
                // What is completed stays completed.
                SignalState::Runs(runs) => runs.abandon(),
                _ => *self = SignalState::Empty,
            }
            return true;
        }
        let matched = signal.of.iter().any(|of| of.matches(event));
        if matched {
            if matches!(self, SignalState::Empty) {
                *self = SignalState::begin(&signal.form, now);
            }
            self.take(signal, event, now);
        }
        matched
    }

    /// What has taken no event yet, and is about to.
    fn begin(form: &Form, now: Hour) -> SignalState {
        match form {
            Form::Since | Form::Age => SignalState::Hour(now),
            Form::Last(_) => SignalState::Last(Value::Null),
            Form::Distinct(..) => SignalState::Values(Values::default()),
            Form::Sequence(..) => SignalState::Runs(Runs::default()),
            _ => SignalState::Units(Units::default()),
        }
    }

    fn take(&mut self, signal: &Signal, event: Heard<'_>, now: Hour) {
        let form = &signal.form;
        let window = form.window();
        let scalar = event.event.properties.at(form.path());
        match self {
            SignalState::Units(units) => {
                let amount = match (form, scalar) {
                    (Form::Count(_) | Form::Days(_), _) => Some(1),
                    (Form::Sum(..), Value::Number(number)) => millionths(*number),
                    (_, Value::Number(number)) => Some(rank(*number)),
                    _ => None,
                };
                if let Form::Days(None) = form {
                    units.add_day(now);
                } else if let Some(amount) = amount {
                    units.add(window, now, amount.into(), form.join());
                }
            }
            SignalState::Values(values) => {
                if let Form::Distinct(part, most, _) = form
                    && let Some(hash) = hash(part, event, scalar)
                {
                    values.see(hash, window, *most, now);
                }
            }
            SignalState::Runs(runs) => {
                if let Form::Sequence(span, _) = form {
                    runs.step(&signal.of, *span, window, event, now);
                }
            }
            SignalState::Last(last) => {
                if !matches!(scalar, Value::Null | Value::List(_) | Value::Map(_)) {
                    *last = scalar.clone();
                }
            }
            SignalState::Hour(hour) => {
                if let Form::Since = form {
                    *hour = now;
                }
            }
            // Of members tells whoever folds the persons.
            SignalState::Empty | SignalState::Members(_) => {}
        }
    }

    /// One more of the members meets the condition, or one fewer.
    pub(in crate::engine) fn count_member(&mut self, meets: bool) {
        let before = if let SignalState::Members(count) = self { *count } else { 0 };
        *self = SignalState::Members(if meets { before + 1 } else { before.saturating_sub(1) });
    }

    /// The value at an hour of the clock.
    pub fn value(&self, form: &Form, now: Hour) -> Seen<'_> {
        match self {
            SignalState::Hour(hour) => Seen::Number(f64::from(now.since(*hour))),
            SignalState::Last(value) => Seen::of(value),
            _ => Seen::number(self.number(form, now)),
        }
    }

    /// The value of those forms that add up.
    fn number(&self, form: &Form, now: Hour) -> Option<f64> {
        let mut number = None;
        self.follow(form, now, &mut |_, inside| {
            number = form.number(inside);
            false
        });
        number
    }

    /// Calls `f` with what the number rests on now, and then at each hour at which time alone could change that.
    fn follow(&self, form: &Form, now: Hour, f: Follow<'_>) {
        const NONE: &Units = &Units::NONE;
        let window = form.window();
        let units = match self {
            SignalState::Units(units) => units,
            SignalState::Runs(runs) => &runs.completed,
            SignalState::Values(values) => return values.follow(window, now, f),
            SignalState::Members(count) => {
                f(now, Some((*count).into()));
                return;
            }
            _ => NONE,
        };
        units.follow(window, now, form.join(), f);
    }

    /// How the value changes by time alone: how long it is the same in the eyes of `same`.
    pub fn drift(&self, form: &Form, now: Hour, same: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift {
        if let SignalState::Hour(_) = self {
            return Drift::Hourly(now);
        }
        let mut drift = Drift::Still;
        self.follow(form, now, &mut |hour, inside| {
            let stays = hour == now || same(Seen::number(form.number(inside)));
            if !stays {
                drift = Drift::Until(hour);
            }
            stays
        });
        drift
    }
}

wire_enum!(SignalState or SignalState::Empty, {
    0 => Empty,
    1 => Hour(hour),
    2 => Units(units),
    3 => Last(value),
    4 => Values(values),
    5 => Runs(runs),
    6 => Members(count),
});
