//! Finds a company's rhythm in its events: the parameters of MBG/NBD, by which `alive` is computed (`semantics.md` §5).
//!
//! [`histories`](fn@histories) folds a recording to active days. [`estimate`](fn@estimate) climbs (`maximise`) to the
//! parameters under which these are most likely (`likelihood`). [`hold_back`] foretells the last quarter of the time from
//! what was before ([`ahead`]), and [`threshold`](fn@threshold) suggests where to draw the line. [`fit`] does all of it.

mod calibration;
mod cholesky;
mod estimate;
mod expectation;
mod histories;
mod likelihood;
mod maximise;
mod parameters;
mod report;
mod threshold;

pub use calibration::{Calibration, Row, calibrate, hold_back};
pub use estimate::{Estimate, Unfit, estimate};
pub use expectation::{Ahead, ahead};
pub use histories::{History, histories, together};
pub use likelihood::{Model, Seen};
pub use parameters::Parameters;
pub use report::Report;
pub use threshold::{Side, Threshold, threshold};

use crate::engine::{Millis, Playbook};
use crate::replay::Recording;

/// Fits the rhythm of everybody in a recording, up to and including an instant (by default the last event's). Of the
/// playbook only `activity` counts.
///
/// # Errors
/// If nobody was active, or nobody on a second day.
///
/// ```
/// use ripen::{fit::{Unfit, fit}, playbook::compile, replay::Recording};
/// let playbook = compile("{}").unwrap().playbook;
/// let mut recording = Recording::default();
/// recording.push(br#"{"type":"track","messageId":"1","userId":"u","timestamp":"2024-01-01T10:00:00Z","event":"a"}"#);
/// assert_eq!(fit(&playbook, recording, None), Err(Unfit::NobodyCameTwice(1)));
/// ```
pub fn fit(playbook: &Playbook, recording: Recording, at: Option<Millis>) -> Result<Report, Unfit> {
    let mut events = recording.finish();
    if let Some(at) = at {
        events.retain(|event| event.time <= at);
    }
    let end = at.or(events.last().map(|event| event.time)).ok_or(Unfit::Nobody)?;
    let histories = histories(playbook, &events, end);
    let estimate = estimate(Model::MbgNbd, &together(histories.iter().map(History::seen)))?;
    let days = histories.iter().map(History::length).max().unwrap_or_default() + 1;
    let calibration = hold_back(&histories);
    let threshold = match &calibration {
        Some(Ok(calibration)) => threshold(&calibration.outcomes),
        _ => None,
    };
    Ok(Report { end, days, estimate, calibration, threshold })
}
