//! What has ended long ago is removed, and nothing else.

mod by_hand;
mod documents;
mod output;
mod pieces;

use std::time::Duration;

use pulse_tests::{
    World, client,
    eventually::{PATIENCE, eventually_async},
    steps,
};
use reqwest::Method;
use serde_json::{Value, json};

/// A world in which executions go after a day.
async fn forgetful() -> World {
    World::with(&[("PULSE__RETENTION__EXECUTIONS_DAYS", "1")]).await
}

/// Lets an execution have ended so many days ago.
async fn age(world: &World, number: i64, days: u32) {
    let statement = format!(
        "update executions set completed_at = completed_at - interval '{days} days' where number = {number}"
    );
    world.database.tell(&statement).await.unwrap();
}

/// The timer looks when its server starts, and then every minute.
fn look(world: &mut World) {
    world.server().stop();
    world.server().start();
}

async fn is_there(world: &World, number: i64) -> bool {
    let path = format!("/executions/{number}");
    world.admin().get(&path).await.status == 200
}

async fn is_gone(world: &World, number: i64) {
    eventually_async(&format!("the end of #{number}"), PATIENCE, async || {
        let there = is_there(world, number).await;
        (!there)
            .then_some(())
            .ok_or_else(|| "still there".to_owned())
    })
    .await;
}

async fn prune(world: &World, seconds: u64) -> Value {
    let body = json!({"older_than_seconds": seconds});
    world.admin().post("/executions/prune", &body).await.is(200)
}

async fn count(world: &World, query: &str) -> i64 {
    world.database.ask(query).await[0].parse().unwrap()
}

async fn metric(world: &World, series: &str) -> String {
    let request = world.admin().request_at(Method::GET, "/metrics");
    let text = client::send(request).await.text();
    let line = text.lines().find_map(|line| line.strip_prefix(series));
    line.unwrap_or_else(|| panic!("{text}")).trim().to_owned()
}

/// A run that has ended when its start is answered.
fn nothing(name: &str) -> Value {
    let step = json!({"name": name, "type": "wait", "duration": 1000, "condition": "false"});
    json!({"definition": {"steps": [step]}})
}

#[tokio::test]
async fn what_ended_long_ago_goes_with_everything_it_wrote_and_the_rest_stays() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let old = world.complete(&steps::one("echo old", &["all"])).await["number"].clone();
    let young = world.complete(&steps::one("echo young", &["all"])).await["number"].clone();
    let (old, young) = (old.as_i64().unwrap(), young.as_i64().unwrap());
    let id = world.execution(old).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    age(&world, old, 2).await;

    look(&mut world);

    is_gone(&world, old).await;
    assert!(is_there(&world, young).await);
    for table in ["steps", "jobs", "outputs", "timeline"] {
        let query = |id: &str| format!("select count(*) from {table} where execution_id = '{id}'");
        assert_eq!(count(&world, &query(&id)).await, 0, "{table}");
        let kept = world.execution(young).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(count(&world, &query(&kept)).await > 0, "{table}");
    }
    assert_eq!(metric(&world, "pulse_executions_removed_total").await, "1");
    let said = world.server().said();
    assert!(said.contains("removed what ended long ago"), "{said}");
}

#[tokio::test]
async fn the_audit_trail_says_how_many_went_and_stays_whole() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    for _ in 0..3 {
        let execution = world.complete(&steps::one("true", &["all"])).await;
        age(&world, execution["number"].as_i64().unwrap(), 2).await;
    }

    look(&mut world);
    is_gone(&world, 3).await;

    let audit = world
        .admin()
        .get("/audit?action=execution.prune")
        .await
        .is(200);
    let entries = audit["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{audit}");
    assert_eq!(entries[0]["actor"], "retention");
    assert_eq!(entries[0]["detail"]["executions"], 3);
    let started = world
        .admin()
        .get("/audit?action=execution.start")
        .await
        .is(200);
    assert_eq!(started["items"].as_array().unwrap().len(), 3, "{started}");
    world.ctl(&["audit", "verify"]).await.is(0);
}

