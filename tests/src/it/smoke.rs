//! The shortest way through everything.

use pulse_tests::{
    World, steps,
    world::{jobs_of, step_of},
};
use serde_json::json;

#[tokio::test]
async fn a_server_with_a_database_is_healthy() {
    let world = World::start().await;

    let health = world
        .anonymous()
        .request_at(reqwest::Method::GET, "/health");
    let health = pulse_tests::client::send(health).await.is(200);

    assert_eq!(health["status"], "ok");
    assert_eq!(health["database"], "connected");
}

#[tokio::test]
async fn a_command_runs_on_a_host_and_its_output_comes_back() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let document = steps::one("echo hello; echo oops >&2; exit 3", &["web-1"]);
    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "failed");
    let jobs = jobs_of(&execution, "only");
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["status"], "failed");
    assert_eq!(jobs[0]["exit_code"], 3);
    assert_eq!(jobs[0]["worker"], "web-1");
    let output = String::from_utf8(world.output(&jobs[0]).await).unwrap();
    assert!(
        output.contains("hello\n") && output.contains("oops\n"),
        "{output}"
    );
    assert_eq!(jobs[0]["output_bytes"], output.len());
}

#[tokio::test]
async fn a_step_that_succeeds_completes_its_execution() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let execution = world.complete(&steps::one("true", &["all"])).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(step_of(&execution, "only")["status"], "succeeded");
    assert_eq!(execution["started_by"], "admin");
    assert_eq!(jobs_of(&execution, "only")[0]["exit_code"], 0);
}

#[tokio::test]
async fn exec_gives_the_output_and_the_exit_code_of_the_command() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let done = world
        .ctl(&["worker", "exec", "web-1", "--", "echo", "one two"])
        .await;
    let failed = world
        .ctl(&["worker", "exec", "web-1", "--", "sh", "-c", "exit 42"])
        .await;
    let missing = world
        .ctl(&["worker", "exec", "web-1", "--", "no-such-program"])
        .await;

    assert_eq!(done.is(0), "one two\n");
    failed.is(42);
    missing.is(127);
}

#[tokio::test]
async fn a_direct_command_is_an_execution_like_any_other() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let body = json!({"command": "echo from the seed", "timeout": 5000});
    let accepted = world
        .admin()
        .post("/workers/web-1/command", &body)
        .await
        .is(202);
    let execution = world.ended(accepted["number"].as_i64().unwrap()).await;

    assert_eq!(execution["id"], accepted["execution_id"]);
    assert_eq!(execution["status"], "completed");
    let step = execution["steps"][0]["id"].as_str().unwrap();
    let jobs = jobs_of(&execution, step);
    assert_eq!(world.output(&jobs[0]).await, b"from the seed\n");
}

#[tokio::test]
async fn without_a_limit_the_newest_fifty_executions_are_listed() {
    let world = World::start().await;
    let wait = json!({"steps": [{"name": "Wait", "type": "wait", "duration": 1}]});
    let mut newest = 0;
    for _ in 0..51 {
        newest = world.run(&wait).await;
    }

    let page = world.admin().get("/executions").await.is(200);

    let numbers: Vec<i64> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|execution| execution["number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (newest - 49..=newest).rev().collect::<Vec<_>>());
    let cursor = page["next_cursor"].as_str().unwrap();
    let path = format!("/executions?cursor={cursor}");
    let rest = world.admin().get(&path).await.is(200);
    assert_eq!(rest["items"][0]["number"], newest - 50);
}
