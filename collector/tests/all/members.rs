//! Who reads what an account's members see, and who may change it: whom the host vouches for, and nobody else.

use ripen::engine::{Device, Millis};
use ripen::playbook::for_pages;
use ripen::replay::{Options, Recording, format_timestamp, replay};
use ripen_collector::access::Kind;
use ripen_collector::fold::views;
use ripen_collector::health::Day;
use ripen_collector::store::{IslandId, NodeName, Store};
use serde_json::{Value, json};

use crate::snapshot::{Scene, bytes_of, event, signal};
use crate::support::{Answer, NOW, member_signed_by, signed_by, token_with};

const MINUTE: i64 = 60_000;

/// Something of a user, signed, so many minutes before now: fields that are given take the place of others, and those of
/// the context likewise.
fn of(user: &str, id: &str, minutes: i64, fields: Value) -> Value {
    let mut event = json!({
        "type": "track", "event": "task_created", "messageId": id, "userId": user,
        "anonymousId": format!("browser of {user}"),
        "timestamp": format_timestamp(Millis(NOW.0 - minutes * MINUTE)),
        "context": {"signature": signed_by("s", user)},
    });
    for (name, value) in fields.as_object().unwrap() {
        match (name.as_str(), value) {
            ("context", Value::Object(more)) => {
                event["context"].as_object_mut().unwrap().extend(more.clone());
            }
            _ => event[name] = value.clone(),
        }
    }
    event
}

/// A page's `group(account, traits, { signature })`.
fn joining(user: &str, id: &str, minutes: i64, account: &str) -> Value {
    let context = json!({"groupId": account, "groupSignature": member_signed_by("s", user, account)});
    of(user, id, minutes, json!({"type": "group", "event": null, "groupId": account, "context": context}))
}

fn within(user: &str, id: &str, minutes: i64, account: &str) -> Value {
    of(user, id, minutes, json!({"context": {"groupId": account}}))
}

impl Scene {
    async fn ask_as(&self, user: &str, more: Value) -> Answer {
        let mut question = json!({"userId": user, "signature": signed_by("s", user)});
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ask(question).await
    }

    /// The account that a user is shown, with how many tasks it has made.
    async fn shown(&self, user: &str, more: Value) -> Option<(String, Option<f64>)> {
        let answer = self.ask_as(user, more).await;
        let device = self.device(&answer);
        let named = answer.json()["account"].as_str().map(str::to_owned);
        assert_eq!(named.is_some(), device.account().is_some(), "both or neither");
        Some((named?, self.tasks_of_account(&device)))
    }

    fn tasks_of_account(&self, device: &Device) -> Option<f64> {
        signal(device, &for_pages(&self.playbook).playbook, "team_tasks")
    }

    /// What a page makes of the answer that runs the whole playbook.
    fn whole(&self, answer: &Answer) -> Device {
        Device::restore(&self.playbook, &bytes_of(answer), Default::default()).unwrap()
    }

    fn island(&self, account: bool, name: &str) -> Option<IslandId> {
        let name = NodeName { account, name: name.to_owned() };
        self.doors.store().folds().node(self.tenant, &name).unwrap().map(|node| node.island)
    }

    /// As the host's own server sends it.
    async fn serve(&self, events: &[Value]) {
        let token = self.doors.token("key", Kind::Server);
        let answer = self.doors.post(json!({"writeKey": token, "batch": events}).to_string()).await;
        assert_eq!(answer.counts().0, events.len() as u64, "{}", answer.json());
    }
}

fn acme(tasks: f64) -> Option<(String, Option<f64>)> {
    Some(("acme".to_owned(), Some(tasks)))
}

