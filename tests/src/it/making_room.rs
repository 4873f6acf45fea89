//! Whoever needs a place has the oldest of the group end: once, and only where it is still in the way.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::step_of,
};
use serde_json::{Value, json};
use tokio_postgres::Client;

use super::windows::{HOUR, over_in, with};

/// A document of which the newest runs get the places.
fn newest(limit: u32) -> Value {
    json!({
        "concurrency": {"group": "preview", "limit": limit, "when_full": "cancel_oldest"},
        "steps": [steps::prompt("ask")],
        "finally": [{"id": "tidy", "type": "wait", "duration": "200ms"}],
    })
}

/// Starts one more than there are places, and waits until so many replicas are about to end the
/// oldest; it is they who wait for the session that is given.
async fn about_to_make_room(
    world: &World,
    (oldest, limit): (i64, u32),
    replicas: usize,
) -> (Client, i64) {
    let lock = format!("begin; select 1 from executions where number = {oldest} for no key update");
    let session = world.database.session().await;
    session.batch_execute(&lock).await.unwrap();
    let newest = world.run(&newest(limit)).await;
    let waiting = "from executions where id = any";
    world.database.are_held_up(replicas, waiting).await;
    (session, newest)
}

async fn has_begun(world: &World, number: i64) {
    eventually_async("its turn", PATIENCE, async || {
        let view = world.execution(number).await;
        let has_begun = view["status"] != "pending";
        has_begun.then_some(()).ok_or_else(|| view.to_string())
    })
    .await;
}

async fn answer(world: &World, number: i64) {
    world.prompt(number).await;
    let path = format!("/executions/{number}/respond");
    let body = json!({"response": "Yes"});
    world.admin().post(&path, &body).await.is(200);
}

#[tokio::test]
async fn two_replicas_that_make_room_end_the_oldest_once_and_its_last_list_runs() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let oldest = world.run(&newest(1)).await;
    world.prompt(oldest).await;

    let (session, next) = about_to_make_room(&world, (oldest, 1), 2).await;
    session.batch_execute("commit").await.unwrap();

    let ended = world.ended(oldest).await;
    assert_eq!(ended["status"], "cancelled");
    assert_eq!(
        step_of(&ended, "finally/tidy")["status"],
        "succeeded",
        "{ended}"
    );
    let id = ended["id"].as_str().unwrap();
    let deeds = format!(
        "select actor || ' ' || (detail ->> 'reason') from audit \
         where action = 'execution.cancel' and subject = '{id}'"
    );
    let reason = format!("admin #{next} needs a place in the group preview");
    assert_eq!(world.database.ask(&deeds).await, [reason]);
    has_begun(&world, next).await;
}

#[tokio::test]
async fn a_place_that_is_freed_meanwhile_costs_nobody_theirs() {
    let world = World::start().await;
    let oldest = world.run(&newest(2)).await;
    let other = world.run(&newest(2)).await;
    world.prompt(oldest).await;

    let (session, next) = about_to_make_room(&world, (oldest, 2), 1).await;
    answer(&world, other).await;
    world.ended(other).await;
    session.batch_execute("commit").await.unwrap();

    // Whoever lets it begin has made room before.
    has_begun(&world, next).await;
    let view = world.execution(oldest).await;
    assert_eq!(
        (&view["status"], &view["cancel_requested_by"]),
        (&json!("waiting"), &Value::Null)
    );
}

#[tokio::test]
async fn nobody_ends_for_one_that_does_not_wait_any_more() {
    let world = World::start().await;
    let oldest = world.run(&newest(1)).await;
    world.prompt(oldest).await;

    let (session, next) = about_to_make_room(&world, (oldest, 1), 1).await;
    let path = format!("/executions/{next}/cancel");
    world.admin().post(&path, &json!({})).await.is(200);
    session.batch_execute("commit").await.unwrap();

    // Begun behind it: whoever lets it begin has looked before.
    let other = json!({"concurrency": {"group": "other"}, "steps": [steps::prompt("ask")]});
    let first = world.run(&other).await;
    let second = world.run(&other).await;
    answer(&world, first).await;
    has_begun(&world, second).await;
    assert_eq!(world.execution(oldest).await["status"], "waiting");
}

/// The same, held by a window that lets nothing start now.
async fn denied(world: &World, limit: u32) -> Value {
    let (window, _) = over_in(world, HOUR).await;
    with(newest(limit), (&window, "wait"))
}

#[tokio::test]
async fn what_waits_for_a_window_costs_nobody_their_place() {
    let world = World::start().await;
    let oldest = world.run(&newest(2)).await;
    let other = world.run(&newest(2)).await;
    world.prompt(oldest).await;
    world.prompt(other).await;
    let held = world.run(&denied(&world, 2).await).await;

    let next = world.run(&newest(2)).await;

    assert_eq!(world.ended(oldest).await["status"], "cancelled");
    has_begun(&world, next).await;
    assert_eq!(world.execution(other).await["status"], "waiting");
    assert_eq!(world.execution(held).await["status"], "pending");
}

#[tokio::test]
async fn what_waits_for_a_window_gives_way_to_newer_ones_that_have_begun() {
    let world = World::start().await;
    let held = world.run(&denied(&world, 1).await).await;

    let next = world.run(&newest(1)).await;

    let ended = world.ended(held).await;
    assert_eq!(ended["status"], "cancelled");
    let reason = format!("#{next}, which is newer, has a place in the group preview");
    assert_eq!(ended["cancel_reason"], json!(reason));
    assert_eq!(world.execution(next).await["status"], "waiting");
}

#[tokio::test]
async fn a_server_that_dies_while_it_makes_room_ends_the_oldest_once() {
    let mut world = World::start().await;
    let mut oldest = world.run(&newest(1)).await;
    world.prompt(oldest).await;
    for moment in ["before_commit", "after_commit"] {
        world.servers[0].die_at(&format!("places::MakeRoom {moment}"));

        let next = world.run(&newest(1)).await;
        world.servers[0].died();
        world.servers[0].start();

        let ended = world.ended(oldest).await;
        assert_eq!(ended["status"], "cancelled", "{moment}");
        assert_eq!(
            step_of(&ended, "finally/tidy")["status"],
            "succeeded",
            "{moment}"
        );
        let id = ended["id"].as_str().unwrap();
        let deeds = format!(
            "select count(*) from audit where action = 'execution.cancel' and subject = '{id}'"
        );
        assert_eq!(world.database.ask(&deeds).await, ["1"], "{moment}");
        world.prompt(next).await;
        oldest = next;
    }
}
