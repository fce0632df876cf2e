//! People made from known parameters, as the model has them.

use ripen::fit::{Parameters, Seen};

/// SplitMix64 (Steele, Lea, Flood 2014): the same people in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// Above 0, below 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((bits ^ (bits >> 31)) >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Of rate 1 (Marsaglia, Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// When somebody comes, first at 0 and before `end`: at a rate of their own, leaving after each visit, the first
    /// too, with a probability of their own.
    pub(crate) fn visits(&mut self, parameters: &Parameters, end: f64) -> Vec<f64> {
        let Parameters { r, alpha, a, b } = *parameters;
        let rate = self.gamma(r) / alpha;
        let (one, other) = (self.gamma(a), self.gamma(b));
        let leaves = one / (one + other);
        let mut visits = vec![0.0];
        while self.uniform() >= leaves {
            let next = visits[visits.len() - 1] - self.uniform().ln() / rate;
            if next >= end {
                break;
            }
            visits.push(next);
        }
        visits
    }
}

/// What is seen of visits up to a time.
pub(crate) fn seen(visits: &[f64], t: f64) -> Seen {
    let known = visits.iter().filter(|visit| **visit <= t).count();
    Seen { people: 1, x: known as u32 - 1, t_x: visits[known - 1], t }
}
