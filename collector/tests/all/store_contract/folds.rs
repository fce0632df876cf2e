//! What the fold keeps.

use ripen_collector::store::{
    Folded, FoldedIsland, IslandId, IslandRow, NewState, NodeId, NodeName, PlaybookId, Report, ReportId,
    Reported, StateId, Waiting,
};
use ripen_collector::stream::{Sequenced, StreamId};

use super::*;

fn person(name: &str) -> NodeName {
    NodeName { account: false, name: name.to_owned() }
}

fn row(id: i64, playbook: PlaybookId, events: i64) -> IslandRow {
    IslandRow {
        id: IslandId(id),
        playbook,
        nodes: 1,
        events,
        passed: None,
        due: Some(Millis(50 + id)),
        gone: None,
        keep: false,
        unreported: false,
    }
}

fn state(events: i64) -> NewState {
    let last = (Millis(events * 10), format!("m{events}"));
    NewState { id: StateId(events), events, last, turned: Millis(events * 10), state: vec![events as u8; 3] }
}

fn island(row: IslandRow) -> FoldedIsland {
    FoldedIsland { row, merged: vec![], dropped: vec![], states: vec![state(row.events)], later: false }
}

fn moment(playbook: PlaybookId, subject: &str, at: i64) -> Report {
    Report {
        playbook,
        reported: Millis(at + 5),
        happened: Millis(at),
        account: false,
        subject: subject.to_owned(),
        what: Reported::Moment { moment: "ripe".to_owned(), standing: vec![1, 2] },
    }
}

/// Two events of `u`, on island 1, and what was reported of them.
fn two_events(store: &mut dyn Store, tenant: TenantId) -> (PlaybookId, Folded) {
    let entries = ["b", "a"].map(|id| Entry { happened: Millis(20), ..entry(id, "{}") });
    store.log().append(&[Batch { entries: entries.into(), ..batch(tenant, &[]) }]).unwrap();
    let playbook = store.folds().fold_by(tenant, u64::MAX, b"compiled").unwrap();
    let folded = Folded {
        position: Some(Position(2)),
        waiting: vec![Waiting {
            happened: Millis(99),
            position: Position(1),
            sequenced: Some(Sequenced { stream: StreamId::new("s").unwrap(), sequence: 7 }),
            held: false,
        }],
        nodes: vec![(NodeId(1), person("u"), IslandId(1))],
        joins: vec![(NodeId(1), (Millis(20), "b".to_owned()), "w".to_owned())],
        history: vec![(NodeId(1), Millis(20), Position(1)), (NodeId(1), Millis(20), Position(2))],
        islands: vec![island(row(1, playbook, 2))],
        reports: vec![moment(playbook, "u", 20)],
        ..Folded::default()
    };
    (playbook, folded)
}

pub(super) fn who_is_surveyed_waits_for_a_state_until_there_is_one(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let (playbook, mut folded) = two_events(&mut *store, tenant);
    let surveyed = IslandRow { unreported: true, ..row(1, playbook, 2) };
    folded.islands = vec![FoldedIsland { states: vec![], later: true, ..island(surveyed) }];
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
    let waiting = IslandRow { keep: true, ..surveyed };
    assert_eq!(store.folds().to_keep(tenant, 9).unwrap(), [waiting]);
    // Its past is there.
    let past = store.folds().past(IslandId(1), Millis(20), None, 2, 999).unwrap().unwrap();
    let bytes: usize = past.iter().map(|(_, logged)| logged.message.len()).sum();
    let mut keys: Vec<_> = past.into_iter().map(|((at, id), logged)| (at.0, id, logged.position.0)).collect();
    keys.sort_unstable();
    assert_eq!(keys, [(20, "a".to_owned(), 2), (20, "b".to_owned(), 1)]);
    let mut past = |since, until: Option<i64>, limit, bytes| {
        let past = store.folds().past(IslandId(1), Millis(since), until.map(Millis), limit, bytes).unwrap();
        past.map(|past| past.len())
    };
    assert_eq!(past(20, None, 1, bytes), None, "more than is asked for");
    assert_eq!((past(20, None, 2, bytes), past(20, None, 2, bytes - 1)), (Some(2), None));
    assert_eq!((past(21, None, 9, bytes), past(0, Some(20), 9, bytes)), (Some(0), Some(0)));
    assert_eq!(past(20, Some(21), 9, bytes), Some(2));
    let mut count = |since, until: Option<i64>, limit| {
        store.folds().events_of(IslandId(1), Millis(since), until.map(Millis), limit).unwrap()
    };
    assert_eq!((count(20, Some(21), 9), count(0, None, 1)), (2, 1));
    assert_eq!((count(21, None, 9), count(0, Some(20), 9)), (0, 0));
    // Whoever folds it next says so.
    let kept = Folded { islands: vec![island(waiting)], ..Folded::default() };
    assert!(store.folds().commit(tenant, turn + 1, &kept).unwrap());
    assert!(store.folds().to_keep(tenant, 9).unwrap().is_empty());
    assert_eq!(store.folds().island(IslandId(1)).unwrap(), Some(row(1, playbook, 2)));
}

