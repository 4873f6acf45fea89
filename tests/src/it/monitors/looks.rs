//! What a look does, and what it does not when it comes late, twice or from somebody else.

use std::time::Duration;

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async, meanwhile},
    receiver::Web,
    socket::Silence,
};
use serde_json::json;

use super::{
    answer, checks, found, incidents, look, page, page_with, prober, put, report, stands, view,
};

#[tokio::test]
async fn a_monitor_is_down_after_three_failures_in_a_row_and_up_again_after_two_successes() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;

    let made = put(&world, "site", &page()).await.is(200);
    assert_eq!(made["status"], "unknown");
    assert_eq!(made["spec"]["timeout_seconds"], 10);
    let check = answer(&mut web, "good").await;
    assert_eq!(check["probe"]["http"]["url"], "https://example.org/");
    assert_eq!(check["timeout_ms"], 10_000);
    stands(&world, "site", "up").await;

    let mut said = Vec::new();
    for result in [
        "failed", "failed", "good", "failed", "failed", "failed", "good", "failed", "good", "good",
    ] {
        let view = look(&world, "site", (&mut web, result)).await;
        said.push(view["status"].as_str().unwrap().to_owned());
        assert_eq!(view["regions"][0]["last"]["outcome"]["result"], result);
        assert_eq!(view["regions"][0]["last"]["worker"], "web-1");
        assert_eq!(view["incident"].is_null(), view["status"] == "up");
    }

    let expected = [
        "up", "up", "up", "up", "up", "down", "down", "down", "down", "up",
    ];
    assert_eq!(said, expected);
    let incidents = incidents(&world, "site").await;
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0]["cause"], "it was failed");
    assert_eq!(incidents[0]["regions"], json!(["any"]));
    assert_eq!(incidents[0]["closed_because"], "it is up again");
    let all = world.admin().get("/incidents?open=false").await.is(200);
    assert_eq!(all["items"].as_array().unwrap(), &incidents);
    assert_eq!(checks(&world, "site").await.len(), 11);
}

#[tokio::test]
async fn a_monitor_is_looked_at_by_itself_once_for_each_moment_of_each_region() {
    let mut world = World::start().await;
    world.add_server(&[]);
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    let often = "update monitors set interval_ms = 500, offset_ms = 0, next_due_at = now()";
    world.database.tell(often).await.unwrap();

    for _ in 0..5 {
        answer(&mut web, "good").await;
    }

    let never = "update monitors set next_due_at = now() + interval '1 day'";
    world.database.tell(never).await.unwrap();
    while web.try_frame("check", Duration::from_secs(2)).await.is_ok() {}
    let moments = "select count(*) || ' ' || count(distinct due_at) from checks where \
        mod((extract(epoch from due_at) * 1000)::bigint, 500) = 0";
    let moments = world.database.ask(moments).await;
    let (looks, moments) = moments[0].split_once(' ').unwrap();
    assert_eq!(looks, moments);
    assert!(looks.parse::<u32>().unwrap() >= 5);
}

#[tokio::test]
async fn a_thousand_monitors_that_are_made_together_are_not_due_together() {
    let world = World::start().await;
    let made = "insert into monitors (id, name, kind, spec, regions, interval_ms, timeout_ms, offset_ms, created_by, updated_by, next_due_at) \
        select gen_random_uuid(), 'm-' || n, 'http', '{\"probe\": {\"http\": {\"url\": \"http://x/\"}}}', '{}', 60000, 1000, \
          n * 60, 'me', 'me', now() - interval '1 hour' from generate_series(1, 900) n";
    world.database.tell(made).await.unwrap();

    eventually_async("all of them were looked at", PATIENCE, async || {
        let left = "select count(*) from monitors where next_due_at <= now() - interval '1 minute'";
        let left = world.database.ask(left).await;
        (left == ["0"])
            .then_some(())
            .ok_or_else(|| format!("{left:?}"))
    })
    .await;

    let most = "select max(n) <= 40 from (select count(*) as n from monitors \
        group by date_trunc('second', next_due_at)) s";
    assert_eq!(world.database.ask(most).await, ["t"]);
}

#[tokio::test]
async fn a_monitor_that_only_a_newer_server_can_read_keeps_no_other_waiting() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1, "up_after": 1}));
    for name in ["newer", "site"] {
        put(&world, name, &spec).await.is(200);
        answer(&mut web, "good").await;
        stands(&world, name, "up").await;
    }
    let newer = "update monitors set spec = jsonb_set(spec, '{probe,http,newer}', '1'), next_due_at = now() \
        where name = 'newer'";
    world.database.tell(newer).await.unwrap();
    eventually_async("its look is open", PATIENCE, async || {
        let open = "select id from checks where ended_at is null";
        let open = world.database.ask(open).await;
        open.first().cloned().ok_or_else(|| "no look".to_owned())
    })
    .await;

    let down = look(&world, "site", (&mut web, "failed")).await;

    assert_eq!(down["status"], "down");
    let over = "update checks set expires_at = now() where ended_at is null";
    world.database.tell(over).await.unwrap();
    put(&world, "third", &spec).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "third", "up").await;
}

