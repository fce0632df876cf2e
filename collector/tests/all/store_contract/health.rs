//! Delivery, counted by the day.

use ripen_collector::clock::Millis;
use ripen_collector::health::{Day, Seen, Source, Sums, Transport};
use ripen_collector::limits::SOURCES_A_DAY;
use ripen_collector::store::{Batch, Store, TenantId};
use ripen_collector::stream::{Sequenced, StreamId, StreamReport};

use super::{Place, batch};

const DAY: i64 = 24 * 3600 * 1000;

fn source(library: &str) -> Source {
    Source { library: library.to_owned(), ..Source::default() }
}

fn by(library: &str, batch: Batch) -> Batch {
    Batch { seen: Seen { source: source(library), transport: Transport::Fetch, ..Seen::default() }, ..batch }
}

fn at(stream: &str, sequences: &[u64]) -> Vec<Sequenced> {
    let stream = StreamId::new(stream).unwrap();
    sequences.iter().map(|sequence| Sequenced { stream: stream.clone(), sequence: *sequence }).collect()
}

fn says(stream: &str, taken: u64) -> Vec<(StreamId, StreamReport)> {
    vec![(StreamId::new(stream).unwrap(), StreamReport { taken, ..StreamReport::default() })]
}

/// Taken, arrived and missing, by day and library.
fn pages(store: &mut dyn Store, tenant: TenantId) -> Vec<(i64, String, u64, u64, i64)> {
    let rows = store.health().pages(tenant, Day(0)).unwrap();
    let numbers = |row: ripen_collector::store::PagesOfDay| {
        (row.day.0, row.source.library, row.counts.taken, row.counts.arrived, row.counts.missing)
    };
    rows.into_iter().map(numbers).collect()
}

pub(super) fn c05_requests_are_counted_by_day_source_and_way(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) =
        (store.directory().tenant("k").unwrap(), store.directory().tenant("other").unwrap());
    let mut rejected = Sums::default();
    rejected.add("no_person", 2);
    let refused = Seen { rejected, ..by("ripen", batch(tenant, &[])).seen };
    let days = [
        by("ripen", batch(tenant, &["a", "b"])),
        by("ripen", batch(tenant, &["a", "c"])),
        Batch { seen: refused, ..batch(tenant, &[]) },
        Batch { received: Millis(DAY), ..by("ripen", batch(tenant, &["d"])) },
        by("java", batch(tenant, &["e"])),
        by("ripen", batch(other, &["a"])),
    ];
    store.log().append(&days[..2]).unwrap();
    store.log().append(&days[2..]).unwrap();
    let rows = store.health().requests(tenant, Day(0)).unwrap();
    let numbers: Vec<_> = rows
        .iter()
        .map(|row| {
            let counts = &row.counts;
            (row.day.0, row.source.library.as_str(), counts.requests, counts.accepted, counts.duplicates)
        })
        .collect();
    assert_eq!(numbers, [(0, "java", 1, 1, 0), (0, "ripen", 3, 3, 1), (1, "ripen", 1, 1, 0)]);
    assert!(rows.iter().all(|row| row.transport == Transport::Fetch));
    assert_eq!(rows[1].counts.rejected.iter().collect::<Vec<_>>(), [("no_person", 2)]);
    assert_eq!(rows[1].counts.lateness.total(), 3, "of new events");
    assert_eq!(store.health().requests(tenant, Day(1)).unwrap().len(), 1);
    assert_eq!(store.health().requests(other, Day(0)).unwrap().len(), 1);
    store.health().forget_days_before(Day(1)).unwrap();
    assert_eq!(store.health().requests(tenant, Day(0)).unwrap().len(), 1);
}

pub(super) fn c05_what_comes_late_is_no_longer_missing_of_the_day_its_page_load_began(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let first = Batch { sequenced: at("s", &[0, 3]), reports: says("s", 5), ..batch(tenant, &[]) };
    store.log().append(&[by("ripen", first)]).unwrap();
    assert_eq!(pages(&mut *store, tenant), [(0, "ripen".to_owned(), 5, 2, 3)]);
    // The next day, by a page of a newer version, which tells of earlier page loads: they stay where they were.
    let late = Batch { received: Millis(DAY), sequenced: at("s", &[1, 2, 3, 4]), ..batch(tenant, &[]) };
    let other = Batch { reports: says("t", 1), received: Millis(DAY), ..batch(tenant, &[]) };
    store.log().append(&[by("newer", late), by("newer", other)]).unwrap();
    let expected = [(0, "ripen".to_owned(), 5, 5, 0), (1, "newer".to_owned(), 1, 0, 1)];
    assert_eq!(pages(&mut *store, tenant), expected);
    let sum = |of: fn(&ripen_collector::stream::StreamLosses) -> u64, store: &mut dyn Store| -> u64 {
        store.streams().losses(tenant, None, 100).unwrap().iter().map(of).sum()
    };
    assert_eq!(
        (sum(|losses| losses.arrived, &mut *store), sum(|losses| losses.missing(), &mut *store)),
        (5, 1)
    );
}

pub(super) fn made_up_sources_are_told_apart_up_to_a_bound(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let batches: Vec<Batch> = (0..SOURCES_A_DAY + 3)
        .map(|n| {
            let stream = format!("s{n}");
            by(&format!("made-up-{n:05}"), Batch { reports: says(&stream, 1), ..batch(tenant, &[]) })
        })
        .collect();
    store.log().append(&batches).unwrap();
    let rows = store.health().requests(tenant, Day(0)).unwrap();
    let rest = rows.iter().find(|row| row.source == Source::other()).unwrap();
    assert_eq!((rows.len(), rest.counts.requests), (SOURCES_A_DAY + 1, 3));
    let rows = store.health().pages(tenant, Day(0)).unwrap();
    assert_eq!((rows.len(), rows.iter().map(|row| row.counts.streams).sum()), (SOURCES_A_DAY + 1, 503_u64));
}
