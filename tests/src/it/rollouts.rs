//! Groups, rollouts, and what they do to agents.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::{jobs_of, step_of},
};
use rustix::process::Signal;
use serde_json::{Value, json};

pub(crate) async fn fleet(count: usize) -> World {
    let mut world = World::start().await;
    for number in 1..=count {
        world.add_agent(&format!("web-{number}")).await;
    }
    world
}

pub(crate) async fn admin_state(world: &World, name: &str) -> String {
    let worker = world.admin().get(&format!("/workers/{name}")).await.is(200);
    worker["admin_state"].as_str().unwrap().to_owned()
}

pub(crate) fn workers(execution: &Value, step: &str) -> Vec<String> {
    jobs_of(execution, step)
        .iter()
        .map(|job| job["worker"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until the first host of a rollout of `s` is done.
pub(crate) async fn canary(world: &World, number: i64) {
    eventually_async("the first host", PATIENCE, async || {
        let view = world.execution(number).await;
        let done = jobs_of(&view, "s")
            .iter()
            .any(|job| job["status"] == "succeeded");
        done.then_some(()).ok_or_else(|| view.to_string())
    })
    .await;
}

#[tokio::test]
async fn the_steps_of_a_group_run_in_it_and_see_each_other() {
    let world = fleet(1).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "g", "steps": [
            {"id": "a", "command": "echo n=1 >> $PULSE_OUTPUT"},
            {"id": "b", "command": "test ${{ steps.a.outputs.n }} = 1"},
        ]},
        {"id": "after", "command": "test ${{ steps['g/a'].outputs.n }} = 1"},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(step_of(&execution, "g")["type"], "group");
    assert_eq!(step_of(&execution, "g")["status"], "succeeded");
    assert_eq!(jobs_of(&execution, "g/b")[0]["status"], "succeeded");
}

#[tokio::test]
async fn a_rollout_goes_over_the_hosts_batch_by_batch() {
    let world = fleet(3).await;
    let ledger = world.ledger();
    let document = json!({"targets": ["all"], "steps": [
        {"id": "r", "rollout": {"batches": [1, 2]}, "steps": [
            {"id": "one", "command": ledger.line("one $PULSE_WORKER")},
            {"id": "two", "command": ledger.line("two $PULSE_WORKER")},
        ]},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let lines = ledger.lines();
    assert_eq!(lines[..2], ["one web-1", "two web-1"]);
    assert_eq!(lines.len(), 6, "{lines:?}");
}

#[tokio::test]
async fn a_step_that_goes_over_all_hosts_in_batches_begins_once() {
    let world = fleet(3).await;
    let step =
        json!({"id": "s", "command": "true", "targets": "all", "rollout": {"batches": [1, 1]}});

    let execution = world.complete(&json!({"steps": [step]})).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "s").len(), 3);
    let timeline = execution["timeline"].as_array().unwrap();
    let begun = |e: &&Value| e["event"] == "step" && e["status"] == "running";
    assert_eq!(timeline.iter().filter(begun).count(), 1, "{timeline:?}");
}

#[tokio::test]
async fn a_rollout_stops_at_the_first_host_that_fails() {
    let world = fleet(3).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "exit 3", "rollout": {}},
        {"id": "after", "command": "true"},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    assert_eq!(workers(&execution, "s"), ["web-1"]);
    let step = step_of(&execution, "s");
    assert_eq!(step["reason"], "too_many_failed", "{step}");
    assert_eq!(step["detail"], "web-1; 2 of 3 hosts were not begun");
    assert_eq!(step_of(&execution, "after")["status"], "skipped");
}

#[tokio::test]
async fn a_host_that_is_not_there_counts_as_failed() {
    let mut world = fleet(2).await;
    world.agent("web-1").signal(Signal::TERM);
    world.has_status("web-1", "offline").await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {"max_fail": 1}},
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(execution["outcome"], "partial");
    let jobs = jobs_of(&execution, "s");
    assert_eq!(jobs[0]["reason"], "unreachable");
    assert_eq!(jobs[1]["status"], "succeeded");
}

#[tokio::test]
async fn a_drained_host_is_the_rollouts_alone_until_it_resumes() {
    let world = fleet(1).await;
    let ledger = world.ledger();
    let busy = world
        .run(&steps::one(
            &format!("{}; sleep 1", ledger.line("busy")),
            &["all"],
        ))
        .await;
    world.step_is(busy, "only", "running").await;
    let gate = world.folder().join("gate");
    let wait = format!("until test -e {}; do sleep 0.05; done", gate.display());
    let rollout = world
        .run(&json!({"targets": ["all"], "steps": [
            {"id": "r", "rollout": {}, "steps": [
                {"id": "drain", "agent": "drain"},
                {"id": "change", "command": format!("{}; {wait}", ledger.line("change"))},
                {"id": "resume", "agent": "resume"},
            ]},
        ]}))
        .await;
    world.step_is(rollout, "r/change", "running").await;
    assert_eq!(world.execution(busy).await["status"], "completed");
    assert_eq!(admin_state(&world, "web-1").await, "held");

    let other = world
        .run(&steps::one(&ledger.line("other"), &["all"]))
        .await;
    std::fs::write(&gate, "").unwrap();
    let (rolled, ran) = (world.ended(rollout).await, world.ended(other).await);

    assert_eq!(rolled["status"], "completed", "{rolled}");
    assert_eq!(ran["status"], "completed");
    assert_eq!(ledger.lines(), ["busy", "change", "other"]);
    assert_eq!(admin_state(&world, "web-1").await, "active");
}

#[tokio::test]
async fn a_host_that_an_operator_holds_is_left_alone() {
    let world = fleet(1).await;
    let hold = json!({"mode": "hold"});
    world.admin().post("/workers/web-1/drain", &hold).await;

    let execution = world
        .complete(&json!({"targets": ["all"], "steps": [{"id": "d", "agent": "drain"}]}))
        .await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(jobs_of(&execution, "d")[0]["reason"], "held", "{execution}");
    assert_eq!(admin_state(&world, "web-1").await, "held");
}

#[tokio::test]
async fn a_drain_that_takes_too_long_fails_and_leaves_the_work_alone() {
    let world = fleet(1).await;
    let busy = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(busy, "only", "running").await;

    let execution = world
        .complete(&json!({"targets": ["all"], "steps": [
            {"id": "d", "agent": "drain", "timeout": "500ms"},
        ]}))
        .await;

    let job = jobs_of(&execution, "d").remove(0);
    assert_eq!(job["status"], "timed_out", "{execution}");
    assert_eq!(world.ended(busy).await["status"], "completed");
}

#[tokio::test]
async fn doctor_looks_at_the_agent_on_its_host() {
    let world = fleet(1).await;

    let execution = world
        .complete(&json!({"targets": ["all"], "steps": [{"id": "d", "agent": "doctor"}]}))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let output = world.output(&jobs_of(&execution, "d")[0]).await;
    let text = String::from_utf8(output).unwrap();
    assert!(text.contains("configuration is valid"), "{text}");
}

#[tokio::test]
async fn a_pause_between_batches_survives_a_server_that_dies() {
    let mut world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {"pause": "1s"}},
    ]});
    let number = world.run(&document).await;
    canary(&world, number).await;

    world.server().kill();
    world.server().start();

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(workers(&execution, "s"), ["web-1", "web-2"]);
}

