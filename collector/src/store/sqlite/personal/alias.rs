//! Whom an event names as who its user was before (`previousId`): there is no column for it.

use serde_json::Value;

/// Whom an alias joins, of a message's text.
pub(super) fn joined_by(message: &str) -> Option<String> {
    let message = parsed(message)?;
    let is_alias = message.get("type").is_some_and(|kind| kind == "alias");
    previous(&message).filter(|_| is_alias).map(str::to_owned)
}

/// Whom an event of whichever kind names there: what is not believed may name somebody as whom it wants to join.
pub(super) fn named_by(message: &str) -> Option<String> {
    parsed(message).as_ref().and_then(previous).map(str::to_owned)
}

fn previous(message: &Value) -> Option<&str> {
    message.get("previousId")?.as_str().filter(|id| !id.is_empty())
}

/// Of most events it is seen without parsing them that they name nobody so.
fn parsed(message: &str) -> Option<Value> {
    if message.contains("previousId") || has_escaped_letters(message) {
        return serde_json::from_str(message).ok();
    }
    None
}

/// Whether any letter of ASCII is written as an escape: nobody needs that, and JSON allows it, in the name `previousId`, too.
fn has_escaped_letters(message: &str) -> bool {
    let escaped = |(at, escape): (usize, &str)| {
        message.as_bytes().get(at + escape.len()).is_some_and(|digit| (b'4'..=b'7').contains(digit))
    };
    message.match_indices("\\u00").any(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_seen_however_its_json_is_written() {
        let table = [
            (r#"{"type":"alias","previousId":"a"}"#, Some("a"), Some("a")),
            (r#"{"type":"alias","previous\u0049d":"a"}"#, Some("a"), Some("a")),
            (r#"{"type":"\u0061lias","\u0070\u0072\u0065viousId":"\u00fc\u0041"}"#, Some("üA"), Some("üA")),
            (r#"{"type":"track","previousId":"a"}"#, None, Some("a")),
            (r#"{"previousId":"a"}"#, None, Some("a")),
            (r#"{"type":"alias","previousId":""}"#, None, None),
            (r#"{"type":"alias","previousId":7}"#, None, None),
            (r#"{"type":"alias","properties":{"previousId":"a"}}"#, None, None),
            (r#"{"type":"alias","properties":"previousId \u00e4"}"#, None, None),
            (r#"{"type":"alias""#, None, None),
        ];
        for (message, joined, named) in table {
            assert_eq!(joined_by(message).as_deref(), joined, "{message}");
            assert_eq!(named_by(message).as_deref(), named, "{message}");
        }
    }

    /// So does the migration that looks for them by SQL.
    #[test]
    fn sqlite_reads_a_name_that_is_escaped() {
        let sql = r#"SELECT '{"previous\u0049d":"\u0041"}' ->> 'previousId'"#;
        let found: Option<String> =
            rusqlite::Connection::open_in_memory().unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(found.as_deref(), Some("A"));
    }

    #[test]
    fn what_is_written_as_usual_is_not_parsed() {
        for usual in [r#"{"type":"alias","text":"\u00e4\u0009\u20ac"}"#, "{}", r#"{"a":"\\u00"}"#] {
            assert!(!has_escaped_letters(usual), "{usual}");
        }
    }
}
