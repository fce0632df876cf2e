//! By what events come, as far as it may be a label.

use prometheus_client::encoding::EncodeLabelSet;

use crate::health::Source;

/// Libraries that are told apart: ours, and those that are tried with the collector (`tests/matrix/clients`).
const LIBRARIES: [&str; 8] = [
    OURS,
    "@segment/analytics-node",
    "analytics-node",
    "analytics-python",
    "analytics.js",
    "@segment/analytics-next",
    "RudderLabs JavaScript SDK",
    "@rudderstack/rudder-sdk-node",
];

const OURS: &str = "ripen";

/// Versions of ours that were released when this collector was. A newer one is `other` until the collector is as new.
const RELEASES: [&str; 1] = [env!("CARGO_PKG_VERSION")];

/// What is not said.
const NONE: &str = "none";

/// What is none of those that are known.
const OTHER: &str = "other";

/// A [`Source`] as labels. Whoever has a write key, which is public, may call a library as they like, and whoever reads
/// metrics keeps each label for ever: so there are those that are known, and `other`. `GET /v1/health/delivery` tells
/// more apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EncodeLabelSet)]
pub struct SourceLabels {
    library: &'static str,
    version: &'static str,
    browser: &'static str,
}

impl SourceLabels {
    /// Of a source.
    pub(super) fn of(source: &Source) -> SourceLabels {
        let library = known(&source.library, &LIBRARIES);
        let version = if library == OURS { known(&source.version, &RELEASES) } else { NONE };
        // Its families are those that the collector knows.
        let browser = if source.browser.family.is_empty() { NONE } else { source.browser.family };
        SourceLabels { library, version, browser }
    }
}

fn known(text: &str, all: &[&'static str]) -> &'static str {
    let unknown = if text.is_empty() { NONE } else { OTHER };
    all.iter().find(|known| **known == text).copied().unwrap_or(unknown)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nobody_makes_up_labels_of_sources() {
        let labels = |library: &str, version: &str, agent: &str| {
            let source = Source::new(Some(&json!({"name": library, "version": version})), Some(agent));
            let SourceLabels { library, version, browser } = SourceLabels::of(&source);
            (library, version, browser)
        };
        assert_eq!(labels("ripen", RELEASES[0], "Firefox/128.0"), ("ripen", RELEASES[0], "Firefox"));
        assert_eq!(labels("ripen", "99.0.1", "Mozilla/5.0 Made/1 Up"), ("ripen", "other", "none"));
        assert_eq!(labels("analytics-python", "2.1.9", ""), ("analytics-python", "none", "none"));
        assert_eq!(labels("made up", "1", "Edg/124.0"), ("other", "none", "Edge"));
        assert_eq!(labels("", "", ""), ("none", "none", "none"));
    }

    /// Those that `collector/tests/all/foreign` has recorded.
    #[test]
    fn the_clients_that_are_tried_are_known() {
        let recorded = include_str!("../../tests/all/foreign/requests.json").replace("\\\"", "\"");
        let names: Vec<&str> = LIBRARIES
            .into_iter()
            .filter(|name| recorded.contains(&format!("\"name\": \"{name}\"")))
            .collect();
        assert!(names.len() >= 5, "{names:?}");
    }

    #[test]
    fn each_release_is_known() {
        let log = include_str!("../../../CHANGELOG.md");
        let released = log.lines().filter_map(|line| line.strip_prefix("## [")?.split(']').next());
        for version in released.filter(|version| *version != "Unreleased") {
            assert!(RELEASES.contains(&version), "{version}");
        }
    }
}
