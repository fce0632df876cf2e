//! What is done from time to time, in short steps between those who send: who asked, and is vouched for, is forgotten;
//! raw events are erased by age; erased bytes leave the journal; old days of delivery health go.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::access::{Actor, By};
use crate::clock::{Clock, Millis};
use crate::health::Day;
use crate::limits::{
    ERASED_AT_ONCE, ERASURE_MAY_WAIT_MS, HEALTH_DAYS, HOUSEKEEPING_EVERY, HOUSEKEEPING_STEP_MS, PAGE,
};
use crate::metrics::Metrics;
use crate::privacy;
use crate::readers::Readers;
use crate::store::{Erasure, ErasureId, ErasureState, Person, Store, StoreError, TenantId};
use crate::writer::{NotStored, Writer};

const DAY_MS: i64 = 24 * 3600 * 1000;

/// How long raw events are kept.
#[derive(Clone, Debug, Default)]
pub struct Horizons {
    everybody: Option<u32>,
    of_tenant: HashMap<TenantId, Option<u32>>,
    gone: Gone,
    passed: Passed,
}

/// Up to when time is known to have passed; nobody says anything else than the clock at first. Copies are the same.
#[derive(Clone, Debug)]
struct Passed(Arc<AtomicI64>);

impl Default for Passed {
    fn default() -> Passed {
        Passed(Arc::new(AtomicI64::new(i64::MAX)))
    }
}

/// Before which instant raw events are gone, whatever was configured then. Copies are the same.
#[derive(Clone, Debug, Default)]
struct Gone(Arc<RwLock<HashMap<TenantId, Millis>>>);

impl Horizons {
    /// So many days where a tenant does not say otherwise; none: for ever.
    pub fn new(everybody: Option<u32>) -> Horizons {
        Horizons { everybody, ..Horizons::default() }
    }

    /// Of one tenant.
    pub fn set(&mut self, tenant: TenantId, days: Option<u32>) {
        self.of_tenant.insert(tenant, days);
    }

    /// Reads of every tenant what is gone by now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn learn(&self, store: &mut dyn Store) -> Result<(), StoreError> {
        for (_, tenant) in store.directory().tenants()? {
            self.gone.learn(store, tenant)?;
        }
        Ok(())
    }

    /// From now on time is known to have passed up to an instant: by a clock that is further nothing is too old yet.
    pub fn pass(&self, until: Millis) {
        self.passed.0.store(until.0, Ordering::Relaxed);
    }

    /// What is older is not taken: it is not kept, or it may be one of those that are gone. How long events are kept can
    /// be changed; what went before that must not be counted again.
    pub(crate) fn at_door(&self, tenant: TenantId, now: Millis) -> Option<Millis> {
        let passed = Millis(self.passed.0.load(Ordering::Relaxed));
        self.of(tenant, now.min(passed)).max(self.gone.of(tenant))
    }

    /// What is older is not kept.
    pub(crate) fn of(&self, tenant: TenantId, now: Millis) -> Option<Millis> {
        let days = self.of_tenant.get(&tenant).copied().unwrap_or(self.everybody)?;
        Some(Millis(now.0.saturating_sub(i64::from(days).saturating_mul(DAY_MS))))
    }
}

impl Gone {
    fn of(&self, tenant: TenantId) -> Option<Millis> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).copied()
    }

    fn learn(&self, store: &mut dyn Store, tenant: TenantId) -> Result<(), StoreError> {
        if let Some((before, _)) = store.retention().horizon(tenant)? {
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(tenant, before);
        }
        Ok(())
    }
}

/// What came of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Erased bytes are still in the journal.
    pub dirty: bool,
    /// So much failed, and is tried again in the next round.
    pub failures: u64,
}

impl Round {
    /// What something came to; of what failed, nothing. What comes after it is for others.
    fn done<T: Default>(&mut self, what: &'static str, tenant: TenantId, done: Result<T, NotStored>) -> T {
        done.unwrap_or_else(|NotStored| {
            self.failures += 1;
            tracing::warn!(what, tenant = tenant.0, "this failed, and is tried again later");
            T::default()
        })
    }
}

