//! Variants and holdouts: who sees what, and that both sides are told of alike (`semantics.md` §7).

use proptest::prelude::*;
use ripen::engine::{Arm, Block, Considered, Decision, Verdict, bucket};

use crate::page::{Page, blocks, playbook};

const VARIANTS: &str = r#""purpose": "help", "variants": [
    {"id": "plain", "weight": 0.2}, {"id": "bold", "weight": 0.5, "content": {"en": {"title": "B"}}},
    {"id": "none", "weight": 0.3, "show": false}]"#;

fn open(nudges: &[(&str, &str)], policy: &str, person: &str) -> Page {
    let mut page = Page::open(playbook(nudges, policy));
    page.device.set_present(person);
    page
}

fn considered(decision: Option<Decision>) -> Vec<Considered> {
    decision.unwrap().considered
}

#[test]
fn a_variant_is_that_of_growthbooks_hash() {
    let mut seen = [0; 3];
    for number in 0..300 {
        let person = format!("person{number}");
        let found = considered(open(&[("n", VARIANTS)], "{\"holdout\": 0}", &person).event(0, "edge"))[0];
        let wanted = match bucket(&["n", &person]) {
            less if less < 2_000 => 0,
            less if less < 7_000 => 1,
            _ => 2,
        };
        assert_eq!(found.variant, Some(wanted));
        assert_eq!(found.block(), (wanted == 2).then_some(Block::Variant));
        assert_eq!(found.verdict, Verdict::Won, "who sees nothing is told what would have been");
        seen[wanted] += 1;
    }
    assert!(seen.iter().all(|count| *count > 30), "{seen:?}");
}

