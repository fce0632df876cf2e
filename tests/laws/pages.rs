//! What pages load decides as the whole playbook does, and shows the same, whatever account view the collector gives.

use ripen::engine::{
    AccountView, Event, Millis, Occasion, Person, Playbook, Scope, Surroundings, Turn, Who, decide, fired,
};
use ripen::fold::World;
use ripen::playbook::{ForPages, compile, for_pages};
use ripen::replay::Recording;
use serde_json::{Value as Json, json};

/// A generator of no quality, and always the same.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.throw(of.len() as u64) as usize].clone()
    }
}

/// What of an account a person's condition could ask: each is legal in the playbook below.
fn asked(dice: &mut Dice) -> Json {
    let number = dice.throw(4);
    let any = [
        json!({"signals.team_count": {"$gte": number}}),
        json!({"signals.team_since": {"$lt": format!("{}h", number + 2)}}),
        json!({"signals.renewal": {"$lte": format!("{}d", number * 5 + 1)}}),
        json!({"signals.team_last": {"$exists": true}}),
        json!({"signals.active": {"$gte": number}}),
        json!({"signals.rate": {"$gt": 0.4}}),
        json!({"signals.mixed": {"$gt": 0.3}}),
        json!({"segments": {"$in": ["busy_team", "small_team"]}}),
        json!({"segments": {"$nin": ["paying"]}}),
        json!({"scores.health": {"$gte": number * 10}}),
        json!({"bands.health": "B"}),
        json!({"stages.account": {"$atLeast": "team"}}),
        json!({"reached.account.team": {"$gte": "5h"}}),
        json!({"moments": {"$in": ["expands", "slips"]}}),
        json!({"account.plan": "pro"}),
        json!({"signals.mine": {"$gte": number}}),
        json!({"stages.journey": {"$atLeast": "set_up"}}),
    ];
    match dice.throw(5) {
        0 => json!({"$or": [dice.one(&any), dice.one(&any)]}),
        1 => json!({"$not": dice.one(&any)}),
        2 => json!({"$and": [dice.one(&any), dice.one(&any)]}),
        _ => dice.one(&any),
    }
}

/// A playbook with all that there is for accounts; what persons ask of it is left to chance.
fn generated(dice: &mut Dice) -> String {
    let mut segments = json!({
        "busy_team": {"scope": "account", "when": {"signals.team_count": {"$gte": 3}}},
        "paying": {"scope": "account", "when": {"account.plan": {"$in": ["pro", "team"]}}},
        "small_team": {"scope": "account", "when": {"signals.active": {"$lt": 2}}},
    });
    let mut moments = json!({
        "expands": {"scope": "account", "when": {"segments": {"$in": ["busy_team"]}}, "motion": "sales", "qualifies": "eqa"},
        "slips": {"scope": "account", "when": {"signals.team_since": {"$gte": "8h"}}, "motion": "sales", "qualifies": "churn_risk", "cooldown": "1h"},
        "secret_sauce": {"scope": "account", "when": {"signals.only_for_sales": {"$gte": 2}}, "motion": "sales"},
    });
    let mut nudges = json!({});
    for index in 0..3 {
        // The conditions of segments may not ask for what is defined later.
        let mut when = asked(dice);
        while ["scores", "bands", "stages", "reached", "moments"]
            .iter()
            .any(|late| when.to_string().contains(late))
        {
            when = asked(dice);
        }
        segments[format!("own_{index}")] = json!({"when": when});
    }
    for index in 0..2 {
        moments[format!("ripe_{index}")] =
            json!({"when": asked(dice), "motion": "self_serve", "cooldown": "2h"});
    }
    for index in 0..4 {
        let on = match dice.throw(4) {
            0 => json!({"moment": dice.one(&["expands", "slips", "ripe_0"])}),
            1 => json!({"event": "a"}),
            2 => json!("load"),
            _ => json!({"event": "*"}),
        };
        let mut nudge = json!({
            "purpose": dice.one(&["help", "adopt"]), "on": on, "when": asked(dice),
            "placement": {"kind": "banner"}, "content": {"en": {"title": "t"}},
            "limits": {"shown": {"at_most": 3, "per": null}},
        });
        nudge["limits"] = json!({"shown": {"at_most": 3, "within": "2d"}});
        match dice.throw(3) {
            0 => nudge["moment"] = json!(dice.one(&["expands", "slips", "ripe_1"])),
            1 => nudge["goal"] = json!({"when": asked(dice), "within": "3d"}),
            _ => {}
        }
        nudges[format!("nudge_{index}")] = nudge;
    }
    let never = asked(dice);
    json!({
        "signals": {
            "mine": {"count": "a"},
            "team_count": {"count": ["a", "b"], "scope": "account", "within": "6h"},
            "only_for_sales": {"count": "quote_requested", "scope": "account"},
            "team_since": {"since": "b", "scope": "account"},
            "renewal": {"until": "account.renews", "scope": "account"},
            "team_last": {"last": "size", "of": "a", "scope": "account"},
            "active": {"members": {"signals.mine": {"$gte": 1}}, "scope": "account"},
            "rich": {"members": {"scores.fit": {"$gte": 5}}, "scope": "account"},
            "rate": {"ratio": ["team_count", "only_for_sales"], "scope": "account"},
            "mixed": {"ratio": ["mine", "team_count"]},
        },
        "segments": segments,
        "scores": {
            "fit": {"points": [{"when": asked_of_signals(dice), "add": 7}], "bands": {"A": 5}},
            "health": {"scope": "account", "bands": {"B": 10, "A": 20}, "points": [
                {"when": {"signals.team_count": {"$gte": 2}}, "add": 12}, {"when": {"segments": {"$in": ["paying"]}}, "add": 9},
            ]},
            "lead_score": {"scope": "account", "bands": {"hot": 1}, "points": [{"when": {"signals.rich": {"$gte": 1}}, "add": 3}]},
        },
        "ladders": {
            "account": {"scope": "account", "rungs": [
                {"id": "individual"}, {"id": "team", "when": {"signals.active": {"$gte": 2}}},
                {"id": "enterprise", "when": {"signals.rich": {"$gte": 2}}, "keep": false},
            ]},
            "journey": {"rungs": [{"id": "new"}, {"id": "set_up", "when": {"signals.mine": {"$gte": 2}}}]},
        },
        "moments": moments,
        "nudges": nudges,
        "policy": {"help_first": false, "per_session": 100, "gap": "1h", "quiet": "1h", "holdout": 0,
            "never": [{"purpose": ["adopt"], "when": never}]},
    })
    .to_string()
}

