//! What the store says when it is asked.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::health::{Day, Pages, Sums};
use crate::store::{Store, StoreError, TenantId};

/// Of one tenant.
#[derive(Clone, Debug, Default)]
pub struct TenantVitals {
    /// Its number: a write key is nobody's business here.
    pub tenant: i64,
    /// Places of the log that are not folded yet; none where nothing is folded.
    pub fold_lag: Option<i64>,
    /// Of the page loads that were first heard of in the last days.
    pub pages: Pages,
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

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TenantLabels {
    tenant: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabels {
    tenant: i64,
    state: &'static str,
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
            let mut pages = Pages::default();
            store.health().pages(id, since)?.iter().for_each(|row| pages.add(&row.counts));
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
        events.set(self.events.cast_signed());
        registry.register("stored_events", "Events in the store", events);
        let lag: Family<TenantLabels, Gauge> = Family::default();
        let states: Family<StateLabels, Gauge> = Family::default();
        let (dropped, untaken) = (Family::default(), Family::default());
        let compared = Family::default();
        for TenantVitals { tenant, fold_lag, pages, compared: causes } in &self.tenants {
            let tenant = *tenant;
            if let Some(places) = fold_lag {
                lag.get_or_create(&TenantLabels { tenant }).set(*places);
            }
            let counts = [
                ("taken", pages.taken.cast_signed()),
                ("arrived", pages.arrived.cast_signed()),
                ("missing", pages.missing),
            ];
            for (state, count) in counts {
                states.get_or_create(&StateLabels { tenant, state }).set(count);
            }
            by_reason(&dropped, tenant, &pages.dropped);
            by_reason(&untaken, tenant, &pages.untaken);
            by_reason(&compared, tenant, causes);
        }
        registry.register("fold_lag", "Places of the log that are not folded yet", lag);
        registry.register("page_events", "Events of page loads that began in the last 7 days", states);
        registry.register("page_events_dropped", "Of these, given up by pages", dropped);
        let help = "Comparisons of pages and collector in the last 7 days, by what they came to";
        registry.register("comparisons", help, compared);
        registry.register("page_events_untaken", "Calls in these that became no event", untaken);
    }
}

fn by_reason(family: &Family<ReasonLabels, Gauge>, tenant: i64, sums: &Sums) {
    for (reason, count) in sums.iter() {
        let labels = ReasonLabels { tenant, reason: reason.to_owned() };
        family.get_or_create(&labels).set(count.cast_signed());
    }
}
