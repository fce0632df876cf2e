//! Who may send, ask and change, and the playbook that their pages load: what the store says of that, kept in memory.
//!
//! What changes it by HTTP [refreshes](Tenants::refresh) it at once; what the command line changes beside a running
//! collector is seen by [`watch`](Tenants::watch).

mod known;
mod published;
mod start;
mod written;

use std::sync::{Arc, PoisonError, RwLock};

use crate::limits;
use crate::readers::Readers;
use crate::store::{Store, StoreError};
use crate::writer::NotStored;
pub use known::{Known, Tenant};
pub use published::Published;
pub use start::{Begun, begin};
pub use written::Written;

/// The tenants as they are now. Copies are the same.
#[derive(Clone, Debug, Default)]
pub struct Tenants {
    now: Arc<RwLock<Arc<Known>>>,
}

impl Tenants {
    /// Reads all that is known.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn read(store: &mut dyn Store) -> Result<Tenants, StoreError> {
        let tenants = Tenants::default();
        tenants.become_known(Known::default().read(store)?);
        Ok(tenants)
    }

    /// As they are at this moment.
    pub fn now(&self) -> Arc<Known> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads anew what has changed, before who changed it is answered.
    ///
    /// # Errors
    /// The store cannot be read: then it will be known a little later.
    pub async fn refresh(&self, readers: &Readers) -> Result<(), NotStored> {
        let before = self.now();
        let known = readers.read("tenants", move |store| before.renewed(store)).await?;
        known.into_iter().for_each(|known| self.become_known(known));
        Ok(())
    }

    /// Keeps an eye on what others change in the store, for ever.
    pub async fn watch(self, readers: Readers) {
        loop {
            tokio::time::sleep(limits::DIRECTORY_AGE).await;
            let (tenants, readers) = (self.clone(), readers.clone());
            // The log has the reason; what is known stays. A defect ends this one, and not those that come after it.
            let _ = tokio::spawn(async move { tenants.refresh(&readers).await }).await;
        }
    }

    /// Two may have read at once: the later one counts, whoever comes first.
    fn become_known(&self, known: Known) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if known.version() >= now.version() {
            *now = Arc::new(known);
        }
    }
}
