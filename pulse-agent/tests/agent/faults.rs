//! Killed links, killed executors, a server that comes and goes.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Agent, Server, eventually, is_alive, pid_in, signal};

#[test]
fn a_killed_link_disturbs_no_step_and_loses_no_exit_code() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let (pid_file, gate) = (agent.path("pid"), agent.path("gate"));
    let command = format!(
        "echo $$ > {}; while [ ! -e {} ]; do sleep 0.02; done; echo done; exit 5",
        pid_file.display(),
        gate.display()
    );
    let offer = link.offer(&command);
    let pid = pid_in(&pid_file);
    let executor = agent.executor_pid();

    agent.kill_link();
    agent.run();

    let (mut link, connect) = server.welcome();
    assert_eq!(connect["running"], json!([offer.claim()]));
    assert_eq!(connect["spooled"], 0);
    assert_eq!(agent.executor_pid(), executor);
    assert!(is_alive(pid));
    std::fs::write(gate, "").unwrap();
    let (result, _) = link.result();
    assert_eq!(result["exit_code"], 5);
    assert_eq!(result["output_bytes"], 5);
}

#[test]
fn a_result_that_no_link_could_report_waits_for_the_next() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let offer = link.offer("sleep 0.3; echo late; exit 4");
    link.frame("started");

    agent.kill_link();
    eventually("the result", || {
        (agent.ask(&json!({"type": "status"}))?["unreported"] == 1).then_some(())
    });
    agent.run();

    let (mut link, connect) = server.welcome();
    assert_eq!(connect["spooled"], 1);
    let (result, outputs) = link.result();
    assert_eq!(result["job_id"], json!(offer.job_id));
    assert_eq!(result["exit_code"], 4);
    assert_eq!(outputs.len(), 1);
}

#[test]
fn a_killed_executor_loses_the_step_and_leaves_none_of_its_processes() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let (leader, stray) = (agent.path("leader"), agent.path("stray"));
    let command = format!(
        "setsid sh -c 'echo $$ > {}; sleep 60' & echo $$ > {}; sleep 60",
        stray.display(),
        leader.display()
    );
    let offer = link.offer(&command);
    let (leader, stray) = (pid_in(&leader), pid_in(&stray));
    let executor = agent.executor_pid();

    signal(executor, "KILL");

    let (mut link, connect) = server.welcome();
    assert_eq!(connect["running"], json!([offer.claim()]));
    let (result, _) = link.result();
    assert_eq!(result["reason"], "agent_restart");
    assert_eq!(result["success"], false);
    assert_eq!(result["exit_code"], json!(null));
    assert!(!is_alive(leader) && !is_alive(stray));
    assert_ne!(agent.executor_pid(), executor);
}

#[test]
fn a_killed_executor_still_reports_what_had_ended() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let big = "head -c 300000 /dev/zero; exit 6";
    link.offer("echo kept; exit 2");
    link.frame("command_result");
    link.offer(big);
    link.frame("command_result");

    signal(agent.executor_pid(), "KILL");

    let (mut link, _) = server.welcome();
    let (mut codes, mut bytes) = (Vec::new(), 0);
    for _ in 0..2 {
        let (result, outputs) = link.result();
        codes.push(result["exit_code"].as_i64().unwrap());
        bytes += crate::support::bytes(&outputs).len();
        link.ack(&result);
    }
    codes.sort_unstable();
    assert_eq!(codes, [2, 6]);
    assert_eq!(bytes, 300_005);
}

#[test]
fn both_killed_is_lost_and_never_success() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    link.offer(&format!("echo $$ > {}; sleep 60", pid_file.display()));
    let pid = pid_in(&pid_file);

    let executor = agent.executor_pid();
    agent.kill_link();
    signal(executor, "KILL");
    agent.run();

    let (mut link, _) = server.welcome();
    let (result, _) = link.result();
    assert_eq!(result["reason"], "agent_restart");
    assert!(!is_alive(pid));
}

#[test]
fn nothing_comes_before_the_introduction_however_slow_the_executor_is() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (link, _) = server.welcome();
    let executor = agent.executor_pid();
    signal(executor, "STOP");
    drop(link);
    // A connection that is lost before the executor could answer.
    drop(server.socket());

    let mut link = server.socket();
    let too_early = link.next(Duration::from_millis(300));
    signal(executor, "CONT");
    let first = link.next(Duration::from_secs(10));
    let again = link.next(Duration::from_millis(300));

    assert_eq!(too_early, None);
    assert_eq!(first.unwrap()["type"], "worker_connect");
    assert_eq!(again, None);
}

#[test]
fn a_server_that_comes_back_is_found_within_a_second() {
    let server = Server::start();
    let (url, address) = (server.url(), server.address());
    let mut agent = Agent::enrolled(&url);
    agent.run();
    let (mut link, _) = server.welcome();
    link.offer("sleep 0.2; exit 9");
    link.frame("started");
    drop(server);
    drop(link);
    std::thread::sleep(Duration::from_secs(1));

    let server = Server::at(&address);
    let back = Instant::now();
    let (mut link, _) = server.welcome();

    assert!(
        back.elapsed() < Duration::from_secs(1),
        "{:?}",
        back.elapsed()
    );
    assert_eq!(link.result().0["exit_code"], 9);
}

