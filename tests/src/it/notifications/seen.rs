//! What of channels, and of what they were told, is shown to whom.

use pulse_tests::{World, receiver::Web};
use serde_json::{Value, json};

use super::{apply, put_channel, quiet, start};

/// Two workflows and who may see `shown` only: by groups, and by a token for it.
async fn with_two() -> (World, Web) {
    let (world, web) = (World::start().await, Web::start().await);
    let mut hidden = quiet();
    hidden["permissions"] = json!({"view": ["bosses"]});
    apply(&world, "hidden", &hidden).await;
    apply(&world, "shown", &quiet()).await;
    (world, web)
}

async fn who_sees_less(world: &World) -> Vec<pulse_tests::client::Client> {
    let bodies = [
        json!({"name": "a viewer", "role": "viewer", "groups": ["cooks"]}),
        json!({"name": "one for one", "role": "viewer", "groups": ["bosses"], "workflows": ["shown"]}),
    ];
    let mut all = Vec::new();
    for body in bodies {
        let token = world.admin().post("/tokens", &body).await.is(201);
        all.push(world.anonymous().with(token["token"].as_str().unwrap()));
    }
    all
}

#[tokio::test]
async fn what_a_channel_starts_is_shown_to_who_may_see_it() {
    let (world, _web) = with_two().await;
    for workflow in ["hidden", "shown"] {
        let spec = json!({"start": {"workflow": workflow, "inputs": {"who": "ada"}}});
        let name = format!("starts-{workflow}");
        put_channel(&world, &name, &spec).await.is(200);
    }

    for viewer in who_sees_less(&world).await {
        let path = "/notifications/channels/starts-hidden";
        let hidden = viewer.get(path).await.is(200);
        let path = "/notifications/channels/starts-shown";
        let shown = viewer.get(path).await.is(200);

        assert_eq!(hidden["kind"], "workflow");
        assert_eq!(hidden["spec"]["start"], Value::Null, "{hidden}");
        assert_eq!(shown["spec"]["start"]["workflow"], "shown");
    }
}

#[tokio::test]
async fn how_a_channel_stands_is_counted_from_what_may_be_seen() {
    let (world, web) = with_two().await;
    let spec = json!({"webhook": {"url": web.url("/")}, "on": ["completed"]});
    put_channel(&world, "ops", &spec).await.is(200);
    web.answer(403, "not from here");
    start(&world, "hidden").await;
    web.has_taken(1).await;
    let path = "/notifications/channels/ops/test";
    world.admin().post(path, &json!({})).await.is(200);

    let path = "/notifications/channels/ops";
    let whole = world.admin().get(path).await.is(200);
    assert_eq!(
        (&whole["waiting"], &whole["failed"]),
        (&json!(1), &json!(1))
    );
    for viewer in who_sees_less(&world).await {
        let seen = viewer.get(path).await.is(200);
        assert_eq!(
            (&seen["waiting"], &seen["failed"], &seen["last"]),
            (&json!(0), &json!(0), &Value::Null)
        );
        let told = viewer.get("/notifications").await.is(200);
        assert_eq!(told["items"], json!([]));
    }
    let number = start(&world, "shown").await;
    world.ended(number).await;
    for viewer in who_sees_less(&world).await {
        let seen = viewer.get(path).await.is(200);
        assert_eq!(seen["waiting"], 1);
    }
}

#[tokio::test]
async fn a_channel_for_workflows_that_somebody_may_not_see_is_not_there_for_them() {
    let (world, web) = with_two().await;
    for workflows in [&["hidden"][..], &["hidden", "shown"]] {
        let spec = json!({"webhook": {"url": web.url("/")}, "workflows": workflows});
        let name = format!("for-{}", workflows.len());
        put_channel(&world, &name, &spec).await.is(200);
    }

    for viewer in who_sees_less(&world).await {
        let listed = viewer.get("/notifications/channels").await.is(200);
        let names: Vec<_> = listed["items"].as_array().unwrap().iter().collect();
        assert_eq!(names.len(), 1, "{listed}");
        assert_eq!(names[0]["spec"]["workflows"], json!(["shown"]));
        viewer
            .get("/notifications/channels/for-1")
            .await
            .problem(404, "not_found");
    }
}