#[tokio::test]
async fn a_worker_that_drains_still_looks_and_one_that_is_held_does_not() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let state = async |state: &str| {
        let set = format!("update workers set admin_state = '{state}'");
        world.database.tell(&set).await.unwrap();
    };
    state("draining").await;

    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;
    state("held").await;
    let asked = world.admin().post("/monitors/site/check", &json!({})).await;

    let view = asked.is(200);
    let detail = &view["regions"][0]["last"]["outcome"]["detail"];
    assert_eq!(detail, "no worker is connected that looks at http");
}

#[tokio::test]
async fn a_look_that_nobody_reports_is_lost_and_counts_for_nothing_even_when_it_is_reported_late() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1, "up_after": 1}));
    put(&world, "site", &spec).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;

    let admin = world.admin();
    let (lost, check) = tokio::join!(
        async { admin.post("/monitors/site/check", &json!({})).await.is(200) },
        async {
            let check = web.frame("check").await;
            let late =
                "update checks set expires_at = now() - interval '1 minute' where ended_at is null";
            world.database.tell(late).await.unwrap();
            check
        }
    );
    assert_eq!(lost["regions"][0]["last"]["outcome"]["result"], "lost");
    assert_eq!(
        lost["regions"][0]["last"]["outcome"]["detail"],
        "web-1 has not reported in time"
    );
    // Nobody has seen it now; what was known of it before still stands.
    assert_eq!(lost["status"], "unknown");
    assert_eq!(view(&world, "site").await["status"], "up");
    web.send(&report(&check, "failed")).await;

    // A later look has been written by then, and with it whatever came before it.
    let view = look(&world, "site", (&mut web, "good")).await;
    assert_eq!(view["status"], "up");
    let results: Vec<_> = checks(&world, "site")
        .await
        .into_iter()
        .map(|check| check["outcome"]["result"].clone())
        .collect();
    assert_eq!(results, ["good", "lost", "good"]);
    assert!(incidents(&world, "site").await.is_empty());
}

#[tokio::test]
async fn three_looks_of_which_nothing_is_known_make_a_region_unknown_and_nothing_down() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page()).await.is(200);
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;

    let mut said = Vec::new();
    for _ in 0..3 {
        let asked = look(&world, "site", (&mut web, "unable")).await;
        let shown = view(&world, "site").await;
        said.push([&asked, &shown].map(|it| it["status"].as_str().unwrap().to_owned()));
    }

    // Whoever asks is told what was seen now, which is nothing.
    assert_eq!(
        said,
        [["unknown", "up"], ["unknown", "up"], ["unknown", "unknown"]]
    );
    assert!(incidents(&world, "site").await.is_empty());
    let back = look(&world, "site", (&mut web, "good")).await;
    assert_eq!(back["status"], "up");
}

#[tokio::test]
async fn a_second_report_and_that_of_another_worker_change_nothing() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let mut ghost = world.socket("ghost").await;
    let spec = page_with(&json!({"down_after": 1, "up_after": 1}));
    put(&world, "site", &spec).await.is(200);

    let check = web.frame("check").await;
    ghost.send(&report(&check, "failed")).await;
    let made_up = json!({"check_id": "01a2033e-a511-71f7-9f2e-3ee1d433c9f7"});
    web.send(&report(&made_up, "failed")).await;
    web.send(&report(&check, "good")).await;
    stands(&world, "site", "up").await;
    web.send(&report(&check, "failed")).await;
    ghost.send(&report(&check, "failed")).await;

    let after = look(&world, "site", (&mut web, "good")).await;
    assert_eq!(after["status"], "up");
    assert!(incidents(&world, "site").await.is_empty());
    assert_eq!(found(&after), [("any".to_owned(), "up".to_owned())]);
}

#[tokio::test]
async fn a_look_that_is_older_than_the_newest_never_turns_a_monitor() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = page_with(&json!({"down_after": 1, "up_after": 1}));
    put(&world, "site", &spec).await.is(200);
    let older = web.frame("check").await;

    let newer = look(&world, "site", (&mut web, "good")).await;
    assert_eq!(newer["status"], "up");
    web.send(&report(&older, "failed")).await;

    eventually_async("the older look is written", PATIENCE, async || {
        let all = checks(&world, "site").await;
        let is_written = all[1]["outcome"]["result"] == "failed";
        is_written.then_some(()).ok_or_else(|| format!("{all:?}"))
    })
    .await;
    let view = view(&world, "site").await;
    assert_eq!(
        (&view["status"], &view["incident"]),
        (&json!("up"), &json!(null))
    );
}

