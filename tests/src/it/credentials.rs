//! What a host proves itself with: new every day, worthless in the hands of a copy.

use std::{fs, time::Duration};

use pulse_tests::{
    Answer, World,
    agent::Agent,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
    steps,
};
use serde_json::{Value, json};

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

async fn has_generation(world: &World, name: &str, wanted: u64) -> Value {
    eventually_async(&format!("generation {wanted}"), PATIENCE, async || {
        let view = worker(world, name).await;
        let generation = view["credential"]["generation"].as_u64().unwrap_or(0);
        if generation >= wanted {
            Ok(view)
        } else {
            Err(view.to_string())
        }
    })
    .await
}

async fn ping(world: &World, id: &str, credential: &str) -> Answer {
    let host = world.anonymous().with(credential);
    host.post(&format!("/workers/{id}/ping"), &json!({})).await
}

async fn next(world: &World, id: &str, credential: &str) -> String {
    let host = world.anonymous().with(credential);
    let path = format!("/workers/{id}/credential");
    let fresh = host.post(&path, &json!({})).await.is(201);
    fresh["credential"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_agent_gets_a_new_credential_when_the_old_one_is_old() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = World::with(&[("PULSE__WORKERS__ROTATE_CREDENTIAL_AFTER_MS", "1000")]).await;
    world.add_agent("web-1").await;
    let first = world.agent("web-1").credential()["credential"].clone();
    let number = world.run(&steps::one("sleep 3; echo done", &["all"])).await;

    has_generation(&world, "web-1", 3).await;
    let agent = world.agent("web-1");
    let now = agent.credential()["credential"].clone();
    let mode = fs::metadata(agent.path("credential.json"))
        .unwrap()
        .permissions()
        .mode();
    agent.kill_link();
    agent.start();
    world.is_online("web-1").await;

    assert_ne!(first, now);
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(world.ended(number).await["status"], "completed");
    assert_eq!(
        worker(&world, "web-1").await["credential"]["status"],
        "active"
    );
}

#[tokio::test]
async fn an_admin_can_ask_for_a_new_credential() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    world
        .ctl(&["worker", "rotate-credential", "web-1"])
        .await
        .is(0);

    has_generation(&world, "web-1", 2).await;
    assert!(
        world
            .agent("web-1")
            .said()
            .contains("the credential was rotated")
    );
}

#[tokio::test]
async fn an_answer_that_got_lost_locks_nobody_out() {
    let world = World::start().await;
    let (id, first) = world.enroll("web-1").await;

    let _lost = next(&world, &id, &first).await;
    ping(&world, &id, &first).await.is(200);
    let _lost_too = next(&world, &id, &first).await;
    let third = next(&world, &id, &first).await;
    ping(&world, &id, &first).await.is(200);
    ping(&world, &id, &third).await.is(200);
    ping(&world, &id, &third).await.is(200);

    let view = worker(&world, "web-1").await;
    assert_eq!(view["credential"]["status"], "active");
    assert_eq!(view["credential"]["generation"], 4);
}

#[tokio::test]
async fn a_generation_that_was_never_used_is_worthless_once_there_is_another() {
    let world = World::start().await;
    let (id, first) = world.enroll("web-1").await;

    let skipped = next(&world, &id, &first).await;
    let _taken = next(&world, &id, &first).await;

    ping(&world, &id, &skipped)
        .await
        .problem(401, "credential_cloned");
}

#[tokio::test]
async fn a_worthless_generation_locks_both_ends_out() {
    let world = World::start().await;
    let (id, first) = world.enroll("web-1").await;
    let second = next(&world, &id, &first).await;
    ping(&world, &id, &second).await.is(200);

    let stale = world
        .anonymous()
        .with(&first)
        .request(reqwest::Method::POST, &format!("/workers/{id}/ping"))
        .header("pulse-host", "machine=abc; boot=def; session=the-copy");
    let problem = pulse_tests::client::send(stale.json(&json!({})))
        .await
        .problem(401, "credential_cloned");

    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("session the-copy"), "{detail}");
    ping(&world, &id, &second)
        .await
        .problem(401, "credential_cloned");
    let enrolled = json!({"token": world.enroll_token().await, "name": "web-1"});
    world
        .anonymous()
        .post("/workers/enroll", &enrolled)
        .await
        .problem(409, "name_taken");
    world.admin().delete("/workers/web-1").await;
    ping(&world, &id, &second)
        .await
        .problem(401, "credential_revoked");
    world
        .anonymous()
        .post("/workers/enroll", &enrolled)
        .await
        .is(201);
}

