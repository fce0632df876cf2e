//! Leads.

use ripen_collector::access::{ActId, Actor, By};
use ripen_collector::clock::Millis;
use ripen_collector::leads::{LeadDraft, LeadId, LeadKind, LeadState, Qualified, Selection};
use ripen_collector::store::{Store, TenantId};
use serde_json::{Map, json};

use super::Place;

const DAY: i64 = 86_400_000;
/// 2024-01-01T00:00Z
const JANUARY: i64 = 1_704_067_200_000;

fn moment(key: &str, person: &str, account: Option<&str>, rank: f64) -> LeadDraft {
    let qualified =
        Qualified { moment: "ripe".into(), motion: Some("sales".into()), qualifies: Some("pql".into()) };
    LeadDraft {
        key: key.to_owned(),
        kind: LeadKind::Moment(qualified),
        person: Some(person.to_owned()),
        named: None,
        account: account.map(str::to_owned),
        at: Millis(JANUARY),
        rank,
        reasons: json!({"scores": {"fit": rank}}),
    }
}

fn form(key: &str, person: &str) -> LeadDraft {
    let kind =
        LeadKind::Form { nudge: Some("talk".into()), fields: Map::from_iter([("m".into(), json!("hi"))]) };
    LeadDraft { kind, ..moment(key, person, None, 0.0) }
}

fn keys(store: &mut dyn Store, tenant: TenantId, selection: &Selection) -> Vec<String> {
    let leads = store.leads().leads(tenant, selection, usize::MAX).unwrap();
    leads.into_iter().map(|lead| lead.draft.key).collect()
}

pub(super) fn a_lead_is_kept_once_and_the_best_of_a_month_are_found(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) =
        (store.directory().tenant("k").unwrap(), store.directory().tenant("other").unwrap());
    let all = [("low", 1.0), ("high", 9.0), ("middle", 5.0)]
        .map(|(key, rank)| (moment(key, key, None, rank), false));
    store.leads().keep_leads(tenant, Millis(JANUARY), &all).unwrap();
    let again = [(moment("low", "somebody else", None, 99.0), true)];
    store.leads().keep_leads(tenant, Millis(JANUARY + DAY), &again).unwrap();
    store.leads().keep_leads(tenant, Millis(JANUARY + 9 * DAY), &[(form("asked", "f"), true)]).unwrap();
    store
        .leads()
        .keep_leads(tenant, Millis(JANUARY + 31 * DAY), &[(moment("later", "l", None, 0.5), false)])
        .unwrap();
    store.leads().keep_leads(other, Millis(JANUARY), &[(moment("low", "theirs", None, 3.0), false)]).unwrap();

    let any = Selection::default();
    let leads = store.leads().leads(tenant, &any, usize::MAX).unwrap();
    assert_eq!(leads[0].draft, all[0].0, "the first one, as it was found");
    assert_eq!(
        (leads[0].signed, leads[0].state, leads[3].signed, leads[3].state),
        (false, LeadState::New, true, LeadState::Open)
    );
    assert_eq!(leads[3].draft, form("asked", "f"));
    assert_eq!(keys(&mut *store, tenant, &any), ["low", "high", "middle", "asked", "later"]);
    let best = |count| Selection { best: Some(count), ..Selection::default() };
    assert_eq!(keys(&mut *store, tenant, &best(1)), ["asked", "later"], "who asks comes first");
    assert_eq!(keys(&mut *store, tenant, &best(2)), ["high", "asked", "later"]);
    let moments = Selection { kind: Some("moment".into()), ..best(1) };
    assert_eq!(keys(&mut *store, tenant, &moments), ["high", "later"], "the best of those that are wanted");
    let since = Selection { since: Some(Millis(JANUARY + 9 * DAY)), ..Selection::default() };
    assert_eq!(keys(&mut *store, tenant, &since), ["asked", "later"]);
    let open = Selection { state: Some(LeadState::Open), ..Selection::default() };
    assert_eq!(keys(&mut *store, tenant, &open), ["asked"]);
    let after = Selection { after: Some(leads[2].id), ..Selection::default() };
    assert_eq!(keys(&mut *store, tenant, &after), ["asked", "later"]);
    let pqa = Selection { qualifies: Some("pqa".into()), ..Selection::default() };
    assert_eq!(keys(&mut *store, tenant, &pqa), [""; 0]);
}

pub(super) fn an_open_lead_is_that_of_its_person_and_of_its_account_until_it_is_closed(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) =
        (store.directory().tenant("k").unwrap(), store.directory().tenant("other").unwrap());
    store.leads().keep_leads(tenant, Millis(1), &[(moment("a", "ada", Some("acme"), 1.0), false)]).unwrap();
    let open = |store: &mut dyn Store, tenant, persons: &[&str], account| {
        store.leads().has_open_lead(tenant, persons, account).unwrap()
    };
    assert!(!open(&mut *store, tenant, &["ada"], Some("acme")), "nobody has taken it up");
    let by = By { who: Actor::Cli, at: Millis(5) };
    let settled = store.leads().settle_lead(tenant, LeadId(1), LeadState::Open, by).unwrap().unwrap();
    assert_eq!((settled.state, settled.since), (LeadState::Open, Millis(5)));
    assert!(open(&mut *store, tenant, &["ada"], None));
    assert!(open(&mut *store, tenant, &["anonymous", "ada"], None));
    assert!(open(&mut *store, tenant, &["bob"], Some("acme")), "all members of the account");
    assert!(!open(&mut *store, tenant, &["bob"], Some("other")));
    assert!(!open(&mut *store, tenant, &["acme"], Some("ada")), "a person is no account");
    assert!(!open(&mut *store, other, &["ada"], Some("acme")));
    assert_eq!(store.leads().settle_lead(other, LeadId(1), LeadState::Won, by).unwrap(), None);
    store.leads().settle_lead(tenant, LeadId(1), LeadState::Won, by).unwrap().unwrap();
    store.leads().settle_lead(tenant, LeadId(1), LeadState::Won, by).unwrap().unwrap();
    assert!(!open(&mut *store, tenant, &["ada"], Some("acme")));
    let acts = store.audit().acts(tenant, ActId::START, 9).unwrap();
    let told: Vec<_> =
        acts.iter().map(|act| (act.action.as_str(), act.to.as_str(), act.detail.as_str())).collect();
    assert_eq!(told, [("lead.settled", "lead 1", "open"), ("lead.settled", "lead 1", "won")]);
}
