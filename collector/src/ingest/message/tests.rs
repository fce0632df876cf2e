use std::sync::LazyLock;

use serde_json::json;

use super::*;

const RECEIVED: Millis = Millis(1_000_000);

fn read(raw: &str) -> Result<Entry, Refused> {
    at_door(raw, None)
}

fn at_door(raw: &str, kind: Option<&'static str>) -> Result<Entry, Refused> {
    read_message(Raw::of(raw), 0, Arrival { kind, ..arrival(None, &SharedContext::default()) })
        .map(|message| message.entry)
}

fn arrival(sent: Option<Millis>, context: &SharedContext) -> Arrival<'_> {
    static NOTHING: LazyLock<Denied> = LazyLock::new(Denied::default);
    Arrival {
        request: 1,
        kind: None,
        received: RECEIVED,
        sent,
        context,
        denied: &NOTHING,
        horizon: None,
        ahead: None,
    }
}

fn event(more: &str) -> String {
    format!(r#"{{"type":"track","messageId":"m","userId":"u"{more}}}"#)
}

#[test]
fn an_event_is_kept_as_the_text_that_came() {
    let raw = event(r#","timestamp":"1970-01-01T00:00:05Z","properties":{"b":1.50,"a":[ ]}"#);
    let entry = read(&raw).unwrap();
    assert_eq!(entry.message, raw);
    assert_eq!((entry.message_id.as_str(), entry.user_id.as_deref()), ("m", Some("u")));
    assert_eq!((entry.anonymous_id, entry.happened), (None, Millis(5000)));
}

#[test]
fn c19_a_clock_that_is_ahead_is_corrected_and_what_it_said_is_kept() {
    let year = 31_536_000_000;
    let context = SharedContext::default();
    let sent = Some(Millis(RECEIVED.0 + year));
    let found = ahead(sent, RECEIVED);
    assert_eq!(found, Some(year));
    let read = |raw: &str| {
        let arrival = Arrival { ahead: found, ..arrival(sent, &context) };
        read_message(Raw::of(raw), 0, arrival).unwrap().entry
    };
    let entry = read(&event(r#","timestamp":"1971-01-01T00:10:00.000Z""#));
    assert_eq!(entry.happened, Millis(600_000));
    let kept: Value = serde_json::from_str(&entry.message).unwrap();
    assert_eq!(kept["timestamp"], json!("1970-01-01T00:10:00.000Z"));
    assert_eq!(kept["originalTimestamp"], json!("1971-01-01T00:10:00.000Z"));
    // Who has both has been corrected on the way.
    let both = event(r#","timestamp":"1970-01-01T00:00:05Z","originalTimestamp":"1971-01-01T00:00:05Z""#);
    assert_eq!(read(&both).message, both);
    // Not to be told from a message that was long on its way, and what is no more than a zone or a delay.
    for sent in [0, RECEIVED.0, RECEIVED.0 + limits::CLOCK_AHEAD_MS] {
        assert_eq!(ahead(Some(Millis(sent)), RECEIVED), None);
    }
    assert_eq!(ahead(None, RECEIVED), None);
}

#[test]
fn an_event_written_over_several_lines_becomes_one() {
    let raw = event(",\r\n \"timestamp\":\"1970-01-01T00:00:05Z\",\n\"properties\":{\"text\":\"a\\nb\"}");
    let entry = read(&raw).unwrap();
    assert!(!entry.message.contains(['\n', '\r']), "{}", entry.message);
    let (before, after): (Value, Value) =
        (serde_json::from_str(&raw).unwrap(), serde_json::from_str(&entry.message).unwrap());
    assert_eq!(before, after);
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let deep = event(&format!(r#","properties":{}{}"#, "[".repeat(200), "]".repeat(200)));
    let table = [
        ("7", "not_an_object", None),
        ("[]", "not_an_object", None),
        (&deep, "not_json", None),
        (&event(r#","properties":{"x":"\ud800"}"#), "not_json", None),
        (&event(r#","properties":{"x":"\ude00 \ud83d"}"#), "not_json", None),
        (&event(r#","properties":{"x":-1e400}"#), "not_json", None),
        (r#"{"type":"track","userId":"u","messageId":""}"#, "no_message_id", None),
        (r#"{"type":"track","userId":"u","messageId":7}"#, "no_message_id", None),
        (r#"{"type":"track","messageId":"m"}"#, "no_person", Some("m")),
        (r#"{"type":"track","messageId":"m","userId":"","anonymousId":5}"#, "no_person", Some("m")),
        (r#"{"messageId":"m","userId":"u"}"#, "no_type", Some("m")),
        (r#"{"type":"","messageId":"m","userId":"u"}"#, "no_type", Some("m")),
        (&event(r#","timestamp":"yesterday""#), "bad_timestamp", Some("m")),
        (&event(r#","timestamp":1704103200000"#), "bad_timestamp", Some("m")),
        (&event(r#","timestamp":"2024-01-01T10:00:00.000""#), "bad_timestamp", Some("m")),
    ];
    for (raw, code, message_id) in table {
        let refused = read(raw).unwrap_err();
        assert_eq!((refused.code, refused.message_id.as_deref()), (code, message_id), "{raw}");
    }
}

#[test]
fn a_whole_surrogate_pair_a_large_double_and_a_type_of_tomorrow_are_kept() {
    for more in
        [r#","properties":{"x":"\ud83d\ude00"}"#, r#","properties":{"x":1e308}"#, r#","type":"tomorrow""#]
    {
        assert!(read(&event(more)).is_ok(), "{more}");
    }
}

#[test]
fn c07_the_size_of_an_event_is_measured_at_the_edge() {
    let padded = |bytes: usize| {
        let rest = event(r#","timestamp":"1970-01-01T00:00:05Z","pad":"""#).len();
        event(&format!(r#","timestamp":"1970-01-01T00:00:05Z","pad":"{}""#, "x".repeat(bytes - rest)))
    };
    assert_eq!(read(&padded(32_768)).unwrap().message.len(), 32_768);
    let refused = read(&padded(32_769)).unwrap_err();
    assert_eq!((refused.code, refused.message_id.as_deref()), ("event_too_large", Some("m")));
    assert!(refused.message.contains("32769") && refused.message.contains("32768"), "{}", refused.message);
}

#[test]
fn without_a_timestamp_the_client_clock_cancels_out() {
    let original = r#","originalTimestamp":"1970-01-01T00:00:03Z""#;
    let null_and_sent =
        r#","timestamp":null,"originalTimestamp":"1970-01-01T00:00:03Z","sentAt":"1970-01-01T00:00:05Z""#;
    let table = [
        (event(""), None, 1_000_000),
        (event(""), Some(Millis(5000)), 1_000_000),
        (event(original), None, 3000),
        (event(original), Some(Millis(5000)), 998_000),
        (event(null_and_sent), None, 998_000),
        (event(original), Some(Millis(i64::MIN)), 1_000_000),
    ];
    for (raw, sent, happened) in table {
        let context = SharedContext::default();
        let entry = read_message(Raw::of(&raw), 0, arrival(sent, &context)).unwrap().entry;
        assert_eq!(entry.happened, Millis(happened), "{raw} {sent:?}");
        let kept: Value = serde_json::from_str(&entry.message).unwrap();
        assert_eq!(parse_timestamp(kept["timestamp"].as_str().unwrap()), Some(Millis(happened)), "{raw}");
    }
}

#[test]
fn the_context_of_a_batch_is_written_below_that_of_the_event() {
    let context = SharedContext::read(Some(r#"{"library":{"name":"java"},"os":null,"app":"b"}"#));
    let raw = event(r#","timestamp":"1970-01-01T00:00:05Z","context":{"app":"own"}"#);
    let kept: Value =
        serde_json::from_str(&read_message(Raw::of(&raw), 0, arrival(None, &context)).unwrap().entry.message)
            .unwrap();
    assert_eq!(kept["context"], json!({"library": {"name": "java"}, "os": null, "app": "own"}));

    let large = SharedContext::read(Some(&format!(r#"{{"a":"{}"}}"#, "x".repeat(limits::EVENT_BYTES))));
    let refused = read_message(Raw::of(&raw), 0, arrival(None, &large)).unwrap_err();
    assert_eq!(refused.code, "event_too_large");
    assert!(refused.message.contains("context"), "{}", refused.message);
}

#[test]
fn an_address_and_what_is_denied_are_taken_out_and_all_else_stays_as_it_came() {
    let denied = Denied::new(["email", "context.device.id"]).unwrap();
    let shared = SharedContext::read(Some(r#"{"ip":"192.0.2.1","device":{"id":"d"}}"#));
    let arrival = Arrival { denied: &denied, ..arrival(None, &shared) };
    let at = r#","timestamp":"1970-01-01T00:00:05Z""#;
    let raw =
        event(&format!(r#"{at},"traits":{{"email":"x@y","plan":1.50}},"context":{{"ip":"2001:db8::1"}}"#));
    let message = read_message(Raw::of(&raw), 0, arrival).unwrap();
    assert_eq!(message.denied, 2);
    for gone in ["x@y", "192.0.2.1", "2001:db8", "\"id\""] {
        assert!(!message.entry.message.contains(gone), "{}", message.entry.message);
    }
    assert!(message.entry.message.contains(r#""traits":{"plan":1.5}"#), "{}", message.entry.message);
    // Nothing to take out: the very text.
    let raw = event(&format!(r#"{at},"traits":{{"plan":1.50}}"#));
    let arrival = Arrival { context: &SharedContext::default(), ..arrival };
    let message = read_message(Raw::of(&raw), 0, arrival).unwrap();
    assert_eq!((message.entry.message, message.denied), (raw, 0));
}

#[test]
fn what_is_older_than_events_are_kept_is_refused() {
    let context = SharedContext::default();
    let arrival = Arrival { horizon: Some(Millis(5000)), ..arrival(None, &context) };
    let at = |text: &str| event(&format!(r#","timestamp":"{text}""#));
    assert!(read_message(Raw::of(&at("1970-01-01T00:00:05Z")), 0, arrival).is_ok());
    let refused = read_message(Raw::of(&at("1970-01-01T00:00:04.999Z")), 0, arrival).unwrap_err();
    assert_eq!((refused.code, refused.message_id.as_deref()), ("too_old", Some("m")));
}

#[test]
fn what_came_without_an_id_gets_one_and_it_is_written_into_it() {
    let without = r#"{"type":"track","userId":"u","timestamp":"1970-01-01T00:00:05Z"}"#;
    let null = without.replace("\"userId\"", "\"messageId\":null,\"userId\"");
    for raw in [without, &null] {
        let entry = read(raw).unwrap();
        assert!(entry.message_id.starts_with("minted-"), "{entry:?}");
        let kept: Value = serde_json::from_str(&entry.message).unwrap();
        assert_eq!(kept["messageId"], json!(entry.message_id));
    }
    assert_eq!(read(without).unwrap(), read(without).unwrap());
}

#[test]
fn the_door_says_what_a_message_is_that_does_not_say_it() {
    let raw = event(r#","timestamp":"1970-01-01T00:00:05Z""#);
    let without = raw.replace(r#""type":"track","#, "");
    let kind = |raw: &str, door| {
        let kept: Value = serde_json::from_str(&at_door(raw, door).unwrap().message).unwrap();
        kept["type"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind(&without, Some("page")), "page");
    assert_eq!(kind(&raw, Some("page")), "track");
    assert_eq!(at_door(&without, None).unwrap_err().code, "no_type");
    assert_eq!(at_door(&raw.replace("track", ""), Some("page")).unwrap_err().code, "no_type");
}

#[test]
fn a_key_is_no_part_of_an_event() {
    let raw =
        event(r#","timestamp":"1970-01-01T00:00:05Z","writeKey":"secret","properties":{"writeKey":"own"}"#);
    let kept: Value = serde_json::from_str(&read(&raw).unwrap().message).unwrap();
    assert_eq!((kept.get("writeKey"), &kept["properties"]["writeKey"]), (None, &json!("own")));
}

#[test]
fn the_traits_of_an_identify_are_where_the_spec_has_them() {
    let kept = |more: &str| -> Value {
        let raw = event(&format!(r#","timestamp":"1970-01-01T00:00:05Z",{more}"#));
        serde_json::from_str(&read(&raw).unwrap().message).unwrap()
    };
    let traits = |more: &str| kept(more).get("traits").cloned();
    let identify = r#""type":"identify""#;
    let found = Some(json!({"plan": "free"}));
    assert_eq!(traits(&format!(r#"{identify},"context":{{"traits":{{"plan":"free"}}}}"#)), found);
    assert_eq!(
        traits(&format!(r#"{identify},"traits":null,"context":{{"traits":{{"plan":"free"}}}}"#)),
        found
    );
    let own = format!(r#"{identify},"traits":{{"plan":"free"}},"context":{{"traits":{{"plan":"old"}}}}"#);
    assert_eq!(traits(&own), found, "its own go first");
    assert_eq!(traits(&format!(r#"{identify},"context":{{"traits":7}}"#)), None);
    assert_eq!(
        traits(r#""context":{"traits":{"plan":"free"}}"#),
        None,
        "of a track they are what it was about"
    );
}