#[tokio::test]
async fn a_signed_user_who_claims_anothers_account_reads_nothing_of_it_and_changes_nothing_of_it() {
    let mut scene = Scene::open();
    let traits = json!({"plan": "pro"});
    let mut first = joining("ada", "1", 100, "acme");
    first["traits"] = traits.clone();
    let form =
        json!({"event": "$lead_submitted", "properties": {"fields": {}}, "context": {"groupId": "acme"}});
    scene.send(&[first, within("ada", "2", 90, "acme"), of("ada", "3", 80, form.clone())]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, acme(1.0));
    assert_eq!(scene.ask(json!({})).await.json()["lead"], json!(true));

    let group = |more: Value| {
        let mut group = json!({"type": "group", "groupId": "acme", "traits": {"plan": "stolen"}});
        group.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        group
    };
    let proof = |signature: String| json!({"groupId": "acme", "groupSignature": signature});
    let attempts = [
        group(json!({})),
        group(json!({"context": {"groupId": "acme"}})),
        group(json!({"groupId": null, "context": {"groupId": "acme"}})),
        group(json!({"groupId": "eves", "context": {"groupId": "acme"}})),
        group(json!({"context": proof(member_signed_by("s", "ada", "acme"))})),
        group(json!({"context": proof(member_signed_by("s", "eve", "eves"))})),
        group(json!({"context": proof(member_signed_by("guess", "eve", "acme"))})),
        // Of who has registered under such a name, at a host that signs whatever it is given.
        group(json!({"context": proof(signed_by("s", "eve\0acme"))})),
        group(json!({"context": proof(signed_by("s", "eve"))})),
        // Nobody knows who that is.
        group(json!({"userId": null})),
        group(json!({"userId": "ada", "context": {"signature": null}})),
        group(json!({"userId": "ada", "context": proof(member_signed_by("s", "ada", "acme"))})),
        json!({"context": {"groupId": "acme"}}),
        json!({"userId": null, "context": {"groupId": "acme"}}),
        json!({"userId": "mallory", "context": {"groupId": "acme", "signature": null}}),
        json!({"type": "alias", "previousId": "x", "context": {"groupId": "acme"}}),
        json!({"type": "identify", "traits": {"groupId": "acme"}, "context": {"groupId": "acme"}}),
    ];
    let count = attempts.len();
    let attempts = attempts
        .into_iter()
        .enumerate()
        .map(|(at, attempt)| of("eve", &format!("e{at}"), 70 - at as i64, attempt));
    let mut attempts: Vec<Value> = attempts.collect();
    let mut others_form = form;
    others_form["properties"] = json!({"fields": {"note": "of eve"}});
    attempts.push(of("eve", "form", 10, others_form));
    scene.send(&attempts).await;
    // Once for all of a batch, as Segment's clients may.
    let batch = [of("eve", "b", 9, json!({}))];
    let context = json!({"groupId": "acme", "groupSignature": member_signed_by("s", "ada", "acme")});
    let body = json!({"writeKey": "key", "batch": batch, "context": context}).to_string();
    assert_eq!(scene.doors.post(body).await.counts(), (1, 0, 0));
    scene.fold();

    assert_eq!(scene.shown("ada", json!({})).await, acme(1.0));
    let device = scene.device(&scene.ask(json!({})).await);
    let account = format!("{:?}", device.account().unwrap().traits());
    assert!(account.contains("pro") && !account.contains("stolen"), "{account}");
    let eves = scene.ask_as("eve", json!({})).await;
    let body = eves.json();
    assert_eq!((&body["account"], &body["lead"]), (&Value::Null, &json!(true)), "her own form is open");
    let device = scene.device(&eves);
    assert!(device.account().is_none());
    assert_eq!(device.person().unwrap().account(), None, "she is of none");
    assert_ne!(scene.island(false, "eve"), scene.island(true, "acme"));
    // The form is hers and nobody's of the account.
    let mut store = scene.doors.store();
    let leads = store.leads().leads(scene.tenant, &Default::default(), 9).unwrap();
    let accounts: Vec<_> =
        leads.iter().map(|lead| (lead.draft.person.as_deref(), lead.draft.account.as_deref())).collect();
    assert_eq!(accounts, [(Some("ada"), Some("acme")), (Some("eve"), None)]);
    // Nothing of it goes uncounted.
    let outsiders = scene.doors.log().iter().filter(|event| event.verdict.outsider).count();
    let refused = store.health().requests(scene.tenant, Day(0)).unwrap();
    let counted: Vec<_> =
        refused.iter().flat_map(|row| row.counts.disbelieved.iter()).map(|(what, _)| what).collect();
    assert_eq!(outsiders, count + 2);
    assert!(counted.contains(&"account") && counted.contains(&"user"), "{counted:?}");
}

