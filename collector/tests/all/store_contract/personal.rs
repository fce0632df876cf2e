//! One person's data: found, and erased.

use std::collections::BTreeSet;

use ripen_collector::access::{Actor, By};
use ripen_collector::clock::Millis;
use ripen_collector::leads::{LeadDraft, LeadKind, Selection};
use ripen_collector::limits::ERASED_AT_ONCE;
use ripen_collector::privacy::{self, NoSubject, Subject};
use ripen_collector::store::{
    Batch, Entry, ErasureId, ErasureRequest, ErasureState, Folded, FoldedIsland, IslandId, IslandRow,
    NewState, NodeId, NodeName, Person, Position, Report, ReportId, Reported, StateId, Store, TenantId,
};
use serde_json::json;

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
            keep: false,
            unreported: false,
        },
        merged: vec![],
        dropped: vec![],
        states: vec![NewState {
            id: StateId(id),
            events,
            last: (Millis(0), "m".to_owned()),
            turned: Millis(0),
            state: vec![7],
        }],
        later: false,
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
    assert!(store.folds().waiting(tenant, Millis(i64::MAX), 99).unwrap().is_empty(), "nothing that is new");
    let waiting = store.folds().waiting_again(tenant, 99).unwrap();
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

pub(super) fn an_island_is_torn_by_what_it_had_folded_and_by_nothing_else(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    // It names somebody, and is in nobody's history: refused, or from the future.
    let forged = Batch { entries: vec![of("forged", Some("ann"), None)], ..batch(tenant, &[]) };
    store.log().append(&[forged]).unwrap();
    let log = store.log().read(tenant, Position::START, 99).unwrap();
    // As `folded` has it.
    let (of_ben, last) = (log[3].position, log.last().unwrap().position);
    assert_eq!(store.personal().erase_events(tenant, &[last]).unwrap(), 1);
    assert!(!store.folds().is_torn(tenant).unwrap());
    assert_eq!(store.personal().erase_events(tenant, &[of_ben]).unwrap(), 1);
    assert!(store.folds().is_torn(tenant).unwrap());
}

pub(super) fn what_goes_by_age_ends_the_step_that_may_have_read_it(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    let turn = store.folds().progress(tenant).unwrap().turn;
    let horizon = Millis(i64::MAX);
    assert_eq!(store.retention().erase_received_before(tenant, horizon, 1).unwrap(), 1);
    assert!(!store.folds().commit(tenant, turn, &Folded::default()).unwrap());
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert_eq!(store.retention().erase_received_before(tenant, Millis(i64::MIN), 1).unwrap(), 0);
    assert!(store.folds().commit(tenant, turn, &Folded::default()).unwrap(), "nothing went");
}

/// A form of somebody's.
fn left_word(store: &mut dyn Store, tenant: TenantId, person: &str) {
    let fields = serde_json::Map::from_iter([("email".to_owned(), json!(format!("{person}@x.example")))]);
    let lead = LeadDraft {
        key: format!("form-of-{person}"),
        kind: LeadKind::Form { nudge: None, fields },
        person: Some(person.to_owned()),
        named: None,
        account: None,
        at: Millis(8),
        rank: 0.0,
        reasons: json!({}),
    };
    store.leads().keep_leads(tenant, Millis(9), &[(lead, false)]).unwrap();
}

fn persons_with_leads(store: &mut dyn Store, tenant: TenantId) -> Vec<Option<String>> {
    let leads = store.leads().leads(tenant, &Selection::default(), usize::MAX).unwrap();
    leads.into_iter().map(|lead| lead.draft.person).collect()
}

