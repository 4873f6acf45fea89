//! What people are told: which command ran, whom an id means, and why something waits.

use pulse_tests::{World, steps};
use serde_json::{Value, json};

async fn command(world: &World, worker: &str, body: &Value) -> i64 {
    let path = format!("/workers/{worker}/command");
    let accepted = world.admin().post(&path, body).await.is(202);
    accepted["number"].as_i64().unwrap()
}

async fn audited(world: &World, action: &str) -> Value {
    let page = world.admin().get(&format!("/audit?action={action}")).await;
    page.is(200)["items"][0].clone()
}

#[tokio::test]
async fn a_direct_command_is_shown_in_place_of_a_name_and_its_variables_nowhere() {
    let world = World::start().await;
    let _worker = world.socket("web-1").await;
    let body = json!({"command": "uname -r\nuptime", "env": {"TOKEN": "s3cret-value"}});

    let number = command(&world, "web-1", &body).await;

    let shown = world.execution(number).await;
    assert_eq!(shown["steps"][0]["command"], "uname -r\nuptime");
    assert!(!shown.to_string().contains("s3cret-value"), "{shown}");
    let list = world.admin().get("/executions").await.is(200);
    assert_eq!(list["items"][0]["command"], "uname -r …");
    let said = world.ctl(&["execution", "ls"]).await;
    assert!(said.is(0).contains("$ uname -r …"), "{}", said.stdout);
    let said = world.ctl(&["execution", "show", &number.to_string()]).await;
    assert!(said.is(0).contains("uname -r …"), "{}", said.stdout);
    let entry = audited(&world, "execution.start").await;
    assert_eq!(entry["detail"]["command"], "uname -r …");
    assert!(!entry.to_string().contains("s3cret-value"), "{entry}");
}

#[tokio::test]
async fn a_workflow_is_shown_by_its_name_and_its_steps_by_their_commands() {
    let world = World::start().await;
    let _worker = world.socket("web-1").await;
    let document = "steps:\n- {name: Look, command: 'df ${{ inputs.disk }}', targets: [web-1]}\n\
        inputs: {disk: {type: string, default: s3cret-disk}}\n";
    world.admin().put("/workflows/look", document).await.is(201);

    let started = world
        .admin()
        .post("/executions", &json!({"workflow": "look"}))
        .await
        .is(201);

    assert_eq!(started["command"], Value::Null);
    assert_eq!(started["steps"][0]["command"], "df ${{ inputs.disk }}");
    let entry = audited(&world, "execution.start").await;
    assert_eq!(entry["detail"]["workflow"], "look");
    assert_eq!(entry["detail"]["command"], Value::Null);
}

#[tokio::test]
async fn the_trail_says_names_beside_ids() {
    let world = World::start().await;
    let (id, _) = world.enroll("web-1").await;
    world
        .admin()
        .post("/workers/web-1/drain", &json!({"mode": "hold"}))
        .await
        .is(200);
    let number = world.run(&json!({"steps": [steps::prompt("ask")]})).await;

    let drained = audited(&world, "worker.drain").await;
    let started = audited(&world, "execution.start").await;

    assert_eq!(drained["subject"], id);
    assert_eq!(drained["subject_name"], "web-1");
    assert_eq!(started["subject_name"], format!("#{number}"));
    let said = world.ctl(&["audit", "ls"]).await;
    assert!(said.is(0).contains("web-1"), "{}", said.stdout);
    assert!(!said.stdout.contains(&id), "{}", said.stdout);
    let said = world.ctl(&["audit", "ls", "-o", "wide"]).await;
    assert!(said.is(0).contains(&id), "{}", said.stdout);
}

#[tokio::test]
async fn targets_of_a_run_go_before_those_of_the_document_and_narrow_those_of_a_step() {
    let world = World::start().await;
    for name in ["web-1", "web-2", "db-1"] {
        world.enroll(name).await;
    }
    let document = json!({"targets": ["web-1"], "steps": [
        {"name": "own", "command": "true", "targets": ["db-1", "web-2"]},
        {"name": "default", "command": "true"},
        {"name": "one", "command": "true", "pick": 1},
        {"name": "any", "command": "true", "targets": ["all"], "pick": 1},
    ]});
    let plan = async |targets: Value| {
        let mut body = json!({});
        if !targets.is_null() {
            body["targets"] = targets;
        }
        let plan = world.admin().post("/workflows/both/plan", &body).await;
        let steps = plan.is(200)["steps"].clone();
        let hosts = |step: &Value| match step["problem"].as_str() {
            Some(problem) => problem.to_owned(),
            None => step["hosts"].to_string().replace(['"', '[', ']'], ""),
        };
        steps
            .as_array()
            .unwrap()
            .iter()
            .map(hosts)
            .collect::<Vec<_>>()
    };
    let stored = world
        .admin()
        .put("/workflows/both", &document.to_string())
        .await;
    stored.is(201);

    let whole = plan(Value::Null).await;
    assert_eq!(whole[..3], ["db-1,web-2", "web-1", "web-1"]);
    assert_eq!(plan(json!(["web-2"])).await, ["web-2"; 4]);
    assert_eq!(
        plan(json!("name=web-1")).await[..3],
        ["not_targeted", "web-1", "web-1"]
    );
    assert_eq!(plan(json!(["wbe-1"])).await[1..3], ["no_targets"; 2]);
}

