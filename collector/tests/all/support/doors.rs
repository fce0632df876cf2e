//! The router without a socket.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::Poll;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ripen_collector::access::{Actor, By, Kind, Name, NewToken, Secret};
use ripen_collector::clock::{Clock, Millis};
use ripen_collector::fold::Reached;
use ripen_collector::housekeeping::Horizons;
use ripen_collector::limits::QUEUED_REQUESTS;
use ripen_collector::metrics::{self, Asked, Metrics};
use ripen_collector::readers::Readers;
use ripen_collector::store::{Position, SqliteStore, Store, Stored, TenantId};
use ripen_collector::tenants::{Tenants, Written, begin};
use ripen_collector::writer::Writer;
use ripen_collector::{Denials, Denied, Deps, router};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// What the clock shows.
pub const NOW: Millis = Millis(1_700_000_000_000);

pub struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Millis {
        NOW
    }
}

/// Stands still until it is told how much passes.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// What `key` has published.
pub const PLAYBOOK: &str = r#"{"signals": {"tasks": {"count": "task_created"}}}"#;
/// And `other`.
pub const OTHER: &str = r#"{"signals": {"exports": {"count": "report_exported"}}}"#;

/// Two tenants, `key` and `other`, before a store.
#[derive(Clone)]
pub struct Doors {
    pub router: Router,
    _folder: Option<Arc<TempDir>>,
    database: Option<std::path::PathBuf>,
    clock: Option<Arc<HandClock>>,
    tenants: Tenants,
    readers: Readers,
    metrics: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Doors {
    /// Before a new SQLite file.
    pub fn open() -> Doors {
        Doors::keeping(Horizons::default())
    }

    /// Where raw events are kept so long.
    pub fn keeping(horizons: Horizons) -> Doors {
        Doors::opened(horizons, Denials::default())
    }

    fn opened(horizons: Horizons, denials: Denials) -> Doors {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("ripen.db");
        let store = SqliteStore::open(&database).unwrap();
        let clock = Arc::new(HandClock(AtomicI64::new(NOW.0)));
        Doors {
            _folder: Some(Arc::new(folder)),
            database: Some(database),
            clock: Some(Arc::clone(&clock)),
            ..Doors::with(&["key", "other"], store, QUEUED_REQUESTS, clock, horizons, denials)
        }
    }

    /// Where what has these names or paths is never kept.
    pub fn denying(entries: &[&str]) -> Doors {
        Doors::opened(Horizons::default(), Denials::new(Denied::new(entries).unwrap()))
    }

    pub fn before(store: impl Store + 'static, places: usize, clock: Arc<dyn Clock>) -> Doors {
        Self::of(&["key", "other"], store, places, clock)
    }

    /// In a store, where raw events are kept so long.
    pub fn keeping_in(store: SqliteStore, horizons: Horizons, clock: Arc<dyn Clock>) -> Doors {
        Doors::with(&["key", "other"], store, QUEUED_REQUESTS, clock, horizons, Denials::default())
    }

    /// With other tenants.
    pub fn of(keys: &[&str], store: impl Store + 'static, places: usize, clock: Arc<dyn Clock>) -> Doors {
        Doors::with(keys, store, places, clock, Horizons::default(), Denials::default())
    }

    fn with(
        keys: &[&str],
        mut store: impl Store + 'static,
        places: usize,
        clock: Arc<dyn Clock>,
        horizons: Horizons,
        denials: Denials,
    ) -> Doors {
        let playbook = |text: &str| Some(Written::new(text.to_owned()).unwrap());
        let playbooks: Vec<_> = keys
            .iter()
            .zip([PLAYBOOK, OTHER])
            .map(|(key, text)| ((*key).to_owned(), playbook(text)))
            .collect();
        begin(playbooks, NOW, &mut store).unwrap();
        let tenants = Tenants::read(&mut store).unwrap();
        let readers = Readers::open(&store, 2).unwrap();
        let (writer, _) = Writer::start(Box::new(store), places).unwrap();
        let metrics = Metrics::default();
        let asked = Asked {
            metrics: metrics.clone(),
            readers: readers.clone(),
            writer: writer.clone(),
            clock: Arc::clone(&clock),
        };
        let deps = Deps {
            tenants: tenants.clone(),
            writer,
            readers: readers.clone(),
            clock,
            denials,
            horizons,
            metrics,
            reached: Reached::default(),
            www: None,
        };
        let router = router(deps);
        let metrics = metrics::router(asked);
        Doors { router, _folder: None, database: None, clock: None, tenants, readers, metrics }
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&self, milliseconds: i64) {
        self.clock.as_ref().unwrap().0.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// A new token of the tenant of a key, as somebody at the machine makes one.
    pub fn token(&self, key: &str, kind: Kind) -> String {
        let secret = Secret::new(kind).unwrap();
        let mut store = self.store();
        let tenant = store.directory().tenant(key).unwrap();
        let by = By { who: Actor::Cli, at: NOW };
        let token = NewToken { tenant, kind, name: Name::default(), hash: secret.hash() };
        store.tokens().add_token(&token, by).unwrap();
        self.notice();
        secret.reveal()
    }

    /// What a running collector does each second.
    pub fn notice(&self) {
        let (tenants, readers) = (self.tenants.clone(), self.readers.clone());
        let noticed = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(tenants.refresh(&readers))
        });
        noticed.join().unwrap().unwrap();
    }

