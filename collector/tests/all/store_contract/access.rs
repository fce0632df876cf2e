//! Keys, tokens and the audit log.

use ripen_collector::access::{Act, ActId, Actor, By, Kind, Name, NewToken, SecretHash, TokenId};
use ripen_collector::clock::Millis;
use ripen_collector::store::{Store, TenantId};

use super::Place;

fn by(at: i64) -> By {
    By { who: Actor::Cli, at: Millis(at) }
}

fn token(tenant: TenantId, hash: u8) -> NewToken {
    NewToken { tenant, kind: Kind::Read, name: Name::new("dashboard").unwrap(), hash: SecretHash([hash; 32]) }
}

fn actions(store: &mut dyn Store, tenant: TenantId) -> Vec<(String, String)> {
    let acts = store.audit().acts(tenant, ActId::START, 100).unwrap();
    acts.into_iter().map(|act| (act.action, act.to)).collect()
}

fn pair(action: &str, to: &str) -> (String, String) {
    (action.to_owned(), to.to_owned())
}

pub(super) fn a_token_is_there_until_it_ends_and_ends_once(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let id = store.tokens().add_token(&token(tenant, 1), by(10)).unwrap();
    let kept = store.tokens().tokens().unwrap();
    assert_eq!((kept.len(), kept[0].id, kept[0].kind, kept[0].created), (1, id, Kind::Read, Millis(10)));
    assert_eq!((kept[0].hash, kept[0].name.as_str()), (SecretHash([1; 32]), "dashboard"));
    assert_eq!(store.tokens().end_token(tenant, id, Millis(50), by(20)).unwrap(), Some(Millis(50)));
    // Never later than it was said before; sooner it may be.
    assert_eq!(store.tokens().end_token(tenant, id, Millis(90), by(21)).unwrap(), Some(Millis(50)));
    assert_eq!(store.tokens().end_token(tenant, id, Millis(30), by(22)).unwrap(), Some(Millis(30)));
    let kept = &store.tokens().tokens().unwrap()[0];
    assert_eq!((kept.is_valid(Millis(29)), kept.is_valid(Millis(30))), (true, false));
}

pub(super) fn nobody_ends_or_replaces_anothers_token(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("o").unwrap();
    let id = store.tokens().add_token(&token(tenant, 1), by(10)).unwrap();
    assert_eq!(store.tokens().end_token(other, id, Millis(20), by(20)).unwrap(), None);
    let replaced = store.tokens().replace_token(other, id, SecretHash([2; 32]), Millis(20), by(20));
    assert_eq!(replaced.unwrap(), None);
    assert_eq!(store.tokens().end_token(tenant, TokenId(99), Millis(20), by(20)).unwrap(), None);
    assert_eq!(store.tokens().tokens().unwrap()[0].ends, None);
    assert_eq!(actions(&mut *store, other), []);
    assert!(store.tokens().add_token(&token(TenantId(99), 3), by(10)).is_err());
}

pub(super) fn a_token_is_replaced_by_one_of_its_kind_and_name_and_not_once_it_has_ended(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let old = store.tokens().add_token(&token(tenant, 1), by(10)).unwrap();
    let new = store.tokens().replace_token(tenant, old, SecretHash([2; 32]), Millis(40), by(20));
    let new = new.unwrap().unwrap();
    let kept = store.tokens().tokens().unwrap();
    assert_eq!(
        kept.iter().map(|token| (token.id, token.ends)).collect::<Vec<_>>(),
        [(old, Some(Millis(40))), (new, None)]
    );
    assert_eq!((kept[1].kind, kept[1].name.as_str()), (Kind::Read, "dashboard"));
    // Still valid, so it may be; what has ended stays ended.
    let again = store.tokens().replace_token(tenant, old, SecretHash([3; 32]), Millis(60), by(39));
    assert!(again.unwrap().is_some());
    assert_eq!(store.tokens().tokens().unwrap()[0].ends, Some(Millis(40)));
    let late = store.tokens().replace_token(tenant, old, SecretHash([4; 32]), Millis(60), by(40));
    assert_eq!(late.unwrap(), None);
}

