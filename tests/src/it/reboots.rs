//! Steps that restart their host: only another boot id tells that it happened.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    skip::skip,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

/// One host whose restarts the test makes up; `None`, said aloud, where it cannot.
async fn host() -> Option<World> {
    let mut world = World::start().await;
    match world.new_agent("web-1").await.on_own_host() {
        Ok(agent) => world.add(agent).await,
        Err(reason) => {
            skip(&reason);
            return None;
        }
    }
    Some(world)
}

/// A step that ends link and executor, as a host does that goes down.
fn deadly(world: &mut World) -> Value {
    let word = world.folder().join("word");
    let agent = world.agent("web-1");
    let (link, executor) = (agent.link_pid(), agent.executor_pid());
    let wait = format!("until test -e '{}'; do sleep 0.02; done", word.display());
    json!({"id": "reboot", "targets": ["all"], "expect": "reboot",
        "command": format!("{wait}; kill -9 {link} {executor}")})
}

/// Runs a step that takes the agent with it, once the server knows that it has begun.
async fn goes_down(world: &mut World, step: Value) -> i64 {
    let after = json!({"id": "after", "targets": ["all"], "command": "true"});
    let number = world.run(&json!({"steps": [step, after]})).await;
    eventually_async("the start", PATIENCE, async || {
        let job = jobs_of(&world.execution(number).await, "reboot").remove(0);
        let is_so = job["status"] == "running";
        is_so.then_some(()).ok_or_else(|| job.to_string())
    })
    .await;
    world.write("word", "");
    world.agent("web-1").wait(PATIENCE);
    number
}

#[tokio::test]
async fn a_step_that_takes_its_host_down_succeeds_once_the_host_is_back_from_it() {
    let Some(mut world) = host().await else {
        return;
    };
    let step = deadly(&mut world);
    let number = goes_down(&mut world, step).await;
    let meantime = world.execution(number).await;

    world.agent("web-1").boots();
    world.agent("web-1").start();

    assert_eq!(step_of(&meantime, "reboot")["status"], "running");
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "reboot")[0]["status"], "succeeded");
    assert_eq!(jobs_of(&execution, "reboot")[0]["attempt"], 1);
    assert_eq!(jobs_of(&execution, "after")[0]["status"], "succeeded");
}

#[tokio::test]
async fn an_agent_that_comes_back_on_a_host_that_did_not_restart_makes_the_step_lost() {
    let Some(mut world) = host().await else {
        return;
    };
    let step = deadly(&mut world);
    let number = goes_down(&mut world, step).await;

    world.agent("web-1").start();

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "failed", "{execution}");
    let job = jobs_of(&execution, "reboot").remove(0);
    assert_eq!(job["status"], "lost", "{execution}");
    assert_eq!(job["reason"], "agent_restart");
    assert_eq!(step_of(&execution, "after")["status"], "skipped");
}

#[tokio::test]
async fn a_host_that_does_not_come_back_in_time_makes_the_step_time_out() {
    let Some(mut world) = host().await else {
        return;
    };
    let mut step = deadly(&mut world);
    step["timeout"] = json!("2s");
    let number = goes_down(&mut world, step).await;

    let execution = world.ended(number).await;

    let job = jobs_of(&execution, "reboot").remove(0);
    assert_eq!(job["status"], "timed_out", "{execution}");
    assert_eq!(
        job["detail"],
        "web-1 did not come back with another boot id"
    );
    assert_eq!(execution["status"], "failed");
}

#[tokio::test]
async fn a_reboot_command_that_has_succeeded_still_waits_for_the_host() {
    let Some(mut world) = host().await else {
        return;
    };
    let step =
        json!({"id": "reboot", "targets": ["all"], "command": "echo going", "expect": "reboot"});
    let number = world.run(&json!({"steps": [step]})).await;
    let job = eventually_async("the end of the command", PATIENCE, async || {
        let job = jobs_of(&world.execution(number).await, "reboot").remove(0);
        let output = world.output(&job).await;
        let has_run = job["status"] == "running" && output == b"going\n";
        has_run.then_some(job).ok_or_else(|| format!("{output:?}"))
    })
    .await;
    assert_eq!(job["exit_code"], Value::Null, "{job}");
    // Another link of the same boot is no other boot.
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    world.is_online("web-1").await;
    meanwhile(Duration::from_millis(500), async || {
        let step = step_of(&world.execution(number).await, "reboot");
        let is_so = step["status"] == "running";
        is_so.then_some(()).ok_or_else(|| step.to_string())
    })
    .await;

    world.agent("web-1").kill_link();
    world.agent("web-1").kill_executor();
    world.agent("web-1").boots();
    world.agent("web-1").start();

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
}

#[tokio::test]
async fn a_reboot_command_that_fails_waits_for_nothing() {
    let Some(world) = host().await else { return };
    let step = json!({"id": "reboot", "targets": ["all"], "command": "exit 1", "expect": "reboot"});

    let execution = world.complete(&json!({"steps": [step]})).await;

    assert_eq!(
        jobs_of(&execution, "reboot")[0]["exit_code"],
        1,
        "{execution}"
    );
}

#[tokio::test]
async fn a_step_that_does_not_expect_the_restart_is_lost_and_says_what_to_write() {
    let Some(mut world) = host().await else {
        return;
    };
    let mut step = deadly(&mut world);
    step["expect"] = json!("success");
    let number = goes_down(&mut world, step).await;

    world.agent("web-1").boots();
    world.agent("web-1").start();

    let job = jobs_of(&world.ended(number).await, "reboot").remove(0);
    assert_eq!(job["status"], "lost", "{job}");
    assert_eq!(job["reason"], "host_restart");
    assert!(
        job["detail"].as_str().unwrap().contains("expect: reboot"),
        "{job}"
    );
}
