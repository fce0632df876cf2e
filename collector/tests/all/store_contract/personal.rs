//! One person's data: found, and erased.

use std::collections::BTreeSet;

use ripen_collector::access::{Actor, By};
use ripen_collector::clock::Millis;
use ripen_collector::limits::ERASED_AT_ONCE;
use ripen_collector::privacy::{self, NoSubject, Subject};
use ripen_collector::store::{
    Batch, Entry, ErasureId, ErasureRequest, ErasureState, Folded, FoldedIsland, IslandId, IslandRow,
    NewState, NodeId, NodeName, Person, Position, Report, ReportId, Reported, Store, TenantId,
};

use super::{Place, appended, batch, entry, ids};

const BY: By = By { who: Actor::Cli, at: Millis(99) };

fn of(id: &str, user: Option<&str>, anonymous: Option<&str>) -> Entry {
    let (user_id, anonymous_id) = (user.map(str::to_owned), anonymous.map(str::to_owned));
    Entry { user_id, anonymous_id, ..entry(id, &format!("{{\"messageId\":\"{id}\"}}")) }
}

/// `ann` in two browsers, in one of which `ben` was, too; `c` is nobody known.
fn people(store: &mut dyn Store) -> TenantId {
    let tenant = store.directory().tenant("k").unwrap();
    let alias = r#"{"type":"alias","userId":"ann","previousId":"a3"}"#;
    let entries = vec![
        of("1", None, Some("a1")),
        of("2", Some("ann"), Some("a1")),
        of("3", Some("ann"), Some("shared")),
        of("4", Some("ben"), Some("shared")),
        of("5", None, Some("shared")),
        of("6", None, Some("c")),
        Entry { message: alias.to_owned(), ..of("7", Some("ann"), None) },
        of("8", None, Some("a3")),
        of("9", Some("ben"), None),
    ];
    store.log().append(&[Batch { entries, ..batch(tenant, &[]) }]).unwrap();
    let other = store.directory().tenant("other").unwrap();
    store
        .log()
        .append(&[Batch { entries: vec![of("1", Some("ann"), Some("a1"))], ..batch(other, &[]) }])
        .unwrap();
    tenant
}

fn whom(user: Option<&str>, anonymous: Option<&str>) -> Person {
    Person { user_id: user.map(str::to_owned), anonymous_id: anonymous.map(str::to_owned) }
}

fn subject(user: Option<&str>, anonymous: &[&str]) -> Subject {
    let anonymous_ids = anonymous.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    Subject { user_id: user.map(str::to_owned), anonymous_ids }
}

pub(super) fn c43_a_person_is_found_by_any_id(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    let ann = Ok(subject(Some("ann"), &["a1", "a3", "shared"]));
    let ben = Ok(subject(Some("ben"), &["shared"]));
    let table = [
        (whom(Some("ann"), None), ann.clone()),
        (whom(None, Some("ann")), ann.clone()),
        (whom(None, Some("a1")), ann.clone()),
        (whom(None, Some("a3")), ann),
        (whom(Some("ben"), None), ben),
        (whom(None, Some("shared")), Err(NoSubject::Several)),
        (whom(None, Some("c")), Ok(subject(None, &["c"]))),
        (whom(Some("ben"), Some("c")), Ok(subject(Some("ben"), &["c", "shared"]))),
        (whom(Some("nobody"), None), Err(NoSubject::Unknown)),
        (whom(None, Some("nobody")), Err(NoSubject::Unknown)),
    ];
    for (whom, expected) in table {
        assert_eq!(store.personal().subject(tenant, &whom).unwrap(), expected, "{whom:?}");
    }
}