/// Connects a host that says this of itself, and rotates its credential: the worthless one.
async fn rotated(world: &World, mark: &str) -> (String, String) {
    let (id, first) = world.enroll("web-1").await;
    let bearer = format!("Bearer {first}");
    let headers = [("authorization", bearer.as_str()), ("pulse-host", mark)];
    let base = world.anonymous().base().to_owned();
    let mut socket = Socket::dial(&base, "/api/v1/agent", &headers)
        .await
        .unwrap();
    socket.worker_id.clone_from(&id);
    socket.hello("web-1").await;
    let second = next(world, &id, &first).await;
    ping(world, &id, &second).await.is(200);
    (id, first)
}

async fn ping_from(world: &World, mark: &str, (id, credential): (&str, &str)) -> Answer {
    let host = world.anonymous().with(credential);
    let request = host.request(reqwest::Method::POST, &format!("/workers/{id}/ping"));
    let request = request.header("pulse-host", mark).json(&json!({}));
    pulse_tests::client::send(request).await
}

#[tokio::test]
async fn a_call_that_a_rotation_overtook_locks_nobody_out() {
    let world = World::start().await;
    let mark = "machine=abc; boot=def; session=ghi";
    let (id, first) = rotated(&world, mark).await;

    let late = ping_from(&world, mark, (&id, &first)).await;
    let of_doctor = ping_from(&world, "machine=abc; boot=def; session=", (&id, &first)).await;

    late.problem(401, "unauthenticated");
    of_doctor.problem(401, "unauthenticated");
    let view = worker(&world, "web-1").await;
    assert_eq!(view["credential"]["status"], "active");
}

#[tokio::test]
async fn a_worthless_generation_on_its_own_host_locks_out_after_a_minute() {
    let world = World::start().await;
    let mark = "machine=abc; boot=def; session=ghi";
    let (id, first) = rotated(&world, mark).await;
    let older = "update credentials set ended_at = ended_at - interval '61 seconds' \
                 where status = 'superseded'";
    world.database.tell(older).await.unwrap();

    let late = ping_from(&world, mark, (&id, &first)).await;

    late.problem(401, "credential_cloned");
}

#[tokio::test]
async fn a_worthless_generation_under_another_mark_locks_out_at_once() {
    for other in [
        "machine=xyz; boot=def; session=ghi",
        "machine=abc; boot=xyz; session=ghi",
        "machine=abc; boot=def; session=xyz",
        "machine=; boot=; session=",
    ] {
        let world = World::start().await;
        let (id, first) = rotated(&world, "machine=abc; boot=def; session=ghi").await;

        let copy = ping_from(&world, other, (&id, &first)).await;

        copy.problem(401, "credential_cloned");
    }
}

#[tokio::test]
async fn a_worker_asks_for_its_own_credential_only() {
    let world = World::start().await;
    let (id, _) = world.enroll("web-1").await;
    let (_, other) = world.enroll("web-2").await;
    let path = format!("/workers/{id}/credential");

    let stranger = world.anonymous().with(&other);
    stranger
        .post(&path, &json!({}))
        .await
        .problem(403, "forbidden");
    world
        .admin()
        .post(&path, &json!({}))
        .await
        .problem(403, "forbidden");

    assert_eq!(worker(&world, "web-1").await["credential"]["generation"], 1);
}

/// A second agent on a copy of the first one's state.
fn copy_of(world: &mut World, name: &str) -> Agent {
    let (folder, url) = (world.folder().to_owned(), world.servers[0].url());
    let copy = Agent::new(&folder, "copy", &url);
    let original = world.agent(name);
    fs::copy(
        original.path("credential.json"),
        copy.path("credential.json"),
    )
    .unwrap();
    copy
}

