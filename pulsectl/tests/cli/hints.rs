//! What is said beside the data: next steps, ways out, sentences instead of words.

use serde_json::{Value, json};

use super::fake::{Answer, Fake, Ran, begin, end, execution, job, prompt_view, step, worker};

fn region(code: &str) -> Value {
    json!({"code": code, "name": code.to_uppercase()})
}

/// A server with these regions, which issues enrolment tokens.
fn regions(codes: &[&str]) -> Fake {
    let regions: Vec<_> = codes.iter().map(|code| region(code)).collect();
    Fake::start(move |request, _| match request.method.as_str() {
        "GET" => Answer::page(&json!(regions)),
        _ => Answer::Json(
            201,
            json!({
                "id": super::fake::EXECUTION_ID, "token": "pulse_enroll_x", "region": "fra",
                "expires_at": "2026-01-01T12:00:00Z"
            }),
        ),
    })
}

#[test]
fn the_only_region_needs_no_flag() {
    let one = regions(&["fra"]);
    one.run(&["worker", "token", "create", "-q"]).exits(0);
    let issued = &one.calls("POST", "/workers/enroll-tokens")[0];
    assert_eq!(issued.json()["region"], "fra");

    let two = regions(&["fra", "iad"]);
    two.run(&["worker", "token", "create"])
        .exits(2)
        .tells("iad  IAD")
        .tells("--region fra");
    two.run(&["worker", "token", "create", "--region", "iad", "-q"])
        .exits(0);
    assert_eq!(two.calls("GET", "/regions").len(), 1);
}

#[test]
fn the_block_for_a_host_is_part_of_a_document_where_one_is_wanted() {
    let fake = regions(&["fra"]);
    let create = ["worker", "token", "create", "--print-install"];

    let block = fake.run(&create).exits(0).stdout;
    let text = fake.run(&[&create[..], &["-o", "json"]].concat()).exits(0);

    let told: Value = serde_json::from_str(&text.stdout).unwrap();
    assert_eq!(told["token"], "pulse_enroll_x");
    assert_eq!(told["install"], block);
    assert!(block.contains("pulse-agent enroll"), "{block}");
}

#[test]
fn a_cancelled_execution_may_be_waited_for() {
    let fake = Fake::start(|_, _| Answer::Json(202, execution("running")));

    fake.run(&["execution", "cancel", "42"])
        .exits(0)
        .prints("execution/42 cancelling")
        .tells("`pulsectl execution wait 42`");
}

#[test]
fn what_is_not_there_is_told_with_the_list() {
    let fake = Fake::start(|_, _| Answer::problem(404, "not_found", "no such thing"));
    let ran = |args: &[&str]| fake.run(args).exits(7);

    ran(&["prompt", "answer", "99", "Yes"]).tells("`pulsectl prompt ls`");
    ran(&["prompt", "show", "99"]).tells("`pulsectl prompt ls`");
    ran(&["token", "revoke", super::fake::EXECUTION_ID]).tells("`pulsectl token ls`");
    ran(&["worker", "token", "revoke", "x"]).tells("`pulsectl worker token ls`");
}

#[test]
fn a_prompt_that_is_over_names_its_execution() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "POST" => Answer::problem(409, "prompt_closed", "prompt 7 is cancelled"),
        _ => Answer::Json(200, prompt_view("cancelled")),
    });

    fake.run(&["prompt", "answer", "7", "Yes"])
        .exits(9)
        .tells("prompt 7 is cancelled")
        .tells("pulsectl execution show 42");
}

#[test]
fn a_drain_without_running_steps_says_only_that_it_is_done() {
    let fake = Fake::start(|_, before| {
        let mut drained = worker("web-1");
        drained["admin_state"] = if before < 2 { "draining" } else { "drained" }.into();
        Answer::Json(200, drained)
    });

    let ran = fake.run(&["worker", "drain", "web-1", "--wait"]).exits(0);

    assert_eq!(ran.stderr, "drained\n");
}

#[test]
fn words_for_reasons_become_sentences() {
    let skipped = step(1, "skipped").replace(
        "\"status\":\"skipped\"",
        "\"status\":\"skipped\",\"reason\":\"condition_false\"",
    );
    let lost = job(2, "web-1", ("lost", None)).replace(
        "\"status\":\"lost\"",
        "\"status\":\"lost\",\"reason\":\"agent_restart\"",
    );
    let events = vec![begin(), skipped, lost, end("failed", None)];
    let fake = Fake::start(move |_, _| Answer::Stream(events.clone()));

    fake.run(&["run", "update"])
        .exits(3)
        .tells("- Check disk skipped: its condition is false")
        .tells("lost (the worker was restarted and cannot tell how it ended)");
    fake.run(&["run", "update", "-o", "jsonl"])
        .exits(3)
        .prints("\"reason\":\"condition_false\"");
}

#[test]
fn an_expression_of_jq_is_applied_to_each_line() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1"), worker("web-2")])));
    let stream = Fake::start(|_, _| {
        let output = super::fake::output(1, "web-1", "x\n");
        Answer::Stream(vec![begin(), output, end("completed", None)])
    });

    let ran = fake
        .run(&["worker", "ls", "-o", "jsonl", "--jq", ".name"])
        .exits(0);
    let entries = stream
        .run(&["run", "update", "-o", "jsonl", "--jq", ".seq"])
        .exits(0);

    assert_eq!(ran.stdout, "web-1\nweb-2\n");
    assert_eq!(entries.stdout, "1\n");
}

