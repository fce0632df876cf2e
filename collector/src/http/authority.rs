//! Who asks, and whether they may: `Authorization: Bearer rpn_…`, or HTTP Basic with the token as the user's name.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::refusal::Refusal;
use super::{App, write_key};
use crate::access::{Actor, By, Kind, Needs, Secret};
use crate::store::TenantId;

/// Who asks by a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// Whose it is.
    pub(super) tenant: TenantId,
    /// What the token may be used for.
    pub(super) kind: Kind,
    /// For the audit log.
    pub(super) by: By,
}

/// Who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sender {
    /// Whose it is.
    pub(super) tenant: TenantId,
    /// It is the host's own server, by its token: what it says of who somebody is counts as signed.
    pub(super) is_server: bool,
}

impl App {
    /// Who asks, if they have a token that is enough for this.
    pub(super) fn authorise(&self, headers: &HeaderMap, needs: Needs) -> Result<Caller, Refusal> {
        let text = presented(headers).ok_or(Refusal::NoToken(needs))?;
        self.caller(&text, needs)
    }

    /// Who sends: by a key or a `server` token in the body, else in the head.
    pub(super) fn sender(&self, in_body: Option<String>, head: &Parts) -> Result<Sender, Refusal> {
        let key = in_body.or_else(|| bearer(&head.headers)).or_else(|| write_key::in_head(head));
        let Some(key) = key else { return Err(Refusal::UnknownWriteKey { given: false }) };
        if Secret::read(&key).is_some() {
            let caller = self.caller(&key, Needs::Server)?;
            return Ok(Sender { tenant: caller.tenant, is_server: true });
        }
        let known = self.tenants.now();
        let tenant = known.by_key(&key, self.clock.now()).ok_or(Refusal::UnknownWriteKey { given: true })?;
        Ok(Sender { tenant: tenant.id, is_server: false })
    }

    fn caller(&self, text: &str, needs: Needs) -> Result<Caller, Refusal> {
        let at = self.clock.now();
        let known = self.tenants.now();
        let secret = Secret::read(text).ok_or(Refusal::UnknownToken)?;
        let token = known.by_secret(&secret, at).ok_or(Refusal::UnknownToken)?;
        if !token.kind.meets(needs) {
            return Err(Refusal::WrongKind { has: token.kind, needs });
        }
        let by = By { who: Actor::Token(token.id), at };
        Ok(Caller { tenant: token.tenant, kind: token.kind, by })
    }
}

/// Whether somebody asks by a token, whatever it is worth.
pub(super) fn presents(headers: &HeaderMap) -> bool {
    presented(headers).is_some()
}

/// What stands in the head: a token or, from clients of Segment's servers, a write key.
fn presented(headers: &HeaderMap) -> Option<String> {
    bearer(headers).or_else(|| write_key::from_basic(headers))
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim().to_owned())
}
