//! What comes twice, late, or from the wrong side has one effect or none.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    socket::claim,
    steps,
    world::{jobs_of, post_once},
};
use serde_json::{Value, json};

async fn executions(world: &World) -> usize {
    let page = world.admin().get("/executions").await.is(200);
    page["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_key_starts_one_execution_and_another_body_is_refused() {
    let world = World::start().await;
    let admin = world.admin();
    let ask = json!({"definition": {"steps": [steps::prompt("ask")]}});
    let other = json!({"definition": {"steps": [steps::prompt("other")]}});

    let first = post_once(&admin, "/executions", &ask, "key-1")
        .await
        .is(201);
    let second = post_once(&admin, "/executions", &ask, "key-1")
        .await
        .is(201);
    let reused = post_once(&admin, "/executions", &other, "key-1").await;
    let operator = world.somebody("operator").await;
    let foreign = post_once(&operator, "/executions", &other, "key-1")
        .await
        .is(201);

    assert_eq!(first["id"], second["id"]);
    reused.problem(422, "idempotency_key_reused");
    assert_ne!(foreign["id"], first["id"]);
    assert_eq!(executions(&world).await, 2);
}

#[tokio::test]
async fn twenty_requests_with_one_key_start_one_execution() {
    let world = World::start().await;
    let admin = world.admin();
    let body = json!({"definition": {"steps": [steps::prompt("ask")]}});

    let answers = futures_util::future::join_all(
        (0..20).map(|_| post_once(&admin, "/executions", &body, "one-key")),
    )
    .await;

    let ids: std::collections::HashSet<_> = answers
        .iter()
        .map(|answer| answer.is(201)["id"].to_string())
        .collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(executions(&world).await, 1);
}

#[tokio::test]
async fn an_answer_that_is_repeated_with_its_key_is_the_same_answer() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let path = format!("/prompts/{}/answer", world.prompt(number).await["number"]);
    let body = json!({"response": "Yes"});

    let first = post_once(&world.admin(), &path, &body, "answer-1").await;
    let second = post_once(&world.admin(), &path, &body, "answer-1").await;
    let third = post_once(&world.admin(), &path, &body, "answer-2").await;

    assert_eq!(first.is(200)["response"], "Yes");
    assert_eq!(second.is(200)["response"], "Yes");
    third.problem(409, "already_answered");
}

#[tokio::test]
async fn a_token_that_is_made_again_with_its_key_is_one_token_with_another_secret() {
    let world = World::start().await;
    let admin = world.admin();
    let body = json!({"name": "ci", "role": "viewer"});
    let issue = json!({"region": "iad"});
    let listed = async |path: &str| {
        let page = admin.get(path).await.is(200);
        page["items"].as_array().unwrap().len()
    };
    let (tokens, enrol_tokens) = ("/tokens", "/workers/enroll-tokens");
    let before = (listed(tokens).await, listed(enrol_tokens).await);

    let first = post_once(&admin, tokens, &body, "t-1").await.is(201);
    let again = post_once(&admin, tokens, &body, "t-1").await.is(201);
    let one = post_once(&admin, enrol_tokens, &issue, "e-1").await.is(201);
    let other = post_once(&admin, enrol_tokens, &issue, "e-1").await.is(201);

    let after = (listed(tokens).await, listed(enrol_tokens).await);
    assert_eq!(after, (before.0 + 1, before.1 + 1));
    assert_eq!((&first["id"], &one["id"]), (&again["id"], &other["id"]));
    let with = |made: &Value| world.anonymous().with(made["token"].as_str().unwrap());
    with(&first)
        .get("/user")
        .await
        .problem(401, "unauthenticated");
    with(&again).get("/user").await.is(200);
    let enroll = json!({"token": other["token"], "name": "web-1"});
    world
        .anonymous()
        .post("/workers/enroll", &enroll)
        .await
        .is(201);
    let late = post_once(&admin, enrol_tokens, &issue, "e-1").await;
    late.problem(409, "conflict");
    let foreign = json!({"name": "other", "role": "viewer"});
    let foreign = post_once(&admin, tokens, &foreign, "t-1").await;
    foreign.problem(422, "idempotency_key_reused");
    let kept = world.database.dump();
    for made in [&first, &again, &one, &other] {
        let secret = made["token"].as_str().unwrap().split('_').nth(3).unwrap();
        assert!(!kept.contains(secret), "a secret is in the database");
    }
}

#[tokio::test]
async fn a_result_that_comes_twice_has_one_effect() {
    let world = World::start().await;
    let mut worker = world.socket("raw-1").await;
    let document = json!({"steps": [steps::execute("one", "a"), steps::execute("two", "b")]});
    let number = world.run(&document).await;

    let offer = worker.take().await;
    let result = worker.result(&offer, 0);
    worker.send(&result).await;
    worker.send(&result).await;
    let (first, second) = (worker.frame("ack").await, worker.frame("ack").await);
    let mut contrary = worker.result(&offer, 1);
    contrary["success"] = json!(false);
    worker.send(&contrary).await;
    let next = worker.take().await;
    let last = worker.result(&next, 0);
    worker.send(&last).await;
    let execution = world.ended(number).await;

    assert_eq!(first["job_id"], offer["job_id"]);
    assert_eq!(second["job_id"], offer["job_id"]);
    assert_eq!(next["command"], "b");
    assert_eq!(execution["status"], "completed");
    let jobs = jobs_of(&execution, "one");
    assert_eq!(
        (&jobs[0]["status"], &jobs[0]["exit_code"]),
        (&json!("succeeded"), &json!(0))
    );
}

