//! What `ripen fit` says, for programs.

use serde_json::{Value as Json, json};

use crate::engine::Millis;
use crate::replay::format_timestamp;

use super::calibration::{Calibration, Row};
use super::estimate::{Estimate, Unfit};
use super::parameters::Parameters;
use super::threshold::{Side, Threshold};

/// With fewer people chance decides too much.
const FEW: u32 = 50;
/// Of those who are active on a day, the share who leave after it.
const HARDLY_ANYBODY: f64 = 0.001;
/// Where nothing was seen that could say better: as likely gone as not.
const DEFAULT_THRESHOLD: f64 = 0.5;

/// The fit of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Up to when.
    pub end: Millis,
    /// Days from anybody's first active day to the end.
    pub days: i32,
    /// On all of the time.
    pub estimate: Estimate,
    /// None if the time is too short; no estimate if what was before was not enough.
    pub calibration: Option<Result<Calibration, Unfit>>,
    /// None if the calibration does not say.
    pub threshold: Option<Threshold>,
}

impl Report {
    /// As `js/src/module.ts` describes it.
    pub fn to_json(&self) -> Json {
        let Estimate { parameters, log_likelihood, standard_errors, people, .. } = &self.estimate;
        let errors = standard_errors.map(Parameters::from_values);
        let mut rhythm = four(parameters, 4);
        let at_risk_below = self.threshold.map_or(DEFAULT_THRESHOLD, |line| line.at_risk_below);
        if let Json::Object(entries) = &mut rhythm {
            entries.insert("at_risk_below".into(), json!(at_risk_below));
        }
        json!({
            "people": people,
            "days": self.days,
            "end": format_timestamp(self.end),
            "rhythm": rhythm,
            "standard_errors": errors.map(|errors| four(&errors, 3)),
            "log_likelihood": rounded(*log_likelihood, 8),
            "threshold": self.threshold.map(|line| json!({
                "at_risk_below": line.at_risk_below,
                "below": side(line.below),
                "above": side(line.above),
            })),
            "calibration": match &self.calibration {
                Some(Ok(calibration)) => described(calibration),
                _ => Json::Null,
            },
            "warnings": self.warnings(),
        })
    }

    /// What to be wary of.
    pub fn warnings(&self) -> Vec<String> {
        let Estimate { parameters, standard_errors, at_edge, converged, people, .. } = &self.estimate;
        let mut warnings = Vec::new();
        if *people < FEW {
            warnings.push(format!("{people} people are few: with fewer than {FEW} chance decides too much"));
        }
        if parameters.a / (parameters.a + parameters.b) < HARDLY_ANYBODY {
            warnings.push(
                "hardly anybody leaves for good in these events, so `alive` is near 1 for everybody and says nothing"
                    .into(),
            );
        }
        if !at_edge.is_empty() {
            warnings.push(format!("{} ran to the edge of what is looked at", at_edge.join(" and ")));
        } else if !converged {
            warnings.push("the likelihood is still rising where the search ended".into());
        }
        if standard_errors.is_none() {
            warnings.push(
                "there are no standard errors: the likelihood is flat in some direction, so other parameters fit these \
                 events as well"
                    .into(),
            );
        }
        match &self.calibration {
            None => warnings.push("the time is too short to hold back a quarter of it".into()),
            Some(Err(_)) => warnings.push(
                "there is no calibration: in the first three quarters of the time nobody was active on a second day"
                    .into(),
            ),
            Some(Ok(_)) => {}
        }
        if self.threshold.is_none() {
            warnings.push(format!(
                "at_risk_below is {DEFAULT_THRESHOLD}, as likely gone as not, since nothing here says better"
            ));
        }
        warnings
    }
}

fn described(calibration: &Calibration) -> Json {
    json!({
        "held_back_days": calibration.length as i64,
        "fitted": four(&calibration.estimate.parameters, 4),
        "rows": calibration.rows.iter().map(row).collect::<Vec<_>>(),
        "all": row(&calibration.all),
    })
}

fn row(row: &Row) -> Json {
    json!({
        "x": row.x,
        "and_more": row.and_more(),
        "people": row.people,
        "predicted": rounded(row.predicted, 4),
        "seen": rounded(row.seen, 4),
        "alive": rounded(row.alive, 4),
        "expected_back": rounded(row.expected, 4),
        "came_back": rounded(row.came, 4),
    })
}

fn side(side: Side) -> Json {
    json!({ "people": side.people, "came_back": side.came })
}

fn four(parameters: &Parameters, digits: i32) -> Json {
    let Parameters { r, alpha, a, b } = *parameters;
    let digits = |value| rounded(value, digits);
    json!({ "r": digits(r), "alpha": digits(alpha), "a": digits(a), "b": digits(b) })
}

/// To so many significant digits: the rest is noise.
fn rounded(value: f64, digits: i32) -> f64 {
    let digits = usize::try_from(digits - 1).unwrap_or_default();
    format!("{value:.digits$e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn significant_digits() {
        assert_eq!(rounded(0.524_912, 4), 0.5249);
        assert_eq!(rounded(-9_582.427_6, 6), -9582.43);
        assert_eq!(rounded(0.0, 4), 0.0);
        assert_eq!(rounded(162_754.791, 4), 162_800.0);
    }
}
