//! Every number of delivery, and why it is that number.

/// What a batch, the queue and a pause may be. `DEFAULT` is what pages use; tests use smaller ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// An event as UTF-8 JSON. Segment refuses events above 32 KB. Larger ones are removed and never sent.
    pub event_bytes: u32,
    /// Events in a batch: full enough that headers do not matter, small enough that a refused batch is searched
    /// through in fourteen requests.
    pub batch_events: usize,
    /// Body of a batch. Any two events of the largest size do not fit, any one does. A batch on a slow mobile uplink
    /// (64 kbit/s) takes 8 seconds, well under the lease.
    pub batch_bytes: u32,
    /// What the body of a batch may always be, however slow the network is and whatever a proxy calls too large: a few
    /// events, so that the overhead is no more than they are.
    pub least_batch_bytes: u32,
    /// Counted for each batch on top of its events: brackets, write key, `sentAt`, counters of losses.
    pub overhead_bytes: u32,
    /// How old the oldest event may get before a batch is sent that is not full.
    pub age_ms: i64,
    /// Events in the queue. Beyond this the oldest are given up (C14).
    pub queue_events: usize,
    /// Bytes in the queue: what the smallest store below us, localStorage, grants a whole site in browsers.
    pub queue_bytes: u64,
    /// Bodies of keepalive requests in flight, together. The Fetch standard grants a page 64 KiB, which the host's own
    /// beacons share: at most half is ours, with what the face sends at hiding by itself (C01, C03).
    pub keepalive_bytes: u32,
    /// Body of one keepalive request, if it holds more than one event: so that a browser that refuses one, since the
    /// host has used up the rest of the quota, does not refuse all.
    pub keepalive_chunk_bytes: u32,
    /// After hiding, or an event tracked while hidden, for how long requests are keepalive. A page that still runs
    /// after that is in the background rather than gone, and goes on with routine requests (C03).
    pub keepalive_ms: i64,
    /// How long an answer is waited for. Longer than browsers and proxies usually wait; an answer that comes later
    /// is still heard if it is an acceptance.
    pub lease_ms: i64,
    /// A request that fails without an answer after this long was too large for the network. Shorter than what the
    /// face waits (`timeoutMs` of `js/src/transport.ts`), far longer than a network that works.
    pub slow_ms: i64,
    /// Events in the request that tries whether the backend is back: a few, since each page that waits sends one.
    pub probe_events: usize,
    /// Body of that request, if it holds more than one event.
    pub probe_bytes: u32,
    /// Longest pause after a first failure; doubles with each further one.
    pub retry_base_ms: i64,
    /// Longest pause of all, `Retry-After` aside. A page is seldom open for much longer.
    pub retry_cap_ms: i64,
    /// Shortest pause after an answer that says the address or key is wrong: somebody has to repair it first.
    pub retry_slow_ms: i64,
    /// The most of a `Retry-After` that is believed. A day would be as good as dropping what the page has.
    pub retry_after_max_ms: i64,
    /// How long the retry budget takes to fill up by time alone: ten retries, more than fit into the first minutes of
    /// an outage by the pauses' own growth, so that it is met only by what cuts pauses short or forgets them.
    pub retry_budget_ms: i64,
    /// What a retry takes of that: one a minute, in the long run.
    pub retry_every_ms: i64,
    /// What an accepted request gives back: a fifth of a retry.
    pub retry_earned_ms: i64,
    /// Refusals without an acceptance in between that are answered at once. One bad event in a full batch makes at
    /// most eight; above twice that the backend refuses everything, and what looks like a search would be a stampede
    /// that throws the whole queue away (C11).
    pub refusals_in_a_row: u32,
}

impl Limits {
    /// What pages use.
    pub const DEFAULT: Self = Self {
        event_bytes: 32 * 1024,
        batch_events: 100,
        batch_bytes: 60_000,
        least_batch_bytes: 2048,
        overhead_bytes: 1024,
        age_ms: 5_000,
        queue_events: 10_000,
        queue_bytes: 5_000_000,
        keepalive_bytes: 24 * 1024,
        keepalive_chunk_bytes: 8 * 1024,
        keepalive_ms: 5_000,
        lease_ms: 60_000,
        slow_ms: 20_000,
        probe_events: 10,
        probe_bytes: 8 * 1024,
        retry_base_ms: 1_000,
        retry_cap_ms: 5 * 60_000,
        retry_slow_ms: 30_000,
        retry_after_max_ms: 60 * 60_000,
        retry_budget_ms: 10 * 60_000,
        retry_every_ms: 60_000,
        retry_earned_ms: 12_000,
        refusals_in_a_row: 16,
    };
}

/// Segment takes 500 KB and 2,500 events a batch; a tenth is left for what the sizes here do not count.
const SEGMENT_BATCH_BYTES: u32 = 450_000;
const SEGMENT_BATCH_EVENTS: usize = 2_500;

/// What the face sends by itself at hiding, of events that no journal has yet (`unwrittenBytes` of `js/src/core.ts`).
const UNWRITTEN_BYTES: u32 = 8 * 1024;

// What the machine relies on.
const _: () = {
    let limits = Limits::DEFAULT;
    assert!(limits.batch_bytes <= SEGMENT_BATCH_BYTES);
    assert!(limits.batch_events <= SEGMENT_BATCH_EVENTS);
    assert!(
        limits.event_bytes + 1 + limits.overhead_bytes <= limits.batch_bytes,
        "any event fits in a batch"
    );
    assert!(
        limits.least_batch_bytes > limits.overhead_bytes && limits.least_batch_bytes <= limits.batch_bytes
    );
    assert!(limits.probe_events <= limits.batch_events && limits.probe_bytes <= limits.batch_bytes);
    assert!(limits.slow_ms < limits.lease_ms);
    assert!(limits.retry_every_ms <= limits.retry_budget_ms, "a full budget has a retry");
    assert!(limits.keepalive_chunk_bytes <= limits.keepalive_bytes);
    assert!(limits.keepalive_bytes + UNWRITTEN_BYTES <= 64 * 1024 / 2, "half of the page's quota");
    assert!(
        (limits.batch_bytes + limits.keepalive_bytes) as u64 <= limits.queue_bytes,
        "there is always something to give up that is not in flight"
    );
};
