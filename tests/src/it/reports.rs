//! What workers say of jobs: whose word counts, and what they are told in return.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    socket::{Socket, claim},
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

/// A job of which nothing is heard is given up after a second.
const IMPATIENT: [(&str, &str); 3] = [
    ("PULSE__JOBS__OFFER_TTL_MS", "500"),
    ("PULSE__JOBS__STUCK_AFTER_MS", "1000"),
    ("PULSE__JOBS__CHECK_INTERVAL_MS", "100"),
];

fn beat(held: &[Value]) -> Value {
    json!({"type": "heartbeat", "metrics": {}, "slots_free": 5, "held": held})
}

#[tokio::test]
async fn a_heartbeat_is_acknowledged_once_it_is_stored() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;

    let mut frame = beat(&[]);
    frame["sent_at"] = json!("2020-01-01T00:00:00Z");
    socket.send(&frame).await;
    let ack = socket.frame("heartbeat_ack").await;

    assert_eq!(ack["sent_at"], "2020-01-01T00:00:00Z");
}

#[tokio::test]
async fn what_another_worker_says_is_no_evidence_that_a_job_lives() {
    let world = World::with(&IMPATIENT).await;
    let mut owner = world.socket("web-1").await;
    let mut stranger = world.socket("web-2").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = owner.take().await;

    let execution = eventually_async("the end of a job nobody speaks for", PATIENCE, async || {
        stranger.send(&beat(&[claim(&offer)])).await;
        let view = world.execution(number).await;
        if view["status"] == "failed" {
            Ok(view)
        } else {
            Err(view.to_string())
        }
    })
    .await;

    assert_eq!(jobs_of(&execution, "only")[0]["reason"], "stuck");
}

#[tokio::test]
async fn a_worker_that_holds_what_has_ended_is_told_at_its_next_sign_of_life() {
    let world = World::with(&IMPATIENT).await;
    let mut first = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = first.take().await;
    world.ended(number).await;

    // A session that has heard nothing of it.
    let (id, credential) = (first.worker_id.clone(), first.credential.clone());
    first.close().await;
    let mut second = Socket::open(&world.servers[0].url(), &id, &credential).await;
    second.hello("web-1").await;
    second.send(&beat(&[claim(&offer)])).await;
    let cancel = second.frame("cancel").await;

    assert_eq!(cancel["job_id"], offer["job_id"]);
}

#[tokio::test]
async fn a_worker_on_another_replica_is_told_at_once() {
    // Only the first replica gives up on jobs; the worker is with the second.
    let impatient = [
        ("PULSE__JOBS__STUCK_AFTER_MS", "3000"),
        ("PULSE__JOBS__OFFER_TTL_MS", "2900"),
        ("PULSE__JOBS__CHECK_INTERVAL_MS", "100"),
    ];
    let mut world = World::with(&impatient).await;
    world.add_server(&[("PULSE__JOBS__CHECK_INTERVAL_MS", "3600000")]);
    let (id, credential) = world.enroll("web-1").await;
    let mut socket = Socket::open(&world.servers[1].url(), &id, &credential).await;
    socket.hello("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.take().await;

    world.ended(number).await;
    let cancel = socket.try_frame("cancel", Duration::from_secs(5)).await;

    assert_eq!(cancel.unwrap()["job_id"], offer["job_id"]);
}

#[tokio::test]
async fn output_that_contradicts_itself_in_one_breath_is_written_down() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.take().await;

    socket.output(&offer, (1, 0), b"one\n").await;
    socket.output(&offer, (1, 0), b"two\n").await;
    let result = socket.result(&offer, 0);
    socket.send(&result).await;
    let execution = world.ended(number).await;

    let audit = world.admin().get("/audit").await.is(200).to_string();
    assert!(audit.contains("report_conflict"), "{audit}");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(world.output(&job).await, b"one\n");
}

#[tokio::test]
async fn output_under_an_older_fence_does_not_stand_for_the_same_under_the_newer() {
    let quick = [
        ("PULSE__JOBS__OFFER_TTL_MS", "300"),
        ("PULSE__JOBS__CHECK_INTERVAL_MS", "100"),
    ];
    let world = World::with(&quick).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let first = socket.frame("execute_command").await;
    // Nobody answers: it is offered again.
    let second = socket.take().await;
    assert_eq!(first["job_id"], second["job_id"]);
    assert_ne!(first["fence"], second["fence"]);

    socket.output(&first, (1, 0), b"once\n").await;
    socket.output(&second, (1, 0), b"once\n").await;
    let result = socket.result(&second, 0);
    socket.send(&result).await;
    let execution = world.ended(number).await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(world.output(&job).await, b"once\n");
}
