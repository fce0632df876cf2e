//! Versions (GrowthBook's reading of SemVer) as strings that have their order.

use std::borrow::Cow;

use super::javascript;
use crate::engine::condition::Seen;

/// What is seen as the text of a version; what cannot be one is version 0, as in GrowthBook.
pub(super) fn text_of(seen: Seen<'_>) -> Cow<'_, str> {
    match seen {
        Seen::Text(text) | Seen::Stage(text, _) if !text.is_empty() => Cow::Borrowed(text),
        Seen::Number(_) => javascript::text_of(seen),
        _ => Cow::Borrowed("0"),
    }
}

/// The parts of a version between hyphens, numbers with spaces before them, so that 9 comes before 10. Without a
/// pre-release a `~` comes last, so that 1.0.0 is after 1.0.0-beta. A leading `v` and the build do not count.
pub fn padded(version: &str) -> String {
    let mut rest = version.strip_prefix("v").unwrap_or(version);
    let mut padded = String::new();
    for parts in 1.. {
        let end = rest.bytes().position(|byte| matches!(byte, b'-' | b'.' | b'+')).unwrap_or(rest.len());
        let Some((part, after)) = rest.split_at_checked(end) else { break };
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            for _ in part.len()..5 {
                padded.push(' ');
            }
        }
        padded.push_str(part);
        if after.is_empty() || after.starts_with("+") {
            if parts == 3 {
                padded.push_str("-~");
            }
            break;
        }
        padded.push('-');
        rest = after.get(1..).unwrap_or_default();
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_padded_as_growthbook_pads_them() {
        assert_eq!(padded("v1.20.3-rc.1+build.99"), "    1-   20-    3-rc-    1");
        assert_eq!(padded("1.2.3"), "    1-    2-    3-~");
        assert_eq!(padded("123456"), "123456");
        assert_eq!(padded("v"), "");
    }

    #[test]
    fn what_is_no_version_is_version_0() {
        for seen in [Seen::Absent, Seen::Text(""), Seen::Flag(true)] {
            assert_eq!(text_of(seen), "0");
        }
        assert_eq!(text_of(Seen::Number(1.5)), "1.5");
    }
}
