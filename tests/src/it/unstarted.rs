//! Going on where an execution stopped: a retry of what never began takes over what ran.

use futures_util::future::join_all;
use pulse_tests::{
    World,
    client::Answer,
    eventually::{PATIENCE, eventually_async},
    socket::claim,
    steps,
    world::{jobs_of, step_of},
};
use rustix::process::Signal;
use serde_json::{Value, json};

/// A document with a step on three hosts that says who ran it, and one behind it.
fn on_three(world: &World, command: &str) -> Value {
    let folder = world.folder().display();
    json!({"steps": [
        {"name": "First", "targets": ["web-1"], "command": format!("echo x >> {folder}/first")},
        {"name": "Change", "targets": ["web-1", "web-2"],
         "command": format!("echo x >> {folder}/$PULSE_WORKER; {command}")},
        {"name": "Last", "targets": ["web-1"], "command": format!("echo x >> {folder}/last")},
    ]})
}

async fn retried(world: &World, number: i64, body: &Value) -> Value {
    let path = format!("/executions/{number}/retry");
    let again = world.admin().post(&path, body).await.is(201);
    world.ended(again["number"].as_i64().unwrap()).await
}

#[tokio::test]
async fn what_never_began_runs_and_what_ran_stays() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    world.agent("web-2").signal(Signal::TERM);
    world.agent("web-2").wait(PATIENCE);
    world.has_status("web-2", "offline").await;
    let number = world.run(&on_three(&world, "true")).await;
    let before = world.ended(number).await;
    assert_eq!(before["status"], "failed", "{before}");
    assert_eq!(jobs_of(&before, "change")[1]["reason"], "unreachable");
    world.agent("web-2").start();
    world.is_online("web-2").await;

    let said = world
        .ctl(&["execution", "retry", "1", "--unstarted", "-F"])
        .await;

    said.is(0);
    let again = world.execution(number + 1).await;
    assert_eq!(again["status"], "completed", "{again}");
    let read = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap();
    for name in ["first", "web-1", "web-2", "last"] {
        assert_eq!(read(name), "x\n", "{name}");
    }
    let jobs = jobs_of(&again, "change");
    assert_eq!(jobs.len(), 2, "{again}");
    assert_eq!(
        jobs[0]["completed_at"],
        jobs_of(&before, "change")[0]["completed_at"]
    );
}

#[tokio::test]
async fn steps_that_a_stop_kept_from_beginning_run() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let folder = world.folder().display().to_string();
    let document = json!({"steps": [
        {"name": "First", "targets": ["web-1"], "command": format!("echo x >> {folder}/first")},
        {"name": "Rest", "type": "wait", "duration": 3_600_000, "condition": "!inputs.quick"},
        {"name": "Last", "targets": ["web-1"], "command": format!("echo x >> {folder}/last")},
    ], "inputs": {"quick": {"type": "boolean", "default": false}}});
    let number = world.run(&document).await;
    world.step_is(number, "rest", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let body = json!({"unstarted": true});
    let again = world.admin().post(&path, &body).await.is(201);

    assert_eq!(step_of(&again, "first")["status"], "succeeded");
    assert_eq!(step_of(&again, "rest")["status"], "running");
    let first = std::fs::read_to_string(world.folder().join("first")).unwrap();
    assert_eq!(first, "x\n");
}

#[tokio::test]
async fn what_ran_and_failed_runs_again_only_where_that_is_asked_for_too() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    let flag = world.folder().join("flag").display().to_string();
    let fails = format!("test $PULSE_WORKER = web-2 || test -e {flag}");
    let number = world.run(&on_three(&world, &fails)).await;
    world.ended(number).await;
    world.write("flag", "");
    let path = format!("/executions/{number}/retry");

    let body = json!({"unstarted": true});
    let refused = world.admin().post(&path, &body).await;
    let again = retried(&world, number, &json!({"unstarted": true, "failed": true})).await;

    let problem = refused.problem(409, "conflict");
    assert!(
        problem["detail"].as_str().unwrap().contains("Change"),
        "{problem}"
    );
    assert_eq!(again["status"], "completed", "{again}");
    let read = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap();
    assert_eq!(read("first"), "x\n");
    assert_eq!(read("web-1"), "x\nx\n");
    assert_eq!(read("web-2"), "x\n");
}

#[tokio::test]
async fn a_retry_of_what_never_began_is_refused_where_it_would_be_nonsense() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [{"name": "Only", "command": "true", "targets": ["web-1"]}]});
    let number = world.run(&document).await;
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let retry = async |body: Value| world.admin().post(&path, &body).await;

    let two = retry(json!({"unstarted": true, "from_step": "Only"})).await;
    let nothing = retry(json!({"unstarted": true})).await;
    let neither = retry(json!({"unstarted": true, "failed": true})).await;

    two.problem(422, "invalid_body");
    nothing.problem(409, "conflict");
    neither.problem(409, "conflict");
}

