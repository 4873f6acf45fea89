//! The real program against a server made of sockets.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod checks;
mod containment;
mod credentials;
mod drain;
mod enrol;
mod faults;
mod links;
mod logs;
mod output;
mod processes;
mod restarts;
#[path = "../../../tests/src/skip.rs"]
#[expect(unreachable_pub, reason = "there it is a part of a library")]
mod skip;
mod steps;
mod support;
