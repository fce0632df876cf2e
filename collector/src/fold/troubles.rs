//! Tenants whose fold met a defect of the collector: each rests for a while, and the others go on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::defects::Defects;
use crate::limits::{FOLD_LONGEST_REST, FOLD_PATIENCE};
use crate::store::TenantId;

/// Who rests. Copies know the same.
#[derive(Clone, Debug, Default)]
pub struct Troubles {
    defects: Defects,
    resting: Arc<Mutex<BTreeMap<TenantId, Rest>>>,
}

#[derive(Clone, Copy, Debug)]
struct Rest {
    since: Stopwatch,
    long: Duration,
}

impl Troubles {
    /// How many tenants are not folded because of a defect.
    pub fn tenants(&self) -> usize {
        self.resting().len()
    }

    /// Defects that were met since the start.
    pub fn defects(&self) -> u64 {
        self.defects.count()
    }

    /// Whether a tenant is not folded because of a defect, be it that it is tried again at this moment.
    pub(crate) fn has(&self, tenant: TenantId) -> bool {
        self.resting().contains_key(&tenant)
    }

    /// Whether a tenant rests at this moment.
    pub(super) fn rests(&self, tenant: TenantId) -> bool {
        self.resting().get(&tenant).is_some_and(|rest| rest.since.elapsed() < rest.long)
    }

    /// What the work for a tenant comes to; none if it met a defect: then the tenant rests, each time twice as long.
    pub(super) fn caught<T>(&self, tenant: TenantId, work: impl FnOnce() -> T) -> Option<T> {
        let done = self.defects.caught("the fold", work);
        let mut resting = self.resting();
        if done.is_some() {
            resting.remove(&tenant);
        } else {
            let long = resting.get(&tenant).map_or(FOLD_PATIENCE, |rest| rest.long * 2);
            tracing::error!(tenant = tenant.0, "it is not folded for a while");
            resting.insert(tenant, Rest { since: Stopwatch::start(), long: long.min(FOLD_LONGEST_REST) });
        }
        done
    }

    fn resting(&self) -> MutexGuard<'_, BTreeMap<TenantId, Rest>> {
        // Nothing is left half done by who panics meanwhile.
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_defect_in_a_row_lets_its_tenant_alone_rest_longer_until_one_passes() {
        let (troubles, tenant) = (Troubles::default(), TenantId(1));
        let long = |troubles: &Troubles| troubles.resting().get(&tenant).map(|rest| rest.long);
        let mut before = Duration::ZERO;
        for times in 1..30 {
            assert_eq!(troubles.caught(tenant, || -> u8 { panic!("as a test wants it") }), None);
            let now = long(&troubles).unwrap();
            assert!(now > before || now == FOLD_LONGEST_REST);
            assert_eq!((troubles.tenants(), troubles.defects()), (1, times));
            before = now;
        }
        assert!(troubles.rests(tenant) && !troubles.rests(TenantId(2)));
        assert!(troubles.has(tenant) && !troubles.has(TenantId(2)));
        assert_eq!(troubles.caught(TenantId(2), || 7), Some(7));
        assert_eq!(troubles.caught(tenant, || 7), Some(7));
        assert!(!troubles.rests(tenant) && troubles.tenants() == 0);
    }
}