#[tokio::test]
async fn whoever_asks_for_a_removed_execution_is_told_why_it_may_be_gone() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let number = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    prune(&world, 0).await;

    let path = format!("/executions/{number}");
    let problem = world.admin().get(&path).await.problem(404, "not_found");
    let shown = world.ctl(&["execution", "show", &number.to_string()]).await;
    let listed = world.ctl(&["execution", "ls", "-o", "json"]).await;

    let hint = problem["hint"].as_str().unwrap();
    assert!(hint.contains("more than 1 days ago is removed"), "{hint}");
    shown.is(7);
    assert!(shown.stderr.contains("is removed"), "{}", shown.stderr);
    let listed: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(listed, json!([]));
}

#[tokio::test]
async fn nothing_open_goes_and_nothing_that_something_open_was_started_from() {
    let world = forgetful().await;
    let mut host = world.socket("web-1").await;
    let first = world.run(&steps::one("true", &["web-1"])).await;
    let offer = host.take().await;
    host.send(&host.result(&offer, 1)).await;
    world.ended(first).await;
    let retry = |number: i64| {
        let path = format!("/executions/{number}/retry");
        let admin = world.admin();
        async move {
            admin.post(&path, &json!({})).await.is(201)["number"]
                .as_i64()
                .unwrap()
        }
    };
    let second = retry(first).await;
    let offer = host.take().await;
    host.send(&host.result(&offer, 1)).await;
    world.ended(second).await;
    let open = retry(second).await;
    let offer = host.take().await;
    let other = world.run(&steps::one("true", &["web-1"])).await;
    let offer_of_other = host.take().await;
    host.send(&host.result(&offer_of_other, 0)).await;
    world.ended(other).await;

    let while_open = prune(&world, 0).await;
    host.send(&host.result(&offer, 0)).await;
    world.ended(open).await;
    let after = prune(&world, 0).await;

    assert_eq!(
        while_open,
        json!({"removed": 1, "first": other, "last": other, "more": false})
    );
    assert_eq!(
        after,
        json!({"removed": 3, "first": first, "last": open, "more": false})
    );
}

#[tokio::test]
async fn what_another_transaction_has_in_hand_is_left_for_later() {
    let mut world = forgetful().await;
    world.add_agent("web-1").await;
    let held = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    let free = world.complete(&steps::one("true", &["all"])).await["number"].clone();
    let other = world.database.session().await;
    let lock = format!("begin; select 1 from executions where number = {held} for key share");
    other.batch_execute(&lock).await.unwrap();

    let pruned = tokio::time::timeout(Duration::from_secs(5), prune(&world, 0)).await;
    let meanwhile = pruned.expect("it waits for nobody");
    other.batch_execute("rollback").await.unwrap();
    let after = prune(&world, 0).await;

    assert_eq!(
        (&meanwhile["removed"], &meanwhile["first"]),
        (&json!(1), &free)
    );
    assert_eq!((&after["removed"], &after["first"]), (&json!(1), &held));
}

#[tokio::test]
async fn nothing_goes_where_everything_is_to_be_kept() {
    let mut world = World::with(&[("PULSE__RETENTION__EXECUTIONS_DAYS", "0")]).await;
    world.add_agent("web-1").await;
    world.complete(&steps::one("true", &["all"])).await;
    age(&world, 1, 30_000).await;

    look(&mut world);
    eventually_async("a look", PATIENCE, async || {
        let status = world.admin().get("/server/status").await.is(200);
        let timers = status["timers"].as_array().unwrap().clone();
        let timer = timers
            .into_iter()
            .find(|timer| timer["name"] == "retention");
        let runs = timer.as_ref().and_then(|timer| timer["runs"].as_u64());
        runs.filter(|runs| *runs > 0)
            .ok_or_else(|| status.to_string())
    })
    .await;

    assert!(is_there(&world, 1).await);
}

#[tokio::test]
async fn the_size_of_the_database_is_shown() {
    let world = World::start().await;
    let real = count(&world, "select pg_database_size(current_database())").await;

    let bytes = eventually_async("a size", PATIENCE, async || {
        let status = world.admin().get("/server/status").await.is(200);
        status["database"]["bytes"]
            .as_i64()
            .ok_or_else(|| status.to_string())
    })
    .await;

    assert!((bytes - real).abs() < real / 2, "{bytes} of {real}");
    assert_eq!(
        metric(&world, "pulse_database_bytes").await,
        bytes.to_string()
    );
    let shown = world.ctl(&["server", "status"]).await;
    assert!(shown.is(0).contains(" MiB"), "{}", shown.stdout);
}
