//! Segment's HTTP API: under which paths events come.
//!
//! Each has its full name, which servers use, and the short one of browsers; RudderStack's and Segment's older clients
//! have some of their own. All are there with `/v1` and without: some clients are told a host, others an address.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::{MethodRouter, post};

use super::{App, batch};

/// `/import` is the batch of Segment's older clients, `/beacon/v1/batch` that of RudderStack's as a page goes.
const BATCHES: [&str; 3] = ["/batch", "/b", "/import"];
const BEACON: &str = "/beacon/v1/batch";

/// The type of a message that says none, and where it comes.
const SINGLE: [(&str, [&str; 2]); 6] = [
    ("track", ["/track", "/t"]),
    ("identify", ["/identify", "/i"]),
    ("group", ["/group", "/g"]),
    ("page", ["/page", "/p"]),
    ("screen", ["/screen", "/s"]),
    ("alias", ["/alias", "/a"]),
];

/// The doors below `/v1`.
pub(super) fn below_v1() -> Router<Arc<App>> {
    doors().fold(Router::new(), |router, (path, door)| router.route(path, door))
}

/// The same without it. There may be a site at `/`, so `others` says what becomes of a request that is no POST.
pub(super) fn at_root(others: impl Fn(MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>>) -> Router<Arc<App>> {
    let beacon = std::iter::once((BEACON, post(batch::take)));
    doors().chain(beacon).fold(Router::new(), |router, (path, door)| router.route(path, others(door)))
}

fn doors() -> impl Iterator<Item = (&'static str, MethodRouter<Arc<App>>)> {
    let batches = BATCHES.into_iter().map(|path| (path, post(batch::take)));
    let single = SINGLE.into_iter().flat_map(|(kind, paths)| {
        paths.map(|path| {
            (
                path,
                post(move |State(app): State<Arc<App>>, request: Request| {
                    batch::take_one(kind, app, request)
                }),
            )
        })
    });
    batches.chain(single)
}
