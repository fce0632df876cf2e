//! A length of time, as people write it: `30m`, `24h`, `7d`.

use std::time::Duration;

/// Reads one.
pub(super) fn span(text: &str) -> Result<Duration, String> {
    let wrong = || format!("write it as a number with s, m, h or d behind it, for example 24h, not {text}");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = text.strip_suffix(unit).and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
    number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_with_a_unit() {
        let table = [("0s", 0), ("90s", 90), ("2m", 120), ("24h", 86_400), ("7d", 604_800)];
        for (text, seconds) in table {
            assert_eq!(span(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "7", "d", "-1d", "1w", "1.5h", "18446744073709551615d"] {
            assert!(span(text).is_err(), "{text}");
        }
    }
}
