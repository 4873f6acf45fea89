//! A paused workflow: nothing of it starts, and what has begun goes on.

use pulse_tests::{World, steps, world::step_of};
use serde_json::{Value, json};

async fn world() -> World {
    let world = World::start().await;
    let document = json!({"steps": [steps::prompt("ask")]});
    world
        .admin()
        .put("/workflows/deploy", &document.to_string())
        .await
        .is(201);
    world
}

async fn start(world: &World) -> i64 {
    let started = world
        .admin()
        .post("/executions", &json!({"workflow": "deploy"}))
        .await;
    started.is(201)["number"].as_i64().unwrap()
}

#[tokio::test]
async fn nothing_of_a_paused_workflow_starts_and_what_has_begun_goes_on() {
    let world = world().await;
    let before = start(&world).await;

    let said = world
        .ctl(&[
            "workflow",
            "pause",
            "deploy",
            "--reason",
            "the registry moves",
        ])
        .await;
    said.is(0);
    let refused = world
        .admin()
        .post("/executions", &json!({"workflow": "deploy"}))
        .await;
    let run = world.ctl(&["run", "deploy", "-d"]).await;
    let path = format!("/executions/{before}/respond");
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);

    let problem = refused.problem(409, "workflow_paused");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("admin has paused deploy, at "),
        "{detail}"
    );
    assert!(detail.ends_with(": the registry moves"), "{detail}");
    run.is(9);
    assert!(
        run.stderr.contains("pulsectl workflow resume deploy"),
        "{}",
        run.stderr
    );
    let ended = world.ended(before).await;
    assert_eq!(step_of(&ended, "ask")["status"], "succeeded");
    let retried = world
        .admin()
        .post(&format!("/executions/{before}/retry"), &json!({}))
        .await;
    retried.problem(409, "workflow_paused");
    let listed = world.ctl(&["workflow", "ls"]).await;
    assert!(
        listed.is(0).contains("by admin: the registry moves"),
        "{}",
        listed.stdout
    );

    world.ctl(&["workflow", "resume", "deploy"]).await.is(0);
    start(&world).await;
}

#[tokio::test]
async fn who_paused_a_workflow_first_stays_and_both_moves_are_in_the_audit_trail() {
    let world = world().await;
    let operator = world.somebody("operator").await;
    let viewer = world.somebody("viewer").await;

    let paused = operator
        .post("/workflows/deploy/pause", &json!({"reason": "mine"}))
        .await
        .is(200);
    let again = world
        .admin()
        .post("/workflows/deploy/pause", &json!({}))
        .await
        .is(200);
    viewer
        .post("/workflows/deploy/resume", &json!({}))
        .await
        .problem(403, "forbidden");
    let resumed = operator
        .post("/workflows/deploy/resume", &json!({}))
        .await
        .is(200);
    operator
        .post("/workflows/nothing/pause", &json!({}))
        .await
        .problem(404, "not_found");

    assert_eq!(paused["paused"]["reason"], "mine");
    assert_eq!(again["paused"], paused["paused"]);
    assert_eq!(resumed["paused"], Value::Null);
    let deeds = "select action from audit where action in ('workflow.pause', 'workflow.resume') order by id";
    assert_eq!(
        world.database.ask(deeds).await,
        ["workflow.pause", "workflow.resume"]
    );
}

#[tokio::test]
async fn what_waits_for_its_turn_waits_on_while_its_workflow_is_paused() {
    let world = World::start().await;
    let document = json!({"concurrency": {"group": "deploy"}, "steps": [steps::prompt("ask")]});
    world
        .admin()
        .put("/workflows/deploy", &document.to_string())
        .await
        .is(201);
    let (first, second) = (start(&world).await, start(&world).await);
    world
        .admin()
        .post("/workflows/deploy/pause", &json!({}))
        .await
        .is(200);
    world.prompt(first).await;

    let path = format!("/executions/{first}/respond");
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    world.ended(first).await;
    // What is free goes to whoever may have it.
    let other = json!({"concurrency": {"group": "deploy"}, "steps": [steps::prompt("ask")]});
    let other = world.run(&other).await;
    world.prompt(other).await;

    assert_eq!(world.execution(second).await["status"], "pending");
    world
        .admin()
        .post("/workflows/deploy/resume", &json!({}))
        .await
        .is(200);
    let path = format!("/executions/{other}/respond");
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    world.prompt(second).await;
}
