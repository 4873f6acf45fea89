//! Names, ids and the beginnings of ids: what each means, and what it costs.

use serde_json::{Value, json};

use super::fake::{Answer, Fake, Request, execution, prompt_view, worker};

/// Ids of two workers that begin alike, and of one that begins otherwise.
const IDS: [&str; 3] = [
    "01931d5c-0000-7000-8000-00000000000a",
    "01931d5c-0000-7000-8000-00000000000b",
    "beef1d5c-0000-7000-8000-00000000000c",
];

fn workers() -> Vec<Value> {
    let names = ["web-1", "web-2", "db-1"];
    let each = names.into_iter().zip(IDS).map(|(name, id)| {
        let mut one = worker(name);
        one["id"] = id.into();
        one
    });
    each.collect()
}

fn workflow(name: &str, id: &str) -> Value {
    json!({
        "id": id, "name": name, "description": null, "version": 1, "definition": {}, "source": "steps: []\n",
        "created_by": "maria", "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"
    })
}

/// A server with these workers and a workflow `audit`, which knows them by exact names and ids.
fn known() -> Fake {
    Fake::start(|request, _| {
        let path = request.path.trim_start_matches("/api/v1");
        let words: Vec<&str> = path.trim_matches('/').split('/').collect();
        let missing = || Answer::problem(404, "not_found", "there is no such thing");
        match words.as_slice() {
            ["workers"] if request.query.contains("region=") => Answer::page(&json!([])),
            ["workers"] => Answer::page(&json!(workers())),
            ["workers", given, ..] => {
                let all = workers();
                let is_meant = |one: &&Value| one["name"] == *given || one["id"] == *given;
                let found = all.iter().find(is_meant).cloned();
                found.map_or_else(missing, |one| Answer::Json(200, one))
            }
            ["workflows"] => Answer::page(&json!([workflow("audit", IDS[2])])),
            [
                "workflows",
                "audit" | "beef1d5c-0000-7000-8000-00000000000c",
            ] => Answer::Json(200, workflow("audit", IDS[2])),
            ["workflows", "audit", "versions", "1"] => Answer::Json(
                200,
                json!({"version": 1, "definition": {}, "source": "name: first\n", "created_by": "m",
                    "created_at": "2026-01-01T12:00:00Z", "message": null, "sha256": "x"}),
            ),
            ["prompts"] => Answer::page(&json!([prompt_view("open")])),
            ["prompts", ..] => Answer::Json(200, prompt_view("open")),
            ["executions"] if request.method == "GET" => Answer::page(&json!([])),
            ["executions"] => started(request),
            ["regions"] => Answer::page(&json!([{"code": "fra", "name": "Frankfurt"}])),
            _ => missing(),
        }
    })
}

/// Takes `web-1` as a target and nothing else.
fn started(request: &Request) -> Answer {
    let body = request.json();
    if body["targets"] == json!(["web-1"]) || body["targets"].is_null() {
        return Answer::Json(201, execution("running"));
    }
    Answer::problem(422, "no_targets", "no worker or group is called so")
}

#[test]
fn the_beginning_of_an_id_names_a_worker_wherever_one_is_named() {
    let fake = known();
    for args in [
        &["worker", "show", "beef1d", "-o", "name"][..],
        &["worker", "drain", "beef1d", "-o", "name"],
        &["worker", "resume", "beef1d", "-o", "name"],
        &["worker", "restart", "beef1d", "-o", "name"],
        &["worker", "rotate-credential", "beef1d", "-o", "name"],
        &["worker", "label", "beef1d", "a=b", "-o", "name"],
        &["worker", "rename", "beef1d", "db-1", "-o", "name"],
        &["worker", "remove", "beef1d", "--yes", "-o", "name"],
    ] {
        let ran = fake.run(args).exits(0);

        assert_eq!(ran.stdout, "worker/db-1\n", "{args:?}");
    }
}

#[test]
fn an_exact_name_costs_one_request() {
    let fake = known();

    fake.run(&["worker", "drain", "web-1"]).exits(0);

    assert_eq!(fake.seen().len(), 1);
}

#[test]
fn an_ambiguous_beginning_lists_what_it_may_mean() {
    let fake = known();

    fake.run(&["worker", "drain", "01931d5c"])
        .exits(2)
        .tells("the ids of 2 workers begin with 01931d5c")
        .tells(&format!("{}  web-1", IDS[0]))
        .tells(&format!("{}  web-2", IDS[1]));

    assert!(fake.calls("POST", "/workers/web-1/drain").is_empty());
}

#[test]
fn prompts_and_workflows_take_beginnings_too() {
    let fake = known();

    fake.run(&["workflow", "get", "beef1d"])
        .exits(0)
        .prints("steps: []");
    fake.run(&["prompt", "show", "01931d5c-0000-7000-8000-0000"])
        .exits(0)
        .prints("Install 3 updates?");
    fake.run(&["prompt", "show", "cafe1d5c"])
        .exits(7)
        .tells("`pulsectl prompt ls`");
}

#[test]
fn a_target_may_be_the_beginning_of_an_id() {
    let fake = known();
    let mut first = workers()[0].clone();
    first["id"] = "cafe1d5c-0000-7000-8000-00000000000a".into();
    let near = Fake::start(move |request, _| match request.path.rsplit('/').next() {
        Some("workers") => Answer::page(&json!([first])),
        Some("executions") => started(request),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });

    near.run(&["run", "audit", "-d", "--target", "cafe1d"])
        .exits(0);
    fake.run(&["run", "audit", "-d", "--target", "01931d5c"])
        .exits(2)
        .tells("the ids of 2 workers");

    let asked = near.calls("POST", "/executions");
    assert_eq!(asked.last().unwrap().json()["targets"], json!(["web-1"]));
}

