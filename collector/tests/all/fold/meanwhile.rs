//! While an account is folded again, since somebody of it was erased: others whose time comes are not kept waiting, whatever
//! waits for the account.

use ripen::replay::format_timestamp;
use ripen_collector::clock::Millis;
use ripen_collector::fold::Task;
use serde_json::{Value, json};

use super::generated::{HOUR, START, playbook};
use super::steps::Bench;

const COUNTS: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}}}"#;

fn event(id: &str, hour: i64, who: &str, account: Option<&str>) -> Value {
    json!({"type": "track", "event": "a", "messageId": id, "userId": who,
        "timestamp": format_timestamp(Millis(START + hour * HOUR)), "context": {"groupId": account}})
}

fn counted(bench: &mut Bench, who: &str) -> Value {
    let at = bench.now;
    let lines: Vec<Value> = bench.lines(at).iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines
        .iter()
        .find(|line| line["person"] == json!(who))
        .map_or(Value::Null, |line| line["signals"]["n"].clone())
}

#[test]
fn c43_whose_time_comes_while_others_are_folded_again_is_folded_then() {
    for (size, forgets) in [(100, false), (3, false), (1, true)] {
        let mut bench = Bench::open(COUNTS);
        let of_acme =
            |number: i64, hour| event(&format!("m{number}"), hour, &format!("u{}", number % 9), Some("acme"));
        bench.append(&(0..40).map(|number| of_acme(number, number)).collect::<Vec<_>>());
        // Clocks that are ahead: of the account, of somebody who is alone, and of somebody who joins the account by it.
        bench.append(&[
            of_acme(40, 60),
            event("dan", 60, "dan", None),
            event("eve", 60, "eve", Some("acme")),
            event("late", 90, "dan", None),
        ]);
        bench.now = Millis(START + 50 * HOUR);
        bench.steps(Task::Events(100));
        bench.erase("u0");
        assert!(bench.step(Task::Events(2)) && bench.is_folding_again());
        // All of this waits for the account, and is older than what waits for its time.
        bench.append(&(50..80).map(|number| of_acme(number, 51)).collect::<Vec<_>>());
        bench.now = Millis(START + 70 * HOUR);
        let mut steps = 0;
        while bench.step(Task::Others(size)) {
            steps += 1;
            assert!(steps < 100, "what is held is looked at once, not again and again");
            if forgets {
                bench.restart();
            }
        }
        assert!(bench.is_folding_again());
        assert_eq!(counted(&mut bench, "dan"), json!(1), "{size}");
        assert_eq!(counted(&mut bench, "eve"), Value::Null, "with all of the account, or not at all");
        while bench.is_folding_again() {
            assert!(bench.step(Task::Events(7)));
        }
        bench.steps(Task::Events(7));
        assert_eq!((counted(&mut bench, "dan"), counted(&mut bench, "eve")), (json!(1), json!(1)));
        let at = bench.now;
        assert_eq!(bench.lines(at), bench.replayed(&playbook(COUNTS), at), "{size}");
        bench.now = Millis(START + 90 * HOUR);
        bench.steps(Task::Events(7));
        assert_eq!(counted(&mut bench, "dan"), json!(2), "what is still to come goes on waiting");
    }
}

#[test]
fn c43_time_passes_for_others_while_an_account_is_folded_again_and_for_nobody_of_it() {
    const RESTS: &str = r#"{"activity": "*", "signals": {"n": {"count": "a"}, "calm": {"since": "a"}},
        "moments": {"rest": {"when": {"signals.calm": {"$gte": "5h"}}, "motion": "sales"}}}"#;
    for forgets in [false, true] {
        let mut bench = Bench::open(RESTS);
        let of_acme = |number: i64| {
            event(&format!("m{number}"), number / 10, &format!("u{}", number % 9), Some("acme"))
        };
        bench.append(&(0..40).map(of_acme).collect::<Vec<_>>());
        bench.append(&[event("dan", 4, "dan", None)]);
        bench.now = Millis(START + 5 * HOUR);
        bench.steps(Task::Events(100));
        bench.steps(Task::Time);
        assert_eq!(bench.reports().len(), 0);
        bench.erase("u0");
        assert!(bench.step(Task::Events(20)) && bench.is_folding_again());
        if forgets {
            bench.restart();
        }
        bench.now = Millis(START + 20 * HOUR);
        assert!(bench.step(Task::Time) && !bench.step(Task::Time));
        let told = |bench: &mut Bench| -> Vec<String> {
            bench.reports().into_iter().map(|report| report.subject).collect()
        };
        assert_eq!(told(&mut bench), ["dan"], "{forgets}");
        while bench.is_folding_again() {
            assert!(bench.step(Task::Events(7)));
        }
        bench.now = Millis(START + 21 * HOUR);
        bench.steps(Task::Time);
        let mut all = told(&mut bench);
        all.sort();
        assert_eq!(all, ["dan", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"], "once each");
    }
}

/// What waited for an account is nobody's concern once that is folded, though another one is folded again by then.
#[test]
fn c43_what_waited_for_one_account_does_not_wait_for_the_next_one() {
    let mut bench = Bench::open(COUNTS);
    for (account, who) in [("acme", "u"), ("zoo", "z")] {
        let of = |number: i64| {
            event(&format!("{who}{number}"), number, &format!("{who}{}", number % 3), Some(account))
        };
        bench.append(&(0..20).map(of).collect::<Vec<_>>());
    }
    bench.now = Millis(START + 30 * HOUR);
    bench.steps(Task::Events(100));
    bench.erase("u0");
    bench.append(&[event("held", 29, "u1", Some("acme"))]);
    bench.steps(Task::Others(100));
    while bench.is_folding_again() {
        assert!(bench.step(Task::Events(7)));
    }
    assert_eq!(counted(&mut bench, "u1"), json!(7), "it waits for the next step");
    bench.erase("z0");
    assert!(bench.step(Task::Events(2)) && bench.is_folding_again());
    bench.steps(Task::Others(100));
    assert_eq!(counted(&mut bench, "u1"), json!(8));
    bench.steps(Task::Events(100));
    let at = bench.now;
    assert_eq!(bench.lines(at), bench.replayed(&playbook(COUNTS), at));
}
