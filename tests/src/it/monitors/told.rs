//! Who is told that a monitor is down, and when nobody is.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    receiver::Web,
    socket::Socket,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{answer, look, page_with, prober, put, stands};

/// A world with a channel that wants to know of monitors, a monitor that turns at once and is up, and who
/// looks at it.
async fn watched(on: &[&str]) -> (World, Web, Socket) {
    let (world, web) = (World::start().await, Web::start().await);
    let mut prober = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1, "up_after": 1, "labels": {"team": "web"}}));
    put(&world, "site", &spec).await.is(200);
    answer(&mut prober, "good").await;
    stands(&world, "site", "up").await;
    channel(
        &world,
        &json!({"webhook": {"url": web.url("/in")}, "on": on}),
    )
    .await;
    (world, web, prober)
}

async fn channel(world: &World, spec: &Value) {
    let request = world
        .admin()
        .request(Method::PUT, "/notifications/channels/ops");
    pulse_tests::client::send(request.json(spec)).await.is(200);
}

async fn maintenance(world: &World, spec: &Value) -> i64 {
    let made = world.admin().post("/maintenances", spec).await.is(201);
    made["number"].as_i64().unwrap()
}

/// What channels are to be told, oldest first.
async fn told(world: &World) -> Vec<String> {
    let query = "select event || ' ' || incident from notifications order by number";
    world.database.ask(query).await
}

#[tokio::test]
async fn channels_are_told_when_it_is_down_and_when_it_is_up_again() {
    let (world, web, mut prober) = watched(&["monitor_down", "monitor_up"]).await;

    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "site", (&mut prober, "failed")).await;
    let down = web.has_taken(1).await[0].json();
    look(&world, "site", (&mut prober, "good")).await;
    look(&world, "site", (&mut prober, "good")).await;

    let up = web.has_taken(2).await[1].json();
    assert_eq!(down["event"], "monitor_down");
    assert_eq!(down["text"], "site is down in any: it was failed");
    assert_eq!(down["incident"]["monitor"], "site");
    assert_eq!(down["execution"], json!(null));
    assert_eq!(up["event"], "monitor_up");
    assert_eq!(up["incident"]["number"], down["incident"]["number"]);
    assert_eq!(told(&world).await, ["monitor_down 1", "monitor_up 1"]);
    let shown = world.admin().get("/notifications").await.is(200);
    assert_eq!(shown["items"][0]["incident"], 1);
}

#[tokio::test]
async fn the_last_that_a_channel_hears_of_a_monitor_is_the_last_that_happened() {
    let (world, web, mut prober) = watched(&["monitor_down", "monitor_up"]).await;
    web.answer(503, "not now");
    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "site", (&mut prober, "failed")).await;
    web.has_taken(1).await;
    eventually_async("the try is written down", PATIENCE, async || {
        let tried = "select last_error from notifications where last_error is not null";
        let tried = world.database.ask(tried).await;
        tried
            .first()
            .cloned()
            .ok_or_else(|| "nothing was tried".to_owned())
    })
    .await;
    let later = "update notifications set due_at = now() + interval '5 seconds'";
    world.database.tell(later).await.unwrap();
    web.answer(200, "");

    look(&world, "site", (&mut prober, "good")).await;
    look(&world, "site", (&mut prober, "good")).await;

    assert_eq!(told(&world).await, ["monitor_down 1", "monitor_up 1"]);
    let events: Vec<_> = web
        .has_taken(3)
        .await
        .iter()
        .map(|r| r.json()["event"].clone())
        .collect();
    assert_eq!(events, ["monitor_down", "monitor_down", "monitor_up"]);
}

#[tokio::test]
async fn a_document_starts_when_it_is_down_and_not_in_a_maintenance() {
    let (world, _web, mut prober) = watched(&[]).await;
    let document = json!({
        "inputs": {"what": {}},
        "triggers": {"event": [{"on": ["monitor_down", "monitor_up"], "monitors": ["site"],
            "inputs": {"what": "${{ event.on }} ${{ event.incident.monitor }}: ${{ event.incident.cause }}"}}]},
        "steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]
    });
    let request = world.admin().request(Method::PUT, "/workflows/mend");
    let applied = pulse_tests::client::send(request.json(&document))
        .await
        .is(201);
    assert_eq!(applied["warnings"], Value::Null);
    let ended = async |number: i64| world.ended(number).await["inputs"]["what"].clone();

    look(&world, "site", (&mut prober, "failed")).await;
    assert_eq!(ended(1).await, "monitor_down site: it was failed");
    look(&world, "site", (&mut prober, "good")).await;
    assert_eq!(ended(2).await, "monitor_up site: it was failed");
    maintenance(
        &world,
        &json!({"monitors": ["site"], "duration_seconds": 3600}),
    )
    .await;
    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "site", (&mut prober, "good")).await;

    let seen =
        "select event || ' ' || about_incident || ' ' || result from sensor_deliveries order by id";
    let seen = world.database.ask(seen).await;
    assert_eq!(seen, ["monitor_down 1 started", "monitor_up 1 started"]);
}

