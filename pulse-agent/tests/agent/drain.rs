//! Leaving: by signal, by the server's wish, by the command line.

use std::time::Duration;

use serde_json::json;

use crate::support::{Agent, Link, Server, eventually, is_alive, pid_in};

/// A step that runs until its gate opens.
fn gated(agent: &Agent, link: &mut Link) -> std::path::PathBuf {
    let gate = agent.path("gate");
    link.offer(&format!(
        "while [ ! -e {} ]; do sleep 0.02; done",
        gate.display()
    ));
    link.frame("started");
    gate
}

#[test]
fn a_drain_by_signal_waits_for_the_step_and_ends_with_zero() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);

    agent.signal("USR1");
    assert_eq!(link.frame("drain_state")["outstanding"], 1);
    link.offer("true");
    assert_eq!(link.frame("not_started")["reason"], "draining");
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    link.ack(&result);

    while link.frame("drain_state")["outstanding"] != 0 {}
    let unregister = server.request();
    assert!(
        unregister.line.contains("/unregister"),
        "{}",
        unregister.line
    );
    unregister.answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
    let log = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(log.contains("drain complete, 0 active runs"), "{log}");
}

#[test]
fn a_drain_by_the_server_is_the_same() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();

    link.send(&json!({"type": "drain", "mode": "exit"}));

    server.request().answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
}

#[test]
fn a_held_worker_stays_and_takes_what_the_server_sends() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();

    link.send(&json!({"type": "drain", "mode": "hold"}));

    let (result, _) = link.complete("exit 0");
    assert_eq!(result["exit_code"], 0);
    link.send(&json!({"type": "resume"}));
    assert_eq!(link.complete("exit 1").0["exit_code"], 1);
}

#[test]
fn a_stop_cancels_after_its_grace_and_reports() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("PULSE__STOP_GRACE_MS", "200");
    });
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    link.offer(&format!("echo $$ > {}; sleep 60", pid_file.display()));
    let pid = pid_in(&pid_file);
    let executor = agent.executor_pid();

    agent.signal("TERM");

    let (result, _) = link.result();
    assert_eq!(result["reason"], "cancelled");
    link.ack(&result);
    server.request().answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
    assert!(!is_alive(pid));
    eventually("the executor's end", || (!is_alive(executor)).then_some(()));
}

#[test]
fn a_second_signal_does_not_wait_even_without_a_server() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    gated(&agent, &mut link);
    drop((link, server));

    agent.signal("TERM");
    std::thread::sleep(Duration::from_millis(100));
    agent.signal("TERM");

    assert_eq!(agent.exit_code(), Some(0));
}

#[test]
fn a_link_beside_a_service_leaves_its_executor_alone() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let mut executor = agent.command("executor").spawn().unwrap();
    agent.run_with(|command| {
        command.args(["--executor", "service"]);
    });
    let (mut link, _) = server.welcome();
    gated(&agent, &mut link);

    agent.signal("TERM");

    assert_eq!(agent.exit_code(), Some(0));
    assert_eq!(agent.ask(&json!({"type": "status"})).unwrap()["running"], 1);
    agent.ask(&json!({"type": "exit"}));
    assert!(eventually("its end", || executor.try_wait().unwrap()).success());
}

#[test]
fn the_command_line_drains_and_shows() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    link.complete("true");

    let status = agent.command("status").arg("--json").output().unwrap();
    let drained = agent.command("drain").arg("--wait").output().unwrap();

    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["executor"]["link_online"], true);
    assert_eq!(status["worker"]["name"], "test");
    assert_eq!(
        String::from_utf8_lossy(&drained.stdout).trim(),
        "drained, 0 active runs"
    );
    server.request().answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
}

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
    std::fs::write(gate, "").unwrap();
    assert_eq!(link.result().0["exit_code"], 0);
}

#[test]
fn the_service_manager_hears_when_the_link_is_ready() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let path = agent.path("notify");
    let manager = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
    manager
        .set_read_timeout(Some(crate::support::PATIENCE))
        .unwrap();

    agent.run_with(|command| {
        command.env("NOTIFY_SOCKET", &path);
    });

    let mut bytes = [0; 64];
    let count = manager.recv(&mut bytes).unwrap();
    assert_eq!(&bytes[..count], b"READY=1");
}
