//! Ctrl-C while something is followed.

use std::{
    io::Read as _,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use super::{
    fake::{Answer, EXECUTION_ID, Fake, Ran, begin, end, execution, output, prompt},
    pty::until,
};

/// Starts a run that hangs, and interrupts it once it has said something.
fn interrupted(fake: &Fake, args: &[&str]) -> Ran {
    let mut child = fake
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 1];
    stdout.read_exact(&mut first).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn ctrl_c_lets_go_of_the_execution_and_tells_how_to_go_on() {
    let fake = Fake::start(|_, _| Answer::Hold(vec![begin(), output(1, "web-1", "x\n")]));

    interrupted(&fake, &["run", "update"])
        .exits(130)
        .tells("#42 is still running")
        .tells("pulsectl execution watch 42")
        .tells("pulsectl execution cancel 42");

    assert_eq!(fake.seen().len(), 1);
}

#[test]
fn ctrl_c_cancels_where_that_was_asked_for() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("cancel") => Answer::Json(200, execution("running")),
        Some("events") => Answer::Stream(vec![end("cancelled", None)]),
        _ => Answer::Hold(vec![begin(), output(1, "web-1", "x\n")]),
    });
    let cancel = format!("/executions/{EXECUTION_ID}/cancel");

    let started = Instant::now();
    let mut child = fake
        .command(&["run", "update", "--cancel-on-interrupt", "--timeout", "3s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    while fake.calls("POST", &cancel).is_empty() && started.elapsed() < Duration::from_secs(5) {
        thread::yield_now();
    }
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();

    ran.exits(130).tells("cancelling");
    assert_eq!(fake.calls("POST", &cancel).len(), 1);
}

/// Starts a command, and interrupts it as often as given once the server was asked for a path.
fn interrupted_at(fake: &Fake, args: &[&str], (path, times): (&str, usize)) -> Ran {
    let child = fake
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    for time in 0..times {
        if time == 0 {
            until(|| fake.seen().iter().any(|one| one.path.ends_with(path)));
        } else {
            until(|| fake.seen().iter().any(|one| one.path.ends_with("cancel")));
        }
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    }
    child.wait_with_output().unwrap().into()
}

#[test]
fn ctrl_c_is_heard_while_an_answer_is_on_its_way() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("answer") => Answer::Silent,
        Some("executions") => Answer::Hold(vec![begin(), prompt(1, "open")]),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let answer = ["run", "update", "--answer", "approval=Yes"];

    let since = Instant::now();
    interrupted_at(&fake, &answer, ("/answer", 1))
        .exits(130)
        .tells("#42 is still running");

    assert!(since.elapsed() < Duration::from_secs(20));
}

#[test]
fn the_second_ctrl_c_ends_at_once_while_the_server_is_asked_to_cancel() {
    let fake = Fake::start(|request, _| match request.path.rsplit('/').next() {
        Some("cancel" | "answer") => Answer::Silent,
        Some("executions") => Answer::Hold(vec![begin(), prompt(1, "open")]),
        _ => Answer::problem(404, "not_found", "no such thing"),
    });
    let run = [
        "run",
        "update",
        "--cancel-on-interrupt",
        "--answer",
        "approval=Yes",
    ];

    let since = Instant::now();
    interrupted_at(&fake, &run, ("/answer", 2))
        .exits(130)
        .tells("cancelling");

    assert!(since.elapsed() < Duration::from_secs(20));
}
