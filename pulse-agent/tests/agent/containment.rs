//! Steps that may be started again: nothing of them stays, however it hides.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::{
    skip::skip,
    support::{Agent, Link, Offer, Server, is_alive, pid_in, signal},
};

/// A running agent, or `None` where its host has nothing to contain steps with.
fn started() -> Option<(Server, Agent, Link)> {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (link, _) = server.welcome();
    let status = agent.ask(&json!({"type": "status"})).unwrap();
    if status["sandbox"]["containment"] != true {
        skip("this host has no control groups of version 2 that the agent may use");
        return None;
    }
    Some((server, agent, link))
}

/// An offer of what may be started again.
fn again(command: &str) -> Offer {
    Offer::new(command).with("on_disconnect", json!("stop"))
}

/// Starts a process without the attempt's marks, without its session and without its parents.
fn hide(file: &Path) -> String {
    let file = file.display();
    format!(
        "setsid -f env -i sh -c 'echo $$ > {file}; exec sleep 60' > /dev/null 2>&1; \
         while [ ! -s {file} ]; do sleep 0.01; done"
    )
}

/// The control groups of this agent's steps.
fn groups(agent: &Agent) -> Vec<PathBuf> {
    let folder = agent.folder.as_os_str().as_encoded_bytes();
    let name = format!("pulse-step-{:08x}-", crc32fast::hash(folder));
    let mut found = Vec::new();
    let mut left = vec![PathBuf::from("/sys/fs/cgroup")];
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&name) {
                found.push(entry.path());
            } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                left.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn nothing_that_hides_survives_its_executor_when_its_step_may_be_started_again() {
    let Some((server, agent, mut link)) = started() else {
        return;
    };
    let file = agent.path("hidden");
    link.send(&again(&format!("{}; sleep 60", hide(&file))).frame());
    let hidden = pid_in(&file);

    signal(agent.executor_pid(), "KILL");

    let (mut link, _) = server.welcome();
    let (result, _) = link.result();
    assert_eq!(result["reason"], "agent_restart");
    assert!(!is_alive(hidden), "it could run beside a second attempt");
    assert!(groups(&agent).is_empty());
}

#[test]
fn nothing_that_hides_survives_the_end_of_its_step() {
    let Some((_server, agent, mut link)) = started() else {
        return;
    };
    let file = agent.path("hidden");

    link.send(&again(&format!("{}; exit 7", hide(&file))).frame());
    let (result, _) = link.result();

    assert_eq!(result["exit_code"], 7);
    assert!(!is_alive(pid_in(&file)));
    assert!(groups(&agent).is_empty());
}

#[test]
fn what_hides_is_asked_to_end_before_it_is_killed() {
    let Some((_server, agent, mut link)) = started() else {
        return;
    };
    let (file, word) = (agent.path("hidden"), agent.path("word"));
    let polite = format!(
        "setsid -f env -i sh -c 'trap \"echo bye > {}; exit\" TERM; echo $$ > {}; \
         while true; do sleep 0.02; done' > /dev/null 2>&1; sleep 60",
        word.display(),
        file.display()
    );
    let offer = again(&polite);
    link.send(&offer.frame());
    let hidden = pid_in(&file);

    link.send(&offer.cancel(5000));
    let (result, _) = link.result();

    assert_eq!(result["reason"], "cancelled");
    assert!(!is_alive(hidden));
    assert_eq!(std::fs::read_to_string(word).unwrap(), "bye\n");
}

#[test]
fn a_group_that_a_step_makes_for_itself_ends_with_it() {
    let Some((_server, agent, mut link)) = started() else {
        return;
    };
    let file = agent.path("inner");
    let command = format!(
        "own=$(find /sys/fs/cgroup -name \"pulse-step-*$PULSE_JOB*\" | head -1); \
         mkdir $own/inner && echo 0 > $own/inner/cgroup.procs && {}; exit 0",
        hide(&file)
    );

    link.send(&again(&command).frame());
    let (result, outputs) = link.result();

    assert_eq!(result["exit_code"], 0, "{outputs:?}");
    assert!(!is_alive(pid_in(&file)));
    assert!(groups(&agent).is_empty());
}

#[test]
fn a_contained_step_says_in_a_sentence_why_it_cannot_start() {
    let Some((_server, _agent, mut link)) = started() else {
        return;
    };

    let offer = again("true").with("working_dir", json!("/nowhere"));
    link.send(&offer.frame());
    let (result, _) = link.result();

    assert_eq!(result["reason"], "not_startable");
    let detail = "the working folder /nowhere does not exist on this host";
    assert_eq!(result["detail"], detail);
}