#[tokio::test]
async fn a_channel_may_want_to_know_of_some_monitors_only() {
    let (world, web, mut prober) = watched(&["monitor_down"]).await;
    let spec = page_with(&json!({"down_after": 1}));
    put(&world, "shop", &spec).await.is(200);
    answer(&mut prober, "good").await;
    stands(&world, "shop", "up").await;
    let only =
        json!({"webhook": {"url": web.url("/in")}, "on": ["monitor_down"], "monitors": ["shop"]});
    channel(&world, &only).await;

    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "shop", (&mut prober, "failed")).await;

    let taken = web.has_taken(1).await;
    assert_eq!(taken[0].json()["incident"]["monitor"], "shop");
    assert_eq!(told(&world).await, ["monitor_down 2"]);
    let unknown = json!({"webhook": {"url": web.url("/in")}, "on": [], "monitors": ["nothing"]});
    let request = world
        .admin()
        .request(Method::PUT, "/notifications/channels/ops");
    let refused = pulse_tests::client::send(request.json(&unknown)).await;
    refused.problem(422, "invalid_body");
}

#[tokio::test]
async fn nobody_is_told_in_a_maintenance_and_once_after_it_of_what_is_still_down() {
    let (world, web, mut prober) = watched(&["monitor_down", "monitor_up"]).await;
    let number = maintenance(
        &world,
        &json!({"selector": "team=web", "duration_seconds": 3600}),
    )
    .await;
    assert_eq!(super::view(&world, "site").await["maintenance"], number);

    // Down and up again within it is nobody's business.
    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "site", (&mut prober, "good")).await;
    look(&world, "site", (&mut prober, "failed")).await;
    meanwhile(Duration::from_millis(2_500), async || {
        let told = told(&world).await;
        if told.is_empty() {
            Ok(())
        } else {
            Err(format!("{told:?}"))
        }
    })
    .await;

    let over = "update maintenances set from_at = now() - interval '2 hours', until_at = now()";
    world.database.tell(over).await.unwrap();
    let down = web.has_taken(1).await[0].json();
    look(&world, "site", (&mut prober, "failed")).await;
    look(&world, "site", (&mut prober, "good")).await;

    assert_eq!(down["event"], "monitor_down");
    web.has_taken(2).await;
    assert_eq!(told(&world).await, ["monitor_down 2", "monitor_up 2"]);
    assert_eq!(
        super::view(&world, "site").await["maintenance"],
        json!(null)
    );
}

#[tokio::test]
async fn a_maintenance_that_is_taken_away_or_has_not_begun_holds_nothing_back() {
    let (world, web, mut prober) = watched(&["monitor_down"]).await;
    let later = pulse_tests::clock::now() + Duration::from_hours(1);
    let later = json!({"monitors": ["site"], "from": later, "duration_seconds": 60});
    maintenance(&world, &later).await;
    let now = json!({"monitors": ["site"], "duration_seconds": 3600, "reason": "new disks"});
    let number = maintenance(&world, &now).await;

    look(&world, "site", (&mut prober, "failed")).await;
    assert_eq!(told(&world).await, [""; 0]);
    let path = format!("/maintenances/{number}");
    world.admin().delete(&path).await.is(204);

    web.has_taken(1).await;
    world.admin().delete(&path).await.problem(404, "not_found");
    let left = world.admin().get("/maintenances").await.is(200);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    for (selector, covers) in [("team=web", 1), ("team!=web", 0), ("label.region=fra", 0)] {
        let one = json!({"selector": selector, "duration_seconds": 60});
        let made = world.admin().post("/maintenances", &one).await.is(201);
        assert_eq!(made["covers"], covers, "{selector}");
    }
    for wrong in [
        json!({"duration_seconds": 60}),
        json!({"monitors": ["site"], "selector": "team=web", "duration_seconds": 60}),
        json!({"monitors": ["nothing"], "duration_seconds": 60}),
        json!({"monitors": ["site"], "duration_seconds": 59}),
        json!({"selector": "team=", "duration_seconds": 60}),
        // What only hosts have would be true of no monitor, or of all of them.
        json!({"selector": "region=fra", "duration_seconds": 60}),
        json!({"selector": "team=web || role!=sensor", "duration_seconds": 60}),
    ] {
        world
            .admin()
            .post("/maintenances", &wrong)
            .await
            .problem(422, "invalid_body");
    }
}

#[tokio::test]
async fn a_channel_that_starts_a_workflow_is_given_what_is_down() {
    let (world, _web, mut prober) = watched(&[]).await;
    let document = json!({"inputs": {"monitor": {"type": "string"}, "cause": {"type": "string"}},
        "steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    let request = world.admin().request(Method::PUT, "/workflows/mend");
    pulse_tests::client::send(request.json(&document))
        .await
        .is(201);
    channel(
        &world,
        &json!({"start": {"workflow": "mend"}, "on": ["monitor_down"]}),
    )
    .await;

    look(&world, "site", (&mut prober, "failed")).await;

    let started = eventually_async("a run", PATIENCE, async || {
        let runs = world.admin().get("/executions?workflow=mend").await.is(200);
        let first = runs["items"][0]["number"].as_i64();
        first.ok_or_else(|| runs.to_string())
    })
    .await;
    let run = world.ended(started).await;
    assert_eq!(run["inputs"]["monitor"], "site");
    assert_eq!(run["inputs"]["cause"], "it was failed");
}
