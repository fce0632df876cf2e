//! Every limit of the collector, in one place. Sizes are bytes; the wire limits are Segment's.

use std::time::Duration;

/// Of a request's body.
pub const BODY_BYTES: usize = 500 * 1024;

/// Of one event as JSON text, as it came.
pub const EVENT_BYTES: usize = 32 * 1024;

/// Of one batch.
pub const BATCH_EVENTS: usize = 2_500;

/// Of a batch's shared `context`, counted once for each event that it is written into: without it a body within the
/// limit could ask for a gigabyte.
pub const SHARED_CONTEXT_BYTES: usize = BODY_BYTES;

/// How much of a body that is too large is read and thrown away, so that the client gets to read the refusal
/// instead of a reset connection.
pub const DISCARDED_BYTES: usize = 8 * 1024 * 1024;

/// How long a body may take to arrive.
pub const BODY_DEADLINE: Duration = Duration::from_secs(30);

/// Requests that are being read or wait for the writer. More are told to come back: this is what bounds memory.
pub const QUEUED_REQUESTS: usize = 512;

/// Events after which the writer stops taking more requests into the same transaction.
pub const COMMIT_EVENTS: usize = 5_000;

/// What `Retry-After` says, in seconds. Clients add their own jitter.
pub const RETRY_AFTER_S: u32 = 2;

/// How long a health check waits for the writer.
pub const HEALTH_DEADLINE: Duration = Duration::from_secs(5);

/// How long requests that are under way may take after the signal to stop.
pub const DRAIN_DEADLINE: Duration = Duration::from_secs(10);

/// Events that an export holds in memory at a time.
pub const EXPORT_PAGE: usize = 1_000;

// What our own pages send is always taken.
const _: () = {
    let pages = ripen::delivery::Limits::DEFAULT;
    assert!(pages.event_bytes as usize <= EVENT_BYTES);
    assert!(pages.batch_events <= BATCH_EVENTS);
    assert!(pages.batch_bytes as usize <= BODY_BYTES);
};
