//! Leads for a spreadsheet.

use serde_json::Value;

use super::{Lead, LeadKind};

const COLUMNS: [&str; 22] = [
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
    "bands",
    "segments",
    "signals",
    "reasons",
    "named",
    "found",
    "since",
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
                "scores" | "stages" | "bands" | "segments" => lead.draft.reasons.get(column),
                _ => json.get(column),
            };
            value.map_or_else(String::new, written)
        };
        out.write_record(COLUMNS.map(|column| match (column, &lead.draft.kind) {
            // Their order is that of the form.
            ("fields", LeadKind::Form { fields, .. }) => pairs(fields.iter()),
            ("signals", _) => lead.draft.reasons.get("signals").map_or_else(String::new, as_json),
            ("reasons", _) => as_json(&lead.draft.reasons),
            _ => cell(column),
        }))?;
    }
    out.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => safe(text),
        Value::Object(entries) => pairs(entries.iter()),
        Value::Array(_) => safe(&value.to_string()),
        // No formula, below zero neither.
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// For programs: what people read of it has columns of its own. It begins like no formula; and whatever spreadsheets separate
/// by, nothing in its strings does: tabs and breaks are escapes in any JSON.
fn as_json(value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) => {
            value.to_string().replace(';', "\\u003b").replace('|', "\\u007c")
        }
        _ => written(value),
    }
}

fn pairs<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    // With its name, which may be empty.
    let pair = |(name, value): (&String, &Value)| safe(&format!("{}={}", safe(name), written(value)));
    entries.map(pair).collect::<Vec<_>>().join("; ")
}

/// What begins a formula, in the wide letters of Japanese systems, too.
const BEGINNINGS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What ends a cell where a spreadsheet does not separate by commas: a German one takes semicolons, quotes or not, and others
/// what was last chosen. (Commas, quotes and breaks are within quotes for who separates by commas.)
const SEPARATORS: [char; 5] = [';', '\t', '|', '\r', '\n'];

/// As text, an apostrophe before whatever could be taken for a formula (OWASP, CSV injection): at the beginning, and behind
/// all that could be a separator. Spaces and breaks before it are left out by some spreadsheets, and so are quotes.
fn safe(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    if cell.starts_with(['\t', '\r', '\n']) {
        text.push('\'');
    }
    for part in cell.split_inclusive(SEPARATORS) {
        let begins = part.trim_start_matches(|char: char| char.is_whitespace() || char == '"');
        if begins.starts_with(BEGINNINGS) {
            text.push('\'');
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_in_a_cell_is_the_same_json_and_parts_into_no_cells() {
        let value = json!({"a": ";=cmd", "b": ["; @x", "\t=1|-2\r\n+3"], "n": -1});
        let cell = as_json(&value);
        assert!(!cell.contains(SEPARATORS), "{cell}");
        assert_eq!(serde_json::from_str::<Value>(&cell).unwrap(), value);
        assert_eq!(as_json(&json!("=1")), "'=1");
    }

    #[test]
    fn what_would_be_a_formula_is_text_and_a_number_is_one() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\u{a0}=1", "＝1", "\tx", "\rx", "\nx", "-"] {
            assert_eq!(written(&json!(text)), format!("'{text}"));
        }
        for text in ["1=1", "a-b", "", "'=1", "a\nb", "a; b=1", "a, -b", "\"a\""] {
            assert_eq!(written(&json!(text)), text);
        }
        let within = [
            ("a;=1", "a;'=1"),
            ("a; =1", "a;' =1"),
            ("a;\"=1&\"\"", "a;'\"=1&\"\""),
            ("\"=1", "'\"=1"),
            ("\" \"+1", "'\" \"+1"),
            ("a\t@b;-1|+1", "a\t'@b;'-1|'+1"),
            ("a\r\n=1", "a\r\n'=1"),
            ("a;;＝1", "a;;'＝1"),
            ("a;'=1", "a;'=1"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
        ];
        for (text, cell) in within {
            assert_eq!(written(&json!(text)), cell);
            assert_eq!(safe(cell), cell, "what is text is left as it is");
        }
        for (fields, cell) in [
            (json!({"": "1+1"}), "'=1+1"),
            (json!({" ": "cmd"}), "' =cmd"),
            (json!({"\t": 2}), "'\t'=2"),
            (json!({"a": "b;=1"}), "a=b;'=1"),
            (json!({"a": ["x;=1"]}), r#"a=["x;'=1"]"#),
        ] {
            assert_eq!(written(&fields), cell);
        }
        assert_eq!((written(&json!(-7.5)), written(&json!(null))), ("-7.5".to_owned(), String::new()));
        let cell = written(&json!({"a": "=1", "=cmd": -1, "b": {"c": "@x"}, "d": ["=1"]}));
        assert_eq!(cell, r#"a='=1; '=cmd=-1; b=c='@x; d=["=1"]"#);
    }
}
