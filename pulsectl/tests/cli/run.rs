//! `run`: starting, following, answering, letting go.

use serde_json::json;

use super::fake::{
    Answer, EXECUTION_ID, Fake, begin, end, execution, job, output, output_of, prompt_view, step,
};

/// A server on which every run goes like this.
pub(crate) fn server(events: Vec<String>) -> Fake {
    Fake::start(move |request, _| match request.path.as_str() {
        "/api/v1/executions" => Answer::Stream(events.clone()),
        "/api/v1/prompts/7" => Answer::Json(200, prompt_view("open")),
        "/api/v1/prompts/7/answer" => Answer::Json(200, prompt_view("answered")),
        _ => Answer::problem(404, "not_found", "no such thing"),
    })
}

fn successful() -> Vec<String> {
    vec![
        begin(),
        step(1, "running"),
        job(2, "web-1", ("running", None)),
        output(3, "web-1", "all "),
        output_of(4, "web-1", ("stderr", "careful\n")),
        output(5, "web-1", "good\nend"),
        job(6, "web-1", ("succeeded", Some(0))),
        step(7, "succeeded"),
        end("completed", Some(0)),
    ]
}

#[test]
fn a_run_prints_output_with_prefixes_and_a_summary() {
    let fake = server(successful());

    let ran = fake.run(&["run", "update", "--time", "utc"]).exits(0);

    assert_eq!(
        ran.stdout,
        "2026-01-01 12:00:04Z web-1│Check disk│! careful\n2026-01-01 12:00:03Z web-1│Check disk│ all good\n\
         2026-01-01 12:00:05Z web-1│Check disk│ end\n"
    );
    ran.tells("#42 completed in 7.0 s (1 worker, 2 steps)");
}

#[test]
fn a_run_is_one_request() {
    let fake = server(successful());

    fake.run(&[
        "run",
        "update",
        "-p",
        "version=1.4.2",
        "--target",
        "web-1",
        "--reason",
        "why",
    ])
    .exits(0);

    let seen = fake.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].query, "follow=true");
    assert_eq!(seen[0].header("authorization"), Some("Bearer secret-token"));
    assert_eq!(
        seen[0].json(),
        json!({
            "workflow": "update", "inputs": {"version": "1.4.2"}, "targets": ["web-1"], "reason": "why"
        })
    );
}

#[test]
fn a_failed_run_exits_3_and_tells_how_to_see_the_log() {
    let fake = server(vec![
        begin(),
        job(1, "web-1", ("succeeded", Some(0))),
        job(2, "web-2", ("failed", Some(9))),
        end("failed", None),
    ]);

    fake.run(&["run", "update"])
        .exits(3)
        .tells("✗ web-2 Check disk: exit code 9")
        .tells("pulsectl execution logs 42 --step check --worker web-2")
        .tells("#42 failed");
}

#[test]
fn a_job_that_failed_is_told_once() {
    let fake = server(vec![
        begin(),
        job(1, "web-2", ("failed", Some(9))),
        end("failed", None),
    ]);

    for how in [&[][..], &["--wait"]] {
        let ran = fake.run(&[&["run", "update"][..], how].concat()).exits(3);

        let told = ran.stderr.matches("web-2 Check disk: exit code 9").count();
        assert_eq!(told, 1, "{}", ran.stderr);
    }
}

#[test]
fn the_last_lines_of_what_failed_are_told_where_nobody_has_seen_them() {
    let fake = server(vec![
        begin(),
        output(1, "web-1", "fine\n"),
        output(2, "web-2", "one\ntwo\nthree\nno space"),
        job(3, "web-1", ("succeeded", Some(0))),
        job(4, "web-2", ("failed", Some(9))),
        end("failed", None),
    ]);
    let told = |how: &[&str]| {
        let ran = fake.run(&[&["run", "update"][..], how].concat()).exits(3);
        let lines = ran
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("    │ "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };

    assert_eq!(told(&["--wait"]), ["one", "two", "three", "no space"]);
    assert_eq!(told(&["--wait", "--log-lines", "2"]), ["three", "no space"]);
    assert!(told(&["--wait", "--log-lines", "0"]).is_empty());
    assert!(told(&[]).is_empty(), "they were shown as they came");
    assert_eq!(told(&["--log-lines", "1"]), ["no space"]);
}

#[test]
fn the_end_decides_the_exit_code() {
    for (status, code) in [
        ("completed", 0),
        ("failed", 3),
        ("cancelled", 5),
        ("timed_out", 6),
    ] {
        let fake = server(vec![begin(), end(status, None)]);

        fake.run(&["run", "update"]).exits(code);
    }
}

#[test]
fn a_cut_stream_is_resumed_without_gaps_or_duplicates() {
    let fake = Fake::start(|request, before| match (request.method.as_str(), before) {
        ("POST", _) => Answer::Cut(vec![
            begin(),
            output(1, "web-1", "one\n"),
            output(2, "web-1", "tw"),
        ]),
        (_, 1) => Answer::problem(503, "shutting_down", "stopping"),
        _ => Answer::Stream(vec![
            output(2, "web-1", "tw"),
            output(3, "web-1", "o\n"),
            output(4, "web-1", "three\n"),
            end("completed", None),
        ]),
    });

    let ran = fake.run(&["run", "update", "--prefix", "none"]).exits(0);

    assert_eq!(ran.stdout, "one\ntwo\nthree\n");
    assert_eq!(
        ran.stderr.matches("reconnecting").count(),
        1,
        "{}",
        ran.stderr
    );
    let resumed = fake.calls("GET", &format!("/executions/{EXECUTION_ID}/events"));
    assert_eq!(resumed.len(), 2);
    assert!(
        resumed
            .iter()
            .all(|request| request.header("last-event-id") == Some("2"))
    );
    assert_eq!(fake.calls("POST", "/executions").len(), 1);
}

#[test]
fn a_stream_may_begin_with_no_more_than_the_number() {
    let fake = Fake::start(|_, _| {
        let head = json!({"id": EXECUTION_ID, "number": 42});
        Answer::Stream(vec![
            format!("event: execution\ndata: {head}\n\n"),
            ": keep-alive\n\n".to_owned(),
            end("completed", None),
        ])
    });

    fake.run(&["run", "update"])
        .exits(0)
        .tells("#42 started")
        .tells("#42 completed");
}

#[test]
fn a_gap_in_the_stream_is_asked_for_again() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "POST" => Answer::Hold(vec![
            begin(),
            output(1, "web-1", "one\n"),
            output(3, "web-1", "three\n"),
        ]),
        _ => Answer::Stream(vec![
            output(2, "web-1", "two\n"),
            output(3, "web-1", "three\n"),
            end("completed", None),
        ]),
    });

    let ran = fake.run(&["run", "update", "--prefix", "none"]).exits(0);

    assert_eq!(ran.stdout, "one\ntwo\nthree\n");
}

