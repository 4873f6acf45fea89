//! Who may call what: every operation of the interface, as everybody.

use pulse_tests::{
    Answer, Client, World,
    client::send,
    interface::{Operation, operations, own_operations},
    steps,
};
use reqwest::Method;
use serde_json::{Value, json};

/// Calls an operation on things that are not there, or on the given worker.
async fn call(client: &Client, operation: &Operation, worker: Option<&str>) -> Answer {
    let mut path = operation.path_of(worker.unwrap_or("nothing-here"));
    if path.ends_with("/events") {
        path.push_str("?follow=false");
    }
    let request = client.request_at(operation.method.clone(), &path);
    if operation.method == Method::GET {
        return send(request).await;
    }
    send(request.json(&json!({}))).await
}

fn rank(role: &str) -> u32 {
    match role {
        "viewer" | "scraper" => 1,
        "approver" => 2,
        "operator" => 3,
        "admin" => 4,
        other => panic!("{other} is no role"),
    }
}

#[tokio::test]
async fn every_operation_lets_in_whom_it_declares_and_nobody_else() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let callers: Vec<(&str, Client)> = vec![
        ("anonymous", world.anonymous()),
        ("viewer", world.somebody("viewer").await),
        ("approver", world.somebody("approver").await),
        ("operator", world.somebody("operator").await),
        ("admin", world.admin()),
        ("worker", world.anonymous().with(&credential)),
    ];

    let mut wrong = Vec::new();
    for operation in own_operations(&world).await {
        for (who, client) in &callers {
            let own = (*who == "worker").then_some(id.as_str());
            let answer = call(client, &operation, own).await;
            let wanted = match (operation.access.as_str(), *who) {
                ("open", _) | ("worker" | "anybody", "worker") => None,
                (_, "anonymous") => Some(401),
                ("anybody", _) => None,
                ("worker", _) | (_, "worker") => Some(403),
                (access, role) if rank(role) < rank(access) => Some(403),
                _ => None,
            };
            let is_right = match wanted {
                Some(status) => answer.status == status,
                None if operation.access == "open" => answer.status < 500,
                None => answer.status != 401 && answer.status != 403 && answer.status < 500,
            };
            if !is_right {
                let (method, path) = (&operation.method, &operation.path);
                wrong.push(format!(
                    "{method} {path} as {who}: {} {}",
                    answer.status,
                    answer.text()
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_older_prefixes_are_guarded_as_well() {
    let world = World::start().await;

    let mut wrong = Vec::new();
    let all = operations(&world).await;
    for operation in all.iter().filter(|operation| operation.is_older) {
        if operation.access == "open" {
            continue;
        }
        let answer = call(&world.anonymous(), operation, None).await;
        if answer.status != 401 {
            wrong.push(format!("{operation}: {}", answer.status));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_approver_answers_and_delegates_and_starts_nothing() {
    let world = World::start().await;
    let approver = world.somebody("approver").await;
    world.somebody("viewer").await;
    let document = json!({"steps": [steps::prompt("ask")]});
    let number = world.run(&document).await;
    let prompt = world.prompt(number).await["number"].to_string();

    let started = json!({"definition": document});
    let started = approver.post("/executions", &started).await;
    let cancel = format!("/executions/{number}/cancel");
    let cancelled = approver.post(&cancel, &json!({})).await;
    let delegate = format!("/prompts/{prompt}/delegate");
    let delegated = approver.post(&delegate, &json!({"to": "a approver"})).await;
    let to_viewer = approver.post(&delegate, &json!({"to": "a viewer"})).await;
    let answer = format!("/prompts/{prompt}/answer");
    let answered = approver.post(&answer, &json!({"response": "Yes"})).await;

    started.problem(403, "forbidden");
    cancelled.problem(403, "forbidden");
    delegated.is(200);
    to_viewer.problem(422, "invalid_body");
    assert_eq!(answered.is(200)["answered_by"], "a approver");
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn an_approver_makes_no_token_that_runs_anything() {
    let world = World::start().await;
    let approver = world.somebody("approver").await;
    let token = |role: &str| json!({"name": "more", "role": role});

    let more = approver.post("/tokens", &token("operator")).await;
    let same = approver.post("/tokens", &token("approver")).await;

    more.problem(403, "forbidden");
    same.is(201);
    let said = world
        .ctl(&["token", "create", "--name", "cab", "--role", "approver"])
        .await;
    said.is(0);
}

#[tokio::test]
async fn nobody_gets_in_with_a_header_that_names_a_user() {
    let world = World::start().await;

    for name in [
        "remote-user",
        "remote_user",
        "REMOTE-USER",
        "x-forwarded-user",
    ] {
        let request = world.anonymous().request(Method::GET, "/user");
        let request = request
            .header(name, "admin")
            .header("remote-groups", "admin");
        send(request).await.problem(401, "unauthenticated");
    }
    let twice = world
        .admin()
        .request(Method::GET, "/user")
        .header("x-api-key", "something");
    send(twice).await.problem(400, "ambiguous_credentials");
}

#[tokio::test]
async fn tokens_give_no_more_than_their_maker_has() {
    let world = World::start().await;
    let operator = world.somebody("operator").await;

    let more = operator
        .post("/tokens", &json!({"name": "more", "role": "admin"}))
        .await;
    let same = operator
        .post("/tokens", &json!({"name": "same", "role": "operator"}))
        .await;
    let user = world
        .anonymous()
        .with(same.is(201)["token"].as_str().unwrap());

    more.problem(403, "forbidden");
    assert_eq!(user.get("/user").await.is(200)["role"], "operator");
}

#[tokio::test]
async fn a_revoked_token_is_worthless_at_once() {
    let world = World::start().await;
    let body = json!({"name": "script", "role": "viewer"});
    let created = world.admin().post("/tokens", &body).await.is(201);
    let script = world.anonymous().with(created["token"].as_str().unwrap());
    script.get("/workers").await.is(200);

    let path = format!("/tokens/{}", created["id"].as_str().unwrap());
    assert_eq!(world.admin().delete(&path).await.status, 204);

    script.get("/workers").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn whoever_guesses_tokens_is_slowed_down() {
    let world = World::start().await;
    let guesser = world.anonymous().with("pulse_user_0123");
    for _ in 0..10 {
        guesser.get("/user").await.problem(401, "unauthenticated");
    }

    let limited = guesser.get("/user").await;

    limited.problem(429, "too_many_requests");
    assert!(limited.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_worker_speaks_for_itself_only() {
    let world = World::start().await;
    let (own, credential) = world.enroll("web-1").await;
    let (other, _) = world.enroll("web-2").await;
    let worker = world.anonymous().with(&credential);
    let seeds = |id: &str| json!({"worker_id": id, "name": "web-1"});

    worker
        .post(&format!("/workers/{own}/ping"), &json!({}))
        .await
        .is(200);
    worker
        .post(&format!("/workers/{other}/ping"), &json!({}))
        .await
        .problem(403, "forbidden");
    worker
        .post("/workers/heartbeat", &seeds(&own))
        .await
        .is(200);
    worker
        .post("/workers/heartbeat", &seeds(&other))
        .await
        .problem(403, "forbidden");
    let path = format!("/workers/{other}/unregister");
    worker
        .post(&path, &json!({}))
        .await
        .problem(403, "forbidden");
    let run = json!({"definition": {"steps": []}});
    worker
        .post("/executions", &run)
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn what_happened_can_be_looked_up() {
    let world = World::start().await;
    world.enroll("web-1").await;

    let audit = world.admin().get("/audit").await.is(200);

    let actions: Vec<&Value> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["action"])
        .collect();
    assert!(actions.contains(&&json!("worker.enroll")), "{actions:?}");
    assert!(
        actions.contains(&&json!("enroll_token.issue")),
        "{actions:?}"
    );
    assert!(
        !audit.to_string().contains("pulse_enroll_"),
        "a secret in the audit trail"
    );
}

/// Every way in which a call brings something to run, with the least role that it takes. A document
/// that is not stored may hold what its caller may do one by one: commands are the admins'.
fn ways_to_run(number: i64) -> Vec<(&'static str, String, Value)> {
    let command = json!({"name": "a", "command": "true", "targets": ["web-1"]});
    let agent = json!({"name": "b", "agent": "doctor", "targets": ["web-1"]});
    let wait = json!({"name": "c", "type": "wait", "duration": 1});
    let document = |step: &Value| json!({"definition": {"steps": [step]}});
    let hidden = json!({"definition": {"steps": [wait], "finally": [command]}});
    let text = json!({"definition": json!({"steps": [command]}).to_string()});
    let executions = || "/executions".to_owned();
    vec![
        (
            "admin",
            "/workers/web-1/command".to_owned(),
            json!({"command": "true"}),
        ),
        ("admin", executions(), document(&command)),
        ("admin", executions(), hidden),
        ("admin", executions(), text),
        ("admin", format!("/executions/{number}/retry"), json!({})),
        ("operator", executions(), document(&agent)),
        ("operator", executions(), document(&wait)),
        ("operator", executions(), json!({"workflow": "stored"})),
    ]
}

#[tokio::test]
async fn operators_run_documents_of_their_own_unless_told_otherwise() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let operator = world.somebody("operator").await;
    let document = json!({"definition": steps::one("true", &["web-1"])});

    let started = operator.post("/executions", &document).await.is(201);
    let number = started["number"].as_i64().unwrap();
    assert_eq!(world.ended(number).await["status"], "completed");
    let retry = format!("/executions/{number}/retry");
    operator.post(&retry, &json!({})).await.is(201);
    let viewer = world.somebody("viewer").await;
    viewer
        .post("/executions", &document)
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn where_told_so_commands_that_no_workflow_holds_are_the_admins_by_every_way_there_is() {
    let mut world = World::with(&[("PULSE__SERVER__OPERATOR_COMMANDS", "false")]).await;
    world.add_agent("web-1").await;
    let stored = steps::one("true", &["web-1"]).to_string();
    world
        .admin()
        .put("/workflows/stored", &stored)
        .await
        .is(201);
    let number = world.run(&steps::one("true", &["web-1"])).await;
    world.ended(number).await;
    let callers = [
        ("viewer", world.somebody("viewer").await),
        ("approver", world.somebody("approver").await),
        ("operator", world.somebody("operator").await),
        ("admin", world.admin()),
    ];

    let mut wrong = Vec::new();
    for (least, path, body) in ways_to_run(number) {
        for (role, client) in &callers {
            let answer = client.post(&path, &body).await;
            let wanted = if rank(role) < rank(least) {
                answer.status == 403
            } else {
                answer.status == 201 || answer.status == 202
            };
            if !wanted {
                let said = answer.text();
                wrong.push(format!("{path} {body} as {role}: {} {said}", answer.status));
            }
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_administrators_first_token_lives_as_long_as_it_is_told_to() {
    let world = World::start().await;
    let create = |ttl: &str| {
        world.servers[0].command(&["user", "create-admin", "--name", "ada", "--ttl", ttl])
    };

    let made = pulse_tests::world::said(create("2h")).await;
    let too_long = pulse_tests::world::said(create("91d")).await;

    let ada = world.anonymous().with(made.is(0).trim());
    let tokens = ada.get("/tokens").await.is(200);
    let of_ada = |token: &&Value| token["name"] == "ada";
    let token = tokens["items"].as_array().unwrap().iter().find(of_ada);
    let token = token.unwrap_or_else(|| panic!("{tokens}"));
    let at = |key: &str| -> jiff::Timestamp { token[key].as_str().unwrap().parse().unwrap() };
    let life = at("expires_at").duration_since(at("created_at"));
    assert_eq!(life.as_secs(), 7200, "{token}");
    too_long.is(2);
}
