//! Cancelling with a time of one's own between asking a step to end and killing it.

use std::time::{Duration, Instant};

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

/// An execution with a step that ends only when it is killed, and runs.
async fn stubborn(world: &mut World) -> i64 {
    world.add_agent("web-1").await;
    let ready = world.folder().join("ready");
    let command = format!(
        "trap '' TERM; touch {}; while true; do sleep 0.05; done",
        ready.display()
    );
    let number = world.run(&steps::one(&command, &["web-1"])).await;
    eventually_async("the trap", PATIENCE, async || {
        ready.exists().then_some(()).ok_or_else(String::new)
    })
    .await;
    number
}

async fn kept(world: &World) -> Vec<String> {
    let query = "select stop_grace_ms::text from executions";
    world.database.ask(query).await
}

#[tokio::test]
async fn a_step_is_killed_after_the_grace_that_was_given_and_a_later_one_only_shortens_it() {
    let mut world = World::start().await;
    let number = stubborn(&mut world).await;
    let execution = number.to_string();
    let cancel = ["execution", "cancel", &execution];

    let long = [&cancel[..], &["--grace", "10m"]].concat();
    world.ctl(&long).await.is(0);
    world.ctl(&cancel).await.is(0);
    world
        .ctl(&[&cancel[..], &["--grace", "20m"]].concat())
        .await
        .is(0);
    assert_eq!(kept(&world).await, ["600000"]);
    meanwhile(Duration::from_secs(1), async || {
        let execution = world.execution(number).await;
        let is_on = execution["status"] == "running";
        is_on.then_some(()).ok_or_else(|| execution.to_string())
    })
    .await;
    let asked = Instant::now();
    world
        .ctl(&[&cancel[..], &["--grace", "300ms", "--wait"]].concat())
        .await
        .is(0);

    assert!(
        asked.elapsed() < Duration::from_secs(9),
        "{:?}",
        asked.elapsed()
    );
    let ended = world.ended(number).await;
    assert_eq!(ended["status"], "cancelled");
    assert_eq!(jobs_of(&ended, "only")[0]["signal"], 9, "{ended}");
}

#[tokio::test]
async fn a_step_that_has_time_to_end_is_not_taken_for_one_that_is_overdue() {
    let mut world = World::with(&[("PULSE__JOBS__CHECK_INTERVAL_MS", "200")]).await;
    let number = stubborn(&mut world).await;
    let cancel = json!({"grace_ms": 600_000});
    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &cancel).await.is(200);
    let status = async || {
        let execution: Value = world.execution(number).await;
        jobs_of(&execution, "only")[0]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };

    // Its output may be there before the word that it has started.
    eventually_async("its start", PATIENCE, async || {
        let status = status().await;
        (status == "running").then_some(()).ok_or(status)
    })
    .await;
    let long_ago = "update jobs set started_at = now() - interval '1 hour'";
    world.database.tell(long_ago).await.unwrap();
    meanwhile(Duration::from_secs(1), async || {
        let status = status().await;
        (status == "running").then_some(()).ok_or(status)
    })
    .await;
    let over = "update jobs set cancel_requested_at = now() - interval '1 hour'";
    world.database.tell(over).await.unwrap();

    eventually_async("the end of it", PATIENCE, async || {
        let status = status().await;
        (status == "timed_out").then_some(()).ok_or(status)
    })
    .await;
}

#[tokio::test]
async fn a_grace_has_an_end_and_does_not_go_with_force() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let path = format!("/executions/{number}/cancel");
    let cancel = async |body: Value| world.admin().post(&path, &body).await;

    let long = cancel(json!({"grace_ms": 3_600_001})).await;
    let both = cancel(json!({"grace_ms": 5, "force": true})).await;
    let execution = number.to_string();
    let typed = [
        "execution",
        "cancel",
        &execution,
        "--force",
        "--grace",
        "1s",
    ];

    long.problem(422, "invalid_body");
    both.problem(422, "invalid_body");
    world.ctl(&typed).await.is(2);
    assert_eq!(world.execution(number).await["status"], "waiting");
}
