//! What hosts can do: runtimes that work, keys of their own, and what follows from it.

use pulse_tests::{
    World,
    eventually::{PATIENCE, eventually_async},
    world::jobs_of,
};
use rustix::process::Signal;
use serde_json::{Value, json};

async fn worker(world: &World, name: &str) -> Value {
    world.admin().get(&format!("/workers/{name}")).await.is(200)
}

async fn names(world: &World, query: &str) -> Vec<String> {
    let listed = world
        .admin()
        .get(&format!("/workers?{query}"))
        .await
        .is(200);
    let items = listed["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

/// An agent whose `node` answers, and whose `python3` does not.
async fn add_with_stand_ins(world: &mut World, name: &str) {
    world.stand_in(
        "node",
        "[ \"$1\" = --version ] && exec echo v99.1.2; exec /bin/sh \"$1\"",
    );
    let bin = world.stand_in("python3", "exit 1");
    world.stand_in("python", "exit 1");
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let agent = world.new_agent(name).await.with("PATH", &path);
    world.add(agent).await;
}

#[tokio::test]
async fn a_runtime_is_offered_only_if_it_really_runs() {
    let mut world = World::start().await;
    add_with_stand_ins(&mut world, "web-1").await;

    let view = worker(&world, "web-1").await;

    let runtimes = view["capabilities"]["runtimes"].as_array().unwrap().clone();
    for always in ["native", "shell", "node"] {
        assert!(runtimes.contains(&json!(always)), "{runtimes:?}");
    }
    assert!(!runtimes.contains(&json!("python")), "{runtimes:?}");
    assert_eq!(view["capabilities"]["runtime_versions"]["node"], "99.1.2");
    let said = world.agent("web-1").said();
    assert!(
        said.contains("not offered") && said.contains("node 99.1.2"),
        "{said}"
    );
}

#[tokio::test]
async fn the_environment_wins_over_the_configuration_and_that_over_detection() {
    let mut world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(&json!({"worker": {"runtimes": ["bash", "ruby-that-is-not-there"]}}));
    world.add(agent).await;
    let mut agent = world.new_agent("web-2").await;
    agent.configure(&json!({"worker": {"runtimes": ["bash"]}}));
    agent.set("PULSE_SENSOR_RUNTIMES", "shell");
    world.add(agent).await;

    let runtimes =
        async |name: &str| worker(&world, name).await["capabilities"]["runtimes"].clone();

    assert_eq!(runtimes("web-1").await, json!(["native", "shell", "bash"]));
    assert_eq!(runtimes("web-2").await, json!(["native", "shell"]));
    assert_eq!(names(&world, "runtime=bash&role=action").await, ["web-1"]);
    assert_eq!(names(&world, "role=sensor").await, [""; 0]);
}

#[tokio::test]
async fn a_script_goes_only_to_workers_that_have_its_runtime() {
    let mut world = World::start().await;
    add_with_stand_ins(&mut world, "web-1").await;
    let agent = world
        .new_agent("web-2")
        .await
        .with("PULSE_SENSOR_RUNTIMES", "shell");
    world.add(agent).await;
    let step = json!({"id": "only", "runtime": "node", "script": "echo from a script", "targets": ["all"]});

    let execution = world.complete(&json!({"steps": [step.clone()]})).await;

    let jobs = jobs_of(&execution, "only");
    assert_eq!(jobs.len(), 1, "{execution}");
    assert_eq!(
        (&jobs[0]["worker"], &jobs[0]["status"]),
        (&json!("web-1"), &json!("succeeded"))
    );
    let mut named = step;
    named["targets"] = json!(["web-1", "web-2"]);
    let refused = world
        .admin()
        .post("/executions", &json!({"definition": {"steps": [named]}}))
        .await;
    let problem = refused.is(422);
    assert_eq!(problem["code"], "no_targets");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("web-2 has not the runtime `node`"),
        "{problem}"
    );
}

#[tokio::test]
async fn a_host_says_where_it_runs_unless_it_is_told() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let agent = world
        .new_agent("web-2")
        .await
        .with("PULSE__WORKER__TYPE", "container");
    world.add(agent).await;

    assert_eq!(worker(&world, "web-1").await["type"], "local");
    assert_eq!(worker(&world, "web-2").await["type"], "container");
}

