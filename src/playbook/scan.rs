//! What the parser lets through, and this product does not: depth, and what is nearly JSON.

/// No condition that a person reads is deeper. Well below what recursion stands, and what the binary form reads.
pub(super) const DEEPEST: usize = 64;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// More levels than [`DEEPEST`].
    Depth,
    /// It is no JSON.
    Text(&'static str),
}

/// The first thing that is wrong with a text whose strings and brackets are in order: its place, and what it is.
pub(super) fn fault(text: &str) -> Option<(usize, Fault)> {
    let mut depth = 0;
    let mut inside = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        let what = match (inside, byte) {
            (true, _) if escaped => {
                escaped = false;
                (byte == b'\'').then_some(Fault::Text("an apostrophe takes no backslash"))
            }
            (true, b'\\') => {
                escaped = true;
                None
            }
            (_, b'"') => {
                inside = !inside;
                None
            }
            (true, 0..=0x1f) => Some(Fault::Text("a string has no line breaks and tabs, but \\n and \\t")),
            (true, _) => None,
            (false, b'[' | b'{') => {
                depth += 1;
                (depth > DEEPEST).then_some(Fault::Depth)
            }
            (false, b']' | b'}') => {
                depth = usize::saturating_sub(depth, 1);
                None
            }
            (false, b' ' | b'\t' | b'\n' | b'\r' | b'!'..=b'~') => None,
            (false, _) => Some(Fault::Text("expected a value, found a character that is none")),
        };
        if let Some(what) = what {
            return Some((at, what));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_from_brackets() {
        assert_eq!(fault(r#"{"[[\"{": ["]"]}"#), None);
        let deep = format!("{}{}", "[".repeat(DEEPEST + 1), "]".repeat(DEEPEST + 1));
        assert_eq!(fault(&deep), Some((DEEPEST, Fault::Depth)));
        assert_eq!(fault(deep.get(1..deep.len() - 1).unwrap()), None);
    }

    #[test]
    fn what_is_nearly_json_has_its_place() {
        for (text, at) in [("[\"a\nb\"]", 3), ("[\u{a0}1]", 1), ("[1\u{c}]", 2), (r#"["it\'s"]"#, 5)] {
            assert_eq!(fault(text).map(|(at, _)| at), Some(at), "{text:?}");
        }
    }
}
