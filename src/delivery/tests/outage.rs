//! The circuit, the retry budget, and what of it outlives a tab or a page load (C11).

use super::story::{Sent, Story};
use crate::delivery::{Limits, Machine, Memory, Millis};

const MINUTE: i64 = 60_000;

impl Story {
    /// The page is loaded anew, or another tab takes over: a new machine is told what waits.
    fn reload(&mut self, keys: std::ops::RangeInclusive<u64>) -> Vec<Sent> {
        self.machine = Machine::new(self.now as u64, Limits::DEFAULT);
        if let Some(memory) = &self.kept {
            self.machine.recall(memory);
        }
        self.wake_at = None;
        self.append(keys, 300)
    }
}

#[test]
fn c11_ten_reloads_in_the_middle_of_a_429_make_no_request_before_its_end() {
    let mut story = Story::new();
    story.append(1..=250, 300);
    story.answer_with_retry_after(1, 429, 20 * MINUTE);
    let asked_until = story.now + 20 * MINUTE;
    for _ in 0..10 {
        assert!(story.pass(MINUTE).is_empty());
        assert!(story.reload(1..=250).is_empty());
        assert!(story.flush().is_empty());
        assert!(story.resume().is_empty());
    }
    let probe = story.wait();
    assert!(story.now >= asked_until && story.now < asked_until + 2_000);
    assert!(probe.keys.len() <= 10, "and then only a small one");
}

#[test]
fn c11_the_one_try_at_hiding_is_made_after_a_reload_too() {
    let mut story = Story::new();
    story.append(1..=2, 300);
    story.flush();
    story.answer_with_retry_after(1, 503, 20 * MINUTE);
    assert!(story.reload(1..=2).is_empty());
    let chance = story.hide();
    assert_eq!(chance.len(), 1);
    story.answer(chance[0].batch, 503);
    assert!(story.append(3..=3, 300).is_empty());
}

#[test]
fn c11_failures_in_a_row_are_remembered_so_that_pauses_go_on_growing() {
    let mut story = Story::new();
    let mut sent = story.append(1..=100, 300)[0].clone();
    for _ in 0..8 {
        story.answer(sent.batch, 503);
        sent = story.wait();
    }
    story.answer(sent.batch, 503);
    assert_eq!(story.kept.map(|memory| memory.failures), Some(9));
    story.reload(1..=100);
    assert!(story.machine.retrying());
    let probe = story.wait();
    story.answer(probe.batch, 503);
    assert_eq!(story.kept.map(|memory| memory.failures), Some(10));
    let probe = story.wait();
    story.answer(probe.batch, 200);
    assert_eq!(story.kept.map(|memory| (memory.failures, memory.pause_ms)), Some((0, 0)));
}

#[test]
fn c11_what_cuts_pauses_short_is_bounded_by_the_budget_over_all_reloads() {
    let mut story = Story::new();
    story.append(1..=250, 300);
    story.answer(1, 503);
    let mut retries = Vec::new();
    // Ten hours in which somebody comes back to the page each second, and loads it anew each minute.
    for second in 0..36_000 {
        let sent = if second % 60 == 59 { story.reload(1..=250) } else { story.resume() };
        for sent in sent {
            retries.push(sent.clone());
            story.answer(sent.batch, 503);
        }
        story.now += 1_000;
    }
    assert!((600..=610).contains(&retries.len()), "{}: ten, and one a minute", retries.len());
}

#[test]
fn c11_where_every_third_request_fails_retries_stay_within_the_budget() {
    let mut story = Story::new();
    let (mut requests, mut retries) = (0, 0);
    // A page that is flushed twice a second, for an hour.
    for key in 1..=7_200 {
        let mut pending = story.append(key..=key, 300);
        pending.extend(story.flush());
        while let Some(sent) = pending.pop() {
            requests += 1;
            retries += i32::from(story.machine.retrying());
            pending.extend(story.answer(sent.batch, if requests % 3 == 1 { 503 } else { 200 }));
        }
        pending = story.pass(500);
        while let Some(sent) = pending.pop() {
            requests += 1;
            retries += i32::from(story.machine.retrying());
            pending.extend(story.answer(sent.batch, if requests % 3 == 1 { 503 } else { 200 }));
        }
    }
    assert!(retries > 60 && retries <= 10 + 60 + requests / 5, "{retries} of {requests}");
    assert!(story.machine.waiting() < 500, "{} wait", story.machine.waiting());
}

