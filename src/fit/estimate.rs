//! The parameters under which what was seen is most likely, and how sure that is.

use std::fmt;

use super::cholesky::Cholesky;
use super::likelihood::{Model, Seen, log_likelihood};
use super::maximise::{EDGE, Summit, climb, curvature};
use super::parameters::Parameters;

/// Where the climbs begin: r, a and b. (Alpha follows from how often people came.) Several, so that no bad one decides.
const STARTS: [[f64; 3]; 5] =
    [[0.5, 0.5, 2.0], [2.0, 1.0, 5.0], [0.2, 0.2, 0.5], [1.0, 0.1, 10.0], [5.0, 3.0, 3.0]];

/// The maximum of the likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The parameters there.
    pub parameters: Parameters,
    /// Its logarithm.
    pub log_likelihood: f64,
    /// Of the parameters, in the order `r`, `alpha`, `a`, `b`. None where the likelihood is flat in some direction: then
    /// what was seen does not tell the parameters apart.
    pub standard_errors: Option<[f64; 4]>,
    /// The parameters that ran to the edge of what is looked at, 0.000006 or 160,000.
    pub at_edge: Vec<&'static str>,
    /// Whether the climb ended where it is level.
    pub converged: bool,
    /// How many people it rests on.
    pub people: u32,
}

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is nobody.
    Nobody,
    /// So many people, and each was active on one day only.
    NobodyCameTwice(u32),
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Nobody => write!(
                out,
                "nobody is active in these events: is the playbook's `activity` what they are called, and --at not before them?"
            ),
            Unfit::NobodyCameTwice(people) => write!(
                out,
                "of {people} people nobody was active on a second day, so there is no rhythm to be found: record for \
                 longer, or let `activity` be something that is done more often"
            ),
        }
    }
}

/// Estimates the parameters.
///
/// # Errors
/// If there is nobody, or nobody came a second time.
pub fn estimate(model: Model, seen: &[Seen]) -> Result<Estimate, Unfit> {
    let people = seen.iter().map(|seen| seen.people).sum();
    let total = |of: fn(&Seen) -> f64| seen.iter().map(|seen| f64::from(seen.people) * of(seen)).sum::<f64>();
    let (visits, days) = (total(|seen| f64::from(seen.x)), total(|seen| seen.t_x));
    if people == 0 {
        return Err(Unfit::Nobody);
    }
    if visits == 0.0 || days == 0.0 {
        return Err(Unfit::NobodyCameTwice(people));
    }
    let height = |place| {
        let found = log_likelihood(model, seen, &Parameters::from_logarithms(place));
        (found.value, found.slope)
    };
    let starts = STARTS.map(|[r, a, b]| Parameters { r, alpha: r * days / visits, a, b }.logarithms());
    let [first, others @ ..] = starts.map(|start| climb(&height, start));
    let best =
        others.into_iter().fold(first, |best, other| if other.value > best.value { other } else { best });
    let Summit { place, value, level } = best;
    let parameters = Parameters::from_logarithms(place);
    let information = curvature(&height, place).map(|row| row.map(|entry| -entry));
    let standard_errors = Cholesky::of(&information).map(|information| {
        // By the delta method, back from the logarithms.
        let mut variances = information.inverse_diagonal().into_iter();
        parameters.values().map(|value| value * variances.next().unwrap_or_default().sqrt())
    });
    let edge = place.iter().zip(["r", "alpha", "a", "b"]).filter(|(value, _)| value.abs() >= EDGE);
    Ok(Estimate {
        parameters,
        log_likelihood: value,
        standard_errors,
        at_edge: edge.map(|(_, name)| name).collect(),
        converged: level,
        people,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_nobody_twice_are_said() {
        assert_eq!(estimate(Model::MbgNbd, &[]), Err(Unfit::Nobody));
        let once = [Seen { people: 9, x: 0, t_x: 0.0, t: 30.0 }];
        assert_eq!(estimate(Model::MbgNbd, &once), Err(Unfit::NobodyCameTwice(9)));
    }

    #[test]
    fn people_who_are_all_alike_have_no_standard_errors() {
        // Nobody differs from anybody: how much people differ runs to the edge.
        let alike = [Seen { people: 100, x: 10, t_x: 30.0, t: 30.0 }];
        let found = estimate(Model::MbgNbd, &alike).unwrap();
        assert!(found.standard_errors.is_none() || !found.at_edge.is_empty(), "{found:?}");
    }
}
