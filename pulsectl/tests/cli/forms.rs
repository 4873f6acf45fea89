//! `-o`: each form is what it says, for lists, for changes, and for what is neither.

use serde_json::{Value, json};

use super::fake::{
    Answer, EXECUTION_ID, Fake, Request, begin, end, execution, job, output, prompt_view, user,
    worker,
};

pub(super) const TEXT: &str =
    "name: audit\nsteps:\n  - name: Check\n    command: df\n    targets: [all]\n";

/// A server where everything that is asked for works.
pub(super) fn willing() -> Fake {
    Fake::start(|request, _| {
        let path = request.path.trim_start_matches("/api/v1");
        let words: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (request.method.as_str(), words.as_slice()) {
            ("GET", ["workers"]) => Answer::page(&json!([worker("web-1")])),
            ("GET", ["schedules"]) => Answer::page(&json!([])),
            ("GET", ["tokens"]) => {
                Answer::page(&json!([super::hints::token(EXECUTION_ID, "ci", None)]))
            }
            ("DELETE", _) => Answer::Json(204, Value::Null),
            ("POST", ["workers", "cleanup"]) => {
                Answer::Json(200, json!({"deleted": [EXECUTION_ID]}))
            }
            (_, ["workers", ..]) => Answer::Json(200, worker("web-1")),
            (_, ["workflows", ..]) => Answer::Json(
                200,
                json!({"id": EXECUTION_ID, "name": "audit", "version": 2, "changed": true,
                    "description": null, "definition": {}, "source": TEXT, "created_by": "maria",
                    "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}),
            ),
            (_, ["executions", _, "respond"] | ["prompts", ..]) => {
                Answer::Json(200, prompt_view("answered"))
            }
            ("POST", ["executions"]) if streams(request) => Answer::Stream(vec![
                begin(),
                output(1, "web-1", "not a name\n"),
                job(2, "web-1", ("succeeded", Some(0))),
                end("completed", None),
            ]),
            (_, ["executions", ..]) => Answer::Json(200, execution("completed")),
            (_, ["regions", ..]) => Answer::Json(200, json!({"code": "fra", "name": "Frankfurt"})),
            (_, ["schedules", ..]) => Answer::Json(
                200,
                json!({"name": "night", "workflow": {"id": EXECUTION_ID, "name": "audit", "version": 2},
                    "position": null, "cron": "@daily", "timezone": "UTC", "overlap": "skip", "missed": "once",
                    "inputs": {}, "runs_as": "maria", "created_by": "maria",
                    "created_at": "2026-01-01T12:00:00Z", "slots": []}),
            ),
            (method, ["monitors" | "maintenances", ..]) => super::monitors::answer(method, &words),
            (method, ["notifications", ..]) => Answer::Json(200, notified(method)),
            (_, ["sensors" | "hooks", ..]) => of_sensors(&words),
            (_, ["secrets", ..]) => Answer::Json(
                200,
                json!({"name": "TOKEN", "version": 2, "workflows": null, "regions": null,
                    "created_at": "2026-01-01T12:00:00Z", "created_by": "maria",
                    "set_at": "2026-01-01T12:00:00Z", "set_by": "maria"}),
            ),
            (_, ["settings"]) => Answer::Json(200, json!({"multi_region_enabled": true})),
            (_, ["user"]) => Answer::Json(200, user()),
            (_, ["users", ..]) => Answer::Json(
                200,
                json!({"username": "maria", "display_name": null, "email": null, "groups": [],
                    "role": "admin", "fixed_role": null, "disabled": false,
                    "created_at": "2026-01-01T12:00:00Z", "seen_at": "2026-01-01T12:00:00Z"}),
            ),
            _ => Answer::problem(404, "not_found", "no such thing"),
        }
    })
}

/// A channel, or what came of telling it something.
fn notified(method: &str) -> Value {
    if method == "POST" {
        return json!({"id": EXECUTION_ID, "number": 1, "channel": "ops", "event": "test", "status": "delivered",
            "attempts": 1, "created_at": "2026-01-01T12:00:00Z"});
    }
    json!({"name": "ops", "kind": "slack", "spec": {"slack": {"url": {"secret": "URL"}}, "on": ["failed"]},
        "waiting": 0, "failed": 0, "created_by": "maria", "created_at": "2026-01-01T12:00:00Z",
        "updated_by": "maria", "updated_at": "2026-01-01T12:00:00Z"})
}

/// A sensor, or what came of delivering something to it.
fn of_sensors(words: &[&str]) -> Answer {
    if words[0] == "hooks" {
        return Answer::Json(
            202,
            json!({"result": "started", "detail": null, "execution_id": EXECUTION_ID, "execution": 42,
                "repeated": false}),
        );
    }
    Answer::Json(
        200,
        json!({"name": "audit.webhook", "workflow": {"id": EXECUTION_ID, "name": "audit", "version": 2},
            "kind": "github", "path": "/api/v1/hooks/audit", "on": [], "workflows": [],
            "monitors": [], "secrets": ["HOOK"], "missing_secrets": [],
            "when": null, "created_at": "2026-01-01T12:00:00Z", "deliveries": []}),
    )
}

fn streams(request: &Request) -> bool {
    let accepted = request.header("accept").unwrap_or_default();
    accepted.contains("event-stream")
}

#[test]
fn a_run_that_is_followed_prints_its_name_alone_or_its_row() {
    let fake = willing();
    for wish in [&["run", "audit"][..], &["run", "audit", "--wait"]] {
        let ran = fake.run(&[wish, &["-o", "name"]].concat()).exits(0);
        assert_eq!(ran.stdout, format!("execution/{EXECUTION_ID}\n"));

        let ran = fake.run(&[wish, &["-o", "csv"]].concat()).exits(0);
        let lines: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(lines.len(), 2, "{}", ran.stdout);
        assert!(lines[0].starts_with("number,workflow,status"));
        assert!(lines[1].starts_with("42,"), "{}", lines[1]);
    }
}

#[test]
fn csv_has_values_where_tables_have_words() {
    let fake = Fake::start(|request, _| {
        let mut busy = worker("web-1");
        busy["metrics"] = json!({"cpu_percent": 12.34, "memory_used_bytes": 1, "memory_total_bytes": 8,
            "load_average": [0.5, 0.5, 0.5], "disk_used_bytes": 0, "disk_total_bytes": 0});
        let mut run = execution("completed");
        run["started_at"] = "2026-01-01T12:00:00Z".into();
        run["completed_at"] = "2026-01-01T12:02:05.25Z".into();
        match request.path.rsplit('/').next() {
            Some("workers") => Answer::page(&json!([busy])),
            _ => Answer::page(&json!([run])),
        }
    });
    let csv = |noun: &str, columns: &str| {
        let args = [
            noun,
            "ls",
            "-o",
            "csv",
            "--no-headers",
            "--columns",
            columns,
        ];
        fake.run(&args).exits(0).stdout
    };

    assert_eq!(csv("worker", "cpu,memory,disk"), "12.3,12.5,\n");
    assert_eq!(csv("execution", "took,outcome"), "125.250,\n");
    fake.run(&["execution", "ls"]).exits(0).prints("2m 05s");
}

#[test]
fn several_changes_are_one_table_in_csv() {
    let fake = willing();

    let ran = fake
        .run(&["worker", "resume", "web-1", "web-1", "-o", "csv"])
        .exits(0);

    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.stdout);
    assert!(lines[0].starts_with("name,status,"));
    assert_eq!(lines[1], lines[2]);
}

#[test]
fn a_token_is_not_made_where_its_secret_would_be_lost() {
    let fake = willing();
    let args = ["token", "create", "--name", "ci", "--role", "viewer", "-o"];

    for form in ["name", "csv"] {
        fake.run(&[&args[..], &[form]].concat())
            .exits(2)
            .tells("-q prints the secret alone");
    }

    assert!(fake.calls("POST", "/tokens").is_empty());
}

#[test]
fn any_call_of_the_server_is_reshaped_like_every_other_answer() {
    let fake = willing();
    let api = |args: &[&str]| {
        let all = [&["api", "GET", "/user"], args].concat();
        fake.run(&all).exits(0).stdout
    };

    assert_eq!(api(&["--jq", ".username"]), "maria\n");
    assert_eq!(api(&["--format", "{{.role}}"]), "admin\n");
    assert!(api(&["-o", "yaml"]).contains("username: maria\n"));
    assert!(!api(&["-o", "yaml"]).contains("apiVersion"));
    assert_eq!(api(&[]), user().to_string());
}

#[test]
fn sarif_has_no_field_that_its_schema_forbids() {
    let fake = willing();
    let file = fake.file("bad.yaml", "steps:\n  - nme: x\n");

    let ran = fake
        .run(&["workflow", "validate", &file, "-o", "sarif"])
        .exits(1);

    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["$schema", "version", "runs"]);
}

