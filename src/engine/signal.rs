//! Signals: numbers kept incrementally in bounded memory (`semantics.md` §3).

use super::condition::{Drift, earliest};
use super::matcher::{Heard, Matcher};
use super::time::{Day, Hour, Window};
use super::wire::{wire_enum, wire_struct};

/// What is counted, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// As written in the playbook.
    pub name: String,
    /// A hash of the definition: a signal whose definition is the same keeps its state when the playbook changes.
    pub definition: u64,
    /// Which number it is.
    pub form: Form,
    /// The events it is about.
    pub of: Matcher,
    /// An event that empties it.
    pub without: Option<Matcher>,
}

/// The forms of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Number of events, for ever or in a window.
    Count(Option<Window>),
    /// Number of distinct days, for ever or in a window.
    Days(Option<Window>),
    /// Hours since the last event.
    Since,
    /// Hours since the first event.
    Age,
}

/// What is remembered of a signal.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SignalState {
    /// Nothing happened yet.
    #[default]
    Empty,
    /// A number for ever: of events, or of days, of which the last is remembered.
    Total(u32, Day),
    /// The first or the last hour.
    Hour(Hour),
    /// How often in each unit of the window, oldest first; no more of them than the window and its `ago` are long.
    Buckets(Vec<(i32, u32)>),
}

impl SignalState {
    /// Takes an event at an hour of the clock. Says whether it was one of this signal's.
    pub fn fold(&mut self, signal: &Signal, event: Heard<'_>, now: Hour) -> bool {
        if signal.without.as_ref().is_some_and(|without| without.matches(event)) {
            *self = SignalState::Empty;
            return true;
        }
        let matched = signal.of.matches(event);
        if matched {
            self.take(signal.form, now);
        }
        matched
    }

    fn take(&mut self, form: Form, now: Hour) {
        let today = now.day();
        match (form, &mut *self) {
            (Form::Count(Some(window)) | Form::Days(Some(window)), SignalState::Buckets(buckets)) => {
                add(buckets, window, now);
            }
            (Form::Count(Some(window)) | Form::Days(Some(window)), _) => {
                *self = SignalState::Buckets(vec![(window.unit.index(now), 1)]);
            }
            (Form::Count(None), SignalState::Total(count, last)) => {
                (*count, *last) = (count.saturating_add(1), today);
            }
            // The clock never runs backwards, so the last day is the only one that can come again.
            (Form::Days(None), SignalState::Total(days, last)) => {
                (*days, *last) = (*days + u32::from(*last != today), today);
            }
            (Form::Count(None) | Form::Days(None), _) => *self = SignalState::Total(1, today),
            (Form::Age, SignalState::Hour(_)) => {}
            (Form::Since | Form::Age, _) => *self = SignalState::Hour(now),
        }
    }

    /// The value at an hour of the clock; none where it is absent.
    pub fn value(&self, form: Form, now: Hour) -> Option<f64> {
        match (self, form) {
            (SignalState::Empty, Form::Count(_) | Form::Days(_)) => Some(0.0),
            (SignalState::Empty, Form::Since | Form::Age) => None,
            (SignalState::Total(total, _), _) => Some(f64::from(*total)),
            (SignalState::Hour(hour), _) => Some(f64::from(now.since(*hour))),
            (SignalState::Buckets(buckets), Form::Count(Some(window))) => {
                Some(f64::from(inside(buckets, window, now)))
            }
            (SignalState::Buckets(buckets), Form::Days(Some(window))) => {
                let (mut days, mut last) = (0_u32, None);
                for (index, _) in buckets {
                    let day = window.unit.first_hour(*index).day();
                    days += u32::from(window.contains(*index, now) && last.replace(day) != Some(day));
                }
                Some(f64::from(days))
            }
            (SignalState::Buckets(_), _) => None,
        }
    }

    /// How the value changes by time alone.
    pub fn drift(&self, form: Form, now: Hour) -> Drift {
        match (self, form) {
            (SignalState::Hour(_), _) => Drift::Hourly(now),
            (SignalState::Buckets(buckets), Form::Count(Some(window)) | Form::Days(Some(window))) => {
                let mut edge = None;
                for (index, _) in buckets {
                    edge = earliest(edge, window.next_edge(*index, now));
                }
                edge.map_or(Drift::Still, Drift::Until)
            }
            _ => Drift::Still,
        }
    }
}

/// Counts one more in the present unit, and lets go of what has left the window for good.
pub(super) fn add(buckets: &mut Vec<(i32, u32)>, window: Window, now: Hour) {
    let index = window.unit.index(now);
    match buckets.last_mut() {
        Some((last, count)) if *last == index => *count = count.saturating_add(1),
        _ => buckets.push((index, 1)),
    }
    // At most one falls out for each that comes in, but for the first after a long silence.
    while buckets.first().is_some_and(|(index, _)| window.is_past(*index, now)) {
        buckets.remove(0);
    }
}

/// How many were counted inside the window.
pub(super) fn inside(buckets: &[(i32, u32)], window: Window, now: Hour) -> u32 {
    let mut sum = 0_u32;
    for (index, count) in buckets {
        if window.contains(*index, now) {
            sum = sum.saturating_add(*count);
        }
    }
    sum
}

wire_struct!(Signal { name, definition, form, of, without });
wire_enum!(Form or Form::Since, { 0 => Count(window), 1 => Days(window), 2 => Since, 3 => Age });
wire_enum!(SignalState or SignalState::Empty, { 0 => Empty, 1 => Total(total, last), 2 => Hour(hour), 3 => Buckets(buckets) });
