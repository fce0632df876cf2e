//! Ids that nobody can read, and that can still be compared.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::store::TenantId;

/// Random, of one database. Whoever has it and guesses an id can tell whether it is meant: that is how the operator
/// proves that somebody was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salt(pub Vec<u8>);

impl Salt {
    /// Of a person's id.
    pub fn of_id(&self, tenant: TenantId, id: &str) -> String {
        let mut text = "sha256:".to_owned();
        for byte in self.hash(b"id", tenant, id) {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Of a message's id: half as long, since there are many, and nobody gains by one that collides.
    pub(crate) fn of_message(&self, tenant: TenantId, message_id: &str) -> [u8; 16] {
        let hash = self.hash(b"message", tenant, message_id);
        let mut half = [0; 16];
        half.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        half
    }

    fn hash(&self, kind: &[u8], tenant: TenantId, id: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in [&self.0, kind, &tenant.0.to_be_bytes(), id.as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_by_its_kind_its_tenant_and_the_database() {
        let (one, two) = (Salt(vec![1; 32]), Salt(vec![2; 32]));
        let id = one.of_id(TenantId(1), "u");
        assert_eq!((id.len(), id.starts_with("sha256:")), (7 + 64, true));
        assert_eq!(one.of_id(TenantId(1), "u"), id);
        for other in [one.of_id(TenantId(2), "u"), one.of_id(TenantId(1), "v"), two.of_id(TenantId(1), "u")] {
            assert_ne!(other, id);
        }
        assert_ne!(one.of_message(TenantId(1), "a"), one.of_message(TenantId(1), "b"));
    }
}
