//! Becoming a worker.

use std::{os::unix::fs::PermissionsExt as _, process::Stdio};

use serde_json::{Value, json};

use crate::support::{Agent, Server};

fn enrolled() -> Value {
    json!({
        "worker_id": uuid::Uuid::nil(), "credential": "fresh-credential",
        "heartbeat_interval_ms": 20_000, "region": "fra",
    })
}

#[test]
fn a_run_with_a_token_enrols_and_connects() {
    let server = Server::start();
    let mut agent = Agent::fresh(&server.url());
    agent.run_with(|command| {
        command
            .env("WORKER_ENROLLMENT_TOKEN", "token-1")
            .env("WORKER_NAME", "edge-1");
    });

    let lost = server.request();
    drop(lost);
    let request = server.request();

    assert!(
        request.line.starts_with("POST /api/v1/workers/enroll "),
        "{}",
        request.line
    );
    assert_eq!(request.body["token"], "token-1");
    assert_eq!(request.body["name"], "edge-1");
    assert_eq!(request.body["enrollment_key"].as_str().unwrap().len(), 64);
    assert!(
        request.body["capabilities"]["runtimes"]
            .as_array()
            .unwrap()
            .contains(&json!("native"))
    );
    let known = std::fs::read_to_string(agent.path("enrollment.key")).unwrap();
    assert_eq!(request.body["enrollment_key"], json!(known));
    request.answer(201, &enrolled());
    let (_link, connect) = server.welcome();
    assert_eq!(connect["worker_name"], "edge-1");
    let mode = std::fs::metadata(agent.path("credential.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        std::fs::metadata(&agent.folder)
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o700
    );
    assert!(!agent.path("enrollment.key").exists());
}

#[test]
fn a_refused_token_ends_the_run_with_a_hint() {
    let server = Server::start();
    let mut agent = Agent::fresh(&server.url());
    agent.run_with(|command| {
        command.env("WORKER_ENROLLMENT_TOKEN", "worthless");
    });

    server.request().problem(401, "token_refused");

    assert_eq!(agent.exit_code(), Some(77));
    let log = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(log.contains("hint:"), "{log}");
    assert!(!log.contains("worthless"));
}

#[test]
fn a_refused_shared_key_is_called_by_its_name() {
    let server = Server::start();
    let mut agent = Agent::fresh(&server.url());
    agent.run_with(|command| {
        command.env("WORKER_API_KEY", "worthless");
    });

    let request = server.request();
    assert!(
        request.line.contains("/workers/register "),
        "{}",
        request.line
    );
    request.problem(401, "unauthenticated");

    assert_eq!(agent.exit_code(), Some(77));
    let log = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(log.contains("does not take WORKER_API_KEY"), "{log}");
    assert!(log.contains("server.shared_worker_key"), "{log}");
    assert!(
        !log.contains("expire") && !log.contains("worthless"),
        "{log}"
    );
}

#[test]
fn the_configuration_is_shown_with_where_it_comes_from() {
    let agent = Agent::fresh("http://127.0.0.1:9");

    let shown = agent
        .command("config")
        .args(["show", "--origin", "--log-format", "json"])
        .env("RUN_TIMEOUT_MS", "60000")
        .env("PULSE__WRONG", "1")
        .stderr(Stdio::piped())
        .output()
        .unwrap();

    assert_eq!(shown.status.code(), Some(0));
    let (text, notices) = (
        String::from_utf8(shown.stdout).unwrap(),
        String::from_utf8(shown.stderr).unwrap(),
    );
    let has = |start: &str, end: &str| {
        text.lines()
            .any(|line| line.starts_with(start) && line.ends_with(end))
    };
    assert!(has("run_timeout_ms: 60000 ", "# RUN_TIMEOUT_MS"), "{text}");
    assert!(
        has("  url: http://127.0.0.1:9 ", "# PULSE_SERVER"),
        "{text}"
    );
    assert!(has("  format: json ", "# --log-format"), "{text}");
    assert!(has("stop_grace_ms: 15000 ", "# default"), "{text}");
    assert!(notices.contains("PULSE__WRONG is ignored"), "{notices}");
}

#[test]
fn the_verb_enrols_and_the_used_token_file_goes() {
    let server = Server::start();
    let agent = Agent::fresh(&server.url());
    let token = agent.path("token");
    std::fs::write(&token, "token-2\n").unwrap();
    let mut child = agent
        .command("enroll")
        .args(["--token-file", token.to_str().unwrap()])
        .env("PULSE__TOKEN_FILE", &token)
        .spawn()
        .unwrap();

    let request = server.request();

    assert_eq!(request.body["token"], "token-2");
    request.answer(201, &enrolled());
    assert!(child.wait().unwrap().success());
    assert!(!token.exists());
    let again = agent
        .command("enroll")
        .args(["--token-file", "/dev/null"])
        .status()
        .unwrap();
    assert_eq!(again.code(), Some(1));
}

#[test]
fn a_label_on_the_command_line_needs_a_value() {
    let agent = Agent::fresh("http://127.0.0.1:9");

    let refused = agent
        .command("enroll")
        .args(["--token-file", "/dev/null", "--label", "rack"])
        .stderr(Stdio::piped())
        .output()
        .unwrap();

    assert_eq!(refused.status.code(), Some(2));
    let text = String::from_utf8(refused.stderr).unwrap();
    assert!(text.contains("--label rack=b7"), "{text}");
}

#[test]
fn without_credential_and_token_there_is_a_clear_end() {
    let mut agent = Agent::fresh("http://127.0.0.1:9");
    agent.run();

    assert_eq!(agent.exit_code(), Some(78));
}

#[test]
fn plain_http_to_another_host_is_refused() {
    let agent = Agent::fresh("http://192.0.2.1");

    let status = agent.command("run").status().unwrap();

    assert_eq!(status.code(), Some(78));
}

#[test]
fn the_doctor_finds_a_server_that_is_away() {
    let agent = Agent::enrolled("http://127.0.0.1:9");

    let examined = agent.command("doctor").output().unwrap();

    assert_eq!(examined.status.code(), Some(3));
    let text = String::from_utf8(examined.stdout).unwrap();
    assert!(
        text.contains("✗ http://127.0.0.1:9 does not answer"),
        "{text}"
    );
    assert!(text.contains("fix:"));

    let examined = agent.command("doctor").arg("--json").output().unwrap();
    let found: Value = serde_json::from_slice(&examined.stdout).unwrap();
    let checks = found["checks"].as_array().unwrap();
    let away = checks.iter().find(|check| check["name"] == "server");
    let away = away.unwrap();
    assert_eq!(
        (&found["healthy"], &away["verdict"]),
        (&json!(false), &json!("bad"))
    );
    assert!(away["detail"].as_str().unwrap().contains("does not answer"));
    assert!(away["fix"].is_string());
}

#[test]
fn a_token_file_that_is_not_there_yet_is_no_token() {
    let mut agent = Agent::fresh("http://127.0.0.1:9");
    let path = agent.path("later.token");
    agent.run_with(|command| {
        command.env("PULSE__TOKEN_FILE", path);
    });

    assert_eq!(agent.exit_code(), Some(78));
}
