//! What a playbook would have come to: how many people each nudge, moment and rung would have reached, in all and by
//! week, which nudges stood in each other's way, and what held each back.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use crate::engine::{Climb, Edge, Nudge, Playbook, Scope, What};

use super::timestamp::format_week;
use crate::fold::{Contests, Pair};
use crate::fold::{News, Reported};

/// Who was reached by something, in all and by week.
#[derive(Debug, Default)]
struct Reach {
    everybody: BTreeSet<String>,
    weeks: BTreeMap<String, BTreeSet<String>>,
    times: u64,
}

impl Reach {
    fn add(&mut self, reported: &Reported) {
        self.everybody.insert(reported.id.clone());
        let week = format_week(reported.news.at());
        self.weeks.entry(week).or_default().insert(reported.id.clone());
        self.times += 1;
    }

    fn entries(&self) -> Vec<(&'static str, Json)> {
        let weeks: Map<String, Json> =
            self.weeks.iter().map(|(week, people)| (week.clone(), json!(people.len()))).collect();
        vec![("reached", json!(self.everybody.len())), ("weeks", Json::Object(weeks))]
    }
}

/// What can reach somebody: by position of its definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reaching {
    Nudge(usize),
    /// Of a nudge.
    Variant(usize, usize),
    /// Whether of accounts, and which.
    Moment(bool, usize),
    /// Whether of accounts, the ladder, and which.
    Rung(bool, usize, u8),
}

/// The summary, as JSON.
pub(super) fn summarise(playbook: &Playbook, news: &[Reported], contests: &Contests) -> Json {
    let mut reached: BTreeMap<Reaching, Reach> = BTreeMap::new();
    for reported in news {
        for what in reaching(playbook, reported) {
            reached.entry(what).or_default().add(reported);
        }
    }
    let none = Reach::default();
    let reach = |what| reached.get(&what).unwrap_or(&none);
    let nudges = playbook.nudges.iter().enumerate();
    let nudges: Vec<Json> = nudges.map(|(index, nudge)| of_nudge(index, nudge, &reach, contests)).collect();
    let (mut moments, mut rungs) = (Vec::new(), Vec::new());
    for (scope, name) in [(Scope::Person, "person"), (Scope::Account, "account")] {
        let definitions = playbook.of(scope);
        let is_account = scope == Scope::Account;
        for (index, moment) in definitions.moments.iter().enumerate() {
            let head = vec![("moment", json!(moment.id)), ("scope", json!(name))];
            moments.push(object(head, reach(Reaching::Moment(is_account, index)).entries()));
        }
        for (index, ladder) in definitions.ladders.iter().enumerate() {
            for (rung, position) in ladder.rungs.iter().zip(0..) {
                let head =
                    vec![("ladder", json!(ladder.id)), ("rung", json!(rung.id)), ("scope", json!(name))];
                rungs.push(object(head, reach(Reaching::Rung(is_account, index, position)).entries()));
            }
        }
    }
    json!({"nudges": nudges, "moments": moments, "rungs": rungs, "competing": competing(playbook, contests)})
}

/// The nudges with edges that no recording has.
pub fn unheard(playbook: &Playbook) -> Vec<&str> {
    let is_unheard =
        |nudge: &&Nudge| nudge.on.iter().any(|edge| matches!(edge, Edge::Element(_) | Edge::Call(_)));
    playbook.nudges.iter().filter(is_unheard).map(|nudge| nudge.id.as_str()).collect()
}

fn reaching(playbook: &Playbook, reported: &Reported) -> Vec<Reaching> {
    let change = match &reported.news {
        News::Nudge { nudge, variant, .. } => {
            let variant = variant.map(|variant| Reaching::Variant(*nudge, variant));
            return [Reaching::Nudge(*nudge)].into_iter().chain(variant).collect();
        }
        News::Change(change) => change,
    };
    let scope = if reported.account { Scope::Account } else { Scope::Person };
    match change.what {
        What::Moment { moment } => vec![Reaching::Moment(reported.account, usize::from(moment))],
        What::Stage { ladder, from, to: Some(to) } => {
            let index = usize::from(ladder);
            let climb = playbook.of(scope).ladders.get(index).map(|ladder| ladder.climb);
            // Who climbs several at once has been on each; the highest may stand above others that are not met.
            let first = match climb {
                Some(Climb::InOrder) => from.map_or(0, |from| from + 1),
                _ if from.is_some_and(|from| from >= to) => return Vec::new(),
                _ => to,
            };
            (first..=to).map(|rung| Reaching::Rung(reported.account, index, rung)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_nudge<'a>(
    index: usize,
    nudge: &Nudge,
    reach: &impl Fn(Reaching) -> &'a Reach,
    contests: &Contests,
) -> Json {
    let shown = reach(Reaching::Nudge(index));
    let mut entries = shown.entries();
    if !nudge.variants.is_empty() {
        let variant = |(variant, definition): (usize, &crate::engine::Variant)| {
            let people = reach(Reaching::Variant(index, variant)).everybody.len();
            (definition.id.clone(), json!(people))
        };
        let variants: Map<String, Json> = nudge.variants.iter().enumerate().map(variant).collect();
        entries.push(("variants", Json::Object(variants)));
    }
    let edges = contests.edges.get(&index).cloned().unwrap_or_default();
    let mut blocked: Vec<_> = edges.blocked.into_iter().collect();
    blocked.sort_by_key(|(name, times)| (Reverse(*times), *name));
    let blocked: Map<String, Json> =
        blocked.into_iter().map(|(name, times)| (name.to_owned(), json!(times))).collect();
    entries.extend([
        ("edges", json!(edges.considered)),
        ("won", json!(edges.won)),
        ("outranked", json!(edges.outranked)),
        ("blocked", Json::Object(blocked)),
    ]);
    let head = vec![
        ("nudge", json!(nudge.id)),
        ("purpose", json!(nudge.purpose.name())),
        ("shown", json!(shown.times)),
    ];
    object(head, entries)
}

/// Pairs of nudges that were candidates at the same edge, those that met most often first.
fn competing(playbook: &Playbook, contests: &Contests) -> Vec<Json> {
    let mut pairs: Vec<_> = contests.pairs.iter().collect();
    pairs.sort_by_key(|(pair, met)| (Reverse(met.times), *pair));
    let id = |index: usize| playbook.nudges.get(index).map(|nudge| nudge.id.as_str());
    let line = |(&(one, other), pair): (&(usize, usize), &Pair)| json!({"nudges": [id(one), id(other)], "times": pair.times, "won": pair.won});
    pairs.into_iter().map(line).collect()
}

fn object(head: Vec<(&'static str, Json)>, rest: Vec<(&'static str, Json)>) -> Json {
    Json::Object(head.into_iter().chain(rest).map(|(key, value)| (key.to_owned(), value)).collect())
}
