//! Numbers written as text, where a condition compares the two.

/// JavaScript's `Number(text)` for decimal notation; none where that gives `NaN`.
///
/// The standard library's parser would bring its tables of powers of five into the page (10 KB). This one is exact up
/// to 15 digits and ten to the ±22 (W. D. Clinger 1990, the fast path), which is what people write, and deterministic
/// beyond.
///
/// ```
/// use ripen::engine::parse_number;
/// assert_eq!(parse_number(" -12.50 "), Some(-12.5));
/// assert_eq!(parse_number("1e3"), Some(1000.0));
/// assert_eq!(parse_number(""), Some(0.0));
/// assert_eq!(parse_number("12 apples"), None);
/// ```
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.is_empty() {
        return Some(0.0);
    }
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = if text == "Infinity" { f64::INFINITY } else { decimal(text)? };
    Some(if negative { -magnitude } else { magnitude })
}

fn decimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, small_integer(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut digits = 0.0;
    let mut scale = exponent;
    for byte in whole.bytes().chain(fraction.bytes()) {
        if !byte.is_ascii_digit() {
            return None;
        }
        digits = digits * 10.0 + f64::from(byte - b'0');
    }
    scale -= i32::try_from(fraction.len()).ok()?;
    Some(if scale < 0 { digits / power_of_ten(-scale) } else { digits * power_of_ten(scale) })
}

fn small_integer(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.bytes().fold(0, |sum: i32, digit| (sum * 10 + i32::from(digit - b'0')).min(9999));
    Some(if negative { -magnitude } else { magnitude })
}

fn power_of_ten(exponent: i32) -> f64 {
    (0..exponent.min(700)).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::parse_number;

    #[test]
    fn reads_what_people_write_exactly() {
        for text in ["0", "7", "3.14", "0.1", "123456789.25", "1e22", "5e-7", "-0.001", ".5", "5.", "+4"] {
            assert_eq!(parse_number(text), text.parse::<f64>().ok(), "{text}");
        }
    }

    #[test]
    fn leaves_what_is_no_number() {
        for text in ["abc", "1,000", "-", ".", "1e", "0x", "1.2.3", "e5", "NaN", "infinity"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