pub(super) fn c43_of_who_is_erased_nothing_remains_but_a_receipt(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    let other = store.directory().tenant("other").unwrap();
    let request = |user, anonymous| ErasureRequest {
        tenant,
        received: Millis(5),
        whom: whom(user, anonymous),
        verified: false,
    };
    store
        .erasures()
        .request_erasures(&[
            request(Some("ann"), Some("a1")),
            request(None, Some("a3")),
            request(Some("ben"), None),
        ])
        .unwrap();
    let ann = store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap().unwrap();
    let receipt = privacy::erase(&mut *store, tenant, ann, BY).unwrap();
    assert_eq!(ids(&mut *store, tenant), ["4", "6", "9"]);
    assert_eq!(ids(&mut *store, other), ["1"], "another tenant's person of that name");
    assert_eq!(store.check().unwrap(), 4);
    let erased = receipt.erased;
    assert_eq!((erased.events, erased.ids, erased.requests), (6, 4, 2));
    assert_eq!((receipt.at, receipt.by.as_str()), (Millis(99), "cli"));
    assert_eq!(receipt.ids[0], store.personal().salt().unwrap().of_id(tenant, "ann"));

    let requests = store.erasures().erasures(tenant, ErasureId::START, 9).unwrap();
    let states: Vec<_> = requests.iter().map(|request| (request.state, request.receipt.clone())).collect();
    let done = (ErasureState::Done, Some(receipt.id.0.clone()));
    assert_eq!(states, [done.clone(), done, (ErasureState::Open, None)]);
    assert_eq!(requests[0].whom, whom(None, None));
    store.close().unwrap();
    let mut store = place.open();
    assert_eq!(store.personal().receipts(tenant).unwrap(), std::slice::from_ref(&receipt));
    assert_eq!(store.personal().receipts(other).unwrap(), []);
    let acts = store.audit().acts(tenant, ripen_collector::access::ActId::START, 99).unwrap();
    let last = acts.last().unwrap();
    assert_eq!((last.action.as_str(), &last.to), ("person.erased", &receipt.id.0));
    assert_eq!(store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap(), Err(NoSubject::Unknown));
}

pub(super) fn c43_what_was_erased_does_not_come_back_by_being_sent_again(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    let other = store.directory().tenant("other").unwrap();
    let ann = store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap().unwrap();
    privacy::erase(&mut *store, tenant, ann, BY).unwrap();
    let again = |tenant| Batch {
        entries: vec![of("2", Some("ann"), Some("a1")), of("4", Some("ben"), None)],
        ..batch(tenant, &[])
    };
    assert_eq!(store.log().append(&[again(tenant), again(other)]).unwrap(), [appended(0, 2), appended(2, 0)]);
    // A person who is there again begins anew.
    let anew = Batch { entries: vec![of("new", Some("ann"), Some("a1"))], ..batch(tenant, &[]) };
    assert_eq!(store.log().append(&[anew]).unwrap(), [appended(1, 0)]);
    assert_eq!(ids(&mut *store, tenant), ["4", "6", "9", "new"]);
}

pub(super) fn c43_what_comes_while_somebody_is_erased_goes_with_it(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let many: Vec<Entry> =
        (0..ERASED_AT_ONCE + 5).map(|n| of(&format!("{n:05}"), Some("ann"), Some("a"))).collect();
    store.log().append(&[Batch { entries: many, ..batch(tenant, &["others"]) }]).unwrap();
    store
        .log()
        .append(&[Batch { entries: vec![of("ben", Some("ben"), None)], ..batch(tenant, &[]) }])
        .unwrap();
    let mut erasing = privacy::plan(&mut *store, tenant, subject(Some("ann"), &["a"])).unwrap();
    assert!(!privacy::step(&mut *store, &mut erasing).unwrap(), "in short steps");
    assert_eq!(store.log().read(tenant, Position::START, 99).unwrap().len(), 6);
    let late =
        [of("late", Some("ann"), None), of("later", None, Some("a")), of("not", Some("ben"), Some("a"))];
    store.log().append(&[Batch { entries: late.to_vec(), ..batch(tenant, &[]) }]).unwrap();
    assert!(privacy::step(&mut *store, &mut erasing).unwrap());
    let receipt = privacy::finish(&mut *store, erasing, BY).unwrap();
    assert_eq!(receipt.erased.events, ERASED_AT_ONCE as u64 + 7);
    assert_eq!(ids(&mut *store, tenant), ["ben", "not"]);
}

