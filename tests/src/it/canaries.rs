//! What counts against the hosts that a rollout has changed, and what only against one of them.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    world::{jobs_of, step_of},
};
use rustix::process::Signal;
use serde_json::{Value, json};

async fn fleet(count: usize) -> World {
    let mut world = World::start().await;
    for number in 1..=count {
        world.add_agent(&format!("web-{number}")).await;
    }
    world
}

/// The hosts that a step began on, each with how it ended there and why.
fn endings(execution: &Value, step: &str) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    jobs_of(execution, step)
        .iter()
        .map(|job| [&job["worker"], &job["status"], &job["reason"]].map(text))
        .collect()
}

/// Waits until as many hosts have come to the end of a rollout of `s`, one way or the other.
async fn have_ended(world: &World, number: i64, hosts: usize) {
    eventually_async("the first hosts", PATIENCE, async || {
        let view = world.execution(number).await;
        let ended = jobs_of(&view, "s")
            .iter()
            .filter(|job| job["completed_at"].is_string())
            .count();
        (ended == hosts)
            .then_some(())
            .ok_or_else(|| view.to_string())
    })
    .await;
}

/// A step of which web-2 lacks a value that the others have.
fn lacking(rollout: &Value) -> Value {
    let lacked = "echo ${{ steps.find.hosts[host.name].outputs.n.length }}";
    let mut use_it = json!({"id": "use", "command": lacked});
    if rollout.is_object() {
        use_it["rollout"] = rollout.clone();
    }
    json!({"targets": ["all"], "steps": [
        {"id": "find", "command": "test $PULSE_WORKER = web-2 || echo n=1 >> $PULSE_OUTPUT"},
        use_it,
    ]})
}

const LACKING: [[&str; 3]; 3] = [
    ["web-1", "succeeded", ""],
    ["web-2", "failed", "expression_error"],
    ["web-3", "succeeded", ""],
];

#[tokio::test]
async fn a_value_that_one_host_of_a_rollout_lacks_fails_that_host_alone() {
    let world = fleet(3).await;

    let tolerated = world
        .complete(&lacking(&json!({"batches": [3], "max_fail": 1})))
        .await;
    let stopped = world.complete(&lacking(&json!({"max_fail": 0}))).await;

    assert_eq!(endings(&tolerated, "use"), LACKING, "{tolerated}");
    assert_eq!(tolerated["status"], "completed");
    assert_eq!(tolerated["outcome"], "partial");
    assert_eq!(endings(&stopped, "use"), LACKING[..2], "{stopped}");
    let detail = &step_of(&stopped, "use")["detail"];
    assert_eq!(detail, "web-2; 1 of 3 hosts were not begun");
}

#[tokio::test]
async fn a_value_that_one_host_of_a_step_lacks_fails_that_host_alone() {
    let world = fleet(3).await;

    let execution = world.complete(&lacking(&Value::Null)).await;

    let mut ended = endings(&execution, "use");
    ended.sort();
    assert_eq!(ended, LACKING, "{execution}");
    let detail = jobs_of(&execution, "use")
        .iter()
        .find_map(|job| job["detail"].as_str().map(str::to_owned));
    assert!(detail.unwrap().contains("cannot read `length`"));
    assert_eq!(step_of(&execution, "use")["reason"], "jobs_failed");
}

#[tokio::test]
async fn a_value_that_every_host_lacks_fails_the_step_and_starts_nothing() {
    let world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "find", "command": "true"},
        {"id": "use", "command": "echo ${{ steps.find.outputs.n.length }}"},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(step_of(&execution, "use")["reason"], "expression_error");
    assert_eq!(jobs_of(&execution, "use").len(), 0, "{execution}");
}

#[tokio::test]
async fn a_canary_that_goes_offline_while_it_is_watched_stops_the_rollout() {
    let mut world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {"health": {"for": "1h", "after": "first"}}},
    ]});
    let number = world.run(&document).await;
    have_ended(&world, number, 1).await;

    world.agent("web-1").signal(Signal::TERM);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "failed", "{execution}");
    let step = step_of(&execution, "s");
    assert_eq!(step["reason"], "unhealthy");
    let detail = "went offline: web-1; 1 of 2 hosts were not begun";
    assert_eq!(step["detail"], detail);
    assert_eq!(endings(&execution, "s").len(), 1);
}

#[tokio::test]
async fn a_host_that_was_not_there_to_be_changed_is_not_missed_afterwards() {
    let mut world = fleet(3).await;
    world.agent("web-1").signal(Signal::TERM);
    world.has_status("web-1", "offline").await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {
            "batches": [2], "max_fail": 1, "health": {"for": "1s"},
        }},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(endings(&execution, "s").len(), 3);
}

