//! Forms, columns and `-q` together: what is asked for holds, or is refused, and is never left out.

use serde_json::{Value, json};

use super::{
    fake::{Answer, Fake, Ran, execution, worker},
    forms::willing,
};

const OLD: &str = "name: audit\nsteps:\n  - {name: a, command: df, targets: [all]}\n";
const NEW: &str = "name: audit\nsteps:\n  - {name: a, command: du, targets: [all]}\n";

fn nobody() -> Fake {
    Fake::start(|_, _| Answer::Drop)
}

#[test]
fn a_form_that_a_command_has_nothing_for_is_refused_before_anything_is_asked() {
    let fake = nobody();
    let file = fake.file("a.yaml", OLD);
    for line in [
        "server status",
        "server metrics",
        "fleet status",
        "fleet rolling-restart --plan",
        "doctor",
        "context show",
        "config view",
        "config path",
        "execution diff 1 2",
        "execution export 1",
        "workflow graph -f FILE",
        "workflow validate FILE",
        "workflow diff FILE",
        "workflow schema",
        "workflow example",
        "run -f FILE --dry-run",
        "explain workflow",
        "help exit-codes",
    ] {
        for form in ["csv", "name"] {
            let line = line.replace("FILE", &file);
            let mut args: Vec<&str> = line.split(' ').collect();
            args.extend(["-o", form]);

            fake.run(&args)
                .exits(2)
                .tells(&format!("prints nothing as {form}"));
        }
    }
    fake.run(&["workflow", "get", "a", "-o", "csv"]).exits(2);
    for line in ["server metrics", "workflow example", "completion bash"] {
        let mut args: Vec<&str> = line.split(' ').collect();
        args.extend(["-o", "json"]);
        fake.run(&args).exits(2).tells("prints nothing as json");
    }
    assert!(fake.seen().is_empty());
}

#[test]
fn a_form_that_the_environment_chooses_keeps_no_command_from_its_text() {
    let fake = nobody();

    let ran: Ran = fake
        .command(&["config", "path"])
        .env("PULSE_OUTPUT", "csv")
        .output()
        .unwrap()
        .into();

    ran.exits(0).prints("config.yaml");
}

#[test]
fn columns_are_refused_where_there_is_no_table() {
    let fake = nobody();
    for line in [
        "worker show web-1",
        "execution logs 42",
        "execution show 42",
        "worker drain web-1",
        "server status",
        "server status -o csv",
    ] {
        let mut args: Vec<&str> = line.split(' ').collect();
        args.extend(["--columns", "name"]);

        fake.run(&args).exits(2).tells("--columns chooses columns");
    }
    assert!(fake.seen().is_empty());
}

#[test]
fn a_form_holds_beside_quiet_which_then_only_keeps_the_talk_away() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "GET" => Answer::page(&json!([worker("web-1")])),
        _ => Answer::Json(201, execution("running")),
    });
    let list = |flags: &[&str]| {
        let args = [&["worker", "ls", "-q"][..], flags].concat();
        fake.run(&args).exits(0).stdout
    };

    assert_eq!(list(&[]), "web-1\n");
    assert_eq!(list(&["-o", "wide"]), "web-1\n");
    assert_eq!(list(&["-o", "name"]), "worker/web-1\n");
    assert_eq!(list(&["--jq", ".[].region"]), "fra\n");
    assert_eq!(list(&["--format", "{{.status}}"]), "online\n");
    let listed: Value = serde_json::from_str(&list(&["-o", "json"])).unwrap();
    assert_eq!(listed[0]["name"], "web-1");

    let started = fake
        .run(&["run", "audit", "-d", "-q", "-o", "json"])
        .exits(0);
    assert!(started.stdout.contains("\"number\": 42"));
    assert_eq!(started.stderr, "");
}

#[test]
fn a_difference_is_one_document_for_a_program() {
    let fake = Fake::start(|_, _| {
        Answer::Json(
            200,
            json!({"id": super::fake::EXECUTION_ID, "name": "audit", "version": 2,
                "description": null, "definition": {}, "source": OLD, "created_by": "maria",
                "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}),
        )
    });
    let (same, other) = (fake.file("same.yaml", OLD), fake.file("other.yaml", NEW));
    let diff = |file: &str, code: i32| -> Value {
        let ran = fake.run(&["workflow", "diff", file, "-o", "json"]);
        serde_json::from_str(&ran.exits(code).stdout).unwrap()
    };

    let told = diff(&same, 0);
    assert_eq!(told["apiVersion"], "pulse/v1");
    assert_eq!(
        (&told["same"], &told["workflows"][0]["same"]),
        (&json!(true), &json!(true))
    );
    let told = diff(&other, 1);
    assert_eq!(told["same"], false);
    let text = told["workflows"][0]["diff"].as_str().unwrap();
    assert!(text.contains("-  - {name: a, command: df"), "{text}");
}

#[test]
fn where_the_configuration_is_has_a_form_for_programs() {
    let fake = nobody();

    let text = fake.run(&["config", "path", "-o", "json"]).exits(0).stdout;

    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["apiVersion"], "pulse/v1");
    assert!(told["path"].as_str().unwrap().ends_with("config.yaml"));
    let schema = fake
        .run(&["workflow", "schema", "--jq", ".title"])
        .exits(0)
        .stdout;
    assert_eq!(schema.lines().count(), 1);
}

#[test]
fn columns_are_refused_where_there_are_none() {
    let fake = willing();
    for form in [
        &["-o", "json"][..],
        &["-o", "yaml"],
        &["-o", "name"],
        &["--jq", "."],
    ] {
        let args = [&["worker", "ls", "--columns", "name"][..], form].concat();

        fake.run(&args).exits(2).tells("--columns chooses columns");
    }
    fake.run(&["worker", "ls", "--columns", "name", "-o", "csv"])
        .exits(0);
}

#[test]
fn a_form_that_a_command_has_nothing_to_print_in_is_refused() {
    let fake = willing();
    for (args, hint) in [
        (["worker", "ls", "-o", "raw"], "execution logs"),
        (["worker", "ls", "-o", "sarif"], "workflow validate"),
        (["run", "audit", "-o", "github"], "workflow validate"),
    ] {
        fake.run(&args).exits(2).tells(hint);
    }

    assert!(fake.seen().is_empty());
}

#[test]
fn waiting_for_a_question_that_is_never_asked_fails() {
    let ended =
        |status: &'static str| Fake::start(move |_, _| Answer::Json(200, execution(status)));
    let wait = ["execution", "wait", "42", "--for", "prompt"];

    ended("completed")
        .run(&wait)
        .exits(3)
        .tells("asks nothing any more");
    ended("cancelled").run(&wait).exits(5);
}
