//! What starts by the clock: each moment once, and nothing in silence.

mod made;

use pulse_tests::{
    World,
    client::send,
    eventually::{PATIENCE, eventually_async},
    steps,
};
use reqwest::Method;
use serde_json::{Value, json};

/// Long after the tests: only what a test makes due is due.
const NEVER: &str = "0 0 1 1 *";

async fn world() -> World {
    let world = World::start().await;
    let brief = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    let asking = json!({"steps": [steps::prompt("ask")]});
    for (name, document) in [("brief", brief), ("asking", asking)] {
        let path = format!("/workflows/{name}");
        world
            .admin()
            .put(&path, &document.to_string())
            .await
            .is(201);
    }
    world
}

async fn create(world: &World, mut spec: Value) -> Value {
    if spec["cron"].is_null() {
        spec["cron"] = json!(NEVER);
    }
    world.admin().post("/schedules", &spec).await.is(201)
}

/// Makes every schedule due, as of so long ago.
async fn make_due(world: &World, ago: &str) {
    let statement = format!(
        "update schedules set next_due_at = now() - interval '{ago}' where paused_at is null"
    );
    world.database.tell(&statement).await.unwrap();
}

/// Waits until nothing is due any more; the schedule as it is then.
async fn decided(world: &World, name: &str) -> Value {
    eventually_async("nothing is due", PATIENCE, async || {
        let due = "select count(*) from schedules where next_due_at <= now() and paused_at is null";
        match world.database.ask(due).await[0].as_str() {
            "0" => Ok(()),
            more => Err(more.to_owned()),
        }
    })
    .await;
    world
        .admin()
        .get(&format!("/schedules/{name}"))
        .await
        .is(200)
}

async fn fire(world: &World, name: &str) -> Value {
    make_due(world, "0 seconds").await;
    decided(world, name).await["slots"][0].clone()
}

async fn count(world: &World, of: &str) -> i64 {
    let query = format!("select count(*) from {of}");
    world.database.ask(&query).await[0].parse().unwrap()
}

#[tokio::test]
async fn a_hundred_moments_at_once_start_one_execution_each_on_two_replicas() {
    let mut world = world().await;
    world.add_server(&[]);
    for _ in 0..100 {
        create(&world, json!({"workflow": "brief"})).await;
    }

    make_due(&world, "0 seconds").await;
    decided(&world, "brief-100").await;

    assert_eq!(count(&world, "executions").await, 100);
    assert_eq!(
        count(&world, "schedule_slots where result = 'started'").await,
        100
    );
    let started = "(select distinct s.schedule_id from schedule_slots s \
        join executions e on e.id = s.execution_id) as started";
    assert_eq!(count(&world, started).await, 100);
}

#[tokio::test]
async fn a_server_that_dies_over_a_moment_has_started_it_once_in_the_end() {
    let mut world = world().await;
    create(&world, json!({"workflow": "brief", "overlap": "allow"})).await;

    for (expected, moment) in [(1, "begin"), (2, "before_commit"), (3, "after_commit")] {
        world.servers[0].die_at(&format!("fire::Fire {moment}"));
        make_due(&world, "0 seconds").await;
        world.servers[0].died();
        world.servers[0].start();
        decided(&world, "brief").await;

        assert_eq!(count(&world, "executions").await, expected, "{moment}");
        assert_eq!(count(&world, "schedule_slots").await, expected, "{moment}");
    }
}

#[tokio::test]
async fn what_is_due_while_no_server_is_there_is_made_up_for_as_the_schedule_says() {
    let mut world = world().await;
    for missed in ["skip", "once", "all"] {
        let spec =
            json!({"workflow": "brief", "name": missed, "missed": missed, "overlap": "allow"});
        create(&world, spec).await;
    }

    world.servers[0].kill();
    // As many whole hours have passed as there are moments, and none of them lately.
    let statement = "update schedules set cron = extract(minute from now() - interval '10 minutes')::text || ' * * * *', \
        next_due_at = date_trunc('minute', now()) - interval '190 minutes'";
    world.database.tell(statement).await.unwrap();
    world.servers[0].start();
    decided(&world, "all").await;

    let came = async |name: &str, result: &str| {
        let of = format!(
            "schedule_slots s join schedules c on c.id = s.schedule_id \
             where c.name = '{name}' and s.result = '{result}'"
        );
        count(&world, &of).await
    };
    assert_eq!(
        (came("skip", "started").await, came("skip", "missed").await),
        (0, 4)
    );
    assert_eq!(
        (came("once", "started").await, came("once", "missed").await),
        (1, 3)
    );
    assert_eq!(
        (came("all", "started").await, came("all", "missed").await),
        (4, 0)
    );
}

