//! Servers that die between an event and what it starts, and several at once.

use pulse_tests::{World, client::try_send};
use reqwest::Method;
use serde_json::json;

use super::{apply, came, failing, page, runs};

#[tokio::test]
async fn an_event_starts_one_run_wherever_its_server_dies() {
    for place in [
        "react::React begin",
        "react::React before_commit",
        "react::React after_commit",
    ] {
        let mut world = World::start().await;
        apply(&world, "deploy", &failing()).await;
        apply(
            &world,
            "page",
            &page(&json!({"on": "failed", "workflows": ["deploy"]})),
        )
        .await;
        world.server().die_at(place);

        let body = json!({"workflow": "deploy"});
        let request = world.admin().request(Method::POST, "/executions");
        let _ = try_send(request.json(&body)).await;
        world.server().died();
        world.server().start();

        assert_eq!(
            came(&world, "page.event", 1).await,
            ["failed #1 started"],
            "{place}"
        );
        assert_eq!(runs(&world, "page").await.len(), 1, "{place}");
    }
}

#[tokio::test]
async fn two_servers_decide_each_event_once() {
    let mut world = World::start().await;
    world.add_server(&[]);
    apply(&world, "deploy", &failing()).await;
    apply(
        &world,
        "page",
        &page(&json!({"on": "failed", "workflows": ["deploy"]})),
    )
    .await;
    for _ in 0..40 {
        let body = json!({"workflow": "deploy"});
        world.admin().post("/executions", &body).await.is(201);
    }

    let all = came(&world, "page.event", 40).await;

    assert!(all.iter().all(|line| line.ends_with("started")), "{all:?}");
    assert_eq!(runs(&world, "page").await.len(), 40);
    let begun = "select count(distinct about_execution)::text || ' ' || count(distinct execution_id) \
        from sensor_deliveries";
    assert_eq!(world.database.ask(begun).await, ["40 40"]);
}
