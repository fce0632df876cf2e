//! What is counted where it happens, since the process began.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::clock::Millis;
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
    append: Histogram,
    lateness: Histogram,
    skew: Histogram,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics {
            requests: Family::default(),
            events: Family::default(),
            rejected: Family::default(),
            denied: Counter::default(),
            append: Histogram::new([
                0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
            ]),
            lateness: Histogram::new([
                1.0,
                10.0,
                60.0,
                600.0,
                3_600.0,
                21_600.0,
                86_400.0,
                604_800.0,
                2_592_000.0,
            ]),
            skew: Histogram::new([
                -86_400.0, -3_600.0, -600.0, -60.0, -10.0, 10.0, 60.0, 600.0, 3_600.0, 86_400.0,
            ]),
        }
    }
}

/// What a batch brings, taken before the writer has it.
pub(crate) struct Brought {
    transport: Transport,
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
        let transport = brought.transport.name();
        let add = |outcome, more| self.events.get_or_create(&EventLabels { outcome, transport }).inc_by(more);
        add("accepted", appended.accepted);
        add("duplicate", appended.duplicates);
        for (code, times) in &brought.rejected {
            self.rejected.get_or_create(&CodeLabels { code: code.clone() }).inc_by(*times);
        }
        self.denied.inc_by(brought.denied);
        self.append.observe(took.as_secs_f64());
        // Those of a batch that was sent again have been measured before.
        if appended.duplicates == 0 {
            brought.lateness.iter().for_each(|late| self.lateness.observe(*late));
        }
        brought.skew.into_iter().for_each(|skew| self.skew.observe(skew));
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
        let times = [
            ("append", "From a batch that is read to its commit", &self.append),
            ("lateness", "From when an event happened to its receipt", &self.lateness),
            ("clock_skew", "By how much clients' clocks are ahead of ours, the way included", &self.skew),
        ];
        for (name, help, histogram) in times {
            registry.register_with_unit(name, help, Unit::Seconds, histogram.clone());
        }
    }
}
