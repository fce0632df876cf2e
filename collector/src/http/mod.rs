//! The doors: Segment's for events (`segment`), `/v1/forget`, `/v1/playbook/{writeKey}`, `/v1/snapshot`, `/v1/health`,
//! those that need a token, and the files of `--www`.
//!
//! The status of an answer is the contract for retries. 200 and 202: it is stored, never send it again. 400 and 413: it will
//! not get better, do not send it again as it is. 401, 404 and 405: the key or the address is wrong, somebody has to
//! repair that first. 408, 429, 500 and 503: send it again later, under the same ids, and not before `Retry-After`. 429 is
//! for one tenant that has more waiting than its share, 503 for all.

mod audit;
mod authority;
mod batch;
mod body;
mod date;
mod delivery;
mod ending;
mod forget;
mod gzip;
mod health;
mod keys;
mod killed;
mod leads;
mod nudges;
mod persons;
mod playbook;
mod playbooks;
mod problems;
mod refusal;
mod request;
mod room;
mod seen;
mod segment;
mod shares;
mod site;
mod snapshot;
mod tokens;
mod write_key;

use std::any::Any;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowHeaders, Any as AnyOrigin, CorsLayer};

use crate::clock::{Clock, SystemClock};
use crate::fold::Reached;
use crate::housekeeping::Horizons;
use crate::ingest::Denials;
use crate::limits;
use crate::metrics::{self, Metrics};
use crate::readers::Readers;
use crate::snapshot::Snapshots;
use crate::store::TenantId;
use crate::tenants::Tenants;
use crate::writer::Writer;
use refusal::Refusal;
use room::Room;
use shares::Shares;

/// How long a browser may remember the answer to a preflight.
const PREFLIGHT_AGE: Duration = Duration::from_secs(24 * 3600);

/// What the doors need.
pub struct Deps {
    /// Who may send, and what their pages load.
    pub tenants: Tenants,
    /// Where events go.
    pub writer: Writer,
    /// For what is only read.
    pub readers: Readers,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What is taken out of events at the door.
    pub denials: Denials,
    /// How long raw events are kept.
    pub horizons: Horizons,
    /// What is counted for Prometheus.
    pub metrics: Metrics,
    /// How far the log is folded.
    pub reached: Reached,
    /// A folder of files to serve at `/`.
    pub www: Option<PathBuf>,
}

/// What a request is answered from.
struct App {
    tenants: Tenants,
    writer: Writer,
    readers: Readers,
    clock: Arc<dyn Clock>,
    denials: Denials,
    snapshots: Snapshots,
    horizons: Horizons,
    metrics: Metrics,
    reached: Reached,
    room: Room,
    shares: Shares,
    /// Of those who ask to be forgotten: fewer places, and their own, since who may send events has them all.
    asking: Shares,
    /// Of those who ask what is read, and of exports, which take long.
    reading: Shares,
    exporting: Shares,
    requests: AtomicU64,
    /// Who asks whether all is well: a few at a time.
    checking: Semaphore,
    /// Who asks to be forgotten is erased one after the other: it reads the whole log.
    erasing: Semaphore,
    /// Who waits for that.
    to_erase: Semaphore,
}

impl App {
    /// The number of a request that brings events, so that two of them are never quite the same.
    fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }

    /// Whose request it is: by the key in its body, else by that in its head.
    fn tenant(&self, in_body: Option<String>, head: &Parts) -> Result<TenantId, Refusal> {
        Ok(self.sender(in_body, head)?.tenant)
    }
}

