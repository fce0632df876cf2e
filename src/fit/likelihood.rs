//! How likely it is that people come as they were seen to come, by the parameters; and which way to go from there.

use super::parameters::Parameters;

/// Which of the two models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Modified: who has come once may have left already. What a playbook's `rhythm` is.
    ///
    /// Batislam, Denizel, Filiztekin (2007), Empirical validation and comparison of models for customer base analysis;
    /// Hoppe, Wagner (2007), Customer base analysis: the case for a central variant of the Betageometric/NBD model.
    MbgNbd,
    /// Who has come once is there still. Here to be compared with what others have published.
    ///
    /// Fader, Hardie, Lee (2005), "Counting your customers" the easy way: an alternative to the Pareto/NBD model.
    BgNbd,
}

/// People who have come alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// How many people.
    pub people: u32,
    /// Active days after the first one.
    pub x: u32,
    /// From the first one to the last one. (The unit is the caller's; alpha comes out in it.)
    pub t_x: f64,
    /// From the first one to the end.
    pub t: f64,
}

/// A sum over people, and its slope by the logarithm of each parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LogLikelihood {
    pub(super) value: f64,
    pub(super) slope: [f64; 4],
}

/// The log-likelihood of all people.
///
/// Quotients of gamma functions whose arguments differ by a whole number are products, and their logarithms sums: no
/// difference of two large numbers. The two ways in which somebody can be silent since `t_x` (there still; gone since)
/// are added by their logarithms.
pub(super) fn log_likelihood(model: Model, seen: &[Seen], at: &Parameters) -> LogLikelihood {
    let Parameters { r, alpha, a, b } = *at;
    // One chance to leave more, by the day on which somebody was first seen.
    let first = match model {
        Model::MbgNbd => 1,
        Model::BgNbd => 0,
    };
    let most = seen.iter().map(|seen| seen.x).max().unwrap_or_default() + first;
    let came = running(most, |i| ((r + i).ln(), [1.0 / (r + i), 0.0]));
    let stayed = running(most, |i| {
        ((b + i).ln() - (a + b + i).ln(), [-1.0 / (a + b + i), 1.0 / (b + i) - 1.0 / (a + b + i)])
    });
    let mut total = LogLikelihood { value: 0.0, slope: [0.0; 4] };
    for seen in seen {
        let (x, chances) = (f64::from(seen.x), seen.x + first);
        let sum =
            |sums: &[(f64, [f64; 2])], count: u32| sums.get(count as usize).copied().unwrap_or_default();
        let (came, [came_r, _]) = sum(&came, seen.x);
        let (stayed, [stayed_a, stayed_b]) = sum(&stayed, chances);
        let (end, last) = (alpha + seen.t, alpha + seen.t_x);
        let there = -(r + x) * end.ln();
        // Of whom there was no chance to leave, there is no such way.
        let left = b + f64::from(chances) - 1.0;
        let gone = if chances > 0 { a.ln() - left.ln() - (r + x) * last.ln() } else { f64::NEG_INFINITY };
        let most = there.max(gone);
        let silent = most + ((there - most).exp() + (gone - most).exp()).ln();
        let alive = (there - silent).exp();
        let dead = 1.0 - alive;
        let dead_b = if chances > 0 { dead / left } else { 0.0 };
        let slope = [
            came_r + alpha.ln() - alive * end.ln() - dead * last.ln(),
            r / alpha - (r + x) * (alive / end + dead / last),
            stayed_a + dead / a,
            stayed_b - dead_b,
        ];
        let people = f64::from(seen.people);
        total.value += people * (came + r * alpha.ln() + stayed + silent);
        for ((sum, slope), parameter) in total.slope.iter_mut().zip(slope).zip([r, alpha, a, b]) {
            *sum += people * slope * parameter;
        }
    }
    total
}

/// The sums of the first 0, 1, … `most` terms.
fn running(most: u32, term: impl Fn(f64) -> (f64, [f64; 2])) -> Vec<(f64, [f64; 2])> {
    let mut sums = vec![(0.0, [0.0; 2])];
    let (mut value, mut slope) = (0.0, [0.0; 2]);
    for i in 0..most {
        let (term, [one, other]) = term(f64::from(i));
        value += term;
        slope = [slope[0] + one, slope[1] + other];
        sums.push((value, slope));
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Parameters = Parameters { r: 0.6, alpha: 5.0, a: 0.8, b: 2.1 };
    const SEEN: [Seen; 4] = [
        Seen { people: 3, x: 0, t_x: 0.0, t: 30.0 },
        Seen { people: 1, x: 2, t_x: 12.0, t: 30.0 },
        Seen { people: 2, x: 7, t_x: 29.0, t: 30.0 },
        Seen { people: 1, x: 400, t_x: 500.0, t: 900.0 },
    ];

    fn value(model: Model, seen: &[Seen], logarithms: [f64; 4]) -> f64 {
        log_likelihood(model, seen, &Parameters::from_logarithms(logarithms)).value
    }

    #[test]
    fn the_slope_is_that_of_the_value() {
        for model in [Model::MbgNbd, Model::BgNbd] {
            let found = log_likelihood(model, &SEEN, &AT).slope;
            for (index, slope) in found.into_iter().enumerate() {
                let moved = |by: f64| {
                    let mut place = AT.logarithms();
                    place[index] += by;
                    value(model, &SEEN, place)
                };
                let step = 1e-5;
                let measured = (moved(step) - moved(-step)) / (2.0 * step);
                assert!((slope - measured).abs() < 1e-5 * measured.abs().max(1.0), "{slope} {measured}");
            }
        }
    }

    #[test]
    fn it_is_the_formula_of_the_papers() {
        // Written with gamma functions, as Hoppe and Wagner (2007) and Fader, Hardie and Lee (2005) have it.
        let Parameters { r, alpha, a, b } = AT;
        let gamma = libm::tgamma;
        let beta = |one: f64, other: f64| gamma(one) * gamma(other) / gamma(one + other);
        for Seen { x, t_x, t, .. } in [SEEN[0], SEEN[1], SEEN[2]] {
            let (count, rate) = (f64::from(x), r + f64::from(x));
            let came = gamma(rate) * alpha.powf(r) / gamma(r);
            let modified = came
                * (beta(a, b + count + 1.0) / beta(a, b) * (alpha + t).powf(-rate)
                    + beta(a + 1.0, b + count) / beta(a, b) * (alpha + t_x).powf(-rate));
            let gone = if x > 0 { beta(a + 1.0, b + count - 1.0) / beta(a, b) } else { 0.0 };
            let plain = came
                * (beta(a, b + count) / beta(a, b) * (alpha + t).powf(-rate)
                    + gone * (alpha + t_x).powf(-rate));
            for (model, expected) in [(Model::MbgNbd, modified), (Model::BgNbd, plain)] {
                let found = log_likelihood(model, &[Seen { people: 1, x, t_x, t }], &AT).value;
                assert!((found - expected.ln()).abs() < 1e-10, "{model:?} {x}: {found} {}", expected.ln());
            }
        }
    }

    #[test]
    fn far_out_it_stays_a_number() {
        let daily = Seen { people: 1, x: 3000, t_x: 3000.0, t: 3650.0 };
        for logarithms in [[-9.0; 4], [9.0; 4], [9.0, -9.0, 9.0, -9.0], [-9.0, 9.0, -9.0, 9.0]] {
            let found = log_likelihood(Model::MbgNbd, &[daily], &Parameters::from_logarithms(logarithms));
            assert!(found.value.is_finite() && found.slope.iter().all(|slope| slope.is_finite()));
        }
    }
}
