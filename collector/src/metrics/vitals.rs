//! What the store says when it is asked.

use std::collections::BTreeMap;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::SourceLabels;
use crate::health::{Day, Pages, Sums};
use crate::store::{Store, StoreError, TenantId};

/// Of one tenant.
#[derive(Clone, Debug, Default)]
pub struct TenantVitals {
    /// Its number: a write key is nobody's business here.
    pub tenant: i64,
    /// Places of the log that are not folded yet; none where nothing is folded.
    pub fold_lag: Option<i64>,
    /// Of the page loads that were first heard of in the last days, by what.
    pub pages: BTreeMap<SourceLabels, Pages>,
    /// How often pages and collector saw a person differently in the last days, by cause; those that agreed among them.
    pub compared: Sums,
}

/// All that is asked of the store.
#[derive(Clone, Debug, Default)]
pub struct Vitals {
    /// Events of all tenants.
    pub events: u64,
    /// By tenant.
    pub tenants: Vec<TenantVitals>,
}

/// By what our pages count what they give up, and what never became an event.
const REASONS: [&str; 12] = [
    "bad_name",
    "bad_properties",
    "consent_denied",
    "erased",
    "held_back",
    "init_queue_full",
    "queue_full",
    "redact_failed",
    "redacted",
    "refused",
    "too_large",
    "unreadable",
];

/// Whoever has a write key may send others: a label of each would be kept for ever by who reads them.
fn of_pages(counts: &Sums) -> Sums {
    let mut known = Sums::default();
    for (reason, count) in counts.iter() {
        known.add(if REASONS.contains(&reason) { reason } else { "other" }, count);
    }
    known
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TenantLabels {
    tenant: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabels {
    tenant: i64,
    state: &'static str,
    #[prometheus(flatten)]
    source: SourceLabels,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct GivenUpLabels {
    tenant: i64,
    reason: String,
    #[prometheus(flatten)]
    source: SourceLabels,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    tenant: i64,
    reason: String,
}

impl Vitals {
    /// Reads them; page loads from a day on.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn read(store: &mut dyn Store, since: Day) -> Result<Vitals, StoreError> {
        let mut ids: Vec<TenantId> = store.directory().tenants()?.into_iter().map(|(_, id)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut vitals = Vitals { events: store.check()?, tenants: Vec::new() };
        for id in ids {
            let mut pages: BTreeMap<_, Pages> = BTreeMap::new();
            for row in store.health().pages(id, since)? {
                pages.entry(SourceLabels::of(&row.source)).or_default().add(&row.counts);
            }
            let folded = store.folds().progress(id)?;
            let last = store.health().last_position(id)?;
            let fold_lag = folded.playbook.map(|_| last.0.saturating_sub(folded.position.0).max(0));
            let mut compared = Sums::default();
            for found in store.disagreements().disagreements(id, since.0)? {
                compared.add(found.cause.name(), found.times);
            }
            vitals.tenants.push(TenantVitals { tenant: id.0, fold_lag, pages, compared });
        }
        Ok(vitals)
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let events: Gauge = Gauge::default();
        events.set(gauged(self.events));
        registry.register("stored_events", "Events in the store", events);
        let lag: Family<TenantLabels, Gauge> = Family::default();
        let states: Family<StateLabels, Gauge> = Family::default();
        let (dropped, untaken) = (Family::default(), Family::default());
        let compared: Family<ReasonLabels, Gauge> = Family::default();
        for TenantVitals { tenant, fold_lag, pages, compared: causes } in &self.tenants {
            let tenant = *tenant;
            if let Some(places) = fold_lag {
                lag.get_or_create(&TenantLabels { tenant }).set(*places);
            }
            for (source, pages) in pages {
                let source = *source;
                let counts = [
                    ("taken", gauged(pages.taken)),
                    ("arrived", gauged(pages.arrived)),
                    ("missing", pages.missing),
                ];
                for (state, count) in counts {
                    states.get_or_create(&StateLabels { tenant, state, source }).set(count);
                }
                given_up(&dropped, tenant, source, &of_pages(&pages.dropped));
                given_up(&untaken, tenant, source, &of_pages(&pages.untaken));
            }
            for (reason, count) in causes.iter() {
                let labels = ReasonLabels { tenant, reason: reason.to_owned() };
                compared.get_or_create(&labels).set(gauged(count));
            }
        }
        registry.register("fold_lag", "Places of the log that are not folded yet", lag);
        registry.register("page_events", "Events of page loads that began in the last 7 days", states);
        registry.register("page_events_dropped", "Of these, given up by pages", dropped);
        let help = "Comparisons of pages and collector in the last 7 days, by what they came to";
        registry.register("comparisons", help, compared);
        registry.register("page_events_untaken", "Calls in these that became no event", untaken);
    }
}

/// Anybody may send counters, and sums of them stop at their end.
fn gauged(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn given_up(family: &Family<GivenUpLabels, Gauge>, tenant: i64, source: SourceLabels, sums: &Sums) {
    for (reason, count) in sums.iter() {
        let labels = GivenUpLabels { tenant, reason: reason.to_owned(), source };
        family.get_or_create(&labels).set(gauged(count));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn nobody_makes_up_labels() {
        let mut counts = Sums::default();
        for reason in ["queue_full", "made_up", "made_up_too", "refused"] {
            counts.add(reason, 2);
        }
        let told = of_pages(&counts);
        assert_eq!(told.iter().collect::<Vec<_>>(), [("other", 4), ("queue_full", 2), ("refused", 2)]);
    }

    #[test]
    fn what_pages_count_is_known() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../js/src");
        let mut found = 0;
        for file in fs::read_dir(source).unwrap() {
            let path = file.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for call in ["drop(\"", "untaken(\""] {
                for rest in text.split(call).skip(1) {
                    let reason = rest.split('"').next().unwrap();
                    assert!(REASONS.contains(&reason), "{reason} in {}", path.display());
                    found += 1;
                }
            }
        }
        assert!(found > 5, "they are counted in another way: {found}");
    }
}
