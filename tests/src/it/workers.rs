//! Hosts that come, fall silent, leave and come back.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    steps,
    world::jobs_of,
};
use rustix::process::Signal;
use serde_json::{Value, json};

/// Two minutes are six tenths of a second here, six minutes are two seconds.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "2000"),
];

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

#[tokio::test]
async fn a_worker_says_what_it_can_do_and_how_busy_it_is() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;

    let view = eventually_async("metrics", PATIENCE, async || {
        let view = worker(&world, "web-1").await;
        let total = view["metrics"]["memory_total_bytes"].as_u64().unwrap_or(0);
        (total > 0)
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;

    assert_eq!(
        (&view["active"], &view["admin_state"]),
        (&json!(true), &json!("active"))
    );
    assert_eq!(view["region"], "iad");
    assert!(
        view["capabilities"]["runtimes"]
            .as_array()
            .unwrap()
            .contains(&json!("shell"))
    );
    assert_eq!(view["capabilities"]["max_concurrent"], 5);
    assert!(view["time_since_heartbeat_ms"].as_i64().unwrap() < 5000);
    assert!(view["version"].is_string());
}

#[tokio::test]
async fn a_silent_worker_is_unreachable_then_offline_and_comes_back() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let id = worker(&world, "web-1").await["id"].clone();

    world.agent("web-1").signal(Signal::STOP);
    world.has_status("web-1", "unreachable").await;
    world.has_status("web-1", "offline").await;
    world.agent("web-1").signal(Signal::CONT);
    world.is_online("web-1").await;

    assert_eq!(worker(&world, "web-1").await["id"], id);
    let execution = world.complete(&steps::one("true", &["web-1"])).await;
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
async fn a_link_that_is_away_for_a_moment_fails_nothing() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 2; echo done", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").kill_link();
    world.has_status("web-1", "unreachable").await;
    world.agent("web-1").start();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("succeeded"), &json!(1))
    );
    assert_eq!(world.output(&job).await, b"done\n");
}

#[tokio::test]
async fn a_job_of_a_worker_that_vanished_is_lost_and_tried_again_only_if_it_says_so() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let note = format!("{}; sleep 60", ledger.note());
    let once = world.run(&steps::one(&note, &["web-1"])).await;
    world.step_is(once, "only", "running").await;
    let agent = world.agent("web-1");
    agent.kill_executor();
    agent.kill_link();

    let execution = world.ended(once).await;

    assert_eq!(execution["status"], "failed");
    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("lost"), &json!(1))
    );
    assert_eq!(ledger.lines().len(), 1);
}

#[tokio::test]
async fn a_step_that_may_be_lost_runs_again_on_the_same_host() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let command = format!("{}; [ \"$PULSE_ATTEMPT\" = 2 ] || sleep 60", ledger.note());
    let mut step = steps::execute("again", &command);
    step["retry"] = json!({"max": 1, "delay": 0, "for": ["lost"]});
    let number = world.run(&json!({"steps": [step]})).await;
    pulse_tests::eventually("the first attempt", PATIENCE, || {
        (ledger.lines().len() == 1).then_some(())
    });

    world.agent("web-1").kill_executor();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(jobs_of(&execution, "again").last().unwrap()["attempt"], 2);
    assert_eq!(ledger.twice(), Vec::<String>::new());
    assert_eq!(ledger.lines().len(), 2);
}

#[tokio::test]
async fn a_drained_agent_finishes_and_ends_with_code_0() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 1; echo done", &["all"])).await;
    world.step_is(number, "only", "running").await;

    let drained = world
        .ctl(&["worker", "drain", "web-1", "--wait", "--yes"])
        .await;
    let status = world.agent("web-1").wait(PATIENCE);
    let execution = world.ended(number).await;

    drained.is(0);
    assert_eq!(status.code(), Some(0));
    let said = world.agent("web-1").said();
    assert!(said.contains("drain complete, 0 active runs"), "{said}");
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
async fn a_held_worker_starts_nothing_until_it_is_resumed() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    world
        .ctl(&["worker", "drain", "web-1", "--hold", "--yes"])
        .await
        .is(0);
    let number = world.run(&steps::one("echo late", &["web-1"])).await;
    meanwhile(Duration::from_millis(500), async || {
        let execution = world.execution(number).await;
        let status = jobs_of(&execution, "only")[0]["status"].clone();
        (status == "pending")
            .then_some(())
            .ok_or_else(|| status.to_string())
    })
    .await;
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    world.is_online("web-1").await;
    assert_eq!(worker(&world, "web-1").await["admin_state"], "held");
    world.ctl(&["worker", "resume", "web-1"]).await.is(0);
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(worker(&world, "web-1").await["admin_state"], "active");
}

#[tokio::test]
async fn an_agent_that_is_stopped_says_goodbye() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    world.agent("web-1").signal(Signal::TERM);
    let status = world.agent("web-1").wait(PATIENCE);
    world.has_status("web-1", "offline").await;

    assert_eq!(status.code(), Some(0));
}

