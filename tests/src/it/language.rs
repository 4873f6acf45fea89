//! What a document may say, through the whole stack.

use std::time::Duration;

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

#[tokio::test]
async fn what_a_step_hands_over_reaches_the_next_one_unharmed() {
    let world = world().await;
    let give = "printf 'plain=42\\nevil=$(touch /tmp/pulse-owned); echo \"x\\nlong<<END\\none\\ntwo\\nEND\\n' >> \"$PULSE_OUTPUT\"";
    let document = json!({"steps": [
        steps::execute("give", give),
        steps::execute("take", "echo ${{ steps.give.outputs.plain }} ${{ steps.give.outputs.evil }}; echo ${{ steps.give.outputs.long }}"),
    ]});

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "completed", "{execution}");
    let outputs = &step_of(&execution, "give")["outputs"]["web-1"];
    assert_eq!(outputs["plain"], "42");
    assert_eq!(outputs["long"], "one\ntwo");
    let said = text(&world, &execution, "take").await;
    assert_eq!(said, "42 $(touch /tmp/pulse-owned); echo \"x\none\ntwo\n");
}

#[tokio::test]
async fn inputs_are_checked_and_reach_the_step_as_words_and_as_environment() {
    let world = world().await;
    let document = json!({
        "name": "greet",
        "inputs": {
            "who": {"type": "string", "required": true, "pattern": "[A-Za-z' ]+"},
            "times": {"type": "number", "default": 2},
            "mode": {"type": "enum", "values": ["loud", "quiet"], "default": "quiet"},
        },
        "steps": [steps::execute("greet", "echo ${{ inputs.who }} ${{ inputs.times }} \"$PULSE_INPUT_WHO/$PULSE_INPUT_MODE\"")],
    });
    world
        .admin()
        .put("/workflows/greet", &document.to_string())
        .await
        .is(201);
    let start = async |inputs: Value| {
        world
            .admin()
            .post(
                "/executions",
                &json!({"workflow": "greet", "inputs": inputs}),
            )
            .await
    };

    for wrong in [
        json!({}),
        json!({"who": "a;b"}),
        json!({"who": 5}),
        json!({"who": "a", "mode": "shy"}),
        json!({"who": "a", "unknown": 1}),
        json!({"who": "a", "times": "many"}),
    ] {
        start(wrong).await.problem(422, "invalid_input");
    }
    let number = start(json!({"who": "Ann O'Neil", "mode": "loud"}))
        .await
        .is(201)["number"]
        .clone();
    let execution = world.ended(number.as_i64().unwrap()).await;

    assert_eq!(
        text(&world, &execution, "greet").await,
        "Ann O'Neil 2 Ann O'Neil/loud\n"
    );
    let said = world
        .ctl(&[
            "run",
            "greet",
            "-p",
            "who=Bob",
            "-p",
            "mode=loud",
            "--no-input",
        ])
        .await;
    assert!(said.is(0).contains("Bob 2 Bob/loud"), "{said:?}");
}

#[tokio::test]
async fn steps_run_one_after_the_other_and_waits_take_their_time() {
    let world = world().await;
    let ledger = world.ledger();
    let note = ledger.note();
    let document = json!({"steps": [
        steps::execute("one", &format!("sleep 0.2; {note}")),
        {"id": "pause", "name": "pause", "type": "wait", "duration": "700ms"},
        steps::execute("two", &note),
        steps::execute("three", &note),
    ]});

    let execution = world.complete(&document).await;

    let order: Vec<_> = ledger
        .lines()
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(order, ["one", "two", "three"]);
    let (one, two) = (step_of(&execution, "one"), step_of(&execution, "two"));
    let between = at(&two, "started_at").duration_since(at(&one, "completed_at"));
    assert!(between.as_millis() >= 700, "{between}");
}

