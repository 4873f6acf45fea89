//! Which workers, workflows and executions are meant, and what is said of those that are not there.

use serde_json::{Value, json};

use super::fake::{Answer, Fake, execution, worker};

fn workers() -> Fake {
    Fake::start(|request, _| match request.path.as_str() {
        "/api/v1/workers" => Answer::page(&json!([worker("web-1"), worker("web-2")])),
        _ => Answer::Json(
            200,
            worker(request.path.split('/').nth(4).unwrap_or("web-1")),
        ),
    })
}

#[test]
fn all_workers_are_meant_by_one_flag() {
    let fake = workers();
    for verb in ["drain", "resume", "restart", "rotate-credential"] {
        let ran = fake.run(&["worker", verb, "--all", "--yes", "-q"]).exits(0);

        assert_eq!(ran.stdout, "web-1\nweb-2\n", "{verb}");
        fake.run(&["worker", verb, "--all", "web-1"]).exits(2);
    }
    fake.run(&["worker", "ls", "--all", "-q"]).exits(0);
    fake.run(&["worker", "drain", "--all"])
        .exits(2)
        .tells("drain 2 workers? there is no terminal to ask on");

    let none = Fake::start(|_, _| Answer::page(&json!([])));
    none.run(&["worker", "resume", "--all"])
        .exits(11)
        .tells("there is no worker");
}

#[test]
fn of_several_selectors_all_hold() {
    let fake = workers();
    for line in ["worker ls", "worker top", "worker resume", "fleet status"] {
        let mut args: Vec<&str> = line.split(' ').collect();
        args.extend(["-l", "group=a || group=b", "-l", "rack=b7"]);

        let _ = fake.run(&args);

        let seen = fake.seen();
        let asked = seen
            .iter()
            .rev()
            .find(|request| request.is("GET", "/workers"))
            .unwrap();
        assert!(
            asked
                .query
                .contains("%28group%3Da+%7C%7C+group%3Db%29+%26%26+%28rack%3Db7%29"),
            "{line}: {}",
            asked.query
        );
    }
}

#[test]
fn what_has_no_such_name_is_not_found_rather_than_wrong_usage() {
    let fake = Fake::start(|_, _| Answer::page(&json!([])));

    fake.run(&["execution", "show", "zzz"]).exits(7);
    fake.run(&["execution", "wait", "zzz"]).exits(7);
    fake.run(&["prompt", "show", "zzz"]).exits(7);
}

/// A server that knows the workflow `deploy` and the region `fra`, and refuses as the real one does.
fn refusing() -> Fake {
    Fake::start(|request, _| {
        let path = request.path.trim_start_matches("/api/v1");
        match (request.method.as_str(), path) {
            ("GET", "/workflows") => Answer::page(&json!([{"name": "deploy"}])),
            ("GET", "/regions") => Answer::page(&json!([{"code": "fra", "name": "F"}])),
            ("GET", "/workflows/deploy") => Answer::Json(200, json!({"name": "deploy"})),
            ("GET", "/regions/fra") => Answer::Json(200, json!({"code": "fra", "name": "F"})),
            ("POST", "/workers/enroll-tokens") => {
                Answer::problem(422, "unknown_region", "there is no region \"fr\"")
            }
            ("POST", "/executions") => {
                Answer::problem(422, "idempotency_key_reused", "the key was used")
            }
            ("POST" | "PUT", _) => Answer::problem(422, "invalid_body", "there is no such thing"),
            _ => Answer::problem(404, "not_found", "there is no such thing"),
        }
    })
}

#[test]
fn a_workflow_or_region_that_is_not_there_is_not_found_wherever_it_is_named() {
    let fake = refusing();
    let value = fake.file("value", "hush hush\n");

    for (line, meant) in [
        (
            "token create --name ci --role viewer --workflow deplyo",
            "deploy",
        ),
        ("worker token create --region fr", "fra"),
        ("secret set A --from-file FILE --workflow deplyo", "deploy"),
        ("secret set A --from-file FILE --region fr", "fra"),
        ("schedule create deplyo --cron @daily", "deploy"),
    ] {
        let line = line.replace("FILE", &value);
        let args: Vec<&str> = line.split(' ').collect();

        fake.run(&args)
            .exits(7)
            .tells(&format!("did you mean `{meant}`?"));
    }
    fake.run(&[
        "token",
        "create",
        "--name",
        "ci",
        "--role",
        "viewer",
        "--workflow",
        "deploy",
    ])
    .exits(2);
    fake.run(&["run", "deploy", "-d", "--idempotency-key", "k"])
        .exits(9);
}

#[test]
fn who_may_use_a_secret_is_said_by_either_flag() {
    let fake = Fake::start(|_, _| {
        Answer::Json(
            200,
            json!({"name": "A", "version": 1, "workflows": ["deploy"], "regions": ["fra"],
                "created_at": "2026-01-01T12:00:00Z", "created_by": "maria",
                "set_at": "2026-01-01T12:00:00Z", "set_by": "maria"}),
        )
    });
    let value = fake.file("value", "hush hush\n");
    let set = |scope: &[&str]| {
        let args = [&["secret", "set", "A", "--from-file", &value][..], scope].concat();
        fake.run(&args)
    };

    set(&[
        "--scope",
        "region=fra",
        "--scope",
        "workflow=deploy",
        "--workflow",
        "other",
    ])
    .exits(0);
    set(&["--scope", "region"])
        .exits(2)
        .tells("hint: write --scope region=fra, or --region fra");
    set(&["--scope", "rack=b7"])
        .exits(2)
        .tells("hint: write --scope workflow=deploy or --scope region=fra");
    set(&["--scope", "region=fra", "--unrestricted"]).exits(2);

    let puts: Vec<Value> = fake.seen().iter().map(super::fake::Request::json).collect();
    assert_eq!(puts.len(), 1);
    assert_eq!(puts[0]["regions"], json!(["fra"]));
    assert_eq!(puts[0]["workflows"], json!(["other", "deploy"]));
}

#[test]
fn what_was_ended_as_wished_already_is_no_conflict_and_what_ended_otherwise_is() {
    for (status, code) in [("cancelled", 0), ("completed", 9), ("failed", 9)] {
        let fake = Fake::start(move |request, _| {
            if request.method == "POST" {
                return Answer::problem(409, "already_finished", "#42 has ended");
            }
            Answer::Json(200, execution(status))
        });

        fake.run(&["execution", "cancel", "42"]).exits(code);
        let ran = fake.run(&["fleet", "rollout", "abort", "42"]).exits(code);

        let said = if code == 0 {
            "rollout/42 aborted\n"
        } else {
            ""
        };
        assert_eq!(ran.stdout, said);
    }
}
