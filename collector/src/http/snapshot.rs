//! `POST /v1/snapshot`: what the collector knows of the person who is in front of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tokio::time::timeout;

use super::refusal::Refusal;
use super::{App, body};
use crate::limits;
use crate::snapshot::{Answer, Asked, Known, Snapshots};
use crate::store::Store;

const DAY_MS: i64 = 24 * 3_600_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    tag: String,
    as_of: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    lead: bool,
    joined: bool,
    is_all: bool,
    /// Page load → runs, each `[first, last]`.
    streams: BTreeMap<String, Vec<[u64; 2]>>,
    snapshot: String,
}

/// 204: there is nothing that the page does not know.
pub(super) async fn take(State(app): State<Arc<App>>, request: Request) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let mut held = app.room.enter();
    let body = body::read_held(&mut held, body, limits::SNAPSHOT_BYTES).await?;
    let asked = Asked::read(&body).map_err(|bad| Refusal::BadRequest(bad.0))?;
    drop((body, held));
    let tenant = app.tenant(asked.write_key.clone(), &head)?;
    let (now, snapshots, asked) = (app.clock.now(), app.snapshots.clone(), Arc::new(asked));
    // By this answer the page comes back in a minute.
    let share = app.reading.take(tenant, app.tenants.now().len()).map_err(|_| Refusal::Full)?;
    let about = Arc::clone(&asked);
    let newest = move |store: &mut dyn Store| Snapshots::newest_unfolded(store, tenant, &about, now);
    let mut is_late = false;
    if let Some(newest) = app.readers.read("what is folded", newest).await? {
        // What comes later than that is answered without.
        let reached = timeout(limits::SNAPSHOT_PATIENCE, app.reached.clone().wait(tenant, newest)).await;
        is_late = reached != Ok(true);
    }
    let work = app.readers.read("snapshot", move |store| snapshots.answer(store, tenant, &asked, now));
    let (answer, cause) = work.await?;
    drop(share);
    if let Some((cause, place)) = cause.zip(app.writer.place().ok()) {
        let day = now.0.div_euclid(DAY_MS);
        // Nobody waits for it.
        tokio::spawn(async move {
            let note =
                move |store: &mut dyn Store| store.disagreements().note_disagreement(tenant, day, cause);
            place.run("disagreement", 1, note).await
        });
    }
    let private = [(header::CACHE_CONTROL, "no-store")];
    match answer {
        Answer::NotBelieved(why) => Err(Refusal::NotBelieved(why)),
        Answer::Behind => Err(Refusal::Behind),
        // Who was too quick is told so: after nothing, a page asks again in an hour.
        Answer::Nothing if is_late => Err(Refusal::Behind),
        Answer::Nothing => Ok((StatusCode::NO_CONTENT, private).into_response()),
        Answer::Known(known) => Ok((private, Json(Body::from(*known))).into_response()),
    }
}

impl From<Known> for Body {
    fn from(known: Known) -> Body {
        let Known { tag, as_of, since, account, lead, joined, is_all, streams, snapshot } = known;
        let runs = |runs: Vec<std::ops::RangeInclusive<u64>>| {
            runs.into_iter().map(|run| [*run.start(), *run.end()]).collect()
        };
        Body {
            tag,
            as_of: as_of.0,
            since: since.map(|since| since.0),
            account,
            lead,
            joined,
            is_all,
            streams: streams.into_iter().map(|(id, all)| (id.as_str().to_owned(), runs(all))).collect(),
            snapshot: STANDARD.encode(snapshot),
        }
    }
}
