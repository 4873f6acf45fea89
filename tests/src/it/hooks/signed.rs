//! Which deliveries are genuine, and that each of them starts once.

use futures_util::future::join_all;
use pulse_tests::{
    World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    world::{KEY_FILE, said},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    DEPLOY, SECRET, code, deliver, executions, gitea, gitea_at, newest, push, seconds, set_secret,
    signed_at, with,
};

#[tokio::test]
async fn a_push_that_gitea_has_signed_starts_what_the_document_says() {
    let world = with("deploy", DEPLOY).await;

    let answer = deliver(&world, &push("main", "bffeb746")).await.is(202);

    assert_eq!(answer["result"], "started");
    assert_eq!(answer["repeated"], false);
    let execution = world.ended(answer["execution"].as_i64().unwrap()).await;
    assert_eq!(execution["inputs"], json!({"commit": "bffeb746"}));
    assert_eq!(execution["started_by"], "pulse");
    assert_eq!(
        execution["reason"],
        "sensor deploy.webhook, delivery f6266f16-1bf3-46a5-9ea4-602e06ead473"
    );
    let seen = newest(&world, "deploy").await;
    assert_eq!(seen["execution"], answer["execution"], "{seen}");
    assert_eq!(
        (&seen["result"], &seen["event"], &seen["times"]),
        (&json!("started"), &json!("push"), &json!(1))
    );
}

