//! What the interface's contract says of names, text and faults, and that the server keeps to it.

use pulse_tests::{World, client::send, steps, world::post_once};
use reqwest::Method;
use serde_json::{Value, json};

const KEY: &str = "a-key-that-all-workers-share";

#[tokio::test]
async fn the_description_of_a_problem_fits_a_problem() {
    let world = World::start().await;
    let document = world.anonymous().get("/openapi.json").await.is(200);
    let schema = &document["components"]["schemas"]["Problem"];
    let required = schema["required"].as_array().unwrap().clone();
    let known = schema["properties"].as_object().unwrap();

    let problem = world.admin().get("/workers/nobody").await;
    let problem = problem.problem(404, "not_found");

    for field in &required {
        assert!(
            !problem[field.as_str().unwrap()].is_null(),
            "{field}: {problem}"
        );
    }
    for field in problem.as_object().unwrap().keys() {
        assert!(known.contains_key(field), "{field}");
    }
    assert!(known.contains_key("answered_by"), "{schema}");
}

#[tokio::test]
async fn a_workflow_is_meant_by_its_id_everywhere() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let document = steps::one("true", &["web-1"]).to_string();
    let made = admin.put("/workflows/mine", &document).await.is(201);
    let id = made["id"].as_str().unwrap().to_owned();

    let changed = steps::one("false", &["web-1"]).to_string();
    let applied = admin
        .put(&format!("/workflows/{id}"), &changed)
        .await
        .is(200);
    assert_eq!(
        (&applied["name"], &applied["version"]),
        (&json!("mine"), &json!(2))
    );
    let other = "0192d0a8-7b1c-7000-8000-000000000000";
    let unknown = admin.put(&format!("/workflows/{other}"), &changed).await;
    unknown.problem(404, "not_found");
    let body = json!({"name": other, "definition": steps::one("true", &["web-1"])});
    admin
        .post("/workflows", &body)
        .await
        .problem(422, "invalid_workflow");

    let started = admin
        .post("/executions", &json!({"workflow": id}))
        .await
        .is(201);
    assert_eq!(started["workflow"]["name"], "mine");
    let of_it = admin
        .get(&format!("/executions?workflow={id}"))
        .await
        .is(200);
    assert_eq!(of_it["items"][0]["number"], started["number"]);
    let of_other = admin
        .get(&format!("/executions?workflow={other}"))
        .await
        .is(200);
    assert_eq!(of_other["items"], json!([]));
}

#[tokio::test]
async fn a_free_name_of_a_workflow_finds_it_again() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let names = [
        ("Nightly Backup", "nightly-backup"),
        ("Backup & verify", "backup-verify"),
        ("Update: step 1", "update-step-1"),
        ("Backup (weekly)", "backup-weekly"),
    ];
    for (free, slug) in names {
        let body = json!({"name": free, "definition": steps::one("true", &["web-1"])});
        let made = admin.post("/workflows", &body).await.is(201);
        assert_eq!(made["name"], slug);
        let path = format!("/workflows/{}", free.replace(' ', "%20"));
        assert_eq!(admin.get(&path).await.is(200)["id"], made["id"], "{free}");
        let run = admin
            .post("/executions", &json!({"workflow": free}))
            .await
            .is(201);
        assert_eq!(run["workflow"]["name"], slug);
    }
}

#[tokio::test]
async fn a_worker_speaks_for_itself_by_its_name_too() {
    let world = World::start().await;
    let (_, credential) = world.enroll("web-1").await;
    world.enroll("web-2").await;
    let worker = world.anonymous().with(&credential);

    worker.post("/workers/web-1/ping", &json!({})).await.is(200);
    let other = worker.post("/workers/web-2/ping", &json!({})).await;
    other.problem(403, "forbidden");
    worker
        .post("/workers/web-1/unregister", &json!({}))
        .await
        .is(200);
    world.has_status("web-1", "offline").await;
}

#[tokio::test]
async fn the_groups_name_of_a_role_is_a_role() {
    let world = World::start().await;
    let body = json!({"name": "t", "role": "employee"});

    let made = world.admin().post("/tokens", &body).await.is(201);

    let user = world.anonymous().with(made["token"].as_str().unwrap());
    assert_eq!(user.get("/user").await.is(200)["role"], "operator");
    let args = ["token", "create", "--name", "u", "--role", "employee", "-q"];
    world.ctl(&args).await.is(0);
}