/// What is folded of an island of `ann`, `ben` and an account.
fn folded(store: &mut dyn Store, tenant: TenantId) {
    store.folds().fold_by(tenant, 1, b"a playbook").unwrap();
    let playbook = store.folds().progress(tenant).unwrap().playbook.unwrap();
    let log = store.log().read(tenant, Position::START, 99).unwrap();
    let name = |account, name: &str| NodeName { account, name: name.to_owned() };
    let island = |id, events| FoldedIsland {
        row: IslandRow {
            id: IslandId(id),
            playbook,
            nodes: 2,
            events,
            passed: None,
            due: Some(Millis(1)),
            gone: None,
        },
        merged: vec![],
        dropped: vec![],
        states: vec![NewState {
            events,
            last: (Millis(0), "m".to_owned()),
            turned: Millis(0),
            state: vec![7],
        }],
    };
    let report = |subject: &str| Report {
        playbook,
        reported: Millis(9),
        happened: Millis(8),
        account: false,
        subject: subject.to_owned(),
        what: Reported::Stage { ladder: "journey".to_owned(), before: None, after: Some("new".to_owned()) },
    };
    let step = Folded {
        position: log.last().map(|event| event.position),
        nodes: vec![
            (NodeId(1), name(false, "ann"), IslandId(1)),
            (NodeId(2), name(false, "ben"), IslandId(1)),
            (NodeId(3), name(false, "c"), IslandId(2)),
            (NodeId(4), name(true, "ann"), IslandId(2)),
        ],
        history: [(1, 0), (1, 1), (2, 3), (2, 8), (3, 5)]
            .map(|(node, at)| (NodeId(node), log[at].entry.happened, log[at].position))
            .to_vec(),
        islands: vec![island(2, 1), island(1, 4)],
        reports: vec![report("ann"), report("ben"), report("ben")],
        ..Folded::default()
    };
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &step).unwrap());
}

pub(super) fn c43_who_was_folded_with_the_erased_is_folded_anew_without_them(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    let turn = store.folds().progress(tenant).unwrap().turn;
    let ann = store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap().unwrap();
    let receipt = privacy::erase(&mut *store, tenant, ann, BY).unwrap();
    assert_eq!(receipt.erased.states, 1);
    let node = |store: &mut dyn Store, account, name: &str| {
        store
            .folds()
            .node(tenant, &NodeName { account, name: name.to_owned() })
            .unwrap()
            .map(|node| node.island)
    };
    assert_eq!(node(&mut *store, false, "ann"), None);
    assert_eq!(node(&mut *store, false, "ben"), None, "until it is folded again");
    assert_eq!(node(&mut *store, false, "c"), Some(IslandId(2)), "who was apart stays");
    assert_eq!(node(&mut *store, true, "ann"), Some(IslandId(2)), "an account of that name is no person");
    let waiting = store.folds().waiting(tenant, Millis(i64::MAX), 99).unwrap();
    let places: Vec<_> = waiting.iter().map(|event| event.position.0).collect();
    let bens: Vec<_> = store
        .log()
        .read(tenant, Position::START, 99)
        .unwrap()
        .into_iter()
        .filter(|event| event.entry.user_id.as_deref() == Some("ben"))
        .map(|event| event.position.0)
        .collect();
    assert_eq!((places.len(), places), (2, bens));
    let reports = store.folds().reports(tenant, ReportId::START, 99).unwrap();
    let subjects: Vec<_> = reports.iter().map(|(_, report)| report.subject.as_str()).collect();
    assert_eq!(subjects, ["ben"], "once, and nothing of the erased");
    // A step that was worked out before it is not committed.
    assert!(!store.folds().commit(tenant, turn, &Folded::default()).unwrap());
}