#[test]
fn a_start_whose_answer_was_lost_is_repeated_with_the_same_key() {
    let fake = Fake::start(|_, before| match before {
        0 => Answer::Drop,
        1 => Answer::problem(503, "database_unavailable", "away"),
        _ => Answer::Stream(vec![begin(), end("completed", None)]),
    });

    fake.run(&["run", "update"]).exits(0);

    let seen = fake.seen();
    let keys: Vec<_> = seen
        .iter()
        .map(|request| request.header("idempotency-key"))
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some_and(|key| keys.iter().all(|other| *other == Some(key))));
}

#[test]
fn a_start_that_was_answered_before_is_followed_from_its_first_entry() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "POST" => Answer::Json(201, execution("running")),
        _ => Answer::Stream(vec![output(1, "web-1", "one\n"), end("completed", None)]),
    });

    let ran = fake
        .run(&[
            "run",
            "update",
            "--idempotency-key",
            "mine",
            "--prefix",
            "none",
        ])
        .exits(0);

    assert_eq!(ran.stdout, "one\n");
    assert_eq!(
        fake.calls("POST", "/executions")[0].header("idempotency-key"),
        Some("mine")
    );
}

#[test]
fn detached_and_quiet_prints_only_the_id() {
    let fake = Fake::start(|_, _| Answer::Json(201, execution("pending")));

    let ran = fake.run(&["run", "update", "-d", "-q"]).exits(0);

    assert_eq!(
        (ran.stdout, ran.stderr),
        (format!("{EXECUTION_ID}\n"), String::new())
    );
}

#[test]
fn a_timeout_exits_124_and_leaves_the_execution() {
    let fake = Fake::start(|_, _| Answer::Hold(vec![begin()]));

    fake.run(&["run", "update", "--timeout", "300ms"])
        .exits(124)
        .tells("it goes on")
        .tells("pulsectl execution watch 42");

    assert_eq!(fake.seen().len(), 1);
}

#[test]
fn json_prints_the_execution_at_the_end() {
    let fake = Fake::start(|request, _| match request.method.as_str() {
        "POST" => Answer::Stream(vec![
            begin(),
            output(1, "web-1", "x\n"),
            end("completed", None),
        ]),
        _ => Answer::Json(200, execution("completed")),
    });

    let ran = fake.run(&["run", "update", "-o", "json"]).exits(0);

    let printed: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(printed["apiVersion"], "pulse/v1");
    assert_eq!(printed["status"], "completed");
}

#[test]
fn jsonl_prints_every_entry() {
    let fake = server(vec![
        begin(),
        output(1, "web-1", "x\n"),
        end("completed", None),
    ]);

    let ran = fake.run(&["run", "update", "-o", "jsonl"]).exits(0);

    let printed: serde_json::Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    assert_eq!(
        (printed["seq"].as_i64(), printed["text"].as_str()),
        (Some(1), Some("x\n"))
    );
}

#[test]
fn a_misspelt_workflow_gets_a_suggestion() {
    let fake = Fake::start(|request, _| {
        if request.method == "POST" {
            return Answer::problem(404, "not_found", "no workflow `updaet`");
        }
        Answer::page(&json!([{
            "id": EXECUTION_ID, "name": "update", "description": null, "version": 1, "definition": {},
            "created_by": "maria", "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"
        }]))
    });

    fake.run(&["run", "updaet"])
        .exits(7)
        .tells("did you mean `update`?");
}

#[test]
fn nothing_to_run_on_exits_11() {
    let fake =
        Fake::start(|_, _| Answer::problem(422, "no_targets", "nothing matched region=mars"));

    fake.run(&["run", "update", "-l", "region=mars"])
        .exits(11)
        .tells("nothing matched region=mars");
}
