//! Erasing again who is back by a backup from before.

use std::collections::BTreeSet;

use super::{Erased, Receipt, Subject, erase};
use crate::access::By;
use crate::store::{Person, Store, StoreError, TenantId};

/// Erases from a store everybody of whose erasure another one, the store before the backup was put back, has a receipt.
/// Receipts name nobody: whoever is known here is hashed as there, and compared.
///
/// # Errors
/// One of the stores cannot be read, or this one not be written.
pub fn erase_again(
    store: &mut dyn Store,
    before: &mut dyn Store,
    by: By,
) -> Result<Vec<Receipt>, StoreError> {
    let salt = before.personal().salt()?;
    let here = store.directory().tenants()?;
    let mut done: BTreeSet<TenantId> = BTreeSet::new();
    let mut receipts = Vec::new();
    for (key, there) in before.directory().tenants()? {
        let Some((_, tenant)) = here.iter().find(|(known, _)| *known == key) else { continue };
        let tenant = *tenant;
        if !done.insert(tenant) {
            continue;
        }
        let erased: BTreeSet<String> =
            before.personal().receipts(there)?.into_iter().flat_map(|receipt| receipt.ids).collect();
        if erased.is_empty() {
            continue;
        }
        let was_erased = |id: &String| erased.contains(&salt.of_id(there, id));
        let (users, anonymous_ids) = store.personal().known_ids(tenant)?;
        for user in users.into_iter().filter(was_erased) {
            let whom = Person { user_id: Some(user), anonymous_id: None };
            if let Ok(subject) = store.personal().subject(tenant, &whom)? {
                receipts.push(erase(store, tenant, subject, by)?);
            }
        }
        // Who never was a user, and what had no user in a browser of theirs.
        let anonymous_ids: BTreeSet<String> = anonymous_ids.into_iter().filter(was_erased).collect();
        if !anonymous_ids.is_empty() {
            let subject = Subject { user_id: None, anonymous_ids };
            let receipt = erase(store, tenant, subject, by)?;
            let Erased { events, states, leads, .. } = receipt.erased;
            receipts.extend(Some(receipt).filter(|_| events + states + leads > 0));
        }
    }
    Ok(receipts)
}
