//! Variants and holdouts fall where GrowthBook's own test cases say. They are not part of this repository: where they
//! are missing, that is said, and only the cases written here are tried.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test, which reads its cases from a file"
)]

use ripen::engine::{biased_hash, bucket, bucket_ranges, buckets_below, choose};
use serde_json::Value;

/// Cases that are known to differ, with the reason.
const DIFFER: [(&str, &str); 0] = [];

fn cases(kind: &str) -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors/growthbook/cases.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!(
            "SKIPPED: tests/bucketing.rs: GrowthBook's cases of {kind} are not at ../shared/vectors/growthbook"
        );
        return Vec::new();
    };
    let cases: Value = serde_json::from_str(&text).unwrap();
    let found = cases[kind].as_array().unwrap().clone();
    assert!(found.len() > 10, "the cases of {kind} are there, and none of them is");
    found
}

/// Every case passes, but for those that are known to differ; and those do.
fn all(kind: &str, passes: impl Fn(&Value) -> bool) {
    for case in cases(kind) {
        let name = format!("{kind}: {case}");
        let known = DIFFER.iter().find(|(differs, _)| name.starts_with(differs));
        match known {
            None => assert!(passes(&case), "{name}"),
            Some((_, reason)) => assert!(!passes(&case), "{name} passes: take it off the list ({reason})"),
        }
    }
}

fn numbers(list: &Value) -> Option<Vec<f64>> {
    list.as_array().map(|list| list.iter().map(|number| number.as_f64().unwrap()).collect())
}

fn ranges(list: &Value) -> Vec<(f64, f64)> {
    let range = |range: &Value| (range[0].as_f64().unwrap(), range[1].as_f64().unwrap());
    list.as_array().unwrap().iter().map(range).collect()
}

#[test]
fn a_value_hashes_as_in_growthbook() {
    all("hash", |case| {
        let (seed, value) = (case[0].as_str().unwrap(), case[1].as_str().unwrap());
        let found = match case[2].as_u64().unwrap() {
            1 => Some(biased_hash(value, seed)),
            2 => Some(f64::from(bucket(&[seed, value])) / 10_000.0),
            // There is no other version to ask for.
            _ => None,
        };
        found == case[3].as_f64()
    });
}

#[test]
fn weights_become_ranges_as_in_growthbook() {
    all("getBucketRange", |case| {
        let given = &case[1];
        let weights = numbers(&given[2]);
        let variants = given[0].as_u64().unwrap() as usize;
        let found = bucket_ranges(variants, given[1].as_f64().unwrap(), weights.as_deref());
        let wanted = ranges(&case[2]);
        // To six decimals, as its own tests compare.
        let near = |one: f64, other: f64| (one - other).abs() < 5e-7;
        found.len() == wanted.len()
            && found
                .iter()
                .zip(&wanted)
                .all(|(found, wanted)| near(found.0, wanted.0) && near(found.1, wanted.1))
    });
}

#[test]
fn a_bucket_chooses_a_variant_as_in_growthbook() {
    all("chooseVariation", |case| {
        let found = choose(case[1].as_f64().unwrap(), &ranges(&case[2]));
        found.map_or(-1, |found| found as i64) == case[3].as_i64().unwrap()
    });
}

/// By GrowthBook's published algorithm, computed in JavaScript: `charCodeAt`, so an emoji is two units.
#[test]
fn ids_that_are_not_ascii_hash_by_utf16() {
    for (seed, value, wanted) in HASHED_IN_JAVASCRIPT {
        assert_eq!(f64::from(bucket(&[seed, value])) / 10_000.0, wanted, "{seed} {value}");
    }
}

const HASHED_IN_JAVASCRIPT: [(&str, &str, f64); 5] = [
    ("ripen:holdout", "häßlich", 0.085),
    ("first_task", "\u{1F9ED} ada", 0.6058),
    ("日本", "ユーザー", 0.3623),
    ("", "\u{1F600}", 0.4971),
    // Its first hash has seven digits: no zeros may be put before them.
    ("n", "463", 0.3586),
];

#[test]
fn a_share_in_buckets_is_the_share() {
    for (share, wanted) in
        [(0.0, 0), (0.05, 500), (0.07, 700), (0.29, 2900), (0.000_05, 1), (0.123_45, 1235), (1.0, 10_000)]
    {
        assert_eq!(buckets_below(share), wanted, "{share}");
        let all = 0..10_000_u16;
        assert_eq!(all.filter(|bucket| f64::from(*bucket) / 10_000.0 < share).count(), usize::from(wanted));
    }
}
