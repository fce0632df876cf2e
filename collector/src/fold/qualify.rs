//! Whom a moment qualifies: a lead, kept in the transaction that reports the moment.

use ripen::engine::{Account, AccountView, Millis, Playbook, Scope};
use ripen::explain::value_to_json;
use ripen::fold::Standing;
use ripen::replay::view_line;
use serde_json::{Map, Value};

use super::standing::reasons;
use crate::leads::{LeadDraft, LeadKind, Qualified};
use crate::store::{Report, Reported, Store, StoreError, TenantId};

/// The leads in what is reported, each with whether the host has signed who it is, or vouched for members of the account.
pub(super) fn leads(
    store: &mut dyn Store,
    tenant: TenantId,
    playbook: &Playbook,
    reports: &[Report],
) -> Result<Vec<(LeadDraft, bool)>, StoreError> {
    let mut leads = Vec::new();
    for report in reports {
        let Some(draft) = lead(playbook, report) else { continue };
        let signed = match report.account {
            true => store.identities().is_vouched(tenant, &report.subject)?,
            false => store.identities().standing(tenant, &report.subject)?.signed,
        };
        leads.push((draft, signed));
    }
    Ok(leads)
}

fn lead(playbook: &Playbook, report: &Report) -> Option<LeadDraft> {
    let Reported::Moment { moment: id, standing: bytes } = &report.what else { return None };
    let scope = if report.account { Scope::Account } else { Scope::Person };
    let moment = playbook.of(scope).moments.iter().find(|moment| moment.id == *id)?;
    let qualifies = moment.qualifies?;
    let (subject, at) = (report.subject.as_str(), report.happened);
    let standing = Standing::read(bytes).unwrap_or_default();
    let company = standing.account.as_ref().map(Account::view).or(standing.view.as_ref());
    let mut known = view(playbook, &standing, at);
    let traits = [
        ("user", standing.person.as_ref().map(|person| person.subject().traits())),
        ("account", company.map(AccountView::traits)),
    ];
    let traits = traits.into_iter().filter_map(|(name, traits)| Some((name, value_to_json(traits?))));
    known.insert("traits".to_owned(), traits.collect());
    let scores = known.get("scores").and_then(Value::as_object);
    let rank = scores.map_or(0.0, |scores| scores.values().filter_map(Value::as_f64).sum());
    known.insert("why".to_owned(), reasons(playbook, subject, id, bytes, at).unwrap_or_default());
    let account = match &standing.person {
        Some(person) => person.account().map(str::to_owned),
        None => report.account.then(|| subject.to_owned()),
    };
    let whose = if report.account { "account" } else { "person" };
    Some(LeadDraft {
        key: format!("{whose} {subject} {id} {}", at.0),
        kind: LeadKind::Moment(Qualified {
            moment: id.clone(),
            motion: Some(moment.motion.name().to_owned()),
            qualifies: Some(qualifies.name().to_owned()),
        }),
        person: (!report.account).then(|| subject.to_owned()),
        named: None,
        account,
        at,
        rank,
        reasons: Value::Object(known),
    })
}

/// Signals, segments, scores, bands, stages and moments of that instant.
fn view(playbook: &Playbook, standing: &Standing, at: Millis) -> Map<String, Value> {
    let sight = match (&standing.person, &standing.account) {
        (Some(person), _) => person.sight(playbook, standing.view.as_ref(), at),
        (None, Some(account)) => account.sight(playbook, at),
        (None, None) => return Map::new(),
    };
    match serde_json::from_str(&view_line(playbook, sight)) {
        Ok(Value::Object(view)) => view,
        _ => Map::new(),
    }
}
