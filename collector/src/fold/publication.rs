//! Which playbook a tenant is to be folded by: the one that is published, in full (browsers get it without what only the
//! collector needs).

use ripen::playbook::compile;

use crate::store::{Store, StoreError, TenantId};

/// A playbook to fold by.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) revision: u64,
    pub(crate) compiled: Vec<u8>,
}

/// What a tenant has published; none if nothing is, or if it is not one of this version of the engine.
pub(super) fn wanted(store: &mut dyn Store, tenant: TenantId) -> Result<Option<Wanted>, StoreError> {
    let Some(number) = store.playbooks().in_force(tenant)?.published else { return Ok(None) };
    let Some((_, source)) = store.playbooks().revision(tenant, number)? else { return Ok(None) };
    match compile(&source) {
        Ok(compiled) => Ok(Some(Wanted { revision: compiled.playbook.revision, compiled: compiled.bytes })),
        Err(problems) => {
            let (tenant, problems) = (tenant.0, problems.len());
            tracing::error!(
                tenant,
                problems,
                "what is published cannot be compiled any more: it is folded as before"
            );
            Ok(None)
        }
    }
}
