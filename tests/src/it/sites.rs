//! Which site a browser's call comes from, and where a browser is sent that has no session.

use pulse_tests::{World, client::send, nginx::SECRET};
use reqwest::Method;
use serde_json::json;

use super::sso::{LOGIN, proxied, trusting};

#[tokio::test]
async fn another_sites_page_changes_nothing_with_somebodys_session() {
    let world = trusting().await;
    let region = json!({"code": "fra", "name": "Frankfurt"});
    let post = |with: &[(&str, &str)]| {
        let request = proxied(&world, Method::POST, "/regions", "admin").json(&region);
        with.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        })
    };

    let older = [
        ("origin", "https://evil.example"),
        ("x-requested-with", "test"),
    ];
    send(post(&older)).await.problem(403, "forbidden");
    let foreign = [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    send(post(&foreign)).await.problem(403, "forbidden");
    let regions = world.admin().get("/regions").await.is(200);
    assert_eq!(regions["items"].as_array().unwrap().len(), 1);
    send(post(&[("sec-fetch-site", "same-origin")]))
        .await
        .is(201);
}

#[tokio::test]
async fn a_script_behind_the_proxy_needs_no_header_of_a_browser() {
    let world = trusting().await;
    let region = json!({"code": "fra", "name": "Frankfurt"});

    let request = proxied(&world, Method::POST, "/regions", "admin").json(&region);

    send(request).await.is(201);
}

#[tokio::test]
async fn a_browser_without_a_session_is_sent_to_sign_in() {
    let world = trusting().await;
    let page = world.anonymous().request(Method::GET, "/workers");

    let answer = send(page.header("accept", "text/html,*/*;q=0.8")).await;

    assert_eq!(answer.status, 302);
    assert_eq!(answer.headers["location"], LOGIN);
    world
        .anonymous()
        .get("/workers")
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn the_way_to_sign_in_says_where_somebody_wanted_to_go() {
    let world = World::with(&[
        ("PULSE__SSO__TRUSTED_PROXIES", "127.0.0.0/8"),
        ("PULSE__SSO__PROXY_SECRET", SECRET),
        (
            "PULSE__SSO__LOGIN_URL",
            "https://auth.example/?rd=https://pulse.example{path}",
        ),
    ])
    .await;
    let page = world
        .anonymous()
        .request(Method::GET, "/executions?status=failed");

    let answer = send(page.header("accept", "text/html")).await;

    assert_eq!(answer.status, 302);
    assert_eq!(
        answer.headers["location"],
        "https://auth.example/?rd=https://pulse.example/api/v1/executions%3Fstatus%3Dfailed"
    );
}

#[tokio::test]
async fn a_person_who_opens_the_root_comes_to_the_pages_for_people() {
    let world = trusting().await;
    let root = |groups: &'static str| {
        let request = world.anonymous().request_at(Method::GET, "/");
        let request = request.header("x-pulse-proxy-secret", SECRET);
        let request = request.header("Remote-User", "alice");
        request.header("Remote-Groups", groups)
    };

    let page = send(root("admin").header("accept", "text/html")).await;
    let script = send(root("admin")).await;

    assert_eq!(page.status, 302);
    assert_eq!(page.headers["location"], "/docs");
    script.problem(403, "forbidden");
}