#[tokio::test]
async fn what_was_offered_may_have_run_and_does_not_run_again() {
    let quick = [
        ("PULSE__JOBS__OFFER_TTL_MS", "300"),
        ("PULSE__JOBS__CHECK_INTERVAL_MS", "100"),
    ];
    let world = World::with(&quick).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    // It is offered, and whether the worker has begun is not heard.
    socket.frame("execute_command").await;
    socket.close().await;
    world.step_is(number, "only", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let refused = world.admin().post(&path, &json!({"unstarted": true})).await;

    refused.problem(409, "conflict");
}

#[tokio::test]
async fn what_never_began_is_begun_by_one_retry_only() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [
        {"name": "Rest", "type": "wait", "duration": 3_600_000},
        {"name": "Last", "targets": ["web-1"], "command": "true"},
    ]});
    let number = world.run(&document).await;
    world.step_is(number, "rest", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let retry = async || {
        let admin = world.admin();
        admin.post(&path, &json!({"unstarted": true})).await.status
    };

    let mut answers = join_all((0..5).map(|_| retry())).await;

    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409, 409]);
}

/// Runs a document until a step of it is where it is meant to be, and stops it there.
async fn stopped(world: &World, document: &Value, (step, status): (&str, &str)) -> i64 {
    let number = world.run(document).await;
    world.step_is(number, step, status).await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;
    number
}

/// What goes on after the step that an execution is stopped at.
fn rest() -> Value {
    json!({"name": "Rest", "type": "wait", "duration": 3_600_000})
}

async fn unstarted(world: &World, number: i64) -> Answer {
    let path = format!("/executions/{number}/retry");
    world.admin().post(&path, &json!({"unstarted": true})).await
}

/// The detail of a refusal to go on with what never began.
async fn refused(world: &World, number: i64) -> String {
    let answer = unstarted(world, number).await;
    let problem = answer.problem(409, "conflict");
    problem["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_plain_retry_at_the_same_instant_is_seen() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [rest()]});
    let number = stopped(&world, &document, ("rest", "running")).await;
    let path = format!("/executions/{number}/retry");
    let busy = world.database.session().await;
    let lock = "begin; lock table audit in exclusive mode";
    busy.batch_execute(lock).await.unwrap();

    let (plain, nothing) = (world.admin(), json!({}));
    let both_wait = async {
        // Not whoever seals the trail.
        world.database.is_held_up("insert into executions").await;
        let rest = unstarted(&world, number);
        let release = async {
            world.database.is_held_up("executions where id").await;
            busy.batch_execute("commit").await.unwrap();
        };
        tokio::join!(rest, release).0
    };
    let (first, second) = tokio::join!(plain.post(&path, &nothing), both_wait);

    first.is(201);
    second.problem(409, "conflict");
}

#[tokio::test]
async fn a_drain_that_was_done_on_some_hosts_only_is_not_gone_on_with() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    world.run(&steps::one("sleep 60", &["web-2"])).await;
    let document = json!({"steps": [
        {"name": "Drain", "agent": "drain", "targets": ["web-1", "web-2"]}]});
    let number = world.run(&document).await;
    eventually_async("one of two is drained", PATIENCE, async || {
        let execution = world.execution(number).await;
        let done = jobs_of(&execution, "drain")[0]["status"] == "succeeded";
        done.then_some(()).ok_or_else(|| execution.to_string())
    })
    .await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let why = refused(&world, number).await;

    assert!(why.contains("\"Drain\" before it drains"), "{why}");
}

#[tokio::test]
async fn a_group_in_its_middle_is_not_gone_on_with() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let first = json!({"name": "First", "command": "true", "targets": ["web-1"]});
    let group = json!({"name": "Group", "type": "group", "steps": [first, rest()]});
    let document = json!({"steps": [group]});
    let number = stopped(&world, &document, ("group/rest", "running")).await;

    let why = refused(&world, number).await;

    assert!(why.contains("group \"Group\" have run"), "{why}");
}

#[tokio::test]
async fn a_group_of_which_one_instance_ran_is_not_gone_on_with() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mut waits = rest();
    waits["condition"] = json!("matrix.n === 2");
    let first = json!({"name": "First", "command": "true", "targets": ["web-1"],
        "condition": "matrix.n === 1"});
    let last = json!({"name": "Last", "command": "true", "targets": ["web-1"], "needs": ["rest"],
        "condition": "matrix.n === 2"});
    waits["needs"] = json!([]);
    let group = json!({"name": "Group", "type": "group", "matrix": {"n": [1, 2]},
        "steps": [first, waits, last]});
    let number = world.run(&json!({"steps": [group]})).await;
    eventually_async("one of two has ended", PATIENCE, async || {
        let execution = world.execution(number).await;
        let text = execution["steps"].to_string();
        let steps = execution["steps"].as_array().cloned().unwrap_or_default();
        let is = |status: &str| {
            steps
                .iter()
                .any(|step| step["type"] == "group" && step["status"] == status)
        };
        (is("succeeded") && is("running")).then_some(()).ok_or(text)
    })
    .await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let why = refused(&world, number).await;

    assert!(why.contains("group \"Group\" have run"), "{why}");
}

