//! The agent's own log, as the server is shown it.

use std::{fs, time::Duration};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Agent, Link, Offer, Server, eventually};

/// Asks for the log; gives the answer.
fn ask(link: &mut Link, wanted: &Value) -> Value {
    let id = send(link, wanted);
    answer(link, id)
}

fn send(link: &mut Link, wanted: &Value) -> Uuid {
    let id = Uuid::now_v7();
    let mut frame = wanted.clone();
    (frame["type"], frame["ask_id"]) = (json!("read_log"), json!(id));
    link.send(&frame);
    id
}

fn answer(link: &mut Link, id: Uuid) -> Value {
    let said = link.frame("log_said");
    assert_eq!(said["ask_id"], json!(id));
    said
}

/// The lines with this text, by the process that has logged them.
fn with(log: &Value, text: &str) -> Vec<String> {
    let lines = log["lines"].as_array().unwrap().iter();
    lines
        .filter(|line| line["text"].as_str().unwrap().starts_with(text))
        .map(|line| line["part"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_link_and_executor_have_logged_is_shown_also_from_before_a_crash() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["capabilities"].get("logs"), None);
    let about = link.frame("describe");
    assert_eq!(about["capabilities"]["logs"], true);
    link.complete("true");
    agent.kill_link();

    agent.run();
    let (mut link, _) = server.welcome();
    let log = ask(&mut link, &json!({"tail": 100}));

    assert_eq!(with(&log, "connected"), ["link", "link"], "{log}");
    assert_eq!(with(&log, "step ended"), ["executor"], "{log}");
    assert_eq!(log["missed"], false);
}

#[test]
fn an_answer_may_wait_for_the_next_line_of_either_process() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    link.frame("describe");
    let begun = ask(&mut link, &json!({"tail": 0}));

    let id = send(
        &mut link,
        &json!({"after": begun["cursor"], "wait_ms": 20_000}),
    );
    assert!(
        link.try_frame("log_said", Duration::from_millis(500))
            .is_none()
    );
    link.offer("true");
    let mut log = answer(&mut link, id);
    assert_ne!(log["lines"], json!([]));
    let mut ended = with(&log, "step ended");
    while ended.is_empty() {
        log = ask(
            &mut link,
            &json!({"after": log["cursor"], "wait_ms": 20_000}),
        );
        ended = with(&log, "step ended");
    }

    assert_eq!(ended, ["executor"]);
    let none = ask(&mut link, &json!({"after": log["cursor"]}));
    assert_eq!(none["lines"], json!([]), "{log}");
}

#[test]
fn a_wait_without_a_line_ends_with_none() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    link.frame("describe");
    let begun = ask(&mut link, &json!({"tail": 0}));

    let log = ask(
        &mut link,
        &json!({"after": begun["cursor"], "wait_ms": 300}),
    );

    assert_eq!(log["lines"], json!([]));
    assert_eq!(log["cursor"], begun["cursor"]);
}

#[test]
fn no_secret_is_logged_however_much_is() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("PULSE__LOG__LEVEL", "trace");
    });
    let (mut link, _) = server.welcome();
    link.frame("describe");
    let offer = Offer::new("echo $TOKEN")
        .with("secret_names", json!(["TOKEN"]))
        .with("secrets", json!({"TOKEN": "hunter2-of-the-step"}));
    link.send(&offer.frame());
    let (result, _) = link.result();
    assert_eq!(result["exit_code"], 0, "{result}");
    // One that cannot be read: what stands in it is no part of what is wrong with it.
    let mut broken = offer.frame();
    broken["timeout"] = json!("hunter2-in-a-field");
    link.send(&broken);

    let log = eventually("the unreadable frame", || {
        let log = ask(&mut link, &json!({}));
        let is_there = with(&log, "a frame of the server could not be read").len() == 1;
        is_there.then_some(log)
    });

    let kept = fs::read_dir(agent.path("log")).unwrap();
    let kept = kept.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let read = |path| fs::read_to_string(path).unwrap();
    let said = [agent.link_log(), agent.path("executor.log")].map(read);
    assert!(said[0].contains("DEBUG"), "{said:?}");
    let all = format!("{log}{}{}", kept.collect::<String>(), said.concat());
    assert!(all.contains("step ended"), "{all}");
    assert!(!all.contains("hunter2"), "{all}");
    assert!(!all.contains("secret-credential"), "{all}");
}

#[test]
fn a_log_that_cannot_be_kept_stops_nothing() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    fs::write(agent.path("log"), "in the way").unwrap();
    agent.run();
    let (mut link, _) = server.welcome();

    let (result, _) = link.complete("true");

    assert_eq!(result["exit_code"], 0);
    let said = fs::read_to_string(agent.link_log()).unwrap();
    assert!(said.contains("the log cannot be kept"), "{said}");
}
