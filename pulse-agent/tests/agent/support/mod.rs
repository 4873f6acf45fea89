//! A server that says what a test tells it to, and an agent that runs against it.

mod agent;
mod server;

use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::Value;

pub(crate) use self::{
    agent::Agent,
    server::{Incoming, Link, Offer, Server, read_request},
};

/// How long anything may take before a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Tries until there is an answer.
pub(crate) fn eventually<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(found) = probe() {
            return found;
        }
        thread::sleep(Duration::from_millis(2));
    }
    panic!("{what} did not come");
}

pub(crate) fn signal(pid: i32, name: &str) {
    let done = Command::new("/bin/kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status();
    assert!(done.unwrap().success());
}

pub(crate) fn now() -> Timestamp {
    in_seconds(0)
}

#[expect(clippy::disallowed_methods, reason = "the test's server needs a clock")]
pub(crate) fn in_seconds(seconds: i64) -> Timestamp {
    Timestamp::now()
        + Duration::from_secs(seconds.unsigned_abs()).mul_f64(if seconds < 0 { 0.0 } else { 1.0 })
}

/// The pid that a step wrote into a file.
pub(crate) fn pid_in(path: &Path) -> i32 {
    eventually("a pid", || {
        std::fs::read_to_string(path).ok()?.trim().parse().ok()
    })
}

pub(crate) fn is_alive(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(") ").next().unwrap().starts_with('Z'))
}

pub(crate) fn bytes(outputs: &[Value]) -> Vec<u8> {
    use base64::Engine as _;
    outputs
        .iter()
        .flat_map(|output| {
            base64::engine::general_purpose::STANDARD
                .decode(output["data"].as_str().unwrap())
                .unwrap()
        })
        .collect()
}
