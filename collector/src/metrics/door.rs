//! `GET /metrics`, at an address of its own: who may reach that may read it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::{Metrics, Vitals};
use crate::clock::Clock;
use crate::health::Day;
use crate::readers::Readers;
use crate::writer::Writer;

/// Days of page loads that are told.
const DAYS: i64 = 7;

/// Of whom it is asked.
pub struct Asked {
    /// What was counted.
    pub metrics: Metrics,
    /// What is kept.
    pub readers: Readers,
    /// What waits.
    pub writer: Writer,
    /// What day it is.
    pub clock: Arc<dyn Clock>,
}

/// The one door.
pub fn router(asked: Asked) -> Router {
    Router::new().route("/metrics", get(tell)).with_state(Arc::new(asked))
}

async fn tell(State(asked): State<Arc<Asked>>) -> Response {
    let mut registry = Registry::with_prefix("ripen");
    asked.metrics.register(&mut registry);
    let waiting: Gauge = Gauge::default();
    waiting.set(i64::try_from(asked.writer.waiting()).unwrap_or(i64::MAX));
    registry.register("queue_waiting", "Requests that are read or wait for the writer", waiting);
    registry.register("defects", "Defects of the collector that were caught, by thread", defects(&asked));
    let unfolded: Gauge = Gauge::default();
    unfolded.set(i64::try_from(asked.metrics.folding().tenants()).unwrap_or(i64::MAX));
    registry.register("fold_resting", "Tenants that are not folded because of a defect", unfolded);
    let since = Day(Day::of(asked.clock.now()).0 - DAYS);
    let vitals = asked.readers.read("metrics", move |store| Vitals::read(store, since)).await;
    let readable: Gauge = Gauge::default();
    readable.set(i64::from(vitals.is_ok()));
    registry.register("store_readable", "Whether the store could be read for this", readable);
    // What was counted is told also where the store is in trouble: that is when it is looked at.
    if let Ok(vitals) = vitals {
        vitals.register(&mut registry);
    }
    let mut text = String::new();
    if encode(&mut text, &registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ThreadLabels {
    thread: &'static str,
}

fn defects(asked: &Asked) -> Family<ThreadLabels, Counter> {
    let defects = Family::<ThreadLabels, Counter>::default();
    let folding = asked.metrics.folding().defects();
    let counts = [("writer", asked.writer.defects()), ("reader", asked.readers.defects()), ("fold", folding)];
    for (thread, count) in counts {
        defects.get_or_create(&ThreadLabels { thread }).inc_by(count);
    }
    defects
}
