//! Numbers as JavaScript writes them, where a condition compares one with text.

use super::number::power_of_ten;

/// JavaScript's `String(number)` for numbers of up to 15 digits, and `NaN` for others (a page has no use for the
/// tables that the standard library prints them by).
pub(super) fn print_number(number: f64) -> String {
    let magnitude = number.abs();
    let mut text = String::new();
    // Smaller ones are written with an exponent.
    if magnitude != 0.0 && magnitude < 1e-6 {
        return "NaN".to_owned();
    }
    for decimals in 0..=21 {
        let scale = power_of_ten(decimals);
        let digits = (magnitude * scale + 0.5).floor();
        if digits >= 1e15 {
            break;
        }
        if digits / scale == magnitude {
            if number < 0.0 {
                text.push('-');
            }
            write_digits(digits as u64, decimals, &mut text);
            return text;
        }
    }
    "NaN".to_owned()
}

/// Writes a number with so many of its digits after the point.
fn write_digits(digits: u64, decimals: i32, text: &mut String) {
    if digits >= 10 || decimals > 0 {
        write_digits(digits / 10, decimals - 1, text);
    }
    if decimals == 1 {
        text.push('.');
    }
    text.push(char::from(b'0' + (digits % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::print_number;

    #[test]
    fn prints_up_to_15_digits_as_javascript_does() {
        for text in ["0", "7", "-12", "1.5", "0.1", "0.05", "1000", "0.000001", "123456789012.345", "-0.25"] {
            assert_eq!(print_number(text.parse().unwrap()), text);
        }
        assert_eq!(print_number(0.1 + 0.2), "NaN", "17 digits");
        assert_eq!(print_number(1e-7), "NaN");
        assert_eq!(print_number(1e300), "NaN");
    }
}
