//! Signatures: of a user's id, and of a user's membership of an account. HMAC-SHA256 by the secret, as hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secret::{Purpose, Secret};

/// What a secret is followed by as the key of memberships. Many a product lets people choose their user's id: by one key
/// who is called like the text of a membership would be given its signature. No secret ends so.
const OF_MEMBERSHIPS: &str = "/account";

/// Between the ids of a membership; so no id that is signed has one.
const BETWEEN: char = '\0';

/// A signature as it came: of whom and by what is still to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature([u8; 32]);

impl Signature {
    /// Reads 64 hexadecimal digits, whether small or capital.
    pub fn read(text: &str) -> Option<Signature> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            let digit = |sign: u8| char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Signature(bytes))
    }

    fn is_by(&self, mac: Hmac<Sha256>) -> bool {
        mac.verify_slice(&self.0).is_ok()
    }
}

impl Secret {
    /// Whether a signature of a user's id was made with this secret. It takes as long whatever is wrong.
    pub fn has_signed(&self, user_id: &str, signature: &Signature) -> bool {
        self.signs() && !user_id.contains(BETWEEN) && signature.is_by(self.mac(user_id.as_bytes()))
    }

    /// Whether a signature that a user belongs to an account was made with this secret.
    pub fn has_signed_member(&self, user_id: &str, account: &str, signature: &Signature) -> bool {
        let text = format!("{user_id}{BETWEEN}{account}");
        let is_one = text.matches(BETWEEN).count() == 1;
        let key = format!("{}{OF_MEMBERSHIPS}", self.value);
        self.signs() && is_one && signature.is_by(mac(key.as_bytes(), text.as_bytes()))
    }

    fn signs(&self) -> bool {
        self.purpose == Purpose::Signatures
    }

    pub(super) fn mac(&self, text: &[u8]) -> Hmac<Sha256> {
        mac(self.value.as_bytes(), text)
    }
}

fn mac(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    // A key of any length will do, so this never falls back to the empty one.
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()));
    mac.update(text);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Millis;

    fn secret(purpose: Purpose, value: &str) -> Secret {
        Secret::kept(1, purpose, value.to_owned(), Millis(0), None)
    }

    /// RFC 4231, test case 2.
    #[test]
    fn it_is_hmac_sha_256() {
        let known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let signature = Signature::read(known).unwrap();
        let jefe = secret(Purpose::Signatures, "Jefe");
        assert!(jefe.has_signed("what do ya want for nothing?", &signature));
        assert!(
            jefe.has_signed("what do ya want for nothing?", &Signature::read(&known.to_uppercase()).unwrap())
        );
        assert!(!jefe.has_signed("what do ya want for nothing", &signature));
        assert!(!secret(Purpose::Signatures, "Jeff").has_signed("what do ya want for nothing?", &signature));
        let for_tokens = secret(Purpose::Tokens, "Jefe");
        assert!(!for_tokens.has_signed("what do ya want for nothing?", &signature));
    }

    /// Of anything, as a host makes it that signs whatever it is given.
    fn signature_by(key: &str, text: &str) -> Signature {
        Signature(mac(key.as_bytes(), text.as_bytes()).finalize().into_bytes().into())
    }

    #[test]
    fn a_membership_is_of_one_user_and_one_account_and_no_user_is_called_so_that_it_is_theirs() {
        let secret = secret(Purpose::Signatures, "s");
        let ada = signature_by("s/account", "ada\0acme");
        assert!(secret.has_signed_member("ada", "acme", &ada));
        for (user, account) in
            [("ada", "acm"), ("ad", "acme"), ("eve", "acme"), ("acme", "ada"), ("adaacme", "")]
        {
            assert!(!secret.has_signed_member(user, account, &ada), "{user} {account}");
        }
        // Who chose an id like the text of a membership, and has it signed.
        assert!(!secret.has_signed_member("eve", "acme", &signature_by("s", "eve\0acme")));
        assert!(!secret.has_signed("eve\0acme", &signature_by("s", "eve\0acme")));
        // Where the one id ends and the other begins nobody could say.
        let torn = signature_by("s/account", "a\0b\0c");
        assert!(
            !secret.has_signed_member("a\0b", "c", &torn) && !secret.has_signed_member("a", "b\0c", &torn)
        );
        let for_tokens = Secret::kept(1, Purpose::Tokens, "s".to_owned(), Millis(0), None);
        assert!(!for_tokens.has_signed_member("ada", "acme", &ada));
    }

    #[test]
    fn what_is_no_signature_is_none() {
        let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        for text in ["", &digits[1..], &format!("{digits}0"), &digits.replace('5', "g"), &"é".repeat(32)] {
            assert_eq!(Signature::read(text), None, "{text}");
        }
    }
}