#[tokio::test]
async fn the_environment_of_a_step_is_the_documented_one() {
    let world = world().await;
    let step = with(
        steps::execute("look", "env; pwd"),
        &json!({"env": {"COLOUR": "blue $HOME"}, "working_dir": "/"}),
    );

    let execution = world.complete(&json!({"steps": [step]})).await;

    let said = text(&world, &execution, "look").await;
    for line in [
        "PULSE_STEP=look",
        "PULSE_WORKER=web-1",
        "PULSE_ATTEMPT=1",
        "PULSE_REGION=iad",
        "COLOUR=blue $HOME",
        "/",
    ] {
        assert!(
            said.lines().any(|found| found == line),
            "no {line} in {said}"
        );
    }
    let number = format!("PULSE_EXECUTION_NUMBER={}", execution["number"]);
    assert!(said.contains(&number), "{said}");
    assert!(
        !said.contains("pulse_agent_") && !said.contains("pulse_enroll_"),
        "a secret: {said}"
    );
    assert!(!said.contains("WORKER_ENROLLMENT_TOKEN"), "{said}");
}

#[tokio::test]
async fn scripts_run_in_their_runtime() {
    let world = world().await;
    let script = json!({"id": "script", "name": "script", "type": "execute", "targets": ["all"],
        "runtime": "bash", "script": "words=(a b c)\necho ${#words[@]}\n"});

    let execution = world.complete(&json!({"steps": [script]})).await;

    assert_eq!(text(&world, &execution, "script").await, "3\n");
}

#[tokio::test]
async fn targets_that_match_nothing_are_an_error() {
    let world = world().await;
    for targets in [json!(["nowhere"]), json!("role=nothing")] {
        let step = with(
            steps::execute("lonely", "true"),
            &json!({"targets": targets}),
        );
        let body = json!({"definition": {"steps": [step]}});
        world
            .admin()
            .post("/executions", &body)
            .await
            .problem(422, "no_targets");
    }
}

#[tokio::test]
async fn groups_labels_and_regions_choose_the_hosts() {
    let mut world = world().await;
    world.add_agent("db-1").await;
    let body = json!({"groups": ["storage"], "labels": {"rack": "b7"}});
    world.admin().patch("/workers/db-1", &body).await.is(200);

    for targets in [
        json!(["storage"]),
        json!("label.rack=b7"),
        json!("region=iad && !name=web-1"),
    ] {
        let step = with(
            steps::execute("where", "true"),
            &json!({"targets": targets}),
        );
        let execution = world.complete(&json!({"steps": [step]})).await;
        let hosts: Vec<_> = jobs_of(&execution, "where")
            .iter()
            .map(|job| job["worker"].clone())
            .collect();
        assert_eq!(hosts, ["db-1"], "{targets}");
    }
}

#[tokio::test]
async fn an_execution_that_takes_too_long_is_ended() {
    let world = world().await;
    let document = json!({
        "timeout": "700ms",
        "steps": [steps::execute("long", "sleep 60"), steps::execute("next", "true")],
        "finally": [steps::execute("tidy", "true")],
    });

    let execution = world.complete(&document).await;

    assert_eq!(execution["status"], "timed_out", "{execution}");
    assert_eq!(step_of(&execution, "next")["jobs"], json!([]));
    assert_eq!(step_of(&execution, "finally/tidy")["status"], "succeeded");
}

#[tokio::test]
async fn a_run_keeps_the_version_that_it_began_with() {
    let world = world().await;
    let document = |word: &str| {
        json!({"steps": [steps::prompt("ask"), steps::execute("say", &format!("echo {word}"))]})
            .to_string()
    };
    world
        .admin()
        .put("/workflows/versions", &document("old"))
        .await
        .is(201);
    let started = world
        .admin()
        .post("/executions", &json!({"workflow": "versions"}))
        .await
        .is(201);
    let number = started["number"].as_i64().unwrap();

    let applied = world
        .admin()
        .put("/workflows/versions", &document("new"))
        .await
        .is(200);
    assert_eq!(
        world.admin().delete("/workflows/versions").await.status,
        204
    );
    let open = world.prompt(number).await;
    let path = format!("/prompts/{}/answer", open["number"]);
    world
        .admin()
        .post(&path, &json!({"response": "Yes"}))
        .await
        .is(200);
    let execution = world.ended(number).await;

    assert_eq!(applied["version"], 2);
    assert_eq!(execution["workflow"]["version"], 1);
    assert_eq!(text(&world, &execution, "say").await, "old\n");
    let gone = world
        .admin()
        .post("/executions", &json!({"workflow": "versions"}))
        .await;
    gone.problem(404, "not_found");
}

