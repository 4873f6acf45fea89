//! What is kept of monitors: their specs, how long they were up, and who did what.

use pulse_tests::{World, client::send, world::post_once};
use reqwest::Method;
use serde_json::{Value, json};

use super::{answer, incidents, look, page, page_with, prober, put, stands, view};

#[tokio::test]
async fn what_is_wrong_with_a_monitor_is_said_with_its_place() {
    let world = World::start().await;
    let user = page_with(
        &json!({"probe": {"http": {"url": "https://me:secret@example.org"}}, "interval_seconds": 1}),
    );

    let problem = put(&world, "site", &user)
        .await
        .problem(422, "invalid_body");

    let paths: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["path"].clone())
        .collect();
    assert_eq!(paths, ["probe.http.url", "interval_seconds"]);
    assert!(!problem.to_string().contains("secret@"));
    put(&world, "No Name", &page())
        .await
        .problem(422, "invalid_body");
    let other = page_with(&json!({"name": "other"}));
    put(&world, "site", &other)
        .await
        .problem(422, "invalid_body");
    world
        .admin()
        .get("/monitors/site")
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn the_same_spec_changes_nothing_and_another_probe_begins_anew() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1}));
    let made = put(&world, "site", &spec).await.is(200);
    answer(&mut web, "failed").await;
    stands(&world, "site", "down").await;

    let same = put(&world, "site", &spec).await.is(200);
    assert_eq!(same["updated_at"], made["updated_at"]);
    assert_eq!(same["status"], "down");
    let other = json!({"probe": {"tcp": {"host": "db", "port": 5432}}, "interval_seconds": 86_400});
    let other = put(&world, "site", &other).await.is(200);

    assert_eq!(other["status"], "unknown");
    assert_eq!(
        incidents(&world, "site").await[0]["closed_because"],
        "it looks at something else now"
    );
    assert_eq!(answer(&mut web, "good").await["probe"]["tcp"]["port"], 5432);
    stands(&world, "site", "up").await;
}

#[tokio::test]
async fn an_incident_outlives_its_monitor() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page_with(&json!({"down_after": 1})))
        .await
        .is(200);
    answer(&mut web, "failed").await;
    stands(&world, "site", "down").await;

    world.admin().delete("/monitors/site").await.is(204);

    world
        .admin()
        .get("/monitors/site")
        .await
        .problem(404, "not_found");
    let kept = world.admin().get("/incidents").await.is(200);
    assert_eq!(kept["items"][0]["monitor"], "site");
    assert_eq!(kept["items"][0]["closed_because"], "admin has removed it");
    put(&world, "site", &page()).await.is(200);
    assert!(incidents(&world, "site").await.is_empty());
}

#[tokio::test]
async fn uptime_counts_the_time_in_which_something_was_known() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;
    // Up for three quarters of the last hour, down for one quarter before that, unknown before.
    let past = "delete from monitor_flips; \
        insert into monitor_flips (monitor_id, at, status) select id, now() - v.ago, v.status::monitor_status from monitors, \
          (values (interval '2 hours', 'unknown'), (interval '60 minutes', 'down'), (interval '45 minutes', 'up')) as v (ago, status)";
    world.database.tell(past).await.unwrap();

    let hours = world
        .admin()
        .get("/monitors/site/uptime?window_seconds=7200")
        .await
        .is(200);

    let near = |value: &Value, wanted: i64| (value.as_i64().unwrap() - wanted).abs() <= 5;
    assert!(near(&hours["up_seconds"], 2_700), "{hours}");
    assert!(near(&hours["down_seconds"], 900), "{hours}");
    assert!(near(&hours["unknown_seconds"], 3_600), "{hours}");
    assert!(
        (hours["percent"].as_f64().unwrap() - 75.0).abs() < 0.5,
        "{hours}"
    );
    assert_eq!(hours["latency_p95_ms"], 12);
    let short = world
        .admin()
        .get("/monitors/site/uptime?window_seconds=600")
        .await
        .is(200);
    assert_eq!(short["percent"].as_f64(), Some(100.0));
    world
        .admin()
        .get("/monitors/site/uptime?window_seconds=1")
        .await
        .problem(400, "invalid_query");
}

#[tokio::test]
async fn a_look_that_is_asked_for_again_under_its_key_is_the_same_look() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;
    let none = json!({});
    let admin = world.admin();

    let (first, _) = tokio::join!(
        post_once(&admin, "/monitors/site/check", &none, "one"),
        answer(&mut web, "good")
    );
    let second = post_once(&admin, "/monitors/site/check", &none, "one").await;

    first.is(200);
    second.is(200);
    assert_eq!(super::checks(&world, "site").await.len(), 2);
}

#[tokio::test]
async fn old_looks_are_forgotten() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    look(&world, "site", (&mut web, "good")).await;
    let age = "update checks set due_at = due_at - interval '31 days' \
        where due_at = (select min(due_at) from checks)";
    world.database.tell(age).await.unwrap();
    let mut world = world;

    // It looks when it starts.
    world.server().kill();
    world.server().start();

    pulse_tests::eventually::eventually_async(
        "one look is left",
        pulse_tests::eventually::PATIENCE,
        async || {
            let left = world.database.ask("select count(*) from checks").await;
            (left == ["1"])
                .then_some(())
                .ok_or_else(|| format!("{left:?}"))
        },
    )
    .await;
}

#[tokio::test]
async fn an_operator_makes_monitors_and_a_viewer_sees_them() {
    let world = World::start().await;
    let (operator, viewer) = (
        world.somebody("operator").await,
        world.somebody("viewer").await,
    );

    let request = operator.request(Method::PUT, "/monitors/site");
    send(request.json(&page())).await.is(200);

    let request = viewer.request(Method::PUT, "/monitors/site");
    send(request.json(&page())).await.problem(403, "forbidden");
    let seen = viewer.get("/monitors").await.is(200);
    assert_eq!(seen["items"][0]["created_by"], "a operator");
    assert_eq!(view(&world, "site").await["spec"]["rule"], "majority");
}
