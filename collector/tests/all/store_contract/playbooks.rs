//! Revisions, what is published, drafts, killed nudges.

use ripen_collector::access::{ActId, Actor, By};
use ripen_collector::clock::Millis;
use ripen_collector::store::{Expected, InForce, NewRevision, Publishing, RevisionNumber, TenantId};

use super::Place;

fn by(at: i64) -> By {
    By { who: Actor::Cli, at: Millis(at) }
}

fn revision(tenant: TenantId, source: &str) -> NewRevision {
    NewRevision {
        tenant,
        hash: format!("h-{source}"),
        source: source.to_owned(),
        pages_hash: format!("p-{source}"),
        pages: source.as_bytes().to_vec(),
        note: "for autumn".to_owned(),
    }
}

const ONE: RevisionNumber = RevisionNumber(1);
const TWO: RevisionNumber = RevisionNumber(2);

pub(super) fn revisions_are_counted_by_tenant_and_never_change(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("o").unwrap();
    let playbooks = store.playbooks();
    assert_eq!(playbooks.add_revision(&revision(tenant, "a"), by(10)).unwrap(), ONE);
    assert_eq!(playbooks.add_revision(&revision(tenant, "b"), by(20)).unwrap(), TWO);
    assert_eq!(playbooks.add_revision(&revision(other, "c"), by(30)).unwrap(), ONE);
    let (kept, source) = playbooks.revision(tenant, TWO).unwrap().unwrap();
    assert_eq!((kept.hash.as_str(), kept.pages_hash.as_str(), source.as_str()), ("h-b", "p-b", "b"));
    assert_eq!((kept.created, kept.by.as_str(), kept.note.as_str()), (Millis(20), "cli", "for autumn"));
    assert!(playbooks.revision(other, TWO).unwrap().is_none());
    let numbers = |revisions: Vec<ripen_collector::store::Revision>| -> Vec<i64> {
        revisions.into_iter().map(|revision| revision.number.0).collect()
    };
    assert_eq!(numbers(playbooks.revisions(tenant, None, 9).unwrap()), [2, 1]);
    assert_eq!(numbers(playbooks.revisions(tenant, None, 1).unwrap()), [2]);
    assert_eq!(numbers(playbooks.revisions(tenant, Some(TWO), 9).unwrap()), [1]);
    assert_eq!(playbooks.pages(tenant, "p-a").unwrap(), Some(b"a".to_vec()));
    assert_eq!(playbooks.pages(other, "p-a").unwrap(), None);
    assert!(playbooks.add_revision(&revision(TenantId(99), "x"), by(1)).is_err());
}

pub(super) fn what_is_published_is_the_last_of_which_nobody_was_overtaken(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let playbooks = store.playbooks();
    assert_eq!(playbooks.in_force(tenant).unwrap(), InForce::default());
    for source in ["a", "b"] {
        playbooks.add_revision(&revision(tenant, source), by(10)).unwrap();
    }
    let mut publish = |number, expected| playbooks.publish(tenant, number, expected, by(20)).unwrap();
    let thought = |number| Expected::Revision(number);
    assert_eq!(publish(ONE, thought(Some(ONE))), Publishing::Overtaken(None));
    assert_eq!(publish(ONE, thought(None)), Publishing::Now(None));
    assert_eq!(publish(TWO, thought(None)), Publishing::Overtaken(Some(ONE)));
    assert_eq!(publish(TWO, thought(Some(ONE))), Publishing::Now(Some(ONE)));
    assert_eq!(publish(TWO, Expected::Any), Publishing::Now(Some(TWO)));
    assert_eq!(publish(ONE, Expected::Any), Publishing::Now(Some(TWO)));
    assert_eq!(publish(RevisionNumber(9), Expected::Any), Publishing::Unknown);
    assert_eq!(playbooks.in_force(tenant).unwrap().published, Some(ONE));
    let order: Vec<_> = playbooks.publications(tenant, 9).unwrap().iter().map(|each| each.number).collect();
    assert_eq!(order, [ONE, TWO, ONE], "the same once more is no change");
    let acts: Vec<_> =
        store.audit().acts(tenant, ActId::START, 99).unwrap().into_iter().map(|act| act.action).collect();
    assert_eq!(acts[2..], ["playbook.published", "playbook.published", "playbook.rolled_back"]);
}

pub(super) fn there_is_one_draft_and_it_ends(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let before = store.directory().version().unwrap();
    let playbooks = store.playbooks();
    assert!(!playbooks.begin_draft(tenant, ONE, "pass", by(1)).unwrap(), "there is no such revision");
    playbooks.add_revision(&revision(tenant, "a"), by(10)).unwrap();
    playbooks.add_revision(&revision(tenant, "b"), by(10)).unwrap();
    assert!(playbooks.begin_draft(tenant, ONE, "pass", by(11)).unwrap());
    assert!(playbooks.begin_draft(tenant, TWO, "another", by(12)).unwrap());
    let draft = playbooks.in_force(tenant).unwrap().draft.unwrap();
    assert_eq!((draft.number, draft.pass.as_str(), draft.since), (TWO, "another", Millis(12)));
    assert!(playbooks.end_draft(tenant, by(13)).unwrap());
    assert!(!playbooks.end_draft(tenant, by(14)).unwrap());
    assert_eq!(playbooks.in_force(tenant).unwrap(), InForce::default());
    assert!(store.directory().version().unwrap() >= before + 3);
}

pub(super) fn a_nudge_is_switched_off_and_on_by_tenant(place: &dyn Place) {
    let mut store = place.open();
    let tenant = store.directory().tenant("k").unwrap();
    let other = store.directory().tenant("o").unwrap();
    let playbooks = store.playbooks();
    let mut switch = |tenant, nudge, is_on| playbooks.switch_nudge(tenant, nudge, is_on, by(10)).unwrap();
    assert!(switch(tenant, "b", false) && switch(tenant, "a", false));
    assert!(!switch(tenant, "a", false), "it is off");
    assert!(!switch(other, "a", true), "it is on");
    assert!(switch(tenant, "b", true));
    assert_eq!(playbooks.in_force(tenant).unwrap().killed, ["a"]);
    assert_eq!(playbooks.in_force(other).unwrap(), InForce::default());
    let acts = store.audit().acts(tenant, ActId::START, 99).unwrap();
    let told: Vec<_> = acts.iter().map(|act| format!("{} {}", act.action, act.to)).collect();
    assert_eq!(told, ["nudge.killed b", "nudge.killed a", "nudge.revived b"]);
}
