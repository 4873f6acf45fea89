//! What every command shares: retries, problems, exit codes, forms of output.

use serde_json::{Value, json};

use super::fake::{Answer, EXECUTION_ID, Fake, Ran, user, worker};

#[test]
fn a_change_is_tried_again_with_the_same_key() {
    let fake = Fake::start(|_, before| match before {
        0 => Answer::problem(503, "database_unavailable", "away"),
        1 => Answer::Drop,
        _ => Answer::Json(201, json!({"code": "fra", "name": "Frankfurt"})),
    });

    fake.run(&["region", "create", "fra", "--name", "Frankfurt"])
        .exits(0)
        .prints("region/fra created");

    let seen = fake.seen();
    assert_eq!(seen.len(), 3);
    let key = seen[0].header("idempotency-key");
    assert!(
        key.is_some()
            && seen
                .iter()
                .all(|request| request.header("idempotency-key") == key)
    );
}

#[test]
fn reading_carries_no_key() {
    let fake = Fake::start(|_, _| Answer::page(&json!([])));

    fake.run(&["worker", "ls"]).exits(0);

    assert_eq!(fake.seen()[0].header("idempotency-key"), None);
}

#[test]
fn problems_decide_the_exit_code() {
    for (status, code, exit) in [
        (401, "unauthenticated", 4),
        (403, "forbidden", 4),
        (404, "not_found", 7),
        (409, "conflict", 9),
        (422, "invalid_body", 2),
        (500, "internal", 1),
    ] {
        let fake = Fake::start(move |_, _| Answer::problem(status, code, "this is why"));

        fake.run(&["whoami"])
            .exits(exit)
            .tells("error: this is why");
    }
}

#[test]
fn faults_are_listed_with_their_place() {
    let fake = Fake::start(|_, _| {
        let body = json!({
            "type": "t", "title": "t", "status": 422, "detail": "2 inputs do not fit", "code": "invalid_input",
            "hint": "see the workflow", "errors": [
                {"path": "inputs.version", "message": "is required"},
                {"path": "x", "line": 3, "column": 5, "message": "unknown key"}
            ]
        });
        Answer::Json(422, body)
    });

    fake.run(&["whoami"])
        .exits(2)
        .tells("inputs.version: is required")
        .tells("3:5: unknown key")
        .tells("hint: see the workflow");
}

#[test]
fn a_server_that_is_not_there_exits_12() {
    let fake = Fake::start(|_, _| Answer::Drop);

    fake.run(&["--url", "http://127.0.0.1:1", "whoami"])
        .exits(12)
        .tells("could not reach http://127.0.0.1:1")
        .tells("hint:");
}

#[test]
fn lists_are_arrays_and_objects_name_their_version() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1"), worker("web-2")])));

    let json = fake.run(&["worker", "ls", "-o", "json"]).exits(0);
    let lines = fake.run(&["worker", "ls", "-o", "jsonl"]).exits(0);

    let all: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&all[0]["apiVersion"], &all[0]["name"]),
        (&json!("pulse/v1"), &json!("web-1"))
    );
    let first: Value = serde_json::from_str(lines.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(first, all[0]);
}

#[test]
fn a_list_has_every_form() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1")])));
    let printed = |args: &[&str]| {
        fake.run(&[&["worker", "ls"], args].concat())
            .exits(0)
            .stdout
    };

    assert_eq!(
        printed(&[]),
        "NAME    STATUS   STATE    GROUPS   RUNNING   HEARD    VERSION\n\
         web-1   online   active   web      0         4s ago   0.1.0\n"
    );
    assert_eq!(
        printed(&["--columns", "region,name", "--no-headers"]),
        "fra   web-1\n"
    );
    assert_eq!(printed(&["-o", "name"]), "worker/web-1\n");
    assert_eq!(printed(&["-q"]), "web-1\n");
    assert!(printed(&["-o", "csv"]).starts_with("name,status,state,region"));
    assert!(printed(&["-o", "yaml"]).starts_with("- apiVersion: pulse/v1\n"));
}

#[test]
fn the_file_for_the_outputs_of_a_step_is_no_form_of_output() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1")])));
    let ls = |value: &str| -> Ran {
        let mut command = fake.command(&["worker", "ls", "--columns", "name"]);
        command.env("PULSE_OUTPUT", value).output().unwrap().into()
    };

    assert_eq!(ls("/tmp/job/outputs").exits(0).stdout, "NAME\nweb-1\n");
    assert_eq!(ls("name").exits(0).stdout, "worker/web-1\n");
    ls("nonsense").exits(2);
}

#[test]
fn jq_and_a_template_choose_what_is_printed() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1"), worker("web-2")])));

    let jq = fake.run(&["worker", "ls", "--jq", ".[] | .name"]).exits(0);
    let template = fake
        .run(&["worker", "ls", "--format", "{{.name}} in {{.region}}"])
        .exits(0);

    assert_eq!(jq.stdout, "web-1\nweb-2\n");
    assert_eq!(template.stdout, "web-1 in fra\nweb-2 in fra\n");
    fake.run(&["worker", "ls", "--jq", ".["])
        .exits(2)
        .tells("is not a jq expression");
}

