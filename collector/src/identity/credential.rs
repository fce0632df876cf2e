//! Who may read and erase what is known of a user: whom the host vouches for, by a signature of the user's id or by a
//! short-lived token.

use super::{BadToken, Bearer, Purpose, Secret, Signature};
use crate::clock::Millis;

/// By what somebody is believed to be who they say they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) user_id: Option<String>,
    pub(crate) signature: Option<String>,
    /// Where there is one it alone decides: a host that gives tokens wants them to end.
    pub(crate) token: Option<String>,
}

/// Who somebody is believed to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Believed {
    pub(crate) user: String,
    /// The account that a token says they belong to: then whatever else is known of that is nothing.
    pub(crate) account: Option<String>,
}

/// Why somebody is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBelieved {
    /// Nothing can be checked: the tenant has no secret.
    NoSecret,
    /// It is not the user's, or nobody's.
    Forged,
    /// It was the user's.
    Expired,
}

impl Credential {
    /// Who it is.
    pub(crate) fn believed(&self, secrets: &[Secret], now: Millis) -> Result<Believed, NotBelieved> {
        if !secrets.iter().any(Secret::is_valid) {
            return Err(NotBelieved::NoSecret);
        }
        if let Some(token) = &self.token {
            let Bearer { user, account } = Secret::bearer(secrets, token, now).map_err(|bad| match bad {
                BadToken::Forged => NotBelieved::Forged,
                BadToken::Expired => NotBelieved::Expired,
            })?;
            let is_theirs = self.user_id.as_ref().is_none_or(|id| *id == user);
            return if is_theirs { Ok(Believed { user, account }) } else { Err(NotBelieved::Forged) };
        }
        let user = self.user_id.as_ref().ok_or(NotBelieved::Forged)?;
        let signature = self.signature.as_deref().and_then(Signature::read).ok_or(NotBelieved::Forged)?;
        let signs = |secret: &&Secret| {
            secret.purpose == Purpose::Signatures && secret.is_valid() && secret.has_signed(user, &signature)
        };
        let is_theirs = secrets.iter().any(|secret| signs(&secret));
        is_theirs.then(|| Believed { user: user.clone(), account: None }).ok_or(NotBelieved::Forged)
    }
}
