//! Who may have one workflow run another.

use pulse_tests::world::step_of;
use serde_json::json;

use super::{apply, calling, gated, world};

#[tokio::test]
async fn an_inner_one_is_run_only_for_who_may_run_it_when_its_turn_comes() {
    let world = world().await;
    let mut inner = json!({"steps": [{"id": "say", "command": "true", "targets": ["web-1"]}]});
    apply(&world, "inner", &inner).await;
    let outer = json!({"steps": [
        {"id": "first", "command": gated(&world), "targets": ["web-1"]},
        {"id": "sub", "workflow": "inner"},
    ]});
    apply(&world, "outer", &outer).await;
    let body = json!({"name": "cook", "role": "operator", "groups": ["cooks"]});
    let token = world.admin().post("/tokens", &body).await.is(201);
    let cook = world.anonymous().with(token["token"].as_str().unwrap());
    let body = json!({"workflow": "outer"});
    let started = cook.post("/executions", &body).await.is(201);
    let number = started["number"].as_i64().unwrap();
    world.step_is(number, "first", "running").await;

    inner["permissions"] = json!({"run": ["ops"]});
    apply(&world, "inner", &inner).await;
    world.write("gate", "");
    let execution = world.ended(number).await;
    let again = cook.post("/executions", &body).await;

    let step = step_of(&execution, "sub");
    assert_eq!(
        (&step["status"], &step["reason"]),
        (&json!("failed"), &json!("forbidden"))
    );
    assert!(step["call"]["execution"].is_null(), "{step}");
    let problem = again.problem(403, "forbidden");
    assert!(
        problem["detail"].as_str().unwrap().contains("runs inner"),
        "{problem}"
    );
    let trail = world
        .admin()
        .get("/audit?action=execution.call_refused")
        .await
        .is(200);
    assert_eq!(trail["items"][0]["actor"], started["started_by"], "{trail}");
}

#[tokio::test]
async fn what_is_refused_two_levels_down_is_told_and_noted_as_refused() {
    let world = world().await;
    let mut inner = json!({"steps": [{"id": "say", "command": "true", "targets": ["web-1"]}]});
    apply(&world, "inner", &inner).await;
    apply(&world, "mid", &calling("inner", &json!({}))).await;
    let outer = json!({"steps": [
        {"id": "first", "command": gated(&world), "targets": ["web-1"]},
        {"id": "below", "workflow": "mid"},
    ]});
    apply(&world, "outer", &outer).await;
    let body = json!({"name": "cook", "role": "operator", "groups": ["cooks"]});
    let token = world.admin().post("/tokens", &body).await.is(201);
    let cook = world.anonymous().with(token["token"].as_str().unwrap());
    let body = json!({"workflow": "outer"});
    let started = cook.post("/executions", &body).await.is(201);
    let number = started["number"].as_i64().unwrap();
    world.step_is(number, "first", "running").await;

    inner["permissions"] = json!({"run": ["ops"]});
    apply(&world, "inner", &inner).await;
    world.write("gate", "");
    let execution = world.ended(number).await;

    let step = step_of(&execution, "below");
    assert_eq!(step["reason"], "forbidden", "{step}");
    let detail = step["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("mid, step \"sub\": ") && detail.contains("may not run inner"),
        "{detail}"
    );
    let trail = world
        .admin()
        .get("/audit?action=execution.call_refused")
        .await
        .is(200);
    assert_eq!(trail["items"][0]["detail"]["workflow"], "mid", "{trail}");
}
