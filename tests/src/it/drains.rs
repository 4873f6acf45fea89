//! Workers that rest because the server says so: deadlines, ids, and that nothing is lost by any of it.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, meanwhile},
    socket::Socket,
    steps,
    world::jobs_of,
};
use serde_json::{Value, json};

pub(crate) async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

#[tokio::test]
async fn a_drain_that_is_to_cancel_ends_what_runs_at_its_deadline() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 60", &["all"])).await;
    world.step_is(number, "only", "running").await;

    let body = json!({"mode": "exit", "deadline_seconds": 1, "on_deadline": "cancel",
        "reason": "new kernel"});
    let drained = world
        .admin()
        .post("/workers/web-1/drain", &body)
        .await
        .is(200);
    let execution = world.ended(number).await;
    let status = world.agent("web-1").wait(PATIENCE);

    assert_eq!(drained["jobs_left"], 1);
    assert_eq!(drained["drain"]["reason"], "new kernel");
    assert_eq!(drained["drain"]["on_deadline"], "cancel");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(job["status"], "cancelled", "{execution}");
    assert_eq!(job["reason"], "drain_deadline");
    assert_eq!(job["detail"], "web-1 was drained, and had no more time");
    assert_eq!(status.code(), Some(0));
    let audit = world.admin().get("/audit").await.is(200).to_string();
    assert!(audit.contains("worker.drain_deadline"), "{audit}");
}

#[tokio::test]
async fn a_drain_that_is_to_leave_kills_nothing_and_says_that_its_deadline_passed() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let gate = world.folder().join("gate");
    let command = format!(
        "while [ ! -e '{}' ]; do sleep 0.05; done; echo done",
        gate.display()
    );
    let number = world.run(&steps::one(&command, &["all"])).await;
    world.step_is(number, "only", "running").await;

    let waited = world
        .ctl(&[
            "worker",
            "drain",
            "web-1",
            "--wait",
            "--deadline",
            "1s",
            "--on-deadline",
            "leave",
        ])
        .await;
    let passed = worker(&world, "web-1").await;
    std::fs::write(&gate, "").unwrap();
    let execution = world.ended(number).await;

    waited.is(124);
    assert!(
        waited.stderr.contains("the deadline has passed"),
        "{}",
        waited.stderr
    );
    assert!(passed["drain"]["passed_at"].is_string(), "{passed}");
    assert_eq!(execution["status"], "completed");
}

/// Waits until everything that the socket has said is done.
pub(crate) async fn is_heard(socket: &mut Socket) {
    socket
        .send(&json!({"type": "ping", "sent_at": "2026-01-01T00:00:00Z"}))
        .await;
    socket.frame("pong").await;
}

/// Lets an operator drain or resume a worker whose session is open, until its agent has heard of it.
async fn order(world: &World, socket: &mut Socket, verb: &str) -> Value {
    let path = format!("/workers/web-1/{verb}");
    world.admin().post(&path, &json!({})).await.is(200);
    socket.frame(verb).await
}

#[tokio::test]
async fn an_agent_that_connects_hears_whether_it_drains() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let (id, credential) = (socket.worker_id.clone(), socket.credential.clone());
    socket.frame("resume").await;
    let drain = order(&world, &mut socket, "drain").await;
    drop(socket);
    let resume = "/workers/web-1/resume";
    world.admin().post(resume, &json!({})).await.is(200);

    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;
    again.frame("resume").await;
    // It still believes that it drains.
    let says = json!({"type": "drain_state", "outstanding": 1});
    again.send(&says).await;
    is_heard(&mut again).await;

    assert!(drain["id"].is_string(), "{drain}");
    assert_eq!(worker(&world, "web-1").await["admin_state"], "active");
}

#[tokio::test]
async fn a_late_resumed_of_one_drain_ends_no_other() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    socket.frame("resume").await;
    let first = order(&world, &mut socket, "drain").await;
    order(&world, &mut socket, "resume").await;
    let second = order(&world, &mut socket, "drain").await;

    let resumed = json!({"type": "resumed", "drain": first["id"]});
    socket.send(&resumed).await;
    is_heard(&mut socket).await;
    let late = worker(&world, "web-1").await;
    let resumed = json!({"type": "resumed", "drain": second["id"]});
    socket.send(&resumed).await;
    socket.frame("resume").await;

    assert_eq!(late["admin_state"], "draining");
    assert_eq!(worker(&world, "web-1").await["admin_state"], "active");
}

