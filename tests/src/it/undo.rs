//! What is brought back, by whom, and how often; hosts that go while a rollout is under way.

use pulse_tests::{
    World,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

async fn fleet(count: usize) -> World {
    let mut world = World::start().await;
    for number in 1..=count {
        world.add_agent(&format!("web-{number}")).await;
    }
    world
}

async fn undo(world: &World, number: i64) -> pulse_tests::client::Answer {
    let path = format!("/executions/{number}/undo");
    world.admin().post(&path, &json!({})).await
}

fn number(answer: &Value) -> i64 {
    answer["number"].as_i64().unwrap()
}

#[tokio::test]
async fn two_who_undo_at_once_bring_a_rollout_back_once() {
    let world = fleet(2).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": ledger.line("new"), "rollback": ledger.line("old"), "rollout": {}},
    ]});
    let changed = number(&world.complete(&document).await);

    let (first, second) = tokio::join!(undo(&world, changed), undo(&world, changed));
    let (done, refused) = if first.status == 201 {
        (first, second)
    } else {
        (second, first)
    };
    refused.problem(409, "conflict");
    let undoing = number(&done.is(201));
    assert_eq!(world.ended(undoing).await["status"], "completed");
    let once_more = undo(&world, changed).await;
    let retried = format!("/executions/{undoing}/retry");
    let retried = world.admin().post(&retried, &json!({})).await;
    let rerun = ["execution", "rerun", &undoing.to_string()];
    let rerun = world.ctl(&rerun).await;

    rerun.is(2);
    once_more.problem(409, "conflict");
    retried.problem(409, "conflict");
    assert_eq!(ledger.lines(), ["new", "new", "old", "old"]);
}

#[tokio::test]
async fn a_host_that_refused_the_change_is_left_alone() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": ledger.line("new"), "user": "no-such-user", "rollback": ledger.line("old"),
         "rollout": {}},
    ]});
    let refused = number(&world.complete(&document).await);

    let answer = undo(&world, refused).await;

    let undoing = number(&answer.is(201));
    assert_eq!(world.ended(undoing).await["status"], "completed");
    assert_eq!(ledger.lines(), Vec::<String>::new());
}

#[tokio::test]
async fn a_host_that_is_removed_during_a_rollout_fails_alone() {
    let world = fleet(3).await;
    let gate = world.folder().join("gate");
    let command = format!("until test -e {}; do sleep 0.05; done", gate.display());
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": command, "rollout": {"batches": [1, 2], "max_fail": 1}},
    ]});
    let rollout = world.run(&document).await;
    world.step_is(rollout, "s", "running").await;
    world.admin().delete("/workers/web-2").await.is(204);

    std::fs::write(&gate, "").unwrap();

    let execution = world.ended(rollout).await;
    let step = step_of(&execution, "s").clone();
    let ended: Vec<(String, String)> = jobs_of(&execution, "s")
        .iter()
        .map(|job| {
            let text = |key: &str| job[key].as_str().unwrap_or_default().to_owned();
            (text("worker"), text("status"))
        })
        .collect();
    let wanted = [
        ("web-1", "succeeded"),
        ("web-2", "failed"),
        ("web-3", "succeeded"),
    ];
    let wanted = wanted.map(|(worker, status)| (worker.to_owned(), status.to_owned()));
    assert_eq!(ended, wanted, "{step}");
}
