//! What happens in a schedule.

use super::random::Random;
use crate::delivery::Limits;

#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub(super) seed: u64,
    pub(super) limits: Limits,
    /// One tab sends for all. Without Web Locks each sends, from one journal.
    pub(super) locks: bool,
    pub(super) steps: Vec<Step>,
}

/// What the collector makes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    Good,
    /// The collector refuses a batch with it, with this status.
    Bad(u16),
    /// Something answers a batch with it, with this status, without saying that it is about the event.
    Unwelcome(u16),
}

/// The network, and the collector, from now on. Delays in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Weather {
    /// Answers come after `delay`, which may be longer than a lease.
    Fair { delay: i64 },
    /// The request does not get there.
    RequestLost { delay: i64 },
    /// The collector commits, and the answer does not get back.
    ReplyLost { delay: i64 },
    /// As `ReplyLost`, and nobody says so: the page was frozen, or the connection hangs.
    Silence,
    /// So slow that a body above this gets no answer.
    Narrow { bytes: u32 },
    /// A proxy calls a body above this too large (413).
    Proxy { bytes: u32 },
    /// Something answers instead of the collector.
    Status { status: u16, retry_after: Option<i64> },
}

/// What becomes of removals from the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Honest,
    /// Nothing is removed, and the face hears of it.
    Fails,
    /// It says that they are removed, and has forgotten it after the browser crashed.
    Lies,
}

/// A tab by its place, counted round.
pub(super) type At = usize;

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Track {
        tab: At,
        count: u64,
        bytes: u32,
        nature: Nature,
    },
    Pass {
        ms: i64,
    },
    Weather(Weather),
    Flush(At),
    Hide(At),
    Resume(At),
    /// A tab is opened; as each it begins with a plain sender if wasm is slow.
    Open {
        plain: bool,
    },
    /// A tab dies, and another one sends.
    Close(At),
    /// A tab dies, and its successor tells the journal to a new machine.
    Reload {
        tab: At,
        plain: bool,
    },
    /// All tabs die, and what the store lied about comes to light.
    Crash,
    /// As `Reload`, but in the moment in which the next removal should be done: before, or right after it was stored.
    ReloadAtRemoval {
        stored: bool,
    },
    /// Wasm is there.
    Engine(At),
    Store(Manner),
    /// localStorage is erased, or could not be written.
    MemoryLost,
    /// The clock of all tabs jumps.
    Jump {
        ms: i64,
    },
    /// A store that is read again tells everything twice, the newest first.
    TellAgain(At),
    /// An answer to a request that was answered already.
    OldAnswer {
        tab: At,
        status: u16,
    },
    /// A timer comes before its time.
    EarlyWake(At),
}

/// So small that caps and quotas are met all the time.
const SMALL: Limits = Limits {
    event_bytes: 4_000,
    batch_events: 8,
    batch_bytes: 6_000,
    least_batch_bytes: 1_000,
    overhead_bytes: 100,
    queue_events: 30,
    queue_bytes: 40_000,
    keepalive_bytes: 4_000,
    keepalive_chunk_bytes: 1_500,
    probe_events: 3,
    probe_bytes: 2_000,
    retry_budget_ms: 4 * 60_000,
    ..Limits::DEFAULT
};

const STATUSES: [u16; 13] = [0, 301, 401, 403, 404, 408, 429, 429, 500, 502, 503, 503, 504];

pub(super) fn schedule(seed: u64) -> Schedule {
    let mut random = Random::new(seed);
    let limits = if random.one_in(4) { Limits::DEFAULT } else { SMALL };
    let locks = !random.one_in(4);
    let length = 10 + random.below(60);
    let steps = (0..length).map(|_| step(&mut random, &limits)).collect();
    Schedule { seed, limits, locks, steps }
}

fn step(random: &mut Random, limits: &Limits) -> Step {
    let tab = random.below(6) as usize;
    match random.below(33) {
        0..=6 => Step::Track {
            tab,
            count: 1 + if random.one_in(4) {
                random.below(3 * limits.batch_events as u64)
            } else {
                random.below(5)
            },
            bytes: match random.below(12) {
                0 => limits.event_bytes,
                1 => limits.event_bytes + 1 + random.below(1_000) as u32,
                2..=3 => random.below(u64::from(limits.event_bytes)) as u32,
                _ => 100 + random.below(800) as u32,
            },
            nature: match random.below(12) {
                0 => Nature::Bad(random.pick(&[400, 413, 422])),
                1 if random.one_in(2) => Nature::Unwelcome(random.pick(&[403, 500])),
                _ => Nature::Good,
            },
        },
        7..=12 => Step::Pass { ms: random.pick(&[1, 50, 500, 1_000, 5_000, 20_000, 61_000, 600_000]) },
        13..=17 => Step::Weather(weather(random, limits)),
        18 => Step::Flush(tab),
        19..=20 => Step::Hide(tab),
        21 => Step::Resume(tab),
        22 => Step::Open { plain: random.one_in(2) },
        23 => Step::Close(tab),
        24 => Step::Reload { tab, plain: random.one_in(3) },
        25 if random.one_in(2) => Step::Crash,
        25 => Step::ReloadAtRemoval { stored: random.one_in(2) },
        26 => Step::Engine(tab),
        27 => Step::Store(random.pick(&[Manner::Honest, Manner::Honest, Manner::Fails, Manner::Lies])),
        28 if random.one_in(4) => Step::MemoryLost,
        28 => Step::Jump { ms: jump(random) },
        29 => Step::TellAgain(tab),
        30 => Step::OldAnswer { tab, status: random.pick(&[200, 400, 503, 0]) },
        31 => Step::EarlyWake(tab),
        _ => Step::Flush(tab),
    }
}

fn weather(random: &mut Random, limits: &Limits) -> Weather {
    let delay = random.pick(&[0, 10, 200, 3_000, 59_999, 60_000, 70_000]);
    match random.below(10) {
        0..=2 => Weather::Fair { delay },
        3 => Weather::RequestLost { delay },
        4 => Weather::ReplyLost { delay },
        5 => Weather::Silence,
        6 => Weather::Narrow { bytes: random.below(u64::from(limits.batch_bytes)) as u32 },
        7 => Weather::Proxy { bytes: random.below(u64::from(limits.batch_bytes)) as u32 },
        _ => Weather::Status {
            status: random.pick(&STATUSES),
            retry_after: if random.one_in(3) {
                Some(random.pick(&[-1, 0, 2_000, 120_000, i64::MAX]))
            } else {
                None
            },
        },
    }
}

fn jump(random: &mut Random) -> i64 {
    let size = random.pick(&[500, 3_600_000, 7 * 86_400_000, 20 * 365 * 86_400_000, 10_000_000_000_000_000]);
    if random.one_in(2) { size } else { -size }
}
