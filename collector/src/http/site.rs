//! The files of `--www`, for a demonstration or a console beside the collector: one origin, one port.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tower_http::services::ServeDir;

use super::refusal::Refusal;

/// What a page from here may do. Ripen needs no more: no inline script or style, and wasm compiled from its own origin.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'",
);

/// Serves a folder at `/`.
pub(super) fn files(folder: &Path) -> Router {
    let files = Router::new().fallback_service(ServeDir::new(folder));
    files.layer(from_fn(only_what_is_shown)).layer(map_response(mark))
}

/// No file whose name begins with a dot, but for `.well-known` (RFC 8615): `.env`, or what version control keeps, is in
/// such a folder by mistake. Nor what no file system has a name for.
async fn only_what_is_shown(request: Request, next: Next) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let is_hidden = |part: &str| part.starts_with('.') && part != WELL_KNOWN;
    if path.len() > LONGEST || path.split('/').any(is_hidden) {
        return Refusal::NoSuchPath.into_response();
    }
    drop(path);
    next.run(request).await
}

/// The one of these names that is for everybody.
const WELL_KNOWN: &str = ".well-known";

/// In bytes; Linux has files of four times as much.
const LONGEST: usize = 1_024;

/// Nothing is used without asking whether it is still the same: file names here carry no hash.
async fn mark(mut response: Response) -> Response {
    match response.status() {
        StatusCode::NOT_FOUND => return Refusal::NoSuchPath.into_response(),
        StatusCode::METHOD_NOT_ALLOWED => return Refusal::WrongMethod.into_response(),
        _ => {}
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let html =
        headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if html {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    }
    response
}
