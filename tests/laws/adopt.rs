//! A browser takes over what the collector knows of its person: the collector's snapshot and what it has not = all.

use proptest::prelude::*;
use ripen::engine::{Device, Event, Millis, Playbook, Scope, Seen};
use ripen::playbook::compile;

use crate::usage::{HOUR, event, playbook, usage};

fn folded(playbook: &Playbook, present: &str, events: &[Event]) -> Device {
    let mut device = Device::default();
    device.set_present(present);
    for event in events {
        device.fold(playbook, event, None);
    }
    device
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Some of the events happened here, the others on other devices; up to some point the collector has all of them.
    #[test]
    fn c17_c30_a_snapshot_and_what_it_has_not_is_all(
        events in usage(),
        here in prop::collection::vec(any::<bool>(), 40),
        cut in any::<prop::sample::Index>(),
        wait in 0..400_i64,
    ) {
        let playbook = playbook();
        let cut = cut.index(events.len()) + 1;
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR);
        let (known, later) = events.split_at(cut);
        let own = |(_, here): &(&Event, &bool)| **here;
        let clone = |(event, _): (&Event, &bool)| event.clone();
        let mine: Vec<Event> = known.iter().zip(&here).filter(own).map(clone).chain(later.iter().cloned()).collect();

        let mut whole = folded(playbook, "u", &events);
        whole.advance(playbook, end);
        let collector = folded(playbook, "u", known);

        let mut device = folded(playbook, "u", &mine);
        // As the journal gives them: in any order.
        let mut unknown = later.to_vec();
        unknown.reverse();
        prop_assert!(device.adopt(playbook, &collector.snapshot(playbook), unknown.clone(), end));
        prop_assert_eq!(device.person(), whole.person());
        prop_assert_eq!(device.late(), 0);
        // Again, by what came an hour later: of that nothing is different, nor is anything news.
        prop_assert!(device.adopt(playbook, &collector.snapshot(playbook), unknown, end));
        prop_assert_eq!(device.person(), whole.person());
        prop_assert_eq!(device.advance(playbook, end), vec![]);
    }
}

fn counting(more: &str) -> Playbook {
    compile(&format!(r#"{{"signals": {{"n": {{"count": "a"}}{more}}}}}"#)).unwrap().playbook
}

fn count(device: &Device, playbook: &Playbook) -> Option<f64> {
    match device.sight(playbook, Millis(1_000_000))?.signal(Scope::Person, 0) {
        Seen::Number(number) => Some(number),
        _ => None,
    }
}

fn of(user: Option<&str>, number: usize) -> Event {
    Event {
        user: user.map(str::to_owned),
        anonymous: Some("here".into()),
        ..event(number, number as i64 * 1000, "a")
    }
}

#[test]
fn whoever_else_uses_the_browser_stays_as_they_are() {
    let playbook = counting("");
    let elsewhere = folded(&playbook, "u", &[event(1, 1000, "a"), event(2, 2000, "a")]).snapshot(&playbook);
    let mut device = folded(&playbook, "u", &[of(Some("v"), 3), of(Some("u"), 4), of(None, 5)]);
    // The anonymous id was joined to v first, to u later.
    assert_eq!(count(&device, &playbook), Some(2.0));
    let events = vec![of(Some("v"), 3), of(Some("u"), 4), of(None, 5)];
    assert!(device.adopt(&playbook, &elsewhere, events, Millis(6000)));
    assert_eq!(count(&device, &playbook), Some(4.0));
    device.set_present("v");
    assert_eq!(count(&device, &playbook), Some(1.0));
}

#[test]
fn what_cannot_be_read_or_is_of_another_playbook_changes_nothing() {
    let (playbook, other) = (counting(""), counting(r#", "m": {"count": "b"}"#));
    let mut device = folded(&playbook, "u", &[of(Some("u"), 3)]);
    let before = device.clone();
    let whole = folded(&playbook, "u", &[event(1, 1000, "a")]).snapshot(&playbook);
    let of_another = folded(&other, "u", &[event(1, 1000, "a")]).snapshot(&other);
    for bytes in [&[][..], &whole[..whole.len() - 1], &[&[0xA9, 0], &whole[2..]].concat(), &of_another] {
        assert!(!device.adopt(&playbook, bytes, vec![of(Some("u"), 3)], Millis(6000)));
        assert_eq!(device, before);
    }
}

#[test]
fn what_is_older_than_the_snapshots_last_event_is_folded_all_the_same_and_said_to_be_late() {
    let playbook = counting("");
    let elsewhere = folded(&playbook, "u", &[event(9, 9000, "a")]).snapshot(&playbook);
    let mut device = folded(&playbook, "u", &[]);
    assert!(device.adopt(&playbook, &elsewhere, vec![of(Some("u"), 3), of(Some("u"), 4)], Millis(9000)));
    assert_eq!((count(&device, &playbook), device.late()), (Some(3.0), 2));
}
