//! A whole execution is brought back: its steps newest first, where they had succeeded.

use pulse_tests::{
    World,
    ledger::Ledger,
    socket::{Socket, claim},
    steps,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

use super::rollouts::{fleet, workers};

/// Two steps that can be brought back, and one that fails.
fn document(ledger: &Ledger, last: &str) -> Value {
    json!({"targets": ["all"], "rollback": {"after": ["failed", "cancelled"]}, "steps": [
        {"id": "one", "name": "one", "command": ledger.line("one"), "rollback": ledger.line("undo-one")},
        {"id": "two", "name": "two", "command": ledger.line("two"), "rollback": ledger.line("undo-two")},
        {"id": "three", "name": "three", "command": last, "rollback": ledger.line("undo-three")},
    ], "finally": [{"id": "last", "name": "last", "command": ledger.line("last")}]})
}

#[tokio::test]
async fn what_had_succeeded_is_brought_back_newest_first_before_the_last_list() {
    let world = fleet(1).await;
    let ledger = world.ledger();

    let execution = world.complete(&document(&ledger, "exit 1")).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(execution["outcome"], "rolled_back");
    assert_eq!(
        ledger.lines(),
        ["one", "two", "undo-two", "undo-one", "last"]
    );
    let three = step_of(&execution, "rollback/three");
    assert_eq!(three["reason"], "nothing_to_undo");
    let number = execution["number"].to_string();
    let shown = world.ctl(&["execution", "show", &number]).await;
    assert!(shown.is(0).contains("Roll back two"), "{}", shown.stdout);
    assert!(shown.stdout.contains("rolled_back"), "{}", shown.stdout);
    // What was brought back is not taken over as if it were there.
    for body in [
        json!({"from_step": "three"}),
        json!({"failed": true}),
        json!({"unstarted": true, "failed": true}),
    ] {
        let path = format!("/executions/{number}/retry");
        let refused = world.admin().post(&path, &body).await;
        let problem = refused.problem(409, "conflict");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("brought back"), "{detail}");
    }
}

#[tokio::test]
async fn a_rollback_that_fails_holds_up_no_other_and_the_outcome_is_partial() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let mut document = document(&ledger, "exit 1");
    document["steps"][1]["rollback"] = json!("exit 9");

    let execution = world.complete(&document).await;

    assert_eq!(execution["outcome"], "partial");
    assert_eq!(step_of(&execution, "rollback/two")["status"], "failed");
    assert_eq!(ledger.lines(), ["one", "two", "undo-one", "last"]);
}

#[tokio::test]
async fn only_the_hosts_that_had_succeeded_are_brought_back() {
    let world = fleet(2).await;
    let ledger = world.ledger();
    let command = format!("test $PULSE_WORKER = web-1 && {}", ledger.line("one"));
    let document = json!({"targets": ["all"], "rollback": {}, "steps": [
        {"id": "one", "name": "one", "command": command, "rollback": ledger.line("undo")},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["outcome"], "rolled_back");
    let jobs = jobs_of(&execution, "rollback/one");
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["worker"], "web-1");
    assert_eq!(ledger.lines(), ["one", "undo"]);
}

#[tokio::test]
async fn a_good_end_brings_nothing_back() {
    let world = fleet(1).await;
    let ledger = world.ledger();

    let execution = world.complete(&document(&ledger, "true")).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(execution["outcome"], Value::Null);
    assert_eq!(ledger.lines(), ["one", "two", "last"]);
}

#[tokio::test]
async fn a_cancelled_execution_is_brought_back_and_a_killed_server_forgets_none_of_it() {
    let mut world = fleet(1).await;
    let (gate, ledger) = (world.folder().join("gate"), world.ledger());
    let mut document = document(&ledger, "sleep 60");
    document["steps"][1]["rollback"] = json!(format!(
        "{}; until test -e {}; do sleep 0.05; done",
        ledger.line("undo-two"),
        gate.display()
    ));
    let number = world.run(&document).await;
    world.step_is(number, "three", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.step_is(number, "rollback/two", "running").await;

    // Whoever cancels once more does not stop what brings it back.
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.server().kill();
    world.server().start();
    std::fs::write(&gate, "").unwrap();

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled");
    assert_eq!(execution["outcome"], "rolled_back");
    assert_eq!(
        ledger.lines(),
        ["one", "two", "undo-two", "undo-one", "last"]
    );
}

#[tokio::test]
async fn a_second_cancel_by_force_ends_the_rollback() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let mut document = document(&ledger, "exit 1");
    document["steps"][1]["rollback"] = json!("sleep 60");
    let number = world.run(&document).await;
    world.step_is(number, "rollback/two", "running").await;

    let said = world
        .ctl(&["execution", "cancel", &number.to_string(), "--force"])
        .await;

    said.is(0);
    let execution = world.ended(number).await;
    assert_eq!(execution["outcome"], "partial");
    assert_eq!(step_of(&execution, "rollback/one")["status"], "cancelled");
    assert_eq!(ledger.lines(), ["one", "two", "last"]);
}

/// A cancelled execution whose only worker, a stand-in, has the offer of its rollback.
async fn cancelled(world: &World) -> (Socket, i64, Value) {
    let mut socket = world.socket("web-1").await;
    let document = json!({"targets": ["web-1"], "rollback": {"after": ["cancelled"]}, "steps": [
        {"id": "one", "command": "true", "rollback": "true", "retry": {"max": 1, "delay": 0}},
        steps::prompt("ask"),
    ]});
    let number = world.run(&document).await;
    let offer = socket.take().await;
    socket.send(&socket.result(&offer, 0)).await;
    world.prompt(number).await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    let offer = socket.frame("execute_command").await;
    (socket, number, offer)
}

#[tokio::test]
async fn a_rollback_after_a_cancel_is_offered_again_where_it_was_refused() {
    let world = World::start().await;
    let (mut socket, number, offer) = cancelled(&world).await;
    let mut refusal = claim(&offer);
    refusal["type"] = json!("not_started");
    refusal["reason"] = json!("draining");

    socket.send(&refusal).await;

    let offer = socket.take().await;
    socket.send(&socket.result(&offer, 0)).await;
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled");
    assert_eq!(execution["outcome"], "rolled_back");
}

#[tokio::test]
async fn the_retry_of_a_rollback_counts_after_a_cancel() {
    let world = World::start().await;
    let (mut socket, number, offer) = cancelled(&world).await;

    socket.send(&socket.result(&offer, 1)).await;

    let offer = socket.take().await;
    assert_eq!(offer["attempt"], 2);
    socket.send(&socket.result(&offer, 0)).await;
    assert_eq!(world.ended(number).await["outcome"], "rolled_back");
}

#[tokio::test]
async fn a_rollback_ended_by_force_is_not_tried_again() {
    let world = World::start().await;
    let (mut socket, number, offer) = cancelled(&world).await;
    let said = world
        .ctl(&["execution", "cancel", &number.to_string(), "--force"])
        .await;
    said.is(0);

    // It had failed before it heard of that.
    socket.send(&socket.result(&offer, 1)).await;

    let execution = world.ended(number).await;
    assert_eq!(execution["outcome"], "partial");
    assert_eq!(jobs_of(&execution, "rollback/one").len(), 1);
}

#[tokio::test]
async fn a_rollback_of_a_step_that_picks_stays_on_the_host_that_was_picked() {
    let mut world = World::with(&[
        ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
        ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
        ("PULSE__WORKERS__OFFLINE_AFTER_MS", "2000"),
    ])
    .await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "rollback": {"after": ["cancelled"]}, "steps": [
        {"id": "one", "command": "true", "pick": 1, "offline": "wait(1m)", "rollback": ledger.line("undo")},
        steps::prompt("ask"),
    ]});
    let number = world.run(&document).await;
    world.prompt(number).await;
    world.add_agent("web-2").await;
    world.agent("web-1").kill_executor();
    world.agent("web-1").kill_link();
    world.has_status("web-1", "unreachable").await;
    let cancel = format!("/executions/{number}/cancel");

    world.admin().post(&cancel, &json!({})).await.is(200);

    let execution = world.ended(number).await;
    assert_eq!(workers(&execution, "rollback/one"), ["web-1"]);
    assert_eq!(execution["outcome"], "partial");
    assert_eq!(ledger.lines(), Vec::<String>::new());
}

