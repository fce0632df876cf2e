//! What is said to be impossible is: no value that was tried meets it. And what is possible for a plain reason is not
//! called impossible.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::conflict;
use crate::engine::{Document, Drift, Field, NextTurn, Seen, Value};
use crate::playbook::known::Known;
use crate::playbook::{condition_on_properties, to_value};

/// The properties of an event.
struct Properties(Value);

impl Document for Properties {
    fn seen(&self, field: &Field) -> Seen<'_> {
        match field {
            Field::Property(path) => Seen::of(self.0.at(path)),
            _ => Seen::Absent,
        }
    }

    fn drift(&self, _: &Field, _: &mut dyn FnMut(Seen<'_>) -> bool) -> Drift {
        Drift::Still
    }
}

fn is_impossible(condition: &Json) -> bool {
    let (condition, problems) = condition_on_properties(&json!({ "where": condition }).to_string());
    assert!(
        problems.iter().all(|problem| problem.severity != crate::playbook::Severity::Error),
        "{problems:?}"
    );
    conflict(&Known::default(), &[&condition.unwrap()]).is_some()
}

#[test]
fn what_contradicts_itself_is_impossible() {
    for condition in [
        json!({"n": {"$gte": 5, "$lt": 3}}),
        json!({"n": {"$gt": 5, "$lt": 5}}),
        json!({"$and": [{"n": {"$gte": 5}}, {"m": 1}, {"n": {"$lt": 5}}]}),
        json!({"n": 5, "$not": {"n": 5}}),
        json!({"n": {"$in": ["a", "b"], "$nin": ["a", "b", "c"]}}),
        json!({"n": {"$exists": true}, "$or": [{"n": null}, {"n": {"$type": "null"}}]}),
        json!({"n": "a", "$or": [{"n": "b"}, {"n": "c"}]}),
        json!({"n": "a", "$nor": [{"n": "a"}, {"m": 1}]}),
        json!({"n": {"$in": []}}),
        json!({"n": {"$type": "string", "$eq": 3}}),
        json!({"n": true, "$and": [{"n": false}]}),
        json!({"n": {"$gte": "b", "$lt": "a"}}),
        json!({"n": {"$eq": "a"}, "$and": [{"n": {"$ne": "a"}}]}),
    ] {
        assert!(is_impossible(&condition), "{condition}");
    }
}

#[test]
fn what_somebody_meets_is_possible() {
    for condition in [
        json!({}),
        json!({"$or": []}),
        json!({"n": {"$gte": 3, "$lte": 3}}),
        json!({"n": {"$gt": 3, "$lt": 3.000001}}),
        json!({"n": {"$gt": 1e300}}),
        json!({"n": {"$gt": 9007199254740992u64}}),
        json!({"n": {"$gte": "a", "$lt": "b"}}),
        // Of a list that has both.
        json!({"n": {"$in": ["a"]}, "$and": [{"n": {"$in": ["b"]}}]}),
        json!({"n": {"$all": ["a", "b"]}}),
        json!({"n": {"$regex": "^a", "$ne": "a"}}),
        json!({"n": {"$lt": 3}, "$or": [{"n": {"$gte": 5}}, {"m": {"$exists": false}}]}),
        // A text with space is the number too.
        json!({"n": {"$ne": "5", "$gte": 5, "$lte": 5, "$type": "string"}}),
        json!({"n": 0, "$and": [{"n": {"$ne": 0}}]}),
        json!({"n": {"$vgte": "2.0.0", "$vlt": "1.0.0"}}),
    ] {
        assert!(!is_impossible(&condition), "{condition}");
    }
}

fn operand() -> impl Strategy<Value = Json> {
    prop_oneof![
        (-2..4_i32).prop_map(Json::from),
        Just(json!(0.5)),
        prop::sample::select(vec!["", "a", "b", "a,b", "1", " 1", "true", "[object Object]"])
            .prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
    ]
}

fn ordered() -> impl Strategy<Value = Json> {
    prop_oneof![
        (-2..4_i32).prop_map(Json::from),
        prop::sample::select(vec!["a", "b", "1"]).prop_map(Json::from)
    ]
}

fn operator() -> impl Strategy<Value = Json> {
    let one = |name: &'static str| operand().prop_map(move |value| json!({ name: value }));
    let list = |name: &'static str| {
        prop::collection::vec(operand(), 0..3).prop_map(move |values| json!({ name: values }))
    };
    let order = |name: &'static str| ordered().prop_map(move |value| json!({ name: value }));
    prop_oneof![
        operand(),
        one("$eq"),
        one("$ne"),
        order("$gt"),
        order("$gte"),
        order("$lt"),
        order("$lte"),
        list("$in"),
        list("$nin"),
        any::<bool>().prop_map(|wanted| json!({ "$exists": wanted })),
        prop::sample::select(vec!["string", "number", "boolean", "null", "array", "object"])
            .prop_map(|kind| json!({ "$type": kind })),
        Just(json!({"$regex": "a"})),
        Just(json!({"$size": 1})),
        Just(json!({"$ini": ["A"]})),
        Just(json!({"$not": {"$gte": 1}})),
    ]
}

fn condition() -> impl Strategy<Value = Json> {
    let leaf =
        (prop::sample::select(vec!["n", "m"]), operator()).prop_map(|(field, asked)| json!({ field: asked }));
    leaf.prop_recursive(3, 12, 3, |inner| {
        let several = |name: &'static str, inner: BoxedStrategy<Json>| {
            prop::collection::vec(inner, 0..4).prop_map(move |parts| json!({ name: parts }))
        };
        prop_oneof![
            4 => several("$and", inner.clone().boxed()),
            1 => several("$or", inner.clone().boxed()),
            1 => several("$nor", inner.clone().boxed()),
            1 => inner.prop_map(|part| json!({ "$not": part })),
        ]
    })
}

/// All that the operands tell apart, and lists of them.
fn seen() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        operand(),
        Just(Json::Null),
        Just(json!(0.25)),
        Just(json!("zz")),
        Just(json!(" 2")),
        Just(json!("0.75")),
        Just(json!("a\u{0}")),
    ];
    let leaf = scalar.boxed();
    prop_oneof![
        3 => leaf.clone(),
        2 => prop::collection::vec(leaf.clone(), 0..4).prop_map(Json::from),
        1 => prop::collection::vec(prop::collection::vec(leaf, 0..2), 0..2).prop_map(|lists| json!(lists)),
        1 => Just(json!({"x": 1})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_impossible_is_met_by_nothing(
        condition in condition(),
        tried in prop::collection::vec((seen(), seen()), 30),
    ) {
        let text = json!({ "where": condition }).to_string();
        let (compiled, _) = condition_on_properties(&text);
        let compiled = compiled.unwrap();
        if conflict(&Known::default(), &[&compiled]).is_some() {
            for (n, m) in tried {
                let properties = Properties(to_value(json!({ "n": n, "m": m })));
                prop_assert!(!compiled.holds(&properties, &mut NextTurn::default()), "{condition} of {n}, {m}");
            }
        }
    }
}