#[test]
fn an_unknown_column_is_refused_with_a_suggestion() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1")])));

    fake.run(&["worker", "ls", "--columns", "regoin"])
        .exits(2)
        .tells("did you mean `region`?");
}

#[test]
fn every_page_of_a_list_is_fetched() {
    let fake = Fake::start(|request, _| {
        let (name, next) = if request.query.contains("cursor=two") {
            ("web-2", Value::Null)
        } else {
            ("web-1", "two".into())
        };
        Answer::Json(200, json!({"items": [worker(name)], "next_cursor": next}))
    });

    assert_eq!(
        fake.run(&["worker", "ls", "-q"]).exits(0).stdout,
        "web-1\nweb-2\n"
    );
}

#[test]
fn the_newest_own_execution_is_at_last() {
    let fake = Fake::start(|request, _| match request.path.as_str() {
        "/api/v1/user" => Answer::Json(200, user()),
        "/api/v1/executions" => Answer::page(&json!([super::fake::execution("completed")])),
        _ => Answer::Json(200, super::fake::execution("completed")),
    });

    fake.run(&["execution", "wait", "@last"])
        .exits(0)
        .prints("execution/42 completed");

    assert!(fake.seen()[1].query.contains("started_by=maria"));
}

#[test]
fn an_ambiguous_beginning_of_an_id_lists_what_it_could_be() {
    let fake = Fake::start(|_, _| {
        let one = super::fake::execution("completed");
        let mut other = one.clone();
        other["id"] = "01931d5c-0000-7000-8000-00000000002b".into();
        other["number"] = 43.into();
        Answer::page(&json!([one, other]))
    });

    fake.run(&["execution", "show", "01931d5c"])
        .exits(2)
        .tells("#42")
        .tells("#43");
}

#[test]
fn the_debug_trace_shows_no_token() {
    let fake = Fake::start(|_, _| Answer::Json(200, user()));

    let ran = fake.run(&["whoami", "--debug"]).exits(0).tells("> GET");

    assert!(!ran.stderr.contains("secret-token"));
}

#[test]
fn any_call_can_be_made() {
    let fake = Fake::start(|_, _| Answer::Json(200, json!({"x": 1})));
    let body = fake.file("body.json", "{\"a\": 2}");

    let ran = fake
        .run(&["api", "post", "/executions", "-d", &format!("@{body}")])
        .exits(0);

    assert_eq!(ran.stdout, "{\"x\":1}");
    assert_eq!(fake.calls("POST", "/executions")[0].json(), json!({"a": 2}));
}

#[test]
fn logs_are_fetched_page_by_page_in_order() {
    let entry = |seq: i64, text: &str| {
        json!({
            "seq": seq, "at": "2026-01-01T12:00:01Z", "event": "output", "attempt": 1, "offset": 0,
            "job_id": EXECUTION_ID, "step": "check", "worker": "web-1", "stream": "stdout",
            "text": text
        })
    };
    let fake = Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("logs") if request.query.contains("cursor=1") => {
            Answer::page(&json!([entry(2, "o\ntwo\n")]))
        }
        Some("logs") => Answer::Json(
            200,
            json!({"items": [entry(1, "one, t")], "next_cursor": "1"}),
        ),
        _ => Answer::Json(200, super::fake::execution("completed")),
    });

    let all = fake
        .run(&["execution", "logs", "42", "--prefix", "none"])
        .exits(0);
    let tail = fake
        .run(&["execution", "logs", "42", "--tail", "1"])
        .exits(0);

    assert_eq!(all.stdout, "one, to\ntwo\n");
    assert_eq!(tail.stdout.split('│').next_back(), Some(" two\n"));
}

#[test]
fn a_busy_worker_is_removed_only_by_force() {
    let fake = Fake::start(|request, _| {
        if request.query == "only_idle=true" {
            Answer::problem(409, "still_running", "2 jobs are in the worker's hands")
        } else {
            Answer::Json(200, worker("web-1"))
        }
    });

    fake.run(&["worker", "remove", "web-1", "-y"])
        .exits(9)
        .tells("2 jobs are in the worker's hands");
    fake.run(&["worker", "remove", "web-1", "-y", "--force"])
        .exits(0)
        .prints("worker/web-1 removed");
    fake.run(&["worker", "remove", "web-1"])
        .exits(2)
        .tells("--yes");

    let path = format!("/workers/{EXECUTION_ID}");
    assert_eq!(fake.calls("DELETE", &path).len(), 2);
}

#[test]
fn a_server_without_its_database_still_tells_its_version() {
    let fake = Fake::start(|_, _| {
        Answer::Json(
            503,
            json!({
                "status": "degraded", "timestamp": "2026-01-01T12:00:00Z", "database": "disconnected",
                "auth": "token", "version": "0.1.0"
            }),
        )
    });

    fake.run(&["server", "version"])
        .exits(0)
        .prints("pulsed 0.1.0");
    fake.run(&["doctor"])
        .exits(3)
        .prints("✗ server: its database is disconnected");
}
