//! Which sequences of a stream arrived, as runs: of a page load that lost nothing, one row.

use std::ops::RangeInclusive;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::store::StoreError;

/// Adds a run to a stream whose highest sequence is known, and makes one of it and of those that it touches; says how many
/// of its sequences are new.
pub(super) fn add(
    transaction: &Transaction<'_>,
    stream: i64,
    run: &RangeInclusive<u64>,
    highest: Option<u64>,
) -> Result<u64, StoreError> {
    if highest.is_some_and(|highest| *run.start() <= highest) {
        return amid(transaction, stream, run);
    }
    // Most come in order: then nothing is there but, perhaps, the run that it goes on from.
    let values = params![stream, run.start().cast_signed(), run.end().cast_signed()];
    let goes_on = highest.is_some_and(|highest| highest + 1 == *run.start())
        && transaction
            .prepare_cached(
                "UPDATE arrival SET last = ?3 WHERE stream = ?1 AND last = ?2 - 1
                    AND first = (SELECT max(first) FROM arrival WHERE stream = ?1)",
            )?
            .execute(values)?
            > 0;
    if !goes_on {
        transaction
            .prepare_cached("INSERT INTO arrival (stream, first, last) VALUES (?1, ?2, ?3)")?
            .execute(values)?;
    }
    Ok(run.end() - run.start() + 1)
}

/// The same of one that begins before the highest. What the stream has is looked at only around it: a stream of nothing but
/// gaps costs no more than another.
fn amid(transaction: &Transaction<'_>, stream: i64, run: &RangeInclusive<u64>) -> Result<u64, StoreError> {
    let (first, last) = (run.start().cast_signed(), run.end().cast_signed());
    // Of those that begin before it only the last one can touch it.
    let before: Option<(i64, i64)> = transaction
        .prepare_cached(
            "SELECT first, last FROM arrival WHERE stream = ?1 AND first < ?2 ORDER BY first DESC LIMIT 1",
        )?
        .query_row(params![stream, first], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let from = before.filter(|(_, end)| *end >= first - 1).map_or(first, |(begin, _)| begin);
    let touched: (i64, i64, i64, i64) = transaction
        .prepare_cached(
            "SELECT count(*), coalesce(min(first), ?2), coalesce(max(last), ?3), coalesce(sum(last - first + 1), 0)
             FROM arrival
             WHERE stream = ?1 AND first BETWEEN ?2 AND ?3 + 1",
        )?
        .query_row(params![stream, from, last], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let (runs, begin, end, known) = touched;
    if runs == 1 && begin <= first && end >= last {
        return Ok(0);
    }
    if runs > 0 {
        transaction
            .prepare_cached("DELETE FROM arrival WHERE stream = ?1 AND first BETWEEN ?2 AND ?3 + 1")?
            .execute(params![stream, from, last])?;
    }
    transaction
        .prepare_cached("INSERT INTO arrival (stream, first, last) VALUES (?1, ?2, ?3)")?
        .execute(params![stream, begin.min(first), end.max(last)])?;
    Ok((end.max(last) - begin.min(first) + 1 - known).unsigned_abs())
}
