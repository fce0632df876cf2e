//! The status contract, status by status, through the machine.

use super::story::Story;
use crate::delivery::Reason;

/// What becomes of two events, of which nothing is known, after one answer.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Acknowledged,
    /// Both again, within this many milliseconds at most, and at the earliest after so many.
    Again {
        together: bool,
        earliest: i64,
        latest: i64,
    },
    /// Halved at once.
    Searched,
}

fn fate(status: u16) -> Fate {
    let mut story = Story::new();
    story.append(1..=2, 300);
    story.flush();
    let sent = story.answer(1, status);
    if story.removed_as(Reason::Acknowledged) == [1, 2] {
        return Fate::Acknowledged;
    }
    assert!(story.removed.is_empty(), "{status}");
    if let [first] = &sent[..] {
        assert_eq!(first.keys, [1], "{status}");
        return Fate::Searched;
    }
    assert!(story.machine.retrying(), "{status}");
    let start = story.now;
    let again = story.wait();
    let earliest = if story.now - start >= 30_000 { 30_000 } else { 1 };
    let latest = earliest + 1_000;
    assert!((earliest..=latest).contains(&(story.now - start)), "{status}: {} ms", story.now - start);
    Fate::Again { together: again.keys.len() == 2, earliest, latest }
}

#[test]
fn each_status_has_its_meaning() {
    let unavailable = Fate::Again { together: true, earliest: 1, latest: 1_001 };
    let faulty = Fate::Again { together: false, earliest: 1, latest: 1_001 };
    let astray = Fate::Again { together: false, earliest: 30_000, latest: 31_000 };
    let table: [(&[u16], Fate); 5] = [
        (&[200, 201, 202, 204, 299], Fate::Acknowledged),
        (&[0, 101, 408, 425, 429, 501, 502, 503, 504, 507, 511, 599, 600, 999], unavailable),
        (&[400, 406, 409, 412, 413, 414, 416, 422, 424, 428, 499], Fate::Searched),
        (&[500], faulty),
        (&[301, 302, 304, 401, 402, 403, 404, 405, 407, 410, 411, 415, 421, 426, 431, 451], astray),
    ];
    for (statuses, expected) in table {
        for &status in statuses {
            assert_eq!(fate(status), expected, "{status}");
        }
    }
}

#[test]
fn an_answer_to_an_unknown_batch_changes_nothing() {
    let mut story = Story::new();
    story.append(1..=2, 300);
    story.flush();
    for status in [200, 400, 503, 0] {
        assert!(story.answer(99, status).is_empty());
    }
    assert!(story.removed.is_empty());
    assert!(!story.machine.retrying());
    story.answer(1, 200);
    story.append(3..=3, 300);
    story.answer(1, 200);
    assert_eq!(story.machine.waiting(), 1, "a second answer to the same batch is none");
}

#[test]
fn c06_what_got_no_answer_is_sent_again_under_the_same_keys_when_its_lease_has_ended() {
    for (late, waiting) in [(200, 0), (503, 2), (400, 2), (0, 2)] {
        let mut story = Story::new();
        story.append(1..=2, 300);
        story.flush();
        assert!(story.pass(59_999).is_empty());
        let again = story.wait();
        assert_eq!((again.batch, &again.keys[..]), (2, &[1, 2][..]));
        // The first answer comes after all: an acceptance is heard, since nothing need be sent again then.
        story.answer(1, late);
        assert_eq!(story.machine.waiting(), waiting, "{late}");
        story.answer(2, 200);
        assert_eq!(story.removed_as(Reason::Acknowledged), [1, 2], "told once");
    }
}

#[test]
fn an_answer_that_comes_very_late_is_not_waited_for() {
    let mut story = Story::new();
    story.append(1..=1, 300);
    story.flush();
    for batch in 2..=10 {
        assert_eq!(story.wait().batch, batch);
    }
    story.answer(1, 200);
    assert_eq!(story.machine.waiting(), 1, "nine leases have ended since");
    story.answer(2, 200);
    assert_eq!(story.machine.waiting(), 0);
}

#[test]
fn c05_an_event_told_again_after_a_late_acceptance_is_in_one_request_only() {
    let mut story = Story::new();
    story.append(1..=2, 300);
    story.flush();
    story.answer(1, 404); // 1 and 2 are set aside, apart
    let first = story.wait();
    assert_eq!(first.keys, [1]);
    assert_eq!(story.wait().keys, [2], "the lease on 1 has ended");
    story.answer(first.batch, 200); // late
    story.append(1..=1, 300); // by a tab that has not heard
    assert_eq!(story.hide().len(), 1);
}
