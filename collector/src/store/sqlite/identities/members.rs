//! Who belongs to which account, as far as the host has vouched for it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::clock::Millis;
use crate::identity::{Secret, Signature};
use crate::limits::MEMBERSHIP_STEP_MS;
use crate::store::{Claim, StoreError, TenantId};

/// The account that the host has said last that a user belongs to.
pub(super) fn account_of(
    connection: &Connection,
    tenant: TenantId,
    user: &str,
) -> Result<Option<String>, StoreError> {
    let account = connection
        .prepare_cached("SELECT account FROM member WHERE tenant = ?1 AND user_id = ?2")?
        .query_row(params![tenant.0, user], |row| row.get(0))
        .optional()?;
    Ok(account)
}

/// Whether the host has vouched for any member of an account.
pub(super) fn is_vouched(
    connection: &Connection,
    tenant: TenantId,
    account: &str,
) -> Result<bool, StoreError> {
    let known = connection
        .prepare_cached("SELECT 1 FROM vouched_account WHERE tenant = ?1 AND account = ?2")?
        .exists(params![tenant.0, account])?;
    Ok(known)
}

/// Decides whether entries may name the accounts that they name, in the order of the log.
pub(super) struct Members<'a> {
    transaction: &'a Transaction<'a>,
    tenant: TenantId,
    secrets: &'a [Secret],
    /// Whether there is any account to be guarded, once that was asked: mostly there is none.
    any: Option<bool>,
    /// The account that was asked about last, since a browser's batch is of one, and whether it is vouched.
    account: Option<(&'a str, bool)>,
    /// The user who was asked about last, and where they belong.
    member: Option<(&'a str, Option<String>)>,
    /// The membership that the entry which was judged last is vouched for.
    claimed: Option<(&'a str, &'a str)>,
}

impl<'a> Members<'a> {
    pub(super) fn new(
        transaction: &'a Transaction<'a>,
        tenant: TenantId,
        secrets: &'a [Secret],
    ) -> Members<'a> {
        Members { transaction, tenant, secrets, any: None, account: None, member: None, claimed: None }
    }

    /// Nothing is vouched for yet by the next entry.
    pub(super) fn forget_claim(&mut self) {
        self.claimed = None;
    }

    /// The host's own server says so, and nobody has to believe it. It is nobody who may not.
    pub(super) fn hear_server(&mut self, user: Option<&'a str>, claim: &'a Claim) -> bool {
        self.claimed = user.zip(claim.account());
        false
    }

    /// Whether an entry, of a user whom the host has signed or of nobody such, names an account that it may not.
    pub(super) fn judge(&mut self, user: Option<&'a str>, claim: &'a Claim) -> Result<bool, StoreError> {
        if self.secrets.is_empty() {
            return Ok(false);
        }
        // Of whom it is not known who they are no membership can be known either.
        if let (Some(text), Some((user, account))) = (&claim.signature, user.zip(claim.account())) {
            let signs = |signature| {
                self.secrets.iter().any(|secret| secret.has_signed_member(user, account, &signature))
            };
            if !Signature::read(text).is_some_and(signs) {
                return Ok(true);
            }
            self.claimed = Some((user, account));
        }
        for account in claim.accounts() {
            let is_shown = self.claimed.is_some_and(|(_, shown)| shown == account);
            if !is_shown && self.is_vouched(account)? && !self.belongs(user, account)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_vouched(&mut self, account: &'a str) -> Result<bool, StoreError> {
        if !self.has_any()? {
            return Ok(false);
        }
        if let Some((_, known)) = self.account.filter(|(of, _)| *of == account) {
            return Ok(known);
        }
        let known = is_vouched(self.transaction, self.tenant, account)?;
        self.account = Some((account, known));
        Ok(known)
    }

    fn has_any(&mut self) -> Result<bool, StoreError> {
        if let Some(any) = self.any {
            return Ok(any);
        }
        let any = self
            .transaction
            .prepare_cached("SELECT 1 FROM vouched_account WHERE tenant = ?1 LIMIT 1")?
            .exists([self.tenant.0])?;
        self.any = Some(any);
        Ok(any)
    }

    fn belongs(&mut self, user: Option<&'a str>, account: &str) -> Result<bool, StoreError> {
        let Some(user) = user else { return Ok(false) };
        if self.member.as_ref().is_none_or(|(of, _)| *of != user) {
            self.member = Some((user, account_of(self.transaction, self.tenant, user)?));
        }
        Ok(self.member.as_ref().is_some_and(|(_, own)| own.as_deref() == Some(account)))
    }

    /// The entry that was judged last is new in the log, and of this instant. What comes late does not undo what was so
    /// later.
    pub(super) fn remember(&mut self, at: Millis) -> Result<(), StoreError> {
        let Some((user, account)) = self.claimed else { return Ok(()) };
        self.transaction
            .prepare_cached(
                "INSERT INTO member (tenant, user_id, account, vouched_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET account = excluded.account, vouched_at = excluded.vouched_at
                 WHERE excluded.vouched_at >= vouched_at
                     AND (excluded.account <> account OR excluded.vouched_at - vouched_at >= ?5)",
            )?
            .execute(params![self.tenant.0, user, account, at.0, MEMBERSHIP_STEP_MS])?;
        self.member = None;
        if !self.is_vouched(account)? {
            self.transaction
                .prepare_cached("INSERT INTO vouched_account (tenant, account) VALUES (?1, ?2)")?
                .execute(params![self.tenant.0, account])?;
            (self.any, self.account) = (Some(true), Some((account, true)));
        }
        Ok(())
    }

    /// An entry of a user whom the host has signed named an account that it may not.
    pub(super) fn count_outside(&self, user: &str, received: Millis) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "UPDATE signed_user SET outside = outside + 1, tried_at = ?3 WHERE tenant = ?1 AND user_id = ?2",
            )?
            .execute(params![self.tenant.0, user, received.0])?;
        Ok(())
    }
}
