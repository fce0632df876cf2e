//! The page's clock may jump.

use super::story::Story;
use crate::delivery::Machine;

const WEEK: i64 = 7 * 86_400_000;
const YEARS: i64 = 20 * 365 * 86_400_000;

#[test]
fn a_week_forwards_ends_every_wait() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    story.now += WEEK;
    assert_eq!(story.tell(Machine::wake).len(), 1);
    story.answer(1, 503);
    story.now += WEEK;
    assert_eq!(story.tell(Machine::wake).len(), 1);
    story.now += WEEK; // the lease
    story.tell(Machine::wake);
    assert_eq!(story.wait().keys, [1]);
}

#[test]
fn years_backwards_delay_nothing_by_more_than_what_was_left() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    story.now -= YEARS;
    story.tell(Machine::wake);
    assert_eq!(story.pass(5_000).len(), 1);
    story.answer(1, 503);
    story.now -= YEARS;
    story.tell(Machine::wake);
    assert_eq!(story.pass(1_001).len(), 1);
    story.now -= YEARS;
    story.tell(Machine::wake);
    assert_eq!(story.pass(62_000).len(), 1);
}

#[test]
fn the_ends_of_time_are_no_end() {
    let mut story = Story::new();
    for (key, now) in [(1, 0), (2, i64::MAX), (3, i64::MIN), (4, i64::MAX), (5, i64::MIN), (6, 0)] {
        story.now = now;
        story.append(key..=key, 300);
        story.flush();
        let batch = story.sent.len() as u32;
        story.answer(batch, if key % 2 == 0 { 200 } else { 0 });
    }
    story.now = 0;
    story.resume();
    let batch = story.sent.len() as u32;
    story.answer(batch, 200);
    assert_eq!(story.machine.waiting(), 0);
}

#[test]
fn a_wake_that_comes_too_early_is_asked_for_again() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    for _ in 0..10 {
        story.now += 100;
        story.wake_at = None;
        assert!(story.tell(Machine::wake).is_empty());
        assert_eq!(story.wake_at, Some(1_700_000_005_000));
    }
}

#[test]
fn a_wake_is_told_once() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    for key in 2..50 {
        story.wake_at = None;
        story.append(key..=key, 300);
        assert_eq!(story.wake_at, None, "the face knows it already");
    }
}

#[test]
fn a_wake_that_was_lost_is_told_again_at_the_return() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    let asked = story.wake_at.take();
    story.resume();
    assert_eq!(story.wake_at, asked);
}
