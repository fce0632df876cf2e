//! Tokens: of each secret only its hash.

use super::{StoreError, TenantId};
use crate::access::{By, NewToken, SecretHash, Token, TokenId};
use crate::clock::Millis;

/// The tokens of all tenants. Each change stands in the audit log, in the same transaction.
pub trait Tokens {
    /// Every one that ever was, in the order in which they were made.
    ///
    /// # Errors
    /// The store cannot be read.
    fn tokens(&mut self) -> Result<Vec<Token>, StoreError>;

    /// Keeps a new one.
    ///
    /// # Errors
    /// The store cannot be written, or the tenant is not known.
    fn add_token(&mut self, token: &NewToken, by: By) -> Result<TokenId, StoreError>;

    /// Says from when on it is worth nothing; never later than it was said before. The instant, or none if the tenant has
    /// no such token.
    ///
    /// # Errors
    /// The store cannot be written.
    fn end_token(
        &mut self,
        tenant: TenantId,
        token: TokenId,
        ends: Millis,
        by: By,
    ) -> Result<Option<Millis>, StoreError>;

    /// Puts another in its place, of the same kind and name; the old one ends then, or before. None if the tenant has no
    /// such token, or it has ended already.
    ///
    /// # Errors
    /// The store cannot be written.
    fn replace_token(
        &mut self,
        tenant: TenantId,
        token: TokenId,
        hash: SecretHash,
        ends: Millis,
        by: By,
    ) -> Result<Option<TokenId>, StoreError>;
}
