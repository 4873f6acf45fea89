//! Processes that are replaced, and what their service manager hears of it.

use serde_json::json;

use crate::{
    drain::gated,
    support::{Agent, PATIENCE, Server, eventually, signal},
};

#[test]
fn a_restart_by_the_server_keeps_the_process_and_the_steps() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);

    link.send(&json!({"type": "restart"}));

    let (mut link, connect) = server.welcome();
    assert_eq!(connect["running"].as_array().unwrap().len(), 1);
    // An executor that has no server leaves its place at once, and its result to the next one.
    eventually("the link", || {
        (agent.ask(&json!({"type": "status"}))?["link_online"] == true).then_some(())
    });
    std::fs::write(gate, "").unwrap();
    assert_eq!(link.result().0["exit_code"], 0);
}

#[test]
fn the_service_manager_hears_when_the_link_is_ready() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let path = agent.path("notify");
    let manager = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();

    agent.run_with(|command| {
        command.env("NOTIFY_SOCKET", &path);
    });

    let mut bytes = [0; 64];
    let count = manager.recv(&mut bytes).unwrap();
    assert_eq!(bytes[..count].trim_ascii(), b"READY=1");
}

#[test]
fn a_service_leaves_its_restart_to_the_service_manager() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("NOTIFY_SOCKET", "@nobody-listens-here");
    });
    let (mut link, _) = server.welcome();

    link.send(&json!({"type": "restart"}));

    assert_eq!(agent.exit_code(), Some(82));
}

#[test]
fn an_executor_gives_way_to_the_installed_program_once_its_step_has_ended() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, before) = server.welcome();
    let gate = gated(&agent, &mut link);
    let pid = agent.executor_pid();

    signal(pid, "HUP");
    assert_eq!(agent.ask(&json!({"type": "status"})).unwrap()["running"], 1);
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    link.ack(&result);

    assert_eq!(result["exit_code"], 0);
    let (mut link, after) = server.welcome();
    assert_ne!(after["session"], before["session"]);
    assert_eq!(after["running"], json!([]));
    link.offer("true");
    assert_eq!(link.result().0["exit_code"], 0);
}

/// Beside a link that starts executors itself, either of the two may take the place.
#[test]
fn an_executor_that_is_a_service_gives_way_without_a_new_process() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let mut executor = agent.command("executor").spawn().unwrap();
    agent.run_with(|command| {
        command.args(["--executor", "service"]);
    });
    let (_link, before) = server.welcome();
    let pid = agent.executor_pid();

    signal(pid, "HUP");

    let (_link, after) = server.welcome();
    assert_ne!(after["session"], before["session"]);
    assert_eq!(agent.executor_pid(), pid);
    agent.ask(&json!({"type": "exit"}));
    assert!(eventually("its end", || executor.try_wait().unwrap()).success());
}
