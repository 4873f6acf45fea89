//! What is asked of monitors by hand, and what is answered where nobody looks, or somebody else was faster.

use pulse_tests::{
    World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    world::post_once,
};
use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};

use super::{answer, incidents, look, page, page_with, prober, put, stands, view};

#[tokio::test]
async fn a_look_that_gives_nothing_is_not_answered_with_what_was_known_before() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"timeout_seconds": 1}));
    put(&world, "site", &spec).await.is(200);
    answer(&mut web, "good").await;
    let before = stands(&world, "site", "up").await;

    // The worker is there, and does not answer.
    let asked = world.admin().post("/monitors/site/check", &json!({})).await;
    let asked = asked.is(200);
    let check = world.ctl(&["monitor", "check", "site"]).await;

    assert_eq!(asked["status"], "unknown");
    assert_eq!(asked["regions"][0]["status"], "unknown");
    assert_eq!(asked["regions"][0]["last"]["outcome"], Value::Null);
    assert_ne!(asked["status_since"], before["status_since"]);
    assert_eq!(view(&world, "site").await["status"], "up");
    assert_eq!(check.code, 1);
    let told = "monitor/site unknown, nobody has seen it now (any: web-1 has not reported yet)\n";
    assert_eq!(check.stdout, told);
    web.close().await;
    let check = world.ctl(&["monitor", "check", "site"]).await;
    assert_eq!(check.code, 1);
    assert!(
        check.stdout.contains("no worker is connected"),
        "{}",
        check.stdout
    );
}

#[tokio::test]
async fn what_reports_under_the_same_key_again_has_reported_again() {
    let world = World::start().await;
    let spec = json!({"probe": {"heartbeat": {}}, "interval_seconds": 60});
    put(&world, "backup", &spec).await.is(200);
    let (admin, none) = (world.admin(), json!({}));

    post_once(&admin, "/monitors/backup/beat", &none, "always")
        .await
        .is(204);
    let late = "update monitors set next_due_at = now() + interval '1 second'";
    world.database.tell(late).await.unwrap();
    post_once(&admin, "/monitors/backup/beat", &none, "always")
        .await
        .is(204);

    let next = "select next_due_at > now() + interval '50 seconds' from monitors";
    assert_eq!(world.database.ask(next).await, ["t"]);
    assert_eq!(super::checks(&world, "backup").await.len(), 2);
    let other = post_once(&admin, "/monitors/backup/pause", &none, "always").await;
    other.problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn what_owes_a_report_owes_it_when_its_monitor_is_described_in_other_words() {
    let world = World::start().await;
    let spec = |more: Value| {
        let mut spec = json!({"probe": {"heartbeat": {}}, "interval_seconds": 3600});
        spec.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        spec
    };
    put(&world, "backup", &spec(json!({}))).await.is(200);
    let soon = "update monitors set next_due_at = now() + interval '1 minute'";
    world.database.tell(soon).await.unwrap();
    let is_soon = "select next_due_at < now() + interval '2 minutes' from monitors";

    put(
        &world,
        "backup",
        &spec(json!({"description": "of the shop"})),
    )
    .await
    .is(200);
    assert_eq!(world.database.ask(is_soon).await, ["t"]);

    // Another interval is another promise.
    put(&world, "backup", &spec(json!({"interval_seconds": 7200})))
        .await
        .is(200);
    assert_eq!(world.database.ask(is_soon).await, ["f"]);
}

#[tokio::test]
async fn a_server_that_stops_answers_those_who_wait_for_a_look() {
    let mut world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let body = json!({"probe": {"tcp": {"host": "db", "port": 5432}}, "timeout_seconds": 60});
    let admin = world.admin();
    let stops = async {
        web.frame("check").await;
        world.server().signal(Signal::TERM);
    };
    let (answer, ()) = tokio::join!(admin.post("/monitors/test", &body), stops);

    let answer = answer.is(200);
    assert_eq!(answer["outcome"], Value::Null);
}

#[tokio::test]
async fn what_an_old_test_saw_is_said_to_be_gone() {
    let world = World::start().await;
    let body = json!({"probe": {"tcp": {"host": "db", "port": 5432}}});
    let admin = world.admin();
    post_once(&admin, "/monitors/test", &body, "one")
        .await
        .is(200);
    world.database.tell("delete from checks").await.unwrap();

    let again = post_once(&admin, "/monitors/test", &body, "one").await;

    let problem = again.problem(409, "conflict");
    assert_eq!(problem["detail"], "what this look gave is kept no longer");
    assert!(
        problem["hint"]
            .as_str()
            .unwrap()
            .contains("another Idempotency-Key")
    );
}

#[tokio::test]
async fn of_two_that_make_a_monitor_of_one_name_one_is_told_that_it_is_there() {
    let world = World::start().await;
    let made = async |port: u16| {
        let spec = json!({"name": "db", "probe": {"tcp": {"host": "db", "port": port}}});
        (port, world.admin().post("/monitors", &spec).await)
    };

    let all = tokio::join!(made(1), made(2), made(3), made(4));

    let all = [all.0, all.1, all.2, all.3];
    let (first, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, it)| it.status == 201);
    assert_eq!((first.len(), others.len()), (1, 3));
    for (_, other) in others {
        other.problem(409, "name_taken");
    }
    let kept = view(&world, "db").await;
    assert_eq!(kept["spec"]["probe"]["tcp"]["port"], first[0].0);
    let again = world
        .admin()
        .post("/monitors", &page_with(&json!({"name": "db"})))
        .await;
    again.problem(409, "name_taken");
    world
        .admin()
        .post("/monitors", &page())
        .await
        .problem(422, "invalid_body");
}

