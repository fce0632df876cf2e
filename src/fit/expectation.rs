//! What is to be expected of somebody.

use super::parameters::Parameters;

/// What MBG/NBD expects of somebody who is still there, in the time ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// Active days (on average).
    pub days: f64,
    /// That there is one at least.
    pub comes: f64,
}

/// Ahead of somebody who came on `x` days after the first one, `t` has passed since, and who is still there; in the next
/// `length` (the unit is alpha's).
///
/// The papers (Batislam et al. 2007; Hoppe, Wagner 2007, with the erratum of 2008) write the number of days with Gauss's
/// hypergeometric function, as a difference that is divided by a − 1. This is the same without either: the visits of
/// somebody who never left would be negative binomial (Poisson over the gamma distribution that is known of them after
/// `x` visits in `t`), and visit number j + 1 takes place if they stayed at j occasions to leave, which has the mean of
/// (1 − p)^j over the beta distribution that is known of their p. So it is the sum over j of both, all terms positive.
pub fn ahead(parameters: &Parameters, x: u32, t: f64, length: f64) -> Ahead {
    let Parameters { r, alpha, a, b } = *parameters;
    let (shape, rate) = (r + f64::from(x), alpha + t);
    let share = length / (rate + length);
    let mean = shape * length / rate;
    // In logarithms: for somebody who comes often, the first terms are too small for a double.
    let mut term = shape * (rate / (rate + length)).ln();
    let (mut none_yet, mut stayed, mut days) = (0.0, 1.0, 0.0);
    let comes = 1.0 - term.exp();
    for j in 0..MOST_VISITS {
        let visits = f64::from(j);
        none_yet += term.exp();
        days += stayed * (1.0 - none_yet).max(0.0);
        if visits > mean && term < NEGLIGIBLE {
            break;
        }
        stayed *= (b + f64::from(x) + 1.0 + visits) / (a + b + f64::from(x) + 1.0 + visits);
        term += (share * (shape + visits) / (visits + 1.0)).ln();
    }
    Ahead { days, comes }
}

/// As a logarithm: below what a sum near 1 has room for.
const NEGLIGIBLE: f64 = -40.0;
/// The end of what a hostile input can cost.
const MOST_VISITS: u32 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Gauss's series.
    fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
        let (mut term, mut sum) = (1.0, 1.0);
        for k in 0..20_000 {
            let k = f64::from(k);
            term *= (a + k) * (b + k) / (c + k) / (k + 1.0) * z;
            sum += term;
        }
        sum
    }

    #[test]
    fn it_is_the_formula_of_the_papers() {
        let parameters = Parameters { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
        let Parameters { r, alpha, a, b } = parameters;
        for (x, t, length) in [(0, 38.86, 39.0), (2, 38.86, 39.0), (26, 30.0, 10.0), (7, 5.0, 300.0)] {
            let count = f64::from(x);
            let series =
                hypergeometric(r + count, b + count + 1.0, a + b + count, length / (alpha + t + length));
            let expected = (a + b + count) / (a - 1.0)
                * (1.0 - ((alpha + t) / (alpha + t + length)).powf(r + count) * series);
            let found = ahead(&parameters, x, t, length).days;
            assert!((found / expected - 1.0).abs() < 1e-9, "{x}: {found} {expected}");
        }
    }

    #[test]
    fn where_the_papers_divide_by_nothing_it_goes_on() {
        let days = |a| ahead(&Parameters { r: 0.5, alpha: 6.0, a, b: 1.6 }, 3, 40.0, 40.0).days;
        assert!(days(1.0) < days(0.999) && days(1.0) > days(1.001));
        assert!((days(0.999) + days(1.001) - 2.0 * days(1.0)).abs() < 1e-5);
    }

    #[test]
    fn who_never_leaves_comes_on_at_their_own_rate() {
        let loyal = Parameters { r: 1.0, alpha: 2.0, a: 1e-9, b: 1.0 };
        let daily = ahead(&loyal, 2999, 2998.0, 1000.0);
        assert!((daily.days - 1000.0).abs() < 1e-3, "{daily:?}");
        assert_eq!(daily.comes, 1.0);
        assert_eq!(ahead(&loyal, 5, 10.0, 0.0), Ahead { days: 0.0, comes: 0.0 });
    }
}
