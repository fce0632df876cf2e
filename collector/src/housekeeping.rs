//! What is done from time to time, in short steps between those who send: who asked, and is vouched for, is forgotten;
//! raw events are erased by age; erased bytes leave the journal; old days of delivery health go.

use std::collections::HashMap;
use std::sync::Arc;

use crate::access::{Actor, By};
use crate::clock::{Clock, Millis};
use crate::health::Day;
use crate::limits::{ERASED_AT_ONCE, HEALTH_DAYS, HOUSEKEEPING_EVERY, PAGE};
use crate::privacy;
use crate::readers::Readers;
use crate::store::{Erasure, ErasureId, ErasureState, Person, StoreError, TenantId};
use crate::writer::{NotStored, Writer};

const DAY_MS: i64 = 24 * 3600 * 1000;

/// How long raw events are kept.
#[derive(Clone, Debug, Default)]
pub struct Horizons {
    everybody: Option<u32>,
    of_tenant: HashMap<TenantId, Option<u32>>,
}

impl Horizons {
    /// So many days where a tenant does not say otherwise; none: for ever.
    pub fn new(everybody: Option<u32>) -> Horizons {
        Horizons { everybody, of_tenant: HashMap::new() }
    }

    /// Of one tenant.
    pub fn set(&mut self, tenant: TenantId, days: Option<u32>) {
        self.of_tenant.insert(tenant, days);
    }

    /// What is older is not kept.
    pub(crate) fn of(&self, tenant: TenantId, now: Millis) -> Option<Millis> {
        let days = self.of_tenant.get(&tenant).copied().unwrap_or(self.everybody)?;
        Some(Millis(now.0.saturating_sub(i64::from(days).saturating_mul(DAY_MS))))
    }
}

/// Goes on for ever.
pub(crate) async fn run(writer: Writer, readers: Readers, clock: Arc<dyn Clock>, horizons: Horizons) {
    let mut dirty = true;
    loop {
        // The log has the reason of what failed; it is done at the next time.
        if let Ok(still) = round(&writer, &readers, clock.as_ref(), &horizons, dirty).await {
            dirty = still;
        }
        tokio::time::sleep(HOUSEKEEPING_EVERY).await;
    }
}

/// Once; says whether erased bytes are still in the journal.
///
/// # Errors
/// Something failed, and what came after it was not tried.
pub async fn round(
    writer: &Writer,
    readers: &Readers,
    clock: &dyn Clock,
    horizons: &Horizons,
    dirty: bool,
) -> Result<bool, NotStored> {
    let now = clock.now();
    let mut tenants: Vec<TenantId> = readers
        .read("tenants", |store| {
            Ok::<_, StoreError>(store.directory().tenants()?.into_iter().map(|(_, id)| id).collect())
        })
        .await?;
    tenants.sort_unstable();
    tenants.dedup();
    let mut erased = 0;
    for tenant in tenants {
        forget_who_may_ask(writer, readers, tenant, now).await?;
        let Some(horizon) = horizons.of(tenant, now) else { continue };
        erased += erase(writer, tenant, horizon).await?;
    }
    if erased > 0 {
        tracing::info!(events = erased, "raw events were erased by age");
    }
    let days = Day(Day::of(now).0 - HEALTH_DAYS);
    let place = writer.place().map_err(|_| NotStored)?;
    let scrub = dirty || erased > 0;
    place
        .run("housekeeping", ERASED_AT_ONCE, move |store| {
            store.health().forget_days_before(days)?;
            Ok(if scrub { !store.personal().scrub()? } else { false })
        })
        .await
}

/// Carries out what the host vouches for (C43). One that fails stays open, and is tried again.
async fn forget_who_may_ask(
    writer: &Writer,
    readers: &Readers,
    tenant: TenantId,
    now: Millis,
) -> Result<(), NotStored> {
    let asked = readers.read("erasures", move |store| {
        let (mut found, mut after) = (Vec::new(), ErasureId::START);
        loop {
            let page = store.erasures().erasures(tenant, after, PAGE)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.id;
            found.extend(page.into_iter().filter(|one| one.verified && one.state == ErasureState::Open));
        }
    });
    for Erasure { whom, .. } in asked.await? {
        // The user is vouched for, not what else is named: of anonymous ids only those that are known as theirs.
        let whom = Person { anonymous_id: None, ..whom };
        let find = readers.read("a person", move |store| store.personal().subject(tenant, &whom));
        // Several requests may name one person: the first has done it.
        let Ok(subject) = find.await? else { continue };
        let by = By { who: Actor::Person, at: now };
        privacy::carry_out(readers, writer, tenant, subject, by).await?;
    }
    Ok(())
}

/// Step by step: others write in between, and where many wait it stops until the next time.
async fn erase(writer: &Writer, tenant: TenantId, horizon: Millis) -> Result<u64, NotStored> {
    let mut erased = 0;
    while let Ok(place) = writer.place() {
        let step = place.run("retention", ERASED_AT_ONCE, move |store| {
            store.retention().erase_received_before(tenant, horizon, ERASED_AT_ONCE)
        });
        let some = step.await?;
        erased += some;
        if some < ERASED_AT_ONCE as u64 {
            break;
        }
    }
    Ok(erased)
}
