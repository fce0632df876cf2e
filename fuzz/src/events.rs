//! Events, and the playbook that they are folded by.

use ripen::engine::{Device, Playbook};
use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};

use crate::life;

/// Whatever does not exist is left out; of what exists all lines are JSON, and the same in whatever order it arrived.
pub fn events(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (first, rest) = bytes.split_at(end);
    let Ok(Ok(compiled)) = std::str::from_utf8(first).map(compile) else { return };
    let playbook = compiled.playbook;

    let whole = life::recording(rest).finish();
    let mut pieces = Recording::default();
    rest.chunks(7).for_each(|piece| pieces.push(piece));
    assert_eq!(pieces.finish(), whole, "lines are cut anywhere");
    life::in_a_browser(&playbook, Device::default(), &whole);
    life::in_a_world(&playbook, rest);

    // Which of two messages of one id counts is a matter of arrival: without copies its order is of no matter.
    let mut backwards = Recording::default();
    for line in rest.rsplit(|byte| *byte == b'\n') {
        backwards.push(line);
        backwards.push(b"\n");
    }
    if backwards.copies() == 0 {
        assert_eq!(
            printed(&playbook, backwards),
            printed(&playbook, life::recording(rest)),
            "the order of arrival"
        );
    }
}

fn printed(playbook: &Playbook, recording: Recording) -> Vec<String> {
    replay(playbook, recording, Options::default())
}
