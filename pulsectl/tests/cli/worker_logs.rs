//! `worker logs`: every line once, and what is missing is said to be.

use serde_json::{Value, json};

use super::fake::{Answer, Fake, Request, worker};

fn line(text: &str) -> Value {
    json!({"at": "2026-01-01T12:00:00Z", "level": "warn", "part": "link", "text": text})
}

fn log(lines: &[&str], (cursor, more): (&str, bool)) -> Value {
    let lines: Vec<Value> = lines.iter().map(|text| line(text)).collect();
    json!({"lines": lines, "cursor": cursor, "more": more, "missed": false})
}

/// A server with a worker, whose log is as the test says.
fn with_log(answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Fake {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    Fake::start(move |request, _| {
        if request.path.ends_with("/logs") {
            let number = asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            answer(request, number)
        } else {
            Answer::Json(200, worker("web-1"))
        }
    })
}

/// What was asked of the log.
fn queries(fake: &Fake) -> Vec<String> {
    let seen = fake.seen().into_iter();
    seen.filter(|request| request.path.ends_with("/logs"))
        .map(|request| request.query)
        .collect()
}

#[test]
fn a_log_of_several_answers_is_shown_as_one() {
    let fake = with_log(|_, number| {
        Answer::Json(
            200,
            match number % 2 {
                0 => log(&["one", "two"], ("1-0", true)),
                _ => log(&["three"], ("2-0", false)),
            },
        )
    });

    let text = fake.run(&["worker", "logs", "web-1"]).exits(0);
    let json = fake
        .run(&[
            "worker",
            "logs",
            "web-1",
            "--since",
            "2026-01-01T00:00:00Z",
            "-o",
            "json",
        ])
        .exits(0);
    let lines = fake
        .run(&["worker", "logs", "web-1", "--tail", "5", "-o", "jsonl"])
        .exits(0);

    let expected = ["one", "two", "three"]
        .map(|text| format!("2026-01-01T12:00:00Z  WARN   link      {text}\n"));
    assert_eq!(text.stdout, expected.concat());
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    assert_eq!(json[2]["text"], "three");
    assert_eq!(lines.stdout.lines().count(), 3);
    assert_eq!(
        queries(&fake),
        [
            "tail=200",
            "cursor=1-0",
            "since=2026-01-01T00%3A00%3A00Z",
            "cursor=1-0",
            "tail=5",
            "cursor=1-0"
        ]
    );
}

#[test]
fn a_follower_waits_for_an_agent_that_goes_and_says_where_lines_are_missing() {
    let fake = with_log(|_, number| match number {
        0 => Answer::Json(200, log(&["one"], ("1-0", false))),
        1 => Answer::problem(409, "worker_away", "web-1 is not connected"),
        2 => {
            let mut later = log(&["nine"], ("9-0", false));
            later["missed"] = json!(true);
            Answer::Json(200, later)
        }
        _ => Answer::problem(403, "forbidden", "no more"),
    });

    let said = fake.run(&["worker", "logs", "web-1", "-f"]).exits(4);

    let texts: Vec<&str> = said
        .stdout
        .lines()
        .filter_map(|line| line.split("  ").last())
        .collect();
    assert_eq!(texts, ["one", "nine"], "{}", said.stdout);
    assert!(
        said.stderr
            .contains("web-1 is not connected; waiting for it"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("web-1 answers again"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("warning: lines are missing here"),
        "{}",
        said.stderr
    );
    let asked = queries(&fake);
    assert_eq!(
        asked[1..3],
        ["cursor=1-0&wait_seconds=20", "cursor=1-0&wait_seconds=20"]
    );
    assert_eq!(asked[3], "cursor=9-0&wait_seconds=20");
}

#[test]
fn following_ends_when_the_time_is_over() {
    let fake = with_log(|_, number| match number {
        0 => Answer::Json(200, log(&["one"], ("1-0", false))),
        _ => Answer::Silent,
    });

    fake.run(&["worker", "logs", "web-1", "-f", "--timeout", "1s"])
        .exits(124);
}

#[test]
fn an_agent_that_cannot_be_asked_has_an_exit_code_of_its_own() {
    let hint = "on the host, `journalctl -u pulse-agent`";
    for (code, exit) in [("worker_away", 11), ("agent_cannot", 1)] {
        let fake = with_log(move |_, _| {
            let Answer::Json(status, mut body) = Answer::problem(409, code, "web-1 cannot") else {
                unreachable!("a problem is JSON")
            };
            body["hint"] = json!(hint);
            Answer::Json(status, body)
        });

        for follow in [&[][..], &["-f"]] {
            let words = [&["worker", "logs", "web-1"][..], follow].concat();
            let said = fake.run(&words).exits(exit);
            assert!(said.stderr.contains(hint), "{}", said.stderr);
        }
    }
}

#[test]
fn a_server_that_goes_round_in_circles_is_found_out() {
    let fake = with_log(|_, _| Answer::Json(200, log(&[], ("1-0", true))));

    let said = fake.run(&["worker", "logs", "web-1"]).exits(1);

    assert!(said.stderr.contains("same page"), "{}", said.stderr);
}
