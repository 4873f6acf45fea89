//! Channels that start workflows, and steps that tell them something: for whom, and never in circles.

use pulse_tests::{World, client::Client, world::step_of};
use serde_json::{Value, json};

use super::{apply, put_channel, quiet, saying, stand, start};

/// A channel `ops` that starts `page`, which only these groups may see and run.
async fn with_page(groups: &[&str]) -> World {
    let world = World::start().await;
    let mut page = quiet();
    page["inputs"] = json!({"text": {}});
    page["permissions"] = json!({"run": groups, "view": groups});
    apply(&world, "page", &page).await;
    let spec = json!({"start": {"workflow": "page"}});
    put_channel(&world, "ops", &spec).await.is(200);
    world
}

/// An operator of this group.
async fn operator(world: &World, group: &str) -> Client {
    let body = json!({"name": format!("one of {group}"), "role": "operator", "groups": [group]});
    let token = world.admin().post("/tokens", &body).await.is(201);
    world.anonymous().with(token["token"].as_str().unwrap())
}

/// Has somebody run a document; how it ended.
async fn ended(world: &World, whose: &Client, body: &Value) -> Value {
    let started = whose.post("/executions", body).await.is(201);
    world.ended(started["number"].as_i64().unwrap()).await
}

/// The executions of a workflow.
async fn runs(world: &World, workflow: &str) -> Vec<Value> {
    let path = format!("/executions?workflow={workflow}");
    let listed = world.admin().get(&path).await.is(200);
    listed["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_step_starts_by_a_channel_only_what_who_started_it_may_run() {
    let world = with_page(&["bosses"]).await;
    let (cook, boss) = (
        operator(&world, "cooks").await,
        operator(&world, "bosses").await,
    );
    let said = json!({"definition": saying(json!({"message": "wake up"}))});
    apply(&world, "says", &saying(json!({"message": "wake up"}))).await;

    for body in [said.clone(), json!({"workflow": "says"})] {
        let refused = ended(&world, &cook, &body).await;
        let step = step_of(&refused, "say");
        assert_eq!(step["status"], "failed", "{step}");
        assert_eq!(
            (&step["reason"], &step["detail"]),
            (
                &json!("forbidden"),
                &json!("whoever started this execution may not run what the channel ops starts")
            )
        );
    }
    assert_eq!(runs(&world, "page").await, Vec::<Value>::new());

    for whose in [&boss, &world.admin()] {
        assert_eq!(ended(&world, whose, &said).await["status"], "completed");
    }
    assert_eq!(runs(&world, "page").await.len(), 2);
}

#[tokio::test]
async fn a_run_inside_another_and_a_retry_reach_no_further_than_who_started_them() {
    let world = with_page(&["bosses"]).await;
    let cook = operator(&world, "cooks").await;
    apply(&world, "says", &saying(json!({"message": "wake up"}))).await;
    let outer = json!({"steps": [{"id": "sub", "workflow": "says"}]});

    let refused = ended(&world, &cook, &json!({"definition": outer})).await;
    assert_eq!(refused["status"], "failed");
    let number = start(&world, "says").await;
    assert_eq!(world.ended(number).await["status"], "completed");
    let path = format!("/executions/{}/retry", refused["number"]);
    let again = cook.post(&path, &json!({})).await.is(201);
    let again = world.ended(again["number"].as_i64().unwrap()).await;

    assert_eq!(again["status"], "failed");
    assert_eq!(runs(&world, "page").await.len(), 1);
}

#[tokio::test]
async fn a_step_of_what_a_channel_has_started_starts_nothing_by_a_channel() {
    let world = World::start().await;
    apply(&world, "page", &saying(json!({"message": "again"}))).await;
    let spec = json!({"start": {"workflow": "page"}});
    put_channel(&world, "ops", &spec).await.is(200);

    let first = start(&world, "page").await;

    assert_eq!(world.ended(first).await["status"], "completed");
    stand(&world, &["ops step delivered", "ops step failed"]).await;
    let begun = runs(&world, "page").await;
    assert_eq!(begun.len(), 2);
    let second = world.ended(begun[0]["number"].as_i64().unwrap()).await;
    let step = step_of(&second, "say");
    assert_eq!(second["started_by"], "channel:ops");
    assert_eq!(
        (&step["reason"], &step["detail"]),
        (
            &json!("channel_cycle"),
            &json!(
                "it would run in circles: channel:ops has started this execution, and ops starts a workflow"
            )
        )
    );
}
