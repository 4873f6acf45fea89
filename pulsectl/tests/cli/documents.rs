//! Documents and files: examples, graphs, explanations, reports, exports, and the configuration.

use std::fs;

use serde_json::{Value, json};

use super::fake::{
    Answer, EXECUTION_ID, Fake, begin, end, execution, output, output_of, prompt, step, worker,
};

fn nobody() -> Fake {
    Fake::start(|_, _| Answer::Drop)
}

#[test]
fn an_example_is_a_valid_document_with_a_graph() {
    let fake = nobody();
    let example = fake.run(&["workflow", "example"]).exits(0).stdout;
    let file = fake.file("update.yaml", &example);

    fake.run(&["workflow", "validate", &file]).exits(0);
    let graph = fake.run(&["workflow", "graph", "-f", &file]).exits(0);

    assert!(graph.stdout.starts_with("digraph "), "{}", graph.stdout);
    assert!(graph.stdout.contains(" -> "), "{}", graph.stdout);
    assert!(fake.seen().is_empty());
}

#[test]
fn a_part_of_a_document_is_explained() {
    let fake = nobody();

    fake.run(&["explain", "workflow.steps.condition"])
        .exits(0)
        .prints("workflow.steps.condition: string | boolean")
        .prints("A JavaScript expression");
    fake.run(&["explain", "workflow.steps"])
        .exits(0)
        .prints("list of object")
        .prints("condition");
    fake.run(&["explain", "workflow.stps"])
        .exits(7)
        .tells("did you mean `workflow.steps`?");
    fake.run(&["explain", "monitor"]).exits(7);
}

