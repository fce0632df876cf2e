//! Which accounts events may name, and who is known to belong to them.

use std::collections::{BTreeMap, BTreeSet};

use ripen_collector::identity::{Purpose, Trust, Verdict};
use ripen_collector::store::{Claim, Credentials, Identities};

use super::*;
use crate::fold::generated::{HOUR, Random};
use crate::support::{member_signed_by, signed_by};

/// When everything is received.
const NOW: Millis = Millis(4 * HOUR);

/// An event, and what it brings.
#[derive(Clone, Default)]
struct Told {
    id: String,
    user: Option<&'static str>,
    signed: bool,
    server: bool,
    group: Option<&'static str>,
    context: Option<&'static str>,
    member: Option<String>,
    happened: i64,
}

fn told(user: &'static str, context: &'static str) -> Told {
    Told { user: Some(user), signed: true, context: Some(context), ..Told::default() }
}

/// With the signature of the membership.
fn vouched(user: &'static str, account: &'static str) -> Told {
    Told { member: Some(member_signed_by("s", user, account)), ..told(user, account) }
}

fn batch_of(tenant: TenantId, all: &[Told]) -> Batch {
    let entry = |told: &Told| Entry {
        user_id: told.user.map(str::to_owned),
        anonymous_id: Some(format!("browser of {:?}", told.user)),
        happened: Millis(told.happened),
        ..entry(&told.id, "{}")
    };
    let mut credentials = Credentials { server: all[0].server, ..Credentials::default() };
    for (index, told) in all.iter().enumerate() {
        let user = told.user.filter(|_| told.signed);
        credentials.signatures.extend(user.map(|user| (index, signed_by("s", user))));
        let (group, context) = (told.group.map(str::to_owned), told.context.map(str::to_owned));
        if group.is_some() || context.is_some() {
            credentials.claims.push((index, Claim { group, context, signature: told.member.clone() }));
        }
    }
    Batch { entries: all.iter().map(entry).collect(), credentials, ..Batch::new(tenant, NOW) }
}

fn signing(store: &mut dyn Store) -> TenantId {
    let tenant = store.directory().tenant("k").unwrap();
    store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
    tenant
}

/// Of all events of the log, in its order.
fn outsiders(store: &mut dyn Store, tenant: TenantId) -> Vec<bool> {
    let log = store.log().read(tenant, Position::START, usize::MAX).unwrap();
    log.into_iter().map(|event| event.verdict.outsider).collect()
}

fn account_of(identities: &mut dyn Identities, tenant: TenantId, user: &str) -> Option<String> {
    identities.standing(tenant, user).unwrap().account
}