#[test]
fn a_closed_circuit_sends_full_batches_and_a_half_open_one_a_small_request_at_a_time() {
    let mut story = Story::new();
    story.append(1..=300, 300);
    assert_eq!(story.sent[0].keys.len(), 100);
    story.answer(1, 502);
    let probe = story.wait();
    assert_eq!(probe.keys, (1..=10).collect::<Vec<u64>>());
    story.answer(probe.batch, 502);
    let probe = story.wait();
    assert_eq!(probe.keys.len(), 10);
    let next = story.answer(probe.batch, 200);
    assert_eq!(next[0].keys.len(), 100, "closed again");
}

#[test]
fn a_page_that_hides_while_half_open_probes_with_one_request() {
    let mut story = Story::new();
    story.append(1..=90, 600);
    let burst = story.hide();
    assert!(burst.len() > 1, "closed: all that there is room for");
    for sent in &burst {
        story.answer(sent.batch, 503);
    }
    story.append(91..=91, 600); // brings keepalive back, but for the pause
    let probe = story.pass(1_001);
    assert_eq!(probe.len(), 1);
    assert!(probe[0].keepalive && probe[0].keys.len() <= 10);
}

#[test]
fn a_probe_that_is_refused_shows_that_the_backend_is_back() {
    let mut story = Story::new();
    story.append(1..=100, 300);
    story.answer(1, 503);
    let probe = story.wait();
    let halves = story.answer(probe.batch, 400);
    assert_eq!(halves[0].keys.len(), 5);
    assert!(!story.machine.retrying());
}

#[test]
fn a_page_in_which_nothing_fails_has_nothing_to_remember() {
    let mut story = Story::new();
    let mut sent = story.append(1..=1_000, 300);
    while let Some(next) = sent.pop() {
        sent.extend(story.answer(next.batch, 200));
    }
    assert_eq!(story.kept, None);
}

/// When the first request goes by a machine that recalls `memory` at `now`.
fn first_request(memory: Memory, now: i64) -> i64 {
    let mut story = Story::new();
    story.machine.recall(&memory);
    story.now = now;
    story.append(1..=100, 300);
    if story.sent.is_empty() {
        story.wait();
    }
    story.now - now
}

#[test]
fn c11_a_memory_from_a_clock_that_has_jumped_delays_by_no_more_than_it_says() {
    let at = 1_700_000_000_000;
    let memory = Memory { at: Millis(at), failures: 3, pause_ms: 5_000, asked_ms: 10 * MINUTE, owed_ms: 0 };
    assert_eq!(first_request(memory, at), 10 * MINUTE);
    assert_eq!(first_request(memory, at + 4 * MINUTE), 6 * MINUTE);
    assert_eq!(first_request(memory, at - 20 * 365 * 86_400_000), 10 * MINUTE, "set back by years");
    assert_eq!(first_request(memory, at + 20 * 365 * 86_400_000), 0, "set forwards by years");
    assert_eq!(first_request(Memory { at: Millis(i64::MAX), ..memory }, at), 10 * MINUTE);
    assert_eq!(first_request(Memory { at: Millis(i64::MIN), ..memory }, at), 0);
}

#[test]
fn a_memory_that_is_nonsense_delays_by_no_more_than_the_longest_pause() {
    let now = 1_700_000_000_000;
    let worst = i64::MAX;
    let memory =
        Memory { at: Millis(now), failures: u32::MAX, pause_ms: worst, asked_ms: worst, owed_ms: worst };
    assert_eq!(first_request(memory, now), 60 * MINUTE);
    let least = i64::MIN;
    let memory = Memory { at: Millis(now), failures: 0, pause_ms: least, asked_ms: least, owed_ms: least };
    assert_eq!(first_request(memory, now), 0);
}

#[test]
fn the_memory_of_a_machine_is_what_it_told() {
    let mut story = Story::new();
    story.append(1..=100, 300);
    story.answer_with_retry_after(1, 429, 5 * MINUTE);
    let told = story.kept.expect("something to remember");
    assert_eq!(story.machine.memory(Millis(story.now)), told);
    let later = story.machine.memory(Millis(story.now + MINUTE));
    assert_eq!((later.failures, later.asked_ms), (1, 4 * MINUTE));
    let mut next = Machine::new(1, Limits::DEFAULT);
    next.recall(&later);
    assert_eq!(next.memory(later.at), later);
}
