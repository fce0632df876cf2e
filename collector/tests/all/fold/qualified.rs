//! Whom moments qualify.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::{Task, rebuild};
use ripen_collector::leads::{Lead, LeadKind, LeadState, Selection};
use ripen_collector::store::Store;
use serde_json::{Value, json};

use super::generated::{HOUR, START};
use super::steps::{At, Bench};

const PLAYBOOK: &str = r#"{"activity": "*",
    "signals": {"n": {"count": "a"}, "all": {"count": "a", "scope": "account"}},
    "scores": {"fit": {"points": [{"when": {"user.role": "founder"}, "add": 60}], "bands": {"A": 50}},
               "usage": {"points": [{"when": {"signals.n": {"$gte": 2}}, "add": 2.5}]}},
    "ladders": {"journey": {"rungs": [{"id": "new"}, {"id": "two", "when": {"signals.n": {"$gte": 2}}}]}},
    "moments": {
        "ripe": {"when": {"stages.journey": "two"}, "motion": "sales", "qualifies": "pql"},
        "noted": {"when": {"signals.n": {"$gte": 1}}, "motion": "self_serve"},
        "team": {"when": {"signals.all": {"$gte": 3}}, "motion": "sales", "qualifies": "pqa", "scope": "account"}}}"#;

fn event(number: i64, minutes: i64, more: Value) -> Value {
    let mut event = json!({"type": "track", "event": "a", "messageId": format!("m{number}"), "userId": "ada",
        "timestamp": format_timestamp(Millis(START + minutes * 60_000)), "context": {"groupId": "acme"}});
    for (key, value) in more.as_object().unwrap() {
        event[key] = value.clone();
    }
    event
}

fn leads(bench: &mut Bench) -> Vec<Lead> {
    bench.store.leads().leads(bench.tenant, &Selection::default(), usize::MAX).unwrap()
}

#[test]
fn a_moment_that_qualifies_is_a_lead_once_with_values_scores_bands_and_why() {
    let mut bench = Bench::open(PLAYBOOK);
    let who = json!({"type": "identify", "traits": {"role": "founder", "email": "ada@example.com"}});
    bench.append(&[event(1, 0, who), event(2, 1, json!({})), event(3, 2, json!({})), event(4, 3, json!({}))]);
    bench.now = Millis(START + 3 * HOUR);
    bench.steps(Task::Events(100));
    // What comes late by seconds is waited for.
    bench.now = Millis(bench.now.0 + 20_000);
    bench.steps(Task::Time);
    let found = leads(&mut bench);
    assert_eq!(found.len(), 2, "what qualifies nobody is no lead: {found:?}");
    let json = found[0].to_json();
    let reasons = &json["reasons"];
    assert_eq!(
        (
            &json["moment"],
            &json["qualifies"],
            &json["motion"],
            &json["person"],
            &json["account"],
            &json["rank"]
        ),
        (&json!("ripe"), &json!("pql"), &json!("sales"), &json!("ada"), &json!("acme"), &json!(62.5))
    );
    assert_eq!(json["at"], json!(format_timestamp(Millis(START + 120_000))));
    assert_eq!(
        (&reasons["scores"], &reasons["bands"]),
        (&json!({"fit": 60, "usage": 2.5}), &json!({"fit": "A"}))
    );
    assert_eq!((&reasons["signals"]["n"], &reasons["stages"]), (&json!(2), &json!({"journey": "two"})));
    assert_eq!(reasons["traits"]["user"]["email"], json!("ada@example.com"));
    assert!(reasons["why"].to_string().contains("stages.journey is two"), "{}", reasons["why"]);
    let json = found[1].to_json();
    assert_eq!(
        (&json["moment"], &json["qualifies"], &json["person"], &json["account"], &json["signed"]),
        (&json!("team"), &json!("pqa"), &Value::Null, &json!("acme"), &json!(false))
    );
    assert!(found.iter().all(|lead| lead.state == LeadState::New && !lead.signed));
    // Found anew, by a late event and by a rebuild, it is the one that is known.
    bench.append(&[event(5, -9, json!({}))]);
    bench.steps(Task::Events(100));
    let now = bench.now;
    rebuild(&mut bench.store, bench.tenant, &At(now), |_| {}).unwrap();
    assert_eq!(leads(&mut bench), found);
}

#[test]
fn who_was_not_known_yet_is_a_lead_under_the_anonymous_id() {
    let mut bench = Bench::open(PLAYBOOK);
    let nobody = || json!({"userId": null, "anonymousId": "x", "context": {}});
    bench.append(&[event(1, 0, nobody()), event(2, 1, nobody())]);
    bench.now = Millis(START + HOUR);
    bench.steps(Task::Events(100));
    let found = leads(&mut bench);
    assert_eq!(found.len(), 1);
    assert!(matches!(&found[0].draft.kind, LeadKind::Moment(qualified) if qualified.moment == "ripe"));
    assert_eq!((found[0].draft.person.as_deref(), found[0].draft.account.as_deref()), (Some("x"), None));
}