#[tokio::test]
async fn capabilities_can_be_added_at_run_time_and_are_selected_by() {
    let mut world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(&json!({"worker": {"capabilities": {"custom_feature": true}}}));
    world.add(agent).await;
    world.add_agent("web-2").await;
    assert_eq!(
        worker(&world, "web-1").await["capabilities"]["custom_feature"],
        true
    );
    assert_eq!(
        names(&world, "selector=capability.custom_feature%3Dtrue").await,
        ["web-1"]
    );
    let targets = json!("capability.gpu=h100");
    let step = json!({"id": "only", "command": "true", "targets": targets});
    let document = json!({"definition": {"steps": [step]}});
    assert_eq!(
        world.admin().post("/executions", &document).await.status,
        422
    );

    let more = json!({"worker": {"capabilities": {"gpu": "h100"}, "max_concurrent": 2}});
    world.agent("web-1").configure(&more);
    world.agent("web-1").signal(Signal::HUP);

    let view = eventually_async("the new capability", PATIENCE, async || {
        let view = worker(&world, "web-1").await;
        let is_there = view["capabilities"]["gpu"] == "h100";
        is_there
            .then_some(view.clone())
            .ok_or_else(|| view.to_string())
    })
    .await;
    assert_eq!(view["capabilities"]["custom_feature"], Value::Null);
    assert_eq!(view["capabilities"]["max_concurrent"], 2);
    let execution = world.complete(&document["definition"]).await;
    assert_eq!(jobs_of(&execution, "only")[0]["worker"], "web-1");
}

#[tokio::test]
async fn a_configuration_that_is_of_no_use_changes_nothing() {
    let mut world = World::start().await;
    let mut agent = world.new_agent("web-1").await;
    agent.configure(&json!({"function_blocks": [{"name": "tag", "argv": ["true"]}]}));
    world.add(agent).await;

    world
        .agent("web-1")
        .configure(&json!({"function_blocks": [{"name": "tag"}]}));
    let refused = world.agent("web-1").command(&["reload"]).output().unwrap();
    let step = json!({"id": "only", "uses": "tag", "targets": ["web-1"]});
    let execution = world.complete(&json!({"steps": [step]})).await;

    assert_eq!(refused.status.code(), Some(78));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("needs a `command` or an `argv`"), "{said}");
    assert_eq!(execution["status"], "completed");
}

#[tokio::test]
async fn what_an_agent_can_do_after_an_upgrade_is_known_when_it_connects() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let before = worker(&world, "web-1").await;
    assert_eq!(before["capabilities"]["gpu"], Value::Null);

    world.agent("web-1").kill_link();
    world
        .agent("web-1")
        .configure(&json!({"worker": {"capabilities": {"gpu": 1}}}));
    world.agent("web-1").start();

    eventually_async("the new capability", PATIENCE, async || {
        let view = worker(&world, "web-1").await;
        (view["capabilities"]["gpu"] == 1)
            .then_some(())
            .ok_or_else(|| view.to_string())
    })
    .await;
}

#[tokio::test]
async fn a_pick_takes_the_worker_that_has_the_least_to_do() {
    let mut world = World::start().await;
    for name in ["web-1", "web-2", "web-3"] {
        let agent = world
            .new_agent(name)
            .await
            .with("MAX_CONCURRENT_TASKS", "2");
        world.add(agent).await;
    }
    assert_eq!(
        worker(&world, "web-1").await["capabilities"]["max_concurrent"],
        2
    );
    let step = |id: usize| json!({"id": format!("s{id}"), "needs": [], "command": "sleep 1", "targets": ["all"], "pick": 1});
    let document = json!({"steps": (0..6).map(step).collect::<Vec<_>>()});

    let execution = world.complete(&document).await;

    let mut counts = std::collections::BTreeMap::new();
    for id in 0..6 {
        let worker = jobs_of(&execution, &format!("s{id}"))[0]["worker"].to_string();
        *counts.entry(worker).or_insert(0) += 1;
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [2, 2, 2]);
}

/// Two minutes are six tenths of a second here, six minutes are two seconds.
const QUICK: [(&str, &str); 3] = [
    ("PULSE__WORKERS__HEARTBEAT_INTERVAL_MS", "150"),
    ("PULSE__WORKERS__UNREACHABLE_AFTER_MS", "600"),
    ("PULSE__WORKERS__OFFLINE_AFTER_MS", "2000"),
];

/// Two hosts that run one step at a time, and a run that keeps the first one busy.
async fn busy_pair() -> (World, i64) {
    let mut world = World::with(&QUICK).await;
    for name in ["web-1", "web-2"] {
        let agent = world
            .new_agent(name)
            .await
            .with("MAX_CONCURRENT_TASKS", "1");
        world.add(agent).await;
    }
    let hold = json!({"steps": [{"id": "only", "command": "sleep 60", "targets": ["web-1"]}]});
    let held = world.run(&hold).await;
    world.step_is(held, "only", "running").await;
    (world, held)
}

/// The last attempt of the only job.
fn last(execution: &Value) -> Value {
    let jobs = jobs_of(execution, "only");
    let last = jobs.into_iter().max_by_key(|job| job["attempt"].as_u64());
    last.unwrap_or(Value::Null)
}

