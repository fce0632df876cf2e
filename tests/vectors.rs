//! The cases of `semantics.md`, natively: each is a small replay. (`cargo xtask wasm-test` runs them in Chromium,
//! `tests/oracle` through the command line.)

#![expect(clippy::unwrap_used, reason = "a test, whose cases are its own")]

use ripen::engine::parse_timestamp;
use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("vectors/semantics/cases.json")).unwrap()
}

fn run(case: &Value, timeline: bool) -> Result<Vec<Value>, String> {
    let compiled = compile(&case["playbook"].to_string())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut recording = Recording::default();
    for event in case["events"].as_array().unwrap() {
        let line = event["raw"].as_str().map_or_else(|| event.to_string(), str::to_owned);
        recording.push(line.as_bytes());
        recording.push(b"\n");
    }
    let at = case["at"].as_str().map(|at| parse_timestamp(at).unwrap());
    let lines = replay(&compiled.playbook, recording, Options { at, timeline });
    Ok(lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn same(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Number(found), Value::Number(wanted)) => {
            (found.as_f64().unwrap() - wanted.as_f64().unwrap()).abs() < 1e-6
        }
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len() && found.iter().zip(wanted).all(|(found, wanted)| same(found, wanted))
        }
        (Value::Object(found), Value::Object(wanted)) => {
            found.len() == wanted.len()
                && wanted.iter().all(|(key, wanted)| found.get(key).is_some_and(|found| same(found, wanted)))
        }
        (found, wanted) => found == wanted,
    }
}

#[test]
fn every_case_gives_what_the_semantics_says() {
    let (mut passed, mut failed) = (0, Vec::new());
    for case in cases() {
        let name = case["name"].as_str().unwrap();
        for (key, timeline) in [("final", false), ("timeline", true)] {
            let Some(wanted) = case.get(key) else { continue };
            match run(&case, timeline).map(Value::Array) {
                Ok(found) if same(&found, wanted) => passed += 1,
                Ok(found) => failed.push(format!("{name} ({key}):\n  found  {found}\n  wanted {wanted}")),
                Err(problems) => failed.push(format!("{name}: {problems}")),
            }
        }
    }
    assert!(failed.is_empty(), "{} failures\n{}", failed.len(), failed.join("\n"));
    assert!(passed > 190, "only {passed} are found");
}
