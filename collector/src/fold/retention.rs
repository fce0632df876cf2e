//! How many come back: a curve over all that is folded.

use std::collections::HashMap;

use crate::clock::Millis;
use crate::store::{Store, StoreError, TenantId};

const DAY_MS: i64 = 24 * 3_600_000;

/// Of one interval after a person's first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Return {
    /// Persons who began early enough to have come to it by now.
    pub persons: u64,
    /// Those who were active in it.
    pub active: u64,
}

/// The retention curve of a tenant's persons, by intervals of so many days (UTC): entry k is about the k-th interval after
/// that of a person's first event. One pass over the history, which is in the order of persons and time; the events
/// themselves are not read. An anonymous id that was joined to a user is that user.
///
/// # Errors
/// The store cannot be read.
pub fn retention(
    store: &mut dyn Store,
    tenant: TenantId,
    days: u16,
    now: Millis,
) -> Result<Vec<Return>, StoreError> {
    let interval = i64::from(days.max(1)) * DAY_MS;
    let last = now.0.div_euclid(interval);
    let mut curve = Vec::new();
    let mut apart: HashMap<String, Vec<i64>> = HashMap::new();
    let mut visits = Visits::default();
    store.folds().visits(tenant, &mut |visit| {
        let index = visit.at.0.div_euclid(interval);
        if visits.node != Some(visit.node) {
            visits.end(&mut apart, &mut curve, last);
            visits = Visits { node: Some(visit.node), joins: visit.is_joined, ..Visits::default() };
            visits.name = if visit.is_joined { visit.user.to_owned() } else { String::new() };
        }
        if visits.intervals.last() != Some(&index) {
            visits.intervals.push(index);
        }
    })?;
    visits.end(&mut apart, &mut curve, last);
    for (_, mut intervals) in apart {
        intervals.sort_unstable();
        intervals.dedup();
        count(&mut curve, &intervals, last);
    }
    Ok(curve)
}

/// The intervals in which one id was active.
#[derive(Default)]
struct Visits {
    node: Option<crate::store::NodeId>,
    /// It is one of several of a person.
    joins: bool,
    name: String,
    intervals: Vec<i64>,
}

impl Visits {
    fn end(&mut self, apart: &mut HashMap<String, Vec<i64>>, curve: &mut Vec<Return>, last: i64) {
        let intervals = std::mem::take(&mut self.intervals);
        if self.joins {
            apart.entry(std::mem::take(&mut self.name)).or_default().extend(intervals);
        } else {
            count(curve, &intervals, last);
        }
    }
}

fn count(curve: &mut Vec<Return>, intervals: &[i64], last: i64) {
    let Some(first) = intervals.first() else { return };
    let reached = usize::try_from(last - first).unwrap_or_default() + 1;
    if curve.len() < reached {
        curve.resize(reached, Return::default());
    }
    curve.iter_mut().take(reached).for_each(|entry| entry.persons += 1);
    for index in intervals {
        let entry = usize::try_from(index - first).ok().and_then(|place| curve.get_mut(place));
        entry.into_iter().for_each(|entry| entry.active += 1);
    }
}
