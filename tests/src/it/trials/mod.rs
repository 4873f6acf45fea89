//! Rollouts whose batches a workflow looks at: on which hosts, and what its end means.

mod crashes;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    world::step_of,
};
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::rollouts::{fleet, workers};

/// The step that stands for what looks at the batches of `s`.
const LOOKS: &str = "s/health-workflow";

async fn apply(world: &World, name: &str, document: &Value) {
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.ok();
}

/// Stores the workflow `look`: a command on whatever host it is let run on.
async fn look(world: &World, command: &str) {
    let step = json!({"id": "look", "command": command});
    apply(world, "look", &json!({"targets": ["all"], "steps": [step]})).await;
}

/// A rollout of a change that can be brought back, a host at a time, each looked at by `look`; with
/// whatever else its `rollout` says.
fn looked_at(more: &Value) -> Value {
    changed_by(("true", "true"), more)
}

fn changed_by((new, old): (&str, &str), more: &Value) -> Value {
    let mut rollout = json!({"health": {"workflow": "look"}});
    for (key, value) in more.as_object().unwrap() {
        rollout[key] = value.clone();
    }
    json!({"targets": ["all"], "steps": [
        {"id": "s", "command": new, "rollback": old, "rollout": rollout},
    ]})
}

/// The executions that have looked at the batches of this one, in the order of the batches.
async fn looks(world: &World, number: i64) -> Vec<i64> {
    let query =
        format!("select number from executions where parent = {number} order by parent_step");
    let found = world.database.ask(&query).await;
    found.iter().map(|number| number.parse().unwrap()).collect()
}

/// The hosts that each of them has looked at.
async fn looked(world: &World, number: i64) -> Vec<Vec<String>> {
    let mut hosts = Vec::new();
    for look in looks(world, number).await {
        let mut names = workers(&world.execution(look).await, "look");
        names.sort();
        hosts.push(names);
    }
    hosts
}

/// What the timeline says of the batches that were looked at.
fn told(execution: &Value) -> Vec<String> {
    let entries = execution["timeline"].as_array().unwrap().iter();
    let of_looks = entries.filter(|entry| entry["step"] == LOOKS && entry["status"] == "running");
    let details = of_looks.filter_map(|entry| entry["detail"].as_str());
    details.map(str::to_owned).collect()
}

/// A command that runs until a file is there, and says that it began.
fn gated(world: &World, gate: &str) -> String {
    let folder = world.folder().display();
    format!(
        "echo began >> {folder}/began-{gate}; until test -e {folder}/{gate}; do sleep 0.05; done"
    )
}

async fn has_begun(world: &World, gate: &str) {
    let file = world.folder().join(format!("began-{gate}"));
    eventually_async("the command", PATIENCE, async || {
        file.exists()
            .then_some(())
            .ok_or_else(|| "it has not begun".to_owned())
    })
    .await;
}

async fn cancel(world: &World, number: i64) {
    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);
}

async fn respond(world: &World, number: i64, answer: &str) {
    let path = format!("/executions/{number}/respond");
    let body = json!({"response": answer});
    world.admin().post(&path, &body).await.is(200);
}

