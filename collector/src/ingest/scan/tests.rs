//! Whatever stands twice, and however it is spelt: what is kept says what was decided on, and nothing else.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::is_ambiguous;
use crate::clock::Millis;
use crate::ingest::{Arrival, Denied, Raw, SharedContext, read_message};

#[test]
fn a_key_that_stands_twice_is_found_at_any_depth_and_in_any_spelling() {
    let many = |last: &str| {
        let keys: Vec<String> = (0..40).map(|key| format!(r#""k{key}":{{}}"#)).collect();
        format!(r#"{{{},"{last}":1}}"#, keys.join(","))
    };
    for ambiguous in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":{},"b":[],"\u0061":null}"#,
        r#"[7,{"x":[[{"y":{"":1,"b":2,"":3}}]]}]"#,
        r#"{"a\/":1,"a/":2}"#,
        r#"{"\ud83d\ude00":1,"😀":2}"#,
        many("k7").as_str(),
        many(r"\u006b39").as_str(),
        "{",
    ] {
        assert!(is_ambiguous(ambiguous), "{ambiguous}");
    }
    for plain in
        [r#"{"a":{"a":{"b":1},"b":2},"b":[{"a":1},{"a":2}],"A":"a"}"#, "7", "[]", "{}", many("k40").as_str()]
    {
        assert!(!is_ambiguous(plain), "{plain}");
    }
}

/// What something means, key by key as it stands.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Tree {
    List(Vec<Tree>),
    #[serde(with = "entries")]
    Object(Vec<(String, Tree)>),
    Leaf(#[allow(dead_code)] Value),
}

mod entries {
    use std::fmt;

    use serde::de::{Deserializer, MapAccess, Visitor};

    use super::Tree;

    struct Entries;

    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, Tree)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(json: D) -> Result<Vec<(String, Tree)>, D::Error> {
        json.deserialize_map(Entries)
    }
}

fn has_each_key_once(tree: &Tree) -> bool {
    match tree {
        Tree::Leaf(_) => true,
        Tree::List(list) => list.iter().all(has_each_key_once),
        Tree::Object(entries) => {
            let mut keys: Vec<&String> = entries.iter().map(|(key, _)| key).collect();
            keys.sort();
            keys.dedup();
            keys.len() == entries.len() && entries.iter().all(|(_, value)| has_each_key_once(value))
        }
    }
}

/// Keys that mean something, so that they meet often.
const NAMES: &[&str] = &[
    "context",
    "ip",
    "signature",
    "groupSignature",
    "groupId",
    "properties",
    "traits",
    "email",
    "userId",
    "anonymousId",
    "messageId",
    "type",
    "timestamp",
    "stream",
    "a",
];

/// Each in a spelling of its own.
fn key() -> impl Strategy<Value = String> {
    (prop::sample::select(NAMES), any::<u16>(), 0..3_u8).prop_map(|(name, mask, spelling)| {
        let escaped = |at: usize| spelling == 0 && mask >> at & 1 == 1;
        let spelt = name.chars().enumerate().map(|(at, letter)| {
            if escaped(at) { format!("\\u{:04x}", u32::from(letter)) } else { letter.to_string() }
        });
        spelt.collect()
    })
}

fn object(entries: &[(String, String)]) -> String {
    let members: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn value() -> impl Strategy<Value = String> {
    const LEAVES: &[&str] = &["7", "null", "\"u2\"", "\"00ff\"", "\"192.0.2.1\"", "\"identify\"", "1.50"];
    let leaf = prop::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            4 => prop::collection::vec((key(), inner.clone()), 0..6).prop_map(|entries| object(&entries)),
            1 => prop::collection::vec(inner, 0..3).prop_map(|list| format!("[{}]", list.join(","))),
        ]
    })
}

/// A good event, with more before and behind.
fn event() -> impl Strategy<Value = String> {
    let more = || prop::collection::vec((key(), value()), 0..4);
    (more(), more()).prop_map(|(before, behind)| {
        let own = [
            ("type", "\"track\""),
            ("messageId", "\"m\""),
            ("userId", "\"u\""),
            ("timestamp", "\"2024-01-01T10:00:00.5Z\""),
        ];
        let own = own.map(|(key, value)| (key.to_owned(), value.to_owned()));
        object(&[before, own.to_vec(), behind].concat())
    })
}

/// What is left of a message as `JSON.parse` reads it.
fn what_is_kept(mut message: Map<String, Value>, denied: &str) -> Map<String, Value> {
    fn without(value: &mut Value, name: &str) {
        match value {
            Value::Object(entries) => {
                entries.retain(|key, _| key != name);
                entries.values_mut().for_each(|value| without(value, name));
            }
            Value::Array(list) => list.iter_mut().for_each(|value| without(value, name)),
            _ => {}
        }
    }
    if message.get("type") == Some(&Value::from("identify"))
        && message.get("traits").is_none_or(Value::is_null)
        && let Some(traits) = message.get("context").and_then(|context| context.get("traits"))
        && traits.is_object()
    {
        let traits = traits.clone();
        message.insert("traits".to_owned(), traits);
    }
    if let Some(Value::Object(context)) = message.get_mut("context") {
        context.remove("ip");
        for signature in ["signature", "groupSignature"] {
            if context.get(signature).is_some_and(Value::is_string) {
                context.remove(signature);
            }
        }
        context.get_mut("traits").into_iter().for_each(|traits| without(traits, denied));
    }
    for place in ["properties", "traits"] {
        message.get_mut(place).into_iter().for_each(|value| without(value, denied));
    }
    message
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_has_each_key_once_and_says_what_was_decided_on(raw in event(), denies in any::<bool>()) {
        let denied = if denies { Denied::new(["email"]).unwrap() } else { Denied::default() };
        let context = SharedContext::default();
        let received = Millis(1_704_103_200_000);
        let arrival =
            Arrival { request: 1, kind: None, received, sent: None, context: &context, denied: &denied, horizon: None, ahead: None };
        let whole: Map<String, Value> = serde_json::from_str(&raw).unwrap();
        if let Ok(message) = read_message(Raw::of(&raw), 0, arrival) {
            let kept = &message.entry.message;
            prop_assert!(has_each_key_once(&serde_json::from_str(kept).unwrap()), "{}", kept);
            let text = |field: &str| whole.get(field).and_then(Value::as_str);
            prop_assert_eq!(message.entry.user_id.as_deref(), text("userId"));
            prop_assert_eq!(message.entry.anonymous_id.as_deref(), text("anonymousId"));
            let signature = whole.get("context").and_then(|context| context.get("signature")).and_then(Value::as_str);
            prop_assert_eq!(message.signature.as_deref(), signature);
            if whole.get("timestamp").is_some_and(Value::is_string) && whole.get("messageId").is_some_and(Value::is_string) {
                let expected = what_is_kept(whole, if denies { "email" } else { "" });
                prop_assert_eq!(serde_json::from_str::<Map<String, Value>>(kept).unwrap(), expected);
            }
        }
    }
}
