//! A workflow under another name: what belongs to it stays with it.

use pulse_tests::{World, client::send, steps};
use reqwest::Method;
use serde_json::{Value, json};

async fn apply(world: &World, name: &str, document: &Value) -> u16 {
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.status
}

async fn rename(world: &World, from: &str, to: &str) -> pulse_tests::Answer {
    let path = format!("/workflows/{from}");
    world.admin().patch(&path, &json!({"name": to})).await
}

fn asking() -> Value {
    json!({"name": "deploy", "steps": [steps::prompt("ask")]})
}

#[tokio::test]
async fn versions_executions_schedules_tokens_and_secrets_stay_with_a_renamed_workflow() {
    let world = World::start().await;
    let admin = world.admin();
    apply(&world, "deploy", &asking()).await;
    let body = json!({"workflow": "deploy"});
    let before = admin.post("/executions", &body).await.is(201);
    let schedule = json!({"name": "nightly", "workflow": "deploy", "cron": "0 2 * * *"});
    admin.post("/schedules", &schedule).await.is(201);
    let token = json!({"name": "ci", "role": "operator", "workflows": ["deploy"]});
    let token = admin.post("/tokens", &token).await.is(201);
    let ci = world.anonymous().with(token["token"].as_str().unwrap());
    let secret = json!({"value": "hunter2hunter2", "workflows": ["deploy"]});
    let secret = admin.request(Method::PUT, "/secrets/TOKEN").json(&secret);
    send(secret).await.is(200);
    let channel =
        json!({"start": {"workflow": "deploy"}, "on": ["failed"], "workflows": ["deploy"]});
    let channel = admin
        .request(Method::PUT, "/notifications/channels/again")
        .json(&channel);
    assert!(send(channel).await.status < 300);

    let said = world
        .ctl(&["workflow", "rename", "deploy", "deploy-web"])
        .await;

    said.is(0);
    let view = admin.get("/workflows/deploy-web").await.is(200);
    assert_eq!(view["version"], 2);
    assert_eq!(view["definition"]["name"], "deploy-web");
    let versions = admin.get("/workflows/deploy-web/versions").await.is(200);
    assert_eq!(versions["items"][0]["message"], "renamed from deploy");
    admin
        .get("/workflows/deploy")
        .await
        .problem(404, "not_found");
    let listed = ci.get("/executions?workflow=deploy-web").await.is(200);
    assert_eq!(listed["items"][0]["id"], before["id"]);
    let schedule = admin.get("/schedules/nightly").await.is(200);
    assert_eq!(schedule["workflow"]["name"], "deploy-web");
    let secret = admin.get("/secrets/TOKEN").await.is(200);
    assert_eq!(secret["workflows"], json!(["deploy-web"]));
    let channel = admin.get("/notifications/channels/again").await.is(200);
    assert_eq!(
        channel["spec"]["start"]["workflow"], "deploy-web",
        "{channel}"
    );
    assert_eq!(channel["spec"]["workflows"], json!(["deploy-web"]));
    let again = json!({"workflow": "deploy-web"});
    ci.post("/executions", &again).await.is(201);
    // Whoever takes the old name gets nothing of what was meant for the other one.
    apply(&world, "deploy", &asking()).await;
    ci.post("/executions", &body)
        .await
        .problem(404, "not_found");
    let trail = admin.get("/audit?limit=200").await.text();
    assert!(trail.contains("workflow.rename"), "{trail}");
}

#[tokio::test]
async fn a_name_is_taken_once_however_many_want_it() {
    let world = World::start().await;
    let plain = json!({"steps": [steps::prompt("ask")]});
    for name in ["a", "b"] {
        apply(&world, name, &plain).await;
    }

    let taken = rename(&world, "a", "b").await;
    let said = world.ctl(&["workflow", "rename", "a", "b"]).await;
    let unknown = rename(&world, "c", "d").await;
    let wrong = rename(&world, "a", "Not A Name").await;
    let (first, second) = tokio::join!(rename(&world, "a", "c"), rename(&world, "b", "c"));
    let admin = world.admin();
    let body = json!({"name": "d"});
    let once = post_patch(&admin, "/workflows/c", &body).await;
    let again = post_patch(&admin, "/workflows/c", &body).await;

    taken.problem(409, "name_taken");
    said.is(9);
    unknown.problem(404, "not_found");
    wrong.problem(422, "invalid_workflow");
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!(once.is(200)["id"], again.is(200)["id"]);
}

async fn post_patch(
    client: &pulse_tests::client::Client,
    path: &str,
    body: &Value,
) -> pulse_tests::Answer {
    let request = client.request(Method::PATCH, path).json(body);
    send(request.header("idempotency-key", "one-key")).await
}

#[tokio::test]
async fn what_others_run_is_not_renamed_and_nothing_is_renamed_into_a_circle() {
    let world = World::start().await;
    let runs = |callee: &str| json!({"steps": [{"id": "sub", "workflow": callee}]});
    apply(&world, "inner", &json!({"steps": [steps::prompt("inner")]})).await;
    apply(&world, "outer", &runs("inner")).await;
    // It runs what is not there yet.
    apply(&world, "first", &runs("second")).await;
    apply(&world, "third", &runs("first")).await;

    let run = rename(&world, "inner", "other").await;
    let circle = rename(&world, "third", "second").await;
    apply(&world, "outer", &runs("other")).await;
    let renamed = rename(&world, "inner", "other").await;

    let problem = run.problem(409, "conflict");
    assert_eq!(problem["detail"], "outer run inner by this name");
    let problem = circle.problem(422, "invalid_workflow");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("second -> first -> second"),
        "{problem}"
    );
    renamed.is(200);
    world.ctl(&["run", "outer", "-d"]).await.is(0);
}
