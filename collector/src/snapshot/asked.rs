//! The question: `{"writeKey", "userId", "signature" | "token", "anonymousId", "revision", "format", "known"?, "streams", "page"?}`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::clock::Millis;
use crate::identity::Credential;
use crate::limits::SNAPSHOT_STREAMS;
use crate::stream::StreamId;

/// What a page asks.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    /// The key in the body, if there is one.
    pub(crate) write_key: Option<String>,
    pub(crate) credential: Credential,
    /// Who was there before they signed in.
    pub(crate) anonymous_id: Option<String>,
    /// Of the playbook that the page runs.
    pub(crate) revision: Option<String>,
    /// Version of the engine's snapshots.
    pub(crate) format: Option<u8>,
    /// What it was told last.
    pub(crate) known: Option<String>,
    /// The page loads of which it has events; first its own, of which nothing need have happened yet.
    pub(crate) streams: Vec<StreamId>,
    pub(crate) page: Option<Page>,
}

/// How the page sees the person, when all that it knows has been sent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Page {
    /// As of when.
    pub(crate) at: f64,
    pub(crate) stages: BTreeMap<String, String>,
    pub(crate) signals: BTreeMap<String, f64>,
    /// Since when it knows the person.
    pub(crate) since: Option<f64>,
    /// Events that came too late to be put in their place.
    pub(crate) late: f64,
    /// As of when it was told what the collector knows.
    pub(crate) as_of: Option<f64>,
}

/// Why it is none.
#[derive(Debug, PartialEq)]
pub(crate) struct BadQuestion(pub(crate) String);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    write_key: Option<String>,
    user_id: Option<String>,
    anonymous_id: Option<String>,
    signature: Option<String>,
    token: Option<String>,
    revision: Option<String>,
    format: Option<u8>,
    known: Option<String>,
    #[serde(default)]
    streams: Vec<String>,
    /// Anything but an object says nothing.
    #[serde(default)]
    page: serde_json::Value,
}

impl Asked {
    pub(crate) fn read(body: &[u8]) -> Result<Asked, BadQuestion> {
        let wire: Wire = serde_json::from_slice(body).map_err(|error| BadQuestion(error.to_string()))?;
        let Wire { user_id, signature, token, .. } = wire;
        Ok(Asked {
            write_key: wire.write_key.filter(|key| !key.is_empty()),
            credential: Credential { user_id: user_id.filter(|id| !id.is_empty()), signature, token },
            anonymous_id: wire.anonymous_id,
            revision: wire.revision,
            format: wire.format,
            known: wire.known,
            streams: wire
                .streams
                .iter()
                .take(SNAPSHOT_STREAMS)
                .filter_map(|text| StreamId::new(text))
                .collect(),
            page: wire.page.is_object().then(|| serde_json::from_value(wire.page).ok()).flatten(),
        })
    }
}

impl Page {
    pub(super) fn at(&self) -> Millis {
        Millis(self.at as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_more_than_is_asked_about_is_left_out_and_a_page_that_says_nothing_is_none() {
        let streams: Vec<String> = (0..SNAPSHOT_STREAMS + 5).map(|at| format!("s{at}")).collect();
        let body = serde_json::json!({"writeKey": "", "userId": "u", "streams": streams, "page": false});
        let asked = Asked::read(body.to_string().as_bytes()).unwrap();
        assert_eq!((asked.streams.len(), asked.page, asked.write_key), (SNAPSHOT_STREAMS, None, None));
        assert!(Asked::read(b"[]").is_err());
        assert!(Asked::read(br#"{"userId": 7}"#).is_err());
    }
}
