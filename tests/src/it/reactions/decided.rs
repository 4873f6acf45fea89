//! What stands against the start, and what becomes of an event then.

use pulse_tests::{World, client::send};
use reqwest::Method;
use serde_json::{Value, json};

use crate::windows::{over_in, with};

use super::{apply, came, decided, failing, page, quiet, run, runs};

/// A world in which `page` waits for `deploy` to fail.
async fn watched(event: &Value) -> World {
    let world = World::start().await;
    apply(&world, "deploy", &failing()).await;
    apply(&world, "page", &page(event)).await;
    world
}

#[tokio::test]
async fn what_an_event_does_not_start_is_shown_with_why() {
    let world =
        watched(&json!({"on": ["failed", "completed"], "when": "event.on === 'completed'"})).await;
    apply(&world, "quiet", &quiet()).await;

    run(&world, "deploy").await;
    let ignored = decided(&world, "page.event", 1).await.remove(0);
    assert_eq!(ignored["result"], "ignored");
    assert_eq!(
        ignored["detail"],
        "event.on === 'completed' (event.on = \"failed\")"
    );
    let mut odd = page(&json!({"on": "completed"}));
    odd["inputs"] = json!({"text": {"pattern": "x+"}});
    apply(&world, "odd", &odd).await;
    let mut lost = page(&json!({"on": "completed", "when": "event.incident.number > 0"}));
    lost["concurrency"] = json!({"group": "one"});
    apply(&world, "lost", &lost).await;
    run(&world, "quiet").await;

    let refused = decided(&world, "odd.event", 1).await.remove(0);
    assert_eq!(refused["result"], "refused", "{refused}");
    let unread = decided(&world, "lost.event", 1).await.remove(0);
    assert_eq!(unread["result"], "refused");
    let why = unread["detail"].as_str().unwrap();
    assert!(why.contains("event.incident.number"), "{why}");
    let trail = world
        .admin()
        .get("/audit?action=sensor.refuse")
        .await
        .is(200);
    assert_eq!(trail["items"].as_array().unwrap().len(), 2, "{trail}");
}

#[tokio::test]
async fn nothing_starts_while_the_workflow_or_the_sensor_is_paused_nor_afterwards() {
    let world = watched(&json!({"on": "failed", "workflows": ["deploy"]})).await;
    let post = async |path: &str, body: &Value| world.admin().post(path, body).await.ok();

    post("/workflows/page/pause", &json!({"reason": "rest"})).await;
    run(&world, "deploy").await;
    came(&world, "page.event", 1).await;
    post("/workflows/page/resume", &json!({})).await;
    post("/sensors/page.event/pause", &json!({})).await;
    run(&world, "deploy").await;
    came(&world, "page.event", 2).await;
    post("/sensors/page.event/resume", &json!({})).await;
    let last = run(&world, "deploy").await;

    let all = decided(&world, "page.event", 3).await;
    let results: Vec<&Value> = all.iter().map(|delivery| &delivery["result"]).collect();
    assert_eq!(results, ["skipped", "skipped", "started"]);
    assert_eq!(all[2]["delivery"], format!("#{}", last["number"]));
    assert_eq!(runs(&world, "page").await.len(), 1);
}

#[tokio::test]
async fn windows_and_places_hold_for_what_an_event_starts() {
    let world = watched(&json!({"on": "failed", "workflows": ["deploy"]})).await;
    let never = page(&json!({"on": "failed", "workflows": ["deploy"]}));
    let (window, _) = over_in(&world, 3_600_000).await;
    apply(&world, "never", &with(never, (&window, "reject"))).await;
    let mut one = page(&json!({"on": "failed", "workflows": ["deploy"]}));
    one["concurrency"] = json!({"group": "one"});
    one["steps"] = json!([pulse_tests::steps::prompt("ask")]);
    apply(&world, "one", &one).await;

    run(&world, "deploy").await;
    run(&world, "deploy").await;

    let denied = decided(&world, "never.event", 2).await;
    assert!(
        denied.iter().all(|it| it["result"] == "skipped"),
        "{denied:?}"
    );
    assert_eq!(runs(&world, "never").await, Vec::<Value>::new());
    decided(&world, "one.event", 2).await;
    let statuses: Vec<Value> = runs(&world, "one")
        .await
        .iter()
        .map(|it| it["status"].clone())
        .collect();
    assert!(statuses.contains(&json!("pending")), "{statuses:?}");
}

#[tokio::test]
async fn a_document_waits_for_what_its_newest_version_says() {
    let event = json!({"on": "failed", "workflows": ["deploy"]});
    let world = watched(&event).await;
    let same = page(&event);

    run(&world, "deploy").await;
    came(&world, "page.event", 1).await;
    // Applied again, taken away and brought back: what has happened is not decided anew.
    apply(&world, "page", &same).await;
    apply(&world, "page", &quiet()).await;
    run(&world, "deploy").await;
    let gone = world.admin().get("/sensors/page.event").await;
    apply(&world, "page", &same).await;
    let again = came(&world, "page.event", 1).await;
    run(&world, "deploy").await;
    let fresh = came(&world, "page.event", 2).await;
    let deleted = world.admin().request(Method::DELETE, "/workflows/page");
    send(deleted).await.ok();
    run(&world, "deploy").await;

    gone.problem(404, "not_found");
    assert_eq!((again.len(), fresh.len()), (1, 2));
    let rows = "select count(*)::text from sensor_deliveries";
    assert_eq!(world.database.ask(rows).await, ["2"]);
    assert_eq!(runs(&world, "page").await.len(), 2);
}

#[tokio::test]
async fn a_workflow_that_a_document_waits_for_keeps_its_name() {
    let world = watched(&json!({"on": "failed", "workflows": ["deploy"]})).await;
    let rename = async |from: &str, to: &str| {
        let path = format!("/workflows/{from}");
        let request = world.admin().request(Method::PATCH, &path);
        send(request.json(&json!({"name": to}))).await
    };

    let refused = rename("deploy", "ship").await;
    rename("page", "call").await.ok();
    run(&world, "deploy").await;

    let problem = refused.problem(409, "conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .starts_with("page run deploy")
    );
    assert_eq!(came(&world, "call.event", 1).await.len(), 1);
    let begun = runs(&world, "call").await;
    assert_eq!(begun[0]["started_by"], "event:call.event");
}

#[tokio::test]
async fn what_is_not_there_yet_is_said_where_it_stands() {
    let world = World::start().await;
    let event = json!({"on": ["failed", "monitor_down"], "workflows": ["page", "deplyo"], "monitors": ["site"]});
    let request = world.admin().request(Method::PUT, "/workflows/page");

    let applied = send(request.json(&page(&event))).await.is(201);

    let warnings = applied["warnings"].as_array().unwrap().iter();
    let said: Vec<&str> = warnings.map(|it| it["message"].as_str().unwrap()).collect();
    assert_eq!(
        said,
        [
            "there is no workflow deplyo yet",
            "there is no monitor site yet"
        ]
    );
}
