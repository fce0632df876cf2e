//! By what events come: the library, the browser, and the way through it.

use serde_json::Value;

use super::Browser;
use crate::limits;

/// The name that our own pages send under.
const OURS: &str = "ripen";

/// Who made a request: the library with its version, and the browser. Of what it is kept by there is little, and of
/// what anybody may make up, only so much ([`limits::SOURCES_A_DAY`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// As `context.library.name` says; empty if it says nothing that can be kept.
    pub library: String,
    /// As `context.library.version` says.
    pub version: String,
    /// As the request's `User-Agent` says.
    pub browser: Browser,
}

impl Source {
    /// Where too many others are told apart already.
    pub fn other() -> Source {
        Source { library: "other".to_owned(), ..Source::default() }
    }

    /// Of `context.library`, or of nothing, and of a `User-Agent`.
    pub(crate) fn new(library: Option<&Value>, agent: Option<&str>) -> Source {
        let word = |field| {
            let text = library?.get(field)?.as_str()?;
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:@/+ -".contains(&byte);
            (text.len() <= limits::LIBRARY_BYTES && text.bytes().all(fits)).then(|| text.to_owned())
        };
        Source {
            library: word("name").unwrap_or_default(),
            version: word("version").unwrap_or_default(),
            browser: agent.map(Browser::of).unwrap_or_default(),
        }
    }

    /// As it is stored: no part has a line break in it.
    pub(crate) fn key(&self) -> String {
        let Source { library, version, browser } = self;
        format!("{library}\n{version}\n{}\n{}", browser.family, browser.major)
    }

    pub(crate) fn of_key(key: &str) -> Source {
        let mut parts = key.split('\n');
        let mut next = || parts.next().unwrap_or_default();
        let (library, version) = (next().to_owned(), next().to_owned());
        let (family, major) = (next(), next());
        Source { library, version, browser: Browser::named(family, major.parse().unwrap_or(0)) }
    }

    /// Whether it is one of our own pages.
    pub(crate) fn is_ours(&self) -> bool {
        self.library == OURS
    }
}

/// How a request left the client, as far as the collector can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Our page, by `fetch`, packed: only what may wait is.
    Packed,
    /// Our page, by `fetch`, as it is: the first requests of a page load, and small ones.
    Fetch,
    /// Our page by keepalive, as it says: it was hiding or going.
    Keepalive,
    /// The browser, for a page of ours that may be gone (`fetchLater`).
    Deferred,
    /// Somebody else's client.
    #[default]
    Foreign,
}

impl Transport {
    /// All of them.
    pub const ALL: [Transport; 5] =
        [Transport::Packed, Transport::Fetch, Transport::Keepalive, Transport::Deferred, Transport::Foreign];

    /// Told from what the request is like. What the browser sends for a page cannot say when it was sent.
    pub(crate) fn of(source: &Source, packed: bool, sent: bool, going: bool) -> Transport {
        match () {
            () if !source.is_ours() => Transport::Foreign,
            () if going => Transport::Keepalive,
            () if !sent => Transport::Deferred,
            () if packed => Transport::Packed,
            () => Transport::Fetch,
        }
    }

    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            Transport::Packed => "packed",
            Transport::Fetch => "fetch",
            Transport::Keepalive => "keepalive",
            Transport::Deferred => "deferred",
            Transport::Foreign => "foreign",
        }
    }

    pub(crate) fn named(name: &str) -> Transport {
        Transport::ALL.into_iter().find(|known| known.name() == name).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_library_is_a_word_or_nothing() {
        let of = |library: Value| {
            let source = Source::new(Some(&library), None);
            (source.library, source.version)
        };
        let named = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        assert_eq!(of(json!({"name": "ripen", "version": "0.1.0"})), named("ripen", "0.1.0"));
        assert_eq!(of(json!({"name": "@segment/analytics-node"})), named("@segment/analytics-node", ""));
        for nothing in [json!(null), json!("ripen"), json!({"name": 7, "version": ["1"]})] {
            assert_eq!(of(nothing), named("", ""));
        }
        let long = "x".repeat(limits::LIBRARY_BYTES + 1);
        assert_eq!(of(json!({"name": "\u{1b}[2J", "version": long})), named("", ""));
        assert_eq!(Source::new(None, Some("Firefox/128.0")).browser.major, 128);
        for source in [Source::other(), Source::new(Some(&json!({"name": "ripen"})), Some("Edg/124.0"))] {
            assert_eq!(Source::of_key(&source.key()), source);
        }
    }

    #[test]
    fn the_way_is_told_from_what_the_request_is_like() {
        let ours = Source { library: OURS.to_owned(), ..Source::default() };
        let table = [
            (Transport::Packed, (true, true, false)),
            (Transport::Fetch, (false, true, false)),
            (Transport::Keepalive, (false, true, true)),
            (Transport::Deferred, (false, false, false)),
        ];
        for (transport, (packed, sent, going)) in table {
            assert_eq!(Transport::of(&ours, packed, sent, going), transport);
            assert_eq!(Transport::of(&Source::other(), packed, sent, going), Transport::Foreign);
            assert_eq!(Transport::named(transport.name()), transport);
        }
    }
}