#[tokio::test]
async fn while_an_earlier_run_is_going_the_next_is_skipped_and_says_why() {
    let world = world().await;
    create(&world, json!({"workflow": "asking"})).await;

    let first = fire(&world, "asking").await;
    let second = fire(&world, "asking").await;

    assert_eq!(
        (&first["result"], &first["execution"]),
        (&json!("started"), &json!(1))
    );
    assert_eq!(second["result"], "skipped");
    assert_eq!(second["detail"], "#1 is still going");
}

#[tokio::test]
async fn one_run_waits_for_the_earlier_one_and_no_more_than_one() {
    let world = world().await;
    create(&world, json!({"workflow": "asking", "overlap": "queue"})).await;

    let first = fire(&world, "asking").await["execution"].as_i64().unwrap();
    let second = fire(&world, "asking").await["execution"].as_i64().unwrap();
    let third = fire(&world, "asking").await;

    assert_eq!(world.execution(second).await["status"], "pending");
    assert_eq!(third["result"], "skipped");
    assert_eq!(
        third["detail"],
        format!("#{second} still waits for its turn")
    );
    world.prompt(first).await;
    let path = format!("/executions/{first}/respond");
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    world.prompt(second).await;
}

#[tokio::test]
async fn a_run_that_replaces_begins_once_the_earlier_one_has_ended() {
    let world = world().await;
    create(&world, json!({"workflow": "asking", "overlap": "replace"})).await;

    let first = fire(&world, "asking").await["execution"].as_i64().unwrap();
    world.prompt(first).await;
    let second = fire(&world, "asking").await["execution"].as_i64().unwrap();

    assert_eq!(world.ended(first).await["status"], "cancelled");
    world.prompt(second).await;
}

#[tokio::test]
async fn a_schedule_for_another_workflow_replaces_no_run_of_the_earlier_one() {
    let world = world().await;
    let mut spec =
        json!({"name": "nightly", "cron": NEVER, "workflow": "asking", "overlap": "replace"});
    create(&world, spec.clone()).await;
    let first = fire(&world, "nightly").await["execution"].as_i64().unwrap();
    world.prompt(first).await;
    spec["workflow"] = json!("brief");
    let path = "/schedules/nightly";
    let edit = world.admin().request(Method::PUT, path).json(&spec);
    send(edit).await.is(200);

    let second = fire(&world, "nightly").await["execution"].as_i64().unwrap();

    assert_eq!(world.ended(second).await["status"], "completed");
    assert_eq!(world.execution(first).await["status"], "waiting");
}

#[tokio::test]
async fn runs_that_may_overlap_do() {
    let world = world().await;
    create(&world, json!({"workflow": "asking", "overlap": "allow"})).await;

    for _ in 0..2 {
        let number = fire(&world, "asking").await["execution"].as_i64().unwrap();
        world.prompt(number).await;
    }

    assert_eq!(
        count(&world, "executions where status = 'waiting'").await,
        2
    );
}

#[tokio::test]
async fn nobody_starts_by_the_clock_what_they_may_not_start_any_more() {
    let world = world().await;
    let body = json!({"name": "maria", "role": "operator", "ttl_seconds": 3600});
    let token = world.admin().post("/tokens", &body).await.is(201);
    let maria = world.anonymous().with(token["token"].as_str().unwrap());
    let spec = json!({"workflow": "brief", "cron": NEVER});
    let made = maria.post("/schedules", &spec).await.is(201);
    let first = fire(&world, "brief").await;
    let started = world.execution(first["execution"].as_i64().unwrap()).await;

    let id = token["id"].as_str().unwrap();
    world.admin().delete(&format!("/tokens/{id}")).await.is(204);
    let second = fire(&world, "brief").await;

    assert_eq!(started["started_by"], made["runs_as"]);
    assert!(
        started["reason"]
            .as_str()
            .unwrap()
            .starts_with("schedule brief, due ")
    );
    assert_eq!(second["result"], "refused");
    let why = second["detail"].as_str().unwrap();
    assert!(why.contains("has run out or was revoked"), "{why}");
    assert_eq!(
        count(
            &world,
            "audit where action = 'schedule.refuse' and subject = 'brief'"
        )
        .await,
        1
    );
    let taken_over = world
        .admin()
        .post("/schedules/brief/resume", &json!({}))
        .await;
    assert_eq!(taken_over.is(200)["runs_as"], "admin");
    assert_eq!(fire(&world, "brief").await["result"], "started");
}

