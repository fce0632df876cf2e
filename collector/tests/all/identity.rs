//! Who may name whom, at the doors and in what is exported.

use std::process::Output;
use std::time::{Duration, Instant};

use ripen_collector::access::{Actor, By, Kind};
use ripen_collector::clock::Millis;
use ripen_collector::identity::{Bearer, Purpose, Secret, Signature, Trust};
use ripen_collector::privacy;
use ripen_collector::store::{ErasureId, ErasureState, Person, Standing, Store};
use serde_json::{Value, json};

use crate::support::{Doors, NOW, Process, new_folder, signed_by, track};

/// After this a test fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Doors of which `key` signs with `s`.
fn signing() -> Doors {
    let doors = Doors::open();
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
    doors
}

fn naming(message_id: &str, user: &str, context: Value) -> Value {
    let mut event = track(message_id);
    event["userId"] = json!(user);
    event["context"] = context;
    event
}

async fn send(doors: &Doors, batch: Value, context: Value) {
    let body = json!({"writeKey": "key", "batch": batch, "context": context}).to_string();
    assert_eq!(doors.post(body).await.status, 200);
}

fn trusts(doors: &Doors) -> Vec<Trust> {
    doors.log().into_iter().map(|event| event.verdict.trust).collect()
}

#[tokio::test]
async fn a_signature_is_believed_and_stands_nowhere_in_the_log() {
    let doors = signing();
    let ada = signed_by("s", "ada");
    let mut with_properties = naming("4", "ada", json!({"stream": "x", "signature": &ada}));
    with_properties["properties"] = json!({"signature": &ada});
    let batch = json!([
        naming("1", "ada", json!({"timezoneOffset": 60, "signature": &ada, "stream": "x"})),
        // Not as our own pages write it.
        naming("2", "ada", json!({"signature": &ada})),
        naming("3", "ada", json!({"signature": {"not": "one"}})),
        with_properties,
    ]);
    send(&doors, batch, json!({})).await;
    // A client that writes it once for all.
    send(&doors, json!([naming("5", "ada", json!({}))]), json!({"signature": &ada})).await;
    assert_eq!(trusts(&doors), [Trust::Signed, Trust::Signed, Trust::Refused, Trust::Signed, Trust::Signed]);
    let log = doors.log();
    let contexts: Vec<Value> = log
        .iter()
        .map(|event| serde_json::from_str::<Value>(&event.entry.message).unwrap()["context"].take())
        .collect();
    let expected = json!([
        {"timezoneOffset": 60, "stream": "x"}, {}, {"signature": {"not": "one"}}, {"stream": "x"}, {},
    ]);
    assert_eq!(json!(contexts), expected);
    assert!(!log[0].entry.message.contains(&ada));
}

