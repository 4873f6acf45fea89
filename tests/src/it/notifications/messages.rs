//! Steps that send messages.

use std::time::Duration;

use pulse_tests::{
    World,
    client::send,
    eventually::{PATIENCE, eventually_async, meanwhile},
    receiver::Web,
    world::step_of,
};
use reqwest::Method;
use serde_json::json;

use super::{apply, hurry, put_channel, put_secret, quiet, saying, stand, standing, with_ops};

#[tokio::test]
async fn a_step_ends_once_its_message_was_accepted() {
    let (world, web) = with_ops(&[]).await;
    web.answer(503, "not now");
    let mut document = saying(json!({"message": "${{ inputs.host }} goes down"}));
    document["inputs"] = json!({"host": {"default": "web-1"}});

    let number = world.run(&document).await;
    web.has_taken(1).await;
    let running = world.step_is(number, "say", "running").await;
    assert_eq!(running["type"], "notify");
    web.answer(204, "");
    hurry(&world).await;
    let ended = world.ended(number).await;

    assert_eq!(ended["status"], "completed");
    let told = web.taken();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].json()["text"], "web-1 goes down");
    assert_eq!(told[0].json()["id"], told[1].json()["id"]);
    assert_eq!(told[0].json()["step"], "say");
    stand(&world, &["ops step delivered"]).await;
}

#[tokio::test]
async fn a_message_waits_for_a_receiver_that_is_away() {
    let (world, mut web) = (World::start().await, Web::gone().await);
    let spec = json!({"webhook": {"url": web.url("/")}});
    put_channel(&world, "ops", &spec).await.is(200);

    let number = world.run(&saying(json!({"message": "hi"}))).await;
    eventually_async("a try", PATIENCE, async || {
        let tried = "select 1::text from notifications where last_error is not null";
        let is_tried = !world.database.ask(tried).await.is_empty();
        is_tried.then_some(()).ok_or_else(|| "not tried".to_owned())
    })
    .await;
    web.comes().await;

    assert_eq!(world.ended(number).await["status"], "completed");
    assert_eq!(web.taken().len(), 1);
}

#[tokio::test]
async fn a_refused_message_fails_its_step_and_nothing_of_a_secret_url_is_kept() {
    let world = World::start().await;
    let web = Web::start().await;
    put_secret(&world, "URL", &web.url("/services/in?token=hunter%322")).await;
    let spec = json!({"webhook": {"url": {"secret": "URL"}}});
    put_channel(&world, "ops", &spec).await.is(200);
    // The value of a parameter, as it stands there and decoded.
    web.answer(403, "unknown token hunter%322, that is hunter22");

    let ended = world.complete(&saying(json!({"message": "hi"}))).await;
    let tolerated = world
        .complete(&saying(json!({"message": "hi", "continue_on_error": true})))
        .await;

    assert_eq!(ended["status"], "failed");
    let step = step_of(&ended, "say");
    assert_eq!(step["reason"], "not_delivered");
    assert_eq!(
        step["detail"],
        "the receiver answered 403 Forbidden (its URL is secret: what it says is not kept)"
    );
    assert_eq!(tolerated["status"], "completed");
    assert!(!world.database.dump().contains("hunter"));
    assert_eq!(
        standing(&world).await,
        ["ops step failed", "ops step failed"]
    );
}

#[tokio::test]
async fn a_step_for_a_channel_that_is_not_there_fails_and_says_so() {
    let world = World::start().await;

    let document = "steps:\n- name: A\n  type: notify\n  channel: ops\n  message: hi\n";
    let validate = world.admin().request(Method::POST, "/workflows/validate");
    let validate = validate.header("content-type", "application/yaml");
    let valid = send(validate.body(document)).await.is(200);

    let applied = apply(&world, "says", &saying(json!({"message": "hi"}))).await;
    let ended = world.complete(&saying(json!({"message": "hi"}))).await;

    assert_eq!(
        applied["warnings"][0]["message"],
        "there is no channel ops yet"
    );
    let warning = &valid["warnings"][0];
    assert_eq!(warning["message"], "there is no channel ops yet");
    let place = (&warning["line"], &warning["column"], &warning["path"]);
    assert_eq!(place, (&json!(4), &json!(12), &json!("steps[0].channel")));
    let step = step_of(&ended, "say");
    assert_eq!(
        (&step["status"], &step["reason"]),
        (&json!("failed"), &json!("no_channel"))
    );
    assert_eq!(step["detail"], "there is no channel ops");
}

#[tokio::test]
async fn a_step_fails_when_its_time_is_over() {
    let (world, web) = with_ops(&[]).await;
    web.answer(503, "not now");

    let ended = world
        .complete(&saying(json!({"message": "hi", "timeout": "1s"})))
        .await;

    let step = step_of(&ended, "say");
    assert_eq!(
        (&step["status"], &step["reason"]),
        (&json!("failed"), &json!("not_delivered"))
    );
    assert_eq!(
        step["detail"],
        "the receiver answered 503 Service Unavailable: not now"
    );
}

#[tokio::test]
async fn a_message_that_is_tried_goes_with_its_execution_when_that_is_cancelled() {
    let (world, web) = with_ops(&[]).await;
    web.answer(503, "");
    let mut document = saying(json!({"message": "hi"}));
    document["finally"] = quiet()["steps"].clone();
    let number = world.run(&document).await;
    web.has_taken(1).await;

    let path = format!("/executions/{number}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);
    let ended = world.ended(number).await;

    assert_eq!(ended["status"], "cancelled");
    assert_eq!(step_of(&ended, "say")["status"], "cancelled");
    stand(&world, &["ops step dropped"]).await;
    let taken = web.taken().len();
    hurry(&world).await;
    meanwhile(Duration::from_secs(2), async || {
        (web.taken().len() == taken)
            .then_some(())
            .ok_or_else(|| "it was told".to_owned())
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let (world, web) = with_ops(&[]).await;
    web.answer(302, "");
    let spec = json!({"webhook": {"url": "http://169.254.169.254/latest/meta-data"}});
    put_channel(&world, "cloud", &spec).await.is(200);

    let path = |name: &str| format!("/notifications/channels/{name}/test");
    let led = world.admin().post(&path("ops"), &json!({})).await.is(200);
    let cloud = world.admin().post(&path("cloud"), &json!({})).await.is(200);

    assert_eq!(
        led["last_error"],
        "the receiver answered 302 Found (redirects are not followed)"
    );
    assert_eq!(web.taken().len(), 1);
    let why = cloud["last_error"].as_str().unwrap();
    assert!(
        why.starts_with("nothing is sent to 169.254.169.254"),
        "{why}"
    );
}
