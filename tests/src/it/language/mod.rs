//! What a document may say, through the whole stack.

mod hosts;
mod repeated;
mod times;
mod values;
mod versions;

use pulse_tests::{
    World, steps,
    world::{jobs_of, step_of},
};
use serde_json::{Value, json};

async fn world() -> World {
    let mut world = World::start().await;
    world.add_agent("web-1").await;
    world
}

fn with(mut step: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        step[key] = value.clone();
    }
    step
}

fn at(view: &Value, key: &str) -> jiff::Timestamp {
    view[key].as_str().unwrap().parse().unwrap()
}

async fn text(world: &World, execution: &Value, step: &str) -> String {
    let job = jobs_of(execution, step).remove(0);
    String::from_utf8(world.output(&job).await).unwrap()
}

#[tokio::test]
async fn a_step_is_tried_again_as_often_as_it_says() {
    let world = world().await;
    let ledger = world.ledger();
    let flaky = format!("{}; [ \"$PULSE_ATTEMPT\" = 3 ]", ledger.note());
    let retry = json!({"retry": {"max": 3, "delay": "50ms"}});
    let hopeless = with(
        steps::execute("hopeless", "exit 4"),
        &json!({"retry": {"max": 1, "delay": "1ms"}}),
    );

    let execution = world
        .complete(&json!({"steps": [with(steps::execute("flaky", &flaky), &retry), hopeless]}))
        .await;

    assert_eq!(execution["status"], "failed");
    let flaky = step_of(&execution, "flaky");
    assert_eq!(
        (&flaky["status"], &flaky["attempt"]),
        (&json!("succeeded"), &json!(3))
    );
    assert_eq!(ledger.lines().len(), 3);
    assert_eq!(ledger.twice(), Vec::<String>::new());
    let hopeless = step_of(&execution, "hopeless");
    assert_eq!(
        (&hopeless["status"], &hopeless["attempt"]),
        (&json!("failed"), &json!(2))
    );
}

#[tokio::test]
async fn a_step_that_takes_too_long_is_ended_with_all_its_processes() {
    let world = world().await;
    let pid = world.folder().join("pid");
    let command = format!(
        "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > {}; sleep 60; sleep 60'",
        pid.display()
    );
    let slow = with(steps::execute("slow", &command), &json!({"timeout": 500}));

    let execution = world.complete(&json!({"steps": [slow]})).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    let job = jobs_of(&execution, "slow").remove(0);
    assert_eq!(job["status"], "timed_out");
    let took = at(&job, "completed_at").duration_since(at(&job, "started_at"));
    assert!(took.as_millis() < 5000, "{took}");
    let pid: u32 = std::fs::read_to_string(pid)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    assert!(!pulse_tests::process::is_alive(pid));
}

#[tokio::test]
async fn a_failure_that_may_be_goes_on_and_is_remembered() {
    let world = world().await;
    let allowed = with(
        steps::execute("allowed", "exit 1"),
        &json!({"continue_on_error": true}),
    );
    let after = steps::execute("after", "echo ${{ steps.allowed.status }}");

    let execution = world.complete(&json!({"steps": [allowed, after]})).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(step_of(&execution, "allowed")["status"], "failed");
    assert_eq!(text(&world, &execution, "after").await, "failed\n");
}

#[tokio::test]
async fn what_stands_under_finally_runs_after_failure_and_after_cancelling() {
    let world = world().await;
    let document = |command: &str| {
        json!({
            "steps": [steps::execute("main", command), steps::execute("never", "echo never")],
            "on_failure": [steps::execute("repair", "echo repairing")],
            "finally": [steps::execute("tidy", "echo tidying")],
        })
    };

    let failed = world.complete(&document("exit 1")).await;
    let number = world.run(&document("sleep 60")).await;
    world.step_is(number, "main", "running").await;
    world
        .admin()
        .post(&format!("/executions/{number}/cancel"), &json!({}))
        .await
        .is(200);
    let cancelled = world.ended(number).await;
    let completed = world.complete(&document("true")).await;

    assert_eq!(failed["status"], "failed");
    assert_eq!(step_of(&failed, "never")["jobs"], json!([]));
    assert_eq!(
        text(&world, &failed, "on_failure/repair").await,
        "repairing\n"
    );
    assert_eq!(text(&world, &failed, "finally/tidy").await, "tidying\n");
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(jobs_of(&cancelled, "main")[0]["status"], "cancelled");
    assert_eq!(text(&world, &cancelled, "finally/tidy").await, "tidying\n");
    assert_eq!(completed["status"], "completed");
    assert_eq!(step_of(&completed, "on_failure/repair")["jobs"], json!([]));
    assert_eq!(text(&world, &completed, "finally/tidy").await, "tidying\n");
}

