//! What a stream says of itself in a batch: `{"stream", "taken", "dropped": {reason: n}, "untaken": {reason: n}}`.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Counts, StreamId, count};
use crate::limits;

/// Counters of a stream since it began. They only grow, so that of several the largest hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamReport {
    /// How many sequences it has given so far.
    pub taken: u64,
    /// Events that had a sequence and were given up.
    pub dropped: Counts,
    /// Calls that never became an event.
    pub untaken: Counts,
}

impl StreamReport {
    /// Takes the larger of each.
    pub fn merge(&mut self, other: &StreamReport) {
        self.taken = self.taken.max(other.taken);
        self.dropped.merge(&other.dropped);
        self.untaken.merge(&other.untaken);
    }
}

/// What our pages put beside the counters where they send by keepalive, as they write it.
const LEAVING: &str = r#"{"way":"keepalive"}"#;

/// Whether the page was going, or may have been, when it sent this: no header says so.
pub(crate) fn is_leaving(raw: Option<&RawValue>) -> bool {
    raw.is_some_and(|raw| raw.get().contains(LEAVING))
}

/// Reads a batch's `streams`, and says how much of it could not be read: what a page says of its losses must not cost
/// it events.
pub(crate) fn read_reports(raw: Option<&RawValue>) -> (Vec<(StreamId, StreamReport)>, usize) {
    let Some(raw) = raw else { return Default::default() };
    let Ok(elements) = serde_json::from_str::<Option<Vec<&RawValue>>>(raw.get()) else {
        return (Vec::new(), 1);
    };
    let elements = elements.unwrap_or_default();
    let mut ignored = elements.len().saturating_sub(limits::STREAM_REPORTS);
    let mut reports = Vec::new();
    for element in elements.into_iter().take(limits::STREAM_REPORTS) {
        if element.get() == LEAVING {
            continue;
        }
        match serde_json::from_str(element.get()).ok().and_then(|element| read(&element)) {
            Some((stream, report, unreadable)) => {
                reports.push((stream, report));
                ignored += unreadable;
            }
            None => ignored += 1,
        }
    }
    (reports, ignored)
}

fn read(element: &Value) -> Option<(StreamId, StreamReport, usize)> {
    let stream = StreamId::new(element.get("stream")?.as_str()?)?;
    let taken = count(element.get("taken")?)?;
    let counts = |field| Counts::read(element.get(field).unwrap_or(&Value::Null));
    let ((dropped, in_dropped), (untaken, in_untaken)) = (counts("dropped"), counts("untaken"));
    Some((stream, StreamReport { taken, dropped, untaken }, in_dropped + in_untaken))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, u64, u64, u64)>, usize) {
        let raw: &RawValue = serde_json::from_str(text).unwrap();
        let (reports, ignored) = read_reports(Some(raw));
        let numbers = reports.into_iter().map(|(stream, report)| {
            (stream.as_str().to_owned(), report.taken, report.dropped.sum(), report.untaken.sum())
        });
        (numbers.collect(), ignored)
    }

    #[test]
    fn a_report_is_read() {
        let text = r#"[{"stream":"a","taken":9,"dropped":{"refused":2,"queue_full":1},"untaken":{"bad_name":4},"more":0},
            {"stream":"b","taken":0,"dropped":null}]"#;
        assert_eq!(read(text), (vec![("a".into(), 9, 3, 4), ("b".into(), 0, 0, 0)], 0));
    }

    #[test]
    fn what_cannot_be_read_costs_only_itself() {
        for nothing in ["7", "\"x\"", "{}", "[7]", "[{}]", "[null]", r#"["\ud800"]"#, r#"[{"stream":"a"}]"#] {
            assert_eq!(read(nothing), (vec![], 1), "{nothing}");
        }
        assert_eq!(read("null"), (vec![], 0));
        assert_eq!(read("[]"), (vec![], 0));
        let text = r#"[{"stream":"a","taken":1e999},{"stream":"a","taken":-1},{"stream":" ","taken":1},
            {"stream":"a","taken":5,"dropped":{"x":1,"y":"1"},"untaken":[]}]"#;
        assert_eq!(read(text), (vec![("a".into(), 5, 1, 0)], 5));
    }

    #[test]
    fn what_a_page_says_of_its_way_is_no_report() {
        let text = r#"[{"stream":"a","taken":1},{"way":"keepalive"}]"#;
        assert_eq!(read(text), (vec![("a".into(), 1, 0, 0)], 0));
        let leaving = |text: &str| is_leaving(Some(serde_json::from_str(text).unwrap()));
        assert_eq!(
            (leaving(text), leaving(r#"[{"stream":"a","taken":1}]"#), is_leaving(None)),
            (true, false, false)
        );
    }

    #[test]
    fn reports_are_counted_at_the_edge() {
        let many = |count: usize| {
            let reports: Vec<String> =
                (0..count).map(|n| format!(r#"{{"stream":"s{n}","taken":1}}"#)).collect();
            let (reports, ignored) = read(&format!("[{}]", reports.join(",")));
            (reports.len(), ignored)
        };
        assert_eq!(many(limits::STREAM_REPORTS), (limits::STREAM_REPORTS, 0));
        assert_eq!(many(limits::STREAM_REPORTS + 2), (limits::STREAM_REPORTS, 2));
    }
}
