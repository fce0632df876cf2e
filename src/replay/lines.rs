//! What a replay prints: JSON lines (`semantics.md` §8).

use std::fmt::Display;

use serde_json::{Value as Json, json};

use crate::engine::{
    AccountView, Change, Definitions, Index, Millis, Person, Playbook, Scope, Seen, Sight, Value, What,
    millionths, nearest,
};
use crate::playbook::printed;

use super::timestamp::format_timestamp;
use crate::fold::World;
use crate::fold::{News, Reported};

/// A line for each person, then one for each account.
pub fn final_lines(playbook: &Playbook, world: &World<'_>, end: Millis) -> Vec<String> {
    let persons =
        world.persons().map(|(id, person, account)| person_line(playbook, id, person, account, end));
    let accounts = world.accounts().map(|(id, account)| {
        let head = [("account", json!(id)), ("at", json!(format_timestamp(end)))];
        line(playbook, head, account.sight(playbook, end))
    });
    persons.chain(accounts).collect()
}

/// A line for each change.
pub fn timeline_lines(playbook: &Playbook, changes: Vec<Reported>) -> Vec<String> {
    changes.into_iter().filter_map(|reported| line_of(playbook, &reported)).collect()
}

fn person_line(
    playbook: &Playbook,
    id: &str,
    person: &Person,
    account: Option<&AccountView>,
    end: Millis,
) -> String {
    let at = ("at", json!(format_timestamp(end)));
    let sight = person.sight(playbook, account, end);
    match person.account() {
        Some(account) => line(playbook, [("person", json!(id)), ("account", json!(account)), at], sight),
        None => line(playbook, [("person", json!(id)), at], sight),
    }
}

/// What a sight shows, as a line of a replay has it, without whose it is and when.
pub fn view_line(playbook: &Playbook, sight: Sight<'_>) -> String {
    line(playbook, [], sight)
}

fn line<const N: usize>(playbook: &Playbook, head: [(&str, Json); N], sight: Sight<'_>) -> String {
    let scopes: &[Scope] = match sight.scope {
        Scope::Person => &[Scope::Person, Scope::Account],
        Scope::Account => &[Scope::Account],
    };
    let (mut signals, mut scores, mut bands, mut stages) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut segments, mut moments) = (Vec::new(), Vec::new());
    for scope in scopes.iter().copied() {
        let definitions = playbook.of(scope);
        for (signal, index) in definitions.signals.iter().zip(0..) {
            signals.extend(scalar(sight.signal(scope, index)).map(|value| (signal.name.as_str(), value)));
        }
        for (score, index) in definitions.scores.iter().zip(0..) {
            scores.extend(sight.score(scope, index).map(|value| (score.id.as_str(), number(value))));
            bands.extend(sight.band(scope, index).map(|band| (score.id.as_str(), json!(band))));
        }
        for (ladder, index) in definitions.ladders.iter().zip(0..) {
            stages.extend(sight.stage(scope, index).map(|(rung, _)| (ladder.id.as_str(), json!(rung))));
        }
        let held = definitions.segments.iter().zip(0..).filter(|(_, index)| sight.segment(scope, *index));
        segments.extend(held.map(|(segment, _)| (segment.written, segment.id.as_str())));
        let held = definitions.moments.iter().zip(0..).filter(|(_, index)| sight.moment(scope, *index));
        moments.extend(held.map(|(moment, _)| (moment.written, moment.id.as_str())));
    }
    // Entries are written by hand, since the order of a line's keys is part of what people read.
    let mut entries: Vec<(&str, String)> = head.map(|(key, value)| (key, value.to_string())).into();
    entries.push(("signals", object(&signals)));
    entries.push(("segments", in_order_written(segments).to_string()));
    if let Some(momentum) = sight.momentum() {
        entries.push(("momentum", json!(momentum.name()).to_string()));
    }
    if let Some(alive) = sight.alive() {
        entries.push(("alive", number(alive)));
    }
    entries.push(("scores", object(&scores)));
    entries.push(("bands", object(&bands)));
    entries.push(("stages", object(&stages)));
    entries.push(("moments", in_order_written(moments).to_string()));
    object(&entries)
}

