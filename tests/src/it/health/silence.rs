//! Workers that are not heard: what becomes of them and of their jobs.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::jobs_of,
};
use rustix::process::Signal;
use serde_json::json;

use super::{QUICK, beat, ping, worker};

#[tokio::test]
async fn an_unreachable_worker_keeps_its_jobs_and_gets_no_new_ones_until_it_is_heard() {
    let world = World::with(&QUICK).await;
    let mut socket = world.socket("web-1").await;
    let first = world.run(&steps::one("first", &["web-1"])).await;
    let offer = socket.take().await;

    world.has_status("web-1", "unreachable").await;
    let second = world.run(&steps::one("second", &["web-1"])).await;
    let while_away = (world.execution(first).await, world.execution(second).await);
    beat(&mut socket, &[pulse_tests::socket::claim(&offer)]).await;
    let next = socket.frame("execute_command").await;

    assert_eq!(jobs_of(&while_away.0, "only")[0]["status"], "running");
    assert_eq!(jobs_of(&while_away.1, "only")[0]["status"], "pending");
    assert_eq!(next["command"], "second");
    assert_eq!(worker(&world, "web-1").await["status"], "online");
    assert_eq!(
        jobs_of(&world.execution(first).await, "only")[0]["status"],
        "running"
    );
}

#[tokio::test]
async fn a_worker_that_is_offline_loses_its_job_and_what_it_says_later_is_evidence_only() {
    let world = World::with(&QUICK).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.take().await;

    world.has_status("web-1", "offline").await;
    let execution = world.ended(number).await;
    let result = socket.result(&offer, 0);
    socket.send(&result).await;
    beat(&mut socket, &[]).await;
    world.is_online("web-1").await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("lost"), &json!("worker_offline"))
    );
    let query = "select late_status || ' ' || late_exit from jobs";
    eventually_async("evidence", PATIENCE, async || {
        let late = world.database.ask(query).await;
        (late == ["succeeded 0"])
            .then_some(())
            .ok_or_else(|| format!("{late:?}"))
    })
    .await;
    assert_eq!(world.execution(number).await["status"], "failed");
}

#[tokio::test]
async fn a_worker_that_is_offline_for_long_is_deleted_and_returns_under_its_id() {
    let mut environment = QUICK.to_vec();
    environment.push(("WORKER_OFFLINE_DELETE_THRESHOLD_MS", "2500"));
    let world = World::with(&environment).await;
    let (id, credential) = world.enroll("web-1").await;
    let host = world.anonymous().with(&credential);

    eventually_async("the clean-up", PATIENCE, async || {
        let answer = world.admin().get("/workers?findDeleted=true").await.json();
        let status = answer["items"][0]["status"].clone();
        (status == "deleted")
            .then_some(())
            .ok_or_else(|| answer.to_string())
    })
    .await;
    let deleted = ping(&host, &id, &json!({})).await;
    let listed = world.admin().get("/workers").await.is(200);
    let about = json!({"name": "web-1", "type": "remote"});
    let registered = host.post("/workers/register", &about).await.is(200);

    deleted.problem(404, "worker_deleted");
    assert_eq!(listed["items"], json!([]));
    assert_eq!(registered["worker_id"], json!(id));
    ping(&host, &id, &json!({})).await.is(200);
    let generation = world.database.ask("select generation from workers").await;
    assert_eq!(generation, ["2"]);
}

#[tokio::test]
async fn a_worker_that_unregisters_is_offline_at_once_and_keeps_its_function_blocks() {
    let world = World::start().await;
    let blocks = json!([{"name": "backup"}]);
    let body =
        json!({"token": world.enroll_token().await, "name": "web-1", "function_blocks": blocks});
    let enrolled = world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .is(201);
    let id = enrolled["worker_id"].as_str().unwrap();
    let host = world
        .anonymous()
        .with(enrolled["credential"].as_str().unwrap());

    host.post(&format!("/workers/{id}/unregister"), &json!({}))
        .await
        .is(200);
    let gone = worker(&world, "web-1").await;
    let path = format!("/workers/{id}/function-blocks");
    let kept = world.admin().get(&path).await.is(200);
    let about = json!({"name": "web-1", "function_blocks": blocks});
    host.post("/workers/register", &about).await.is(200);
    ping(&host, id, &json!({})).await.is(200);

    assert_eq!(gone["status"], "offline");
    assert_eq!(kept["items"], blocks);
    let back = worker(&world, "web-1").await;
    assert_eq!(
        (&back["status"], &back["id"]),
        (&json!("online"), &json!(id))
    );
}

#[tokio::test]
async fn silence_of_the_server_is_not_held_against_its_workers() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 4; echo done", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.server().signal(Signal::STOP);
    let stopped = std::time::Instant::now();
    pulse_tests::eventually("longer than six minutes", PATIENCE, || {
        (stopped.elapsed() > Duration::from_millis(2_500)).then_some(())
    });
    world.server().signal(Signal::CONT);
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let said = world.server().said();
    assert!(!said.contains("worker is offline"), "{said}");
}
