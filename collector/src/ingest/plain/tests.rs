//! Whatever this reads it reads as the reader of whole messages does, and what is usual it does read.

use serde_json::json;

use super::*;
use crate::clock::Millis;
use crate::ingest::message::read_whole;
use crate::ingest::{Denied, SharedContext};

fn agree(raw: &str) -> bool {
    let (context, denied) = (SharedContext::default(), Denied::default());
    let arrival = Arrival {
        request: 1,
        kind: None,
        received: Millis(1_000_000),
        sent: None,
        context: &context,
        denied: &denied,
        horizon: None,
    };
    let plain = read(raw, arrival);
    if let Some(plain) = &plain {
        assert_eq!(read_whole(raw, 0, arrival).as_ref(), Ok(plain), "{raw}");
    }
    plain.is_some()
}

/// An event with these fields beside or instead of its own.
fn event(more: &str) -> String {
    format!(
        r#"{{"type":"track","messageId":"m","userId":"u","timestamp":"2024-01-01T10:00:00.123456Z"{more}}}"#
    )
}

#[test]
fn what_is_usual_is_read_in_one_pass() {
    for more in [
        "",
        r#","event":"e","properties":{"a":[1,-2,3.5,true,null,{"b":"\u00e9\ud83d\ude00"}]}"#,
        r#","anonymousId":"a","context":{"stream":"s","sequence":7,"page":{"path":"/"}}"#,
        r#","context":{"stream":"s","sequence":7.0}"#,
        r#","context":{"stream":"s","sequence":-7}"#,
        r#","context":{"stream":"\u001b","sequence":9007199254740992}"#,
        r#","context":{"stream":7,"sequence":"7"}"#,
        r#","context":null"#,
        r#","context":"text""#,
        r#","context":[{"ip":1}]"#,
        r#","properties":{"writeKey":"k","ip":"1.2.3.4"}"#,
        r#","userId":"later","context":{"stream":"s","sequence":1},"context":{"stream":"t","sequence":2}"#,
        r#","userId":7,"anonymousId":"a\"b""#,
        r#","context":{"stream":"s","signature":"00ff"}"#,
        r#","context":{"signature":7}"#,
        r#","context":{"traits":{"plan":"free"}}"#,
        r#","type":"identify","traits":{"plan":"free"}"#,
        ",\n \"properties\":{\"text\":\"a\\nb\"}\r\n",
        r#","\ud83d\ude00":1,"type":"tomorrow""#,
    ] {
        assert!(agree(&event(more)), "{more}");
    }
}

#[test]
fn all_else_is_left_to_the_reader_of_whole_messages() {
    let deep = format!(r#","properties":{}{}"#, "[".repeat(200), "]".repeat(200));
    let large = format!(r#","properties":"{}""#, "x".repeat(limits::EVENT_BYTES));
    for more in [
        r#","writeKey":"k""#,
        r#","writeKey":null"#,
        r#","context":{"ip":"192.0.2.1"}"#,
        r#","context":{"signature":"00ff"}"#,
        r#","context":{"a":1,"signature":"no hex"}"#,
        r#","event":"$lead_submitted","type":"""#,
        r#","type":"identify","context":{"traits":{"plan":"free"}}"#,
        r#","messageId":"""#,
        r#","messageId":7"#,
        r#","userId":null"#,
        r#","timestamp":null"#,
        r#","timestamp":1704103200000"#,
        r#","properties":1e999"#,
        r#","properties":"\ud800""#,
        r#","\ud800":1"#,
        deep.as_str(),
        large.as_str(),
        "} {",
    ] {
        assert!(!agree(&event(more)), "{more}");
    }
    for raw in ["7", "[]", "null", "\"text\"", "{}", "", "{"] {
        assert!(!agree(raw), "{raw}");
    }
}

#[test]
fn events_that_bring_leads_are_read_as_a_whole() {
    for name in ["$lead_submitted", "$moment_fired"] {
        let whole = json!({"event": name}).to_string();
        let named = leads::names_a_lead(name);
        assert_eq!(agree(&event(&format!(",{}", &whole[1..whole.len() - 1]))), !named, "{name}");
    }
    assert!(leads::names_a_lead("$moment_fired"));
}

#[test]
fn they_agree_on_whatever_becomes_of_an_event_byte_by_byte() {
    let whole = event(
        r#","event":"e","context":{"stream":"s","sequence":7,"signature":"00ff","ip":null},"properties":{"a":1.5}"#,
    );
    for place in 0..whole.len() {
        for byte in [b'"', b'{', b'}', b',', b'0', b'\\', b' ', b'x'] {
            let mut changed = whole.clone().into_bytes();
            changed[place] = byte;
            agree(std::str::from_utf8(&changed).unwrap());
            changed.remove(place);
            agree(std::str::from_utf8(&changed).unwrap());
        }
    }
}