#[tokio::test]
async fn each_batch_is_looked_at_on_its_own_hosts_before_the_next() {
    let world = fleet(3).await;
    let ledger = world.ledger();
    look(&world, &ledger.line("looked $PULSE_WORKER")).await;
    let new = ledger.line("changed $PULSE_WORKER");

    let execution = world
        .complete(&changed_by((&new, "true"), &json!({"batches": [1, 2]})))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let number = execution["number"].as_i64().unwrap();
    assert_eq!(
        looked(&world, number).await,
        [vec!["web-1"], vec!["web-2", "web-3"]]
    );
    assert_eq!(ledger.lines()[..2], ["changed web-1", "looked web-1"]);
    assert!(
        ledger.lines()[2..4]
            .iter()
            .all(|line| line.starts_with("changed"))
    );
    let step = step_of(&execution, LOOKS);
    assert_eq!(step["status"], "succeeded");
    assert_eq!(step["call"]["workflow"], "look");
    let [first, second] = looks(&world, number).await[..] else {
        panic!("{execution}");
    };
    assert_eq!(step["call"]["execution"], second);
    assert_eq!(
        told(&execution),
        [
            format!("batch 1 of 2, by #{first}"),
            "batch 1 of 2 is well".to_owned(),
            format!("batch 2 of 2, by #{second}"),
            "batch 2 of 2 is well".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_batch_that_is_not_well_stops_the_rollout_and_no_later_host_is_touched() {
    let world = fleet(3).await;
    look(&world, "test $PULSE_WORKER != web-2").await;

    let execution = world.complete(&looked_at(&json!({"max_fail": 3}))).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    assert_eq!(workers(&execution, "s"), ["web-1", "web-2"]);
    let looks = looks(&world, execution["number"].as_i64().unwrap()).await;
    let why = format!("health-workflow: #{} failed", looks[1]);
    let step = step_of(&execution, "s");
    assert_eq!(step["reason"], "unhealthy");
    assert_eq!(
        step["detail"],
        format!("{why}; 1 of 3 hosts were not begun")
    );
    assert_eq!(step_of(&execution, LOOKS)["status"], "failed");
    let told = told(&execution);
    let last = format!("batch 2 of 3 is not well: #{} failed", looks[1]);
    assert_eq!(told.last(), Some(&last), "{told:?}");
}

#[tokio::test]
async fn a_person_lets_pass_that_a_batch_is_not_well_and_the_next_is_looked_at() {
    let world = fleet(2).await;
    look(&world, "test $PULSE_WORKER != web-1").await;
    let number = world.run(&looked_at(&json!({"on_exceed": "prompt"}))).await;
    let prompt = world.prompt(number).await;
    let message = prompt["message"].as_str().unwrap();
    assert!(message.contains("health-workflow: #"), "{message}");

    respond(&world, number, "Continue").await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(looked(&world, number).await, [["web-1"], ["web-2"]]);
    assert_eq!(step_of(&execution, LOOKS)["status"], "failed");
}

#[tokio::test]
async fn what_a_batch_that_is_not_well_was_changed_to_is_brought_back() {
    let world = fleet(2).await;
    let ledger = world.ledger();
    let lines = ["new $PULSE_WORKER", "old $PULSE_WORKER"].map(|line| ledger.line(line));
    look(&world, "exit 3").await;
    let document = changed_by((&lines[0], &lines[1]), &json!({"on_exceed": "rollback"}));

    let failed = world.complete(&document).await;

    assert_eq!(failed["status"], "failed", "{failed}");
    let undo = "select number from executions where undo_of is not null";
    let undo = eventually_async("the undo", PATIENCE, async || {
        let found = world.database.ask(undo).await;
        found
            .first()
            .cloned()
            .ok_or_else(|| "there is none".to_owned())
    })
    .await;
    let undo = world.ended(undo.parse().unwrap()).await;
    assert_eq!(undo["status"], "completed", "{undo}");
    assert_eq!(step_of(&undo, LOOKS)["reason"], "nothing_to_undo");
    assert_eq!(ledger.lines(), ["new web-1", "old web-1"]);
}

#[tokio::test]
async fn a_rollout_that_is_cancelled_while_a_batch_is_looked_at_ends_what_looks() {
    let world = fleet(2).await;
    look(&world, &gated(&world, "never")).await;
    let number = world.run(&looked_at(&json!({}))).await;
    has_begun(&world, "never").await;
    assert_eq!(world.execution(number).await["status"], "running");

    cancel(&world, number).await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled", "{execution}");
    assert_eq!(step_of(&execution, LOOKS)["status"], "cancelled");
    let looks = looks(&world, number).await;
    assert_eq!(looks.len(), 1);
    let look = world.execution(looks[0]).await;
    assert_eq!(look["status"], "cancelled");
    assert!(look["completed_at"].as_str() <= execution["completed_at"].as_str());
}

#[tokio::test]
async fn a_host_that_goes_while_its_batch_is_looked_at_ends_that_look() {
    let mut world = fleet(2).await;
    let step = json!({"id": "look", "type": "wait", "duration": "1h"});
    apply(&world, "look", &json!({"steps": [step]})).await;
    let number = world.run(&looked_at(&json!({}))).await;
    let look = eventually_async("the look", PATIENCE, async || {
        let looks = looks(&world, number).await;
        looks
            .first()
            .copied()
            .ok_or_else(|| "none has begun".to_owned())
    })
    .await;

    world.agent("web-1").signal(Signal::TERM);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "failed", "{execution}");
    let detail = "went offline: web-1; 1 of 2 hosts were not begun";
    assert_eq!(step_of(&execution, "s")["detail"], detail);
    assert_eq!(step_of(&execution, LOOKS)["status"], "cancelled");
    assert_eq!(world.execution(look).await["status"], "cancelled");
}

#[tokio::test]
async fn a_paused_rollout_takes_the_end_of_a_look_and_begins_nothing() {
    let world = fleet(2).await;
    look(&world, &gated(&world, "gate")).await;
    let number = world.run(&looked_at(&json!({}))).await;
    has_begun(&world, "gate").await;
    let path = |verb| format!("/executions/{number}/{verb}");
    world.admin().post(&path("pause"), &json!({})).await.is(200);
    world.write("gate", "");
    let look = looks(&world, number).await[0];
    world.ended(look).await;
    eventually_async("its end", PATIENCE, async || {
        let told = told(&world.execution(number).await);
        (told.len() == 2)
            .then_some(())
            .ok_or_else(|| told.join(", "))
    })
    .await;
    let paused = world.execution(number).await;

    world
        .admin()
        .post(&path("resume"), &json!({}))
        .await
        .is(200);

    assert_eq!(workers(&paused, "s"), ["web-1"]);
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(looked(&world, number).await, [["web-1"], ["web-2"]]);
}

#[tokio::test]
async fn what_takes_too_long_or_looks_at_nobody_finds_the_batch_not_well() {
    let world = fleet(1).await;
    look(&world, "sleep 60").await;
    let elsewhere = json!({"id": "look", "command": "true", "targets": "name = db-*"});
    apply(&world, "elsewhere", &json!({"steps": [elsewhere]})).await;
    let asks = json!({"inputs": {"n": {"type": "number"}}, "steps": [{"id": "w", "type": "wait", "duration": 1}]});
    apply(&world, "asks", &asks).await;
    for (health, why) in [
        (
            json!({"workflow": "look", "timeout": "1s"}),
            "ran out of time",
        ),
        (
            json!({"workflow": "elsewhere"}),
            "health-workflow: elsewhere",
        ),
        (
            json!({"workflow": "asks", "with": {"n": "many"}}),
            "health-workflow: asks: input",
        ),
    ] {
        let execution = world.complete(&looked_at(&json!({"health": health}))).await;

        assert_eq!(execution["status"], "failed", "{execution}");
        let step = step_of(&execution, "s");
        assert_eq!(step["reason"], "unhealthy");
        let detail = step["detail"].as_str().unwrap();
        assert!(detail.contains(why), "{detail}");
    }
}

#[tokio::test]
async fn what_a_look_runs_counts_by_its_end_alone() {
    let world = fleet(2).await;
    let steps = json!([
        {"id": "try", "command": "exit 9", "continue_on_error": true},
        {"id": "look", "command": "true"},
    ]);
    apply(&world, "look", &json!({"targets": ["all"], "steps": steps})).await;
    let health = json!({"workflow": "look", "for": "1500ms"});

    let execution = world.complete(&looked_at(&json!({"health": health}))).await;

    assert_eq!(execution["status"], "completed", "{execution}");
}

#[tokio::test]
async fn what_a_look_runs_is_no_run_of_others() {
    let world = fleet(1).await;
    look(&world, "true").await;
    let health = json!([{"runs": 1, "within": "2s"}, {"workflow": "look"}]);

    let execution = world.complete(&looked_at(&json!({"health": health}))).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    let detail = &step_of(&execution, "s")["detail"];
    assert_eq!(detail, "only 0 of 1 runs ended there in time");
    assert_eq!(step_of(&execution, LOOKS)["status"], "succeeded");
}

#[tokio::test]
async fn what_looks_must_be_there_and_must_not_lead_back() {
    let world = fleet(1).await;

    let unknown = world
        .admin()
        .post("/executions", &json!({"definition": looked_at(&json!({}))}))
        .await;
    let warned = world
        .admin()
        .put("/workflows/outer", &looked_at(&json!({})).to_string())
        .await
        .ok();
    let back = json!({"steps": [{"id": "again", "workflow": "outer"}]});
    let circle = world
        .admin()
        .put("/workflows/look", &back.to_string())
        .await;

    assert!(unknown.status >= 400, "{unknown:?}");
    assert!(unknown.text().contains("look"), "{unknown:?}");
    assert!(
        warned.to_string().contains("there is no look yet"),
        "{warned}"
    );
    assert!(circle.status >= 400);
    assert!(
        circle.text().contains("look -> outer -> look"),
        "{circle:?}"
    );
}

#[tokio::test]
async fn a_rolling_restart_has_each_batch_looked_at_by_a_workflow() {
    let world = fleet(2).await;
    look(&world, "test $PULSE_WORKER != web-2").await;
    let restart = |more: &[&'static str]| [&["fleet", "rolling-restart"], more].concat();

    let plan = world
        .ctl(&restart(&["--health-workflow", "look", "--plan"]))
        .await;
    let well = world
        .ctl(&restart(&["--health-workflow", "look", "-l", "name=web-1"]))
        .await;
    let unwell = world
        .ctl(&restart(&[
            "--health-workflow",
            "look",
            "--canary-time",
            "1s",
        ]))
        .await;
    let unknown = world.ctl(&restart(&["--health-workflow", "nothing"])).await;
    let both = world
        .ctl(&restart(&["--health-workflow", "look", "--health", "true"]))
        .await;

    plan.is(0);
    assert!(
        plan.stderr.contains("resume; each batch: runs look"),
        "{}",
        plan.stderr
    );
    well.is(0);
    assert!(
        well.stderr.contains("batch 1 of 1 is well"),
        "{}",
        well.stderr
    );
    assert_eq!(unwell.code, 3, "{}", unwell.stderr);
    assert!(
        unwell.stderr.contains("batch 2 of 2 is not well"),
        "{}",
        unwell.stderr
    );
    assert!(
        unwell
            .stderr
            .contains("Rolling restart stopped: health-workflow: #"),
        "{}",
        unwell.stderr
    );
    assert_ne!(unknown.code, 0);
    assert!(unknown.stderr.contains("nothing"), "{}", unknown.stderr);
    assert_eq!(both.code, 2, "{}", both.stderr);
    let listed = world.admin().get("/executions?rollouts=true").await.is(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2, "{listed}");
    for name in ["web-1", "web-2"] {
        assert_eq!(crate::rollouts::admin_state(&world, name).await, "active");
    }
}
