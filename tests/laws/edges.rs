//! What a nudge waits for, at which level, and when (`semantics.md` §7).

use ripen::engine::{Block, Decision, Millis, Occasion, Outcome, Scope, Surroundings, Turn, Value};

use crate::page::{Page, blocks, playbook};
use crate::usage::HOUR;

fn page(path: &str) -> Value {
    let path = Value::Map(vec![("path".into(), Value::Text(path.into()))]);
    Value::Map(vec![("page".into(), path)])
}

fn asked(decision: Option<Decision>) -> Vec<usize> {
    decision.map(|decision| decision.considered.iter().map(|found| found.nudge).collect()).unwrap_or_default()
}

fn there() -> Page {
    let edges = [
        ("load", r#""purpose": "help", "on": "load""#),
        ("page", r##""purpose": "help", "on": {"page": {"page.path": {"$ne": "/"}}}"##),
        ("element", r##""purpose": "help", "on": {"element": "#invite"}"##),
        ("call", r#""purpose": "help", "on": [{"call": "tour"}, {"event": "edge"}]"#),
    ];
    let mut page = Page::open(playbook(&edges, "{}"));
    page.event(0, "a");
    page
}

#[test]
fn each_edge_is_heard_by_those_who_wait_for_it() {
    let there = there();
    let on = |occasion: Occasion<'_>| asked(there.happens(1, &occasion, page("/team")));
    assert_eq!(on(Occasion::default()), [] as [usize; 0]);
    assert_eq!(on(Occasion { load: true, ..Occasion::default() }), [0]);
    assert_eq!(on(Occasion { element: Some("#invite"), ..Occasion::default() }), [2]);
    assert_eq!(on(Occasion { element: Some("#other"), ..Occasion::default() }), [] as [usize; 0]);
    assert_eq!(on(Occasion { call: Some("tour"), ..Occasion::default() }), [3]);
    let all = Occasion { load: true, page: Turn::Opens, call: Some("tour"), ..Occasion::default() };
    assert_eq!(on(all), [0, 1, 3], "several at once are one decision, in the order written");
}

#[test]
fn a_condition_on_the_page_has_to_begin_to_hold() {
    let there = there();
    let turn =
        |page: Turn<'_>, now: Value| asked(there.happens(1, &Occasion { page, ..Occasion::default() }, now));
    assert_eq!(turn(Turn::Opens, page("/team")), [1]);
    assert_eq!(turn(Turn::Opens, page("/")), [] as [usize; 0]);
    assert_eq!(turn(Turn::From(&page("/")), page("/team")), [1]);
    assert_eq!(turn(Turn::From(&page("/plans")), page("/team")), [] as [usize; 0], "it held before");
    assert_eq!(turn(Turn::Stays, page("/team")), [] as [usize; 0]);
}

#[test]
fn a_moment_is_an_edge_when_it_fires_and_not_while_it_holds() {
    let text = r#"{"signals": {"n": {"count": "a"}},
        "moments": {"m": {"when": {"signals.n": {"$gte": 2}}, "motion": "sales"}},
        "nudges": {"n": {"purpose": "help", "on": [{"moment": "m"}, {"event": "a"}], "when": {"moments": {"$in": ["m"]}},
            "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}},
          "only": {"purpose": "help", "on": {"moment": "m"}, "placement": {"kind": "banner"}, "content": {"en": {"title": "T"}}}}}"#;
    let mut there = Page::open(ripen::playbook::compile(text).unwrap().playbook);
    assert_eq!(blocks(there.event(0, "a")), [Some(Block::When)]);
    assert_eq!(asked(there.event(1, "a")), [0, 1], "the event and the moment that fired with it");
    assert_eq!(asked(there.event(2, "a")), [0]);
    let fired = [(Scope::Person, 0)];
    assert_eq!(
        asked(there.happens(3, &Occasion { fired: &fired, ..Occasion::default() }, Value::Null)),
        [0, 1]
    );
}

#[test]
fn conditions_see_device_session_and_locale() {
    let seen = r#""purpose": "help", "on": "load", "when": {"device.type": "phone", "session.first": true, "locale": "de"}"#;
    let mut there = Page::open(playbook(&[("n", seen)], "{}"));
    there.event(0, "a");
    let document = |device: &str| {
        let map = |key: &str, value| Value::Map(vec![(key.to_owned(), value)]);
        Value::Map(vec![
            ("device".into(), map("type", Value::Text(device.into()))),
            ("session".into(), map("first", Value::Bool(true))),
            ("locale".into(), Value::Text("de".into())),
        ])
    };
    let load = Occasion { load: true, ..Occasion::default() };
    assert_eq!(blocks(there.happens(1, &load, document("phone"))), [None]);
    assert_eq!(blocks(there.happens(1, &load, document("desktop"))), [Some(Block::When)]);
}

#[test]
fn a_schedule_is_on_the_users_own_clock() {
    // 1970-01-01 was a Thursday.
    let nudges = [
        ("nine_to_five", r#""purpose": "help", "schedule": {"weekdays": [1, 2, 3, 4, 5], "hours": [9, 17]}"#),
        (
            "this_year",
            r#""purpose": "help", "schedule": {"from": "1970-01-01T12:00:00", "to": "1970-01-02T00:00:00Z"}"#,
        ),
    ];
    let mut there = Page::open(playbook(&nudges, "{}"));
    let off = Some(Block::Schedule);
    for (hour, wanted) in [
        (8, [off, off]),
        (9, [None, off]),
        (12, [None, None]),
        (16, [None, None]),
        (17, [off, None]),
        (24 + 9, [None, off]),
        (48 + 9, [off, off]),
    ] {
        assert_eq!(blocks(there.event(hour, "edge")), wanted, "at hour {hour}");
    }
}

#[test]
fn the_reasons_come_in_the_order_of_the_semantics() {
    let nudge = r#""purpose": "upgrade", "schedule": {"hours": [1, 2]}, "limits": {"shown": {"at_most": 1}}, "when": {"user.never": true}"#;
    let policy = r#"{"never": [{"purpose": ["upgrade"], "when": {"page.path": "/pay"}}], "gap": "2h"}"#;
    let mut there = Page::open(playbook(&[("n", nudge)], policy));
    there.event(0, "a");
    let now = Millis(4 * HOUR);
    let here = |change: &dyn Fn(&mut Surroundings)| {
        let mut here = Surroundings {
            page: page("/pay"),
            session: Some("s1".into()),
            slot_taken: true,
            without_consent: true,
            killed: ripen::engine::Value::List(vec![ripen::engine::Value::Text("n".into())]),
            without_anchor: Value::List(vec![Value::Text("n".into())]),
            ..Surroundings::default()
        };
        change(&mut here);
        here
    };
    let seen = |there: &Page, here: &Surroundings| {
        let who = there.device.who().unwrap();
        let event = crate::usage::event(0, 0, "edge");
        let occasion = Occasion { event: Some(&event), ..Occasion::default() };
        blocks(ripen::engine::decide(&there.playbook, who, &occasion, here, now))[0]
    };
    assert_eq!(seen(&there, &here(&|_| ())), Some(Block::Consent));
    let agreed = |here: &mut Surroundings| here.without_consent = false;
    assert_eq!(seen(&there, &here(&agreed)), Some(Block::Never));
    let elsewhere = |here: &mut Surroundings| {
        agreed(here);
        here.page = page("/");
    };
    assert_eq!(seen(&there, &here(&elsewhere)), Some(Block::HelpFirst));
    for _ in 0..3 {
        there.event(0, "a");
    }
    there.outcome(3, Outcome::Shown, "n");
    there.outcome(3, Outcome::Dismissed, "n");
    assert_eq!(seen(&there, &here(&elsewhere)), Some(Block::PerSession));
    let next_session = |here: &mut Surroundings| {
        elsewhere(here);
        here.session = Some("s2".into());
    };
    assert_eq!(seen(&there, &here(&next_session)), Some(Block::Gap));
    type Change<'a> = &'a dyn Fn(&mut Page);
    let policies: [(Block, Change<'_>); 6] = [
        (Block::Quiet, &|there| there.playbook.policy.gap.hours = 0),
        (Block::Schedule, &|there| there.playbook.policy.quiet.hours = 0),
        (Block::Limits(Outcome::Shown), &|there| there.playbook.nudges[0].schedule = None),
        (Block::Limits(Outcome::Dismissed), &|there| {
            there.playbook.nudges[0].limits.retain(|(outcome, _)| *outcome != Outcome::Shown)
        }),
        (Block::When, &|there| there.playbook.nudges[0].limits.clear()),
        (Block::Killed, &|there| there.playbook.nudges[0].when = ripen::engine::Condition::ALWAYS),
    ];
    for (wanted, take_away) in policies {
        take_away(&mut there);
        assert_eq!(seen(&there, &here(&next_session)), Some(wanted));
    }
    let revived = |here: &mut Surroundings| {
        next_session(here);
        here.killed = ripen::engine::Value::List(vec![ripen::engine::Value::Text("another".into())]);
    };
    assert_eq!(seen(&there, &here(&revived)), Some(Block::Anchor));
    let anchored = |here: &mut Surroundings| {
        revived(here);
        here.without_anchor = Value::default();
    };
    assert_eq!(seen(&there, &here(&anchored)), Some(Block::Slot));
}
