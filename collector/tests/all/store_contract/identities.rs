//! Secrets, and what the users of events are believed by.

use ripen_collector::identity::{Purpose, Trust};
use ripen_collector::store::{Credentials, Standing};

use super::*;
use crate::support::signed_by;

/// An event that names a user.
fn naming(message_id: &str, user: &str) -> Entry {
    Entry { user_id: Some(user.to_owned()), anonymous_id: Some("a".to_owned()), ..entry(message_id, "{}") }
}

fn signed(signatures: &[(usize, &str)]) -> Credentials {
    let signatures = signatures.iter().map(|(index, text)| (*index, (*text).to_owned())).collect();
    Credentials { signatures, ..Credentials::default() }
}

fn append(store: &mut dyn Store, tenant: TenantId, entries: Vec<Entry>, credentials: Credentials) {
    store.log().append(&[Batch { entries, credentials, ..batch(tenant, &[]) }]).unwrap();
}

/// In the order of the log.
fn trusts(store: &mut dyn Store, tenant: TenantId) -> Vec<Trust> {
    let log = store.log().read(tenant, Position::START, usize::MAX).unwrap();
    log.into_iter().map(|event| event.verdict.trust).collect()
}

pub(super) fn without_a_secret_everybody_is_who_they_say(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    store.identities().create_secret(tenant, Purpose::Tokens, "t", Millis(1)).unwrap();
    let nobody = Entry { user_id: None, ..naming("1", "") };
    let entries = vec![nobody, naming("2", "u"), naming("3", "u")];
    append(&mut *store, tenant, entries, signed(&[(2, "nonsense")]));
    append(
        &mut *store,
        tenant,
        vec![naming("4", "u")],
        Credentials { server: true, ..Credentials::default() },
    );
    append(&mut *store, tenant, vec![naming("5", "u")], Credentials::default());
    assert_eq!(
        trusts(&mut *store, tenant),
        [Trust::Nobody, Trust::Word, Trust::Word, Trust::Signed, Trust::Word]
    );
}

pub(super) fn who_is_signed_once_is_named_by_nobody_else(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (store.directory().tenant("k").unwrap(), store.directory().tenant("o").unwrap());
    for whose in [tenant, other] {
        store.identities().create_secret(whose, Purpose::Signatures, "s", Millis(1)).unwrap();
    }
    let (ada, eve) = (signed_by("s", "ada"), signed_by("s", "eve"));
    let entries = (0..7).map(|at| naming(&format!("a{at}"), "ada")).collect::<Vec<_>>();
    let credentials =
        signed(&[(1, &ada), (2, &eve), (4, "00"), (5, &ada.to_uppercase()), (6, &signed_by("guess", "ada"))]);
    append(&mut *store, tenant, entries, credentials);
    use Trust::{Nobody, Refused, Signed, Word};
    // The first one names her before anybody has vouched for her.
    let first = [Word, Signed, Refused, Refused, Refused, Signed, Refused];
    assert_eq!(trusts(&mut *store, tenant), first);
    let anonymous = Entry { user_id: None, ..naming("b0", "") };
    let entries = vec![naming("b1", "bob"), anonymous, naming("b2", "ada"), naming("b3", "Ada")];
    append(&mut *store, tenant, entries.clone(), Credentials::default());
    assert_eq!(trusts(&mut *store, tenant)[7..], [Word, Nobody, Refused, Word]);
    append(&mut *store, other, entries, Credentials::default());
    assert_eq!(trusts(&mut *store, other), [Word, Nobody, Word, Word], "another tenant has another ada");
    drop(store);
    let mut store = place.open();
    let mut standing = |user| store.identities().standing(tenant, user).unwrap();
    let ada = standing("ada");
    assert!(ada.tried.is_some());
    assert_eq!(ada, Standing { signed: true, refused: 5, tried: ada.tried, ..Standing::default() });
    assert_eq!(standing("bob"), Standing::default());
    assert_eq!(standing("eve"), Standing::default(), "a signature vouches for whom it is of");
}

pub(super) fn what_is_left_out_as_a_duplicate_vouches_for_nobody(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    append(&mut *store, tenant, vec![naming("1", "u")], Credentials::default());
    let server = Credentials { server: true, ..Credentials::default() };
    append(&mut *store, tenant, vec![naming("1", "u")], server);
    store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
    append(&mut *store, tenant, vec![naming("2", "u")], Credentials::default());
    assert_eq!(trusts(&mut *store, tenant), [Trust::Word, Trust::Word]);
    assert_eq!(store.identities().standing(tenant, "u").unwrap(), Standing::default());
}

pub(super) fn secrets_are_rotated_one_beside_the_other(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (store.directory().tenant("k").unwrap(), store.directory().tenant("o").unwrap());
    let old = store.identities().create_secret(tenant, Purpose::Signatures, "old", Millis(1)).unwrap();
    let new = store.identities().create_secret(tenant, Purpose::Signatures, "new", Millis(2)).unwrap();
    let by = |secret: &str, at: usize| {
        (vec![naming(&format!("{secret}{at}"), "u")], signed(&[(0, &signed_by(secret, "u"))]))
    };
    for (entries, credentials) in [by("old", 0), by("new", 0)] {
        append(&mut *store, tenant, entries, credentials);
    }
    assert!(!store.identities().retire_secret(other, old.id, Millis(3)).unwrap(), "not theirs");
    assert!(store.identities().retire_secret(tenant, old.id, Millis(3)).unwrap());
    assert!(!store.identities().retire_secret(tenant, old.id, Millis(4)).unwrap());
    for (entries, credentials) in [by("old", 1), by("new", 1)] {
        append(&mut *store, tenant, entries, credentials);
    }
    use Trust::{Refused, Signed};
    assert_eq!(trusts(&mut *store, tenant), [Signed, Signed, Refused, Signed]);
    let kept = store.identities().secrets(tenant).unwrap();
    assert_eq!(kept.iter().map(|secret| secret.id).collect::<Vec<_>>(), [old.id, new.id]);
    assert_eq!((kept[0].retired, kept[0].reveal(), kept[1].retired), (Some(Millis(3)), "old", None));
    assert!(store.identities().secrets(other).unwrap().is_empty());
    assert!(store.identities().create_secret(TenantId(999), Purpose::Tokens, "x", Millis(1)).is_err());
}