#[tokio::test]
async fn output_that_comes_twice_is_kept_once_and_other_bytes_are_not_believed() {
    let world = World::start().await;
    let mut worker = world.socket("raw-1").await;
    let number = world.run(&steps::one("talk", &["all"])).await;

    let offer = worker.take().await;
    worker.output(&offer, (1, 0), b"hello ").await;
    worker.output(&offer, (1, 0), b"hello ").await;
    worker.output(&offer, (2, 6), b"world").await;
    while worker.frame("ack").await["output_seq"] != 2 {}
    worker.output(&offer, (1, 0), b"HELLO ").await;
    let mut result = worker.result(&offer, 0);
    (result["last_seq"], result["output_bytes"]) = (json!(2), json!(11));
    worker.send(&result).await;
    let execution = world.ended(number).await;
    // Late, after the end.
    worker.output(&offer, (3, 11), b" and more").await;
    worker.send(&json!({"type": "ping"})).await;
    worker.frame("pong").await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(world.output(&job).await, b"hello world");
    let audit = world.admin().get("/audit").await.is(200).to_string();
    assert!(audit.contains("report_conflict"), "{audit}");
}

#[tokio::test]
async fn an_old_fence_has_no_effect_but_is_kept_as_evidence() {
    let world = World::with(&[
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "200"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
        ("PULSE__WORKERS__OFFLINE_AFTER_MS", "1200"),
    ])
    .await;
    let mut worker = world.socket("raw-1").await;
    let number = world.run(&steps::one("long", &["all"])).await;
    let offer = worker.take().await;

    // The worker falls silent, and comes back with the result too late.
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "failed");
    let lost = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&lost["status"], &lost["reason"]),
        (&json!("lost"), &json!("worker_offline"))
    );
    let base = world.servers[0].url();
    let mut back =
        pulse_tests::socket::Socket::open(&base, &worker.worker_id, &worker.credential).await;
    let running = json!({"running": [claim(&offer)]});
    let welcome = back.hello_with("raw-1", &running).await;
    let result = back.result(&offer, 0);
    back.send(&result).await;

    assert_eq!(welcome["kill"][0]["job_id"], offer["job_id"], "{welcome}");
    let job = lost["id"].as_str().unwrap();
    let query = format!("select late_exit::text from jobs where id = '{job}'");
    eventually_async("the evidence", PATIENCE, async || {
        let found = world.database.ask(&query).await;
        (found == ["0"])
            .then_some(())
            .ok_or_else(|| format!("{found:?}"))
    })
    .await;
    let after = world.execution(number).await;
    assert_eq!(after["status"], "failed");
    assert_eq!(jobs_of(&after, "only")[0]["status"], "lost");
}

#[tokio::test]
async fn a_worker_cannot_report_for_another() {
    let world = World::start().await;
    let mut owner = world.socket("raw-1").await;
    let mut stranger = world.socket("raw-2").await;
    let number = world.run(&steps::one("mine", &["raw-1"])).await;
    let offer = owner.take().await;

    let mut forged = stranger.result(&offer, 0);
    stranger.send(&forged).await;
    forged["worker_id"] = json!(owner.worker_id);
    stranger.send(&forged).await;
    stranger.output(&offer, (1, 0), b"forged").await;
    let is_running = async || {
        let execution = world.execution(number).await;
        let status = &jobs_of(&execution, "only")[0]["status"];
        (status == "running")
            .then_some(())
            .ok_or_else(|| status.to_string())
    };
    eventually_async("the start", PATIENCE, is_running).await;
    meanwhile(std::time::Duration::from_millis(300), is_running).await;
    let result = owner.result(&offer, 7);
    owner.send(&result).await;
    let execution = world.ended(number).await;

    let job = jobs_of(&execution, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["exit_code"]),
        (&json!("failed"), &json!(7))
    );
    assert_eq!(world.output(&job).await, b"");
}

#[tokio::test]
async fn an_offer_that_is_not_taken_is_made_again_under_a_new_fence() {
    let world = World::with(&[("PULSE__JOBS__OFFER_TTL_MS", "300")]).await;
    let mut worker = world.socket("raw-1").await;
    let number = world.run(&steps::one("once", &["all"])).await;

    let first = worker.frame("execute_command").await;
    let second = worker.frame("execute_command").await;
    let mut started = claim(&second);
    (started["type"], started["at"]) = (json!("started"), json!(pulse_tests::clock::now()));
    worker.send(&started).await;
    // What the first offer's taker says is late.
    let late = worker.result(&first, 9);
    worker.send(&late).await;
    let result = worker.result(&second, 0);
    worker.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(first["job_id"], second["job_id"]);
    assert_eq!(first["attempt"], second["attempt"]);
    assert_ne!(first["fence"], second["fence"]);
    assert_eq!(execution["status"], "completed");
    let job: Value = jobs_of(&execution, "only").remove(0);
    assert_eq!((&job["attempt"], &job["exit_code"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn a_newer_session_takes_over_from_an_older_one() {
    let world = World::start().await;
    let mut old = world.socket("raw-1").await;
    let base = world.servers[0].url();

    let mut new = pulse_tests::socket::Socket::open(&base, &old.worker_id, &old.credential).await;
    new.hello("raw-1").await;
    let closed = old.close_code(PATIENCE).await;
    let number = world.run(&steps::one("whose", &["all"])).await;
    let offer = new.take().await;
    let result = new.result(&offer, 0);
    new.send(&result).await;

    assert_eq!(closed, pulse_tests::socket::Silence::Closed(Some(4409)));
    assert_eq!(world.ended(number).await["status"], "completed");
}
