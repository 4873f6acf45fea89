//! What is brought back, by whom, and how often; hosts that go while a rollout is under way.

use pulse_tests::{
    World,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

use super::rollouts::{admin_state, fleet};

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

#[tokio::test]
async fn an_aborted_rollout_is_undone_where_it_had_begun_and_nowhere_else() {
    let world = fleet(2).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "steps": [
        {"id": "r", "rollout": {}, "steps": [
            {"id": "drain", "agent": "drain"},
            {"id": "one", "command": ledger.line("new 1"), "rollback": ledger.line("old 1 $PULSE_WORKER")},
            {"id": "two", "command": "sleep 30", "rollback": ledger.line("old 2 $PULSE_WORKER")},
            {"id": "three", "command": "true", "rollback": ledger.line("old 3 $PULSE_WORKER")},
            {"id": "resume", "agent": "resume"},
        ]},
    ]});
    let number = world.run(&document).await;
    world.step_is(number, "r/two", "running").await;
    let path = format!("/executions/{number}");
    world
        .admin()
        .post(&format!("{path}/cancel"), &json!({}))
        .await
        .is(200);
    assert_eq!(world.ended(number).await["status"], "cancelled");
    assert_eq!(admin_state(&world, "web-1").await, "held");

    let undo = world
        .admin()
        .post(&format!("{path}/undo"), &json!({}))
        .await
        .is(201);

    let undone = world.ended(undo["number"].as_i64().unwrap()).await;
    assert_eq!(undone["status"], "completed", "{undone}");
    assert_eq!(ledger.lines(), ["new 1", "old 2 web-1", "old 1 web-1"]);
    assert_eq!(admin_state(&world, "web-1").await, "active");
    assert_eq!(world.execution(number).await["outcome"], "rolled_back");
    let again = format!("/executions/{}/undo", undo["number"]);
    world.admin().post(&again, &json!({})).await.is(409);
}

#[tokio::test]
async fn a_rollout_that_is_to_roll_back_brings_its_hosts_back_by_itself() {
    let world = fleet(4).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "steps": [
        {"id": "r", "rollout": {"batches": [1, 2], "on_exceed": "rollback"}, "steps": [
            {"id": "drain", "agent": "drain"},
            {"id": "change", "command": ledger.line("new $PULSE_WORKER"),
                "rollback": ledger.line("old $PULSE_WORKER")},
            {"id": "check", "command": "test $PULSE_WORKER = web-1"},
            {"id": "resume", "agent": "resume"},
        ]},
    ]});
    let failed = world.complete(&document).await;
    let number = failed["number"].as_i64().unwrap();

    let undo = world.ended(number + 1).await;

    assert_eq!(failed["status"], "failed", "{failed}");
    let detail = "web-2, web-3; 1 of 4 hosts were not begun, the others are brought back";
    assert_eq!(step_of(&failed, "r")["detail"], detail);
    assert_eq!(undo["status"], "completed", "{undo}");
    assert_eq!(undo["undo_of"], number);
    assert_eq!(undo["started_by"], "pulse");
    assert_eq!(world.execution(number).await["outcome"], "rolled_back");
    let mut lines = ledger.lines();
    lines.sort();
    let old = ["old web-1", "old web-2", "old web-3"];
    assert_eq!(
        lines,
        [&["new web-1", "new web-2", "new web-3"][..], &old].concat()
    );
    for name in ["web-1", "web-2", "web-3", "web-4"] {
        assert_eq!(admin_state(&world, name).await, "active");
    }
}
