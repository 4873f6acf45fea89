//! Workers that rest: deadlines, goodbyes, restarts, and that nothing is lost by any of it.

use std::time::Duration;

use pulse_tests::{
    World, eventually,
    eventually::{PATIENCE, eventually_async, meanwhile},
    socket::Socket,
    steps,
    world::jobs_of,
};
use rustix::process::Signal;
use serde_json::{Value, json};

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

/// Waits until the worker looks like this.
async fn looks(world: &World, name: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    eventually_async(what, PATIENCE, async || {
        let view = worker(world, name).await;
        if is_so(&view) {
            Ok(view)
        } else {
            Err(view.to_string())
        }
    })
    .await
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
async fn is_heard(socket: &mut Socket) {
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
async fn a_drain_of_the_host_is_taken_once_however_often_it_is_said() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let (id, credential) = (socket.worker_id.clone(), socket.credential.clone());
    let own = uuid::Uuid::now_v7().to_string();
    let says = json!({"type": "drain_state", "outstanding": 1, "asked": own});

    socket.send(&says).await;
    let taken = socket.frame("drain").await;
    let drained = worker(&world, "web-1").await;
    let resume = "/workers/web-1/resume";
    world.admin().post(resume, &json!({})).await.is(200);
    drop(socket);
    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;
    again.send(&says).await;
    is_heard(&mut again).await;
    let resumed = again.frame("resume").await;

    assert_eq!((&taken["id"], &taken["taken"]), (&json!(own), &json!(own)));
    assert_eq!(drained["admin_state"], "draining");
    assert_eq!(drained["drain"]["reason"], "asked for on the host");
    assert_eq!(resumed["taken"], own);
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
async fn an_agent_that_was_taken_for_gone_drains_on_when_it_comes_back_and_not_when_it_is_another()
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
async fn a_drain_asked_for_on_the_host_can_be_taken_back_there() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").signal(Signal::USR1);
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    world.agent("web-1").signal(Signal::USR2);
    looks(&world, "web-1", "active", |view| {
        view["admin_state"] == "active"
    })
    .await;
    let second = world.run(&steps::one("echo second", &["all"])).await;

    assert_eq!(world.ended(second).await["status"], "completed");
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn resume_on_the_host_takes_a_drain_back() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(number, "only", "running").await;

    let verb = |world: &mut World, verb: &str| {
        let status = world.agent("web-1").command(&[verb]).status().unwrap();
        assert!(status.success());
    };
    verb(&mut world, "drain");
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    verb(&mut world, "resume");
    looks(&world, "web-1", "active", |view| {
        view["admin_state"] == "active"
    })
    .await;

    assert_eq!(world.ended(number).await["status"], "completed");
    let third = world.complete(&steps::one("true", &["all"])).await;
    assert_eq!(third["status"], "completed");
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
async fn a_second_signal_ends_a_drain_at_once() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 60", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").signal(Signal::USR1);
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").signal(Signal::TERM);
    let status = world.agent("web-1").wait(Duration::from_secs(10));

    assert_eq!(status.code(), Some(0));
    assert_eq!(world.ended(number).await["status"], "failed");
}

#[tokio::test]
async fn what_was_not_begun_waits_for_a_worker_that_says_goodbye() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    socket.frame("execute_command").await;

    let host = world.anonymous().with(&socket.credential);
    let path = format!("/workers/{}/unregister", socket.worker_id);
    host.post(&path, &json!({})).await.is(200);
    let waiting = world.execution(number).await;
    let id = socket.worker_id.clone();
    let credential = socket.credential.clone();
    drop(socket);
    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;
    let offer = again.take().await;
    let result = again.result(&offer, 0);
    again.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(jobs_of(&waiting, "only")[0]["status"], "pending");
    assert_eq!(execution["status"], "completed");
    assert_eq!(jobs_of(&execution, "only")[0]["attempt"], 1);
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