pub(super) fn an_account_is_anybodys_until_a_member_is_vouched_for_and_then_its_members(place: &dyn Place) {
    let mut store = place.open();
    let tenant = signing(&mut *store);
    let server = |user, account| Told { server: true, signed: false, ..told(user, account) };
    let unsigned = |user, account| Told { signed: false, ..told(user, account) };
    let nobody = |account| Told { user: None, ..told("", account) };
    let with = |told: Told, member: &str| Told { member: Some(member.to_owned()), ..told };
    let signed_as = |user: &str, account: &str| member_signed_by("s", user, account);
    let table = [
        (told("eve", "acme"), false, "nobody is vouched for yet"),
        (unsigned("tim", "acme"), false, "likewise"),
        (nobody("acme"), false, "likewise"),
        (with(unsigned("tim", "acme"), &signed_as("tim", "acme")), false, "nobody knows that it is tim"),
        (vouched("ada", "acme"), false, "the first"),
        (told("ada", "acme"), false, "she is known"),
        (Told { group: Some("acme"), ..told("ada", "acme") }, false, "she is known"),
        (told("ada", "globex"), false, "that is anybody's"),
        (Told { group: Some("acme"), ..told("ada", "globex") }, false, "likewise"),
        (told("eve", "acme"), true, "no member"),
        (Told { group: Some("globex"), ..told("eve", "acme") }, true, "one of both"),
        (Told { group: Some("acme"), ..told("eve", "globex") }, true, "one of both"),
        (unsigned("ada", "acme"), true, "not signed, so it may be anybody"),
        (unsigned("tim", "acme"), true, "likewise"),
        (nobody("acme"), true, "likewise"),
        (with(told("eve", "acme"), &signed_as("ada", "acme")), true, "replayed"),
        (with(told("eve", "acme"), &signed_as("eve", "globex")), true, "of another account"),
        (with(told("eve", "acme"), &signed_by("s", "eve\0acme")), true, "of who chose such an id"),
        (with(told("eve", "acme"), &signed_by("s", "eve")), true, "of the user"),
        (with(told("eve", "globex"), "nonsense"), true, "wrong, also of an account that is anybody's"),
        (with(unsigned("ada", "acme"), &signed_as("ada", "acme")), true, "nobody knows that it is ada"),
        (server("bob", "acme"), false, "the host's own server knows"),
        (told("bob", "acme"), false, "and has said so"),
        (Told { user: None, ..server("", "initech") }, false, "that says nothing of any member"),
        (told("eve", "initech"), false, "so it is anybody's"),
        (vouched("eve", "globex"), false, "where she belongs"),
        (
            Told { group: Some("globex"), context: Some("acme"), ..vouched("eve", "globex") },
            true,
            "not to both",
        ),
        (told("ada", "globex"), true, "from now on"),
        (vouched("ada", "globex"), false, "she moves"),
        (told("ada", "globex"), false, "she is there"),
        (told("ada", "acme"), true, "and not where she was"),
        (told("bob", "acme"), false, "he still is"),
    ];
    for (index, (told, _, _)) in table.iter().enumerate() {
        let told = Told { id: format!("{index}"), ..told.clone() };
        store.log().append(&[batch_of(tenant, &[told])]).unwrap();
    }
    let found = outsiders(&mut *store, tenant);
    for (found, (told, expected, why)) in found.iter().zip(&table) {
        let (user, group, context) = (told.user, told.group, told.context);
        assert_eq!(found, expected, "{user:?} {group:?} {context:?}: {why}");
    }
    drop(store);
    let mut store = place.open();
    let identities = store.identities();
    let of = |identities: &mut dyn Identities, user| account_of(identities, tenant, user);
    let members: Vec<_> = ["ada", "bob", "eve", "tim"].map(|user| of(&mut *identities, user)).into();
    let expected = [Some("globex"), Some("acme"), Some("globex"), None];
    assert_eq!(members, expected.map(|account| account.map(str::to_owned)));
    let eve = identities.standing(tenant, "eve").unwrap();
    assert_eq!((eve.outside, eve.tried.is_some()), (9, true));
    let is_vouched = |account| identities.is_vouched(tenant, account).unwrap();
    assert_eq!(["acme", "globex", "initech"].map(is_vouched), [true, true, false]);
}

pub(super) fn without_a_secret_accounts_are_anybodys(place: &dyn Place) {
    let mut store = place.open();
    let (tenant, other) = (signing(&mut *store), store.directory().tenant("o").unwrap());
    let secret = store.identities().secrets(tenant).unwrap()[0].id;
    store.identities().retire_secret(tenant, secret, Millis(2)).unwrap();
    let server = |id: &str| Told { id: id.to_owned(), server: true, ..told("ada", "acme") };
    for whose in [tenant, other] {
        store.log().append(&[batch_of(whose, &[server("1")])]).unwrap();
        let eve = Told { id: "2".to_owned(), member: Some("nonsense".to_owned()), ..told("eve", "acme") };
        store.log().append(&[batch_of(whose, &[eve])]).unwrap();
        assert_eq!(outsiders(&mut *store, whose), [false, false]);
        // What the server said is known all the same, for when there is one.
        assert_eq!(account_of(store.identities(), whose, "ada").as_deref(), Some("acme"));
    }
}

pub(super) fn what_comes_late_does_not_move_anybody_back(place: &dyn Place) {
    let mut store = place.open();
    let tenant = signing(&mut *store);
    let at = |id: &str, account, happened| Told { id: id.to_owned(), happened, ..vouched("ada", account) };
    let mut send = |told: Told| {
        store.log().append(&[batch_of(tenant, &[told])]).unwrap();
        account_of(store.identities(), tenant, "ada").unwrap()
    };
    assert_eq!(send(at("1", "acme", 100)), "acme");
    assert_eq!(send(at("2", "globex", 300)), "globex");
    assert_eq!(send(at("3", "acme", 200)), "globex", "from a device that was offline");
    assert_eq!(send(at("2", "acme", 400)), "globex", "a duplicate says nothing");
    assert_eq!(send(at("4", "acme", i64::MAX)), "acme", "of a clock that is ahead");
    assert_eq!(send(at("5", "globex", NOW.0)), "globex", "which has not the last word for ever");
    // Each of them named an account of hers as of then.
    assert_eq!(outsiders(&mut *store, tenant), [false; 5]);
}

/// The same rules once more, with nothing remembered but what they say.
#[derive(Default)]
struct Rules {
    accounts: BTreeSet<&'static str>,
    members: BTreeMap<&'static str, (i64, &'static str)>,
}

