//! Function blocks: named commands that hosts offer, and hosts that run nothing else.

use pulse_tests::{World, agent::Agent, world::jobs_of};
use serde_json::{Value, json};

/// A host that offers `greet`, and `tag` without a shell.
fn offering() -> Value {
    json!({"function_blocks": [
        {
            "name": "greet", "description": "Says hello",
            "command": "echo \"hello $PULSE_INPUT_WHO\"; env | grep -c LEAK || true",
            "inputs": {
                "properties": {"who": {"pattern": "[a-z' ;$()]+"}, "count": {"type": "integer", "maximum": 3}},
                "required": ["who"],
            },
        },
        {"name": "tag", "argv": ["printenv", "PULSE_INPUT_TAG"], "inputs": {"properties": {"tag": {"default": "v1"}}}},
    ]})
}

async fn host(world: &World, name: &str, config: &Value) -> Agent {
    let mut agent = world.new_agent(name).await;
    agent.configure(config);
    agent
}

fn call(block: &str, with: &Value) -> Value {
    json!({"steps": [{"id": "only", "uses": block, "with": with, "targets": ["all"]}]})
}

async fn said(world: &World, execution: &Value) -> String {
    let job = jobs_of(execution, "only").remove(0);
    String::from_utf8(world.output(&job).await).unwrap()
}

#[tokio::test]
async fn a_worker_lists_its_function_blocks() {
    let mut world = World::start().await;
    let agent = host(&world, "web-1", &offering()).await;
    world.add(agent).await;

    let listed = world
        .admin()
        .get("/workers/web-1/function-blocks")
        .await
        .is(200);

    let names: Vec<&Value> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| &b["name"])
        .collect();
    assert_eq!(names, ["pulse.doctor", "greet", "tag"]);
    let greet = &listed["items"][1];
    assert_eq!(greet["inputs"]["required"], json!(["who"]));
    assert_eq!(greet["command"], Value::Null);
    let shown = world.ctl(&["worker", "show", "web-1"]).await;
    assert!(shown.is(0).contains("greet, tag"), "{}", shown.stdout);
}

#[tokio::test]
async fn values_reach_a_block_as_its_environment_and_never_as_shell_text() {
    let mut world = World::start().await;
    let agent = host(&world, "web-1", &offering()).await;
    world.add(agent).await;

    let execution = world
        .complete(&call("greet", &json!({"who": "x'; $(id) ;"})))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(said(&world, &execution).await, "hello x'; $(id) ;\n0\n");
    let execution = world.complete(&call("tag", &json!({}))).await;
    assert_eq!(said(&world, &execution).await, "v1\n");
}

#[tokio::test]
async fn a_block_is_called_only_where_it_is_offered() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let agent = host(&world, "web-2", &offering()).await;
    world.add(agent).await;

    let execution = world.complete(&call("tag", &json!({"tag": "v2"}))).await;

    let jobs = jobs_of(&execution, "only");
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["worker"], "web-2");
    for (step, targets) in [("tag", json!(["web-1"])), ("nowhere", json!(["all"]))] {
        let mut document = call(step, &json!({}));
        document["steps"][0]["targets"] = targets;
        let refused = world
            .admin()
            .post("/executions", &json!({"definition": document}))
            .await;
        let problem = refused.is(422);
        assert_eq!(problem["code"], "no_targets", "{problem}");
        assert!(
            problem["detail"].as_str().unwrap().contains(step),
            "{problem}"
        );
    }
}

#[tokio::test]
async fn what_a_block_does_not_take_is_refused_before_anything_starts() {
    let mut world = World::start().await;
    let agent = host(&world, "web-1", &offering()).await;
    world.add(agent).await;
    let admin = world.admin();

    for (with, path) in [
        (json!({}), "with.who"),
        (json!({"who": "UPPER"}), "with.who"),
        (json!({"who": "a", "count": 9}), "with.count"),
        (json!({"who": "a", "extra": 1}), "with.extra"),
    ] {
        let body = json!({"definition": call("greet", &with)});
        let problem = admin.post("/executions", &body).await.is(422);
        assert_eq!(
            (&problem["code"], &problem["errors"][0]["path"]),
            (&json!("invalid_input"), &json!(path))
        );
    }
}

