//! The doors: `/v1/batch`, `/v1/playbook/{writeKey}`, `/v1/health`, and the files of `--www`.
//!
//! The status of an answer is the contract for retries. 200: it is stored, never send it again. 400 and 413: it will
//! not get better, do not send it again as it is. 401, 404 and 405: the key or the address is wrong, somebody has to
//! repair that first. 408, 500 and 503: send it again later, under the same ids, and not before `Retry-After`.

mod batch;
mod body;
mod health;
mod playbook;
mod refusal;
mod site;
mod write_key;

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as AnyOrigin, CorsLayer};

use crate::clock::Clock;
use crate::tenants::Tenants;
use crate::writer::Writer;
use refusal::Refusal;

/// How long a browser may remember the answer to a preflight.
const PREFLIGHT_AGE: Duration = Duration::from_secs(24 * 3600);

/// What the doors need.
pub struct Deps {
    /// Who may send, and what their pages load.
    pub tenants: Tenants,
    /// Where events go.
    pub writer: Writer,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// A folder of files to serve at `/`.
    pub www: Option<PathBuf>,
}

/// What a request is answered from.
struct App {
    tenants: Tenants,
    writer: Writer,
    clock: Arc<dyn Clock>,
}

/// All doors of the collector.
pub fn router(deps: Deps) -> Router {
    let app = App { tenants: deps.tenants, writer: deps.writer, clock: deps.clock };
    let api = Router::new()
        .route("/batch", post(batch::take))
        .route("/playbook/{write_key}", get(playbook::serve))
        .route("/health", get(health::tell))
        .fallback(async || Refusal::NoSuchPath)
        .method_not_allowed_fallback(async || Refusal::WrongMethod)
        .with_state(Arc::new(app))
        .layer(cors());
    let site = deps
        .www
        .map_or_else(|| Router::new().fallback(async || Refusal::NoSuchPath), |folder| site::files(&folder));
    Router::new().nest("/v1", api).merge(site).layer(CatchPanicLayer::custom(broken))
}

/// Any page may send and read a playbook, with a write key and never with cookies.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        // Without this a page cannot see them.
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(PREFLIGHT_AGE)
}

/// A defect here is an answer that acknowledges nothing.
fn broken(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request met a defect of the collector");
    Refusal::Broken.into_response()
}
