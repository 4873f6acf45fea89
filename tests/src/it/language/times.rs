//! How long steps, waits and executions take.

use std::time::Duration;

use pulse_tests::{steps, world::step_of};
use serde_json::json;

use super::{at, world};

#[tokio::test]
async fn steps_run_one_after_the_other_and_waits_take_their_time() {
    let world = world().await;
    let ledger = world.ledger();
    let note = ledger.note();
    let document = json!({"steps": [
        steps::execute("one", &format!("sleep 0.2; {note}")),
        {"id": "pause", "name": "pause", "type": "wait", "duration": "700ms"},
        steps::execute("two", &note),
        steps::execute("three", &note),
    ]});

    let execution = world.complete(&document).await;

    let order: Vec<_> = ledger
        .lines()
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(order, ["one", "two", "three"]);
    let (one, two) = (step_of(&execution, "one"), step_of(&execution, "two"));
    let between = at(&two, "started_at").duration_since(at(&one, "completed_at"));
    assert!(between.as_millis() >= 700, "{between}");
}

#[tokio::test]
async fn an_execution_that_takes_too_long_is_ended() {
    let world = world().await;
    let document = json!({
        "timeout": "700ms",
        "steps": [steps::execute("long", "sleep 60"), steps::execute("next", "true")],
        "finally": [steps::execute("tidy", "true")],
    });

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "timed_out", "{execution}");
    assert_eq!(step_of(&execution, "next")["jobs"], json!([]));
    assert_eq!(step_of(&execution, "finally/tidy")["status"], "succeeded");
}

#[tokio::test]
async fn a_wait_survives_a_restart_of_the_server() {
    let mut world = world().await;
    let number = world
        .run(&json!({"steps": [
            {"id": "pause", "name": "pause", "type": "wait", "duration": "2s"},
            steps::execute("after", "echo after"),
        ]}))
        .await;
    world.step_is(number, "pause", "running").await;

    world.server().kill();
    world.server().start();
    let execution =
        pulse_tests::world::ended_within(&world.admin(), number, Duration::from_secs(20)).await;

    assert_eq!(execution["status"], "completed");
    let pause = step_of(&execution, "pause");
    let took = at(&pause, "completed_at").duration_since(at(&pause, "started_at"));
    assert!((2000..10_000).contains(&took.as_millis()), "{took}");
}
