//! When an account counts its members, as a replay prints it (`semantics.md` §3, `members`).

use ripen::playbook::compile;
use ripen::replay::{Options, Recording, replay};

/// The oracle found this one (its seed 508): a person of half past sees the account of the full hour only at their next.
#[test]
fn at_the_end_an_account_has_seen_its_members_as_they_were_before() {
    let playbook = r#"{"activity": "-", "signals": {
        "recent": {"count": "a", "within": "2h", "scope": "account"},
        "idle": {"members": {"signals.recent": 0}, "scope": "account"}
    }}"#;
    let playbook = compile(playbook).map(|compiled| compiled.playbook);
    let playbook = playbook.unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut recording = Recording::default();
    recording.push(
        br#"{"type":"track","messageId":"1","userId":"u","timestamp":"2024-01-01T10:10:00Z","event":"a","context":{"groupId":"g","timezoneOffset":330}}"#,
    );
    let idle = |at: &str| {
        let options = Options { at: ripen::engine::parse_timestamp(at), ..Options::default() };
        let lines = replay(&playbook, recording.clone(), options);
        lines.last().is_some_and(|line| line.contains(r#""idle":1"#))
    };
    // At noon the account has nothing recent any more; the member sees that right after it.
    assert!(!idle("2024-01-01T12:00:00Z"), "not yet at noon, though the member is evaluated once more then");
    assert!(idle("2024-01-01T13:00:00Z"));
}
