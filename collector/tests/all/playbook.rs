//! `GET /v1/playbook/{writeKey}`.

use axum::body::Body;
use axum::http::Request;

use crate::support::Doors;

#[tokio::test]
async fn a_playbook_is_served_by_write_key() {
    let doors = Doors::open();
    let answer = doors.get("/v1/playbook/key").await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (200, &b"compiled"[..]));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("etag"), "\"00000008\"");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(&doors.get("/v1/playbook/other").await.body[..], b"another one");
}

#[tokio::test]
async fn a_revision_that_the_page_has_is_not_sent_again() {
    let doors = Doors::open();
    let with = async |tags: &str| {
        let request = Request::get("/v1/playbook/key").header("if-none-match", tags);
        doors.ask(request.body(Body::empty()).unwrap()).await
    };
    for tags in ["\"00000008\"", "W/\"00000008\"", "\"old\", \"00000008\"", "*"] {
        let answer = with(tags).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0), "{tags}");
        assert_eq!(answer.header("etag"), "\"00000008\"");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    for tags in ["\"old\"", "00000008", ""] {
        assert_eq!(with(tags).await.status, 200, "{tags}");
    }
}

#[tokio::test]
async fn a_key_without_a_playbook_is_404() {
    let answer = Doors::open().get("/v1/playbook/stranger").await;
    assert_eq!(answer.refusal(), (404, "no_playbook".to_owned()));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}
