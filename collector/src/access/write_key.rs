//! A write key: public, since it is in every page, and good for nothing but to append.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::secret::Secret;
use crate::clock::Millis;
use crate::limits;
use crate::random::{self, NoRandomness};
use crate::store::TenantId;

/// As many as make two alike unthinkable; it is no secret.
const RANDOM_BYTES: usize = 16;

/// A write key that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteKey {
    /// The key.
    pub key: String,
    /// Whose.
    pub tenant: TenantId,
    /// Since when; not known of those from before keys could be changed.
    pub created: Option<Millis>,
    /// From when on nobody sends by it.
    pub ends: Option<Millis>,
}

/// A text that cannot be a write key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKey {
    /// Empty, or with its length in bytes.
    Length(usize),
    /// It has to stand in addresses and in HTTP Basic.
    Character(char),
    /// It is a token, and everybody would see it.
    Secret,
}

impl WriteKey {
    /// Whether events are taken under it.
    pub fn is_valid(&self, now: Millis) -> bool {
        self.ends.is_none_or(|end| now < end)
    }

    /// A text that somebody chooses.
    ///
    /// # Errors
    /// See [`WrongKey`].
    pub fn chosen(text: &str) -> Result<String, WrongKey> {
        if text.is_empty() || text.len() > limits::WRITE_KEY_BYTES {
            return Err(WrongKey::Length(text.len()));
        }
        if Secret::read(text).is_some() {
            return Err(WrongKey::Secret);
        }
        let is_wrong = |sign: &char| !(sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.'));
        match text.chars().find(is_wrong) {
            Some(sign) => Err(WrongKey::Character(sign)),
            None => Ok(text.to_owned()),
        }
    }

    /// One that nobody has.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn random() -> Result<String, NoRandomness> {
        Ok(format!("wk_{}", URL_SAFE_NO_PAD.encode(random::bytes::<RANDOM_BYTES>()?)))
    }
}

impl fmt::Display for WrongKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongKey::Length(found) => {
                write!(out, "it has {found} bytes, and must have 1 to {}", limits::WRITE_KEY_BYTES)
            }
            WrongKey::Character(sign) => {
                write!(out, "{sign:?} cannot be in it: letters, digits, `-`, `_` and `.` can")
            }
            WrongKey::Secret => {
                out.write_str("this is a token, which is secret, and a write key is in every page")
            }
        }
    }
}

impl std::error::Error for WrongKey {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Kind;

    #[test]
    fn what_is_chosen_stands_in_an_address_and_is_no_secret() {
        assert_eq!(WriteKey::chosen("demo-2.key_A"), Ok("demo-2.key_A".to_owned()));
        assert_eq!(WriteKey::chosen(""), Err(WrongKey::Length(0)));
        assert_eq!(WriteKey::chosen("a:b"), Err(WrongKey::Character(':')));
        assert_eq!(WriteKey::chosen("a/b"), Err(WrongKey::Character('/')));
        assert_eq!(WriteKey::chosen(&"x".repeat(101)), Err(WrongKey::Length(101)));
        let token = Secret::new(Kind::Server).unwrap().reveal();
        assert_eq!(WriteKey::chosen(&token), Err(WrongKey::Secret));
    }

    #[test]
    fn what_is_random_could_be_chosen() {
        let key = WriteKey::random().unwrap();
        assert_eq!(WriteKey::chosen(&key), Ok(key.clone()));
        assert_ne!(WriteKey::random().unwrap(), key);
    }
}