/// What channels are to be told, oldest first.
async fn told(world: &World) -> Vec<String> {
    let query = "select event || ' ' || incident from notifications order by number";
    world.database.ask(query).await
}

#[tokio::test]
async fn who_was_told_that_it_is_down_is_told_that_nobody_can_say_it_any_more_and_why() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let receiver = pulse_tests::receiver::Web::start().await;
    let channel =
        json!({"webhook": {"url": receiver.url("/in")}, "on": ["monitor_down", "monitor_up"]});
    let request = world
        .admin()
        .request(Method::PUT, "/notifications/channels/ops");
    send(request.json(&channel)).await.is(200);
    let spec = page_with(&json!({"down_after": 1}));
    let mut taken = 0;
    let mut goes_down = async |web: &mut _, receiver: &pulse_tests::receiver::Web| {
        answer(web, "failed").await;
        stands(&world, "site", "down").await;
        taken += 2;
        receiver.has_taken(taken - 1).await;
        taken
    };

    put(&world, "site", &spec).await.is(200);
    let number = goes_down(&mut web, &receiver).await;
    super::pause(&world, "site").await;
    let paused = receiver.has_taken(number).await[1].json();
    world
        .admin()
        .post("/monitors/site/resume", &json!({}))
        .await
        .is(200);
    let number = goes_down(&mut web, &receiver).await;
    let other = json!({"probe": {"tcp": {"host": "db", "port": 1}}, "down_after": 1, "interval_seconds": 86_400});
    put(&world, "site", &other).await.is(200);
    receiver.has_taken(number).await;
    let number = goes_down(&mut web, &receiver).await;
    world.admin().delete("/monitors/site").await.is(204);
    let removed = receiver.has_taken(number).await[5].json();

    let text = paused["text"].as_str().unwrap();
    assert!(
        text.starts_with("site is watched no more as it was, after it was down for "),
        "{text}"
    );
    assert!(text.ends_with(" s: admin has paused it"), "{text}");
    assert_eq!(
        removed["incident"]["closed_because"],
        "admin has removed it"
    );
    assert_eq!(
        told(&world).await,
        [
            "monitor_down 1",
            "monitor_up 1",
            "monitor_down 2",
            "monitor_up 2",
            "monitor_down 3",
            "monitor_up 3"
        ]
    );
    let closed = "select actor || ': ' || (detail ->> 'because') from audit where action = 'incident.close' order by id";
    assert_eq!(
        world.database.ask(closed).await,
        [
            "admin: admin has paused it",
            "admin: it looks at something else now",
            "admin: admin has removed it"
        ]
    );
}

#[tokio::test]
async fn what_a_maintenance_holds_back_holds_nothing_else_back() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page_with(&json!({"down_after": 1})))
        .await
        .is(200);
    let made = "with many as (insert into monitors (id, name, kind, spec, regions, interval_ms, timeout_ms, offset_ms, created_by, updated_by, next_due_at) \
        select gen_random_uuid(), 'm-' || n, 'http', '{\"probe\": {\"http\": {\"url\": \"http://x/\"}}, \"labels\": {\"team\": \"web\"}}', '{}', \
          86400000, 1000, 0, 'me', 'me', now() + interval '1 day' from generate_series(1, 1200) n returning id, name) \
        insert into incidents (monitor_id, monitor, cause, regions) select id, name, 'x', '{any}' from many";
    let long = json!({"selector": "team=web", "duration_seconds": 3600});
    world.admin().post("/maintenances", &long).await.is(201);
    let short = json!({"monitors": ["site"], "duration_seconds": 3600});
    let short = world.admin().post("/maintenances", &short).await.is(201);
    world.database.tell(made).await.unwrap();
    answer(&mut web, "failed").await;
    stands(&world, "site", "down").await;

    let path = format!("/maintenances/{}", short["number"]);
    world.admin().delete(&path).await.is(204);

    eventually_async("site is told of", PATIENCE, async || {
        let told = "select monitor from incidents where told_at is not null";
        let told = world.database.ask(told).await;
        (told == ["site"])
            .then_some(())
            .ok_or_else(|| format!("{told:?}"))
    })
    .await;
    let seen = look(&world, "site", (&mut web, "failed")).await;
    assert_eq!(seen["status"], "down");
    assert_eq!(incidents(&world, "site").await.len(), 1);
}
