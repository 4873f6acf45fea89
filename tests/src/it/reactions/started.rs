//! What an event starts: with what it says, in its own name, and never in circles.

use pulse_tests::{World, client::send, steps::prompt};
use reqwest::Method;
use serde_json::{Value, json};

use super::{apply, came, decided, failing, page, run, runs};

#[tokio::test]
async fn an_execution_that_fails_starts_what_waits_for_it_with_what_the_event_says() {
    let world = World::start().await;
    apply(&world, "deploy", &failing()).await;
    apply(&world, "other", &failing()).await;
    let mut page = page(&json!({"on": "failed", "workflows": ["deploy"]}));
    page["triggers"]["event"][0]["inputs"] = json!({
        "text": "${{ event.text }}", "number": "${{ event.execution.number }}",
        "what": "${{ event.on }} ${{ event.execution.workflow }} ${{ event.execution.failed_step }}",
        "fixed": "a"
    });
    page["inputs"] = json!({"text": {}, "number": {"type": "number"}, "what": {}, "fixed": {}});
    apply(&world, "page", &page).await;

    run(&world, "other").await;
    let failed = run(&world, "deploy").await;
    let all = decided(&world, "page.event", 1).await;

    assert_eq!(
        (&all[0]["event"], &all[0]["result"]),
        (&json!("failed"), &json!("started"))
    );
    assert_eq!(all[0]["delivery"], format!("#{}", failed["number"]));
    let begun = world.ended(all[0]["execution"].as_i64().unwrap()).await;
    assert_eq!(begun["status"], "completed");
    assert_eq!(begun["started_by"], "event:page.event");
    let text = format!("deploy #{} failed at step rest", failed["number"]);
    assert_eq!(begun["reason"], format!("event event: {text}"));
    assert_eq!(
        begun["inputs"],
        json!({"text": text, "number": failed["number"], "what": "failed deploy rest", "fixed": "a"})
    );
    let sensor = world.admin().get("/sensors/page.event").await.is(200);
    assert_eq!(
        (&sensor["kind"], &sensor["path"]),
        (&json!("event"), &Value::Null)
    );
    assert_eq!(sensor["on"], json!(["failed"]));
    assert_eq!(sensor["workflows"], json!(["deploy"]));
    let trail = world.admin().get("/audit?action=execution.start").await;
    let trail = trail.is(200);
    let by = |entry: &&Value| entry["actor"] == "event:page.event";
    assert_eq!(
        trail["items"].as_array().unwrap().iter().filter(by).count(),
        1
    );
}

#[tokio::test]
async fn an_end_that_an_event_or_a_channel_has_started_starts_nothing() {
    let world = World::start().await;
    // Each of them fails, and waits for every failure.
    let mut endless = page(&json!({"on": ["failed", "completed"]}));
    endless["steps"] = json!([{"id": "sub", "workflow": "inner"}]);
    apply(&world, "inner", &failing()).await;
    apply(&world, "endless", &endless).await;
    let spec = json!({"start": {"workflow": "inner"}, "on": ["failed"], "workflows": ["deploy"]});
    let channel = world
        .admin()
        .request(Method::PUT, "/notifications/channels/ops");
    apply(&world, "deploy", &failing()).await;
    send(channel.json(&spec)).await.is(200);

    let first = run(&world, "endless").await;
    let second = run(&world, "deploy").await;

    // One for each of those that a person has begun: none for what these have started, and what that runs.
    assert_eq!(
        came(&world, "endless.event", 2).await,
        [
            format!("failed #{} started", first["number"]),
            format!("failed #{} started", second["number"])
        ]
    );
    for execution in runs(&world, "endless").await {
        world.ended(execution["number"].as_i64().unwrap()).await;
    }
    let query = "select number::text from notifications where status = 'delivered'";
    pulse_tests::eventually::eventually_async(
        "the channel has started inner",
        pulse_tests::eventually::PATIENCE,
        async || match world.database.ask(query).await.len() {
            1 => Ok(()),
            other => Err(other.to_string()),
        },
    )
    .await;
    let by_channel = runs(&world, "inner").await.into_iter();
    for execution in by_channel.filter(|it| it["started_by"] == "channel:ops") {
        world.ended(execution["number"].as_i64().unwrap()).await;
    }
    assert_eq!(came(&world, "endless.event", 2).await.len(), 2);
    assert_eq!(runs(&world, "endless").await.len(), 3);
}

#[tokio::test]
async fn a_run_inside_another_counts_where_its_workflow_is_named() {
    let world = World::start().await;
    apply(&world, "inner", &failing()).await;
    let outer = json!({"steps": [{"id": "sub", "workflow": "inner"}]});
    apply(&world, "outer", &outer).await;
    apply(&world, "all", &page(&json!({"on": "failed"}))).await;
    let named = page(&json!({"on": "failed", "workflows": ["inner"]}));
    apply(&world, "named", &named).await;

    let ended = run(&world, "outer").await;

    let of_all = decided(&world, "all.event", 1).await;
    assert_eq!(of_all[0]["delivery"], format!("#{}", ended["number"]));
    let of_inner = decided(&world, "named.event", 1).await;
    assert_ne!(of_inner[0]["delivery"], of_all[0]["delivery"]);
    assert_eq!(of_inner[0]["result"], "started");
}

#[tokio::test]
async fn a_prompt_that_opens_starts_what_waits_for_it() {
    let world = World::start().await;
    let mut page = page(&json!({"on": "prompt", "when": "event.prompt.options.includes('Yes')"}));
    page["triggers"]["event"][0]["inputs"] = json!({"text": "${{ event.prompt.message }}"});
    apply(&world, "page", &page).await;
    apply(&world, "asks", &json!({"steps": [prompt("ask")]})).await;

    let body = json!({"workflow": "asks"});
    let started = world.admin().post("/executions", &body).await.is(201);
    let asked = world.prompt(started["number"].as_i64().unwrap()).await;

    let all = decided(&world, "page.event", 1).await;
    assert_eq!(all[0]["result"], "started", "{}", all[0]);
    assert_eq!(all[0]["delivery"], format!("prompt {}", asked["number"]));
    let begun = world.ended(all[0]["execution"].as_i64().unwrap()).await;
    assert_eq!(begun["inputs"]["text"], asked["message"]);
}

#[tokio::test]
async fn nobody_delivers_an_event_from_outside() {
    let world = World::start().await;
    apply(&world, "page", &page(&json!({"on": "failed"}))).await;

    for path in ["/hooks/page/event", "/hooks/page"] {
        let request = world.anonymous().request(Method::POST, path);
        let refused = send(request.json(&json!({"on": "failed"}))).await;
        refused.problem(401, "signature_refused");
    }

    assert_eq!(runs(&world, "page").await, Vec::<Value>::new());
}