pub(super) fn c43_whose_events_went_by_age_is_exported_and_erased_all_the_same(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    // A browser of hers that is known by the fold alone.
    let join = (NodeId(5), (Millis(0), "2".to_owned()), "ann".to_owned());
    let a1 = NodeName { account: false, name: "a1".to_owned() };
    let step = Folded { nodes: vec![(NodeId(5), a1, IslandId(1))], joins: vec![join], ..Folded::default() };
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &step).unwrap());
    for person in ["ann", "a1", "typed", "ben"] {
        left_word(&mut *store, tenant, person);
    }
    let all: Vec<_> =
        store.log().read(tenant, Position::START, 99).unwrap().iter().map(|event| event.position).collect();
    store.personal().erase_events(tenant, &all).unwrap();

    let person = subject(Some("ann"), &["a1"]);
    let ann = Ok(person.clone());
    let table = [
        (whom(Some("ann"), None), ann.clone()),
        (whom(None, Some("ann")), ann.clone()),
        (whom(None, Some("a1")), ann.clone()),
        // Of a node, of a lead, of a report and a node.
        (whom(None, Some("c")), Ok(subject(None, &["c"]))),
        (whom(Some("typed"), None), Ok(subject(Some("typed"), &[]))),
        // Of whom somebody said that they were in a browser: a user.
        (whom(None, Some("ben")), Ok(subject(Some("ben"), &[]))),
        (whom(None, Some("shared")), Ok(subject(None, &["shared"]))),
        (whom(Some("nobody"), None), Err(NoSubject::Unknown)),
    ];
    for (whom, expected) in table {
        assert_eq!(store.personal().subject(tenant, &whom).unwrap(), expected, "{whom:?}");
    }
    let (users, browsers) = store.personal().known_ids(tenant).unwrap();
    let known: Vec<_> = users.union(&browsers).map(String::as_str).collect();
    // The last but one by what was said of it alone.
    assert_eq!(known, ["a1", "ann", "ben", "c", "shared", "typed"]);
    assert!(users.contains("ann") && !users.contains("a1"));

    let mut exported = Vec::new();
    privacy::export(&mut *store, tenant, &person, BY.at, &mut exported).unwrap();
    let exported = String::from_utf8(exported).unwrap();
    assert!(exported.contains("ann@x.example") && exported.contains("a1@x.example"), "{exported}");
    assert!(exported.contains(r#""kind":"report""#) && !exported.contains("ben@"), "{exported}");
    let receipt = privacy::erase(&mut *store, tenant, person, BY).unwrap();
    assert_eq!((receipt.erased.events, receipt.erased.states, receipt.erased.leads), (0, 1, 2));
    assert_eq!(store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap(), Err(NoSubject::Unknown));
    assert_eq!(store.personal().subject(tenant, &whom(None, Some("a1"))).unwrap(), Err(NoSubject::Unknown));
}

pub(super) fn c43_nobody_has_another_users_leads_erased_by_joining_them(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    // She has a browser of her own, and says of ben, who is somebody else, and of another browser that they are her.
    let alias = |id: &str, previous: &str| Entry {
        message: format!(r#"{{"type":"alias","userId":"eve","previousId":"{previous}"}}"#),
        ..of(id, Some("eve"), Some("e1"))
    };
    let entries = vec![alias("e-ben", "ben"), alias("e-e2", "e2"), of("e", None, Some("ben"))];
    store.log().append(&[Batch { entries, ..batch(tenant, &[]) }]).unwrap();
    for person in ["ben", "eve", "e1", "e2"] {
        left_word(&mut *store, tenant, person);
    }
    let eve = store.personal().subject(tenant, &whom(Some("eve"), None)).unwrap().unwrap();
    assert_eq!(eve, subject(Some("eve"), &["e1", "e2"]));
    let receipt = privacy::erase(&mut *store, tenant, eve, BY).unwrap();
    assert_eq!((receipt.erased.events, receipt.erased.leads), (2, 3));
    assert_eq!(persons_with_leads(&mut *store, tenant), [Some("ben".to_owned())]);
    let reports = store.folds().reports(tenant, ReportId::START, 99).unwrap();
    assert_eq!(reports.iter().filter(|(_, report)| report.subject == "ben").count(), 1);
    assert_eq!(ids(&mut *store, tenant), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "e"]);
}

pub(super) fn c43_an_erased_island_leaves_no_row(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    folded(&mut *store, tenant);
    // The newest one.
    let c = store.personal().subject(tenant, &whom(None, Some("c"))).unwrap().unwrap();
    privacy::erase(&mut *store, tenant, c, BY).unwrap();
    let rows = store.folds().islands(tenant, IslandId(0), 9).unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [IslandId(1)]);
}

