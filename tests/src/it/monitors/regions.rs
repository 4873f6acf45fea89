//! Several regions: what they say together, and what those do not say of which nobody is there.

use pulse_tests::{World, socket::Socket};
use serde_json::json;

use super::{answer, found, incidents, page_with, prober, put, stands, view};

const REGIONS: [&str; 3] = ["fra", "iad", "sin"];

/// A worker in each of three regions.
async fn probers(world: &World) -> Vec<Socket> {
    let mut sockets = Vec::new();
    for region in REGIONS {
        let body = json!({"code": region, "name": region});
        if region != "iad" {
            world.admin().post("/regions", &body).await.is(201);
        }
        sockets.push(prober(world, &format!("in-{region}"), region).await);
    }
    sockets
}

/// Asks for a look now, which each region answers in its way.
async fn look(world: &World, sockets: &mut [Socket], results: &[&str]) -> serde_json::Value {
    let admin = world.admin();
    let none = json!({});
    let answers = async {
        for (socket, result) in sockets.iter_mut().zip(results) {
            answer(socket, result).await;
        }
    };
    let (view, ()) = tokio::join!(admin.post("/monitors/site/check", &none), answers);
    view.is(200)
}

#[tokio::test]
async fn most_of_the_regions_have_to_find_a_monitor_down() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let spec = page_with(&json!({"regions": REGIONS, "down_after": 1, "up_after": 1}));
    put(&world, "site", &spec).await.is(200);
    for socket in &mut sockets {
        answer(socket, "good").await;
    }
    stands(&world, "site", "up").await;

    let one = look(&world, &mut sockets, &["failed", "good", "good"]).await;
    let two = look(&world, &mut sockets, &["failed", "failed", "good"]).await;
    let back = look(&world, &mut sockets, &["failed", "good", "good"]).await;

    assert_eq!(one["status"], "up");
    assert_eq!(two["status"], "down");
    assert_eq!(two["incident"]["regions"], json!(["fra", "iad"]));
    assert_eq!(back["status"], "up");
    let each = |status: [&str; 3]| -> Vec<_> {
        let pairs = REGIONS.iter().zip(status);
        pairs
            .map(|(region, status)| ((*region).to_owned(), status.to_owned()))
            .collect()
    };
    assert_eq!(found(&one), each(["down", "up", "up"]));
    assert_eq!(found(&two), each(["down", "down", "up"]));

    // Another rule says something else of what is known.
    let any =
        page_with(&json!({"regions": REGIONS, "down_after": 1, "up_after": 1, "rule": "any"}));
    let changed = put(&world, "site", &any).await.is(200);
    assert_eq!(changed["status"], "down");
    assert_eq!(incidents(&world, "site").await.len(), 2);
}

#[tokio::test]
async fn a_region_without_a_worker_says_nothing_and_is_never_down() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let spec = page_with(
        &json!({"regions": ["fra", "iad"], "rule": "any", "down_after": 1, "up_after": 1}),
    );
    put(&world, "site", &spec).await.is(200);
    for socket in sockets.iter_mut().take(2) {
        answer(socket, "good").await;
    }
    stands(&world, "site", "up").await;

    // Nobody is left in Frankfurt.
    sockets.remove(0).close().await;
    let mut last = json!(null);
    for _ in 0..3 {
        last = look(&world, &mut sockets[..1], &["good"]).await;
    }

    assert_eq!(last["status"], "up");
    let states = [("fra", "unknown"), ("iad", "up")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(found(&last), states);
    assert_eq!(last["regions"][0]["last"]["outcome"]["result"], "unable");
    assert_eq!(
        last["regions"][0]["last"]["outcome"]["detail"],
        "no worker of the region fra is connected that looks at http"
    );
    assert!(incidents(&world, "site").await.is_empty());
    assert_eq!(view(&world, "site").await["status"], "up");
}

