//! Jobs of which nobody says anything any more.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};
use serde_json::json;

use super::beat;

#[tokio::test]
async fn a_job_that_nobody_speaks_of_is_stuck_and_one_that_its_worker_holds_is_not() {
    let world = World::with(&[
        ("BLACKBOARD_STUCK_JOB_TIMEOUT", "3000"),
        ("BLACKBOARD_JOB_CHECK_INTERVAL", "200"),
        ("PULSE__JOBS__OFFER_TTL_MS", "1000"),
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "100"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "4000"),
    ])
    .await;
    let mut socket = world.socket("web-1").await;
    let spoken_of = world.run(&steps::one("long", &["web-1"])).await;
    let held = socket.take().await;
    let forgotten = world.run(&steps::one("lost", &["web-1"])).await;
    socket.take().await;

    let claim = pulse_tests::socket::claim(&held);
    let execution = eventually_async("the end of the forgotten one", PATIENCE, async || {
        beat(&mut socket, std::slice::from_ref(&claim)).await;
        let view = world.execution(forgotten).await;
        (view["status"] == "failed")
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("stuck"))
    );
    let held = world.execution(spoken_of).await;
    assert_eq!(jobs_of(&held, "only")[0]["status"], "running");
}

#[tokio::test]
async fn an_offer_that_nothing_takes_back_ends_as_stuck() {
    let world = World::with(&[("BLACKBOARD_JOB_CHECK_INTERVAL", "200")]).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    socket.frame("execute_command").await;

    let polled = world
        .admin()
        .get("/workers/web-1/jobs?status=polled")
        .await
        .is(200);
    let aged = "update jobs set offer_expires_at = now() + interval '1 day', \
                evidence_at = now() - interval '13 minutes' where status = 'polled' returning id::text";
    let changed = world.database.ask(aged).await;
    let execution = world.ended(number).await;

    assert_eq!(polled["items"].as_array().unwrap().len(), 1);
    assert_eq!(changed.len(), 1);
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("stuck"))
    );
}
