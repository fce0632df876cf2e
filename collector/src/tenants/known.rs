//! What the store says of tenants at one moment.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::published::Published;
use crate::access::{Secret, SecretHash, Token, WriteKey};
use crate::clock::Millis;
use crate::store::{InForce, RevisionNumber, Store, StoreError, TenantId};

/// One that may send.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// In the store.
    pub id: TenantId,
    /// What its pages load.
    pub playbook: Option<Arc<Published>>,
    /// What its test audience loads: who has the pass.
    pub draft: Option<(String, Arc<Published>)>,
    /// The nudges that are off, by id.
    pub killed: Vec<String>,
}

/// All of them, with their keys and tokens.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Of the store's [directory](crate::store::Directory::version).
    version: i64,
    tenants: HashMap<TenantId, Arc<Tenant>>,
    keys: HashMap<String, WriteKey>,
    tokens: HashMap<SecretHash, Token>,
}

impl Known {
    /// The same as it is now; none if nothing has changed.
    pub(super) fn renewed(&self, store: &mut dyn Store) -> Result<Option<Known>, StoreError> {
        if store.directory().version()? == self.version {
            return Ok(None);
        }
        self.read(store).map(Some)
    }

    /// Reads all; what has been compiled is not compiled anew.
    pub(super) fn read(&self, store: &mut dyn Store) -> Result<Known, StoreError> {
        // First, so that what changes meanwhile is read once more.
        let version = store.directory().version()?;
        let keys = store.directory().write_keys()?;
        let tokens = store.tokens().tokens()?;
        let mut tenants = HashMap::new();
        for key in &keys {
            if let Entry::Vacant(place) = tenants.entry(key.tenant) {
                place.insert(Arc::new(self.tenant_in(store, key.tenant)?));
            }
        }
        Ok(Known {
            version,
            tenants,
            keys: keys.into_iter().map(|key| (key.key.clone(), key)).collect(),
            tokens: tokens.into_iter().map(|token| (token.hash, token)).collect(),
        })
    }

    fn tenant_in(&self, store: &mut dyn Store, id: TenantId) -> Result<Tenant, StoreError> {
        let InForce { published, draft, killed } = store.playbooks().in_force(id)?;
        let playbook = match published {
            Some(number) => self.compiled(store, id, number)?,
            None => None,
        };
        let draft = match draft {
            Some(draft) => self.compiled(store, id, draft.number)?.map(|compiled| (draft.pass, compiled)),
            None => None,
        };
        Ok(Tenant { id, playbook, draft, killed })
    }

    fn compiled(
        &self,
        store: &mut dyn Store,
        id: TenantId,
        number: RevisionNumber,
    ) -> Result<Option<Arc<Published>>, StoreError> {
        let before = self.tenants.get(&id).into_iter();
        let mut known = before
            .flat_map(|tenant| tenant.playbook.iter().chain(tenant.draft.iter().map(|(_, draft)| draft)));
        if let Some(known) = known.find(|known| known.number == number) {
            return Ok(Some(Arc::clone(known)));
        }
        Ok(Published::find(store.playbooks(), id, number)?.map(Arc::new))
    }

    pub(super) fn version(&self) -> i64 {
        self.version
    }

    /// The tenant of a write key, if it is worth something.
    pub fn by_key(&self, write_key: &str, now: Millis) -> Option<&Arc<Tenant>> {
        let key = self.keys.get(write_key).filter(|key| key.is_valid(now))?;
        self.tenants.get(&key.tenant)
    }

    /// A tenant.
    pub fn tenant(&self, id: TenantId) -> Option<&Arc<Tenant>> {
        self.tenants.get(&id)
    }

    /// The token of a secret, if it is worth something.
    pub fn by_secret(&self, secret: &Secret, now: Millis) -> Option<&Token> {
        // What it says that it is has to be true, so that nobody takes one for another.
        self.tokens.get(&secret.hash()).filter(|token| token.kind == secret.kind() && token.is_valid(now))
    }

    /// The write keys of a tenant, also those that are worth nothing any more, by key.
    pub fn keys_of(&self, tenant: TenantId) -> Vec<&WriteKey> {
        let mut keys: Vec<_> = self.keys.values().filter(|key| key.tenant == tenant).collect();
        keys.sort_by(|one, other| one.key.cmp(&other.key));
        keys
    }

    /// The tokens of a tenant, also those that are worth nothing any more, in the order made.
    pub fn tokens_of(&self, tenant: TenantId) -> Vec<&Token> {
        let mut tokens: Vec<_> = self.tokens.values().filter(|token| token.tenant == tenant).collect();
        tokens.sort_by_key(|token| token.id);
        tokens
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Tenant> {
        self.tenants.values().map(Arc::as_ref)
    }

    /// How many tenants there are.
    pub fn len(&self) -> usize {
        self.tenants.len()
    }

    /// Whether nobody may send.
    pub fn is_empty(&self) -> bool {
        self.tenants.is_empty()
    }
}
