//! A server that goes away, or takes a call and says nothing.

use std::time::{Duration, Instant};

use serde_json::json;

use super::fake::{Answer, Fake, begin, end, execution, output, worker};

#[test]
fn a_server_that_takes_a_call_and_says_nothing_is_given_up() {
    let fake = Fake::start(|_, _| Answer::Silent);
    for (args, code) in [
        (&["run", "update"][..], 12),
        (&["api", "GET", "/workers"], 12),
        (&["worker", "exec", "--all", "--", "true"], 12),
        (&["events", "-f"], 124),
        (&["worker", "ls"], 12),
    ] {
        let since = Instant::now();

        fake.run(&[&["--timeout", "1s"], args].concat()).exits(code);

        // What runs on workers is waited for a little longer than it may take.
        let limit = if args.contains(&"exec") { 60 } else { 25 };
        assert!(since.elapsed() < Duration::from_secs(limit), "{args:?}");
    }
}

#[test]
fn a_reconnect_that_hangs_does_not_outlive_the_timeout() {
    let fake = Fake::start(|_, before| match before {
        0 => Answer::Cut(vec![begin(), output(1, "web-1", "x\n")]),
        _ => Answer::Silent,
    });

    fake.run(&["run", "update", "--timeout", "2s"])
        .exits(124)
        .tells("it goes on");
}

#[test]
fn a_reconnect_that_fails_is_tried_again() {
    let fake = Fake::start(|_, before| match before {
        0 => Answer::Cut(vec![begin(), output(1, "web-1", "x\n")]),
        1..=5 => Answer::Drop,
        _ => Answer::Stream(vec![end("completed", None)]),
    });

    fake.run(&["run", "update"]).exits(0).tells("reconnected");
}

#[test]
fn waiting_for_an_execution_outlives_a_server_that_goes_away() {
    let fake = Fake::start(|_, before| match before {
        0 => Answer::Json(200, execution("running")),
        1..=6 => Answer::Drop,
        _ => Answer::Json(200, execution("completed")),
    });

    fake.run(&["execution", "wait", "42"])
        .exits(0)
        .prints("execution/42 completed");
}

#[test]
fn a_wait_that_is_too_short_is_124_also_while_the_server_is_away() {
    let away = Fake::start(|_, before| match before {
        0 => Answer::Json(200, execution("running")),
        _ => Answer::Drop,
    });
    let silent = Fake::start(|_, _| Answer::Silent);

    let wait = ["execution", "wait", "42", "--timeout", "2s"];
    away.run(&wait).exits(124).tells("it goes on");
    silent.run(&wait).exits(124).tells("it goes on");
}

#[test]
fn waiting_for_workers_outlives_a_server_that_goes_away() {
    let busy = || {
        let mut worker = worker("web-1");
        worker["admin_state"] = "draining".into();
        worker["jobs_left"] = 1.into();
        worker
    };
    let fake = Fake::start(move |request, before| match before {
        _ if request.method == "POST" => Answer::Json(200, busy()),
        1 => Answer::Json(200, busy()),
        2..=7 => Answer::Drop,
        _ => Answer::Json(200, worker("web-1")),
    });

    fake.run(&["worker", "drain", "web-1", "--wait"])
        .exits(0)
        .tells("drained");
}

#[test]
fn a_server_that_was_never_there_is_not_waited_for() {
    let fake = Fake::start(|_, _| Answer::Drop);

    fake.run(&["execution", "wait", "42"]).exits(12);
}

#[test]
fn following_the_audit_trail_ends_with_124_when_the_time_is_over() {
    let fake = Fake::start(|_, _| Answer::page(&json!([])));

    fake.run(&["audit", "ls", "-f", "--timeout", "1s"])
        .exits(124);
}

#[test]
fn a_list_without_an_end_ends_when_the_time_is_over() {
    let fake = Fake::start(|_, before| {
        let cursor = before.to_string();
        Answer::Json(200, json!({"items": [], "next_cursor": cursor}))
    });

    fake.run(&["worker", "ls", "--timeout", "300ms"])
        .exits(124)
        .tells("not everything came in time");
}

#[test]
fn a_trail_that_does_not_go_on_is_not_asked_for_again_and_again() {
    let entry = json!({
        "id": 1, "at": "2026-01-01T12:00:00Z", "actor": "maria", "action": "token.create",
        "subject": "x", "detail": null, "seq": 1, "sha256": "00"
    });
    let fake = Fake::start(move |_, _| Answer::page(&json!([entry])));

    fake.run(&["audit", "export"])
        .exits(1)
        .tells("the same page again and again");
}

#[test]
fn what_is_no_list_has_no_pages() {
    let fake = Fake::start(|_, _| Answer::Json(200, json!({"name": "maria"})));

    fake.run(&["api", "GET", "/api/v1/user", "--paginate"])
        .exits(1)
        .tells("leave out --paginate");
}
