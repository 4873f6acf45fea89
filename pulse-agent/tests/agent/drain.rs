//! Leaving: by signal, by the server's wish, by the command line.

use std::time::Duration;

use serde_json::json;

use crate::support::{Agent, Link, PATIENCE, Server, eventually, is_alive, pid_in, signal};

/// A step that runs until its gate opens.
pub(crate) fn gated(agent: &Agent, link: &mut Link) -> std::path::PathBuf {
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

/// The next frame that says why nothing is started.
fn refusal(link: &mut Link) -> serde_json::Value {
    loop {
        let frame = link.any(PATIENCE).expect("a frame");
        if frame["type"] == "drain_state" || frame["type"] == "not_started" {
            return frame;
        }
    }
}

#[test]
fn the_server_hears_of_a_local_drain_before_the_first_refusal() {
    for way in ["USR1", "TERM", "the command line"] {
        let server = Server::start();
        let mut agent = Agent::enrolled(&server.url());
        agent.run_with(|command| {
            command.args(["--max-concurrent", "1"]);
        });
        let (mut link, _) = server.welcome();
        let gate = gated(&agent, &mut link);
        let waiting = link.offer("true");
        eventually("the waiting offer", || {
            (agent.ask(&json!({"type": "status"}))?["queued"] == 1).then_some(())
        });

        if way == "the command line" {
            assert!(agent.command("drain").status().unwrap().success());
        } else {
            agent.signal(way);
        }

        let first = refusal(&mut link);
        assert_eq!(first["type"], "drain_state", "{way}");
        assert_eq!(first["outstanding"], 2, "{way}");
        let second = refusal(&mut link);
        assert_eq!(second["job_id"], json!(waiting.job_id), "{way}");
        assert_eq!(refusal(&mut link)["outstanding"], 1, "{way}");
        std::fs::write(gate, "").unwrap();
    }
}

#[test]
fn a_server_that_missed_a_drain_hears_of_it_before_the_first_refusal() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    drop(link);
    agent.signal("USR1");
    rests(&agent, "exit");

    let (mut link, _) = server.welcome();
    link.offer("true");

    assert_eq!(refusal(&mut link)["type"], "drain_state");
    assert_eq!(link.frame("not_started")["reason"], "draining");
    std::fs::write(gate, "").unwrap();
}

/// A drain by the server's word.
fn drain(id: &str, taken: Option<&str>) -> serde_json::Value {
    json!({"type": "drain", "mode": "exit", "id": id, "taken": taken})
}

const FIRST: &str = "01900000-0000-7000-8000-000000000001";

const SECOND: &str = "01900000-0000-7000-8000-000000000002";

#[test]
fn an_agent_that_missed_the_end_of_its_drain_takes_work_again() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    link.send(&drain(FIRST, None));
    link.frame("drain_state");
    drop(link);

    let (mut link, _) = server.welcome();
    link.send(&json!({"type": "resume"}));

    assert_eq!(link.complete("exit 3").0["exit_code"], 3);
    std::fs::write(gate, "").unwrap();
}

#[test]
fn a_drain_of_the_host_is_said_until_the_server_has_taken_it() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);

    agent.signal("USR1");
    let own = link.frame("drain_state")["asked"].clone();
    drop(link);
    let (mut link, _) = server.welcome();
    // It was on its way when this was said.
    link.send(&json!({"type": "resume"}));
    let again = link.frame("drain_state")["asked"].clone();
    link.offer("true");
    let refused = link.frame("not_started");
    link.send(&json!({"type": "resume", "taken": own}));

    assert!(own.is_string(), "{own}");
    assert_eq!(again, own);
    assert_eq!(refused["reason"], "draining");
    assert_eq!(link.complete("exit 3").0["exit_code"], 3);
    std::fs::write(gate, "").unwrap();
}

