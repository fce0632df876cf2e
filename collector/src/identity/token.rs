//! A short-lived token: a JSON Web Token (RFC 7519) by HS256, as any library makes it, with `sub` (the user's id) and
//! `exp`, perhaps `account`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use serde::Deserialize;

use super::secret::{Purpose, Secret};
use crate::clock::Millis;
use crate::limits::TOKEN_BYTES;

/// Two clocks differ.
const LEEWAY_MS: f64 = 60_000.0;

/// Why a token is worth nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadToken {
    /// It is no such token, or no valid secret has signed it.
    Forged,
    /// It was one.
    Expired,
}

/// Whom a token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The user.
    pub user: String,
    /// The account that they belong to, where the token says: it alone decides then. An empty one is none.
    pub account: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// Something that must be understood, and is not.
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    nbf: Option<f64>,
    account: Option<String>,
}

impl Secret {
    /// Whom a token is for, if one of these secrets has signed it and its time has not passed.
    ///
    /// # Errors
    /// See [`BadToken`].
    pub fn bearer(secrets: &[Secret], token: &str, now: Millis) -> Result<Bearer, BadToken> {
        let claims = claims(secrets, token).ok_or(BadToken::Forged)?;
        let now = now.0 as f64;
        if claims.exp * 1000.0 + LEEWAY_MS <= now {
            return Err(BadToken::Expired);
        }
        let is_early = claims.nbf.is_some_and(|from| from * 1000.0 - LEEWAY_MS > now);
        if is_early || claims.sub.is_empty() {
            return Err(BadToken::Forged);
        }
        Ok(Bearer { user: claims.sub, account: claims.account })
    }
}

fn claims(secrets: &[Secret], token: &str) -> Option<Claims> {
    if token.len() > TOKEN_BYTES {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let signature = decode(signature)?;
    let signs = |secret: &&Secret| {
        secret.purpose == Purpose::Tokens
            && secret.is_valid()
            && secret.mac(signed.as_bytes()).verify_slice(&signature).is_ok()
    };
    // Before anything of it is read.
    secrets.iter().find(signs)?;
    let header: Header = serde_json::from_slice(&decode(header)?).ok()?;
    if header.alg != "HS256" || header.crit.is_some() {
        return None;
    }
    serde_json::from_slice(&decode(payload)?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: Millis = Millis(1_700_000_000_000);

    fn secret(purpose: Purpose, value: &str, retired: bool) -> Secret {
        Secret::kept(1, purpose, value.to_owned(), Millis(0), retired.then_some(Millis(1)))
    }

    fn sign(value: &str, header: &Value, claims: &Value) -> String {
        let encode = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", encode(header), encode(claims));
        let mac = secret(Purpose::Tokens, value, false).mac(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    #[test]
    fn only_what_a_valid_secret_has_signed_for_now_says_who_it_is() {
        let jwt = json!({"alg": "HS256", "typ": "JWT"});
        let claims = json!({"sub": "ada", "exp": 1_700_000_060});
        let good = sign("s", &jwt, &claims);
        let ask = |token: &str| Secret::bearer(&[secret(Purpose::Tokens, "s", false)], token, NOW);
        let ada = |account: Option<&str>| {
            Ok(Bearer { user: "ada".to_owned(), account: account.map(str::to_owned) })
        };
        assert_eq!(ask(&good), ada(None));
        let with = |key: &str, value: Value| {
            let mut claims = claims.clone();
            claims[key] = value;
            ask(&sign("s", &jwt, &claims))
        };
        assert_eq!(with("exp", json!(1_699_999_939)), Err(BadToken::Expired));
        assert_eq!(with("exp", json!(1_699_999_941)), ada(None));
        assert_eq!(with("account", json!("acme")), ada(Some("acme")));
        assert_eq!(with("account", json!("")), ada(Some("")));
        assert_eq!(with("account", json!(7)), Err(BadToken::Forged));
        assert_eq!(with("exp", json!(Value::Null)), Err(BadToken::Forged));
        assert_eq!(with("nbf", json!(1_700_000_061)), Err(BadToken::Forged));
        assert_eq!(with("sub", json!("")), Err(BadToken::Forged));
        assert_eq!(with("sub", json!(7)), Err(BadToken::Forged));
        for header in
            [json!({"alg": "none"}), json!({"alg": "HS512"}), json!({"alg": "HS256", "crit": ["x"]})]
        {
            assert_eq!(ask(&sign("s", &header, &claims)), Err(BadToken::Forged), "{header}");
        }
        let other = sign("s", &jwt, &json!({"sub": "eve", "exp": 1_700_000_060}));
        let swapped = format!("{}.{}", other.rsplit_once('.').unwrap().0, good.rsplit_once('.').unwrap().1);
        let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
        for token in [swapped.as_str(), &unsigned, "", ".", "..", "a.b.c", &"a".repeat(10_000)] {
            assert_eq!(ask(token), Err(BadToken::Forged), "{token}");
        }
    }

    #[test]
    fn a_secret_that_is_retired_or_for_something_else_signs_no_token() {
        let good = sign("s", &json!({"alg": "HS256"}), &json!({"sub": "ada", "exp": 1_700_000_060}));
        for secrets in [
            vec![],
            vec![secret(Purpose::Tokens, "s", true)],
            // Or who is called like the text of a token would be given its signature.
            vec![secret(Purpose::Signatures, "s", false)],
        ] {
            assert_eq!(Secret::bearer(&secrets, &good, NOW), Err(BadToken::Forged), "{secrets:?}");
        }
        let several = [secret(Purpose::Tokens, "new", false), secret(Purpose::Tokens, "s", false)];
        assert_eq!(Secret::bearer(&several, &good, NOW).map(|bearer| bearer.user), Ok("ada".to_owned()));
    }
}