#[tokio::test]
async fn a_canary_on_which_other_work_fails_stops_the_rollout() {
    let world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {
            "batches": [1], "health": {"runs": 2, "after": "first"},
        }},
    ]});
    let number = world.run(&document).await;
    canary(&world, number).await;

    world.complete(&steps::one("exit 7", &["web-1"])).await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "failed", "{execution}");
    let step = step_of(&execution, "s");
    assert_eq!(step["reason"], "unhealthy", "{step}");
    assert!(
        step["detail"].as_str().unwrap().contains("exit 7"),
        "{step}"
    );
    assert_eq!(workers(&execution, "s"), ["web-1"]);
}

#[tokio::test]
async fn enough_runs_on_the_canary_let_the_rollout_go_on() {
    let world = fleet(2).await;
    let document = json!({"targets": ["all"], "steps": [
        {"id": "s", "command": "true", "rollout": {"health": {"runs": 2, "after": "first"}}},
    ]});
    let number = world.run(&document).await;
    canary(&world, number).await;

    world.complete(&steps::one("true", &["web-1"])).await;
    assert_eq!(workers(&world.execution(number).await, "s"), ["web-1"]);
    world.complete(&steps::one("true", &["web-1"])).await;

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(workers(&execution, "s"), ["web-1", "web-2"]);
}

