//! Beginning in the middle: a retry takes over what ended well before the step it begins with.

use futures_util::future::join_all;
use pulse_tests::{
    World,
    eventually::PATIENCE,
    steps,
    world::{jobs_of, step_of},
};
use rustix::process::Signal;
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

/// A document with a step on three hosts that says who ran it, and one behind it.
fn on_three(world: &World, command: &str) -> Value {
    let folder = world.folder().display();
    json!({"steps": [
        {"name": "First", "targets": ["web-1"], "command": format!("echo x >> {folder}/first")},
        {"name": "Change", "targets": ["web-1", "web-2"],
         "command": format!("echo x >> {folder}/$PULSE_WORKER; {command}")},
        {"name": "Last", "targets": ["web-1"], "command": format!("echo x >> {folder}/last")},
    ]})
}

async fn retried(world: &World, number: i64, body: &Value) -> Value {
    let path = format!("/executions/{number}/retry");
    let again = world.admin().post(&path, body).await.is(201);
    world.ended(again["number"].as_i64().unwrap()).await
}

#[tokio::test]
async fn what_never_began_runs_and_what_ran_stays() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    world.agent("web-2").signal(Signal::TERM);
    world.agent("web-2").wait(PATIENCE);
    world.has_status("web-2", "offline").await;
    let number = world.run(&on_three(&world, "true")).await;
    let before = world.ended(number).await;
    assert_eq!(before["status"], "failed", "{before}");
    assert_eq!(jobs_of(&before, "change")[1]["reason"], "unreachable");
    world.agent("web-2").start();
    world.is_online("web-2").await;

    let said = world
        .ctl(&["execution", "retry", "1", "--unstarted", "-F"])
        .await;

    said.is(0);
    let again = world.execution(number + 1).await;
    assert_eq!(again["status"], "completed", "{again}");
    let read = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap();
    for name in ["first", "web-1", "web-2", "last"] {
        assert_eq!(read(name), "x\n", "{name}");
    }
    let jobs = jobs_of(&again, "change");
    assert_eq!(jobs.len(), 2, "{again}");
    assert_eq!(
        jobs[0]["completed_at"],
        jobs_of(&before, "change")[0]["completed_at"]
    );
}

#[tokio::test]
async fn steps_that_a_stop_kept_from_beginning_run() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let folder = world.folder().display().to_string();
    let document = json!({"steps": [
        {"name": "First", "targets": ["web-1"], "command": format!("echo x >> {folder}/first")},
        {"name": "Rest", "type": "wait", "duration": 3_600_000, "condition": "!inputs.quick"},
        {"name": "Last", "targets": ["web-1"], "command": format!("echo x >> {folder}/last")},
    ], "inputs": {"quick": {"type": "boolean", "default": false}}});
    let number = world.run(&document).await;
    world.step_is(number, "rest", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let body = json!({"unstarted": true});
    let again = world.admin().post(&path, &body).await.is(201);

    assert_eq!(step_of(&again, "first")["status"], "succeeded");
    assert_eq!(step_of(&again, "rest")["status"], "running");
    let first = std::fs::read_to_string(world.folder().join("first")).unwrap();
    assert_eq!(first, "x\n");
}

#[tokio::test]
async fn what_ran_and_failed_runs_again_only_where_that_is_asked_for_too() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world.add_agent("web-2").await;
    let flag = world.folder().join("flag").display().to_string();
    let fails = format!("test $PULSE_WORKER = web-2 || test -e {flag}");
    let number = world.run(&on_three(&world, &fails)).await;
    world.ended(number).await;
    world.write("flag", "");
    let path = format!("/executions/{number}/retry");

    let body = json!({"unstarted": true});
    let refused = world.admin().post(&path, &body).await;
    let again = retried(&world, number, &json!({"unstarted": true, "failed": true})).await;

    let problem = refused.problem(409, "conflict");
    assert!(
        problem["detail"].as_str().unwrap().contains("Change"),
        "{problem}"
    );
    assert_eq!(again["status"], "completed", "{again}");
    let read = |name: &str| std::fs::read_to_string(world.folder().join(name)).unwrap();
    assert_eq!(read("first"), "x\n");
    assert_eq!(read("web-1"), "x\nx\n");
    assert_eq!(read("web-2"), "x\n");
}

#[tokio::test]
async fn a_retry_of_what_never_began_is_refused_where_it_would_be_nonsense() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [{"name": "Only", "command": "true", "targets": ["web-1"]}]});
    let number = world.run(&document).await;
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let retry = async |body: Value| world.admin().post(&path, &body).await;

    let two = retry(json!({"unstarted": true, "from_step": "Only"})).await;
    let nothing = retry(json!({"unstarted": true})).await;
    let neither = retry(json!({"unstarted": true, "failed": true})).await;

    two.problem(422, "invalid_body");
    nothing.problem(409, "conflict");
    neither.problem(409, "conflict");
}

#[tokio::test]
async fn what_was_offered_may_have_run_and_does_not_run_again() {
    let quick = [
        ("PULSE__JOBS__OFFER_TTL_MS", "300"),
        ("PULSE__JOBS__CHECK_INTERVAL_MS", "100"),
    ];
    let world = World::with(&quick).await;
    let mut socket = world.socket("web-1").await;
    let number = world.run(&steps::one("true", &["web-1"])).await;
    // It is offered, and whether the worker has begun is not heard.
    socket.frame("execute_command").await;
    socket.close().await;
    world.step_is(number, "only", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;

    let path = format!("/executions/{number}/retry");
    let refused = world.admin().post(&path, &json!({"unstarted": true})).await;

    refused.problem(409, "conflict");
}

#[tokio::test]
async fn what_never_began_is_begun_by_one_retry_only() {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    let document = json!({"steps": [
        {"name": "Rest", "type": "wait", "duration": 3_600_000},
        {"name": "Last", "targets": ["web-1"], "command": "true"},
    ]});
    let number = world.run(&document).await;
    world.step_is(number, "rest", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.ended(number).await;
    let path = format!("/executions/{number}/retry");
    let retry = async || {
        let admin = world.admin();
        admin.post(&path, &json!({"unstarted": true})).await.status
    };

    let mut answers = join_all((0..5).map(|_| retry())).await;

    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409, 409]);
}