#[tokio::test]
async fn a_run_that_is_narrowed_to_a_host_skips_what_is_for_others() {
    let mut world = World::start().await;
    for name in ["web-1", "web-2", "db-1"] {
        world.add_agent(name).await;
    }
    let document = json!({"steps": [
        {"id": "db", "command": "true", "targets": ["db-1"]},
        {"id": "web", "command": "true", "targets": ["web-1", "web-2"]},
        {"id": "roll", "command": "true", "targets": ["db-1"], "rollout": {"batches": [1]}},
    ]});
    let text = document.to_string();
    world.admin().put("/workflows/own", &text).await.is(201);

    let body = json!({"workflow": "own", "targets": ["web-1"]});
    let number = world.admin().post("/executions", &body).await.is(201)["number"].clone();
    let execution = world.ended(number.as_i64().unwrap()).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    for step in ["db", "roll"] {
        let skipped = pulse_tests::world::step_of(&execution, step);
        assert_eq!(skipped["status"], "skipped", "{skipped}");
        assert_eq!(skipped["reason"], "not_targeted");
        let why = skipped["detail"].as_str().unwrap();
        assert!(why.contains("db-1") && why.contains("web-1"), "{why}");
    }
    let jobs = pulse_tests::world::jobs_of(&execution, "web");
    let workers: Vec<&Value> = jobs.iter().map(|job| &job["worker"]).collect();
    assert_eq!(workers, ["web-1"]);
}

#[tokio::test]
async fn a_run_whose_targets_leave_no_step_a_host_is_refused() {
    let world = World::start().await;
    world.enroll("web-1").await;
    world.enroll("db-1").await;
    let document = steps::one("true", &["web-1"]).to_string();
    world.admin().put("/workflows/own", &document).await.is(201);

    let body = json!({"workflow": "own", "targets": ["db-1"]});
    let nowhere = world.admin().post("/executions", &body).await;
    nowhere.problem(422, "no_targets");
    let body = json!({"workflow": "own", "targets": ["web-1", "wbe-2"]});
    let unknown = world.admin().post("/executions", &body).await;
    let unknown = unknown.problem(422, "no_targets");
    assert!(
        unknown["detail"].as_str().unwrap().contains("wbe-2"),
        "{unknown}"
    );

    let said = world.ctl(&["run", "own", "--target", "db-1", "-d"]).await;
    said.is(11);
    let said = world
        .ctl(&["run", "own", "-l", "name=db-1", "--dry-run"])
        .await;
    said.is(11);
}

#[tokio::test]
async fn failed_workers_are_tried_again_also_where_steps_name_their_targets() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    let only_one = "test $PULSE_WORKER = web-1";
    let document = json!({"steps": [
        {"id": "both", "command": only_one, "targets": ["web-1", "web-2"], "continue_on_error": true},
        {"id": "first", "command": "true", "targets": ["web-1"]},
    ]});
    let number = world.run(&document).await;
    world.ended(number).await;

    let body = json!({"failed": true});
    let path = format!("/executions/{number}/retry");
    let again = world.admin().post(&path, &body).await.is(201);
    let again = world.ended(again["number"].as_i64().unwrap()).await;

    let jobs = pulse_tests::world::jobs_of(&again, "both");
    let workers: Vec<&Value> = jobs.iter().map(|job| &job["worker"]).collect();
    assert_eq!(workers, ["web-2"]);
    let first = pulse_tests::world::step_of(&again, "first");
    assert_eq!(first["status"], "skipped", "{first}");
}

#[tokio::test]
async fn a_command_is_tried_again_where_it_failed_and_nowhere_else() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    let only_one = "test $PULSE_WORKER = web-1";
    let said = world
        .ctl(&["worker", "exec", "--all", "-o", "json", "--", only_one])
        .await;
    let ran: Value = serde_json::from_str(said.is(10)).unwrap();
    let number = ran["number"].to_string();

    let said = world
        .ctl(&["execution", "retry", &number, "--failed-workers", "-F"])
        .await;

    said.is(3);
    let again = ran["number"].as_i64().unwrap() + 1;
    let jobs = pulse_tests::world::jobs_of(&world.execution(again).await, "command");
    let workers: Vec<&Value> = jobs.iter().map(|job| &job["worker"]).collect();
    assert_eq!(workers, ["web-2"]);
}

#[tokio::test]
async fn a_command_on_a_held_worker_says_why_it_waits() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let hold = json!({"mode": "hold", "reason": "new disk"});
    world
        .admin()
        .post("/workers/web-1/drain", &hold)
        .await
        .is(200);

    let said = world
        .ctl(&["worker", "exec", "web-1", "--timeout", "2s", "--", "true"])
        .await;

    said.is(124);
    for told in [
        "web-1 is held by admin (new disk)",
        "`pulsectl worker resume web-1` lets it start",
        "pulsectl execution cancel 1",
    ] {
        assert!(said.stderr.contains(told), "{told}: {}", said.stderr);
    }
}

#[tokio::test]
async fn the_output_of_a_worker_that_had_no_part_is_not_empty_but_unknown() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&steps::one("echo here", &["web-1"])).await;
    world.ended(number).await;
    let number = number.to_string();

    let known = world
        .ctl(&["execution", "logs", &number, "--worker", "web-1"])
        .await;
    let unknown = world
        .ctl(&["execution", "logs", &number, "--worker", "web-2"])
        .await;

    assert!(known.is(0).contains("here"), "{}", known.stdout);
    unknown.is(7);
    assert!(
        unknown.stderr.contains("did you mean `web-1`?"),
        "{}",
        unknown.stderr
    );
}
