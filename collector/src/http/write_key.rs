//! The write key of a request: in its body, else in its head, by whichever way a client has.
//!
//! Segment's and RudderStack's clients send it by HTTP Basic as the user's name, Jitsu's as `X-Write-Key`; a beacon, which
//! can have no header, by the query `?writeKey=`.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::access::Secret;

const X_WRITE_KEY: HeaderName = HeaderName::from_static("x-write-key");

/// The key in the head. Basic first: where a proxy adds a header of its own, what the client said goes first. A token is
/// none in the query: addresses stand in the logs of whatever is in between, and it is secret.
pub(super) fn in_head(head: &Parts) -> Option<String> {
    let in_query = || from_query(&head.uri).filter(|key| Secret::read(key).is_none());
    from_basic(&head.headers).or_else(|| from_header(&head.headers)).or_else(in_query)
}

/// The user's name of HTTP Basic.
pub(super) fn from_basic(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let key = decoded.split_once(':').map_or(decoded.as_str(), |(user, _)| user);
    some(key)
}

fn from_header(headers: &HeaderMap) -> Option<String> {
    some(headers.get(X_WRITE_KEY)?.to_str().ok()?.trim())
}

fn from_query(uri: &Uri) -> Option<String> {
    let pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.into_iter().find(|(name, _)| name == "writeKey").and_then(|(_, key)| some(&key))
}

fn some(key: &str) -> Option<String> {
    (!key.is_empty()).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;
    use crate::access::Kind;

    fn key(uri: &str, headers: &[(&str, &str)]) -> Option<String> {
        let request = Request::builder().uri(uri);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        in_head(&request.body(()).unwrap().into_parts().0)
    }

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
        for (value, expected) in table {
            assert_eq!(key("/", &[("authorization", value)]).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn a_header_and_the_query_may_have_it_too() {
        assert_eq!(key("/", &[("x-write-key", "key")]).as_deref(), Some("key"));
        assert_eq!(key("/", &[("x-write-key", " ")]), None);
        let table = [
            ("/v1/t?writeKey=key", Some("key")),
            ("/v1/t?a=b&writeKey=k%65y&c", Some("key")),
            ("/v1/t?writeKey=", None),
            ("/v1/t?writekey=key", None),
            ("/v1/t?", None),
            ("/v1/t", None),
        ];
        for (uri, expected) in table {
            assert_eq!(key(uri, &[]).as_deref(), expected, "{uri}");
        }
    }

    #[test]
    fn a_secret_does_not_belong_into_an_address() {
        let secret = Secret::new(Kind::Server).unwrap().reveal();
        assert_eq!(key(&format!("/v1/t?writeKey={secret}"), &[]), None);
        assert_eq!(key("/v1/t", &[("x-write-key", &secret)]), Some(secret));
    }

    #[test]
    fn of_several_the_clients_own_counts() {
        let basic = ("authorization", "Basic a2V5Og==");
        assert_eq!(key("/?writeKey=c", &[("x-write-key", "b"), basic]).as_deref(), Some("key"));
        assert_eq!(key("/?writeKey=c", &[("x-write-key", "b")]).as_deref(), Some("b"));
    }
}
