//! Beginning in the middle: a retry takes over what ended well before the step it begins with.

use pulse_tests::{
    World, steps,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

/// A document whose last step fails until a file is there, and reads what was before it.
fn document(world: &World) -> Value {
    let folder = world.folder().display();
    json!({"steps": [
        {"name": "First", "command": format!("echo ran >> {folder}/first; echo n=17 >> $PULSE_OUTPUT"),
         "targets": ["web-1"]},
        {"name": "Skipped", "command": "true", "targets": ["web-1"], "condition": "false"},
        steps::prompt("ask"),
        {"name": "Last", "targets": ["web-1"], "condition": "promptResponse === 'Yes'",
         "command": format!("echo ${{{{ steps.first.outputs.n }}}} > {folder}/last; test -e {folder}/flag")},
    ]})
}

#[tokio::test]
async fn a_retry_from_a_step_runs_nothing_before_it_and_knows_what_was() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let number = world.run(&document(&world)).await;
    let prompt = world.prompt(number).await["number"].to_string();
    let answer = json!({"response": "Yes"});
    let path = format!("/prompts/{prompt}/answer");
    world.admin().post(&path, &answer).await.is(200);
    assert_eq!(world.ended(number).await["status"], "failed");
    world.write("flag", "");
    world.write("last", "");

    let said = world
        .ctl(&[
            "execution",
            "retry",
            &number.to_string(),
            "--from",
            "last",
            "-F",
        ])
        .await;

    said.is(0);
    let again = world.execution(number + 1).await;
    assert_eq!(again["status"], "completed");
    assert_eq!(again["retry_of"], number);
    let read = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap();
    assert_eq!(read("first"), "ran\n");
    assert_eq!(read("last"), "17\n");
    let before = world.execution(number).await;
    for id in ["first", "skipped", "ask"] {
        let (old, new) = (step_of(&before, id), step_of(&again, id));
        for key in [
            "status",
            "response",
            "reason",
            "started_at",
            "completed_at",
            "outputs",
        ] {
            assert_eq!(new[key], old[key], "{id} {key}");
        }
    }
    assert_eq!(jobs_of(&again, "first")[0]["status"], "succeeded");
    assert_eq!(jobs_of(&again, "last")[0]["exit_code"], 0);
}

#[tokio::test]
async fn a_retry_begins_where_everything_before_ended_well() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({
        "steps": [
            {"name": "Bad", "command": "false", "targets": ["web-1"]},
            {"name": "Group", "type": "group", "condition": "always()", "steps": [
                {"name": "Inner", "command": "true", "targets": ["web-1"]},
            ]},
            {"name": "Last", "command": "true", "targets": ["web-1"]},
        ],
        "finally": [{"name": "Clean", "command": "true", "targets": ["web-1"]}],
    });
    let number = world.run(&document).await;
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let retry = async |step: &str| {
        let body = json!({"from_step": step});
        world.admin().post(&path, &body).await
    };

    for (step, status, code) in [
        ("Last", 409, "conflict"),
        ("group", 409, "conflict"),
        ("nothing", 422, "invalid_body"),
        ("inner", 422, "invalid_body"),
        ("Clean", 422, "invalid_body"),
    ] {
        retry(step).await.problem(status, code);
    }
    let again = retry("Bad").await.is(201)["number"].as_i64().unwrap();
    assert_eq!(world.ended(again).await["status"], "failed");
}

#[tokio::test]
async fn a_retry_does_not_begin_behind_a_drain_that_was_for_the_other_execution() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"targets": ["web-1"], "steps": [
        {"name": "Drain", "agent": "drain"}, {"name": "Install", "command": "false"},
    ]});
    let number = world.run(&document).await;
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let body = json!({"from_step": "Install"});
    let refused = world.admin().post(&path, &body).await;

    refused.problem(409, "conflict");
    assert!(refused.text().contains("Drain"), "{}", refused.text());
}

#[tokio::test]
async fn an_answer_is_taken_over_by_whoever_may_answer() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"permissions": {"run": ["ops"], "answer": ["leads"]}, "steps": [
        steps::prompt("ask"), {"name": "Deploy", "command": "true", "targets": ["web-1"]},
    ]});
    let admin = world.admin();
    admin
        .put("/workflows/deploy", &document.to_string())
        .await
        .is(201);
    let member = async |group: &str| {
        let body = json!({"name": group, "role": "operator", "groups": [group]});
        let made = admin.post("/tokens", &body).await.is(201);
        world.anonymous().with(made["token"].as_str().unwrap())
    };
    let (ops, leads) = (member("ops").await, member("leads").await);
    let started = ops
        .post("/executions", &json!({"workflow": "deploy"}))
        .await
        .is(201);
    let number = started["number"].as_i64().unwrap();
    let prompt = world.prompt(number).await["number"].to_string();
    let answer = json!({"response": "Yes"});
    let path = format!("/prompts/{prompt}/answer");
    leads.post(&path, &answer).await.is(200);
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let body = json!({"from_step": "Deploy"});
    ops.post(&path, &body).await.problem(403, "forbidden");
    admin.post(&path, &body).await.is(201);

    let trail = "select detail->>'taken_over' from audit where action = 'execution.retry' \
        or detail->>'taken_over' is not null order by id desc limit 1";
    assert_eq!(world.database.ask(trail).await, [r#"["ask"]"#]);
}

#[tokio::test]
async fn a_rerun_takes_the_newest_version_with_the_same_inputs_and_targets() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let version = |text: &str| {
        json!({
            "inputs": {"word": {"type": "string", "default": "default"}},
            "steps": [{"name": "Say", "command": format!("echo {text} ${{{{ inputs.word }}}}")}],
        })
        .to_string()
    };
    world
        .admin()
        .put("/workflows/say", &version("old"))
        .await
        .is(201);
    let run = ["run", "say", "-p", "word=given", "--target", "web-1"];
    world.ctl(&run).await.is(0);
    world
        .admin()
        .put("/workflows/say", &version("new"))
        .await
        .is(200);

    let said = world.ctl(&["execution", "rerun", "1", "-F"]).await;

    assert!(said.is(0).contains("new given"), "{}", said.stdout);
    let again = world.execution(2).await;
    assert_eq!(again["workflow"]["version"], 2);
    assert_eq!(again["reason"], "#1 again");
    assert_eq!(again["retry_of"], Value::Null);
    assert_eq!(again["targets"], json!(["web-1"]));
}
