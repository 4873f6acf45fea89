//! A worker that knows nothing but the seed's own frames.

use pulse_tests::{
    World,
    client::send,
    clock,
    socket::Socket,
    steps,
    world::{jobs_of, step_of},
};
use reqwest::Method;
use serde_json::json;

/// Connects as the seed's worker does: a key in a header, two fields.
async fn connect(world: &World, path: &str, name: &str) -> Socket {
    let (id, credential) = world.enroll(name).await;
    let base = world.servers[0].url();
    let mut socket = Socket::dial(&base, path, &[("x-api-key", &credential)])
        .await
        .unwrap();
    socket.worker_id = id;
    socket.credential = credential;
    let hello =
        json!({"type": "worker_connect", "worker_id": socket.worker_id, "worker_name": name});
    socket.send(&hello).await;
    socket
}

#[tokio::test]
async fn a_worker_with_the_seeds_fields_alone_does_its_work() {
    let world = World::start().await;
    let mut worker = connect(&world, "/api/v1/agent", "old-1").await;
    world.is_online("old-1").await;

    let number = world.run(&steps::one("uptime", &["all"])).await;
    let offer = worker.frame("execute_command").await;
    assert_eq!(offer["command"], "uptime");
    assert_eq!(offer["timeout"], 300_000);
    assert_eq!(offer["worker_id"], worker.worker_id.as_str());
    assert_eq!(offer["step_index"], 0);
    let result = json!({
        "type": "command_result", "execution_id": offer["execution_id"],
        "worker_id": worker.worker_id, "success": true, "stdout": "up 3 days\n", "stderr": "",
        "duration": 12, "timestamp": clock::now(),
    });
    worker.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let jobs = jobs_of(&execution, "only");
    assert_eq!(jobs[0]["status"], "succeeded");
    assert_eq!(world.output(&jobs[0]).await, b"up 3 days\n");
}

#[tokio::test]
async fn a_failure_that_the_seeds_worker_reports_fails_the_step() {
    let world = World::start().await;
    let mut worker = connect(&world, "/ws", "old-1").await;
    world.is_online("old-1").await;

    let number = world.run(&steps::one("false", &["old-1"])).await;
    let offer = worker.frame("execute_command").await;
    let result = json!({
        "type": "command_result", "execution_id": offer["execution_id"],
        "worker_id": worker.worker_id, "success": false, "stdout": "", "stderr": "no\n",
        "duration": 1, "timestamp": clock::now(),
    });
    worker.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(step_of(&execution, "only")["status"], "failed");
    let jobs = jobs_of(&execution, "only");
    assert_eq!(world.output(&jobs[0]).await, b"no\n");
}

#[tokio::test]
async fn the_seeds_heartbeat_and_pong_are_understood() {
    let world = World::start().await;
    let mut worker = connect(&world, "/", "old-1").await;
    world.is_online("old-1").await;

    worker.send(&json!({"type": "ping"})).await;
    worker.frame("pong").await;
    worker
        .send(&json!({"type": "pong", "worker_id": worker.worker_id}))
        .await;
    let body = json!({"worker_id": worker.worker_id, "name": "old-1", "metadata": {"cpu": 1}});
    for path in ["/api/workers/heartbeat", "/workers/heartbeat"] {
        let request = world.anonymous().request_at(Method::POST, path);
        let request = request.header("x-api-key", &worker.credential);
        send(request.json(&body)).await.is(200);
    }
}
