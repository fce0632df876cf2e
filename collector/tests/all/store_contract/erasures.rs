//! Requests to be forgotten.

use ripen_collector::access::{ActId, Actor, By};
use ripen_collector::clock::Millis;
use ripen_collector::limits::ERASURES_OPEN;
use ripen_collector::store::{Erasure, ErasureId, ErasureRequest, ErasureState, Person, Store, TenantId};

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

pub(super) fn c43_as_many_are_open_as_may_be_and_who_is_vouched_for_is_counted_apart(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (store.directory().tenant("k").unwrap(), store.directory().tenant("l").unwrap());
    let ask = |number: usize| request(tenant, 1, Some(&format!("a{number}")), None);
    let many: Vec<_> = (0..=ERASURES_OPEN).map(ask).collect();
    let kept = store.erasures().request_erasures(&many).unwrap();
    assert!(kept[..ERASURES_OPEN].iter().all(|kept| *kept) && !kept[ERASURES_OPEN]);
    let last = ErasureRequest { verified: true, ..ask(ERASURES_OPEN) };
    let first = ErasureRequest { verified: true, ..ask(0) };
    let (more, next) = (ask(ERASURES_OPEN + 1), ask(ERASURES_OPEN + 2));
    let others = ErasureRequest { tenant: other, ..more.clone() };
    // One that is open already is that one; of what is verified from now on there is one less of the others.
    let all = [more.clone(), ask(7), last, others, first, more, next];
    assert_eq!(
        all.map(|request| store.erasures().request_erasures(&[request]).unwrap()[0]),
        [false, true, true, true, true, true, false]
    );
    assert_eq!(
        store.erasures().erasures(tenant, ErasureId::START, usize::MAX).unwrap().len(),
        ERASURES_OPEN + 2
    );
}

pub(super) fn c43_what_somebody_made_up_is_dismissed_and_makes_room(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (store.directory().tenant("k").unwrap(), store.directory().tenant("l").unwrap());
    let made_up = |number: usize| request(tenant, 1, Some(&format!("a{number}")), None);
    let many: Vec<_> = (0..ERASURES_OPEN).map(made_up).collect();
    store.erasures().request_erasures(&many).unwrap();
    let signed = ErasureRequest { verified: true, ..request(tenant, 1, None, Some("u")) };
    store.erasures().request_erasures(&[signed, request(other, 1, Some("a"), None)]).unwrap();
    let ids: Vec<ErasureId> = listed(&mut *store, tenant).into_iter().map(|erasure| erasure.id).collect();
    let all_but_two = ids[1]..=ErasureId(i64::MAX);
    let by = By { who: Actor::Cli, at: Millis(5) };
    let dismiss =
        |store: &mut dyn Store| store.erasures().dismiss_erasures(tenant, all_but_two.clone(), by).unwrap();
    assert_eq!((dismiss(&mut *store), dismiss(&mut *store)), (ERASURES_OPEN as u64 - 1, 0));

    let rest = listed(&mut *store, tenant);
    let (first, last) = (&rest[0], rest.last().unwrap());
    assert_eq!((first.state, last.state, last.verified), (ErasureState::Open, ErasureState::Open, true));
    let nobody = Person { anonymous_id: None, user_id: None };
    let dismissed = &rest[1..ERASURES_OPEN];
    assert!(dismissed.iter().all(|one| (one.state, &one.whom) == (ErasureState::Dismissed, &nobody)));
    assert_eq!(listed(&mut *store, other)[0].state, ErasureState::Open);
    assert_eq!(store.erasures().request_erasures(&[made_up(7)]).unwrap(), [true]);
    let acts = store.audit().acts(tenant, ActId::START, 9).unwrap();
    assert_eq!(acts.last().map(|act| act.action.as_str()), Some("erasures.dismissed"));
}

fn listed(store: &mut dyn Store, tenant: TenantId) -> Vec<Erasure> {
    store.erasures().erasures(tenant, ErasureId::START, usize::MAX).unwrap()
}
