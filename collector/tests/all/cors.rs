//! What a page is allowed to see of an answer.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request};
use ripen_collector::clock::{Clock, Millis};

use crate::support::{Answer, Doors, FaultyStore, FixedClock, Process, batch_of, http_head, new_folder};

fn is_for_pages(answer: &Answer) -> bool {
    let exposed = answer.header("access-control-expose-headers").to_ascii_lowercase();
    answer.header("access-control-allow-origin") == "*"
        && answer.header("access-control-allow-credentials").is_empty()
        && ["date", "retry-after"].iter().all(|name| exposed.split(',').any(|shown| shown.trim() == *name))
}

#[tokio::test]
async fn c11_c18_a_page_may_read_every_answer_with_its_date_and_when_to_come_back() {
    let doors = Doors::open();
    let forget = r#"{"writeKey":"key","userId":"u"}"#;
    let answers = [
        (200, doors.post(batch_of(["m"])).await),
        (400, doors.post("nonsense").await),
        (401, doors.post(batch_of(["m"]).replace("\"key\"", "\"stranger\"")).await),
        (413, doors.post(" ".repeat(600_000)).await),
        (202, doors.post_to("/v1/forget", forget).await),
        (400, doors.post_to("/v1/forget", "{}").await),
        (200, doors.get("/v1/playbook/key").await),
        (404, doors.get("/v1/playbook/stranger").await),
        (404, doors.get("/v1/nothing").await),
        (405, doors.method(Method::PUT, "/v1/batch").await),
        (200, doors.get("/v1/health").await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status, status);
        assert!(is_for_pages(&answer), "{status}: {:?}", answer.headers);
    }
}

struct BrokenClock;

impl Clock for BrokenClock {
    fn now(&self) -> Millis {
        panic!("as a test wants it");
    }
}

#[tokio::test]
async fn c11_a_page_may_read_that_the_collector_has_trouble() {
    let store = FaultyStore::default();
    let full = Doors::before(store.clone(), 16, Arc::new(FixedClock));
    store.fail(true);
    for answer in [
        full.post(batch_of(["m"])).await,
        full.post_to("/v1/forget", r#"{"writeKey":"key","userId":"u"}"#).await,
    ] {
        assert_eq!(answer.refusal(), (503, "not_stored".to_owned()));
        assert_eq!(answer.header("retry-after"), "2");
        assert!(is_for_pages(&answer), "{:?}", answer.headers);
    }
    let broken = Doors::before(FaultyStore::default(), 16, Arc::new(BrokenClock));
    let answer = broken.post(batch_of(["m"])).await;
    assert_eq!(answer.refusal(), (500, "internal_error".to_owned()));
    assert!(is_for_pages(&answer), "{:?}", answer.headers);
}

#[tokio::test]
async fn c02_a_request_that_needs_a_preflight_gets_one_and_need_not_ask_again_for_a_day() {
    let doors = Doors::open();
    for path in ["/v1/batch", "/v1/forget", "/v1/playbook/key"] {
        let preflight = Request::options(path)
            .header("origin", "https://app.example.com")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-encoding,content-type");
        let answer = doors.ask(preflight.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("access-control-max-age"), "86400");
        assert!(answer.header("access-control-allow-methods").contains("POST"));
        let headers = answer.header("access-control-allow-headers");
        for name in ["authorization", "content-encoding", "content-type"] {
            assert!(headers.contains(name), "{name} in {headers}");
        }
    }
}

#[test]
fn c18_every_answer_tells_the_time() {
    let folder = new_folder();
    let process = Process::start(folder.path());
    let forget = r#"{"writeKey":"key","userId":"u"}"#;
    let batch = batch_of(["m"]);
    for (method, path, body, status) in [
        ("POST", "/v1/batch", batch.as_str(), 200),
        ("POST", "/v1/batch", "nonsense", 400),
        ("POST", "/v1/forget", forget, 202),
        ("PUT", "/v1/batch", "", 405),
        ("GET", "/v1/playbook/key", "", 200),
        ("GET", "/v1/nothing", "", 404),
        ("OPTIONS", "/v1/batch", "", 200),
    ] {
        let head = http_head(&process.address, method, path, body).unwrap().to_ascii_lowercase();
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
        let date = head.lines().find_map(|line| line.strip_prefix("date: "));
        assert!(date.is_some_and(|date| date.ends_with(" gmt")), "{head}");
    }
}
