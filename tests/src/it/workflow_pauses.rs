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

/// A stored workflow with one run that has its group's only place, and one that waits for it.
async fn one_behind_the_other(world: &World) -> (i64, i64) {
    let document = json!({"concurrency": {"group": "deploy"}, "steps": [steps::prompt("ask")]});
    let path = "/workflows/deploy";
    let document = document.to_string();
    world.admin().put(path, &document).await.is(201);
    let (first, second) = (start(world).await, start(world).await);
    world.prompt(first).await;
    (first, second)
}

async fn answer(world: &World, number: i64) {
    let path = format!("/executions/{number}/respond");
    let body = json!({"response": "Yes"});
    world.admin().post(&path, &body).await.is(200);
}

async fn pause(world: &World) {
    let path = "/workflows/deploy/pause";
    world.admin().post(path, &json!({})).await.is(200);
}

#[tokio::test]
async fn what_was_about_to_begin_waits_on_once_its_workflow_is_paused() {
    let world = World::start().await;
    let (first, second) = one_behind_the_other(&world).await;
    let lock = "begin; select pg_advisory_xact_lock(180, hashtext('deploy'))";
    let session = world.database.session().await;
    session.batch_execute(lock).await.unwrap();
    answer(&world, first).await;
    world.database.is_held_up("pg_advisory_xact_lock").await;

    pause(&world).await;
    session.batch_execute("commit").await.unwrap();

    // Whoever waits for the group gets it in turn: this one is the last.
    session.batch_execute(lock).await.unwrap();
    session.batch_execute("commit").await.unwrap();
    assert_eq!(world.execution(second).await["status"], "pending");
}

#[tokio::test]
async fn a_pause_is_answered_when_what_was_beginning_has_begun() {
    let world = World::start().await;
    let (first, second) = one_behind_the_other(&world).await;
    let session = world.database.session().await;
    let place = format!(
        "begin; select 1 from places p join executions e on e.id = p.execution_id \
         where e.number = {second} for update of p"
    );
    session.batch_execute(&place).await.unwrap();
    answer(&world, first).await;
    let beginning = "update places set begun_at";
    world.database.is_held_up(beginning).await;

    let pausing = async {
        pause(&world).await;
        world.execution(second).await
    };
    let meanwhile = async {
        let pausing = "update workflows set paused_at";
        world.database.is_held_up(pausing).await;
        session.batch_execute("commit").await.unwrap();
    };
    let (as_of_the_answer, ()) = tokio::join!(pausing, meanwhile);

    assert_ne!(as_of_the_answer["status"], "pending");
}

#[tokio::test]
async fn a_start_that_had_looked_before_the_pause_starts_nothing_after_it() {
    let world = world().await;
    let session = world.database.session().await;
    let lock = "begin; lock table steps in exclusive mode";
    session.batch_execute(lock).await.unwrap();

    let admin = world.admin();
    let body = json!({"workflow": "deploy"});
    let meanwhile = async {
        world.database.is_held_up("insert into executions").await;
        pause(&world).await;
        session.batch_execute("commit").await.unwrap();
    };
    let (refused, ()) = tokio::join!(admin.post("/executions", &body), meanwhile);

    refused.problem(409, "workflow_paused");
    let executions = "select count(*) from executions";
    assert_eq!(world.database.ask(executions).await, ["0"]);
}

#[tokio::test]
async fn a_pause_is_answered_when_what_was_starting_has_started() {
    let world = world().await;
    let first = start(&world).await;
    let session = world.database.session().await;
    // Whoever takes the next number waits for this one, which stays away.
    let taken = format!(
        "begin; insert into executions overriding system value \
         select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'number', e.number + 1))).* \
         from executions e where number = {first}"
    );
    session.batch_execute(&taken).await.unwrap();

    let starting = start(&world);
    let pausing = async {
        world.database.is_held_up("insert into executions").await;
        let count = "select count(*) from executions";
        let answered = async {
            pause(&world).await;
            world.database.ask(count).await
        };
        let release = async {
            let waits = "select from workflows where id";
            world.database.is_held_up(waits).await;
            session.batch_execute("rollback").await.unwrap();
        };
        tokio::join!(answered, release).0
    };
    let (second, as_of_the_answer) = tokio::join!(starting, pausing);

    assert_eq!(second, first + 1);
    assert_eq!(as_of_the_answer, ["2"]);
}
