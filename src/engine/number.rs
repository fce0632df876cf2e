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
    let mut rest = text.trim_matches(is_space).as_bytes();
    let radix = match rest {
        [] => return Some(0.0),
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if radix > 0 {
        return whole(rest.get(2..)?, radix);
    }
    let negative = sign(&mut rest);
    let magnitude = if rest == b"Infinity" { f64::INFINITY } else { decimal(rest)? };
    Some(if negative { -magnitude } else { magnitude })
}

/// What JavaScript leaves out around a number. A list of ranges: to look for the letter in a string would bring the
/// search of the standard library into the page.
fn is_space(letter: char) -> bool {
    matches!(
        letter,
        '\t'..='\r'
            | ' '
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}

/// Digits of another base than ten, at least one.
fn whole(digits: &[u8], radix: u32) -> Option<f64> {
    let mut number = 0.0;
    for digit in digits {
        number = number * f64::from(radix) + f64::from(char::from(*digit).to_digit(radix)?);
    }
    (!digits.is_empty()).then_some(number)
}

/// Takes a sign, if there is one; whether it is a minus.
fn sign(rest: &mut &[u8]) -> bool {
    match rest {
        [sign @ (b'+' | b'-'), after @ ..] => {
            let negative = *sign == b'-';
            *rest = after;
            negative
        }
        _ => false,
    }
}

/// Digits, perhaps with a point, and an exponent.
fn decimal(mut rest: &[u8]) -> Option<f64> {
    let (mut number, mut count) = digits(&mut rest, 0.0);
    let mut scale = 0;
    if let [b'.', after @ ..] = rest {
        rest = after;
        let (longer, fraction) = digits(&mut rest, number);
        (number, count, scale) = (longer, count + fraction, -fraction);
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = after;
        let negative = sign(&mut rest);
        let (exponent, written) = digits(&mut rest, 0.0);
        let exponent = if negative { -exponent } else { exponent };
        scale += exponent.clamp(-9999.0, 9999.0) as i32;
        count *= i32::from(written > 0);
    }
    if count == 0 || !rest.is_empty() {
        return None;
    }
    Some(if scale < 0 { number / power_of_ten(-scale) } else { number * power_of_ten(scale) })
}

/// Takes digits, which go on a number, and says how many there were.
fn digits(rest: &mut &[u8], mut number: f64) -> (f64, i32) {
    let mut count = 0;
    while let [digit @ b'0'..=b'9', after @ ..] = *rest {
        number = number * 10.0 + f64::from(digit - b'0');
        count += 1;
        *rest = after;
    }
    (number, count)
}

pub(super) fn power_of_ten(exponent: i32) -> f64 {
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
    fn reads_what_javascript_does_besides() {
        for (text, number) in [
            ("0x10", 16.0),
            ("0Xff", 255.0),
            (" 0b101\n", 5.0),
            ("0o17", 15.0),
            ("\u{feff}\u{a0}4\u{3000}", 4.0),
            ("\u{2003}", 0.0),
        ] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
    }

    #[test]
    fn leaves_what_is_no_number() {
        for text in [
            "0xg", "-0x10", "0b2", "\u{85}4", "abc", "1,000", "-", ".", "1e", "0x", "1.2.3", "e5", "NaN",
            "infinity",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