/// All doors of the collector.
pub fn router(deps: Deps) -> Router {
    let Deps { tenants, writer, readers, clock, denials, horizons, metrics, reached, www } = deps;
    let app = Arc::new(App {
        room: Room::new(limits::ROOM_BYTES),
        shares: Shares::new(writer.places()),
        asking: Shares::new((writer.places() / limits::FORGET_PART).max(1)),
        reading: Shares::new(limits::READS_WAITING),
        exporting: Shares::new(limits::EXPORTS),
        requests: AtomicU64::new(0),
        checking: Semaphore::new(limits::HEALTH_CHECKS),
        erasing: Semaphore::new(1),
        to_erase: Semaphore::new(limits::ERASURES_WAITING),
        snapshots: Snapshots::default(),
        metrics: metrics.clone(),
        reached,
        tenants,
        writer,
        readers,
        clock,
        denials,
        horizons,
    });
    let api = segment::below_v1()
        .route("/forget", post(forget::take))
        .route("/killed/{write_key}", get(killed::tell))
        .route("/playbook/{write_key}", get(playbook::serve))
        .route("/playbook/{write_key}/{hash}", get(playbook::serve_by_hash))
        .route("/snapshot", post(snapshot::take))
        .route("/health", get(health::tell))
        .fallback(async || Refusal::NoSuchPath)
        .method_not_allowed_fallback(async || Refusal::WrongMethod)
        .with_state(Arc::clone(&app))
        // Within CORS: a page has to be able to read that, too.
        .layer(CatchPanicLayer::custom(broken))
        .layer(cors())
        .merge(administration().with_state(Arc::clone(&app)))
        .layer(from_fn_with_state(metrics.clone(), metrics::count));
    let site = match &www {
        Some(folder) => site::files(folder),
        None => Router::new().fallback(async || Refusal::NoSuchPath),
    };
    let beside = segment::at_root(|door| {
        let door = door
            .options(async || Refusal::WrongMethod)
            .layer::<_, Infallible>(CatchPanicLayer::custom(broken))
            .layer::<_, Infallible>(cors())
            .layer::<_, Infallible>(from_fn_with_state(metrics.clone(), metrics::count));
        // A site may have a file of this name.
        if www.is_some() {
            door.fallback_service(site.clone())
        } else {
            door.fallback(async || Refusal::WrongMethod)
        }
    });
    let beside = beside.with_state(app);
    let dated = map_response(async |response: Response| date::stamped(response, SystemClock.now()));
    Router::new()
        .nest("/v1", api)
        .merge(beside)
        .merge(site)
        .layer(CatchPanicLayer::custom(broken))
        .layer(dated)
}

/// What needs a token. No page of another origin gets an answer from here.
fn administration() -> Router<Arc<App>> {
    Router::new()
        .route("/audit", get(audit::tell))
        .route("/draft", get(playbooks::tell_draft).delete(playbooks::end_draft))
        .route("/health/delivery", get(delivery::tell))
        .route("/keys", get(keys::list).post(keys::create))
        .route("/keys/{key}", delete(keys::revoke))
        .route("/persons/{id}", delete(persons::erase))
        .route("/persons/{id}/export", get(persons::export))
        .route("/receipts", get(persons::receipts))
        .route("/leads", get(leads::tell))
        .route("/leads/{id}", post(leads::settle))
        .route("/nudges/{id}/kill", post(nudges::kill))
        .route("/nudges/{id}/revive", post(nudges::revive))
        .route("/playbooks", get(playbooks::list).post(playbooks::add))
        .route("/playbooks/{number}", get(playbooks::show))
        .route("/playbooks/{number}/compiled", get(playbooks::compiled))
        .route("/playbooks/{number}/draft", post(playbooks::begin_draft))
        .route("/playbooks/{number}/publish", post(playbooks::publish))
        .route("/tokens", get(tokens::list).post(tokens::create))
        .route("/tokens/{id}", delete(tokens::revoke))
        .route("/tokens/{id}/rotate", post(tokens::rotate))
        .method_not_allowed_fallback(async || Refusal::WrongMethod)
}

/// Any page may send and read a playbook, with a write key and never with cookies.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::POST])
        // Whatever it asks for: other clients have headers of their own (`X-Retry-Count`), and none means anything here but
        // those by which the client says who it is.
        .allow_headers(AllowHeaders::mirror_request())
        // Without this a page cannot see them. By `Date` it learns how wrong its clock is (C18).
        .expose_headers([header::DATE, header::ETAG, header::RETRY_AFTER])
        .max_age(PREFLIGHT_AGE)
}

/// A defect here is an answer that acknowledges nothing.
fn broken(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request met a defect of the collector");
    Refusal::Broken.into_response()
}
