//! What a host's server does.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

fn hmac(secret: &str, text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The signature of a user's id.
pub fn signed_by(secret: &str, user: &str) -> String {
    hmac(secret, user).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The signature of a user's membership of an account.
pub fn member_signed_by(secret: &str, user: &str, account: &str) -> String {
    let mac = hmac(&format!("{secret}/account"), &format!("{user}\0{account}"));
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A token for a user, until a time in seconds.
pub fn token_by(secret: &str, user: &str, expires: i64) -> String {
    token_with(secret, &json!({"sub": user, "exp": expires}))
}

/// A token with these claims.
pub fn token_with(secret: &str, claims: &Value) -> String {
    let encode = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", encode(&json!({"alg": "HS256", "typ": "JWT"})), encode(claims));
    let signature = URL_SAFE_NO_PAD.encode(hmac(secret, &signed));
    format!("{signed}.{signature}")
}
