//! The description of the interface says what the server does, operation by operation.

use std::collections::HashSet;

use pulse_tests::{
    Answer, World,
    client::send,
    interface::{Operation, operations, own_operations},
    steps,
};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};

/// Operations that look at their parameters: those of older workers carry what they like.
async fn strict(world: &World) -> Vec<Operation> {
    let mut all = own_operations(world).await;
    all.retain(|operation| !["worker", "anybody"].contains(&operation.access.as_str()));
    all
}

/// A call with this behind the `?`; a stream of everything would have no end.
async fn ask(world: &World, operation: &Operation, query: &str) -> Answer {
    let is_feed = operation.path == "/api/v1/events" && !query.contains("follow=");
    let query = if is_feed {
        format!("{query}&follow=false")
    } else {
        query.to_owned()
    };
    send(operation.request(&world.admin(), &query)).await
}

fn name(parameter: &Value) -> &str {
    parameter["name"].as_str().unwrap()
}

/// The schema of one value: of a list, that of its items.
fn schema(parameter: &Value) -> &Value {
    let schema = &parameter["schema"];
    if schema["type"] == "array" {
        &schema["items"]
    } else {
        schema
    }
}

/// A value that a parameter takes.
fn fitting(parameter: &Value) -> String {
    let schema = schema(parameter);
    match (schema["enum"][0].as_str(), schema["type"].as_str().unwrap()) {
        (Some(word), _) => word.to_owned(),
        (None, "boolean") => "false".to_owned(),
        (None, "integer") => schema["minimum"].to_string(),
        (None, "number") => "1.5".to_owned(),
        (None, _) if schema["format"] == "date-time" => "2026-01-31T08:00:00Z".to_owned(),
        (None, _) if schema["format"] == "uuid" => {
            "01900000-0000-7000-8000-000000000000".to_owned()
        }
        (None, _) if name(parameter) == "selector" => "group%3Dweb".to_owned(),
        (None, _) => "x".to_owned(),
    }
}

#[tokio::test]
async fn a_call_takes_the_parameters_of_its_description_and_no_others() {
    let world = World::start().await;

    let mut with_parameters = 0;
    for operation in strict(&world).await {
        let described = operation.parameters("query");
        let answer = ask(&world, &operation, "bogus=1").await;
        let problem = answer.problem(400, "invalid_query");
        let hint = problem["hint"].as_str().unwrap().to_owned();
        let names: Vec<&str> = described.iter().map(|one| name(one)).collect();
        let wanted = match names.as_slice() {
            [] => "this call takes no parameters".to_owned(),
            names => format!("this call takes {}", names.join(", ")),
        };
        assert_eq!(hint, wanted, "{operation}");
        with_parameters += usize::from(!names.is_empty());
    }
    assert!(with_parameters >= 18, "{with_parameters} with parameters");
}