impl Rules {
    fn judge(&mut self, told: &Told) -> bool {
        let Some(account) = told.group.or(told.context) else { return false };
        let user = told.user.filter(|_| told.signed || told.server);
        let shown = user.filter(|user| {
            told.server || told.member.as_ref() == Some(&member_signed_by("s", user, account))
        });
        let is_wrong = !told.server && user.is_some() && told.member.is_some() && shown.is_none();
        let may = |named: &&'static str| {
            told.server
                || (shown.is_some() && *named == account)
                || !self.accounts.contains(named)
                || user.is_some_and(|user| self.members.get(user).is_some_and(|(_, own)| own == named))
        };
        let is_outsider = is_wrong || ![told.group, told.context].iter().flatten().all(may);
        if let Some(user) = shown {
            self.accounts.insert(account);
            let at = told.happened.min(NOW.0);
            // The same is written down again after an hour.
            let is_news = |(known, own): &(i64, &str)| at >= *known + if *own == account { HOUR } else { 0 };
            if self.members.get(user).is_none_or(is_news) {
                self.members.insert(user, (at, account));
            }
        }
        is_outsider
    }
}

pub(super) fn who_belongs_where_hangs_on_the_order_of_the_log_and_not_on_its_batches(place: &dyn Place) {
    let mut store = place.open();
    store.directory().tenant("k").unwrap();
    let mut random = Random(20);
    let users = ["ada", "bob", "eve"];
    let accounts = ["acme", "globex", "initech"];
    for round in 0..12 {
        let tenant = store.directory().tenant(&format!("k{round}")).unwrap();
        store.identities().create_secret(tenant, Purpose::Signatures, "s", Millis(1)).unwrap();
        let mut one = |at: u64| {
            let mut pick = |from: [&'static str; 3]| from[random.below(3) as usize];
            let (user, context, group, claimed) =
                (pick(users), pick(accounts), pick(accounts), pick(accounts));
            let mut once = |in_so_many| random.below(in_so_many) == 0;
            Told {
                id: format!("{at}"),
                user: (!once(8)).then_some(user),
                signed: !once(5),
                group: once(4).then_some(group),
                context: (!once(6)).then_some(context),
                member: once(3).then(|| member_signed_by("s", user, claimed)),
                happened: random.below(5 * HOUR as u64) as i64,
                ..Told::default()
            }
        };
        let mut all: Vec<Vec<Told>> = Vec::new();
        let mut at = 0;
        while at < 60 {
            let (server, count) = (at % 7 == 6, 1 + at % 5);
            all.push((at..at + count).map(|at| Told { server, ..one(at) }).collect());
            at += count;
        }
        let mut rules = Rules::default();
        let expected: Vec<bool> = all.iter().flatten().map(|told| rules.judge(told)).collect();
        let batches: Vec<Batch> = all.iter().map(|told| batch_of(tenant, told)).collect();
        for together in batches.chunks(1 + round) {
            store.log().append(together).unwrap();
        }
        assert_eq!(outsiders(&mut *store, tenant), expected, "round {round}");
        assert!(expected.contains(&true) && expected.contains(&false));
        for user in users {
            let known = rules.members.get(user).map(|(_, account)| (*account).to_owned());
            assert_eq!(account_of(store.identities(), tenant, user), known, "round {round}");
        }
    }
}

pub(super) fn c43_a_membership_goes_with_its_user(place: &dyn Place) {
    use ripen_collector::access::{Actor, By};
    let mut store = place.open();
    let tenant = signing(&mut *store);
    let all =
        [("1", "ada"), ("2", "bob")].map(|(id, user)| Told { id: id.to_owned(), ..vouched(user, "acme") });
    store.log().append(&[batch_of(tenant, &all)]).unwrap();
    let whom = ripen_collector::store::Person { user_id: Some("ada".to_owned()), anonymous_id: None };
    let subject = store.personal().subject(tenant, &whom).unwrap().unwrap();
    let beside = store.personal().beside(tenant, &subject).unwrap();
    let member = serde_json::json!({"kind": "member", "account": "acme", "since": 0});
    assert!(beside.contains(&member), "{beside:?}");
    let by = By { who: Actor::Cli, at: Millis(9) };
    ripen_collector::privacy::erase(&mut *store, tenant, subject, by).unwrap();
    assert_eq!(account_of(store.identities(), tenant, "ada"), None);
    assert_eq!(account_of(store.identities(), tenant, "bob").as_deref(), Some("acme"));
    let verdict = Verdict { trust: Trust::Word, outsider: true };
    let again = Told { id: "3".to_owned(), signed: false, ..told("ada", "acme") };
    store.log().append(&[batch_of(tenant, &[again])]).unwrap();
    assert_eq!(store.log().read(tenant, Position::START, 9).unwrap()[1].verdict, verdict);
}