#[test]
fn faults_are_reported_in_the_form_of_code_scanners() {
    let fake = nobody();
    let file = fake.file("bad.yaml", "steps:\n  - {name: a, commmand: 'true'}\n");

    let report = fake
        .run(&["workflow", "validate", &file, "-o", "sarif"])
        .exits(1);

    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let result = &report["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);
}

#[test]
fn the_configuration_is_found_and_shown() {
    let fake = nobody();
    fake.run(&["context", "set", "prod", "--url", "https://pulse.example"])
        .exits(0);

    let path = fake.run(&["config", "path"]).exits(0);
    let shown = fake.run(&["config", "view"]).exits(0);

    let text = fs::read_to_string(path.stdout.trim_end()).unwrap();
    assert_eq!(text, shown.stdout);
    assert!(shown.stdout.contains("url: https://pulse.example"));
    fake.run(&["config", "edit"])
        .exits(2)
        .tells("an editor needs a terminal");
}

#[test]
fn output_is_saved_into_a_file_for_each_stream() {
    let fake = Fake::start(|request, _| {
        if request.path.ends_with("/logs") {
            let entry = |event: String| -> Value {
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                serde_json::from_str(data.unwrap()).unwrap()
            };
            let items = [
                output(1, "web-1", "a\n"),
                output_of(2, "../web-2", ("stderr", "b")),
                output(3, "web-1", "c\n"),
            ];
            return Answer::page(&items.map(entry).to_vec().into());
        }
        Answer::Json(200, execution("completed"))
    });
    let folder = fake.home.join("logs");

    let ran = fake
        .run(&[
            "execution",
            "logs",
            "42",
            "--save",
            &folder.display().to_string(),
        ])
        .exits(0)
        .tells("2 files in ");

    assert_eq!(ran.stdout.lines().count(), 2);
    assert_eq!(
        fs::read_to_string(folder.join("check/web-1.stdout")).unwrap(),
        "a\nc\n"
    );
    assert_eq!(
        fs::read_to_string(folder.join("check/.._web-2.stderr")).unwrap(),
        "b"
    );
}

#[test]
fn following_shows_the_step_and_the_worker_that_are_asked_for() {
    let fake = Fake::start(|request, _| {
        if request.path.ends_with("/events") {
            return Answer::Stream(vec![
                output(1, "web-1", "one\n"),
                output(2, "web-2", "two\n"),
                end("completed", None),
            ]);
        }
        Answer::Json(200, execution("running"))
    });

    let ran = fake
        .run(&[
            "execution",
            "logs",
            "42",
            "-f",
            "--worker",
            "web-2",
            "--step",
            "Check disk",
            "--prefix",
            "none",
        ])
        .exits(0);

    assert_eq!(ran.stdout, "two\n");
}

#[test]
fn an_execution_that_has_ended_is_exported_line_by_line() {
    let fake = Fake::start(|request, _| {
        if request.path.ends_with("/events") {
            return Answer::Stream(vec![
                step(1, "running"),
                output(2, "web-1", "x"),
                end("completed", None),
            ]);
        }
        let status = if request.path.ends_with("/43") {
            "running"
        } else {
            "completed"
        };
        Answer::Json(200, execution(status))
    });
    let file = fake.home.join("42.jsonl").display().to_string();

    fake.run(&["execution", "export", "42", "-O", &file])
        .exits(0)
        .tells("#42 with 2 entries");
    fake.run(&["execution", "export", "42", "-O", &file])
        .exits(2);
    fake.run(&["execution", "export", "43"])
        .exits(9)
        .tells("has not ended yet");

    let lines: Vec<Value> = fs::read_to_string(&file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["execution"]["id"], EXECUTION_ID);
    assert_eq!(lines[2]["text"], "x");
}

#[test]
fn two_executions_are_compared_by_how_they_went() {
    let fake = Fake::start(|request, _| {
        let is_other = request.path.ends_with("/43");
        let mut view = execution(if is_other { "failed" } else { "completed" });
        if is_other {
            view["number"] = 43.into();
        }
        Answer::Json(200, view)
    });

    fake.run(&["execution", "diff", "42", "42"])
        .exits(0)
        .tells("went the same way");
    fake.run(&["execution", "diff", "42", "43"])
        .exits(1)
        .prints("-status: completed\n+status: failed");
}

#[test]
fn answers_come_from_a_file_too() {
    let fake = Fake::start(
        |request, _| match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/api/v1/executions") => {
                Answer::Stream(vec![begin(), prompt(1, "open"), end("completed", None)])
            }
            ("POST", _) => Answer::Json(200, super::fake::prompt_view("answered")),
            _ => Answer::problem(404, "not_found", "no such workflow"),
        },
    );
    let file = fake.file("answers.yaml", "User approval: Yes\n");

    fake.run(&["run", "update", "--answers-file", &file])
        .exits(0);

    let answers = fake.calls("POST", "/prompts/7/answer");
    assert_eq!(answers[0].json()["response"], "Yes");
}

#[test]
fn all_pages_of_a_list_are_one_answer() {
    let fake = Fake::start(|request, _| {
        if request.query.contains("cursor=web-1") {
            return Answer::page(&json!([worker("web-2")]));
        }
        Answer::Json(
            200,
            json!({"items": [worker("web-1")], "next_cursor": "web-1"}),
        )
    });

    let ran = fake
        .run(&[
            "api",
            "GET",
            "/workers",
            "--paginate",
            "--jq",
            ".items[].name",
        ])
        .exits(0);

    assert_eq!(ran.stdout, "web-1\nweb-2\n");
}

#[test]
fn a_bundle_for_support_tells_what_it_could_not_get_and_no_secrets() {
    let fake = Fake::start(|request, _| {
        if request.path.ends_with("/events") {
            return Answer::Stream(Vec::new());
        }
        if request.path.ends_with("/executions") {
            let mut view = execution("failed");
            view["inputs"] = json!({"password": "hunter2"});
            return Answer::page(&json!([view]));
        }
        Answer::problem(403, "forbidden", "this is for admins")
    });
    let file = fake.home.join("bundle.json").display().to_string();

    fake.run(&["support-bundle", "-O", &file])
        .exits(0)
        .prints("bundle.json");

    let text = fs::read_to_string(&file).unwrap();
    assert!(
        !text.contains("hunter2") && !text.contains("secret-token"),
        "{text}"
    );
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(bundle["workers"]["error"], "this is for admins");
    assert_eq!(bundle["executions"]["items"][0]["inputs"], "***");
}
