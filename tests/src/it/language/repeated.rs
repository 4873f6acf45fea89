//! Groups that stand for several.

use pulse_tests::{World, steps, world::step_of};
use serde_json::{Value, json};

use super::{text, world};

/// What each step of a kind has said, by its id.
async fn said_by(world: &World, execution: &Value, suffix: &str) -> Vec<String> {
    let steps = execution["steps"].as_array().unwrap();
    let ids = steps.iter().map(|step| step["id"].as_str().unwrap());
    let mut said = Vec::new();
    for id in ids.filter(|id| id.ends_with(suffix)) {
        said.push(format!("{id}: {}", text(world, execution, id).await.trim()));
    }
    said
}

#[tokio::test]
async fn a_matrix_runs_its_group_once_for_each_combination() {
    let world = world().await;
    let say = "echo ${{ matrix.arch }} $PULSE_MATRIX_SUITE";
    let build = json!({"id": "build", "matrix": {"arch": ["amd64", "arm64"], "suite": [12, 13]},
        "steps": [steps::execute("say", say)]});

    let execution = world
        .complete(&json!({"steps": [build, steps::execute("after", "true")]}))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(
        said_by(&world, &execution, "/say").await,
        [
            "build/amd64-12/say: amd64 12",
            "build/amd64-13/say: amd64 13",
            "build/arm64-12/say: arm64 12",
            "build/arm64-13/say: arm64 13"
        ]
    );
}

#[tokio::test]
async fn an_input_says_what_a_group_runs_for_and_another_server_goes_on_with_it() {
    let mut world = world().await;
    let restart = steps::execute("restart", "sleep 1; echo ${{ item }} $PULSE_ITEM");
    let definition = json!({"inputs": {"services": {"type": "list"}}, "steps": [
        {"id": "each", "foreach": "${{ inputs.services }}", "steps": [restart,
            steps::execute("fails", "[ ${{ item }} != db ]")]}]});
    let run = json!({"definition": definition, "inputs": {"services": "web one,db"}});
    let number = world.admin().post("/executions", &run).await.is(201)["number"].clone();
    let number = number.as_i64().unwrap();
    world.step_is(number, "each/db/restart", "running").await;

    world.server().kill();
    world.server().start();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    assert_eq!(
        said_by(&world, &execution, "/restart").await,
        [
            "each/web-one/restart: web one web one",
            "each/db/restart: db db"
        ]
    );
    for (step, status) in [
        ("each/web-one", "succeeded"),
        ("each/db", "failed"),
        ("each", "failed"),
    ] {
        assert_eq!(step_of(&execution, step)["status"], status, "{step}");
    }
    let path = format!("/executions/{number}/retry");
    let again = json!({"from_step": "each"});
    let retried = world.admin().post(&path, &again).await.is(201);
    let retried = world.ended(retried["number"].as_i64().unwrap()).await;
    assert_eq!(step_of(&retried, "each/db/fails")["status"], "failed");
}

#[tokio::test]
async fn more_items_than_a_run_has_steps_are_refused_by_their_input() {
    let world = world().await;
    let definition = json!({"inputs": {"many": {"type": "list"}}, "steps": [
        {"id": "each", "foreach": "${{ inputs.many }}", "steps": [steps::execute("one", "true")]}]});
    let many: Vec<u32> = (0..100).collect();
    let run = json!({"definition": definition, "inputs": {"many": many}});

    let refused = world.admin().post("/executions", &run).await;

    let problem = refused.problem(422, "invalid_input");
    assert!(
        problem.to_string().contains("more than 200 steps"),
        "{problem}"
    );
}