#[tokio::test]
async fn of_an_account_of_which_nobody_is_vouched_for_nobody_is_told_and_everybody_counts() {
    let mut scene = Scene::open();
    scene.send(&[within("ada", "1", 90, "acme"), within("eve", "2", 80, "acme")]).await;
    scene.fold();
    for user in ["ada", "eve"] {
        assert_eq!(scene.shown(user, json!({})).await, None);
    }
    assert_eq!(scene.island(false, "eve"), scene.island(true, "acme"));
    // Also not a page that runs the whole playbook.
    let whole = json!({"revision": format!("{:016x}", scene.playbook.revision)});
    let device = scene.whole(&scene.ask(whole.clone()).await);
    assert!(device.account().is_none() && device.person().is_some());
    scene.send(&[joining("ada", "3", 70, "acme")]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, acme(2.0));
    assert_eq!(scene.shown("eve", json!({})).await, None);
    assert!(scene.whole(&scene.ask(whole).await).account().is_some());
}

#[tokio::test]
async fn who_moves_is_shown_where_they_are_and_what_comes_late_does_not_move_them_back() {
    let mut scene = Scene::open();
    let bob = |id: &str, minutes| within("bob", id, minutes, "acme");
    scene.send(&[joining("bob", "1", 200, "acme"), bob("2", 190), joining("ada", "3", 180, "acme")]).await;
    scene.send(&[within("ada", "4", 170, "acme"), joining("ada", "5", 160, "globex")]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, Some(("globex".to_owned(), Some(0.0))));
    // A page that has not heard of it, and a device that was offline when she still was there.
    scene.send(&[within("ada", "6", 150, "acme"), joining("ada", "7", 175, "acme")]).await;
    scene.send(&[within("ada", "8", 172, "acme")]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, Some(("globex".to_owned(), Some(1.0))));
    assert_eq!(scene.shown("bob", json!({})).await, acme(3.0));
    scene.send(&[joining("ada", "9", 20, "acme")]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, acme(3.0), "she is back");
}

#[tokio::test]
async fn where_a_token_says_the_account_it_alone_decides() {
    let mut scene = Scene::open();
    scene.send(&[within("eve", "1", 90, "acme"), joining("ada", "2", 80, "acme")]).await;
    scene.send(&[within("ada", "3", 70, "acme")]).await;
    scene.fold();
    let exp = NOW.0 / 1000 + 60;
    let by = |user: &str, account: Value| {
        let mut claims = json!({"sub": user, "exp": exp});
        if !account.is_null() {
            claims["account"] = account;
        }
        json!({"signature": null, "token": token_with("t", &claims)})
    };
    let none = Value::Null;
    assert_eq!(scene.shown("ada", by("ada", none.clone())).await, acme(2.0), "as she is vouched for");
    assert_eq!(scene.shown("ada", by("ada", json!("acme"))).await, acme(2.0));
    assert_eq!(scene.shown("ada", by("ada", json!("globex"))).await, None);
    assert_eq!(scene.shown("ada", by("ada", json!(""))).await, None);
    assert_eq!(scene.shown("eve", by("eve", none)).await, None);
    assert_eq!(scene.shown("eve", by("eve", json!("acme"))).await, acme(2.0), "the host says so now");
    let wrong = scene.ask_as("ada", by("ada", json!(7))).await;
    assert_eq!(wrong.refusal(), (401, "not_signed".to_owned()));
}

