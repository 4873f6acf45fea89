//! Workers that are called otherwise while an execution goes over them.

use pulse_tests::{World, socket::Socket, steps, world::jobs_of};
use serde_json::{Value, json};

/// Two steps on the worker of this name.
fn two_steps(name: &str) -> Value {
    let step = |id: &str| json!({"id": id, "command": "true", "targets": [name]});
    json!({"steps": [step("first"), step("second")]})
}

/// Takes the next job, which ends so.
async fn carry_out(host: &mut Socket, exit_code: i32) -> Value {
    let offer = host.take().await;
    let result = host.result(&offer, exit_code);
    host.send(&result).await;
    offer
}

async fn rename(world: &World, name: &str, to: &str) {
    let path = format!("/workers/{name}");
    let answer = world.admin().patch(&path, &json!({"name": to})).await;
    assert_eq!(answer.is(200)["name"], to);
}

#[tokio::test]
async fn an_execution_goes_on_on_its_host_under_another_name() {
    let world = World::start().await;
    let mut host = world.socket("web-1").await;
    let number = world.run(&two_steps("web-1")).await;
    let offer = host.take().await;

    rename(&world, "web-1", "web-one").await;
    let result = host.result(&offer, 0);
    host.send(&result).await;
    carry_out(&mut host, 0).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "first")[0]["worker"], "web-1");
    assert_eq!(jobs_of(&execution, "second")[0]["worker"], "web-one");
}

#[tokio::test]
async fn who_takes_over_a_name_takes_over_no_execution() {
    let world = World::start().await;
    let mut host = world.socket("web-1").await;
    let number = world.run(&two_steps("web-1")).await;
    let offer = host.take().await;

    rename(&world, "web-1", "web-old").await;
    let mut heir = world.socket("web-1").await;
    let result = host.result(&offer, 0);
    host.send(&result).await;
    let later = world.run(&steps::one("true", &["web-1"])).await;
    let inherited = carry_out(&mut heir, 0).await;
    let later = world.ended(later).await;
    carry_out(&mut host, 0).await;
    let execution = world.ended(number).await;

    assert_eq!(jobs_of(&later, "only")[0]["worker"], "web-1");
    assert_eq!(inherited["execution_id"], later["id"]);
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "second")[0]["worker"], "web-old");
}

#[tokio::test]
async fn a_name_means_who_had_it_although_another_was_on_its_way_at_the_start() {
    let world = World::start().await;
    let mut host = world.socket("web-1").await;
    let busy = world.database.session().await;
    let lock = "begin; select 1 from workers where name = 'web-1' for no key update";
    busy.batch_execute(lock).await.unwrap();
    let mut later = steps::one("true", &["web-1"]);
    let only = later["steps"][0].take();
    later["steps"] = json!([steps::prompt("ask"), only]);

    let start = async {
        world.database.is_held_up("into renames").await;
        let number = world.run(&later).await;
        busy.batch_execute("commit").await.unwrap();
        number
    };
    let (number, ()) = tokio::join!(start, rename(&world, "web-1", "web-one"));
    let asked = world.prompt(number).await;
    let path = format!("/prompts/{}/answer", asked["number"]);
    let answer = json!({"response": "Yes"});
    world.admin().post(&path, &answer).await.is(200);
    carry_out(&mut host, 0).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "only")[0]["worker"], "web-one");
}

#[tokio::test]
async fn a_name_that_was_nobodys_at_the_start_means_no_worker_that_had_it_since() {
    let world = World::start().await;
    let mut host = world.socket("web-1").await;
    let _other = world.socket("db-1").await;
    let groups = json!({"groups": ["web"]});
    world.admin().patch("/workers/web-1", &groups).await.is(200);
    let number = world.run(&two_steps("web")).await;
    let offer = host.take().await;

    rename(&world, "db-1", "web").await;
    rename(&world, "web", "db-1").await;
    let result = host.result(&offer, 0);
    host.send(&result).await;
    carry_out(&mut host, 0).await;
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "second")[0]["worker"], "web-1");
}

#[tokio::test]
async fn what_failed_is_tried_again_on_the_host_where_it_failed() {
    let world = World::start().await;
    let mut host = world.socket("web-1").await;
    let document = json!({"steps": [{"id": "only", "command": "true"}]});
    let body = json!({"definition": document, "targets": ["web-1"]});
    let started = world.admin().post("/executions", &body).await;
    let number = started.is(201)["number"].as_i64().unwrap();
    carry_out(&mut host, 1).await;
    assert_eq!(world.ended(number).await["status"], "failed");

    rename(&world, "web-1", "web-old").await;
    let _heir = world.socket("web-1").await;
    let path = format!("/executions/{number}/retry");
    let wish = json!({"failed": true});
    let again = world.admin().post(&path, &wish).await;
    let again = again.is(201)["number"].as_i64().unwrap();
    carry_out(&mut host, 0).await;
    let execution = world.ended(again).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(jobs_of(&execution, "only")[0]["worker"], "web-old");
}
