//! Agents that come all at once, and what the signs of life that follow carry.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
};
use reqwest::Method;
use serde_json::json;

use super::{beat, ping, worker};

#[tokio::test]
async fn agents_that_come_all_at_once_are_asked_to_come_again_later() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    let url = world.servers[0].url();
    let mut waiting = Vec::new();
    for _ in 0..64 {
        waiting.push(Socket::open(&url, &id, &credential).await);
    }

    let request = world.anonymous().with(&credential);
    let answer = pulse_tests::client::send(request.request(Method::GET, "/agent")).await;
    let refused = Socket::dial(&url, "/api/v1/agent", &[]).await;
    drop(waiting);
    let mut socket = eventually_async("a place", PATIENCE, async || {
        let bearer = format!("Bearer {credential}");
        let dialled = Socket::dial(&url, "/api/v1/agent", &[("authorization", &bearer)]).await;
        dialled.map_err(|status| status.to_string())
    })
    .await;
    socket.worker_id.clone_from(&id);
    socket.hello("web-1").await;

    answer.problem(503, "busy");
    let after = answer.headers["retry-after"].to_str().unwrap();
    assert!((1..=5).contains(&after.parse::<u32>().unwrap()), "{after}");
    assert_eq!(refused.err(), Some(503));
}

#[tokio::test]
async fn a_sign_of_life_carries_the_load_of_the_host() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let (id, credential) = world.enroll("web-2").await;
    let host = world.anonymous().with(&credential);

    beat(&mut socket, &[]).await;
    let load = json!({"meta": {"cpu_percent": 99.0, "memory_total_bytes": 8}});
    ping(&host, &id, &load).await.is(200);
    let seen = eventually_async("the load", PATIENCE, async || {
        let view = worker(&world, "web-1").await;
        (view["metrics"]["disk_total_bytes"] == 8)
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    let top = world
        .ctl(&["worker", "top", "--columns", "name,cpu,memory,disk,load"])
        .await;
    let shown = world.ctl(&["worker", "show", "web-1"]).await;

    assert_eq!(seen["metrics"]["load_average"], json!([0.5, 0.4, 0.3]));
    assert!(seen["time_since_heartbeat_ms"].as_i64().unwrap() < 30_000);
    let lines: Vec<Vec<&str>> = top
        .is(0)
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[1],
        ["web-2", "99%", "0%", "-", "0.00"],
        "{}",
        top.stdout
    );
    assert_eq!(
        lines[2],
        ["web-1", "12%", "25%", "25%", "0.50"],
        "{}",
        top.stdout
    );
    assert!(
        shown.is(0).contains("load 0.50 0.40 0.30"),
        "{}",
        shown.stdout
    );
}