#[tokio::test]
async fn text_that_hides_what_it_says_is_refused() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let asks = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let prompt = world.prompt(asks).await["number"].clone();
    let (answer, respond) = (
        format!("/prompts/{prompt}/answer"),
        format!("/executions/{asks}/respond"),
    );
    let definition = steps::one("true", &["web-1"]);
    for bad in ["a\u{202e}b", "a\u{2066}b", "\u{1b}[2Jx"] {
        let said = json!({"response": "Yes", "comment": bad});
        let calls = [
            (Method::POST, answer.as_str(), said.clone()),
            (Method::POST, respond.as_str(), said),
            (
                Method::POST,
                "/regions",
                json!({"code": "fra", "name": bad}),
            ),
            (
                Method::POST,
                "/tokens",
                json!({"name": bad, "role": "viewer"}),
            ),
            (
                Method::POST,
                "/executions",
                json!({"definition": definition, "reason": bad}),
            ),
            (Method::POST, "/workers/web-1/drain", json!({"reason": bad})),
            (
                Method::PATCH,
                "/workers/web-1",
                json!({"labels": {"rack": bad}}),
            ),
            (
                Method::POST,
                "/workflows",
                json!({"name": "w", "description": bad, "definition": definition}),
            ),
        ];
        for (method, path, body) in calls {
            let answer = send(admin.request(method, path).json(&body)).await;
            assert_eq!(answer.status, 422, "{path}: {}", answer.text());
        }
    }
    let long = json!({"definition": definition, "reason": "x".repeat(1_001)});
    let refused = admin.post("/executions", &long).await;
    assert_eq!(
        refused.problem(422, "invalid_body")["errors"][0]["path"],
        "reason"
    );
}

#[tokio::test]
async fn a_fault_of_a_body_names_its_field() {
    let world = World::start().await;
    let admin = world.admin();
    let cases = [
        (json!({"name": "t"}), "role"),
        (
            json!({"name": "t", "role": "viewer", "ttl_seconds": "x"}),
            "ttl_seconds",
        ),
        (json!({"name": "t", "role": "viewer", "rol": 1}), "rol"),
    ];
    for (body, path) in cases {
        let problem = admin
            .post("/tokens", &body)
            .await
            .problem(422, "invalid_body");
        assert_eq!(problem["errors"][0]["path"], path, "{problem}");
        let said = problem["errors"][0]["message"].as_str().unwrap();
        assert!(
            !said.contains("u32") && !said.contains("missing field"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_number_is_written_in_one_way_and_a_boolean_in_two() {
    let world = World::start().await;
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;
    let admin = world.admin();
    assert_eq!(number, 1);

    for other in ["01", "+1", "%2B1", "-1"] {
        let path = format!("/executions/{other}");
        admin.get(&path).await.problem(404, "not_found");
    }
    admin.get("/executions/1").await.is(200);
    for flag in ["1", "true", "0", "false"] {
        admin
            .get(&format!("/executions?rollouts={flag}"))
            .await
            .is(200);
    }
}

#[tokio::test]
async fn a_host_says_plausible_things_of_itself() {
    let world = World::start().await;
    let about = json!({
        "name": "web-1", "host": "web-1", "type": "remote", "boot_id": "b", "version": "1",
        "capabilities": {}, "meta": {},
    });
    for (key, value) in [
        ("capabilities", json!([])),
        ("meta", json!([])),
        ("port", json!(0)),
    ] {
        let mut body = about.clone();
        body["token"] = json!(world.enroll_token().await);
        body[key] = value;
        let refused = world.anonymous().post("/workers/enroll", &body).await;
        assert_eq!(refused.status, 422, "{key}: {}", refused.text());
    }
}

#[tokio::test]
async fn whoever_shows_the_shared_key_has_its_name_again_under_another_id() {
    let world = World::with(&[("WORKER_API_KEY", KEY)]).await;
    let beat = async |id: &str| {
        let request = world
            .anonymous()
            .request_at(Method::POST, "/api/workers/heartbeat");
        let body = json!({"worker_id": id, "name": "test", "metadata": {}});
        send(request.header("x-api-key", KEY).json(&body)).await
    };

    let first = "0192d0a8-7b1c-7000-8000-000000000001";
    beat(first).await.is(200);
    beat("0192d0a8-7b1c-7000-8000-000000000002").await.is(200);

    let workers = world.admin().get("/workers").await.is(200);
    let ids: Vec<&Value> = workers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["id"])
        .collect();
    assert_eq!(ids, [first]);
}

#[tokio::test]
async fn a_repeated_call_may_write_its_keys_in_another_order() {
    let world = World::start().await;
    let admin = world.admin();
    let first = json!({"code": "fra", "name": "Frankfurt"});
    post_once(&admin, "/regions", &first, "k").await.is(201);

    let same = json!({"name": "Frankfurt", "code": "fra"});
    post_once(&admin, "/regions", &same, "k").await.is(201);
    let other = json!({"name": "Paris", "code": "fra"});
    let refused = post_once(&admin, "/regions", &other, "k").await;
    refused.problem(422, "idempotency_key_reused");
}
