//! What the options of a start say of tenants, brought into the store.

use super::written::Written;
use crate::access::{Actor, By};
use crate::clock::Millis;
use crate::store::{Expected, RevisionNumber, Store, StoreError};

/// What a start did for a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// By this write key.
    pub key: String,
    /// It published this revision; none if the file is what is published, or there is no file.
    pub published: Option<RevisionNumber>,
    /// What was published before that.
    pub before: Option<RevisionNumber>,
}

impl Begun {
    /// Says so.
    pub(crate) fn log(&self) {
        let Begun { key, published, before } = self;
        match (published, before) {
            (Some(published), Some(before)) => tracing::info!(
                key,
                revision = published.0,
                before = before.0,
                "the file of the playbook is not what was published: it is now"
            ),
            (Some(published), None) => {
                tracing::info!(key, revision = published.0, "the playbook is published")
            }
            (None, Some(before)) => {
                tracing::info!(key, revision = before.0, "the playbook is as it was published")
            }
            (None, None) => tracing::info!(key, "nothing is published: see ripen-collector playbook publish"),
        }
    }
}

/// Gives each write key its tenant, and publishes its playbook if that means something else than what is published.
///
/// # Errors
/// The store cannot be read or written.
pub fn begin(
    tenants: impl IntoIterator<Item = (String, Option<Written>)>,
    at: Millis,
    store: &mut dyn Store,
) -> Result<Vec<Begun>, StoreError> {
    let by = By { who: Actor::Start, at };
    let mut begun = Vec::new();
    for (key, written) in tenants {
        let tenant = store.directory().tenant(&key)?;
        let before = store.playbooks().in_force(tenant)?.published;
        let mut published = None;
        if let Some(written) = written {
            let number = match store.playbooks().same(tenant, &written.hash)? {
                Some(number) => number,
                None => store.playbooks().add_revision(&written.revision(tenant, ""), by)?,
            };
            if before != Some(number) {
                store.playbooks().publish(tenant, number, Expected::Any, by)?;
                published = Some(number);
            }
        }
        begun.push(Begun { key, published, before });
    }
    Ok(begun)
}
