//! How much a signal can remember, from its definition alone: what `check` tells, and what a snapshot is planned by.

use super::Signal;
use super::form::Form;
use crate::engine::time::{Unit, Window};

/// The longest that a number of this width can be in a snapshot.
const I32: usize = 5;
const U64: usize = 10;
/// A number of events, and the empty upper half.
const COUNT: usize = 5 + 1;
/// Of no more than 2³² numbers: the upper half stays below 2³¹.
const SUM: usize = 10 + 5;
const RANK: usize = 10 + 1;
/// A list's length: no list here is longer than 2³⁵.
const LENGTH: usize = 5;
const TAG: usize = 1;
/// What an event may be long at most, which the newest value is a part of. (What takes events in refuses longer ones.)
const EVENT: usize = 32 * 1024;

/// The most that the state of a signal can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateBound {
    /// Bytes in a snapshot.
    pub bytes: usize,
    /// What they are, for people: `at most 14 days of counts`.
    pub what: String,
}

impl Signal {
    /// The most that its state can take.
    pub fn bound(&self) -> StateBound {
        let window = self.form.window();
        let (bytes, what) = match &self.form {
            Form::Count(_) => units(window, COUNT, "number", "counts"),
            Form::Days(_) => units(window, COUNT, "number and one day", "counts"),
            Form::Sum(..) => units(window, SUM, "exact sum", "exact sums"),
            Form::Max(..) => units(window, RANK, "number", "largest numbers"),
            Form::Min(..) => units(window, RANK, "number", "smallest numbers"),
            Form::Distinct(_, most, None) => (
                LENGTH + *most as usize * (U64 + 2),
                format!("a hash of at most {} values", thousands(*most)),
            ),
            Form::Distinct(_, most, Some(window)) => {
                let each = most_sightings(*window);
                let sightings = match each {
                    1 => String::new(),
                    _ => format!(", each with at most {each} {}", units_of(*window)),
                };
                (
                    LENGTH + *most as usize * (U64 + I32 + 2 + (each - 1) * I32),
                    format!("a hash of at most {} values{sightings}", thousands(*most)),
                )
            }
            Form::Sequence(_, window) => {
                let steps = self.of.len();
                let (bytes, completed) = units(*window, COUNT, "number", "counts");
                (bytes + LENGTH + steps * (1 + U64), format!("{steps} times and {completed}"))
            }
            Form::Last(_) => (TAG + LENGTH + EVENT, "one value, as long as it was sent".to_owned()),
            Form::Since | Form::Age => (I32, "one hour".to_owned()),
            Form::Until(_) | Form::Ratio(..) => (0, "nothing".to_owned()),
            Form::Members => (I32, "one number".to_owned()),
        };
        StateBound { bytes: TAG + bytes, what }
    }
}

fn units(window: Option<Window>, amount: usize, one: &str, many: &str) -> (usize, String) {
    match window {
        None => (LENGTH + I32 + amount, format!("one {one}")),
        Some(window) => {
            let length = usize::from(window.length) + usize::from(window.ago);
            (LENGTH + length * (I32 + amount), format!("at most {length} {} of {many}", units_of(window)))
        }
    }
}

/// In how many units a value can have been seen that all still matter: of three, the outer two are further apart than
/// the window is long.
fn most_sightings(window: Window) -> usize {
    let (length, ago) = (usize::from(window.length), usize::from(window.ago));
    if ago == 0 { 1 } else { (length + ago).min(2 * ((length + ago - 1) / (length + 1)) + 2) }
}

fn units_of(window: Window) -> &'static str {
    match window.unit {
        Unit::Hours => "hours",
        Unit::Days => "days",
    }
}

fn thousands(number: u32) -> String {
    match number / 1_000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1_000),
    }
}
