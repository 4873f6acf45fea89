//! Steps that run other workflows, each as an execution of its own.

mod cancelled;
mod crashes;
mod documents;
mod ends;
mod follow;
mod rights;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    world::step_of,
};
use serde_json::{Value, json};

/// A world with one host.
async fn world() -> World {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world
}

/// Stores a document.
async fn apply(world: &World, name: &str, document: &Value) {
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.ok();
}

/// Starts a stored workflow.
async fn start(world: &World, name: &str, inputs: &Value) -> i64 {
    let body = json!({"workflow": name, "inputs": inputs});
    let started = world.admin().post("/executions", &body).await.is(201);
    started["number"].as_i64().unwrap()
}

/// A document whose only step runs another workflow.
fn calling(callee: &str, with: &Value) -> Value {
    json!({"steps": [{"id": "sub", "workflow": callee, "with": with}]})
}

/// The number of the execution that a step has become.
async fn child(world: &World, number: i64, step: &str) -> i64 {
    eventually_async("the child", PATIENCE, async || {
        let view = world.execution(number).await;
        let child = step_of(&view, step)["call"]["execution"].as_i64();
        child.ok_or_else(|| view.to_string())
    })
    .await
}

/// A command that runs until a file is there, and says that it began.
fn gated(world: &World) -> String {
    let folder = world.folder().display();
    format!("echo began >> {folder}/began; until test -e {folder}/gate; do sleep 0.05; done")
}