/// A server with two pieces of output, and two events.
fn written() -> Fake {
    let piece = |seq: i64, text: &str| {
        json!({"seq": seq, "at": "2026-01-01T12:00:01Z", "event": "output", "job_id": EXECUTION_ID,
            "step": "check", "worker": "web-1", "attempt": 1, "stream": "stdout", "offset": seq,
            "text": text})
    };
    Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("logs") => Answer::page(&json!([piece(1, "one\n"), piece(2, "two\n")])),
        Some("events") if request.path.ends_with("/v1/events") => Answer::Stream(vec![format!(
            "id: 1\nevent: prompt\ndata: {}\n\n",
            json!({
                "id": 1, "at": "2026-01-01T12:00:01Z", "event": "prompt", "execution": 42,
                "execution_id": EXECUTION_ID, "workflow": "update", "prompt": 7,
                "step": "approval", "status": "open", "message": "Go?", "options": ["Yes"]
            })
        )]),
        _ => Answer::Json(200, execution("completed")),
    })
}

#[test]
fn the_output_of_an_execution_is_a_list_unless_it_is_followed() {
    let fake = written();

    let all = fake
        .run(&["execution", "logs", "42", "-o", "json"])
        .exits(0);
    let lines = fake
        .run(&["execution", "logs", "42", "-o", "jsonl"])
        .exits(0);
    let jq = fake
        .run(&["execution", "logs", "42", "--jq", ".[].text"])
        .exits(0);

    let all: Value = serde_json::from_str(&all.stdout).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(lines.stdout.lines().count(), 2);
    assert_eq!(jq.stdout, "one\n\ntwo\n\n");
}

#[test]
fn differences_and_graphs_are_objects_for_programs() {
    let fake = willing();
    let file = fake.file("audit.yaml", TEXT);

    let diff = fake
        .run(&["execution", "diff", "42", "42", "-o", "json"])
        .exits(0);
    let graph = fake
        .run(&["workflow", "graph", "-f", &file, "-o", "json"])
        .exits(0);

    let diff: Value = serde_json::from_str(&diff.stdout).unwrap();
    assert_eq!(diff["same"], true);
    let graph: Value = serde_json::from_str(&graph.stdout).unwrap();
    assert_eq!(graph["nodes"][0]["name"], "Check");
}

#[test]
fn a_bare_prefix_is_a_switch() {
    let fake = written();

    let ran = fake.run(&["execution", "logs", "--prefix", "42"]).exits(0);

    assert!(ran.stdout.contains("web-1│"), "{}", ran.stdout);
}