#[tokio::test]
async fn github_gitlab_and_others_deliver_in_their_own_way() {
    let hooks = ["github", "gitlab", "generic"]
        .map(|kind| format!("  - {{name: {kind}, kind: {kind}, secret: DEPLOY_HOOK}}\n"));
    let document = format!(
        "triggers:\n  webhook:\n{}steps:\n- {{id: rest, type: wait, duration: 1ms}}\n",
        hooks.concat()
    );
    let world = with("all", &document).await;
    let hub = |event: &str, media: &str, body: &str| {
        let signed = format!("sha256={}", code(SECRET, body.as_bytes()));
        let request = world.anonymous().request(Method::POST, "/hooks/all/github");
        let request = request.header("x-github-event", event);
        let request = request.header("x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
        let request = request.header("x-hub-signature-256", signed);
        send(request.header("content-type", media).body(body.to_owned()))
    };
    let lab = |token: &str, key: &str| {
        let request = world.anonymous().request(Method::POST, "/hooks/all/gitlab");
        let request = request.header("x-gitlab-token", token.to_owned());
        let request = request.header("idempotency-key", key.to_owned());
        send(request.json(&json!({"object_kind": "push"})))
    };

    let form = "application/x-www-form-urlencoded";
    let ping = hub("ping", "application/json", r#"{"zen": "x"}"#)
        .await
        .is(200);
    let json = hub("push", "application/json", r#"{"ref": "a"}"#)
        .await
        .is(202);
    let same = hub("push", "application/json", r#"{"ref": "a"}"#)
        .await
        .is(202);
    let form = hub("push", form, "payload=%7B%22ref%22%3A+%22a%22%7D")
        .await
        .is(202);
    let first = lab(SECRET, "one").await.is(202);
    let other = lab(SECRET, "two").await.is(202);
    let again = lab(SECRET, "one").await.is(202);
    lab("another secret", "three")
        .await
        .problem(401, "signature_refused");
    let now = seconds();
    let at = async |at: i64| {
        let path = "/hooks/all/generic";
        send(signed_at(&world.anonymous(), path, (at, SECRET, "{}"))).await
    };
    let own = at(now).await.is(202);
    let replayed = at(now).await.is(202);
    let stale = at(now - 400).await;

    assert_eq!(ping["result"], "ignored");
    assert_eq!(same["execution"], json["execution"]);
    assert_ne!(form["execution"], json["execution"]);
    assert_ne!(first["execution"], other["execution"]);
    assert_eq!(first["execution"], again["execution"]);
    assert_eq!(replayed["execution"], own["execution"]);
    stale.problem(401, "signature_refused");
    assert_eq!(executions(&world).await, 5);
}

/// What a refusal says, but for what is of this one call.
fn told(answer: &pulse_tests::Answer) -> Value {
    let mut problem = answer.problem(401, "signature_refused");
    problem.as_object_mut().unwrap().remove("trace_id");
    problem
}

#[tokio::test]
async fn who_does_not_know_the_secret_learns_nothing_and_is_slowed_down() {
    let world = with("deploy", DEPLOY).await;
    let body = push("main", "bffeb746").to_string();
    let wrong = |path: &str| gitea(&world, path, ("another secret", &body));

    let mut refused = vec![
        send(wrong("/hooks/deploy")).await,
        send(wrong("/hooks/nothing")).await,
        send(wrong("/hooks/deploy/other")).await,
        send(gitea(&world, "/hooks/nothing", (SECRET, &body))).await,
    ];
    let plain = world.anonymous().request(Method::POST, "/hooks/deploy");
    refused.push(send(plain.json(&push("main", "bffeb746"))).await);
    let twice = gitea(&world, "/hooks/deploy", (SECRET, &body));
    let twice = twice.header("x-gitea-signature", code(SECRET, body.as_bytes()));
    refused.push(send(twice).await);
    let first = told(&refused[0]);
    for answer in &refused {
        assert_eq!(told(answer), first);
    }

    for _ in refused.len()..10 {
        told(&send(wrong("/hooks/deploy")).await);
    }
    send(wrong("/hooks/deploy"))
        .await
        .problem(429, "too_many_requests");
    deliver(&world, &push("main", "bffeb746")).await.is(202);

    assert_eq!(executions(&world).await, 1);
    let noted = "select (detail ->> 'times')::int from audit where action = 'refused.signature'";
    eventually_async("the refusals in the audit trail", PATIENCE, async || {
        let times = world.database.ask(noted).await;
        let sum: i32 = times
            .iter()
            .map(|times| times.parse::<i32>().unwrap())
            .sum();
        (sum == 10)
            .then_some(())
            .ok_or_else(|| format!("{times:?}"))
    })
    .await;
    let rows = "select count(*)::text from sensor_deliveries";
    assert_eq!(world.database.ask(rows).await, ["1"]);
}

#[tokio::test]
async fn twenty_deliveries_of_the_same_at_once_on_two_replicas_are_one_execution() {
    let mut world = with("deploy", DEPLOY).await;
    world.add_server(&[]);
    let body = push("main", "bffeb746").to_string();
    let clients = [world.anonymous(), world.admin_at(1).with("")];

    let answers = join_all((0..20).map(|number| {
        let request = gitea_at(&clients[number % 2], "/hooks/deploy", (SECRET, &body));
        // Whoever has seen one can call it something else.
        send(request.header("x-gitea-delivery", format!("another-{number}")))
    }))
    .await;

    let numbers: Vec<Value> = answers
        .iter()
        .map(|answer| answer.is(202)["execution"].clone())
        .collect();
    assert!(
        numbers.iter().all(|number| *number == numbers[0]),
        "{numbers:?}"
    );
    assert_eq!(executions(&world).await, 1);
    let seen = newest(&world, "deploy").await;
    assert_eq!(
        (&seen["times"], &seen["execution"]),
        (&json!(20), &numbers[0])
    );
}

#[tokio::test]
async fn a_server_that_dies_over_a_delivery_has_started_it_once_in_the_end() {
    let mut world = with("deploy", DEPLOY).await;
    for (expected, moment) in [(1, "begin"), (2, "before_commit"), (3, "after_commit")] {
        let body = push("main", &format!("bffeb74{expected}"));
        world.servers[0].die_at(&format!("deliver::Deliver {moment}"));
        let request = gitea(&world, "/hooks/deploy", (SECRET, &body.to_string()));
        pulse_tests::client::try_send(request).await.unwrap_err();
        world.servers[0].died();
        world.servers[0].start();

        let answer = deliver(&world, &body).await.is(202);

        assert_eq!(answer["repeated"], moment == "after_commit", "{moment}");
        assert_eq!(executions(&world).await, expected, "{moment}");
    }
}

#[tokio::test]
async fn one_secret_takes_the_place_of_another_without_a_gap() {
    let both = DEPLOY.replace("DEPLOY_HOOK", "[NEW_HOOK, DEPLOY_HOOK]");
    let world = with("deploy", &both).await;
    let body = |after: &str| push("main", after).to_string();
    let by = async |secret: &str, after: &str| {
        send(gitea(&world, "/hooks/deploy", (secret, &body(after)))).await
    };

    let early = world.admin().get("/sensors/deploy").await.is(200);
    by(SECRET, "aaaa").await.is(202);
    set_secret(&world, "NEW_HOOK", "a fresh one for ninety days").await;
    by(SECRET, "bbbb").await.is(202);
    by("a fresh one for ninety days", "cccc").await.is(202);
    let new = DEPLOY.replace("DEPLOY_HOOK", "NEW_HOOK");
    world.admin().put("/workflows/deploy", &new).await.is(200);
    by(SECRET, "dddd").await.problem(401, "signature_refused");
    by("a fresh one for ninety days", "eeee").await.is(202);

    assert_eq!(early["missing_secrets"], json!(["NEW_HOOK"]));
    // What was started is remembered through all versions of the document.
    let again = by("a fresh one for ninety days", "cccc").await.is(202);
    assert_eq!(again["repeated"], true);
    let uses = world.admin().get("/secrets/NEW_HOOK/uses").await.is(200);
    assert_eq!(uses["items"][0]["name"], "deploy");
}

#[tokio::test]
async fn a_secret_for_other_workflows_signs_nothing_here() {
    let world = with("deploy", DEPLOY).await;
    let other = "steps: [{id: rest, type: wait, duration: 1ms}]";
    world.admin().put("/workflows/other", other).await.is(201);
    let request = world.admin().request(Method::PUT, "/secrets/DEPLOY_HOOK");
    let only = json!({"value": SECRET, "workflows": ["other"]});
    send(request.json(&only)).await.is(200);

    let answer = deliver(&world, &push("main", "bffeb746")).await;

    answer.problem(401, "signature_refused");
    assert_eq!(executions(&world).await, 0);
}

#[tokio::test]
async fn a_server_without_the_key_says_so_to_everybody_alike() {
    let mut world = with("deploy", DEPLOY).await;
    let other = world.folder().join("other.key");
    world.add_server(&[(KEY_FILE, other.to_str().unwrap())]);
    said(world.servers[1].command(&["secrets", "init-key"]))
        .await
        .is(0);
    let body = push("main", "bffeb746").to_string();
    let blind = world.admin_at(1).with("");
    let at = async |path: &str, secret: &str| {
        let mut told = send(gitea_at(&blind, path, (secret, &body)))
            .await
            .problem(503, "secrets_unavailable");
        told.as_object_mut().unwrap().remove("trace_id");
        told
    };

    let genuine = at("/hooks/deploy", SECRET).await;
    let guessed = at("/hooks/nothing", "another secret").await;
    let elsewhere = send(gitea(&world, "/hooks/deploy", (SECRET, &body))).await;

    assert_eq!(genuine, guessed);
    elsewhere.is(202);
    assert_eq!(executions(&world).await, 1);
}

#[tokio::test]
async fn where_no_secret_was_ever_set_nothing_is_genuine() {
    let world = World::start().await;
    world.admin().put("/workflows/deploy", DEPLOY).await.is(201);

    let answer = deliver(&world, &push("main", "bffeb746")).await;

    answer.problem(401, "signature_refused");
}
