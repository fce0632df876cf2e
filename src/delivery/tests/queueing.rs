//! What is sent when nothing goes wrong, and the caps.

use super::story::{Story, keys};
use crate::delivery::{Limits, Reason};

#[test]
fn a_partial_batch_is_sent_when_its_oldest_event_is_of_age() {
    let mut story = Story::new();
    assert!(story.append(1..=3, 300).is_empty());
    assert!(story.pass(4_000).is_empty());
    assert!(story.append(4..=4, 300).is_empty());
    assert!(story.pass(999).is_empty());
    assert_eq!(keys(&story.pass(1)), [vec![1, 2, 3, 4]]);
    story.answer(1, 200);
    assert_eq!(story.removed_as(Reason::Acknowledged), [1, 2, 3, 4]);
    assert_eq!(story.machine.waiting(), 0);
}

#[test]
fn a_full_batch_is_sent_at_once_and_one_at_a_time() {
    let mut story = Story::new();
    let sent = story.append(1..=250, 300);
    assert_eq!(keys(&sent), [(1..=100).collect::<Vec<u64>>()]);
    assert_eq!(keys(&story.answer(1, 200)), [(101..=200).collect::<Vec<u64>>()]);
    assert!(story.answer(2, 200).is_empty(), "the rest is neither full nor old");
    assert_eq!(keys(&story.pass(5_000)), [(201..=250).collect::<Vec<u64>>()]);
}

#[test]
fn a_batch_is_full_by_bytes_too() {
    let mut story = Story::new();
    let sent = story.append(1..=3, 30_000);
    assert_eq!(keys(&sent), [vec![1]], "two of them and the overhead are over 60,000");
}

#[test]
fn flush_sends_what_was_there_and_nothing_waits_for_company() {
    let mut story = Story::new();
    story.append(1..=130, 300);
    story.flush();
    story.append(131..=131, 300);
    assert_eq!(keys(&story.answer(1, 200)), [(101..=131).collect::<Vec<u64>>()]);
    story.answer(2, 200);
    assert!(story.append(132..=132, 300).is_empty(), "later events wait again");
}

#[test]
fn keys_that_wait_already_are_ignored_in_flight_or_not() {
    let mut story = Story::new();
    story.append(5..=6, 300);
    story.flush();
    assert!(story.append(4..=7, 300).is_empty());
    assert_eq!(story.machine.waiting(), 4);
    assert_eq!(keys(&story.answer(1, 200)), [vec![4, 7]]);
}

#[test]
fn c14_beyond_the_cap_by_count_the_oldest_are_given_up_and_counted() {
    let mut story = Story::within(Limits { queue_events: 150, ..Limits::DEFAULT });
    story.append(1..=140, 300); // 1 to 100 are in flight
    assert!(story.append(141..=160, 300).is_empty());
    assert_eq!(story.machine.waiting(), 150);
    assert_eq!(story.removed_as(Reason::QueueFull), (101..=110).collect::<Vec<u64>>());
}

#[test]
fn c14_beyond_the_cap_by_bytes_the_oldest_are_given_up_and_counted() {
    let mut story = Story::within(Limits { queue_bytes: 100_000, ..Limits::DEFAULT });
    story.append(1..=3, 20_000); // 1 and 2 are in flight
    story.append(4..=6, 20_000);
    assert_eq!(story.removed_as(Reason::QueueFull), [3]);
    story.answer(1, 200);
    assert_eq!(story.removed_as(Reason::Acknowledged), [1, 2]);
}

#[test]
fn ten_thousand_events_that_wait_are_delivered_in_order() {
    let mut story = Story::new();
    let mut batch = story.append(1..=10_000, 300).pop();
    while let Some(sent) = batch {
        let following = story.answer(sent.batch, 200);
        batch = following.last().cloned().or_else(|| story.pass(5_000).pop());
    }
    let acknowledged = story.removed_as(Reason::Acknowledged);
    assert_eq!(acknowledged, (1..=10_000).collect::<Vec<u64>>());
    assert_eq!(story.sent.len(), 100);
}