#[tokio::test]
async fn a_wait_survives_a_restart_of_the_server() {
    let mut world = world().await;
    let number = world
        .run(&json!({"steps": [
            {"id": "pause", "name": "pause", "type": "wait", "duration": "2s"},
            steps::execute("after", "echo after"),
        ]}))
        .await;
    world.step_is(number, "pause", "running").await;

    world.server().kill();
    world.server().start();
    let execution =
        pulse_tests::world::ended_within(&world.admin(), number, Duration::from_secs(20)).await;

    assert_eq!(execution["status"], "completed");
    let pause = step_of(&execution, "pause");
    let took = at(&pause, "completed_at").duration_since(at(&pause, "started_at"));
    assert!((2000..10_000).contains(&took.as_millis()), "{took}");
}

/// What each step of a kind has said, by its id.
async fn said_by(world: &World, execution: &Value, suffix: &str) -> Vec<String> {
    let steps = execution["steps"].as_array().unwrap();
    let ids = steps.iter().map(|step| step["id"].as_str().unwrap());
    let mut said = Vec::new();
    for id in ids.filter(|id| id.ends_with(suffix)) {
        said.push(format!("{id}: {}", text(world, execution, id).await.trim()));
    }
    said
}

#[tokio::test]
async fn a_matrix_runs_its_group_once_for_each_combination() {
    let world = world().await;
    let say = "echo ${{ matrix.arch }} $PULSE_MATRIX_SUITE";
    let build = json!({"id": "build", "matrix": {"arch": ["amd64", "arm64"], "suite": [12, 13]},
        "steps": [steps::execute("say", say)]});

    let execution = world
        .complete(&json!({"steps": [build, steps::execute("after", "true")]}))
        .await;

    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(
        said_by(&world, &execution, "/say").await,
        [
            "build/amd64-12/say: amd64 12",
            "build/amd64-13/say: amd64 13",
            "build/arm64-12/say: arm64 12",
            "build/arm64-13/say: arm64 13"
        ]
    );
}

#[tokio::test]
async fn an_input_says_what_a_group_runs_for_and_another_server_goes_on_with_it() {
    let mut world = world().await;
    let restart = steps::execute("restart", "sleep 1; echo ${{ item }} $PULSE_ITEM");
    let definition = json!({"inputs": {"services": {"type": "list"}}, "steps": [
        {"id": "each", "foreach": "${{ inputs.services }}", "steps": [restart,
            steps::execute("fails", "[ ${{ item }} != db ]")]}]});
    let run = json!({"definition": definition, "inputs": {"services": "web one,db"}});
    let number = world.admin().post("/executions", &run).await.is(201)["number"].clone();
    let number = number.as_i64().unwrap();
    world.step_is(number, "each/db/restart", "running").await;

    world.server().kill();
    world.server().start();
    let execution = world.ended(number).await;

    assert_eq!(execution["status"], "failed", "{execution}");
    assert_eq!(
        said_by(&world, &execution, "/restart").await,
        [
            "each/web-one/restart: web one web one",
            "each/db/restart: db db"
        ]
    );
    for (step, status) in [
        ("each/web-one", "succeeded"),
        ("each/db", "failed"),
        ("each", "failed"),
    ] {
        assert_eq!(step_of(&execution, step)["status"], status, "{step}");
    }
    let path = format!("/executions/{number}/retry");
    let again = json!({"from_step": "each"});
    let retried = world.admin().post(&path, &again).await.is(201);
    let retried = world.ended(retried["number"].as_i64().unwrap()).await;
    assert_eq!(step_of(&retried, "each/db/fails")["status"], "failed");
}

#[tokio::test]
async fn more_items_than_a_run_has_steps_are_refused_by_their_input() {
    let world = world().await;
    let definition = json!({"inputs": {"many": {"type": "list"}}, "steps": [
        {"id": "each", "foreach": "${{ inputs.many }}", "steps": [steps::execute("one", "true")]}]});
    let many: Vec<u32> = (0..100).collect();
    let run = json!({"definition": definition, "inputs": {"many": many}});

    let refused = world.admin().post("/executions", &run).await;

    let problem = refused.problem(422, "invalid_input");
    assert!(
        problem.to_string().contains("more than 200 steps"),
        "{problem}"
    );
}
