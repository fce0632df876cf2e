//! P(alive): how likely it is that somebody still comes, by the rhythm of their own (`semantics.md` §5).

use super::power::power;
use super::wire::wire_struct;

/// The four parameters of MBG/NBD, one set for a company; `ripen fit` estimates them from its events. All are above 0.
///
/// Batislam, Denizel, Filiztekin (2007), Empirical validation and comparison of models for customer base analysis;
/// Hoppe, Wagner (2007), Customer base analysis: the case for a central variant of the Betageometric/NBD model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// Shape of the gamma distribution of how often people come.
    pub r: f64,
    /// Its rate, in days.
    pub alpha: f64,
    /// First shape of the beta distribution of how likely somebody leaves after an active day.
    pub a: f64,
    /// Second one.
    pub b: f64,
    /// Whose probability is below is at risk; 0 to 1.
    pub at_risk_below: f64,
}

/// The probability that somebody is still there, 0 to 1: `x` active days after the first one, the last of them `t_x`
/// days after it, `t` days having passed since. An overflow gives 0.
///
/// ```
/// use ripen::engine::{Rhythm, p_alive};
/// let rhythm = Rhythm { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614, at_risk_below: 0.3 };
/// assert_eq!((p_alive(&rhythm, 2.0, 30.0, 38.0) * 1e6).round(), 710_097.0);
/// assert_eq!(p_alive(&Rhythm { r: 40.0, alpha: 1e-9, ..rhythm }, 0.0, 0.0, 10.0), 0.0);
/// ```
pub fn p_alive(rhythm: &Rhythm, x: f64, t_x: f64, t: f64) -> f64 {
    let Rhythm { r, alpha, a, b, .. } = *rhythm;
    1.0 / (1.0 + a / (b + x) * power((alpha + t) / (alpha + t_x), r + x))
}

wire_struct!(Rhythm { r, alpha, a, b, at_risk_below });

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: Rhythm = Rhythm { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614, at_risk_below: 0.3 };

    #[test]
    fn silence_lowers_it_and_the_regular_ones_sooner() {
        let rare = |t| p_alive(&PUBLISHED, 1.0, 10.0, t);
        let regular = |t| p_alive(&PUBLISHED, 9.0, 10.0, t);
        assert!(rare(10.0) > rare(20.0) && rare(20.0) > rare(40.0));
        assert!(regular(10.0) > rare(10.0) && regular(40.0) < rare(40.0));
    }

    #[test]
    fn on_an_active_day_only_leaving_counts() {
        // One is certain of 1 to any power, so nothing of the rhythm is left: a/(b + x).
        assert_eq!(p_alive(&PUBLISHED, 1.0, 4.0, 4.0), 1.0 / (1.0 + 0.891 / 2.614));
    }

    #[test]
    fn what_is_exact_is_exact() {
        // Alive is 1 / (2 + t): a quarter is not below a quarter.
        let whole = Rhythm { r: 1.0, alpha: 1.0, a: 1.0, b: 1.0, at_risk_below: 0.25 };
        for t in 0..1000 {
            assert_eq!(p_alive(&whole, 0.0, 0.0, f64::from(t)), 1.0 / f64::from(2 + t), "{t}");
        }
    }
}
