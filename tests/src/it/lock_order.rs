//! Whoever takes several locks takes them in the order of everybody else.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    steps,
    world::step_of,
};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_postgres::Client;

async fn apply(world: &World, name: &str, document: &Value) {
    let path = format!("/workflows/{name}");
    world.admin().put(&path, &document.to_string()).await.ok();
}

#[tokio::test]
async fn whoever_starts_by_a_schedule_does_not_wait_for_whoever_applies_its_document() {
    let world = World::start().await;
    let mut document =
        json!({"triggers": {"schedule": [{"cron": "0 0 1 1 *"}]}, "steps": [steps::prompt("ask")]});
    apply(&world, "nightly", &document).await;
    document["description"] = json!("every night");
    let starting = world.database.session().await;
    let schedule = "begin; select 1 from schedules for update";
    starting.batch_execute(schedule).await.unwrap();

    let applying = apply(&world, "nightly", &document);
    let meanwhile = async {
        world.database.is_held_up("insert into schedules").await;
        // What an execution of the workflow asks of it.
        let row = "select 1 from workflows for key share nowait";
        let taken = starting.batch_execute(row).await;
        starting.batch_execute("rollback").await.unwrap();
        taken
    };
    let ((), taken) = tokio::join!(applying, meanwhile);

    taken.expect("it is free");
}

/// Locks the group of the document.
async fn lock_group(session: &Client) {
    let lock = "begin; select pg_advisory_xact_lock(180, hashtext('1st'))";
    session.batch_execute(lock).await.unwrap();
}

/// How many groups somebody has locked who waits for another one.
async fn locked_before(world: &World) -> String {
    world.database.is_held_up("pg_advisory_xact_lock").await;
    let query = "with locks as (select * from pg_locks where locktype = 'advisory' and classid = 180 \
          and database = (select oid from pg_database where datname = current_database())) \
        select count(*) from locks where granted and pid in (select pid from locks where not granted)";
    world.database.ask(query).await.remove(0)
}

#[tokio::test]
async fn groups_are_locked_in_one_order_wherever_their_names_are_sorted() {
    let world = World::start().await;
    // By this one `@` comes before `1`; by their bytes it does not.
    let collation = "alter table places alter column name type text collate \"und-x-icu\"";
    world.database.tell(collation).await.unwrap();
    let document = json!({"concurrency": {"group": "1st"}, "steps": [steps::prompt("ask")]});
    apply(&world, "deploy", &document).await;
    let schedule =
        json!({"name": "often", "workflow": "deploy", "cron": "0 0 1 1 *", "overlap": "queue"});
    world.admin().post("/schedules", &schedule).await.is(201);
    let due = "update schedules set next_due_at = now() - interval '1 second'";
    world.database.tell(due).await.unwrap();
    let ring = async || {
        // Whatever concerns schedules rings.
        world
            .admin()
            .post("/schedules/often/resume", &json!({}))
            .await;
    };
    ring().await;
    let first = eventually_async("the first run", PATIENCE, async || {
        let runs = world.admin().get("/executions").await.is(200);
        runs["items"][0]["number"]
            .as_i64()
            .ok_or_else(|| runs.to_string())
    })
    .await;
    world.prompt(first).await;
    let session = world.database.session().await;

    lock_group(&session).await;
    world.database.tell(due).await.unwrap();
    ring().await;
    let by_start = locked_before(&world).await;
    session.batch_execute("commit").await.unwrap();
    eventually_async("the second run", PATIENCE, async || {
        let waiting = "select count(*) from executions where status = 'pending'";
        let waiting = world.database.ask(waiting).await;
        (waiting == ["1"])
            .then_some(())
            .ok_or_else(|| format!("{waiting:?} wait"))
    })
    .await;
    lock_group(&session).await;
    let path = format!("/executions/{first}/respond");
    let answer = world.admin().request(Method::POST, &path);
    let answer = answer.json(&json!({"response": "Yes"}));
    assert_eq!(answer.send().await.unwrap().status(), 200);
    let by_turn = locked_before(&world).await;
    session.batch_execute("commit").await.unwrap();

    assert_eq!(by_start, by_turn);
}

#[tokio::test]
async fn whoever_comes_late_to_begin_what_has_begun_does_not_wait_for_it() {
    let mut world = World::start().await;
    let group = json!({"group": "1st", "limit": 2});
    let inner = json!({"concurrency": group, "steps": [steps::prompt("ask")]});
    let outer = json!({"concurrency": group, "steps": [{"id": "sub", "workflow": "inner"}]});
    apply(&world, "inner", &inner).await;
    let first = [world.run(&inner).await, world.run(&inner).await];
    for number in first {
        world.prompt(number).await;
    }
    let waiting = world.run(&outer).await;
    let (now, then) = (
        world.database.session().await,
        world.database.session().await,
    );
    lock_group(&now).await;
    for number in first {
        let path = format!("/executions/{number}/respond");
        let yes = json!({"response": "Yes"});
        world.admin().post(&path, &yes).await.is(200);
        world.ended(number).await;
    }
    let groups = "pg_advisory_xact_lock";
    world.database.is_held_up(groups).await;

    // Between the two replicas the group is the test's.
    let between = lock_group(&then);
    let replicas = async {
        world.database.are_held_up(2, groups).await;
        world.add_server(&[]);
        world.database.are_held_up(3, groups).await;
        now.batch_execute("commit").await.unwrap();
    };
    tokio::join!(between, replicas);
    // The step of what has begun asks for the group, behind the replica that is late.
    world.database.are_held_up(2, groups).await;
    then.batch_execute("commit").await.unwrap();

    let inner = eventually_async("the inner one", PATIENCE, async || {
        let view = world.execution(waiting).await;
        let child = step_of(&view, "sub")["call"]["execution"].as_i64();
        child.ok_or_else(|| view.to_string())
    })
    .await;
    world.prompt(inner).await;
    let circles = "select deadlocks from pg_stat_database where datname = current_database()";
    assert_eq!(world.database.ask(circles).await, ["0"]);
}