#[tokio::test]
async fn a_group_whose_failure_is_tolerated_stays_as_it_ended() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let bad = json!({"name": "Bad", "command": "false", "targets": ["web-1"]});
    let behind = json!({"name": "Behind", "command": "true", "targets": ["web-1"]});
    let group = json!({"name": "Group", "type": "group", "continue_on_error": true,
        "steps": [bad, behind]});
    let document = json!({"steps": [group, rest()]});
    let number = stopped(&world, &document, ("rest", "running")).await;

    let again = unstarted(&world, number).await.is(201);

    assert_eq!(step_of(&again, "group")["status"], "failed");
    assert_eq!(step_of(&again, "group/bad")["status"], "failed");
    assert_eq!(step_of(&again, "group/behind")["status"], "skipped");
    assert_eq!(step_of(&again, "rest")["status"], "running");
}

#[tokio::test]
async fn a_failure_that_is_tolerated_stays_as_it_ended() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let bad = json!({"name": "Bad", "command": "false", "targets": ["web-1"],
        "continue_on_error": true});
    let document = json!({"steps": [bad, rest()]});
    let number = stopped(&world, &document, ("rest", "running")).await;

    let again = unstarted(&world, number).await.is(201);

    assert_eq!(step_of(&again, "bad")["status"], "failed");
    assert_eq!(jobs_of(&again, "bad").len(), 1);
    assert_eq!(step_of(&again, "rest")["status"], "running");
}

#[tokio::test]
async fn a_step_that_failed_before_it_had_a_job_is_left_to_begin() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let first = json!({"name": "First", "command": "true", "targets": ["web-1"]});
    let nowhere = json!({"name": "Nowhere", "command": "echo ${{ steps.first.outputs.n.n }}",
        "targets": ["web-1"], "continue_on_error": true});
    let before = world.complete(&json!({"steps": [first, nowhere]})).await;
    assert_eq!(step_of(&before, "nowhere")["status"], "failed", "{before}");
    assert_eq!(jobs_of(&before, "nowhere").len(), 0, "{before}");

    unstarted(&world, before["number"].as_i64().unwrap())
        .await
        .is(201);
}

#[tokio::test]
async fn an_agent_that_was_to_restart_may_have() {
    let world = World::start().await;
    let _agent = world.socket("web-1").await;
    let document = json!({"steps": [
        {"name": "Restart", "agent": "restart", "targets": ["web-1"]}]});
    let number = stopped(&world, &document, ("restart", "running")).await;

    let why = refused(&world, number).await;

    assert!(why.contains("\"Restart\" ran"), "{why}");
}

#[tokio::test]
async fn what_was_passed_over_behind_what_never_began_is_looked_at_anew() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").wait(PATIENCE);
    world.has_status("web-1", "offline").await;
    let document = json!({"targets": ["web-1"], "steps": [
        {"name": "Late", "command": "true", "needs": ["early"],
         "condition": "steps.early.status === 'succeeded'"},
        {"name": "Early", "command": "true", "needs": [], "continue_on_error": true},
    ]});
    let before = world.complete(&document).await;
    assert_eq!(step_of(&before, "late")["reason"], "condition_false");
    world.agent("web-1").start();
    world.is_online("web-1").await;

    let number = before["number"].as_i64().unwrap();
    let again = retried(&world, number, &json!({"unstarted": true})).await;

    assert_eq!(step_of(&again, "early")["status"], "succeeded");
    assert_eq!(step_of(&again, "late")["status"], "succeeded");
}

#[tokio::test]
async fn what_its_worker_refused_did_not_run() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    let offer = socket.frame("execute_command").await;
    let mut refusal = claim(&offer);
    refusal["type"] = json!("not_started");
    refusal["reason"] = json!("draining");
    socket.send(&refusal).await;
    eventually_async("the offer is taken back", PATIENCE, async || {
        let execution = world.execution(number).await;
        let is_back = jobs_of(&execution, "only")[0]["status"] == "pending";
        is_back.then_some(()).ok_or_else(|| execution.to_string())
    })
    .await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let again = unstarted(&world, number).await.is(201);

    assert_eq!(step_of(&again, "only")["status"], "running");
}
