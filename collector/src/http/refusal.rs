//! Every answer that is not the one hoped for: status, code, and what was found against what is allowed.

use super::problems::Line;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ripen::playbook::{Problem, Severity};
use serde::Serialize;

use crate::access::{Kind, Needs};
use crate::identity::NotBelieved;
use crate::ingest::{BadEnvelope, NOBODY, Refused, TOO_LARGE};
use crate::limits;
use crate::privacy::NoSubject;
use crate::random::NoRandomness;
use crate::store::RevisionNumber;
use crate::writer::{NoPlace, NotStored};

/// Why a request as a whole got nothing.
#[derive(Debug, PartialEq)]
pub(super) enum Refusal {
    /// A defect of the collector.
    Broken,
    BodyCut,
    BodyLate,
    /// With the limit.
    BodyTooLarge(Size, usize),
    /// With what is wrong.
    BadGzip(String),
    Envelope(BadEnvelope),
    /// The only event of the request.
    Event(Refused),
    /// With whether there was one at all.
    UnknownWriteKey {
        given: bool,
    },
    /// There is none where there has to be one for this.
    NoToken(Needs),
    /// Not known, revoked, or no token at all: which of these, nobody is told.
    UnknownToken,
    WrongKind {
        has: Kind,
        needs: Needs,
    },
    NoSuchLead,
    NoSuchToken,
    NoSuchKey,
    KeyTaken,
    NoSuchRevision,
    NoDraft,
    NoSuchNudge {
        id: String,
        near: Option<String>,
    },
    /// All that is wrong with a playbook.
    Mistakes {
        problems: Vec<Problem>,
        /// For people, a line each; else as JSON.
        as_text: bool,
    },
    /// Who publishes has to say what they think is published.
    NotSaidWhatIsPublished,
    /// This is published, and not what was thought.
    Overtaken(Option<RevisionNumber>),
    /// With what is wrong.
    BadRequest(String),
    /// It is not known who is meant.
    Nobody(NoSubject),
    NoPlaybook,
    /// Who says that they are somebody.
    NotBelieved(NotBelieved),
    /// The fold is behind.
    Behind,
    NoSuchPath,
    WrongMethod,
    Full,
    /// The tenant has as many requests waiting as there is room left for all.
    TooMuch,
    /// As many requests to be forgotten are open as may be.
    TooManyErasures,
    NotStored,
}

/// How large a body is that is too large. The whole of it is never looked at.
#[derive(Debug, PartialEq)]
pub(super) enum Size {
    Announced(u64),
    Larger,
    /// Its bytes are few enough; what they inflate to is not.
    LargerInflated,
}