fn asked_of_signals(dice: &mut Dice) -> Json {
    json!({"signals.team_count": {"$gte": dice.throw(4)}})
}

/// Usage of a few people in two accounts: names, traits, changes of account, what became of nudges.
fn usage(dice: &mut Dice) -> Vec<Event> {
    let mut now = 1_700_000_000_000;
    let mut lines = String::new();
    for index in 0..70 {
        now += (dice.throw(9_000_000) + 1) as i64;
        let person = dice.one(&["ann", "bob", "cy", "di"]);
        let account = if person == "di" { dice.one(&["acme", "globex"]) } else { "acme" };
        let mut event = json!({"messageId": format!("m{index}"), "userId": person, "timestamp": ripen::replay::format_timestamp(Millis(now))});
        match dice.throw(8) {
            0 => {
                event["type"] = json!("group");
                event["groupId"] = json!(account);
                event["traits"] = json!({"plan": dice.one(&["free", "pro", "team"]), "renews": "2023-11-20"});
            }
            1 => {
                event["type"] = json!("track");
                event["event"] = json!("$nudge_shown");
                event["properties"] = json!({"nudge": format!("nudge_{}", dice.throw(4))});
                event["context"] = json!({"groupId": account});
            }
            _ => {
                event["type"] = json!("track");
                event["event"] = json!(dice.one(&["a", "a", "b", "c", "quote_requested"]));
                event["properties"] = json!({"size": dice.throw(6)});
                event["context"] = json!({"groupId": account});
            }
        }
        lines.push_str(&format!("{event}\n"));
    }
    let mut recording = Recording::default();
    recording.push(lines.as_bytes());
    recording.finish()
}

