//! Delivery health as it is told: to programs as JSON, to people as a table.

use serde::Serialize;

use super::{Day, Pages, Requests, Source};
use crate::store::{Store, StoreError, TenantId};

/// From a day on.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The first day, UTC.
    pub since: String,
    /// What came.
    pub requests: Vec<RequestLine>,
    /// What became of page loads.
    pub pages: Vec<PageLine>,
}

/// Requests of a day, by what and which way.
#[derive(Debug, Serialize)]
pub struct RequestLine {
    day: String,
    #[serde(flatten)]
    source: SourceLine,
    transport: &'static str,
    #[serde(flatten)]
    counts: Requests,
}

/// Page loads that were first heard of on a day, by what.
#[derive(Debug, Serialize)]
pub struct PageLine {
    day: String,
    #[serde(flatten)]
    source: SourceLine,
    #[serde(flatten)]
    counts: Pages,
}

#[derive(Debug, Serialize)]
struct SourceLine {
    library: String,
    version: String,
    browser: &'static str,
    #[serde(rename = "browserMajor")]
    major: u16,
}

impl Report {
    /// Of a tenant.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn read(store: &mut dyn Store, tenant: TenantId, since: Day) -> Result<Report, StoreError> {
        let requests = store.health().requests(tenant, since)?.into_iter().map(|row| RequestLine {
            day: row.day.written(),
            source: row.source.into(),
            transport: row.transport.name(),
            counts: row.counts,
        });
        let requests = requests.collect();
        let pages = store.health().pages(tenant, since)?.into_iter().map(|row| PageLine {
            day: row.day.written(),
            source: row.source.into(),
            counts: row.counts,
        });
        Ok(Report { since: since.written(), requests, pages: pages.collect() })
    }
}

impl From<Source> for SourceLine {
    fn from(source: Source) -> SourceLine {
        let Source { library, version, browser } = source;
        SourceLine { library, version, browser: browser.family, major: browser.major }
    }
}

impl RequestLine {
    /// For people: day, by what, which way, requests, accepted, duplicates, rejected, the rest in words.
    pub fn cells(&self) -> [String; 8] {
        let Requests { requests, accepted, duplicates, rejected, lateness, .. } = &self.counts;
        [
            self.day.clone(),
            self.source.words(),
            self.transport.to_owned(),
            requests.to_string(),
            accepted.to_string(),
            duplicates.to_string(),
            rejected.to_string(),
            lateness.to_string(),
        ]
    }
}

impl PageLine {
    /// For people: day, by what, page loads, taken, arrived, missing, dropped, untaken.
    pub fn cells(&self) -> [String; 8] {
        let Pages { streams, taken, arrived, missing, dropped, untaken } = &self.counts;
        [
            self.day.clone(),
            self.source.words(),
            streams.to_string(),
            taken.to_string(),
            arrived.to_string(),
            missing.to_string(),
            dropped.to_string(),
            untaken.to_string(),
        ]
    }
}

impl SourceLine {
    fn words(&self) -> String {
        let major = if self.major == 0 { String::new() } else { self.major.to_string() };
        let words = [self.library.as_str(), &self.version, self.browser, &major];
        let said: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if said.is_empty() { "-".to_owned() } else { said.join(" ") }
    }
}
