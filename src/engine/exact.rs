//! Sums that are exact: each number to six decimals, added as whole millionths, and the nearest double of the total. So
//! the order of the events does not matter, a tenth ten times is one, and two programs agree to the last bit.

const LARGEST: f64 = 9e12;
/// 10⁶ is 2⁶ · 15625. The powers of two are only a shift.
const ODD: u64 = 15_625;
const TWOS: u32 = 6;

/// A number as millionths, of the double's exact value and half to even; none beyond ±9·10¹².
pub fn millionths(number: f64) -> Option<i64> {
    if number.is_nan() || number.abs() > LARGEST {
        return None;
    }
    let bits = number.abs().to_bits();
    let exponent = (bits >> 52) as i32;
    let mantissa = bits & ((1 << 52) - 1) | u64::from(exponent > 0) << 52;
    // The number is mantissa · 2^(exponent − 1075), the product at most 67 bits long. In two halves, since a product of
    // 128 bits would bring a routine of its own into the page.
    let low = (mantissa & u64::from(u32::MAX)) * ODD;
    let product = (u128::from((mantissa >> 32) * ODD) << 32) + u128::from(low);
    let shift = 1075 - exponent.max(1) - TWOS as i32;
    let whole = match shift {
        ..=0 => product << -shift,
        1..=70 => {
            let (floor, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1));
            floor + u128::from(rest > half || rest == half && floor & 1 == 1)
        }
        _ => 0,
    } as i64;
    Some(if number < 0.0 { -whole } else { whole })
}

/// The double that is nearest to so many millionths.
pub fn nearest(millionths: i128) -> f64 {
    let magnitude = millionths.unsigned_abs();
    if magnitude == 0 {
        return 0.0;
    }
    // Long division, limb by limb, of the number shifted up as far as it goes: the quotient has 113 bits at least, twice
    // what a double keeps. Whatever is below them only has to tell a half from a little more than a half.
    let zeros = magnitude.leading_zeros();
    let mut rest = magnitude << zeros;
    let (mut quotient, mut remainder) = (0_u128, 0_u64);
    for _ in 0..4 {
        let part = remainder << 32 | (rest >> 96) as u64;
        rest <<= 32;
        quotient = quotient << 32 | u128::from(part / ODD);
        remainder = part % ODD;
    }
    let rounded = (quotient | u128::from(remainder > 0)) as f64;
    let scale = f64::from_bits(u64::from(1023 - zeros - TWOS) << 52);
    if millionths < 0 { -rounded * scale } else { rounded * scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By decimal digits: Rust prints a double exactly, and reads the nearest one.
    fn by_digits(number: f64) -> i128 {
        let text = format!("{:.1100}", number.abs());
        let (whole, decimals) = text.split_once('.').unwrap();
        let (kept, rest) = decimals.split_at(6);
        let floor: i128 = format!("{whole}{kept}").parse().unwrap();
        let half = format!("5{}", "0".repeat(rest.len() - 1));
        let up = rest > half.as_str() || rest == half && floor % 2 == 1;
        (floor + i128::from(up)) * if number < 0.0 { -1 } else { 1 }
    }

    fn by_reading(millionths: i128) -> f64 {
        format!("{millionths}e-6").parse().unwrap()
    }

    /// A generator of Marsaglia's, so that the same numbers are tried each time.
    fn random() -> impl FnMut() -> u64 {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        }
    }

    #[test]
    fn each_number_is_taken_to_six_decimals_of_its_exact_value() {
        let mut numbers =
            vec![0.0, -0.0, 0.1, 0.5e-6, 1.5e-6, 2.5e-6, 1e-300, 5e-324, 9e12, -9e12, 1.0000005];
        numbers.extend([0.000_000_5, 0.125, 1.0 / 128.0, 3.0 / 128.0, 0.007_812_5, 2.0_f64.powi(-70)]);
        let mut next = random();
        for _ in 0..5_000 {
            let (bits, exponent) = (next(), next() % 100);
            let mantissa =
                1.0 + (bits >> (bits % 53) << (bits % 53) & ((1 << 52) - 1)) as f64 / 2.0_f64.powi(52);
            let number = mantissa * 2.0_f64.powi(exponent as i32 - 58);
            numbers.extend([number, -number]);
        }
        // Halves of a millionth are multiples of 2⁻⁷ of an odd one: 7812.5 millionths.
        numbers.extend((0..1_000).map(|odd| f64::from(2 * odd + 1) / 128.0));
        for number in numbers {
            let wanted = (number.abs() <= 9e12).then(|| by_digits(number));
            assert_eq!(millionths(number).map(i128::from), wanted, "{number:e}");
        }
    }

    #[test]
    fn what_is_too_large_is_no_number_of_millionths() {
        assert_eq!(millionths(9e12), Some(9_000_000_000_000_000_000));
        for number in [9e12_f64.next_up(), -9e12_f64.next_up(), 1e300, f64::INFINITY, f64::NAN] {
            assert_eq!(millionths(number), None, "{number}");
        }
    }

    #[test]
    fn a_total_is_the_nearest_double() {
        let mut totals = vec![0, 1, -1, 999_999, 1_000_000, i128::from(i64::MAX), i128::MAX, i128::MIN];
        let mut next = random();
        for _ in 0..50_000 {
            let wide = i128::from(next()) << 64 | i128::from(next());
            totals.extend([wide >> (next() % 127), i128::from(next() as i64)]);
        }
        // Right at the middle between two doubles, and a millionth to each side.
        for power in 53..100 {
            for odd in [1, 3, 5] {
                let middle = ((1_i128 << power) + (odd << (power - 53))) * 1_000_000;
                totals.extend([middle - 1, middle, middle + 1, -middle].iter().filter(|_| power < 99));
            }
        }
        for total in totals {
            assert_eq!(nearest(total).to_bits(), by_reading(total).to_bits(), "{total}");
        }
    }
}
