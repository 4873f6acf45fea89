//! Limits: guessing is slow, one caller leaves room for the others, and honest use never notices.

use futures_util::{StreamExt as _, stream};
use pulse_tests::{World, client::send};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn of_five_hundred_that_race_for_one_token_one_wins() {
    let world = World::start().await;
    let token = world.enroll_token().await;
    let host = world.anonymous();

    let statuses: Vec<u16> = stream::iter(0..500)
        .map(|number| {
            let body = json!({"token": token, "name": format!("host-{number}")});
            let host = host.clone();
            async move { host.post("/workers/enroll", &body).await.status }
        })
        .buffer_unordered(16)
        .collect()
        .await;

    let with = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(with(201), 1, "{statuses:?}");
    assert_eq!(with(401), 499, "{statuses:?}");
    let workers = world.admin().get("/workers").await.is(200);
    assert_eq!(workers["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_guesses_enrolment_tokens_is_slowed_down_and_the_right_one_still_enrols() {
    let world = World::start().await;
    let right = world.enroll_token().await;
    let host = world.anonymous();
    let guess = json!({"token": "pulse_enroll_0", "name": "web-1"});
    for _ in 0..5 {
        host.post("/workers/enroll", &guess)
            .await
            .problem(401, "token_refused");
    }

    let limited = host.post("/workers/enroll", &guess).await;

    limited.problem(429, "too_many_requests");
    assert!(limited.headers.contains_key("retry-after"));
    let honest = json!({"token": right, "name": "web-1"});
    host.post("/workers/enroll", &honest).await.is(201);
}

#[tokio::test]
async fn another_forwarded_address_does_not_help_whoever_guesses() {
    let world = World::start().await;
    let guesser = world.anonymous().with("pulse_user_0123");
    let guess = async |number: usize| {
        let request = guesser.request(Method::GET, "/user");
        let forwarded = format!("192.0.2.{number}");
        send(request.header("x-forwarded-for", forwarded)).await
    };
    for number in 0..10 {
        guess(number).await.problem(401, "unauthenticated");
    }

    guess(11).await.problem(429, "too_many_requests");
}

#[tokio::test]
async fn one_caller_that_asks_too_much_leaves_the_others_alone() {
    let limits = [
        ("PULSE__LIMITS__REQUESTS_PER_SECOND", "1"),
        ("PULSE__LIMITS__REQUEST_BURST", "20"),
    ];
    let world = World::with(&limits).await;
    let greedy = world.somebody("viewer").await;
    let modest = world.somebody("operator").await;

    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(greedy.get("/user").await);
    }

    assert!(statuses[..20].iter().all(|answer| answer.status == 200));
    let refused = statuses.iter().find(|answer| answer.status != 200).unwrap();
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.headers["retry-after"], "1");
    modest.get("/user").await.is(200);
}

#[tokio::test]
async fn a_stack_on_ones_own_host_has_no_limit_of_requests() {
    let world = World::start().await;
    let admin = world.admin();

    let refused = stream::iter(0..2_000)
        .map(|_| admin.get("/user"))
        .buffer_unordered(16)
        .filter(|answer| std::future::ready(answer.status != 200))
        .count()
        .await;

    assert_eq!(refused, 0);
}