/// All that a view shows, by name; of accounts only what pages are told.
fn view(
    playbook: &Playbook,
    pages: &ForPages,
    person: &Person,
    account: Option<&AccountView>,
    now: Millis,
) -> Vec<String> {
    let sight = person.sight(playbook, account, now);
    let mut shown = Vec::new();
    for scope in [Scope::Person, Scope::Account] {
        let known = |all: Vec<&str>, told: Vec<&str>| -> Vec<(u16, String)> {
            let all = all.into_iter().zip(0..).map(|(name, index)| (index, name.to_owned()));
            all.filter(|(_, name)| scope == Scope::Person || told.contains(&name.as_str())).collect()
        };
        let (of, told) = (playbook.of(scope), pages.playbook.of(scope));
        let names =
            |list: &[ripen::engine::Signal]| list.iter().map(|each| each.name.clone()).collect::<Vec<_>>();
        let (here, there) = (names(&of.signals), names(&told.signals));
        for (index, name) in
            known(here.iter().map(String::as_str).collect(), there.iter().map(String::as_str).collect())
        {
            shown.push(format!("{name} {:?}", sight.signal(scope, index).scalar()));
        }
        for (index, name) in known(
            of.segments.iter().map(|each| each.id.as_str()).collect(),
            told.segments.iter().map(|each| each.id.as_str()).collect(),
        ) {
            let written = of.segments[usize::from(index)].written;
            shown.push(format!("{name} {written} {}", sight.segment(scope, index)));
        }
        for (index, name) in known(
            of.scores.iter().map(|each| each.id.as_str()).collect(),
            told.scores.iter().map(|each| each.id.as_str()).collect(),
        ) {
            shown.push(format!("{name} {:?} {:?}", sight.score(scope, index), sight.band(scope, index)));
        }
        for (index, name) in known(
            of.ladders.iter().map(|each| each.id.as_str()).collect(),
            told.ladders.iter().map(|each| each.id.as_str()).collect(),
        ) {
            shown.push(format!("{name} {:?}", sight.stage(scope, index)));
        }
        for (index, name) in known(
            of.moments.iter().map(|each| each.id.as_str()).collect(),
            told.moments.iter().map(|each| each.id.as_str()).collect(),
        ) {
            shown.push(format!("{name} {}", sight.moment(scope, index)));
        }
    }
    shown.sort();
    shown
}

/// One person, folded by the whole playbook and by the one for pages.
struct Twice {
    whole: Person,
    page: Person,
}

#[derive(Default)]
struct Seen {
    views: usize,
    accounts: usize,
    decisions: usize,
    won: usize,
    changes: usize,
}

fn compare(text: &str, events: &[Event], seen: &mut Seen) {
    let whole = compile(text).map_err(|problems| format!("{} in {text}", problems[0])).unwrap().playbook;
    let pages = for_pages(&whole);
    assert_eq!(Playbook::from_bytes(&pages.bytes).unwrap(), pages.playbook);
    let mut world = World::new(&whole);
    let mut people: Vec<(String, Twice)> = Vec::new();
    for event in events {
        let id = event.person();
        world.fold(id, event);
        if !people.iter().any(|(known, _)| known == id) {
            people.push((
                id.to_owned(),
                Twice { whole: Person::new(&whole), page: Person::new(&pages.playbook) },
            ));
        }
        let (_, twice) = people.iter_mut().find(|(known, _)| known == id).unwrap();
        let account = twice.whole.account_of(event).map(str::to_owned);
        let given = account.and_then(|id| {
            world.accounts().find(|(known, _)| *known == id).map(|(_, account)| account.view().clone())
        });
        let told = given.as_ref().map(|view| view.only(&pages.account));
        twice.whole.fold(&whole, event);
        twice.page.fold(&pages.playbook, event);
        let now = event.time;
        let mut changes = twice.whole.advance(&whole, given.as_ref(), now);
        changes.extend(twice.whole.evaluate(&whole, given.as_ref(), now));
        let mut there = twice.page.advance(&pages.playbook, told.as_ref(), now);
        there.extend(twice.page.evaluate(&pages.playbook, told.as_ref(), now));
        assert_eq!(there, changes, "{text}");
        assert_eq!(twice.page.next_change(&pages.playbook), twice.whole.next_change(&whole), "{text}");
        let views = [
            view(&whole, &pages, &twice.whole, given.as_ref(), now),
            view(&pages.playbook, &pages, &twice.page, told.as_ref(), now),
        ];
        assert_eq!(views[0], views[1], "{text}");
        let mut fired = fired(&changes, now);
        // As if each moment of the account had fired: an edge of its own.
        for (moment, index) in whole.account.moments.iter().zip(0..) {
            if pages.playbook.account.moments.iter().any(|known| known.id == moment.id) {
                fired.push((Scope::Account, index));
            }
        }
        let renumbered: Vec<_> = fired
            .iter()
            .map(|(scope, index)| match scope {
                Scope::Person => (*scope, *index),
                Scope::Account => {
                    (*scope, pages.account.moments.iter().position(|old| old == index).unwrap() as u16)
                }
            })
            .collect();
        let here = Surroundings { session: Some("s".to_owned()), ..Surroundings::default() }.at(event);
        let decided = |playbook: &Playbook,
                       person: &Person,
                       account: Option<&AccountView>,
                       fired: &[(Scope, u16)]| {
            let occasion =
                Occasion { event: Some(event), load: true, page: Turn::Opens, fired, ..Occasion::default() };
            decide(playbook, Who { id, person, account }, &occasion, &here, now)
        };
        let decisions = [
            decided(&whole, &twice.whole, given.as_ref(), &fired),
            decided(&pages.playbook, &twice.page, told.as_ref(), &renumbered),
        ];
        assert_eq!(decisions[0], decisions[1], "{text}");
        seen.views += 1;
        seen.accounts += usize::from(views[0].iter().any(|line| line.starts_with("account Some")));
        seen.decisions += decisions.iter().flatten().count() / 2;
        seen.won += decisions[0].iter().filter(|decision| decision.won.is_some()).count();
        seen.changes += changes.len();
    }
}

