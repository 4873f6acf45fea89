//! What starts from outside: each delivery once, only what is signed, and nothing in silence.

mod decided;
mod deployed;
mod named;
mod replayed;
mod signed;

use pulse_tests::{Answer, Client, World, client::send, clock};
use reqwest::{Method, RequestBuilder};
use ring::hmac;
use serde_json::{Value, json};

use crate::secret_delivery::hex;

const SECRET: &str = "the push of a repository";

/// A workflow that is deployed by a push to its main branch.
const DEPLOY: &str = "\
inputs:
  commit: {type: string, pattern: '[0-9a-f]{4,40}'}
triggers:
  webhook:
    kind: gitea
    secret: DEPLOY_HOOK
    when: headers['x-gitea-event'] === 'push' && payload.ref === 'refs/heads/main'
    inputs: {commit: '${{ payload.after }}'}
steps:
- {id: rest, type: wait, duration: 1ms}
";

async fn set_secret(world: &World, name: &str, value: &str) {
    let path = format!("/secrets/{name}");
    let request = world.admin().request(Method::PUT, &path);
    send(request.json(&json!({"value": value}))).await.is(200);
}

/// A world with this workflow, and the secret of its webhooks.
async fn with(name: &str, document: &str) -> World {
    let world = World::start().await;
    set_secret(&world, "DEPLOY_HOOK", SECRET).await;
    let path = format!("/workflows/{name}");
    world.admin().put(&path, document).await.is(201);
    world
}

fn code(secret: &str, bytes: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hex(hmac::sign(&key, bytes).as_ref())
}

/// What Gitea says of a push.
fn push(branch: &str, after: &str) -> Value {
    json!({
        "ref": format!("refs/heads/{branch}"),
        "before": "28e1879d029cb852e4844d9c718537df08844e03",
        "after": after,
        "compare_url": "",
        "commits": [{"id": after, "message": "fix \"it\"; $(rm -rf /)\n", "author": {"name": "Ähm", "username": "jo"}}],
        "repository": {"id": 140, "full_name": "lotus/pulse", "default_branch": "main"},
        "pusher": {"id": 1, "login": "jo"},
    })
}

/// A delivery as Gitea makes it, to be sent.
fn gitea(world: &World, path: &str, (secret, body): (&str, &str)) -> RequestBuilder {
    gitea_at(&world.anonymous(), path, (secret, body))
}

fn gitea_at(client: &Client, path: &str, (secret, body): (&str, &str)) -> RequestBuilder {
    let code = code(secret, body.as_bytes());
    client
        .request(Method::POST, path)
        .header("content-type", "application/json")
        .header("x-gitea-delivery", "f6266f16-1bf3-46a5-9ea4-602e06ead473")
        .header("x-gitea-event", "push")
        .header("x-gitea-event-type", "push")
        .header("x-gitea-signature", &code)
        .header("x-gogs-signature", &code)
        .header("x-hub-signature-256", format!("sha256={code}"))
        .header("x-github-event", "push")
        .body(body.to_owned())
}

async fn deliver(world: &World, body: &Value) -> Answer {
    send(gitea(world, "/hooks/deploy", (SECRET, &body.to_string()))).await
}

/// A delivery of whoever signs as pulse says, to be sent now.
pub(crate) fn signed(client: &Client, path: &str, (secret, body): (&str, &str)) -> RequestBuilder {
    signed_at(client, path, (seconds(), secret, body))
}

fn signed_at(client: &Client, path: &str, (at, secret, body): (i64, &str, &str)) -> RequestBuilder {
    let code = code(secret, format!("{at}.{body}").as_bytes());
    client
        .request(Method::POST, path)
        .header("content-type", "application/json")
        .header("x-pulse-signature", format!("t={at},v1={code}"))
        .body(body.to_owned())
}

fn seconds() -> i64 {
    clock::now().as_second()
}

/// The newest delivery to a sensor.
async fn newest(world: &World, sensor: &str) -> Value {
    let path = format!("/sensors/{sensor}");
    world.admin().get(&path).await.is(200)["deliveries"][0].clone()
}

async fn executions(world: &World) -> usize {
    let page = world.admin().get("/executions").await.is(200);
    page["items"].as_array().unwrap().len()
}
