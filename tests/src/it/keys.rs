//! Every call that changes something can be made again under its key: one effect, the same answer.

use std::collections::BTreeSet;

use pulse_tests::{Answer, World, client::send};
use serde_json::{Value, json};

use super::audit::entries::{Cases, access, documents, fleet, newest, operations, runs};

/// Calls that agents make about themselves: each is the same when it is made twice, by its own
/// means (the enrolment key, generations of credentials).
const OF_AGENTS: [&str; 6] = [
    "POST /api/v1/workers/enroll",
    "POST /api/v1/workers/register",
    "POST /api/v1/workers/heartbeat",
    "POST /api/v1/workers/{id}/ping",
    "POST /api/v1/workers/{id}/unregister",
    "POST /api/v1/workers/{id}/credential",
];

/// Calls that change nothing.
const READING: [&str; 2] = [
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
async fn a_key_that_was_used_for_another_worker_is_refused() {
    let world = World::start().await;
    for name in ["web-1", "web-2"] {
        world.enroll(name).await;
    }
    let drain = async |name: &str| {
        let path = format!("/workers/{name}/drain");
        let body = json!({"mode": "hold"});
        pulse_tests::world::post_once(&world.admin(), &path, &body, "one").await
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
