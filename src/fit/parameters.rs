//! The four numbers that are looked for.

use crate::engine::Rhythm;

/// All above 0. What each means is said at [`Rhythm`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// How much alike people are in how often they come: the larger, the more.
    pub r: f64,
    /// With `r` how often: a rate of r / alpha on average.
    pub alpha: f64,
    /// With `b` how likely somebody leaves after an active day: a / (a + b) on average.
    pub a: f64,
    /// The larger both are, the more people are alike in that.
    pub b: f64,
}

impl Parameters {
    /// In the order `r`, `alpha`, `a`, `b`.
    pub fn values(&self) -> [f64; 4] {
        [self.r, self.alpha, self.a, self.b]
    }

    /// As a playbook has them.
    pub fn rhythm(&self, at_risk_below: f64) -> Rhythm {
        let Parameters { r, alpha, a, b } = *self;
        Rhythm { r, alpha, a, b, at_risk_below }
    }

    pub(super) fn from_values([r, alpha, a, b]: [f64; 4]) -> Parameters {
        Parameters { r, alpha, a, b }
    }

    /// The scale on which they are looked for: whatever stands there, they are above 0.
    pub(super) fn logarithms(&self) -> [f64; 4] {
        self.values().map(f64::ln)
    }

    pub(super) fn from_logarithms(logarithms: [f64; 4]) -> Parameters {
        Parameters::from_values(logarithms.map(f64::exp))
    }
}
