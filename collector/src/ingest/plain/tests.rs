//! Whatever this reads it reads as the reader of whole messages does, and what is usual it does read.

use serde_json::json;

use super::*;
use crate::clock::Millis;
use crate::ingest::message::read_whole;
use crate::ingest::{Denied, Raw, SharedContext};

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
        ahead: None,
    };
    let plain = Raw::of(raw).usual.and_then(|usual| usual.message(raw, arrival));
    if let Some(plain) = &plain {
        assert_eq!(read_whole(raw, 0, arrival).as_ref(), Ok(plain), "{raw}");
    }
    plain.is_some()
}

/// An event with these fields instead of its own, or beside them.
fn event(more: &str) -> String {
    let own = [
        r#""type":"track""#,
        r#""messageId":"m""#,
        r#""userId":"u""#,
        r#""timestamp":"2024-01-01T10:00:00.123456Z""#,
    ];
    let instead =
        |field: &&str| field.split_once(':').is_some_and(|(name, _)| more.starts_with(&format!(",{name}:")));
    let own: Vec<&str> = own.into_iter().filter(|field| !instead(field)).collect();
    format!("{{{}{more}}}", own.join(","))
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
        r#","properties":{"a":{"stream":1},"b":[{"a":1},{"a":2}]},"context":{"a":1}"#,
        r#","userId":7,"anonymousId":"a\"b""#,
        r#","context":{"stream":"s","signature":"00ff"}"#,
        r#","context":{"signature":7}"#,
        r#","context":{"stream":"s","groupId":"acme"}"#,
        r#","groupId":"of no group call","context":{"groupId":""}"#,
        r#","type":"group","groupId":"acme","context":{"groupId":7},"traits":{"plan":"free"}"#,
        r#","type":"group","groupId":"a\u0000b","context":{"groupId":"acme"}"#,
        r#","type":"group","groupId":null"#,
        r#","context":{"traits":{"plan":"free"}}"#,
        r#","type":"identify","traits":{"plan":"free"}"#,
        ",\n \"properties\":{\"text\":\"a\\nb\"}\r\n",
        r#","type":"tomorrow","\ud83d\ude00":1"#,
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
        r#","type":"","event":"e""#,
        r#","type":"group","groupId":"acme","context":{"groupSignature":"00ff"}"#,
        r#","context":{"groupId":"acme","groupSignature":7}"#,
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
        r#","userId":"u","userId":"later""#,
        r#","user\u0049d":"later""#,
        r#","context":{"stream":"s"},"context":{"stream":"t"}"#,
        r#","context":{"i\u0070":"192.0.2.1"}"#,
        r#","properties":{"a":[{"b":1,"c":{"d":1,"d":2}}]}"#,
        r#","context":[{"a":1,"a":2}]"#,
        r#","context":{"signature":"00ff"},"properties":{"a":1,"signature":"00ff"}"#,
        r#","context":{"a":1,"\u0073ignature":"00ff"},"properties":{"a":1,"signature":"00ff"}"#,
        r#","context":{"a":1,"signature":"\u00300ff"},"properties":{"a":1,"signature":"00ff"}"#,
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
        r#","event":"e","context":{"stream":"s","sequence":7,"groupId":"acme","signature":"00ff","ip":null},"properties":{"a":1.5}"#,
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
