//! What the fuzzers begin with: the playbooks and events of the vectors, the sample's playbook, and one of all that a nudge
//! may be drawn from.

use std::collections::BTreeSet;
use std::fmt::Write;

use ripen::engine::Device;
use ripen::playbook::compile;

use crate::{life, tokens, vectors};

const SAMPLE: &str = include_str!("../../www/playbook.json");
const DRAWN: &str = include_str!("../../tests/drawn/playbook.json");
const CASES: &str = include_str!("../../tests/vectors/semantics/cases.json");

/// The seeds of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let cases = vectors::cases().iter();
    match target {
        "playbook" => {
            let all: Vec<serde_json::Value> = serde_json::from_str(CASES).expect("cases are JSON");
            let written = all.iter().map(|case| case["playbook"].to_string().into_bytes());
            written.chain([SAMPLE.into(), DRAWN.into()]).collect()
        }
        "compiled" => {
            let texts = cases.map(|case| case.playbook.as_str()).chain([SAMPLE, DRAWN]);
            texts.filter_map(|text| compile(text).ok()).map(|compiled| compiled.bytes).collect()
        }
        "snapshot" => cases.zip(0..=u8::MAX).map(|(case, number)| snapshot(case, number)).collect(),
        "events" => cases.map(|case| format!("{}\n{}", case.playbook, case.messages).into_bytes()).collect(),
        _ => Vec::new(),
    }
}

/// What the browser of a case knows at the end.
fn snapshot(case: &vectors::Case, number: u8) -> Vec<u8> {
    let playbook = &vectors::playbooks()[usize::from(number)];
    let mut device = Device::default();
    for event in life::recording(case.messages.as_bytes()).finish() {
        device.set_present(event.person());
        device.fold(playbook, &event, None);
    }
    let mut bytes = vec![number];
    bytes.extend(device.snapshot(playbook));
    bytes
}

/// Every word and number of the seeds' JSON: a dictionary for libFuzzer.
pub fn dictionary() -> String {
    let mut words: BTreeSet<&str> = tokens::MORE.into_iter().collect();
    for text in [SAMPLE, DRAWN, CASES] {
        words.extend(
            tokens::tokens(text.as_bytes())
                .filter_map(|token| std::str::from_utf8(token.of(text.as_bytes())).ok()),
        );
    }
    let mut lines = String::new();
    for word in words.iter().filter(|word| (2..=40).contains(&word.len())) {
        lines.push('"');
        for byte in word.bytes() {
            let _ = match byte {
                b'"' | b'\\' => write!(lines, "\\{}", char::from(byte)),
                b' '..=b'~' => write!(lines, "{}", char::from(byte)),
                _ => write!(lines, "\\x{byte:02x}"),
            };
        }
        lines.push_str("\"\n");
    }
    lines
}
