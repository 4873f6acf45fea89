//! What `pulsectl fleet` tells people: what is planned, how it ended, what can be done about it.

use pulse_tests::{World, world::Said};
use rustix::process::Signal;
use serde_json::{Value, json};

async fn fleet(count: usize) -> World {
    let mut world = World::start().await;
    for number in 1..=count {
        world.add_agent(&format!("web-{number}")).await;
    }
    world
}

/// An upgrade whose install fails at its canary, with nothing that could bring it back.
async fn failed(world: &World) -> (i64, Said) {
    let upgrade = ["fleet", "upgrade", "--version", "9.9.9"];
    let more = ["--install", "exit 4", "--canary", "1", "--batch", "2"];
    let said = world.ctl(&[&upgrade[..], &more].concat()).await;
    assert_eq!(said.code, 3, "{} {}", said.stdout, said.stderr);
    let listed = world.admin().get("/executions?rollouts=true").await.is(200);
    (listed["items"][0]["number"].as_i64().unwrap(), said)
}

#[tokio::test]
async fn an_upgrade_that_fails_says_where_and_why_and_what_to_type() {
    let world = fleet(3).await;

    let (number, said) = failed(&world).await;

    for line in [
        "without --rollback nothing can bring the old version back".to_owned(),
        "web-1 install: exit code 4".to_owned(),
        "Upgrade to 9.9.9 stopped: web-1; 2 of 3 hosts were not begun".to_owned(),
        "Upgrade to 9.9.9: 3 workers: 1 failed: web-1, 2 not begun".to_owned(),
        format!("`pulsectl fleet rollout show {number}`"),
        format!("`pulsectl fleet rollout undo {number}`"),
    ] {
        assert!(said.stderr.contains(&line), "{line}\n{}", said.stderr);
    }
}

#[tokio::test]
async fn a_list_of_rollouts_says_how_far_each_has_come_and_why_it_stopped() {
    let world = fleet(3).await;
    let (number, _) = failed(&world).await;

    let list = world.ctl(&["fleet", "rollout", "ls", "-o", "json"]).await;
    let table = world.ctl(&["fleet", "rollout", "ls", "-o", "wide"]).await;
    let shown = world
        .ctl(&["fleet", "rollout", "show", &number.to_string()])
        .await;

    let list: Value = serde_json::from_str(list.is(0)).unwrap();
    let summary = json!([{
        "step": "Upgrade to 9.9.9", "status": "failed", "batch": 1, "batches": 2, "canary": true, "hosts": 3,
        "done": 0, "busy": 0, "failed": 1, "waiting": 2,
        "detail": "web-1; 2 of 3 hosts were not begun",
    }]);
    assert_eq!(list[0]["rollouts"], summary, "{list}");
    let row = table.is(0).lines().nth(1).unwrap();
    for word in ["Upgrade to 9.9.9", "failed", "1/2 canary", "2 of 3 hosts"] {
        assert!(row.contains(word), "{word}: {row}");
    }
    let shown = shown.is(0);
    for word in [
        "batch 1 of 2, the canary",
        "1 canary",
        "exit code 4",
        "not begun",
    ] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
}

#[tokio::test]
async fn an_undo_that_brought_nothing_back_does_not_say_that_it_did() {
    let world = fleet(2).await;
    let (number, _) = failed(&world).await;
    let held = world.admin().get("/workers/web-1").await.is(200);

    let said = world
        .ctl(&["fleet", "rollout", "undo", &number.to_string()])
        .await;

    said.is(0);
    assert_eq!(held["admin_state"], "held");
    let undone = world.execution(number).await;
    assert_eq!(undone["outcome"], Value::Null, "{undone}");
    let on = format!("which undoes #{number} on 1 worker: web-1");
    let nothing = "no rollback was run: workers were let go, and nothing was brought back";
    for line in [&on, nothing] {
        assert!(said.stderr.contains(line), "{line}\n{}", said.stderr);
    }
    let worker = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(worker["admin_state"], "active");
    assert_eq!(undone["undone_by"], number + 1);
}

#[tokio::test]
async fn nobody_is_told_to_let_go_what_a_rollout_holds() {
    let mut world = fleet(1).await;
    world.agent("web-1").signal(Signal::STOP);

    let said = world
        .ctl(&["fleet", "rolling-restart", "--timeout", "2s"])
        .await;
    world.agent("web-1").signal(Signal::CONT);

    assert_eq!(said.code, 124, "{}", said.stderr);
    assert!(said.stderr.contains("restart"), "{}", said.stderr);
    assert!(!said.stderr.contains("worker resume"), "{}", said.stderr);
}
