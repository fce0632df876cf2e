//! Recorded usage through the engine: how many events a second one core folds, parsing included.

use ripen::engine::Playbook;
use ripen::replay::{Options, Recording, replay};
use serde_json::Value as Json;

use crate::rounds::{Case, measure};

pub(crate) fn folds(group: &str, playbooks: &[(&str, Playbook)], bytes: &[u8], rounds: usize) -> Json {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let count = lines.len();
    let mut cases = vec![
        // The floor: any program that looks at these events with this library does as much.
        Case::new("floor", count, || (), |()| lines.iter().filter(|line| is_json(line)).count()),
        Case::new("parse", count, || (), |()| parsed(bytes)),
    ];
    for (name, playbook) in playbooks {
        let options = Options::default();
        cases.push(Case::new(
            format!("fold {name}"),
            count,
            || parsed(bytes),
            move |recording| replay(playbook, recording, options),
        ));
        cases.push(Case::new(
            format!("all {name}"),
            count,
            || (),
            move |()| replay(playbook, parsed(bytes), options),
        ));
    }
    measure(group, cases, rounds)
}

fn is_json(line: &[u8]) -> bool {
    serde_json::from_slice::<Json>(line).is_ok()
}

fn parsed(bytes: &[u8]) -> Recording {
    let mut recording = Recording::default();
    // As a file comes.
    for piece in bytes.chunks(1 << 16) {
        recording.push(piece);
    }
    recording.end_line();
    recording
}
