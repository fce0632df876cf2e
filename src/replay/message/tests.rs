//! Reading in one pass comes to the same as reading a message that is there as a whole.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::read;
use crate::engine::{Event, Value, parse_timestamp};
use crate::fold::Place;
use crate::playbook::to_value;

/// As it was before: JSON, then a value, then an event.
fn read_whole(line: &[u8]) -> Option<(Event, Option<Place>)> {
    let message = to_value(serde_json::from_slice(line).ok()?);
    let Some(Value::Text(timestamp)) = message.get("timestamp") else { return None };
    let time = parse_timestamp(timestamp)?;
    let place = place(message.get("context"));
    Some((Event::read(message, time)?, place))
}

/// What of the context nudges may look at.
fn place(context: Option<&Value>) -> Option<Place> {
    let mut place = Place::default();
    let Some(Value::Map(entries)) = context else { return None };
    for (key, value) in entries {
        match key.as_str() {
            "page" | "device" | "locale" => place.seen.set(key.clone(), value.clone()),
            "stream" => place.stream = value.clone(),
            _ => {}
        }
    }
    Some(place).filter(|place| *place != Place::default())
}

/// Texts of JSON, most of them awkward: some are valid on their own only, some not at all.
fn awkward() -> impl Strategy<Value = String> {
    let fixed = [
        r#""""#,
        r#""a""#,
        r#""track""#,
        r#""$nudge_exposed""#,
        r#""page""#,
        r#""screen""#,
        r#""group""#,
        r#""alias""#,
        r#""identify""#,
        r#""2024-01-01T10:00:00Z""#,
        r#""2024-13-01T10:00:00Z""#,
        r#""\u0061""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ude00\ud83d""#,
        r#""\n\"""#,
        "\"\u{e9}\"",
        "\"\u{1}\"",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1.5",
        "-60",
        "60.0",
        "1440",
        "1441",
        "1e2",
        "1e999",
        "-1e999",
        "1e-999",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "0.1",
        "01",
        "1.",
        "+1",
        "nul",
        "'a'",
        "[]",
        "{}",
        "[1,\"x\",null]",
        "[\"\\ud83d\"]",
        "[1e999]",
        "[[[1]]]",
        r#"{"__proto__":1}"#,
        r#"{"a":1,"a":"2","b":{},"a":null}"#,
        r#"{"\ud83d":1}"#,
        r#"{"a":{"b":[{"c":"d"}]}}"#,
        r#"{"a":1,}"#,
        "[1,]",
        "NaN",
        r#"{1:2}"#,
        r#"{"groupId":"g","sessionId":"s"}"#,
        r#"{"timezoneOffset":60,"timezoneOffset":"x"}"#,
        r#"{"timezoneOffset":90,"groupId":7,"sessionId":""}"#,
        r#"{"groupId":"\u0067","groupId":"h","other":["\ud83d"]}"#,
    ];
    let deep = (120_usize..132).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth));
    let many = vec(0_u8..40, 10..60).prop_map(|keys| {
        let entries: Vec<String> =
            keys.iter().enumerate().map(|(value, key)| format!(r#""k{key}":{value}"#)).collect();
        format!("{{{}}}", entries.join(","))
    });
    prop_oneof![12 => select(fixed.map(str::to_owned).to_vec()), 1 => deep, 1 => many]
}

const KEYS: [&str; 20] = [
    "page",
    "device",
    "locale",
    "stream",
    "type",
    "messageId",
    "userId",
    "anonymousId",
    "previousId",
    "groupId",
    "timestamp",
    "event",
    "name",
    "properties",
    "traits",
    "context",
    "__proto__",
    "other",
    "\\u0074ype",
    "Type",
];

/// A message that exists, as often as not, with anything anywhere.
fn lines() -> impl Strategy<Value = String> {
    let kind = select(vec!["track", "page", "screen", "group", "identify", "alias", "other"]);
    let sound = kind.prop_map(|kind| {
        let ids =
            r#""messageId":"m","userId":"u","timestamp":"2024-01-01T10:00:00Z","event":"e","groupId":"g""#;
        format!(r#"{{"type":"{kind}",{ids},"name":"n","context":{{"groupId":"c","timezoneOffset":60}}"#)
    });
    let entries = vec((select(KEYS.to_vec()), awkward()), 0..5);
    let entries = entries.prop_map(|entries| {
        let written: Vec<String> = entries.iter().map(|(key, value)| format!(r#""{key}":{value}"#)).collect();
        written.join(",")
    });
    let message =
        (prop_oneof![4 => sound, 1 => Just("{".to_owned())], entries).prop_map(|(sound, entries)| {
            let comma = if sound == "{" || entries.is_empty() { "" } else { "," };
            format!("{sound}{comma}{entries}}}")
        });
    let message = message.boxed();
    let cut = (message.clone(), 0_usize..200).prop_map(|(line, at)| {
        line.char_indices().take_while(|(index, _)| *index < at).map(|(_, letter)| letter).collect()
    });
    let more =
        (message.clone(), select(vec![" ", "\r", "x", "{}", "\u{feff}"])).prop_map(|(line, end)| line + end);
    prop_oneof![20 => message, 1 => cut, 1 => more, 1 => awkward()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn one_pass_is_as_good_as_two(line in lines()) {
        prop_assert_eq!(read(line.as_bytes()), read_whole(line.as_bytes()), "{}", line);
    }

    #[test]
    fn so_it_is_for_bytes_that_are_no_text(line in lines(), at in any::<prop::sample::Index>(), byte: u8) {
        let mut line = line.into_bytes();
        let at = at.index(line.len().max(1));
        line.get_mut(at).into_iter().for_each(|old| *old = byte);
        prop_assert_eq!(read(&line), read_whole(&line));
    }
}

#[test]
fn most_of_what_is_tried_exists_and_some_does_not() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut exist = 0;
    for _ in 0..1_000 {
        let line = lines().new_tree(&mut runner).unwrap().current();
        exist += u32::from(read(line.as_bytes()).is_some());
    }
    assert!((200..900).contains(&exist), "{exist} of 1,000");
}
