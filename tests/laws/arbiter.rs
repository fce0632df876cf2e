//! One slot: who gets it, and what holds back the others (`semantics.md` §7).

use ripen::engine::{Block, Outcome, Value};

use crate::page::{Page, blocks, playbook};

#[test]
fn help_comes_first_and_nothing_commercial_before_its_time() {
    let nudges = [
        ("up", r#""purpose": "upgrade", "priority": 9"#),
        ("talk", r#""purpose": "talk""#),
        ("help", r#""purpose": "help""#),
    ];
    let mut page = Page::open(playbook(&nudges, "{}"));
    let decision = page.event(0, "edge").unwrap();
    assert_eq!(decision.won, Some(2));
    assert_eq!(blocks(Some(decision)), [Some(Block::HelpFirst), Some(Block::HelpFirst), None]);
    for hour in 1..4 {
        page.event(hour, "a");
    }
    assert_eq!(page.event(5, "edge").unwrap().won, Some(0));
}

#[test]
fn an_open_lead_holds_back_what_is_commercial_and_nothing_else() {
    let nudges = ["upgrade", "talk", "help", "adopt", "ask"]
        .map(|purpose| (purpose, format!(r#""purpose": "{purpose}""#)));
    let nudges: Vec<(&str, &str)> = nudges.iter().map(|(id, rest)| (*id, rest.as_str())).collect();
    let mut page = Page::open(playbook(&nudges, r#"{"help_first": false}"#));
    assert_eq!(blocks(page.event(0, "edge")), [None; 5]);
    page.open_lead = true;
    let held = Some(Block::OpenLead);
    assert_eq!(blocks(page.event(0, "edge")), [held, held, None, None, None]);
}

#[test]
fn priority_then_the_gentler_purpose_then_the_one_shown_least_then_the_order_written() {
    let gap = r#"{"gap": "1h", "per_session": 9}"#;
    let ranked = |nudges: &[(&str, &str)]| Page::open(playbook(nudges, gap));
    let priority = [("a", r#""purpose": "help""#), ("b", r#""purpose": "ask", "priority": 1"#)];
    assert_eq!(ranked(&priority).event(0, "edge").unwrap().won, Some(1));
    let purpose = [("a", r#""purpose": "ask""#), ("b", r#""purpose": "adopt""#)];
    assert_eq!(ranked(&purpose).event(0, "edge").unwrap().won, Some(1));
    let equal = [("a", r#""purpose": "adopt""#), ("b", r#""purpose": "adopt""#)];
    let mut page = ranked(&equal);
    assert_eq!(page.event(0, "edge").unwrap().won, Some(0));
    page.outcome(0, Outcome::Shown, "a");
    assert_eq!(page.event(2, "edge").unwrap().won, Some(1));
}

#[test]
fn c31_shown_dismissed_snoozed_and_acted_each_have_their_own_rule() {
    let limits = r#""purpose": "help", "limits": {"acted": "stop"}"#;
    let quiet = r#"{"quiet": "1h"}"#;
    for (outcome, rests_until) in
        [(Outcome::Dismissed, Some(30 * 24)), (Outcome::Snoozed, Some(24)), (Outcome::Acted, None)]
    {
        let mut page = Page::open(playbook(&[("n", limits)], quiet));
        page.outcome(0, outcome, "n");
        let last = rests_until.unwrap_or(9_000) - 1;
        assert_eq!(blocks(page.event(last, "edge")), [Some(Block::Limits(outcome))], "{outcome:?}");
        if let Some(hour) = rests_until {
            assert_eq!(blocks(page.event(hour, "edge")), [None], "{outcome:?}");
        }
    }
    let mut page = Page::open(playbook(&[("n", r#""purpose": "help""#)], quiet));
    for hour in 0..3 {
        assert_eq!(blocks(page.event(hour, "edge")), [None], "three times by default");
        page.outcome(hour, Outcome::Shown, "n");
    }
    assert_eq!(blocks(page.event(9_000, "edge")), [Some(Block::Limits(Outcome::Shown))]);
}

#[test]
fn a_limit_in_a_window_forgets_with_the_window() {
    let limits = r#""purpose": "help", "limits": {"shown": {"at_most": 1, "within": "2d"}}"#;
    let mut page = Page::open(playbook(&[("n", limits)], "{}"));
    page.outcome(1, Outcome::Shown, "n");
    assert_eq!(blocks(page.event(30, "edge")), [Some(Block::Limits(Outcome::Shown))]);
    assert_eq!(blocks(page.event(48, "edge")), [None], "two calendar days later");
}

#[test]
fn a_session_shows_one_and_help_neither_waits_nor_uses_it_up() {
    let nudges = [("adopt", r#""purpose": "adopt""#), ("help", r#""purpose": "help""#)];
    let mut page = Page::open(playbook(&nudges, r#"{"gap": "4h"}"#));
    page.outcome(0, Outcome::Shown, "help");
    assert_eq!(blocks(page.event(1, "edge")), [Some(Block::Gap), None], "the gap is between any two");
    assert_eq!(blocks(page.event(4, "edge")), [None, None], "the session's one is still free");
    page.outcome(4, Outcome::Shown, "adopt");
    assert_eq!(blocks(page.event(9, "edge")), [Some(Block::PerSession), None]);
    page.session = "s2";
    assert_eq!(blocks(page.event(10, "edge")), [None, None]);
}

#[test]
fn a_dismissal_makes_it_quiet_for_all() {
    let nudges = [("adopt", r#""purpose": "adopt""#), ("help", r#""purpose": "help""#)];
    let mut page = Page::open(playbook(&nudges, "{}"));
    page.outcome(0, Outcome::Dismissed, "adopt");
    assert_eq!(blocks(page.event(23, "edge")), [Some(Block::Quiet), Some(Block::Quiet)]);
    assert_eq!(blocks(page.event(24, "edge")), [Some(Block::Limits(Outcome::Dismissed)), None]);
}

#[test]
fn c33_c34_only_an_edge_decides_and_a_taken_slot_is_taken() {
    let nudges = [("n", r#""purpose": "help", "when": {"event.properties.size": {"$gte": 2}}"#)];
    let mut page = Page::open(playbook(&nudges, "{}"));
    assert_eq!(page.event(0, "a"), None, "no edge, no decision");
    assert_eq!(blocks(page.event(0, "edge")), [Some(Block::When)]);
    let size = || Value::Map(vec![("size".into(), Value::Number(2.0))]);
    assert_eq!(blocks(page.send(0, "edge", size())), [None]);
    page.slot_taken = true;
    assert_eq!(blocks(page.send(0, "edge", size())), [Some(Block::Slot)]);
}
