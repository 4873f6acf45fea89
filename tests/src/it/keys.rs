//! Every call that changes something can be made again under its key: one effect, the same answer.

use std::collections::BTreeSet;

use pulse_tests::{Answer, World, client::send, world::post_once};
use serde_json::{Value, json};

use super::audit::entries::{Cases, access, documents, fleet, newest, operations, runs, watched};

/// Calls that agents make about themselves: they leave no entry that could be counted.
const OF_AGENTS: [&str; 6] = [
    "POST /api/v1/workers/enroll",
    "POST /api/v1/workers/register",
    "POST /api/v1/workers/heartbeat",
    "POST /api/v1/workers/{id}/ping",
    "POST /api/v1/workers/{id}/unregister",
    "POST /api/v1/workers/{id}/credential",
];

/// Calls that change nothing, or are a sign of life each time.
const READING: [&str; 3] = [
    "POST /api/v1/monitors/{name}/beat",
    "POST /api/v1/workflows/validate",
    "POST /api/v1/workflows/{name}/plan",
];

/// An answer without what is made anew each time on purpose, or moves on by itself.
fn lasting(answer: &Answer) -> Value {
    let mut value = answer.json();
    if value.get("steps").is_some() {
        return json!({"id": value["id"], "number": value["number"]});
    }
    if let Some(fields) = value.as_object_mut() {
        for field in [
            "token",
            "last_heartbeat",
            "time_since_heartbeat_ms",
            "repeated",
        ] {
            fields.remove(field);
        }
    }
    value
}

