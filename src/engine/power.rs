//! A power that is the same on every platform.

use std::f64::consts::{LN_2, LOG2_E};

/// `base` to the power of `exponent`, both above 0; too large is infinite.
///
/// The standard library's power is the platform's own and differs in the last bits. The crate `libm`'s does not, but takes
/// 2 KB of the page's module; this takes 0.3. It has additions, multiplications and divisions only, which
/// IEEE 754 leaves no choice in, is exact where repeated multiplication is, and else off by some 1e-14 of the outcome.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    // So it is on every day on which somebody is active, at most events: it would come to the same, 40 divisions later.
    if base == 1.0 {
        return 1.0;
    }
    let mut whole = exponent as u32;
    let part = exponent - f64::from(whole);
    let mut outcome = exp2(part * log2(base));
    let mut square = base;
    while whole > 0 {
        if whole & 1 == 1 {
            outcome *= square;
        }
        square *= square;
        whole >>= 1;
    }
    outcome
}

/// The bits of a double that are its fraction.
const FRACTION_BITS: u32 = 52;
const BIAS: i64 = 1023;

/// Of a normal number above 0: the exponent, and for what is in front, 1 to 2, the series of the inverse hyperbolic
/// tangent.
fn log2(number: f64) -> f64 {
    let bits = number.to_bits();
    let exponent = (bits >> FRACTION_BITS) as i64 - BIAS;
    let front = f64::from_bits(bits.wrapping_sub((exponent as u64) << FRACTION_BITS));
    let s = (front - 1.0) / (front + 1.0);
    // s is a third at the most: what is left out is below 3^-39.
    let series = (0..19).rev().fold(0.0, |sum, k| sum * s * s + 1.0 / f64::from(2 * k + 1));
    exponent as f64 + 2.0 * LOG2_E * s * series
}

fn exp2(number: f64) -> f64 {
    if number >= 1024.0 {
        return f64::INFINITY;
    }
    let whole = number.floor();
    let rest = (number - whole) * LN_2;
    // The rest is below 0.7: what is left out is below 0.7^21 / 21!.
    let series = (1..21).rev().fold(1.0, |sum, k| 1.0 + sum * rest / f64::from(k));
    series * exp2_whole(whole as i64)
}

fn exp2_whole(exponent: i64) -> f64 {
    f64::from_bits(((exponent + BIAS) as u64) << FRACTION_BITS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::power;

    #[test]
    fn exact_where_multiplication_is() {
        for base in [1.0, 1.5, 2.0, 3.0, 10.0, 1.0625] {
            for exponent in 1..12 {
                assert_eq!(power(base, f64::from(exponent)), base.powi(exponent), "{base}^{exponent}");
            }
        }
        assert_eq!(power(4.0, 0.5), 2.0);
        assert_eq!(power(1.0, 1234.567), 1.0);
    }

    #[test]
    fn what_no_state_that_was_folded_has_is_some_number() {
        for base in [0.0, -0.0, -2.0, f64::MIN_POSITIVE / 2.0, f64::INFINITY, f64::NAN] {
            for exponent in [-1e300, -1.5, 0.0, 0.5, 1e300, f64::NAN] {
                power(base, exponent);
            }
        }
    }

    #[test]
    fn too_large_is_infinite() {
        assert_eq!(power(1e10, 40.0), f64::INFINITY);
        assert_eq!(power(1.5, 1e12), f64::INFINITY);
        assert!(power(2.0, 1023.5).is_finite());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn close_to_the_platform_s(base in 1.0_f64..1e6, exponent in 0.001_f64..60.0) {
            let (ours, platform) = (power(base, exponent), base.powf(exponent));
            if platform.is_finite() {
                prop_assert!((ours / platform - 1.0).abs() < 1e-13, "{ours} {platform}");
            }
        }

        #[test]
        fn long_regular_use(base in 1.0_f64..1.5, exponent in 60.0_f64..1500.0) {
            let (ours, platform) = (power(base, exponent), base.powf(exponent));
            prop_assert!((ours / platform - 1.0).abs() < 2e-12, "{ours} {platform}");
        }
    }
}
