//! Permissions of workflows: what a group may run, answer and see, everywhere alike.

use pulse_tests::{Answer, Client, World, client::send, world::prompt};
use reqwest::Method;
use serde_json::{Value, json};

/// Somebody with this role in these groups.
async fn member(world: &World, role: &str, groups: &[&str]) -> Client {
    let name = format!("a {role} of {groups:?}");
    let body = json!({"name": name, "role": role, "groups": groups});
    let created = world.admin().post("/tokens", &body).await.is(201);
    world.anonymous().with(created["token"].as_str().unwrap())
}

/// Applies a workflow that asks `ops` and is seen by `ops` and `audit` only.
async fn apply(world: &World, name: &str, permissions: &Value) {
    let document = json!({"permissions": permissions, "steps": [
        {"name": "Say", "id": "say", "command": "echo a-secret-thing", "targets": ["web-1"]},
        {"name": "Ask", "id": "ask", "type": "prompt", "message": "Well?", "options": ["Yes"]},
    ]});
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.ok();
}

async fn start(client: &Client, workflow: &str) -> Answer {
    let body = json!({"workflow": workflow});
    client.post("/executions", &body).await
}

/// How many items of a list speak of what belongs to the execution or the workflow.
async fn listed(client: &Client, path: &str, about: &str) -> usize {
    let page = client.get(path).await.is(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .filter(|item| item.to_string().contains(about))
        .count()
}

#[tokio::test]
async fn what_somebody_may_not_see_is_not_there_at_all() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    apply(
        &world,
        "deploy",
        &json!({"run": ["ops"], "view": ["audit"]}),
    )
    .await;
    let (ops, stranger) = (
        member(&world, "operator", &["ops"]).await,
        member(&world, "operator", &["cooks"]).await,
    );
    let execution = start(&ops, "deploy").await.is(201);
    let (id, number) = (
        execution["id"].as_str().unwrap(),
        execution["number"].as_i64().unwrap(),
    );
    let open = prompt(&ops, number).await;
    let seen = ops.get(&format!("/executions/{number}")).await.is(200);
    let job = seen["steps"][0]["jobs"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let hidden = [
        "/workflows/deploy".to_owned(),
        "/workflows/deploy/versions".to_owned(),
        "/workflows/deploy/versions/1".to_owned(),
        format!("/executions/{number}"),
        format!("/executions/{id}"),
        format!("/executions/{number}/logs"),
        format!("/executions/{number}/logs?follow=true"),
        format!("/executions/{number}/events"),
        format!("/jobs/{job}"),
        format!("/jobs/{job}/output"),
        format!("/prompts/{}", open["number"]),
    ];
    for path in &hidden {
        stranger.get(path).await.problem(404, "not_found");
    }
    let yes = json!({"response": "Yes"});
    let changing = [
        ("/workflows/deploy/plan".to_owned(), json!({})),
        (format!("/executions/{number}/respond"), yes.clone()),
        (format!("/executions/{number}/cancel"), json!({})),
        (format!("/executions/{number}/retry"), json!({})),
        (format!("/prompts/{}/answer", open["number"]), yes.clone()),
        ("/executions".to_owned(), json!({"workflow": "deploy"})),
    ];
    for (path, body) in &changing {
        stranger.post(path, body).await.problem(404, "not_found");
    }
    for path in [
        "/workflows",
        "/executions",
        "/prompts",
        "/workers/web-1/jobs",
    ] {
        let about = if path == "/workflows" { "deploy" } else { id };
        assert_eq!(listed(&stranger, path, about).await, 0, "{path}");
        assert_eq!(listed(&ops, path, about).await, 1, "{path}");
        assert_eq!(listed(&world.admin(), path, about).await, 1, "{path}");
    }
    let feed = "/events?follow=false&tail=1000";
    assert!(!stranger.get(feed).await.text().contains(id));
    assert!(!stranger.get(feed).await.text().contains("deploy"));
    assert!(ops.get(feed).await.text().contains(id));
    let answered = format!("/prompts/{}/answer", open["number"]);
    ops.post(&answered, &yes).await.is(200);
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn who_only_sees_a_workflow_does_not_run_it() {
    let world = World::start().await;
    world.enroll("web-1").await;
    apply(&world, "deploy", &json!({"run": ["ops"]})).await;
    let (ops, other) = (
        member(&world, "operator", &["ops"]).await,
        member(&world, "operator", &["op", "ops-2"]).await,
    );

    other.get("/workflows/deploy").await.is(200);
    start(&other, "deploy").await.problem(403, "forbidden");
    let number = start(&ops, "deploy").await.is(201)["number"].to_string();
    let cancel = format!("/executions/{number}/cancel");
    other
        .post(&cancel, &json!({}))
        .await
        .problem(403, "forbidden");
    ops.post(&cancel, &json!({})).await.is(200);
    let retry = format!("/executions/{number}/retry");
    other
        .post(&retry, &json!({}))
        .await
        .problem(403, "forbidden");
    let viewer = member(&world, "viewer", &["ops"]).await;
    start(&viewer, "deploy").await.problem(403, "forbidden");
    start(&world.admin(), "deploy").await.is(201);
}

#[tokio::test]
async fn a_question_is_answered_by_those_only_whom_it_is_for() {
    let world = World::start().await;
    let ask = json!({"name": "Ask", "type": "prompt", "message": "Well?", "options": ["Yes"]});
    let document = json!({"permissions": {"answer": ["leads"]}, "steps": [ask]});
    world
        .admin()
        .put("/workflows/deploy", &document.to_string())
        .await
        .ok();
    let (lead, other) = (
        member(&world, "operator", &["leads"]).await,
        member(&world, "operator", &["lead"]).await,
    );
    let number = start(&other, "deploy").await.is(201)["number"]
        .as_i64()
        .unwrap();
    let open = prompt(&other, number).await["number"].to_string();
    let (path, yes) = (
        format!("/prompts/{open}/answer"),
        json!({"response": "Yes"}),
    );

    other.post(&path, &yes).await.problem(404, "not_found");
    let respond = format!("/executions/{number}/respond");
    other.post(&respond, &yes).await.problem(404, "not_found");
    lead.post(&path, &json!({"response": "No"}))
        .await
        .problem(422, "not_an_option");
    lead.post(&path, &yes).await.is(200);
    lead.post(&path, &yes)
        .await
        .problem(409, "already_answered");

    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn permissions_of_the_newest_version_count_for_all() {
    let world = World::start().await;
    world.enroll("web-1").await;
    apply(&world, "deploy", &json!({})).await;
    let other = member(&world, "operator", &["cooks"]).await;
    let number = start(&other, "deploy").await.is(201)["number"].to_string();
    apply(&world, "deploy", &json!({"view": ["ops"], "run": []})).await;

    let old = json!({"workflow": "deploy", "version": 1});
    other
        .post("/executions", &old)
        .await
        .problem(404, "not_found");
    let path = format!("/executions/{number}");
    other.get(&path).await.problem(404, "not_found");
    let unnamed = json!({"permissions": {"view": ["ops"]},
        "steps": [{"name": "Wait", "type": "wait", "duration": 1}]});
    let unnamed = json!({"definition": unnamed});
    other
        .post("/executions", &unnamed)
        .await
        .problem(422, "invalid_workflow");
}

#[tokio::test]
async fn a_token_for_one_workflow_has_to_do_with_that_one_only() {
    let world = World::start().await;
    let wait = json!({"steps": [{"name": "Wait", "type": "wait", "duration": "1h"}]}).to_string();
    for name in ["deploy", "deploy-2"] {
        world
            .admin()
            .put(&format!("/workflows/{name}"), &wait)
            .await
            .ok();
    }
    let create = [
        "token",
        "create",
        "--name",
        "ci",
        "--role",
        "operator",
        "--workflow",
        "deploy",
        "-q",
    ];
    let token = world.ctl(&create).await;
    let ci = world.anonymous().with(token.is(0).trim());
    let other = start(&world.admin(), "deploy-2").await.is(201)["number"].to_string();

    let own = start(&ci, "deploy").await.is(201)["number"].to_string();
    start(&ci, "deploy-2").await.problem(404, "not_found");
    ci.get(&format!("/executions/{other}"))
        .await
        .problem(404, "not_found");
    ci.get(&format!("/executions/{own}")).await.is(200);
    assert_eq!(listed(&ci, "/workflows", "deploy").await, 1);
    let unnamed = json!({"definition": {"steps": [{"name": "A", "type": "wait", "duration": 1}]}});
    ci.post("/executions", &unnamed)
        .await
        .problem(403, "forbidden");
    world.enroll("web-1").await;
    ci.post("/workers/web-1/drain", &json!({}))
        .await
        .problem(403, "forbidden");
    let more = json!({"name": "more", "role": "operator", "workflows": ["deploy-2"]});
    ci.post("/tokens", &more).await.problem(403, "forbidden");
    let same = json!({"name": "same", "role": "operator"});
    let same = ci.post("/tokens", &same).await.is(201);
    let same = world.anonymous().with(same["token"].as_str().unwrap());
    start(&same, "deploy-2").await.problem(404, "not_found");
    let admin = json!({"name": "a", "role": "admin", "workflows": ["deploy"]});
    world
        .admin()
        .post("/tokens", &admin)
        .await
        .problem(422, "invalid_body");
}

#[tokio::test]
async fn nobody_gives_a_token_a_group_that_they_are_not_in() {
    let world = World::start().await;
    let ops = member(&world, "operator", &["ops"]).await;

    let foreign = json!({"name": "x", "role": "viewer", "groups": ["leads"]});
    ops.post("/tokens", &foreign)
        .await
        .problem(403, "forbidden");
    let own = json!({"name": "x", "role": "viewer"});
    let own = ops.post("/tokens", &own).await.is(201);

    let own = world.anonymous().with(own["token"].as_str().unwrap());
    let groups = own.get("/user").await.is(200)["groups"].clone();
    assert!(
        groups.as_array().unwrap().contains(&json!("ops")),
        "{groups}"
    );
    let request = own.request(Method::GET, "/executions");
    send(request).await.is(200);
}
