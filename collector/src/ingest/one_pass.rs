//! The usual batch, told apart and read in one pass: a body is walked over once, not once to find where its messages end
//! and once more to read them. `envelope` says what a request is; whatever is unusual here is left to it.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::envelope::Wire;
use super::plain::Usual;
use crate::limits;

/// The text of a message, and what the door wants to know of it, if it is the usual one.
#[derive(Debug)]
pub(crate) struct Raw<'a> {
    pub(crate) text: &'a str,
    pub(super) usual: Option<Usual<'a>>,
}

impl<'a> Raw<'a> {
    /// Of a text that is one message, or was told apart as one.
    pub(crate) fn of(text: &'a str) -> Raw<'a> {
        let mut walk = Walk { text, at: 0 };
        let usual = walk.value().filter(|_| walk.next().is_none());
        Raw { text, usual }
    }
}

/// A batch's messages, and what else is in its body. None if it is not the usual one: it may be wrong, or large.
pub(super) fn read(body: &[u8]) -> Option<(Vec<Raw<'_>>, Wire<'_>)> {
    let mut walk = Walk { text: std::str::from_utf8(body).ok()?, at: 0 };
    let (mut wire, mut messages) = (Wire::default(), None);
    walk.step(b'{')?;
    loop {
        let key: Cow<'_, str> = walk.value()?;
        walk.step(b':')?;
        let known = match key.as_ref() {
            "batch" => {
                if messages.replace(walk.messages()?).is_some() {
                    return None;
                }
                None
            }
            "writeKey" => Some(&mut wire.write_key),
            "sentAt" => Some(&mut wire.sent_at),
            "context" => Some(&mut wire.context),
            "streams" => Some(&mut wire.streams),
            _ => {
                walk.value::<IgnoredAny>()?;
                None
            }
        };
        // One that stands twice is refused, and `null` is as none.
        if let Some(known) = known
            && known.replace(walk.value::<&RawValue>()?).is_some()
        {
            return None;
        }
        match walk.next()? {
            b',' => walk.at += 1,
            b'}' => break,
            _ => return None,
        }
    }
    walk.step(b'}')?;
    if walk.next().is_some() {
        return None;
    }
    Some((messages?, wire))
}

/// A place in a text of JSON.
struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let white = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.at += white;
        rest.get(white).copied()
    }

    fn step(&mut self, over: u8) -> Option<()> {
        (self.next()? == over).then(|| self.at += 1)
    }

    /// The next value; where it cannot be read as this, it is still the next one.
    fn value<T: Deserialize<'a>>(&mut self) -> Option<T> {
        self.next()?;
        let rest = self.text.get(self.at..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    fn messages(&mut self) -> Option<Vec<Raw<'a>>> {
        let mut messages = Vec::new();
        self.step(b'[')?;
        if self.next()? == b']' {
            self.at += 1;
            return Some(messages);
        }
        while messages.len() < limits::BATCH_EVENTS {
            self.next()?;
            let begin = self.at;
            let usual = self.value::<Usual<'a>>();
            if usual.is_none() {
                self.value::<&RawValue>()?;
            }
            messages.push(Raw { text: self.text.get(begin..self.at)?, usual });
            let end = self.next()?;
            self.at += 1;
            match end {
                b',' => {}
                b']' => return Some(messages),
                _ => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::Envelope;
    use crate::ingest::envelope::Slow;

    /// By one pass or not, it is the same.
    fn agree(body: &str) -> bool {
        let (whole, slow) = (Envelope::read(body.as_bytes()), Slow::read(body.as_bytes()));
        match (&whole, &slow) {
            (Ok(whole), Ok(slow)) => {
                let texts = |envelope: &Envelope<'_>| {
                    envelope.messages.iter().map(|raw| raw.text.to_owned()).collect::<Vec<_>>()
                };
                assert_eq!(texts(whole), texts(slow), "{body}");
                let usual = |envelope: &Envelope<'_>| {
                    envelope.messages.iter().map(|raw| format!("{:?}", raw.usual)).collect::<Vec<_>>()
                };
                assert_eq!(usual(whole), usual(slow), "{body}");
                let rest =
                    |envelope: Envelope<'_>| format!("{:?}", Envelope { messages: Vec::new(), ..envelope });
                assert_eq!(
                    rest(Envelope::read(body.as_bytes()).unwrap()),
                    rest(Slow::read(body.as_bytes()).unwrap())
                );
            }
            _ => assert_eq!(whole.map(drop), slow.map(drop), "{body}"),
        }
        read(body.as_bytes()).is_some()
    }

    #[test]
    fn what_is_usual_is_read_at_once_and_the_rest_as_ever() {
        for body in [
            r#"{"batch":[]}"#,
            r#" { "batch" : [ {"type":"track","a":[1,2]} , {} ] , "writeKey":"k" , "more":{"a":[1]} } "#,
            r#"{"sentAt":"2024-01-01T00:00:00Z","context":{"a":1},"streams":{},"batch":[{"a":"}]"}]}"#,
            r#"{"batch":[7,"\ud800",[1e999],null,{"a":1e999},"x"],"writeKey":null}"#,
            r#"{"\u0062atch":[{"userId":"\u00e9"}]}"#,
            "{\"batch\":\n[{}\r,\n{}]\t}",
        ] {
            assert!(agree(body), "{body}");
        }
        for body in [
            "",
            "{",
            "{}",
            "[]",
            "7",
            r#"{"batch":null}"#,
            r#"{"batch":{}}"#,
            r#"{"batch":[{}],"batch":[]}"#,
            r#"{"batch":[{}],"writeKey":"a","writeKey":"b"}"#,
            r#"{"batch":[{},]}"#,
            r#"{"batch":[{}{}]}"#,
            r#"{"batch":[{}]"#,
            r#"{"batch":[{}],}"#,
            r#"{"batch":[{}]} x"#,
            r#"{"batch" [{}]}"#,
            r#"{"batch":[{"a":}]}"#,
            r#"{"batch":[truex]}"#,
            r#"{batch:[]}"#,
        ] {
            assert!(!agree(body), "{body}");
        }
        let many = |count| format!(r#"{{"batch":[{}]}}"#, vec!["{}"; count].join(","));
        assert!(agree(&many(limits::BATCH_EVENTS)));
        assert!(!agree(&many(limits::BATCH_EVENTS + 1)));
        let deep = |depth| format!(r#"{{"batch":[{}{}]}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(agree(&deep(100)) && agree(&deep(1_000)));
    }

    proptest! {
        #[test]
        fn whatever_comes_both_say_the_same(body in r#"[\{\}\[\],: "bk7\\]{0,12}"#, at in 0_usize..60) {
            agree(&body);
            let whole = r#"{"batch":[{"type":"track","userId":"u"},{"a":[1]}],"writeKey":"k"}"#;
            let (before, after) = whole.split_at(at.min(whole.len()));
            agree(&format!("{before}{body}{after}"));
        }
    }
}
