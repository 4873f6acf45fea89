//! Tokens that get a new secret: what the old one is good for, and who may give one.

use std::time::Duration;

use pulse_tests::{
    Client, World,
    eventually::{PATIENCE, eventually_async},
    world::post_once,
};
use reqwest::Method;
use serde_json::{Value, json};

/// A token that an admin has made: its id, and who shows it.
async fn made(world: &World, name: &str, role: &str) -> (String, Client) {
    let body = json!({"name": name, "role": role});
    let created = world.admin().post("/tokens", &body).await.is(201);
    of(world, &created)
}

fn of(world: &World, told: &Value) -> (String, Client) {
    let word = |key: &str| told[key].as_str().unwrap().to_owned();
    (word("id"), world.anonymous().with(&word("token")))
}

fn path(id: &str) -> String {
    format!("/tokens/{id}/rotate")
}

#[tokio::test]
async fn a_rotated_token_is_the_same_token_with_another_secret() {
    let world = World::start().await;
    let (id, old) = made(&world, "ci", "operator").await;
    let before = world.admin().get("/tokens").await.is(200);

    let said = world.ctl(&["token", "rotate", "ci", "-q"]).await;

    let new = world.anonymous().with(said.is(0).trim());
    old.get("/workers").await.problem(401, "unauthenticated");
    assert_eq!(new.get("/user").await.is(200)["role"], "operator");
    assert_eq!(world.admin().get("/tokens").await.is(200), before);
    let trail = "select actor || ' ' || subject from audit where action = 'token.rotate'";
    assert_eq!(world.database.ask(trail).await, [format!("admin {id}")]);
    let secret = said.stdout.trim().rsplit('_').next().unwrap().to_owned();
    assert!(!world.database.dump().contains(&secret));
}

#[tokio::test]
async fn an_old_secret_is_good_as_long_as_it_was_said_and_no_longer() {
    let world = World::start().await;
    let (id, old) = made(&world, "ci", "operator").await;

    let body = json!({"overlap_seconds": 3});
    let rotated = world.admin().post(&path(&id), &body).await.is(200);

    let (_, new) = of(&world, &rotated);
    old.get("/workers").await.is(200);
    new.get("/workers").await.is(200);
    old.post(&path(&id), &json!({}))
        .await
        .problem(403, "forbidden");
    let until = &rotated["previous_until"];
    assert_eq!(&old.get("/user").await.is(200)["token_expires_at"], until);
    eventually_async("the end of the old secret", PATIENCE, async || {
        let answer = old.get("/workers").await;
        let is_over = answer.status == 401;
        is_over.then_some(()).ok_or_else(|| answer.text())
    })
    .await;
    new.get("/workers").await.is(200);
}

#[tokio::test]
async fn nobody_gets_a_secret_that_opens_more_than_their_own() {
    let world = World::start().await;
    let (operator_id, operator) = made(&world, "ada", "operator").await;
    let (other_id, _) = made(&world, "bob", "viewer").await;
    let body = json!({"name": "look", "role": "viewer", "ttl_seconds": 3600});
    let (viewer_id, viewer) = of(&world, &operator.post("/tokens", &body).await.is(201));
    let nothing = json!({});

    let more = viewer.post(&path(&operator_id), &nothing).await;
    let foreign = operator.post(&path(&other_id), &nothing).await;
    let less = operator.post(&path(&viewer_id), &nothing).await;

    more.problem(403, "forbidden");
    foreign.problem(404, "not_found");
    let (_, viewer) = of(&world, &less.is(200));
    assert_eq!(viewer.get("/user").await.is(200)["role"], "viewer");
    operator.get("/workers").await.is(200);
}

#[tokio::test]
async fn a_rotation_makes_no_token_outlive_the_one_that_asked() {
    let world = World::start().await;
    let (id, _) = made(&world, "ci", "viewer").await;
    let body = json!({"name": "short", "role": "admin", "ttl_seconds": 600});
    let (_, short) = of(&world, &world.admin().post("/tokens", &body).await.is(201));

    let rotated = short.post(&path(&id), &json!({})).await.is(200);

    let ends = &short.get("/user").await.is(200)["token_expires_at"];
    assert_eq!(&rotated["expires_at"], ends);
}

#[tokio::test]
async fn a_repeated_rotation_replaces_the_secret_that_got_lost_and_keeps_the_old_one() {
    let world = World::start().await;
    let (id, old) = made(&world, "ci", "viewer").await;
    let body = json!({"overlap_seconds": 600});
    let rotate = async || {
        let admin = world.admin();
        let rotated = post_once(&admin, &path(&id), &body, "rotate-ci").await;
        of(&world, &rotated.is(200)).1
    };

    let lost = rotate().await;
    let new = rotate().await;

    lost.get("/workers").await.problem(401, "unauthenticated");
    new.get("/workers").await.is(200);
    old.get("/workers").await.is(200);
}