#[test]
fn a_name_that_nothing_has_is_not_found_alone_and_among_others() {
    let fake = known();
    for args in [
        &["worker", "exec", "wbe-1", "--", "true"][..],
        &["worker", "exec", "web-2", "wbe-1", "--", "true"],
        &[
            "worker", "exec", "web-2", "wbe-1", "--batch", "1", "--", "true",
        ],
        &[
            "run", "audit", "-d", "--target", "web-2", "--target", "wbe-1",
        ],
        &["worker", "ls", "--region", "frq"],
        &["execution", "ls", "--workflow", "audti"],
        &["-c", "prdo", "whoami"],
        &["context", "use", "prdo"],
    ] {
        let own = Fake::start(|_, _| Answer::problem(404, "not_found", "x"));
        let fake = if args.contains(&"prdo") { &own } else { &fake };
        let context = ["context", "set", "prod", "--url", "http://127.0.0.1:1"];
        fake.run(&context).exits(0);

        fake.run(args).exits(7).tells("did you mean `");
    }
}

#[test]
fn a_group_may_be_meant_as_well() {
    known()
        .run(&["run", "audit", "-d", "--target", "wbe"])
        .exits(7)
        .tells("there is no worker or group wbe")
        .tells("did you mean `web`?");
}

#[test]
fn what_no_worker_is_there_for_is_not_a_misspelt_name() {
    let fake = known();

    let ran = fake
        .run(&["run", "audit", "-d", "--target", "web-2"])
        .exits(11);

    assert!(!ran.stderr.contains("did you mean"), "{}", ran.stderr);
}

#[test]
fn a_context_that_is_not_there_is_told_before_any_command_is_sent() {
    let fake = known();

    fake.run(&["-c", "nope", "worker", "exec", "web-1", "--", "true"])
        .exits(7)
        .tells("no context is named `nope`");
    assert!(fake.seen().is_empty());
}

#[test]
fn a_workflow_by_the_beginning_of_its_id_filters_by_its_name() {
    let fake =
        Fake::start(
            |request, _| match request.path.trim_start_matches("/api/v1/workflows") {
                "" => Answer::page(&json!([workflow("audit", IDS[2])])),
                "/beef1d5c-0000-7000-8000-00000000000c" => {
                    Answer::Json(200, workflow("audit", IDS[2]))
                }
                "/api/v1/executions" if request.query.contains("workflow=audit") => {
                    Answer::page(&json!([execution("running")]))
                }
                "/api/v1/executions" => Answer::page(&json!([])),
                _ => Answer::problem(404, "not_found", "there is no such thing"),
            },
        );

    let ran = fake.run(&[
        "execution",
        "ls",
        "--workflow",
        "beef1d",
        "--columns",
        "number",
    ]);

    ran.exits(0).prints("42");
}

#[test]
fn what_has_rolled_nothing_out_is_no_rollout() {
    let ended = Fake::start(|_, _| Answer::Json(200, execution("completed")));
    let going = Fake::start(|_, _| Answer::Json(200, execution("running")));

    ended
        .run(&["fleet", "rollout", "show", "42"])
        .exits(7)
        .tells("#42 has rolled nothing out")
        .tells("`pulsectl execution show 42`");
    going
        .run(&["fleet", "rollout", "show", "42"])
        .exits(0)
        .tells("#42 has begun no rollout yet");
}

#[test]
fn a_missing_version_is_not_a_misspelt_name() {
    let fake = known();

    let ran = fake
        .run(&["workflow", "get", "audit", "--rev", "9"])
        .exits(7);

    assert!(!ran.stderr.contains("did you mean"), "{}", ran.stderr);
    ran.tells("`pulsectl workflow history audit`");
}

#[test]
fn a_version_may_stand_behind_the_name() {
    let fake = known();

    let ran = fake.run(&["workflow", "get", "audit@1"]).exits(0);

    assert_eq!(ran.stdout, "name: first\n");
}

#[test]
fn what_was_probably_meant_is_told_for_regions_and_steps() {
    let fake = known();
    fake.run(&["region", "show", "frq"])
        .exits(7)
        .tells("did you mean `fra`?");

    let executions = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("retry") => Answer::problem(422, "invalid_body", "there is no such step"),
        _ => Answer::Json(200, execution("failed")),
    });
    executions
        .run(&["execution", "retry", "42", "--from", "Chekc disk"])
        .exits(2)
        .tells("did you mean `Check disk`?");
    executions
        .run(&["execution", "logs", "42", "--step", "User aproval"])
        .exits(7)
        .tells("did you mean `User approval`?");
}

#[test]
fn nobody_is_asked_about_a_worker_that_is_not_there() {
    let fake = known();

    fake.run(&["worker", "remove", "web-3", "web-4"])
        .exits(7)
        .tells("none of these workers is there");
    fake.run(&["worker", "remove", "wbe-1"])
        .exits(7)
        .tells("did you mean `web-1`?");
    fake.run(&["worker", "remove", "web-1"])
        .exits(2)
        .tells("--yes");

    assert!(fake.seen().iter().all(|request| request.method == "GET"));
}
