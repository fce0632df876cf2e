//! `npm run bench`, the native half: `cargo bench --bench native -- FOLDER`, where `tests/bench/inputs.mjs` has put what
//! is measured. Prints one JSON document: for each case, its nanoseconds a unit, round by round.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark, whose inputs are made for it"
)]
#![expect(clippy::disallowed_methods, reason = "it reads its inputs")]

mod folds;
mod hostile;
mod rounds;
mod sizes;

use std::path::Path;

use ripen::engine::Playbook;
use serde_json::{Value as Json, json};
use sizes::Sized;

const ROUNDS: usize = 15;
/// They are megabytes each, and what is wanted is whether it is a square.
const HOSTILE_ROUNDS: usize = 5;

fn main() {
    // cargo adds options of its own.
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        eprintln!("usage: npm run bench (it makes the inputs)");
        return;
    };
    let folder = Path::new(&folder);
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let playbook = |name: &str| compiled(&read(&format!("{name}.playbook.json")));

    let plan: Json = serde_json::from_slice(&read("plan.json")).unwrap();
    let names = |value: &Json| -> Vec<String> {
        value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let mut groups = Vec::new();
    for (recording, playbooks) in plan["folds"].as_object().unwrap() {
        let names = names(playbooks);
        let playbooks: Vec<(&str, Playbook)> =
            names.iter().map(|name| (name.as_str(), playbook(name))).collect();
        groups.push(folds::folds(recording, &playbooks, &read(&format!("{recording}.ndjson")), ROUNDS));
    }
    let sized: Vec<Sized> = names(&plan["sizes"])
        .into_iter()
        .map(|size| Sized {
            playbook: playbook(&format!("sized-{size}")),
            before: sizes::events(&read(&format!("sized-{size}.before.ndjson"))),
            size,
        })
        .collect();
    groups.push(sizes::sizes(&sized, &sizes::events(&read("sized.ndjson")), ROUNDS));
    groups.extend(hostile::hostile(HOSTILE_ROUNDS));
    println!("{}", json!(groups));
}

fn compiled(text: &[u8]) -> Playbook {
    ripen::playbook::compile(std::str::from_utf8(text).unwrap()).unwrap().playbook
}