pub(super) fn a_write_key_belongs_to_one_tenant_and_a_tenant_may_have_several(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("o").unwrap();
    assert!(store.directory().add_write_key(tenant, "k2", by(10)).unwrap());
    assert!(!store.directory().add_write_key(other, "k2", by(10)).unwrap());
    assert_eq!(store.directory().tenant("k2").unwrap(), tenant);
    assert_eq!(store.directory().end_write_key(other, "k2", Millis(20), by(20)).unwrap(), None);
    assert_eq!(store.directory().end_write_key(tenant, "k", Millis(20), by(20)).unwrap(), Some(Millis(20)));
    let keys = store.directory().write_keys().unwrap();
    let told: Vec<_> = keys.iter().map(|key| (key.key.as_str(), key.tenant, key.ends)).collect();
    assert_eq!(told, [("k", tenant, Some(Millis(20))), ("k2", tenant, None), ("o", other, None)]);
    assert_eq!(actions(&mut *store, tenant), [pair("key.created", "k2"), pair("key.revoked", "k")]);
}

pub(super) fn what_is_done_stands_in_the_audit_log_in_order_and_by_tenant(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("o").unwrap();
    let id = store.tokens().add_token(&token(tenant, 1), by(10)).unwrap();
    let hand = By { who: Actor::Token(id), at: Millis(20) };
    store.tokens().replace_token(tenant, id, SecretHash([2; 32]), Millis(40), hand).unwrap();
    store.tokens().end_token(tenant, id, Millis(30), hand).unwrap();
    store.audit().note(&hand.act(other, "person.exported", "receipt 7").saying("by hand")).unwrap();
    let name = format!("token {id}");
    assert_eq!(
        actions(&mut *store, tenant),
        [pair("token.created", &name), pair("token.rotated", &name), pair("token.revoked", &name)]
    );
    let acts = store.audit().acts(tenant, ActId::START, 2).unwrap();
    assert_eq!((acts.len(), acts[0].by.as_str(), acts[1].by.as_str()), (2, "cli", name.as_str()));
    assert_eq!((acts[1].at, acts[0].detail.as_str()), (Millis(20), "read “dashboard”"));
    assert_eq!(store.audit().acts(tenant, acts[1].id, 9).unwrap().len(), 1);
    let theirs = store.audit().acts(other, ActId::START, 9).unwrap();
    assert_eq!((theirs.len(), theirs[0].detail.as_str()), (1, "by hand"));
    let unknown: Act = hand.act(TenantId(99), "x", "y");
    assert!(store.audit().note(&unknown).is_err());
}

pub(super) fn the_version_grows_with_what_a_running_collector_has_to_know(place: &dyn Place) {
    let mut store = place.open();
    let mut seen = store.directory().version().unwrap();
    let mut grown = |store: &mut dyn Store| {
        let version = store.directory().version().unwrap();
        std::mem::replace(&mut seen, version) < version
    };
    let tenant = store.directory().tenant("k").unwrap();
    assert!(grown(&mut *store), "a tenant");
    store.directory().tenant("k").unwrap();
    assert!(!grown(&mut *store), "nothing");
    store.directory().add_write_key(tenant, "k2", by(1)).unwrap();
    assert!(grown(&mut *store), "a key");
    store.directory().end_write_key(tenant, "k2", Millis(2), by(2)).unwrap();
    assert!(grown(&mut *store), "a key that ends");
    let id = store.tokens().add_token(&token(tenant, 1), by(3)).unwrap();
    assert!(grown(&mut *store), "a token");
    store.tokens().end_token(tenant, id, Millis(4), by(4)).unwrap();
    assert!(grown(&mut *store), "a token that ends");
    store.audit().note(&by(5).act(tenant, "x", "y")).unwrap();
    assert!(!grown(&mut *store), "what was done");
}