/// A rollout of a change that can be brought back, with a canary and this health.
fn watched(health: &Value, (new, old): (&str, &str)) -> Value {
    json!({"targets": ["all"], "steps": [
        {"id": "s", "command": new, "rollback": old, "rollout": {
            "max_fail": 2, "on_exceed": "rollback", "health": health,
        }},
    ]})
}

#[tokio::test]
async fn a_host_that_its_doctor_finds_well_lets_the_next_one_follow() {
    let world = fleet(2).await;

    let execution = world
        .complete(&watched(&json!("doctor"), ("true", "true")))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let well = ["web-1", "web-2"].map(|name| [name, "succeeded", ""].map(str::to_owned));
    assert_eq!(endings(&execution, "s/health-doctor"), well);
    let output = world
        .output(&jobs_of(&execution, "s/health-doctor")[0])
        .await;
    let text = String::from_utf8(output).unwrap();
    assert!(text.contains("configuration is valid"), "{text}");
}

#[tokio::test]
async fn a_canary_whose_health_command_fails_is_brought_back_and_no_other_host_is_begun() {
    let world = fleet(3).await;
    let ledger = world.ledger();
    let lines = ["new $PULSE_WORKER", "old $PULSE_WORKER"].map(|line| ledger.line(line));
    let health = json!({"command": "test -n ${{ host.name }} && exit 4", "after": "first"});

    let failed = world
        .complete(&watched(&health, (&lines[0], &lines[1])))
        .await;
    let undo = world.ended(failed["number"].as_i64().unwrap() + 1).await;

    assert_eq!(failed["status"], "failed", "{failed}");
    let step = step_of(&failed, "s");
    assert_eq!(step["reason"], "unhealthy");
    let detail =
        "health-command failed on web-1; 2 of 3 hosts were not begun, the others are brought back";
    assert_eq!(step["detail"], detail);
    assert_eq!(jobs_of(&failed, "s/health-command")[0]["exit_code"], 4);
    assert_eq!(undo["status"], "completed", "{undo}");
    assert_eq!(ledger.lines(), ["new web-1", "old web-1"]);
}

/// A rollout over three hosts of which web-1 fails, and whose going on is for a person to decide.
async fn asked(world: &World, (new, old): (&str, &str)) -> i64 {
    let number = world
        .run(&json!({"targets": ["all"], "steps": [
            {"id": "s", "command": format!("{new}; test $PULSE_WORKER != web-1"), "rollback": old,
                "rollout": {"on_exceed": "prompt"}},
        ]}))
        .await;
    let prompt = world.prompt(number).await;
    assert_eq!(prompt["options"], json!(["Continue", "Stop", "Roll back"]));
    let message = prompt["message"].as_str().unwrap();
    assert!(message.starts_with("s: web-1; 2 of 3 hosts"), "{message}");
    assert_eq!(world.execution(number).await["status"], "waiting");
    number
}

async fn respond(world: &World, number: i64, answer: &str) {
    let path = format!("/executions/{number}/respond");
    let body = json!({"response": answer});
    world.admin().post(&path, &body).await.is(200);
}

#[tokio::test]
async fn a_person_lets_a_rollout_go_on_past_a_host_that_failed() {
    let world = fleet(3).await;
    let number = asked(&world, ("true", "true")).await;

    respond(&world, number, "Continue").await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(execution["outcome"], "partial");
    let ended: Vec<String> = endings(&execution, "s")
        .into_iter()
        .map(|[_, status, _]| status)
        .collect();
    assert_eq!(ended, ["failed", "succeeded", "succeeded"]);
}

#[tokio::test]
async fn a_person_has_a_rollout_brought_back() {
    let world = fleet(3).await;
    let ledger = world.ledger();
    let lines = ["new $PULSE_WORKER", "old $PULSE_WORKER"].map(|line| ledger.line(line));
    let number = asked(&world, (&lines[0], &lines[1])).await;

    respond(&world, number, "Roll back").await;

    assert_eq!(world.ended(number).await["status"], "failed");
    let undo = world.ended(number + 1).await;
    assert_eq!(undo["status"], "completed", "{undo}");
    assert_eq!(ledger.lines(), ["new web-1", "old web-1"]);
    assert_eq!(world.execution(number).await["outcome"], "rolled_back");
}

#[tokio::test]
async fn a_rollout_that_is_ended_while_somebody_is_asked_ends() {
    let world = fleet(3).await;
    let number = asked(&world, ("true", "true")).await;

    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled", "{execution}");
    assert_eq!(step_of(&execution, "s/on-exceed")["status"], "cancelled");
    assert_eq!(endings(&execution, "s").len(), 1);
}
