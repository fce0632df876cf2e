//! Compiled playbooks, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ripen::engine::Playbook;

use crate::store::{PlaybookId, Store, StoreError};

/// Those that were read.
#[derive(Clone, Debug, Default)]
pub struct Playbooks {
    known: Arc<Mutex<HashMap<PlaybookId, Arc<Playbook>>>>,
}

impl Playbooks {
    /// One of them. None if it cannot be read by this version of the engine: then it has to be published anew.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn get(&self, store: &mut dyn Store, id: PlaybookId) -> Result<Option<Arc<Playbook>>, StoreError> {
        // Nothing is left half done by who panics meanwhile.
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let compiled = store.folds().playbook(id)?;
        let playbook = compiled.and_then(|compiled| Playbook::from_bytes(&compiled).ok()).map(Arc::new);
        if let Some(playbook) = &playbook {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(id, Arc::clone(playbook));
        }
        Ok(playbook)
    }
}