#[test]
fn a_revoked_credential_ends_the_steps_and_the_agent() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    link.offer(&format!("echo $$ > {}; sleep 60", pid_file.display()));
    let pid = pid_in(&pid_file);
    drop(link);

    server.refuse(401, "credential_revoked");

    assert_eq!(agent.exit_code(), Some(77));
    assert!(!is_alive(pid));
    assert!(agent.path("credential.json").exists());
}

#[test]
fn a_worker_that_was_cleaned_up_registers_again() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();

    server.refuse(404, "worker_deleted");
    let register = server.request();

    assert!(
        register.line.starts_with("POST /api/v1/workers/register"),
        "{}",
        register.line
    );
    assert!(register.head.contains("Bearer secret-credential"));
    register.answer(
        200,
        &json!({"worker_id": uuid::Uuid::nil(), "heartbeat_interval_ms": 1000, "region": "fra"}),
    );
    server.welcome();
}

#[test]
fn a_server_that_no_longer_speaks_the_protocol_ends_the_agent() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();

    server.refuse(426, "protocol_too_old");

    assert_eq!(agent.exit_code(), Some(78));
}

#[test]
fn a_second_link_in_the_same_folder_is_refused() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let _link = server.welcome();

    let second = agent.command("run").status().unwrap();

    assert_eq!(second.code(), Some(1));
}

#[test]
fn an_executor_that_nobody_needs_leaves() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("PULSE__EXECUTOR__LINGER_SECONDS", "1");
    });
    let (mut link, _) = server.welcome();
    link.complete("true");
    link.offer("exit 8");
    link.frame("command_result");
    let executor = agent.executor_pid();

    agent.kill_link();

    eventually("the executor's end", || (!is_alive(executor)).then_some(()));
    agent.run();
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["spooled"], 1);
    assert_eq!(link.result().0["exit_code"], 8);
}

#[test]
fn an_executor_that_is_told_to_end_is_replaced_without_a_drain() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("PULSE__STOP_GRACE_MS", "100");
    });
    let (mut link, _) = server.welcome();
    link.offer("sleep 60");
    link.frame("started");
    let executor = agent.executor_pid();

    signal(executor, "TERM");

    let (result, _) = link.result();
    assert_eq!(result["reason"], "cancelled");
    link.ack(&result);
    let (mut link, connect) = server.welcome();
    assert_eq!(connect["spooled"], 0);
    assert_eq!(link.complete("exit 7").0["exit_code"], 7);
    assert_ne!(agent.executor_pid(), executor);
}

#[test]
fn a_deep_state_folder_has_a_socket_all_the_same() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    let deep = agent.path(&"d".repeat(120));
    std::fs::create_dir(&deep).unwrap();
    std::fs::rename(agent.path("credential.json"), deep.join("credential.json")).unwrap();
    let shallow = std::mem::replace(&mut agent.folder, deep);
    agent.run();

    let (mut link, _) = server.welcome();

    assert_eq!(link.complete("exit 3").0["exit_code"], 3);
    agent.signal("TERM");
    server.request().answer(200, &json!({}));
    assert_eq!(agent.exit_code(), Some(0));
    drop(agent);
    let _ = std::fs::remove_dir_all(shallow);
}

/// The executors on this agent's folder.
fn executors(agent: &Agent) -> Vec<i32> {
    let folder = agent.folder.display().to_string();
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &i32| {
        let line = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let mut words = line.split('\0').skip(1);
        words.next() == Some("executor") && words.any(|word| word == folder)
    })
    .collect()
}

#[test]
fn an_executor_that_is_killed_before_it_answers_is_started_again() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());

    agent.run();
    let mut killed = std::collections::HashSet::new();
    eventually("three executors", || {
        for pid in executors(&agent) {
            if killed.insert(pid) {
                signal(pid, "KILL");
            }
        }
        (killed.len() >= 3).then_some(())
    });
    eventually("an executor that lives", || {
        agent.ask(&json!({"type": "status"}))
    });

    assert!(agent.link.as_mut().unwrap().try_wait().unwrap().is_none());
}

#[test]
fn a_cloned_credential_ends_the_steps_and_the_agent() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (mut link, _) = server.welcome();
    let pid_file = agent.path("pid");
    link.offer(&format!("echo $$ > {}; sleep 60", pid_file.display()));
    let pid = pid_in(&pid_file);

    drop(link);
    server.refuse(401, "credential_cloned");

    assert_eq!(agent.exit_code(), Some(77));
    assert!(!is_alive(pid));
    let said = std::fs::read_to_string(agent.link_log()).unwrap();
    assert!(said.contains("token of its own"), "{said}");
}
