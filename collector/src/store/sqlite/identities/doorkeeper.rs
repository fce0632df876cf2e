//! Who stands at the door of the log: by what the users of a batch are believed, and the accounts.

use rusqlite::{Transaction, params};

use super::joins::Joins;
use super::members::Members;
use super::standing;
use crate::clock::Millis;
use crate::identity::{Secret, Signature, Trust, Verdict};
use crate::store::{Credentials, Entry, StoreError, TenantId};

/// Decides what the entries of one batch are believed by, in the order of the log.
pub(in crate::store::sqlite) struct Doorkeeper<'a> {
    transaction: &'a Transaction<'a>,
    tenant: TenantId,
    credentials: &'a Credentials,
    /// Those that sign users and are valid.
    secrets: &'a [Secret],
    /// Of the user of the last entry, since a browser's batch is one user's: the signature, and what came of it.
    last: Option<(&'a str, Option<&'a str>, Trust)>,
    /// The anonymous id of the last entry, likewise, and whether it is one of a user who is known as signed.
    anonymous: Option<(&'a str, bool)>,
    /// Who is known as signed since this batch.
    remembered: Option<&'a str>,
    members: Members<'a>,
    joins: Joins<'a>,
}

impl<'a> Doorkeeper<'a> {
    pub(in crate::store::sqlite) fn new(
        transaction: &'a Transaction<'a>,
        tenant: TenantId,
        credentials: &'a Credentials,
        secrets: &'a [Secret],
    ) -> Doorkeeper<'a> {
        Doorkeeper {
            transaction,
            tenant,
            credentials,
            secrets,
            last: None,
            anonymous: None,
            remembered: None,
            members: Members::new(transaction, tenant, secrets),
            joins: Joins::new(transaction, tenant),
        }
    }

    /// What the entry at this place of the batch is believed by.
    pub(in crate::store::sqlite) fn judge(
        &mut self,
        index: usize,
        entry: &'a Entry,
    ) -> Result<Verdict, StoreError> {
        let trust = self.judge_ids(index, entry)?;
        self.members.forget_claim();
        let claim = of(&self.credentials.claims, index).filter(|_| trust != Trust::Stranger);
        let Some(claim) = claim else { return Ok(trust.into()) };
        let user = entry.user_id.as_deref().filter(|_| trust == Trust::Signed);
        let outsider = match self.credentials.server {
            true => self.members.hear_server(user, claim),
            false => self.members.judge(user, claim)?,
        };
        Ok(Verdict { trust, outsider })
    }

    fn judge_ids(&mut self, index: usize, entry: &'a Entry) -> Result<Trust, StoreError> {
        let trust = self.judge_user(index, entry)?;
        if self.credentials.server || self.secrets.is_empty() {
            return Ok(trust);
        }
        let own = entry.user_id.as_deref().filter(|_| trust == Trust::Signed);
        for id in self.other_ids(index, entry) {
            if own != Some(id) && self.is_signed(id)? {
                return Ok(Trust::Stranger);
            }
        }
        // Who names no user, or is not believed, is whom their anonymous id was joined to.
        if let (Trust::Nobody | Trust::Refused, Some(id)) = (trust, entry.anonymous_id.as_deref())
            && self.joins.is_unproven(id)?
        {
            return Ok(Trust::Stranger);
        }
        Ok(trust)
    }

    /// Whom it names beside its user.
    fn other_ids(&self, index: usize, entry: &'a Entry) -> impl Iterator<Item = &'a str> + use<'a> {
        let joined = of(&self.credentials.joined, index).map(String::as_str);
        [entry.anonymous_id.as_deref(), joined].into_iter().flatten()
    }

    /// Whether it is the id of a user who is known as signed.
    fn is_signed(&mut self, id: &'a str) -> Result<bool, StoreError> {
        if let Some((_, signed)) = self.anonymous.filter(|(known, _)| *known == id) {
            return Ok(signed);
        }
        let signed = standing(self.transaction, self.tenant, id)?.signed;
        self.anonymous = Some((id, signed));
        Ok(signed)
    }

    fn judge_user(&mut self, index: usize, entry: &'a Entry) -> Result<Trust, StoreError> {
        let Some(user) = entry.user_id.as_deref() else { return Ok(Trust::Nobody) };
        let signature = of(&self.credentials.signatures, index).map(String::as_str);
        if let Some((_, _, trust)) = self.last.filter(|(of, by, _)| (*of, *by) == (user, signature)) {
            return Ok(trust);
        }
        let trust = self.decide(user, signature)?;
        self.last = Some((user, signature, trust));
        Ok(trust)
    }

    fn decide(&self, user: &str, signature: Option<&str>) -> Result<Trust, StoreError> {
        if self.credentials.server {
            return Ok(Trust::Signed);
        }
        if self.secrets.is_empty() {
            return Ok(Trust::Word);
        }
        if let Some(text) = signature {
            let signs = |signature| self.secrets.iter().any(|secret| secret.has_signed(user, &signature));
            return Ok(if Signature::read(text).is_some_and(signs) { Trust::Signed } else { Trust::Refused });
        }
        let known = standing(self.transaction, self.tenant, user)?;
        Ok(if known.signed { Trust::Refused } else { Trust::Word })
    }

    /// The entry at this place of the batch, which was judged last, is new in the log.
    pub(in crate::store::sqlite) fn remember(
        &mut self,
        index: usize,
        entry: &'a Entry,
        Verdict { trust, outsider }: Verdict,
        received: Millis,
    ) -> Result<(), StoreError> {
        self.remember_user(entry, trust, received)?;
        if let Some(user) = entry.user_id.as_deref() {
            for id in self.other_ids(index, entry) {
                self.joins.remember(trust, id, user)?;
            }
        }
        // A clock that is ahead does not have the last word for ever.
        self.members.remember(entry.happened.min(received))?;
        if let Some(user) = entry.user_id.as_deref().filter(|_| outsider && trust == Trust::Signed) {
            self.members.count_outside(user, received)?;
        }
        Ok(())
    }

    fn remember_user(&mut self, entry: &'a Entry, trust: Trust, received: Millis) -> Result<(), StoreError> {
        let (signed, refused) = (trust == Trust::Signed, trust == Trust::Refused);
        let Some(user) = entry.user_id.as_deref().filter(|_| signed || refused) else { return Ok(()) };
        if signed && self.remembered.replace(user) == Some(user) {
            return Ok(());
        }
        // Who has just become known as signed may be named by what follows.
        self.anonymous = None;
        self.joins.ask_anew();
        let mut remember = self.transaction.prepare_cached(
            "INSERT INTO signed_user (tenant, user_id, signed, refused, tried_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET signed = max(signed, excluded.signed),
                refused = refused + excluded.refused, tried_at = ifnull(excluded.tried_at, tried_at)
             WHERE excluded.refused > 0 OR excluded.signed > signed",
        )?;
        let tried = refused.then_some(received.0);
        remember.execute(params![self.tenant.0, user, signed, refused, tried])?;
        Ok(())
    }
}

/// What belongs to the entry at this place of the batch.
fn of<T>(all: &[(usize, T)], index: usize) -> Option<&T> {
    let at = all.binary_search_by_key(&index, |(of, _)| *of).ok()?;
    all.get(at).map(|(_, own)| own)
}
