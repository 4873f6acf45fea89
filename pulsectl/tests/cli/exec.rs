//! `worker exec`: one request, the command's own bytes, the command's own exit code.

use serde_json::json;

use super::fake::{Answer, Fake, begin, end, job, output, output_of, worker};

#[test]
fn one_worker_is_one_request_with_raw_bytes_and_the_own_exit_code() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "no line end, \u{1b}[31mred"),
            output_of(2, "web-1", ("stderr", "oops")),
            job(3, "web-1", ("failed", Some(7))),
            end("failed", Some(7)),
        ])
    });

    let ran = fake
        .run(&["worker", "exec", "web-1", "--", "false"])
        .exits(7);

    assert_eq!(ran.stdout, "no line end, \u{1b}[31mred");
    assert_eq!(ran.stderr, "oops");
    let seen = fake.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].is("POST", "/workers/web-1/command"));
    assert_eq!(seen[0].query, "follow=true");
    assert_eq!(seen[0].json(), json!({"command": "false"}));
}

#[test]
fn several_words_are_quoted_and_one_word_is_shell_text() {
    let fake = Fake::start(|_, _| Answer::Stream(vec![begin(), end("completed", Some(0))]));

    fake.run(&[
        "worker",
        "exec",
        "w",
        "--",
        "echo",
        "two words",
        "$HOME",
        "it's",
    ])
    .exits(0);
    fake.run(&["worker", "exec", "w", "--", "df -h | tail -1"])
        .exits(0);

    let commands: Vec<_> = fake
        .seen()
        .iter()
        .map(|seen| seen.json()["command"].clone())
        .collect();
    assert_eq!(
        commands,
        ["echo 'two words' '$HOME' 'it'\\''s'", "df -h | tail -1"]
    );
}

#[test]
fn output_that_was_not_kept_is_told_beside_the_bytes() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "begin"),
            output(2, "web-1", "end").replace("\"offset\":0", "\"offset\":3355448"),
            end("completed", Some(0)),
        ])
    });

    let ran = fake
        .run(&["worker", "exec", "web-1", "--", "yes"])
        .exits(0)
        .tells("warning: 3.1 MiB in the middle of the output of web-1 were not kept");

    assert_eq!(ran.stdout, "beginend");
}

#[test]
fn a_signal_is_128_and_more() {
    let fake = Fake::start(|_, _| {
        let data = json!({
            "execution_id": super::fake::EXECUTION_ID, "number": 42, "status": "failed",
            "outcome": null, "exit_code": null, "signal": 15
        });
        Answer::Stream(vec![begin(), format!("event: end\ndata: {data}\n\n")])
    });

    fake.run(&["worker", "exec", "w", "--", "x"]).exits(143);
}

#[test]
fn a_failure_of_pulse_is_125() {
    let lost = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            job(1, "web-1", ("lost", None)),
            end("failed", None),
        ])
    });
    lost.run(&["worker", "exec", "web-1", "--", "x"])
        .exits(125)
        .tells("lost");

    let broken = Fake::start(|_, _| Answer::problem(500, "internal", "something went wrong"));
    broken
        .run(&["worker", "exec", "web-1", "--", "x"])
        .exits(125)
        .tells("something went wrong");
}

#[test]
fn before_a_command_is_accepted_the_codes_are_those_of_the_table() {
    let refusals = [
        (401, "unauthenticated", 4),
        (403, "forbidden", 4),
        (422, "no_targets", 11),
    ];
    for (status, problem, code) in refusals {
        let fake = Fake::start(move |request, _| match request.method.as_str() {
            "GET" => Answer::page(&json!([worker("web-1")])),
            _ => Answer::problem(status, problem, "no"),
        });

        for which in ["web-1", "--all"] {
            fake.run(&["worker", "exec", which, "--", "x"]).exits(code);
        }
    }

    let away = Fake::start(|_, _| Answer::Drop);
    for which in ["web-1", "--all"] {
        away.run(&[
            "worker",
            "exec",
            which,
            "--url",
            "http://127.0.0.1:9",
            "--",
            "x",
        ])
        .exits(12);
        away.run(&["worker", "exec", which, "-c", "nope", "--", "x"])
            .exits(7);
    }
}

