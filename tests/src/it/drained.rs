//! What becomes of a drain when its agent has ended and is started again.

use pulse_tests::{World, eventually::PATIENCE, steps, world::jobs_of};
use rustix::process::Signal;

use super::{drains::worker, host_drains::looks};

/// What the image of the agent says: whatever starts it does so also after it has ended.
const RESTARTED: (&str, &str) = ("PULSE__WORKER__STAYS_DRAINED", "true");

/// Lets the agent drain and end, as somebody asks for it.
async fn drained(world: &mut World, ask: impl AsyncFnOnce(&mut World)) {
    world.add_agent("web-1").await;
    leaves(world, ask).await;
}

/// The same for one that is restarted always.
async fn drained_in_a_container(world: &mut World, ask: impl AsyncFnOnce(&mut World)) {
    let agent = world.new_agent("web-1").await;
    world.add(agent.with(RESTARTED.0, RESTARTED.1)).await;
    leaves(world, ask).await;
}

async fn leaves(world: &mut World, ask: impl AsyncFnOnce(&mut World)) {
    ask(world).await;
    let status = world.agent("web-1").wait(PATIENCE);
    assert_eq!(status.code(), Some(0));
    looks(world, "web-1", "drained", |view| {
        view["admin_state"] == "drained"
    })
    .await;
}

#[tokio::test]
async fn a_drain_outlives_an_agent_that_is_restarted_always_until_it_is_resumed() {
    let mut world = World::start().await;
    drained_in_a_container(&mut world, async |world| {
        let drain = ["worker", "drain", "web-1", "--reason", "new disk"];
        world.ctl(&drain).await.is(0);
    })
    .await;

    world.agent("web-1").start();
    world.is_online("web-1").await;
    let number = world.run(&steps::one("echo late", &["web-1"])).await;
    let back = worker(&world, "web-1").await;
    world.agent("web-1").kill_link();
    world.agent("web-1").start();
    let again = looks(&world, "web-1", "another session", |view| {
        view["session_epoch"] != back["session_epoch"]
    })
    .await;
    let waiting = world.execution(number).await;
    world.ctl(&["worker", "resume", "web-1"]).await.is(0);
    let execution = world.ended(number).await;

    assert_eq!(back["admin_state"], "held", "{back}");
    assert_eq!(back["drain"]["mode"], "hold", "{back}");
    assert_eq!(back["drain"]["reason"], "new disk", "{back}");
    assert_eq!(again["admin_state"], "held", "{again}");
    assert_eq!(jobs_of(&waiting, "only")[0]["status"], "pending");
    assert_eq!(execution["status"], "completed");
    let said = world.agent("web-1").said();
    assert!(said.contains("pulsectl worker resume web-1"), "{said}");
}

#[tokio::test]
async fn the_next_start_of_a_drained_agent_is_active_again() {
    let mut world = World::start().await;
    drained(&mut world, async |world| {
        world.ctl(&["worker", "drain", "web-1"]).await.is(0);
    })
    .await;

    world.agent("web-1").start();
    world.is_online("web-1").await;
    let ran = world.complete(&steps::one("true", &["web-1"])).await;

    let view = worker(&world, "web-1").await;
    assert_eq!(view["admin_state"], "active", "{view}");
    assert_eq!(view["drain"], serde_json::Value::Null, "{view}");
    assert_eq!(ran["status"], "completed");
}

#[tokio::test]
async fn the_next_start_of_an_agent_that_was_held_is_held() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world
        .ctl(&["worker", "drain", "web-1", "--hold"])
        .await
        .is(0);
    world.agent("web-1").signal(Signal::TERM);
    world.agent("web-1").wait(PATIENCE);

    world.agent("web-1").start();
    world.is_online("web-1").await;

    let view = worker(&world, "web-1").await;
    assert_eq!(view["admin_state"], "held", "{view}");
}

#[tokio::test]
async fn a_drain_that_was_asked_for_on_the_host_ends_with_the_agent() {
    let mut world = World::start().await;
    drained_in_a_container(&mut world, async |world| {
        world.agent("web-1").signal(Signal::USR1);
    })
    .await;

    world.agent("web-1").start();
    world.is_online("web-1").await;

    let view = worker(&world, "web-1").await;
    assert_eq!(view["admin_state"], "active", "{view}");
}

#[tokio::test]
async fn a_drained_worker_that_is_resumed_while_it_is_away_comes_back_active() {
    let mut world = World::start().await;
    drained_in_a_container(&mut world, async |world| {
        world.ctl(&["worker", "drain", "web-1"]).await.is(0);
    })
    .await;

    world.ctl(&["worker", "resume", "web-1"]).await.is(0);
    world.agent("web-1").start();
    world.is_online("web-1").await;

    let view = worker(&world, "web-1").await;
    assert_eq!(view["admin_state"], "active", "{view}");
}

#[tokio::test]
async fn a_worker_that_is_restarted_always_comes_back_held_although_it_was_cleaned_up() {
    let mut world = World::start().await;
    drained_in_a_container(&mut world, async |world| {
        world.ctl(&["worker", "drain", "web-1"]).await.is(0);
    })
    .await;
    let gone = "update workers set status = 'deleted', deleted_reason = 'cleanup'";
    world.database.tell(gone).await.unwrap();

    world.agent("web-1").start();
    world.is_online("web-1").await;
    looks(&world, "web-1", "held", |view| {
        view["admin_state"] == "held"
    })
    .await;
}
