//! A worker that knows nothing but the seed's own frames.

use pulse_tests::{
    World,
    client::{Answer, send},
    clock,
    socket::Socket,
    steps,
    world::{jobs_of, step_of},
};
use reqwest::Method;
use serde_json::{Value, json};

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
async fn what_the_seeds_worker_ended_because_it_was_asked_to_is_cancelled() {
    let world = World::start().await;
    let mut worker = connect(&world, "/ws", "old-1").await;
    world.is_online("old-1").await;
    let number = world.run(&steps::one("sleep 60", &["old-1"])).await;
    let offer = worker.frame("execute_command").await;

    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);
    worker.frame("cancel").await;
    let result = json!({
        "type": "command_result", "execution_id": offer["execution_id"],
        "worker_id": worker.worker_id, "success": false, "stdout": "", "stderr": "",
        "duration": 1, "timestamp": clock::now(),
    });
    worker.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "cancelled", "{execution}");
    let job = &jobs_of(&execution, "only")[0];
    assert_eq!(job["status"], "cancelled", "{job}");
    assert_eq!(job["exit_code"], Value::Null);
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

#[tokio::test]
async fn a_result_counts_also_after_its_worker_has_connected_anew() {
    let world = World::start().await;
    let mut worker = connect(&world, "/ws", "old-1").await;
    world.is_online("old-1").await;
    let number = world.run(&steps::one("uptime", &["all"])).await;
    let offer = worker.frame("execute_command").await;
    world.step_is(number, "only", "running").await;

    let base = world.servers[0].url();
    let (id, credential) = (worker.worker_id.clone(), worker.credential.clone());
    worker.close().await;
    let mut again = Socket::dial(&base, "/ws", &[("x-api-key", &credential)])
        .await
        .unwrap();
    let hello = json!({"type": "worker_connect", "worker_id": id, "worker_name": "old-1"});
    again.send(&hello).await;
    let result = json!({
        "type": "command_result", "execution_id": offer["execution_id"], "worker_id": id,
        "success": true, "stdout": "up 3 days\n", "stderr": "", "duration": 12,
        "timestamp": clock::now(),
    });
    again.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let jobs = jobs_of(&execution, "only");
    assert_eq!(jobs.len(), 1);
    assert_eq!(world.output(&jobs[0]).await, b"up 3 days\n");
}

/// A key that all workers share, as the third seed has it.
const SHARED: &str = "one-key-for-all-of-them";

async fn beat(world: &World, key: &str, body: &Value) -> Answer {
    let request = world
        .anonymous()
        .request_at(Method::POST, "/api/workers/heartbeat")
        .header("x-api-key", key);
    send(request.json(body)).await
}

