//! Requests to be forgotten.

use ripen_collector::clock::Millis;
use ripen_collector::store::{ErasureId, ErasureRequest, ErasureState, Person, Store, TenantId};

use super::Place;

fn request(tenant: TenantId, received: i64, anonymous: Option<&str>, user: Option<&str>) -> ErasureRequest {
    let whom = Person { anonymous_id: anonymous.map(str::to_owned), user_id: user.map(str::to_owned) };
    ErasureRequest { tenant, received: Millis(received), whom, verified: false }
}

/// When, and who.
fn asked(store: &mut dyn Store, tenant: TenantId) -> Vec<(i64, Person)> {
    let erasures = store.erasures().erasures(tenant, ErasureId::START, usize::MAX).unwrap();
    assert!(erasures.iter().all(|erasure| erasure.state == ErasureState::Open));
    erasures.into_iter().map(|erasure| (erasure.received.0, erasure.whom)).collect()
}

pub(super) fn c43_the_same_ids_are_one_request_as_long_as_it_is_open(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let all = [
        request(tenant, 1, Some("a"), Some("u")),
        request(tenant, 2, Some("a"), None),
        request(tenant, 3, None, Some("a")),
        request(tenant, 4, Some("A"), None),
    ];
    let again: Vec<_> =
        all.iter().cloned().map(|request| ErasureRequest { received: Millis(9), ..request }).collect();
    store.erasures().request_erasures(&[&all[..], &again[..2]].concat()).unwrap();
    store.close().unwrap();
    let mut store = place.open();
    store.erasures().request_erasures(&again).unwrap();
    let expected: Vec<_> = all.into_iter().map(|request| (request.received.0, request.whom)).collect();
    assert_eq!(asked(&mut *store, tenant), expected);
}

pub(super) fn c43_requests_are_listed_by_tenant_in_order_of_receipt(place: &dyn Place) {
    let mut store = place.open();
    let (one, two) = (store.directory().tenant("one").unwrap(), store.directory().tenant("two").unwrap());
    let strange = ["z", "a\0b", "😀", "a"];
    for user in strange {
        store
            .erasures()
            .request_erasures(&[request(one, 1, None, Some(user)), request(two, 2, Some("v"), None)])
            .unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), ErasureId::START);
    while let Some(erasure) = store.erasures().erasures(one, after, 1).unwrap().pop() {
        assert!(erasure.id > after);
        after = erasure.id;
        seen.push(erasure.whom.user_id.unwrap());
    }
    assert_eq!(seen, strange);
    assert_eq!(asked(&mut *store, two).len(), 1);
}

pub(super) fn c43_requests_that_fail_leave_nothing(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let good = request(tenant, 1, Some("a"), None);
    assert!(
        store
            .erasures()
            .request_erasures(&[good.clone(), request(TenantId(999), 1, Some("a"), None)])
            .is_err()
    );
    assert_eq!(asked(&mut *store, tenant), []);
    store.erasures().request_erasures(&[good]).unwrap();
    assert_eq!(asked(&mut *store, tenant).len(), 1);
    assert_eq!(store.check().unwrap(), 0);
}