#[tokio::test]
async fn what_fails_under_finally_of_a_cancelled_execution_has_failed_and_is_tried_again() {
    let world = world().await;
    let mut tidy = steps::execute("tidy", "echo tidying; exit 4");
    tidy["retry"] = json!({"max": 1, "delay": "1ms"});
    let document = json!({"steps": [steps::execute("main", "sleep 60")], "finally": [tidy]});
    let number = world.run(&document).await;
    world.step_is(number, "main", "running").await;

    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);

    let cancelled = world.ended(number).await;
    assert_eq!(cancelled["status"], "cancelled");
    let step = step_of(&cancelled, "finally/tidy");
    assert_eq!(
        (&step["status"], &step["attempt"]),
        (&json!("failed"), &json!(2))
    );
    assert_eq!(step_of(&cancelled, "main")["status"], "cancelled");
}

/// A cancelled execution whose `finally` runs until the file is there, and then waits a moment.
async fn tidying(world: &World) -> i64 {
    let gate = world.folder().join("gate");
    let tidy = format!("until test -e {}; do sleep 0.05; done", gate.display());
    let document = json!({
        "steps": [steps::execute("main", "sleep 60")],
        "finally": [
            steps::execute("tidy", &tidy),
            {"id": "rest", "type": "wait", "duration": "300ms"},
            steps::execute("last", "echo last"),
        ],
    });
    let number = world.run(&document).await;
    world.step_is(number, "main", "running").await;
    let cancel = format!("/executions/{number}/cancel");
    world.admin().post(&cancel, &json!({})).await.is(200);
    world.step_is(number, "finally/tidy", "running").await;
    number
}

#[tokio::test]
async fn whoever_cancels_once_more_does_not_end_what_stands_under_finally() {
    let world = world().await;
    let number = tidying(&world).await;
    let cancel = format!("/executions/{number}/cancel");

    world.admin().post(&cancel, &json!({})).await.is(200);
    std::fs::write(world.folder().join("gate"), "").unwrap();
    world.step_is(number, "finally/rest", "running").await;
    world.admin().post(&cancel, &json!({})).await.is(200);

    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled");
    for step in ["finally/tidy", "finally/rest", "finally/last"] {
        assert_eq!(step_of(&execution, step)["status"], "succeeded", "{step}");
    }
}

#[tokio::test]
async fn whoever_cancels_once_more_by_force_ends_what_stands_under_finally() {
    let world = world().await;
    let number = tidying(&world).await;

    let said = world
        .ctl(&["execution", "cancel", &number.to_string(), "--force"])
        .await;

    said.is(0);
    let execution = world.ended(number).await;
    assert_eq!(execution["status"], "cancelled");
    assert_eq!(
        jobs_of(&execution, "finally/tidy")[0]["status"],
        "cancelled"
    );
    assert_eq!(step_of(&execution, "finally/last")["status"], "cancelled");
}

#[tokio::test]
async fn a_finally_that_waits_for_a_person_ends_by_force_and_when_the_time_is_over() {
    let world = world().await;
    let document = |timeout: &str| {
        json!({
            "timeout": timeout,
            "steps": [steps::execute("main", "true")],
            "finally": [steps::prompt("ask")],
        })
    };
    let number = world.run(&document("1s")).await;
    let late = world.ended(number).await;
    assert_eq!(late["status"], "timed_out");

    let number = world.run(&document("1h")).await;
    world.prompt(number).await;
    let said = world
        .ctl(&["execution", "cancel", &number.to_string(), "--force"])
        .await;

    said.is(0);
    assert_eq!(world.ended(number).await["status"], "cancelled");
}

#[tokio::test]
async fn branches_run_beside_each_other_while_one_waits_for_a_person() {
    let world = world().await;
    let document = json!({"steps": [
        with(steps::prompt("ask"), &json!({"needs": []})),
        with(steps::execute("beside", "echo beside"), &json!({"needs": []})),
        with(steps::execute("both", "echo both"), &json!({"needs": ["ask", "beside"]})),
    ]});

    let number = world.run(&document).await;
    world.step_is(number, "beside", "succeeded").await;
    let open = world.prompt(number).await;
    assert_eq!(
        step_of(&world.execution(number).await, "both")["status"],
        "waiting"
    );
    let path = format!("/prompts/{}/answer", open["number"]);
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "completed");
    assert_eq!(text(&world, &execution, "both").await, "both\n");
}

#[tokio::test]
async fn a_condition_sees_the_whole_state() {
    let world = world().await;
    let mut ask = steps::prompt("ask");
    ask["timeout"] = json!(1);
    ask["default"] = json!("No");
    let when = |id: &str, condition: &str| {
        let step = json!({"id": id, "name": id, "type": "wait", "duration": 1});
        with(step, &json!({"condition": condition}))
    };
    let document = json!({
        "inputs": {"mode": {"type": "string", "default": "careful"}},
        "steps": [
            steps::execute("look", "echo fine"),
            ask,
            when("steps", "state.steps.look.stdout.trim() === 'fine'"),
            when("prompts", "state.prompts.ask === 'No'"),
            when("inputs", "state.inputs.mode === 'careful'"),
            when("execution", "state.execution.started_by === 'admin'"),
            when("otherwise", "state.prompts.ask === 'Yes'"),
        ],
    });

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    for part in ["steps", "prompts", "inputs", "execution"] {
        assert_eq!(step_of(&execution, part)["status"], "succeeded", "{part}");
    }
    assert_eq!(step_of(&execution, "otherwise")["status"], "skipped");
}
