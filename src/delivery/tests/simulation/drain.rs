//! The end of each schedule: the network is fair, and everything gets through.

use super::schedule::{Manner, Nature};
use super::store::Row;
use super::tab::{Sender, Tab};
use super::world::{Checked, World};

const TWO_DAYS_MS: i64 = 48 * 3_600_000;

fn welcome(row: &Row) -> bool {
    !matches!(row.nature, Nature::Unwelcome(_))
}

impl World {
    pub(super) fn drain(&mut self) -> Checked {
        self.fair();
        self.reload_at_removal = None;
        self.store.manner = Manner::Honest;
        for at in 0..self.tabs.len() {
            self.engine(at)?;
        }
        // First by the machines as they are; then what only a reader of the store knows of.
        self.settle_all()?;
        self.crash()?;
        self.settle_all()?;
        for (id, row) in &self.tracked {
            let stored = self.collector.stored.get(id).copied().unwrap_or(0);
            *self.tally.entry("stored twice or more").or_default() += u64::from(stored > 1);
            let kept = self.store.rows.contains_key(id);
            *self.tally.entry("kept, though unwelcome").or_default() += u64::from(kept);
            if stored == 0 && !kept && !self.store.counted.contains_key(id) {
                return Err(format!("{id} was lost uncounted"));
            }
            if kept && welcome(row) {
                return Err(format!("{id} never arrived"));
            }
        }
        Ok(())
    }

    fn settle_all(&mut self) -> Checked {
        let start = self.time;
        let waits = |world: &Self| {
            let sends = |tab: &&Tab| !matches!(tab.sender, Sender::None);
            world
                .tabs
                .iter()
                .filter(sends)
                .any(|tab| tab.waiting.values().any(welcome) || !tab.mail.is_empty())
        };
        self.pass(1)?;
        while waits(self) {
            if self.time - start > TWO_DAYS_MS {
                return Err(format!("{:?} still wait after two fair days", self.store.rows.keys()));
            }
            self.pass(10_000)?;
        }
        Ok(())
    }
}