#[tokio::test]
async fn the_text_that_came_is_kept_but_for_the_signature() {
    let doors = signing();
    let ada = signed_by("s", "ada");
    let text = |signature: &str| {
        format!(
            r#"{{"type":"track","event":"e","messageId":"1","userId":"ada","timestamp":"2024-01-01T10:00:00.000Z","context":{{"stream":"x"{signature},"n":1.50}},"properties":{{"b":1e2,"a":"\u00e9"}}}}"#
        )
    };
    let event = text(&format!(r#","signature":"{ada}""#));
    doors.post(format!(r#"{{"writeKey":"key","batch":[{event}]}}"#)).await;
    assert_eq!(doors.log()[0].entry.message, text(""));
}

#[tokio::test]
async fn a_forged_identify_a_signature_of_somebody_else_and_a_stolen_write_key_name_nobody() {
    let doors = signing();
    let (ada, eve) = (signed_by("s", "ada"), signed_by("s", "eve"));
    send(&doors, json!([naming("1", "ada", json!({"signature": &ada}))]), json!({})).await;
    let mut forged = naming("2", "ada", json!({}));
    forged["type"] = json!("identify");
    forged["traits"] = json!({"plan": "enterprise"});
    let mut alias = naming("3", "ada", json!({"signature": &eve}));
    alias["type"] = json!("alias");
    alias["previousId"] = json!("eves browser");
    let server = json!({"type": "track", "event": "paid", "messageId": "4", "userId": "ada",
        "timestamp": "2024-01-01T10:00:00.000Z", "context": {"trust": "signed"}});
    let honest = naming("5", "bob", json!({"trust": "signed"}));
    send(&doors, json!([forged, alias, server, honest]), json!({})).await;
    assert_eq!(trusts(&doors), [Trust::Signed, Trust::Refused, Trust::Refused, Trust::Refused, Trust::Word]);

    let mut exported = Vec::new();
    ripen_collector::print::export(&mut doors.store(), Some("key"), &mut exported).unwrap();
    let lines: Vec<Value> = String::from_utf8(exported)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said: Vec<_> = lines.iter().map(|line| (line.get("userId"), &line["context"]["trust"])).collect();
    let (signed, refused, nothing) = (json!("signed"), json!({"refused": "ada"}), Value::Null);
    let (ada, bob) = (json!("ada"), json!("bob"));
    assert_eq!(
        said,
        [
            (Some(&ada), &signed),
            (None, &refused),
            (None, &refused),
            (None, &refused),
            // What it says of itself is not passed on.
            (Some(&bob), &nothing),
        ]
    );
}

/// The same file that each of the hosts' helpers is tried with (`tests/hosts`).
#[test]
fn what_hosts_sign_is_what_is_checked_here() {
    let vectors: Value = serde_json::from_str(include_str!("../../../tests/vectors/identity.json")).unwrap();
    let secret = |purpose: Purpose, name: &str| {
        Secret::kept(1, purpose, vectors[name].as_str().unwrap().to_owned(), Millis(0), None)
    };
    let signatures = vectors["signatures"].as_array().unwrap();
    assert!(signatures.len() >= 5);
    for case in signatures {
        let (user, text) = (case["userId"].as_str().unwrap(), case["signature"].as_str().unwrap());
        let signature = Signature::read(text).unwrap();
        assert!(secret(Purpose::Signatures, "signingSecret").has_signed(user, &signature), "{user}");
    }
    let members = vectors["memberships"].as_array().unwrap();
    assert!(members.len() >= 5);
    for case in members {
        let text = |name: &str| case[name].as_str().unwrap();
        let signature = Signature::read(text("signature")).unwrap();
        let secret = secret(Purpose::Signatures, "signingSecret");
        assert!(secret.has_signed_member(text("userId"), text("account"), &signature), "{case}");
    }
    for case in vectors["tokens"].as_array().unwrap() {
        let (user, token) = (case["userId"].as_str().unwrap(), case["token"].as_str().unwrap());
        let at = Millis(case["exp"].as_i64().unwrap() * 1000 - 1);
        let found = Secret::bearer(&[secret(Purpose::Tokens, "tokenSecret")], token, at);
        let account = case["account"].as_str().map(str::to_owned);
        assert_eq!(found, Ok(Bearer { user: user.to_owned(), account }));
        assert!(at < NOW || found.is_ok());
    }
}

#[test]
fn secrets_are_made_listed_and_retired_while_it_runs() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let run = |arguments: &[&str]| -> Output {
        Process::command(folder.path()).arg("secret").args(arguments).output().unwrap()
    };
    let text = |output: Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let secret = text(run(&["create"])).trim().to_owned();
    assert!(secret.starts_with("rpn_sign_"), "{secret}");
    assert!(text(run(&["create", "--for", "tokens"])).starts_with("rpn_jwt_"));
    let send = |id: &str, context: Value| {
        let body = json!({"writeKey": "key", "batch": [naming(id, "ada", context)]}).to_string();
        assert_eq!(process.post(&body).unwrap().0, 200);
    };
    let signature = signed_by(&secret, "ada");
    send("1", json!({"signature": &signature}));
    send("2", json!({}));
    let listed = text(run(&["list"]));
    assert!(listed.contains("signatures") && listed.contains("tokens"), "{listed}");
    assert!(!listed.contains(&secret) && listed.contains(&secret[..13]), "{listed}");
    assert!(text(run(&["list", "--reveal", "--json"])).contains(&secret));
    text(run(&["create"]));
    text(run(&["retire", "1"]));
    send("3", json!({"signature": &signature}));
    let again = run(&["retire", "1"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("no valid secret 1"));
    let exported = Process::command(folder.path()).arg("export").output().unwrap();
    let exported = String::from_utf8(exported.stdout).unwrap();
    let trusts: Vec<Value> = exported
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["context"]["trust"].take())
        .collect();
    assert_eq!(json!(trusts), json!(["signed", {"refused": "ada"}, {"refused": "ada"}]));
}

#[tokio::test]
async fn c43_who_is_signed_is_erased_when_they_ask_and_nobody_else_is() {
    let doors = signing();
    let (ada, eve) = (signed_by("s", "ada"), signed_by("s", "eve"));
    let signed = |signature: &str| json!({"signature": signature});
    let events =
        [naming("1", "ada", signed(&ada)), naming("2", "eve", signed(&eve)), naming("3", "bob", json!({}))];
    send(&doors, json!(events), json!({})).await;
    let ask = async |more: Value| {
        let mut body = json!({"writeKey": "key", "userId": "ada"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(doors.post_to("/v1/forget", body.to_string()).await.status, 202);
    };
    let left = || doors.log().iter().filter_map(|event| event.entry.user_id.clone()).collect::<Vec<_>>();
    let open = || {
        let mut store = doors.store();
        let tenant = store.directory().tenant("key").unwrap();
        let all = store.erasures().erasures(tenant, ErasureId::START, 9).unwrap();
        all.into_iter().filter(|erasure| erasure.state == ErasureState::Open).count()
    };
    // Unsigned, signed by somebody else, by a secret that is none: kept for the administrator.
    for mut more in
        [json!({}), signed(&ada), signed(&signed_by("guess", "eve")), json!({"token": "nonsense"})]
    {
        more["userId"] = json!("eve");
        ask(more).await;
    }
    assert_eq!(open(), 1);
    ask(signed(&ada)).await;
    let begun = Instant::now();
    while (left().len(), open()) != (2, 1) && begun.elapsed() < PATIENCE {
        tokio::task::yield_now().await;
    }
    assert_eq!((left(), open()), (vec!["eve".to_owned(), "bob".to_owned()], 1));
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    assert_eq!(store.identities().standing(tenant, "ada").unwrap(), Standing::default());
    let receipts = store.personal().receipts(tenant).unwrap();
    assert_eq!(receipts.iter().map(|receipt| receipt.by.as_str()).collect::<Vec<_>>(), ["person"]);
}

#[tokio::test]
async fn what_the_hosts_own_server_sends_counts_as_signed() {
    let doors = signing();
    let token = doors.token("key", Kind::Server);
    let body = json!({"writeKey": token, "batch": [naming("1", "ada", json!({}))]}).to_string();
    assert_eq!(doors.post(body).await.counts(), (1, 0, 0));
    send(&doors, json!([naming("2", "ada", json!({})), naming("3", "bob", json!({}))]), json!({})).await;
    assert_eq!(trusts(&doors), [Trust::Signed, Trust::Refused, Trust::Word]);
}

#[tokio::test]
async fn who_names_a_signed_user_by_any_other_id_is_nobody_and_joins_nobody() {
    let doors = signing();
    let ada = signed_by("s", "ada");
    send(&doors, json!([naming("1", "ada", json!({"signature": ada.clone()}))]), json!({})).await;
    let event = |id: &str, more: Value| {
        let mut event = track(id);
        for (name, value) in more.as_object().unwrap() {
            event[name] = value.clone();
        }
        event
    };
    let eve = json!({"signature": signed_by("s", "eve")});
    let strangers = [
        event("2", json!({"anonymousId": "ada"})),
        event("3", json!({"anonymousId": "ada", "userId": "ada"})),
        event("4", json!({"anonymousId": "ada", "userId": "eve"})),
        event("5", json!({"anonymousId": "ada", "userId": "eve", "context": eve})),
        event("6", json!({"type": "alias", "userId": "eve", "previousId": "ada"})),
        event("7", json!({"type": "alias", "userId": "eve", "previousId": "ada", "context": eve})),
        event("8", json!({"event": "$lead_submitted", "anonymousId": "ada", "properties": {"fields": {}}})),
    ];
    let count = strangers.len();
    send(&doors, json!(strangers), json!({})).await;
    let found = trusts(&doors);
    assert_eq!(found[1..], vec![Trust::Stranger; count], "{found:?}");
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    assert!(!store.leads().has_open_lead(tenant, &["ada"], None).unwrap());
    // Their own browser, and who is somebody else, are not kept out.
    let own = event("9", json!({"anonymousId": "ada", "userId": "ada", "context": {"signature": ada}}));
    send(&doors, json!([own, event("10", json!({"anonymousId": "b"}))]), json!({})).await;
    assert_eq!(trusts(&doors)[count + 1..], [Trust::Signed, Trust::Nobody]);
}

/// Who is quicker than a user's first signature must not be part of them for ever.
#[tokio::test]
async fn what_was_joined_to_a_user_before_they_were_signed_is_nobodys_until_they_confirm_it() {
    let doors = signing();
    let ada = json!({"signature": signed_by("s", "ada")});
    let event = |id: &str, more: Value| {
        let mut event = track(id);
        event.as_object_mut().unwrap().remove("anonymousId");
        for (name, value) in more.as_object().unwrap() {
            event[name] = value.clone();
        }
        event
    };
    let before = [
        event("1", json!({"type": "alias", "userId": "ada", "previousId": "evil"})),
        event("2", json!({"type": "identify", "userId": "ada", "anonymousId": "laptop"})),
        // Until then everybody is who they say.
        event("3", json!({"anonymousId": "evil"})),
        event("4", json!({"userId": "bob", "anonymousId": "shared"})),
    ];
    send(&doors, json!(before), json!({})).await;
    let after = [
        event("5", json!({"userId": "ada", "context": &ada})),
        event("6", json!({"anonymousId": "evil"})),
        event("7", json!({"anonymousId": "evil", "userId": "ada"})),
        event("8", json!({"anonymousId": "laptop"})),
        event("9", json!({"anonymousId": "shared"})),
        event("10", json!({"anonymousId": "another"})),
    ];
    send(&doors, json!(after), json!({})).await;
    use Trust::{Nobody, Refused, Signed, Stranger, Word};
    let so_far = [Word, Word, Nobody, Word, Signed, Stranger, Stranger, Stranger, Nobody, Nobody];
    assert_eq!(trusts(&doors), so_far);
    let confirmed = [
        event("11", json!({"anonymousId": "laptop", "userId": "ada", "context": &ada})),
        event("12", json!({"anonymousId": "laptop"})),
        event("13", json!({"anonymousId": "laptop", "userId": "ada"})),
        event("14", json!({"anonymousId": "evil"})),
        // Known users are not kept from the browser in which somebody else was at their word.
        event("15", json!({"anonymousId": "evil", "userId": "bob"})),
        event("16", json!({"type": "alias", "userId": "ada", "previousId": "evil", "context": &ada})),
        event("17", json!({"anonymousId": "evil"})),
    ];
    send(&doors, json!(confirmed), json!({})).await;
    let confirmed = [Signed, Nobody, Refused, Stranger, Word, Signed, Nobody];
    assert_eq!(trusts(&doors)[so_far.len()..], confirmed);
}

/// Who is signed is so for themselves.
#[tokio::test]
async fn another_signed_user_confirms_nothing_of_what_was_joined_to_a_user_at_somebodys_word() {
    let doors = signing();
    let of = |user: &str| json!({"signature": signed_by("s", user)});
    let event = |id: &str, more: Value| {
        let mut event = track(id);
        event.as_object_mut().unwrap().remove("anonymousId");
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let events = [
        event("1", json!({"userId": "ada", "anonymousId": "evil"})),
        event("2", json!({"userId": "ada", "context": of("ada")})),
        event("3", json!({"userId": "mal", "previousId": "evil", "context": of("mal")})),
        event("4", json!({"userId": "mal", "anonymousId": "evil", "context": of("mal")})),
        event("5", json!({"type": "alias", "userId": "mal", "previousId": "evil", "context": of("mal")})),
        event("6", json!({"anonymousId": "evil"})),
    ];
    send(&doors, json!(events), json!({})).await;
    use Trust::{Signed, Stranger, Word};
    assert_eq!(trusts(&doors), [Word, Signed, Signed, Signed, Signed, Stranger]);
    // Nor is it over when they are erased, with all that was joined to them.
    let mut store = doors.store();
    let tenant = store.directory().tenant("key").unwrap();
    let whom = Person { user_id: Some("mal".to_owned()), anonymous_id: None };
    let mal = store.personal().subject(tenant, &whom).unwrap().unwrap();
    assert!(mal.ids().any(|id| id == "evil"));
    privacy::erase(&mut store, tenant, mal, By { who: Actor::Cli, at: NOW }).unwrap();
    send(&doors, json!([event("7", json!({"anonymousId": "evil"}))]), json!({})).await;
    assert_eq!(trusts(&doors).last(), Some(&Stranger));
}

#[tokio::test]
async fn a_form_that_nobody_vouches_for_blocks_nobody_where_users_are_signed() {
    let doors = signing();
    let form = |id: &str, user: &str, context: Value| {
        let mut event = track(id);
        event["event"] = json!("$lead_submitted");
        event["userId"] = json!(user);
        event["context"] = context;
        event
    };
    let forged = form("1", "mallory", json!({"groupId": "acme"}));
    send(&doors, json!([forged]), json!({})).await;
    let open = |doors: &Doors| {
        let mut store = doors.store();
        let tenant = store.directory().tenant("key").unwrap();
        store.leads().has_open_lead(tenant, &["ada"], Some("acme")).unwrap()
    };
    assert!(!open(&doors));
    let signed = form("2", "ada", json!({"groupId": "acme", "signature": signed_by("s", "ada")}));
    send(&doors, json!([signed]), json!({})).await;
    assert!(open(&doors));
}
