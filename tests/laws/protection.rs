//! What protects the user holds whatever they do, and whatever the playbook wants (`semantics.md` §7).

use proptest::prelude::*;
use ripen::engine::{Block, Device, Kind, Outcome, Past, Value};

use crate::page::{Page, blocks, playbook};
use crate::usage::{HOUR, event};

const NUDGES: [(&str, &str); 4] = [
    (
        "help",
        r#""purpose": "help", "limits": {"shown": {"at_most": 2, "within": "12h"}, "snoozed": {"rest": "3h"}}"#,
    ),
    (
        "adopt",
        r#""purpose": "adopt", "priority": 1, "limits": {"shown": {"at_most": 4}, "dismissed": {"rest": "2d"}}"#,
    ),
    (
        "ask",
        r#""purpose": "ask", "limits": {"shown": {"at_most": 3, "within": "2d"}, "acted": "stop", "ignored": {"rest": "5h"}}"#,
    ),
    (
        "again",
        r#""purpose": "adopt", "limits": {"shown": {"at_most": 1000}, "ignored": {"at_most": 2}, "dismissed": "stop"}"#,
    ),
];
const POLICY: &str = r#"{"per_session": 2, "gap": "3h", "quiet": "6h", "holdout": 0}"#;

const ENDS: [Outcome; 4] = [Outcome::Ignored, Outcome::Dismissed, Outcome::Snoozed, Outcome::Acted];

/// What became of what, when, in which session.
type Told = Vec<(Outcome, usize, i64, &'static str)>;

/// The limits of the nudges above, said once more, as simply as can be.
fn limited(told: &Told, nudge: usize, hour: i64) -> bool {
    let times = |outcome: Outcome| {
        told.iter().filter(move |(o, n, ..)| *o == outcome && *n == nudge).map(|(_, _, at, _)| *at)
    };
    let rests = |outcome: Outcome, hours: i64| times(outcome).any(|at| hour - at < hours);
    let days_ago = |at: &i64| hour / 24 - at / 24;
    match nudge {
        0 => {
            times(Outcome::Shown).filter(|at| hour - at < 12).count() >= 2
                || rests(Outcome::Snoozed, 3)
                || rests(Outcome::Dismissed, 720)
        }
        1 => {
            times(Outcome::Shown).count() >= 4 || rests(Outcome::Dismissed, 48) || rests(Outcome::Snoozed, 24)
        }
        2 => {
            times(Outcome::Shown).filter(|at| days_ago(at) < 2).count() >= 3
                || times(Outcome::Acted).count() > 0
                || rests(Outcome::Ignored, 5)
                || rests(Outcome::Dismissed, 720)
                || rests(Outcome::Snoozed, 24)
        }
        _ => {
            times(Outcome::Ignored).count() >= 2
                || times(Outcome::Dismissed).count() > 0
                || rests(Outcome::Snoozed, 24)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_they_do(steps in prop::collection::vec((0..9_i64, 0..5_usize, any::<bool>()), 1..60)) {
        let mut page = Page::open(playbook(&NUDGES, POLICY));
        let mut told: Told = Vec::new();
        let mut hour = 0;
        for (passed, end, leaves) in steps {
            hour += passed;
            if leaves {
                page.session = if page.session == "s1" { "s2" } else { "s1" };
            }
            let decision = page.event(hour, "edge").unwrap();
            let Some(won) = decision.won else {
                for (found, nudge) in decision.considered.iter().zip(0..) {
                    // Not more is held back than has to be.
                    let by = found.block();
                    prop_assert_eq!(matches!(by, Some(Block::Limits(_))), limited(&told, nudge, hour) && !matches!(by, Some(Block::PerSession | Block::Gap | Block::Quiet)));
                }
                continue;
            };
            let last = told.iter().rev().find(|(outcome, ..)| *outcome == Outcome::Shown);
            prop_assert!(!limited(&told, won, hour), "nudge {} at {} after {:?}", won, hour, told);
            prop_assert!(told.iter().all(|(outcome, _, at, _)| *outcome != Outcome::Dismissed || hour - at >= 6), "quiet");
            if won != 0 {
                prop_assert!(last.is_none_or(|(_, _, at, _)| hour - at >= 3), "the gap");
                let mut here = told.iter().rev().filter(|(outcome, nudge, ..)| *outcome == Outcome::Shown && *nudge != 0);
                // A session that one came back to is the same only if none was shown in another since.
                let count = here.by_ref().take_while(|(_, _, _, session)| *session == page.session).count();
                prop_assert!(count < 2, "a session shows two");
            }
            page.outcome(hour, Outcome::Shown, NUDGES[won].0);
            told.push((Outcome::Shown, won, hour, page.session));
            if let Some(outcome) = ENDS.get(end) {
                page.outcome(hour, *outcome, NUDGES[won].0);
                told.push((*outcome, won, hour, page.session));
            }
        }
    }
}

#[test]
fn a_limit_of_the_account_counts_what_its_members_did() {
    let nudges = [
        ("ours", r#""purpose": "help", "limits": {"per": "account", "shown": {"at_most": 2}}"#),
        ("mine", r#""purpose": "help", "limits": {"shown": {"at_most": 2}}"#),
    ];
    let mut page = Page::open(playbook(&nudges, "{\"holdout\": 0}"));
    for (number, person) in ["ada", "bob", "eve"].into_iter().enumerate() {
        page.device.set_present(person);
        let mut group = event(900 + number, 0, "");
        (group.kind, group.name) = (Kind::Group, None);
        (group.user, group.group) = (Some(person.into()), Some("acme".into()));
        page.device.fold(&page.playbook, &group, None);
        let wanted = [None, None, Some(Block::Limits(Outcome::Shown))][number];
        assert_eq!(blocks(page.event(1, "edge")), [wanted, None], "{person}");
        page.outcome(1, Outcome::Shown, "ours");
        page.outcome(1, Outcome::Shown, "mine");
    }
    page.device =
        Device::restore(&page.playbook, &page.device.snapshot(&page.playbook), Past::default()).unwrap();
    assert_eq!(
        blocks(page.event(2, "edge"))[0],
        Some(Block::Limits(Outcome::Shown)),
        "it is in the snapshot"
    );
}

#[test]
fn an_outcome_of_a_nudge_that_is_gone_still_protects() {
    let mut page = Page::open(playbook(&[("n", r#""purpose": "adopt""#)], "{\"holdout\": 0}"));
    page.send(0, Outcome::Dismissed.event(), Value::Map(vec![("nudge".into(), Value::Text("gone".into()))]));
    assert_eq!(blocks(page.step(23 * HOUR, "edge", Value::default()).decision), [Some(Block::Quiet)]);
    assert_eq!(blocks(page.step(24 * HOUR, "edge", Value::default()).decision), [None]);
}