#[tokio::test]
async fn a_copied_state_folder_ends_both_agents_and_names_them() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mut copy = copy_of(&mut world, "web-1");
    world
        .ctl(&["worker", "rotate-credential", "web-1"])
        .await
        .is(0);
    has_generation(&world, "web-1", 2).await;

    copy.start();
    let of_copy = copy.wait(Duration::from_secs(10));
    let of_original = world.agent("web-1").wait(Duration::from_secs(10));

    assert_eq!(of_copy.code(), Some(77), "{}", copy.said());
    assert_eq!(
        of_original.code(),
        Some(77),
        "{}",
        world.agent("web-1").said()
    );
    assert!(
        copy.said().contains("is used by two hosts"),
        "{}",
        copy.said()
    );
    let view = worker(&world, "web-1").await;
    assert_eq!(view["credential"]["status"], "cloned");
    let (known, other) = (&view["clone"]["known"], &view["clone"]["other"]);
    for mark in [known, other] {
        assert!(
            mark["boot"].as_str().is_some_and(|boot| !boot.is_empty()),
            "{view}"
        );
        assert_eq!(mark["from"], "127.0.0.1");
    }
    assert_ne!(known["session"], other["session"]);
    let shown = world.ctl(&["worker", "show", "web-1"]).await;
    assert!(shown.is(0).contains(other["session"].as_str().unwrap()));
    let audit = world.admin().get("/audit").await.is(200);
    let row = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["action"] == "credential.cloned")
        .cloned()
        .unwrap();
    assert_eq!(&row["detail"]["known"]["session"], &known["session"]);
    assert_eq!(&row["detail"]["other"]["session"], &other["session"]);
}

#[tokio::test]
async fn a_copy_that_connects_beside_the_original_makes_a_new_credential_due_at_once() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let mut copy = copy_of(&mut world, "web-1");

    copy.start();

    has_generation(&world, "web-1", 2).await;
    let agent = world.agent("web-1");
    agent.kill_link();
    agent.start();
    let of_original = agent.wait(Duration::from_secs(10));
    let of_copy = copy.wait(Duration::from_secs(10));
    assert_eq!((of_original.code(), of_copy.code()), (Some(77), Some(77)));
}

/// Puts the credentials back to how they were after the first so many generations.
async fn restored(world: &World, generations: u32) {
    for statement in [
        format!("delete from credentials where generation > {generations}"),
        format!(
            "update credentials set status = 'active', ended_at = null where generation = {generations}"
        ),
    ] {
        world.database.tell(&statement).await.unwrap();
    }
}

#[tokio::test]
async fn a_host_comes_back_to_a_server_that_was_put_back_before_its_last_rotations() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    for generation in 2..=4 {
        world
            .ctl(&["worker", "rotate-credential", "web-1"])
            .await
            .is(0);
        has_generation(&world, "web-1", generation).await;
    }
    world.agent("web-1").kill_link();

    restored(&world, 2).await;
    world.agent("web-1").start();
    let view = has_generation(&world, "web-1", 3).await;

    assert_eq!(view["credential"]["status"], "active");
    assert_eq!(view["clone"], Value::Null);
    let done = world.complete(&steps::one("echo back", &["all"])).await;
    assert_eq!(done["status"], "completed");
    let agent = world.agent("web-1");
    assert!(agent.said().contains("never given out"), "{}", agent.said());
    let said = world.agent("web-2").said();
    assert!(!said.contains("never given out"), "{said}");
}

#[tokio::test]
async fn an_earlier_credential_stays_worthless_where_nothing_was_put_back() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let stolen = world.agent("web-1").credential()["credential"].clone();
    world
        .ctl(&["worker", "rotate-credential", "web-1"])
        .await
        .is(0);
    let view = has_generation(&world, "web-1", 2).await;
    let id = view["id"].as_str().unwrap();

    let thief = ping(&world, id, stolen.as_str().unwrap()).await;

    thief.problem(401, "credential_cloned");
}

#[tokio::test]
async fn a_fleet_that_the_server_does_not_know_any_more_is_not_slowed_down_for_guessing() {
    let world = World::start().await;
    let (id, credential) = world.enroll("web-1").await;
    world
        .database
        .tell("delete from credentials")
        .await
        .unwrap();
    for _ in 0..30 {
        ping(&world, &id, &credential)
            .await
            .problem(401, "credential_unknown");
    }
}
