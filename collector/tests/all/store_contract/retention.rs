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
    assert_eq!(store.retention().horizon(tenant).unwrap(), Some((Millis(30), 4)));
    assert_eq!(store.retention().horizon(other).unwrap(), None);
    // Later more is old.
    assert_eq!(store.retention().erase_received_before(tenant, Millis(31), 9).unwrap(), 1);
    store.close().unwrap();
    let mut store = place.open();
    assert_eq!(store.retention().horizon(tenant).unwrap(), Some((Millis(31), 5)));
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
