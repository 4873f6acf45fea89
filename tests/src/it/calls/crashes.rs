//! Whatever dies in between, one step runs one execution, and ends with it.

use pulse_tests::{World, client::try_send, steps, world::step_of};
use reqwest::Method;
use serde_json::{Value, json};

use super::{apply, calling, child, gated, start, world};

/// How many executions are there that a step of this one runs.
async fn children(world: &World, number: i64) -> String {
    let query = format!("select count(*) from executions where parent = {number}");
    world.database.ask(&query).await.remove(0)
}

/// A workflow that waits for its gate, and one that runs it.
async fn stage(world: &World) {
    let inner = json!({"steps": [{"id": "long", "command": gated(world), "targets": ["web-1"]}]});
    apply(world, "inner", &inner).await;
    apply(world, "outer", &calling("inner", &json!({}))).await;
}

/// Starts the outer one at a server that dies soon after: perhaps before it has answered.
async fn last_words(world: &World) -> i64 {
    let body = json!({"workflow": "outer"});
    let request = world.admin().request(Method::POST, "/executions");
    let _ = try_send(request.json(&body)).await;
    let newest = "select max(number) from executions where workflow_name = 'outer'";
    world.database.ask(newest).await[0].parse().unwrap()
}

#[tokio::test]
async fn a_server_that_dies_while_it_begins_one_begins_one() {
    let mut world = world().await;
    stage(&world).await;
    world.write("gate", "");
    for moment in ["before_commit", "after_commit"] {
        world.servers[0].die_at(&format!("calls::Attend {moment}"));
        let number = last_words(&world).await;
        world.servers[0].died();
        let during = children(&world, number).await;
        world.servers[0].start();
        let execution = world.ended(number).await;

        assert_eq!(during, if moment == "after_commit" { "1" } else { "0" });
        assert_eq!(execution["status"], "completed", "{moment}: {execution}");
        assert_eq!(children(&world, number).await, "1", "{moment}");
    }
}

#[tokio::test]
async fn what_is_wanted_when_its_execution_is_paused_begins_when_that_goes_on() {
    let mut world = world().await;
    stage(&world).await;
    world.write("gate", "");
    world.servers[0].die_at("calls::Attend before_commit");
    let number = last_words(&world).await;
    world.servers[0].died();
    let paused = format!(
        "update executions set paused_at = now(), paused_by = 'ada' where number = {number}"
    );
    world.database.tell(&paused).await.unwrap();
    world.servers[0].start();
    // Begun and ended behind it: whoever looks has looked by then.
    start(&world, "outer", &json!({})).await;
    let other = start(&world, "outer", &json!({})).await;
    world.ended(other).await;
    let during = children(&world, number).await;

    let path = format!("/executions/{number}/resume");
    world.admin().post(&path, &json!({})).await.is(200);

    assert_eq!(world.ended(number).await["status"], "completed");
    assert_eq!(
        (during.as_str(), children(&world, number).await.as_str()),
        ("0", "1")
    );
}

#[tokio::test]
async fn a_server_that_dies_while_it_takes_an_end_takes_it_once() {
    let mut world = world().await;
    stage(&world).await;
    for moment in ["before_commit", "after_commit"] {
        let _ = std::fs::remove_file(world.folder().join("gate"));
        let number = start(&world, "outer", &json!({})).await;
        let inner = child(&world, number, "sub").await;
        world.step_is(inner, "long", "running").await;
        world.servers[0].die_at(&format!("calls::Attend {moment}"));
        world.write("gate", "");
        world.servers[0].died();
        world.servers[0].start();
        let execution = world.ended(number).await;

        assert_eq!(execution["status"], "completed", "{moment}: {execution}");
        let ends = execution["timeline"].as_array().unwrap().iter();
        let ends = ends.filter(|entry| entry["step"] == "sub" && entry["status"] == "succeeded");
        assert_eq!(ends.count(), 1, "{moment}");
    }
}

#[tokio::test]
async fn a_server_that_dies_while_it_ends_an_inner_one_ends_it() {
    let mut world = world().await;
    stage(&world).await;
    for moment in ["before_commit", "after_commit"] {
        let number = start(&world, "outer", &json!({})).await;
        let inner = child(&world, number, "sub").await;
        world.step_is(inner, "long", "running").await;
        world.servers[0].die_at(&format!("calls::EndUnwanted {moment}"));
        let path = format!("/executions/{number}/cancel");
        let wish = world.admin().request(Method::POST, &path);
        // The server may die before it answers.
        let _ = wish.json(&json!({"force": true})).send().await;
        world.servers[0].died();
        world.servers[0].start();
        let execution = world.ended(number).await;

        assert_eq!(execution["status"], "cancelled", "{moment}: {execution}");
        assert_eq!(
            world.execution(inner).await["status"],
            "cancelled",
            "{moment}"
        );
        assert_eq!(
            step_of(&execution, "sub")["status"],
            "cancelled",
            "{moment}"
        );
    }
}

#[tokio::test]
async fn two_replicas_begin_each_one_once() {
    let mut world = world().await;
    world.add_server(&[]);
    let inner = json!({"steps": [{"id": "say", "command": "true", "targets": ["web-1"]}]});
    apply(&world, "inner", &inner).await;
    let items: Vec<Value> = (0..15).map(|item| json!(item)).collect();
    let outer = json!({"steps": [{"id": "all", "foreach": items, "steps": [
        {"id": "one", "workflow": "inner"}, {"id": "two", "workflow": "inner"},
    ]}]});
    apply(&world, "outer", &outer).await;

    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(start(&world, "outer", &json!({})).await);
    }

    for number in numbers {
        let execution = world.ended(number).await;
        assert_eq!(execution["status"], "completed", "{execution}");
        assert_eq!(children(&world, number).await, "30");
    }
}

#[tokio::test]
async fn a_server_that_dies_while_a_retry_takes_over_what_has_run_inside_takes_it_once() {
    let mut world = world().await;
    let inner = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    apply(&world, "inner", &inner).await;
    let mut outer = calling("inner", &json!({}));
    let ask = steps::prompt("ask");
    outer["steps"].as_array_mut().unwrap().push(ask);
    apply(&world, "outer", &outer).await;
    let number = start(&world, "outer", &json!({})).await;
    world.prompt(number).await;
    let inside = child(&world, number, "sub").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");

    for (retries, moment) in ["before_commit", "after_commit"].into_iter().enumerate() {
        let client = world.admin();
        let retry = || {
            let wish = client.request(Method::POST, &path);
            let wish = wish.header("idempotency-key", moment);
            wish.json(&json!({"from_step": "ask"})).send()
        };
        world.servers[0].die_at(&format!("retry::Retry {moment}"));
        // The server dies before it answers.
        let _ = retry().await;
        world.servers[0].died();
        world.servers[0].start();
        assert_eq!(retry().await.unwrap().status(), 201, "{moment}");

        let taken =
            "select taken_from from calls where status = 'ended' and taken_from is not null";
        let all = vec![inside.to_string(); retries + 1];
        assert_eq!(world.database.ask(taken).await, all, "{moment}");
        let retried = format!("select number from executions where retry_of = {number} order by 1");
        let retried = world.database.ask(&retried).await;
        assert_eq!(retried.len(), retries + 1, "{moment}");
        let newest: i64 = retried[retries].parse().unwrap();
        world.prompt(newest).await;
        assert_eq!(children(&world, newest).await, "0", "{moment}");
    }
}
