//! What a nudge was to bring about, and whether it did (`semantics.md` §7).

use proptest::prelude::*;
use ripen::engine::{Block, Change, Device, Millis, Outcome, Past, Playbook, Step, Value, What};
use ripen::playbook::compile;

use crate::page::{DRAWN, Page, blocks};
use crate::usage::HOUR;

fn goal(goal: &str) -> Playbook {
    let text = format!(
        r#"{{"signals": {{"n": {{"count": "a"}}, "since": {{"since": "a"}}}},
            "policy": {{"per_session": 99, "gap": "1h", "quiet": "1h"}},
            "nudges": {{"n": {{"purpose": "help", "on": {{"event": "edge"}}, "goal": {goal}, {DRAWN}}}}}}}"#
    );
    compile(&text).unwrap().playbook
}

fn nudge(id: &str) -> Value {
    Value::Map(vec![("nudge".into(), Value::Text(id.into()))])
}

fn show(page: &mut Page, hour: i64) -> bool {
    converts(&page.step(hour * HOUR, Outcome::Shown.event(), nudge("n")))
}

fn act(page: &mut Page, hour: i64, name: &str) -> bool {
    converts(&page.step(hour * HOUR, name, Value::default()))
}

fn converts(step: &Step) -> bool {
    step.changes.iter().any(is_conversion)
}

fn is_conversion(change: &Change) -> bool {
    matches!(change.what, What::Converted { nudge: 0 })
}

#[test]
fn an_event_within_the_time_converts_once_for_each_exposure() {
    let mut page = Page::open(goal(r#"{"event": "a", "within": "2d"}"#));
    assert!(!act(&mut page, 0, "a"), "nobody has seen it");
    assert!(!show(&mut page, 1));
    assert!(!act(&mut page, 2, "b"));
    assert!(act(&mut page, 49, "a"), "two days to the millisecond");
    assert!(!act(&mut page, 49, "a"), "once");
    assert!(!show(&mut page, 50));
    assert!(!converts(&page.step(98 * HOUR + 1, "a", Value::default())), "a millisecond late");
    assert!(!show(&mut page, 100));
    assert!(act(&mut page, 101, "a"), "each exposure anew");
}

#[test]
fn who_has_converted_is_left_alone_and_what_the_log_says_of_it_counts_nothing() {
    let mut page = Page::open(goal(r#"{"event": "a"}"#));
    page.step(0, "$nudge_converted", nudge("n"));
    assert_eq!(blocks(page.event(1, "edge")), [None], "it is derived, and never taken from the log");
    show(&mut page, 1);
    assert_eq!(blocks(page.event(3, "edge")), [None]);
    assert!(act(&mut page, 4, "a"));
    assert_eq!(blocks(page.event(9_000, "edge")), [Some(Block::Limits(Outcome::Converted))]);
}

/// Another tab's event was heard of before: the page folds anew, and still has to tell of it.
#[test]
fn a_conversion_that_is_found_out_late_is_reported_once_with_its_own_time() {
    let mut page = Page::open(goal(r#"{"event": "a"}"#));
    show(&mut page, 1);
    page.event(5, "b");
    let step = page.step(3 * HOUR, "a", Value::default());
    let found: Vec<Millis> =
        step.changes.iter().filter(|change| is_conversion(change)).map(|change| change.at).collect();
    assert_eq!(found, [Millis(3 * HOUR)]);
    assert!(!converts(&page.step(4 * HOUR, "b", Value::default())), "what else comes late finds nothing out");
    assert!(!act(&mut page, 6, "a"));
}

#[test]
fn a_condition_has_to_begin_to_hold_after_the_exposure() {
    let mut page = Page::open(goal(r#"{"when": {"signals.n": {"$gte": 2}}}"#));
    show(&mut page, 0);
    assert!(!act(&mut page, 1, "a"));
    assert!(act(&mut page, 2, "a"));
    assert!(!show(&mut page, 3));
    assert!(!act(&mut page, 4, "a"), "it held already when the nudge was shown");
}

#[test]
fn time_alone_converts_at_the_hour_also_after_a_restart() {
    let playbook = goal(r#"{"when": {"signals.since": {"$gte": "1d"}}, "within": "3d"}"#);
    let mut page = Page::open(playbook);
    act(&mut page, 0, "a");
    show(&mut page, 1);
    for restarted in [false, true] {
        let mut device = page.device.clone();
        if restarted {
            device =
                Device::restore(&page.playbook, &device.snapshot(&page.playbook), Past::default()).unwrap();
        }
        assert_eq!(device.next_change(&page.playbook), Some(Millis(24 * HOUR)), "restarted: {restarted}");
        let changes = device.advance(&page.playbook, Millis(100 * HOUR));
        let at: Vec<_> =
            changes.iter().filter(|change| is_conversion(change)).map(|change| change.at).collect();
        assert_eq!(at, [Millis(24 * HOUR)], "restarted: {restarted}");
        assert!(device.next_change(&page.playbook).is_none_or(|next| next > Millis(100 * HOUR)));
    }
}

#[test]
fn another_playbook_keeps_the_exposure_and_what_became_of_the_nudge() {
    let mut page = Page::open(goal(r#"{"event": "a"}"#));
    show(&mut page, 0);
    page.outcome(0, Outcome::Dismissed, "n");
    let text = format!(
        r#"{{"nudges": {{"other": {{"purpose": "help", "on": "load", {DRAWN}}},
            "n": {{"purpose": "help", "on": {{"event": "edge"}}, "goal": {{"event": "b"}}, {DRAWN}}}}}}}"#
    );
    let after = compile(&text).unwrap().playbook;
    let device = Device::restore(&after, &page.device.snapshot(&page.playbook), Past::default()).unwrap();
    let mut page = Page { playbook: after, device, ..page };
    assert_eq!(blocks(page.event(48, "edge")), [Some(Block::Limits(Outcome::Dismissed))]);
    let step = page.step(49 * HOUR, "b", Value::default());
    assert_eq!(step.changes.last().map(|change| change.what), Some(What::Converted { nudge: 1 }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Against the definition, as simple as can be: of all exposures the last one before the event counts, once.
    #[test]
    fn conversions_are_those_of_the_definition(
        steps in prop::collection::vec((0..40_i64, 0..3_u8), 1..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let playbook = goal(r#"{"event": "a", "within": "1d"}"#);
        let mut page = Page::open(playbook);
        let cut = cut.index(steps.len());
        let (mut hour, mut exposed) = (0, None);
        for (number, (passed, what)) in steps.iter().enumerate() {
            if number == cut {
                page.device = Device::restore(&page.playbook, &page.device.snapshot(&page.playbook), Past::default()).unwrap();
            }
            hour += passed;
            let found = match what {
                0 => show(&mut page, hour),
                1 => act(&mut page, hour, "a"),
                _ => act(&mut page, hour, "b"),
            };
            let wanted = *what == 1 && exposed.is_some_and(|at| hour - at <= 24);
            prop_assert_eq!(found, wanted, "step {}", number);
            match what {
                0 => exposed = Some(hour),
                1 if wanted => exposed = None,
                _ => {}
            }
        }
    }
}