#[tokio::test]
async fn an_incident_is_caused_by_a_look_that_failed_whatever_was_reported_last() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let spec = page_with(&json!({"regions": ["fra", "iad"], "down_after": 1, "up_after": 1}));
    put(&world, "site", &spec).await.is(200);
    for (socket, result) in sockets.iter_mut().zip(["failed", "good"]) {
        answer(socket, result).await;
    }
    stands(&world, "site", "up").await;

    // One of the two finds it down, and is believed once the other can say nothing any more.
    let mut last = json!(null);
    for _ in 0..3 {
        last = look(&world, &mut sockets[..2], &["failed", "unable"]).await;
    }

    assert_eq!(last["status"], "down");
    assert_eq!(last["incident"]["cause"], "it was failed");
    assert_eq!(last["incident"]["regions"], json!(["fra"]));
}

#[tokio::test]
async fn a_region_that_saw_nothing_now_is_not_asked_by_whoever_has_it_looked_at() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let spec = page_with(
        &json!({"regions": ["fra", "iad"], "rule": "any", "down_after": 1, "up_after": 1}),
    );
    put(&world, "site", &spec).await.is(200);
    for (socket, result) in sockets.iter_mut().zip(["failed", "good"]) {
        answer(socket, result).await;
    }
    stands(&world, "site", "down").await;

    let now = look(&world, &mut sockets[..2], &["unable", "good"]).await;

    let says = [("fra", "unknown"), ("iad", "up")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!((found(&now), &now["status"]), (says.into(), &json!("up")));
    assert_eq!(view(&world, "site").await["status"], "down");
}

#[tokio::test]
async fn only_regions_with_a_worker_that_is_heard_from_are_taken() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let fra = json!({"code": "ams", "name": "Amsterdam"});
    world.admin().post("/regions", &fra).await.is(201);

    let refused = put(
        &world,
        "site",
        &page_with(&json!({"regions": ["iad", "ams", "nowhere"]})),
    )
    .await;

    let problem = refused.problem(422, "invalid_body");
    let paths: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].clone())
        .collect();
    assert_eq!(paths, ["regions[1]", "regions[2]"]);
    put(&world, "site", &page_with(&json!({"regions": ["iad"]})))
        .await
        .is(200);
    answer(&mut sockets[1], "good").await;
    // A region that it has stays with it, whoever is there now.
    let gone = "update workers set status = 'offline', server_id = null where name = 'in-iad'";
    world.database.tell(gone).await.unwrap();
    let again = page_with(&json!({"regions": ["iad"], "description": "still the same"}));
    put(&world, "site", &again).await.is(200);
}

#[tokio::test]
async fn the_workers_of_a_region_take_turns() {
    let world = World::start().await;
    let mut sockets = [
        prober(&world, "web-1", "iad").await,
        prober(&world, "web-2", "iad").await,
    ];
    put(&world, "site", &page_with(&json!({}))).await.is(200);
    let mut taken = [0, 0];
    let every = "update monitors set interval_ms = 300, offset_ms = 0, next_due_at = now()";
    world.database.tell(every).await.unwrap();

    while taken.iter().sum::<u32>() < 40 && taken.contains(&0) {
        let [one, two] = &mut sockets;
        let which = tokio::select! {
            _ = answer(one, "good") => 0,
            _ = answer(two, "good") => 1,
        };
        taken[which] += 1;
    }

    assert!(!taken.contains(&0), "{taken:?}");
}

#[tokio::test]
async fn a_region_from_which_a_monitor_is_looked_at_stays() {
    let world = World::start().await;
    let mut sockets = probers(&world).await;
    let spec = page_with(&json!({"regions": REGIONS}));
    put(&world, "site", &spec).await.is(200);
    for socket in &mut sockets {
        answer(socket, "good").await;
    }

    let refused = world.admin().delete("/regions/sin").await;

    let problem = refused.problem(409, "conflict");
    let detail = "the monitor site is looked at from region sin";
    assert_eq!(problem["detail"], detail);
}
