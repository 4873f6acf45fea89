//! The command line against a real server: what its document promises beyond single commands.

use std::time::{Duration, Instant};

use pulse_tests::{
    World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    steps,
};
use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};

#[tokio::test]
async fn the_server_counts_agents_by_the_protocol_that_they_speak() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let status = world.admin().get("/server/status").await.is(200);
    let said = world.ctl(&["server", "status"]).await;

    let expected = json!([{"protocol": status["protocol"], "count": 1}]);
    assert_eq!(status["agents"], expected);
    let told = format!("1 with protocol {}", status["protocol"]);
    assert!(said.is(0).contains(&told), "{}", said.stdout);
    assert!(said.stdout.contains("Leader:"), "{}", said.stdout);
}

#[tokio::test]
async fn a_worker_is_shown_with_its_clock_and_what_it_did_last() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.socket("web-2").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    world.ended(number).await;

    let of = async |worker: &str| -> Value {
        let said = world.ctl(&["worker", "show", worker, "-o", "json"]).await;
        serde_json::from_str(said.is(0)).unwrap()
    };
    // The first heartbeat after the first answer to one tells it.
    let offset = eventually_async("the clock is told", PATIENCE * 2, async || {
        let shown = of("web-1").await;
        let offset = shown["metrics"]["clock_offset_ms"].as_i64();
        offset.ok_or_else(|| shown["metrics"].to_string())
    })
    .await;
    let said = world.ctl(&["worker", "show", "web-1"]).await;

    assert!(offset.abs() < 1000, "the two share a clock: {offset} ms");
    assert!(said.is(0).contains("Clock:"), "{}", said.stdout);
    assert!(said.stdout.contains("EXECUTION"), "{}", said.stdout);
    let shown = of("web-1").await;
    assert_eq!(shown["executions"][0]["number"], number);
    assert_eq!(of("web-2").await["executions"], json!([]));
}

#[tokio::test]
async fn where_the_only_worker_is_offline_the_code_says_that_there_is_none() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").wait(PATIENCE);
    world.has_status("web-1", "offline").await;
    let document = steps::one("true", &["web-1"]);
    let admin = world.admin();
    admin
        .put("/workflows/look", &document.to_string())
        .await
        .is(201);

    world.ctl(&["run", "look"]).await.is(11);
    world
        .ctl(&["worker", "exec", "web-1", "--", "true"])
        .await
        .is(11);
}

#[tokio::test]
async fn a_wait_for_what_has_not_begun_ends_with_the_timeout() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.agent("web-1").signal(Signal::STOP);
    let began = Instant::now();

    let said = world
        .ctl(&["worker", "exec", "web-1", "--timeout", "2s", "--", "true"])
        .await;
    world.agent("web-1").signal(Signal::CONT);

    said.is(124);
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn the_time_that_ran_out_on_all_workers_is_the_code_of_one() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;

    let said = world
        .ctl(&[
            "worker",
            "exec",
            "--all",
            "--timeout",
            "1s",
            "--",
            "sleep 60",
        ])
        .await;

    said.is(124);
}

#[tokio::test]
async fn a_run_that_is_only_waited_for_says_what_it_waits_for() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world
        .ctl(&["worker", "drain", "web-1", "--hold"])
        .await
        .is(0);
    let document = steps::one("true", &["web-1"]);
    let admin = world.admin();
    admin
        .put("/workflows/look", &document.to_string())
        .await
        .is(201);

    let said = world
        .ctl(&["run", "look", "--wait", "--timeout", "2s"])
        .await;

    said.is(124);
    assert!(
        said.stderr.contains("`pulsectl worker resume web-1`"),
        "{}",
        said.stderr
    );
}

#[tokio::test]
async fn a_token_is_for_workflows_that_are_there() {
    let world = World::start().await;
    let create = [
        "token", "create", "--name", "ci", "--role", "operator", "-q",
    ];

    let refused = world
        .ctl(&[&create[..], &["--workflow", "nosuch"]].concat())
        .await;
    let made = world.ctl(&create).await;

    refused.is(7);
    assert!(
        refused.stderr.contains("there is no workflow nosuch"),
        "{}",
        refused.stderr
    );
    made.is(0);
    assert!(!made.stderr.contains("warning"), "{}", made.stderr);
}

#[tokio::test]
async fn a_label_has_a_key_that_a_selector_can_name() {
    let world = World::start().await;
    world.enroll("web-1").await;
    let label = async |labels: Value| {
        let admin = world.admin();
        let request = admin.request(Method::PATCH, "/workers/web-1");
        send(request.json(&json!({"labels": labels}))).await
    };

    let refused = label(json!({"bad key": "1"})).await;
    let taken = label(json!({"rack/row": "b7"})).await;
    let removed = label(json!({"bad key": null})).await;

    refused.problem(422, "invalid_body");
    taken.is(200);
    removed.is(200);
    let said = world
        .ctl(&["worker", "ls", "-l", "rack/row=b7", "-q"])
        .await;
    assert_eq!(said.is(0), "web-1\n");
}

#[tokio::test]
async fn who_may_answer_is_said_with_the_question() {
    let world = World::start().await;
    let asks = |name: &str, permissions: Option<Value>| {
        let mut document = json!({"name": name, "steps": [steps::prompt("ask")]});
        if let Some(permissions) = permissions {
            document["permissions"] = permissions;
        }
        document.to_string()
    };
    let admin = world.admin();
    let named = asks("named", Some(json!({"answer": ["release", "ops"]})));
    admin.put("/workflows/named", &named).await.is(201);
    let open = asks("open", None);
    admin.put("/workflows/open", &open).await.is(201);
    for workflow in ["named", "open"] {
        world.ctl(&["run", workflow, "-d"]).await.is(0);
    }
    world.prompt(1).await;
    world.prompt(2).await;

    let named = world.ctl(&["prompt", "show", "1"]).await;
    let open = world.ctl(&["prompt", "show", "2"]).await;

    let told = "the groups release, ops and admins may answer";
    assert!(named.is(0).contains(told), "{}", named.stdout);
    let told = "approvers, operators and admins may answer";
    assert!(open.is(0).contains(told), "{}", open.stdout);
}
