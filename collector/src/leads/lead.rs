//! A lead, before and after it is kept.

use serde_json::{Map, Value};

use crate::clock::Millis;

/// For administrators and their tools to name it by. Later kept, larger. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeadId(pub i64);

impl LeadId {
    /// Before the first one.
    pub const START: LeadId = LeadId(0);
}

/// What a lead rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadKind {
    /// Somebody asked to be talked to.
    Form {
        /// The nudge whose form it was.
        nudge: Option<String>,
        /// What they wrote, by the names of the form's fields.
        fields: Map<String, Value>,
    },
    /// A moment fired.
    Moment(Qualified),
}

/// A moment that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualified {
    /// Its id in the playbook.
    pub moment: String,
    /// `self_serve` or `sales`.
    pub motion: Option<String>,
    /// `pql`, `pqa`, `eqa` or `churn_risk`.
    pub qualifies: Option<String>,
}

impl LeadKind {
    /// As it is stored and printed.
    pub fn name(&self) -> &'static str {
        match self {
            LeadKind::Form { .. } => "form",
            LeadKind::Moment(_) => "moment",
        }
    }
}

/// A lead that is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadDraft {
    /// What makes it this lead and no other: of two with the same key the first is kept.
    pub key: String,
    /// What it rests on.
    pub kind: LeadKind,
    /// The user, or the anonymous id; none if it is about an account as a whole.
    pub person: Option<String>,
    /// The user that its event names and may not, since the host signs them and has not signed it. It is not told to be
    /// theirs; what is kept of them has it all the same.
    pub named: Option<String>,
    /// As far as is known.
    pub account: Option<String>,
    /// When it happened.
    pub at: Millis,
    /// By how much it is better than others: the sum of the scores at that instant.
    pub rank: f64,
    /// JSON: conditions with the values that were seen, stages, segments, signals, scores and bands of that instant.
    pub reasons: Value,
}

/// How far a lead has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadState {
    /// Nobody has looked at it.
    New,
    /// Somebody is at it: nobody of the account is shown anything commercial.
    Open,
    /// They became a customer, or grew.
    Won,
    /// They did not.
    Lost,
    /// It was none.
    Dismissed,
}

impl LeadState {
    /// All, in the order in which a lead may have them.
    pub const ALL: [LeadState; 5] =
        [LeadState::New, LeadState::Open, LeadState::Won, LeadState::Lost, LeadState::Dismissed];

    /// As it is stored, sent and printed.
    pub const fn name(self) -> &'static str {
        match self {
            LeadState::New => "new",
            LeadState::Open => "open",
            LeadState::Won => "won",
            LeadState::Lost => "lost",
            LeadState::Dismissed => "dismissed",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<LeadState> {
        LeadState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A lead that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Which.
    pub id: LeadId,
    /// As it was found.
    pub draft: LeadDraft,
    /// When it was found.
    pub found: Millis,
    /// Whether the host has signed who it is. Otherwise it is somebody's word: events can be forged.
    pub signed: bool,
    /// How far it has come.
    pub state: LeadState,
    /// Since when.
    pub since: Millis,
}

impl Lead {
    /// As `GET /v1/leads` tells it.
    pub fn to_json(&self) -> Value {
        let time = |time| Value::from(ripen::replay::format_timestamp(time));
        let LeadDraft { key: _, kind, person, named, account, at, rank, reasons } = &self.draft;
        let mut json = Map::new();
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                json.insert(name.to_owned(), value);
            }
        };
        put("id", self.id.0.into());
        put("kind", kind.name().into());
        match kind {
            LeadKind::Form { nudge, fields } => {
                put("nudge", nudge.clone().into());
                put("fields", fields.clone().into());
            }
            LeadKind::Moment(Qualified { moment, motion, qualifies }) => {
                put("moment", moment.as_str().into());
                put("motion", motion.clone().into());
                put("qualifies", qualifies.clone().into());
            }
        }
        put("person", person.clone().into());
        put("named", named.clone().into());
        put("account", account.clone().into());
        put("at", time(*at));
        put("found", time(self.found));
        put("signed", self.signed.into());
        put("rank", (*rank).into());
        put("state", self.state.name().into());
        put("since", time(self.since));
        put("reasons", reasons.clone());
        Value::Object(json)
    }
}
