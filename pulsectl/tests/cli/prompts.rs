//! Prompts of a run that nobody sits in front of.

use serde_json::json;

use super::{
    fake::{Answer, EXECUTION_ID, Fake, begin, end, output, prompt, prompt_view},
    run::server,
};

#[test]
fn an_open_prompt_without_an_answer_exits_8_with_the_command() {
    let fake = server(vec![
        begin(),
        prompt(1, "open"),
        output(2, "web-1", "never shown\n"),
    ]);

    let ran = fake
        .run(&["run", "update", "--no-input"])
        .exits(8)
        .tells("Install 3 updates?")
        .tells("pulsectl prompt answer 7 Yes")
        .tells("pulsectl execution watch 42");

    assert!(ran.stdout.is_empty());
    let quiet = fake.run(&["run", "update", "--no-input", "-q"]).exits(8);
    assert_eq!(quiet.stdout, format!("{EXECUTION_ID}\n"));
}

#[test]
fn answers_that_cannot_fit_are_refused_before_the_start() {
    let fake = Fake::start(|_, _| Answer::problem(500, "internal", "never asked"));
    let text = "name: update\nsteps:\n  - name: User approval\n    type: prompt\n    \
        message: Go?\n    options: ['Yes', 'No']\n";
    let file = fake.file("update.yaml", text);
    let run = |answer: &str| fake.run(&["run", "-f", &file, "--answer", answer]);

    run("User aproval=Yes")
        .exits(2)
        .tells("did you mean `User approval`?");
    run("User approval=Maybe")
        .exits(2)
        .tells("the options are Yes, No");
    assert!(fake.seen().is_empty());
}

#[test]
fn a_prompt_that_somebody_answered_meanwhile_is_no_reason_to_stop() {
    let fake = Fake::start(|request, _| match request.path.as_str() {
        "/api/v1/executions" => Answer::Stream(vec![
            begin(),
            prompt(1, "open"),
            prompt(2, "answered"),
            end("completed", None),
        ]),
        _ => Answer::Json(200, prompt_view("answered")),
    });

    fake.run(&["run", "update"])
        .exits(0)
        .tells("User approval: Yes, by peter");
}

#[test]
fn an_answer_is_given_by_the_name_of_the_step() {
    let fake = server(vec![
        begin(),
        prompt(1, "open"),
        prompt(2, "answered"),
        end("completed", None),
    ]);

    fake.run(&[
        "run",
        "update",
        "--answer",
        "user approval=yes",
        "--no-input",
    ])
    .exits(0);

    let answers = fake.calls("POST", "/prompts/7/answer");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].json(), json!({"response": "Yes"}));
    assert!(answers[0].header("idempotency-key").is_some());
}

#[test]
fn an_answer_that_came_second_is_told_and_the_run_goes_on() {
    let fake = Fake::start(|request, _| match request.path.as_str() {
        "/api/v1/executions" => Answer::Stream(vec![
            begin(),
            prompt(1, "open"),
            prompt(2, "answered"),
            end("completed", None),
        ]),
        _ => Answer::problem(409, "already_answered", "peter answered Yes first"),
    });

    fake.run(&["run", "update", "--answer", "approval=No"])
        .exits(0)
        .tells("peter answered Yes first");
}

#[test]
fn a_default_answers_where_that_is_allowed() {
    let fake = server(vec![
        begin(),
        prompt(1, "open"),
        prompt(2, "answered"),
        end("completed", None),
    ]);

    fake.run(&["run", "update", "--default-answers"]).exits(0);

    assert_eq!(
        fake.calls("POST", "/prompts/7/answer")[0].json(),
        json!({"response": "No"})
    );
}

#[test]
fn an_answer_that_nothing_asked_for_is_told() {
    let fake = server(vec![begin(), end("completed", None)]);

    fake.run(&["run", "update", "--answer", "Typo=Yes"])
        .exits(0)
        .tells("no prompt asked for the answer to Typo");
}