/// As `people`; and somebody else has said of a browser of ann's, and of ann herself, that it was them.
pub(super) fn c43_what_another_user_said_of_the_erased_goes_with_them(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    let alias = |id: &str, name: &str, previous: &str| Entry {
        message: format!(r#"{{"type":"alias","userId":"ben","{name}":"{previous}"}}"#),
        ..of(id, Some("ben"), None)
    };
    let track = Entry {
        message: r#"{"type":"track","previousId":"a1","userId":"ben"}"#.to_owned(),
        ..of("track", Some("ben"), None)
    };
    let entries = vec![
        alias("of-a1", "previousId", "a1"),
        alias("of-ann", "previousId", "ann"),
        alias("escaped", r"previous\u0049d", r"\u00613"),
        alias("of-c", "previousId", "c"),
        track,
    ];
    store.log().append(&[Batch { entries, ..batch(tenant, &[]) }]).unwrap();
    let ben = store.personal().subject(tenant, &whom(Some("ben"), None)).unwrap();
    assert_eq!(ben, Ok(subject(Some("ben"), &["a1", "a3", "c", "shared"])));
    let a3 = store.personal().subject(tenant, &whom(None, Some("a3"))).unwrap();
    assert_eq!(a3, Err(NoSubject::Several), "an id whose JSON is escaped is seen");
    let ann = store.personal().subject(tenant, &whom(Some("ann"), None)).unwrap().unwrap();
    let receipt = privacy::erase(&mut *store, tenant, ann, BY).unwrap();
    assert_eq!(receipt.erased.events, 9);
    assert_eq!(ids(&mut *store, tenant), ["4", "6", "9", "of-c", "track"]);
}

/// Who is known by what somebody said, or by a form that may not be theirs, is a user all the same: nobody has their data
/// erased by saying that they are one of their browsers.
pub(super) fn c43_who_is_a_user_by_somebodys_word_alone_is_nobodys_browser(place: &dyn Place) {
    let mut store = place.open();
    let tenant = people(&mut *store);
    // Of zoe a browser was joined at its word, and of yan there is a form; of both the events are gone by age.
    let gone = vec![of("zoe", Some("zoe"), Some("z1"))];
    store.log().append(&[Batch { entries: gone, ..batch(tenant, &[]) }]).unwrap();
    let last = store.log().read(tenant, Position::START, 99).unwrap().last().unwrap().position;
    store.personal().erase_events(tenant, &[last]).unwrap();
    let lead = LeadDraft {
        key: "form".to_owned(),
        kind: LeadKind::Form { nudge: None, fields: serde_json::Map::new() },
        person: None,
        named: Some("yan".to_owned()),
        account: None,
        at: Millis(8),
        rank: 0.0,
        reasons: json!({}),
    };
    store.leads().keep_leads(tenant, Millis(9), &[(lead, false)]).unwrap();
    let alias = |id: &str, previous: &str| Entry {
        message: format!(r#"{{"type":"alias","userId":"eve","previousId":"{previous}"}}"#),
        ..of(id, Some("eve"), None)
    };
    let entries = vec![alias("e1", "zoe"), alias("e2", "yan"), alias("e3", "e4")];
    store.log().append(&[Batch { entries, ..batch(tenant, &[]) }]).unwrap();
    let eve = store.personal().subject(tenant, &whom(Some("eve"), None)).unwrap();
    assert_eq!(eve, Ok(subject(Some("eve"), &["e4"])));
    for user in ["zoe", "yan"] {
        let found = store.personal().subject(tenant, &whom(None, Some(user))).unwrap().unwrap();
        assert_eq!(found.user_id.as_deref(), Some(user));
    }
}
