//! One tenant that sends more than can be stored must not shut the others out.
//!
//! A tenant may have as many requests waiting as there are places left: the dynamic thresholds of Choudhury and Hahne
//! (1998), by which a shared buffer stays fair without anybody saying who may have how much. One alone gets half, two get a
//! third each, and there is always room for one more. Where there is only one tenant, it has all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::refusal::Refusal;
use crate::store::TenantId;

/// Who has how many requests waiting.
#[derive(Debug)]
pub(super) struct Shares {
    places: usize,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    in_all: usize,
    of: HashMap<TenantId, usize>,
}

/// One request of a tenant's that waits; given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    waiting: Arc<Mutex<Waiting>>,
    tenant: TenantId,
}

impl Shares {
    pub(super) fn new(places: usize) -> Shares {
        Shares { places, waiting: Arc::default() }
    }

    /// A share for one more request, where the tenant is one of so many.
    pub(super) fn take(&self, tenant: TenantId, tenants: usize) -> Result<Share, Refusal> {
        let mut waiting = lock(&self.waiting);
        let own = waiting.of.get(&tenant).copied().unwrap_or(0);
        if tenants > 1 && own >= self.places.saturating_sub(waiting.in_all) {
            return Err(Refusal::TooMuch);
        }
        waiting.in_all += 1;
        waiting.of.insert(tenant, own + 1);
        drop(waiting);
        Ok(Share { waiting: Arc::clone(&self.waiting), tenant })
    }
}

fn lock(waiting: &Mutex<Waiting>) -> MutexGuard<'_, Waiting> {
    // Nothing that holds it can panic half-way.
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut waiting = lock(&self.waiting);
        waiting.in_all = waiting.in_all.saturating_sub(1);
        if let Some(own) = waiting.of.get_mut(&self.tenant) {
            *own -= 1;
            if *own == 0 {
                waiting.of.remove(&self.tenant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: TenantId = TenantId(1);
    const B: TenantId = TenantId(2);
    const C: TenantId = TenantId(3);

    /// As many as it gets.
    fn all(shares: &Shares, tenant: TenantId, tenants: usize) -> Vec<Share> {
        std::iter::from_fn(|| shares.take(tenant, tenants).ok()).take(1_000).collect()
    }

    #[test]
    fn one_gets_half_and_the_next_half_of_what_is_left() {
        let shares = Shares::new(64);
        let a = all(&shares, A, 3);
        let b = all(&shares, B, 3);
        let c = all(&shares, C, 3);
        assert_eq!((a.len(), b.len(), c.len()), (32, 16, 8));
        assert_eq!(shares.take(A, 3).unwrap_err(), Refusal::TooMuch);
        drop(a);
        assert!(shares.take(B, 3).is_ok(), "there is room again");
        drop((b, c));
        assert!(lock(&shares.waiting).of.is_empty() && lock(&shares.waiting).in_all == 0);
    }

    #[test]
    fn greedy_ones_that_come_by_turns_get_the_same() {
        let shares = Shares::new(30);
        let mut taken = Vec::new();
        for _ in 0..100 {
            taken.extend([A, B].into_iter().filter_map(|tenant| shares.take(tenant, 2).ok()));
        }
        let of = |tenant| taken.iter().filter(|share| share.tenant == tenant).count();
        assert_eq!((of(A), of(B)), (10, 10));
    }

    #[test]
    fn one_that_is_alone_is_not_held_back() {
        assert_eq!(all(&Shares::new(4), A, 1).len(), 1_000, "the queue itself says when it is full");
    }
}
