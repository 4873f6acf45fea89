//! Waiting until something holds: through a restart, for a bounded time, and no longer than needed.

use pulse_tests::{World, steps, world::step_of};
use serde_json::{Value, json};

fn until(expression: &str, timeout: &str) -> Value {
    json!({"id": "ready", "name": "ready", "until": expression, "every": "200ms", "timeout": timeout, "needs": []})
}

/// A question, and beside it a wait for its answer.
fn beside(timeout: &str) -> Value {
    let mut ask = steps::prompt("ask");
    ask["needs"] = json!([]);
    let after = json!({"id": "after", "name": "after", "duration": 1, "needs": ["ready"]});
    json!({"steps": [ask, until("steps.ask.response === 'Yes'", timeout), after]})
}

#[tokio::test]
async fn a_wait_is_over_once_what_another_branch_does_makes_it_hold() {
    let world = World::start().await;
    let number = world.run(&beside("1m")).await;
    let path = format!("/executions/{number}/respond");
    world.step_is(number, "ready", "running").await;

    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "after")["status"], "succeeded");
}

#[tokio::test]
async fn a_wait_reads_what_a_command_beside_it_says() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mut build = steps::execute("build", "echo state=green >> $PULSE_OUTPUT");
    build["needs"] = json!([]);

    let ready = until("steps.build.outputs.state === 'green'", "1m");
    let execution = world.complete(&json!({"steps": [build, ready]})).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "ready")["status"], "succeeded");
}

#[tokio::test]
async fn a_wait_whose_time_is_up_fails_and_says_what_it_saw() {
    let world = World::start().await;
    let number = world.run(&beside("700ms")).await;

    let failed = world.step_is(number, "ready", "failed").await;

    assert_eq!(failed["reason"], "timeout");
    let detail = failed["detail"].as_str().unwrap();
    assert!(
        detail.contains("after 700 ms") && detail.contains("steps.ask.response"),
        "{detail}"
    );
    let execution = world.execution(number).await;
    assert_eq!(step_of(&execution, "after")["status"], "skipped");
}

#[tokio::test]
async fn a_wait_outlives_the_server_and_keeps_its_time() {
    let mut world = World::start().await;
    let number = world.run(&beside("2s")).await;
    world.step_is(number, "ready", "running").await;

    world.server().kill();
    world.server().start();

    let failed = world.step_is(number, "ready", "failed").await;
    assert_eq!(failed["reason"], "timeout");
}

#[tokio::test]
async fn a_cancelled_execution_waits_no_longer() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [until("1 > 2", "1h")]})).await;
    world.step_is(number, "ready", "running").await;

    let said = world
        .ctl(&["execution", "cancel", &number.to_string()])
        .await;

    said.is(0);
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled");
    assert_eq!(step_of(&execution, "ready")["status"], "cancelled");
}
