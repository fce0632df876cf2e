//! `GET /v1/health/delivery` and `ripen-collector health`.

use axum::body::Body;
use axum::http::{Method, Request};
use ripen_collector::access::Kind;
use serde_json::{Value, json};

use crate::support::{Doors, Process, new_folder, sequenced, track};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// Page and collector are released together, under one number.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What our page sends: two of its three events have arrived, one call was none.
fn ours(sent: Option<&str>) -> Value {
    let streams =
        json!([{"stream": "s", "taken": 4, "dropped": {"queue_full": 1}, "untaken": {"bad_name": 2}}]);
    json!({
        "writeKey": "key", "sentAt": sent, "streams": streams,
        "context": {"library": {"name": "ripen", "version": VERSION}},
        "batch": [sequenced("s", 0), sequenced("s", 2), {"type": "track", "messageId": "bad"}],
    })
}

async fn send(doors: &Doors, body: Value) {
    let request = Request::post("/v1/batch").header("user-agent", FIREFOX);
    let answer = doors.ask(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status.as_u16(), 200);
}

#[tokio::test]
async fn c05_what_came_by_what_and_what_did_not_is_told_by_day() {
    let doors = Doors::open();
    // Ten seconds and something before the clock of the tests.
    send(&doors, ours(Some("2023-11-14T22:13:05.000Z"))).await;
    send(&doors, ours(None)).await;
    let mut leaving = ours(Some("2023-11-14T22:13:20.000Z"));
    leaving["streams"].as_array_mut().unwrap().push(json!({"way": "keepalive"}));
    send(&doors, leaving).await;
    let foreign = json!({"writeKey": "key", "batch": [track("f1")]});
    send(&doors, foreign).await;
    let read = doors.token("key", Kind::Read);
    let health = doors.asked(Method::GET, "/v1/health/delivery", &read, Value::Null).await.json();
    assert_eq!(health["since"], json!("2023-10-15"));
    let firefox = json!({"library": "ripen", "version": VERSION, "browser": "Firefox", "browserMajor": 128});
    let with = |base: &Value, more: Value| {
        let mut all = base.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let requests = json!([
        {
            "day": "2023-11-14", "library": "", "version": "", "browser": "Firefox", "browserMajor": 128,
            "transport": "foreign", "requests": 1, "accepted": 1, "duplicates": 0, "lateness": {"future": 1},
        },
        with(&firefox, json!({
            "day": "2023-11-14", "transport": "deferred", "requests": 1, "accepted": 0, "duplicates": 2,
            "rejected": {"no_person": 1},
        })),
        with(&firefox, json!({
            "day": "2023-11-14", "transport": "fetch", "requests": 1, "accepted": 2, "duplicates": 0,
            "rejected": {"no_person": 1}, "lateness": {"future": 2}, "skew": {"-10s": 1},
        })),
        with(&firefox, json!({
            "day": "2023-11-14", "transport": "keepalive", "requests": 1, "accepted": 0, "duplicates": 2,
            "rejected": {"no_person": 1}, "skew": {"10s": 1},
        })),
    ]);
    assert_eq!(health["requests"], requests);
    let pages = with(
        &firefox,
        json!({
            "day": "2023-11-14", "streams": 1, "taken": 4, "arrived": 2, "missing": 1,
            "dropped": {"queue_full": 1}, "untaken": {"bad_name": 2},
        }),
    );
    assert_eq!(health["pages"], json!([pages]));
    let later = doors.asked(Method::GET, "/v1/health/delivery?since=2023-11-15", &read, Value::Null).await;
    assert_eq!(later.json(), json!({"since": "2023-11-15", "requests": [], "pages": []}));
    let other = doors.token("other", Kind::Read);
    let others = doors.asked(Method::GET, "/v1/health/delivery", &other, Value::Null).await.json();
    assert_eq!((&others["requests"], &others["pages"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn delivery_is_told_to_who_may_read_and_for_days_that_are() {
    let doors = Doors::open();
    assert_eq!(doors.get("/v1/health/delivery").await.status.as_u16(), 401);
    let read = doors.token("key", Kind::Read);
    for since in ["yesterday", "2023-02-30", "1700000000"] {
        let path = format!("/v1/health/delivery?since={since}");
        let refused = doors.asked(Method::GET, &path, &read, Value::Null).await;
        assert_eq!(refused.status.as_u16(), 400, "{since}");
    }
}

#[test]
fn c05_the_command_line_shows_it_as_tables() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    assert_eq!(process.post(&ours(None).to_string()).unwrap().0, 200);
    let run = |arguments: &[&str]| {
        let output = Process::command(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let table = run(&["health"]);
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["day", "by", "way", "requests", "accepted", "duplicates", "rejected", "lateness"]);
    assert_eq!(rows[1][1..], ["ripen", VERSION, "deferred", "1", "2", "0", "no_person", "1", "more", "2"]);
    assert_eq!(rows[4][1..], ["ripen", VERSION, "1", "4", "2", "1", "queue_full", "1", "bad_name", "2"]);
    let json: Value = serde_json::from_str(&run(&["health", "--json", "--since", "2024-01-01"])).unwrap();
    assert_eq!(json["pages"][0]["missing"], json!(1));
}

/// Of all lines of a metric, its value.
fn values(told: &str, name: &str) -> Vec<(String, f64)> {
    let of = |line: &str| {
        let (labels, value) = line.strip_prefix(name)?.rsplit_once(' ')?;
        labels.starts_with('{').then(|| (labels.to_owned(), value.parse().unwrap()))
    };
    told.lines().filter_map(of).collect()
}

#[tokio::test]
async fn c05_prometheus_is_told_by_library_browser_and_way_and_nobody_makes_up_labels() {
    let doors = Doors::open();
    send(&doors, ours(Some("2023-11-14T22:13:05.000Z"))).await;
    for made_up in ["one", "two", "three"] {
        let mut body = ours(Some("2023-11-14T22:13:20.000Z"));
        body["context"]["library"] = json!({"name": made_up, "version": made_up});
        body["batch"] = json!([track(made_up)]);
        body["streams"] = json!([{"stream": made_up, "taken": 2}]);
        send(&doors, body).await;
    }
    let told = doors.metrics().await;
    let firefox = format!(r#"library="ripen",version="{VERSION}",browser="Firefox""#);
    let other = r#"library="other",version="none",browser="Firefox""#;
    for line in [
        format!(r#"ripen_events_total{{outcome="accepted",transport="fetch",{firefox}}} 2"#),
        format!(r#"ripen_events_total{{outcome="accepted",transport="foreign",{other}}} 3"#),
        format!(r#"ripen_page_events{{tenant="1",state="missing",{firefox}}} 1"#),
        format!(r#"ripen_page_events{{tenant="1",state="missing",{other}}} 6"#),
        format!(r#"ripen_page_events_dropped{{tenant="1",reason="queue_full",{firefox}}} 1"#),
        format!(r#"ripen_page_events_untaken{{tenant="1",reason="bad_name",{firefox}}} 2"#),
        format!(r#"ripen_clock_skew_seconds_sum{{direction="behind",{firefox}}} 15.0"#),
        // They say that they happened after their receipt.
        format!(r#"ripen_events_ahead_total{{transport="fetch",{firefox}}} 2"#),
    ] {
        assert!(told.lines().any(|found| found == line), "{line} in\n{told}");
    }
    assert!(["one", "two", "three"].iter().all(|word| !told.contains(&format!("\"{word}\""))), "{told}");
}

#[tokio::test]
async fn a_sum_of_a_histogram_never_goes_down_whatever_the_clocks_of_clients_say() {
    let doors = Doors::open();
    let mut sums: Vec<(String, f64)> = Vec::new();
    let batches = [
        ("a", "2023-11-14T22:13:05.000Z", "2024-01-01T10:00:00.000Z"),
        ("b", "2023-11-14T23:00:00.000Z", "2023-11-14T22:00:00.000Z"),
        ("c", "2023-11-13T22:13:05.000Z", "2025-01-01T10:00:00.000Z"),
    ];
    for (id, sent, happened) in batches {
        let mut event = track(id);
        event["timestamp"] = json!(happened);
        send(&doors, json!({"writeKey": "key", "sentAt": sent, "batch": [event]})).await;
        let told = doors.metrics().await;
        assert!(!told.contains("le=\"-"), "a class below zero has no sum: {told}");
        let now: Vec<_> = ["lateness", "clock_skew"]
            .iter()
            .flat_map(|name| values(&told, &format!("ripen_{name}_seconds_sum")))
            .collect();
        assert!(!now.is_empty() && now.iter().all(|(_, sum)| *sum >= 0.0), "{now:?}");
        for (labels, before) in &sums {
            assert!(now.iter().any(|(known, sum)| known == labels && sum >= before), "{labels}: {now:?}");
        }
        sums = now;
    }
    let told = doors.metrics().await;
    let counts = |name: &str| values(&told, name).iter().map(|(_, count)| *count).sum::<f64>();
    assert_eq!(counts("ripen_lateness_seconds_count"), 1.0);
    assert_eq!((counts("ripen_events_ahead_total"), counts("ripen_clock_skew_seconds_count")), (2.0, 3.0));
}
