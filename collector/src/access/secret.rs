//! The secret of a token: shown once, and kept as a hash.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::kind::Kind;
use crate::random::{self, NoRandomness};

/// Nobody tries out 256 bits, so that one fast hash is enough: there is no password here that could be guessed.
const BYTES: usize = 32;
/// So that people, and those who search repositories for secrets, see what it is.
const PREFIX: &str = "rpn_";

/// `rpn_KIND_` and 32 random bytes. It does not print itself by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    kind: Kind,
    bytes: [u8; BYTES],
}

/// What is kept of a secret, and what it is looked up by. Who measures how long that takes learns of hashes, and from
/// these nothing of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn new(kind: Kind) -> Result<Secret, NoRandomness> {
        Ok(Secret { kind, bytes: random::bytes()? })
    }

    /// As somebody presents it; none if it is no token at all.
    pub fn read(text: &str) -> Option<Secret> {
        let (kind, encoded) = text.strip_prefix(PREFIX)?.split_once('_')?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        Some(Secret { kind: Kind::named(kind)?, bytes: bytes.try_into().ok()? })
    }

    /// What it says that it is. Whether that is so, the store knows.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What to keep of it.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.bytes).into())
    }

    /// To show it, once.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}_{}", self.kind.name(), URL_SAFE_NO_PAD.encode(self.bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{PREFIX}{}_…", self.kind.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again_and_no_two_are_alike() {
        for kind in Kind::ALL {
            let (one, other) = (Secret::new(kind).unwrap(), Secret::new(kind).unwrap());
            let text = one.reveal();
            assert!(text.starts_with(&format!("rpn_{}_", kind.name())), "{text}");
            assert_eq!(Secret::read(&text), Some(one.clone()));
            assert_ne!(one.hash(), other.hash());
        }
    }

    #[test]
    fn it_is_not_printed_by_accident() {
        let secret = Secret::new(Kind::Admin).unwrap();
        let printed = format!("{secret:?}");
        assert!(!printed.contains(&secret.reveal()[12..20]), "{printed}");
    }

    #[test]
    fn what_is_no_token_is_none() {
        let whole = Secret::new(Kind::Read).unwrap().reveal();
        for text in
            ["", "demo", "rpn_", "rpn_read_", "rpn_read_abc", "rpn_write_abc", &whole[1..], &whole[..40]]
        {
            assert_eq!(Secret::read(text), None, "{text}");
        }
        assert_eq!(Secret::read(&format!("{whole}A")), None);
    }

    /// FIPS 180-2: the hash is the one that it says it is, also for databases that exist.
    #[test]
    fn the_hash_is_sha_256() {
        let bytes = [0_u8; 32];
        let secret = Secret { kind: Kind::Read, bytes };
        let known = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";
        let hash: String = secret.hash().0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, known);
    }
}
