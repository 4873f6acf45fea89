//! What operators ask of a worker besides rest: a restart, its removal, labels and another name.

use std::time::Duration;

use pulse_tests::{World, eventually, eventually::PATIENCE, steps, world::jobs_of};
use serde_json::json;

use super::drains::worker;

#[tokio::test]
async fn a_restarted_agent_is_another_process_and_its_steps_notice_nothing() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let command = format!("{}; sleep 2; echo done", ledger.note());
    let number = world.run(&steps::one(&command, &["all"])).await;
    world.step_is(number, "only", "running").await;
    let before = (
        world.agent("web-1").link_pid(),
        world.agent("web-1").executor_pid(),
        worker(&world, "web-1").await["session_epoch"].clone(),
    );

    let restarted = world.ctl(&["worker", "restart", "web-1", "--wait"]).await;
    let execution = world.ended(number).await;

    restarted.is(0);
    assert!(
        restarted.stderr.contains("web-1 is back"),
        "{}",
        restarted.stderr
    );
    // The same process id: it replaced itself, so that no service manager has to know.
    assert_eq!(world.agent("web-1").link_pid(), before.0);
    assert_eq!(world.agent("web-1").executor_pid(), before.1);
    assert_ne!(worker(&world, "web-1").await["session_epoch"], before.2);
    assert_eq!(execution["status"], "completed");
    assert_eq!(ledger.lines().len(), 1);
    assert!(world.agent("web-1").said().contains("restarting because"));
}

#[tokio::test]
async fn a_forced_restart_replaces_the_executor_too() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 60", &["all"])).await;
    world.step_is(number, "only", "running").await;
    let before = world.agent("web-1").executor_pid();

    world
        .ctl(&["worker", "restart", "web-1", "--force", "--wait"])
        .await
        .is(0);
    let execution = world.ended(number).await;
    let next = world.complete(&steps::one("echo next", &["all"])).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(next["status"], "completed");
    assert_ne!(world.agent("web-1").executor_pid(), before);
}

#[tokio::test]
async fn an_agent_that_is_not_there_cannot_be_restarted() {
    let world = World::start().await;
    world.enroll("web-1").await;

    world
        .admin()
        .post("/workers/web-1/restart", &json!({}))
        .await
        .problem(409, "conflict");
    world.ctl(&["worker", "restart", "web-1"]).await.is(9);
}

#[tokio::test]
async fn a_worker_with_running_steps_is_removed_only_by_force() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let pid_file = world.folder().join("pid");
    let command = format!("echo $$ > {}; sleep 60", pid_file.display());
    let number = world.run(&steps::one(&command, &["all"])).await;
    let pid: u32 = eventually("the step", PATIENCE, || {
        std::fs::read_to_string(&pid_file).ok()?.trim().parse().ok()
    });
    world.step_is(number, "only", "running").await;

    let refused = world.ctl(&["worker", "remove", "web-1", "--yes"]).await;
    let still = world.execution(number).await;
    let removed = world
        .ctl(&["worker", "remove", "web-1", "--yes", "--force"])
        .await;
    let execution = world.ended(number).await;
    let status = world.agent("web-1").wait(Duration::from_secs(10));

    refused.is(9);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(still["status"], "running");
    removed.is(0);
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_removed"))
    );
    assert_eq!(status.code(), Some(77));
    eventually("the end of the step", PATIENCE, || {
        (!pulse_tests::process::is_alive(pid)).then_some(())
    });
}

#[tokio::test]
async fn labels_are_set_and_taken_away_one_by_one_and_a_name_is_changed() {
    let world = World::start().await;
    world.enroll("web-1").await;

    world
        .ctl(&["worker", "label", "web-1", "rack=b7", "tier=front"])
        .await
        .is(0);
    world
        .ctl(&["worker", "label", "web-1", "tier-", "note=a"])
        .await
        .is(0);
    let labelled = worker(&world, "web-1").await;
    world
        .ctl(&["worker", "rename", "web-1", "web-one"])
        .await
        .is(0);
    world.enroll("web-2").await;
    let taken = world.ctl(&["worker", "rename", "web-2", "web-one"]).await;

    assert_eq!(labelled["labels"], json!({"rack": "b7", "note": "a"}));
    assert_eq!(worker(&world, "web-one").await["id"], labelled["id"]);
    taken.is(9);
    world.ctl(&["worker", "label", "web-2", "rack"]).await.is(2);
}
