//! By which names sensors are found, and by whom.

use pulse_tests::client::send;
use reqwest::Method;
use serde_json::json;

use super::{DEPLOY, SECRET, executions, gitea, push, with};

#[tokio::test]
async fn an_address_with_a_nul_or_with_more_behind_it_is_nobodys() {
    let long = "d".repeat(63);
    let world = with(&long, DEPLOY).await;
    let body = push("main", "bffeb746").to_string();
    let admin = world.admin();
    let channel = json!({"webhook": {"url": "http://127.0.0.1:9/"}, "on": ["failed"]});
    let path = format!("/notifications/channels/{long}");
    let put = admin.request(Method::PUT, &path).json(&channel);
    assert!(send(put).await.status < 300);

    for more in ["%00".to_owned(), "x".repeat(80)] {
        let path = format!("/hooks/{long}/webhook{more}");
        let named = send(gitea(&world, &path, (SECRET, &body))).await;
        let path = format!("/hooks/{long}{more}");
        let unnamed = send(gitea(&world, &path, (SECRET, &body))).await;
        for answer in [named, unnamed] {
            assert!([400, 401].contains(&answer.status), "{}", answer.text());
        }
        for path in [
            format!("/sensors/{long}.webhook{more}"),
            format!("/notifications/channels/{long}{more}"),
            format!("/workflows/{long}{more}"),
        ] {
            let answer = admin.get(&path).await;
            assert!([400, 404].contains(&answer.status), "{}", answer.text());
        }
    }
    let cut = format!("/sensors/{long}.webhook{}", "x".repeat(80));
    admin.get(&cut).await.problem(404, "not_found");
    let nul = admin.get(&format!("/sensors/{long}%00")).await;
    nul.problem(400, "malformed_request");
    assert_eq!(executions(&world).await, 0);
}

#[tokio::test]
async fn a_token_for_a_workflow_pauses_its_sensor_and_no_other() {
    let world = with("deploy", DEPLOY).await;
    world.admin().put("/workflows/other", DEPLOY).await.is(201);
    let token = json!({"name": "ci", "role": "operator", "workflows": ["deploy"]});
    let token = world.admin().post("/tokens", &token).await.is(201);
    let ci = world.anonymous().with(token["token"].as_str().unwrap());

    let paused = ci.post("/sensors/deploy/pause", &json!({})).await.is(200);
    let resumed = ci.post("/sensors/deploy/resume", &json!({})).await.is(200);
    let foreign = ci.post("/sensors/other/pause", &json!({})).await;

    assert!(paused["paused_by"].is_string(), "{paused}");
    assert_eq!(resumed["paused_by"], json!(null));
    foreign.problem(404, "not_found");
}
