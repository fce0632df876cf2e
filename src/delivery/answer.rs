//! HTTP status → meaning: the contract with collectors, and with everything that may stand between.
//!
//! | status | meaning | why |
//! |---|---|---|
//! | 200–299 | accepted | the backend answers after its commit |
//! | 400, 422, other 4xx | refused | the backend has read the batch and does not want it: halve it until the bad event is alone |
//! | 413 | refused | it, or a proxy, has looked at the size only: halve it by bytes, and send smaller ones from now on |
//! | 0 | unavailable | no network, cut off, or the browser's keepalive quota: perhaps committed, so the same ids again |
//! | 408, 425, 429 | unavailable | says of itself that it is about the moment |
//! | 501–599 | unavailable | a gateway or an overloaded backend |
//! | 500 | faulty | often a backend that stumbles over one event. Nothing says which, or that it is one: kept, but set aside so that others get through |
//! | 401, 402, 407 | astray | a wrong key, a tenant that is suspended, a proxy that wants a password: somebody will repair it |
//! | 403 | astray | a wrong key or, as often, a firewall that dislikes the text of one event: kept, but set aside |
//! | 404, 405, 410, 421 | astray | a wrong address: another server answers there |
//! | 411, 415, 426, 431, 451 | astray | about the request's form, the protocol, cookies, the law: not about these events |
//! | 300–399 | astray | `fetch` follows redirects; one that it does not is a captive portal or a wrong address |
//! | anything else | unavailable | not HTTP |
//!
//! 408, 504, and no answer after a long time say besides that the request was too large for the network: `size`.
//!
//! `Retry-After` is heard with every answer that is neither accepted nor refused.

/// What an answer says about a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The backend has it.
    Accepted,
    /// The backend does not want at least one of these events.
    Refused,
    /// Not now; says nothing about the events.
    Unavailable,
    /// The backend fell over, perhaps over one of these events.
    Faulty,
    /// Not the backend, or not with this key; a firewall may mean one of the events.
    Astray,
}

pub(super) fn meaning(status: u16) -> Meaning {
    match status {
        200..=299 => Meaning::Accepted,
        408 | 425 | 429 => Meaning::Unavailable,
        300..=399 | 401..=405 | 407 | 410 | 411 | 415 | 421 | 426 | 431 | 451 => Meaning::Astray,
        400..=499 => Meaning::Refused,
        500 => Meaning::Faulty,
        _ => Meaning::Unavailable,
    }
}
