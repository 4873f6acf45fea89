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
    assert_eq!(
        problem["detail"],
        "outer run inner by this name, or wait for its events"
    );
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

/// A document with a clock and a question.
fn clocked(cron: &str) -> Value {
    json!({"triggers": {"schedule": [{"cron": cron}]}, "steps": [steps::prompt("ask")]})
}

#[tokio::test]
async fn the_schedules_of_a_document_are_called_as_its_workflow_is() {
    let world = World::start().await;
    let admin = world.admin();
    apply(&world, "deploy", &clocked("0 2 * * *")).await;

    rename(&world, "deploy", "deploy-web").await.is(200);
    let changed = apply(&world, "deploy-web", &clocked("0 3 * * *")).await;
    let taken = apply(&world, "deploy", &clocked("0 4 * * *")).await;

    assert_eq!((changed, taken), (200, 201));
    let listed = admin.get("/schedules").await.is(200);
    let schedules = listed["items"].as_array().unwrap().iter();
    let schedules: Vec<_> = schedules
        .map(|one| (&one["name"], &one["workflow"]["name"], &one["cron"]))
        .collect();
    let first = (
        &json!("deploy-web.1"),
        &json!("deploy-web"),
        &json!("0 3 * * *"),
    );
    let second = (&json!("deploy.1"), &json!("deploy"), &json!("0 4 * * *"));
    assert_eq!(schedules, [first, second]);
}

/// Has a channel be told of how executions of some workflows end, by starting one.
async fn channel(world: &World, name: &str, workflow: &str) {
    let spec = json!({"start": {"workflow": "told"}, "on": ["completed", "prompt"], "workflows": [workflow]});
    let path = format!("/notifications/channels/{name}");
    let request = world.admin().request(Method::PUT, &path).json(&spec);
    let answer = send(request).await;
    assert!(answer.status < 300, "{answer:?}");
}

/// Which channels were to be told something, in the order of their names.
async fn told(world: &World) -> Vec<Value> {
    let told = world.admin().get("/notifications").await.is(200);
    let told = told["items"].as_array().unwrap().iter();
    let mut told: Vec<_> = told.map(|one| one["channel"].clone()).collect();
    told.sort_by_key(ToString::to_string);
    told
}

#[tokio::test]
async fn what_runs_while_its_workflow_is_renamed_is_told_to_those_of_the_workflow() {
    let world = World::start().await;
    let admin = world.admin();
    apply(&world, "told", &json!({"steps": [steps::prompt("ask")]})).await;
    let waits = json!({"steps": [steps::prompt("first"), steps::prompt("second")]});
    apply(&world, "deploy", &waits).await;
    channel(&world, "of-deploy", "deploy").await;
    let run = admin
        .post("/executions", &json!({"workflow": "deploy"}))
        .await
        .is(201);

    rename(&world, "deploy", "deploy-web").await.is(200);
    apply(&world, "deploy", &waits).await;
    channel(&world, "of-another", "deploy").await;
    let path = format!("/executions/{}/respond", run["number"]);
    for _ in 0..2 {
        admin.post(&path, &json!({"response": "Yes"})).await.is(200);
    }
    channel(&world, "of-deploy", "deploy").await;
    let back = admin.get("/notifications/channels/of-deploy").await.is(200);
    let retried = format!("/executions/{}/retry", run["number"]);
    let retried = admin.post(&retried, &json!({})).await;

    // The first question came before the rename, the second and the end after it.
    assert_eq!(
        told(&world).await[..3],
        ["of-deploy", "of-deploy", "of-deploy"]
    );
    assert_eq!(back["spec"]["workflows"], json!(["deploy"]));
    assert_eq!(retried.is(201)["workflow"]["name"], "deploy-web");
}

#[tokio::test]
async fn what_failed_before_a_rename_is_tried_again_with_the_secrets_of_its_workflow() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let admin = world.admin();
    let fails = json!({"secrets": ["TOKEN"], "steps": [steps::execute("fail", "exit 1")]});
    let secret = json!({"value": "hunter2hunter2", "workflows": ["deploy"]});
    apply(&world, "deploy", &fails).await;
    send(admin.request(Method::PUT, "/secrets/TOKEN").json(&secret))
        .await
        .is(200);
    world.ctl(&["run", "deploy", "-F"]).await.is(3);

    rename(&world, "deploy", "deploy-web").await.is(200);
    let retried = admin.post("/executions/1/retry", &json!({})).await;
    let again = world.ctl(&["execution", "rerun", "1", "-F"]).await;

    assert_eq!(retried.is(201)["workflow"]["name"], "deploy-web");
    again.is(3);
}