#[test]
fn pages_decide_and_show_as_the_whole_playbook_does() {
    let mut dice = Dice(7);
    let mut seen = Seen::default();
    for _ in 0..150 {
        let text = generated(&mut dice);
        let events = usage(&mut dice);
        compare(&text, &events, &mut seen);
    }
    // That there was something to compare.
    assert!(seen.views > 9_000 && seen.accounts > 1_000, "{} {}", seen.views, seen.accounts);
    assert!(
        seen.decisions > 5_000 && seen.won > 1_000 && seen.changes > 3_000,
        "{} {} {}",
        seen.decisions,
        seen.won,
        seen.changes
    );
}

#[test]
fn the_vectors_of_the_semantics_are_seen_by_pages_as_by_the_whole_playbook() {
    let cases: Vec<Json> = serde_json::from_str(include_str!("../vectors/semantics/cases.json")).unwrap();
    let mut seen = Seen::default();
    for case in &cases {
        let mut recording = Recording::default();
        for event in case["events"].as_array().unwrap() {
            recording.push(event["raw"].as_str().map_or_else(|| event.to_string(), str::to_owned).as_bytes());
            recording.push(b"\n");
        }
        compare(&case["playbook"].to_string(), &recording.finish(), &mut seen);
    }
    assert!(cases.len() > 90 && seen.views > 500, "{} {}", cases.len(), seen.views);
}

#[test]
fn what_only_a_collector_needs_is_in_no_byte_of_it() {
    let text = json!({
        "signals": {
            "seats": {"count": "seat_added", "scope": "account", "within": "30d"},
            "quotes": {"count": {"event": "quote_requested", "where": {"amount": {"$gte": 48_000}}}, "scope": "account"},
            "engaged": {"members": {"user.seniority": "vice president"}, "scope": "account"},
            "mine": {"count": "report_exported"},
        },
        "segments": {
            "growing": {"scope": "account", "when": {"signals.seats": {"$gte": 5}}},
            "whale": {"scope": "account", "when": {"account.revenue": {"$gte": 1_000_000}}},
            "mine": {"when": {"segments": {"$in": ["growing"]}, "signals.mine": {"$gte": 1}}},
        },
        "scores": {"deal_size": {"scope": "account", "bands": {"strategic": 77}, "points": [{"when": {"signals.quotes": {"$gte": 1}}, "add": 77}]}},
        "moments": {"call_them": {"scope": "account", "when": {"bands.deal_size": "strategic"}, "motion": "sales", "qualifies": "pqa"}},
    });
    let whole = compile(&text.to_string()).unwrap();
    let pages = for_pages(&whole.playbook);
    let has = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    for word in
        ["quote_requested", "vice president", "whale", "deal_size", "strategic", "call_them", "seat_added"]
    {
        assert!(has(&whole.bytes, word), "{word}");
        assert!(!has(&pages.bytes, word), "{word}");
    }
    for word in ["growing", "mine", "report_exported"] {
        assert!(has(&pages.bytes, word), "{word}");
    }
    assert_ne!(pages.revision, whole.revision);
    assert!(pages.bytes.len() * 2 < whole.bytes.len(), "{} of {}", pages.bytes.len(), whole.bytes.len());
}

#[test]
fn where_nothing_is_left_out_it_is_the_same_playbook() {
    let whole = compile(include_str!("../../www/playbook.json")).unwrap();
    let pages = for_pages(&whole.playbook);
    assert_eq!((&pages.bytes, &pages.revision), (&whole.bytes, &whole.revision));
}

#[test]
fn a_snapshot_under_the_whole_playbook_goes_on_under_the_pages_one() {
    let mut dice = Dice(11);
    let text = generated(&mut dice);
    let whole = compile(&text).unwrap().playbook;
    let pages = for_pages(&whole);
    let events: Vec<Event> = usage(&mut dice).into_iter().filter(|event| event.person() == "ann").collect();
    let mut device = ripen::engine::Device::default();
    device.set_present("ann");
    events.iter().for_each(|event| drop(device.fold(&whole, event, None)));
    let snapshot = device.snapshot(&whole);
    let past = ripen::engine::Past { events: &[], is_whole: true };
    let restored = ripen::engine::Device::restore(&pages.playbook, &snapshot, past).unwrap();
    let now = events.last().unwrap().time;
    let (before, after) = (device.person().unwrap(), restored.person().unwrap());
    assert_eq!(view(&whole, &pages, before, None, now), view(&pages.playbook, &pages, after, None, now));
}
