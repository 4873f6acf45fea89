//! Servers without the key of today leave what needs it to others.

use futures_util::future::join_all;
use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually, eventually_async},
    steps,
    world::{KEY_FILE, ended, said, step_of},
};
use serde_json::json;

use super::{TOKEN, apply, put};

/// A world whose second server has another key, and whose first begins nothing until it is back.
async fn with_a_wrong_key() -> World {
    let mut world = World::start().await;
    put(&world, "TOKEN", &json!({"value": TOKEN})).await;
    let mut quiet = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    quiet["secrets"] = json!(["TOKEN"]);
    apply(&world, "quiet", &quiet).await;
    let other = world.folder().join("other.key");
    world.add_server(&[(KEY_FILE, other.to_str().unwrap())]);
    let made = said(world.servers[1].command(&["secrets", "init-key"])).await;
    made.is(0);
    world
}

/// Waits until the second server has said this.
fn has_said(world: &World, part: &str) {
    eventually("what the server says", PATIENCE, || {
        world.servers[1].said().contains(part).then_some(())
    });
}

#[tokio::test]
async fn a_schedule_waits_for_a_server_that_has_the_key() {
    let mut world = with_a_wrong_key().await;
    for name in ["soon", "late"] {
        let spec = json!({"workflow": "quiet", "cron": "0 0 1 1 *", "name": name});
        world.admin().post("/schedules", &spec).await.is(201);
    }
    world.servers[0].kill();
    let slots = async |world: &World, expected: &[&str]| {
        let query = "select s.name || ' ' || n.result from schedule_slots n \
            join schedules s on s.id = n.schedule_id order by s.name";
        eventually_async("what came of the moments", PATIENCE, async || {
            let slots = world.database.ask(query).await;
            let is_so = slots == expected;
            is_so.then_some(()).ok_or_else(|| format!("{slots:?}"))
        })
        .await;
    };

    let due = "update schedules set next_due_at = now() - case name when 'late' then interval '2 minutes' else '0' end";
    world.database.tell(due).await.unwrap();
    has_said(&world, "a schedule is left to other servers");
    // What waits for long is to be seen; it is due all the same.
    slots(&world, &["late refused"]).await;
    world.servers[0].start();

    slots(&world, &["late started", "soon started"]).await;
}

#[tokio::test]
async fn a_step_that_runs_a_workflow_waits_for_a_server_that_has_the_key() {
    let mut world = with_a_wrong_key().await;
    let outer = json!({"steps": [steps::prompt("ask"), {"id": "sub", "workflow": "quiet"}]});
    let number = world.run(&outer).await;
    let prompt = world.prompt(number).await["number"].to_string();
    world.servers[0].kill();

    let other = world.admin_at(1);
    let path = format!("/prompts/{prompt}/answer");
    let answer = json!({"response": "Yes"});
    other.post(&path, &answer).await.is(200);
    has_said(&world, "a step is left to other servers");
    let path = format!("/executions/{number}");
    let waiting = other.get(&path).await.is(200);
    world.servers[0].start();

    let step = step_of(&waiting, "sub");
    assert!(step["reason"].is_null(), "{step}");
    let execution = ended(&other, number).await;
    assert_eq!(execution["status"], "completed", "{execution}");
}

#[tokio::test]
async fn many_schedules_that_need_the_key_hold_up_none_that_does_not() {
    let mut world = with_a_wrong_key().await;
    let open = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    apply(&world, "open", &open).await;
    for (name, workflow) in [("keyed", "quiet"), ("free", "open")] {
        let spec = json!({"workflow": workflow, "cron": "0 0 1 1 *", "name": name});
        world.admin().post("/schedules", &spec).await.is(201);
    }
    world.servers[0].kill();
    let many = "insert into schedules \
        select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'name', 'keyed-' || n))).* \
        from schedules s, generate_series(1, 200) n where name = 'keyed'";
    world.database.tell(many).await.unwrap();

    let due = "update schedules set next_due_at = now() - case name when 'free' then interval '0' else '1 second' end";
    world.database.tell(due).await.unwrap();

    eventually_async("the one that needs no key", 3 * PATIENCE, async || {
        let started = "select s.name from schedule_slots n join schedules s on s.id = n.schedule_id \
            where n.result = 'started'";
        let started = world.database.ask(started).await;
        (started == ["free"]).then_some(()).ok_or_else(|| format!("{started:?}"))
    })
    .await;
    let said = world.servers[1].said();
    let each = said.matches("a schedule is left to other servers").count();
    assert_eq!(each, 201);
}

#[tokio::test]
async fn many_steps_that_need_the_key_hold_up_none_that_does_not() {
    let mut world = with_a_wrong_key().await;
    let open = json!({"steps": [{"id": "rest", "type": "wait", "duration": "1ms"}]});
    apply(&world, "open", &open).await;
    let outer = |inner: &str| json!({"steps": [{"id": "sub", "workflow": inner}]});
    world.servers[0].kill();
    let other = world.admin_at(1);
    let keyed = json!({"definition": outer("quiet")});
    let starts = (0..201).map(|_| other.post("/executions", &keyed));
    let first = join_all(starts).await.remove(0).is(201)["number"].clone();

    let free = json!({"definition": outer("open")});
    let free = other.post("/executions", &free).await.is(201)["number"].clone();

    let execution = ended(&other, free.as_i64().unwrap()).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    world.servers[0].start();
    let execution = ended(&other, first.as_i64().unwrap()).await;
    assert_eq!(execution["status"], "completed", "{execution}");
}
