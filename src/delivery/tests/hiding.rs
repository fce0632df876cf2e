//! The page is being hidden, and may be gone for good.

use super::story::{Sent, Story, keys};

fn body(sent: &[Sent], bytes: u32) -> u32 {
    sent.iter().map(|sent| 1024 + sent.keys.len() as u32 * (bytes + 1)).sum()
}

#[test]
fn c01_at_most_half_the_quota_is_used_and_the_rest_follows_when_there_is_room() {
    let mut story = Story::new();
    story.append(1..=90, 600);
    let sent = story.hide();
    assert!(sent.len() > 1 && sent.iter().all(|sent| sent.keepalive), "in chunks");
    assert!(body(&sent, 600) <= 24 * 1024 && body(&sent, 600) > 22 * 1024);
    let more = story.answer(sent[0].batch, 200);
    assert!(!more.is_empty() && more.iter().all(|sent| sent.keepalive));
    assert!(body(&sent[1..], 600) + body(&more, 600) <= 24 * 1024);
}

#[test]
fn what_is_in_flight_is_not_sent_again_at_hiding() {
    let mut story = Story::new();
    let routine = story.append(1..=105, 500);
    assert_eq!(keys(&routine), [(1..=100).collect::<Vec<u64>>()]);
    assert_eq!(keys(&story.hide()), [vec![101, 102, 103, 104, 105]]);
}

#[test]
fn c03_routine_requests_are_never_keepalive() {
    let mut story = Story::new();
    let mut pending = story.append(1..=1_000, 300);
    pending.extend(story.flush());
    while let Some(sent) = pending.pop() {
        assert!(!sent.keepalive);
        pending.extend(story.answer(sent.batch, 200));
    }
    // In the background for long, neither.
    story.hide();
    story.pass(5_000);
    story.resume();
    story.append(1_001..=1_001, 300);
    assert!(!story.pass(5_000)[0].keepalive);
}

#[test]
fn c03_a_page_that_still_runs_after_it_was_hidden_goes_on_with_routine_requests() {
    let mut story = Story::new();
    story.append(1..=90, 600);
    let first = story.hide();
    assert!(first.iter().all(|sent| sent.keepalive));
    let rest = story.pass(5_000);
    assert_eq!(rest.len(), 1);
    assert!(!rest[0].keepalive);
    let total: usize = first.iter().chain(&rest).map(|sent| sent.keys.len()).sum();
    assert_eq!(total, 90);
}

#[test]
fn c04_an_event_tracked_while_hidden_is_sent_at_once() {
    let mut story = Story::new();
    assert!(story.hide().is_empty());
    for (key, wait) in [(1, 0), (2, 0), (3, 100), (4, 60_000), (5, 3_600_000)] {
        story.pass(wait);
        let sent = story.append(key..=key, 300);
        assert_eq!(keys(&sent), [vec![key]]);
        assert!(sent[0].keepalive);
        if key >= 3 {
            (1..=key as u32).for_each(|batch| assert!(story.answer(batch, 200).is_empty()));
        }
    }
}

#[test]
fn hiding_during_a_pause_makes_one_try() {
    let mut story = Story::new();
    story.append(1..=2, 300);
    story.flush();
    story.answer_with_retry_after(1, 503, 600_000);
    let sent = story.hide();
    assert_eq!(keys(&sent), [vec![1, 2]]);
    story.answer(sent[0].batch, 503);
    assert!(story.append(3..=3, 300).is_empty(), "C11: that was the try");
    assert!(story.pass(500_000).is_empty());
    assert_eq!(story.pass(100_000).len(), 1);
}

#[test]
fn an_event_too_large_for_keepalive_holds_up_no_other_and_goes_when_the_page_lives() {
    let mut story = Story::new();
    story.append(1..=1, 32 * 1024);
    story.append(2..=3, 300);
    assert_eq!(keys(&story.hide()), [vec![2, 3]]);
    let later = story.pass(5_000);
    assert_eq!((keys(&later), later[0].keepalive), (vec![vec![1]], false));
}

#[test]
fn parts_of_a_refused_batch_go_by_keepalive_too() {
    let mut story = Story::new();
    story.append(1..=100, 300);
    story.answer(1, 400); // 1 to 50 in flight, 51 to 100 suspect
    let sent = story.hide();
    let mut told: Vec<u64> = sent.iter().flat_map(|sent| sent.keys.clone()).collect();
    told.sort_unstable();
    assert_eq!(told, (51..=100).collect::<Vec<u64>>());
    assert!(sent.len() > 1 && sent.iter().all(|sent| sent.keepalive));
}

#[test]
fn c03_only_a_new_event_brings_keepalive_back() {
    let mut story = Story::new();
    story.append(1..=200, 600); // one routine request is in flight
    let first = story.hide();
    assert!(story.pass(5_000).is_empty());
    assert!(story.answer(first[0].batch, 200).is_empty(), "there is quota, but the page lives");
    assert!(story.append(150..=200, 600).is_empty(), "these are known");
    assert!(story.append(201..=201, 600)[0].keepalive);
}
