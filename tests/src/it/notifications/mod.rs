//! What people are told: written with what it tells of, told at least once, and never in silence not at all.

mod channels;
mod faults;
mod mails;
mod messages;
mod seen;
mod starts;

use pulse_tests::{
    World,
    client::{Answer, send},
    eventually::{PATIENCE, eventually_async},
    receiver::Web,
};
use reqwest::Method;
use serde_json::{Value, json};

async fn put_channel(world: &World, name: &str, spec: &Value) -> Answer {
    let path = format!("/notifications/channels/{name}");
    send(world.admin().request(Method::PUT, &path).json(spec)).await
}

async fn put_secret(world: &World, name: &str, value: &str) {
    let path = format!("/secrets/{name}");
    let request = world.admin().request(Method::PUT, &path);
    send(request.json(&json!({"value": value}))).await.is(200);
}

async fn apply(world: &World, name: &str, document: &Value) -> Value {
    let request = world
        .admin()
        .request(Method::PUT, &format!("/workflows/{name}"));
    send(request.json(document)).await.is(201)
}

/// Starts a stored workflow; its number.
async fn start(world: &World, workflow: &str) -> i64 {
    let body = json!({"workflow": workflow});
    let started = world.admin().post("/executions", &body).await.is(201);
    started["number"].as_i64().unwrap()
}

/// A document that ends at once, well.
fn quiet() -> Value {
    json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]})
}

/// A document that fails at once.
fn failing() -> Value {
    json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms", "condition": "execution.number"}]})
}

/// A document that says something.
fn saying(step: Value) -> Value {
    let mut step = step;
    step["id"] = json!("say");
    step["channel"] = json!("ops");
    json!({"steps": [step]})
}

/// A world with the channel `ops`, which is told by a webhook.
async fn with_ops(on: &[&str]) -> (World, Web) {
    let (world, web) = (World::start().await, Web::start().await);
    let spec = json!({"webhook": {"url": web.url("/in")}, "on": on});
    put_channel(&world, "ops", &spec).await.is(200);
    (world, web)
}

/// Has what waits be due now: nobody waits for pauses.
async fn hurry(world: &World) {
    let now = "update notifications set due_at = now() where status = 'waiting'";
    world.database.tell(now).await.unwrap();
}

/// How the notifications stand, by channel, oldest first.
async fn standing(world: &World) -> Vec<String> {
    let query = "select channel || ' ' || event || ' ' || status from notifications order by channel, number";
    world.database.ask(query).await
}

/// Waits until the notifications stand so.
async fn stand(world: &World, expected: &[&str]) {
    eventually_async("how notifications stand", PATIENCE, async || {
        let standing = standing(world).await;
        let is_so = standing == expected;
        is_so.then_some(()).ok_or_else(|| format!("{standing:?}"))
    })
    .await;
}