#[tokio::test]
async fn every_call_that_changes_something_can_be_repeated_under_its_key() {
    let world = World::start().await;
    let mut missing = operations(&world).await;
    missing.retain(|operation| {
        !OF_AGENTS.contains(&operation.as_str()) && !READING.contains(&operation.as_str())
    });
    let mut cases = Cases::new(&world);
    access(&world, &mut cases).await;
    fleet(&world, &mut cases).await;
    documents(&mut cases);
    runs(&world, &mut cases).await;
    watched(&world, &mut cases).await;
    let body = json!({"offline_for_seconds": 0});
    cases.add("POST /workers/cleanup", "", &body, "worker.clean_up");
    cases
        .all
        .retain(|case| !OF_AGENTS.contains(&case.operation.as_str()));

    let mut wrong = Vec::new();
    for (number, case) in cases.all.into_iter().enumerate() {
        missing.remove(&case.operation);
        let before = newest(&world).await;
        let keyed = case
            .request
            .header("idempotency-key", format!("key-{number}"));
        let again = keyed.try_clone().unwrap();
        let (first, second) = (send(keyed).await, send(again).await);
        // A secret that is shown once is made anew, and that is noted too.
        let done =
            format!("select action from audit where id > {before} and action not like '%\\_again'");
        let done = world.database.ask(&done).await;
        // Somebody who was deleted already is not deleted again.
        let is_once = done.len() == 1 || case.operation.contains("/workers/cleanup");
        if !is_once || first.status != second.status || lasting(&first) != lasting(&second) {
            let (one, two) = (first.text(), second.text());
            let statuses = (first.status, second.status);
            wrong.push(format!(
                "{}: {statuses:?} {done:?}\n  {one}\n  {two}",
                case.operation
            ));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(missing, BTreeSet::new(), "without a case");
}

#[tokio::test]
async fn an_enrolment_under_a_key_is_one_worker_and_of_another_host_refused() {
    let world = World::start().await;
    let token = world.enroll_token().await;
    let host = world.anonymous();
    let body = |name: &str| json!({"token": token, "name": name});
    let enroll = async |body: Value| post_once(&host, "/workers/enroll", &body, "one").await;

    let first = enroll(body("web-1")).await.is(201);
    let second = enroll(body("web-1")).await.is(201);
    let other = enroll(body("web-2")).await;
    let guess = json!({"token": format!("{}0", token), "name": "web-1"});
    let guess = enroll(guess).await;
    let dump = world.database.dump();

    assert_eq!(first["worker_id"], second["worker_id"]);
    other.problem(422, "idempotency_key_reused");
    guess.problem(401, "token_refused");
    let path = format!("/workers/{}/ping", first["worker_id"].as_str().unwrap());
    let worker = |answer: &Value| host.with(answer["credential"].as_str().unwrap());
    worker(&second).post(&path, &json!({})).await.is(200);
    for secret in [&first["credential"], &second["credential"], &json!(token)] {
        assert!(!dump.contains(secret.as_str().unwrap()), "a secret is kept");
    }
    world.admin().delete("/workers/web-1").await.is(204);
    enroll(body("web-1")).await.problem(401, "token_refused");
    let workers = "select count(*)::text from workers";
    assert_eq!(world.database.ask(workers).await, ["1"]);
}

#[tokio::test]
async fn a_token_that_was_taken_back_enrols_nobody_again() {
    let world = World::start().await;
    let token = world.enroll_token_with(json!({"uses": 3})).await;
    let host = world.anonymous();
    let by_body = json!({"token": token, "name": "web-1", "enrollment_key": "mine"});
    let by_key = json!({"token": token, "name": "web-2"});
    let enroll = async || {
        [
            host.post("/workers/enroll", &by_body).await,
            post_once(&host, "/workers/enroll", &by_key, "one").await,
        ]
    };
    for answer in [enroll().await, enroll().await].into_iter().flatten() {
        answer.is(201);
    }
    let listed = world.admin().get("/workers/enroll-tokens").await.is(200);
    let id = listed["items"][0]["id"].as_str().unwrap();
    let taken_back = format!("/workers/enroll-tokens/{id}");
    world.admin().delete(&taken_back).await.is(204);

    for refused in enroll().await {
        refused.problem(401, "token_refused");
    }
}

#[tokio::test]
async fn a_worker_that_was_cleaned_up_comes_back_under_the_key_that_it_came_with() {
    const SHARED: &str = "one-key-for-all-of-them";
    let world = World::with(&[("WORKER_API_KEY", SHARED)]).await;
    let (_, credential) = world.enroll("web-1").await;
    let own = world.anonymous().with(&credential);
    let shared = world.anonymous().with(SHARED);
    let old = uuid::Uuid::now_v7();
    let beat = json!({"worker_id": old, "name": "old-1"});
    let come = async || {
        let about = json!({"name": "web-1"});
        post_once(&own, "/workers/register", &about, "own")
            .await
            .is(200);
        post_once(
            &shared,
            "/workers/register",
            &json!({"name": "old-2"}),
            "appear",
        )
        .await
        .is(200);
        // The first of them brings it, the others are signs of life.
        for _ in 0..2 {
            post_once(&shared, "/workers/heartbeat", &beat, "beat")
                .await
                .is(200);
        }
    };
    let there = "select name from workers where status <> 'deleted' order by name";
    for _ in 0..2 {
        come().await;
        assert_eq!(world.database.ask(there).await, ["old-1", "old-2", "web-1"]);
        let cleaned = "update workers set status = 'deleted', deleted_reason = 'cleanup'";
        world.database.tell(cleaned).await.unwrap();
    }
    post_once(&shared, "/workers/heartbeat", &beat, "later")
        .await
        .is(200);
    post_once(&shared, "/workers/heartbeat", &beat, "later")
        .await
        .is(200);
    let cleaned = "update workers set status = 'deleted', deleted_reason = 'cleanup'";
    world.database.tell(cleaned).await.unwrap();
    post_once(&shared, "/workers/heartbeat", &beat, "later")
        .await
        .is(200);
}

#[tokio::test]
async fn a_worker_that_calls_with_one_key_and_another_body_is_refused() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let worker = world.anonymous().with(&credential);
    let beat = |of: &str| json!({"worker_id": id, "metadata": {"of": of}});
    let about = |version: &str| json!({"name": "web-1", "version": version});
    let ping = format!("/workers/{id}/ping");
    let meta = |of: &str| json!({"meta": {"of": of}});
    let kept = "select count(*)::text from idempotency_keys";

    worker.post(&ping, &meta("b")).await.is(200);
    assert_eq!(
        world.database.ask(kept).await,
        ["0"],
        "a ping without a key keeps nothing"
    );
    for (path, body, other) in [
        ("/workers/register", about("1"), about("2")),
        ("/workers/heartbeat", beat("a"), beat("b")),
        (ping.as_str(), meta("a"), meta("b")),
    ] {
        let first = post_once(&worker, path, &body, path).await.is(200);
        let second = post_once(&worker, path, &body, path).await.is(200);
        let refused = post_once(&worker, path, &other, path).await;

        refused.problem(422, "idempotency_key_reused");
        assert_eq!(first["worker_id"], second["worker_id"], "{path}");
    }
    let shown = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(shown["version"], "1", "{shown}");
    let registered = "select count(*)::text from audit where action = 'worker.register'";
    assert_eq!(world.database.ask(registered).await, ["1"]);
}

#[tokio::test]
async fn a_sign_of_life_under_a_key_counts_whenever_it_comes() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let worker = world.anonymous().with(&credential);
    let path = format!("/workers/{id}/ping");
    post_once(&worker, &path, &json!({}), "one").await.is(200);
    let away = "update workers set last_heartbeat = last_heartbeat - interval '5 minutes'";
    world.database.tell(away).await.unwrap();

    post_once(&worker, &path, &json!({}), "one").await.is(200);

    let shown = world.admin().get("/workers/web-1").await.is(200);
    assert!(
        shown["time_since_heartbeat_ms"].as_u64().unwrap() < 60_000,
        "{shown}"
    );
}

#[tokio::test]
async fn a_key_that_was_used_for_another_worker_is_refused() {
    let world = World::start().await;
    for name in ["web-1", "web-2"] {
        world.enroll(name).await;
    }
    let drain = async |name: &str| {
        let path = format!("/workers/{name}/drain");
        let body = json!({"mode": "hold"});
        post_once(&world.admin(), &path, &body, "one").await
    };

    drain("web-1").await.is(200);
    drain("web-2").await.problem(422, "idempotency_key_reused");

    let held = world.admin().get("/workers?state=held").await.is(200);
    assert_eq!(held["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_worker_that_was_renamed_or_removed_is_found_by_the_same_call_made_again() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let admin = world.admin();
    let call = async |request: reqwest::RequestBuilder, key: &str| {
        send(request.header("idempotency-key", key)).await
    };
    let rename = || {
        let request = admin.request(reqwest::Method::PATCH, "/workers/web-1");
        request.json(&json!({"name": "web-9"}))
    };
    let remove = || admin.request(reqwest::Method::DELETE, "/workers/web-9");

    for _ in 0..2 {
        assert_eq!(call(rename(), "rename").await.is(200)["name"], "web-9");
    }
    for _ in 0..2 {
        call(remove(), "remove").await.is(204);
    }
    call(remove(), "another").await.problem(404, "not_found");
}