#[tokio::test]
async fn a_stranger_does_not_make_two_accounts_one_island() {
    let mut scene = Scene::open();
    scene.send(&[joining("ada", "1", 90, "acme"), joining("bob", "2", 90, "globex")]).await;
    scene.fold();
    let apart = |scene: &Scene| scene.island(true, "acme") != scene.island(true, "globex");
    assert!(apart(&scene));
    let stranger = json!({"userId": null, "anonymousId": "x"});
    let naming = |at: usize, fields: Value| {
        let mut event = of("x", &format!("x{at}"), 60 - at as i64, stranger.clone());
        event["context"] = json!({});
        event.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        event
    };
    let events: Vec<Value> = [
        json!({"context": {"groupId": "acme"}}),
        json!({"context": {"groupId": "globex"}}),
        json!({"type": "group", "groupId": "acme", "context": {"groupId": "globex"}}),
        json!({"type": "group", "groupId": "acme"}),
        json!({"type": "group", "groupId": "globex"}),
        json!({"type": "alias", "userId": "y", "previousId": "x", "context": {"groupId": "acme"}}),
        json!({"userId": "y", "context": {"groupId": "globex"}}),
        json!({"userId": "ada", "context": {"groupId": "globex"}}),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, fields)| naming(at, fields))
    .collect();
    scene.send(&events).await;
    // A member of the one, of the other.
    scene.send(&[within("ada", "3", 20, "globex")]).await;
    scene.fold();
    assert!(apart(&scene));
    assert_ne!(scene.island(false, "x"), scene.island(true, "acme"));
    assert_ne!(scene.island(false, "x"), scene.island(true, "globex"));
}

#[tokio::test]
async fn what_the_hosts_own_server_says_of_an_account_holds_for_its_user_and_for_nobody_else() {
    let mut scene = Scene::open();
    let anybody = json!({"userId": null, "anonymousId": "a", "context": {"groupId": "acme"}});
    scene.serve(&[of("nobody", "1", 90, anybody)]).await;
    scene.send(&[within("eve", "2", 80, "acme")]).await;
    scene.fold();
    assert_eq!(scene.island(false, "eve"), scene.island(true, "acme"), "it has said nothing of any member");
    // As context only, as servers do.
    scene.serve(&[within("ada", "3", 70, "globex")]).await;
    scene.send(&[within("ada", "4", 60, "globex"), within("eve", "5", 50, "globex")]).await;
    scene.fold();
    assert_eq!(scene.shown("ada", json!({})).await, Some(("globex".to_owned(), Some(2.0))));
    assert_ne!(scene.island(false, "eve"), scene.island(true, "globex"));
}

#[tokio::test]
async fn a_replay_of_what_is_exported_comes_to_the_same_and_no_signature_stands_anywhere() {
    let mut scene = Scene::open();
    let signature = member_signed_by("s", "ada", "acme");
    let group = json!({"type": "group", "groupId": "acme", "traits": {"plan": "stolen"}});
    let events = [
        event("one", 0, 90, "task_created"),
        of("eve", "2", 80, group),
        of("eve", "3", 70, json!({"context": {"groupId": "acme", "trust": "signed"}})),
        of("eve", "4", 60, json!({"userId": null, "context": {"groupId": "acme", "signature": null}})),
        of("ada", "5", 50, json!({"context": {"groupId": "acme", "signature": null}})),
    ];
    scene.send(&events).await;
    scene.fold();
    let mut exported = Vec::new();
    ripen_collector::print::export(&mut scene.doors.store(), Some("key"), &mut exported).unwrap();
    let exported = String::from_utf8(exported).unwrap();
    let lines: Vec<Value> = exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<_> = lines.iter().map(|line| line["context"]["trust"].clone()).collect();
    let expected = json!([
        "signed",
        {"signed": true, "outside": ["acme"]},
        {"signed": true, "outside": ["acme"]},
        {"outside": ["acme"]},
        {"refused": "ada", "outside": ["acme"]},
    ]);
    assert_eq!(json!(said), expected);
    for line in &lines[1..] {
        assert_eq!(
            (line.get("groupId"), line["context"].get("groupId"), line.get("traits")),
            (None, None, None)
        );
    }
    assert!(!exported.contains(&signature));
    let mut recording = Recording::default();
    recording.push(exported.as_bytes());
    let replayed = replay(&scene.playbook, recording, Options { at: Some(NOW), timeline: false });
    assert_eq!(views(&mut scene.doors.store(), scene.tenant, NOW).unwrap(), replayed);
    assert!(replayed.iter().any(|line| line.contains("acme")) && !replayed.join("").contains("stolen"));
}