#[test]
fn a_pipe_gets_the_exact_time_of_the_last_heartbeat() {
    let fake = Fake::start(|_, _| {
        let mut worker = worker("web-1");
        worker["last_heartbeat"] = "2026-01-01T12:00:05Z".into();
        Answer::page(&json!([worker]))
    });
    let ls = |args: &[&str]| {
        let all = ["worker", "ls", "--columns", "heard", "--no-headers"];
        fake.run(&[&all, args].concat()).exits(0).stdout
    };

    assert_eq!(ls(&[]), "2026-01-01T12:00:05Z\n");
    assert_eq!(ls(&["--time", "relative"]), "4s ago\n");
}

#[test]
fn a_start_at_once_is_told_once() {
    let fake = Fake::start(|_, _| {
        let mut execution = execution("running");
        execution["started_at"] = execution["created_at"].clone();
        Answer::Json(200, execution)
    });

    let ran = fake.run(&["execution", "show", "42"]).exits(0);

    assert!(ran.stdout.contains("Created:"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("Started:"), "{}", ran.stdout);
}

#[test]
fn documents_may_be_named_without_a_flag() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let text = "steps:\n  - name: Check\n    command: df\n    targets: [all]\n";
    let (one, two) = (fake.file("one.yaml", text), fake.file("two.yaml", text));

    fake.run(&["workflow", "validate", &one, "-f", &two])
        .exits(0)
        .prints("one.yaml: valid")
        .prints("two.yaml: valid");
    fake.run(&["workflow", "validate"]).exits(2).tells("FILE");
}

#[test]
fn without_any_server_the_ways_to_one_are_told() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let ran: Ran = fake
        .command(&["worker", "ls", "--timeout", "300ms"])
        .env_remove("PULSE_URL")
        .output()
        .unwrap()
        .into();

    // Something may listen at the usual address; then there is nothing to tell.
    if ran.stderr.contains("could not reach") {
        ran.exits(12)
            .tells("`pulsed dev`")
            .tells("`pulsectl login URL`");
    }
}

/// A token as a list shows it.
pub(super) fn token(id: &str, name: &str, revoked_at: Option<&str>) -> Value {
    json!({
        "id": id, "name": name, "username": "maria", "role": "operator", "groups": ["employee"],
        "workflows": null, "created_by": "maria", "created_at": "2026-01-01T12:00:00Z",
        "expires_at": "2126-01-01T12:00:00Z", "revoked_at": revoked_at
    })
}

#[test]
fn a_token_is_revoked_by_its_name() {
    let id = |last: u32| format!("01931d5c-0000-7000-8000-00000000000{last}");
    let fake = Fake::start(move |request, _| match request.method.as_str() {
        "GET" => Answer::page(&json!([
            token(&id(1), "release", Some("2026-01-02T12:00:00Z")),
            token(&id(2), "release", None),
            token(&id(3), "twice", None),
            token(&id(4), "twice", None),
        ])),
        _ => Answer::Json(204, Value::Null),
    });

    fake.run(&["token", "revoke", "release", "--yes"])
        .exits(0)
        .prints("token/release revoked");
    fake.run(&["token", "revoke", "twice"])
        .exits(2)
        .tells(&id(3));
    fake.run(&["token", "revoke", "relaese"])
        .exits(7)
        .tells("did you mean `release`?");

    let revoked: Vec<String> = fake
        .seen()
        .into_iter()
        .filter(|request| request.method == "DELETE")
        .map(|request| request.path)
        .collect();
    assert_eq!(revoked, [format!("/api/v1/tokens/{}", id(2))]);
}

#[test]
fn a_token_is_revoked_after_a_yes_that_names_all_of_it() {
    let id = |last: u32| format!("01a2000{last}-0000-7000-8000-000000000000");
    let fake = Fake::start(move |request, _| match request.method.as_str() {
        "GET" if request.path.ends_with("/user") => {
            let mut me = super::fake::user();
            me["token_expires_at"] = "2126-01-01T12:00:00Z".into();
            Answer::Json(200, me)
        }
        "GET" => {
            let mut own = token(&id(1), "root", None);
            own["role"] = "admin".into();
            let mut other = token(&id(2), "ci", None);
            other["expires_at"] = "2126-01-02T12:00:00Z".into();
            Answer::page(&json!([own, other]))
        }
        _ => Answer::Json(204, Value::Null),
    });
    let revoked = || {
        let seen = fake.seen();
        seen.iter().filter(|one| one.method == "DELETE").count()
    };

    fake.run(&["token", "revoke", "01a20001"])
        .exits(2)
        .tells(&format!(
            "revoke the token root of maria, {}, which you use now; no token of an admin is left then?",
            id(1)
        ))
        .tells("--yes");
    let ran = fake.run(&["token", "revoke", "ci"]).exits(2);
    assert!(!ran.stderr.contains("which you use now"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("is left then"), "{}", ran.stderr);
    assert_eq!(revoked(), 0);
    fake.run(&["token", "revoke", "01a20002", "--yes"])
        .exits(0)
        .prints(&format!("token/ci revoked ({})", id(2)));

    assert_eq!(revoked(), 1);
}

#[test]
fn a_token_that_lives_shorter_than_asked_for_says_so() {
    let fake = Fake::start(|_, _| {
        #[expect(clippy::disallowed_methods, reason = "the answer is about this moment")]
        let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2);
        Answer::Json(
            201,
            json!({
                "id": super::fake::EXECUTION_ID, "token": "pulse_user_x", "name": "ci",
                "role": "operator", "expires_at": soon.to_string()
            }),
        )
    });
    let create = |ttl: &str| {
        let args = ["token", "create", "--name", "ci", "--role", "operator"];
        fake.run(&[&args[..], &["--ttl", ttl]].concat()).exits(0)
    };

    create("30d").tells("warning: the token is valid for 119m and not for 30d");
    let ran = create("2h");

    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
}
