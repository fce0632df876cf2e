//! A request to be forgotten: `{"writeKey", "anonymousId"?, "userId"?, "signature"?, "token"?, "sentAt"?}`.

use serde_json::{Map, Value};

use super::BadEnvelope;
use super::message::id;
use crate::identity::Credential;
use crate::store::Person;

/// Whom to forget.
#[derive(Debug, PartialEq)]
pub(crate) struct Forget {
    /// The key in the body, if there is one.
    pub(crate) write_key: Option<String>,
    pub(crate) whom: Person,
    /// By what the host vouches for the user's id, if it does.
    pub(crate) credential: Credential,
}

impl Forget {
    pub(crate) fn read(body: &[u8]) -> Result<Forget, BadEnvelope> {
        let body: Value =
            serde_json::from_slice(body).map_err(|error| BadEnvelope::NotJson(error.to_string()))?;
        let Value::Object(body) = body else { return Err(BadEnvelope::NotAnObject) };
        let credential = Credential {
            user_id: id(&body, "userId"),
            signature: id(&body, "signature"),
            token: id(&body, "token"),
        };
        Ok(Forget { write_key: id(&body, "writeKey"), whom: person(&body)?, credential })
    }
}

fn person(body: &Map<String, Value>) -> Result<Person, BadEnvelope> {
    let person = Person { anonymous_id: id(body, "anonymousId"), user_id: id(body, "userId") };
    let nobody = person.anonymous_id.is_none() && person.user_id.is_none();
    if nobody { Err(BadEnvelope::NoPerson) } else { Ok(person) }
}
