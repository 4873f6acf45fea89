//! Windows and places in groups together.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
};
use serde_json::{Value, json};

use super::{HOUR, apply, asking, child, deeds, over_in, start, started, with};

fn grouped(when_full: &str) -> Value {
    let mut document = asking();
    document["concurrency"] = json!({"group": "deploy", "when_full": when_full});
    document
}

async fn answer(world: &World, number: i64) {
    let path = format!("/executions/{number}/respond");
    let yes = json!({"response": "Yes"});
    world.admin().post(&path, &yes).await.is(200);
}

/// As if its window had ended while it waited for its place, and begun once more.
async fn forget_the_window(world: &World) {
    let forget = "update windows set held_until = null";
    world.database.tell(forget).await.unwrap();
}

#[tokio::test]
async fn what_gets_its_place_while_a_window_is_on_waits_for_its_end() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    let denied = with(grouped("queue"), (&window, "wait"));
    apply(&world, "deploy", &denied).await;
    let other = world.run(&grouped("queue")).await;
    world.prompt(other).await;
    let waiting = started(&world).await;
    forget_the_window(&world).await;
    let awaited = world.execution(waiting).await;
    assert_eq!(awaited["waits_for"][0]["held_by"], json!([other]));
    assert_eq!(awaited["window"], Value::Null);
    let third = world.run(&grouped("queue")).await;
    let behind = world.execution(third).await["waits_for"][0]["behind"].clone();
    assert_eq!(behind, json!([waiting]));

    answer(&world, other).await;

    world.prompt(third).await;
    let held = world.execution(waiting).await;
    assert_eq!(held["status"], "pending");
    assert_ne!(held["window"], Value::Null);
    assert_eq!(
        (
            &held["waits_for"][0]["held_by"],
            &held["waits_for"][0]["behind"]
        ),
        (&json!([third]), &json!([]))
    );
    // Nor is it before anybody.
    let fourth = world.run(&grouped("queue")).await;
    let place = world.execution(fourth).await["waits_for"][0].clone();
    assert_eq!(
        (&place["held_by"], &place["behind"]),
        (&json!([third]), &json!([]))
    );
}

#[tokio::test]
async fn an_override_counts_when_its_place_is_free_and_is_noted_once() {
    let world = World::start().await;
    let (window, _) = over_in(&world, HOUR).await;
    let other = world.run(&grouped("queue")).await;
    world.prompt(other).await;
    let denied = with(grouped("queue"), (&window, "reject"));
    let outer = json!({"steps": [{"id": "sub", "workflow": "inner"}]});
    apply(&world, "inner", &denied).await;
    apply(&world, "deploy", &denied).await;
    let given = json!({"override_window": true, "reason": "the site is down"});
    let own = start(&world.admin(), &given).await.is(201)["number"]
        .as_i64()
        .unwrap();
    apply(&world, "deploy", &outer).await;
    let above = start(&world.admin(), &given).await.is(201)["number"]
        .as_i64()
        .unwrap();
    let inner = child(&world, above).await;
    assert_eq!(world.execution(own).await["status"], "pending");
    assert_eq!(world.execution(inner).await["status"], "pending");
    assert_eq!(deeds(&world).await, [] as [&str; 0]);

    answer(&world, other).await;
    world.prompt(own).await;
    answer(&world, own).await;
    world.prompt(inner).await;

    let reasons = [
        "admin the site is down".to_owned(),
        format!("admin step sub of #{above}"),
    ];
    assert_eq!(deeds(&world).await, reasons);
}

#[tokio::test]
async fn an_override_is_kept_for_its_turn_also_where_no_window_is_on() {
    let world = World::start().await;
    let later = json!({"cron": "0 0 1 1 *", "for": "1h"});
    let other = world.run(&grouped("queue")).await;
    world.prompt(other).await;
    apply(
        &world,
        "deploy",
        &with(grouped("queue"), (&later, "reject")),
    )
    .await;

    let given = json!({"override_window": true, "reason": "to be sure"});
    start(&world.admin(), &given).await.is(201);

    let kept = "select is_overridden from windows";
    assert_eq!(world.database.ask(kept).await, ["t"]);
}

#[tokio::test]
async fn what_waits_for_a_window_is_in_nobodys_way_and_gets_its_place_after_it() {
    let world = World::start().await;
    let (window, _) = over_in(&world, 6_000).await;
    let denied = with(grouped("reject"), (&window, "wait"));
    apply(&world, "deploy", &denied).await;

    let waiting = started(&world).await;
    let other = world.run(&grouped("reject")).await;
    world.prompt(other).await;
    let places = eventually_async("the end of the window", PATIENCE, async || {
        let view = world.execution(waiting).await;
        let is_over = view["window"].is_null();
        is_over
            .then(|| view["waits_for"].clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    assert_eq!(places[0]["held_by"], json!([other]));
    answer(&world, other).await;

    world.prompt(waiting).await;
}