    /// Asks by a token, with a body where there is one.
    pub async fn asked(&self, method: Method, path: &str, token: &str, body: Value) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.ask(request.header("authorization", format!("Bearer {token}")).body(body).unwrap()).await
    }

    /// Asks by a token as the user's name of HTTP Basic.
    pub async fn basic(&self, method: Method, path: &str, token: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header("authorization", basic(token));
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// A batch, as a client of Segment's on a server sends it.
    pub async fn basic_post(&self, token: &str, body: Value) -> Answer {
        let request = Request::post("/v1/batch").header("authorization", basic(token));
        self.ask(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Publishes a playbook in place of a revision.
    pub async fn published(&self, token: &str, text: &str, if_match: &str) -> Answer {
        self.sent_playbook(token, text, "/v1/playbooks?publish", if_match).await
    }

    /// Keeps a playbook.
    pub async fn kept(&self, token: &str, text: &str) -> Answer {
        self.sent_playbook(token, text, "/v1/playbooks", "\"0\"").await
    }

    pub async fn dry_run(&self, token: &str, text: &str) -> Answer {
        self.sent_playbook(token, text, "/v1/playbooks?dry_run&publish", "\"0\"").await
    }

    async fn sent_playbook(&self, token: &str, text: &str, path: &str, if_match: &str) -> Answer {
        let request = Request::post(path).header("authorization", format!("Bearer {token}"));
        let request = request.header("if-match", format!("\"{}\"", if_match.trim_matches('"')));
        self.ask(request.body(Body::from(text.to_owned())).unwrap()).await
    }

    /// All that is on the disk.
    pub fn database_bytes(&self) -> Vec<u8> {
        let folder = self.database.as_ref().unwrap().parent().unwrap();
        let files = std::fs::read_dir(folder).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        Answer { status: head.status, headers: head.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// What Prometheus is told.
    pub async fn metrics(&self) -> String {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let response = self.metrics.clone().oneshot(request).await.unwrap();
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    /// As the SDK does: no content type but text, the key in the body.
    pub async fn post(&self, body: impl Into<Body>) -> Answer {
        self.post_to("/v1/batch", body).await
    }

    pub async fn post_to(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header("content-type", "text/plain;charset=UTF-8");
        self.ask(request.body(body.into()).unwrap()).await
    }

    pub async fn method(&self, method: Method, path: &str) -> Answer {
        self.ask(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    /// The log of `key`, read by another connection.
    pub fn log(&self) -> Vec<Stored> {
        self.log_of("key")
    }

    /// The store behind them, by another connection.
    pub fn store(&self) -> SqliteStore {
        SqliteStore::open_existing(self.database.as_ref().unwrap()).unwrap()
    }

    pub fn log_of(&self, key: &str) -> Vec<Stored> {
        Self::log_in(&mut self.store(), key)
    }

    /// The log of a tenant in any store.
    pub fn log_in(store: &mut dyn Store, key: &str) -> Vec<Stored> {
        let tenant: TenantId = store.directory().tenant(key).unwrap();
        store.log().read(tenant, Position::START, usize::MAX).unwrap()
    }
}

fn basic(user: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:")))
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Status and `code` of a refusal.
    pub fn refusal(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!(body["success"], json!(false), "{body}");
        assert!(body["message"].as_str().is_some_and(|text| text.len() > 10), "{body}");
        (self.status.as_u16(), body["code"].as_str().unwrap().to_owned())
    }

    /// `accepted`, `duplicates` and the number of `rejected`.
    pub fn counts(&self) -> (u64, u64, usize) {
        let body = self.json();
        assert_eq!((self.status, &body["success"]), (StatusCode::OK, &json!(true)), "{body}");
        let count = |name: &str| body[name].as_u64().unwrap();
        (count("accepted"), count("duplicates"), body["rejected"].as_array().unwrap().len())
    }
}

/// An event that is all right.
pub fn track(message_id: &str) -> Value {
    json!({
        "type": "track", "event": "task_created", "messageId": message_id, "anonymousId": "a",
        "timestamp": "2024-01-01T10:00:00.000Z", "context": {},
    })
}

/// An event that says where it is in its stream.
pub fn sequenced(stream: &str, sequence: u64) -> Value {
    let mut event = track(&format!("{stream}-{sequence:05}"));
    event["context"] = json!({"stream": stream, "sequence": sequence});
    event
}

/// A batch of events that are all right, under `key`.
pub fn batch_of<T: AsRef<str>>(message_ids: impl IntoIterator<Item = T>) -> String {
    let events: Vec<Value> = message_ids.into_iter().map(|id| track(id.as_ref())).collect();
    json!({"batch": events, "writeKey": "key", "sentAt": "2023-11-14T22:13:20.000Z"}).to_string()
}

/// Goes on with something as far as it gets without waiting.
pub async fn poll_once<T>(future: &mut Pin<Box<impl Future<Output = T> + ?Sized>>) -> Poll<T> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}
