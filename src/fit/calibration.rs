//! How well it foretells: the last quarter of the time is held back, and foretold from what was before.

use std::collections::BTreeMap;

use crate::engine::p_alive;

use super::estimate::{Estimate, Unfit, estimate};
use super::expectation::{Ahead, ahead};
use super::histories::{History, together};
use super::likelihood::{Model, Seen};

/// From so many active days after the first one on, people are one row.
const LAST_ROW: u32 = 7;

/// What was foretold of the part that was held back, and what was seen in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How long that part is. (Days, in what [`fit`](super::fit) makes.)
    pub length: f64,
    /// From the time before it.
    pub estimate: Estimate,
    /// By `x` at its start: 0, 1, … 7 and more. Without those of whom there is nobody.
    pub rows: Vec<Row>,
    /// Everybody.
    pub all: Row,
    /// By person: P(alive) at its start, and whether they came in it.
    pub outcomes: Vec<(f64, bool)>,
}

/// People with as many active days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Active days after the first one.
    pub x: u32,
    /// How many people.
    pub people: u32,
    /// Active days that were foretold, a person.
    pub predicted: f64,
    /// Active days that were seen, a person.
    pub seen: f64,
    /// P(alive) on average.
    pub alive: f64,
    /// The share that was foretold to come.
    pub expected: f64,
    /// The share that came.
    pub came: f64,
}

/// Holds back the last quarter of the recorded days.
///
/// # Errors
/// None if that is not a whole day; [`Unfit`] if what was before gives no estimate.
pub fn hold_back(histories: &[History]) -> Option<Result<Calibration, Unfit>> {
    let recorded = histories.iter().map(History::length).max()? + 1;
    let length = recorded / 4;
    if length == 0 {
        return None;
    }
    let known = histories.iter().filter_map(|history| {
        let before = history.before(length)?;
        Some((before.seen(), history.count() - before.count()))
    });
    let people: Vec<(Seen, u32)> =
        known.map(|(seen, came)| (seen, u32::try_from(came).unwrap_or(u32::MAX))).collect();
    Some(calibrate(&people, length.into()))
}

/// Compares what is foretold of a time ahead with the number of active days that each person (one of them in each
/// [`Seen`]) had in it.
///
/// # Errors
/// If there is no estimate to foretell by.
pub fn calibrate(people: &[(Seen, u32)], length: f64) -> Result<Calibration, Unfit> {
    let estimate = estimate(Model::MbgNbd, &together(people.iter().map(|(seen, _)| *seen)))?;
    let parameters = estimate.parameters;
    let rhythm = parameters.rhythm(0.0);
    let mut rows = BTreeMap::<u32, Row>::new();
    let mut all = Row::default();
    let mut outcomes = Vec::with_capacity(people.len());
    let mut foretold = BTreeMap::<(u32, u64), Ahead>::new();
    for (Seen { x, t_x, t, .. }, came) in people.iter().copied() {
        let ahead = *foretold.entry((x, t.to_bits())).or_insert_with(|| ahead(&parameters, x, t, length));
        let alive = p_alive(&rhythm, f64::from(x), t_x, t);
        let row = x.min(LAST_ROW);
        for sum in [rows.entry(row).or_insert(Row { x: row, ..Row::default() }), &mut all] {
            sum.people += 1;
            sum.predicted += alive * ahead.days;
            sum.seen += f64::from(came);
            sum.alive += alive;
            sum.expected += alive * ahead.comes;
            sum.came += f64::from(u8::from(came > 0));
        }
        outcomes.push((alive, came > 0));
    }
    let rows = rows.into_values().map(Row::averaged).collect();
    Ok(Calibration { length, estimate, rows, all: all.averaged(), outcomes })
}

impl Row {
    /// The last row stands for all who came more often, too.
    pub fn and_more(&self) -> bool {
        self.x == LAST_ROW
    }

    fn averaged(self) -> Row {
        let people = f64::from(self.people.max(1));
        Row {
            predicted: self.predicted / people,
            seen: self.seen / people,
            alive: self.alive / people,
            expected: self.expected / people,
            came: self.came / people,
            ..self
        }
    }
}