#[tokio::test]
async fn what_an_execution_has_brought_back_itself_is_not_undone_once_more() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "rollback": {}, "steps": [
        {"id": "zero", "command": "true", "rollback": "exit 1"},
        {"id": "one", "name": "one", "command": ledger.line("one"), "rollback": ledger.line("undo"),
         "rollout": {}},
        {"id": "two", "command": "exit 1"},
    ]});
    let execution = world.complete(&document).await;
    assert_eq!(execution["outcome"], "partial");

    let path = format!("/executions/{}/undo", execution["number"]);
    let refused = world.admin().post(&path, &json!({})).await;

    let problem = refused.problem(409, "conflict");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("brought back by the execution itself"),
        "{detail}"
    );
    assert_eq!(ledger.lines(), ["one", "undo"]);
}

#[tokio::test]
async fn what_another_retry_has_brought_back_is_taken_over_by_none() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "rollback": {"after": ["failed"]}, "steps": [
        {"id": "prepare", "name": "prepare", "command": ledger.line("prepare"),
         "rollback": ledger.line("undo-prepare")},
        {"id": "ask", "type": "prompt", "message": "Go on?", "options": ["Yes", "No"]},
        {"id": "deploy", "name": "deploy", "command": "exit 1", "condition": "promptResponse === 'Yes'"},
    ]});
    let number = world.run(&document).await;
    world.prompt(number).await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;
    let retry = async |of: i64, body: &Value| {
        let path = format!("/executions/{of}/retry");
        world.admin().post(&path, body).await
    };
    let from = json!({"from_step": "ask"});
    let begun = async |of: i64| retry(of, &from).await.is(201)["number"].as_i64().unwrap();
    let (sibling, below) = (begun(number).await, number + 2);
    world.prompt(sibling).await;
    assert_eq!(ledger.lines(), ["prepare"]);

    let meanwhile = retry(number, &from).await;
    let cancel = format!("/executions/{sibling}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(sibling).await;
    assert_eq!(begun(sibling).await, below);
    world.prompt(below).await;
    let respond = format!("/executions/{below}/respond");
    let yes = json!({"response": "Yes"});
    world.admin().post(&respond, &yes).await.is(200);
    assert_eq!(world.ended(below).await["outcome"], "rolled_back");

    let problem = meanwhile.problem(409, "conflict");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&format!("#{sibling}")), "{detail}");
    for of in [number, sibling] {
        for body in [&from, &json!({"unstarted": true, "failed": true})] {
            let refused = retry(of, body).await;
            let problem = refused.problem(409, "conflict");
            let detail = problem["detail"].as_str().unwrap();
            let is_told =
                detail.contains("brought back") || detail.contains("run it again already");
            assert!(is_told, "{detail}");
        }
    }
    let whole = retry(number, &json!({})).await.is(201)["number"]
        .as_i64()
        .unwrap();
    // What was done anew since is there.
    world.prompt(whole).await;
    let cancel = format!("/executions/{whole}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(whole).await;
    retry(whole, &from).await.is(201);
}