#[tokio::test]
async fn what_a_test_sees_is_answered_and_kept_nowhere() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let body = json!({"probe": {"tcp": {"host": "db", "port": 5432}}, "timeout_seconds": 5, "region": "iad"});

    let admin = world.admin();
    let (seen, check) = tokio::join!(
        admin.post("/monitors/test", &body),
        answer(&mut web, "failed")
    );

    let seen = seen.is(200);
    assert_eq!(check["probe"], body["probe"]);
    assert_eq!(seen["outcome"]["result"], "failed");
    assert_eq!(seen["outcome"]["latency_ms"], 12);
    assert_eq!(
        (&seen["region"], &seen["worker"]),
        (&json!("iad"), &json!("web-1"))
    );
    assert!(incidents_of_all(&world).await);
    let nobody = json!({"probe": {"icmp": {"host": "db"}}});
    let unable = admin.post("/monitors/test", &nobody).await.is(200);
    assert_eq!(unable["outcome"]["result"], "unable");
    assert_eq!(
        unable["outcome"]["detail"],
        "no worker is connected that looks at icmp"
    );
}

/// Whether there is neither a monitor nor an incident.
async fn incidents_of_all(world: &World) -> bool {
    let empty = async |path: &str| world.admin().get(path).await.is(200)["items"] == json!([]);
    empty("/incidents").await && empty("/monitors").await
}

#[tokio::test]
async fn what_reports_by_itself_is_down_once_it_has_not_in_time() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    let spec = json!({"probe": {"heartbeat": {"grace_seconds": 5}}, "interval_seconds": 60});
    put(&world, "backup", &spec).await.is(200);
    let beat = async || {
        world
            .admin()
            .post("/monitors/backup/beat", &json!({}))
            .await
            .is(204)
    };

    beat().await;
    assert_eq!(view(&world, "backup").await["status"], "up");
    let next = "select extract(epoch from next_due_at - now()) between 55 and 65 from monitors";
    assert_eq!(world.database.ask(next).await, ["t"]);
    let late = "update monitors set next_due_at = now() - interval '1 second'";
    world.database.tell(late).await.unwrap();
    // Whoever has not been there for as long cannot know.
    meanwhile(Duration::from_millis(2_500), async || {
        let view = view(&world, "backup").await;
        if view["status"] == "up" {
            Ok(())
        } else {
            Err(view.to_string())
        }
    })
    .await;
    let short =
        "update monitors set interval_ms = 1, spec = spec #- '{probe,heartbeat,grace_seconds}'";
    world.database.tell(short).await.unwrap();

    let down = stands(&world, "backup", "down").await;
    let long = "update monitors set interval_ms = 60000";
    world.database.tell(long).await.unwrap();
    assert_eq!(down["incident"]["cause"], "it has not reported in time");
    beat().await;
    let up = view(&world, "backup").await;
    assert_eq!(
        (&up["status"], &up["incident"]),
        (&json!("up"), &json!(null))
    );
    let nobody_looks = web.try_frame("check", Duration::from_millis(300)).await;
    assert_eq!(nobody_looks, Err(Silence::Nothing));
    let asked = world
        .admin()
        .post("/monitors/backup/check", &json!({}))
        .await;
    asked.problem(409, "conflict");
}

#[tokio::test]
async fn a_monitor_that_is_paused_is_not_looked_at_and_is_down_no_more() {
    let world = World::start().await;
    let mut web = prober(&world, "web-1", "iad").await;
    put(&world, "site", &page_with(&json!({"down_after": 1})))
        .await
        .is(200);
    answer(&mut web, "failed").await;
    stands(&world, "site", "down").await;

    let paused = super::pause(&world, "site").await;
    assert_eq!(paused["status"], "paused");
    assert_eq!(paused["paused_by"], "admin");
    assert_eq!(paused["next_check_at"], json!(null));
    assert_eq!(
        incidents(&world, "site").await[0]["closed_because"],
        "admin has paused it"
    );
    let asked = world.admin().post("/monitors/site/check", &json!({})).await;
    asked.problem(409, "conflict");
    meanwhile(Duration::from_millis(1_500), async || {
        let view = view(&world, "site").await;
        if view["status"] == "paused" {
            Ok(())
        } else {
            Err(view.to_string())
        }
    })
    .await;

    let resumed = world
        .admin()
        .post("/monitors/site/resume", &json!({}))
        .await
        .is(200);
    assert_eq!(resumed["status"], "unknown");
    answer(&mut web, "good").await;
    stands(&world, "site", "up").await;
}

#[tokio::test]
async fn an_agent_looks_at_a_page_and_says_when_it_is_gone() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let (page, gone) = (Web::start().await, Web::gone().await);
    let at = |web: &Web| json!({"probe": {"http": {"url": web.url("/health")}}, "down_after": 1});

    put(&world, "site", &page_with(&at(&page))).await.is(200);
    stands(&world, "site", "up").await;
    put(&world, "site", &page_with(&at(&gone))).await.is(200);

    let down = stands(&world, "site", "down").await;
    let cause = down["incident"]["cause"].as_str().unwrap();
    assert!(cause.contains("refused"), "{cause}");
    let test = json!({"probe": at(&page)["probe"]});
    let seen = world.admin().post("/monitors/test", &test).await.is(200);
    assert_eq!(seen["outcome"]["result"], "good");
    assert_eq!(seen["worker"], "web-1");
}