#[tokio::test]
async fn every_parameter_that_is_described_takes_what_fits_it() {
    let world = World::start().await;

    for operation in strict(&world).await {
        for parameter in operation.parameters("query") {
            let name = name(parameter);
            if name == "cursor" || operation.path.ends_with("/verify") {
                continue;
            }
            let query = format!("{name}={}", fitting(parameter));
            let answer = ask(&world, &operation, &query).await;
            assert_ne!(answer.code(), "invalid_query", "{operation} {query}");
            assert!(answer.status < 500, "{operation} {query}");
            let about = parameter["description"].as_str().unwrap();
            assert!(about.len() > 10, "{operation} {name}: {about}");
        }
    }
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_by_name_with_what_would() {
    let world = World::start().await;

    for operation in strict(&world).await {
        for parameter in operation.parameters("query") {
            let (name, schema) = (name(parameter), schema(parameter));
            let is_free = schema["type"] == "string"
                && schema["enum"].is_null()
                && schema["format"].is_null();
            if is_free {
                continue;
            }
            let answer = ask(&world, &operation, &format!("{name}=b%6Fgus")).await;
            let problem = answer.problem(400, "invalid_query");
            let detail = problem["detail"].as_str().unwrap();
            assert!(
                detail.contains(&format!("`{name}`")),
                "{operation}: {detail}"
            );
            assert!(detail.contains("`bogus`"), "{operation}: {detail}");
            for word in schema["enum"].as_array().into_iter().flatten() {
                assert!(
                    detail.contains(word.as_str().unwrap()),
                    "{operation}: {detail}"
                );
            }
            assert_eq!(problem["errors"][0]["path"], format!("query.{name}"));
        }
    }
    let wrong = "/workers?selector=label.rack%3D%3D";
    let problem = world.admin().get(wrong).await.problem(400, "invalid_query");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .starts_with("`selector` ")
    );
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_nothing_under_every_header() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;

    let mut optional = Vec::new();
    for operation in own_operations(&world).await {
        if operation.about["requestBody"]["required"] != json!(false) {
            continue;
        }
        let (client, named) = match operation.access.as_str() {
            "worker" => (world.anonymous().with(&credential), id.as_str()),
            _ => (world.admin(), "nothing-here"),
        };
        let request = || client.request_at(operation.method.clone(), &operation.path_of(named));
        let bare = send(request()).await;
        let mut said = Vec::new();
        for media in ["application/json", "text/plain"] {
            for body in ["", " \n"] {
                let typed = request().header(CONTENT_TYPE, media).body(body);
                said.push((media, send(typed).await));
            }
        }

        let is_taken = ![400, 415, 422].contains(&bare.status);
        assert!(is_taken, "{operation}: {}", bare.text());
        for (media, answer) in said {
            assert_eq!(
                answer.status,
                bare.status,
                "{operation} as {media}: {}",
                answer.text()
            );
        }
        let text = send(request().header(CONTENT_TYPE, "text/plain").body("{}")).await;
        text.problem(415, "unsupported_media_type");
        optional.push(operation.path.rsplit('/').next().unwrap().to_owned());
    }
    optional.sort();
    assert_eq!(
        optional,
        [
            "cancel", "cleanup", "drain", "pause", "ping", "plan", "restart", "retry", "undo"
        ]
    );
}

#[tokio::test]
async fn every_path_of_older_clients_is_described_and_leads_where_it_says() {
    let world = World::start().await;

    let all = operations(&world).await;
    let older: Vec<&Operation> = all.iter().filter(|one| one.is_older).collect();
    for operation in &older {
        let like = operation.about["summary"].as_str().unwrap();
        let home = all.iter().find(|one| format!("The same as {one}") == like);
        let home = home.unwrap_or_else(|| panic!("{operation}: {like}"));
        for part in ["parameters", "requestBody", "responses", "security"] {
            assert_eq!(operation.about[part], home.about[part], "{operation}");
        }
        let answer = send(operation.request(&world.anonymous(), "")).await;
        assert_ne!(answer.code(), "unknown_route", "{operation}");
        assert_ne!(answer.code(), "method_not_allowed", "{operation}");
    }
    let has = |method: Method, path: &str| {
        let mut found = older.iter();
        found.any(|one| one.method == method && one.path == path)
    };
    for path in [
        "/api/executions",
        "/api/workers",
        "/workers",
        "/",
        "/ws",
        "/health",
    ] {
        assert!(has(Method::GET, path), "{path}");
    }
    for path in [
        "/workers/heartbeat",
        "/api/workers/{id}/ping",
        "/workers/cleanup",
    ] {
        assert!(has(Method::POST, path), "{path}");
    }
    let own = all
        .iter()
        .filter(|one| !one.is_older && one.path.starts_with("/api/v1/"));
    for operation in own {
        let below = operation.path.replacen("/api/v1", "/api", 1);
        assert!(has(operation.method.clone(), &below), "{operation}");
    }
    let names = all.iter().map(|one| one.about["operationId"].to_string());
    let names: HashSet<String> = names.collect();
    assert_eq!(names.len(), all.len(), "two operations have one name");
}