#[test]
fn a_drain_that_was_taken_back_on_the_host_is_named_until_it_is_over() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    link.send(&drain(FIRST, None));
    link.frame("drain_state");
    drop(link);
    agent.signal("USR2");
    eventually("the resume", || {
        let load = agent.ask(&json!({"type": "status"}))?;
        load["draining"].is_null().then_some(())
    });

    let (mut link, _) = server.welcome();
    assert_eq!(link.frame("resumed")["drain"], FIRST);
    link.send(&drain(FIRST, None));
    assert_eq!(link.complete("exit 3").0["exit_code"], 3);
    link.send(&drain(SECOND, None));
    link.frame("drain_state");
    link.offer("true");

    assert_eq!(link.frame("not_started")["reason"], "draining");
    std::fs::write(gate, "").unwrap();
}

#[test]
fn a_drain_that_becomes_a_hold_lets_nobody_leave() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);

    link.send(&drain(FIRST, None));
    link.frame("drain_state");
    link.send(&json!({"type": "drain", "mode": "hold", "id": SECOND}));
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    link.ack(&result);

    assert_eq!(link.complete("exit 3").0["exit_code"], 3);
    assert!(server.is_quiet(), "it must not unregister");
}

#[test]
fn who_reads_its_configuration_again_during_a_drain_leaves_all_the_same() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    agent.signal("USR1");
    link.frame("drain_state");

    agent.signal("HUP");
    link.frame("describe");
    link.offer("true");
    assert_eq!(link.frame("not_started")["reason"], "draining");
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    link.ack(&result);

    server.request().answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
}

/// Waits until the executor takes part in such a drain.
fn rests(agent: &Agent, mode: &str) {
    eventually(mode, || {
        (agent.ask(&json!({"type": "status"}))?["draining"] == mode).then_some(())
    });
}

#[test]
fn the_next_executor_of_a_held_worker_is_told_that_it_is_held() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let hold = json!({"type": "drain", "mode": "hold", "id": FIRST});
    link.send(&hold);
    rests(&agent, "hold");
    let pid = agent.executor_pid();

    signal(pid, "KILL");
    let (mut link, _) = server.welcome();
    link.send(&hold);

    rests(&agent, "hold");
    assert_ne!(agent.executor_pid(), pid);
}

#[test]
fn nothing_goes_before_the_first_frame_of_a_connection() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    link.send(&drain(FIRST, None));
    link.frame("drain_state");
    // It is asked what it has in hand, and does not answer.
    let executor = agent.executor_pid();
    signal(executor, "STOP");
    drop(link);

    let mut link = server.socket();
    agent.signal("USR2");
    let silent = link.any(Duration::from_millis(300));
    signal(executor, "CONT");

    assert!(silent.is_none(), "{silent:?}");
    assert_eq!(
        link.any(PATIENCE).expect("a frame")["type"],
        "worker_connect"
    );
    std::fs::write(gate, "").unwrap();
}

#[test]
fn an_agent_with_an_unacknowledged_result_leaves_without_unregistering() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let offer = link.offer("exit 0");
    link.frame("command_result");

    agent.signal("TERM");

    assert_eq!(agent.exit_code(), Some(0));
    assert!(server.is_quiet(), "it must not unregister");
    let log = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(log.contains("not unregistered"), "{log}");
    agent.run();
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["spooled"], 1);
    let (result, _) = link.result();
    assert_eq!(result["job_id"], json!(offer.job_id));
    assert_eq!(result["success"], true);
}

#[test]
fn an_agent_without_a_server_leaves_its_results_to_the_next_start() {
    let server = Server::start();
    let address = server.address();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let gate = gated(&agent, &mut link);
    drop((link, server));
    std::fs::write(gate, "").unwrap();
    eventually("the result", || {
        let load = agent.ask(&json!({"type": "status"}))?;
        (load["unreported"] == 1 && load["link_online"] == false).then_some(())
    });

    agent.signal("USR1");

    assert_eq!(agent.exit_code(), Some(0));
    let log = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(log.contains("not unregistered"), "{log}");
    let server = Server::at(&address);
    agent.run();
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["spooled"], 1);
    assert_eq!(link.result().0["success"], true);
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