#[tokio::test]
async fn a_token_that_is_no_more_gets_no_secret() {
    let world = World::start().await;
    let (id, old) = made(&world, "ci", "viewer").await;
    let body = json!({"overlap_seconds": 600});
    let (_, new) = of(&world, &world.admin().post(&path(&id), &body).await.is(200));
    let long = json!({"overlap_seconds": 604_801});
    world
        .admin()
        .post(&path(&id), &long)
        .await
        .problem(422, "invalid_body");

    let revoked = world.admin().delete(&format!("/tokens/{id}")).await;

    assert_eq!(revoked.status, 204);
    world
        .admin()
        .post(&path(&id), &json!({}))
        .await
        .problem(404, "not_found");
    for secret in [old, new] {
        secret.get("/workers").await.problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_replaced_secret_ends_the_streams_that_it_opened() {
    let world = World::start().await;
    let (id, script) = made(&world, "script", "viewer").await;
    let wait = json!({"steps": [{"name": "Wait", "type": "wait", "duration": "1h"}]});
    let number = world.run(&wait).await;
    let events = script.request(Method::GET, &format!("/executions/{number}/events"));
    let stream = events.send().await.unwrap();
    assert_eq!(stream.status(), 200);

    world.admin().post(&path(&id), &json!({})).await.is(200);

    let rest = tokio::time::timeout(PATIENCE.max(Duration::from_secs(10)), stream.bytes()).await;
    rest.expect("the stream ends").unwrap();
}

#[tokio::test]
async fn a_rotation_that_was_followed_by_another_is_not_repeated() {
    let world = World::start().await;
    let (id, _) = made(&world, "ci", "viewer").await;
    let rotate = async |key: &str| post_once(&world.admin(), &path(&id), &json!({}), key).await;
    rotate("first").await.is(200);
    let (_, new) = of(&world, &rotate("second").await.is(200));

    let replayed = rotate("first").await;

    replayed.problem(409, "conflict");
    new.get("/workers").await.is(200);
    // That which is the newest still is, however often.
    rotate("second").await.is(200);
    let (_, newer) = of(&world, &rotate("second").await.is(200));
    newer.get("/workers").await.is(200);
}

#[tokio::test]
async fn a_token_that_was_rotated_is_not_made_again() {
    let world = World::start().await;
    let body = json!({"name": "ci", "role": "viewer"});
    let create = async || post_once(&world.admin(), "/tokens", &body, "make-ci").await;
    create().await.is(201);
    let (id, _) = of(&world, &create().await.is(201));
    let rotated = world.admin().post(&path(&id), &json!({})).await.is(200);
    let (_, new) = of(&world, &rotated);

    let replayed = create().await;

    replayed.problem(409, "conflict");
    new.get("/workers").await.is(200);
}

#[tokio::test]
async fn a_lesser_token_of_the_same_user_repeats_nothing_that_it_could_not_do() {
    let world = World::start().await;
    let (operator_id, operator) = made(&world, "ada", "operator").await;
    let body = json!({"name": "look", "role": "viewer", "ttl_seconds": 3600});
    let (_, viewer) = of(&world, &operator.post("/tokens", &body).await.is(201));
    let more = json!({"name": "run", "role": "operator"});
    let (_, run) = of(
        &world,
        &post_once(&operator, "/tokens", &more, "make-run")
            .await
            .is(201),
    );
    let overlap = json!({"overlap_seconds": 600});
    let rotate = async |client: &Client| {
        post_once(client, &path(&operator_id), &overlap, "rotate-ada").await
    };
    let (_, newest) = of(&world, &rotate(&operator).await.is(200));

    let made_again = post_once(&viewer, "/tokens", &more, "make-run").await;
    let rotated_again = rotate(&viewer).await;

    made_again.problem(403, "forbidden");
    rotated_again.problem(403, "forbidden");
    run.get("/workers").await.is(200);
    newest.get("/workers").await.is(200);
    // Whoever has rotated their own token, and not heard of it, has the one before.
    let ends = |client: &Client| {
        let client = client.clone();
        async move { client.get("/user").await.is(200)["token_expires_at"].clone() }
    };
    let before = ends(&newest).await;
    let (_, heard) = of(&world, &rotate(&operator).await.is(200));
    assert_eq!(ends(&heard).await, before);
}