#[test]
fn who_is_held_out_of_all_is_held_out_of_each() {
    let nudges = [("a", r#""purpose": "help""#), ("b", r#""purpose": "help", "holdout": 1"#)];
    let mut held = 0;
    for number in 0..400 {
        let person = format!("person{number}");
        let mut page = open(&nudges, "{}", &person);
        let decision = page.event(0, "edge").unwrap();
        let found = considered(Some(decision.clone()));
        assert_eq!(
            found.iter().map(|found| found.verdict).collect::<Vec<_>>(),
            [Verdict::Won, Verdict::Outranked]
        );
        if bucket(&["ripen:holdout", &person]) < 500 {
            held += 1;
            assert_eq!(decision.won, None);
            assert!(found.iter().all(|found| found.arm == Arm::GlobalHoldout));
            assert_eq!(blocks(Some(decision)), [Some(Block::GlobalHoldout); 2]);
        } else {
            assert_eq!(decision.won, Some(0));
            assert_eq!(blocks(Some(decision)), [None, Some(Block::Holdout)]);
        }
    }
    assert!((8..40).contains(&held), "{held} of 400");
}

#[test]
fn who_would_have_won_is_told_beside_who_did() {
    let nudges = [
        ("first", r#""purpose": "help", "priority": 2, "holdout": 1"#),
        ("second", r#""purpose": "help", "priority": 1"#),
        ("third", r#""purpose": "help", "holdout": 1"#),
    ];
    let decision = open(&nudges, "{\"holdout\": 0}", "u").event(0, "edge").unwrap();
    assert_eq!(decision.won, Some(1));
    let told: Vec<_> = decision.considered.iter().map(|found| (found.arm, found.verdict)).collect();
    assert_eq!(
        told,
        [(Arm::Holdout, Verdict::Won), (Arm::Shown, Verdict::Won), (Arm::Holdout, Verdict::Outranked)]
    );
}

#[test]
fn a_split_may_be_by_account_and_who_has_none_is_split_by_themselves() {
    let nudge = r#""purpose": "help", "by": "account", "variants": [{"id": "a"}, {"id": "b"}]"#;
    for (account, hashed) in [(Some("acme"), "acme"), (Some("globex"), "globex"), (None, "ada")] {
        let mut page = open(&[("n", nudge)], "{\"holdout\": 0}", "ada");
        if let Some(account) = account {
            let mut event = crate::usage::event(900, 0, "a");
            (event.user, event.context_group) = (Some("ada".into()), Some(account.into()));
            (event.kind, event.group) = (ripen::engine::Kind::Group, Some(account.into()));
            page.device.fold(&page.playbook, &event, None);
        }
        let found = considered(page.event(0, "edge"))[0];
        assert_eq!(found.variant, Some(usize::from(bucket(&["n", hashed]) >= 5_000)), "{hashed}");
    }
}

fn nudge() -> impl Strategy<Value = String> {
    let purpose = prop::sample::select(vec!["help", "adopt", "ask"]);
    let when = prop::sample::select(vec![
        r#""signals.n": {"$gte": 2}"#,
        r#""signals.n": {"$lt": 4}"#,
        r#""now.hour": {"$gte": 6}"#,
        "",
    ]);
    (purpose, 0..3_i32, when).prop_map(|(purpose, priority, when)| {
        format!(r#""purpose": "{purpose}", "priority": {priority}, "when": {{{when}}}"#)
    })
}

fn written(nudges: &[String], holdout: impl Fn(usize) -> u8) -> Vec<(String, String)> {
    let one = |(index, nudge): (usize, &String)| {
        (format!("n{index}"), format!(r#"{nudge}, "holdout": {}"#, holdout(index)))
    };
    nudges.iter().enumerate().map(one).collect()
}

fn decisions(nudges: &[(String, String)], policy: &str, hours: &[u8]) -> Vec<Decision> {
    let nudges: Vec<(&str, &str)> = nudges.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    let mut page = Page::open(playbook(&nudges, policy));
    let mut hour = 0;
    let mut all = Vec::new();
    for step in hours {
        hour += i64::from(*step);
        all.extend(page.event(hour, if step % 2 == 0 { "a" } else { "edge" }));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_arms_are_told_of_alike(
        nudges in prop::collection::vec(nudge(), 1..6),
        hours in prop::collection::vec(0..20_u8, 1..20),
        which in any::<prop::sample::Index>(),
    ) {
        let which = which.index(nudges.len());
        let shown = decisions(&written(&nudges, |_| 0), r#"{"holdout": 0}"#, &hours);
        let held = decisions(&written(&nudges, |index| u8::from(index == which)), r#"{"holdout": 0}"#, &hours);
        let none = decisions(&written(&nudges, |_| 0), r#"{"holdout": 1}"#, &hours);
        prop_assert_eq!((shown.len(), shown.len()), (held.len(), none.len()));
        for ((shown, held), none) in shown.iter().zip(&held).zip(&none) {
            let of = |decision: &Decision| decision.considered.iter().find(|found| found.nudge == which).copied();
            prop_assert_eq!(of(shown).map(|found| found.verdict), of(held).map(|found| found.verdict));
            prop_assert!(held.won != Some(which));
            prop_assert_eq!(none.won, None);
            let verdicts = |decision: &Decision| decision.considered.iter().map(|f| (f.nudge, f.verdict)).collect::<Vec<_>>();
            prop_assert_eq!(verdicts(shown), verdicts(none), "who sees nothing at all is told what would have been");
        }
    }

    #[test]
    fn the_order_of_nudges_that_do_not_tie_says_nothing(
        nudges in prop::collection::vec(nudge(), 2..6).prop_shuffle(),
        hours in prop::collection::vec(0..20_u8, 1..12),
    ) {
        // A priority each, so that no two are alike.
        let apart: Vec<_> = written(&nudges, |_| 0)
            .into_iter()
            .enumerate()
            .map(|(index, (id, rest))| (id, rest.replace(r#""priority": "#, &format!(r#""priority": {}"#, index + 1))))
            .collect();
        let mut turned = apart.clone();
        turned.reverse();
        let last = nudges.len() - 1;
        let (one, other) = (decisions(&apart, "{}", &hours), decisions(&turned, "{}", &hours));
        prop_assert_eq!(one.len(), other.len());
        for (one, other) in one.iter().zip(&other) {
            prop_assert_eq!(one.won, other.won.map(|won| last - won));
            for found in &one.considered {
                let same = other.considered.iter().find(|other| last - other.nudge == found.nudge).unwrap();
                prop_assert_eq!(found.verdict, same.verdict);
            }
        }
    }
}