#[tokio::test]
async fn the_shared_key_is_nobodys_unless_it_was_switched_on() {
    let world = World::start().await;
    let id = uuid::Uuid::now_v7().to_string();

    beat(&world, SHARED, &json!({"worker_id": id, "name": "old-1"}))
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_worker_with_the_shared_key_takes_nobodys_place() {
    let world = World::with(&[("WORKER_API_KEY", SHARED)]).await;
    let (own, credential) = world.enroll("web-1").await;
    let id = uuid::Uuid::now_v7().to_string();

    beat(&world, SHARED, &json!({"worker_id": own, "name": "web-1"}))
        .await
        .problem(403, "forbidden");
    beat(&world, SHARED, &json!({"worker_id": id, "name": "web-1"}))
        .await
        .problem(409, "name_taken");
    beat(&world, SHARED, &json!({"worker_id": id, "name": "old-1"}))
        .await
        .is(200);
    beat(
        &world,
        &credential,
        &json!({"worker_id": id, "name": "old-1"}),
    )
    .await
    .problem(403, "forbidden");
    beat(
        &world,
        "another-key-of-theirs",
        &json!({"worker_id": id, "name": "old-1"}),
    )
    .await
    .problem(401, "unauthenticated");
    world.admin().delete("/workers/old-1").await;
    beat(&world, SHARED, &json!({"worker_id": id, "name": "old-1"}))
        .await
        .problem(401, "credential_revoked");
}

#[tokio::test]
async fn a_worker_with_the_shared_key_is_told_what_became_of_it() {
    let world = World::with(&[("WORKER_API_KEY", SHARED)]).await;
    let id = uuid::Uuid::now_v7().to_string();
    let shared = world.anonymous().with(SHARED);
    let ping = async |id: &str| {
        let path = format!("/workers/{id}/ping");
        shared.post(&path, &json!({})).await
    };
    ping(&id).await.problem(404, "worker_deleted");
    beat(&world, SHARED, &json!({"worker_id": id, "name": "old-1"}))
        .await
        .is(200);
    ping(&id).await.is(200);

    world.admin().delete("/workers/old-1").await;

    ping(&id).await.problem(401, "credential_revoked");
}

#[tokio::test]
async fn what_a_sign_of_life_says_besides_is_shown() {
    let world = World::start().await;
    let (id, credential) = world.enroll("old-1").await;
    let worker = world.anonymous().with(&credential);
    let say = async |metadata: Value| {
        let body = json!({"worker_id": id, "name": "old-1", "metadata": metadata});
        worker.post("/workers/heartbeat", &body).await
    };
    let shown = async || world.admin().get("/workers/old-1").await.is(200)["meta"].clone();

    say(json!({"rack": "b7"})).await.is(200);
    assert_eq!(shown().await, json!({"rack": "b7"}));
    say(json!({})).await.is(200);
    assert_eq!(shown().await, json!({"rack": "b7"}));
    let ping = json!({"meta": {"rack": "b8", "load_average": [1.0, 2.0, 3.0]}});
    let path = format!("/workers/{id}/ping");
    worker.post(&path, &ping).await.is(200);

    assert_eq!(shown().await, json!({"rack": "b8"}));
    let view = world.admin().get("/workers/old-1").await.is(200);
    assert_eq!(view["metrics"]["load_average"], json!([1.0, 2.0, 3.0]));
    let said = world.ctl(&["worker", "show", "old-1"]).await;
    assert!(said.is(0).contains("rack=b8"), "{}", said.stdout);
}

#[tokio::test]
async fn a_sign_of_life_counts_without_the_decoration_that_cannot_be_kept() {
    let world = World::start().await;
    let (id, credential) = world.enroll("old-1").await;
    let worker = world.anonymous().with(&credential);
    let unfit = ["x".repeat(140_000), "y".repeat(150_000)];
    for (number, value) in unfit.iter().enumerate() {
        let silent = "update workers set status = 'unreachable'";
        world.database.tell(silent).await.unwrap();
        let metadata = json!({"rack": value, "n": number});
        let body = json!({"worker_id": id, "name": "old-1", "metadata": metadata});
        worker.post("/workers/heartbeat", &body).await.is(200);

        let view = world.admin().get("/workers/old-1").await.is(200);
        assert_eq!(
            (&view["status"], &view["meta"]),
            (&json!("online"), &json!({}))
        );
    }
    let log = std::fs::read_to_string(world.servers[0].log()).unwrap();
    let told = log.matches("counts without what it says besides").count();
    assert_eq!(told, 1, "{log}");
}

#[tokio::test]
async fn a_sign_of_life_counts_whatever_stands_in_its_metadata() {
    let world = World::start().await;
    let (id, credential) = world.enroll("old-1").await;
    let worker = world.anonymous().with(&credential);
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for value in [r#""a\u0000b""#, r#""\ud800""#, "1e999", &deep] {
        let beats = [
            (
                "/workers/heartbeat".to_owned(),
                format!(r#"{{"worker_id": "{id}", "metadata": {{"rack": {value}}}}}"#),
            ),
            (
                format!("/workers/{id}/ping"),
                format!(r#"{{"meta": {{"rack": {value}}}}}"#),
            ),
        ];
        for (path, body) in beats {
            let silent = "update workers set status = 'unreachable'";
            world.database.tell(silent).await.unwrap();
            let beat = worker
                .request(Method::POST, &path)
                .header("content-type", "application/json")
                .body(body);

            send(beat).await.is(200);

            let view = world.admin().get("/workers/old-1").await.is(200);
            let seen = (&view["status"], &view["meta"]);
            assert_eq!(seen, (&json!("online"), &json!({})), "{value}");
        }
    }
    let broken = worker
        .request(Method::POST, "/workers/heartbeat")
        .header("content-type", "application/json")
        .body(format!(r#"{{"worker_id": "{id}", "metadata": "#));
    send(broken).await.problem(400, "malformed_request");
}

#[tokio::test]
async fn numbers_that_change_with_each_sign_of_life_are_not_written_with_each() {
    let world = World::start().await;
    let (id, credential) = world.enroll("old-1").await;
    let worker = world.anonymous().with(&credential);
    let say = async |metadata: Value| {
        let body = json!({"worker_id": id, "name": "old-1", "metadata": metadata});
        worker.post("/workers/heartbeat", &body).await.is(200);
        world.admin().get("/workers/old-1").await.is(200)["meta"].clone()
    };
    let first = json!({"rack": "b7", "fans": [1200, 1.5e3], "room": {"celsius": 21.5}});
    let warmer = json!({"rack": "b7", "fans": [1300, -2], "room": {"celsius": 22}});
    let moved = json!({"rack": "b8", "fans": [1400, 9], "room": {"celsius": 23}});

    assert_eq!(say(first.clone()).await, first);
    assert_eq!(say(warmer.clone()).await, first);
    assert_eq!(say(moved.clone()).await, moved);
    let later = "update workers set meta_at = meta_at - interval '6 minutes'";
    world.database.tell(later).await.unwrap();
    let hotter = json!({"rack": "b8", "fans": [1500, 9], "room": {"celsius": 40}});

    assert_eq!(say(hotter.clone()).await, hotter);
}

#[tokio::test]
async fn what_a_host_measures_anew_with_each_sign_of_life_is_no_meta() {
    let world = World::start().await;
    let (id, credential) = world.enroll("old-1").await;
    let worker = world.anonymous().with(&credential);
    let say = async |metadata: Value| {
        let body = json!({"worker_id": id, "name": "old-1", "metadata": metadata});
        worker.post("/workers/heartbeat", &body).await.is(200);
        world.admin().get("/workers/old-1").await.is(200)["meta"].clone()
    };

    let mixed = say(json!({"load": 0.5, "cpu": 12, "memory": 7, "rack": "b7"})).await;
    let measured = say(json!({"load": 0.75, "cpu": 13, "memory": 8})).await;

    assert_eq!(mixed, json!({"rack": "b7"}));
    assert_eq!(measured, json!({"rack": "b7"}));
}

#[tokio::test]
async fn a_page_of_python_is_a_worker() {
    if std::process::Command::new("python3")
        .arg("--version")
        .output()
        .is_err()
    {
        pulse_tests::skip("there is no python3 (script/bootstrap installs it)");
        return;
    }
    let world = World::with(&[("WORKER_API_KEY", SHARED)]).await;
    let script = pulse_tests::places::checkout().join("examples/seed-worker.py");
    let id = uuid::Uuid::now_v7().to_string();
    let mut command = std::process::Command::new("python3");
    command
        .arg(script)
        .args([&world.servers[0].url(), &id, "old-1"])
        .env("WORKER_API_KEY", SHARED)
        .env("HEARTBEAT_INTERVAL", "1");
    let log = world.folder().join("python.log");
    let mut worker = pulse_tests::process::Process::start(&mut command, &log);
    world.is_online("old-1").await;
    pulse_tests::eventually("the connection", pulse_tests::eventually::PATIENCE, || {
        worker.said().contains("connected").then_some(())
    });

    let document = json!({"steps": [
        {"name": "Only", "id": "only", "type": "execute", "targets": ["old-1"],
            "command": "echo to stdout; echo to stderr >&2"},
        {"name": "Fails", "id": "fails", "type": "execute", "targets": ["old-1"], "command": "exit 7"},
    ]});
    let number = world.run(&document).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    let first = jobs_of(&execution, "only").remove(0);
    assert_eq!(first["status"], "succeeded");
    assert_eq!(world.output(&first).await, b"to stdout\nto stderr\n");
    assert_eq!(jobs_of(&execution, "fails")[0]["status"], "failed");
    assert_eq!(worker.ended(), None);
}