pub(super) fn a_step_of_the_fold_is_kept_as_a_whole_with_its_progress(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let (playbook, folded) = two_events(&mut *store, tenant);
    let before = store.folds().progress(tenant).unwrap();
    assert_eq!((before.position, before.playbook, before.events), (Position::START, Some(playbook), 2));
    assert!(store.folds().commit(tenant, before.turn, &folded).unwrap());
    drop(store);
    let mut store = place.open();
    let folds = store.folds();
    assert_eq!(folds.progress(tenant).unwrap().position, Position(2));
    assert_eq!(folds.playbook(playbook).unwrap().unwrap(), b"compiled");
    assert_eq!(folds.largest().unwrap(), (NodeId(1), IslandId(1), StateId(2)));
    let node = folds.node(tenant, &person("u")).unwrap().unwrap();
    assert_eq!((node.id, node.island), (NodeId(1), IslandId(1)));
    assert_eq!(folds.node(tenant, &NodeName { account: true, name: "u".to_owned() }).unwrap(), None);
    assert_eq!(folds.island(IslandId(1)).unwrap(), Some(row(1, playbook, 2)));
    let joins = folds.joins(IslandId(1)).unwrap();
    assert_eq!((joins[0].anonymous.as_str(), joins[0].user.as_str(), joins.len()), ("u", "w", 1));
    let mut history = folds.history(IslandId(1), Millis(20), None, 9).unwrap();
    history.sort();
    let keys: Vec<(&str, i64)> =
        history.iter().map(|place| (place.key.1.as_str(), place.position.0)).collect();
    assert_eq!(keys, [("a", 2), ("b", 1)]);
    assert!(folds.history(IslandId(1), Millis(21), None, 9).unwrap().is_empty());
    assert_eq!(folds.history(IslandId(1), Millis(0), None, 1).unwrap().len(), 1);
    assert!(folds.history(IslandId(1), Millis(0), Some(Millis(20)), 9).unwrap().is_empty());
    assert_eq!(folds.earliest(NodeId(1)).unwrap(), Some(Millis(20)));
    assert_eq!(folds.latest(tenant, &person("u")).unwrap(), Some((Millis(20), "b".to_owned())));
    let kept = folds.checkpoints(IslandId(1)).unwrap();
    assert_eq!((kept[0].events, kept.len(), folds.state(kept[0].id).unwrap()), (2, 1, vec![2, 2, 2]));
    let waiting =
        |folds: &mut dyn ripen_collector::store::Folds, at| folds.waiting(tenant, Millis(at), 9).unwrap();
    assert_eq!((waiting(folds, 98).len(), waiting(folds, 99)[0].position), (0, Position(1)));
    let of = |folds: &mut dyn ripen_collector::store::Folds, tenant, stream: &str| {
        folds.waiting_of(tenant, &StreamId::new(stream).unwrap(), 9).unwrap()
    };
    assert_eq!((of(folds, tenant, "s"), of(folds, tenant, "t")), (vec![(Millis(99), 7)], vec![]));
    assert!(of(folds, TenantId(tenant.0 + 1), "s").is_empty(), "a stream is its tenant's");
    let due =
        |folds: &mut dyn ripen_collector::store::Folds, at| folds.due(tenant, Millis(at), 9).unwrap().len();
    assert_eq!((due(folds, 50), due(folds, 51), folds.next_due(tenant).unwrap()), (0, 1, Some(Millis(51))));
    assert_eq!(folds.logged(tenant, Position(1), 9).unwrap()[0].position, Position(2));
    assert_eq!(folds.event(Position(1)).unwrap().unwrap().trust, 1);
    assert_eq!(folds.fired(tenant, &person("u"), "ripe").unwrap(), [Millis(20)]);
    assert!(folds.fired(tenant, &person("u"), "other").unwrap().is_empty());
    let reports = folds.reports(tenant, ReportId::START, 9).unwrap();
    assert_eq!((reports.len(), &reports[0].1), (1, &moment(playbook, "u", 20)));
    assert!(folds.reports(tenant, reports[0].0, 9).unwrap().is_empty());
}

