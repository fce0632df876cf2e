//! `--www`.

use std::fs;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request};
use ripen_collector::fold::Reached;
use ripen_collector::housekeeping::Horizons;
use ripen_collector::metrics::Metrics;
use ripen_collector::readers::Readers;
use ripen_collector::tenants::Tenants;
use ripen_collector::writer::Writer;
use ripen_collector::{Denials, Deps, router};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::support::{FaultyStore, FixedClock};

struct Site {
    router: axum::Router,
    _folder: TempDir,
}

/// A site beside a file that it must not show.
fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let www = folder.path().join("www");
    fs::create_dir_all(www.join("assets")).unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    fs::write(www.join("index.html"), "<!doctype html>").unwrap();
    fs::create_dir_all(www.join(".git")).unwrap();
    fs::create_dir_all(www.join(".well-known")).unwrap();
    for hidden in [".env", ".git/config", "assets/.htpasswd"] {
        fs::write(www.join(hidden), "secret").unwrap();
    }
    fs::write(www.join(".well-known/security.txt"), "Contact: a@b").unwrap();
    fs::write(www.join("t"), "<!doctype html>").unwrap();
    fs::write(www.join("assets/app.js"), "export {}").unwrap();
    fs::write(www.join("assets/ripen.wasm"), "\0asm").unwrap();
    let store = FaultyStore::default();
    let readers = Readers::open(&store, 1).unwrap();
    let (writer, _) = Writer::start(Box::new(store), 4).unwrap();
    let clock = Arc::new(FixedClock);
    let deps = Deps {
        tenants: Tenants::default(),
        writer,
        readers,
        clock,
        denials: Denials::default(),
        horizons: Horizons::default(),
        metrics: Metrics::default(),
        reached: Reached::default(),
        www: Some(www),
    };
    Site { router: router(deps), _folder: folder }
}

impl Site {
    async fn ask(&self, request: axum::http::request::Builder) -> (u16, axum::http::HeaderMap) {
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        (response.status().as_u16(), response.headers().clone())
    }
}

#[tokio::test]
async fn files_have_their_types_and_are_asked_for_anew() {
    let site = site();
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/assets/app.js", "text/javascript"),
        ("/assets/ripen.wasm", "application/wasm"),
    ] {
        let (status, headers) = site.ask(Request::get(path)).await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, kind), "{path}");
        assert_eq!(headers["cache-control"], "no-cache", "{path}");
        let modified = headers["last-modified"].clone();
        let again = Request::get(path).header("if-modified-since", modified);
        assert_eq!(site.ask(again).await.0, 304, "{path}");
    }
}

#[tokio::test]
async fn c26_pages_run_under_a_strict_policy() {
    let site = site();
    let (_, headers) = site.ask(Request::get("/")).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{policy}");
    let (_, headers) = site.ask(Request::get("/assets/app.js")).await;
    assert!(!headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn there_is_no_way_out_of_the_folder() {
    let site = site();
    for path in [
        "/nothing",
        "/assets/nothing.js",
        "/../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/assets/../../secret",
        "/assets/%2e%2e/%2e%2e/secret",
        "/%2fetc/passwd",
        "/..%5csecret",
        "/index.html%00",
    ] {
        assert_eq!(site.ask(Request::get(path)).await.0, 404, "{path}");
    }
    assert_eq!(site.ask(Request::builder().method(Method::POST).uri("/index.html")).await.0, 405);
}

#[tokio::test]
async fn what_begins_with_a_dot_is_not_shown_and_no_path_is_a_failure() {
    let site = site();
    let long = format!("/{}", "a/".repeat(5_000));
    for path in ["/.env", "/.git/config", "/assets/.htpasswd", "/%2eenv", "/%2Egit/config", "/.git", &long] {
        assert_eq!(site.ask(Request::get(path)).await.0, 404, "{path}");
    }
    assert_eq!(site.ask(Request::get("/.well-known/security.txt")).await.0, 200);
}

#[tokio::test]
async fn the_doors_are_there_beside_the_files() {
    let site = site();
    assert_eq!(site.ask(Request::get("/v1/health")).await.0, 200);
    assert_eq!(site.ask(Request::get("/v1/nothing")).await.0, 404);
}

#[tokio::test]
async fn a_door_without_v1_takes_what_is_posted_and_leaves_the_site_its_files() {
    let site = site();
    let post = site.ask(Request::post("/track")).await;
    assert_eq!(
        (post.0, post.1["access-control-allow-origin"].to_str().unwrap()),
        (400, "*"),
        "an empty body"
    );
    let (status, headers) = site.ask(Request::get("/track")).await;
    assert_eq!((status, headers.contains_key("access-control-allow-origin")), (404, false));
    let (status, headers) = site.ask(Request::get("/t")).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "application/octet-stream"));
    assert_eq!(headers["cache-control"], "no-cache");
    assert_eq!(site.ask(Request::put("/t")).await.0, 405);
    assert_eq!(site.ask(Request::post("/assets/app.js")).await.0, 405);
}
