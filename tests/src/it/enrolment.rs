//! Enrolment tokens: one worker each, whatever happens.

use std::collections::HashSet;

use futures_util::future::join_all;
use pulse_tests::World;
use serde_json::{Value, json};

async fn workers(world: &World) -> Vec<Value> {
    let page = world.admin().get("/workers").await.is(200);
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_token_enrols_one_worker_of_twenty_that_try() {
    let world = World::start().await;
    let token = world.enroll_token().await;
    let host = world.anonymous();

    let answers = join_all((0..20).map(|number| {
        let body = json!({"token": token, "name": format!("host-{number}"),
            "enrollment_key": format!("key-{number}")});
        let host = host.clone();
        async move { host.post("/workers/enroll", &body).await }
    }))
    .await;

    let enrolled = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(enrolled, 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.problem(401, "token_refused");
    }
    assert_eq!(workers(&world).await.len(), 1);
}

#[tokio::test]
async fn an_enrolment_that_is_repeated_gives_the_same_worker() {
    let world = World::start().await;
    let token = world.enroll_token().await;
    let body = json!({"token": token, "name": "web-1", "enrollment_key": "the-same-key"});
    let host = world.anonymous();

    let answers = join_all((0..20).map(|_| host.post("/workers/enroll", &body))).await;

    let ids: HashSet<_> = answers
        .iter()
        .map(|answer| answer.is(201)["worker_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(workers(&world).await.len(), 1);
    let newest = world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .is(201);
    let path = format!("/workers/{}/ping", newest["worker_id"].as_str().unwrap());
    let worker = world
        .anonymous()
        .with(newest["credential"].as_str().unwrap());
    worker.post(&path, &json!({})).await.is(200);
}

#[tokio::test]
async fn refusals_of_tokens_cannot_be_told_apart() {
    let world = World::start().await;
    let (used, cut) = (world.enroll_token().await, world.enroll_token().await);
    let enroll = |token: &str, name: &str| {
        let (host, body) = (world.anonymous(), json!({"token": token, "name": name}));
        async move { host.post("/workers/enroll", &body).await }
    };
    enroll(&used, "first").await.is(201);
    let revoked = world.enroll_token().await;
    let listed = world.admin().get("/workers/enroll-tokens").await.is(200);
    let issued: Vec<_> = listed["items"].as_array().unwrap().iter().collect();
    for token in issued.iter().filter(|token| token["status"] == "issued") {
        let path = format!("/workers/enroll-tokens/{}", token["id"].as_str().unwrap());
        assert_eq!(world.admin().delete(&path).await.status, 204);
    }

    let mut bodies = HashSet::new();
    for token in [
        &used,
        &revoked,
        &cut[..cut.len() - 1],
        "",
        "pulse_enroll_x",
        world.admin().token(),
    ] {
        let mut problem = enroll(token, "late").await.problem(401, "token_refused");
        problem["trace_id"] = json!(null);
        bodies.insert(problem.to_string());
    }

    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[tokio::test]
async fn a_token_gives_what_is_written_in_it_and_no_more() {
    let world = World::start().await;
    let token = world.enroll_token_with(json!({"name": "web-1"})).await;
    let host = world.anonymous();
    let enroll = async |more: Value| {
        let mut body = json!({"token": token, "name": "web-1"});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        host.post("/workers/enroll", &body).await
    };

    enroll(json!({"region": "elsewhere"}))
        .await
        .problem(403, "forbidden");
    enroll(json!({"name": "other"}))
        .await
        .problem(403, "forbidden");
    for more in [
        json!({"labels": {"role": "db"}}),
        json!({"groups": ["storage"]}),
        json!({"role": "hybrid"}),
    ] {
        enroll(more).await.problem(403, "forbidden");
    }
    enroll(json!({})).await.is(201);
}

#[tokio::test]
async fn a_name_belongs_to_one_live_worker() {
    let world = World::start().await;
    world.enroll("web-1").await;

    let body = json!({"token": world.enroll_token().await, "name": "web-1"});
    world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .problem(409, "name_taken");

    assert_eq!(workers(&world).await.len(), 1);
}

#[tokio::test]
async fn an_agent_enrols_itself_once_and_keeps_its_name_over_restarts() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let before = world.admin().get("/workers/web-1").await.is(200);

    let agent = world.agent("web-1");
    agent.kill_link();
    agent.start();
    world.is_online("web-1").await;

    assert_eq!(
        world.admin().get("/workers/web-1").await.is(200)["id"],
        before["id"]
    );
    assert_eq!(workers(&world).await.len(), 1);
}

#[tokio::test]
async fn a_removed_worker_is_told_and_stops() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let removed = world.ctl(&["worker", "remove", "web-1", "--yes"]).await;

    removed.is(0);
    let status = world
        .agent("web-1")
        .wait(std::time::Duration::from_secs(10));
    assert_eq!(status.code(), Some(77), "{}", world.agent("web-1").said());
    let credential = world.agent("web-1").credential();
    let worker = world
        .anonymous()
        .with(credential["credential"].as_str().unwrap());
    let path = format!(
        "/workers/{}/ping",
        credential["worker_id"].as_str().unwrap()
    );
    worker
        .post(&path, &json!({}))
        .await
        .problem(401, "credential_revoked");
}

#[tokio::test]
async fn a_host_may_say_what_its_token_gives_anyway() {
    let world = World::start().await;
    let token = world
        .enroll_token_with(json!({"role": "hybrid", "groups": ["storage"],
            "labels": {"rack": "b7", "tier": "front"}}))
        .await;

    let body = json!({"token": token, "name": "web-1", "region": "iad", "role": "hybrid",
        "groups": ["storage"], "labels": {"rack": "b7"}});
    world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .is(201);
    let worker = world.admin().get("/workers/web-1").await.is(200);

    assert_eq!(worker["role"], "hybrid");
    assert_eq!(worker["groups"], json!(["storage"]));
    assert_eq!(worker["labels"], json!({"rack": "b7", "tier": "front"}));
}

#[tokio::test]
async fn a_token_for_three_enrols_three_of_twenty_that_try() {
    let world = World::start().await;
    let token = world.enroll_token_with(json!({"uses": 3})).await;
    let host = world.anonymous();

    let answers = join_all((0..20).map(|number| {
        let body = json!({"token": token, "name": format!("host-{number}"),
            "enrollment_key": format!("key-{number}")});
        let host = host.clone();
        async move { host.post("/workers/enroll", &body).await }
    }))
    .await;

    let enrolled = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(enrolled, 3);
    assert_eq!(workers(&world).await.len(), 3);
    let listed = world.admin().get("/workers/enroll-tokens").await.is(200);
    let token = &listed["items"][0];
    assert_eq!(
        (&token["uses"], &token["used"], &token["status"]),
        (&json!(3), &json!(3), &json!("consumed"))
    );
}

#[tokio::test]
async fn a_token_has_between_one_use_and_a_thousand() {
    let world = World::start().await;
    let admin = world.admin();
    let issue = async |body: Value| admin.post("/workers/enroll-tokens", &body).await;

    for uses in [0, 1001] {
        issue(json!({"region": "iad", "uses": uses}))
            .await
            .problem(422, "invalid_body");
    }
    issue(json!({"region": "iad", "uses": 2, "name": "web-1"}))
        .await
        .problem(422, "invalid_body");
}

#[tokio::test]
async fn the_block_for_the_hosts_shell_enrols_it() {
    let world = World::start().await;

    let block = world
        .ctl(&[
            "worker",
            "token",
            "create",
            "--print-install",
            "--name",
            "web-1",
        ])
        .await;

    let text = block.is(0);
    let token = text
        .split_whitespace()
        .map(|word| word.trim_matches('\''))
        .find(|word| word.starts_with("pulse_enroll_"))
        .unwrap();
    assert!(text.contains("pulse-agent enroll --url"), "{text}");
    let body = json!({"token": token, "name": "web-1"});
    world
        .anonymous()
        .post("/workers/enroll", &body)
        .await
        .is(201);
}

#[tokio::test]
async fn a_token_file_named_by_the_packages_variable_enrols_and_is_removed() {
    let mut world = World::start().await;
    let file = world.write("enroll.token", &world.enroll_token().await);
    let (folder, url) = (world.folder().to_owned(), world.servers[0].url());
    let agent = pulse_tests::agent::Agent::new(&folder, "web-1", &url).with(
        "PULSE__AGENT__ENROLL_TOKEN_FILE",
        &file.display().to_string(),
    );

    world.add(agent).await;

    assert!(!file.exists());
}

#[tokio::test]
async fn the_first_seeds_call_for_a_token_works_as_it_is_written() {
    let world = World::start().await;
    let request = world
        .anonymous()
        .request_at(reqwest::Method::POST, "/api/v1/workers/enroll-tokens")
        .header("Authorization", format!("Bearer {}", world.admin().token()))
        .header("Content-Type", "application/json")
        .body(r#"{"region":"iad","ttl_seconds":900}"#);

    let issued = pulse_tests::client::send(request).await.is(201);

    let agent = pulse_tests::agent::Agent::new(world.folder(), "web-1", &world.servers[0].url())
        .with("API_URL", &world.servers[0].url())
        .with("WORKER_REGION", "iad")
        .with("WORKER_ENROLLMENT_TOKEN", issued["token"].as_str().unwrap());
    let mut world = world;
    world.add(agent).await;
    assert_eq!(workers(&world).await[0]["region"], "iad");
    assert_eq!(issued["region"], "iad");
}
