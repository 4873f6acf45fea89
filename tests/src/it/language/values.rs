//! What goes into a step, and what it hands over.

use pulse_tests::{steps, world::step_of};
use serde_json::{Value, json};

use super::{text, with, world};

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
    let give = step_of(&execution, "give");
    let outputs = &give["outputs"];
    assert_eq!(give["hosts"]["web-1"]["outputs"], *outputs);
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
