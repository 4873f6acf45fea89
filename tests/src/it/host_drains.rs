//! Workers that rest, or leave, because somebody on their host says so.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    socket::Socket,
    steps,
    world::jobs_of,
};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::drains::{is_heard, worker};

/// Waits until the worker looks like this.
pub(super) async fn looks(
    world: &World,
    name: &str,
    what: &str,
    is_so: impl Fn(&Value) -> bool,
) -> Value {
    eventually_async(what, PATIENCE, async || {
        let view = worker(world, name).await;
        if is_so(&view) {
            Ok(view)
        } else {
            Err(view.to_string())
        }
    })
    .await
}

#[tokio::test]
async fn a_drain_asked_for_on_the_host_can_be_taken_back_there() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").signal(Signal::USR1);
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    world.agent("web-1").signal(Signal::USR2);
    looks(&world, "web-1", "active", |view| {
        view["admin_state"] == "active"
    })
    .await;
    let second = world.run(&steps::one("echo second", &["all"])).await;

    assert_eq!(world.ended(second).await["status"], "completed");
    assert_eq!(world.ended(number).await["status"], "completed");
}

#[tokio::test]
async fn resume_on_the_host_takes_a_drain_back() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 3", &["all"])).await;
    world.step_is(number, "only", "running").await;

    let verb = |world: &mut World, verb: &str| {
        let status = world.agent("web-1").command(&[verb]).status().unwrap();
        assert!(status.success());
    };
    verb(&mut world, "drain");
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    verb(&mut world, "resume");
    looks(&world, "web-1", "active", |view| {
        view["admin_state"] == "active"
    })
    .await;

    assert_eq!(world.ended(number).await["status"], "completed");
    let third = world.complete(&steps::one("true", &["all"])).await;
    assert_eq!(third["status"], "completed");
}

#[tokio::test]
async fn a_drain_of_the_host_is_taken_once_however_often_it_is_said() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let (id, credential) = (socket.worker_id.clone(), socket.credential.clone());
    let own = uuid::Uuid::now_v7().to_string();
    let says = json!({"type": "drain_state", "outstanding": 1, "asked": own});

    socket.send(&says).await;
    let taken = socket.frame("drain").await;
    let drained = worker(&world, "web-1").await;
    let resume = "/workers/web-1/resume";
    world.admin().post(resume, &json!({})).await.is(200);
    drop(socket);
    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;
    again.send(&says).await;
    is_heard(&mut again).await;
    let resumed = again.frame("resume").await;

    assert_eq!((&taken["id"], &taken["taken"]), (&json!(own), &json!(own)));
    assert_eq!(drained["admin_state"], "draining");
    assert_eq!(drained["drain"]["reason"], "asked for on the host");
    assert_eq!(resumed["taken"], own);
    assert_eq!(worker(&world, "web-1").await["admin_state"], "active");
}

#[tokio::test]
async fn a_second_signal_ends_a_drain_at_once() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("sleep 60", &["all"])).await;
    world.step_is(number, "only", "running").await;

    world.agent("web-1").signal(Signal::USR1);
    looks(&world, "web-1", "draining", |view| {
        view["admin_state"] == "draining"
    })
    .await;
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").signal(Signal::TERM);
    let status = world.agent("web-1").wait(Duration::from_secs(10));

    assert_eq!(status.code(), Some(0));
    assert_eq!(world.ended(number).await["status"], "failed");
}

#[tokio::test]
async fn a_goodbye_counts_although_a_sign_of_life_is_written_meanwhile() {
    let world = World::start().await;
    let socket = world.socket("web-1").await;
    let busy = world.database.session().await;
    let lock = "begin; select 1 from workers for no key update";
    busy.batch_execute(lock).await.unwrap();

    let beat = async {
        world.database.is_held_up("order by id for update").await;
        let beat = "update workers set last_heartbeat = clock_timestamp(); commit";
        busy.batch_execute(beat).await.unwrap();
    };
    let host = world.anonymous().with(&socket.credential);
    let path = format!("/workers/{}/unregister", socket.worker_id);
    let nothing = json!({});
    let ((), goodbye) = tokio::join!(beat, host.post(&path, &nothing));

    goodbye.is(200);
    assert_eq!(worker(&world, "web-1").await["status"], "offline");
}

#[tokio::test]
async fn what_was_not_begun_waits_for_a_worker_that_says_goodbye() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    socket.frame("execute_command").await;

    let host = world.anonymous().with(&socket.credential);
    let path = format!("/workers/{}/unregister", socket.worker_id);
    host.post(&path, &json!({})).await.is(200);
    let waiting = world.execution(number).await;
    let id = socket.worker_id.clone();
    let credential = socket.credential.clone();
    drop(socket);
    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;
    let offer = again.take().await;
    let result = again.result(&offer, 0);
    again.send(&result).await;
    let execution = world.ended(number).await;

    assert_eq!(jobs_of(&waiting, "only")[0]["status"], "pending");
    assert_eq!(execution["status"], "completed");
    assert_eq!(jobs_of(&execution, "only")[0]["attempt"], 1);
}

#[tokio::test]
async fn a_drain_that_is_heard_after_the_goodbye_has_ended_with_it() {
    let world = World::start().await;
    let mut socket = world.socket("web-1").await;
    let busy = world.database.session().await;
    let lock = "begin; select 1 from workers for no key update";
    busy.batch_execute(lock).await.unwrap();
    let asked = uuid::Uuid::now_v7().to_string();
    let state = json!({"type": "drain_state", "outstanding": 0, "asked": asked});

    let host = world.anonymous().with(&socket.credential);
    let path = format!("/workers/{}/unregister", socket.worker_id);
    let nothing = json!({});
    let late = async {
        world.database.is_held_up("for update").await;
        socket.send(&state).await;
        let waiting = "select count(*) from pg_stat_activity where datname = current_database() \
            and wait_event_type = 'Lock'";
        eventually_async("both wait", PATIENCE, async || {
            let count = world.database.ask(waiting).await;
            (count != ["0"] && count != ["1"])
                .then_some(())
                .ok_or_else(|| format!("{count:?}"))
        })
        .await;
        busy.batch_execute("commit").await.unwrap();
    };
    let (goodbye, ()) = tokio::join!(host.post(&path, &nothing), late);
    goodbye.is(200);
    let (id, credential) = (socket.worker_id.clone(), socket.credential.clone());
    drop(socket);
    let mut again = Socket::open(&world.servers[0].url(), &id, &credential).await;
    again.hello("web-1").await;

    again.frame("resume").await;
    assert_eq!(worker(&world, "web-1").await["admin_state"], "active");
}