/// Where the time begins by which things are old: where the last round has left it, however often it is begun anew, or else
/// at the last event. A machine without a battery may come up with a clock that is years ahead; and the events that came under
/// such a clock say no more than it.
///
/// # Errors
/// The store cannot be read.
pub fn begins(store: &mut dyn Store, clock: Millis) -> Result<Millis, StoreError> {
    let known = match store.retention().passed()? {
        Some(passed) => Some(passed),
        None => store.log().last_received()?,
    };
    Ok(known.map_or(clock, |known| known.min(clock)))
}

/// Goes on for ever.
pub(crate) async fn run(
    writer: Writer,
    readers: Readers,
    clock: Arc<dyn Clock>,
    mut reached: Millis,
    horizons: Horizons,
    metrics: Metrics,
) {
    let (mut dirty, mut is_behind) = (true, false);
    loop {
        horizons.pass(reached);
        let behind = clock.now().since(reached);
        if (behind > DAY_MS) != is_behind {
            is_behind = !is_behind;
            tell_how_far_behind(is_behind, behind);
        }
        let (writer, readers) = (writer.clone(), readers.clone());
        let (own_clock, horizons) = (Arc::clone(&clock), horizons.clone());
        let once =
            async move { round(&writer, &readers, own_clock.as_ref(), reached, &horizons, dirty).await };
        // A defect ends the round, and not what comes after it.
        let once = tokio::spawn(once);
        let round = once.await.unwrap_or(Round { dirty, failures: 1 });
        dirty = round.dirty;
        metrics.not_tidied(round.failures);
        tokio::time::sleep(HOUSEKEEPING_EVERY).await;
        reached = no_further(reached, clock.now());
    }
}

fn tell_how_far_behind(is_behind: bool, behind: i64) {
    if is_behind {
        let days = behind / DAY_MS;
        tracing::warn!(
            days,
            "the clock is further than time is known to have passed: what goes by age catches up, an hour a minute; if the \
             clock is wrong, set it"
        );
    } else {
        tracing::info!("what goes by age has caught up with the clock");
    }
}

/// What the clock says, but no further from the last round than time can have gone on since.
fn no_further(reached: Millis, clock: Millis) -> Millis {
    clock.min(Millis(reached.0.saturating_add(HOUSEKEEPING_STEP_MS)))
}

/// Once, for each tenant, whatever fails for another. The log has the reason of what failed. What goes by age is as old as
/// it is by `reached`; who asked to be forgotten did so by the clock.
pub async fn round(
    writer: &Writer,
    readers: &Readers,
    clock: &dyn Clock,
    reached: Millis,
    horizons: &Horizons,
    dirty: bool,
) -> Round {
    let mut round = Round { dirty, failures: 0 };
    let tenants = readers.read("tenants", |store| {
        let tenants = store.directory().tenants()?.into_iter().map(|(_, id)| id);
        Ok::<_, StoreError>(tenants.collect::<BTreeSet<TenantId>>())
    });
    let Ok(tenants) = tenants.await else {
        round.failures += 1;
        return round;
    };
    let mut erased = 0;
    for tenant in tenants {
        forget_who_may_ask(writer, readers, tenant, clock, &mut round).await;
        let Some(horizon) = horizons.of(tenant, reached) else { continue };
        let (some, done) = erase(writer, tenant, horizon, &horizons.gone).await;
        erased += some;
        round.done("retention", tenant, done);
    }
    if erased > 0 {
        tracing::info!(events = erased, "raw events were erased by age");
    }
    let days = Day(Day::of(reached).0 - HEALTH_DAYS);
    round.dirty |= erased > 0;
    let scrub = round.dirty;
    // Where many wait, they come first.
    let Ok(place) = writer.place() else { return round };
    let tidied = place.run("housekeeping", ERASED_AT_ONCE, move |store| {
        store.health().forget_days_before(days)?;
        store.retention().note_passed(reached)?;
        Ok(if scrub { !store.personal().scrub()? } else { false })
    });
    match tidied.await {
        Ok(still) => round.dirty = still,
        Err(NotStored) => round.failures += 1,
    }
    round
}

