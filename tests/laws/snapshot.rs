//! Fold from the start = restore any snapshot and fold the rest.

use proptest::prelude::*;
use ripen::engine::{Change, Device, Event, Millis, Past, Playbook};

use crate::usage::{HOUR, playbook, usage};

fn fold(device: &mut Device, playbook: &Playbook, events: &[Event]) -> Vec<Change> {
    events.iter().flat_map(|event| device.fold(playbook, event, None).changes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn restoring_any_snapshot_and_going_on_is_going_on(events in usage(), cut in any::<prop::sample::Index>(), wait in 0..400_i64) {
        let playbook = playbook();
        let (before, after) = events.split_at(cut.index(events.len() + 1));
        let end = Millis(events.last().unwrap().time.0 + wait * HOUR);

        let mut whole = Device::default();
        whole.set_present("u");
        let mut wanted = fold(&mut whole, playbook, before);
        let told = wanted.len();
        wanted.extend(fold(&mut whole, playbook, after));
        wanted.extend(whole.advance(playbook, end));

        let mut first = Device::default();
        first.set_present("u");
        fold(&mut first, playbook, before);
        let mut second = Device::restore(playbook, &first.snapshot(playbook), Past::default()).unwrap();
        let mut found = fold(&mut second, playbook, after);
        found.extend(second.advance(playbook, end));

        prop_assert_eq!(&found, &wanted[told..]);
        prop_assert_eq!(second.snapshot(playbook), whole.snapshot(playbook));
    }

    #[test]
    fn damage_to_a_snapshot_is_found_or_harmless(events in usage(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let playbook = playbook();
        let mut device = Device::default();
        device.set_present("u");
        fold(&mut device, playbook, &events);
        let mut bytes = device.snapshot(playbook);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        // It may read as another state, but it reads or it does not: nothing panics, then or when going on.
        if let Some(mut damaged) = Device::restore(playbook, &bytes, Past::default()) {
            fold(&mut damaged, playbook, &events);
        }
        prop_assert_eq!(Device::restore(playbook, &bytes[..at], Past::default()), None);
    }
}
