//! JSON as tokens, whatever else is between them: nothing is refused here.

/// What nobody writes, and somebody will.
pub(crate) const MORE: [&str; 22] = [
    "null",
    "true",
    "false",
    "-0",
    "1e999",
    "-1",
    "0.1",
    "1e-7",
    "9007199254740993",
    "65536",
    "4294967296",
    "\"\"",
    "\"*\"",
    "\"__proto__\"",
    "\"constructor\"",
    "\"\\ud800\"",
    "\"400d\"",
    "\"168h\"",
    "\"1h\"",
    "{}",
    "[]",
    "\"9999-12-31T23:59:59Z\"",
];

/// A string, a bracket, a comma, a colon, or a run of anything else but white space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Token {
    pub(crate) fn of(self, text: &[u8]) -> &[u8] {
        &text[self.start..self.end]
    }
}

/// The tokens of a text.
pub(crate) fn tokens(text: &[u8]) -> impl Iterator<Item = Token> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while text.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let start = at;
        at += match text.get(at)? {
            b'"' => string(&text[at..]),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            _ => text[at..].iter().take_while(|byte| !is_border(**byte)).count().max(1),
        };
        Some(Token { start, end: at })
    })
}

fn is_border(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"\"{}[],:".contains(&byte)
}

/// The length of a string that begins here.
fn string(text: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate().skip(1) {
        match byte {
            b'\n' => return index,
            b'"' if !escaped => return index + 1,
            _ => escaped = *byte == b'\\' && !escaped,
        }
    }
    text.len()
}

/// A value, with the key before it if there is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Option<Token>,
    pub(crate) value: Token,
}

impl Entry {
    /// From the key on.
    pub(crate) fn start(self) -> usize {
        self.key.map_or(self.value.start, |key| key.start)
    }
}

/// All values of a text, inner ones too.
pub(crate) fn entries(text: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut open: Vec<Entry> = Vec::new();
    let (mut last, mut key) = (None, None);
    for token in tokens(text) {
        match token.of(text) {
            b":" => {
                // What looked like a value is a key.
                entries.pop_if(|entry: &mut Entry| {
                    Some(entry.value.start) == last.map(|last: Token| last.start)
                });
                key = last;
            }
            b"{" | b"[" => open.push(Entry { key: key.take(), value: token }),
            b"}" | b"]" => {
                if let Some(Entry { key, value }) = open.pop() {
                    entries.push(Entry { key, value: Token { start: value.start, end: token.end } });
                }
            }
            b"," => {}
            _ => entries.push(Entry { key: key.take(), value: token }),
        }
        last = Some(token);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_an_entry() {
        let text = br#"{"a": [1, "x\"]"], "b" : {"c":null}}"#;
        let found: Vec<&str> = entries(text)
            .iter()
            .map(|entry| std::str::from_utf8(&text[entry.start()..entry.value.end]).unwrap())
            .collect();
        let wanted = [
            "1",
            r#""x\"]""#,
            r#""a": [1, "x\"]"]"#,
            r#""c":null"#,
            r#""b" : {"c":null}"#,
            r#"{"a": [1, "x\"]"], "b" : {"c":null}}"#,
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn no_text_is_refused() {
        for text in ["", "\"", "]]", ":::", "{\"a\":", "\"\\", "\u{e9}", "[1,,2", "{\n\"a\n\":1}"] {
            entries(text.as_bytes());
        }
    }
}
