//! Several things in one call, whole documents, and forms that are not silently left out.

use serde_json::{Value, json};

use super::fake::{Answer, EXECUTION_ID, Fake, execution, prompt_view, user};

#[test]
fn one_that_cannot_be_cancelled_keeps_no_other_from_it() {
    let fake = Fake::start(|request, _| match request.path.as_str() {
        "/api/v1/executions/1/cancel" => Answer::problem(409, "conflict", "#1 has ended"),
        _ if request.path.ends_with("/cancel") => Answer::Json(200, execution("cancelled")),
        _ => Answer::Json(200, execution("completed")),
    });

    fake.run(&["execution", "cancel", "1", "2"])
        .exits(10)
        .tells("1 of 2 executions refused")
        .tells("1: #1 has ended")
        .prints("execution/42 cancelled");
    fake.run(&["execution", "cancel", "1"])
        .exits(9)
        .tells("#1 has ended");
}

#[test]
fn a_workflow_that_is_not_there_keeps_no_other_from_being_deleted() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "DELETE" if request.path.ends_with("/ask") => Answer::Json(204, Value::Null),
        "GET" => Answer::page(&json!([])),
        _ => Answer::problem(404, "not_found", "no such workflow"),
    });

    fake.run(&["workflow", "delete", "nope", "ask", "--yes"])
        .exits(10)
        .tells("nope: ")
        .prints("workflow/ask deleted");
}

#[test]
fn half_a_document_is_refused() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let begin = "name: big\nsteps:\n  - {name: a, command: df, targets: [all]}\n";
    let comment = format!("#{}\n", "x".repeat(127)).repeat(33 * 1024);
    let file = fake.file("big.yaml", &format!("{begin}{comment}"));

    fake.run(&["workflow", "validate", &file])
        .exits(2)
        .tells("is longer than 4 MiB");
}

#[test]
fn a_form_that_followed_output_has_not_is_refused() {
    let fake = Fake::start(|_, _| Answer::Drop);
    for form in ["csv", "name"] {
        for call in [
            &["execution", "logs", "3"][..],
            &["worker", "exec", "--all"],
            &["fleet", "exec", "--all"],
            &["events"],
        ] {
            let mut args = call.to_vec();
            args.extend(["-o", form]);
            if call.contains(&"exec") {
                args.extend(["--", "true"]);
            }

            fake.run(&args).exits(2).tells("prints nothing as");
        }
    }
    assert!(fake.seen().is_empty());
}

#[test]
fn an_answer_in_another_case_is_the_option_that_was_meant() {
    let fake = Fake::start(|request, _| {
        if request.method == "GET" {
            let mut asking = execution("waiting");
            asking["prompts"] = json!([prompt_view("open")]);
            return Answer::Json(200, asking);
        }
        if request.json()["response"] == "Yes" {
            let mut answered = prompt_view("answered");
            answered["response"] = "Yes".into();
            return Answer::Json(200, answered);
        }
        Answer::problem(422, "not_an_option", "must be one of Yes, No")
    });

    fake.run(&["execution", "respond", EXECUTION_ID, "yes"])
        .exits(0)
        .prints("prompt/7 answered Yes");
    fake.run(&["execution", "respond", EXECUTION_ID, "maybe"])
        .exits(2);
}

#[test]
fn what_was_delegated_to_me_is_mine_to_watch() {
    let event = |prompt: i64| {
        let execution = json!({"id": EXECUTION_ID, "number": 42, "workflow_id": EXECUTION_ID,
            "workflow": "w", "seq": 1});
        let data = json!({"at": "2026-01-01T12:00:00Z", "event": "prompt", "execution": execution,
            "prompt": prompt, "step": "ask", "status": "open", "message": "Go?", "options": ["Yes"]});
        format!("id: {prompt}\nevent: prompt\ndata: {data}\n\n")
    };
    let fake = Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("user") => Answer::Json(200, user()),
        Some("events") => Answer::Hold(vec![event(7), event(8)]),
        Some("prompts") => Answer::page(&json!([])),
        Some(number) => {
            let mut view = prompt_view("open");
            view["started_by"] = "peter".into();
            if number == "8" {
                view["delegated_to"] = "maria".into();
            }
            Answer::Json(200, view)
        }
        None => Answer::Drop,
    });

    let watch = [
        "prompt",
        "ls",
        "--mine",
        "--watch",
        "--timeout",
        "2s",
        "-o",
        "name",
    ];
    let ran = fake.run(&watch).exits(124);

    assert_eq!(ran.stdout, "prompt/8\n");
}

#[test]
fn a_value_that_is_missing_is_empty_in_csv() {
    let fake = Fake::start(|_, _| Answer::page(&json!([execution("running")])));

    let ran = fake
        .run(&[
            "execution",
            "ls",
            "-o",
            "csv",
            "--columns",
            "number,took,reason",
        ])
        .exits(0);

    assert_eq!(ran.stdout, "number,took,reason\n42,,\n");
}