#[tokio::test]
async fn a_value_that_an_expression_gives_is_checked_when_the_step_starts() {
    let mut world = World::start().await;
    let agent = host(&world, "web-1", &offering()).await;
    world.add(agent).await;
    let first =
        json!({"id": "first", "command": "echo word=BAD >> $PULSE_OUTPUT", "targets": ["all"]});
    let with = json!({"who": "${{ steps.first.outputs.word }}"});
    let mut document = call("greet", &with);
    document["steps"].as_array_mut().unwrap().insert(0, first);

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "failed");
    let step = pulse_tests::world::step_of(&execution, "only");
    assert_eq!(step["reason"], "invalid_inputs", "{step}");
    assert_eq!(jobs_of(&execution, "only").len(), 0);
}

#[tokio::test]
async fn a_host_that_runs_blocks_only_denies_everything_else() {
    let mut world = World::start().await;
    let mut config = offering();
    config["policy"] = json!({"allow": "function_blocks"});
    let agent = host(&world, "web-1", &config).await;
    world.add(agent).await;
    let mark = world.folder().join("mark");

    let command = format!("touch {}", mark.display());
    let execution = world
        .complete(&pulse_tests::steps::one(&command, &["web-1"]))
        .await;
    let greeted = world.complete(&call("greet", &json!({"who": "you"}))).await;

    assert_eq!(execution["status"], "failed");
    assert_eq!(jobs_of(&execution, "only")[0]["reason"], "policy_denied");
    assert!(!mark.exists());
    assert_eq!(greeted["status"], "completed");
    let view = world.admin().get("/workers/web-1").await.is(200);
    assert_eq!(view["capabilities"]["policy"], "function_blocks");
}

#[tokio::test]
async fn a_host_with_a_list_runs_its_commands_word_for_word() {
    let mut world = World::start().await;
    let config =
        json!({"policy": {"allow": "listed", "commands": [["/bin/echo", "listed", "words"]]}});
    let agent = host(&world, "web-1", &config).await;
    world.add(agent).await;

    let allowed = world
        .complete(&pulse_tests::steps::one(
            "/bin/echo listed words",
            &["web-1"],
        ))
        .await;
    let denied = world
        .complete(&pulse_tests::steps::one(
            "/bin/echo listed words; id",
            &["web-1"],
        ))
        .await;

    assert_eq!(said(&world, &allowed).await, "listed words\n");
    let job = jobs_of(&denied, "only").remove(0);
    assert_eq!(
        (&job["status"], &job["reason"]),
        (&json!("failed"), &json!("policy_denied"))
    );
}

#[tokio::test]
async fn several_workers_with_the_same_block_share_its_jobs() {
    let mut world = World::start().await;
    for name in ["web-1", "web-2"] {
        let agent = host(&world, name, &offering()).await;
        world.add(agent).await;
    }
    let mut document = call("tag", &json!({}));
    document["steps"][0]["pick"] = json!(1);
    document["steps"][0]["targets"] = json!("block=tag");
    let hold = json!({"steps": [{"id": "only", "command": "sleep 5", "targets": ["web-1"]}]});
    let held = world.run(&hold).await;
    world.step_is(held, "only", "running").await;

    let execution = world.complete(&document).await;

    assert_eq!(jobs_of(&execution, "only")[0]["worker"], "web-2");
    world
        .admin()
        .post(&format!("/executions/{held}/cancel"), &json!({}))
        .await;
}

#[tokio::test]
async fn a_worker_that_unregisters_keeps_its_blocks() {
    let mut world = World::start().await;
    let agent = host(&world, "web-1", &offering()).await;
    world.add(agent).await;

    world.agent("web-1").command(&["drain"]).status().unwrap();
    world.has_status("web-1", "offline").await;

    let listed = world
        .admin()
        .get("/workers/web-1/function-blocks")
        .await
        .is(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_worker_examines_itself_through_the_server() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;

    let told = world.ctl(&["worker", "doctor", "web-1"]).await;
    let listed = world
        .ctl(&["worker", "doctor", "web-1", "-o", "json"])
        .await;

    assert!(
        told.is(0).contains("✓ enrolled as web-1"),
        "{}",
        told.stdout
    );
    let found: Value = serde_json::from_str(listed.is(0)).unwrap();
    assert_eq!(found["healthy"], true);
    let unknown = world.ctl(&["worker", "doctor", "web-9"]).await;
    assert_eq!(unknown.code, 11, "{}", unknown.stderr);
}
