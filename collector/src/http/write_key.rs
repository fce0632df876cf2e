//! The write key of a request that has none in its body: HTTP Basic, the key as the user's name.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The key, if the header has one.
pub(super) fn from_basic(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let key = decoded.split_once(':').map_or(decoded.as_str(), |(user, _)| user);
    (!key.is_empty()).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_user_name_is_the_key() {
        let table = [
            ("Basic a2V5Og==", Some("key")),
            ("basic a2V5OnNlY3JldA==", Some("key")),
            ("Basic a2V5", Some("key")),
            ("Basic Og==", None),
            ("Basic ???", None),
            ("Basic", None),
            ("Bearer a2V5Og==", None),
        ];
        for (value, key) in table {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(value))]);
            assert_eq!(from_basic(&headers).as_deref(), key, "{value}");
        }
    }
}
