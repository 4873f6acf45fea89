//! Rollouts that somebody pauses.

use std::time::Duration;

use pulse_tests::{
    eventually::{PATIENCE, eventually_async, meanwhile},
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

use super::rollouts::{canary, fleet, workers};

const LIST: &str = "until test -e $GATE; do sleep 0.05; done";

/// A rollout over every host whose only command waits for a file.
fn gated(gate: &std::path::Path) -> Value {
    json!({"targets": ["all"], "steps": [
        {"id": "r", "rollout": {}, "steps": [
            {"id": "one", "command": LIST, "env": {"GATE": gate.display().to_string()}},
            {"id": "two", "command": "true"},
        ]},
    ]})
}

#[tokio::test]
async fn a_paused_rollout_ends_the_host_it_has_begun_and_begins_no_other() {
    let world = fleet(2).await;
    let gate = world.folder().join("gate");
    let number = world.run(&gated(&gate)).await;
    world.step_is(number, "r/one", "running").await;
    let path = format!("/executions/{number}");
    let paused = world
        .admin()
        .post(&format!("{path}/pause"), &json!({}))
        .await
        .is(200);
    assert_eq!(paused["paused_by"], paused["started_by"]);

    std::fs::write(&gate, "").unwrap();
    eventually_async("the end of the first host", PATIENCE, async || {
        let view = world.execution(number).await;
        let done = jobs_of(&view, "r/two")
            .iter()
            .any(|job| job["status"] == "succeeded");
        done.then_some(()).ok_or_else(|| view.to_string())
    })
    .await;
    assert_eq!(workers(&world.execution(number).await, "r/one"), ["web-1"]);
    world
        .admin()
        .post(&format!("{path}/resume"), &json!({}))
        .await
        .is(200);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(workers(&execution, "r/two"), ["web-1", "web-2"]);
}

#[tokio::test]
async fn a_paused_rollout_rests_no_longer_than_it_may_while_somebody_looks() {
    let world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {
            "health": {"runs": 1, "after": "first", "within": "3s"},
        }},
    ]});
    let number = world.run(&document).await;
    canary(&world, number).await;
    let path = format!("/executions/{number}");
    let call = async |verb: &str| {
        let path = format!("{path}/{verb}");
        world.admin().post(&path, &json!({})).await.is(200);
    };
    call("pause").await;
    meanwhile(Duration::from_millis(3_500), async || {
        let view = world.execution(number).await;
        let is_so = view["status"] != "failed";
        is_so.then_some(()).ok_or_else(|| view.to_string())
    })
    .await;

    call("resume").await;
    world.complete(&steps::one("true", &["web-1"])).await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(workers(&execution, "s"), ["web-1", "web-2"]);
}