#[tokio::test]
async fn every_call_that_changes_something_for_a_person_takes_a_key() {
    let world = World::start().await;

    let read_only = [
        "/api/v1/workflows/validate",
        "/api/v1/workflows/{name}/plan",
    ];
    let of_agents = ["enroll", "register", "heartbeat", "{id}/ping"]
        .map(|call| format!("/api/v1/workers/{call}"));
    for operation in own_operations(&world).await {
        let is_of_people =
            ["viewer", "approver", "operator", "admin"].contains(&operation.access.as_str());
        let changes =
            operation.method != Method::GET && !read_only.contains(&operation.path.as_str());
        let headers = operation.parameters("header");
        let has_key = headers.iter().any(|one| name(one) == "Idempotency-Key");
        let is_of_agents = of_agents.contains(&operation.path);
        assert_eq!(
            has_key,
            (is_of_people || is_of_agents) && changes,
            "{operation}"
        );
    }
}

#[tokio::test]
async fn older_workers_say_more_than_is_read_and_change_nothing_with_it() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let worker = world.anonymous().with(&credential);
    let before = world.admin().get("/workers/web-1").await.is(200);

    let more = json!({"status": "deleted", "role": "sensor", "groups": ["web"], "cpu": 3, "foo": {"bar": [1]}});
    let with = |mut body: Value| {
        let extra = more.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(extra);
        body
    };
    let ping = format!("/workers/{id}/ping?from=cron");
    worker.post(&ping, &with(json!({"meta": {}}))).await.is(200);
    let beat = with(json!({"worker_id": id, "name": "web-1", "metadata": {}}));
    worker.post("/workers/heartbeat", &beat).await.is(200);
    let about = json!({"name": "web-1", "status": "deleted", "cpu": 3, "foo": {"bar": [1]}});
    worker.post("/workers/register", &about).await.is(200);
    let goodbye = format!("/workers/{id}/unregister");
    worker.post(&goodbye, &with(json!({}))).await.is(200);

    let after = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(after["status"], "offline");
    for key in ["name", "role", "groups", "labels", "admin_state", "region"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    let token = world.enroll_token().await;
    let enrol = json!({"token": token, "name": "web-2", "foo": 1});
    let refused = world.anonymous().post("/workers/enroll", &enrol).await;
    refused.problem(422, "invalid_body");
}

#[tokio::test]
async fn a_document_comes_as_what_it_is_and_for_the_version_that_is_expected() {
    let world = World::start().await;
    let admin = world.admin();
    let document =
        |text: &str| json!({"description": text, "steps": [steps::prompt("ask")]}).to_string();
    let put = |text: &str, header: &'static str, value: &'static str| {
        let request = admin.request(Method::PUT, "/workflows/one");
        let request = request.header(CONTENT_TYPE, "application/yaml");
        let request = request.header(header, value);
        send(request.body(document(text)))
    };

    put("a", "If-Match", "*")
        .await
        .problem(409, "stale_version");
    put("a", "If-Match", "0").await.is(201);
    put("b", "If-Match", "0")
        .await
        .problem(409, "stale_version");
    put("b", "If-Match", "*").await.is(200);
    put("c", "If-Match", "\"2\"").await.is(200);
    put("d", "If-Match", "2")
        .await
        .problem(409, "stale_version");
    put("d", "If-Match", "newest")
        .await
        .problem(400, "malformed_request");
    let text = admin.request(Method::PUT, "/workflows/one");
    let text = text.header(CONTENT_TYPE, "text/plain").body(document("d"));
    send(text).await.problem(415, "unsupported_media_type");

    let shown = admin.get("/workflows/one").await.is(200);
    assert_eq!(
        (&shown["version"], &shown["description"]),
        (&json!(3), &json!("c"))
    );
}
