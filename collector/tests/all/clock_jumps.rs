//! The collector's own clock jumps, back and far ahead: what arrives is kept, once, with a time that can be written.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ripen_collector::clock::{Clock, Millis};
use ripen_collector::store::SqliteStore;
use serde_json::{Value, json};

use crate::support::{Doors, NOW, batch_of};

struct Jumping(AtomicI64);

impl Clock for Jumping {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn whatever_the_clock_shows_events_are_kept_once_and_have_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("ripen.db")).unwrap();
    let clock = Arc::new(Jumping(AtomicI64::new(NOW.0)));
    let doors = Doors::before(store, 16, Arc::clone(&clock) as Arc<dyn Clock>);
    let timeless = |id: usize| json!({"writeKey": "key", "messageId": id.to_string(), "userId": "u"});
    // An hour, a year and a century back; ahead; the beginning of time as it counts; as far as it can count.
    let jumps =
        [NOW.0 - 3_600_000, NOW.0 - 31_536_000_000, NOW.0 - 3_153_600_000_000, NOW.0 * 2, 0, -1, NOW.0];
    for (id, now) in jumps.into_iter().enumerate() {
        clock.0.store(now, Ordering::SeqCst);
        assert_eq!(doors.post(batch_of([format!("m{id}")])).await.counts(), (1, 0, 0), "{now}");
        assert_eq!(
            doors.post(batch_of(["m0".to_owned(), format!("m{id}")])).await.counts(),
            (0, 2, 0),
            "{now}"
        );
        assert_eq!(doors.post_to("/v1/track", timeless(id).to_string()).await.counts(), (1, 0, 0), "{now}");
    }
    let mut store = SqliteStore::open_existing(&folder.path().join("ripen.db")).unwrap();
    let log = Doors::log_in(&mut store, "key");
    assert_eq!(log.len(), 2 * jumps.len());
    for (event, now) in log.iter().zip(jumps.iter().flat_map(|now| [*now; 2])) {
        assert_eq!(event.received, Millis(now));
        let message: Value = serde_json::from_str(&event.entry.message).unwrap();
        let text = message["timestamp"].as_str().unwrap();
        assert_eq!(ripen::engine::parse_timestamp(text), Some(event.entry.happened), "{text}");
    }
    let positions: Vec<_> = log.iter().map(|event| event.position).collect();
    assert!(positions.is_sorted(), "in order of receipt, whatever the clock says");
}
