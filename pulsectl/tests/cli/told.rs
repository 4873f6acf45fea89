//! What a person is told: what was changed, what is not there, what to type instead.

use std::net::TcpStream;

use serde_json::json;

use super::{
    fake::{Answer, EXECUTION_ID, Fake, output, worker},
    skip::skip,
};

fn silent() -> Fake {
    Fake::start(|_, _| Answer::problem(500, "internal", "never asked"))
}

#[test]
fn what_is_not_there_yet_is_told_with_what_stands_in() {
    let fake = silent();
    for (line, instead) in [
        ("execution artifacts 42", "pulsectl execution export 42"),
        ("execution open 42", "pulsectl execution show 42"),
        ("worker shell web-1", "pulsectl worker exec"),
        ("login --sso", "pulsectl token create"),
        ("sensor apply", "pulsectl workflow apply"),
        ("sensor rm", "pulsectl workflow apply"),
    ] {
        let args: Vec<&str> = line.split(' ').collect();

        fake.run(&args)
            .exits(2)
            .tells("is not there yet")
            .tells(instead);
    }
    assert!(fake.seen().is_empty());
}

#[test]
fn a_command_for_a_host_without_its_dashes_is_told_where_they_go() {
    let ran = silent().run(&["worker", "exec", "local-1", "true"]);

    ran.exits(2).tells("put `--` before the command");
}

#[test]
fn help_names_the_flags_of_every_command_once_and_behind_the_examples() {
    let fake = silent();
    for args in [
        &["worker", "exec", "--help"][..],
        &["help", "worker", "exec"],
    ] {
        let help = fake.run(args).exits(0).stdout;

        let examples = help.find("Examples:").unwrap();
        let flags = help.find("Global options:").unwrap();
        assert!(examples < flags, "{help}");
        assert_eq!(help.matches("--ca-cert").count(), 1, "{help}");
        assert!(help.contains("pulsectl help global-flags"), "{help}");
    }
    fake.run(&["help", "global-flags"])
        .exits(0)
        .prints("--ca-cert FILE")
        .prints("relative local utc rfc3339");
}

#[test]
fn nothing_configured_and_nothing_there_is_not_logged_in() {
    let fake = silent();
    if TcpStream::connect("127.0.0.1:8080").is_ok() {
        skip("a server listens at the address of last resort");
        return;
    }
    let mut command = fake.command(&["whoami"]);
    command.env_remove("PULSE_URL").env_remove("PULSE_TOKEN");

    let ran: super::fake::Ran = command.output().unwrap().into();

    ran.exits(4).tells("pulsectl login");
}

#[test]
fn a_server_that_cannot_be_reached_is_told_in_one_sentence() {
    let ran = silent().run(&["whoami", "--url", "http://127.0.0.1:9", "--timeout", "1s"]);

    let ran = ran
        .exits(12)
        .tells("could not reach http://127.0.0.1:9: connection refused");
    assert!(!ran.stderr.contains("caused by"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("os error"), "{}", ran.stderr);
}

#[test]
fn each_wish_for_a_worker_says_what_it_was() {
    let fake = Fake::start(|_, _| Answer::Json(200, worker("web-1")));
    let says = |args: &[&str], line: &str| {
        let ran = fake.run(args).exits(0);
        assert_eq!(ran.stdout, format!("worker/web-1 {line}\n"));
    };

    says(&["worker", "resume", "web-1"], "resumed (active)");
    says(&["worker", "restart", "web-1"], "asked to restart");
    says(
        &["worker", "rotate-credential", "web-1"],
        "asked for a new credential",
    );
    says(&["worker", "label", "web-1", "nope-"], "unchanged: rack=b7");
}

#[test]
fn a_drain_of_a_host_that_is_away_does_not_end_as_drained() {
    let fake = Fake::start(|_, _| {
        let mut away = worker("web-1");
        away["status"] = json!("offline");
        away["active"] = json!(false);
        away["admin_state"] = json!("draining");
        Answer::Json(200, away)
    });

    fake.run(&["worker", "drain", "web-1", "--wait"])
        .exits(0)
        .tells("nothing runs any more; not there, and drained once back: web-1");
}

#[test]
fn an_input_that_is_missing_is_told_with_the_flag_for_it() {
    let fake = Fake::start(|_, _| {
        let problem = json!({
            "type": "urn:pulse:problem:invalid_input", "title": "t", "status": 422,
            "detail": "input `version` is required", "code": "invalid_input",
            "errors": [{"path": "inputs.version", "message": "input `version` is required",
                "hint": "which version"}]
        });
        Answer::Json(422, problem)
    });

    fake.run(&["run", "deploy", "-d"])
        .exits(2)
        .tells("hint: -p version=… (which version)");
}

#[test]
fn a_log_line_in_a_file_has_its_day_and_zone_and_a_chosen_time_everywhere() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("logs") => {
            let entry = output(1, "web-1", "x\n");
            let data = entry
                .lines()
                .find_map(|line| line.strip_prefix("data: "))
                .unwrap();
            let entry: serde_json::Value = serde_json::from_str(data).unwrap();
            Answer::page(&json!([entry]))
        }
        _ => Answer::Json(200, super::fake::execution("completed")),
    });
    let logs = |more: &[&str]| {
        let args = [&["execution", "logs", EXECUTION_ID][..], more].concat();
        fake.run(&args).exits(0).stdout
    };

    assert!(
        logs(&[]).starts_with("2026-01-01T12:00:01Z web-1│"),
        "{}",
        logs(&[])
    );
    assert!(logs(&["--time", "utc"]).starts_with("2026-01-01 12:00:01Z web-1│"));
    assert!(logs(&["--time", "relative"]).contains(" ago web-1│"));
}

#[test]
fn the_settings_in_use_are_shown_with_where_each_comes_from() {
    let fake = silent();
    let mut command = fake.command(&["context", "show", "--origin", "--time", "utc"]);
    command.env("PAGER", "more").env("PULSE_NO_INPUT", "1");

    let ran: super::fake::Ran = command.output().unwrap().into();

    let ran = ran.exits(0);
    let row = |name: &str| {
        let line = ran
            .stdout
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("time"), "time utc --time");
    assert_eq!(row("pager"), "pager more PAGER");
    assert_eq!(row("no_input"), "no_input true PULSE_NO_INPUT");
    assert_eq!(row("output"), "output table default");
}

#[test]
fn the_context_in_use_that_is_removed_is_told_with_how_to_choose_another() {
    let fake = silent();
    for name in ["a", "b"] {
        fake.run(&["context", "set", name, "--url", "http://h"])
            .exits(0);
    }

    fake.run(&["context", "rm", "a"])
        .exits(0)
        .tells("pulsectl context use NAME");
    fake.run(&["context", "rm", "b"])
        .exits(0)
        .tells("context b removed");
}