pub(super) fn a_step_after_another_turn_than_it_was_made_at_is_not_kept(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let (playbook, folded) = two_events(&mut *store, tenant);
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
    let again = Folded { islands: vec![island(row(2, playbook, 9))], ..Folded::default() };
    assert!(!store.folds().commit(tenant, turn, &again).unwrap());
    assert_eq!(store.folds().island(IslandId(2)).unwrap(), None);
    // Nor where another playbook came in between; the same one once more is none.
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert_eq!(store.folds().fold_by(tenant, u64::MAX, b"compiled").unwrap(), playbook);
    assert_eq!(store.folds().progress(tenant).unwrap().turn, turn);
    let other = store.folds().fold_by(tenant, 7, b"other").unwrap();
    assert!(!store.folds().commit(tenant, turn, &again).unwrap());
    assert_eq!(store.folds().outdated(tenant, other, 9).unwrap(), [row(1, playbook, 2)]);
    assert!(store.folds().outdated(tenant, playbook, 9).unwrap().is_empty());
}

pub(super) fn a_step_that_fails_leaves_nothing(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let (_, mut folded) = two_events(&mut *store, tenant);
    let turn = store.folds().progress(tenant).unwrap().turn;
    folded.nodes.push((NodeId(1), person("twice"), IslandId(1)));
    assert!(store.folds().commit(tenant, turn, &folded).is_err());
    assert_eq!(store.folds().progress(tenant).unwrap().position, Position::START);
    assert_eq!(store.folds().node(tenant, &person("u")).unwrap(), None);
    assert!(store.folds().reports(tenant, ReportId::START, 9).unwrap().is_empty());
    folded.nodes.pop();
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
}

pub(super) fn islands_that_turn_out_to_be_one_are_one(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let (playbook, mut folded) = two_events(&mut *store, tenant);
    folded.nodes.push((NodeId(2), person("x"), IslandId(2)));
    folded.islands.push(island(row(2, playbook, 1)));
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
    assert_eq!(store.folds().islands(tenant, IslandId(0), 9).unwrap().len(), 2);
    assert_eq!(store.folds().islands(tenant, IslandId(1), 9).unwrap(), [row(2, playbook, 1)]);
    let dropped = store.folds().checkpoints(IslandId(1)).unwrap()[0].id;
    let one = FoldedIsland {
        merged: vec![IslandId(2)],
        dropped: vec![dropped],
        states: vec![state(3), state(1)],
        ..island(row(1, playbook, 3))
    };
    let united = Folded { islands: vec![one], waited: vec![(Millis(99), Position(1))], ..Folded::default() };
    assert!(store.folds().commit(tenant, turn + 1, &united).unwrap());
    let folds = store.folds();
    assert_eq!(folds.islands(tenant, IslandId(0), 9).unwrap(), [row(1, playbook, 3)]);
    assert_eq!(folds.node(tenant, &person("x")).unwrap().unwrap().island, IslandId(1));
    let kept: Vec<i64> =
        folds.checkpoints(IslandId(1)).unwrap().iter().map(|checkpoint| checkpoint.events).collect();
    assert_eq!((kept, folds.checkpoints(IslandId(2)).unwrap().len()), (vec![3, 1], 0));
    assert!(folds.waiting(tenant, Millis(99), 9).unwrap().is_empty());
}

pub(super) fn what_is_unfolded_is_forgotten_but_for_what_was_reported_and_others_keep_theirs(
    place: &dyn Place,
) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("other").unwrap();
    let (_, folded) = two_events(&mut *store, tenant);
    let turn = store.folds().progress(tenant).unwrap().turn;
    assert!(store.folds().commit(tenant, turn, &folded).unwrap());
    let playbook = store.folds().fold_by(other, 1, b"theirs").unwrap();
    let turn = store.folds().progress(other).unwrap().turn;
    let theirs = Folded {
        nodes: vec![(NodeId(2), person("u"), IslandId(2))],
        islands: vec![island(row(2, playbook, 1))],
        ..Folded::default()
    };
    assert!(store.folds().commit(other, turn, &theirs).unwrap());
    store.folds().unfold(tenant).unwrap();
    let folds = store.folds();
    assert_eq!(folds.progress(tenant).unwrap().position, Position::START);
    assert_eq!(folds.node(tenant, &person("u")).unwrap(), None);
    assert!(folds.islands(tenant, IslandId(0), 9).unwrap().is_empty());
    assert_eq!(folds.waiting(tenant, Millis(99), 9).unwrap().len(), 1);
    assert_eq!(folds.progress(tenant).unwrap().again, Some(Position(2)));
    assert_eq!(
        folds.mark(tenant, &NodeName { account: false, name: "u".to_owned() }).unwrap(),
        Some(Millis(20))
    );
    assert_eq!(folds.reports(tenant, ReportId::START, 9).unwrap().len(), 1);
    assert_eq!(folds.node(other, &person("u")).unwrap().unwrap().island, IslandId(2));
    assert_eq!(folds.islands(other, IslandId(0), 9).unwrap().len(), 1);
}
