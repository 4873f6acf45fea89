//! Monitors: who looks at what is to be looked at, what each look does, and who is told.

mod agents;
mod asked;
mod faults;
mod kept;
mod looks;
mod regions;
mod told;

use pulse_tests::{
    Answer, World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
};
use reqwest::Method;
use serde_json::{Value, json};

/// A worker in a region that looks at pages and at ports, as a test says.
async fn prober(world: &World, name: &str, region: &str) -> Socket {
    let token = json!({"region": region});
    let token = world.enroll_token_with(token).await;
    let body = json!({"token": token, "name": name, "type": "remote"});
    let enrolled = world.anonymous().post("/workers/enroll", &body).await;
    let enrolled = enrolled.is(201);
    let text = |key: &str| enrolled[key].as_str().unwrap().to_owned();
    let (id, credential) = (text("worker_id"), text("credential"));
    come(world, 0, (name, &id, &credential)).await
}

/// Connects a worker that looks.
async fn come(world: &World, server: usize, (name, id, credential): (&str, &str, &str)) -> Socket {
    let mut socket = Socket::open(&world.servers[server].url(), id, credential).await;
    let can = json!({"capabilities": {"checks": ["http", "tcp"]}});
    socket.hello_with(name, &can).await;
    socket
}

/// A monitor of a page that is looked at once a day by itself.
fn page() -> Value {
    json!({"probe": {"http": {"url": "https://example.org/"}}, "interval_seconds": 86_400})
}

/// The same with some other fields.
fn page_with(more: &Value) -> Value {
    let mut spec = page();
    let fields = spec.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    spec
}

async fn put(world: &World, name: &str, spec: &Value) -> Answer {
    let path = format!("/monitors/{name}");
    send(world.admin().request(Method::PUT, &path).json(spec)).await
}

/// What a worker says that a look gave.
fn report(check: &Value, result: &str) -> Value {
    json!({"type": "check_report", "check_id": check["check_id"], "result": result,
        "latency_ms": 12, "detail": format!("it was {result}")})
}

/// Takes the next look, and reports this of it.
async fn answer(socket: &mut Socket, result: &str) -> Value {
    let check = socket.frame("check").await;
    socket.send(&report(&check, result)).await;
    check
}

/// Asks for a look now, which a worker answers so; what is known of the monitor then.
async fn look(world: &World, name: &str, (socket, result): (&mut Socket, &str)) -> Value {
    let (admin, path) = (world.admin(), format!("/monitors/{name}/check"));
    let none = json!({});
    let (view, _) = tokio::join!(admin.post(&path, &none), answer(socket, result));
    view.is(200)
}

async fn view(world: &World, name: &str) -> Value {
    let path = format!("/monitors/{name}");
    world.admin().get(&path).await.is(200)
}

/// Waits until a monitor stands so.
async fn stands(world: &World, name: &str, status: &str) -> Value {
    let what = format!("{name} {status}");
    eventually_async(&what, PATIENCE, async || {
        let view = view(world, name).await;
        if view["status"] == status {
            Ok(view)
        } else {
            Err(view.to_string())
        }
    })
    .await
}

/// What each region finds.
fn found(view: &Value) -> Vec<(String, String)> {
    let regions = view["regions"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    regions
        .map(|region| (text(&region["region"]), text(&region["status"])))
        .collect()
}

/// How the looks at a monitor stand, newest first.
async fn checks(world: &World, name: &str) -> Vec<Value> {
    let path = format!("/monitors/{name}/checks");
    let page = world.admin().get(&path).await.is(200);
    page["items"].as_array().unwrap().clone()
}

async fn incidents(world: &World, name: &str) -> Vec<Value> {
    let path = format!("/monitors/{name}/incidents");
    let page = world.admin().get(&path).await.is(200);
    page["items"].as_array().unwrap().clone()
}

async fn pause(world: &World, name: &str) -> Value {
    let path = format!("/monitors/{name}/pause");
    world.admin().post(&path, &json!({})).await.is(200)
}
