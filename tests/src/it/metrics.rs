//! Numbers for Prometheus, and the dashboard over them.

use std::collections::BTreeSet;

use pulse_tests::{World, eventually::PATIENCE, eventually_async, places, steps};
use reqwest::Method;
use serde_json::Value;

async fn metrics(world: &World) -> String {
    let client = world.admin();
    let answer = pulse_tests::client::send(client.request_at(Method::GET, "/metrics")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// The number behind a series, written as it is in the text.
fn number(text: &str, series: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(series))?;
    line.trim().parse().ok()
}

#[tokio::test]
async fn the_numbers_tell_of_the_fleet_and_of_what_it_did() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    world.complete(&steps::one("exit 3", &["all"])).await;
    world
        .ctl(&["worker", "drain", "web-1", "--hold", "--yes"])
        .await
        .is(0);
    world.run(&steps::one("true", &["all"])).await;

    let text = metrics(&world).await;

    let expected = [
        ("pulse_workers{status=\"online\",region=\"iad\"}", 1.0),
        ("pulse_workers{status=\"offline\",region=\"iad\"}", 0.0),
        ("pulse_workers_wanted{admin_state=\"held\"}", 1.0),
        ("pulse_worker_runtimes{runtime=\"shell\"}", 1.0),
        ("pulse_jobs_total{status=\"succeeded\"}", 1.0),
        ("pulse_jobs_total{status=\"failed\"}", 1.0),
        ("pulse_failures_total{reason=\"exit\"}", 1.0),
        ("pulse_executions_total{status=\"completed\"}", 1.0),
        ("pulse_job_seconds_count{status=\"succeeded\"}", 1.0),
        ("pulse_queue_jobs{status=\"pending\",region=\"iad\"}", 1.0),
        ("pulse_sessions_created_total", 1.0),
        ("pulse_drains_total", 1.0),
        ("pulse_drain_jobs_left{worker=\"web-1\"}", 0.0),
        ("pulse_oom_kills_total", 0.0),
        ("pulse_sandbox_denials_total", 0.0),
        ("pulse_database_up", 1.0),
        ("pulse_pool_size{pool=\"reserved\"}", 4.0),
    ];
    for (series, wanted) in expected {
        assert_eq!(number(&text, series), Some(wanted), "{series}\n{text}");
    }
    let lag = "pulse_worker_heartbeat_age_seconds{worker=\"web-1\",region=\"iad\"}";
    assert!(number(&text, lag).is_some_and(|lag| lag < 60.0), "{text}");
    assert!(number(&text, "pulse_queue_oldest_seconds").is_some_and(|age| age >= 0.0));
    let runs = number(&text, "pulse_timer_runs_total{timer=\"sweep\"}");
    assert!(runs.is_some_and(|runs| runs >= 1.0), "{text}");
    let calls = "pulse_http_request_seconds_count{method=\"POST\",route=\"/executions\"}";
    assert_eq!(number(&text, calls), Some(3.0), "{text}");
    assert!(text.ends_with("# EOF\n"));
}

#[tokio::test]
async fn the_capacity_counts_workers_that_take_jobs() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let capacity = "pulse_worker_slots{region=\"iad\"}";

    let before = number(&metrics(&world).await, capacity);
    world
        .ctl(&["worker", "drain", "web-1", "--hold", "--yes"])
        .await
        .is(0);
    let after = number(&metrics(&world).await, capacity);

    assert_eq!(before, Some(5.0));
    assert_eq!(after, Some(0.0));
}

#[tokio::test]
async fn the_numbers_are_for_whom_the_configuration_says() {
    let get = async |world: &World| {
        let request = world.anonymous().request_at(Method::GET, "/metrics");
        pulse_tests::client::send(request).await
    };
    let token = World::start().await;
    let loopback = World::with(&[("PULSE__SERVER__METRICS", "loopback")]).await;
    let off = World::with(&[("PULSE__SERVER__METRICS", "off")]).await;

    get(&token).await.problem(401, "unauthenticated");
    assert_eq!(get(&loopback).await.status, 200);
    get(&off).await.problem(404, "unknown_route");

    let viewer = token.somebody("viewer").await;
    let seen = pulse_tests::client::send(viewer.request_at(Method::GET, "/metrics")).await;
    assert_eq!(seen.status, 200);
    // What comes through a proxy on this host comes from elsewhere.
    let request = loopback.anonymous().request_at(Method::GET, "/metrics");
    let passed_on =
        pulse_tests::client::send(request.header("x-forwarded-for", "203.0.113.9")).await;
    passed_on.problem(401, "unauthenticated");
    let (_, credential) = token.enroll("web-1").await;
    let worker = token.anonymous().with(&credential);
    let worker = pulse_tests::client::send(worker.request_at(Method::GET, "/metrics")).await;
    worker.problem(403, "forbidden");
}

#[tokio::test]
async fn pulsectl_shows_the_numbers() {
    let world = World::start().await;

    let said = world
        .ctl(&["server", "metrics", "--match", "pulse_database_up"])
        .await;

    assert!(
        said.is(0).contains("pulse_database_up 1.0"),
        "{}",
        said.stdout
    );
}

/// Every `pulse_…` name in the queries of the dashboard.
fn queried(dashboard: &Value, found: &mut BTreeSet<String>) {
    match dashboard {
        Value::Object(fields) => {
            if let Some(Value::String(query)) = fields.get("expr").or(fields.get("query")) {
                let names = query.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                found.extend(
                    names
                        .filter(|name| name.starts_with("pulse_"))
                        .map(str::to_owned),
                );
            }
            fields.values().for_each(|value| queried(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| queried(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_dashboard_names_only_numbers_that_exist() {
    let dashboard: Value =
        serde_json::from_str(&places::read("packaging/grafana/pulse.json")).unwrap();
    let mut wanted = BTreeSet::new();
    queried(&dashboard, &mut wanted);
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;

    // A number that appears with the first drain is there when there is one.
    world
        .ctl(&["worker", "drain", "web-1", "--hold", "--yes"])
        .await
        .is(0);
    eventually_async("every number of the dashboard", PATIENCE, async || {
        let text = metrics(&world).await;
        let known: BTreeSet<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(['{', ' ']).next())
            .collect();
        let missing: Vec<&String> = wanted
            .iter()
            .filter(|name| !known.contains(name.as_str()))
            .collect();
        missing
            .is_empty()
            .then_some(())
            .ok_or_else(|| format!("{missing:?} are not there"))
    })
    .await;

    assert!(wanted.len() >= 20, "{wanted:?}");
}