#[derive(Serialize)]
struct Body {
    success: bool,
    code: &'static str,
    message: String,
    /// Of a playbook.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Line>,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::BodyLate => StatusCode::REQUEST_TIMEOUT,
            Refusal::BodyTooLarge(..)
            | Refusal::Envelope(BadEnvelope::TooManyEvents(_) | BadEnvelope::ContextTooLarge(_)) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Refusal::Event(event) if event.code == TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::BodyCut
            | Refusal::BadGzip(_)
            | Refusal::BadRequest(_)
            | Refusal::Envelope(_)
            | Refusal::Event(_) => StatusCode::BAD_REQUEST,
            Refusal::NotBelieved(NotBelieved::NoSecret) => StatusCode::NOT_FOUND,
            Refusal::UnknownWriteKey { .. }
            | Refusal::NotBelieved(_)
            | Refusal::NoToken(_)
            | Refusal::UnknownToken => StatusCode::UNAUTHORIZED,
            Refusal::WrongKind { .. } => StatusCode::FORBIDDEN,
            Refusal::KeyTaken | Refusal::Nobody(NoSubject::Several) => StatusCode::CONFLICT,
            Refusal::Nobody(NoSubject::Unknown) => StatusCode::NOT_FOUND,
            Refusal::Mistakes { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::NotSaidWhatIsPublished => StatusCode::PRECONDITION_REQUIRED,
            Refusal::Overtaken(_) => StatusCode::PRECONDITION_FAILED,
            Refusal::NoPlaybook
            | Refusal::NoSuchToken
            | Refusal::NoSuchKey
            | Refusal::NoSuchRevision
            | Refusal::NoDraft
            | Refusal::NoSuchLead
            | Refusal::NoSuchNudge { .. }
            | Refusal::NoSuchPath => StatusCode::NOT_FOUND,
            Refusal::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::TooMuch | Refusal::TooManyErasures => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Full | Refusal::Behind | Refusal::NotStored => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Refusal::Broken => "internal_error",
            Refusal::BodyCut => "body_cut",
            Refusal::BodyLate => "body_late",
            Refusal::BodyTooLarge(..) => "body_too_large",
            Refusal::BadGzip(_) => "bad_gzip",
            Refusal::Envelope(BadEnvelope::NotJson(_)) => "not_json",
            Refusal::Envelope(BadEnvelope::NotAnObject) => "not_an_object",
            Refusal::Envelope(BadEnvelope::NoBatch(_)) => "no_batch",
            Refusal::Envelope(BadEnvelope::TooManyEvents(_)) => "too_many_events",
            Refusal::Envelope(BadEnvelope::ContextTooLarge(_)) => "context_too_large",
            Refusal::Envelope(BadEnvelope::NoPerson) => "no_person",
            Refusal::Event(event) => event.code,
            Refusal::UnknownWriteKey { .. } => "unknown_write_key",
            Refusal::NoToken(_) => "no_token",
            Refusal::UnknownToken => "unknown_token",
            Refusal::WrongKind { .. } => "wrong_kind_of_token",
            Refusal::NoSuchLead => "no_such_lead",
            Refusal::NoSuchToken => "no_such_token",
            Refusal::NoSuchKey => "no_such_key",
            Refusal::KeyTaken => "key_taken",
            Refusal::NoSuchRevision => "no_such_revision",
            Refusal::NoDraft => "no_draft",
            Refusal::NoSuchNudge { .. } => "no_such_nudge",
            Refusal::Mistakes { .. } => "playbook_has_mistakes",
            Refusal::NotSaidWhatIsPublished => "precondition_required",
            Refusal::Overtaken(_) => "overtaken",
            Refusal::Nobody(NoSubject::Unknown) => "nobody",
            Refusal::Nobody(NoSubject::Several) => "several_users",
            Refusal::BadRequest(_) => "bad_request",
            Refusal::NoPlaybook => "no_playbook",
            Refusal::NotBelieved(NotBelieved::NoSecret) => "no_secret",
            Refusal::NotBelieved(NotBelieved::Forged) => "not_signed",
            Refusal::NotBelieved(NotBelieved::Expired) => "token_expired",
            Refusal::Behind => "behind",
            Refusal::NoSuchPath => "not_found",
            Refusal::WrongMethod => "wrong_method",
            Refusal::Full => "overloaded",
            Refusal::TooMuch => "too_many_requests",
            Refusal::TooManyErasures => "too_many_erasures",
            Refusal::NotStored => "not_stored",
        }
    }

    fn message(&self) -> String {
        match self {
            Refusal::Broken => "the collector has a defect; nothing of this request was stored".into(),
            Refusal::BodyCut => "the body ended before its end".into(),
            Refusal::BodyLate => {
                format!("the body did not arrive within {} seconds", limits::BODY_DEADLINE.as_secs())
            }
            Refusal::BodyTooLarge(size, limit) => {
                let found = match size {
                    Size::Announced(bytes) => format!("has {bytes} bytes"),
                    Size::Larger => "has more".to_owned(),
                    Size::LargerInflated => "inflates to more".to_owned(),
                };
                format!("the body {found}; at most {limit} bytes are taken")
            }
            Refusal::BadGzip(why) => format!("the body begins as gzip and cannot be inflated: {why}"),
            Refusal::Envelope(BadEnvelope::NotJson(why)) => format!("the body is not JSON: {why}"),
            Refusal::Envelope(BadEnvelope::NotAnObject) => "the body must be a JSON object".into(),
            Refusal::Envelope(BadEnvelope::NoBatch(found)) => {
                format!("`batch` must be an array of events; {found}")
            }
            Refusal::Envelope(BadEnvelope::TooManyEvents(found)) => {
                format!("the batch has {found} events; at most {} are taken", limits::BATCH_EVENTS)
            }
            Refusal::Envelope(BadEnvelope::ContextTooLarge(found)) => format!(
                "the batch's `context`, written into each event, has {found} bytes; at most {} are taken",
                limits::SHARED_CONTEXT_BYTES
            ),
            Refusal::Envelope(BadEnvelope::NoPerson) => format!("whom? {NOBODY}"),
            Refusal::Event(event) => event.message.clone(),
            Refusal::UnknownWriteKey { given: true } => "this collector does not know the write key".into(),
            Refusal::UnknownWriteKey { given: false } => {
                "there is no write key: put it into the body as `writeKey`, or send it by HTTP Basic as the user's name, as X-Write-Key, or in the query as `writeKey`".into()
            }
            Refusal::NoToken(needs) => {
                let kind = needs.kind().name();
                format!("this needs a token: send `Authorization: Bearer rpn_{kind}_…`")
            }
            Refusal::UnknownToken => "this collector does not know the token; perhaps it was revoked".into(),
            Refusal::WrongKind { has, needs } => {
                format!("this needs a token of kind {}, and the one sent is of kind {}", needs.kind().name(), has.name())
            }
            Refusal::NoSuchLead => "there is no such lead".into(),
            Refusal::NoSuchToken => "there is no such token, or it has ended".into(),
            Refusal::NoSuchKey => "there is no such write key".into(),
            Refusal::Nobody(nobody) => nobody.to_string(),
            Refusal::KeyTaken => "this write key is in use already: keys are unique in a collector".into(),
            Refusal::NoSuchRevision => "there is no such revision (see GET /v1/playbooks)".into(),
            Refusal::NoDraft => "no test audience gets a draft".into(),
            Refusal::NoSuchNudge { id, near } => {
                let near = near.as_ref().map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                format!("there is no nudge `{id}` in what is published, nor in the draft{near}")
            }
            Refusal::Mistakes { problems, .. } => {
                let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
                format!("the playbook has mistakes, {} of them: nothing was kept", errors.count())
            }
            Refusal::NotSaidWhatIsPublished => {
                "say which revision you think is published, for example `If-Match: \"7\"` (\"0\": none yet; *: any), so \
                 that nobody overwrites what they have not seen".into()
            }
            Refusal::Overtaken(now) => match now {
                Some(now) => format!(
                    "revision {0} is published, and not what you thought: look at it (GET /v1/playbooks/{0}) and \
                     send `If-Match: \"{0}\"`", now.0
                ),
                None => "nothing is published yet: send `If-Match: \"0\"`".into(),
            },
            Refusal::BadRequest(why) => format!("the request is not understood: {why}"),
            Refusal::NoPlaybook => "there is no playbook under this write key".into(),
            Refusal::NotBelieved(NotBelieved::NoSecret) => {
                "this tenant has no signing secret: `ripen-collector secret create` makes one".into()
            }
            Refusal::NotBelieved(NotBelieved::Forged) => {
                "neither `signature` nor `token` is one of this user's, by a secret that is valid".into()
            }
            Refusal::NotBelieved(NotBelieved::Expired) => "the token has expired: ask for a new one".into(),
            Refusal::Behind => "not all that is known of this person is folded yet; come back later".into(),
            Refusal::NoSuchPath => "there is nothing under this path".into(),
            Refusal::WrongMethod => "the path does not have this method".into(),
            Refusal::Full => "too many requests are waiting to be stored; come back later".into(),
            Refusal::TooMuch => {
                "too many requests of this write key are waiting to be stored; come back later".into()
            }
            Refusal::TooManyErasures => {
                "too many requests to be forgotten are waiting to be looked at; come back later".into()
            }
            Refusal::NotStored => {
                "the request could not be stored, and nothing of it was; send it again later".into()
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Refusal::Mistakes { problems, as_text: true } = &self {
            let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
            return (self.status(), lines).into_response();
        }
        let problems = match &self {
            Refusal::Mistakes { problems, .. } => problems.iter().map(Line::from).collect(),
            _ => Vec::new(),
        };
        let body = Body { success: false, code: self.code(), message: self.message(), problems };
        let mut response = (self.status(), Json(body)).into_response();
        if let Refusal::NoToken(_) | Refusal::UnknownToken = self {
            // Not Basic: no browser is to ask its user for a password.
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(self.status(), StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            let seconds = match self {
                Refusal::TooManyErasures => limits::ERASURES_RETRY_S,
                _ => limits::RETRY_AFTER_S,
            };
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<BadEnvelope> for Refusal {
    fn from(bad: BadEnvelope) -> Refusal {
        Refusal::Envelope(bad)
    }
}

impl From<NoPlace> for Refusal {
    fn from(why: NoPlace) -> Refusal {
        match why {
            NoPlace::Full => Refusal::Full,
            NoPlace::Ended => Refusal::NotStored,
        }
    }
}

impl From<NoRandomness> for Refusal {
    fn from(_: NoRandomness) -> Refusal {
        Refusal::NotStored
    }
}

impl From<NotStored> for Refusal {
    fn from(_: NotStored) -> Refusal {
        Refusal::NotStored
    }
}
