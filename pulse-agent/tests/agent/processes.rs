//! How steps are ended, with everything that they started.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Agent, Link, Offer, Server, eventually, is_alive, pid_in};

fn started() -> (Server, Agent, Link) {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run();
    let (link, _) = server.welcome();
    (server, agent, link)
}

fn run_out(link: &mut Link, command: &str) -> (Value, Duration) {
    let offer = Offer::new(command).with("timeout", json!(400));
    let begun = Instant::now();
    link.send(&offer.frame());
    let (result, _) = link.result();
    (result, begun.elapsed())
}

#[test]
fn a_step_that_takes_too_long_is_ended() {
    let (_server, _agent, mut link) = started();

    let (result, took) = run_out(&mut link, "sleep 60");

    assert_eq!(result["reason"], "timeout");
    assert_eq!(result["signal"], 15);
    assert!(took < Duration::from_millis(700), "{took:?}");
}

#[test]
fn no_step_runs_longer_than_its_host_lets_it() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.env("RUN_TIMEOUT_MS", "200");
    });
    let (mut link, _) = server.welcome();

    let (result, _) = link.complete("sleep 60");

    assert_eq!(result["reason"], "timeout");
}

#[test]
fn a_step_that_ignores_term_is_killed_after_the_grace() {
    let (_server, agent, mut link) = started();
    let pid_file = agent.path("pid");

    let command = format!(
        "trap '' TERM; echo $$ > {}; while true; do sleep 0.05; done",
        pid_file.display()
    );
    let (result, took) = run_out(&mut link, &command);

    assert_eq!(result["reason"], "timeout");
    assert_eq!(result["signal"], 9);
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(!is_alive(pid_in(&pid_file)));
}

#[test]
fn a_flood_does_not_hold_up_a_timeout() {
    let (_server, _agent, mut link) = started();

    let (result, took) = run_out(&mut link, "yes");

    assert_eq!(result["reason"], "timeout");
    assert!(took < Duration::from_secs(8), "{took:?}");
}

#[test]
fn what_left_the_group_is_killed_with_it() {
    let (_server, agent, mut link) = started();
    let (first, second) = (agent.path("first"), agent.path("second"));
    let stubborn = |file: &std::path::Path| {
        format!(
            "trap \"\" TERM; echo $$ > {}; while true; do sleep 0.05; done",
            file.display()
        )
    };
    let command = format!(
        "setsid sh -c '{}' & (setsid sh -c '{}' &) ; sleep 60",
        stubborn(&first),
        stubborn(&second)
    );

    let (result, _) = run_out(&mut link, &command);

    assert_eq!(result["reason"], "timeout");
    assert!(!is_alive(pid_in(&first)) && !is_alive(pid_in(&second)));
}

#[test]
fn nothing_survives_a_step_that_ended_by_itself() {
    let (_server, agent, mut link) = started();
    let (plain, daemon) = (agent.path("plain"), agent.path("daemon"));
    let command = format!(
        "sh -c 'echo $$ > {}; sleep 60' >/dev/null 2>&1 & \
         (setsid sh -c 'echo $$ > {}; sleep 60' >/dev/null 2>&1 &) ; \
         while [ ! -s {} ] || [ ! -s {} ]; do sleep 0.01; done; exit 0",
        plain.display(),
        daemon.display(),
        plain.display(),
        daemon.display()
    );

    let (result, _) = link.complete(&command);

    assert_eq!(result["exit_code"], 0);
    assert!(!is_alive(pid_in(&plain)) && !is_alive(pid_in(&daemon)));
}

#[test]
fn a_daemon_that_holds_stdout_does_not_hold_the_result() {
    let (_server, _agent, mut link) = started();
    let begun = Instant::now();

    let (result, _) = link.complete("env -i setsid sleep 60 & echo ready");

    assert_eq!(result["exit_code"], 0);
    assert_eq!(result["output_bytes"], 6);
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_cancelled_step_is_ended_with_the_grace_of_the_frame() {
    let (_server, _agent, mut link) = started();
    let offer = link.offer("trap 'echo bye; exit 0' TERM; while true; do sleep 0.02; done");
    link.frame("started");
    // The shell needs a moment to set its trap.
    std::thread::sleep(Duration::from_millis(100));

    link.send(&offer.cancel(5000));

    let (result, _) = link.result();
    assert_eq!(result["reason"], "cancelled");
    assert_eq!(result["success"], false);
    assert_eq!(result["exit_code"], 0);
}

#[test]
fn a_second_cancellation_shortens_the_grace_and_never_prolongs_it() {
    let (_server, agent, mut link) = started();
    let ready = agent.path("ready");
    let offer = link.offer(&format!(
        "trap '' TERM; touch {}; while true; do sleep 0.02; done",
        ready.display()
    ));
    eventually("the trap", || ready.exists().then_some(()));

    link.send(&offer.cancel(60_000));
    std::thread::sleep(Duration::from_millis(200));
    let again = Instant::now();
    link.send(&offer.cancel(300));
    link.send(&offer.cancel(60_000));

    let (result, _) = link.result();
    let took = again.elapsed();
    assert_eq!(result["reason"], "cancelled");
    assert_eq!(result["signal"], 9);
    assert!(took >= Duration::from_millis(250), "{took:?}");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_waiting_offer_can_be_cancelled() {
    let server = Server::start();
    let mut agent = Agent::enrolled(&server.url());
    agent.run_with(|command| {
        command.args(["--max-concurrent", "1"]);
    });
    let (mut link, _) = server.welcome();
    let running = link.offer("sleep 60");
    let waiting = link.offer("true");
    link.frame("started");

    link.send(&waiting.cancel(0));

    let (result, _) = link.result();
    assert_eq!(result["job_id"], json!(waiting.job_id));
    assert_eq!(result["reason"], "cancelled");
    link.send(&running.cancel(0));
    assert_eq!(link.result().0["job_id"], json!(running.job_id));
}

#[test]
fn a_signal_is_reported_as_one() {
    let (_server, _agent, mut link) = started();

    let (result, _) = link.complete("kill -SEGV $$");

    assert_eq!(result["signal"], 11);
    assert_eq!(result["exit_code"], json!(null));
    assert_eq!(result["success"], false);
}

#[test]
fn no_zombies_stay_with_the_executor() {
    let (_server, agent, mut link) = started();
    for _ in 0..5 {
        link.complete("(sleep 0.01 &) ; true");
    }

    let executor = agent.executor_pid();

    eventually("an executor without children", || {
        let path = format!("/proc/{executor}/task/{executor}/children");
        std::fs::read_to_string(path)
            .ok()?
            .trim()
            .is_empty()
            .then_some(())
    });
}

#[test]
fn a_step_sees_no_descriptor_of_the_agent() {
    let (_server, agent, mut link) = started();

    let (_, outputs) = link.complete("ls -l /proc/self/fd");

    let text = String::from_utf8(crate::support::bytes(&outputs)).unwrap();
    assert!(text.contains("/dev/null"), "{text}");
    assert!(!text.contains(agent.folder.to_str().unwrap()), "{text}");
}
