//! Leads for a spreadsheet.

use serde_json::Value;

use super::{Lead, LeadKind};

const COLUMNS: [&str; 15] = [
    "id",
    "kind",
    "moment",
    "qualifies",
    "motion",
    "person",
    "account",
    "at",
    "signed",
    "state",
    "rank",
    "scores",
    "stages",
    "fields",
    "nudge",
];

/// A header, and a line for each (RFC 4180). What a spreadsheet would take for a formula is made text: it came from
/// whoever can send events.
///
/// # Errors
/// None that a vector in memory has.
pub fn to_csv(leads: &[Lead]) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    for lead in leads {
        let json = lead.to_json();
        let cell = |column: &str| {
            let value = match column {
                "scores" | "stages" => lead.draft.reasons.get(column),
                _ => json.get(column),
            };
            safe(value.map_or_else(String::new, written))
        };
        out.write_record(COLUMNS.map(|column| match (column, &lead.draft.kind) {
            // Their order is that of the form.
            ("fields", LeadKind::Form { fields, .. }) => safe(pairs(fields.iter())),
            _ => cell(column),
        }))?;
    }
    out.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(entries) => pairs(entries.iter()),
        other => other.to_string(),
    }
}

fn pairs<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    entries.map(|(name, value)| format!("{name}={}", written(value))).collect::<Vec<_>>().join("; ")
}

fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