#[tokio::test]
async fn a_host_that_an_execution_holds_says_which_one_until_it_is_let_go() {
    let world = fleet(1).await;
    let drain = json!({"targets": ["all"], "steps": [{"id": "d", "agent": "drain"}]});
    let held = world.complete(&drain).await;

    let while_held = world.admin().get("/workers/web-1").await.is(200);
    let resume = json!({"targets": ["all"], "steps": [{"id": "r", "agent": "resume"}]});
    let resumed = world.complete(&resume).await;

    assert_eq!(held["status"], "completed", "{held}");
    let drain = &while_held["drain"];
    assert_eq!(drain["mode"], "hold", "{while_held}");
    let reason = format!("held by execution #{}", held["number"]);
    assert_eq!(drain["reason"], reason.as_str());
    assert_eq!(drain["asked_by"], held["started_by"]);
    // Only the one that holds it may let it go, and then whoever is an operator.
    assert_eq!(jobs_of(&resumed, "r")[0]["reason"], "held", "{resumed}");
    world
        .admin()
        .post("/workers/web-1/resume", &json!({}))
        .await
        .is(200);
    let free = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(free["drain"], Value::Null);
}

#[tokio::test]
async fn a_plan_shows_hosts_and_batches_and_starts_nothing() {
    let world = fleet(3).await;

    let plan = world
        .ctl(&[
            "fleet",
            "rolling-restart",
            "--canary-runs",
            "3",
            "--batch",
            "2",
            "--plan",
        ])
        .await;
    let none = world
        .ctl(&["fleet", "rolling-restart", "-l", "name=nobody", "--plan"])
        .await;
    let listed = world.ctl(&["fleet", "rollout", "ls", "-q"]).await;

    let rows: Vec<Vec<&str>> = plan
        .is(0)
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        rows,
        [
            &["1", "canary", "1", "web-1"][..],
            &["2", "2", "web-2,web-3"]
        ]
    );
    none.is(11);
    assert_eq!(listed.is(0), "");
}

#[tokio::test]
async fn the_state_of_the_fleet_fits_on_a_page() {
    let world = fleet(2).await;
    world
        .admin()
        .post("/workers/web-2/drain", &json!({"mode": "hold"}))
        .await
        .is(200);

    let said = world.ctl(&["fleet", "status", "-o", "json"]).await;

    let status: Value = serde_json::from_str(said.is(0)).unwrap();
    assert_eq!(status["workers"], 2, "{status}");
    assert_eq!(status["by_state"], json!({"active": 1, "held": 1}));
    assert_eq!(status["set_apart"], json!(["web-2"]));
}

#[tokio::test]
async fn a_rolling_restart_replaces_every_link_and_loses_no_step() {
    let mut world = fleet(3).await;
    let ledger = world.ledger();
    let load = world
        .run(&json!({"targets": ["all"], "steps": [
            {"id": "a", "command": format!("sleep 1; {}", ledger.note())},
            {"id": "b", "command": format!("sleep 1; {}", ledger.note())},
            {"id": "c", "command": format!("sleep 1; {}", ledger.note())},
        ]}))
        .await;

    let said = world
        .ctl(&["fleet", "rolling-restart", "--batch", "1", "-o", "json"])
        .await;

    let rolled: Value = serde_json::from_str(said.is(0)).unwrap();
    assert_eq!(
        workers(&rolled, "rolling-restart/restart").len(),
        3,
        "{rolled}"
    );
    let ran = world.ended(load).await;
    assert_eq!(ran["status"], "completed", "{ran}");
    assert_eq!(ledger.lines().len(), 9);
    assert_eq!(ledger.twice(), Vec::<String>::new());
    for name in ["web-1", "web-2", "web-3"] {
        assert_eq!(admin_state(&world, name).await, "active");
        let restarted = "restarting because the server asked for it";
        assert!(world.agent(name).said().contains(restarted), "{name}");
    }
}
