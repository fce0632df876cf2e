//! All that is folded of a person, in words: what `views` prints of them, and what a view is made of. For their export.

use std::collections::BTreeMap;

use ripen::engine::{AccountView, Millis, Outcome, Person, Playbook, Scope, Sight};
use ripen::explain::value_to_json;
use ripen::fold::Standing;
use ripen::replay::{format_timestamp, view_line};
use serde_json::{Map, Value, json};

use super::playbooks::Playbooks;
use super::restore::newest;
use crate::privacy::Subject;
use crate::store::{IslandId, NodeName, Report, Reported, Store, StoreError, TenantId};

type Object = Map<String, Value>;

/// Their states as of now, an object each: one, but where some of their ids are not joined. It reads several times:
/// whoever is not alone with the store asks [consistently](Store::consistently).
///
/// # Errors
/// The store cannot be read.
pub fn states(
    store: &mut dyn Store,
    playbooks: &Playbooks,
    tenant: TenantId,
    subject: &Subject,
    now: Millis,
) -> Result<Vec<Value>, StoreError> {
    let mut of_island: BTreeMap<IslandId, Vec<&str>> = BTreeMap::new();
    for id in subject.ids() {
        let node = store.folds().node(tenant, &NodeName { account: false, name: id.to_owned() })?;
        node.into_iter().for_each(|node| of_island.entry(node.island).or_default().push(id));
    }
    let mut states = Vec::new();
    for (island, ids) in of_island {
        let Some(row) = store.folds().island(island)? else { continue };
        let Some(playbook) = playbooks.get(store, row.playbook)? else { continue };
        let joins = store.folds().joins(island)?;
        let mut island = newest(store, &playbook, &row, &joins, None, now)?;
        island.pass(now);
        for id in ids {
            // What is joined to somebody else is theirs.
            let Some((person, account)) = island.world().find_person(id) else { continue };
            let joined: Vec<&str> = island
                .identities()
                .filter(|(joined, user)| *user == id && joined != user)
                // Another user is somebody else, whoever says that they were joined.
                .filter(|(joined, _)| island.world().find_person(joined).is_none())
                .map(|(joined, _)| joined)
                .collect();
            let mut state = Object::new();
            state.insert("kind".to_owned(), json!("state"));
            state.insert("person".to_owned(), json!(id));
            state.extend(person.account().map(|account| ("account".to_owned(), json!(account))));
            state.insert("at".to_owned(), json!(format_timestamp(now)));
            state.insert("ids".to_owned(), json!(joined));
            state.extend(view(&playbook, person, account.map(ripen::engine::Account::view), now));
            states.push(Value::Object(state));
        }
    }
    Ok(states)
}

/// What was reported of a person, and how they stood when a moment of theirs fired.
///
/// # Errors
/// The store cannot be read.
pub fn report(store: &mut dyn Store, playbooks: &Playbooks, report: &Report) -> Result<Value, StoreError> {
    let (kind, name, before, after, standing) = match &report.what {
        Reported::Stage { ladder, before, after } => ("stage", ladder, before, after, None),
        Reported::Moment { moment, standing } => ("moment", moment, &None, &None, Some(standing)),
    };
    let mut line = json!({"kind": "report", "report": kind, "name": name, "before": before, "after": after,
        "happened": report.happened.0});
    // What another version of the engine has written nobody can read any more.
    let standing = standing.and_then(|bytes| Standing::read(bytes));
    if let (Some(Standing { person: Some(person), view: account, .. }), Some(playbook)) =
        (standing, playbooks.get(store, report.playbook)?)
    {
        let state = view(&playbook, &person, account.as_ref(), report.happened);
        line.as_object_mut().into_iter().for_each(|line| {
            line.insert("state".to_owned(), Value::Object(state.clone()));
        });
    }
    Ok(line)
}

/// The view as a replay prints it, after the traits; then what conditions see beside it, and what became of nudges.
fn view(playbook: &Playbook, person: &Person, account: Option<&AccountView>, at: Millis) -> Object {
    let sight = person.sight(playbook, account, at);
    let traits = match value_to_json(person.subject().traits()) {
        Value::Null => json!({}),
        traits => traits,
    };
    let mut all = Object::from_iter([("traits".to_owned(), traits)]);
    all.extend(serde_json::from_str::<Object>(&view_line(playbook, sight)).unwrap_or_default());
    all.insert("reached".to_owned(), Value::Object(reached(playbook, &sight)));
    all.insert("fired".to_owned(), Value::Object(fired(playbook, &sight)));
    all.insert("outcomes".to_owned(), Value::Object(outcomes(playbook, person, at)));
    all
}

/// By ladder and rung: how many hours ago it was met.
fn reached(playbook: &Playbook, sight: &Sight<'_>) -> Object {
    let ladders = playbook.person.ladders.iter().zip(0..);
    let rungs = |(ladder, index): (&ripen::engine::Ladder, u16)| {
        let met = ladder.rungs.iter().zip(0..).filter_map(|(rung, position)| {
            Some((
                rung.id.clone(),
                value_to_json(&ripen::engine::Value::Number(sight.reached(
                    Scope::Person,
                    index,
                    position,
                )?)),
            ))
        });
        (ladder.id.clone(), Value::Object(met.collect()))
    };
    ladders.map(rungs).collect()
}

/// By moment: when it fired last.
fn fired(playbook: &Playbook, sight: &Sight<'_>) -> Object {
    let moments = playbook.person.moments.iter().zip(0..);
    let fired = moments.filter_map(|(moment, index)| {
        Some((moment.id.clone(), json!(format_timestamp(sight.fired(Scope::Person, index)?))))
    });
    fired.collect()
}

/// By nudge and outcome: how often, and when last.
fn outcomes(playbook: &Playbook, person: &Person, at: Millis) -> Object {
    let hour = person.subject().clock().read(at);
    let nudges = playbook.nudges.iter().zip(0..).filter_map(|(nudge, index)| {
        let known = Outcome::ALL.into_iter().filter_map(|outcome| {
            let tally = person.memory().tally(index, outcome)?;
            let told = json!({"count": tally.count(None, hour), "last": format_timestamp(tally.last())});
            Some((outcome.name().to_owned(), told))
        });
        let known: Object = known.collect();
        (!known.is_empty()).then(|| (nudge.id.clone(), Value::Object(known)))
    });
    nudges.collect()
}
