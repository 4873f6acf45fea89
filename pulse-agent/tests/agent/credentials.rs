//! A new credential in place of the old one.

use serde_json::json;

use crate::support::{Agent, Incoming, Link, Server, eventually, read_request};

/// Asks for a rotation, and gives the credential of this generation.
fn rotate(server: &Server, link: &mut Link, generation: u32) {
    link.send(&json!({"type": "rotate_credential"}));
    give(server, generation);
}

/// Answers the call for a new credential.
fn give(server: &Server, generation: u32) {
    let asked = server.request();
    assert!(asked.line.contains("/credential "), "{}", asked.line);
    let secret = format!("pulse_wc_test.{generation}");
    asked.answer(
        200,
        &json!({"credential": secret, "generation": generation}),
    );
}

#[test]
fn a_rotation_that_is_asked_for_during_the_first_use_of_a_credential_follows_it() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();

    rotate(&server, &mut link, 2);
    let first_use = server.request();
    link.send(&json!({"type": "rotate_credential"}));
    // What comes after it has been done, so that it has been heard.
    link.complete("true");
    assert!(first_use.line.contains("/ping "), "{}", first_use.line);
    first_use.answer(200, &json!({}));

    give(&server, 3);
}

/// The credential that the agent opens its socket with, before it gets this answer.
fn shown(server: &Server, status: u16, code: &str) -> String {
    loop {
        match server.accept() {
            Incoming::Upgrade(stream) => {
                let request = read_request(stream);
                let shown = bearer(&request.head);
                request.problem(status, code);
                return shown;
            }
            Incoming::Request(request) => request.problem(status, code),
        }
    }
}

fn bearer(head: &str) -> String {
    let (_, after) = head.split_once("Bearer ").expect("a credential");
    after.lines().next().unwrap().trim().to_owned()
}

/// An agent that was rotated twice and is not running.
fn rotated_twice(server: &Server) -> Agent {
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    for generation in [2, 3] {
        rotate(server, &mut link, generation);
        server.request().answer(200, &json!({}));
    }
    link.complete("true");
    agent.kill_link();
    agent
}

/// Takes the socket that is opened with this credential.
fn welcome(server: &Server, credential: &str) -> Link {
    match server.accept() {
        Incoming::Upgrade(stream) => {
            let mut head = [0; 2048];
            let count = stream.peek(&mut head).unwrap();
            let head = String::from_utf8_lossy(&head[..count]).into_owned();
            assert_eq!(bearer(&head), credential);
            let mut link = Link::take(stream);
            link.frame("worker_connect");
            link.be_welcomed(&[]);
            link
        }
        Incoming::Request(request) => panic!("{} came instead", request.line),
    }
}

#[test]
fn a_server_that_never_gave_out_the_newest_is_shown_the_ones_before_it_one_by_one() {
    let server = Server::start();
    let mut agent = rotated_twice(&server);
    agent.run();

    let first = shown(&server, 401, "credential_unknown");
    let second = shown(&server, 401, "credential_unknown");
    let _link = welcome(&server, "secret-credential");
    let asked = server.request();

    assert_eq!([first, second], ["pulse_wc_test.3", "pulse_wc_test.2"]);
    assert!(asked.line.contains("/credential "), "{}", asked.line);
    assert_eq!(bearer(&asked.head), "secret-credential");
    asked.answer(
        200,
        &json!({"credential": "after-the-restore", "generation": 2}),
    );
    let first_use = server.request();
    assert_eq!(bearer(&first_use.head), "after-the-restore");
    first_use.answer(200, &json!({}));
    let kept = std::fs::read_to_string(agent.path("credential.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["credential"], "after-the-restore");
    let earlier = ["pulse_wc_test.3", "pulse_wc_test.2", "secret-credential"];
    assert_eq!(kept["earlier"], json!(earlier));
}

#[test]
fn a_connection_with_an_earlier_credential_is_followed_by_one_with_the_newest() {
    let server = Server::start();
    let mut agent = rotated_twice(&server);
    agent.run();
    shown(&server, 401, "credential_unknown");
    let link = welcome(&server, "pulse_wc_test.2");
    let _unanswered = server.request();

    drop(link);

    assert_eq!(
        shown(&server, 503, "database_unavailable"),
        "pulse_wc_test.3"
    );
}

#[test]
fn after_any_other_trouble_on_the_way_back_the_newest_is_shown_again() {
    let server = Server::start();
    let mut agent = rotated_twice(&server);
    agent.run();
    shown(&server, 401, "credential_unknown");

    let on_the_way = shown(&server, 503, "database_unavailable");

    assert_eq!(on_the_way, "pulse_wc_test.2");
    assert_eq!(
        shown(&server, 503, "database_unavailable"),
        "pulse_wc_test.3"
    );
}

#[test]
fn a_revoked_or_cloned_newest_is_followed_by_no_earlier_one() {
    for code in ["credential_revoked", "credential_cloned"] {
        let server = Server::start();
        let mut agent = rotated_twice(&server);
        agent.run();

        let newest = shown(&server, 401, code);

        assert_eq!(newest, "pulse_wc_test.3");
        assert_eq!(agent.exit_code(), Some(77));
        assert!(server.is_quiet());
    }
}

#[test]
fn a_newest_that_is_refused_without_that_word_is_followed_by_no_earlier_one() {
    let server = Server::start();
    let mut agent = rotated_twice(&server);
    agent.run();

    shown(&server, 401, "unauthenticated");
    eventually("word of the refusal", || {
        let log = std::fs::read_to_string(agent.link_log()).unwrap();
        log.contains("trying again").then_some(())
    });
    agent.kill_link();

    assert!(server.is_quiet());
    agent.run();
    assert_eq!(
        shown(&server, 503, "database_unavailable"),
        "pulse_wc_test.3"
    );
}

#[test]
fn a_host_of_which_nothing_is_known_is_told_what_to_type() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();

    shown(&server, 401, "credential_unknown");

    let log = eventually("word of it", || {
        let log = std::fs::read_to_string(agent.link_log()).unwrap();
        log.contains("never given out").then_some(log)
    });
    assert!(log.contains("pulsectl worker remove test --force"), "{log}");
    assert!(log.contains("pulse-agent enroll --force"), "{log}");
}