#[tokio::test]
async fn a_worker_that_was_cleaned_up_comes_back_under_its_id() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let id = worker(&world, "web-1").await["id"].clone();
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").wait(PATIENCE);
    world.has_status("web-1", "offline").await;

    let cleaned = world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);
    let listed = world.admin().get("/workers").await.is(200);
    let deleted = world.admin().get("/workers?findDeleted=true").await.is(200);
    world.agent("web-1").start();
    world.is_online("web-1").await;

    assert_eq!(cleaned["deleted"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"], json!([]));
    assert_eq!(deleted["items"][0]["status"], "deleted");
    assert_eq!(worker(&world, "web-1").await["id"], id);
}

#[tokio::test]
async fn a_cancelled_execution_ends_its_processes_at_once() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let pid = world.folder().join("pid");
    let command = format!(
        "trap '' TERM; echo $$ > {}; sleep 60 & wait; wait",
        pid.display()
    );
    let number = world.run(&steps::one(&command, &["all"])).await;
    let process: u32 = pulse_tests::eventually("the step", PATIENCE, || {
        std::fs::read_to_string(&pid).ok()?.trim().parse().ok()
    });

    let cancelled = world
        .ctl(&[
            "execution",
            "cancel",
            &number.to_string(),
            "--force",
            "--reason",
            "a test",
        ])
        .await;
    let execution = world.ended(number).await;

    cancelled.is(0);
    assert_eq!(execution["status"], "cancelled");
    assert_eq!(execution["cancel_requested_by"], "admin");
    assert_eq!(jobs_of(&execution, "only")[0]["status"], "cancelled");
    assert!(!pulse_tests::process::is_alive(process));
}

#[tokio::test]
async fn no_more_steps_run_at_once_than_the_agent_has_slots() {
    let mut world = World::start().await;
    let agent = world
        .new_agent("web-1")
        .await
        .with("MAX_CONCURRENT_TASKS", "2");
    world.add(agent).await;
    let running = world.folder().join("running");
    std::fs::create_dir(&running).unwrap();
    let command = format!(
        "mkdir {0}/$PULSE_JOB; ls {0} | wc -l; sleep 0.2; rmdir {0}/$PULSE_JOB",
        running.display()
    );

    let mut numbers = Vec::new();
    for _ in 0..8 {
        numbers.push(world.run(&steps::one(&command, &["web-1"])).await);
    }

    let mut most = 0;
    for number in numbers {
        let execution = world.ended(number).await;
        assert_eq!(execution["status"], "completed");
        let output = world.output(&jobs_of(&execution, "only")[0]).await;
        let seen: u32 = String::from_utf8(output).unwrap().trim().parse().unwrap();
        most = most.max(seen);
    }
    assert_eq!(most, 2);
}

#[tokio::test]
async fn the_fourth_seeds_paths_answer_without_a_prefix() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let (host, admin) = (world.anonymous().with(&credential), world.admin());
    let post = async |path: &str, body: Value| {
        let request = host.request_at(reqwest::Method::POST, path).json(&body);
        pulse_tests::client::send(request).await
    };
    let get = async |path: &str| {
        let request = admin.request_at(reqwest::Method::GET, path);
        pulse_tests::client::send(request).await.is(200)
    };
    let only = |page: &Value| page["items"][0]["id"].clone();

    let block = json!({"name": "restart-web", "command": "true"});
    let about = json!({"name": "web-1", "function_blocks": [block]});
    let registered = post("/workers/register", about.clone()).await.is(200);
    assert_eq!(registered["worker_id"], id.as_str());
    post(&format!("/workers/{id}/ping"), json!({}))
        .await
        .is(200);
    assert_eq!(only(&get("/workers").await), id.as_str());
    assert_eq!(only(&get("/workers/online").await), id.as_str());
    assert_eq!(get(&format!("/workers/{id}")).await["name"], "web-1");
    let blocks = get(&format!("/workers/{id}/function-blocks")).await;
    assert_eq!(blocks["items"][0]["name"], "restart-web");
    for query in ["", "?status=polled"] {
        let jobs = get(&format!("/workers/{id}/jobs{query}")).await;
        assert_eq!(jobs["items"], json!([]));
    }

    post(&format!("/workers/{id}/unregister"), json!({}))
        .await
        .is(200);
    let gone = get(&format!("/workers/{id}")).await;
    assert_eq!(gone["status"], "offline");
    assert_eq!(gone["function_blocks"], blocks["items"]);
    assert_eq!(get("/workers/online").await["items"], json!([]));
    post("/workers/register", about.clone()).await.is(200);
    post(&format!("/workers/{id}/ping"), json!({}))
        .await
        .is(200);
    assert_eq!(only(&get("/workers/online").await), id.as_str());

    post(&format!("/workers/{id}/unregister"), json!({}))
        .await
        .is(200);
    world
        .admin()
        .post("/workers/cleanup-offline", &json!({}))
        .await
        .is(200);
    assert_eq!(get("/workers").await["items"], json!([]));
    assert_eq!(only(&get("/workers?findDeleted=true").await), id.as_str());
    post(&format!("/workers/{id}/ping"), json!({}))
        .await
        .problem(404, "worker_deleted");
    post("/workers/register", about).await.is(200);
    let back = get(&format!("/workers/{id}")).await;
    assert_eq!(
        (&back["status"], &back["generation"]),
        (&json!("online"), &json!(2))
    );

    let request = admin.request_at(reqwest::Method::DELETE, &format!("/workers/{id}"));
    assert_eq!(pulse_tests::client::send(request).await.status, 204);
    post(&format!("/workers/{id}/ping"), json!({}))
        .await
        .problem(401, "credential_revoked");
}

#[tokio::test]
async fn the_database_refuses_to_forget_a_worker() {
    let world = World::start().await;
    world.enroll("web-1").await;

    let mut answers = Vec::new();
    for statement in ["delete from workers", "truncate workers cascade"] {
        answers.push(world.database.tell(statement).await.unwrap_err());
    }

    assert_eq!(answers, ["42501", "42501"]);
    assert_eq!(
        world.database.ask("select count(*) from workers").await,
        ["1"]
    );
}
