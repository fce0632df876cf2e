//! How failures are waited out (C11).

use super::story::Story;
use crate::delivery::{Limits, Machine, Millis};

/// The pauses after failures one to ten.
fn pauses(seed: u64) -> Vec<i64> {
    let mut story = Story::new();
    story.machine = Machine::new(seed, Limits::DEFAULT);
    story.append(1..=1, 300);
    let mut batch = story.flush()[0].batch;
    let mut pauses = Vec::new();
    for _ in 0..10 {
        story.answer(batch, 503);
        let start = story.now;
        batch = story.wait().batch;
        pauses.push(story.now - start);
    }
    pauses
}

#[test]
fn c11_pauses_grow_to_a_cap_and_differ_between_pages() {
    let all: Vec<Vec<i64>> = (0..1_000).map(pauses).collect();
    for attempt in 0..10 {
        let bound = (1_000 << attempt).min(300_000);
        let mut seen: Vec<i64> = all.iter().map(|pauses| pauses[attempt]).collect();
        seen.sort_unstable();
        assert!(seen[0] >= 1 && seen[999] <= bound);
        // Full jitter: even over the whole range. (Of 1,000, the quartiles are within 5 % with a wide margin.)
        for quarter in 1..4 {
            let share = seen[quarter * 250] as f64 / bound as f64;
            assert!((share - quarter as f64 / 4.0).abs() < 0.05, "attempt {attempt}: {share}");
        }
        seen.dedup();
        assert!(seen.len() > 500);
    }
    assert_eq!(pauses(3), pauses(3), "a function of the seed");
}

#[test]
fn c11_retry_after_is_a_lower_bound_that_neither_flush_nor_return_shortens() {
    for status in [429, 503] {
        let mut story = Story::new();
        story.append(1..=1, 300);
        story.flush();
        story.answer_with_retry_after(1, status, 20_000);
        assert!(story.flush().is_empty());
        assert!(story.resume().is_empty());
        assert!(story.pass(19_999).is_empty());
        assert_eq!(story.pass(1).len(), 1);
    }
}

#[test]
fn c11_retry_after_is_believed_up_to_an_hour_and_may_be_nonsense() {
    for (ms, latest) in
        [(i64::MAX, 3_600_000), (86_400_000, 3_600_000), (-5, 1_000), (i64::MIN, 1_000), (0, 1_000)]
    {
        let mut story = Story::new();
        story.append(1..=1, 300);
        story.flush();
        story.answer_with_retry_after(1, 429, ms);
        assert_eq!(story.pass(latest).len(), 1, "{ms}");
    }
}

#[test]
fn c11_flush_ends_a_pause_but_not_two_in_a_row() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    story.flush();
    story.answer(1, 503);
    assert_eq!(story.flush().len(), 1);
    story.answer(2, 503);
    assert!(story.flush().is_empty());
    assert_eq!(story.wait().batch, 3);
    story.answer(3, 503);
    assert_eq!(story.flush().len(), 1, "a pause has run its course");
}

#[test]
fn c11_a_success_gives_flush_its_right_back() {
    let mut story = Story::new();
    story.append(1..=250, 300);
    story.answer(1, 503);
    assert_eq!(story.flush().len(), 1);
    assert_eq!(story.answer(2, 200).len(), 1);
    story.answer(3, 503);
    assert_eq!(story.flush().len(), 1);
}

#[test]
fn a_return_ends_each_pause() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    story.flush();
    for batch in 1..10 {
        assert!(story.answer(batch, 0).is_empty());
        assert_eq!(story.resume().len(), 1);
    }
}

#[test]
fn c11_an_hour_of_outage_costs_few_requests_even_if_every_event_is_flushed() {
    let mut story = Story::new();
    let mut pending = Vec::new();
    for key in 1..=3_600 {
        pending.extend(story.append(key..=key, 300));
        pending.extend(story.flush());
        pending.extend(story.pass(1_000));
        for sent in std::mem::take(&mut pending) {
            story.answer(sent.batch, 503);
        }
    }
    assert!(story.sent.len() < 120, "{} requests", story.sent.len());
    assert_eq!(story.machine.waiting(), 3_600);
}

#[test]
fn a_success_ends_the_retrying() {
    let mut story = Story::new();
    story.append(1..=150, 300);
    story.answer(1, 503);
    assert!(story.machine.retrying());
    let sent = story.wait();
    story.answer(sent.batch, 200);
    assert!(!story.machine.retrying());
}

#[test]
fn requests_that_fail_together_count_as_one_failure() {
    let mut story = Story::new();
    story.append(1..=20, 1_500);
    let sent = story.hide();
    assert!(sent.len() > 2);
    for sent in &sent {
        story.answer(sent.batch, 0);
    }
    assert!(
        !story.tell(|machine, now| machine.wake(Millis(now.0 + 1_001))).is_empty(),
        "still the first pause"
    );
}
