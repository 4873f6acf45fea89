//! Servers that die while they tell somebody something, and several at once.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually, eventually_async},
    receiver::Web,
    world::{KEY_FILE, said, step_of},
};
use serde_json::json;

use super::{apply, hurry, put_channel, put_secret, quiet, saying, stand, start, with_ops};

/// Starts the first run of a world, whose server may die before it answers.
async fn run_at_a_dying_server(world: &World, definition: &serde_json::Value) {
    let body = json!({"definition": definition});
    let request = world.admin().request(reqwest::Method::POST, "/executions");
    let _ = pulse_tests::client::try_send(request.json(&body)).await;
}

#[tokio::test]
async fn what_was_told_before_a_crash_is_told_again_under_the_same_id() {
    let (mut world, web) = with_ops(&["completed"]).await;
    world.server().die_at("settle::Settle begin");

    run_at_a_dying_server(&world, &quiet()).await;
    let first = web.has_taken(1).await[0].json();
    world.server().died();
    world.server().start();
    hurry(&world).await;
    let told = web.has_taken(2).await;

    assert_eq!(told[1].json()["id"], first["id"]);
    assert_eq!(told[1].json()["event"], "completed");
    stand(&world, &["ops completed delivered"]).await;
    assert_eq!(web.taken().len(), 2);
}

#[tokio::test]
async fn a_step_ends_once_although_its_server_dies_before_or_after_the_commit() {
    for place in [
        "settle::Settle begin",
        "settle::Settle before_commit",
        "settle::Settle after_commit",
    ] {
        let (mut world, web) = with_ops(&[]).await;
        world.server().die_at(place);

        run_at_a_dying_server(&world, &saying(json!({"message": "hi"}))).await;
        // Nobody answers the server while its end is waited for.
        web.has_taken(1).await;
        world.server().died();
        world.server().start();
        hurry(&world).await;
        let ended = world.ended(1).await;

        assert_eq!(ended["status"], "completed", "{place}");
        stand(&world, &["ops step delivered"]).await;
        let ids: Vec<_> = web
            .taken()
            .iter()
            .map(|told| told.json()["id"].clone())
            .collect();
        assert!(
            !ids.is_empty() && ids.iter().all(|id| *id == ids[0]),
            "{place}: {ids:?}"
        );
    }
}

#[tokio::test]
async fn an_end_that_was_committed_is_told_after_a_crash() {
    let (mut world, web) = with_ops(&["completed"]).await;
    let number = world
        .run(&json!({"steps": [pulse_tests::steps::prompt("ask")]}))
        .await;
    let prompt = world.prompt(number).await["number"].to_string();
    world.server().die_at("prompts::Respond after_commit");

    let path = format!("/prompts/{prompt}/answer");
    let request = world.admin().request(reqwest::Method::POST, &path);
    let answered = pulse_tests::client::try_send(request.json(&json!({"response": "Yes"}))).await;
    assert!(answered.is_err());
    world.server().died();
    world.server().start();

    let told = web.has_taken(1).await;
    assert_eq!(told[0].json()["execution"]["number"], number);
}

#[tokio::test]
async fn two_servers_tell_each_thing_once() {
    let (mut world, web) = with_ops(&["completed"]).await;
    world.add_server(&[]);
    apply(&world, "quiet", &quiet()).await;
    for _ in 0..40 {
        start(&world, "quiet").await;
    }

    let told = web.has_taken(40).await;

    eventually_async("all is told", PATIENCE, async || {
        let left = "select count(*)::text from notifications where status <> 'delivered'";
        let left = world.database.ask(left).await.remove(0);
        if left == "0" { Ok(()) } else { Err(left) }
    })
    .await;
    let mut ids: Vec<String> = told
        .iter()
        .map(|told| told.json()["id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), web.taken().len()), (40, 40));
}

#[tokio::test]
async fn a_receiver_that_never_answers_keeps_no_other_waiting() {
    let (world, web) = with_ops(&["completed"]).await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let spec = json!({"webhook": {"url": url}, "on": ["completed"]});
    put_channel(&world, "a-silent-one", &spec).await.is(200);
    for _ in 0..20 {
        world.run(&quiet()).await;
    }

    let told = web.has_taken(20).await;

    assert_eq!(told.len(), 20);
    let waiting = "select count(*)::text from notifications where channel = 'a-silent-one' and status = 'waiting'";
    assert_eq!(world.database.ask(waiting).await, ["20"]);
}

#[tokio::test]
async fn more_silent_receivers_than_are_served_at_once_keep_no_other_waiting() {
    let (world, web) = (World::start().await, Web::start().await);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let spec = |url: &str| json!({"webhook": {"url": url}, "on": ["completed"]});
    for number in 0..18 {
        let name = format!("a-silent-{number}");
        put_channel(&world, &name, &spec(&url)).await.is(200);
    }
    let last = spec(&web.url("/"));
    put_channel(&world, "the-last", &last).await.is(200);
    // More than is tried at once: something is due for each of them again as soon as it is left.
    for _ in 0..30 {
        world.run(&quiet()).await;
    }

    let told = web.has_taken(30).await;

    assert_eq!(told.len(), 30);
    let delivered = "select count(*)::text from notifications where status = 'delivered' and channel <> 'the-last'";
    assert_eq!(world.database.ask(delivered).await, ["0"]);
}

#[tokio::test]
async fn a_server_without_the_key_leaves_it_to_one_that_has_it() {
    let mut world = World::start().await;
    let web = Web::start().await;
    put_secret(&world, "SLACK_URL", &web.url("/slack")).await;
    let spec = json!({"slack": {"url": {"secret": "SLACK_URL"}}});
    put_channel(&world, "ops", &spec).await.is(200);
    let other = world.folder().join("other.key");
    world.add_server(&[(KEY_FILE, other.to_str().unwrap())]);
    said(world.servers[1].command(&["secrets", "init-key"]))
        .await
        .is(0);
    world.servers[0].kill();

    let body = json!({"definition": saying(json!({"message": "hi"}))});
    let started = world.admin_at(1).post("/executions", &body).await.is(201);
    eventually("what the server says", PATIENCE, || {
        let waits = "notifications wait for another server";
        world.servers[1].said().contains(waits).then_some(())
    });
    // Meanwhile it looks again, and has nothing new to say of it.
    let wait = json!({"steps": [{"name": "W", "type": "wait", "duration": "4s"}]});
    let wait = json!({"definition": wait});
    let wait = world.admin_at(1).post("/executions", &wait).await.is(201);
    let path = format!("/executions/{}", wait["number"]);
    eventually_async("the wait to end", PATIENCE, async || {
        let view = world.admin_at(1).get(&path).await.is(200);
        (view["status"] == "completed")
            .then_some(())
            .ok_or(view.to_string())
    })
    .await;
    let told = world.servers[1].said();
    assert_eq!(
        told.matches("notifications wait for another server")
            .count(),
        1,
        "{told}"
    );
    assert!(web.taken().is_empty());
    world.servers[0].start();

    let ended = world.ended(started["number"].as_i64().unwrap()).await;
    assert_eq!(step_of(&ended, "say")["status"], "succeeded");
    assert_eq!(web.taken().len(), 1);
}
