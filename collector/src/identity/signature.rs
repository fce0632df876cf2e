//! A signature of a user's id: HMAC-SHA256 by the secret, as hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secret::{Purpose, Secret};

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
}

impl Secret {
    /// Whether a signature of a user's id was made with this secret. It takes as long whatever is wrong.
    pub fn has_signed(&self, user_id: &str, signature: &Signature) -> bool {
        self.purpose == Purpose::Signatures && self.mac(user_id.as_bytes()).verify_slice(&signature.0).is_ok()
    }

    pub(super) fn mac(&self, text: &[u8]) -> Hmac<Sha256> {
        // A key of any length will do, so this never falls back to the empty one.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.value.as_bytes())
            .unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()));
        mac.update(text);
        mac
    }
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

    #[test]
    fn what_is_no_signature_is_none() {
        let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        for text in ["", &digits[1..], &format!("{digits}0"), &digits.replace('5', "g"), &"é".repeat(32)] {
            assert_eq!(Signature::read(text), None, "{text}");
        }
    }
}
