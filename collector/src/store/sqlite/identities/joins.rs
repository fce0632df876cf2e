//! Anonymous ids that somebody has joined to a user at their word. Once that user is known as signed, what such an id does
//! is nobody's, until the user has signed an event of it: else whoever joins first, stays.

use rusqlite::{Transaction, params};

use crate::identity::Trust;
use crate::store::{StoreError, TenantId};

/// What one batch joins, and what it does under ids that are joined.
pub(super) struct Joins<'a> {
    transaction: &'a Transaction<'a>,
    tenant: TenantId,
    /// What was kept last, since a browser's batch is of one user and one id.
    kept: Option<(Trust, &'a str, &'a str)>,
    /// The id that was asked about last, and whether it is unproven.
    asked: Option<(&'a str, bool)>,
}

impl<'a> Joins<'a> {
    pub(super) fn new(transaction: &'a Transaction<'a>, tenant: TenantId) -> Joins<'a> {
        Joins { transaction, tenant, kept: None, asked: None }
    }

    /// Whether somebody has joined it at their word to a user who is known as signed, and that user has not confirmed it.
    pub(super) fn is_unproven(&mut self, id: &'a str) -> Result<bool, StoreError> {
        if let Some((_, unproven)) = self.asked.filter(|(asked, _)| *asked == id) {
            return Ok(unproven);
        }
        let unproven = self
            .transaction
            .prepare_cached(
                "SELECT 1 FROM joined_at_word JOIN signed_user USING (tenant, user_id)
                 WHERE tenant = ?1 AND anonymous_id = ?2 AND signed",
            )?
            .exists(params![self.tenant.0, id])?;
        self.asked = Some((id, unproven));
        Ok(unproven)
    }

    /// An event that is believed so far is in the log, and joins this id to this user.
    pub(super) fn remember(&mut self, trust: Trust, id: &'a str, user: &'a str) -> Result<(), StoreError> {
        let sql = match trust {
            Trust::Word => {
                "INSERT OR IGNORE INTO joined_at_word (tenant, anonymous_id, user_id) VALUES (?1, ?2, ?3)"
            }
            // Of this user alone: nobody vouches for what another one is said to be.
            Trust::Signed => {
                "DELETE FROM joined_at_word WHERE tenant = ?1 AND anonymous_id = ?2 AND user_id = ?3"
            }
            _ => return Ok(()),
        };
        if self.kept.replace((trust, id, user)) != Some((trust, id, user)) {
            self.transaction.prepare_cached(sql)?.execute(params![self.tenant.0, id, user])?;
            self.asked = None;
        }
        Ok(())
    }

    /// Somebody is known as signed since this entry.
    pub(super) fn ask_anew(&mut self) {
        self.asked = None;
    }
}