#[test]
fn a_command_that_the_timeout_ended_is_124() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            job(1, "web-1", ("timed_out", None)),
            end("timed_out", None),
        ])
    });

    fake.run(&[
        "worker",
        "exec",
        "web-1",
        "--timeout",
        "1s",
        "--",
        "sleep 9",
    ])
    .exits(124)
    .tells("timed out");

    assert_eq!(
        fake.seen()[0].json(),
        json!({"command": "sleep 9", "timeout": 1000})
    );
}

#[test]
fn a_misspelt_worker_gets_a_suggestion() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "POST" => Answer::problem(404, "not_found", "no worker `wbe-1`"),
        _ => Answer::page(&json!([worker("web-1"), worker("db-1")])),
    });

    fake.run(&["worker", "exec", "wbe-1", "--", "x"])
        .exits(7)
        .tells("did you mean `web-1`?");
}

#[test]
fn several_workers_are_one_execution_with_prefixes_and_10_when_some_failed() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "a\n"),
            output(2, "web-2", "b\n"),
            job(3, "web-1", ("succeeded", Some(0))),
            job(4, "web-2", ("failed", Some(1))),
            end("failed", None),
        ])
    });

    fake.run(&[
        "worker",
        "exec",
        "web-1",
        "web-2",
        "--timeout",
        "5s",
        "--",
        "uptime",
    ])
    .exits(10)
    .prints("web-1│ a")
    .prints("web-2│ b");

    let seen = fake.seen();
    assert!(seen[0].is("POST", "/executions"));
    assert_eq!(
        seen[0].json()["definition"],
        json!({"steps": [{
            "name": "command", "type": "execute",
            "command": "uptime", "literal": true, "timeout": 5000
        }]})
    );
    // Targets of the run, not of the step: a retry can narrow them to the workers that failed.
    assert_eq!(seen[0].json()["targets"], json!(["web-1", "web-2"]));
}

#[test]
fn a_selector_is_checked_and_passed_on() {
    let fake = Fake::start(|_, _| Answer::Stream(vec![begin(), end("completed", None)]));

    fake.run(&[
        "worker",
        "exec",
        "-l",
        "region=fra,group!=db",
        "--",
        "uptime",
    ])
    .exits(0);

    assert_eq!(fake.seen()[0].json()["targets"], "region=fra,group!=db");
    fake.run(&["worker", "exec", "-l", "rgion=fra", "--", "uptime"])
        .exits(2)
        .tells("hint: did you mean `region`?");
    assert_eq!(fake.seen().len(), 1);
}

#[test]
fn equal_output_is_shown_once_with_the_workers_in_little_room() {
    let fake = Fake::start(|_, _| {
        let mut events = vec![begin()];
        for (seq, name) in [(1, "web-1"), (3, "web-2"), (5, "web-3"), (7, "db-1")] {
            let text = if name == "db-1" { "6.1\n" } else { "6.12\n" };
            let status = if name == "db-1" {
                ("failed", Some(1))
            } else {
                ("succeeded", Some(0))
            };
            events.extend([output(seq, name, text), job(seq + 1, name, status)]);
        }
        events.push(end("failed", None));
        Answer::Stream(events)
    });

    let text = fake
        .run(&["worker", "exec", "--all", "--group", "--", "uname -r"])
        .exits(10);
    let json = fake
        .run(&[
            "worker", "exec", "--all", "--group", "-o", "json", "--", "x",
        ])
        .exits(10);

    assert_eq!(
        text.stdout,
        "── 3 workers: web-[1-3] ──\n6.12\n── 1 worker: db-1: exit code 1 ──\n6.1\n"
    );
    let groups: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(groups[0]["workers"], json!(["web-1", "web-2", "web-3"]));
    assert_eq!(groups[1]["exit_code"], 1);
    assert_eq!(groups[1]["stdout"], "6.1\n");
}

#[test]
fn batches_are_the_steps_of_one_execution() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "GET" => Answer::page(&json!([worker("web-1"), worker("web-2"), worker("db-1")])),
        _ => Answer::Stream(vec![begin(), end("completed", None)]),
    });

    fake.run(&["worker", "exec", "--all", "--batch", "2", "--", "uptime"])
        .exits(0);
    fake.run(&["worker", "exec", "web-1", "wbe-2", "--fail-fast", "--", "x"])
        .exits(7)
        .tells("did you mean `web-2`?");

    let steps = fake.seen()[1].json()["definition"]["steps"].clone();
    assert_eq!(steps[0]["targets"], json!(["db-1", "web-1"]));
    assert_eq!(steps[1]["targets"], json!(["web-2"]));
    assert_eq!(steps[1]["condition"], "success() || failure()");
}