#[tokio::test]
async fn what_an_operator_has_just_held_is_neither_drained_nor_resumed_by_its_agent() {
    for (before, said) in [("active", "drain_state"), ("draining", "resumed")] {
        let world = World::start().await;
        let mut socket = world.socket("web-1").await;
        let mut says = json!({"type": said, "outstanding": 0, "asked": uuid::Uuid::now_v7()});
        if before == "draining" {
            says["drain"] = order(&world, &mut socket, "drain").await["id"].clone();
        }
        is_heard(&mut socket).await;
        // The session has not heard of it yet.
        let held = "update workers set admin_state = 'held'";
        world.database.tell(held).await.unwrap();

        socket.send(&says).await;
        is_heard(&mut socket).await;

        assert_eq!(
            worker(&world, "web-1").await["admin_state"],
            "held",
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_agent_that_was_taken_for_gone_drains_on_when_it_comes_back_and_another_start_is_active()
{
    for (link, wanted) in [("a", "draining"), ("b", "active")] {
        let world = World::start().await;
        let mut socket = world.socket("web-1").await;
        let (id, credential) = (socket.worker_id.clone(), socket.credential.clone());
        drop(socket);
        socket = Socket::open(&world.servers[0].url(), &id, &credential).await;
        socket.hello_with("web-1", &json!({"link": "a"})).await;
        order(&world, &mut socket, "drain").await;
        drop(socket);
        // As the sweep leaves it after six minutes of silence.
        let gone =
            "update workers set status = 'offline', server_id = null, admin_state = 'drained'";
        world.database.tell(gone).await.unwrap();

        let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
        again.hello_with("web-1", &json!({"link": link})).await;

        assert_eq!(worker(&world, "web-1").await["admin_state"], wanted);
    }
}

#[tokio::test]
async fn a_deadline_needs_a_length_and_a_known_word() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let drain = async |body: Value| world.admin().post("/workers/web-1/drain", &body).await;

    drain(json!({"on_deadline": "cancel"}))
        .await
        .problem(422, "invalid_body");
    drain(json!({"mode": "vanish"}))
        .await
        .problem(422, "invalid_body");
    drain(json!({"deadline_seconds": u64::MAX}))
        .await
        .problem(422, "invalid_body");
    drain(json!({})).await.is(200);
}

#[tokio::test]
async fn a_draining_worker_keeps_beating() {
    let mut world = World::with(&[
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
        ("PULSE__WORKERS__OFFLINE_AFTER_MS", "2000"),
    ])
    .await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world
        .admin()
        .post("/workers/web-1/drain", &json!({}))
        .await
        .is(200);
    meanwhile(Duration::from_millis(1_500), async || {
        let view = worker(&world, "web-1").await;
        (view["status"] == "online")
            .then_some(())
            .ok_or_else(|| view.to_string())
    })
    .await;

    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn a_drain_takes_back_what_was_offered_and_not_begun() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.frame("execute_command").await;

    world
        .admin()
        .post("/workers/web-1/drain", &json!({"mode": "hold"}))
        .await
        .is(200);
    let drained = world.execution(number).await;
    // It had begun all the same: what it says counts until there is another offer.
    let mut started = pulse_tests::socket::claim(&offer);
    started["type"] = json!("started");
    started["at"] = json!(pulse_tests::clock::now());
    socket.send(&started).await;
    let result = socket.result(&offer, 0);
    socket.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(jobs_of(&drained, "only")[0]["status"], "pending");
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
async fn a_command_that_is_given_up_on_does_not_run_later() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mark = world.folder().join("mark");
    let hold = json!({"mode": "hold"});
    let admin = world.admin();
    admin.post("/workers/web-1/drain", &hold).await.is(200);

    let command = format!("touch {}", mark.display());
    let given_up = world
        .ctl(&["worker", "exec", "web-1", "--timeout", "1s", "--", &command])
        .await;
    let execution = world.ended(1).await;
    let resume = "/workers/web-1/resume";
    admin.post(resume, &json!({})).await.is(200);
    world.complete(&steps::one("true", &["web-1"])).await;

    assert_eq!(given_up.code, 124, "{}", given_up.stderr);
    assert_eq!(execution["status"], "cancelled");
    assert!(!mark.exists());
}
