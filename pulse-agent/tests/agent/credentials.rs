//! A new credential in place of the old one.

use serde_json::json;

use crate::support::{Agent, Link, Server};

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
