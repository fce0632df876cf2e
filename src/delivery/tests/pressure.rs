//! Back-pressure: what is too much for the network, for a proxy, for the queue.

use super::story::{Sent, Story};
use crate::delivery::{Limits, Pressure, Reason};

const TIMEOUT_MS: i64 = 30_000;

fn body(sent: &Sent) -> u32 {
    1024 + sent.keys.len() as u32 * 301
}

/// A network that takes bodies of `most` bytes answers for as long as anything is sent. Returns the bodies.
fn serve(story: &mut Story, first: Vec<Sent>, most: u32, too_much: (u16, i64)) -> Vec<u32> {
    let mut pending = first;
    let mut bodies = Vec::new();
    while story.machine.waiting() > 0 && bodies.len() < 1_000 {
        let Some(sent) = pending.pop() else {
            pending.push(story.wait());
            continue;
        };
        bodies.push(body(&sent));
        let (status, after) = if body(&sent) > most { too_much } else { (200, 100) };
        story.now += after;
        pending.extend(story.answer(sent.batch, status));
    }
    bodies
}

#[test]
fn batches_that_time_out_become_smaller_until_they_get_through() {
    for status in [0, 408, 504] {
        let mut story = Story::new();
        let first = story.append(1..=3_000, 300);
        let bodies = serve(&mut story, first, 12_000, (status, TIMEOUT_MS));
        assert_eq!(story.removed_as(Reason::Acknowledged).len(), 3_000);
        let failed = bodies.iter().filter(|&&body| body > 12_000).count();
        assert!(failed > 0 && failed * 3 < bodies.len(), "{status}: {failed} of {}", bodies.len());
    }
}

#[test]
fn a_failure_that_comes_at_once_says_nothing_about_the_size() {
    let mut story = Story::new();
    story.append(1..=200, 300);
    story.answer(1, 0);
    let probe = story.wait();
    assert_eq!(story.answer(probe.batch, 200)[0].keys.len(), 100);
}

#[test]
fn batches_grow_back_when_the_network_does() {
    let mut story = Story::new();
    let mut sent = story.append(1..=10_000, 300).pop().expect("a batch");
    for _ in 0..4 {
        story.now += TIMEOUT_MS;
        story.answer(sent.batch, 0);
        sent = story.wait();
    }
    let mut sizes = Vec::new();
    for _ in 0..40 {
        sent = story.answer(sent.batch, 200).pop().expect("the next batch");
        sizes.push(sent.keys.len());
    }
    assert!(sizes[0] < 30 && sizes.is_sorted(), "{sizes:?}");
    assert_eq!(sizes.last(), Some(&100));
}

#[test]
fn c07_what_a_proxy_calls_too_large_is_halved_by_bytes_and_only_the_large_one_is_refused() {
    let mut story = Story::new();
    // The first is as large as all others together.
    story.append(1..=1, 20_000);
    story.append(2..=65, 300);
    let first = story.flush();
    assert_eq!(first[0].keys.len(), 65);
    let second = story.answer(1, 413);
    assert_eq!(second[0].keys, [1]);
    let rest = story.answer(2, 413);
    assert_eq!(story.removed_as(Reason::Refused), [1]);
    assert!(rest[0].keys.len() > 30, "{:?}", rest[0].keys);
}

#[test]
fn c07_a_proxy_with_a_small_limit_takes_everything_in_the_end() {
    let mut story = Story::new();
    let first = story.append(1..=2_000, 300);
    let bodies = serve(&mut story, first, 5_000, (413, 10));
    assert_eq!(story.removed_as(Reason::Acknowledged).len(), 2_000);
    let refused = bodies.iter().filter(|&&body| body > 5_000).count();
    assert!(refused * 2 < bodies.len(), "{refused} of {}", bodies.len());
}

#[test]
fn one_event_may_be_larger_than_what_gets_through_otherwise() {
    let mut story = Story::new();
    let mut sent = story.append(1..=200, 300).pop().expect("a batch");
    for _ in 0..8 {
        story.now += TIMEOUT_MS;
        story.answer(sent.batch, 0);
        sent = story.wait();
    }
    story.answer(sent.batch, 200);
    story.append(201..=201, 30_000);
    story.resume();
    let mut keys = Vec::new();
    while story.machine.waiting() > 0 {
        let sent = story.wait();
        let mut next = vec![sent];
        while let Some(sent) = next.pop() {
            keys.extend(sent.keys.clone());
            next.extend(story.answer(sent.batch, 200));
        }
    }
    assert!(keys.contains(&201));
}

#[test]
fn pressure_is_high_above_half_of_a_cap() {
    let mut story = Story::within(Limits { queue_events: 300, ..Limits::DEFAULT });
    story.append(1..=150, 300);
    assert_eq!(story.machine.pressure(), Pressure::None);
    story.append(151..=151, 300);
    assert_eq!(story.machine.pressure(), Pressure::High);
    story.answer(1, 200);
    assert_eq!(story.machine.pressure(), Pressure::None);
    let mut story = Story::new();
    story.append(1..=79, 32_000);
    assert_eq!(story.machine.pressure(), Pressure::High, "by bytes");
}
