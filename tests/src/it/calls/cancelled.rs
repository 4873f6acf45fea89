//! What ends an outer run ends the inner one as often as somebody asked for it, however many replicas
//! there are.

use pulse_tests::{World, world::step_of};
use serde_json::{Value, json};

use super::{apply, calling, child, gated, start, world};

/// Two replicas and one host; an outer run whose inner one waits at its prompt.
async fn asking(world: &mut World, inner: &Value) -> (i64, i64) {
    world.add_server(&[]);
    apply(world, "inner", inner).await;
    apply(world, "outer", &calling("inner", &json!({}))).await;
    let number = start(world, "outer", &json!({})).await;
    let inner = child(world, number, "sub").await;
    world.prompt(inner).await;
    (number, inner)
}

async fn cancel(world: &World, number: i64, body: &Value) {
    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, body).await.is(200);
}

/// Ends the outer run so that both replicas have seen that the inner one is to end before either of
/// them has ended it, and waits until both are through.
async fn cancel_seen_by_both(world: &World, (outer, inner): (i64, i64), body: &Value) {
    let lock = format!("begin; select 1 from executions where number = {inner} for no key update");
    let session = world.database.session().await;
    session.batch_execute(&lock).await.unwrap();
    cancel(world, outer, body).await;
    let waiting = "from executions where id = any";
    world.database.are_held_up(2, waiting).await;
    session.batch_execute("commit").await.unwrap();
    // Whoever waits for the row gets it in turn: this one is the last.
    session.batch_execute(&lock).await.unwrap();
    session.batch_execute("commit").await.unwrap();
}

/// How often the inner run was asked to end, by its timeline and by the audit trail.
async fn times_asked(world: &World, execution: &Value) -> (usize, String) {
    let timeline = execution["timeline"].as_array().unwrap().iter();
    let asked = timeline.filter(|entry| entry["reason"] == "cancel_requested");
    let id = execution["id"].as_str().unwrap();
    let deeds = format!(
        "select count(*) from audit where action = 'execution.cancel' and subject = '{id}'"
    );
    (asked.count(), world.database.ask(&deeds).await.remove(0))
}

#[tokio::test]
async fn two_replicas_end_an_inner_run_once_and_its_last_list_runs() {
    let mut world = world().await;
    let inner = json!({
        "steps": [pulse_tests::steps::prompt("ask")],
        "finally": [{"id": "tidy", "command": gated(&world), "targets": ["web-1"]}],
    });
    let (number, inner) = asking(&mut world, &inner).await;

    cancel_seen_by_both(&world, (number, inner), &json!({"force": true})).await;
    world.write("gate", "");

    assert_eq!(world.ended(number).await["status"], "cancelled");
    let inner = world.execution(inner).await;
    assert_eq!(
        step_of(&inner, "finally/tidy")["status"],
        "succeeded",
        "{inner}"
    );
    assert_eq!(times_asked(&world, &inner).await, (1, "1".to_owned()));
}

/// A workflow whose first step takes its time to be brought back.
fn brought_back_by(command: &str) -> Value {
    json!({"targets": ["web-1"], "rollback": {"after": ["cancelled"]}, "steps": [
        {"id": "one", "command": "true", "rollback": command},
        pulse_tests::steps::prompt("ask"),
    ]})
}

#[tokio::test]
async fn two_replicas_told_once_by_force_let_an_inner_run_be_brought_back() {
    let mut world = world().await;
    let inner = brought_back_by(&gated(&world));
    let (number, inner) = asking(&mut world, &inner).await;

    cancel_seen_by_both(&world, (number, inner), &json!({"force": true})).await;
    world.write("gate", "");

    assert_eq!(world.ended(number).await["status"], "cancelled");
    let inner = world.execution(inner).await;
    assert_eq!(inner["outcome"], "rolled_back", "{inner}");
    assert_eq!(times_asked(&world, &inner).await, (1, "1".to_owned()));
}

#[tokio::test]
async fn whoever_forces_the_end_of_an_outer_run_twice_ends_the_rollback_of_the_inner_one() {
    let mut world = world().await;
    let (number, inner) = asking(&mut world, &brought_back_by("sleep 600")).await;
    cancel(&world, number, &json!({"force": true})).await;
    world.step_is(inner, "rollback/one", "running").await;

    cancel(&world, number, &json!({"force": true})).await;

    assert_eq!(world.ended(number).await["status"], "cancelled");
    let inner = world.execution(inner).await;
    assert_eq!(inner["outcome"], "partial", "{inner}");
    assert_eq!(times_asked(&world, &inner).await, (2, "2".to_owned()));
}

#[tokio::test]
async fn two_wishes_that_an_inner_run_hears_of_at_once_are_two() {
    let mut world = world().await;
    let (number, inner) = asking(&mut world, &brought_back_by("sleep 600")).await;
    let lock = format!("begin; select 1 from executions where number = {inner} for no key update");
    let session = world.database.session().await;
    session.batch_execute(&lock).await.unwrap();

    cancel(&world, number, &json!({})).await;
    cancel(&world, number, &json!({"force": true})).await;
    session.batch_execute("commit").await.unwrap();

    assert_eq!(world.ended(number).await["status"], "cancelled");
    let inner = world.execution(inner).await;
    assert_eq!(
        step_of(&inner, "rollback/one")["status"],
        "cancelled",
        "{inner}"
    );
}