#[tokio::test]
async fn a_start_that_is_refused_says_why_where_one_looks_for_it() {
    let world = world().await;
    let nowhere = json!({"steps": [{"command": "true", "targets": ["nobody"]}]});
    world
        .admin()
        .put("/workflows/nowhere", &nowhere.to_string())
        .await
        .is(201);
    for name in ["brief", "nowhere", "asking"] {
        create(&world, json!({"workflow": name})).await;
    }
    world
        .admin()
        .post("/workflows/brief/pause", &json!({"reason": "no"}))
        .await
        .is(200);
    world.admin().delete("/workflows/asking").await.is(204);

    make_due(&world, "0 seconds").await;
    let paused = decided(&world, "brief").await["slots"][0].clone();

    assert_eq!(paused["result"], "skipped");
    assert_eq!(paused["detail"], "admin has paused brief: no");
    let nowhere = world.ctl(&["schedule", "show", "nowhere"]).await;
    assert!(
        nowhere.is(0).contains("refused: step "),
        "{}",
        nowhere.stdout
    );
    let deleted = world.ctl(&["schedule", "ls"]).await;
    assert!(
        deleted.is(0).contains("refused: the workflow was deleted"),
        "{}",
        deleted.stdout
    );
    assert_eq!(count(&world, "executions").await, 0);
}

#[tokio::test]
async fn a_paused_schedule_starts_nothing_and_makes_up_for_nothing() {
    let world = world().await;
    create(&world, json!({"workflow": "brief"})).await;
    world.ctl(&["schedule", "pause", "brief"]).await.is(0);
    let statement = "update schedules set next_due_at = now() - interval '1 day'";
    world.database.tell(statement).await.unwrap();

    let resumed = world.ctl(&["schedule", "resume", "brief"]).await;
    let view = decided(&world, "brief").await;

    assert_eq!(resumed.is(0), "schedule/brief resumed, runs as admin\n");
    assert_eq!(view["slots"], json!([]));
    let triggered = world.ctl(&["schedule", "trigger", "brief"]).await;
    assert_eq!(triggered.is(0), "schedule/brief started #1\n");
}

#[tokio::test]
async fn a_schedule_whose_moment_was_decided_before_stands_in_nobodys_way() {
    let world = world().await;
    create(&world, json!({"workflow": "brief", "name": "again"})).await;
    fire(&world, "again").await;
    create(&world, json!({"workflow": "brief", "name": "after"})).await;

    let back = "update schedules set next_due_at = case when name = 'after' then now() \
        else (select max(due_at) from schedule_slots) end";
    world.database.tell(back).await.unwrap();
    let after = decided(&world, "after").await;

    assert_eq!(after["slots"][0]["result"], "started", "{after}");
    assert_eq!(count(&world, "schedule_slots").await, 2);
}

#[tokio::test]
async fn a_moment_that_could_not_be_decided_yet_still_starts() {
    let world = world().await;
    create(&world, json!({"workflow": "brief"})).await;
    let undecided = "with due as (update schedules set next_due_at = now() returning id, next_due_at) \
        insert into schedule_slots (schedule_id, due_at, result, detail) \
        select id, next_due_at, 'refused', 'its time zone is not known to this version' from due";

    world.database.tell(undecided).await.unwrap();
    let view = decided(&world, "brief").await;

    assert_eq!(view["slots"][0]["result"], "started", "{view}");
    assert_eq!(view["slots"].as_array().unwrap().len(), 1);
}