fn vanish(world: &mut World, name: &str) {
    let agent = world.agent(name);
    agent.kill_executor();
    agent.kill_link();
}

#[tokio::test]
async fn what_never_started_on_a_worker_that_goes_down_starts_on_another() {
    let (mut world, held) = busy_pair().await;
    world.agent("web-2").kill_link();
    world.has_status("web-2", "unreachable").await;
    let ledger = world.ledger();
    let step = json!({
        "id": "only", "command": format!("{}; echo $PULSE_WORKER", ledger.note()),
        "targets": ["all"], "pick": 1, "offline": "wait(1m)",
    });
    // The busy one is online, and so it is picked.
    let number = world.run(&json!({"steps": [step]})).await;
    let view = world.execution(number).await;
    assert_eq!(jobs_of(&view, "only")[0]["worker"], "web-1", "{view}");
    world.agent("web-2").start();
    world.is_online("web-2").await;

    vanish(&mut world, "web-1");
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let job = last(&execution);
    assert_eq!(job["worker"], "web-2");
    assert_eq!(world.output(&job).await, b"web-2\n");
    assert_eq!(ledger.lines().len(), 1);
    let held = world.ended(held).await;
    assert_eq!(jobs_of(&held, "only")[0]["status"], "lost");
}

#[tokio::test]
async fn a_move_before_the_start_uses_no_attempt_up() {
    let (mut world, _) = busy_pair().await;
    world.agent("web-2").kill_link();
    world.has_status("web-2", "unreachable").await;
    let ledger = world.ledger();
    let step = json!({
        "id": "only", "command": format!("{}; exit 1", ledger.note()), "targets": ["all"], "pick": 1,
        "offline": "wait(1m)", "retry": {"max": 1, "delay": 0, "for": ["failed"]},
    });
    let number = world.run(&json!({"steps": [step]})).await;
    world.agent("web-2").start();
    world.is_online("web-2").await;

    vanish(&mut world, "web-1");
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    let job = last(&execution);
    assert_eq!(
        (&job["worker"], &job["attempt"]),
        (&json!("web-2"), &json!(3)),
        "{execution}"
    );
    // The first try and the one that the step allows itself.
    assert_eq!(ledger.lines().len(), 2);
}

#[tokio::test]
async fn what_may_be_lost_runs_again_on_another_worker_if_any_will_do() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let command = "echo $PULSE_WORKER; [ $PULSE_WORKER = web-2 ] || sleep 60";
    let step = json!({
        "id": "only", "command": command, "targets": ["all"], "pick": 1,
        "retry": {"max": 1, "for": ["lost"]},
    });
    let number = world.run(&json!({"steps": [step]})).await;
    world.step_is(number, "only", "running").await;
    world.add_agent("web-2").await;

    vanish(&mut world, "web-1");
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let job = last(&execution);
    assert_eq!(
        (&job["worker"], &job["attempt"]),
        (&json!("web-2"), &json!(2))
    );
}

#[tokio::test]
async fn what_may_have_started_is_not_started_again_elsewhere() {
    let mut world = World::with(&QUICK).await;
    world.add_agent("web-1").await;
    let ledger = world.ledger();
    let step = json!({
        "id": "only", "command": format!("{}; sleep 60", ledger.note()), "targets": ["all"], "pick": 1,
    });
    let number = world.run(&json!({"steps": [step]})).await;
    world.step_is(number, "only", "running").await;
    world.add_agent("web-2").await;

    vanish(&mut world, "web-1");
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(jobs_of(&execution, "only")[0]["status"], "lost");
    assert_eq!(ledger.lines().len(), 1);
}

#[tokio::test]
async fn a_worker_of_sensors_runs_no_steps_and_a_hybrid_one_does() {
    let mut world = World::start().await;
    for role in ["sensor", "hybrid"] {
        let token = world.enroll_token_with(json!({"role": role})).await;
        let url = world.servers[0].url();
        let agent = pulse_tests::agent::Agent::new(world.folder(), role, &url)
            .with("WORKER_ENROLLMENT_TOKEN", &token);
        world.add(agent).await;
    }
    let document = |targets: &[&str]| pulse_tests::steps::one("true", targets);

    let execution = world.complete(&document(&["all"])).await;
    let refused = world
        .admin()
        .post("/executions", &json!({"definition": document(&["sensor"])}))
        .await;

    let workers: Vec<Value> = jobs_of(&execution, "only")
        .iter()
        .map(|job| job["worker"].clone())
        .collect();
    assert_eq!(workers, [json!("hybrid")]);
    assert_eq!(refused.is(422)["code"], "no_targets");
    assert_eq!(names(&world, "role=sensor").await, ["sensor"]);
}
