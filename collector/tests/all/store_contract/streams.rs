//! What is known of streams.

use std::collections::BTreeSet;

use ripen_collector::clock::Millis;
use ripen_collector::limits::STREAM_REASONS;
use ripen_collector::store::{Batch, Store, TenantId};
use ripen_collector::stream::{Counts, Sequenced, StreamId, StreamLosses, StreamReport};
use serde_json::{Value, json};

use super::{Place, appended, batch};

fn stream(name: &str) -> StreamId {
    StreamId::new(name).unwrap()
}

fn at(name: &str, sequence: u64) -> Sequenced {
    Sequenced { stream: stream(name), sequence }
}

fn report(name: &str, taken: u64, dropped: Value, untaken: Value) -> (StreamId, StreamReport) {
    let counts = |value| Counts::read(&value).0;
    (stream(name), StreamReport { taken, dropped: counts(dropped), untaken: counts(untaken) })
}

fn heard(
    tenant: TenantId,
    received: i64,
    sequenced: Vec<Sequenced>,
    reports: Vec<(StreamId, StreamReport)>,
) -> Batch {
    Batch { received: Millis(received), sequenced, reports, ..batch(tenant, &[]) }
}

fn all(store: &mut dyn Store, tenant: TenantId) -> Vec<StreamLosses> {
    store.streams().losses(tenant, None, usize::MAX).unwrap()
}

pub(super) fn c05_of_a_streams_counters_the_largest_hold_in_any_order(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let early = heard(tenant, 5, vec![], vec![report("s", 3, json!({"a": 1, "b": 2}), json!({"x": 1}))]);
    let late = heard(tenant, 9, vec![], vec![report("s", 7, json!({"a": 4, "c": 1}), json!(null))]);
    // Twice in one batch, in one transaction, and after it.
    let both = Batch { reports: [early.reports.clone(), late.reports.clone()].concat(), ..late.clone() };
    store.log().append(&[late.clone(), early.clone(), both]).unwrap();
    store.log().append(&[early]).unwrap();
    let (stream, merged) = report("s", 7, json!({"a": 4, "b": 2, "c": 1}), json!({"x": 1}));
    let expected = StreamLosses { stream, report: merged, arrived: 0, highest: None, heard: Millis(9) };
    assert_eq!(all(&mut *store, tenant), [expected]);
    store.close().unwrap();
    assert_eq!(all(&mut *place.open(), tenant)[0].missing(), 0);
}

pub(super) fn c06_a_sequence_arrives_once_also_by_an_event_that_was_there_before(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let first = Batch { sequenced: vec![at("s", 0), at("s", 3)], ..batch(tenant, &["a", "b"]) };
    let again =
        Batch { sequenced: vec![at("s", 3), at("s", 4), at("t", 0)], ..batch(tenant, &["b", "c", "a"]) };
    assert_eq!(store.log().append(&[first, again]).unwrap(), [appended(2, 0), appended(1, 2)]);
    let found: Vec<_> = all(&mut *store, tenant)
        .into_iter()
        .map(|l| (l.stream.clone(), l.arrived, l.highest, l.missing(), l.heard))
        .collect();
    let expected = [(stream("s"), 3, Some(4), 2, Millis(7)), (stream("t"), 1, Some(0), 0, Millis(7))];
    assert_eq!(found, expected);
}

pub(super) fn c06_sequences_that_come_in_any_order_again_and_again_are_counted_once(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let mut arrived = BTreeSet::new();
    let mut random = 1_u64;
    let mut below = |most: u64| {
        // The generator of Knuth's MMIX.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % most
    };
    for _ in 0..400 {
        let (first, length) = (below(300), below(6));
        let mut sequences: Vec<u64> =
            (first..first + length).chain((0..below(3)).map(|_| below(300))).collect();
        sequences.reverse();
        arrived.extend(sequences.iter().copied());
        let sequenced = sequences.into_iter().map(|sequence| at("s", sequence)).collect();
        store
            .log()
            .append(&[heard(tenant, 1, sequenced, vec![report("s", 0, json!({}), json!({}))])])
            .unwrap();
        let known = &all(&mut *store, tenant)[0];
        assert_eq!((known.arrived, known.highest), (arrived.len() as u64, arrived.last().copied()));
    }
    assert!(arrived.len() > 250, "they have grown together: {}", arrived.len());
}

pub(super) fn streams_of_one_name_at_two_tenants_are_two(place: &dyn Place) {
    let mut store = place.open();
    let (one, two) = (store.directory().tenant("one").unwrap(), store.directory().tenant("two").unwrap());
    let batches = [
        heard(one, 1, vec![at("s", 0)], vec![report("s", 2, json!({}), json!({}))]),
        heard(two, 2, vec![at("s", 5)], vec![]),
    ];
    store.log().append(&batches).unwrap();
    let of = |tenant, store: &mut dyn Store| (all(store, tenant)[0].taken(), all(store, tenant)[0].arrived);
    assert_eq!((of(one, &mut *store), of(two, &mut *store)), ((2, 1), (6, 1)));
}

pub(super) fn pages_of_streams_follow_the_order_of_their_ids(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let names = ["b", "B", "a-1", "a", "_", "10", "9", "aa"];
    for name in names {
        store.log().append(&[heard(tenant, 1, vec![at(name, 0)], vec![])]).unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), None);
    while let Some(losses) = store.streams().losses(tenant, after.as_ref(), 1).unwrap().pop() {
        seen.push(losses.stream.as_str().to_owned());
        after = Some(losses.stream);
    }
    assert_eq!(seen, ["10", "9", "B", "_", "a", "a-1", "aa", "b"]);
}

pub(super) fn a_transaction_that_fails_hears_nothing(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let reports = vec![report("s", 2, json!({}), json!({}))];
    let good = Batch { sequenced: vec![at("s", 0)], reports: reports.clone(), ..batch(tenant, &["a"]) };
    let unknown = heard(TenantId(999), 1, vec![], reports);
    assert!(store.log().append(&[good.clone(), unknown]).is_err());
    assert_eq!(all(&mut *store, tenant), []);
    assert_eq!(store.log().append(&[good]).unwrap(), [appended(1, 0)]);
    assert_eq!(all(&mut *store, tenant)[0].missing(), 1);
}

pub(super) fn what_is_kept_of_a_stream_is_bounded(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    for round in 0..4 {
        let many = (0..STREAM_REASONS).map(|n| (format!("r{round}-{n}"), json!(1))).collect();
        let reports = vec![report("s", 1, Value::Object(many), json!({}))];
        store.log().append(&[heard(tenant, 1, vec![], reports)]).unwrap();
    }
    assert_eq!(all(&mut *store, tenant)[0].report.dropped.sum(), STREAM_REASONS as u64);
}