fn in_order_written(mut ids: Vec<(Index, &str)>) -> Json {
    ids.sort_unstable();
    ids.into_iter().map(|(_, id)| id).collect()
}

fn line_of(playbook: &Playbook, reported: &Reported) -> Option<String> {
    let whose = if reported.account { "account" } else { "person" };
    let mut entries = vec![("at", json!(format_timestamp(reported.news.at()))), (whose, json!(reported.id))];
    match &reported.news {
        News::Change(change) => {
            let scope = if reported.account { Scope::Account } else { Scope::Person };
            entries.extend(change_entries(playbook.of(scope), change)?);
        }
        News::Nudge { nudge, variant, .. } => {
            let nudge = playbook.nudges.get(*nudge)?;
            entries.extend([("kind", json!("nudge")), ("name", json!(nudge.id))]);
            if let Some(variant) = variant.and_then(|variant| nudge.variants.get(variant)) {
                entries.push(("variant", json!(variant.id)));
            }
        }
    }
    Some(object(&entries))
}

/// What a line says of a change; none of one that is in the log by itself.
fn change_entries(definitions: &Definitions, change: &Change) -> Option<Vec<(&'static str, Json)>> {
    let (kind, name, from_to) = match change.what {
        What::Stage { ladder, from, to } => {
            let ladder = definitions.ladders.get(usize::from(ladder));
            let rung = |position: Option<u8>| {
                let rung = ladder.and_then(|ladder| ladder.rungs.get(usize::from(position?)));
                json!(rung.map(|rung| rung.id.as_str()))
            };
            ("stage", ladder.map(|ladder| ladder.id.as_str()), Some((rung(from), rung(to))))
        }
        What::Momentum { from, to } => {
            let change = (json!(from.map(|from| from.name())), json!(to.name()));
            ("momentum", Some("momentum"), Some(change))
        }
        What::Segment { segment, from, to } => {
            let segment = definitions.segments.get(usize::from(segment));
            ("segment", segment.map(|segment| segment.id.as_str()), Some((json!(from), json!(to))))
        }
        What::Moment { moment } => {
            let moment = definitions.moments.get(usize::from(moment));
            ("moment", moment.map(|moment| moment.id.as_str()), None)
        }
        What::Converted { .. } => return None,
    };
    let mut entries = vec![("kind", json!(kind)), ("name", json!(name))];
    if let Some((from, to)) = from_to {
        entries.extend([("from", from), ("to", to)]);
    }
    Some(entries)
}

fn object(entries: &[(&str, impl Display)]) -> String {
    let parts: Vec<String> = entries.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    format!("{{{}}}", parts.join(","))
}

/// What a signal can be; none where it is absent.
fn scalar(seen: Seen<'_>) -> Option<String> {
    match seen.scalar() {
        Value::Number(value) => Some(number(value)),
        Value::Text(text) => Some(json!(text).to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// As JavaScript prints it, with at most six decimals, half to even. (Beyond the largest number of millionths doubles are
/// further apart than that.)
fn number(value: f64) -> String {
    // A compiled playbook that is no compiler's may have a rhythm without numbers; JSON has none such either.
    if !value.is_finite() {
        return "null".into();
    }
    let six_decimals = millionths(value).map_or(value, |millionths| nearest(millionths.into()));
    printed(six_decimals)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_print_as_javascript_prints_them_with_six_decimals() {
        for (value, wanted) in [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (1e-6, "0.000001"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
            (4e-7, "0"),
            (1.0 / 128.0, "0.007812"),
            (3.0 / 128.0, "0.023438"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (9e12 + 0.125, "9000000000000.125"),
        ] {
            assert_eq!(number(value), wanted, "{value:e}");
        }
    }
}