/// Carries out what the host vouches for (C43). One that fails stays open, and is tried again.
async fn forget_who_may_ask(
    writer: &Writer,
    readers: &Readers,
    tenant: TenantId,
    clock: &dyn Clock,
    round: &mut Round,
) {
    let asked = readers.read("erasures", move |store| {
        let (mut found, mut after) = (Vec::new(), ErasureId::START);
        loop {
            let page = store.erasures().erasures(tenant, after, PAGE)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.id;
            found.extend(page.into_iter().filter(|one| one.verified && one.state == ErasureState::Open));
        }
    });
    // Those that come now, one after the other, are folded again once.
    let is_busy = readers.read("erasures", move |store| Ok(store.folds().progress(tenant)?.again.is_some()));
    let is_busy = round.done("erasures", tenant, is_busy.await);
    for Erasure { whom, received, .. } in round.done("erasures", tenant, asked.await) {
        // The user is vouched for, not what else is named: of anonymous ids only those that are known as theirs.
        let whom = Person { anonymous_id: None, ..whom };
        let now = clock.now();
        // By a clock that was ahead it came later than now, and nobody knows how long ago.
        let may_wait = is_busy && (0..ERASURE_MAY_WAIT_MS).contains(&now.since(received));
        let forgotten = forget(writer, readers, tenant, whom, may_wait, By { who: Actor::Person, at: now });
        round.done("an erasure", tenant, forgotten.await);
    }
}

async fn forget(
    writer: &Writer,
    readers: &Readers,
    tenant: TenantId,
    whom: Person,
    may_wait: bool,
    by: By,
) -> Result<(), NotStored> {
    let find = readers.read("a person", move |store| {
        // Several requests may name one person: the first has done it.
        let Ok(subject) = store.personal().subject(tenant, &whom)? else { return Ok(None) };
        let waits = may_wait && privacy::begins_anew(store, tenant, &subject)?;
        Ok(Some(subject).filter(|_| !waits))
    });
    let Some(subject) = find.await? else { return Ok(()) };
    privacy::carry_out(readers, writer, tenant, subject, by).await.map(drop)
}

/// Step by step: others write in between, and where many wait it stops until the next time. Says how many it has erased,
/// also where it failed then.
async fn erase(
    writer: &Writer,
    tenant: TenantId,
    horizon: Millis,
    gone: &Gone,
) -> (u64, Result<(), NotStored>) {
    let mut erased = 0;
    while let Ok(place) = writer.place() {
        let gone = gone.clone();
        let step = place.run("retention", ERASED_AT_ONCE, move |store| {
            let some = store.retention().erase_received_before(tenant, horizon, ERASED_AT_ONCE)?;
            // A clock that goes back takes the configured horizon with it, and not this one.
            gone.learn(store, tenant)?;
            Ok(some)
        });
        let some = match step.await {
            Ok(some) => some,
            Err(failed) => return (erased, Err(failed)),
        };
        erased += some;
        if some < ERASED_AT_ONCE as u64 {
            break;
        }
    }
    (erased, Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_ahead_for_a_minute_makes_nothing_old_and_one_that_slept_is_caught_up_with() {
        let (hour, year) = (HOUSEKEEPING_STEP_MS, 365 * DAY_MS);
        let ahead = no_further(Millis(0), Millis(year));
        assert_eq!(ahead, Millis(hour));
        assert_eq!(no_further(ahead, Millis(60_000)), Millis(60_000), "right again");
        let rounds = (0..100).try_fold(Millis(0), |reached, round| {
            let reached = no_further(reached, Millis(3 * DAY_MS));
            if reached == Millis(3 * DAY_MS) { Err(round) } else { Ok(reached) }
        });
        assert_eq!(rounds, Err(71), "three days in an hour and twelve minutes");
    }
}
