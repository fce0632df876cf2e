//! One bad event stops no other (C07).

use super::story::{Sent, Story};
use crate::delivery::Reason;

/// A backend answers at once for as long as anything is sent. Returns how many requests that took.
fn serve(story: &mut Story, first: Vec<Sent>, status: impl Fn(&[u64]) -> u16) -> usize {
    let mut pending = first;
    let mut requests = 0;
    while let Some(sent) = pending.pop() {
        requests += 1;
        let following = story.answer(sent.batch, status(&sent.keys));
        pending.extend(following);
    }
    requests
}

#[test]
fn c07_a_refused_batch_is_halved_until_the_bad_event_is_alone() {
    for bad in [1, 2, 37, 64, 99, 100] {
        let mut story = Story::new();
        let first = story.append(1..=100, 300);
        let requests = serve(&mut story, first, |keys| if keys.contains(&bad) { 400 } else { 200 });
        assert_eq!(story.removed_as(Reason::Refused), [bad]);
        assert_eq!(story.removed_as(Reason::Acknowledged).len(), 99);
        assert!(requests <= 15, "{requests} requests for event {bad}");
    }
}

#[test]
fn c07_an_event_above_the_limit_is_never_sent() {
    let mut story = Story::new();
    story.append(1..=1, 32 * 1024);
    story.append(2..=2, 32 * 1024 + 1);
    assert_eq!(story.removed, [(2, Reason::TooLarge)]);
    let first = story.flush();
    assert_eq!(first[0].keys, [1]);
}

#[test]
fn c07_several_bad_events_are_all_found() {
    let mut story = Story::new();
    let bad = [3, 4, 50, 77, 100];
    let first = story.append(1..=100, 300);
    let refuse = |keys: &[u64]| if keys.iter().any(|key| bad.contains(key)) { 413 } else { 200 };
    serve(&mut story, first, refuse);
    assert_eq!(story.removed_as(Reason::Refused), bad);
    assert_eq!(story.removed_as(Reason::Acknowledged).len(), 95);
}

#[test]
fn c07_an_event_that_a_firewall_forbids_holds_up_no_other_and_is_kept() {
    for status in [403, 500] {
        let mut story = Story::new();
        let mut pending = story.append(1..=300, 300);
        for _ in 0..500 {
            let Some(sent) = pending.pop() else {
                pending.push(story.wait());
                continue;
            };
            let answer = if sent.keys.contains(&42) { status } else { 200 };
            pending.extend(story.answer(sent.batch, answer));
            if story.machine.waiting() == 1 {
                break;
            }
        }
        assert_eq!(story.removed_as(Reason::Acknowledged).len(), 299, "{status}");
        assert!(story.removed_as(Reason::Refused).is_empty(), "{status}");
        // New ones do not wait for it either, once the pause is over.
        story.append(301..=301, 300);
        let next = story.wait();
        assert!(next.keys == [301] || next.keys == [42], "{:?}", next.keys);
    }
}

#[test]
fn c11_a_backend_that_refuses_everything_is_asked_ever_less_often() {
    let mut story = Story::new();
    let mut pending = story.append(1..=1_000, 300);
    let start = story.now;
    let mut requests = 0;
    while story.now - start < 3_600_000 {
        match pending.pop() {
            Some(sent) => {
                requests += 1;
                pending.extend(story.answer(sent.batch, 400));
            }
            None => pending.push(story.wait()),
        }
    }
    assert!(requests < 100, "{requests} requests in an hour");
    assert!(story.machine.waiting() > 900, "most of the queue is still there for when it is repaired");
}

#[test]
fn a_part_of_a_refused_batch_stays_together_over_an_outage() {
    let mut story = Story::new();
    story.append(1..=8, 300);
    story.flush();
    assert_eq!(story.answer(1, 400)[0].keys, [1, 2, 3, 4]);
    assert!(story.answer(2, 503).is_empty());
    assert_eq!(story.wait().keys, [1, 2, 3, 4]);
    assert_eq!(story.answer(3, 200)[0].keys, [5, 6, 7, 8]);
}
