//! What a host and its collector both know, and nobody else.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::Millis;
use crate::random::{self, NoRandomness};

/// Nobody tries out 256 bits.
const BYTES: usize = 32;

/// What a secret is for. Two, since many a product lets people choose their user's id: who is called like the text of a
/// token would else be given its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To sign users' ids.
    Signatures,
    /// To sign short-lived tokens.
    Tokens,
}

/// A signing secret. It is kept as it is: an HMAC cannot be checked with a hash of its key. It does not print itself by
/// accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Names it. Never given twice.
    pub id: i64,
    /// What it is for.
    pub purpose: Purpose,
    /// The text itself is the key, as any library takes it.
    pub(crate) value: String,
    /// Since when it is valid.
    pub created: Millis,
    /// Since when it is not any more.
    pub retired: Option<Millis>,
}

impl Purpose {
    /// As it is stored, and as a command line says it.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Signatures => "signatures",
            Purpose::Tokens => "tokens",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Purpose> {
        [Purpose::Signatures, Purpose::Tokens].into_iter().find(|purpose| purpose.name() == name)
    }

    /// So that people, and those who search repositories for secrets, see what it is.
    fn prefix(self) -> &'static str {
        match self {
            Purpose::Signatures => "rpn_sign_",
            Purpose::Tokens => "rpn_jwt_",
        }
    }
}

impl Secret {
    /// The text of a new one.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn invent(purpose: Purpose) -> Result<String, NoRandomness> {
        Ok(format!("{}{}", purpose.prefix(), URL_SAFE_NO_PAD.encode(random::bytes::<BYTES>()?)))
    }

    /// As it is kept.
    pub fn kept(
        id: i64,
        purpose: Purpose,
        value: String,
        created: Millis,
        retired: Option<Millis>,
    ) -> Secret {
        Secret { id, purpose, value, created, retired }
    }

    /// Whether what it signs is believed.
    pub fn is_valid(&self) -> bool {
        self.retired.is_none()
    }

    /// To show it.
    pub fn reveal(&self) -> &str {
        &self.value
    }

    /// Enough of it to tell which one it is.
    pub fn hint(&self) -> String {
        let shown: String = self.value.chars().take(self.purpose.prefix().len() + 4).collect();
        format!("{shown}…")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Secret({}, {})", self.id, self.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_none_is_printed_by_accident() {
        for purpose in [Purpose::Signatures, Purpose::Tokens] {
            let (one, other) = (Secret::invent(purpose).unwrap(), Secret::invent(purpose).unwrap());
            assert_ne!(one, other);
            assert_eq!(one.len(), purpose.prefix().len() + 43);
            let secret = Secret::kept(1, purpose, one.clone(), Millis(0), None);
            assert!(!format!("{secret:?}").contains(&one[..purpose.prefix().len() + 5]));
            assert_eq!(secret.reveal(), one);
        }
    }
}
