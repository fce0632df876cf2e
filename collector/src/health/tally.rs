//! What one transaction adds.

use std::collections::BTreeMap;

use super::{Day, Pages, Requests, Seen, Source, Transport, lateness, skew};
use crate::clock::Millis;
use crate::store::TenantId;

/// Gathered in memory, so that a transaction of many batches writes a few rows.
#[derive(Debug, Default)]
pub struct Tally {
    /// By whose, when, by what, and which way.
    pub requests: BTreeMap<(TenantId, Day, Source, Transport), Requests>,
    /// By whose, when they began, and by what.
    pub pages: BTreeMap<(TenantId, Day, Source), Pages>,
}

impl Tally {
    /// Counts a batch, with what became of each of its events: when it happened, and whether it is new; and what those
    /// that are new name and may not.
    pub fn count(
        &mut self,
        tenant: TenantId,
        received: Millis,
        seen: &Seen,
        events: impl IntoIterator<Item = (Millis, bool)>,
        disbelieved: &[&str],
    ) {
        let key = (tenant, Day::of(received), seen.source.clone(), seen.transport);
        let row = self.requests.entry(key).or_default();
        row.requests += 1;
        row.denied += seen.denied;
        row.unbelieved += seen.unbelieved;
        row.rejected.add_all(&seen.rejected);
        disbelieved.iter().for_each(|what| row.disbelieved.add(what, 1));
        if let Some(sent) = seen.sent {
            row.skew.add(skew(sent, received), 1);
        }
        for (happened, new) in events {
            if new {
                row.accepted += 1;
                row.lateness.add(lateness(happened, received), 1);
            } else {
                row.duplicates += 1;
            }
        }
    }

    /// Counts what is new of a stream that began on a day.
    pub fn count_stream(&mut self, tenant: TenantId, began: Day, source: &Source, more: &Pages) {
        if !more.is_nothing() {
            self.pages.entry((tenant, began, source.clone())).or_default().add(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_of_one_source_are_one_row() {
        let mut tally = Tally::default();
        let mut seen = Seen { sent: Some(Millis(0)), ..Seen::default() };
        seen.rejected.add("no_person", 2);
        let received = Millis(5_000);
        for _ in 0..2 {
            tally.count(TenantId(1), received, &seen, [(Millis(0), true), (Millis(0), false)], &["user"]);
        }
        let rows: Vec<_> = tally.requests.values().collect();
        assert_eq!((rows.len(), rows[0].requests, rows[0].accepted, rows[0].duplicates), (1, 2, 2, 2));
        assert_eq!(rows[0].lateness.iter().collect::<Vec<_>>(), [("10s", 2)]);
        assert_eq!(rows[0].skew.iter().collect::<Vec<_>>(), [("10s", 2)]);
        assert_eq!((rows[0].rejected.total(), rows[0].disbelieved.total()), (4, 2));
    }
}
