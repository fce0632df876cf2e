//! What is counted where it happens, since the process began.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::SourceLabels;
use crate::clock::Millis;
use crate::fold::Troubles;
use crate::health::Transport;
use crate::store::{Appended, Batch};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct RequestLabels {
    pub(super) path: String,
    pub(super) status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EventLabels {
    outcome: &'static str,
    transport: &'static str,
    #[prometheus(flatten)]
    source: SourceLabels,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct WayLabels {
    transport: &'static str,
    #[prometheus(flatten)]
    source: SourceLabels,
}

/// A sum must only grow, or its rate means nothing: so what may be below zero is measured in either direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SkewLabels {
    direction: &'static str,
    #[prometheus(flatten)]
    source: SourceLabels,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabels {
    code: String,
}

/// Counters of the process. Copies count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    pub(super) requests: Family<RequestLabels, Counter>,
    events: Family<EventLabels, Counter>,
    rejected: Family<CodeLabels, Counter>,
    denied: Counter,
    untidied: Counter,
    append: Histogram,
    lateness: Family<WayLabels, Histogram>,
    early: Family<WayLabels, Counter>,
    skew: Family<SkewLabels, Histogram>,
    folding: Arc<OnceLock<Troubles>>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics {
            requests: Family::default(),
            events: Family::default(),
            rejected: Family::default(),
            denied: Counter::default(),
            untidied: Counter::default(),
            folding: Arc::default(),
            append: Histogram::new([
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
            ]),
            lateness: Family::new_with_constructor(lateness),
            early: Family::default(),
            skew: Family::new_with_constructor(skew),
        }
    }
}

fn lateness() -> Histogram {
    Histogram::new([1.0, 10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0, 604_800.0, 2_592_000.0])
}

fn skew() -> Histogram {
    Histogram::new([1.0, 10.0, 60.0, 600.0, 3_600.0, 86_400.0])
}

/// What a batch brings, taken before the writer has it.
pub(crate) struct Brought {
    transport: Transport,
    source: SourceLabels,
    rejected: Vec<(String, u64)>,
    denied: u64,
    lateness: Vec<f64>,
    skew: Option<f64>,
}

impl Brought {
    pub(crate) fn of(batch: &Batch) -> Brought {
        let since = |instant: Millis| seconds(batch.received.0.saturating_sub(instant.0));
        let seen = &batch.seen;
        Brought {
            transport: seen.transport,
            source: SourceLabels::of(&seen.source),
            rejected: seen.rejected.iter().map(|(code, times)| (code.to_owned(), times)).collect(),
            denied: seen.denied,
            lateness: batch.entries.iter().map(|entry| since(entry.happened)).collect(),
            skew: seen.sent.map(|sent| -since(sent)),
        }
    }
}

// No span of time is so long that this matters.
#[allow(clippy::cast_precision_loss)]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

impl Metrics {
    /// A batch is stored.
    pub(crate) fn stored(&self, brought: &Brought, appended: Appended, took: Duration) {
        let (transport, source) = (brought.transport.name(), brought.source);
        let add = |outcome, more| {
            self.events.get_or_create(&EventLabels { outcome, transport, source }).inc_by(more);
        };
        add("accepted", appended.accepted);
        add("duplicate", appended.duplicates);
        for (code, times) in &brought.rejected {
            self.rejected.get_or_create(&CodeLabels { code: code.clone() }).inc_by(*times);
        }
        self.denied.inc_by(brought.denied);
        self.append.observe(took.as_secs_f64());
        // Those of a batch that was sent again have been measured before.
        if appended.duplicates == 0 && !brought.lateness.is_empty() {
            self.late(WayLabels { transport, source }, &brought.lateness);
        }
        if let Some(skew) = brought.skew {
            let direction = if skew < 0.0 { "behind" } else { "ahead" };
            self.skew.get_or_create(&SkewLabels { direction, source }).observe(skew.abs());
        }
    }

    fn late(&self, labels: WayLabels, seconds: &[f64]) {
        let early = seconds.iter().filter(|late| **late < 0.0).count() as u64;
        if early > 0 {
            self.early.get_or_create(&labels).inc_by(early);
        }
        let lateness = self.lateness.get_or_create(&labels);
        seconds.iter().filter(|late| **late >= 0.0).for_each(|late| lateness.observe(*late));
    }

    /// So much of a round of housekeeping failed.
    pub(crate) fn not_tidied(&self, failures: u64) {
        self.untidied.inc_by(failures);
    }

    /// From now on it is told who is not folded because of a defect.
    pub fn watch(&self, folding: Troubles) {
        // There is one fold.
        let _ = self.folding.set(folding);
    }

    /// Who is not folded because of a defect.
    pub(crate) fn folding(&self) -> Troubles {
        self.folding.get().cloned().unwrap_or_default()
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("requests", "Requests by path and status", self.requests.clone());
        registry.register("events", "Events by what became of them and how they came", self.events.clone());
        registry.register(
            "events_rejected",
            "Events that will never be stored, by code",
            self.rejected.clone(),
        );
        registry.register("properties_denied", "Properties taken out at the door", self.denied.clone());
        let untidied = self.untidied.clone();
        let what = "What failed of the housekeeping: an erasure, retention, or the rest; it is tried again";
        registry.register("housekeeping_failures", what, untidied);
        let append = self.append.clone();
        registry.register_with_unit(
            "append",
            "From a batch that is read to its commit",
            Unit::Seconds,
            append,
        );
        let late = "From when an event happened to its receipt";
        registry.register_with_unit("lateness", late, Unit::Seconds, self.lateness.clone());
        registry.register("events_ahead", "Events of a time that was yet to come", self.early.clone());
        let skew = "By how much clients' clocks are off ours, ahead or behind, the way included";
        registry.register_with_unit("clock_skew", skew, Unit::Seconds, self.skew.clone());
    }
}
