//! Raw events go by age; what they count stays, and they do not come back.

use ripen_collector::clock::Millis;
use ripen_collector::store::{Batch, Entry, Folded, Position, TenantId};

use super::{Place, appended, batch, entry, ids};

fn received(tenant: TenantId, at: i64, ids: &[&str]) -> Batch {
    let entries = ids.iter().map(|id| Entry { happened: Millis(at - 1), ..entry(id, "{}") }).collect();
    Batch { received: Millis(at), entries, ..batch(tenant, &[]) }
}

pub(super) fn events_are_erased_by_age_in_short_steps(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (store.directory().tenant("k").unwrap(), store.directory().tenant("o").unwrap());
    let batches = [
        received(tenant, 10, &["a", "b", "c"]),
        received(other, 10, &["a"]),
        received(tenant, 20, &["d"]),
        received(tenant, 30, &["e"]),
    ];
    store.log().append(&batches).unwrap();
    let mut step = |limit| store.retention().erase_received_before(tenant, Millis(30), limit).unwrap();
    assert_eq!((step(2), step(2), step(2)), (2, 2, 0));
    assert_eq!(
        (ids(&mut *store, tenant), ids(&mut *store, other)),
        (vec!["e".to_owned()], vec!["a".to_owned()])
    );
    assert_eq!(store.check().unwrap(), 2);
    assert_eq!(store.retention().horizon(tenant).unwrap(), Some((Millis(20), 4)));
    assert_eq!(store.retention().horizon(other).unwrap(), None);
    // Later more is old.
    assert_eq!(store.retention().erase_received_before(tenant, Millis(31), 9).unwrap(), 1);
    store.close().unwrap();
    let mut store = place.open();
    assert_eq!(store.retention().horizon(tenant).unwrap(), Some((Millis(30), 5)));
}

pub(super) fn what_is_not_folded_yet_is_not_erased(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    store.log().append(&[received(tenant, 10, &["a", "b", "c"])]).unwrap();
    store.folds().fold_by(tenant, 1, b"a playbook").unwrap();
    assert_eq!(store.retention().erase_received_before(tenant, Millis(99), 9).unwrap(), 0);
    let second = store.log().read(tenant, Position::START, 9).unwrap()[1].position;
    let turn = store.folds().progress(tenant).unwrap().turn;
    let folded = Folded { position: Some(second), ..Folded::default() };
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
    assert_eq!(store.retention().erase_received_before(tenant, Millis(99), 9).unwrap(), 2);
    assert_eq!(ids(&mut *store, tenant), ["c"]);
}

pub(super) fn c06_an_event_of_a_clock_that_was_ahead_does_not_come_back(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let ahead = Batch {
        entries: vec![Entry { happened: Millis(500), ..entry("ahead", "{}") }],
        ..received(tenant, 10, &[])
    };
    store.log().append(std::slice::from_ref(&ahead)).unwrap();
    assert_eq!(store.retention().erase_received_before(tenant, Millis(30), 9).unwrap(), 1);
    assert_eq!(store.log().append(&[Batch { received: Millis(40), ..ahead }]).unwrap(), [appended(0, 1)]);
}

pub(super) fn a_clock_that_was_ahead_once_does_not_end_retention(place: &dyn Place) {
    for ahead in [1_usize, 3, 7, 20] {
        let mut store = place.open();
        let tenant = store.directory().tenant(&format!("k{ahead}")).unwrap();
        let names = |kind: &str, count: usize| (0..count).map(|n| format!("{kind}-{ahead}-{n:02}")).collect();
        let wrong: Vec<String> = names("ahead", ahead);
        let (before, after): (Vec<String>, Vec<String>) = (names("before", 2), names("after", 40));
        let young: Vec<String> = names("young", 5);
        let of =
            |at, ids: &[String]| received(tenant, at, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        store.log().append(&[of(10, &before), of(1_000, &wrong), of(20, &after), of(50, &young)]).unwrap();
        let mut step = || store.retention().erase_received_before(tenant, Millis(30), 4).unwrap();
        let mut rounds = 0;
        while step() > 0 {
            rounds += 1;
            assert!(rounds < 99);
        }
        let left = ids(&mut *store, tenant);
        // Received before events that were received before the horizon, they were so, too, whatever they say.
        assert_eq!(left, young, "{ahead} ahead");
        let (horizon, _) = store.retention().horizon(tenant).unwrap().unwrap();
        assert!(horizon <= Millis(30), "the door takes what happens now: {horizon:?}");
        let again = Batch { received: Millis(60), ..of(1_000, &wrong) };
        assert_eq!(store.log().append(&[again]).unwrap(), [appended(0, ahead as u64)]);
        assert_eq!(store.retention().erase_received_before(tenant, Millis(51), 9).unwrap(), 5);
        assert!(store.log().read(tenant, Position::START, 9).unwrap().is_empty());
    }
}
