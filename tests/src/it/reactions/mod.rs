//! What documents start for what happens in pulse: each event once, never in circles, and nothing in silence.

mod crashes;
mod decided;
mod started;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
};
use serde_json::{Value, json};

/// A workflow that is told of what has happened, with these other keys of its event.
fn page(event: &Value) -> Value {
    let mut event = event.clone();
    event["inputs"] = json!({"text": "${{ event.text }}"});
    json!({
        "inputs": {"text": {"default": ""}},
        "triggers": {"event": [event]},
        "steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]
    })
}

/// A document that fails at once.
fn failing() -> Value {
    json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms", "condition": "execution.number"}]})
}

/// A document that ends at once, well.
fn quiet() -> Value {
    json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]})
}

async fn apply(world: &World, name: &str, document: &Value) {
    let path = format!("/workflows/{name}");
    let applied = world.admin().request(reqwest::Method::PUT, &path);
    pulse_tests::client::send(applied.json(document)).await.ok();
}

/// Starts a stored workflow, and gives how it ended.
async fn run(world: &World, workflow: &str) -> Value {
    let body = json!({"workflow": workflow});
    let started = world.admin().post("/executions", &body).await.is(201);
    world.ended(started["number"].as_i64().unwrap()).await
}

/// The executions of a workflow, oldest first.
async fn runs(world: &World, workflow: &str) -> Vec<Value> {
    let path = format!("/executions?workflow={workflow}");
    let listed = world.admin().get(&path).await.is(200);
    let mut runs = listed["items"].as_array().unwrap().clone();
    runs.reverse();
    runs
}

/// What came of what was delivered to a sensor, oldest first, once all of so many is decided.
async fn decided(world: &World, sensor: &str, count: usize) -> Vec<Value> {
    let path = format!("/sensors/{sensor}/deliveries");
    let what = format!("{count} deliveries to {sensor} are decided");
    eventually_async(&what, PATIENCE, async || {
        let page = world.admin().get(&path).await.is(200);
        let mut items = page["items"].as_array().unwrap().clone();
        items.reverse();
        let is_so = items.len() == count && items.iter().all(|item| item["result"] != "waiting");
        is_so.then_some(items).ok_or_else(|| page.to_string())
    })
    .await
}

/// What came of them, in a line each.
async fn came(world: &World, sensor: &str, count: usize) -> Vec<String> {
    let all = decided(world, sensor, count).await;
    let line = |delivery: &Value| {
        let text = |key: &str| delivery[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text("event"), text("delivery"), text("result"))
    };
    all.iter().map(line).collect()
}