#[test]
fn json_is_one_document_with_what_each_worker_wrote() {
    let fake = Fake::start(|_, _| {
        Answer::Stream(vec![
            begin(),
            output(1, "web-1", "a"),
            output_of(2, "web-1", ("stderr", "oops")),
            output(3, "web-2", "b\n"),
            job(4, "web-1", ("failed", Some(7))),
            job(5, "web-2", ("succeeded", Some(0))),
            end("failed", Some(7)),
        ])
    });

    let one = fake
        .run(&["worker", "exec", "web-1", "-o", "json", "--", "x"])
        .exits(7);
    let several = fake
        .run(&["worker", "exec", "--all", "-o", "json", "--", "x"])
        .exits(10);
    let lines = fake
        .run(&["worker", "exec", "--all", "-o", "jsonl", "--", "x"])
        .exits(10);

    let document: serde_json::Value = serde_json::from_str(&one.stdout).unwrap();
    assert_eq!(document["number"], 42);
    assert_eq!(document["workers"][0]["worker"], "web-1");
    assert_eq!(document["workers"][0]["stdout"], "a");
    assert_eq!(document["workers"][0]["stderr"], "oops");
    assert_eq!(document["workers"][0]["exit_code"], 7);
    let several: serde_json::Value = serde_json::from_str(&several.stdout).unwrap();
    assert_eq!(several["workers"][1]["stdout"], "b\n");
    assert_eq!(lines.stdout.lines().count(), 5);
}

/// A worker that somebody holds.
fn held() -> serde_json::Value {
    let mut held = worker("web-1");
    held["admin_state"] = json!("held");
    held["drain"] = json!({
        "mode": "hold", "reason": "new disk", "asked_by": "peter", "asked_at": "2026-01-01T12:00:00Z",
        "deadline_at": null, "on_deadline": "leave", "passed_at": null
    });
    held
}

#[test]
fn a_command_that_waits_says_why_and_what_to_type() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "GET" => Answer::Json(200, held()),
        _ => Answer::Hold(vec![begin(), job(1, "web-1", ("pending", None))]),
    });

    fake.run(&["worker", "exec", "web-1", "--timeout", "1s", "--", "x"])
        .tells("#42 waits: web-1 is held by peter (new disk); `pulsectl worker resume web-1` lets it start")
        .tells("`pulsectl execution cancel 42` ends the waiting");
}

#[test]
fn a_host_that_is_offline_is_named_with_when_it_was_heard() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "GET" => {
            let mut silent = worker("web-1");
            silent["status"] = json!("unreachable");
            silent["time_since_heartbeat_ms"] = json!(150_000);
            Answer::Json(200, silent)
        }
        _ => Answer::Hold(vec![begin(), job(1, "web-1", ("pending", None))]),
    });

    fake.run(&["worker", "exec", "web-1", "--timeout", "1s", "--", "x"])
        .tells("web-1 is unreachable, last heard 2m30s ago; it starts when web-1 is back");
}

#[test]
fn a_host_whose_agent_never_came_is_told_of_where_something_waits_for_it() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "GET" => {
            let mut never = worker("web-1");
            never["session_epoch"] = json!(null);
            never["last_heartbeat"] = never["created_at"].clone();
            Answer::Json(200, never)
        }
        _ => Answer::Hold(vec![begin(), job(1, "web-1", ("pending", None))]),
    });

    fake.run(&["worker", "exec", "web-1", "--timeout", "6s", "--", "x"])
        .tells("#42 waits: the agent of web-1 has not connected since it was enrolled")
        .tells("`pulsectl execution cancel 42` ends the waiting");
}

#[test]
fn a_resume_that_a_host_does_not_hear_does_not_sound_done() {
    let fake = Fake::start(|_, _| {
        let mut silent = worker("web-1");
        silent["status"] = json!("offline");
        Answer::Json(200, silent)
    });

    let ran = fake.run(&["worker", "resume", "web-1"]).exits(0);

    assert_eq!(
        ran.stdout,
        "worker/web-1 resumed (active); it is offline, and hears of it when it comes back\n"
    );
}
